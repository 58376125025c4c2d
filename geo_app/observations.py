"""From stored quantities to the values of an indicator: newest release, window, rate, interval.

Owns which rows an indicator has. What is stored is what was published; what is here is computed
from it, each time the same way (``rates``). Does not own names, shapes or classes (``atlas``).
"""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from geo_app import advisories, paths, rates
from geo_app.indicators import Geography, Indicator, Kind, Status, indicator
from geo_app.states import NATION_CODE

COLUMNS = [
    "area_kind",
    "area_code",
    "period",
    "value",
    "low",
    "high",
    "interval",
    "numerator",
    "denominator",
    "status",
    "source",
    "release",
    "published",
    "checked",
]
"""Columns of the observations of an indicator, and of every answer after the names."""


def observe(slug: str, known_on: str | None = None, level: str | None = None) -> pd.DataFrame:
    """Return all values of an indicator for one kind of area.

    Parameters
    ----------
    slug
        Name of the indicator.
    known_on
        ISO date: only releases that provably stood on that day count. What no such release holds
        is missing, never today's figure.
    level
        Kind of area; the indicator's own where none is given.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``, one row an area and period, index 0, 1, 2…; the nation beside states and
        cities, not beside municipalities; beside areas of the United States their regions
        ("us_region") and the whole of it ("us_nation"), which is not the "nation" of this atlas.
        Sorted by area kind, area code and period. ``value``, ``low``, ``high`` in the indicator's
        unit, ``numerator`` the count (of the whole window) and ``denominator`` the people at its
        middle; NaN = missing.

    Raises
    ------
    BadRequest
        If there is no such indicator, or it has no values for that kind of area.
    TableInvalid, HashMismatch
        If its table, its record or the population's is not right.
    """
    folder = paths.data_dir()
    found = indicator(slug).at(level)
    return _observe(found, known_on, str(folder), paths.stamp(folder)).copy()


def published_change(slug: str, period: str, known_on: str | None = None) -> bool | None:
    """Return the source's own test of the nation against the period before.

    Parameters
    ----------
    slug
        Name of the indicator.
    period
        The later period.
    known_on
        ISO date: only releases that provably stood on that day count.

    Returns
    -------
    bool or None
        Whether the source calls the change significant; None where it gives no test.
    """
    recipe = indicator(slug).recipe
    if not recipe.change_flag:
        return None
    rows = rates.stored(recipe.source, recipe.change_flag, known_on)
    flags = rows[(rows["area_kind"] == "nation") & (rows["period"] == period)]["value"].dropna()
    return bool(flags.iloc[0]) if len(flags) else None


def issue_rows(day: date, known_on: str | None = None) -> pd.DataFrame:
    """Return the advisory levels of one day, in ``COLUMNS``: the 32 states and the nation.

    Parameters
    ----------
    day
        The day that is asked about.
    known_on
        ISO date: of a later day nothing was known then, so that its levels are missing.

    Raises
    ------
    BadRequest
        If the day lies after the one on which the source was last read.
    """
    advice = advisories.history().on(day)
    rows = pd.DataFrame(
        [_issue_row(item, day) for item in advice] + [_country_row(advice[0], day)],
        columns=COLUMNS,
    )
    if known_on is not None and day.isoformat() > known_on:
        rows["value"] = np.nan
        rows["status"] = str(Status.MISSING)
        rows[["release", "published", "checked"]] = ""
    return rows


def unplaced(rows: pd.DataFrame) -> float | None:
    """Return how many are counted for the nation and for no state.

    Parameters
    ----------
    rows
        All areas of one period, ``COLUMNS``.

    Returns
    -------
    float or None
        Deaths abroad or in no known state; None where nothing is counted or a state is missing.
    """
    counts = rows.groupby("area_kind")["numerator"].sum(min_count=1)
    states = rows[rows["area_kind"] == "state"]["numerator"].sum(skipna=False, min_count=1)
    gap = float(counts.get("nation", np.nan) - states)
    return None if np.isnan(gap) else gap


@cache
def _observe(found: Indicator, known_on: str | None, _folder: str, _stamp: int) -> pd.DataFrame:
    rows = _levels(known_on) if found.kind is Kind.LEVEL else _values(found, known_on)
    ordered = rows.sort_values(["area_kind", "area_code", "period"], kind="stable")
    return ordered[COLUMNS].reset_index(drop=True)


def _values(found: Indicator, known_on: str | None) -> pd.DataFrame:
    rows = rates.stored(found.recipe.source, found.recipe.measure, known_on)
    if found.geography is Geography.US_BORDER:
        rows = rates.with_us_sums(rows)
    if not found.recipe.denominator:
        # What is counted in no known place is inside the nation and in no area of its own.
        placed = rows[rows["area_kind"] != "outside"]
        return placed.assign(numerator=np.nan, denominator=np.nan)
    # Municipalities stand by themselves: the nation is that of the states' own table.
    if found.geography is Geography.STATE:
        rows = rates.with_nation(rows)
    return rates.over_population(rows[rows["area_kind"] != "outside"], found)


def _levels(known_on: str | None) -> pd.DataFrame:
    blocks = [issue_rows(issue, known_on) for issue in advisories.history().issues]
    return pd.concat(blocks, ignore_index=True)


def _issue_row(item: advisories.Advice, day: date) -> list[object]:
    value = np.nan if item.level is None else float(item.level)
    return _row("state", item.state_code, day, value, item.status, item.last_stated, item.checked)


def _country_row(item: advisories.Advice, day: date) -> list[object]:
    """Return the country's own level, as the issue in force on the day gives it."""
    value = np.nan if item.country_level is None else float(item.country_level)
    return _row("nation", NATION_CODE, day, value, item.country_status, item.issued, item.checked)


def _row(
    kind: str,
    code: str,
    day: date,
    value: float,
    status: Status,
    issue: date | None,
    checked: date,
) -> list[object]:
    release = f"US advisory {issue}" if issue else ""
    published = str(issue) if issue else ""
    empty = [np.nan, np.nan, "", np.nan, np.nan]
    texts = [str(status), advisories.SOURCE, release, published, str(checked)]
    return [kind, code, str(day), value, *empty, *texts]
