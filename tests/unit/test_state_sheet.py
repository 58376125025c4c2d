"""The sheet of a state: everything on it, in its order, and nothing that is not known."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from geo_app import atlas
from geo_app.errors import BadRequest, UnknownState
from geo_app.state_sheet import building
from geo_app.state_sheet import charts as state_charts
from geo_app.state_sheet import page as state_page
from geo_app.state_sheet.building import Asked, StateSheet
from geo_app.state_sheet.figures import Block
from geo_app.states import state, state_codes
from geo_app.text import words

VERDICT = re.compile(r"\bsafe(?:r|st|ly)?\b|\bsegur[oa]s?\b", re.IGNORECASE)
EXPLAINED = re.compile(r'<details class="ss-explain">.*?</details>', re.DOTALL)
ORDER = ("homicides", "files", "perceived", "cities", "us-deaths", "disappeared")


@cache
def sheet_of(code: str, lang: str = "en", **asked: str) -> StateSheet:
    return building.build(atlas.load(), Asked(code, **asked), words(lang))


def block(sheet: StateSheet, key: str) -> Block:
    return next(item for item in sheet.blocks if item.key == key)


# Both languages of each state are printed in the browser's ring.
@pytest.mark.parametrize("code", state_codes())
def test_every_state_has_a_sheet_with_unit_period_source_and_days_of_each_number(code: str) -> None:
    lang = "en" if int(code) % 2 else "es"
    sheet, say = sheet_of(code, lang), words(lang)
    assert sheet.title == state(code).name(lang)
    for item in sheet.blocks:
        assert item.section.unit
        assert item.section.dates.count(" · ") == 2
        told = {fact.name: fact.text for fact in item.explanation.facts}
        names = ("unit", "period", "status", "release", "published", "checked")
        assert all(told[say(f"explain_{name}")] for name in names)
        assert len(item.explanation.rows) > 0
    # The survey's own answers, "seguro o inseguro", are quoted where its method is explained.
    ours = EXPLAINED.sub("", state_page.document(sheet))
    assert VERDICT.search(ours) is None


@pytest.mark.parametrize("code", ["25", "31"])
def test_the_blocks_stand_in_their_order(code: str) -> None:
    assert [item.key for item in sheet_of(code).blocks] == list(ORDER)


def test_what_was_only_last_stated_is_never_told_as_current() -> None:
    sheet = sheet_of("25")
    assert sheet.advice.section.lines[0].startswith("Last stated on 12 August 2025.")
    assert "current in this issue" not in state_page.document(sheet)


def test_the_level_of_an_earlier_day_is_that_of_its_issue() -> None:
    sheet = sheet_of("06", day="2022-09-01")
    assert sheet.day == date(2022, 9, 1)
    assert sheet.advice.section.figure == "Level 4: Do not travel"
    assert "Issue of 17 August 2022." in sheet.advice.section.lines


def test_a_day_out_of_what_is_held_is_moved_into_it() -> None:
    assert building.day_of("1999-01-01") == date(2018, 1, 10)
    assert building.day_of("2099-01-01") == building.day_of("")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(BadRequest, match="2022-13-45"):
        building.day_of("2022-13-45")


def test_there_is_no_sheet_of_a_state_that_does_not_exist() -> None:
    with pytest.raises(UnknownState, match="no such state code"):
        sheet_of("99")


def test_homicides_stand_beside_the_nation_with_their_interval_and_place() -> None:
    found = block(sheet_of("25"), "homicides")
    assert found.section.figure == "32.3"
    assert "Place 8 to 12 of 32, highest first (95 %)." in found.section.lines
    assert "30.3–34.3" in found.drawings[0].svg  # noqa: RUF001 -- as it is read
    assert "Mexico" in found.drawings[0].svg


def test_an_arrow_stands_only_where_the_change_survives_correction() -> None:
    for code in ("25", "08"):
        finding = atlas.load().finding(state_charts.HOMICIDES, code)
        assert finding.change is not None
        told = " ".join(block(sheet_of(code), "homicides").section.lines)
        assert any(sign in told for sign in "▲▼") is (finding.change.direction != 0)


def test_a_state_is_read_against_another_one() -> None:
    found = block(sheet_of("25", reference="31"), "homicides")
    assert found.section.lines[-1].startswith("Chosen by you to read against: Yucatán, 2.6")
    assert "Yucatán" in found.drawings[0].svg
    assert "31" in set(found.explanation.rows["area_code"])


def test_a_state_is_read_against_a_number_that_has_no_source() -> None:
    found = block(sheet_of("25", reference="5.2"), "homicides")
    assert "no source stands behind it" in found.section.lines[-1]
    assert "stroke-dasharray" in found.drawings[0].svg


@pytest.mark.parametrize("asked", ["", "25"])
def test_without_another_reference_there_is_the_nation_alone(asked: str) -> None:
    found = block(sheet_of("25", reference=asked), "homicides")
    assert "Chosen by you" not in " ".join(found.section.lines)


def test_the_two_measurements_of_homicide_stand_in_blocks_of_their_own() -> None:
    sheet = sheet_of("25")
    titles = [block(sheet, key).section.title for key in ("homicides", "files")]
    assert "INEGI" in titles[0]
    assert "SESNSP" in titles[1]


def test_each_city_of_the_survey_has_its_interval_or_says_that_it_has_none() -> None:
    rows = {row.name: row for row in block(sheet_of("25"), "cities").rows}
    assert rows["Mazatlán"].span
    told = block(sheet_of("25"), "cities").section.lines
    assert any("interval" in line for line in told)


def test_a_state_has_all_cities_that_its_area_touches() -> None:
    assert len(block(sheet_of("09"), "cities").rows) == 16


def test_us_deaths_are_told_to_hold_residents_and_to_be_no_rate() -> None:
    found = block(sheet_of("25"), "us-deaths")
    assert found.section.lines[0] == words("en")("sheet_us_residents")
    assert "no rate" in found.section.lines[0]
    assert "* A part of the year only: 2002, 2021." in found.drawings[0].caption


def test_the_disappeared_are_told_as_counted_and_the_rate_stands_below() -> None:
    found = block(sheet_of("25"), "disappeared")
    assert found.section.figure == "70"
    assert found.section.lines[0].startswith("As a rate: 25.8 persons per 100,000")


@pytest.mark.parametrize(("code", "has_one"), [("14", True), ("31", False)])
def test_alerts_are_told_only_of_a_state_that_had_one(code: str, *, has_one: bool) -> None:
    assert (sheet_of(code).alerts is not None) is has_one


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("geonames:3996322", "You looked for Mazatlán: town in the municipality of Mazatlán"),
        ("icao:MMMZ", "airport in the municipality of Mazatlán, Sinaloa, code MZT."),
        ("name:punta-mita", "in the municipality of Bahía de Banderas, Nayarit."),
    ],
)
def test_a_place_is_told_with_its_municipality(code: str, told: str) -> None:
    line = building.build(atlas.load(), Asked("25", place=code), words("en")).place
    assert told in line
    assert line.endswith("The figures below are those of the whole state.")


@pytest.mark.parametrize("code", ["", "nowhere"])
def test_no_place_and_an_unknown_one_are_not_told(code: str) -> None:
    sheet = building.build(atlas.load(), Asked("25", place=code), words("en"))
    assert (sheet.place, sheet.by_name) == ("", None)


def test_the_limits_of_the_figures_are_told() -> None:
    assert len(sheet_of("25").limits) == len(building.LIMITS)
