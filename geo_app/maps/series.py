"""The values of a map over time as small whole numbers, area by area.

Owns the layout of a packed series: which cells are known, their status and interval, and either
counts with the population of each year, or values times a power of ten. Does not own what is
computed from them (``model.js``), nor the bytes (``packing``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_app.classes import Classes
from geo_app.maps.packing import LIMIT, Packed, PackedInvalid, Reader, Writer, pack, runs, unpack

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST_DECIMALS = 12
"""A value that needs more decimals to keep its text cannot be packed."""

_COUNTED, _SCALED = 0, 1


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts over a population: the browser computes rates and their exact intervals."""

    counts: Ints
    """Shape (areas, steps), 0 where the value is missing."""
    people: Ints
    """Shape (areas, years), at the middle of each year; 0 = not known."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """Published values, and intervals where there are any, times ``10 ** power``."""

    power: int
    values: Ints
    """Shape (areas, steps), 0 where the value is missing."""
    low: Ints
    """Shape (areas, steps), 0 where there is no interval."""
    high: Ints


@dataclass(frozen=True, slots=True)
class Series:
    """What each area has at each step; all arrays are (areas, steps)."""

    is_known: NDArray[np.bool_]
    statuses: Ints
    """Position among the statuses of the head; of a missing value it tells why."""
    intervals: Ints
    """Position among the intervals of the head; 0 = none."""
    values: Counted | Scaled


def pack_series(series: Series) -> Packed:
    """Pack the values of a map.

    Parameters
    ----------
    series
        The areas are in the order of the geometry to which they belong.

    Raises
    ------
    PackedInvalid
        If the arrays are not of one shape, or a number is too large for the browser.
    """
    _check_shapes(series)
    body = Writer()
    for length in series.is_known.shape:
        body.number(length)
    for cells in (2 * series.statuses + series.is_known, series.intervals):
        for numbers in runs(cells):
            body.numbers(numbers)
    if isinstance(series.values, Counted):
        body.number(_COUNTED)
        _write_counted(series.values, series.is_known, body)
    else:
        body.number(_SCALED)
        _write_scaled(series.values, series, body)
    return pack("S", body.body())


def read_series(packed: Packed) -> Series:
    """Read a packed series back.

    Raises
    ------
    PackedInvalid
        If the bytes are not whole, or its lists do not fit together.
    """
    reader = Reader(unpack(packed, "S"))
    shape = reader.number(), reader.number()
    try:
        cells, intervals = (
            np.repeat(reader.numbers(), reader.numbers()).reshape(shape) for _ in range(2)
        )
        is_known = (cells & 1).astype(bool)
        if reader.number() == _COUNTED:
            values: Counted | Scaled = _read_counted(reader, is_known)
        else:
            values = _read_scaled(reader, is_known, intervals)
    except ValueError as error:
        message = "the lists of the packed series do not fit together"
        raise PackedInvalid(message, fix="run `python -m geo_app build maps`") from error
    return Series(is_known, cells >> 1, intervals, values)


def scale_values(
    values: ArrayLike, low: ArrayLike, high: ArrayLike, *, decimals: int, classes: Classes
) -> Scaled:
    """Return values as whole numbers with no more decimals than their texts and classes need.

    Parameters
    ----------
    values, low, high
        Shape (areas, steps); NaN = missing.
    decimals
        Decimals with which they are shown.
    classes
        Scale of the values.

    Raises
    ------
    PackedInvalid
        If no power of ten keeps every text and every class.
    """
    columns = [np.asarray(column, dtype=float) for column in (values, low, high)]
    texts = [_texts(column, decimals) for column in columns]
    found = classes.of(columns[0].ravel())
    largest = max(np.where(np.isnan(column), 0, abs(column)).max(initial=0) for column in columns)
    for power in range(MOST_DECIMALS + 1):
        if largest * 10**power >= LIMIT:
            break
        whole = [_whole(column, power) for column in columns]
        back = [
            np.where(np.isnan(old), np.nan, new / 10**power)
            for old, new in zip(columns, whole, strict=True)
        ]
        is_same = [_texts(column, decimals) for column in back] == texts
        if is_same and (classes.of(back[0].ravel()) == found).all():
            return Scaled(power, *whole)
    message = "a value that cannot be packed without changing its text or its class"
    expected = f"at most {MOST_DECIMALS} decimals, and 16 digits in all"
    raise PackedInvalid(message, expected=expected, where="series")


def _whole(values: Floats, power: int) -> Ints:
    # By way of the text, which rounds as the text that is shown does.
    texts = (f"{value:.{power}f}" for value in np.nan_to_num(values).ravel().tolist())
    whole = [int(text.replace(".", "")) for text in texts]
    return np.array(whole, dtype=np.int64).reshape(values.shape)


def _texts(values: Floats, decimals: int) -> list[str]:
    # Without the sign that a negative number keeps when it is rounded to zero.
    return [f"{value:z,.{decimals}f}" for value in values.ravel().tolist()]


def _check_shapes(series: Series) -> None:
    values = series.values
    own = [values.counts] if isinstance(values, Counted) else [values.values, values.low]
    found = {array.shape for array in (series.is_known, series.statuses, series.intervals, *own)}
    if len(found) > 1 or len(series.is_known.shape) != 2:
        message = "the arrays of a series are not of one shape"
        got = " and ".join(str(shape) for shape in sorted(found))
        raise PackedInvalid(message, expected="(areas, steps)", got=got)


def _write_counted(values: Counted, is_known: NDArray[np.bool_], to: Writer) -> None:
    to.numbers(values.counts[is_known])
    to.number(values.people.shape[1])
    # People come and go evenly: the change of the change is a small number.
    first = values.people[:, :1]
    steps = np.diff(values.people, axis=1, prepend=0)[:, 1:]
    to.signed(np.hstack([first, np.diff(steps, axis=1, prepend=0)]))


def _read_counted(reader: Reader, is_known: NDArray[np.bool_]) -> Counted:
    counts = np.zeros(is_known.shape, dtype=np.int64)
    counts[is_known] = reader.numbers()
    table = reader.number(), reader.signed()
    steps = table[1].reshape(len(is_known), table[0])
    people = np.cumsum(np.hstack([steps[:, :1], np.cumsum(steps[:, 1:], axis=1)]), axis=1)
    return Counted(counts, people)


def _write_scaled(values: Scaled, series: Series, to: Writer) -> None:
    has_interval = series.intervals > 0
    to.number(values.power)
    to.signed(values.values[series.is_known])
    to.signed((values.values - values.low)[has_interval])
    to.signed((values.high - values.values)[has_interval])


def _read_scaled(reader: Reader, is_known: NDArray[np.bool_], intervals: Ints) -> Scaled:
    power = reader.number()
    found, low, high = (np.zeros(is_known.shape, dtype=np.int64) for _ in range(3))
    found[is_known] = reader.signed()
    has_interval = intervals > 0
    low[has_interval] = found[has_interval] - reader.signed()
    high[has_interval] = found[has_interval] + reader.signed()
    return Scaled(power, found, low, high)


def positions(texts: Sequence[str], among: Sequence[str]) -> Ints:
    """Return where each text stands in a list that holds all of them."""
    place = {text: number for number, text in enumerate(among)}
    return np.array([place[text] for text in texts], dtype=np.int64)
