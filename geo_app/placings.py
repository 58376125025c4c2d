"""Places that an area may hold among others, simulated from the intervals of all.

Owns draws, places and their limits. Does not own which figures have an interval that may be drawn
from (``ranks``), nor the joint places (``statistics.rank_intervals``).
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_app import statistics
from geo_app.contrasts import Estimate, standard_error
from geo_app.statistics import CONFIDENCE, Floats, Ints

DRAWS = 20_000
"""Draws of a simulation: the share of a place is then known to about a third of a percent."""

SEED = 2022
"""Fixed, so that the same figures always have the same places."""


def draw_rates(
    counts: ArrayLike, exposures: ArrayLike, draws: int = DRAWS, seed: int = SEED
) -> Floats:
    """Draw rates that could stand behind counts.

    Parameters
    ----------
    counts
        Shape (n,), zero or more; no missing ones.
    exposures
        Shape (n,): people, above zero.
    draws, seed
        Number of draws, and where the random numbers start.

    Returns
    -------
    numpy.ndarray of float
        Shape (draws, n): counts per unit of the exposure.

    Notes
    -----
    Gamma distributions of shape count + 1/2: what is known of the mean of a Poisson count under the
    prior of H. Jeffreys ("An invariant form for the prior probability in estimation problems",
    Proceedings of the Royal Society A 186, 1946, 453-461).
    """
    shape = np.asarray(counts, dtype=float) + 0.5
    drawn = np.random.default_rng(seed).standard_gamma(shape, size=(draws, len(shape)))
    return np.asarray(drawn / np.asarray(exposures, dtype=float))


def draw_estimates(found: list[Estimate], draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Draw figures that could stand behind estimates with a standard error.

    Parameters
    ----------
    found
        Independent estimates, n of them.
    draws, seed
        Number of draws, and where the random numbers start.

    Returns
    -------
    numpy.ndarray of float
        Shape (draws, n), in the unit of the estimates, normally distributed.
    """
    values = np.array([item.value for item in found], dtype=float)
    errors = np.array([standard_error(item) for item in found], dtype=float)
    normal = np.random.default_rng(seed).standard_normal((draws, len(values)))
    return np.asarray(values + errors * normal)


def simulated_places(drawn: Floats, confidence: float = CONFIDENCE) -> tuple[Ints, Ints]:
    """Return the places that each area holds in most of the draws, looked at alone.

    Parameters
    ----------
    drawn
        Shape (draws, n): in each draw a figure of every area; no missing ones.
    confidence
        Share of the draws that lies between the two places, at least.

    Returns
    -------
    first, last
        Shape (n,): the highest and the lowest place; 1 is the highest figure.

    Notes
    -----
    H. Goldstein and D. J. Spiegelhalter, "League tables and their limitations", Journal of the
    Royal Statistical Society A 159 (1996), 385-443. In each draw areas of the same figure share
    the mean of their places; a limit between two places is moved outwards to a whole one.

    Examples
    --------
    >>> first, last = simulated_places(np.array([[3.0, 2.0, 1.0], [3.0, 1.0, 2.0]]))
    >>> first.tolist(), last.tolist()
    ([1, 2, 2], [1, 3, 3])
    """
    places = places_of(drawn)
    if places.size == 0:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    tail = (1 - confidence) / 2
    first, last = np.quantile(places, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return np.floor(first).astype(np.int64), np.ceil(last).astype(np.int64)


def places_of(drawn: Floats) -> Floats:
    """Return the place of each figure in its draw.

    Parameters
    ----------
    drawn
        Shape (draws, n).

    Returns
    -------
    numpy.ndarray of float
        Same shape: 1 for the highest figure of a draw; equal ones share the mean of their places.

    Examples
    --------
    >>> places_of(np.array([[5.0, 7.0, 5.0]])).tolist()
    [[2.5, 1.0, 2.5]]
    """
    places = np.empty(drawn.shape)
    # Area by area: as one array of draws, areas and areas it would take gigabytes for cities.
    for number in range(drawn.shape[1]):
        own = drawn[:, [number]]
        above, alike = (drawn > own).sum(axis=1), (drawn == own).sum(axis=1)
        places[:, number] = above + (alike + 1) / 2
    return places


def joint_places(found: list[Estimate], confidence: float = CONFIDENCE) -> tuple[Ints, Ints]:
    """Return the places that estimates may hold, all of them right together.

    Parameters
    ----------
    found
        Independent estimates with a standard error, n of them.
    confidence
        Probability that all n intervals hold at once.

    Returns
    -------
    first, last
        Shape (n,): as ``statistics.rank_intervals`` returns them for counts, by the same method.
    """
    if not found:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    each = confidence ** (1 / len(found))
    reach = NormalDist().inv_cdf((1 + each) / 2)
    values = np.array([item.value for item in found])
    errors = np.array([standard_error(item) for item in found]) * reach
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]] = (values - errors, values + errors)
    return statistics.bounded_places(*bounds)
