"""Months of the states with their empirical-Bayes rates beside the raw ones.

Owns which indicators are smoothed and what is read together: the 32 states of one month. Does not
own the estimator (``smoothing``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo_app import rates
from geo_app.answers import Value, value_of
from geo_app.atlas import Atlas
from geo_app.export import layer_rows
from geo_app.indicators import Geography, Indicator, indicator
from geo_app.periods import Cadence, parse
from geo_app.smoothing import empirical_bayes


@dataclass(frozen=True, slots=True)
class SmoothedState:
    """One state in one month."""

    raw: Value
    rate: float | None
    """Smoothed, in the unit of the indicator; None where there is no raw one."""
    weight: float | None
    """0 to 1: how much of the raw rate is in it."""


@dataclass(frozen=True, slots=True)
class SmoothedMonth:
    """The states of one month."""

    indicator: Indicator
    period: str
    states: tuple[SmoothedState, ...]
    """By state code; empty where the indicator is not smoothed."""
    mean: float | None
    """The rate of all known states together, to which each is drawn."""
    largest: float | None
    """Largest distance of a smoothed from its raw rate, in the unit of the indicator."""


def is_smoothed(found: Indicator) -> bool:
    """Whether the counts of an indicator are small enough to lean on each other: single months.

    In a year of a state the smoothed rate is the raw one but for some tenths.
    """
    is_single = found.recipe.months_counted == 1 and found.cadence is Cadence.MONTH
    has_people = bool(found.recipe.denominator)
    return is_single and has_people and found.geography is Geography.STATE


def month(atlas: Atlas, slug: str, period: str) -> SmoothedMonth:
    """Return the raw and the smoothed rates of the states in a month.

    Raises
    ------
    BadRequest
        If the indicator or the period does not exist.
    """
    found = indicator(slug)
    if not is_smoothed(found):
        return SmoothedMonth(found, period, (), None, None)
    rows = layer_rows(atlas.layer(slug, period))
    values = [value_of(row) for _, row in rows.iterrows()]
    # A count that has no rate, as that of a part of a month, says nothing of a whole one either.
    counts = rows["numerator"].where(rows["value"].notna())
    smooth = empirical_bayes(counts, rows["denominator"])
    scale = rates.exposure(parse(period), found)[1] * rates.PER
    states = tuple(
        SmoothedState(raw, _known(rate * scale), _known(weight))
        for raw, rate, weight in zip(values, smooth.rates, smooth.weights, strict=True)
    )
    moves = [
        abs(item.rate - item.raw.value)
        for item in states
        if item.rate is not None and item.raw.value is not None
    ]
    return SmoothedMonth(
        found, period, states, _known(smooth.mean * scale), max(moves, default=None)
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else float(number)
