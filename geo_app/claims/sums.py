"""Sums of stored counts over periods and areas, with the release that they come from.

A sum of which one part is missing is missing itself. Two sources are never added up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from geo_app import provenance, statistics, tables
from geo_app.claims.records import Held
from geo_app.indicators import Status
from geo_app.periods import parse, span
from geo_app.states import state_codes

BY_DOUBT = (Status.FINAL, Status.PRELIMINARY, Status.ESTIMATED, Status.PARTIAL)
"""Statuses of what has a value, the most certain first: a sum is as doubtful as its worst part."""


def releases(source: str, measures: Sequence[str], known_on: str | None) -> list[str]:
    """Return the releases that hold all measures and stood on a day, the oldest first."""
    table = tables.table(source)
    if known_on is not None:
        table = table[table["known_from"] <= known_on]
    holding = [set(table[table["measure"] == name]["release"]) for name in measures]
    order = [item.release for item in provenance.load_source(source).releases]
    return [name for name in order if all(name in names for names in holding)]


def last_month(source: str, measure: str, known_on: str | None) -> str:
    """Return the newest period of a measure that a release held on a day; empty for none."""
    table = tables.table(source)
    if known_on is not None:
        table = table[table["known_from"] <= known_on]
    return max(table[table["measure"] == measure]["period"], default="")


def of_release(
    source: str, release: str, measures: Sequence[str], first: str, last: str
) -> pd.DataFrame:
    """Return the stored rows of the nation over months, as one release gives them.

    Those of the states where the source publishes no total of its own: the total holds what is
    counted in no known state too.
    """
    table = tables.table(source)
    wanted = span(parse(first).cadence, first, last)
    is_mine = (table["release"] == release) & table["measure"].isin(list(measures))
    rows = table[is_mine & table["period"].isin(wanted)]
    has_total = (rows["area_kind"] == "nation").any()
    rows = rows[rows["area_kind"] == ("nation" if has_total else "state")]
    complete = (1 if has_total else len(state_codes())) * len(wanted) * len(measures)
    # What a release does not hold has no row: a sum without it would be a smaller one.
    return rows if len(rows) == complete else rows.iloc[:0]


def summed(
    rows: pd.DataFrame, name: str, slug: str, unit: str, ends: tuple[str, str], decimals: int = 0
) -> Held:
    """Add up stored rows.

    Parameters
    ----------
    rows
        Rows of one source, with ``value``, ``status``, ``source``, ``release``, ``published`` and
        ``checked``; none at all where nothing is held.
    name, slug, unit, decimals
        As in ``Held``.
    ends
        First and last period.
    """
    is_whole = len(rows) > 0 and not rows["value"].isna().any()
    told = [status for status in BY_DOUBT if status in set(rows["status"])] if is_whole else []
    texts = {
        key: " + ".join(dict.fromkeys(filter(None, rows[key])))
        for key in ("source", "release", "published", "checked")
    }
    return Held(
        name=name,
        indicator=slug,
        first=ends[0],
        last=ends[1],
        value=math.fsum(rows["value"]) if is_whole else None,
        unit=unit,
        decimals=decimals,
        low=None,
        high=None,
        interval="",
        status=told[-1] if told else Status.MISSING,
        area_code="00",
        **texts,
    )


def change_pct(before: Held, after: Held) -> float | None:
    """Return the change from one sum to another, in percent; None where one is not held."""
    if not before.value or after.value is None:
        return None
    return (after.value / before.value - 1) * 100


def chance(before: Held, after: Held) -> float | None:
    """Return the probability of such a difference of two counts by chance; None = not held.

    The two cover stretches of the same length.
    """
    if before.value is None or after.value is None:
        return None
    return statistics.rate_change(before.value, 1, after.value, 1).p_value
