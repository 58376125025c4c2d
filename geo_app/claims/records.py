"""The frozen answers of the page of claims: claims, their parts, figures and series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from geo_app.answers import Value, value_of
from geo_app.indicators import SeriesBreak, Status

Fact = tuple[float, int] | str
"""A number with its decimals, or a period; with ``TEXT`` before it a text of the source."""

WORD, TEXT = "word:", "text:"
"""Before the name of a figure of a closed list, and before a text that is shown as it is."""


class Outcome(StrEnum):
    """What the figures say of one part of a claim."""

    YES = "yes"
    NO = "no"
    UNTOLD = "untold"
    """Held, but the difference cannot be told from chance."""
    NOT_HELD = "not_held"
    """The figure that would decide is not held."""


class Verdict(StrEnum):
    """What the figures say of a whole claim."""

    HOLDS = "holds"
    IN_PART = "in_part"
    NOT = "not"
    UNKNOWN = "unknown"
    """It cannot be checked with what is held."""


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a claim that figures can decide."""

    key: str
    """Name of its sentence."""
    outcome: Outcome
    facts: Mapping[str, Fact]
    """What stands in the gaps of its sentence."""


@dataclass(frozen=True, slots=True)
class Held:
    """One figure that carries a claim."""

    name: str
    """Name of what it is, a word of a closed list."""
    indicator: str
    """Slug of the indicator whose source and notes it shares; empty where it is of none."""
    first: str
    last: str
    """First and last period that it covers; the same where it covers one."""
    value: float | None
    """None = not held."""
    unit: str
    """Name of its unit, a word of a closed list."""
    decimals: int
    low: float | None
    high: float | None
    interval: str
    """Who made the interval and how; empty for none."""
    status: Status
    source: str
    release: str
    published: str
    """ISO date; empty where the source does not state it."""
    checked: str
    area_code: str
    address: str = ""
    """Page that alone tells it; empty for a figure of a source's own table."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A few counts beside one another."""

    name: str
    """Name of its sentence."""
    bars: tuple[tuple[str, float | None, bool], ...]
    """Name of a bar (a period, or ``word:…``), value, and whether it covers a part of a period."""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One figure through time."""

    name: str
    points: tuple[tuple[str, float | None], ...]
    """Period and value, oldest first; None leaves a gap."""
    marked: tuple[str, ...]
    """Periods that the claim speaks of."""
    decimals: int
    is_from_zero: bool
    """Whether the axis begins at zero: of counts it does."""
    breaks: tuple[SeriesBreak, ...] = ()


@dataclass(frozen=True, slots=True)
class Levels:
    """How many states stood at each level, issue by issue."""

    name: str
    rows: tuple[tuple[str, tuple[int, int, int, int]], ...]
    """Day of issue, and the number of states at level 4, 3, 2 and 1."""


Drawing = Bars | Line | Levels


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with all that is held of it."""

    key: str
    """Beginning of the names of its sentences."""
    parts: tuple[Part, ...]
    figures: tuple[Held, ...]
    drawings: tuple[Drawing, ...]
    notes: tuple[Part, ...]
    """Sentences that must be read with it and decide nothing; their outcome is not told."""
    indicators: tuple[str, ...]
    """Slugs of all indicators whose sources are in it."""
    link: tuple[str, str] | None
    """Indicator and period of the map that shows it; None where no map of the atlas does."""
    compared: tuple[str, str, str] | None = None
    """Indicator, first and last period of the page that compares, where it is about a change."""
    further_sources: tuple[str, ...] = ()
    """Slugs of sources whose figures are in it beside those of the indicators."""

    @property
    def verdict(self) -> Verdict:
        """What its parts say together."""
        return combine([part.outcome for part in self.parts])


def combine(outcomes: list[Outcome]) -> Verdict:
    """Return the verdict on a claim, which holds where each of its parts does.

    One part that is false and none that is true: it does not hold. Nothing decided at all: it
    cannot be checked. Anything between holds in part.

    Examples
    --------
    >>> combine([Outcome.YES, Outcome.NOT_HELD]).value, combine([Outcome.NO, Outcome.UNTOLD]).value
    ('in_part', 'not')
    """
    found = set(outcomes)
    if found == {Outcome.YES}:
        return Verdict.HOLDS
    if Outcome.YES in found:
        return Verdict.IN_PART
    return Verdict.NOT if Outcome.NO in found else Verdict.UNKNOWN


def decided(*, is_true: bool | None) -> Outcome:
    """Return the outcome of a plain comparison; None = a figure is missing."""
    if is_true is None:
        return Outcome.NOT_HELD
    return Outcome.YES if is_true else Outcome.NO


def not_held(key: str, facts: Mapping[str, Fact] | None = None) -> Part:
    """Return the part of a claim whose figure is not held."""
    return Part(key, Outcome.NOT_HELD, facts or {})


def held(value: Value, name: str, slug: str, unit: str, decimals: int) -> Held:
    """Return one value of the atlas as a figure of a claim."""
    return Held(
        name=name,
        indicator=slug,
        first=value.period,
        last=value.period,
        value=value.value,
        unit=unit,
        decimals=decimals,
        low=value.low,
        high=value.high,
        interval=value.interval,
        status=value.status,
        source=value.source,
        release=value.release,
        published=value.published,
        checked=value.checked,
        area_code=value.area_code,
    )


def held_row(row: pd.Series, name: str, slug: str, unit: str, decimals: int) -> Held:
    """Return one row of the atlas as a figure of a claim."""
    return held(value_of(row), name, slug, unit, decimals)
