"""The one computation of every value: newest release, window, rate, interval, gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from geo_app import observations, tables
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import catalogue, indicator
from geo_app.observations import observe
from geo_app.states import state_codes

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

Change = Callable[[pd.DataFrame], pd.DataFrame]

INEGI = "homicides_inegi_per_100k"
MONTHLY = "homicide_victims_sesnsp_per_100k"
ROLLING = "homicide_victims_sesnsp_12m_per_100k"
ENVIPE = "insecurity_envipe_pct"
SLUGS = [item.slug for item in catalogue()]
STATE_SLUGS = [item.slug for item in catalogue() if item.geography == "state"]
COUNTED = [item.slug for item in catalogue() if item.recipe.denominator]


def one(rows: pd.DataFrame, code: str, period: str) -> pd.Series:
    found = rows[(rows["area_code"] == code) & (rows["period"] == period)]
    assert len(found) == 1
    return found.iloc[0]


def stored(slug: str) -> pd.DataFrame:
    table = tables.table(slug)
    return table[table["release"] == table["release"].iloc[-1]]


@pytest.mark.parametrize("slug", SLUGS)
def test_an_observation_has_the_columns_of_every_answer(slug: str) -> None:
    assert observe(slug).columns.tolist() == observations.COLUMNS


@pytest.mark.parametrize("slug", SLUGS)
def test_an_area_has_one_row_a_period(slug: str) -> None:
    assert not observe(slug).duplicated(["area_kind", "area_code", "period"]).any()


@pytest.mark.parametrize("slug", STATE_SLUGS)
def test_every_period_has_the_32_states_and_the_nation(slug: str) -> None:
    by_period = observe(slug).groupby("period")["area_code"].agg(set)
    assert (by_period == {"00", *state_codes()}).all()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_value_is_there_exactly_where_the_status_says_so(slug: str) -> None:
    rows = observe(slug)
    says_none = rows["status"].isin(["missing", "not_applicable", "unknown"])
    # A part of a period has a count, and no rate.
    says_none |= (rows["status"] == "partial") & rows["denominator"].notna()
    assert (rows["value"].isna() == says_none).all()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_row_names_its_source(slug: str) -> None:
    assert set(observe(slug)["source"]) == {indicator(slug).recipe.source}


@pytest.mark.parametrize("slug", COUNTED)
def test_an_interval_holds_its_rate(slug: str) -> None:
    rows = observe(slug).dropna(subset="value")
    assert ((rows["low"] <= rows["value"]) & (rows["value"] < rows["high"])).all()


def test_a_yearly_rate_is_the_count_over_the_mid_year_population() -> None:
    people = (
        stored("conapo-population")
        .query("area_code == '06' and period == '2022' and measure == 'population_count'")["value"]
        .item()
    )
    found = one(observe(INEGI), "06", "2022")
    assert (found["denominator"], found["value"]) == (people, 848 * 100_000 / people)


def test_a_monthly_rate_is_annualised_on_the_days_of_the_month() -> None:
    found = one(observe(MONTHLY), "06", "2024-02")
    rate = found["numerator"] * 365.25 / 29 * 100_000 / found["denominator"]
    assert found["value"] == pytest.approx(rate, rel=1e-12)


def test_the_population_of_a_month_lies_between_its_mid_years() -> None:
    years, months = observe(INEGI), observe(MONTHLY)
    ends = [one(years, "06", year)["denominator"] for year in ("2021", "2022")]
    share = 1 - 0.5 + 15.5 / 365
    expected = ends[0] + share * (ends[1] - ends[0])
    assert one(months, "06", "2022-01")["denominator"] == pytest.approx(expected, rel=1e-9)


def test_the_population_of_a_window_is_that_of_its_middle() -> None:
    found = one(observe(ROLLING), "06", "2022-12")
    assert found["denominator"] == pytest.approx(
        one(observe(INEGI), "06", "2022")["denominator"], rel=1e-9
    )


def test_a_window_adds_up_twelve_months() -> None:
    months = observe(MONTHLY)
    year = months[(months["area_code"] == "06") & months["period"].str.startswith("2022")]
    assert one(observe(ROLLING), "06", "2022-12")["numerator"] == year["numerator"].sum()


def test_a_window_that_is_cut_is_no_period() -> None:
    assert observe(ROLLING)["period"].min() == "2015-12"


@pytest.mark.parametrize("slug", [MONTHLY, ROLLING])
def test_the_nation_is_the_sum_of_the_states_where_the_source_gives_none(slug: str) -> None:
    rows = observe(slug)
    nation = rows[rows["area_kind"] == "nation"].set_index("period")
    states = rows[rows["area_kind"] == "state"].groupby("period")
    sums = states[["numerator", "denominator"]].sum()
    found = nation[["numerator", "denominator"]].sort_index()
    pd.testing.assert_frame_equal(found, sums, check_names=False)


def test_the_nation_is_the_published_total_where_the_source_gives_one() -> None:
    table = stored("inegi-homicides")
    parts = table[table["area_kind"] != "nation"].groupby("period")["value"].sum()
    rows = observe(INEGI)
    nation = rows[rows["area_kind"] == "nation"].set_index("period")["numerator"]
    pd.testing.assert_series_equal(nation, parts, check_names=False)


def test_deaths_in_no_known_state_are_in_no_state() -> None:
    rows = observe(INEGI)
    assert set(rows["area_kind"]) == {"nation", "state"}


@pytest.mark.parametrize(
    ("slug", "period", "count"),
    [
        (INEGI, "2018", 2103),
        ("homicide_victims_sesnsp_per_100k", "2022-03", 0),
        ("insecurity_envipe_pct", "2024", None),
    ],
)
def test_what_is_counted_in_no_state_is_told(slug: str, period: str, count: float | None) -> None:
    rows = observe(slug)
    assert observations.unplaced(rows[rows["period"] == period]) == count


def test_what_is_counted_in_no_state_is_not_told_where_a_state_is_missing() -> None:
    rows = observe(INEGI)
    rows = rows[rows["period"] == "2018"].copy()
    rows.loc[rows["area_code"] == "06", "numerator"] = float("nan")
    assert observations.unplaced(rows) is None


def test_a_rate_has_no_interval_where_the_recipe_names_none(broken: BrokenData) -> None:
    broken.edit(f"indicators/{INEGI}.toml", 'interval = "poisson"\n', "")
    found = one(observe(INEGI), "06", "2022")
    assert (found["numerator"], np.isnan(found["low"]), found["interval"]) == (848, True, "")


def test_a_published_interval_comes_with_its_maker() -> None:
    found = one(observe(ENVIPE), "06", "2024")
    assert (found["low"] < found["high"], found["interval"]) == (
        True,
        "95 % by a third party, among those who answered only",
    )


def blank(code: str, period: str) -> Change:
    """Return a change that takes one figure out of a table, in every release."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        rows = (table["state_code"] == code) & (table["period"] == period)
        assert rows.any()
        table.loc[rows, ["value", "status"]] = ["", "missing"]
        return table

    return change


@pytest.fixture
def without_a_month(broken: BrokenData) -> None:
    broken.change_table("sesnsp-victims", blank("06", "2022-03"))


@pytest.mark.usefixtures("without_a_month")
def test_a_missing_month_stays_missing() -> None:
    found = one(observe(MONTHLY), "06", "2022-03")
    assert (np.isnan(found["value"]), np.isnan(found["numerator"]), found["status"]) == (
        True,
        True,
        "missing",
    )


@pytest.mark.usefixtures("without_a_month")
def test_a_missing_month_has_no_interval() -> None:
    found = one(observe(MONTHLY), "06", "2022-03")
    assert (np.isnan(found["low"]), np.isnan(found["high"]), found["interval"]) == (True, True, "")


@pytest.mark.usefixtures("without_a_month")
def test_a_sum_with_a_missing_part_is_missing() -> None:
    found = one(observe(MONTHLY), "00", "2022-03")
    assert (np.isnan(found["value"]), found["status"]) == (True, "missing")


@pytest.mark.usefixtures("without_a_month")
def test_every_window_that_holds_a_missing_month_is_missing() -> None:
    rows = observe(ROLLING)
    mine = rows[(rows["area_code"] == "06") & rows["value"].isna()]
    told = (len(mine), mine["period"].min(), mine["period"].max(), set(mine["status"]))
    assert told == (12, "2022-03", "2023-02", {"missing"})


def marked(code: str, period: str, status: str) -> Change:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        rows = (table["state_code"] == code) & (table["period"] == period)
        table.loc[rows, "status"] = status
        return table

    return change


def test_a_sum_is_as_doubtful_as_its_most_doubtful_part(broken: BrokenData) -> None:
    broken.change_table("sesnsp-victims", marked("06", "2022-03", "partial"))
    assert one(observe(MONTHLY), "00", "2022-03")["status"] == "partial"


def test_a_window_is_as_doubtful_as_its_most_doubtful_month(broken: BrokenData) -> None:
    broken.change_table("sesnsp-victims", marked("06", "2022-03", "partial"))
    rows = observe(ROLLING)
    mine = rows[(rows["area_code"] == "06") & (rows["status"] == "partial")]
    assert (len(mine), mine["period"].min(), mine["period"].max()) == (12, "2022-03", "2023-02")


def test_a_year_without_population_is_refused_and_not_lost(broken: BrokenData) -> None:
    broken.change_table("conapo-population", lambda t: t[t["period"] <= "2010"])
    with pytest.raises(
        TableInvalid, match=f"conapo-population: no population of area '..' for a period of {INEGI}"
    ):
        observe(INEGI)


def test_a_measure_that_no_row_has_is_refused(broken: BrokenData) -> None:
    broken.edit(f"indicators/{INEGI}.toml", '"deaths_count"', '"births_count"')
    with pytest.raises(
        TableInvalid, match=r"inegi-homicides\.csv: no row has the measure 'births_"
    ):
        observe(INEGI)


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(BadRequest, match="no indicator is called 'murders'"):
        observe("murders")


def test_a_caller_cannot_change_what_the_next_one_sees() -> None:
    mine = observe(INEGI)
    mine["value"] = 0.0
    assert (observe(INEGI)["value"] > 0).any()


@pytest.mark.parametrize(
    ("known_on", "count"),
    [
        ("2023-07-24", None),
        ("2023-07-25", 700),
        ("2024-07-29", 700),
        ("2024-07-30", 848),
        (None, 848),
    ],
)
@pytest.mark.usefixtures("revised")
def test_a_revised_figure_is_the_one_that_stood_on_the_day(
    known_on: str | None, count: int | None
) -> None:
    found = one(observe(INEGI, known_on), "06", "2022")["numerator"]
    assert (None if np.isnan(found) else found) == count


@pytest.mark.parametrize(
    ("known_on", "release", "published", "status"),
    [
        ("2023-07-24", "", "", "missing"),
        ("2023-07-25", "INEGI 1990-2022", "2023-07-25", "preliminary"),
        ("2024-07-30", "INEGI 1990-2024", "2024-07-30", "final"),
    ],
)
@pytest.mark.usefixtures("revised")
def test_a_figure_of_a_day_names_the_release_of_that_day(
    known_on: str, release: str, published: str, status: str
) -> None:
    found = one(observe(INEGI, known_on), "06", "2022")
    assert found[["release", "published", "status"]].tolist() == [release, published, status]


@pytest.mark.usefixtures("revised")
def test_a_year_that_no_release_of_the_day_holds_is_missing() -> None:
    rows = observe(INEGI, "2023-12-31")
    assert set(rows[rows["period"] > "2022"]["status"]) == {"missing"}


@pytest.mark.usefixtures("revised")
def test_what_was_known_has_the_same_periods_as_today() -> None:
    keys = ["area_kind", "area_code", "period"]
    pd.testing.assert_frame_equal(observe(INEGI, "2000-01-01")[keys], observe(INEGI)[keys])


def test_the_two_releases_of_the_prosecutors_stay_apart() -> None:
    months = [f"2022-0{n}" for n in range(1, 7)]
    rows = observe(MONTHLY, "2025-10-18")
    nation = rows[(rows["area_code"] == "00") & rows["period"].isin(months)]
    assert nation["status"].unique().tolist() == ["missing"]


@pytest.mark.parametrize(("period", "flag"), [("2012", False), ("2011", None), ("1990", None)])
def test_the_sources_own_test_of_the_nation_is_told_where_it_gives_one(
    period: str,
    flag: bool | None,  # noqa: FBT001 - a case, not a call
) -> None:
    assert observations.published_change(ENVIPE, period) is flag


def test_a_test_that_was_not_known_yet_is_not_told() -> None:
    assert observations.published_change(ENVIPE, "2012", "2020-01-01") is None


def test_a_source_without_a_test_of_its_own_has_none() -> None:
    assert observations.published_change(INEGI, "2022") is None


def test_the_levels_of_a_day_are_those_of_the_issue_in_force() -> None:
    rows = observations.issue_rows(date(2026, 7, 1))
    found = one(rows, "25", "2026-07-01")
    assert found[["value", "status", "release"]].tolist() == [
        4.0,
        "last_stated",
        "US advisory 2025-08-12",
    ]


def test_the_level_of_the_country_stands_beside_those_of_the_states() -> None:
    found = one(observations.issue_rows(date(2020, 8, 6)), "00", "2020-08-06")
    assert found[["area_kind", "value", "status"]].tolist() == ["nation", 4.0, "current"]


def test_a_level_of_the_country_that_was_inferred_is_estimated() -> None:
    rows = observations.issue_rows(date(2019, 4, 9))
    assert rows[rows["area_code"] == "00"]["status"].tolist() == ["estimated"]


def test_an_issue_without_a_level_of_the_country_gives_it_none() -> None:
    found = one(observations.issue_rows(date(2022, 8, 17)), "00", "2022-08-17")
    assert (np.isnan(found["value"]), found["status"]) == (True, "not_applicable")


def test_before_the_first_issue_the_country_is_unknown() -> None:
    found = one(observations.issue_rows(date(2018, 1, 9)), "00", "2018-01-09")
    assert (found["status"], found["release"]) == ("unknown", "")


def test_a_day_after_the_one_of_knowledge_has_no_level() -> None:
    rows = observations.issue_rows(date(2020, 1, 2), known_on="2020-01-01")
    assert (rows["value"].isna().all(), set(rows["status"]), set(rows["release"])) == (
        True,
        {"missing"},
        {""},
    )


def test_an_issue_is_missing_before_it_was_made() -> None:
    rows = observe("advisory_level_us", "2022-08-16")
    by_status = rows.groupby("period")["status"].agg(set)
    assert (by_status["2022-08-17"], "missing" in by_status["2022-06-15"]) == ({"missing"}, False)


CASES, CASES_BY_MONTH = "homicide_cases_sesnsp_per_100k", "homicide_cases_sesnsp_month_per_100k"


def test_a_part_of_a_year_has_its_count_and_no_rate() -> None:
    found = one(observe(CASES), "00", "2026")
    assert (found["numerator"], found["status"], found["interval"]) == (10_115, "partial", "")
    assert np.isnan([found["value"], found["low"], found["high"]]).all()


@pytest.mark.parametrize("period", ["2024-12", "2025-06", "2025-12"])
def test_a_month_between_two_releases_is_a_row_and_is_missing(period: str) -> None:
    rows = observe(CASES_BY_MONTH)
    mine = rows[rows["period"] == period]
    assert (len(mine), set(mine["status"]), mine["value"].notna().sum()) == (33, {"missing"}, 0)


def test_months_are_whole_from_the_first_to_the_last() -> None:
    periods = observe(CASES_BY_MONTH)["period"].unique()
    assert (len(periods), min(periods), max(periods)) == (135, "2015-01", "2026-03")


@pytest.mark.parametrize(
    ("known_on", "release", "files"),
    [
        ("2026-02-21", "SESNSP case files, January 2026", 1369),
        ("2026-03-31", "SESNSP case files, February 2026", 1390),
        (None, "SESNSP case files, March 2026", 1392),
    ],
)
def test_a_month_stands_as_the_newest_release_of_the_day_gave_it(
    known_on: str | None, release: str, files: int
) -> None:
    found = one(observe(CASES_BY_MONTH, known_on), "00", "2026-01")
    assert (found["numerator"], found["release"]) == (files, release)


def test_what_was_not_published_on_a_day_is_missing_then() -> None:
    rows = observe(CASES_BY_MONTH, "2024-01-31")
    known = rows[rows["value"].notna()]
    assert (known["period"].max(), set(known["release"])) == (
        "2023-11",
        {"SESNSP case files, November 2023"},
    )


def test_femicide_stands_over_the_women() -> None:
    victims = one(observe("femicide_victims_sesnsp_per_100k"), "00", "2024-06")
    people = one(observe(MONTHLY), "00", "2024-06")["denominator"]
    assert 0.5 < victims["denominator"] / people < 0.53
