"""Values to packed series and back, and numbers that keep their texts and classes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo_app.classes import Classes
from geo_app.maps.packing import PackedInvalid, Writer, pack, unpack
from geo_app.maps.series import (
    Counted,
    Scaled,
    Series,
    pack_series,
    positions,
    read_series,
    scale_values,
)

SCALE = Classes((5.0, 10.0), ("a", "b", "c"))
SHAPE = st.tuples(st.integers(1, 5), st.integers(1, 7))


@st.composite
def cells(draw: st.DrawFn, shape: tuple[int, int]) -> tuple[Series, np.ndarray]:
    def some(low: int, high: int) -> np.ndarray:
        return draw(arrays(np.int64, shape, elements=st.integers(low, high)))

    is_known = some(0, 1).astype(bool)
    intervals = np.where(is_known, some(0, 2), 0)
    return Series(is_known, some(0, 8), intervals, Counted(some(0, 0), some(0, 0))), is_known


@st.composite
def counted(draw: st.DrawFn) -> Series:
    shape = draw(SHAPE)
    series, is_known = draw(cells(shape))
    counts = draw(arrays(np.int64, shape, elements=st.integers(0, 2**40)))
    people = draw(arrays(np.int64, (shape[0], 4), elements=st.integers(0, 10**8)))
    return replace(series, values=Counted(np.where(is_known, counts, 0), people))


@st.composite
def scaled(draw: st.DrawFn) -> Series:
    shape = draw(SHAPE)
    series, is_known = draw(cells(shape))
    value, low, high = (
        draw(arrays(np.int64, shape, elements=st.integers(-(10**9), 10**9))) for _ in range(3)
    )
    has_ends = series.intervals > 0
    values = Scaled(
        draw(st.integers(0, 6)),
        np.where(is_known, value, 0),
        np.where(has_ends, low, 0),
        np.where(has_ends, high, 0),
    )
    return replace(series, values=values)


def flat(series: Series) -> list[object]:
    values = series.values
    own = (
        (values.counts, values.people)
        if isinstance(values, Counted)
        else (values.power, values.values, values.low, values.high)
    )
    arrays_ = (series.is_known, series.statuses, series.intervals, *own)
    return [np.asarray(array).tolist() for array in arrays_]


@given(st.one_of(counted(), scaled()))
def test_a_series_with_gaps_anywhere_comes_back(series: Series) -> None:
    assert flat(read_series(pack_series(series))) == flat(series)


def test_arrays_of_two_shapes_are_refused() -> None:
    zero = np.zeros((2, 3), dtype=np.int64)
    series = Series(zero.astype(bool), zero, zero, Counted(zero[:1], zero))
    with pytest.raises(PackedInvalid, match=r"not of one shape.*got \(1, 3\) and \(2, 3\)"):
        pack_series(series)


def test_runs_that_do_not_fill_the_series_are_refused() -> None:
    body = Writer()
    for number in (2, 2):
        body.number(number)
    for _ in range(2):
        body.numbers([1])
        body.numbers([3])
    with pytest.raises(PackedInvalid, match="the lists of the packed series do not fit together"):
        read_series(pack("S", body.body()))


def test_a_value_too_many_is_refused() -> None:
    one = np.ones((1, 1), dtype=np.int64)
    packed = pack_series(Series(one.astype(bool), one, 0 * one, Counted(one, one)))
    body = unpack(packed, "S").replace(b"\x00\x01\x01\x01\x01\x02", b"\x00\x02\x01\x01\x01\x01\x02")
    with pytest.raises(PackedInvalid, match="do not fit together"):
        read_series(pack("S", body))


def test_shapes_are_no_series() -> None:
    with pytest.raises(PackedInvalid, match="another kind"):
        read_series(pack("G", b""))


# ------------------------------------------------------------------------------------ scaling

NUMBERS = st.floats(-1e4, 1e4, allow_nan=False)


@given(arrays(np.float64, (2, 4), elements=st.one_of(NUMBERS, st.just(np.nan))))
def test_scaled_values_keep_texts_and_classes(values: np.ndarray) -> None:
    rounded = np.round(values, 6)
    found = scale_values(rounded, rounded, rounded, decimals=1, classes=SCALE)
    back = np.where(np.isnan(rounded), np.nan, found.values / 10**found.power)
    assert [f"{v:z.1f}" for v in back.ravel()] == [f"{v:z.1f}" for v in rounded.ravel()]
    assert SCALE.of(back.ravel()).tolist() == SCALE.of(rounded.ravel()).tolist()


@pytest.mark.parametrize(("value", "power"), [(7.0, 0), (7.25, 1), (4.99999, 5), (9.96, 2)])
def test_the_least_power_is_taken(value: float, power: int) -> None:
    found = scale_values([[value]], [[np.nan]], [[np.nan]], decimals=1, classes=SCALE)
    assert found.power == power


def test_a_value_that_no_power_keeps_is_refused() -> None:
    almost = np.nextafter(5, 0)
    with pytest.raises(PackedInvalid, match="without changing its text or its class"):
        scale_values([[almost]], [[almost]], [[almost]], decimals=1, classes=SCALE)


def test_a_text_is_found_among_others() -> None:
    assert positions(["b", "a", "b"], ("a", "b")).tolist() == [1, 0, 1]
