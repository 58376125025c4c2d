"""What changed between two states of a table, in words: what is new, revised, or gone.

Owns the sentences that ``update`` prints. Pure: two frames in, lines out. Does not own which rows
are the newest (``tables``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from geo_app.importers import level_changes
from geo_app.importers.number_changes import Change, line
from geo_app.importers.period_words import in_words, words
from geo_app.indicators import Status
from geo_app.periods import parse

SHOWN = 12
"""Periods of one sort that are told one by one, the newest; the others are summed up."""

_KEY = ["area_kind", "area_code", "period", "measure"]
_SUMMED = ("_count", "_lb")
"""Endings of measures that may be added up over areas; the others are of each area only."""
_PLURALS = {
    "state": "states",
    "city": "cities",
    "municipality": "municipalities",
    "us_state": "US states",
}


def differences(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Say what changed from one state of a table to the next.

    Parameters
    ----------
    before, after
        Newest rows as ``tables.newest`` returns them: columns area_kind, area_code, period,
        measure, value (NaN = no value) and status. Either may be empty.

    Returns
    -------
    list of str
        A line a period that is new, revised or gone, oldest first, measure by measure; the nation
        where the table has it, else the sum of the areas where they may be added up. Levels are
        told state by state. Empty where nothing changed.
    """
    both = before[[*_KEY, "value", "status"]].merge(
        after[[*_KEY, "value", "status"]],
        on=_KEY,
        how="outer",
        suffixes=("_before", "_after"),
        indicator="side",
    )
    measures = sorted(both["measure"].unique())
    lines: list[str] = []
    for measure in measures:
        rows = both[both["measure"] == measure]
        if measure.endswith(level_changes.ENDING):
            lines += level_changes.lines(rows, measure)
        else:
            named = f"{words(measure)}: " if len(measures) > 1 else ""
            lines += [f"{named}{text}" for text in _number_lines(rows, measure)]
    return lines


def _number_lines(rows: pd.DataFrame, measure: str) -> list[str]:
    changes = [
        change
        for period, found in rows.groupby("period", sort=False)
        if (change := _change(str(period), found, measure)).is_any
    ]
    changes.sort(key=lambda item: parse(item.period))
    told: list[str] = []
    for _, group in groupby(changes, key=lambda item: item.sort):
        told += _told(list(group), measure)
    return told


def _told(changes: Sequence[Change], measure: str) -> list[str]:
    """Return the lines of one sort of changes in a row, the older ones summed up."""
    older = changes[:-SHOWN] if len(changes) > SHOWN else []
    lines = [line(item, measure) for item in changes[len(older) :]]
    if not older:
        return lines
    first, last = in_words(older[0].period), in_words(older[-1].period)
    moved = [item.moved for item in older if item.moved is not None]
    range_ = f", by {min(moved):+,.6g} to {max(moved):+,.6g}" if any(moved) else ""
    return [f"{len(older)} periods {older[0].sort}, {first} to {last}{range_}", *lines]


def _change(period: str, rows: pd.DataFrame, measure: str) -> Change:
    nation = rows[rows["area_kind"] == "nation"]
    areas = rows[~rows["area_kind"].isin(["nation", "outside"])]
    totals = nation if len(nation) else areas
    may_add = len(nation) > 0 or measure.endswith(_SUMMED)
    old, new = areas["value_before"], areas["value_after"]
    was_there = areas["side"] != "right_only"
    kinds = sorted(areas["area_kind"].unique())
    return Change(
        period=period,
        before=_sum(totals["value_before"]) if may_add else None,
        after=_sum(totals["value_after"]) if may_add else None,
        was_there=bool((rows["side"] != "right_only").any()),
        is_there=bool((rows["side"] != "left_only").any()),
        area=kinds[0] if len(kinds) == 1 else "area",
        areas=_PLURALS.get(kinds[0], "areas") if len(kinds) == 1 else "areas",
        revised_count=int((old.notna() & new.notna() & (old != new)).sum()),
        gained_count=int((was_there & old.isna() & new.notna()).sum()),
        lost_count=int((old.notna() & new.isna()).sum()),
        empty_count=int((areas["status_after"] == str(Status.MISSING)).sum()),
        area_moves=tuple(float(move) for move in (new - old).dropna() if move),
    )


def _sum(values: pd.Series) -> float | None:
    return float(values.sum()) if values.notna().any() else None
