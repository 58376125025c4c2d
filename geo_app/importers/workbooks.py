"""Sheets of an Excel workbook as rows of texts.

Owns the opening of workbooks and the check of a sheet's header. Does not own what a sheet means.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import RawFile

_SIGNATURE = b"PK\x03\x04"
_MEMBER = "xl/workbook.xml"


def is_workbook(raw: RawFile) -> bool:
    """Tell by its first bytes and its name whether a file claims to be an Excel workbook."""
    return raw.content.startswith(_SIGNATURE) or raw.name.endswith((".xlsx", ".xls"))


def sheet_rows(
    raw: RawFile, sheet: str, columns: Sequence[str]
) -> list[tuple[int, tuple[str, ...]]]:
    """Read a sheet whose first row names its columns.

    Parameters
    ----------
    raw
        The workbook.
    sheet
        Name of the sheet.
    columns
        Names that its first row must hold, in any order; further ones are not read.

    Returns
    -------
    list of (int, tuple of str)
        Row number (from 1) and the cells of ``columns`` as stripped text, "" where empty, of every
        row that is not blank.

    Raises
    ------
    SourceInvalid
        If the file is no workbook, or lacks the sheet or a column.
    """
    from openpyxl import load_workbook

    _refuse_other(raw)
    book = load_workbook(io.BytesIO(raw.content), data_only=True)
    if sheet not in book.sheetnames:
        message = "a sheet is missing"
        raise SourceInvalid(message, where=raw.name, expected=sheet, got=", ".join(book.sheetnames))
    rows = [tuple(map(_text, row)) for row in book[sheet].iter_rows(values_only=True)]
    header = rows[0] if rows else ()
    absent = [name for name in columns if name not in header]
    if absent:
        message = "a column is missing"
        raise SourceInvalid(
            message, where=f"{raw.name} {sheet}", expected=absent[0], got=", ".join(header)
        )
    places = [header.index(name) for name in columns]
    return [(n, tuple(row[p] for p in places)) for n, row in enumerate(rows[1:], 2) if any(row)]


def _refuse_other(raw: RawFile) -> None:
    """Refuse what openpyxl would fail on in words of its own: no zip, cut short, other content."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
            is_whole = archive.testzip() is None and _MEMBER in archive.namelist()
    except zipfile.BadZipFile:
        is_whole = False
    if not is_whole:
        message = "not a whole Excel workbook (.xlsx)"
        raise SourceInvalid(message, where=raw.name, fix="download it again")


def _text(cell: object) -> str:
    # Excel keeps whole numbers as floats at times; 7.0 is the count 7.
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return "" if whole is None else str(whole).strip()
