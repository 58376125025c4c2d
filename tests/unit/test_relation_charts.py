"""The charts of relations and claims: nothing covered, nothing invented, gaps left open."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo_app import svg
from geo_app.charts import label_places, letters, level_rows, nine_classes, pair_scatter
from geo_app.charts.label_places import Box, Label
from geo_app.charts.level_rows import LevelRow
from geo_app.charts.marked_line import Spot, marked_line
from geo_app.charts.named_bars import NamedBar, named_bars
from geo_app.charts.pair_scatter import Axis, Pair, PairScatter
from tests.examples import examples

FRAME = Box(0, 0, 400, 400)
spots = st.tuples(st.floats(20, 380), st.floats(20, 380))
PAIR = Pair("Col", "Colima & more", 112.7, 85.9, (105.3, 120.6))
SIDES = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Which share of a text stands left of its place."""

SCATTER = PairScatter(Axis("Homicides", "a year"), Axis("Insecurity", "%"), (PAIR,), "A chart")


def elements(drawing: str, name: str) -> list[ET.Element]:
    return list(ET.fromstring(drawing).iter(f"{{{svg.NAMESPACE}}}{name}"))  # noqa: S314 -- made here


def texts(drawing: str) -> list[str]:
    return [item.text or "" for item in elements(drawing, "text")]


@examples(60)
@given(st.lists(st.tuples(spots, st.floats(8, 60)), min_size=1, max_size=40))
def test_names_never_cover_one_another_or_a_mark_and_stay_inside(
    found: list[tuple[tuple[float, float], float]],
) -> None:
    labels = [Label(x, y, width, 13) for (x, y), width in found]
    places = label_places.place(labels, FRAME)
    boxes = [one.box for one in places if one is not None]
    room = label_places.MARK_ROOM
    marks = [Box(one.x - room, one.y - room, one.x + room, one.y + room) for one in labels]
    assert all(box.outside(FRAME) == 0 for box in boxes)
    assert all(one.overlap(two) == 0 for n, one in enumerate(boxes) for two in boxes[:n])
    assert all(box.overlap(mark) == 0 for box in boxes for mark in marks)


def test_a_name_in_a_crowd_is_led_to_its_mark() -> None:
    crowd = [Label(200 + n % 3, 200 + n // 3, 30, 11) for n in range(9)]
    places = [one for one in label_places.place(crowd, FRAME) if one is not None]
    assert any(one.is_led for one in places)
    assert len({one.box for one in places}) == 9


def test_a_name_without_a_free_place_is_left_out() -> None:
    crowd = [Label(20, 20, 30, 11) for _ in range(9)]
    places = label_places.place(crowd, Box(0, 0, 60, 40))
    assert None in places
    assert any(one is not None for one in places)


def test_a_name_keeps_clear_of_what_it_is_told_to() -> None:
    kept = Box(205, 190, 260, 210)
    (found,) = label_places.place([Label(200, 200, 30, 11)], FRAME, [kept])
    assert found is not None
    assert found.box.overlap(kept) == 0


numbers = st.floats(0, 100)


@examples(40)
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=40))
@example([(0.0, 0.0), (0.0, 5e-324)])
@example([(0.0, 0.0), (0.0, 9.32382545313456e-220)])
def test_the_names_of_a_scatter_are_drawn_or_told_to_be_missing(
    found: list[tuple[float, float]],
) -> None:
    pairs = tuple(Pair(f"N{n}", f"state {n}", x, y) for n, (x, y) in enumerate(found))
    shown = replace(SCATTER, pairs=pairs)
    drawn = {item for item in texts(pair_scatter.draw(shown)) if item.startswith("N")}
    missing = set(pair_scatter.unnamed(shown))
    assert drawn | missing == {one.name for one in pairs}
    assert drawn & missing == set()


@pytest.mark.parametrize(("text", "least"), [("CDMX", 3.02), ("Tamps", 3.36), ("Q. Roo", 3.35)])
def test_the_estimate_of_a_width_is_on_the_safe_side_of_a_wide_face(
    text: str, least: float
) -> None:
    # Measured in DejaVu Sans, in sizes of its letters.
    assert letters.width(text, 10) >= 10 * least


def test_wide_numbers_and_a_long_unit_have_room() -> None:
    unit = "victims per 100,000 people aged 18 and over in a year, as the survey counts them"
    axis = Axis("Victims of crime (ENVIPE), edition 2025", unit)
    wide = tuple(Pair(name, name, x, x) for name, x in (("A", 15_000.0), ("B", 40_000.0)))
    found = elements(pair_scatter.draw(PairScatter(axis, axis, wide, "A chart")), "text")
    assert " ".join(item.text or "" for item in found).count(unit) == 2
    for item in found:
        wide_as = letters.width(item.text or "", letters.LEAST)
        start = float(item.get("x", "0")) - wide_as * SIDES[item.get("text-anchor", "start")]
        assert start >= 0
        assert start + wide_as <= pair_scatter.WIDTH


def test_a_line_from_a_name_lies_below_its_mark() -> None:
    crowd = tuple(Pair(f"N{n}", f"state {n}", 1 + n % 3 / 10, 1 + n // 3 / 10) for n in range(9))
    far = Pair("Far", "far", 100.0, 100.0)
    drawing = pair_scatter.draw(replace(SCATTER, pairs=(*crowd, far)))
    order = [
        [child.tag.partition("}")[2] for child in group]
        for group in elements(drawing, "g")
        if group.find(f"{{{svg.NAMESPACE}}}path") is not None
    ]
    assert order
    assert all(tags.index("path") < tags.index("rect") for tags in order)


def test_each_state_is_marked_named_and_told() -> None:
    drawing = pair_scatter.draw(replace(SCATTER, pairs=(PAIR, replace(PAIR, name="Yuc", x=2.0))))
    assert {"Col", "Yuc"} <= set(texts(drawing))
    assert "Colima &amp; more" in drawing
    assert len(elements(drawing, "circle")) == 2


def test_a_state_without_interval_has_another_mark_and_no_whisker() -> None:
    with_one, without = (
        pair_scatter.draw(replace(SCATTER, pairs=(replace(PAIR, x_ends=ends),)))
        for ends in (PAIR.x_ends, None)
    )
    assert (len(elements(with_one, "circle")), len(elements(without, "circle"))) == (1, 0)
    assert len(elements(without, "rect")) == 1
    assert pair_scatter.sign(has_interval=True) != pair_scatter.sign(has_interval=False)


def test_an_interval_of_another_maker_that_leaves_the_value_out_is_still_in_the_frame() -> None:
    found = replace(PAIR, y_ends=(88.0, 90.0))
    drawing = pair_scatter.draw(replace(SCATTER, pairs=(found,)))
    ends = [float(end) for end in re.findall(r"V([\d.]+)", drawing)]
    assert all(0 <= end <= pair_scatter.HEIGHT for end in ends)


def test_marks_of_one_step_of_a_level_stand_beside_one_another() -> None:
    steps = Axis("Level", "1 to 4", ("1", "2", "3", "4"))
    two = tuple(Pair(name, name, 2.0, 50.0) for name in ("A", "B"))
    drawing = pair_scatter.draw(replace(SCATTER, across=steps, pairs=two))
    marks = {item.get("x") for item in elements(drawing, "rect")}
    assert len(marks) == 2
    assert {"1", "2", "3", "4"} <= set(texts(drawing))
    upright = pair_scatter.draw(replace(SCATTER, up=steps, pairs=(replace(two[0], y=3.0),)))
    assert {"1", "2", "3", "4"} <= set(texts(upright))


def test_the_key_has_nine_boxes_with_signs_counts_bounds_and_units() -> None:
    boxes = [
        [nine_classes.Box("#f1f1f1", f"{row}{n}", f"states: {n}") for n in (1, 2, 3)]
        for row in "CBA"
    ]
    scale = nine_classes.Scale("Name", "unit", ("low", "middle", "high"))
    drawing = nine_classes.draw(boxes, scale, scale, "Key")
    told = texts(drawing)
    assert len(elements(drawing, "rect")) == 9
    assert told.count("unit") == 2
    assert {"A1", "C3", "states: 2", "low", "middle", "high"} <= set(told)


@pytest.mark.parametrize("form", [nine_classes.NARROW, nine_classes.WIDE])
def test_no_line_of_the_key_leaves_it_or_its_box(form: nine_classes.Form) -> None:
    boxes = [[nine_classes.Box("#f1f1f1", "A1", "entidades: 32")] * 3] * 3
    classes = ("hasta 10,000.0", "más de 10,000.0 a 25,000.0", "más de 25,000.0")
    unit = "defunciones por cada 100 mil habitantes al año"
    scale = nine_classes.Scale("Inseguridad percibida (ENVIPE), 2024", unit, classes)
    drawing = nine_classes.draw(boxes, scale, scale, "Key", form)
    height = float(ET.fromstring(drawing).get("viewBox", "").split()[3])  # noqa: S314 -- made here
    for item in elements(drawing, "text"):
        wide = letters.width(item.text or "", letters.LEAST)
        start = float(item.get("x", "0")) - wide * SIDES[item.get("text-anchor", "start")]
        assert start >= 0
        assert start + wide <= form.width
        assert 0 < float(item.get("y", "0")) <= height
        if item.text in ("entidades:", "32", "entidades: 32"):
            assert wide <= form.box - 3


def test_a_text_breaks_at_its_spaces_and_loses_no_word() -> None:
    assert letters.wrapped("one two three", 10, 45) == ("one two", "three")
    assert letters.wrapped("incomprehensible it is", 10, 30) == ("incomprehensible", "it is")
    assert letters.wrapped("", 10, 30) == ("",)


@pytest.mark.parametrize(("colour", "ink"), [("#383100", "#ffffff"), ("#f1f1f1", "#1f2733")])
def test_letters_on_a_dark_box_are_white(colour: str, ink: str) -> None:
    boxes = [[nine_classes.Box(colour, "S", "c")] * 3] * 3
    scale = nine_classes.Scale("Name", "unit", ("low", "middle", "high"))
    found = elements(nine_classes.draw(boxes, scale, scale, "Key"), "text")
    assert {item.get("fill") for item in found if item.text == "S"} == {ink}


def spot(value: float | None, **more: bool) -> Spot:
    return Spot("", f"{value}", value, f"{value}", **more)


def test_a_gap_and_a_break_part_the_line() -> None:
    found = [spot(1.0), spot(None), spot(2.0), spot(3.0, is_after_break=True)]
    drawing = marked_line(found, "Line", is_from_zero=True)
    line = next(item.get("d", "") for item in elements(drawing, "path") if item.get("fill"))
    assert (line.count("M"), line.count("L")) == (3, 0)
    assert drawing.count("stroke-dasharray") == 1


def test_rings_have_their_number_while_there_is_room() -> None:
    two = [spot(1.0, is_marked=True), spot(2.0), spot(3.0, is_marked=True)]
    assert {"1.0", "3.0"} <= set(texts(marked_line(two, "Line", is_from_zero=True)))
    three = [replace(one, is_marked=True) for one in two]
    assert "3.0" not in texts(marked_line(three, "Line", is_from_zero=True))


def test_a_ring_without_a_figure_is_not_drawn() -> None:
    drawing = marked_line([spot(1.0), spot(None, is_marked=True)], "Line", is_from_zero=True)
    assert len(elements(drawing, "circle")) == 1
    assert "None" not in texts(drawing)


def test_letterings_below_the_axis_do_not_cover_one_another() -> None:
    found = [replace(spot(float(n)), tick=str(2000 + n)) for n in range(60)]
    told = [t for t in texts(marked_line(found, "Line", is_from_zero=False)) if t.startswith("20")]
    assert {"2000", "2059"} <= set(told)
    assert len(told) < 12


def test_what_is_not_held_has_a_name_and_no_bar() -> None:
    bars = [NamedBar("Held", 10.0, "10", is_partial=False), NamedBar("Not", None, "—", False)]  # noqa: FBT003
    drawing = named_bars(bars, "Bars")
    assert len(elements(drawing, "rect")) == 1
    assert {"Held", "Not", "—"} <= set(texts(drawing))


def test_each_level_has_its_number_and_an_empty_one_none() -> None:
    rows = [LevelRow("Day", (6, 7, 17, 2), is_marked=True), LevelRow("Other", (5, 11, 16, 0))]
    colours = ("#8c2324", "#d87f33", "#f0c75e", "#f5efcf")
    drawing = level_rows.level_rows(rows, ("4", "3", "2", "1"), colours, "Levels")
    told = texts(drawing)
    assert {"6", "7", "17", "Day", "11", "16"} <= set(told)
    assert "0" not in told
    assert len(elements(drawing, "rect")) == 4 + 7
