"""The places that each area may hold in a period: looked at alone, and all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from geo_app import placings, statistics
from geo_app.answers import Value, value_of
from geo_app.atlas import Atlas
from geo_app.contrasts import Estimate
from geo_app.indicators import Geography, Indicator, Interval, Kind, Status, indicator
from geo_app.periods import parse
from geo_app.statistics import Ints

DRAWN_FROM = (Interval.PUBLISHED_ERROR, Interval.COMPUTED, Interval.THIRD_PARTY)
"""Intervals of the very share that they stand beside: a normal figure may be drawn from them."""

MOST_AREAS = 150
"""Areas that are placed; places among thousands of municipalities would say nothing."""


class Reason(StrEnum):
    """Why no area has a place."""

    LEVEL = "level"
    """Levels of advice are no measurements: many areas share one."""
    LIVING = "living"
    """The register is fuller for some areas than for others."""
    CONDITIONAL = "conditional"
    """The interval is one of another share, and may leave the published one out."""
    NO_INTERVAL = "no_interval"
    """No interval is held of most figures."""
    TOO_MANY = "too_many"
    """There are thousands of areas."""
    MISSING = "missing"
    """No area has a value in this period."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One area with its places."""

    value: Value
    first: int
    last: int
    """The highest and the lowest place of this area, looked at alone (95 % of the draws)."""
    joint_first: int
    joint_last: int
    """The same, all areas right together (95 %)."""

    @property
    def width(self) -> int:
        """How many places lie between the highest and the lowest one."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Ranks:
    """All areas of an indicator in a period, highest value first."""

    indicator: Indicator
    period: str
    areas: tuple[Placed, ...]
    """Empty where no area has a place."""
    unplaced: tuple[Value, ...]
    """Areas without a place: all of them where ``reason`` says why, else those without a value."""
    reason: Reason | None

    @property
    def fixed(self) -> int:
        """Number of areas with a single place."""
        return sum(item.width == 0 for item in self.areas)

    @property
    def widest(self) -> int:
        """Most places between the highest and the lowest of one area; 0 for no areas."""
        return max((item.width for item in self.areas), default=0)


def places(atlas: Atlas, slug: str, period: str, level: str | None = None) -> Ranks:
    """Return the places of all areas of an indicator in a period.

    Parameters
    ----------
    atlas
        The atlas.
    slug
        Name of the indicator.
    period
        One of its periods.
    level
        Kind of area; the indicator's own where none is given.

    Raises
    ------
    BadRequest
        If the indicator, the level or the period does not exist.
    """
    found = indicator(slug).at(level)
    kind = found.geography.area_kind
    rows = atlas.values(slug, level=kind, period=period)
    rows = rows[(rows["area_kind"] == kind) & (rows["status"] != str(Status.NOT_APPLICABLE))]
    ordered = rows.sort_values(["value", "area_code"], ascending=[False, True], kind="stable")
    known = ordered[ordered["value"].notna()]
    every = tuple(value_of(row) for _, row in ordered.iterrows())
    reason = _reason(found, known)
    if reason is not None:
        return Ranks(found, period, (), every, reason)
    able = known[_is_drawn_from(found, known)]
    placed = _placed(found, able)
    codes = {item.value.area_code for item in placed}
    rest = tuple(value for value in every if value.area_code not in codes)
    return Ranks(found, period, placed, rest, None)


def nearest_period(atlas: Atlas, slug: str, period: str, level: str | None = None) -> str | None:
    """Return the period nearest to another one in which areas have places; None for none.

    Parameters
    ----------
    atlas
        The atlas.
    slug
        Name of the indicator.
    period
        Any period of its cadence.
    level
        Kind of area; the indicator's own where none is given.

    Raises
    ------
    BadRequest
        If the indicator or the level does not exist.
    """
    found = indicator(slug).at(level)
    kind = found.geography.area_kind
    rows = atlas.values(slug, level=kind)
    known = rows[(rows["area_kind"] == kind) & rows["value"].notna()]
    able = [text for text, group in known.groupby("period") if _reason(found, group) is None]
    start = parse(period).start
    # Of two that are as far away the later one.
    return min(
        sorted(map(str, able), reverse=True),
        key=lambda text: abs(parse(text).start - start),
        default=None,
    )


def _reason(found: Indicator, known: pd.DataFrame) -> Reason | None:
    """Return why no area has a place; None where they have."""
    if found.kind is Kind.LEVEL:
        return Reason.LEVEL
    if found.recipe.is_living:
        return Reason.LIVING
    if known.empty:
        return Reason.MISSING
    if found.geography is Geography.MUNICIPALITY or len(known) > MOST_AREAS:
        return Reason.TOO_MANY
    # Places are places among all: where one in ten has no interval none is told.
    if _is_drawn_from(found, known).mean() >= 0.9:
        return None
    is_other = (known["interval"] == str(Interval.THIRD_PARTY_CONDITIONAL)).any()
    return Reason.CONDITIONAL if is_other else Reason.NO_INTERVAL


def _is_drawn_from(found: Indicator, known: pd.DataFrame) -> pd.Series[bool]:
    if found.recipe.interval is Interval.POISSON:
        return known["numerator"].notna() & (known["denominator"] > 0)
    return known["interval"].isin(list(map(str, DRAWN_FROM))) & known["low"].notna()


def _placed(found: Indicator, able: pd.DataFrame) -> tuple[Placed, ...]:
    own, joint = _counted(able) if found.recipe.interval is Interval.POISSON else _estimated(able)
    values = (value_of(row) for _, row in able.iterrows())
    numbers = zip(*own, *joint, strict=True)
    return tuple(
        Placed(value, *map(int, ends)) for value, ends in zip(values, numbers, strict=True)
    )


Ends = tuple[Ints, Ints]


def _counted(able: pd.DataFrame) -> tuple[Ends, Ends]:
    counts, people = able["numerator"], able["denominator"]
    drawn = placings.draw_rates(counts, people)
    return placings.simulated_places(drawn), statistics.rank_intervals(counts, people)


def _estimated(able: pd.DataFrame) -> tuple[Ends, Ends]:
    ends = able[["value", "low", "high"]].to_numpy()
    found = [Estimate(*map(float, row)) for row in ends]
    drawn = placings.draw_estimates(found)
    return placings.simulated_places(drawn), placings.joint_places(found)
