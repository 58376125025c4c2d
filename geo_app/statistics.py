"""Intervals of rates, intervals of ranks, and tests of change: pure numbers in, numbers out.

Owns the methods and their sources. Does not own which numbers may be compared (``comparisons``).
``scipy.special`` is imported where it is used: it costs more than everything else here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

CONFIDENCE = 0.95
"""Confidence of every interval that we compute ourselves."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RateChange:
    """How one rate stands to an earlier one."""

    ratio: float
    """Later rate over earlier rate; NaN where the earlier count is zero."""
    low: float
    """Lower end of the exact 95 % interval of the ratio."""
    high: float
    """Upper end; infinite where the earlier count is zero."""
    p_value: float
    """Two-sided probability of a difference at least as large under equal rates."""


def poisson_interval(counts: ArrayLike, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Return the exact (Garwood) interval of the mean of Poisson counts.

    Parameters
    ----------
    counts
        Counts of any shape, zero or more; NaN = missing.
    confidence
        Coverage, between 0 and 1.

    Returns
    -------
    low, high
        Arrays of the same shape, in counts; NaN where the count is missing. The low end of a
        zero count is zero.

    Notes
    -----
    F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437-442.
    The chi-square quantiles are taken as inverse incomplete gamma functions.

    Examples
    --------
    >>> low, high = poisson_interval([10])
    >>> float(low[0].round(3)), float(high[0].round(3))
    (4.795, 18.39)
    """
    from scipy.special import gammaincinv

    count = np.atleast_1d(np.asarray(counts, dtype=float))
    tail = (1 - confidence) / 2
    positive = np.where(count > 0, count, 1.0)
    low = np.where(count > 0, gammaincinv(positive, tail), count)
    high = gammaincinv(count + 1, 1 - tail)
    return low, high


def rank_intervals(
    counts: ArrayLike, exposures: ArrayLike, confidence: float = CONFIDENCE
) -> tuple[Ints, Ints]:
    """Return for each rate the places it may hold, all of them right together.

    Parameters
    ----------
    counts
        Counts, shape (n,); no missing ones.
    exposures
        Populations, shape (n,), above zero.
    confidence
        Probability that all n intervals hold at once.

    Returns
    -------
    first, last
        Shape (n,): the highest and the lowest place that each may hold; 1 is the highest rate.

    Notes
    -----
    M. Klein, T. Wright and J. Wieczorek, "A joint confidence set for an overall ranking of
    populations", Journal of the Royal Statistical Society C 69 (2020), 589-606: with jointly valid
    intervals of the rates, a place is bounded by the rates whose interval lies wholly above or
    below. The joint intervals are exact Poisson ones at the level of Šidák for n independent ones.

    Examples
    --------
    >>> first, last = rank_intervals([100, 10, 12], [1000, 1000, 1000])
    >>> first.tolist(), last.tolist()
    ([1, 2, 2], [1, 3, 3])
    """
    count = np.asarray(counts, dtype=float)
    exposure = np.asarray(exposures, dtype=float)
    if len(count) == 0:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    each = confidence ** (1 / len(count))
    low, high = (bound / exposure for bound in poisson_interval(count, each))
    return bounded_places(low, high)


def bounded_places(low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Return the places that intervals leave open, 1 for the highest.

    Parameters
    ----------
    low, high
        Shape (n,): the ends of the intervals; no missing ones.

    Returns
    -------
    first, last
        Shape (n,): one more than the intervals that lie wholly above, and all less those wholly
        below.
    """
    surely_above = (low[np.newaxis, :] > high[:, np.newaxis]).sum(axis=1)
    surely_below = (high[np.newaxis, :] < low[:, np.newaxis]).sum(axis=1)
    return surely_above + 1, len(low) - surely_below


def rate_change(
    count_before: float, exposure_before: float, count_after: float, exposure_after: float
) -> RateChange:
    """Compare two Poisson rates exactly.

    Parameters
    ----------
    count_before, count_after
        Counts, zero or more.
    exposure_before, exposure_after
        Populations (or population years), above zero.

    Returns
    -------
    RateChange
        Ratio of the later to the earlier rate with its exact interval and a p-value. Where both
        counts are zero nothing is known: the ratio is NaN, the interval 0 to infinity, p is 1.

    Notes
    -----
    Given the sum of the counts, the later one is binomial: J. Przyborowski and H. Wilenski,
    "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940), 313-323.
    The interval is that of Clopper and Pearson for its share; the p-value is twice the smaller
    tail, which never rejects more often than it says.
    """
    from scipy.special import betainc, betaincinv

    total = count_before + count_after
    if total == 0:
        return RateChange(float("nan"), 0.0, float("inf"), 1.0)
    tail = (1 - CONFIDENCE) / 2
    low = betaincinv(count_after, count_before + 1, tail) if count_after else 0.0
    high = betaincinv(count_after + 1, count_before, 1 - tail) if count_before else 1.0
    scale = exposure_before / exposure_after
    share = exposure_after / (exposure_before + exposure_after)
    # The tails of a binomial are incomplete beta functions, as are the ends of its interval.
    at_most = float(betainc(count_before, count_after + 1, 1 - share)) if count_before else 1.0
    at_least = float(betainc(count_after, count_before + 1, share)) if count_after else 1.0
    return RateChange(
        ratio=_odds(count_after / total) * scale if count_before else float("nan"),
        low=_odds(float(low)) * scale,
        high=_odds(float(high)) * scale,
        p_value=min(1.0, 2 * min(at_most, at_least)),
    )


def holm(p_values: ArrayLike, error_rate: float = 1 - CONFIDENCE) -> NDArray[np.bool_]:
    """Say which of many tests stand when all are looked at together.

    Parameters
    ----------
    p_values
        Shape (n,).
    error_rate
        Probability of even one false finding.

    Returns
    -------
    numpy.ndarray of bool
        Shape (n,): true where the difference stands.

    Notes
    -----
    S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    Statistics 6 (1979), 65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).tolist()
    [True, False, False]
    """
    p_value = np.asarray(p_values, dtype=float)
    order = np.argsort(p_value, kind="stable")
    passes = p_value[order] <= error_rate / np.arange(len(p_value), 0, -1)
    stands = np.zeros(len(p_value), dtype=bool)
    stands[order] = np.logical_and.accumulate(passes)
    return stands


def rank_correlation(first: ArrayLike, second: ArrayLike) -> float:
    """Return Spearman's rank correlation of two lists, ties at their middle rank.

    Parameters
    ----------
    first, second
        Shape (n,); no missing values.

    Returns
    -------
    float
        From -1 (opposite orders) to 1 (the same order); NaN where either list has no order,
        since all its values are the same or there is one only.

    Notes
    -----
    C. Spearman, "The proof and measurement of association between two things", American Journal
    of Psychology 15 (1904), 72-101; with ties it is the correlation of the middle ranks.

    Examples
    --------
    >>> round(rank_correlation([1, 2, 2, 3], [10, 20, 30, 40]), 3)
    0.949
    """
    one, other = _middle_ranks(first), _middle_ranks(second)
    if len(np.unique(one)) < 2 or len(np.unique(other)) < 2:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _middle_ranks(values: ArrayLike) -> Floats:
    _, place, counts = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    middles: Floats = np.cumsum(counts) - (counts - 1) / 2
    return middles[place]


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")
