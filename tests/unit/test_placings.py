"""Places simulated from intervals, against cases whose answer is known exactly."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from geo_app import placings, statistics
from geo_app.contrasts import Estimate

figures = st.lists(
    st.tuples(st.integers(0, 3000), st.floats(1e3, 1e6)), min_size=1, max_size=8, unique=True
)


def enumerated(*choices: list[float]) -> np.ndarray:
    """Return every case of areas that hold each of their figures equally often."""
    return np.array(list(itertools.product(*choices)), dtype=float)


# Worked by hand. A holds 1 or 3, B always 2, C 0 or 4, each as often. The four cases, as places of
# A, B, C: (1, 0) 2 1 3; (1, 4) 3 2 1; (3, 0) 1 2 3; (3, 4) 2 3 1.
def test_three_states_worked_by_hand() -> None:
    cases = enumerated([1, 3], [2], [0, 4])
    assert placings.places_of(cases).tolist() == [[2, 1, 3], [3, 2, 1], [1, 2, 3], [2, 3, 1]]
    first, last = placings.simulated_places(cases)
    assert (first.tolist(), last.tolist()) == ([1, 1, 1], [3, 3, 3])
    # Half of the cases lie between the second place of A and B and itself.
    first, last = placings.simulated_places(cases, confidence=0.4)
    assert (first.tolist(), last.tolist()) == ([2, 2, 1], [2, 2, 3])


# Worked by hand. A is 9 or 10, B 3 or 5, C 4 or, in one case of forty, 6: A is always the first.
# B is before C where B = 5 and C = 4: in 39 of 80 cases; so B and C share the second and third.
def test_three_states_of_which_one_stands_apart() -> None:
    cases = enumerated([9, 10], [3, 5], [4] * 39 + [6])
    first, last = placings.simulated_places(cases)
    assert (first.tolist(), last.tolist()) == ([1, 2, 2], [1, 3, 3])


# Worked by hand: B is above A in one case of forty, which is 2.5 %; in one of fifty it is less.
@pytest.mark.parametrize(("cases", "last"), [(30, 2), (40, 1), (50, 1)])
def test_a_place_that_is_rarer_than_the_tail_is_left_out(cases: int, last: int) -> None:
    drawn = enumerated([2], [1] * (cases - 1) + [3])
    assert placings.simulated_places(drawn)[1][0] == last


def test_equal_figures_share_the_mean_of_their_places() -> None:
    assert placings.places_of(np.array([[7.0, 7.0, 1.0], [1.0, 1.0, 1.0]])).tolist() == [
        [1.5, 1.5, 3.0],
        [2.0, 2.0, 2.0],
    ]


def test_a_limit_between_two_places_is_moved_outwards() -> None:
    first, last = placings.simulated_places(np.array([[7.0, 7.0, 1.0]]))
    assert (first.tolist(), last.tolist()) == ([1, 1, 3], [2, 2, 3])


def test_no_areas_have_no_places() -> None:
    assert [list(ends) for ends in placings.simulated_places(np.empty((5, 0)))] == [[], []]
    assert [list(ends) for ends in placings.joint_places([])] == [[], []]


def test_rates_far_apart_have_exact_places() -> None:
    drawn = placings.draw_rates([9000, 4000, 1000, 100], [1e5] * 4)
    first, last = placings.simulated_places(drawn)
    assert (first.tolist(), last.tolist()) == ([1, 2, 3, 4], [1, 2, 3, 4])


@pytest.mark.parametrize("among", [2, 3, 8, 32])
def test_states_that_are_alike_may_hold_any_place(among: int) -> None:
    drawn = placings.draw_rates([50] * among, [1e6] * among)
    first, last = placings.simulated_places(drawn)
    assert set(first.tolist()) == {1}
    assert set(last.tolist()) == {among}


# The ratio of two gamma variables is known: with the same exposures X / (X + Y) is beta.
@pytest.mark.parametrize(("one", "other"), [(20, 25), (0, 3), (100, 90), (7, 7)])
def test_one_rate_is_above_another_as_often_as_the_beta_says(one: int, other: int) -> None:
    drawn = placings.draw_rates([one, other], [1e5, 1e5])
    exact = stats.beta.sf(0.5, one + 0.5, other + 0.5)
    assert (placings.places_of(drawn)[:, 0] == 1).mean() == pytest.approx(exact, abs=0.012)


# Three states, exactly: the chance that A is above both is an integral over its density.
def test_three_rates_hold_their_places_as_often_as_the_integral_says() -> None:
    counts = [30, 26, 22]
    found = [stats.gamma(count + 0.5) for count in counts]
    at = np.linspace(1e-6, 120, 200_001)
    exact = np.trapezoid(found[0].pdf(at) * found[1].cdf(at) * found[2].cdf(at), at)
    places = placings.places_of(placings.draw_rates(counts, [1, 1, 1]))
    assert (places[:, 0] == 1).mean() == pytest.approx(exact, abs=0.012)


def test_drawn_rates_are_gamma_and_drawn_estimates_normal() -> None:
    rates = placings.draw_rates([12], [4.0])[:, 0] * 4
    assert stats.kstest(rates, stats.gamma(12.5).cdf).pvalue > 0.001
    shares = placings.draw_estimates([Estimate(50, 48.04, 51.96)])[:, 0]
    assert stats.kstest(shares, stats.norm(50, 1).cdf).pvalue > 0.001


def test_the_same_figures_always_have_the_same_places() -> None:
    once, again = (placings.draw_rates([5, 6], [1e5, 1e5]) for _ in range(2))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, placings.draw_rates([5, 6], [1e5, 1e5], seed=1))


@given(figures)
def test_the_places_hold_the_middle_of_the_draws_and_lie_between_one_and_all(
    found: list[tuple[int, float]],
) -> None:
    counts, people = zip(*found, strict=True)
    drawn = placings.draw_rates(counts, people, draws=400)
    first, last = placings.simulated_places(drawn)
    middle = np.median(placings.places_of(drawn), axis=0)
    assert ((first <= middle) & (middle <= last)).all()
    assert ((first >= 1) & (last <= len(found))).all()


@given(figures)
def test_every_draw_gives_out_all_places_once(found: list[tuple[int, float]]) -> None:
    counts, people = zip(*found, strict=True)
    places = placings.places_of(placings.draw_rates(counts, people, draws=20))
    assert (np.sort(places, axis=1) == np.arange(1, len(found) + 1)).all()


def test_joint_places_of_estimates_are_bounded_by_wider_intervals() -> None:
    # Two of them 95 % apart each: Sidak's reach is 2.24 instead of 1.96 standard errors.
    near = [Estimate(50, 48.04, 51.96), Estimate(54.2, 52.24, 56.16)]
    far = [Estimate(50, 48.04, 51.96), Estimate(54.8, 52.84, 56.76)]
    assert [ends.tolist() for ends in placings.joint_places(near)] == [[1, 1], [2, 2]]
    assert [ends.tolist() for ends in placings.joint_places(far)] == [[2, 1], [2, 1]]


def test_the_joint_places_of_large_counts_are_nearly_those_of_estimates() -> None:
    counts, people = np.array([90_000, 91_000, 80_000, 99_000]), 1e6
    errors = np.sqrt(counts) * stats.norm.ppf(0.975)
    ends = np.array([counts, counts - errors, counts + errors]).T / people
    found = [Estimate(*map(float, row)) for row in ends]
    of_counts = statistics.rank_intervals(counts, [people] * 4)
    assert np.array_equal(placings.joint_places(found), of_counts)
