"""The records of answers: what follows from their own rows."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, fields, replace

import pandas as pd
import pytest

from geo_app import answers, atlas
from geo_app.answers import Change, Refusal, Value
from geo_app.indicators import Status
from geo_app.observations import COLUMNS

INEGI = "homicides_inegi_per_100k"


def row(**cells: object) -> pd.Series:
    values = dict.fromkeys(COLUMNS, "") | dict.fromkeys(
        ("value", "low", "high", "numerator", "denominator"), float("nan")
    )
    return pd.Series({**values, "status": "missing", **cells}, dtype=object)


def test_a_value_has_the_columns_of_an_observation() -> None:
    assert [field.name for field in fields(Value)] == COLUMNS


def test_a_missing_number_is_none() -> None:
    found = answers.value_of(row())
    numbers = (found.value, found.low, found.high, found.numerator, found.denominator)
    assert numbers == (None,) * 5


def test_a_zero_stays_a_zero() -> None:
    assert answers.value_of(row(value=0.0, status="final")).value == 0.0


def test_a_status_is_one_of_the_vocabulary() -> None:
    assert answers.value_of(row(status="partial")).status is Status.PARTIAL


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'value'"):
        answers.value_of(row()).value = 0.0  # type: ignore[misc]


def test_a_layer_names_its_missing_areas() -> None:
    layer = atlas.load().layer("insecurity_ensu_pct", "2019Q1")
    expected = layer.areas["class_index"] == -1
    assert set(layer.missing) == set(layer.areas.index[expected])


def test_a_layer_counts_each_area_with_a_value_once() -> None:
    layer = atlas.load().layer("insecurity_ensu_pct", "2019Q1")
    assert sum(layer.class_counts) + len(layer.missing) == len(layer.areas)


@pytest.fixture
def change() -> Change:
    value = answers.value_of(row())
    return Change(value, value, None, None, 1.5, 1.2, 1.8, 0.001, stands=True)


@pytest.mark.parametrize(
    ("ends", "stands", "direction"),
    [
        ((1.5, 1.2, 1.8), True, 1),
        ((0.5, 0.4, 0.6), True, -1),
        ((0.0, 0.0, 0.6), True, -1),
        ((None, 1.2, math.inf), True, 1),
        ((1.5, 1.2, 1.8), False, 0),
        ((None, None, None), True, 0),
    ],
)
def test_a_direction_is_said_only_where_the_difference_stands(
    change: Change,
    ends: tuple[float | None, ...],
    stands: bool,  # noqa: FBT001 - a case, not a call
    direction: int,
) -> None:
    ratio, low, high = ends
    found = replace(change, ratio=ratio, ratio_low=low, ratio_high=high, stands=stands)
    assert found.direction == direction


def test_every_refusal_has_a_word_of_its_own() -> None:
    assert len({str(item) for item in Refusal}) == len(Refusal)
