"""What may be compared with what: each refusal, and which differences stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo_app import comparisons
from geo_app.answers import Refusal, Value
from geo_app.errors import BadRequest
from geo_app.indicators import Indicator, Interval, SeriesBreak, Status, indicator
from geo_app.records import Bilingual
from geo_app.states import state_codes

YEARLY = indicator("homicides_inegi_per_100k")
MONTHLY = indicator("homicide_victims_sesnsp_per_100k")
ROLLING = indicator("homicide_victims_sesnsp_12m_per_100k")
SHARE = indicator("insecurity_envipe_pct")
BREAK = SeriesBreak("2022", Bilingual("new method", "otro método"))


def value(period: str, count: float | None, code: str = "06", **changes: object) -> Value:
    found = Value(
        area_kind="nation" if code == "00" else "state",
        area_code=code,
        period=period,
        value=count,
        low=None,
        high=None,
        interval=Interval.POISSON,
        numerator=count,
        denominator=100_000.0,
        status=Status.FINAL if count is not None else Status.MISSING,
        source="inegi-homicides",
        release="R",
        published="",
        checked="2026-11-23",
    )
    return replace(found, **changes)


def pairs(
    first: str, last: str, counts: dict[str, tuple[float | None, float | None]]
) -> comparisons.Pairs:
    """Return the pairs of all areas; those that are not named do not change."""
    every = dict.fromkeys(("00", *state_codes()), (100.0, 100.0)) | counts
    return {
        code: (value(first, before, code), value(last, after, code))
        for code, (before, after) in every.items()
    }


def refusal(found: Indicator, before: Value, after: Value) -> Refusal | None:
    return comparisons.refuse(found, before, after)[0]


def test_two_counts_of_neighbouring_years_are_compared() -> None:
    assert refusal(YEARLY, value("2021", 5), value("2022", 6)) is None


def test_a_change_across_a_break_is_refused_with_its_reason() -> None:
    broken = replace(YEARLY, series_breaks=(BREAK,))
    change = comparisons.compare(broken, "06", pairs("2021", "2022", {}))
    assert (change.refusal, change.series_break, change.ratio) == (Refusal.BREAK, BREAK, None)


def test_a_change_after_a_break_is_compared() -> None:
    broken = replace(YEARLY, series_breaks=(BREAK,))
    assert refusal(broken, value("2022", 5), value("2023", 6)) is None


def test_a_break_is_told_even_where_a_value_is_missing() -> None:
    broken = replace(YEARLY, series_breaks=(BREAK,))
    assert refusal(broken, value("2021", None), value("2022", 6)) is Refusal.BREAK


@pytest.mark.parametrize(("before", "after"), [(None, 6), (5, None), (None, None)])
def test_a_missing_value_is_not_compared(before: float | None, after: float | None) -> None:
    assert refusal(YEARLY, value("2021", before), value("2022", after)) is Refusal.MISSING


@pytest.mark.parametrize(("first", "last"), [("partial", "final"), ("final", "partial")])
def test_a_part_of_a_period_is_not_compared_with_a_whole_one(first: str, last: str) -> None:
    before = value("2021", 5, status=Status(first))
    after = value("2022", 6, status=Status(last))
    assert refusal(YEARLY, before, after) is Refusal.PARTIAL


def test_two_shares_without_an_interval_are_not_compared() -> None:
    assert refusal(SHARE, value("2021", 5), value("2022", 6)) is Refusal.NO_INTERVAL


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022-02", "2022-03", Refusal.SEASON),
        ("2021-04", "2022-03", Refusal.SEASON),
        ("2021-03", "2022-03", None),
        ("2019-03", "2022-03", None),
    ],
)
def test_a_month_is_compared_with_its_like_only(
    first: str, last: str, expected: Refusal | None
) -> None:
    assert refusal(MONTHLY, value(first, 5), value(last, 6)) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022-02", "2022-03", Refusal.OVERLAP),
        ("2021-04", "2022-03", Refusal.OVERLAP),
        ("2021-03", "2022-03", None),
        ("2020-07", "2022-03", None),
    ],
)
def test_windows_that_share_a_month_are_not_compared(
    first: str, last: str, expected: Refusal | None
) -> None:
    assert refusal(ROLLING, value(first, 5), value(last, 6)) is expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2021-12", "2022-12", Refusal.BREAK),
        ("2022-11", "2023-11", Refusal.BREAK),
        ("2022-12", "2023-12", None),
    ],
)
def test_a_window_that_holds_a_break_is_not_compared(
    first: str, last: str, expected: Refusal | None
) -> None:
    broken = replace(ROLLING, series_breaks=(replace(BREAK, period="2022-01"),))
    assert refusal(broken, value(first, 5), value(last, 6)) is expected


@pytest.mark.parametrize(("first", "last"), [("2022", "2021"), ("2022", "2022")])
def test_a_change_that_does_not_run_forward_is_refused(first: str, last: str) -> None:
    with pytest.raises(
        BadRequest, match=f"from an earlier to a later period: got {first} to {last}"
    ):
        comparisons.compare(YEARLY, "06", pairs(first, last, {}))


def test_a_refused_change_says_nothing_of_size_or_direction() -> None:
    change = comparisons.compare(SHARE, "06", pairs("2021", "2022", {"06": (50, 90)}))
    said = (change.ratio, change.ratio_low, change.ratio_high, change.p_value, change.direction)
    assert said == (None, None, None, None, 0)


def test_two_values_without_counts_are_not_tested() -> None:
    before, after = (value(text, 5, numerator=None) for text in ("2021", "2022"))
    change = comparisons.compare(YEARLY, "06", {"06": (before, after)})
    assert (change.refusal, change.ratio, change.stands) == (None, None, False)


@pytest.mark.parametrize(("after", "direction"), [(200, 1), (20, -1), (100, 0)])
def test_a_great_difference_stands_beside_all_states(after: float, direction: int) -> None:
    change = comparisons.compare(YEARLY, "06", pairs("2021", "2022", {"06": (100, after)}))
    assert change.direction == direction


def test_a_rise_from_nothing_is_a_rise_without_a_ratio() -> None:
    change = comparisons.compare(YEARLY, "06", pairs("2021", "2022", {"06": (0, 100)}))
    assert (change.direction, change.ratio) == (1, None)


def test_a_fall_to_nothing_is_a_fall() -> None:
    change = comparisons.compare(YEARLY, "06", pairs("2021", "2022", {"06": (100, 0)}))
    assert (change.direction, change.ratio) == (-1, 0.0)


def test_a_difference_that_stands_alone_may_fall_beside_all_states() -> None:
    change = comparisons.compare(YEARLY, "06", pairs("2021", "2022", {"06": (100, 135)}))
    assert change.p_value is not None
    assert (change.p_value < 0.05, change.stands) == (True, False)


def test_the_nation_is_tested_alone() -> None:
    change = comparisons.compare(YEARLY, "00", pairs("2021", "2022", {"00": (100, 135)}))
    assert change.stands


def test_a_state_without_a_count_does_not_help_the_others() -> None:
    silent = dict.fromkeys(state_codes()[6:], (None, None))
    change = comparisons.compare(YEARLY, "06", pairs("2021", "2022", {**silent, "06": (100, 135)}))
    assert not change.stands


def test_a_state_without_population_does_not_hinder_the_others() -> None:
    every = dict(pairs("2021", "2022", {"06": (100.0, 300.0)}))
    before, after = every["05"]
    every["05"] = before, replace(after, denominator=None, value=None)
    assert comparisons.compare(YEARLY, "06", every).direction == 1


def test_a_short_month_is_not_a_quiet_one() -> None:
    same_pace = pairs("2020-02", "2021-02", {"06": (2900, 2800)})
    change = comparisons.compare(MONTHLY, "06", same_pace)
    assert change.ratio == pytest.approx(1)


@pytest.mark.parametrize(
    ("found", "period", "every", "before"),
    [
        (YEARLY, "2022", ("2020", "2021", "2022"), "2021"),
        (YEARLY, "2022", ("2019", "2022"), "2019"),
        (YEARLY, "2022", ("2022",), None),
        (MONTHLY, "2022-03", ("2021-03", "2022-02", "2022-03"), "2021-03"),
        (MONTHLY, "2022-03", ("2022-02", "2022-03"), None),
        (ROLLING, "2022-03", ("2021-03", "2022-03"), "2021-03"),
    ],
)
def test_the_period_to_compare_with_is_the_year_before(
    found: Indicator, period: str, every: tuple[str, ...], before: str | None
) -> None:
    assert comparisons.period_before(found, period, every) == before


@pytest.mark.parametrize("slug", ["homicides_inegi_per_100k", "advisory_level_us"])
def test_a_difference_is_shown_where_chance_can_be_told_from_it(slug: str) -> None:
    assert comparisons.has_differences(indicator(slug))


@pytest.mark.parametrize("slug", ["insecurity_envipe_pct", "insecurity_ensu_pct"])
def test_no_difference_is_shown_of_shares_without_an_interval(slug: str) -> None:
    assert not comparisons.has_differences(indicator(slug))
