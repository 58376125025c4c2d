"""INEGI's deaths by homicide: the export of the interactive query, by place and year.

The file has the years as rows and 2,490 places as columns, in latin-1: a total, then each state
followed by its municipalities and a column "No especificado", then deaths abroad and deaths in no
known state. A single space stands for zero. Names repeat (the state and the municipality of
Aguascalientes), so a column is known by its place, and the sums prove that the place was right.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import state_code, whole_number
from geo_app.importers.delimited import csv_lines
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.indicators import Status
from geo_app.states import ABROAD_CODE, NATION_CODE, UNKNOWN_STATE_CODE, state_codes

SLUG = "inegi-homicides"
MEASURE = "deaths_count"

_UNSPECIFIED = "No especificado"
_ABROAD = "Extranjero"


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read exports of INEGI's query "Defunciones por homicidios", occurrence by registration year.

    Parameters
    ----------
    files
        Exports as downloaded; a ``.gz`` or one-file ``.zip`` of one is read as well.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file: every year for the nation ("00"), the 32 states, deaths abroad ("33") and in no
        known state ("99").

    Raises
    ------
    SourceInvalid
        If a file is not such an export, lacks a state, holds something that is not a count, or
        does not add up.
    """
    return [_read_one(open_raw(path), reading) for path in files]


def _read_one(raw: RawFile, reading: Reading) -> Imported:
    # Every byte is latin-1, so UTF-8 has to be tried first for copies saved by other programs.
    numbered, encoding = csv_lines(raw, ("utf-8", "latin-1"))
    lines = [cells for _, cells in numbered]
    header = [cell.strip() for cell in lines[0]]
    blocks = _state_columns(header, raw.name)
    records = [row for line in lines[1:] for row in _year_rows(line, header, blocks, raw.name)]
    rows = pd.DataFrame(records, columns=["period", "area_code", "value"])
    rows["value"] = rows["value"].astype(float)
    rows = rows.assign(measure=MEASURE, status=str(Status.FINAL))
    years = sorted(rows["period"].unique())
    release = release_of(f"INEGI {years[0]}-{years[-1]}", [raw], reading)
    blank = sum(cell.strip() == "" for line in lines[1:] for cell in line)
    repairs = (f"{blank} cells with a space read as zero, as INEGI writes it",)
    return Imported(SLUG, "state_code", rows, release, encoding, repairs)


def _state_columns(header: list[str], name: str) -> dict[str, slice]:
    """Return, by state code, the columns of a state: the state itself first, then its parts."""
    if header[1:2] != ["Total"] or header[-2:] != [_ABROAD, _UNSPECIFIED]:
        message = "not an export of places by year"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected=f"columns Total … {_ABROAD}, {_UNSPECIFIED}",
            got=", ".join([*header[1:3], "…", *header[-2:]]),
            fix="export the query again with all places as columns and the years as rows",
        )
    blocks: dict[str, slice] = {}
    start = 2
    for column in range(2, len(header) - 2):
        if header[column] == _UNSPECIFIED:
            code = state_code(header[start], f"{name} line 1 column {start + 1}")
            blocks[code] = slice(start, column + 1)
            start = column + 1
    if tuple(blocks) != state_codes():
        message = "the states are not the 32 in the order of their codes"
        raise SourceInvalid(message, where=f"{name} line 1", got=", ".join(blocks))
    return blocks


def _year_rows(
    line: list[str], header: list[str], blocks: dict[str, slice], name: str
) -> list[tuple[str, str, int]]:
    year = line[0].strip()
    where = f"{name} row {year}"
    if not (year.isdigit() and len(year) == 4) or len(line) != len(header):
        message = "the row is cut or is not a year"
        raise SourceInvalid(
            message,
            where=where,
            expected=f"a year and {len(header) - 1} cells",
            got=f"{line[0]!r} and {len(line) - 1}",
            fix="download the file again",
        )
    counts = [0] + [_count(cell, where) for cell in line[1:]]
    found = {code: counts[columns][0] for code, columns in blocks.items()}
    for code, columns in blocks.items():
        _prove_sum(f"{where} state {code}", found[code], counts[columns][1:])
    found |= {ABROAD_CODE: counts[-2], UNKNOWN_STATE_CODE: counts[-1]}
    _prove_sum(where, counts[1], list(found.values()))
    return [(year, code, count) for code, count in {NATION_CODE: counts[1], **found}.items()]


def _count(cell: str, where: str) -> int:
    return whole_number(cell, where) if cell.strip() else 0


def _prove_sum(where: str, total: int, parts: list[int]) -> None:
    if sum(parts) != total:
        message = "the parts do not add up to the total"
        raise SourceInvalid(
            message,
            where=where,
            expected=str(total),
            got=str(sum(parts)),
            fix="the file was changed after its export; download it again",
        )
