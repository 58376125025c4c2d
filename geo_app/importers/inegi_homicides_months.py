"""INEGI's exports of one year by month of registration: places as rows, a file a year.

A file has four lines above its header, thousands commas inside quotes, an empty cell for zero,
states coded by a formula (``=CONCATENAR(0,01)``), municipalities coded `` 01 001 `` and the
countries of deaths abroad at the end. A state, or a country, without a death has no row: the total
of the nation proves that nothing else is missing. Does not own files or releases
(``inegi_homicides``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import area_code, refuse_cut, whole_number
from geo_app.importers.delimited import csv_lines
from geo_app.importers.months import SPANISH_MONTHS
from geo_app.importers.reading import RawFile
from geo_app.states import ABROAD_CODE, NATION_CODE, UNKNOWN_STATE_CODE, state_codes

TITLE = "Defunciones por homicidios"
"""First cell of such a file."""

_HEADER = ["", "", "Total", *SPANISH_MONTHS]
_QUERY = re.compile(r"Consulta de:.*Ent y mun de ocurrencia.*Mes de registro")
_YEAR = re.compile(r"Año de registro\s*:\s*(\d{4})", re.ASCII)
_STATE = re.compile(r"=CONCATENAR\(\s*0?\s*,\s*(\d\d)\)", re.ASCII)
_PART = re.compile(r"(\d\d) \d{3}", re.ASCII)
_OTHER_NAMES = {
    NATION_CODE: "Total",
    ABROAD_CODE: "Extranjero",
    UNKNOWN_STATE_CODE: "No especificado",
}

# Deaths abroad are one block of three countries or groups of them: 33, 34 and 35.
_ABROAD_PARTS = frozenset({"33", "34", "35"})

AREAS = (NATION_CODE, *state_codes(), ABROAD_CODE, UNKNOWN_STATE_CODE)
"""Areas of a year, whether they have a row or not."""


@dataclass(frozen=True, slots=True)
class MonthlyYear:
    """The counts of one year by month of registration, every sum of it proved."""

    year: str
    counts: Mapping[str, tuple[int, ...]]
    """By code of ``AREAS``: twelve months."""
    encoding: str
    blank_count: int
    """Empty cells: the zero of this source."""
    absent: tuple[str, ...]
    """Areas without a row."""


def is_monthly(raw: RawFile) -> bool:
    """Say whether a file begins as such an export does."""
    return TITLE.encode() in raw.content[:60]


def read_year(raw: RawFile) -> MonthlyYear:
    """Read the export of one year.

    Raises
    ------
    SourceInvalid
        If the file is not such an export, is cut, holds a row or a cell of another kind, an area
        twice, or does not add up: months to a row, places to their state, states to the nation.
    """
    numbered, encoding = csv_lines(raw, ("utf-8", "latin-1"))
    year, rows = _split(numbered, raw.name)
    blocks: dict[str, list[int]] = {}
    parts: dict[str, Counter[int]] = {}
    blank_count = 0
    for number, cells in rows:
        where = f"{raw.name} line {number}"
        refuse_cut(cells, len(_HEADER), where)
        counts = [_count(cell, where) for cell in cells[2:]]
        blank_count += sum(not cell.strip() for cell in cells[2:])
        _prove(where, "the months", counts[0], sum(counts[1:]))
        _place(cells, counts, blocks, parts, where)
    _prove_blocks(blocks, parts, raw.name)
    return MonthlyYear(
        year=year,
        counts={code: tuple(blocks.get(code, [0] * 13)[1:]) for code in AREAS},
        encoding=encoding,
        blank_count=blank_count,
        absent=tuple(code for code in AREAS if code not in blocks),
    )


def _split(
    numbered: Sequence[tuple[int, list[str]]], name: str
) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the year and the rows, after proving what stands above and below them."""
    heads = [cells for _, cells in numbered[:5]]
    firsts = [cells[0] for cells in heads]
    texts = [" ".join(cell.split()) for cell in firsts]
    year = next((found for text in texts if (found := _YEAR.fullmatch(text))), None)
    starts = [n for n, cells in enumerate(heads) if [c.strip() for c in cells[:15]] == _HEADER]
    if not (year and starts and any(_QUERY.match(text) for text in texts)):
        message = "not an export of places by month of registration"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected="a year of registration, a query by place of occurrence, Total and 12 months",
            got=" / ".join(texts),
            fix="export the query again: places as rows, months of registration as columns",
        )
    last, ending = numbered[-1]
    if not ending[0].startswith("FUENTE"):
        message = "the last line is not that of the source"
        raise SourceInvalid(message, where=f"{name} line {last}", fix="download the file again")
    return year[1], list(numbered[starts[0] + 1 : -1])


def _place(
    cells: Sequence[str],
    counts: list[int],
    blocks: dict[str, list[int]],
    parts: dict[str, Counter[int]],
    where: str,
) -> None:
    """Add a row to the block that it is, or to the parts of its block."""
    text, name = cells[0].strip(), cells[1].strip()
    if part := _PART.fullmatch(text):
        code = ABROAD_CODE if part[1] in _ABROAD_PARTS else part[1]
        if code not in AREAS[1:]:
            message = "a place in no state"
            raise SourceInvalid(message, where=where, got=f"{text!r} {name!r}")
        parts.setdefault(code, Counter()).update(dict(enumerate(counts)))
        return
    state = _STATE.fullmatch(text)
    code = state[1] if state else NATION_CODE
    if code not in _OTHER_NAMES:
        area_code(code, name, where)
    elif _OTHER_NAMES[code] != name or (text and not state):
        message = "neither the nation, a state nor a municipality"
        raise SourceInvalid(message, where=where, got=f"{text!r} {name!r}")
    if code in blocks:
        message = "an area stands twice"
        raise SourceInvalid(message, where=where, got=code, fix="download the file again")
    blocks[code] = counts


def _prove_blocks(
    blocks: Mapping[str, list[int]], parts: Mapping[str, Counter[int]], name: str
) -> None:
    for code in sorted({*blocks, *parts} - {NATION_CODE}):
        for column, total in enumerate(blocks.get(code, [0] * 13)):
            where = f"{name} area {code} column {_HEADER[column + 2]}"
            _prove(where, "the parts", total, parts.get(code, Counter())[column])
    areas = [counts for code, counts in blocks.items() if code != NATION_CODE]
    for column, total in enumerate(blocks.get(NATION_CODE, [0] * 13)):
        where = f"{name} nation column {_HEADER[column + 2]}"
        _prove(where, "the states", total, sum(counts[column] for counts in areas))


def _count(cell: str, where: str) -> int:
    return whole_number(cell, where) if cell.strip() else 0


def _prove(where: str, what: str, total: int, found: int) -> None:
    if total != found:
        message = f"{what} do not add up to the total"
        fix = "the file was changed after its export; download it again"
        raise SourceInvalid(message, where=where, expected=str(total), got=str(found), fix=fix)
