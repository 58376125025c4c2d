"""The gathered panels of RNPDNO, cell by cell: states and municipalities by month, the nation.

Owns which file is which, by its columns, and what is refused of a row. Names of states are in lower
case and without accents; a row's code and name must be of one state. Does not own what is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import area_code, whole_number
from geo_app.importers.delimited import csv_lines, csv_table
from geo_app.importers.reading import RawFile
from geo_app.states import NATION_CODE

Counts = Mapping[tuple[str, str, str], int]
"""Persons by state code, month and status."""

REGISTERED = "0"
MISSING_STILL = "7"
STATUSES = {
    REGISTERED: "total",
    "2": "located_alive",
    "3": "located_dead",
    MISSING_STILL: "disappeared_not_located",
}
"""The registry's status numbers and what the panels call them."""

_SEXES = ["male", "female", "undefined"]
_CELLS = ["year", "month", "status_id", *_SEXES, "total"]
_MONTH = re.compile(r"[1-9]|1[0-2]", re.ASCII)
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


class Panel(StrEnum):
    """What a file of the source holds."""

    STATES = "states by month"
    MUNICIPALITIES = "municipalities by month"
    NATION = "nation by year"
    CUMULATIVE = "states, all years together"


COLUMNS = {
    Panel.STATES: ["cve_estado", "state", "status", *_CELLS],
    Panel.MUNICIPALITIES: ["cvegeo", "state", "municipality", *_CELLS],
    Panel.NATION: ["anio", "hombres", "mujeres", "total", "fuente"],
    Panel.CUMULATIVE: ["cve_estado", "estado", "desap_count_acum"],
}
"""Columns by which a file is known."""


def kind_of(raw: RawFile) -> Panel:
    """Say what a file holds, by its header.

    Raises
    ------
    SourceInvalid
        If it is none of the panels.
    """
    lines, _ = csv_lines(raw, ("utf-8",))
    header = {cell.strip() for cell in lines[0][1]}
    for kind, columns in COLUMNS.items():
        if header >= {*columns}:
            return kind
    message = "none of the panels of this source"
    expected = " or ".join(",".join(columns) for columns in COLUMNS.values())
    raise SourceInvalid(message, where=raw.name, expected=expected, got=",".join(sorted(header)))


def read_states(raw: RawFile) -> Counts:
    """Read the panel of states; every row is a state, month and status of its own.

    Raises
    ------
    SourceInvalid
        If a row repeats another, is of no state, month or status, or does not add up.
    """
    table = csv_table(raw, COLUMNS[Panel.STATES])
    counts: dict[tuple[str, str, str], int] = {}
    for where, row in _rows(table, raw.name):
        key = (_state(row["cve_estado"], row["state"], where), *_when(row, where))
        if STATUSES[key[2]] != row["status"]:
            message = "number and name of the status differ"
            got = f"{key[2]} and {row['status']}"
            raise SourceInvalid(message, where=where, expected=STATUSES[key[2]], got=got)
        if key in counts:
            message = "a state, month and status stand twice"
            raise SourceInvalid(message, where=where, got=", ".join(key))
        counts[key] = _total(row, where)
    return counts


def read_municipalities(raw: RawFile) -> Counts:
    """Read the panel of municipalities as the sums of their states.

    Raises
    ------
    SourceInvalid
        If a row repeats another, is of no municipality, month or status, or does not add up.
    """
    table = csv_table(raw, COLUMNS[Panel.MUNICIPALITIES])
    twice = table.duplicated(["cvegeo", "year", "month", "status_id"])
    if twice.any():
        message = "a municipality, month and status stand twice"
        raise SourceInvalid(message, where=f"{raw.name} line {twice.idxmax()}")
    states: dict[tuple[str, str], str] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for where, row in _rows(table, raw.name):
        if not re.fullmatch(r"\d{5}", row["cvegeo"], re.ASCII):
            message = "not the code of a municipality"
            raise SourceInvalid(message, where=where, expected="five digits", got=row["cvegeo"])
        pair = (row["cvegeo"][:2], row["state"])
        if pair not in states:
            states[pair] = _state(*pair, where)
        counts[(states[pair], *_when(row, where))] += _total(row, where)
    return counts


def read_nation(raw: RawFile) -> dict[str, int]:
    """Read the yearly figures of an independent extraction.

    Raises
    ------
    SourceInvalid
        If a year repeats or is none, or a total is no count.
    """
    found: dict[str, int] = {}
    for where, row in _rows(csv_table(raw, COLUMNS[Panel.NATION]), raw.name):
        if not _YEAR.fullmatch(row["anio"]) or row["anio"] in found:
            message = "not a year, or one that stands twice"
            raise SourceInvalid(message, where=where, got=repr(row["anio"]))
        found[row["anio"]] = whole_number(row["total"], where)
    return found


def read_cumulative(raw: RawFile) -> dict[str, int]:
    """Read the figures by state of an independent extraction, all years together.

    Raises
    ------
    SourceInvalid
        If a state repeats, is none, or its total is no count.
    """
    found: dict[str, int] = {}
    for where, row in _rows(csv_table(raw, COLUMNS[Panel.CUMULATIVE]), raw.name):
        code = _state(row["cve_estado"], row["estado"], where)
        if code in found:
            message = "a state stands twice"
            raise SourceInvalid(message, where=where, got=code)
        found[code] = whole_number(row["desap_count_acum"], where)
    return found


def _rows(table: pd.DataFrame, name: str) -> list[tuple[str, dict[str, str]]]:
    columns: Sequence[str] = list(table.columns)
    return [
        (f"{name} line {line}", dict(zip(columns, cells, strict=True)))
        for line, cells in zip(table.index, table.itertuples(index=False, name=None), strict=True)
    ]


def _state(code: str, name: str, where: str) -> str:
    if code == NATION_CODE:
        message = "a row of the nation among those of states"
        raise SourceInvalid(message, where=where, got=code, fix="give the panel of states")
    return area_code(code, name, where)


def _when(row: Mapping[str, str], where: str) -> tuple[str, str]:
    """Return month and status of a row."""
    year, month, status = row["year"], row["month"], row["status_id"]
    if not (_YEAR.fullmatch(year) and _MONTH.fullmatch(month) and status in STATUSES):
        message = "not a year, a month and a status of the registry"
        expected = f"status {', '.join(STATUSES)}"
        got = f"{year}, {month}, {status}"
        raise SourceInvalid(message, where=where, expected=expected, got=got)
    return f"{year}-{int(month):02d}", status


def _total(row: Mapping[str, str], where: str) -> int:
    total = whole_number(row["total"], where)
    parts = sum(whole_number(row[sex], where) for sex in _SEXES)
    if parts != total:
        message = "women, men and those not known do not add up to the total"
        raise SourceInvalid(message, where=where, expected=str(total), got=str(parts))
    return total
