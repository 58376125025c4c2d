"""The interval of a difference, and the test from intervals, against other implementations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from geo_app import contrasts, statistics
from geo_app.contrasts import Estimate

values = st.floats(-1e4, 1e4)
errors = st.floats(1e-3, 1e3)
counts = st.integers(0, 5_000)
Z = stats.norm.ppf(0.975)


def normal(value: float, error: float) -> Estimate:
    return Estimate(value, value - Z * error, value + Z * error)


def rate(count: int, people: float) -> Estimate:
    low, high = statistics.poisson_interval([count])
    return Estimate(count / people, float(low[0]) / people, float(high[0]) / people)


@given(values, errors, values, errors)
def test_of_symmetric_intervals_it_is_the_normal_one(
    first: float, error: float, last: float, other: float
) -> None:
    found = contrasts.difference(normal(first, error), normal(last, other))
    reach = Z * math.hypot(error, other)
    expected = [last - first, last - first - reach, last - first + reach]
    assert [found.value, found.low, found.high] == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(counts, st.floats(0.1, 10), counts, st.floats(0.1, 10))
def test_the_difference_lies_in_its_interval_and_turns_round_with_it(
    first: int, people: float, last: int, others: float
) -> None:
    before, after = rate(first, people), rate(last, others)
    found, back = contrasts.difference(before, after), contrasts.difference(after, before)
    assert found.low <= found.value <= found.high
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low))


# By hand: Garwood's 95 % limits of 10 are 4.7954 and 18.3904, of 20 they are 12.2165 and 30.8884.
# Zou and Donner: 10 - hypot(20 - 12.2165, 18.3904 - 10) and 10 + hypot(30.8884 - 20, 10 - 4.7954).
def test_the_interval_of_two_counts_is_the_one_worked_by_hand() -> None:
    found = contrasts.difference(rate(10, 1), rate(20, 1))
    assert [found.low, found.high] == pytest.approx([-1.4450, 22.0685], abs=1e-3)


def test_the_interval_covers_the_difference_as_often_as_it_says() -> None:
    drawn = np.random.default_rng(7).poisson([[15, 25]], (4000, 2))
    hits = 0
    for first, last in drawn:
        found = contrasts.difference(rate(int(first), 1), rate(int(last), 1))
        hits += found.low <= 10 <= found.high
    assert 0.945 < hits / len(drawn) < 0.985


@given(values, errors, values, errors)
def test_the_test_of_estimates_is_the_two_sample_z_test(
    first: float, error: float, last: float, other: float
) -> None:
    found = contrasts.probability(normal(first, error), normal(last, other))
    z = (last - first) / math.hypot(error, other)
    assert found == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-6, abs=1e-12)


def test_the_test_of_estimates_is_that_of_statsmodels() -> None:
    random = np.random.default_rng(3)
    one, other = random.normal(10, 2, 60), random.normal(11, 3, 80)
    both = [DescrStatsW(other), DescrStatsW(one)]
    expected = CompareMeans(*both).ztest_ind(usevar="unequal")[1]
    found = contrasts.probability(*(normal(item.mean, item.std_mean) for item in reversed(both)))
    assert found == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("last", "expected"), [(5.0, 1.0), (6.0, 0.0)])
def test_without_any_error_only_the_same_is_the_same(last: float, expected: float) -> None:
    assert contrasts.probability(Estimate(5, 5, 5), Estimate(last, last, last)) == expected


@given(values, errors)
def test_the_standard_error_comes_back_from_its_interval(value: float, error: float) -> None:
    assert contrasts.standard_error(normal(value, error)) == pytest.approx(error, rel=1e-6)
