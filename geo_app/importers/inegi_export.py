"""INEGI's export of places by year: its layout, read once for states and for municipalities.

The file has the years as rows and 2,490 places as columns, in latin-1: a total, then each state
followed by its municipalities and a column "No especificado", then deaths abroad and deaths in no
known state. A single space stands for zero. Names repeat (the state and the municipality of
Aguascalientes), so a column is known by its place, and the sums prove that the place was right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import state_code, whole_number
from geo_app.importers.delimited import csv_lines
from geo_app.importers.reading import RawFile
from geo_app.states import state_codes

UNSPECIFIED = "No especificado"
"""Name of the column of deaths in no known municipality of a state, or in no known state."""

_ABROAD = "Extranjero"


@dataclass(frozen=True, slots=True)
class Year:
    """The counts of one year."""

    period: str
    nation: int
    states: Mapping[str, int]
    """By state code."""
    parts: Mapping[str, tuple[int, ...]]
    """By state code: its municipalities in the order of ``Export.places``, the unspecified last."""
    abroad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Export:
    """The whole file, every sum of it proved."""

    places: Mapping[str, tuple[str, ...]]
    """By state code: the names of its columns after its own, ``UNSPECIFIED`` last."""
    years: tuple[Year, ...]
    encoding: str
    blank_count: int
    """Cells that hold a space: the zero of this source."""

    @property
    def release(self) -> str:
        """Name of the release that the file is."""
        periods = sorted(year.period for year in self.years)
        return f"INEGI {periods[0]}-{periods[-1]}"

    @property
    def blanks_read(self) -> str:
        """What the report of an import says of the blank cells."""
        return f"{self.blank_count} cells with a space read as zero, as INEGI writes it"


def read_export(raw: RawFile) -> Export:
    """Read an export of INEGI's query "Defunciones por homicidios", occurrence by year.

    Raises
    ------
    SourceInvalid
        If the file is not such an export, lacks a state, holds a year twice or something that
        is not a count, or does not add up.
    """
    # Every byte is latin-1, so UTF-8 has to be tried first for copies saved by other programs.
    numbered, encoding = csv_lines(raw, ("utf-8", "latin-1"))
    lines = [cells for _, cells in numbered]
    header = [cell.strip() for cell in lines[0]]
    blocks = _state_columns(header, raw.name)
    years = tuple(_year(line, len(header), blocks, raw.name) for line in lines[1:])
    _refuse_twice([year.period for year in years], raw.name)
    return Export(
        places={code: tuple(header[columns][1:]) for code, columns in blocks.items()},
        years=years,
        encoding=encoding,
        blank_count=sum(cell.strip() == "" for line in lines[1:] for cell in line),
    )


def _state_columns(header: list[str], name: str) -> dict[str, slice]:
    """Return, by state code, the columns of a state: the state itself first, then its parts."""
    if header[1:2] != ["Total"] or header[-2:] != [_ABROAD, UNSPECIFIED]:
        message = "not an export of places by year"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected=f"columns Total … {_ABROAD}, {UNSPECIFIED}",
            got=", ".join([*header[1:3], "…", *header[-2:]]),
            fix="export the query again with all places as columns and the years as rows",
        )
    blocks: dict[str, slice] = {}
    start = 2
    for column in range(2, len(header) - 2):
        if header[column] == UNSPECIFIED:
            code = state_code(header[start], f"{name} line 1 column {start + 1}")
            blocks[code] = slice(start, column + 1)
            start = column + 1
    if tuple(blocks) != state_codes():
        message = "the states are not the 32 in the order of their codes"
        raise SourceInvalid(message, where=f"{name} line 1", got=", ".join(blocks))
    return blocks


def _year(line: list[str], width: int, blocks: Mapping[str, slice], name: str) -> Year:
    period = line[0].strip()
    where = f"{name} row {period}"
    if not (period.isdigit() and len(period) == 4) or len(line) != width:
        message = "the row is cut or is not a year"
        raise SourceInvalid(
            message,
            where=where,
            expected=f"a year and {width - 1} cells",
            got=f"{line[0]!r} and {len(line) - 1}",
            fix="download the file again",
        )
    counts = [0] + [_count(cell, where) for cell in line[1:]]
    states = {code: counts[columns][0] for code, columns in blocks.items()}
    parts = {code: tuple(counts[columns][1:]) for code, columns in blocks.items()}
    for code, total in states.items():
        _prove_sum(f"{where} state {code}", total, parts[code])
    _prove_sum(where, counts[1], [*states.values(), *counts[-2:]])
    return Year(period, counts[1], states, parts, counts[-2], counts[-1])


def _refuse_twice(periods: Sequence[str], name: str) -> None:
    # Added up, the deaths of such a year would be twice as many.
    twice = sorted({period for period in periods if periods.count(period) > 1})
    if twice:
        message = "the same year stands twice"
        fix = "download the file again"
        raise SourceInvalid(message, where=name, got=", ".join(twice), fix=fix)


def _count(cell: str, where: str) -> int:
    return whole_number(cell, where) if cell.strip() else 0


def _prove_sum(where: str, total: int, parts: Sequence[int]) -> None:
    if sum(parts) != total:
        message = "the parts do not add up to the total"
        raise SourceInvalid(
            message,
            where=where,
            expected=str(total),
            got=str(sum(parts)),
            fix="the file was changed after its export; download it again",
        )
