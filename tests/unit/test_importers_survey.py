"""Estimates of a survey: worked by hand, against another method, and what cannot be told."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers.survey import Design, Estimate, Floats, Question, by_domain, design, estimate

UNSAFE = Question(frozenset("2"), frozenset("1"), frozenset("9"), keeps_no_answer=True)


def jackknife_error(sample: Design, numerator: Floats, denominator: Floats) -> float:
    """Leave out one primary unit at a time (JKn): another road to the same error.

    K. M. Wolter, "Introduction to Variance Estimation" (2007), 4.5.
    """
    whole = estimate(sample, numerator, denominator).ratio
    variance = 0.0
    for number, stratum in enumerate(sample.stratum_of_unit):
        mates = int((sample.stratum_of_unit == stratum).sum())
        is_mate = sample.stratum_of_unit[sample.unit] == stratum
        scale = np.where(is_mate, mates / (mates - 1), 1.0)
        weight = np.where(sample.unit == number, 0.0, sample.weight * scale)
        left = float(weight @ numerator) / float(weight @ denominator)
        variance += (mates - 1) / mates * (left - whole) ** 2
    return math.sqrt(variance)


def drawn(seed: int, units: int = 40, of_unit: int = 25) -> tuple[Design, Floats, Floats]:
    random = np.random.default_rng(seed)
    count = units * of_unit
    unit = np.repeat(np.arange(units), of_unit)
    sample = design(
        random.uniform(50, 150, count).tolist(),
        [f"s{number % 4}" for number in unit],
        [f"u{number}" for number in unit],
        "drawn",
    )
    share = 0.5 + 0.05 * random.standard_normal(units)
    numerator = (random.uniform(size=count) < share[unit]).astype(float)
    return sample, numerator, np.ones(count)


def test_two_strata_worked_by_hand() -> None:
    # Stratum a: units with 1 of 2 and 2 of 2; stratum b: 0 of 1 and 1 of 1, weights 3. X = 10.
    # R = (1 + 2 + 3) / 10 = 0.6. Residual totals: (1 - 1.2) / 10, (2 - 1.2) / 10; -1.8 / 10,
    # (3 - 1.8) / 10. Variances: 2 * (0.05² + 0.05²) and 2 * (0.15² + 0.15²): 0.01 + 0.09.
    sample = design([1, 1, 1, 1, 3, 3], list("aaaabb"), ["1", "1", "2", "2", "1", "2"], "by hand")
    found = estimate(sample, np.array([1.0, 0, 1, 1, 0, 1]), np.ones(6))
    assert (found.ratio, found.error) == pytest.approx((0.6, math.sqrt(0.1)))


def test_a_simple_random_sample_has_the_error_of_the_textbook() -> None:
    # One stratum, each interview a unit, equal weights: s / sqrt(n), s² with n - 1.
    answers = np.array([1.0] * 30 + [0.0] * 70)
    names = [str(number) for number in range(100)]
    sample = design([7.0] * 100, ["a"] * 100, names, "simple")
    assert estimate(sample, answers, np.ones(100)).error == pytest.approx(math.sqrt(0.3 * 0.7 / 99))


@pytest.mark.parametrize("seed", range(5))
def test_the_error_agrees_with_the_jackknife(seed: int) -> None:
    sample, numerator, denominator = drawn(seed)
    found = estimate(sample, numerator, denominator)
    assert found.error == pytest.approx(jackknife_error(sample, numerator, denominator), rel=0.01)


def test_a_part_of_the_population_counts_the_units_without_anyone_in_it() -> None:
    # A part that is in one of the two units of each stratum: the other unit counts as zero.
    sample = design([1.0] * 4, list("aabb"), ["1", "2", "1", "2"], "part")
    inside = np.array([True, False, True, False])
    found = estimate(sample, np.array([1.0, 1, 0, 0]), np.ones(4), inside)
    # R = 0.5, X = 2; totals 0.25, 0 and -0.25, 0: each stratum 2 * 2 * 0.125².
    assert (found.ratio, found.error, found.units) == pytest.approx((0.5, math.sqrt(0.125), 2))


def test_a_part_is_not_a_sample_of_its_own() -> None:
    sample, numerator, denominator = drawn(3)
    inside = sample.unit % 3 == 0
    alone = design(
        sample.weight[inside].tolist(),
        [str(sample.stratum_of_unit[unit]) for unit in sample.unit[inside]],
        [str(unit) for unit in sample.unit[inside]],
        "alone",
    )
    apart = estimate(alone, numerator[inside], denominator[inside])
    found = estimate(sample, numerator, denominator, inside)
    assert found.ratio == pytest.approx(apart.ratio)
    assert found.error != pytest.approx(apart.error)


def test_each_code_is_a_part() -> None:
    sample, numerator, denominator = drawn(1)
    codes = [f"{n % 3:02d}" for n in range(len(numerator))]
    found = by_domain(sample, numerator, denominator, codes)
    assert list(found) == ["00", "01", "02"]
    inside = np.array(codes, dtype=object) == "01"
    assert found["01"] == estimate(sample, numerator, denominator, inside)


def test_a_lonely_unit_adds_the_square_of_its_own_total() -> None:
    # R = 0.5, X = 4; stratum b has one unit, whose total is (1 - 0.5) / 4 = 0.125. Stratum a:
    # totals 0.125, -0.125, -0.125, mean -1/24.
    sample = design([1.0] * 4, list("aaab"), ["1", "2", "3", "1"], "lonely")
    found = estimate(sample, np.array([1.0, 0, 0, 1]), np.ones(4))
    totals = np.array([0.125, -0.125, -0.125])
    expected = 1.5 * ((totals - totals.mean()) ** 2).sum() + 0.125**2
    assert sample.lonely_strata == 1
    assert found.error == pytest.approx(math.sqrt(expected))


def test_the_same_code_in_two_strata_is_two_units() -> None:
    assert len(design([1.0, 1.0], ["a", "b"], ["1", "1"], "twice").stratum_of_unit) == 2


@pytest.mark.parametrize(
    ("units", "answers"),
    [(["1", "1"], [1.0, 0.0]), (["1", "2"], [1.0, 1.0]), (["1", "2"], [0.0, 0.0])],
    ids=["one unit", "all", "none"],
)
def test_an_error_that_the_sample_cannot_tell_is_missing_and_not_zero(
    units: list[str], answers: list[float]
) -> None:
    found = estimate(design([1.0, 1.0], ["a", "a"], units, "f"), np.array(answers), np.ones(2))
    assert math.isnan(found.error)
    assert all(math.isnan(bound) for bound in found.bounds)


def test_nobody_in_the_denominator_is_no_ratio() -> None:
    sample = design([0.0, 0.0], ["a", "a"], ["1", "2"], "f")
    assert math.isnan(estimate(sample, np.ones(2), np.ones(2)).ratio)


def test_the_bounds_are_the_normal_ones_and_stay_within_zero_and_one() -> None:
    assert Estimate(0.5, 0.1, 9, 9).bounds == pytest.approx((0.304004, 0.695996), abs=1e-6)
    assert Estimate(0.05, 0.1, 9, 9).bounds[0] == 0.0
    assert Estimate(0.95, 0.1, 9, 9).bounds[1] == 1.0


@pytest.mark.parametrize("keeps", [True, False])
@given(codes=st.lists(st.sampled_from("129"), min_size=1))
def test_only_the_rule_decides_where_those_who_do_not_know_count(
    codes: list[str], *, keeps: bool
) -> None:
    question = Question(UNSAFE.yes, UNSAFE.no, UNSAFE.no_answer, keeps_no_answer=keeps)
    numerator, denominator = question.count(codes, "f")
    assert numerator.sum() == codes.count("2")
    assert denominator.sum() == len(codes) - (0 if keeps else codes.count("9"))


@given(st.integers(0, 10_000), st.floats(0.01, 1000))
def test_a_scale_on_all_weights_changes_nothing(seed: int, scale: float) -> None:
    sample, numerator, denominator = drawn(seed, units=8, of_unit=5)
    scaled = Design(sample.weight * scale, sample.unit, sample.stratum_of_unit)
    first, second = (estimate(one, numerator, denominator) for one in (sample, scaled))
    assert (second.ratio, second.error) == pytest.approx((first.ratio, first.error), nan_ok=True)


def test_a_code_that_is_no_answer_is_refused() -> None:
    with pytest.raises(SourceInvalid, match=r"f: the answer is none of the question's codes.*'3'"):
        UNSAFE.count(["1", "3"], "f")


@pytest.mark.parametrize("weights", [[], [1.0, float("nan")], [1.0, -1.0], [1.0, float("inf")]])
def test_weights_that_are_none_are_refused(weights: list[float]) -> None:
    with pytest.raises(SourceInvalid, match="the weights are not all numbers from zero up"):
        design(weights, ["a"] * len(weights), ["1"] * len(weights), "f")


@pytest.mark.parametrize(("stratum", "unit"), [("", "1"), ("a", "")])
def test_an_interview_outside_of_the_design_is_refused(stratum: str, unit: str) -> None:
    with pytest.raises(SourceInvalid, match="no stratum or no primary unit"):
        design([1.0], [stratum], [unit], "f")
