"""Classes and colours: each value in exactly one, a missing one in none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.classes import MISSING, PALETTES, Classes, scale
from geo_app.errors import TableInvalid
from geo_app.indicators import catalogue

numbers = st.floats(allow_nan=False, allow_infinity=False)
breaks = st.lists(numbers, min_size=1, max_size=8, unique=True).map(sorted).map(tuple)


def classes_of(found: tuple[float, ...]) -> Classes:
    return Classes(found, tuple(str(n) for n in range(len(found) + 1)))


def holds(low: float | None, high: float | None, value: float) -> bool:
    return (low is None or low <= value) and (high is None or value < high)


@given(breaks, st.floats(allow_nan=False))
def test_every_value_lies_in_exactly_one_class(found: tuple[float, ...], value: float) -> None:
    classes = classes_of(found)
    holding = [n for n, (low, high) in enumerate(classes.bounds) if holds(low, high, value)]
    assert holding == classes.of([value]).tolist()


@given(breaks)
def test_a_break_belongs_to_the_class_above_it(found: tuple[float, ...]) -> None:
    assert classes_of(found).of(found).tolist() == list(range(1, len(found) + 1))


@given(breaks)
def test_the_classes_cover_the_line_without_gap_or_overlap(found: tuple[float, ...]) -> None:
    bounds = classes_of(found).bounds
    inner = [high for _, high in bounds[:-1]]
    assert (bounds[0][0], bounds[-1][1], inner) == (None, None, [low for low, _ in bounds[1:]])


@given(breaks, numbers, numbers)
def test_a_higher_value_is_never_in_a_lower_class(
    found: tuple[float, ...], one: float, two: float
) -> None:
    low, high = classes_of(found).of(sorted([one, two]))
    assert low <= high


@given(breaks, st.lists(st.one_of(numbers, st.just(math.nan)), max_size=20))
def test_a_missing_value_has_no_class_whatever_stands_beside_it(
    found: tuple[float, ...], values: list[float]
) -> None:
    index = classes_of(found).of(values)
    assert [n == MISSING for n in index] == [math.isnan(value) for value in values]


@given(breaks, st.lists(st.one_of(numbers, st.just(math.nan)), max_size=20))
def test_the_counts_leave_out_the_missing_and_nothing_else(
    found: tuple[float, ...], values: list[float]
) -> None:
    counts = classes_of(found).counts(values)
    known = sum(not math.isnan(value) for value in values)
    assert (len(counts), sum(counts)) == (len(found) + 1, known)


@pytest.mark.parametrize("found", catalogue(), ids=lambda item: item.slug)
def test_an_indicator_has_a_colour_for_each_class(found: object) -> None:
    classes = scale(found.breaks, found.palette)  # type: ignore[attr-defined]
    assert classes.colours == PALETTES[found.palette]  # type: ignore[attr-defined]


def test_a_palette_with_another_number_of_colours_is_refused() -> None:
    with pytest.raises(
        TableInvalid, match=r"palette 'advisory' does not .* with 3 colours, got 4 co"
    ):
        scale((1, 2), "advisory")


def test_an_unknown_palette_is_refused() -> None:
    with pytest.raises(
        TableInvalid, match=r"palette 'traffic light' does not fit: .* no such palet"
    ):
        scale((1, 2), "traffic light")
