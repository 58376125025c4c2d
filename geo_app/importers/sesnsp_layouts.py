"""The two layouts in which SESNSP's victims come: the official file and a workbook of state sums.

Owns how a line becomes counts by state and month. Does not own which months are published
(``sesnsp_victims``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import refuse_cut, state_code, whole_number
from geo_app.importers.delimited import csv_lines
from geo_app.importers.reading import RawFile
from geo_app.importers.workbooks import sheet_rows
from geo_app.states import fold

SUBTYPE = "Homicidio doloso"

_MONTHS = (
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
)
_NUMBERS = {fold(name): f"{n:02d}" for n, name in enumerate(_MONTHS, 1)}
_KEY = (
    "Año",
    "Clave_Ent",
    "Entidad",
    "Bien jurídico afectado",
    "Tipo de delito",
    "Subtipo de delito",
    "Modalidad",
    "Sexo",
    "Rango de edad",
)
_HEADER = tuple(fold(name) for name in (*_KEY, *_MONTHS))
_MAY_BE_DAMAGED = {fold(name) for name in _KEY if not name.isascii()}

_STATE_SHEET = "Estatal_Mensual"
_NATION_SHEET = "Nacional_Mensual"
_SUM_COLUMNS = ("Año", "Mes", "Total_Victimas")


@dataclass(frozen=True, slots=True)
class Found:
    """What a file of either layout says."""

    counts: Mapping[tuple[str, str], int | None]
    """Victims by state code and month; None where a cell of the sum is blank."""
    active: frozenset[str]
    """Months in which anything at all was reported, in any state."""
    encoding: str
    repairs: tuple[str, ...]


def read_victims(raw: RawFile) -> Found:
    """Read the official file: a row a year, state, crime, means, sex and age; a column a month.

    Raises
    ------
    SourceInvalid
        If it is not that file, or a row is cut, missing or doubled, or a cell is not a count.
    """
    # cp1252 fits nearly every text, so UTF-8 has to be tried first.
    lines, encoding = csv_lines(raw, ("utf-8", "cp1252"))
    columns, damaged = _columns(lines[0][1], raw.name)
    keys: dict[tuple[str, ...], int] = {}
    parts: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    kinds: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    active: set[str] = set()
    commas = 0
    for number, cells in lines[1:]:
        where = f"{raw.name} line {number}"
        refuse_cut(cells, len(lines[0][1]), where)
        line = [cells[columns[name]].strip() for name in _HEADER]
        year, state = _year(line[0], where), _state(line[1], where)
        _refuse_twice(keys, (year, state, *line[4:9]), number, raw.name)
        months = [f"{year}-{n}" for n in _NUMBERS.values()]
        counts = line[len(_KEY) :]
        active |= {m for m, cell in zip(months, counts, strict=True) if cell not in ("", "0")}
        if line[5].casefold() == SUBTYPE.casefold():
            kinds[year, state].add(tuple(line[6:9]))
            commas += sum("," in cell for cell in counts)
            for month, cell in zip(months, counts, strict=True):
                parts[state, month].append(whole_number(cell, f"{where} {month}") if cell else None)
    _refuse_missing_kinds(kinds, raw.name)
    repairs = (damaged, f"{commas} counts with thousands commas" if commas else "")
    sums = {cell: _sum(counts) for cell, counts in parts.items()}
    return Found(sums, frozenset(active), encoding, tuple(filter(None, repairs)))


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _columns(header: Sequence[str], name: str) -> tuple[dict[str, int], str]:
    """Return the place of every column, and in words which names were damaged."""
    places = {fold(cell): place for place, cell in enumerate(header)}
    absent = [column for column in _HEADER if column not in places]
    if len(header) != len(_HEADER) or not set(absent) <= _MAY_BE_DAMAGED:
        message = "not the file of victims"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected=f"{len(_HEADER)} columns, Año to Diciembre, with Sexo and Rango de edad",
            got=f"{len(header)} columns" + (f", none called {absent[0]!r}" if absent else ""),
            fix="download the file of victims, not that of case files",
        )
    # Programs that guess the encoding wrong only damage letters with accents: the place is right.
    places |= {column: _HEADER.index(column) for column in absent}
    odd = ", ".join(repr(header[places[column]]) for column in absent)
    return places, f"{len(absent)} damaged column names read by their place ({odd})" if odd else ""


def _year(text: str, where: str) -> str:
    if len(text) != 4 or not text.isascii() or not text.isdigit():
        message = "not a year"
        raise SourceInvalid(message, where=where, expected="a year such as 2022", got=repr(text))
    return text


def _state(text: str, where: str) -> str:
    return state_code(text.zfill(2), where)


def _refuse_twice(
    keys: dict[tuple[str, ...], int], key: tuple[str, ...], number: int, name: str
) -> None:
    first = keys.setdefault(key, number)
    if first != number:
        message = f"the row stands twice, first in line {first}"
        raise SourceInvalid(
            message,
            where=f"{name} line {number}",
            got=", ".join(key),
            fix="download the file again",
        )


def _refuse_missing_kinds(kinds: Mapping[tuple[str, str], set[tuple[str, ...]]], name: str) -> None:
    """Refuse a state that lacks a row of means, sex and age that another state has that year."""
    of_year: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for (year, _), found in kinds.items():
        of_year[year] |= found
    for (year, state), found in kinds.items():
        lacking = sorted(of_year[year] - found)
        if lacking:
            message = f"a row of {SUBTYPE} is missing"
            raise SourceInvalid(
                message,
                where=f"{name} year {year} state {state}",
                expected=", ".join(lacking[0]),
                fix="download the file again",
            )


def read_sums(raw: RawFile) -> Found:
    """Read a workbook of sums by state and month, and prove them against its national sums.

    Raises
    ------
    SourceInvalid
        If it is not that workbook, a row is doubled, a cell is not a count, or a sum differs.
    """
    counts: dict[tuple[str, str], int | None] = {}
    keys: dict[tuple[str, ...], int] = {}
    for number, (name, year, month, count) in sheet_rows(
        raw, _STATE_SHEET, ("Entidad", *_SUM_COLUMNS)
    ):
        where = f"{raw.name} {_STATE_SHEET} row {number}"
        cell = (state_code(name, where), _month(year, month, where))
        _refuse_twice(keys, cell, number, raw.name)
        counts[cell] = whole_number(count, where) if count else None
    _prove_national(raw, counts)
    active = frozenset(month for (_, month), count in counts.items() if count)
    return Found(counts, active, "xlsx", ())


def _month(year: str, name: str, where: str) -> str:
    if fold(name) not in _NUMBERS:
        message = "not a month"
        raise SourceInvalid(message, where=where, expected=", ".join(_MONTHS), got=repr(name))
    return f"{_year(year, where)}-{_NUMBERS[fold(name)]}"


def _prove_national(raw: RawFile, counts: Mapping[tuple[str, str], int | None]) -> None:
    sums: dict[str, int] = defaultdict(int)
    for (_, month), count in counts.items():
        sums[month] += count or 0
    for number, (year, name, total) in sheet_rows(raw, _NATION_SHEET, _SUM_COLUMNS):
        where = f"{raw.name} {_NATION_SHEET} row {number}"
        month = _month(year, name, where)
        if whole_number(total, where) != sums[month]:
            message = f"the states do not add up to the nation in {month}"
            raise SourceInvalid(
                message,
                where=where,
                expected=total,
                got=str(sums[month]),
                fix="ask the maker of the workbook",
            )
