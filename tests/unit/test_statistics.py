"""The methods against published tables, other implementations and their own laws."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from geo_app import statistics

counts = st.integers(0, 40_000)
exposures = st.floats(1e3, 1e8)
areas = st.lists(st.tuples(counts, exposures), min_size=1, max_size=12)


# K. Ulm, "A simple method to calculate the confidence interval of a standardized mortality ratio",
# American Journal of Epidemiology 131 (1990), 373-375, after Garwood (1936).
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (3, 0.619, 8.767),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (20, 12.217, 30.888),
        (50, 37.111, 65.919),
        (100, 81.364, 121.627),
    ],
)
def test_the_poisson_interval_is_the_published_one(count: int, low: float, high: float) -> None:
    found = [float(end[0]) for end in statistics.poisson_interval([count])]
    assert found == pytest.approx([low, high], abs=6e-4)


@given(counts, st.floats(0.5, 0.999))
def test_the_poisson_interval_is_that_of_chi_square(count: int, confidence: float) -> None:
    tail = (1 - confidence) / 2
    low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(1 - tail, 2 * count + 2) / 2
    found = [float(end[0]) for end in statistics.poisson_interval([count], confidence)]
    assert found == pytest.approx([low, high], rel=1e-9)


@given(counts)
def test_the_poisson_interval_contains_the_count(count: int) -> None:
    low, high = statistics.poisson_interval([count])
    assert low[0] <= count < high[0]


@given(counts)
def test_one_more_moves_both_ends_up(count: int) -> None:
    low, high = statistics.poisson_interval([count, count + 1])
    assert (low[0] < low[1], high[0] < high[1]) == (True, True)


@given(counts, st.floats(0.5, 0.99))
def test_more_confidence_is_a_wider_interval(count: int, confidence: float) -> None:
    narrow = statistics.poisson_interval([count], confidence)
    wide = statistics.poisson_interval([count], confidence + 0.005)
    assert (wide[0][0] <= narrow[0][0], wide[1][0] > narrow[1][0]) == (True, True)


def test_a_missing_count_has_no_interval() -> None:
    low, high = statistics.poisson_interval([float("nan"), 3])
    assert np.isnan([low, high]).tolist() == [[True, False], [True, False]]


@given(areas)
def test_the_rank_interval_contains_the_point_rank(found: list[tuple[int, float]]) -> None:
    count, exposure = (np.array(column, dtype=float) for column in zip(*found, strict=True))
    rates = count / exposure
    above = (rates[np.newaxis, :] > rates[:, np.newaxis]).sum(axis=1)
    first, last = statistics.rank_intervals(count, exposure)
    assert ((first <= above + 1) & (above + 1 <= last)).all()


@given(areas, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_change_their_ranks(
    found: list[tuple[int, float]], random: object
) -> None:
    order = list(range(len(found)))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight = np.array(statistics.rank_intervals(*zip(*found, strict=True)))
    mixed = statistics.rank_intervals(*zip(*(found[n] for n in order), strict=True))
    assert (np.array(mixed) == straight[:, order]).all()


@given(areas)
def test_every_rank_lies_between_one_and_all(found: list[tuple[int, float]]) -> None:
    first, last = statistics.rank_intervals(*zip(*found, strict=True))
    assert ((first >= 1) & (first <= last) & (last <= len(found))).all()


def test_rates_that_are_equal_share_all_their_places() -> None:
    first, last = statistics.rank_intervals([10, 10, 10], [1000, 1000, 1000])
    assert (first.tolist(), last.tolist()) == ([1, 1, 1], [3, 3, 3])


def test_no_areas_have_no_ranks() -> None:
    first, last = statistics.rank_intervals([], [])
    assert (len(first), len(last)) == (0, 0)


def test_many_areas_need_wider_intervals_than_one_pair() -> None:
    pair, _ = statistics.rank_intervals([28, 62], [1, 1])
    among, _ = statistics.rank_intervals([28, 62, *[39] * 30], [1] * 32)
    assert (pair.tolist(), among[:2].tolist()) == ([2, 1], [1, 1])


pairs = st.tuples(st.integers(0, 5_000), exposures, st.integers(0, 5_000), exposures)


@given(pairs)
def test_a_change_is_that_of_the_exact_binomial_test(pair: tuple[int, float, int, float]) -> None:
    before, exposure_before, after, exposure_after = pair
    share = exposure_after / (exposure_before + exposure_after)
    tails = [
        stats.binomtest(after, max(before + after, 1), share, alternative=side).pvalue
        for side in ("less", "greater")
    ]
    expected = min(1.0, 2 * min(tails)) if before + after else 1.0
    assert statistics.rate_change(*pair).p_value == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(pairs.filter(lambda pair: pair[0] + pair[2] > 0))
def test_the_interval_of_a_change_is_that_of_clopper_and_pearson(
    pair: tuple[int, float, int, float],
) -> None:
    before, exposure_before, after, exposure_after = pair
    interval = stats.binomtest(after, before + after).proportion_ci(0.95, method="exact")
    scale = exposure_before / exposure_after
    expected = [p / (1 - p) * scale if p < 1 else math.inf for p in interval]
    found = statistics.rate_change(*pair)
    assert [found.low, found.high] == pytest.approx(expected, rel=1e-6)


@given(pairs)
def test_a_change_seen_backwards_is_as_likely(pair: tuple[int, float, int, float]) -> None:
    forth = statistics.rate_change(*pair)
    back = statistics.rate_change(*pair[2:], *pair[:2])
    assert forth.p_value == pytest.approx(back.p_value, rel=1e-6, abs=1e-12)


@given(st.tuples(st.integers(1, 5_000), exposures, st.integers(1, 5_000), exposures))
def test_a_change_seen_backwards_has_the_inverse_ratio(
    pair: tuple[int, float, int, float],
) -> None:
    forth = statistics.rate_change(*pair)
    back = statistics.rate_change(*pair[2:], *pair[:2])
    assert [forth.ratio, forth.low, forth.high] == pytest.approx(
        [1 / back.ratio, 1 / back.high, 1 / back.low], rel=1e-6
    )


@given(pairs.filter(lambda pair: pair[0] > 0))
def test_the_ratio_lies_inside_its_interval(pair: tuple[int, float, int, float]) -> None:
    found = statistics.rate_change(*pair)
    assert found.low / (1 + 1e-9) <= found.ratio <= found.high * (1 + 1e-9)


def test_a_rise_from_nothing_has_no_ratio_and_no_upper_end() -> None:
    found = statistics.rate_change(0, 1000, 5, 1000)
    assert (math.isnan(found.ratio), found.low > 0, found.high) == (True, True, math.inf)


def test_a_fall_to_nothing_has_the_ratio_zero() -> None:
    found = statistics.rate_change(5, 1000, 0, 1000)
    assert (found.ratio, found.low, found.high < math.inf) == (0.0, 0.0, True)


def test_of_nothing_and_nothing_no_change_is_known() -> None:
    found = statistics.rate_change(0, 1000, 0, 1000)
    assert (math.isnan(found.ratio), found.low, found.high, found.p_value) == (True, 0, math.inf, 1)


def rejected_by_closed_testing(p_values: list[float], error_rate: float) -> list[bool]:
    """Return what Holm's procedure is short for: Bonferroni in every set that holds the test."""
    every = range(len(p_values))
    sets = [s for size in every for s in itertools.combinations(every, size + 1)]
    return [
        all(min(p_values[n] for n in s) <= error_rate / len(s) for s in sets if one in s)
        for one in every
    ]


@given(st.lists(st.one_of(st.floats(0, 1), st.floats(0, 0.06)), max_size=6))
def test_holm_is_the_closure_of_bonferroni(p_values: list[float]) -> None:
    expected = rejected_by_closed_testing(p_values, 0.05)
    assert statistics.holm(p_values, 0.05).tolist() == expected


# S. Holm (1979) is worked through with these four p-values in many textbooks: at 5 % two stand.
def test_holm_stops_at_the_first_that_fails() -> None:
    found = statistics.holm([0.01, 0.04, 0.03, 0.005], 0.05)
    assert found.tolist() == [True, False, False, True]


def test_the_rank_correlation_is_that_of_middle_ranks() -> None:
    first, second = [4, 4, 3, 2, 2, 1], [50.0, 18.0, 30.0, 30.0, 8.0, 2.0]
    expected = stats.spearmanr(first, second).statistic
    assert statistics.rank_correlation(first, second) == pytest.approx(expected)


def test_lists_of_the_same_order_correlate_wholly() -> None:
    assert statistics.rank_correlation([1, 2, 3], [10, 20, 90]) == pytest.approx(1)
    assert statistics.rank_correlation([1, 2, 3], [9, 4, 1]) == pytest.approx(-1)


@pytest.mark.parametrize(("first", "second"), [([2, 2, 2], [1, 2, 3]), ([1], [1]), ([], [])])
def test_lists_without_an_order_have_no_rank_correlation(
    first: list[int], second: list[int]
) -> None:
    assert np.isnan(statistics.rank_correlation(first, second))
