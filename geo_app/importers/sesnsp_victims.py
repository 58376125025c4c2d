"""SESNSP's victims of intentional homicide by state and month.

A release is named after its last month with any report nationwide: what follows is not published,
whether the file leaves it blank or fills it with zeros. Does not own the layouts of the files
(``sesnsp_layouts``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.importers.sesnsp_layouts import read_sums, read_victims
from geo_app.importers.workbooks import is_workbook
from geo_app.indicators import Status
from geo_app.periods import Cadence, span
from geo_app.states import state_codes

SLUG = "sesnsp-victims"
MEASURE = "homicide_victims_count"

FIRST_YEAR_OF_NEXT_REGISTER = "2026"
"""From January 2026 another register counts (RNID): its files are not read as this series."""

_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SEEN = {"2025-09": "2025-10-19"}
"""Date of the earliest dated public copy of a release, by its last month."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read official files of victims, or workbooks of state sums made of them.

    Parameters
    ----------
    files
        ``IDVFC_NM_*.csv`` (a ``.gz`` or one-file ``.zip`` of it is read as well), or a workbook
        with the sheets ``Estatal_Mensual`` and ``Nacional_Mensual``.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file: 32 states and every month from the first to the last published one. SESNSP
        publishes no row of the nation in them.

    Raises
    ------
    SourceInvalid
        If a file is not such a file, lacks a state or a row, repeats one, holds something that is
        not a count, or does not add up.
    """
    return [_read_one(open_raw(path), reading) for path in files]


def _read_one(raw: RawFile, reading: Reading) -> Imported:
    found = read_sums(raw) if is_workbook(raw) else read_victims(raw)
    if not (found.active and found.counts):
        message = "no month of the file holds a victim of intentional homicide"
        raise SourceInvalid(message, where=raw.name, fix="download the file again")
    last = max(found.active)
    months = span(Cadence.MONTH, min(month for _, month in found.counts), last)
    _refuse_later_register(months, raw.name)
    grid = list(product(state_codes(), months))
    _refuse_gaps(grid, found.counts, raw.name)
    rows = pd.DataFrame(grid, columns=["area_code", "period"])
    rows["value"] = pd.Series([found.counts[cell] for cell in grid], dtype=float)
    rows["status"] = (
        rows["value"].isna().map({True: str(Status.MISSING), False: str(Status.PRELIMINARY)})
    )
    rows["measure"] = MEASURE
    release = release_of(_release_name(last), [raw], reading, seen=SEEN.get(last, ""))
    repairs = (*found.repairs, *_unpublished(found.counts, last), *_blanks(rows))
    return Imported(SLUG, "state_code", rows, release, found.encoding, repairs)


def _release_name(last: str) -> str:
    year, month = last.split("-")
    return f"SESNSP victims, {_MONTH_NAMES[int(month) - 1]} {year}"


def _refuse_later_register(months: Sequence[str], name: str) -> None:
    if months[-1] >= FIRST_YEAR_OF_NEXT_REGISTER:
        message = "the file counts by the register of 2026, which does not continue this series"
        raise SourceInvalid(
            message, where=name, expected="months to 2025-12", got=months[-1], fix="leave it out"
        )


def _refuse_gaps(
    grid: Sequence[tuple[str, str]], counts: Mapping[tuple[str, str], int | None], name: str
) -> None:
    absent = [cell for cell in grid if cell not in counts]
    if absent:
        state, month = absent[0]
        message = f"{len(absent)} state-months are missing"
        raise SourceInvalid(
            message,
            where=name,
            expected=f"a row of state {state} in {month}",
            fix="download the file again",
        )


def _unpublished(counts: Mapping[tuple[str, str], int | None], last: str) -> tuple[str, ...]:
    cut = [month for _, month in counts if month > last]
    if not cut:
        return ()
    months = f"{len(cut)} state-months after {last} ({min(cut)} to {max(cut)})"
    return (f"{months}, blank or zero in every state, are not published and were left out",)


def _blanks(rows: pd.DataFrame) -> tuple[str, ...]:
    count = int(rows["value"].isna().sum())
    return (f"{count} state-months with a blank cell are missing, not zero",) if count else ()
