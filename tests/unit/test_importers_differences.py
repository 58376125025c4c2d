"""What changed between two states of a table, said in words."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import tables
from geo_app.importers.differences import SHOWN, differences
from geo_app.provenance import load_source

Row = tuple[str, str, str, str, float]
NOTHING = math.nan


def frame(*rows: Row) -> pd.DataFrame:
    """Rows of area kind, area code, period, measure and value."""
    columns = ["area_kind", "area_code", "period", "measure", "value"]
    made = pd.DataFrame(rows, columns=columns).astype({"value": float})
    return made.assign(status=made["value"].isna().map({True: "missing", False: "final"}))


def states(period: str, *values: float, measure: str = "homicide_cases_count") -> list[Row]:
    return [("state", f"{n:02d}", period, measure, value) for n, value in enumerate(values, 1)]


def cities(period: str, *values: float) -> list[Row]:
    return [("city", f"{n:02d}", period, "insecurity_pct", v) for n, v in enumerate(values, 1)]


def nation(period: str, value: float, measure: str = "homicide_cases_count") -> Row:
    return ("nation", "00", period, measure, value)


def test_a_revision_is_told_with_both_sums_the_step_and_the_number_of_states() -> None:
    before = frame(*states("2026-01", 400, 400, 300, 269))
    after = frame(*states("2026-01", 410, 405, 299, 278))
    assert differences(before, after) == ["January 2026: 1,369 → 1,392 (+23), 4 states revised"]


def test_a_new_month_is_told_with_its_sum() -> None:
    before = frame(*states("2026-03", 1, 2))
    after = frame(*states("2026-03", 1, 2), *states("2026-04", 1000, 401))
    assert differences(before, after) == ["April 2026 is new: 1,401"]


def test_a_new_month_says_how_many_states_are_missing() -> None:
    after = frame(*states("2026-04", 1000, NOTHING, NOTHING))
    assert differences(frame(), after) == ["April 2026 is new: 1,000, 2 states without a value"]


def test_a_vanished_month_is_told() -> None:
    before = frame(*states("2026-03", 1, 2), *states("2026-04", 5, 6))
    after = frame(*states("2026-03", 1, 2))
    assert differences(before, after) == ["April 2026 has vanished: 11 before"]


def test_the_value_of_the_nation_counts_where_the_table_has_it() -> None:
    before = frame(nation("2022", 100), *states("2022", 40, 50))
    after = frame(nation("2022", 103), *states("2022", 42, 50))
    assert differences(before, after) == ["2022: 100 → 103 (+3), 1 state revised"]


def test_states_that_move_under_the_same_total_are_told_with_their_steps() -> None:
    before = frame(*states("2022", 40, 50, 7))
    after = frame(*states("2022", 42, 48, 7))
    assert differences(before, after) == ["2022: 97 as before, 2 states revised by -2 to +2"]


def test_a_value_that_is_lost_is_told_and_never_counted_as_zero() -> None:
    before = frame(*states("2022-03", 40, 50))
    after = frame(*states("2022-03", 40, NOTHING))
    assert differences(before, after) == [
        "March 2022: 90 → 40 (-50), 1 state without the value of before"
    ]


def test_a_value_that_is_gained_is_told() -> None:
    before = frame(nation("2022-03", NOTHING), *states("2022-03", NOTHING, 50))
    after = frame(nation("2022-03", 90), *states("2022-03", 40, 50))
    assert differences(before, after) == [
        "March 2022: no value → 90, 1 state with a value for the first time"
    ]


def test_percentages_are_told_in_points() -> None:
    before = frame(nation("2025", 74.6, "insecurity_pct"))
    after = frame(nation("2025", 75.6, "insecurity_pct"))
    assert differences(before, after) == ["2025: 74.6 % → 75.6 % (+1.0 points)"]


def test_a_step_that_rounding_would_hide_is_shown() -> None:
    before = frame(nation("2025", 74.61, "insecurity_pct"))
    after = frame(nation("2025", 74.62, "insecurity_pct"))
    assert differences(before, after) == ["2025: 74.61 % → 74.62 % (+0.01 points)"]


def test_percentages_of_cities_are_never_added_up() -> None:
    before, after = frame(*cities("2025Q1", 50, 60)), frame(*cities("2025Q1", 50.5, 59))
    assert differences(before, after) == ["2025Q1: 2 cities revised by -1.0 to +0.5 points"]


def test_a_new_quarter_of_cities_has_no_sum() -> None:
    assert differences(frame(), frame(*cities("2025Q1", 50, 60))) == ["2025Q1 is new"]


def test_several_measures_are_told_by_their_names() -> None:
    old = [*states("2022", 1), *states("2022", 1, measure="femicide_victims_count")]
    new = [*states("2022", 2), *states("2022", 3, measure="femicide_victims_count")]
    assert differences(frame(*old), frame(*new)) == [
        "femicide victims: 2022: 1 → 3 (+2), 1 state revised",
        "homicide cases: 2022: 1 → 2 (+1), 1 state revised",
    ]


def test_many_revised_periods_are_summed_up_but_for_the_newest() -> None:
    years = [str(year) for year in range(2000, 2000 + SHOWN + 3)]
    before = frame(*[row for year in years for row in states(year, 100)])
    after = frame(*[row for n, year in enumerate(years) for row in states(year, 99 + 2 * n)])
    lines = differences(before, after)
    assert lines[0] == "3 periods revised, 2000 to 2002, by -1 to +3"
    assert len(lines) == 1 + SHOWN


def test_nothing_is_said_where_nothing_changed() -> None:
    same = frame(nation("2022", NOTHING), *states("2022", 1, NOTHING))
    assert differences(same, same) == []


def test_deaths_in_no_known_place_are_in_no_sum_of_states() -> None:
    outside: Row = ("outside", "99", "2022", "homicide_cases_count", 5)
    assert differences(frame(), frame(*states("2022", 1), outside)) == ["2022 is new: 1"]


# ------------------------------------------------------------------------------------- levels


def levels(
    day: str, country: float, *of_states: float, measure: str = "advisory_level"
) -> list[Row]:
    return [nation(day, country, measure), *states(day, *of_states, measure=measure)]


def test_a_new_issue_is_compared_with_the_one_before() -> None:
    first = levels("2024-09-06", NOTHING, 2, 2, 3, 2, 2)
    second = levels("2025-08-12", NOTHING, 2, 2, 3, 2, 3)
    assert differences(frame(*first), frame(*first, *second)) == [
        "the issue of 12 August 2025 is new, 1 level changed",
        "Coahuila: level 2 → 3",
    ]


def test_an_issue_without_states_is_told_and_the_next_is_compared_with_the_last_list() -> None:
    first = levels("2022-01-10", 2, 2, 4)
    none = levels("2022-01-31", 4, NOTHING, NOTHING)
    third = levels("2022-08-17", NOTHING, 3, 4)
    assert differences(frame(*first), frame(*first, *none, *third)) == [
        "the issue of 31 January 2022 is new and gives no level of any state",
        "the issue of 17 August 2022 is new, 2 levels changed",
        "the country as a whole: level 2 → no level",
        "Aguascalientes: level 2 → 3",
    ]


def test_an_issue_that_changes_nothing_is_told() -> None:
    first, second = levels("2024-09-06", 2, 3), levels("2025-08-12", 2, 3)
    assert differences(frame(*first), frame(*first, *second)) == [
        "the issue of 12 August 2025 is new, no level changed"
    ]


def test_a_corrected_issue_is_told_as_a_revision() -> None:
    before, after = levels("2024-09-06", 2, 3), levels("2024-09-06", 2, 4)
    assert differences(frame(*before), frame(*after)) == [
        "Aguascalientes: level 3 → 4 (issue of 6 September 2024 revised)"
    ]


def test_a_vanished_issue_is_told() -> None:
    assert differences(frame(*levels("2024-09-06", 2, 3)), frame()) == [
        "the issue of 6 September 2024 has vanished"
    ]


def test_the_first_issue_is_compared_with_nothing_and_names_its_issuer() -> None:
    rows = levels("2026-02-04", 1, 2, measure="ca_level")
    assert differences(frame(), frame(*rows)) == [
        "Canada: the issue of 4 February 2026 is new, the first one"
    ]


# ------------------------------------------------------------------------- the releases we hold


def known(slug: str, releases: int) -> pd.DataFrame:
    """Newest rows as they stood with the first releases of a source only."""
    source = load_source(slug)
    names = [item.release for item in source.releases[:releases]]
    table = tables.table(slug)
    return tables.newest(table[table["release"].isin(names)], source)


def test_the_two_releases_of_sesnsp_differ_as_their_files_do() -> None:
    """The release of December 2024, and with it those of June and September 2025."""
    told = differences(known("sesnsp-victims", 1), known("sesnsp-victims", 3))
    homicide = "homicide victims: "
    lines = [line.removeprefix(homicide) for line in told if line.startswith(homicide)]
    assert lines[0] == "25 periods revised, June 2016 to December 2023, by -2 to +7"
    assert lines[12:14] == [
        "December 2024: 2,257 → 2,272 (+15), 7 states revised",
        "January 2025 is new: 2,389",
    ]
    assert lines[-1] == "September 2025 is new: 1,786"


def test_coahuila_moved_on_12_august_2025() -> None:
    releases = load_source("us-advisory").releases
    count = [item.release for item in releases].index("US advisory 2025-08-12")
    lines = differences(known("us-advisory", count), known("us-advisory", count + 1))
    assert "Coahuila: level 2 → 3" in lines


@given(
    st.lists(st.one_of(st.just(NOTHING), st.integers(0, 10**7)), min_size=1, max_size=32),
    st.lists(st.one_of(st.just(NOTHING), st.integers(0, 10**7)), min_size=1, max_size=32),
)
def test_something_is_said_exactly_where_something_differs(
    old: list[float], new: list[float]
) -> None:
    size = min(len(old), len(new))
    before, after = frame(*states("2022", *old[:size])), frame(*states("2022", *new[:size]))
    is_same = before["value"].equals(after["value"])
    assert (differences(before, after) == []) == is_same


@pytest.mark.parametrize("slug", ["conapo-population", "ensu", "envipe", "inegi-homicides"])
def test_a_table_does_not_differ_from_itself(slug: str) -> None:
    newest = tables.newest(tables.table(slug), load_source(slug))
    assert differences(newest, newest) == []
