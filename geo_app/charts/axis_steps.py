"""Round numbers at which an axis is ruled.

Owns their size and number, for every chart. Does not own where they stand.
"""

from __future__ import annotations

import math

_SIZES = (1, 2, 2.5, 5, 10)
_LEAST = 1e-9
"""Values nearer to one another than this, or than this share of them, are one value.

No source gives so many decimals: such a difference comes from the arithmetic, and an axis over it
would have no two numbers that differ.
"""


def between(low: float, high: float) -> tuple[float, ...]:
    """Return round numbers from at or below the lowest value to at or above the highest.

    Parameters
    ----------
    low, high
        Finite, in one unit, ``low`` not above ``high``. Where they are one value, the axis lies
        around it.

    Returns
    -------
    tuple of float
        Two to seven, rising, at equal distances.

    Examples
    --------
    >>> between(39.6, 87.8)
    (30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0)
    """
    largest = max(abs(low), abs(high))
    if high - low <= _LEAST * max(1.0, largest):
        room = max(1.0, 10 * _LEAST * largest)
        low, high = low - room, high + room
    power = math.floor(math.log10((high - low) / 4))
    sizes = (size * 10.0**power for size in _SIZES)
    size = next(item for item in sizes if (high - low) / item <= 5)
    numbers = range(math.floor(low / size), math.ceil(high / size) + 1)
    # A product of floats ends in noise, and "0.30000000000000004" is no round number.
    return tuple(round(size * number, 2 - power) for number in numbers)


def from_zero(highest: float) -> tuple[float, ...]:
    """Return round numbers from zero to at or above the highest value; to 1 where it is zero.

    Parameters
    ----------
    highest
        Finite; below zero it counts as zero.

    Returns
    -------
    tuple of float
        Two to seven, rising, at equal distances.

    Examples
    --------
    >>> from_zero(34.3), from_zero(0)
    ((0.0, 10.0, 20.0, 30.0, 40.0), (0.0, 1.0))
    """
    return between(0.0, highest) if highest > _LEAST else (0.0, 1.0)


def written(step: float) -> str:
    """Return a round number as it stands beside an axis.

    Examples
    --------
    >>> written(12500.0), written(0.25)
    ('12,500', '0.25')
    """
    return f"{step:,.10g}"
