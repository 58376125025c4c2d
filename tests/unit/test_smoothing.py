"""Empirical-Bayes rates against another implementation, a hand-worked case and their own laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import BadRequest
from geo_app.smoothing import empirical_bayes

areas = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(1_000, 5_000_000)), min_size=2, max_size=40
)


def test_three_areas_come_out_as_worked_by_hand() -> None:
    found = empirical_bayes([0, 10, 300], [1_000, 10_000, 100_000])
    mean = 310 / 111_000
    squares = 1_000 * mean**2 + 10_000 * (0.001 - mean) ** 2 + 100_000 * (0.003 - mean) ** 2
    variance = squares / 111_000 - mean / 37_000
    weight = variance / (variance + mean / 10_000)
    assert found.mean == pytest.approx(mean)
    assert found.variance == pytest.approx(variance)
    assert found.weights[1] == pytest.approx(weight)
    assert found.rates[1] == pytest.approx(weight * 0.001 + (1 - weight) * mean)


@given(areas)
def test_it_agrees_with_esda_wherever_areas_differ_more_than_by_chance(
    pairs: list[tuple[int, int]],
) -> None:
    from esda.smoothing import Empirical_Bayes

    counts, people = np.array(pairs).T
    found = empirical_bayes(counts, people)
    # Below zero esda goes on with a negative variance; here it is none.
    if found.variance > 0:
        other = Empirical_Bayes(counts, people).r.ravel()
        assert found.rates == pytest.approx(other, rel=1e-9)


@given(areas)
def test_a_smoothed_rate_lies_between_the_raw_one_and_the_mean(
    pairs: list[tuple[int, int]],
) -> None:
    counts, people = np.array(pairs).T
    found = empirical_bayes(counts, people)
    raw = counts / people
    assert ((found.weights >= 0) & (found.weights <= 1)).all()
    slack = 1e-12 * (1 + raw + found.mean)
    assert (found.rates >= np.minimum(raw, found.mean) - slack).all()
    assert (found.rates <= np.maximum(raw, found.mean) + slack).all()


@given(areas)
def test_fewer_people_lean_more_on_the_others(pairs: list[tuple[int, int]]) -> None:
    counts, people = np.array(pairs).T
    found = empirical_bayes(counts, people)
    by_people = found.weights[np.argsort(people, kind="stable")]
    assert (np.diff(by_people) >= -1e-12).all()


def test_areas_that_differ_no_more_than_by_chance_have_the_common_rate() -> None:
    found = empirical_bayes([10, 10, 10], [1_000, 1_000, 1_000])
    assert found.variance == 0
    assert found.rates.tolist() == pytest.approx([0.01] * 3)


def test_nobody_and_nothing_known_have_no_rate_and_change_no_other() -> None:
    found = empirical_bayes([5, 3, math.nan, 40], [1_000, 0, 9_000, 4_000])
    assert np.isnan(found.rates).tolist() == [False, True, True, False]
    assert np.isnan(found.weights).tolist() == [False, True, True, False]
    alone = empirical_bayes([5, 40], [1_000, 4_000])
    assert found.rates[[0, 3]].tolist() == alone.rates.tolist()


def test_without_any_area_known_there_is_no_mean() -> None:
    found = empirical_bayes([math.nan], [1_000])
    assert math.isnan(found.mean)
    assert math.isnan(found.variance)


def test_without_any_event_every_rate_is_zero() -> None:
    found = empirical_bayes([0, 0], [1_000, 2_000])
    assert (found.rates.tolist(), found.weights.tolist()) == ([0, 0], [0, 0])


@pytest.mark.parametrize(
    ("counts", "people", "what"),
    [
        ([1, 2], [10], "not of one length"),
        ([-1, 2], [10, 10], "a count below zero"),
        ([1, 2], [10, -10], "a population below zero"),
    ],
)
def test_what_cannot_be_is_refused(counts: list[int], people: list[int], what: str) -> None:
    with pytest.raises(BadRequest, match=what):
        empirical_bayes(counts, people)
