"""RNPDNO: persons still missing, by state and month in which they were last seen.

Reads the gathered panel of states, proves it against that of municipalities where this is given
too, and says how far an independent extraction is from it. Only persons who are still missing are
kept; those located and all registered prove the rows and are not stored. A registry that is alive
has no final month. Does not own the checks of a row (``rnpdno_panels``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.importers.rnpdno_panels import (
    MISSING_STILL,
    REGISTERED,
    STATUSES,
    Counts,
    Panel,
    kind_of,
    read_cumulative,
    read_municipalities,
    read_nation,
    read_states,
)
from geo_app.indicators import Status
from geo_app.periods import Cadence, span
from geo_app.states import state_codes

SLUG = "rnpdno"
MEASURE = "disappeared_count"


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the panel of states by month.

    Parameters
    ----------
    files
        The panel of states by month. Beside it, where they are at hand, the panel of
        municipalities by month, which must add up to it, and the yearly and cumulative figures of
        an independent extraction, whose differences are reported.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One: 32 states and every month, persons who are still missing. The nation is their sum.

    Raises
    ------
    SourceInvalid
        If the panel of states is not given, a file is none of these or is given twice, a row is
        cut, repeated or missing, holds another state, status or month, or does not add up.
    """
    raws = _by_kind([open_raw(path) for path in files])
    counts = read_states(raws[Panel.STATES])
    months = _months(counts, raws[Panel.STATES].name)
    repairs = [_other_statuses(counts, months)]
    if Panel.MUNICIPALITIES in raws:
        repairs.append(_proved(counts, read_municipalities(raws[Panel.MUNICIPALITIES]), raws))
    if Panel.NATION in raws:
        repairs.append(_yearly(counts, read_nation(raws[Panel.NATION])))
    if Panel.CUMULATIVE in raws:
        total = sum(read_cumulative(raws[Panel.CUMULATIVE]).values())
        repairs.append(
            f"the independent extraction has {total:,} persons still missing in all states since "
            "2010, a span that is not held here: not compared"
        )
    grid = list(product(state_codes(), months))
    rows = pd.DataFrame(grid, columns=["area_code", "period"])
    rows["value"] = [float(counts[code, month, MISSING_STILL]) for code, month in grid]
    rows = rows.assign(measure=MEASURE, status=str(Status.PRELIMINARY))
    release = release_of(f"RNPDNO {months[0]} to {months[-1]}", list(raws.values()), reading)
    return [Imported(SLUG, "state_code", rows, release, "utf-8", tuple(repairs))]


def _by_kind(raws: Sequence[RawFile]) -> dict[Panel, RawFile]:
    found: dict[Panel, RawFile] = {}
    for raw in raws:
        kind = kind_of(raw)
        if kind in found:
            message = "two files hold the same panel"
            raise SourceInvalid(message, where=raw.name, got=kind, fix="give one of them")
        found[kind] = raw
    if Panel.STATES not in found:
        message = "the panel of states by month is not among the files"
        raise SourceInvalid(message, where=raws[0].name, fix="give it in the same import")
    return found


def _months(counts: Counts, name: str) -> list[str]:
    """Return every month of the panel after proving that no cell is missing."""
    held = {month for _, month, _ in counts}
    months = span(Cadence.MONTH, min(held), max(held))
    grid = set(product(state_codes(), months, STATUSES))
    absent = sorted(grid - counts.keys())
    if absent:
        code, month, status = absent[0]
        message = f"{len(absent)} rows are missing"
        expected = f"a row of state {code} in {month} with status {status}"
        raise SourceInvalid(message, where=name, expected=expected, fix="download it again")
    return months


def _other_statuses(counts: Counts, months: Sequence[str]) -> str:
    """Say what was not stored and where the statuses of a state-month do not add up."""
    parts = [status for status in STATUSES if status != REGISTERED]
    uneven = sum(
        counts[code, month, REGISTERED] != sum(counts[code, month, part] for part in parts)
        for code, month in product(state_codes(), months)
    )
    cells = len(state_codes()) * len(months)
    return (
        f"{len(counts) - cells:,} rows of persons located or registered in all not stored; in "
        f"{uneven} of {cells:,} state-months all registered are not the sum of the statuses"
    )


def _proved(counts: Counts, parts: Counts, raws: Mapping[Panel, RawFile]) -> str:
    """Prove that the municipalities of every state add up to it; a missing row of one is zero."""
    for key in sorted({*counts, *parts}):
        if counts.get(key) != parts.get(key, 0):
            code, month, status = key
            message = "the municipalities do not add up to their state"
            raise SourceInvalid(
                message,
                where=f"{raws[Panel.MUNICIPALITIES].name} state {code} {month} status {status}",
                expected=str(counts.get(key, "no such month")),
                got=str(parts.get(key, 0)),
                fix="give two panels of the same day",
            )
    return "the municipal panel adds up to that of the states in every month and status"


def _yearly(counts: Counts, nation: Mapping[str, int]) -> str:
    """Say how far an independent extraction is away, year by year; nothing is merged."""
    years: dict[str, int] = {}
    for (_, month, status), count in counts.items():
        if status == MISSING_STILL:
            years[month[:4]] = years.get(month[:4], 0) + count
    both = sorted(years.keys() & nation.keys())
    pairs = ", ".join(f"{year} {years[year]:,} / {nation[year]:,}" for year in both)
    return f"an independent extraction differs and is not merged (here / there): {pairs}"
