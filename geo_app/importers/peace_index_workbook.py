"""IEP's workbook of the Mexico Peace Index: a long sheet whose fifth row names the columns.

Owns its layout and what may be unpacked of it. No copy of the file was at hand: the layout is the
one that a reader of the edition of 2026 wrote down. Does not own releases (``peace_index``).
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Sequence

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import refuse_cut, state_code
from geo_app.importers.peace_index_lists import Edition, Found, put, refuse_odd_scores, score
from geo_app.importers.quantities import year
from geo_app.importers.reading import RawFile
from geo_app.states import NATION_CODE, fold

SHEET = "MPI"
HEADER_ROW = 5
OVERALL = "overall score"

_COLUMNS = ("geocode", "state", "year", "indicator", "banded score")
_NATION = "national"
_SIGNATURE = b"PK"
_MOST_ROWS = 20_000
"""33 areas, 6 indicators and 11 years are 2,178 rows."""
_MOST_COLUMNS = 30
_MOST_BYTES = 64_000_000
"""Unpacked size of the whole workbook; a larger one is a bomb."""

# What zipfile and zlib raise of bytes that are no whole archive; RuntimeError is their word for a
# password, NotImplementedError (one of its children) for an odd compression.
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    OverflowError,
    zlib.error,
    zipfile.BadZipFile,
)

Row = tuple[int, tuple[str, ...]]


def is_zipped(raw: RawFile) -> bool:
    """Tell by its first bytes or its name whether a file claims to be a workbook."""
    return raw.content.startswith(_SIGNATURE) or raw.name.lower().endswith((".xlsx", ".xls"))


def read_workbook(raw: RawFile) -> Found:
    """Read the edition that a workbook is of: the overall scores of its newest year of data.

    Raises
    ------
    SourceInvalid
        If it is no such workbook, the columns differ, a state lacks a score, or an area has two
        codes.
    """
    rows = _rows(raw)
    newest = max((year(row[2], _where(raw, number)) for number, row in rows), default=0)
    # The data of a report are those of the year before it.
    edition = Edition(newest + 1)
    codes: dict[str, str] = {}
    older = others = 0
    for number, (geocode, name, when, indicator, points) in rows:
        where = _where(raw, number)
        code = NATION_CODE if fold(name) == _NATION else state_code(name, where)
        _refuse_two_codes(codes, code, geocode, where)
        if fold(indicator) != OVERALL:
            others += 1
        elif year(when, where) < newest:
            older += 1
        else:
            put(edition.scores, code, score(points, where), where)
    refuse_odd_scores(edition, raw.name)
    repairs = (
        f"{older:,} scores of earlier years, computed anew for this edition, not used",
        f"{others:,} rows of other indicators not used",
    )
    return Found((edition,), "xlsx", repairs)


def _refuse_two_codes(codes: dict[str, str], code: str, geocode: str, where: str) -> None:
    """Refuse an area that comes under two of the source's own codes."""
    if codes.setdefault(code, geocode) != geocode:
        message = "an area has two codes"
        expected, got = repr(codes[code][:20]), repr(geocode[:20])
        raise SourceInvalid(message, where=where, expected=expected, got=got)


def _where(raw: RawFile, number: int) -> str:
    return f"{raw.name} {SHEET} row {number}"


def _rows(raw: RawFile) -> list[Row]:
    """Return the rows below the header as texts, blank ones left out."""
    cells = _cells(raw)
    where = f"{raw.name} {SHEET} row {HEADER_ROW}"
    header = [fold(text) for text in dict(cells).get(HEADER_ROW, ())]
    places = [header.index(name) for name in _COLUMNS if name in header]
    if len(places) != len(_COLUMNS):
        message = "not the columns of the Mexico Peace Index"
        got = ", ".join(header)[:200]
        raise SourceInvalid(message, where=where, expected=", ".join(_COLUMNS), got=got)
    below = [(number, row) for number, row in cells if number > HEADER_ROW and any(row)]
    if not below or len(cells) >= _MOST_ROWS:
        message = "the sheet has no rows, or more than an edition has"
        raise SourceInvalid(message, where=where, expected=f"up to {_MOST_ROWS:,} rows")
    for number, row in below:
        refuse_cut(row[: len(header)], len(header), _where(raw, number))
    return [(number, tuple(row[place] for place in places)) for number, row in below]


def _cells(raw: RawFile) -> Sequence[Row]:
    from openpyxl import load_workbook

    _refuse_other(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw.content), read_only=True, data_only=True)
            names = [name for name in book.sheetnames if name.strip() == SHEET]
            if len(names) == 1:
                sheet = book[names[0]]
                lines = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
                return [(n, tuple(map(_text, line))) for n, line in enumerate(lines, 1)]
    except Exception as error:  # the library has no error of its own for bad XML
        message = f"not readable as an Excel workbook ({type(error).__name__})"
        raise SourceInvalid(message, where=raw.name, fix="download it again") from error
    message = "not exactly one sheet of the index"
    got = ", ".join(book.sheetnames)[:200]
    raise SourceInvalid(message, where=raw.name, expected=SHEET, got=got)


def _refuse_other(raw: RawFile) -> None:
    """Refuse what is no workbook, cut short, or would unpack without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
            size = sum(item.file_size for item in archive.infolist())
            is_whole = size <= _MOST_BYTES and archive.testzip() is None
            is_book = "xl/workbook.xml" in archive.namelist()
    except _BROKEN:
        is_whole = is_book = False
    if not (is_whole and is_book):
        message = "not a whole Excel workbook (.xlsx) of a sensible size"
        raise SourceInvalid(message, where=raw.name, fix="download it again")


def _text(cell: object) -> str:
    # Excel keeps whole numbers as floats at times; 2025.0 is the year 2025.
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return "" if whole is None else str(whole).strip()
