"""Drawings as text: what is escaped, how numbers are written, what a drawing says of itself."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from geo_app import svg

printable = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Co"]))


@given(printable, printable)
def test_any_text_comes_back_as_it_was_and_makes_no_element(content: str, label: str) -> None:
    made = svg.drawing(10, 10, label, svg.text(content, {"x": 1, "class": content}))
    root = ET.fromstring(made)  # noqa: S314 -- made here
    (line,) = root.iter(f"{{{svg.NAMESPACE}}}text")
    assert (line.text or "", line.get("class"), root.get("aria-label")) == (content, content, label)
    assert len(list(line)) == 0


def test_numbers_are_written_short() -> None:
    made = svg.tag("rect", {"x": 1.0, "y": -0.126, "width": 1 / 3, "height": 100})
    assert made == '<rect x="1" y="-0.13" width="0.33" height="100"/>'


def test_an_empty_title_is_left_out() -> None:
    assert svg.title("") == ""
    assert svg.title("a < b") == "<title>a &lt; b</title>"
