"""The frozen answers of the atlas: what maps, charts, tables, sentences and files are made from.

Owns the records. Does not compute anything but what follows from their own rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import geopandas as gpd
import pandas as pd

from geo_app.advisories import Advice
from geo_app.classes import Classes
from geo_app.indicators import Indicator, SeriesBreak, Status
from geo_app.revisions import Jump


@dataclass(frozen=True, slots=True)
class Value:
    """One number with all that it must be shown with."""

    area_kind: str
    """ "state", "nation", "municipality", "city", or a kind of ``us_areas``."""
    area_code: str
    period: str
    value: float | None
    """In the unit of the indicator; None = no value, and ``status`` says why."""
    low: float | None
    high: float | None
    interval: str
    """How the interval was made and by whom; empty where there is none."""
    numerator: float | None
    denominator: float | None
    status: Status
    source: str
    release: str
    published: str
    """ISO date; empty where the source does not state it."""
    checked: str
    """ISO date on which we read it; empty where nothing was known yet."""


@dataclass(frozen=True, slots=True)
class Layer:
    """All areas of an indicator at one period, joined to their shapes."""

    indicator: Indicator
    period: str
    areas: gpd.GeoDataFrame
    """Indexed by area code, sorted; EPSG:4326. Columns ``area_kind``, ``value``, ``low``,
    ``high``, ``interval``, ``numerator``, ``denominator``, ``status``, ``source``, ``release``,
    ``published``, ``checked``, ``class_index`` (-1 = missing) and ``geometry``: a polygon for a
    state or municipality, a point for a city."""
    nation: Value | None
    """The nation at the same period; None where the source gives no nation, and beside
    municipalities: it is in the layer of the states."""
    classes: Classes

    def within(self, code: str) -> Layer:
        """Return the layer with the areas alone whose codes begin with that of a state."""
        return replace(self, areas=self.areas[self.areas.index.str.startswith(code)])

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the areas without a value."""
        return tuple(self.areas.index[self.areas["value"].isna()])

    @property
    def class_counts(self) -> tuple[int, ...]:
        """Number of areas in each class, lowest first; the missing ones are in none."""
        return self.classes.counts(self.areas["value"])


class Refusal(StrEnum):
    """Why two values are not compared."""

    BREAK = "break"
    """A change of method lies between them."""
    OVERLAP = "overlap"
    """They count some of the same months."""
    MISSING = "missing"
    """One of them has no value."""
    PARTIAL = "partial"
    """One of them covers only a part of its period."""
    NO_INTERVAL = "no_interval"
    """The source publishes no interval: the difference may be noise."""
    LIVING = "living"
    """The source still adds to and takes from both, and more to the newer one."""
    SEASON = "season"
    """They are months of different seasons."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a value stands to an earlier one, or why that is not said."""

    before: Value
    after: Value
    refusal: Refusal | None
    """None where the two may be compared."""
    series_break: SeriesBreak | None
    ratio: float | None
    """Later over earlier value; None where they are not compared or the earlier one is zero."""
    ratio_low: float | None
    ratio_high: float | None
    p_value: float | None
    """Probability of such a difference by chance, this one area looked at alone."""
    stands: bool
    """Whether the difference stands when all states are looked at together (Holm, 95 %)."""
    difference: float | None = None
    """Later less earlier value, in the unit; None where they are not compared."""
    difference_low: float | None = None
    difference_high: float | None = None
    """Ends of its own interval, which is no part of the test of two counts."""

    @property
    def direction(self) -> int:
        """1 up, -1 down, 0 where the difference cannot be told from chance or is not compared."""
        if not self.stands:
            return 0
        # A rise from zero has no ratio, but its interval has a lower end; estimates have none.
        if self.ratio_low is not None:
            return 1 if self.ratio_low > 1 else -1
        if self.difference is None:
            return 0
        return 1 if self.difference > 0 else -1


@dataclass(frozen=True, slots=True)
class Place:
    """The places that an area may hold among all, 1 for the highest value."""

    first: int
    last: int
    among: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator for one state: newest value, nation, place and movement."""

    indicator: Indicator
    value: Value
    nation: Value | None
    place: Place | None
    """None where no interval is published, so that a place could be noise."""
    change: Change | None
    """Against the period before; None where there is none."""
    is_nation_changed: bool | None = None
    """The source's own test of the nation against the period before; None where it gives none."""
    unplaced: float | None = None
    """Counted for the nation and for no state; None where nothing is counted."""
    jumps: tuple[Jump, ...] = ()
    """Figures under the value that their newest release moved further than any before it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one state now."""

    state_code: str
    advice: Advice
    findings: tuple[Finding, ...]
    """The newest value of one indicator of states a source, in catalogue order."""


def value_of(row: pd.Series) -> Value:
    """Return an observation as a record; NaN becomes None."""
    return Value(
        area_kind=row["area_kind"],
        area_code=row["area_code"],
        period=row["period"],
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        interval=row["interval"],
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        status=Status(row["status"]),
        source=row["source"],
        release=row["release"],
        published=row["published"],
        checked=row["checked"],
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
