"""Empirical-Bayes rates: what many small counts say of each other. Pure numbers in, numbers out.

Owns the estimator and its source. Does not own which areas are read together (``space``,
``municipal``) nor how a rate is scaled (``rates``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_app.errors import BadRequest

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Rates that lean on all of them together."""

    rates: Floats
    """Shape (n,): count per person; NaN where the count or the population is missing."""
    weights: Floats
    """Shape (n,), 0 to 1: how much of an area's own rate is in its smoothed one; NaN as above."""
    mean: float
    """All counts over all people: what the rates are drawn to; NaN where nothing is known."""
    variance: float
    """Variance of the true rates between areas, zero or more; NaN where nothing is known."""


def empirical_bayes(counts: ArrayLike, people: ArrayLike) -> Smoothed:
    """Draw each rate to the common one, the more the fewer people it stands on.

    Parameters
    ----------
    counts
        Shape (n,): events, zero or more; NaN = missing.
    people
        Shape (n,): population at risk; zero or NaN = missing, for over nobody there is no rate.

    Returns
    -------
    Smoothed
        Areas without a count or without people are left out of the estimate and have no rate.

    Raises
    ------
    BadRequest
        If the two are not of one length, or a count or a population is negative.

    Notes
    -----
    R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes estimators", Journal
    of the Royal Statistical Society C 40 (1991), 283-294: the global estimator by the method of
    moments. With m all counts over all people, r an area's rate, n its people and N their mean,
    the variance between areas is A = sum(n (r - m)^2) / sum(n) - m / N, the weight of the own rate
    A / (A + m / n). Where A comes out below zero the areas differ no more than chance makes them
    differ: it is taken as zero, and every area has the common rate.

    Examples
    --------
    >>> found = empirical_bayes([0, 10, 300], [1_000, 10_000, 100_000])
    >>> (found.rates * 100_000).round(1).tolist(), found.weights.round(2).tolist()
    ([250.3, 183.1, 298.4], [0.1, 0.54, 0.92])
    """
    count, exposure = np.asarray(counts, dtype=float), np.asarray(people, dtype=float)
    _check(count, exposure)
    is_known = ~np.isnan(count) & (exposure > 0)
    rates, weights = np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    if not is_known.any():
        return Smoothed(rates, weights, float("nan"), float("nan"))
    events, risk = count[is_known], exposure[is_known]
    mean, own = events.sum() / risk.sum(), events / risk
    spread = (risk * (own - mean) ** 2).sum() / risk.sum()
    variance = max(float(spread - mean / risk.mean()), 0.0)
    noise = mean / risk
    # Without any event there is neither a spread nor noise, and nothing to weigh.
    weight = np.divide(variance, variance + noise, out=np.zeros_like(noise), where=noise > 0)
    weights[is_known] = weight
    rates[is_known] = mean + weight * (own - mean)
    return Smoothed(rates, weights, float(mean), variance)


def _check(count: Floats, exposure: Floats) -> None:
    if count.shape != exposure.shape or count.ndim != 1:
        message = "counts and people are not of one length"
        got = f"{count.shape} and {exposure.shape}"
        raise BadRequest(message, expected="two lists of one length", got=got)
    for name, numbers in (("count", count), ("population", exposure)):
        if (numbers < 0).any():
            message = f"a {name} below zero"
            raise BadRequest(message, expected="zero or more", got=f"{np.nanmin(numbers):g}")
