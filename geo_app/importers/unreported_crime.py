"""INEGI's ENVIPE: crimes not reported, or reported without an investigation ("cifra negra").

Reads INEGI's workbooks on reporting, one an edition, or the list gathered from them. A release is
an edition; what it says is about the crimes of the year before, by the state in which they
happened. An interval is made only where a standard error is given, and says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import area_code, percentage
from geo_app.importers.delimited import csv_table
from geo_app.importers.envipe_editions import (
    UNREPORTED,
    Edition,
    edition_rows,
    read_editions,
    with_bounds,
)
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.importers.sheets import is_sheets
from geo_app.indicators import Interval
from geo_app.states import NATION_CODE, state_codes

SLUG = "unreported-crime"
MEASURE = "unreported_crime_pct"

ERROR_MAKERS = {
    "": Interval.NONE,
    "INEGI err": Interval.PUBLISHED_ERROR,
    "computed Taylor": Interval.COMPUTED,
}
"""Who made a standard error, by the words of the gathered list."""

_ALL = "total"
_YEAR = re.compile(r"20\d\d", re.ASCII)
_COLUMNS = [
    "reference_year",
    "edition_year",
    "cve_ent",
    "state",
    "sex",
    "cifra_negra_pct",
    "std_error_pct",
    "se_source",
]


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read workbooks of any number of editions, or the gathered list.

    Parameters
    ----------
    files
        INEGI's workbooks ``III_…_est.xlsx``, with or without the standard errors of the same
        edition (``III_…_err.xlsx``); or ``envipe_state_cifra_negra_2011_2024.csv`` alone.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One an edition: ``unreported_crime_pct`` of the nation ("00") and the 32 states, in
        percent of the crimes of the year before; NaN where INEGI gives none. ``low`` and ``high``
        are bounds of 95 % where a standard error is held.

    Raises
    ------
    SourceInvalid
        If a file is of no known form, workbooks and a list are mixed, or one cannot be read whole.
    """
    raws = [open_raw(path) for path in files]
    books = [raw for raw in raws if is_sheets(raw)]
    if books and len(books) == len(raws):
        return [_of_edition(item, reading) for item in read_editions(books, UNREPORTED)]
    if len(raws) != 1:
        message = "workbooks and lists in one import"
        raise SourceInvalid(
            message, where=raws[-1].name, fix="give INEGI's workbooks, or the gathered list alone"
        )
    return _of_list(raws[0], reading)


def _of_edition(item: Edition, reading: Reading) -> Imported:
    rows = with_bounds(edition_rows(item)).assign(period=str(item.year - 1), measure=MEASURE)
    release = release_of(f"ENVIPE {item.year}", item.raws, reading)
    return Imported(SLUG, "state_code", rows, release, "xlsx", item.repairs)


def _of_list(raw: RawFile, reading: Reading) -> list[Imported]:
    everyone = csv_table(raw, _COLUMNS)
    found = everyone[everyone["sex"] == _ALL]
    unused = (f"{len(everyone) - len(found)} rows of one sex not used",)
    years = {text: _year(text, raw.name) for text in sorted(set(found["edition_year"]))}
    return [
        Imported(
            SLUG,
            "state_code",
            _listed(found[found["edition_year"] == text], year, raw.name),
            release_of(f"ENVIPE {text}", [raw], reading),
            "utf-8",
            unused if n == 0 else (),
        )
        for n, (text, year) in enumerate(years.items())
    ]


def _year(text: str, where: str) -> int:
    if not _YEAR.fullmatch(text):
        message = "not an edition"
        raise SourceInvalid(message, where=where, expected="such as 2024", got=repr(text))
    return int(text)


def _listed(found: pd.DataFrame, year: int, name: str) -> pd.DataFrame:
    """Return the rows of one edition of the gathered list."""
    rows = pd.DataFrame(
        [_cells(row, year, f"{name} line {line}") for line, row in found.iterrows()],
        columns=["area_code", "value", "error", "interval"],
    )
    absent = {NATION_CODE, *state_codes()} - set(rows["area_code"])
    if absent or rows["area_code"].duplicated().any():
        message = "the edition does not hold each area once"
        raise SourceInvalid(message, where=f"{name} edition {year}", expected="33 areas")
    return with_bounds(rows).assign(period=str(year - 1), measure=MEASURE)


def _cells(row: pd.Series[str], year: int, where: str) -> tuple[str, float, float, str]:
    if row["reference_year"] != str(year - 1):
        message = "the crimes are not those of the year before the edition"
        raise SourceInvalid(message, where=where, expected=str(year - 1), got=row["reference_year"])
    if row["se_source"] not in ERROR_MAKERS:
        message = "the maker of the standard error is not a known one"
        raise SourceInvalid(message, where=where, got=repr(row["se_source"]))
    error = percentage(row["std_error_pct"], where) if row["std_error_pct"] else float("nan")
    return (
        area_code(row["cve_ent"], row["state"], where),
        percentage(row["cifra_negra_pct"], where),
        error,
        str(ERROR_MAKERS[row["se_source"]]),
    )
