"""From the atlas to the map over time: every step, cell, mark, word and note."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from geo_app import atlas
from geo_app.errors import BadRequest, HashMismatch
from geo_app.indicators import Geography, indicator, mapped
from geo_app.maps import artefacts, comparing, figure
from geo_app.maps.geometry import read_shapes
from geo_app.maps.payload import MapStep, TimeMapData
from geo_app.maps.series import Series, read_series
from geo_app.states import all_states, state_codes
from geo_app.text import words

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI, ENVIPE = "homicides_inegi_per_100k", "insecurity_envipe_pct"
ENSU, LEVEL = "insecurity_ensu_pct", "advisory_level_us"
MONTHLY = "homicide_victims_sesnsp_per_100k"
SLUGS = [item.slug for item in mapped()]


def shown(slug: str, lang: str = "en") -> TimeMapData:
    return made(slug, lang)


@cache
def made(slug: str, lang: str) -> TimeMapData:
    return figure.time_map_data(atlas.load(), slug, lang)


def step_of(slug: str, period: str, lang: str = "en") -> MapStep:
    return next(step for step in shown(slug, lang).head.steps if step.period == period)


def series_of(data: TimeMapData) -> Series:
    return read_series(data.series)


def status_of(data: TimeMapData, code: str, period: str) -> tuple[str, str]:
    """Return the words and the mark of the status of a cell."""
    step = [step.period for step in data.head.steps].index(period)
    area = data.head.codes.index(code)
    return data.head.statuses[series_of(data).statuses[area, step]]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_steps_are_the_periods_of_the_indicator(slug: str) -> None:
    assert tuple(step.period for step in shown(slug).head.steps) == atlas.load().periods(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_an_area_is_known_where_the_layer_has_a_value(slug: str) -> None:
    data, newest = shown(slug), atlas.load().newest(slug)
    values = atlas.load().layer(slug, newest).areas["value"]
    step = [step.period for step in data.head.steps].index(newest)
    known = series_of(data).is_known[:, step].tolist()
    assert known == [bool(values.notna()[code]) for code in data.head.codes]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_missing_value_has_a_reason(slug: str) -> None:
    series = series_of(shown(slug))
    texts = {shown(slug).head.statuses[n][0] for n in series.statuses[~series.is_known].tolist()}
    assert all(texts)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_map_opens_on_the_newest_period(slug: str) -> None:
    assert shown(slug).initial_period == atlas.load().newest(slug)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_areas_are_the_32_states_by_their_names(lang: str) -> None:
    found = list(zip(shown(INEGI, lang).head.codes, shown(INEGI, lang).head.names, strict=True))
    assert found == [(state.state_code, state.name(lang)) for state in all_states()]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_title_and_unit_are_in_the_language(lang: str) -> None:
    data, found = shown(INEGI, lang).head, indicator(INEGI)
    assert (data.title, data.unit, data.lang) == (found.title.in_(lang), found.unit.in_(lang), lang)


def test_the_classes_are_named_lowest_first() -> None:
    labels = [item.label for item in shown(INEGI).head.classes]
    assert (labels[0], labels[-1]) == ("under 5", "80 and over")


def test_the_levels_are_classes_with_their_names() -> None:
    assert [item.label[0] for item in shown(LEVEL).head.classes] == ["1", "2", "3", "4"]


def test_a_level_is_told_by_its_name() -> None:
    assert shown(LEVEL).head.level_names[3] == "4 Do not travel"


def test_a_status_that_is_a_pattern_carries_its_mark() -> None:
    assert status_of(shown(LEVEL), "25", "2026-05-29")[1] == "last_stated"


def test_a_status_that_is_final_carries_no_mark() -> None:
    assert status_of(shown(INEGI), "06", "2022") == ("final", "")


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
    issues = [atlas.load().layer(LEVEL, step.period) for step in shown(LEVEL).head.steps]
    mixed = {layer.period for layer in issues if layer.areas["status"].nunique() > 1}
    assert {step.mark for step in shown(LEVEL).head.steps if step.period in mixed} == {""}


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


def test_a_value_that_is_missing_is_told_as_such(broken: BrokenData) -> None:
    broken.edit(
        "tables/inegi-homicides.csv",
        "06,2022,deaths_count,848,final",
        "06,2022,deaths_count,,missing",
    )
    artefacts.build_maps()
    data = figure.time_map_data(atlas.load(), INEGI, "en")
    assert (status_of(data, "06", "2022"), step_of_data(data, "2022").note) == (
        ("none held", ""),
        "31 of 32 states have a value.",
    )


def step_of_data(data: TimeMapData, period: str) -> MapStep:
    return next(step for step in data.head.steps if step.period == period)


def test_a_break_is_told_at_the_first_step_after_it(broken: BrokenData) -> None:
    added = (
        '[[series_breaks]]\nperiod = "2015"\n'
        'reason = {en = "new questions", es = "preguntas nuevas"}\n\n[recipe]'
    )
    broken.edit(f"indicators/{ENVIPE}.toml", "[recipe]", added)
    artefacts.build_maps()
    data = figure.time_map_data(atlas.load(), ENVIPE, "es")
    told = {step.period: step.break_reason for step in data.head.steps if step.break_reason}
    assert told == {"2015": "preguntas nuevas"}


def test_a_map_of_states_needs_no_outlines() -> None:
    assert read_shapes(shown(INEGI).geometry).outline_codes == ()


def test_a_map_of_cities_shows_the_states_around_them() -> None:
    assert read_shapes(shown(ENSU).geometry).outline_codes == state_codes()


def test_a_city_without_a_place_is_not_on_the_map() -> None:
    assert set(shown(ENSU).head.codes) & {"15", "16", "17", "18"} == set()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_map_of_municipalities_names_all_of_them(lang: str) -> None:
    head = figure.time_map_data(atlas.load(), INEGI, lang, level="municipality").head
    assert (len(head.names), head.names[0], head.level) == (2465, "Aguascalientes", "municipality")


def test_a_source_is_quoted_with_its_dates() -> None:
    assert "read on" in shown(INEGI).head.sources[0]


@pytest.mark.parametrize("slug", [INEGI, ENSU])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_element_speaks_of_the_areas_it_shows(slug: str, lang: str) -> None:
    geography = Geography.CITY if slug == ENSU else Geography.STATE
    sentences = words(lang).sentences
    found = shown(slug, lang).head.words
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


@pytest.mark.parametrize(
    ("selected", "kept"),
    [("06", ("06",)), ("40", ()), ("", ()), (("06", "99", "25"), ("06", "25"))],
)
def test_a_selection_that_is_not_on_the_map_is_left_out(
    selected: str | tuple[str, ...], kept: tuple[str, ...]
) -> None:
    data = figure.time_map_data(atlas.load(), ENVIPE, "en", selected=selected)
    assert data.selected == kept


# --------------------------------------------------------------------------------- comparing


def refusals_of(slug: str, lang: str = "en") -> set[str]:
    found = shown(slug, lang).head.comparable
    assert found is not None
    return {found.refusals[number] for row in found.pairs for number in row}


def test_years_of_a_rate_may_all_be_compared() -> None:
    assert refusals_of(INEGI) == {""}


def test_months_are_compared_with_the_same_month_only() -> None:
    found = shown(MONTHLY).head.comparable
    assert found is not None
    allowed = [step for step, number in enumerate(found.pairs[24]) if number == 0]
    assert allowed == [0, 12]


@pytest.mark.parametrize(
    ("lang", "reason"),
    [
        ("en", "Not compared: without intervals of its own a difference could be noise"),
        ("es", "No se compara: sin intervalos propios, la diferencia podría ser ruido"),
    ],
)
def test_shares_without_our_own_interval_are_not_compared(lang: str, reason: str) -> None:
    assert refusals_of(ENVIPE, lang) == {reason}


def test_levels_are_compared_without_a_test() -> None:
    assert refusals_of(LEVEL) == {""}


def test_a_break_is_the_reason_with_its_words(broken: BrokenData) -> None:
    added = '[[series_breaks]]\nperiod = "2015"\nreason = {en = "new form", es = "otra forma"}\n'
    broken.edit(f"indicators/{INEGI}.toml", "[recipe]", f"{added}\n[recipe]")
    found = comparing.comparable(indicator(INEGI), ("2013", "2014", "2015"), words("en"))
    reason = "Not compared: there is a break in the series in between (new form)"
    assert (found.refusals, found.pairs) == (("", reason), ((), (0,), (1, 1)))


def test_what_may_be_compared_is_written_short() -> None:
    found = shown(MONTHLY).head.comparable
    assert found is not None
    written = found.rows()
    assert [row for row in written if row] == [written[-1]]


@pytest.mark.parametrize("slug", [INEGI, MONTHLY, LEVEL])
def test_a_difference_has_a_grey_band_in_the_middle(slug: str) -> None:
    found = shown(slug).head.difference
    assert found is not None
    assert (len(found.classes), found.neutral) == (2 * found.neutral + 1, len(found.classes) // 2)


def test_differences_are_classed_around_zero() -> None:
    found = shown(INEGI).head.difference
    assert found is not None
    labels = [item.label for item in found.classes]
    assert (labels[0], labels[4], labels[8]) == (
        "under \N{MINUS SIGN}20",
        "cannot be told from chance",
        "+20 and over",
    )


# -------------------------------------------------------------------------------- as it stood


def test_a_map_of_a_day_holds_what_was_known_then(revised: BrokenData) -> None:
    assert revised.data.is_dir()
    artefacts.build_maps()
    then = figure.time_map_data(atlas.load("2023-08-01"), INEGI, "en")
    known = series_of(then).is_known
    periods = [step.period for step in then.head.steps]
    assert (bool(known[:, periods.index("2022")].all()), bool(known[:, -1].any())) == (True, False)


def test_a_map_of_a_day_tells_nothing_of_a_later_issue() -> None:
    steps = figure.time_map_data(atlas.load("2019-01-01"), LEVEL, "en").head.steps
    notes = {step.period: step.note for step in steps}
    assert (notes["2018-11-15"][-25:], notes["2025-08-12"]) == (
        "a whole in this issue: 2.",
        "No value is held for this period.",
    )


def test_a_map_of_other_data_than_those_beside_it_is_refused(broken: BrokenData) -> None:
    broken.edit(
        "tables/inegi-homicides.csv",
        "06,2022,deaths_count,848,final",
        "06,2022,deaths_count,849,final",
    )
    with pytest.raises(HashMismatch, match=r"built from other data.*run `python -m geo_app build"):
        figure.time_map_data(atlas.load(), INEGI, "en")
