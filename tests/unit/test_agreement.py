"""Level against homicides: who parts, who cannot be told apart, what is not held is not shown."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import advisories, atlas, export, statistics
from geo_app.agreement import figures as agreement_figures
from geo_app.agreement import parting
from geo_app.agreement import words as agreement_words
from geo_app.agreement.parting import HOMICIDES, INSECURITY, Agreement, Group, Side
from geo_app.errors import BadRequest
from geo_app.indicators import Status
from geo_app.records import LANGUAGES
from geo_app.states import code_of, state_codes
from geo_app.text import words
from tests.examples import examples

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

AUGUST_2022 = date(2022, 8, 17)
FIRST, LAST = parting.days()
SAY = words("en")


@cache
def held(day: date) -> Agreement:
    return parting.on(atlas.load(), day)


def codes(day: date, group: Group) -> set[str]:
    return {item.state_code for item in held(day).of(group)}


def named(*names: str) -> set[str]:
    return {code_of(name) for name in names}


# INEGI, Estadísticas de Defunciones Registradas (deaths by homicide), over CONAPO's population;
# levels of the issue of 2022-08-17.
def test_in_august_2022_the_advice_for_four_states_was_higher_than_the_rate() -> None:
    found = {item.state_code: item.advice.level for item in held(AUGUST_2022).of(GROUPS[0])}
    assert {code for code, level in found.items() if level == 4} == named("Sinaloa", "Tamaulipas")
    assert {code for code, level in found.items() if level == 3} == named("Durango", "Jalisco")


GROUPS = (Group.ADVICE_HIGHER, Group.FIGURE_HIGHER, Group.UNTOLD)


def test_in_august_2022_the_rate_of_quintana_roo_was_higher_than_the_advice() -> None:
    (found,) = held(AUGUST_2022).of(Group.FIGURE_HIGHER)
    assert (found.state_code, found.advice.level, found.side) == ("23", 2, Side.ABOVE)


def test_in_august_2022_san_luis_potosi_cannot_be_told_apart_from_the_nation() -> None:
    (found,) = held(AUGUST_2022).of(Group.UNTOLD)
    nation = held(AUGUST_2022).nation_rate
    assert found.rate is not None
    assert found.rate.value is not None
    assert nation is not None
    assert nation.value is not None
    assert found.state_code == code_of("San Luis Potosí")
    assert (round(found.rate.value, 1), round(nation.value, 1)) == (25.8, 25.6)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            date(2018, 1, 10),
            (
                named("Coahuila", "Durango", "Estado de México", "Nuevo León", "San Luis Potosí"),
                named("Baja California", "Guanajuato", "Quintana Roo"),
                named("Tamaulipas", "Nayarit", "Sonora", "Baja California Sur", "Oaxaca"),
            ),
        ),
        (
            date(2024, 12, 31),
            (
                named("Tamaulipas", "Chiapas", "Jalisco"),
                named("Quintana Roo", "Tabasco"),
                named("Nuevo León"),
            ),
        ),
    ],
)
def test_the_states_that_part_are_those_of_the_day(
    day: date, expected: tuple[set[str], ...]
) -> None:
    assert tuple(codes(day, group) for group in GROUPS) == expected


def test_a_rest_without_the_deaths_of_unknown_states_alone_names_nobody() -> None:
    """In 2018 Sonora differs from the other states, and its interval holds the nation's rate."""
    found = next(item for item in held(date(2018, 1, 10)).standings if item.state_code == "26")
    assert found.p_value is not None
    assert found.p_value < 0.0015
    assert found.side is Side.UNTOLD


def test_deaths_of_no_state_are_counted_apart() -> None:
    # 36,685 deaths of the nation, 34,582 of the states.
    assert held(date(2018, 6, 1)).unplaced == 2_103


def test_the_order_of_levels_and_rates_goes_together_to_a_known_degree() -> None:
    found = held(AUGUST_2022)
    levels = pd.Series([item.advice.level for item in found.standings]).rank()
    rates = pd.Series([item.rate.value for item in found.standings if item.rate]).rank()
    assert found.correlation == pytest.approx(levels.corr(rates))
    assert found.correlation == pytest.approx(0.65, abs=0.005)


def test_no_level_is_told_of_a_day_after_the_one_on_which_figures_were_known() -> None:
    then = atlas.load("2021-05-31")
    assert parting.days(then.known_on) == (FIRST, date(2021, 5, 31))
    assert parting.opening_day(then) == date(2021, 5, 31)
    with pytest.raises(BadRequest, match=r"no level .* expected 2018-01-10 to 2021-05-31"):
        parting.on(then, AUGUST_2022)


def test_a_year_that_was_not_known_on_a_day_is_one_that_is_not_held() -> None:
    found = parting.on(atlas.load("2023-01-31"), AUGUST_2022)
    assert (found.has_rates, found.nation_share, found.unplaced) == (False, None, None)
    assert len(agreement_figures.rows(found, SAY)) == 1
    assert [item.advice.level for item in found.standings].count(4) == 6


def test_before_any_level_was_known_one_day_is_left_and_tells_none() -> None:
    then = atlas.load("1990-01-01")
    day = date(1990, 1, 1)
    assert parting.days(then.known_on) == (day, day)
    assert {item.advice.level for item in parting.on(then, day).standings} == {None}


def test_the_page_opens_on_the_end_of_the_newest_year_of_homicides() -> None:
    assert parting.opening_day(atlas.load()) == date(2024, 12, 31)


def test_the_days_begin_with_the_first_issue_and_end_with_the_last_reading() -> None:
    assert date(2018, 1, 10) == FIRST
    assert advisories.history().checked == LAST


@pytest.mark.parametrize("day", [date(2025, 3, 1), date(2026, 2, 23)])
def test_a_year_without_homicides_shows_no_other_year(day: date) -> None:
    found = held(day)
    assert (found.has_rates, found.correlation, found.unplaced) == (False, None, None)
    assert {(item.rate, item.side, item.group) for item in found.standings} == {
        (None, None, Group.UNKNOWN)
    }


def test_the_share_is_that_of_the_edition_of_the_year() -> None:
    found = held(date(2025, 3, 1))
    assert found.nation_share is not None
    assert (found.nation_share.period, found.nation_share.value) == ("2025", 75.6)
    assert held(date(2026, 2, 23)).nation_share is None


def test_a_state_without_a_count_is_in_no_list_and_out_of_the_rest(broken: BrokenData) -> None:
    def without(frame: pd.DataFrame) -> pd.DataFrame:
        rows = (frame["state_code"] == "25") & (frame["period"] == "2022")
        frame.loc[rows, ["value", "status"]] = ["", "missing"]
        return frame

    broken.change_table("inegi-homicides", without)
    found = parting.on(atlas.load(), AUGUST_2022)
    (unknown,) = found.of(Group.UNKNOWN)
    assert unknown.rate is not None
    assert (unknown.state_code, unknown.side, unknown.rate.value) == ("25", None, None)
    assert (unknown.rate.status, found.unplaced) == (Status.MISSING, None)
    told = " ".join(agreement_words.summary(found, SAY))
    assert "In no list, for want of a level or a rate: Sinaloa." in told
    drawn = agreement_figures.rows(found, SAY)
    assert ("No value: 1" in [text for _, text in drawn[0][1].legend], len(found.standings)) == (
        True,
        32,
    )


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (FIRST - timedelta(days=1), r"no level of a state is held .* expected 2018-01-10 to"),
        (LAST + timedelta(days=1), r"us-advisory: .*"),
    ],
)
def test_a_day_of_which_nothing_is_known_is_refused(day: date, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        parting.on(atlas.load(), day)


@examples(25)
@given(st.dates(FIRST, LAST))
def test_on_any_day_each_state_is_in_exactly_one_group(day: date) -> None:
    found = held(day)
    assert [item.state_code for item in found.standings] == list(state_codes())
    assert sum(len(found.of(group)) for group in Group) == 32


@examples(25)
@given(st.dates(FIRST, date(2024, 12, 31)))
def test_no_state_is_named_whose_interval_holds_the_rate_of_the_nation(day: date) -> None:
    nation = held(day).nation_rate
    assert nation is not None
    for item in held(day).standings:
        assert item.rate is not None
        inside = item.rate.low <= nation.value <= item.rate.high  # type: ignore[operator]
        assert not inside or item.side is Side.UNTOLD
        sides = {Side.ABOVE: item.rate.low, Side.BELOW: item.rate.high}
        if item.side in sides:
            assert (sides[item.side] > nation.value) == (item.side is Side.ABOVE)  # type: ignore[operator,index]


@pytest.mark.parametrize("year", range(2018, 2025))
def test_every_named_state_stands_among_all_tests(year: int) -> None:
    found = held(date(year, 12, 31))
    stands = statistics.holm([item.p_value for item in found.standings])  # type: ignore[arg-type]
    named_states = [item.side is not Side.UNTOLD for item in found.standings]
    assert all(one or not told for one, told in zip(stands, named_states, strict=True))
    assert 25 <= sum(named_states) <= 32


# ------------------------------------------------------------------------------------- words


def test_a_line_gives_level_rate_interval_nation_and_reasons() -> None:
    sinaloa = held(AUGUST_2022).of(Group.ADVICE_HIGHER)[0]
    assert agreement_words.state_line(sinaloa, held(AUGUST_2022), SAY) == (
        "Sinaloa: level 4 Do not travel. Homicide rate 18.7 (17.2–20.3), Mexico 25.6. "  # noqa: RUF001 the dash of the page
        "Reasons given: crime, kidnapping."
    )


def test_a_level_that_was_not_stated_says_so_in_its_line() -> None:
    found = held(date(2018, 1, 10))
    line = agreement_words.state_line(found.of(Group.FIGURE_HIGHER)[0], found, SAY)
    assert "level 2 Exercise increased caution (estimated)." in line


def test_a_level_estimated_before_a_newer_issue_says_both() -> None:
    item = replace(advisories.history().on(date(2020, 4, 1))[0], is_carried_over=True)
    told = agreement_words.level_status(item, SAY)
    assert told == "last stated, not current, estimated"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "day", [FIRST, date(2020, 4, 1), AUGUST_2022, date(2025, 3, 1), date(2026, 6, 5)]
)
def test_the_page_can_be_said_on_each_kind_of_day(day: date, lang: str) -> None:
    found, say = held(day), words(lang)
    lists = agreement_words.groups(found, say)
    assert len(lists) == (3 if found.has_rates else 0)
    assert all(item.lines for item in lists)
    table = agreement_words.table(found, say)
    assert len(table) == 32
    assert table.shape[1] == 3 + 6 * found.has_rates + (found.nation_share is not None)
    text = " ".join([*agreement_words.limits(found, say), *agreement_words.summary(found, say)])
    assert not re.search(r"[{}]|nan|None", text)


def test_a_list_without_a_state_says_so() -> None:
    day = next(
        day
        for year in range(2018, 2025)
        if not held(day := date(year, 12, 31)).of(Group.UNTOLD)
        or not held(day).of(Group.FIGURE_HIGHER)
    )
    lines = [line for item in agreement_words.groups(held(day), SAY) for line in item.lines]
    assert "No state on this day." in lines


def test_the_short_edition_of_the_survey_says_when_it_asked() -> None:
    assert (
        "from 17 to 31 March only" in agreement_words.survey_notes(held(date(2020, 9, 8)), SAY)[0]
    )
    assert "March and April" in agreement_words.survey_notes(held(AUGUST_2022), SAY)[0]


def test_the_file_has_every_state_with_sources_and_no_interval_of_a_third_party() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(export.to_csv(agreement_words.frame(held(date(2024, 12, 31)), "en")))
        )
    )
    assert len(rows) == 32
    assert {row["homicides_source"] for row in rows} == {"inegi-homicides"}
    assert {row["insecurity_period"] for row in rows} == {"2024"}
    assert "insecurity_low" not in rows[0]
    tamaulipas = rows[27]
    assert (tamaulipas["area_name"], tamaulipas["level_and_homicides"]) == (
        "Tamaulipas",
        "advice_higher",
    )
    assert tamaulipas["homicides_value"].startswith("13.0")


def test_the_file_leaves_what_is_not_held_empty() -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(export.to_csv(agreement_words.frame(held(date(2026, 2, 23)), "es")))
        )
    )
    empty = {key for key in rows[0] if not any(row[key] for row in rows)}
    assert {"homicides_value", "homicides_period", "insecurity_value", "homicides_p_value"} <= empty
    assert {row["level_and_homicides"] for row in rows} == {"unknown"}


def test_the_sources_are_cited_once() -> None:
    lines = agreement_words.source_lines(agreement_words.SHOWN, SAY)
    assert len(set(lines)) == len(lines) == 5


# ----------------------------------------------------------------------------------- figures


def test_the_figures_of_a_year_are_two_maps_and_two_charts() -> None:
    maps, charts = agreement_figures.rows(held(AUGUST_2022), SAY)
    levels, rates = maps
    assert [text for _, text in levels.legend] == [
        "4 Do not travel: 6",
        "3 Reconsider travel: 7",
        "2 Exercise increased caution: 17",
        "1 Exercise normal precautions: 2",
    ]
    assert "80 and over: 2" in [text for _, text in rates.legend]
    assert charts[0].drawing.count("<circle") == 31
    assert "<title>San Luis Potosí: 25.8 (24.0–27.8)." in charts[0].drawing  # noqa: RUF001 the dash of the page
    assert charts[1].drawing.count("<circle") == 0


def test_without_homicides_the_figures_are_the_levels_and_the_survey() -> None:
    ((levels, shares),) = agreement_figures.rows(held(date(2026, 6, 5)), SAY)
    assert levels.drawing.count("4*</text>") > 2
    assert levels.notes[0].startswith("* The issue in force does not state this level")
    assert (shares.drawing, len(shares.notes)) == ("", 1)
    assert {HOMICIDES, INSECURITY} < set(agreement_words.SHOWN)


def test_before_the_first_issue_the_map_of_levels_is_hatched() -> None:
    day = FIRST - timedelta(days=1)
    found = agreement_figures.level_map(advisories.history().on(day), day, SAY)
    assert (found.legend[-1][1], "not known") == ("No value: 32", "not known")
    assert found.drawing.count("level not known</title>") == 32
