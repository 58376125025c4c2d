"""Tables of ``../shared`` that gather what former releases of SESNSP's case files said.

Revisions by the date of a public copy; years by state, the last one a part of it; the same years
of the nation. Owns their columns and what is proved of them. Does not own what becomes of the rows
(``sesnsp_cases``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import area_code, whole_number
from geo_app.importers.delimited import csv_table
from geo_app.importers.reading import RawFile
from geo_app.importers.sesnsp_cells import refuse_twice, state_of, year_of
from geo_app.importers.streams import Opened
from geo_app.indicators import Status
from geo_app.periods import Cadence, span
from geo_app.states import state_codes

REVISIONS = ("publicado_hacia", "anio", "mes", "cve_ent", "carpetas")
YEARS = ("anio", "cobertura", "cve_ent", "entidad", "delito", "carpetas")
NATION = ("anio", "cobertura", "delito", "carpetas", "victimas")

CRIME = "Homicidio doloso"
_WHOLE = "completo"
_PARTS = {"ene-ago": "08"}
"""Last month of a part of a year, by the word for it."""

_MAX_BYTES = 32 * 1024**2


@dataclass(frozen=True, slots=True)
class Gathered:
    """A gathered table, as texts."""

    raw: RawFile
    header: tuple[str, ...]
    cells: pd.DataFrame
    """The index is the line in the file."""
    encoding: str = "utf-8"


def read_gathered(file: Opened, header: tuple[str, ...]) -> Gathered:
    """Read a gathered table as texts.

    Raises
    ------
    SourceInvalid
        If it is far too long, not UTF-8 or a row is cut.
    """
    content = file.body.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        message = "far longer than the gathered table"
        raise SourceInvalid(message, where=file.raw.name, expected=f"{_MAX_BYTES:,} bytes at most")
    raw = RawFile(file.raw.name, content, file.raw.sha256)
    return Gathered(file.raw, header, csv_table(raw, header))


def revisions(table: Gathered, seen: Mapping[str, str]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield every release of the table of revisions, oldest first.

    Parameters
    ----------
    table
        Columns ``REVISIONS``.
    seen
        The known date of the copy of each release, by its last month.

    Yields
    ------
    last, rows
        Last month of the release; columns area_code, period, value, status.

    Raises
    ------
    SourceInvalid
        If a cell is no count, state or month, a release is not complete, or its date is another.
    """
    name = table.raw.name
    rows = table.cells.assign(
        area_code=_read(table, "cve_ent", state_of),
        period=_read(table, "anio", year_of) + "-" + _read(table, "mes", _month),
        value=_read(table, "carpetas", whole_number).astype(float),
        status=str(Status.PRELIMINARY),
    )
    refuse_twice(rows, ["publicado_hacia", "area_code", "period"], name)
    for day, mine in rows.groupby("publicado_hacia", sort=True):
        last = str(mine["period"].max())
        months = span(Cadence.MONTH, str(mine["period"].min()), last)
        if len(mine) != len(months) * len(state_codes()):
            message = f"the release of {day} is not complete"
            raise SourceInvalid(
                message,
                where=name,
                expected=f"32 states x {len(months)} months to {last}",
                got=f"{len(mine)} rows",
            )
        if seen.get(last) != day:
            message = f"another date of the release to {last} is known"
            raise SourceInvalid(message, where=name, expected=seen.get(last, "none"), got=str(day))
        yield last, mine[["area_code", "period", "value", "status"]].reset_index(drop=True)


def years(table: Gathered, nation: Gathered | None) -> tuple[pd.DataFrame, str, tuple[str, ...]]:
    """Return the years by state, proved against the nation where that table is given.

    Parameters
    ----------
    table
        Columns ``YEARS``.
    nation
        Columns ``NATION``; None where it was not given.

    Returns
    -------
    rows, last, repairs
        Columns area_code, period, value, status ("partial" for a part of a year); the last month
        counted; what is to be said.

    Raises
    ------
    SourceInvalid
        If a cell is no count, state or year, a state is missing, or a sum is not the nation's.
    """
    name = table.raw.name
    cells = table.cells[table.cells["delito"] == CRIME]
    mine = Gathered(table.raw, table.header, cells)
    rows = cells.assign(
        area_code=_states(mine),
        period=_read(mine, "anio", year_of),
        value=_read(mine, "carpetas", whole_number).astype(float),
        status=_read(mine, "cobertura", _status),
    )
    refuse_twice(rows, ["area_code", "period"], name)
    _refuse_gaps(rows, name)
    last = _last_month(rows, name)
    repairs = [f"{len(table.cells) - len(rows):,} rows of other crimes were not used"]
    if nation is None:
        repairs.append("not proved against the nation: its table was not given")
    else:
        _prove(rows, nation)
        repairs.append(f"the states add up to the nation in {rows['period'].nunique()} periods")
    part = rows.loc[rows["status"] == Status.PARTIAL, "period"]
    if len(part):
        repairs.append(f"{part.iloc[0]} is a part of a year, to {last}, and is marked as one")
    kept = rows[["area_code", "period", "value", "status"]].reset_index(drop=True)
    return kept, last, tuple(repairs)


def _read(table: Gathered, column: str, read: Callable[[str, str], str | int]) -> pd.Series:
    """Read the cells of a column, each different text once."""
    cells = table.cells[column]
    first = cells.drop_duplicates()
    where = {text: f"{table.raw.name} line {line}" for line, text in first.items()}
    return cells.map({text: read(text, place) for text, place in where.items()})


def _month(text: str, where: str) -> str:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 12:
        message = "not a month"
        raise SourceInvalid(message, where=where, expected="1 to 12", got=repr(text))
    return text.zfill(2)


def _status(text: str, where: str) -> str:
    if text != _WHOLE and text not in _PARTS:
        message = "not a known part of a year"
        raise SourceInvalid(
            message, where=where, expected=", ".join([_WHOLE, *_PARTS]), got=repr(text)
        )
    return str(Status.PRELIMINARY if text == _WHOLE else Status.PARTIAL)


def _states(table: Gathered) -> list[str]:
    pairs = zip(table.cells.index, table.cells["cve_ent"], table.cells["entidad"], strict=True)
    return [
        area_code(state_of(code, f"{table.raw.name} line {n}"), name, f"{table.raw.name} line {n}")
        for n, code, name in pairs
    ]


def _refuse_gaps(rows: pd.DataFrame, name: str) -> None:
    held = sorted(rows["period"].unique())
    wanted = span(Cadence.YEAR, held[0], held[-1]) if held else ["any year"]
    if len(rows) != len(wanted) * len(state_codes()):
        message = f"the table does not hold {CRIME} of every state and year"
        raise SourceInvalid(
            message,
            where=name,
            expected=f"32 states x {len(wanted)} years",
            got=f"{len(rows)} rows",
            fix="gather it again",
        )


def _last_month(rows: pd.DataFrame, name: str) -> str:
    last = max(rows["period"])
    words = set(rows.loc[rows["period"] == last, "cobertura"])
    earlier = set(rows.loc[rows["period"] < last, "cobertura"])
    if len(words) != 1 or not earlier <= {_WHOLE}:
        message = "only the last year may be a part of one, and of every state the same"
        raise SourceInvalid(message, where=name, got=", ".join(sorted(words | earlier)))
    return f"{last}-{_PARTS.get(words.pop(), '12')}"


def _prove(rows: pd.DataFrame, nation: Gathered) -> None:
    sums = rows.groupby(["period", "cobertura"])["value"].sum()
    cells = nation.cells[nation.cells["delito"] == CRIME]
    mine = Gathered(nation.raw, nation.header, cells)
    totals = cells.assign(value=_read(mine, "carpetas", whole_number).astype(float))
    refuse_twice(totals, ["anio"], nation.raw.name)
    stated = totals.set_index(["anio", "cobertura"])["value"]
    for key in sums.index.union(stated.index):
        if sums.get(key) != stated.get(key):
            message = f"the states do not add up to the nation in {key[0]}"
            raise SourceInvalid(
                message,
                where=nation.raw.name,
                expected=str(stated.get(key)),
                got=str(sums.get(key)),
                fix="gather both tables from one release",
            )
