"""Coefficients and their intervals: as SciPy computes them, and holding as often as they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from geo_app import correlations
from geo_app.correlations import LEAST_PAIRS, NORMAL_QUANTILE
from geo_app.errors import BadRequest

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
lists = st.integers(LEAST_PAIRS, 40).flatmap(
    lambda size: st.tuples(*[st.lists(numbers, min_size=size, max_size=size)] * 2)
)


@given(lists)
def test_pearson_and_its_interval_are_those_of_scipy(pair: tuple[list[float], list[float]]) -> None:
    found = correlations.pearson(*pair)
    if found is None:
        assert min(len(set(side)) for side in pair) == 1
        return
    expected = scipy.stats.pearsonr(*pair)
    ends = expected.confidence_interval(0.95)
    told = (found.value, found.low, found.high)
    assert told == pytest.approx((expected.statistic, ends.low, ends.high), abs=1e-6)


@given(lists)
def test_spearman_is_that_of_scipy(pair: tuple[list[float], list[float]]) -> None:
    found = correlations.spearman(*pair)
    if found is not None:
        assert found.value == pytest.approx(scipy.stats.spearmanr(*pair).statistic, abs=1e-9)
        assert -1 <= found.low <= found.value <= found.high <= 1


def test_the_interval_of_spearman_is_that_of_bonett_and_wright() -> None:
    generator = np.random.default_rng(7)
    first = generator.normal(size=32)
    second = first + generator.normal(size=32)
    value = scipy.stats.spearmanr(first, second).statistic
    error = math.sqrt((1 + value**2 / 2) / 29)
    ends = np.tanh(np.arctanh(value) + np.array([-1, 1]) * scipy.stats.norm.ppf(0.975) * error)
    found = correlations.spearman(first, second)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(tuple(ends))


def test_the_quantile_is_that_of_the_normal_distribution() -> None:
    assert pytest.approx(scipy.stats.norm.ppf(0.975)) == NORMAL_QUANTILE


@pytest.mark.parametrize("has_levels", [False, True])
def test_the_interval_of_spearman_holds_in_19_of_20_draws_of_32(has_levels: bool) -> None:  # noqa: FBT001
    generator = np.random.default_rng(20)
    draws = generator.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], (600, 32))
    first, second = draws[..., 0], draws[..., 1]
    # The shares of the four levels of 2022: two at 1, seventeen at 2, seven at 3, six at 4.
    cuts = scipy.stats.norm.ppf([2 / 32, 19 / 32, 26 / 32])
    second = np.digitize(second, cuts).astype(float) if has_levels else second
    truth = scipy.stats.spearmanr(first.ravel(), second.ravel()).statistic
    found = [correlations.spearman(*pair) for pair in zip(first, second, strict=True)]
    held = [item.low <= truth <= item.high for item in found if item is not None]
    assert len(held) == 600
    assert 0.93 <= np.mean(held) <= 0.98


def test_too_few_pairs_have_no_coefficient() -> None:
    few, enough = (list(map(float, range(size))) for size in (LEAST_PAIRS - 1, LEAST_PAIRS))
    assert correlations.pearson(few, few) is None
    assert correlations.spearman(few, few) is None
    assert correlations.spearman(enough, enough) is not None


def test_the_same_number_throughout_goes_together_with_nothing() -> None:
    flat, rising = [1.0] * 12, list(map(float, range(12)))
    assert correlations.pearson(flat, rising) is None
    assert correlations.spearman(rising, flat) is None


def test_a_perfect_order_has_no_doubt_that_a_number_could_tell() -> None:
    rising = list(map(float, range(12)))
    found = correlations.spearman(rising, [-value for value in rising])
    assert found is not None
    assert (found.value, found.low, found.high, found.is_told) == (-1, -1, -1, True)


@pytest.mark.parametrize("method", [correlations.pearson, correlations.spearman])
@pytest.mark.parametrize("second", [[1.0] * 11, [math.nan] * 12])
def test_what_is_no_pair_is_refused(method: object, second: list[float]) -> None:
    with pytest.raises(BadRequest, match=r"no pairs of numbers: .*without a missing value.*12 and"):
        method([1.0] * 12, second)  # type: ignore[operator]


def test_nothing_cannot_be_cut_into_thirds() -> None:
    with pytest.raises(BadRequest, match="no value can be cut into thirds"):
        correlations.thirds([])


@given(st.lists(numbers, min_size=3, max_size=60))
def test_thirds_put_each_value_in_one_class_in_order(values: list[float]) -> None:
    found = correlations.third_of(sorted(values), correlations.thirds(values)).tolist()
    assert found == sorted(found)
    assert set(found) <= {0, 1, 2}


@given(st.lists(numbers, min_size=6, max_size=60, unique=True))
def test_thirds_of_different_values_are_thirds(values: list[float]) -> None:
    found = correlations.third_of(values, correlations.thirds(values))
    counts = np.bincount(found, minlength=3)
    assert max(counts) - min(counts) <= 2


def test_equal_values_stay_together_and_zeros_are_low() -> None:
    values = [0.0] * 20 + [1.0, 2.0, 3.0, 4.0]
    found = correlations.third_of(values, correlations.thirds(values)).tolist()
    assert found == [0] * 20 + [2] * 4
