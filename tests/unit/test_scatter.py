"""The scatter of states: every point is there, names do not hide one another, shapes tell."""

from __future__ import annotations

import itertools
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import figures, svg
from geo_app.charts import scatter
from geo_app.charts.scatter import HEIGHT, LETTERS, TOP, WIDTH, Mark, Point, Scatter
from geo_app.figures import Figure

COLOURS = ("#111111", "#222222", "#333333", "#444444")
POINT = Point(1, 20.0, 15.0, 26.0, "Q. Roo", "Quintana Roo: 20 & more", Mark.TOLD)
EMPTY = Scatter(("L1", "L2", "L3", "L4"), COLOURS, (), 25.6, "Mexico", "per 100,000", "A chart")

values = st.floats(0, 200, allow_nan=False)


def elements(found: Scatter, name: str) -> list[ET.Element]:
    root = ET.fromstring(scatter.draw(found))  # noqa: S314 -- made here
    return list(root.iter(f"{{{svg.NAMESPACE}}}{name}"))


def names(found: Scatter) -> list[ET.Element]:
    return [item for item in elements(found, "text") if (item.text or "").startswith("S")]


def test_told_untold_and_untested_have_shapes_of_their_own() -> None:
    points = tuple(replace(POINT, mark=mark) for mark in Mark)
    found = replace(EMPTY, points=points)
    assert len(elements(found, "circle")) == 1
    assert len(elements(found, "rect")) == 1 + len(COLOURS)
    assert len({scatter.sign(mark) for mark in Mark}) == 3


def test_what_is_told_apart_alone_is_filled() -> None:
    found = replace(EMPTY, points=(POINT,))
    assert elements(found, "circle")[0].get("fill") == "#222222"
    open_mark = replace(EMPTY, points=(replace(POINT, mark=Mark.UNTESTED),))
    assert [item.get("fill") for item in elements(open_mark, "rect")][-1] == "none"


def test_a_whisker_is_drawn_where_there_is_an_interval() -> None:
    with_one = scatter.draw(replace(EMPTY, points=(POINT,)))
    without = scatter.draw(replace(EMPTY, points=(replace(POINT, low=None, high=None),)))
    assert (with_one.count('stroke-width="1.2"'), without.count('stroke-width="1.2"')) == (2, 1)


def test_without_a_line_none_is_drawn() -> None:
    assert "stroke-dasharray" not in scatter.draw(replace(EMPTY, line=None, points=(POINT,)))
    assert "stroke-dasharray" in scatter.draw(replace(EMPTY, points=(POINT,)))


def test_a_chart_without_any_number_still_has_its_axis() -> None:
    assert [item.text for item in elements(replace(EMPTY, line=None), "text")][1:3] == ["0", "0.2"]


def test_what_a_pointer_reads_is_escaped() -> None:
    assert "<title>Quintana Roo: 20 &amp; more</title>" in scatter.draw(
        replace(EMPTY, points=(POINT,))
    )


@given(st.lists(st.tuples(st.integers(0, 3), values), max_size=32))
def test_every_name_is_inside_and_none_lies_on_another(points: list[tuple[int, float]]) -> None:
    made = tuple(
        replace(POINT, column=column, value=value, low=value, high=value, name=f"S{number}")
        for number, (column, value) in enumerate(points)
    )
    found = names(replace(EMPTY, points=made))
    places = [
        (item.get("x"), item.get("text-anchor"), float(item.get("y", "nan"))) for item in found
    ]
    assert len(places) == len(points)
    assert all(TOP <= y <= HEIGHT + LETTERS for _, _, y in places)
    for x, anchor, y in places:
        near = [one for one in places if one[:2] == (x, anchor) and abs(one[2] - y) < LETTERS]
        assert len(near) == 1
    for x, anchor, _ in places:
        assert 0 <= float(x or "nan") + (42 if anchor == "start" else -42) <= WIDTH + 5


@given(st.lists(values, max_size=20).map(sorted))
def test_places_that_are_moved_apart_keep_their_order_and_distance(places: list[float]) -> None:
    found = scatter.spread(places, 5, 0, 200)
    assert len(found) == len(places)
    assert all(b - a >= 5 - 1e-6 for a, b in itertools.pairwise(found))
    assert all(-1e-6 <= place <= 200 + 1e-6 for place in found)


@given(
    st.lists(values, max_size=6).map(lambda found: [n * 30 + v / 10 for n, v in enumerate(found)])
)
def test_places_with_room_stay_where_they_are(places: list[float]) -> None:
    assert scatter.spread(places, 5, 0, 300) == pytest.approx(places)


def test_a_figure_escapes_its_texts_and_keeps_its_drawings() -> None:
    sign = scatter.sign(Mark.TOLD)
    made = figures.side_by_side([Figure("a < b", sign, ((sign, "x & y"),), ("<i>",))])
    assert made.count(sign) == 2
    assert [text for text in ("a &lt; b", "x &amp; y", "&lt;i&gt;") if text not in made] == []
    assert f'<span aria-hidden="true">{sign}</span>' in made


def test_a_figure_without_legend_or_drawing_is_its_notes() -> None:
    made = figures.side_by_side([Figure("Title", "", notes=("None held.",))])
    assert made == (
        '<div class="atlas-figures"><figure><figcaption>Title</figcaption>'
        "<p>None held.</p></figure></div>"
    )
