"""SESNSP's case files of intentional homicide by state: months in dated releases, and years.

Reads the official file, old and new, and the tables of ``../shared`` in which former releases were
gathered. Where both hold a release they must agree, and the official file stands in the record.
Does not own the layouts (``sesnsp_rows``, ``sesnsp_gathered``) nor the months (``sesnsp_grid``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers import official_csv
from geo_app.importers.official_csv import Texts
from geo_app.importers.reading import Imported, RawFile, Reading, release_of
from geo_app.importers.sesnsp_gathered import NATION, REVISIONS, YEARS, Gathered, read_gathered
from geo_app.importers.sesnsp_gathered import revisions as read_revisions
from geo_app.importers.sesnsp_gathered import years as read_years
from geo_app.importers.sesnsp_grid import grid, last_month, month_name, release_name
from geo_app.importers.sesnsp_rows import read_rows
from geo_app.importers.streams import Opened, opened
from geo_app.states import state_codes

SLUG = "sesnsp-cases"
MEASURE = "homicide_cases_count"
WHAT = "SESNSP case files"
YEAR_MEASURE = "homicide_cases_year_count"
"""Of another release and by year: it is never added up from months, nor they from it."""

SEEN = {
    "2020-10": "2020-11-20",
    "2022-03": "2022-04-20",
    "2023-07": "2023-08-24",
    "2023-08": "2023-09-20",
    "2023-09": "2023-10-18",
    "2023-11": "2024-01-09",
    "2023-12": "2024-02-08",
    "2024-01": "2024-02-21",
    "2024-02": "2024-03-20",
    "2024-04": "2024-05-14",
    "2024-06": "2024-07-09",
    "2024-08": "2024-09-24",
    "2024-11": "2024-12-21",
    "2026-01": "2026-02-21",
    "2026-02": "2026-03-22",
    "2026-03": "2026-04-18",
}
"""Date of the earliest dated public copy of a release, by its last month."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read official files of case files by state, or the tables that gather former releases.

    Parameters
    ----------
    files
        ``IDEFC_NM_*``, ``Estatal-Delitos-*`` or ``RNID-Delitos_Estatal-*``, comma-separated or a
        workbook, bare or packed; the table of revisions by date; the table of years by state and
        that of the nation, which proves it.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a release: 32 states and every month from the first to the last published one, or every
        year. SESNSP publishes no row of the nation by state file.

    Raises
    ------
    SourceInvalid
        If a file is not such a file, lacks a state or a row, repeats one, holds something that is
        not a whole number, does not add up, or differs from another file of the same release.
    """
    official: list[Imported] = []
    gathered: list[Gathered] = []
    for path in files:
        with opened(path) as file:
            kind = None if file.is_workbook else _kind(file)
            if kind is None:
                official.append(_official(file, reading))
            else:
                gathered.append(read_gathered(file, kind))
    former = [item for table in gathered for item in _former(table, gathered, reading)]
    return _agreed(official, former)


def _kind(file: Opened) -> tuple[str, ...] | None:
    header = tuple(official_csv.header_of(file, Texts(file.raw.name)))
    return header if header in (REVISIONS, YEARS, NATION) else None


def _official(file: Opened, reading: Reading) -> Imported:
    found, layout = read_rows(file, ("homicide",))
    if layout.is_municipal or layout.has_victims:
        message = "not the file of case files by state"
        raise SourceInvalid(
            message,
            where=f"{file.raw.name} line 1",
            expected="19 columns, without Sexo, Rango de edad and municipality",
            got=f"{layout.width} columns",
            fix="download the file of case files by state",
        )
    last = last_month(found, "homicide", file.raw.name)
    rows, repairs = grid(found, state_codes(), last, absent=None, name=file.raw.name)
    name = release_name(WHAT, last, file)
    return _monthly(rows, last, name, file.raw, reading, (found.encoding, repairs))


def _monthly(
    rows: pd.DataFrame,
    last: str,
    name: str,
    raw: RawFile,
    reading: Reading,
    told: tuple[str, tuple[str, ...]],
) -> Imported:
    """Return a release of months; ``told`` is the encoding and what was repaired."""
    rows = rows[["area_code", "period", "value", "status"]].assign(measure=MEASURE)
    release = release_of(name, [raw], reading, seen=SEEN.get(last, ""))
    return Imported(SLUG, "state_code", rows, release, *told)


def _former(table: Gathered, every: Sequence[Gathered], reading: Reading) -> list[Imported]:
    if table.header == REVISIONS:
        return [
            _monthly(
                rows, last, f"{WHAT}, {month_name(last)}", table.raw, reading, (table.encoding, ())
            )
            for last, rows in read_revisions(table, SEEN)
        ]
    nation = next((item for item in every if item.header == NATION), None)
    if table.header == NATION:
        if not any(item.header == YEARS for item in every):
            message = "the table of the nation proves that of the states and is none by itself"
            raise SourceInvalid(
                message, where=table.raw.name, fix="give the table of years by state as well"
            )
        return []
    return [_yearly(table, nation, reading)]


def _yearly(table: Gathered, nation: Gathered | None, reading: Reading) -> Imported:
    rows, last, repairs = read_years(table, nation)
    raws = [table.raw, *([nation.raw] if nation else [])]
    release = release_of(f"SESNSP case files by year, {month_name(last)}", raws, reading)
    rows = rows.assign(measure=YEAR_MEASURE)
    return Imported(SLUG, "state_code", rows, release, table.encoding, repairs)


def _agreed(official: Sequence[Imported], former: Sequence[Imported]) -> list[Imported]:
    """Return every release once; the official file of one stands before its gathered copy."""
    held = {item.release.release: item for item in official}
    kept = []
    for item in former:
        mine = held.get(item.release.release)
        if mine is None:
            kept.append(item)
        else:
            _refuse_other(mine, item)
    return [*official, *kept]


def _refuse_other(official: Imported, former: Imported) -> None:
    keys = ["area_code", "period"]
    both = [item.rows.set_index(keys)["value"].sort_index() for item in (official, former)]
    if not both[0].index.equals(both[1].index):
        message = "two files of one release have other months"
        raise SourceInvalid(
            message, where=former.release.file, got=official.release.file, fix="give one of them"
        )
    differs = both[0].compare(both[1])
    if len(differs):
        (area, month), values = differs.index[0], differs.iloc[0]
        message = f"{len(differs)} counts differ from the official file of the same release"
        raise SourceInvalid(
            message,
            where=f"{former.release.file} {area} {month}",
            expected=f"{values['self']:g} ({official.release.file})",
            got=f"{values['other']:g}",
            fix="give one of the two files",
        )
