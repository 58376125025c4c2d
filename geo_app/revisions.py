"""How figures move from release to release: what is usual, and what goes beyond all that was.

Owns the comparison of releases that hold the same cell. Nothing is smoothed or dropped: a revision
beyond all earlier ones stays as the source gives it and is told. Does not own which release is
shown (``tables.newest``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from geo_app import paths, provenance, tables
from geo_app.indicators import Indicator, Kind, indicator
from geo_app.periods import Cadence, months_before, parse

COLUMNS = [
    "indicator",
    "age_from_months",
    "age_to_months",
    "pair_count",
    "revised_count",
    "revised_pct",
    "median_change",
    "p95_change",
    "max_change",
    "unit",
]
"""Columns of the table of revisions."""

AGES = ((0, 0), (1, 2), (3, 5), (6, 11), (12, 23), (24, None))
"""Ages of a figure in months, from the first to the last one of a row; None = and all older."""

_CELL = ["area_code", "period"]


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure that its newest release moved further than any release before it had moved one."""

    area_code: str
    period: str
    """A period of the indicator, or the year to which its months add up."""
    before: float
    after: float
    """In the unit of what is stored: a count, or percentage points."""
    release_before: str
    release_after: str
    limit: float
    """The largest change that an earlier release had brought to any area and period."""


def pairs(found: Indicator, known_on: str | None = None) -> pd.DataFrame:
    """Return every figure that two releases in a row hold, as both give it.

    Parameters
    ----------
    found
        The indicator at a level.
    known_on
        ISO date: only releases that provably stood on that day count; all where it is None.

    Returns
    -------
    pandas.DataFrame
        One row an area, period and pair of releases, oldest pair first. ``area_code``, ``period``,
        ``before``, ``after`` (what is stored: counts, or percentages), ``step`` (0 = the oldest
        pair), ``release_before``, ``release_after`` and ``age_months``: months from the end of the
        period to the end of the last one that the earlier release holds. Rows without a value in
        either release are left out: a figure that appears is no revision.
    """
    folder = paths.data_dir()
    return _pairs(found, known_on, str(folder), paths.stamp(folder)).copy()


def table(slug: str, level: str | None = None, known_on: str | None = None) -> pd.DataFrame:
    """Say by how much the figures of an indicator usually move, and for how long.

    Parameters
    ----------
    slug
        Name of the indicator.
    level
        Kind of area; the indicator's own where none is given.
    known_on
        As for ``pairs``.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``, one row an age of the figure, youngest first; empty where no two releases hold
        the same figure. ``revised_pct`` is the share of pairs that differ; ``median_change``,
        ``p95_change`` and ``max_change`` are sizes of the changes among those that differ, in
        ``unit`` ("count", "percentage points", or the indicator's own), NaN where none does.

    Raises
    ------
    BadRequest
        If the indicator or the level does not exist.
    """
    found = indicator(slug).at(level)
    every = pairs(found, known_on)
    rows = [_row(found, every, first, last) for first, last in AGES]
    return pd.DataFrame([row for row in rows if row[3]], columns=COLUMNS)


def jumps(found: Indicator, known_on: str | None = None) -> tuple[Jump, ...]:
    """Return the figures that their newest release moved further than any earlier release did.

    Parameters
    ----------
    found
        The indicator at a level.
    known_on
        As for ``pairs``.

    Returns
    -------
    tuple of Jump
        By area and period. Months are looked at one by one and as the sum of their year. Empty
        where only two releases are held: there is nothing to measure the one revision by.
    """
    folder = paths.data_dir()
    return _jumps(found, known_on, str(folder), paths.stamp(folder))


@cache
def _jumps(found: Indicator, known_on: str | None, folder: str, stamp: int) -> tuple[Jump, ...]:
    every = _pairs(found, known_on, folder, stamp)
    if every.empty:
        return ()
    blocks = [every]
    if found.cadence is Cadence.MONTH and found.kind is Kind.RATE:
        blocks.append(_by_year(every))
    found_jumps = [item for block in blocks for item in _beyond(block)]
    return tuple(sorted(found_jumps, key=lambda item: (item.area_code, item.period)))


def concerned(found: Indicator, jump: Jump, area_code: str, period: str) -> bool:
    """Say whether a value rests on a figure that was moved.

    Parameters
    ----------
    found
        The indicator.
    jump
        One of its jumps.
    area_code, period
        Area and period of the value.
    """
    if jump.area_code != area_code:
        return False
    months = {period}
    if found.recipe.window_months > 1:
        months = {*months_before(parse(period), found.recipe.window_months)}
    return any(month == jump.period or month[:4] == jump.period for month in months)


def _row(
    found: Indicator, every: pd.DataFrame, first: int, last: int | None
) -> tuple[str, int, float, int, int, float, float, float, float, str]:
    ages = every["age_months"]
    mine = every[(ages >= first) & (ages <= (np.inf if last is None else last))]
    sizes = (mine["after"] - mine["before"]).abs()
    moved = sizes[sizes > 0]
    middle, high = moved.quantile([0.5, 0.95]) if len(moved) else (np.nan, np.nan)
    return (
        found.slug,
        first,
        np.nan if last is None else last,
        len(mine),
        len(moved),
        100 * len(moved) / len(mine) if len(mine) else np.nan,
        middle,
        high,
        moved.max() if len(moved) else np.nan,
        _unit(found),
    )


def _unit(found: Indicator) -> str:
    """Name what is stored: a count under a rate, else what the indicator is in."""
    if found.recipe.denominator:
        return "count"
    return "percentage points" if found.kind is Kind.SHARE else found.unit.en


@cache
def _pairs(found: Indicator, known_on: str | None, _folder: str, _stamp: int) -> pd.DataFrame:
    source = provenance.load_source(found.recipe.source)
    held = tables.table(found.recipe.source)
    held = held[
        (held["measure"] == found.recipe.measure) & (held["area_kind"] == str(found.geography))
    ].dropna(subset="value")
    if known_on is not None:
        held = held[held["known_from"] <= known_on]
    present = set(held["release"])
    order = [item.release for item in source.releases if item.release in present]
    blocks = [
        _step(held, step, before, after) for step, (before, after) in enumerate(pairwise(order))
    ]
    columns = [*_CELL, "before", "after", "step", "release_before", "release_after", "age_months"]
    return pd.concat([pd.DataFrame(columns=columns), *blocks]) if blocks else _none(columns)


def _none(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=float) for name in columns})


def _step(held: pd.DataFrame, step: int, before: str, after: str) -> pd.DataFrame:
    first, second = (
        held[held["release"] == name].set_index(_CELL)["value"] for name in (before, after)
    )
    both = pd.concat({"before": first, "after": second}, axis=1, join="inner").reset_index()
    last = max(held[held["release"] == before]["period"], key=_end_month)
    ages = {text: _end_month(last) - _end_month(text) for text in both["period"].unique()}
    return both.assign(
        step=step,
        release_before=before,
        release_after=after,
        age_months=both["period"].map(ages).astype(float),
    )


def _end_month(period: str) -> int:
    end = parse(period).end
    return end.year * 12 + end.month


def _by_year(every: pd.DataFrame) -> pd.DataFrame:
    years = every.assign(period=every["period"].str[:4])
    keys = [*_CELL, "step", "release_before", "release_after"]
    return years.groupby(keys, as_index=False)[["before", "after"]].sum()


def _beyond(every: pd.DataFrame) -> list[Jump]:
    sizes = every.assign(size=(every["after"] - every["before"]).abs())
    largest = sizes.groupby("step")["size"].max().sort_index()
    # The yardstick of a pair of releases is all that the pairs before it did.
    limits = largest.cummax().shift()
    sizes["limit"] = sizes["step"].map(limits)
    newest = sizes[sizes["step"] == sizes.groupby(_CELL)["step"].transform("max")]
    columns = [*_CELL, "before", "after", "release_before", "release_after", "limit"]
    rows = newest[newest["size"] > newest["limit"]][columns]
    return [Jump(*row) for row in rows.itertuples(index=False, name=None)]
