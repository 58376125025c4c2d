"""From the atlas to the map over time: every step, cell, mark, word and note."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from geo_app import atlas
from geo_app.errors import BadRequest
from geo_app.indicators import Geography, catalogue, indicator
from geo_app.maps import figure
from geo_app.maps.payload import MapCell, MapStep, TimeMapData
from geo_app.states import all_states, state_codes
from geo_app.text import words

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI, ENVIPE = "homicides_inegi_per_100k", "insecurity_envipe_pct"
ENSU, LEVEL = "insecurity_ensu_pct", "advisory_level_us"
MONTHLY = "homicide_victims_sesnsp_per_100k"
SLUGS = [item.slug for item in catalogue()]


def shown(slug: str, lang: str = "en") -> TimeMapData:
    return made(slug, lang)


@cache
def made(slug: str, lang: str) -> TimeMapData:
    return figure.time_map_data(atlas.load(), slug, lang)


def step_of(slug: str, period: str, lang: str = "en") -> MapStep:
    return next(step for step in shown(slug, lang).steps if step.period == period)


def cell_of(data: TimeMapData, code: str, period: str) -> MapCell:
    row = [step.period for step in data.steps].index(period)
    column = [area.code for area in data.areas].index(code)
    return data.cells[row][column]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_steps_are_the_periods_of_the_indicator(slug: str) -> None:
    assert tuple(step.period for step in shown(slug).steps) == atlas.load().periods(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_cell_has_the_class_of_the_layer(slug: str) -> None:
    data, newest = shown(slug), atlas.load().newest(slug)
    classes = atlas.load().layer(slug, newest).areas["class_index"]
    found = {area.code: cell_of(data, area.code, newest).class_index for area in data.areas}
    assert found == {code: classes[code] for code in found}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_missing_cell_has_no_class_no_number_and_a_reason(slug: str) -> None:
    cells = [cell for row in shown(slug).cells for cell in row if cell.class_index == -1]
    assert all(cell.value and not cell.interval and not cell.mark for cell in cells)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_map_opens_on_the_newest_period(slug: str) -> None:
    assert shown(slug).initial_period == atlas.load().newest(slug)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_areas_are_the_32_states_by_their_names(lang: str) -> None:
    found = [(area.code, area.name) for area in shown(INEGI, lang).areas]
    assert found == [(state.state_code, state.name(lang)) for state in all_states()]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_title_and_unit_are_in_the_language(lang: str) -> None:
    data, found = shown(INEGI, lang), indicator(INEGI)
    assert (data.title, data.unit, data.lang) == (found.title.in_(lang), found.unit.in_(lang), lang)


def test_the_classes_are_named_lowest_first() -> None:
    labels = [item.label for item in shown(INEGI).classes]
    assert (labels[0], labels[-1]) == ("under 5", "80 and over")


def test_the_levels_are_classes_with_their_names() -> None:
    assert [item.label[0] for item in shown(LEVEL).classes] == ["1", "2", "3", "4"]


def test_a_cell_tells_value_and_interval_with_its_maker() -> None:
    found = cell_of(shown(INEGI), "06", "2022")
    assert found == MapCell(5, "112.7", "105.3\N{EN DASH}120.6 (exact Poisson 95 %)", "final", "")


def test_a_cell_of_a_level_carries_its_name() -> None:
    found = cell_of(shown(LEVEL), "25", "2022-08-17")
    assert found == MapCell(3, "4 Do not travel", "", "current in this issue", "")


def test_a_cell_with_a_mark_does_not_say_the_status_twice() -> None:
    found = cell_of(shown(LEVEL), "25", "2026-05-29")
    assert (found.mark, found.status) == ("last_stated", "")


@pytest.mark.parametrize(
    ("slug", "period", "mark"),
    [
        (INEGI, "2022", ""),
        (MONTHLY, "2022-03", "preliminary"),
        (LEVEL, "2026-05-29", "last_stated"),
        (LEVEL, "2025-08-12", ""),
        (LEVEL, "2018-01-09", ""),
    ],
)
def test_a_step_has_a_mark_where_all_its_values_share_it(slug: str, period: str, mark: str) -> None:
    assert step_of(slug, period).mark == mark


def test_a_step_with_values_of_two_kinds_has_no_mark_of_its_own() -> None:
    issues = [atlas.load().layer(LEVEL, step.period) for step in shown(LEVEL).steps]
    mixed = {layer.period for layer in issues if layer.areas["status"].nunique() > 1}
    assert {step.mark for step in shown(LEVEL).steps if step.period in mixed} == {""}


def test_the_time_before_the_first_issue_has_a_label_of_its_own() -> None:
    assert step_of(LEVEL, "2018-01-09").label == "before 10 January 2018"


@pytest.mark.parametrize(("lang", "label"), [("en", "March 2022"), ("es", "marzo de 2022")])
def test_a_step_is_labelled_with_its_period_in_words(lang: str, label: str) -> None:
    assert step_of(MONTHLY, "2022-03", lang).label == label


@pytest.mark.parametrize(
    ("slug", "period", "note"),
    [
        (INEGI, "2022", ""),
        (ENSU, "2020Q2", "No value is held for this period."),
        (ENSU, "2019Q1", "66 of the 91 cities on this map have a value."),
        (
            LEVEL,
            "2018-01-09",
            (
                "Nothing is known here of state levels before 10 January 2018, the day of the "
                "first issue held that gives them."
            ),
        ),
        (
            LEVEL,
            "2019-04-09",
            (
                "The list that is held does not name 24 of the states; their level is estimated by "
                "the general rule of its issue. Level of the country as a whole in this issue: 2 "
                "(estimated)."
            ),
        ),
        (
            LEVEL,
            "2022-08-17",
            "This issue gives no single level for the country as a whole.",
        ),
        (
            LEVEL,
            "2025-08-12",
            "Level of the country as a whole in this issue: 2.",
        ),
        (
            LEVEL,
            "2026-05-29",
            (
                "The issue of 29 May 2026 is known without its state levels. Shown are the levels "
                "last stated on 12 August 2025; they are not current. Level of the country as a "
                "whole in this issue: 2. Last read on 23 November 2026."
            ),
        ),
    ],
)
def test_what_is_odd_of_a_step_stands_under_the_map(slug: str, period: str, note: str) -> None:
    assert step_of(slug, period).note == note


def test_levels_of_a_general_rule_are_counted_under_the_map() -> None:
    layer = atlas.load().layer(LEVEL, "2018-01-10")
    carried = int((layer.areas["status"] == "estimated").sum())
    assert f"does not name {carried} of the states" in step_of(LEVEL, "2018-01-10").note


def test_levels_of_a_general_rule_are_counted_in_a_newer_issue_without_levels_too() -> None:
    assert "does not name 16 of the states" in step_of(LEVEL, "2022-01-31").note


def test_states_without_a_value_are_counted_under_the_map(broken: BrokenData) -> None:
    broken.edit(
        "tables/inegi-homicides.csv",
        "06,2022,deaths_count,848,final",
        "06,2022,deaths_count,,missing",
    )
    note = figure.step_note(atlas.load().layer(INEGI, "2022"), words("en"))
    assert note == "31 of 32 states have a value."


def test_a_missing_value_has_no_colour_on_the_map(broken: BrokenData) -> None:
    broken.edit(
        "tables/inegi-homicides.csv",
        "06,2022,deaths_count,848,final",
        "06,2022,deaths_count,,missing",
    )
    data = figure.time_map_data(atlas.load(), INEGI, "en")
    assert cell_of(data, "06", "2022") == MapCell(-1, "none held", "", "", "")


def test_a_break_is_told_at_the_first_step_after_it(broken: BrokenData) -> None:
    added = (
        '[[series_breaks]]\nperiod = "2015"\n'
        'reason = {en = "new questions", es = "preguntas nuevas"}\n\n[recipe]'
    )
    broken.edit(f"indicators/{ENVIPE}.toml", "[recipe]", added)
    data = figure.time_map_data(atlas.load(), ENVIPE, "es")
    told = {step.period: step.break_reason for step in data.steps if step.break_reason}
    assert told == {"2015": "preguntas nuevas"}


def test_a_map_of_states_needs_no_outlines() -> None:
    assert shown(INEGI).outlines == ()


def test_a_map_of_cities_shows_the_states_around_them() -> None:
    assert tuple(area.code for area in shown(ENSU).outlines) == state_codes()


def test_a_city_without_a_place_is_not_on_the_map() -> None:
    codes = {area.code for area in shown(ENSU).areas}
    assert codes & {"15", "16", "17", "18"} == set()


def test_the_neighbours_have_keys_of_their_own() -> None:
    codes = [area.code for area in shown(INEGI).base]
    assert len(set(codes)) == len(codes) > 2


@pytest.mark.parametrize("slug", [INEGI, ENSU])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_element_speaks_of_the_areas_it_shows(slug: str, lang: str) -> None:
    geography = Geography.CITY if slug == ENSU else Geography.STATE
    sentences = words(lang).sentences
    found = shown(slug, lang).words
    assert (found.count_many, found.hint) == (
        sentences[f"map_count_many_{geography}"],
        sentences[f"map_hint_{geography}"],
    )


def test_a_period_that_is_asked_for_is_shown_first() -> None:
    data = figure.time_map_data(atlas.load(), ENVIPE, "en", period="2019")
    assert data.initial_period == "2019"


def test_a_period_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadRequest, match="1985"):
        figure.time_map_data(atlas.load(), ENVIPE, "en", period="1985")


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(BadRequest, match="no indicator is called 'murders'"):
        figure.time_map_data(atlas.load(), "murders", "en")


@pytest.mark.parametrize(("selected", "kept"), [("06", "06"), ("40", ""), ("", "")])
def test_a_selection_that_is_not_on_the_map_is_left_out(selected: str, kept: str) -> None:
    data = figure.time_map_data(atlas.load(), ENVIPE, "en", selected=selected)
    assert data.selected == kept
