"""Intervals on one axis: where they lie, and what leaves the axis."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from geo_app.charts import letters, whiskers
from geo_app.charts.whiskers import LEFT, RIGHT, Axis, Group, Sign, Whisker

AXIS = Axis(0, 10, ((0, "none"), (5, "half"), (10, "all")), 5, "parts")


def row(low: float, high: float, point: float | None = None, **changes: float) -> Whisker:
    return Whisker("Colima", "a title", point, low, high, Sign.UP, "#123456", **changes)


def drawn(*rows: Whisker, axis: Axis = AXIS) -> str:
    made = whiskers.whiskers([Group("Rose", rows), Group("Fell", ())], axis, "a chart")
    ET.fromstring(made)  # noqa: S314 - our own text
    return made


def test_an_interval_lies_where_its_ends_are() -> None:
    middle = (LEFT + RIGHT) / 2
    assert re.search(rf'd="M{LEFT:.1f} \S+H{middle:.1f}"', drawn(row(0, 5)))


def test_what_leaves_the_axis_ends_in_an_arrow_at_its_end() -> None:
    inside, outside = drawn(row(1, 9)), drawn(row(-3, float("inf")))
    arrow = r'd="M\S+ \S+L\S+ \S+L\S+ \S+Z" fill="#123456"/>'
    assert (len(re.findall(arrow, inside)), len(re.findall(arrow, outside))) == (0, 2)
    assert f"H{RIGHT:.1f}" in outside


def test_a_value_outside_the_axis_has_no_mark() -> None:
    mark = 'fill="#123456" stroke="currentColor"'
    assert mark in drawn(row(1, 9, 5))
    assert mark not in drawn(row(1, 9, 12))
    assert mark not in drawn(row(1, 9))


def test_a_wider_interval_is_drawn_thin_below_the_other() -> None:
    made = drawn(row(4, 6, wide_low=2.0, wide_high=8.0))
    assert made.index('stroke-width="1.2"') < made.index('stroke-width="3.2"')


def test_a_group_without_rows_has_no_heading() -> None:
    made = drawn(row(1, 9))
    assert ">Rose<" in made
    assert ">Fell<" not in made


def test_ticks_stand_above_and_below_and_the_middle_has_a_line() -> None:
    made = drawn(row(1, 9))
    assert made.count(">half<") == 2
    assert made.count('stroke-width="1.5"') == 1
    assert 'stroke-width="1.5"' not in drawn(row(1, 9), axis=Axis(0, 10, AXIS.ticks))


def test_a_long_name_is_cut_and_whole_in_its_title() -> None:
    long = Whisker("Dolores Hidalgo Cuna de la Independencia", "whole", 1, 0, 2, Sign.DISC, "#111")
    made = drawn(long)
    assert "Dolores Hidalgo Cun…" in made
    assert "<title>whole</title>" in made


def test_each_sign_has_a_shape_of_its_own() -> None:
    shapes = {whiskers.sign(kind, "#123456") for kind in Sign}
    assert len(shapes) == len(Sign)


def test_of_texts_that_would_touch_the_middle_and_the_ends_stay() -> None:
    names = ("\N{MINUS SIGN}94 %", "\N{MINUS SIGN}75 %", "0 %", "+300 %", "+1,500 %")
    axis = Axis(-2, 2, tuple(zip((-2.0, -1.0, 0.0, 1.0, 2.0), names, strict=True)), 0.0)
    root = ET.fromstring(drawn(row(0, 1), axis=axis))  # noqa: S314 - our own text
    texts = [item for item in root.iter() if item.text in names]
    assert {item.text for item in texts} == {names[0], names[1], names[2], names[4]}
    halves = [letters.width(item.text or "", whiskers.LETTERS) / 2 for item in texts]
    ends = [float(item.get("x", "")) + half for item, half in zip(texts, halves, strict=True)]
    # A place is written with one decimal.
    assert max(ends) <= whiskers.WIDTH + 0.05
    assert len(re.findall('stroke-width="0.6"', drawn(row(0, 1), axis=axis))) == len(names)
