"""The round numbers that axes are ruled at: they hold the values, are few, rise and differ."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo_app.charts import axis_steps

numbers = st.floats(-1e12, 1e12)


@given(numbers, numbers)
@example(0.0, 5e-324)
@example(0.0, 9.32382545313456e-220)
@example(1e12, 1e12)
@example(0.1, 0.1 + 1e-12)
def test_two_to_seven_numbers_that_rise_hold_the_values(one: float, other: float) -> None:
    low, high = sorted((one, other))
    steps = axis_steps.between(low, high)
    slack = 1e-9 * max(abs(low), abs(high))
    assert steps[0] <= low + slack
    assert steps[-1] >= high - slack
    assert 2 <= len(steps) <= 7
    assert all(before < after for before, after in pairwise(steps))


@given(numbers, numbers)
def test_the_numbers_stand_at_equal_distances(one: float, other: float) -> None:
    steps = axis_steps.between(*sorted((one, other)))
    gaps = [after - before for before, after in pairwise(steps)]
    assert gaps == pytest.approx([gaps[0]] * len(gaps), rel=1e-3)


@given(st.floats(0, 1e12))
@example(5e-324)
def test_an_axis_from_zero_begins_there_and_holds_the_value(highest: float) -> None:
    steps = axis_steps.from_zero(highest)
    assert steps[0] == 0
    assert steps[-1] >= highest * (1 - 1e-9)
    assert 2 <= len(steps) <= 7


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (5, 5, (4, 4.5, 5, 5.5, 6)),
        (0, 0.3, (0, 0.1, 0.2, 0.3)),
        (-3, 12, (-5, 0, 5, 10, 15)),
        (25_000, 36_000, (25_000, 27_500, 30_000, 32_500, 35_000, 37_500)),
    ],
)
def test_the_numbers_are_round(low: float, high: float, expected: tuple[float, ...]) -> None:
    assert axis_steps.between(low, high) == expected
