"""US Customs and Border Protection: fentanyl seized, in pounds, by office or sector and month.

A release is a file, named after its first and last month. Whatever an office has no row for stays
empty: CBP lists what was seized and prints no zero for the rest. Does not own the layout of the
files (``cbp_nationwide``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pandas as pd

from geo_app import us_areas
from geo_app.errors import SourceInvalid
from geo_app.importers.cbp_nationwide import Seizures, read_nationwide
from geo_app.importers.months import ENGLISH_MONTHS
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.indicators import Status
from geo_app.periods import Cadence, span

SLUG = "cbp"
POUNDS = "fentanyl_seized_lb"
EVENTS = "fentanyl_seizures_count"


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read CBP's files "nationwide drugs", of any fiscal years.

    Parameters
    ----------
    files
        ``nationwide-drugs-fy*.csv`` as downloaded (a ``.gz`` or one-file ``.zip`` too). The files
        of Air and Marine Operations are refused: they hold joint seizures a second time.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file: every office and sector in every month of it, pounds and number of seizures;
        all preliminary, since CBP declares no month final.

    Raises
    ------
    SourceInvalid
        If a file is not such a file, a row is cut, stands twice or names an office that is not
        listed, a cell is no number, or a month is missing.
    """
    return [_read_one(open_raw(path), reading) for path in files]


def _read_one(raw: RawFile, reading: Reading) -> Imported:
    found = read_nationwide(raw)
    months = _months(found, raw.name)
    pounds = {cell: math.fsum(parts) for cell, parts in found.pounds.items()}
    rows = pd.concat([_rows(POUNDS, pounds, months), _rows(EVENTS, found.events, months)])
    name = f"CBP nationwide drug seizures, {_month(months[0])} to {_month(months[-1])}"
    empty = len(us_areas.codes("us_border")) * len(months) - len(pounds)
    repairs = (
        *found.repairs,
        f"{empty:,} office-months without a row of fentanyl left empty, not zero",
    )
    release = release_of(name, [raw], reading)
    return Imported(SLUG, "us_border_code", rows, release, found.encoding, repairs)


def _rows(
    measure: str,
    cells: dict[tuple[str, str], float] | dict[tuple[str, str], int],
    months: list[str],
) -> pd.DataFrame:
    grid = list(product(us_areas.codes("us_border"), months))
    rows = pd.DataFrame(grid, columns=["area_code", "period"]).assign(measure=measure)
    rows["value"] = pd.Series([cells.get(cell) for cell in grid], dtype=float)
    known = {True: str(Status.PRELIMINARY), False: str(Status.MISSING)}
    return rows.assign(status=rows["value"].notna().map(known))


def _months(found: Seizures, name: str) -> list[str]:
    """Return every month of the file; a month without a row of any drug is a gap."""
    months = span(Cadence.MONTH, min(found.months), max(found.months))
    absent = [month for month in months if month not in found.months]
    if absent:
        message = "a month has no row of any drug"
        raise SourceInvalid(
            message, where=name, expected=f"rows of {absent[0]}", fix="download the file again"
        )
    return months


def _month(text: str) -> str:
    return f"{ENGLISH_MONTHS[int(text[5:]) - 1]} {text[:4]}"
