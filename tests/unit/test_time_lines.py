"""The chart of lines: gaps, breaks, doubt, intervals, and names that do not hide one another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import svg
from geo_app.charts import letters, line_marks, time_lines
from geo_app.charts.line_marks import NATION
from geo_app.charts.time_lines import LARGE, SMALL
from geo_app.charts.time_records import Point, Size, TimeChart, TimeLine
from geo_app.classes import LINES

FIRST = date(2015, 1, 1)
DAY = float(FIRST.toordinal())


def point(number: int, value: float | None, **more: object) -> Point:
    made = Point(DAY + 100 * number, value, None, None, f"point {number}")
    return replace(made, **more)  # type: ignore[arg-type]


def chart(*lines: TimeLine, **more: object) -> TimeChart:
    years = ((DAY + 180, "2015"),)
    made = TimeChart(lines, FIRST, date(2017, 12, 31), years, (0.0, 50.0, 100.0), (), "A chart")
    return replace(made, **more)  # type: ignore[arg-type]


def elements(found: TimeChart, name: str, size: Size = LARGE) -> list[ET.Element]:
    root = ET.fromstring(time_lines.draw(found, size))  # noqa: S314 -- made here
    return list(root.iter(f"{{{svg.NAMESPACE}}}{name}"))


def strokes(found: TimeChart, look: int = 0) -> list[ET.Element]:
    """Return the joined stretches of a line: paths with a stroke and round ends."""
    paths = elements(found, "path")
    mine = line_marks.colour(look)
    return [p for p in paths if p.get("stroke") == mine and p.get("stroke-linecap") == "round"]


VALUES = (point(0, 10.0), point(1, 20.0), point(2, 30.0), point(3, 40.0))


@pytest.mark.parametrize("size", [LARGE, time_lines.WIDE, SMALL])
def test_wide_numbers_of_the_axis_have_room(size: Size) -> None:
    found = elements(chart(TimeLine("A", 0, VALUES), steps=(0.0, 500_000.0)), "text", size)
    (number,) = [item for item in found if item.text == "500,000"]
    assert float(number.get("x", "")) >= letters.width("500,000", size.letters)


def test_values_that_follow_each_other_are_one_stroke() -> None:
    found = strokes(chart(TimeLine("A", 0, VALUES)))
    assert [item.get("d", "").count("L") for item in found] == [3]


def test_a_missing_value_breaks_the_line() -> None:
    points = (*VALUES[:2], point(2, None), point(3, 40.0), point(4, 50.0))
    found = strokes(chart(TimeLine("A", 0, points)))
    assert [item.get("d", "").count("L") for item in found] == [1, 1]


def test_what_does_not_follow_is_not_joined() -> None:
    points = (*VALUES[:2], replace(VALUES[2], is_joined=False), VALUES[3])
    found = strokes(chart(TimeLine("A", 0, points)))
    assert [item.get("d", "").count("L") for item in found] == [1, 1]


def test_a_doubtful_stretch_is_dotted_and_the_nation_stays_dashed() -> None:
    points = (*VALUES[:3], replace(VALUES[3], is_doubtful=True))
    own = strokes(chart(TimeLine("A", 0, points)))
    assert [item.get("stroke-dasharray") for item in own] == [None, "0.1 3.6"]
    nation = strokes(chart(TimeLine("M", NATION, points)), NATION)
    assert [item.get("stroke-dasharray") for item in nation] == ["6 3.4", "6 3 0.1 3"]


def test_the_nation_alone_has_squares() -> None:
    found = chart(TimeLine("M", NATION, VALUES), TimeLine("A", 0, VALUES))
    assert len(elements(found, "rect")) == len(VALUES)
    assert len(elements(found, "circle")) == len(VALUES)


def test_every_look_differs_by_its_mark_alone() -> None:
    bare = {re.sub(r"#\w+|currentColor", "", line_marks.mark(n, 10, 10)) for n in range(-1, 8)}
    assert len(bare) == 9
    assert len({line_marks.sign(look) for look in range(-1, 8)}) == 9


def test_a_part_of_a_period_is_an_open_mark() -> None:
    found = chart(TimeLine("A", 0, (VALUES[0], replace(VALUES[1], is_partial=True))))
    assert [item.get("fill") == "none" for item in elements(found, "circle")] == [False, True]


def test_intervals_are_a_band_and_a_lone_one_a_whisker() -> None:
    held = [replace(item, low=5.0, high=60.0) for item in VALUES]
    bands = [p for p in elements(chart(TimeLine("A", 0, tuple(held))), "path") if p.get("opacity")]
    assert len([p for p in bands if p.get("d", "").endswith("Z")]) == 1
    lone = chart(TimeLine("A", 0, (VALUES[0], held[1], VALUES[2])))
    whiskers = [p for p in elements(lone, "path") if p.get("stroke-width") == "1.3"]
    assert len(whiskers) == 1


def test_an_interval_beyond_the_axis_is_cut_at_its_end() -> None:
    held = replace(VALUES[1], low=5.0, high=900.0)
    whisker = next(
        p
        for p in elements(chart(TimeLine("A", 0, (held,))), "path")
        if p.get("stroke-width") == "1.3"
    )
    top = float(whisker.get("d", "").partition("V")[2])
    assert top == LARGE.top


def test_a_level_stands_until_the_next_one_or_a_gap() -> None:
    points = (point(0, 50.0), point(1, 100.0), point(2, None), point(5, 50.0))
    found = strokes(chart(TimeLine("A", 0, points), is_stepped=True))
    paths = [item.get("d", "") for item in found]
    assert "V" in paths[0]
    width = LARGE.width - LARGE.left - LARGE.right
    days = (date(2017, 12, 31) - FIRST).days + 1
    held_to = float(paths[1].partition("H")[2])
    assert held_to == pytest.approx(LARGE.left + 200 / days * width, abs=0.06)
    assert float(paths[2].partition("H")[2]) == pytest.approx(LARGE.width - LARGE.right)


def test_a_break_is_an_upright_line_with_its_letter() -> None:
    found = chart(TimeLine("A", 0, VALUES), rules=((DAY + 150, "A"),))
    letters = [item.text for item in elements(found, "text") if item.get("font-weight") == "700"]
    assert letters == ["A"]
    assert any(item.get("stroke-dasharray") == "2 2" for item in elements(found, "path"))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9))
def test_names_at_the_ends_never_lie_on_each_other_or_outside(values: list[float]) -> None:
    lines = [TimeLine(f"S{n}", n - 1, (point(0, value),)) for n, value in enumerate(values)]
    texts = [t for t in elements(chart(*lines), "text") if (t.text or "").startswith("S")]
    places = sorted(float(item.get("y", "nan")) for item in texts)
    assert len(places) == len(values)
    assert all(after - before >= LARGE.letters for before, after in pairwise(places))
    assert places[0] > 0
    assert places[-1] < LARGE.height


def test_all_texts_can_be_read() -> None:
    found = chart(TimeLine("A", 0, VALUES), rules=((DAY + 150, "A"),))
    for size in (LARGE, SMALL):
        sizes = [float(t.get("font-size", "0")) for t in elements(found, "text", size)]
        assert min(sizes) >= 10.5


def test_a_pointer_reads_each_mark_and_names_are_escaped() -> None:
    found = time_lines.draw(chart(TimeLine("A & <b>", 0, VALUES)))
    assert "point 3" in found
    assert "A &amp; &lt;b&gt;" in found


def test_small_charts_are_one_sheet_to_be_kept() -> None:
    drawn = time_lines.sheet(
        [(f"S{n}", "", chart(TimeLine("A", 0, VALUES))) for n in range(5)], "All"
    )
    root = ET.fromstring(drawn)  # noqa: S314 -- made here
    names = [t.text for t in root.iter(f"{{{svg.NAMESPACE}}}text") if (t.text or "")[0] == "S"]
    assert names == ["S0", "S1", "S2", "S3", "S4"]
    assert root.get("aria-label") == "All"


@pytest.mark.parametrize("colour", LINES)
def test_a_line_stands_out_from_a_white_page(colour: str) -> None:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    light = sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (light + 0.05) >= 3
