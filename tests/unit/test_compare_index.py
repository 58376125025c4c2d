"""An index: 100 at its base, the exact interval of the ratio, and what it may not hold."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import observations, statistics
from geo_app.answers import Refusal
from geo_app.atlas import load
from geo_app.compare.index import BASE, Indexed, NoIndex, indexed, refused
from geo_app.indicators import indicator

RATE, MONTHS = "homicides_inegi_per_100k", "homicide_cases_sesnsp_month_per_100k"
WINDOW, YEARS = "homicide_victims_sesnsp_12m_per_100k", "homicide_cases_sesnsp_per_100k"


def rows(slug: str, code: str = "00") -> pd.DataFrame:
    every = observations.observe(slug)
    kind = "nation" if code == "00" else "state"
    return every[(every["area_kind"] == kind) & (every["area_code"] == code)]


def index_of(slug: str, base: str, code: str = "00") -> Indexed:
    return indexed(rows(slug, code), base, indicator(slug))


def test_the_index_of_the_nation_is_its_rate_over_that_of_the_base() -> None:
    found = index_of(RATE, "2015")
    before, after = (load().value(RATE, "00", year) for year in ("2015", "2022"))
    assert before.value
    assert after.value
    assert found.rows.loc["2022", "index"] == pytest.approx(100 * after.value / before.value)
    test = statistics.rate_change(
        before.numerator or 0, before.denominator or 0, after.numerator or 0, after.denominator or 0
    )
    ends = found.rows.loc["2022", ["index_low", "index_high"]].tolist()
    assert ends == pytest.approx([100 * test.low, 100 * test.high])
    assert ends[0] < found.rows.loc["2022", "index"] < ends[1]
    # INEGI's deaths of 2022 and 2015, each over CONAPO's people of its year.
    by_hand = 100 * (33_287 / 129_960_600) / (20_762 / 122_368_490)
    assert found.rows.loc["2022", "index"] == pytest.approx(by_hand)


@given(year=st.integers(1990, 2024), code=st.sampled_from(["00", "06", "31"]))
def test_the_base_is_exactly_100_and_has_no_interval(year: int, code: str) -> None:
    base = index_of(RATE, str(year), code).rows.loc[str(year)]
    assert base["index"] == BASE
    assert math.isnan(base["index_low"])
    assert math.isnan(base["index_high"])


def test_a_change_backwards_is_an_index_too() -> None:
    found = index_of(RATE, "2022").rows
    assert found.loc["2015", "index"] == pytest.approx(
        10_000 / index_of(RATE, "2015").rows.loc["2022", "index"]
    )


def test_nothing_stands_in_the_index_across_a_break() -> None:
    found = index_of(MONTHS, "2023-03")
    assert "2026-03" in found.left_out[Refusal.BREAK]
    assert "2026-03" not in found.rows.index
    after = index_of(MONTHS, "2026-03")
    assert list(after.rows.index) == ["2026-03"]


def test_months_of_another_season_are_left_out() -> None:
    found = index_of(MONTHS, "2023-03")
    assert {period[-2:] for period in found.rows.index} == {"03"}
    assert "2023-04" in found.left_out[Refusal.SEASON]


def test_windows_that_share_months_with_the_base_are_left_out() -> None:
    found = index_of(WINDOW, "2020-06")
    assert set(found.left_out[Refusal.OVERLAP]) >= {"2020-05", "2020-07", "2021-05"}
    assert "2021-06" in found.rows.index
    assert "2019-06" in found.rows.index


def test_an_index_without_interval_says_none() -> None:
    found = index_of("insecurity_envipe_pct", "2015", "06")
    assert found.refusal is None
    assert found.rows["index_low"].isna().all()
    assert found.rows.loc["2015", "index"] == BASE


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("advisory_level_us", NoIndex.LEVEL),
        ("disappeared_per_100k", NoIndex.LIVING),
        (RATE, None),
    ],
)
def test_levels_and_registers_that_still_change_have_no_index(
    slug: str, reason: NoIndex | None
) -> None:
    assert refused(indicator(slug)) is reason


def test_a_base_that_is_a_part_of_its_period_is_refused() -> None:
    assert index_of(YEARS, "2026").refusal is NoIndex.PARTIAL


def test_a_base_without_a_value_is_refused() -> None:
    found = index_of(MONTHS, "2025-03")
    assert (found.refusal, len(found.rows)) == (NoIndex.MISSING, 0)
    assert index_of(RATE, "1950").refusal is NoIndex.MISSING


def test_a_base_of_zero_is_refused() -> None:
    zero = rows(RATE, "06").assign(value=0.0, numerator=0.0)
    assert indexed(zero, "2015", indicator(RATE)).refusal is NoIndex.ZERO


def test_a_level_is_refused_before_its_base_is_looked_at() -> None:
    assert index_of("advisory_level_us", "2018-01-10", "06").refusal is NoIndex.LEVEL
