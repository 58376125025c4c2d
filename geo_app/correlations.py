"""How closely two lists of numbers go together, and how far chance could move that.

Owns the two coefficients with their intervals and the thirds of a list. Does not own which figures
may be set against each other (``relations``) or the ranks themselves (``statistics``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_app.errors import BadRequest
from geo_app.statistics import rank_correlation

LEAST_PAIRS = 10
"""Fewer pairs than this have no coefficient: one pair more or less could turn its sign."""

NORMAL_QUANTILE = 1.959963984540054
"""97.5 % point of the normal distribution, for intervals of 95 %."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """One coefficient."""

    value: float
    """From -1 (one falls as the other rises) to 1 (both rise together)."""
    low: float
    """Lower end of the 95 % interval."""
    high: float
    pairs: int
    """Number of pairs that it is made from."""

    @property
    def is_told(self) -> bool:
        """Whether its interval leaves zero out."""
        return self.low > 0 or self.high < 0


def pearson(first: ArrayLike, second: ArrayLike) -> Correlation | None:
    """Return how closely pairs lie to a straight line.

    Parameters
    ----------
    first, second
        Shape (n,); no missing values.

    Returns
    -------
    Correlation or None
        None where there are fewer than ``LEAST_PAIRS`` or one list is the same number throughout.

    Raises
    ------
    BadRequest
        If the lists are of different lengths, or hold what is no number.

    Notes
    -----
    The interval is that of R. A. Fisher, "On the 'probable error' of a coefficient of correlation
    deduced from a small sample", Metron 1 (1921), 3-32: the inverse hyperbolic tangent of the
    coefficient with the standard error 1 / sqrt(n - 3).

    Examples
    --------
    >>> found = pearson(range(12), [0, 2, 1, 3, 5, 4, 6, 8, 7, 9, 11, 10])
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.972, 0.9, 0.992)
    """
    one, other = _pairs(first, second)
    if len(one) < LEAST_PAIRS or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    value = float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))
    return _with_interval(value, 1 / math.sqrt(len(one) - 3), len(one))


def spearman(first: ArrayLike, second: ArrayLike) -> Correlation | None:
    """Return how alike two lists are ordered; equal values share their middle rank.

    Parameters
    ----------
    first, second
        Shape (n,); no missing values. Ordered categories are given by their numbers.

    Returns
    -------
    Correlation or None
        None where there are fewer than ``LEAST_PAIRS`` or one list has no order.

    Raises
    ------
    BadRequest
        If the lists are of different lengths, or hold what is no number.

    Notes
    -----
    The interval is that of D. G. Bonett and T. A. Wright, "Sample size requirements for
    estimating Pearson, Kendall and Spearman correlations", Psychometrika 65 (2000), 23-28: the
    inverse hyperbolic tangent with the standard error sqrt((1 + r² / 2) / (n - 3)). With many
    equal values, as levels have, it is rougher; a test simulates how often it holds.
    """
    one, other = _pairs(first, second)
    value = rank_correlation(one, other) if len(one) >= LEAST_PAIRS else float("nan")
    if math.isnan(value):
        return None
    value = float(np.clip(value, -1, 1))
    return _with_interval(value, math.sqrt((1 + value**2 / 2) / (len(one) - 3)), len(one))


def thirds(values: ArrayLike) -> tuple[float, float]:
    """Return the two bounds that cut a list into a lowest, a middle and a highest third.

    Parameters
    ----------
    values
        Shape (n,), at least one; no missing values.

    Returns
    -------
    tuple of float
        A value up to the first bound is low, one above the second is high. Equal values stay
        together, so that a class may hold more than a third, or none.

    Raises
    ------
    BadRequest
        If there is no value.

    Examples
    --------
    >>> thirds([1, 2, 3, 4, 5, 6, 7])
    (3.0, 5.0)
    """
    value = np.asarray(values, dtype=float)
    if not len(value):
        message = "no value can be cut into thirds"
        raise BadRequest(message, expected="at least one value", got="none")
    lower, upper = np.quantile(value, [1 / 3, 2 / 3])
    return float(lower), float(upper)


def third_of(values: ArrayLike, bounds: tuple[float, float]) -> NDArray[np.int64]:
    """Return the class of each value: 0 up to the first bound, 2 above the second, else 1.

    Parameters
    ----------
    values
        Shape (n,); no missing values.
    bounds
        As ``thirds`` returns them.
    """
    return np.searchsorted(np.asarray(bounds), np.asarray(values, dtype=float), side="left")


def _pairs(first: ArrayLike, second: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if len(one) != len(other) or np.isnan(one).any() or np.isnan(other).any():
        message = "these are no pairs of numbers"
        raise BadRequest(
            message,
            expected="two lists of one length without a missing value",
            got=f"{len(one)} and {len(other)} values",
            fix="leave out whoever lacks one of the two",
        )
    return one, other


def _with_interval(value: float, error: float, pairs: int) -> Correlation:
    if abs(value) == 1:
        return Correlation(value, value, value, pairs)
    middle, width = math.atanh(value), NORMAL_QUANTILE * error
    return Correlation(value, math.tanh(middle - width), math.tanh(middle + width), pairs)
