"""A picture of one period: its facts, its size, its bytes."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from PIL import Image

from geo_app import atlas
from geo_app.errors import BadRequest
from geo_app.maps.picture.letters import Look, measure, wrap
from geo_app.maps.picture.sheet import picture
from geo_app.maps.still import StillMap, counted, still_map
from geo_app.text import words

INEGI, ENSU, LEVEL = "homicides_inegi_per_100k", "insecurity_ensu_pct", "advisory_level_us"
MONTHLY = "homicide_victims_sesnsp_per_100k"


@cache
def facts(slug: str, level: str, period: str, lang: str = "en") -> StillMap:
    layer = atlas.load().layer(slug, period, level)
    return still_map(layer, level, words(lang), ("One source.", "Another line."))


@cache
def drawing(slug: str = INEGI, level: str = "state", period: str = "2022") -> str:
    return picture(facts(slug, level, period), "svg", 1200).decode()


def size_of(content: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(content)).size


# ---------------------------------------------------------------------------------- the facts


def test_the_legend_counts_every_state_once() -> None:
    lines = facts(INEGI, "state", "2022").classes
    counts = [int(line.count.split()[0]) for line in lines]
    assert (sum(counts), counts) == (32, [2, 8, 9, 5, 6, 2])


def test_an_area_has_the_class_of_the_layer() -> None:
    layer = atlas.load().layer(INEGI, "2022")
    drawn = {area.code: area.class_index for area in facts(INEGI, "state", "2022").areas}
    assert drawn == layer.areas["class_index"].to_dict()


def test_a_missing_area_has_a_line_in_the_legend() -> None:
    others = facts(ENSU, "city", "2025Q4").others
    assert [(line.mark, line.count) for line in others if line.mark == "missing"] == [
        ("missing", "1 city")
    ]


def test_nothing_missing_has_no_line_in_the_legend() -> None:
    assert facts(INEGI, "state", "2022").others == ()


def test_a_level_that_does_not_stand_any_more_is_marked_and_said() -> None:
    still = facts(LEVEL, "state", "2026-05-29")
    assert {area.mark for area in still.areas} == {"last_stated"}
    assert still.chip == words("en")("mark_last_stated")


def test_a_preliminary_month_says_so() -> None:
    assert facts(MONTHLY, "state", "2025-09").chip == words("en")("mark_preliminary")


def test_a_final_year_says_nothing_of_its_status() -> None:
    assert facts(INEGI, "state", "2022").chip == ""


def test_the_note_of_a_period_with_gaps_says_how_many_are_known() -> None:
    (note, *_) = facts(ENSU, "city", "2025Q4").notes
    assert re.search(r"\d+ of the \d+ cities", note)


def test_municipalities_lie_under_the_borders_of_the_32_states() -> None:
    still = facts(INEGI, "municipality", "2022")
    assert (len(still.areas), len(still.borders), still.is_divided) == (2465, 32, True)


def test_a_picture_of_municipalities_says_that_small_numbers_jump() -> None:
    assert "small population" in facts(INEGI, "municipality", "2022").notes[-1]


def test_cities_lie_on_the_outlines_of_the_32_states() -> None:
    still = facts(ENSU, "city", "2025Q4")
    assert (len(still.borders), still.is_divided) == (32, False)


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 state"), (0, "0 states"), (1063, "1,063 states")]
)
def test_a_count_is_a_number_and_its_noun(count: int, said: str) -> None:
    assert counted(count, "state", words("en")) == said


# ---------------------------------------------------------------------------------- the drawing


@pytest.mark.parametrize("width", [480, 600, 999, 1000, 2400])
def test_a_picture_is_as_wide_as_it_was_asked_for(width: int) -> None:
    assert size_of(picture(facts(INEGI, "state", "2022"), "png", width))[0] == width


def test_a_drawing_has_the_width_in_pixels_that_was_asked_for() -> None:
    assert re.search(r'<svg[^>]* width="1200" height="\d+" viewBox="0 0 1200\.', drawing())


@pytest.mark.parametrize("width", [479, 10_001])
def test_a_width_at_which_nothing_can_be_read_is_refused(width: int) -> None:
    with pytest.raises(BadRequest, match=rf"expected 480 to 10000 pixels, got {width}"):
        picture(facts(INEGI, "state", "2022"), "png", width)


@pytest.mark.parametrize("fmt", ["png", "svg"])
def test_the_same_facts_make_the_same_bytes(fmt: str) -> None:
    still = facts(LEVEL, "state", "2026-05-29")
    made = [picture(still, "svg" if fmt == "svg" else "png", 600) for _ in range(2)]
    assert made[0] == made[1]


def test_a_drawing_holds_no_date_of_its_making() -> None:
    assert "dc:date" not in drawing()


def test_the_words_of_a_drawing_are_text() -> None:
    still = facts(INEGI, "state", "2022")
    said = re.findall(r"<text [^>]*>([^<]*)</text>", drawing())
    wanted = [still.title, still.period, *(line.label for line in still.classes), *still.footer]
    assert [text for text in wanted if text not in said] == []


def test_every_state_has_its_shape_and_the_colour_of_its_class() -> None:
    still = facts(INEGI, "state", "2022")
    drawn = re.findall(r'<g id="area-(\d\d)">\s*<path [^>]*style="fill: (#\w{6})', drawing())
    colours = {area.code: still.classes[area.class_index].colour for area in still.areas}
    assert dict(drawn) == colours


def test_a_state_without_a_value_is_hatched() -> None:
    missing = {a.code for a in facts(LEVEL, "state", "2018-01-09").areas if a.class_index < 0}
    text = drawing(LEVEL, "state", "2018-01-09")
    hatched = re.findall(r'<g id="area-(\d\d)">\s*<path [^>]*style="fill: url\(#', text)
    assert (set(hatched), len(missing)) == (missing, 32)


def test_a_name_with_dollar_signs_is_no_formula() -> None:
    still = facts(INEGI, "state", "2022")
    odd = StillMap(*(getattr(still, name) for name in StillMap.__slots__[:-2]), ("$x^2$",), False)  # noqa: FBT003
    assert "$x^2$" in picture(odd, "svg", 600).decode()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    ("slug", "level", "period"),
    [(INEGI, "municipality", "2022"), (LEVEL, "state", "2026-05-29"), (ENSU, "city", "2025Q4")],
)
def test_the_legend_fits_on_the_narrowest_picture(
    slug: str, level: str, period: str, lang: str
) -> None:
    still = facts(slug, level, period, lang)
    look = Look(13)
    lines = [*still.classes, *still.others]
    assert max(54 + measure(a.label, look) + measure(a.count, look) for a in lines) < 480 - 2 * 18


def test_a_text_breaks_between_words() -> None:
    look = Look(12)
    assert wrap("one two three", look, measure("one two", look)) == ["one two", "three"]


def test_a_word_wider_than_the_line_stands_alone() -> None:
    assert wrap("a extraordinarily b", Look(12), 20) == ["a", "extraordinarily", "b"]
