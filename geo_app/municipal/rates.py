"""Raw and smoothed rates of the municipalities of a state.

Owns the smallest population and the group that a smoothed rate leans on: the municipalities of its
own state in the same period.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_app import municipalities, rates
from geo_app.answers import Value, value_of
from geo_app.areas import area_name
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest
from geo_app.indicators import Geography, Indicator, indicator
from geo_app.periods import parse
from geo_app.smoothing import empirical_bayes
from geo_app.states import state

MINIMUM_PEOPLE = 10_000
"""Under so many inhabitants a raw rate has no colour of the scale and no place in an order: one
death more or less moves it by over 10 per 100,000, as far as two classes of the scale reach."""

LEVEL = str(Geography.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality in one period."""

    raw: Value
    name: str
    rate: float | None
    """Smoothed, in the unit of the indicator; None where there is no raw one."""
    weight: float | None
    """0 to 1: how much of the raw rate is in it."""
    is_small: bool
    """Whether it has fewer inhabitants than ``MINIMUM_PEOPLE``."""


@dataclass(frozen=True, slots=True)
class StateRates:
    """The municipalities of a state in one period."""

    indicator: Indicator
    """As it is made for municipalities."""
    state_code: str
    period: str
    areas: tuple[Municipality, ...]
    """By code."""
    mean: float | None
    """The rate of all of them together, to which each is drawn; None where nothing is known."""
    is_alike: bool
    """Whether they differ no more than by chance, so that all have ``mean`` as smoothed rate."""
    unplaced: float | None
    """Counted in the state and in none of its municipalities; None where a figure is missing."""

    @property
    def ordered(self) -> tuple[Municipality, ...]:
        """Those large enough, the highest lower end of the interval first; without one at the end.

        By the lower end, since that is what the rate is at least: a high rate of few people alone
        comes not first.
        """
        large = [item for item in self.areas if not item.is_small]
        return tuple(sorted(large, key=lambda item: (-(item.raw.low or 0.0), item.raw.area_code)))

    @property
    def small(self) -> tuple[Municipality, ...]:
        """Those under the smallest population, in the order of their names."""
        return tuple(sorted((a for a in self.areas if a.is_small), key=lambda item: item.name))


def slugs(atlas: Atlas) -> tuple[str, ...]:
    """Return the indicators that have municipalities and people, in catalogue order."""
    return tuple(
        item.slug
        for item in atlas.mapped_indicators()
        if Geography.MUNICIPALITY in item.mapped_levels and item.at(LEVEL).recipe.denominator
    )


def state_rates(atlas: Atlas, slug: str, state_code: str, period: str) -> StateRates:
    """Return the municipalities of a state in a period.

    Raises
    ------
    BadRequest
        If the indicator has no municipalities or no such period.
    UnknownState
        If there is no such state.
    """
    code = state(state_code).state_code
    rows = smoothed(atlas.values(slug, level=LEVEL, area=code, period=period), slug)
    areas = tuple(_municipality(row) for _, row in rows.iterrows())
    mean, whole = _all_together(rows), atlas.value(slug, code, period).numerator
    placed = rows["numerator"].sum(skipna=False)
    weights = rows["weight"].dropna()
    return StateRates(
        indicator=indicator(slug).at(LEVEL),
        state_code=code,
        period=period,
        areas=areas,
        mean=None if mean is None else mean * _scale(slug, period),
        is_alike=bool(len(weights) and (weights == 0).all()),
        unplaced=None if whole is None or np.isnan(placed) else whole - float(placed),
    )


def smoothed(rows: pd.DataFrame, slug: str) -> pd.DataFrame:
    """Add the smoothed rates to rows of municipalities of one state.

    Parameters
    ----------
    rows
        ``observations.COLUMNS`` of one or several periods; each period is smoothed by itself.
    slug
        Name of the indicator.

    Returns
    -------
    pandas.DataFrame
        With ``smoothed`` (in the unit of the indicator), ``weight`` (0 to 1), both NaN where there
        is no raw rate, and ``is_small``.

    Raises
    ------
    BadRequest
        If the rows are of several states: a rate leans on its own state alone.
    """
    states = rows["area_code"].str[:2].unique()
    if len(states) != 1:
        message = "smoothed rates lean on the municipalities of one state"
        raise BadRequest(message, expected="rows of one state", got=", ".join(sorted(states)))
    made = [_one_period(part, slug, str(period)) for period, part in rows.groupby("period")]
    return pd.concat(made).sort_values(["area_code", "period"], kind="stable")


def created_later(state_code: str) -> tuple[tuple[str, str], ...]:
    """Return what was created in a state after the edition, each with the name of its parent."""
    return tuple(
        (municipalities.NEW_NAMES[code], area_name(LEVEL, parent, "es"))
        for code, parent in municipalities.PARENTS.items()
        if code.startswith(state_code)
    )


def _one_period(rows: pd.DataFrame, slug: str, period: str) -> pd.DataFrame:
    # A count that has no rate, as that of a part of a year, is no evidence of one.
    counts = rows["numerator"].where(rows["value"].notna())
    found = empirical_bayes(counts, rows["denominator"])
    return rows.assign(
        smoothed=found.rates * _scale(slug, period),
        weight=found.weights,
        is_small=rows["denominator"] < MINIMUM_PEOPLE,
    )


def _all_together(rows: pd.DataFrame) -> float | None:
    known = rows[rows["value"].notna()]
    return float(known["numerator"].sum() / known["denominator"].sum()) if len(known) else None


def _scale(slug: str, period: str) -> float:
    return rates.exposure(parse(period), indicator(slug).at(LEVEL))[1] * rates.PER


def _municipality(row: pd.Series) -> Municipality:
    return Municipality(
        raw=value_of(row),
        name=area_name(LEVEL, row["area_code"], "es"),
        rate=_known(row["smoothed"]),
        weight=_known(row["weight"]),
        is_small=bool(row["is_small"]),
    )


def _known(number: float) -> float | None:
    return None if math.isnan(number) else float(number)
