"""Copies of INEGI's ENVIPE that others made, in the forms in which they are found.

Owns four lists: a think tank's workbook of indicators, the percentages of the first editions as
they stood when another copied them, a third's extract of table 5.13, and the answers of INEGI's
indicator service for women. Does not own INEGI's own workbooks (``envipe_editions``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import area_code, percentage
from geo_app.importers.delimited import csv_lines
from geo_app.importers.inegi_api import observations
from geo_app.importers.reading import Imported, RawFile, Reading, release_of
from geo_app.importers.sheets import Cell, Sheet, read_sheets
from geo_app.importers.tabulados import column
from geo_app.indicators import Interval, Status
from geo_app.states import NATION_CODE, fold, state_codes

SLUG = "envipe"
MEASURE = "insecurity_pct"
WOMEN_MEASURE = "insecurity_women_pct"
"""Women alone: another quantity than ``insecurity_pct``, never in its series."""

WOMEN_INDICATOR = "6204327085"
"""INEGI's indicator of women per 100,000. Some describe it as of all people; its 14 national values
2012-2025 are those of the women in INEGI's own presentation of the edition 2025."""

_INDEX_COLUMNS = ("cve ent", "anio", "indicador value")
_AREAS = (NATION_CODE, *state_codes())
_PERCEIVED = re.compile(r"ins(20\d\d)", re.ASCII)
_CODE = re.compile(r"\d{1,2}", re.ASCII)
_YEAR = re.compile(r"20\d\d", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}(\.\d+)?", re.ASCII)
_ENCODINGS = ("utf-8", "latin-1")


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a copy, before they are a release."""

    cells: list[tuple[str, str, float]]
    """Area code, edition, percent."""
    release: str
    """Name of the release without the years."""
    measure: str
    encoding: str
    repairs: tuple[str, ...] = ()


def read_copy(raws: Sequence[RawFile], found: Found, reading: Reading) -> Imported:
    """Make a release of the rows of a copy.

    Raises
    ------
    SourceInvalid
        If an edition does not hold the nation and each state once.
    """
    rows = pd.DataFrame(found.cells, columns=["area_code", "period", "value"])
    years = sorted(set(rows["period"]))
    if len(rows) != len(_AREAS) * len(years) or rows.duplicated(["area_code", "period"]).any():
        message = "an edition does not hold the nation and each state once"
        raise SourceInvalid(
            message,
            where=raws[0].name,
            expected=f"{len(_AREAS)} areas x {len(years)} editions",
            got=f"{len(rows)} rows",
            fix="give the files of all areas in one import",
        )
    span = years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
    is_held = rows["value"].notna()
    rows["status"] = is_held.map({True: str(Status.FINAL), False: str(Status.MISSING)})
    rows[["low", "high"]] = float("nan")
    return Imported(
        SLUG,
        "state_code",
        rows.assign(measure=found.measure, interval=str(Interval.NONE)),
        release_of(found.release.format(span=span), raws, reading),
        found.encoding,
        found.repairs,
    )


def index_workbook(raw: RawFile) -> Found:
    """Read the sheet ``01_16`` of México, ¿Cómo Vamos?'s workbook of the social progress index.

    Raises
    ------
    SourceInvalid
        If it has no such sheet, lacks a column, or a cell is not what its column says.
    """
    sheet = _only(raw, is_index_sheet, "a sheet 01_16 of perceived insecurity")
    where = f"{raw.name} {sheet.name}"
    area, year, value = (column(sheet, (name,), where) for name in _INDEX_COLUMNS)
    cells = []
    for number, row in sheet.rows[1:]:
        at = f"{where} row {number}"
        cells.append((_area(row[area], at), _edition(row[year], at), _share(row[value], at)))
    return Found(cells, "ENVIPE {span}, México, ¿Cómo Vamos?", MEASURE, "xlsx")


def first_editions(raw: RawFile) -> Found:
    """Read México Evalúa's list of the editions 2011 to 2014, as text or workbook.

    The text has line ends of an old machine and broken accents, so areas are told by their code
    alone. Columns of prevalence and incidence belong to another source and are not used.

    Raises
    ------
    SourceInvalid
        If a column is missing or a cell is not what its column says.
    """
    encoding, lines = _lines(raw)
    header = [str(cell) for cell in lines[0][1]]
    years = {n: match[1] for n, cell in enumerate(header) if (match := _PERCEIVED.fullmatch(cell))}
    if "codigo" not in header or not years:
        message = "a column is missing"
        raise SourceInvalid(message, where=raw.name, expected="codigo and ins2011 to ins2014")
    code = header.index("codigo")
    cells = [
        (_area(row[code], at), year, _share(row[n], at))
        for at, row in ((f"{raw.name} line {number}", row) for number, row in lines[1:])
        for n, year in years.items()
    ]
    unused = sum(cell.startswith(("pre", "inc")) for cell in header)
    words = f"{unused} columns of prevalence and incidence not used"
    return Found(cells, "ENVIPE {span}, México Evalúa", MEASURE, encoding, (words,))


def extract(raw: RawFile) -> Found:
    """Read Datos México's extract of table 5.13 of one edition.

    Raises
    ------
    SourceInvalid
        If a column is missing or a cell is not what its column says.
    """
    encoding, lines = _lines(raw)
    pattern = re.compile(r"percepcion_(20\d\d)_cuadro_5_13", re.ASCII)
    cells = []
    for number, row in lines[1:]:
        at = f"{raw.name} line {number}"
        year = pattern.fullmatch(str(row[0]))
        if year:
            cells.append((_area(row[1], at), year[1], _share(row[2], at)))
    words = f"{len(lines) - 1 - len(cells)} rows of another table not used"
    return Found(cells, "ENVIPE {span}, Datos México", MEASURE, encoding, (words,))


def women_list(raw: RawFile) -> Found:
    """Read the gathered answers of INEGI's indicator service for women, as a list.

    Raises
    ------
    SourceInvalid
        If a name and a code are of two states, or a cell is not what its column says.
    """
    encoding, lines = _lines(raw)
    cells = []
    for number, row in lines[1:]:
        at = f"{raw.name} line {number}"
        year, value, name, code = (str(cell) for cell in row)
        cells.append((area_code(_area(code, at), name, at), _edition(year, at), _rate(value, at)))
    return _women(cells, encoding)


def women_answers(raws: Sequence[RawFile]) -> Found:
    """Read answers of INEGI's indicator service, one an area, for women.

    Raises
    ------
    SourceInvalid
        If an answer is of another indicator: it may be of another quantity altogether.
    """
    cells = []
    for raw in raws:
        for item in observations(raw):
            if item.indicator != WOMEN_INDICATOR:
                message = "an answer about another indicator"
                raise SourceInvalid(
                    message,
                    where=raw.name,
                    expected=f"{WOMEN_INDICATOR} (women who consider their state unsafe)",
                    got=item.indicator,
                    fix="the number of the indicator of all people is not known; use table 5.13",
                )
            missing = math.isnan(item.value)
            share = item.value if missing else percentage(str(item.value / 1000), raw.name)
            cells.append((item.area_code, item.period, share))
    return _women(cells, "json")


def is_index_sheet(head: Sheet) -> bool:
    """Tell whether a sheet is that of perceived insecurity in the workbook of the index."""
    return fold(head.name).startswith("01 16 percepcion")


def is_first_editions(head: Sheet) -> bool:
    """Tell whether a sheet is México Evalúa's list."""
    return bool(head.rows) and {"codigo", "ins2011"} <= set(head.rows[0][1])


def _women(cells: list[tuple[str, str, float]], encoding: str) -> Found:
    words = "women per 100,000 kept as percent of women, apart from the percentage of all people"
    name = f"INEGI indicator {WOMEN_INDICATOR}, {{span}}"
    return Found(cells, name, WOMEN_MEASURE, encoding, (words,))


def _lines(raw: RawFile) -> tuple[str, list[tuple[int, Sequence[Cell]]]]:
    """Return the rows of a list, text or workbook, each as long as its header."""
    if raw.content.startswith(b"PK"):
        sheet = _only(raw, is_first_editions, "a sheet with codigo and ins2011")
        width = sum(cell != "" for cell in sheet.rows[0][1])
        return "xlsx", [(number, row[:width]) for number, row in sheet.rows]
    lines, encoding = csv_lines(raw, _ENCODINGS)
    for number, cells in lines:
        if len(cells) != len(lines[0][1]):
            message = "the row is cut"
            raise SourceInvalid(message, where=f"{raw.name} line {number}", fix="copy it again")
    return encoding, [(number, [cell.strip() for cell in cells]) for number, cells in lines]


def _only(raw: RawFile, wanted: Callable[[Sheet], bool], name: str) -> Sheet:
    found = read_sheets(raw, wanted)
    if len(found) != 1 or len(found[0].rows) < 2:
        message = "a sheet is missing"
        raise SourceInvalid(message, where=raw.name, expected=name)
    return found[0]


def _area(cell: Cell, where: str) -> str:
    code = _whole(cell)
    if not _CODE.fullmatch(code) or code.zfill(2) not in _AREAS:
        message = "not a code of the nation or a state"
        raise SourceInvalid(message, where=where, expected="00 to 32", got=repr(cell))
    return code.zfill(2)


def _edition(cell: Cell, where: str) -> str:
    if not _YEAR.fullmatch(_whole(cell)):
        message = "not an edition"
        raise SourceInvalid(message, where=where, expected="such as 2024", got=repr(cell))
    return _whole(cell)


def _share(cell: Cell, where: str) -> float:
    return percentage(str(cell), where)


def _rate(text: str, where: str) -> float:
    """Return percent from people per 100,000."""
    if not _NUMBER.fullmatch(text):
        message = "not a rate per 100,000"
        raise SourceInvalid(message, where=where, expected="0 to 100,000", got=repr(text))
    return percentage(str(float(text) / 1000), where)


def _whole(cell: Cell) -> str:
    # Excel keeps whole numbers as floats: 2011.0 is the year 2011.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
