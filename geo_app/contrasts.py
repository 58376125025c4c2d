"""The difference of two estimates: its interval, and a test from their intervals alone.

Owns the methods and their sources. Does not own which estimates may be set against each other
(``comparisons``), nor the exact test of two counts (``statistics.rate_change``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from geo_app.statistics import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval of 95 %; as the result, a difference with its own."""

    value: float
    low: float
    high: float


def difference(before: Estimate, after: Estimate) -> Estimate:
    """Return the later estimate less the earlier one, with its interval.

    Parameters
    ----------
    before, after
        Two independent estimates in one unit.

    Returns
    -------
    Estimate
        In the same unit.

    Notes
    -----
    The method of variance estimates recovery: G. Y. Zou and A. Donner, "Construction of confidence
    limits about effect measures: a general approach", Statistics in Medicine 27 (2008), 1693-1702;
    A. Donner and G. Y. Zou, "Closed-form confidence intervals for functions of the normal mean and
    standard deviation", Statistical Methods in Medical Research 21 (2012), 347-359. From each
    interval the spread towards the side that matters is taken back, so that exact intervals of
    counts keep their skewness. Of symmetric intervals it is the usual one of a normal difference.

    Examples
    --------
    >>> difference(Estimate(10, 7, 13), Estimate(20, 16, 24))
    Estimate(value=10, low=5.0, high=15.0)
    """
    value = after.value - before.value
    down = math.hypot(after.value - after.low, before.high - before.value)
    up = math.hypot(after.high - after.value, before.value - before.low)
    return Estimate(value, value - down, value + up)


def probability(before: Estimate, after: Estimate) -> float:
    """Return the two-sided probability of a difference at least as large, were there none.

    Parameters
    ----------
    before, after
        Two independent estimates in one unit, whose intervals were made from standard errors.

    Returns
    -------
    float
        From 0 to 1; without any error, 1 for two estimates that are the same and 0 for others.

    Notes
    -----
    The two-sample z test; a standard error is the width of the interval over twice the normal
    quantile from which it was made.

    Examples
    --------
    >>> round(probability(Estimate(50, 48.04, 51.96), Estimate(52, 50.04, 53.96)), 3)
    0.157
    """
    error = math.hypot(standard_error(before), standard_error(after))
    apart = abs(after.value - before.value)
    if error == 0:
        return 0.0 if apart else 1.0
    return math.erfc(apart / error / math.sqrt(2))


def standard_error(found: Estimate) -> float:
    """Return the standard error from which an interval of 95 % was made.

    Examples
    --------
    >>> round(standard_error(Estimate(50, 48.04, 51.96)), 3)
    1.0
    """
    return (found.high - found.low) / 2 / NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
