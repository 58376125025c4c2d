"""Bounds of 95 % around a percentage from the standard error that was published beside it.

Owns the one formula: the normal interval, cut at 0 and 100. Does not own who made the error.
"""

from __future__ import annotations

import math

QUANTILE = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


def bounds(value: float, error: float | None) -> tuple[float, float]:
    """Return the bounds of 95 % of a percentage.

    Parameters
    ----------
    value
        Percentage; NaN where there is none.
    error
        Its standard error in percentage points; None or NaN where none is given.

    Returns
    -------
    low, high
        Percentages from 0 to 100; both NaN where value or error is missing.

    Examples
    --------
    >>> low, high = bounds(50.0, 1.0)
    >>> round(low, 3), round(high, 3)
    (48.04, 51.96)
    """
    if error is None or math.isnan(value) or math.isnan(error):
        return float("nan"), float("nan")
    reach = QUANTILE * error
    return max(0.0, value - reach), min(100.0, value + reach)
