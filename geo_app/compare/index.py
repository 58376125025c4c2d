"""A line as an index: its value at a base period is 100.

Owns what may stand in it: nothing across a break in the method, nothing from a base that is
missing, zero or a part of its period, no months of another season, no windows that share months.
The interval of an index is that of the ratio to the base. Does not own these refusals
(``comparisons``) or the interval (``statistics``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from geo_app import comparisons, statistics
from geo_app.answers import Refusal, Value, value_of
from geo_app.indicators import Indicator, Kind, Status
from geo_app.periods import parse

BASE = 100.0
"""Index of the base period."""

_UNSAID = (None, Refusal.NO_INTERVAL)
"""Refusals under which an index is drawn: without an interval it tells no change, and says so."""


class NoIndex(StrEnum):
    """Why an area, or an indicator, has no index at all."""

    LEVEL = "level"
    """A level is a rank: a level 4 is not twice a level 2."""
    LIVING = "living"
    """The register still changes, and newer periods more than older ones."""
    MISSING = "missing"
    """The base period has no value."""
    ZERO = "zero"
    """The value of the base period is zero."""
    PARTIAL = "partial"
    """Only a part of the base period is counted."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """The index of one area."""

    rows: pd.DataFrame
    """Indexed by period: ``index``, ``index_low``, ``index_high``; NaN = not in the index. Empty
    where there is a refusal."""
    refusal: NoIndex | None
    left_out: Mapping[Refusal, tuple[str, ...]]
    """Periods with a value that is not in the index, by the reason."""


def refused(found: Indicator) -> NoIndex | None:
    """Say why an indicator has no index for any area; None where it may have one."""
    if found.kind is Kind.LEVEL:
        return NoIndex.LEVEL
    return NoIndex.LIVING if found.recipe.is_living else None


def indexed(rows: pd.DataFrame, base: str, found: Indicator) -> Indexed:
    """Return the index of an area.

    Parameters
    ----------
    rows
        Its whole series, ``observations.COLUMNS``, one row a period.
    base
        The period whose value is 100.
    found
        The indicator.
    """
    values = {str(row["period"]): value_of(row) for _, row in rows.iterrows()}
    refusal = refused(found) or _no_base(values.get(base))
    if refusal is not None:
        return Indexed(_frame({}), refusal, {})
    left_out: dict[Refusal, list[str]] = {}
    cells: dict[str, tuple[float, float, float]] = {}
    for period, value in values.items():
        why = _why_not(found, values[base], value)
        if why in _UNSAID:
            cells[period] = _ratio(values[base], value, found, has_interval=why is None)
        elif why is not Refusal.MISSING:
            left_out.setdefault(why, []).append(period)
    return Indexed(_frame(cells), None, {why: tuple(item) for why, item in left_out.items()})


def _no_base(value: Value | None) -> NoIndex | None:
    # A part of a period has no rate; that it is a part says more than that there is none.
    if value is not None and value.status == Status.PARTIAL:
        return NoIndex.PARTIAL
    if value is None or value.value is None:
        return NoIndex.MISSING
    return NoIndex.ZERO if value.value == 0 else None


def _why_not(found: Indicator, base: Value, value: Value) -> Refusal | None:
    if value.period == base.period:
        return None
    first, last = sorted((base, value), key=lambda item: parse(item.period))
    return comparisons.refuse(found, first, last)[0]


def _ratio(
    base: Value, value: Value, found: Indicator, *, has_interval: bool
) -> tuple[float, float, float]:
    nothing = float("nan")
    if value.period == base.period:
        return BASE, nothing, nothing
    ratio = BASE * (value.value or 0.0) / (base.value or nothing)
    counts = (base.numerator, base.denominator, value.numerator, value.denominator)
    if not has_interval or None in counts:
        return ratio, nothing, nothing
    before, people_before, after, people_after = (float(item or 0) for item in counts)
    # A month counts its days: February is not a quiet month but a short one.
    days = [parse(v.period).days if found.recipe.annualised else 1 for v in (base, value)]
    test = statistics.rate_change(before, people_before * days[0], after, people_after * days[1])
    return ratio, BASE * test.low, BASE * test.high


def _frame(cells: Mapping[str, tuple[float, float, float]]) -> pd.DataFrame:
    columns = ["index", "index_low", "index_high"]
    return pd.DataFrame.from_dict(dict(cells), orient="index", columns=columns)
