"""Large workbooks a row at a time: sheets of hundred thousands of rows without holding them.

Owns the limits beyond which a workbook is a trap and the opening in streaming mode. Does not own
what a sheet means; small sheets are read by ``workbooks``.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, TypeVar

from geo_app.errors import SourceInvalid
from geo_app.importers.streams import BROKEN, Opened

MAX_COLUMNS = 40
"""No official table is wider; cells beyond are not looked at."""

_MAX_PART_BYTES = 32 * 1024**2
_MAX_SHEET_BYTES = 1024**3
_MAX_RATIO = 200
"""Sheets shrink to a twentieth; what unfolds two hundred times was made to."""

_BROKEN = (*BROKEN, LookupError, TypeError, AttributeError, SyntaxError, ArithmeticError)
"""What openpyxl raises on a workbook that is damaged inside, beside its own errors."""

if TYPE_CHECKING:
    from openpyxl import Workbook

Found = TypeVar("Found")


def sheets(file: Opened) -> list[str]:
    """Return the names of the sheets of a workbook, in their order.

    Raises
    ------
    SourceInvalid
        If it is no whole workbook.
    """
    with _book(file) as book:
        return list(book.sheetnames)


def rows(
    file: Opened, choose: Callable[[str, list[str]], Found | None]
) -> Iterator[tuple[Found, int, list[str]]]:
    """Yield the rows of the first sheet that is chosen.

    Parameters
    ----------
    file
        The workbook.
    choose
        Called with the title and the first row of each sheet; returns what the caller makes of
        them, or None for another sheet.

    Yields
    ------
    found, number, cells
        What ``choose`` made of the sheet, row number (from 2) and the cells as stripped texts, ""
        where empty, as many as the header has or more; rows without any are left out.

    Raises
    ------
    SourceInvalid
        If it is no whole workbook.
    """
    with _book(file) as book:
        for sheet in book.worksheets:
            lines = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
            header = _trimmed(next(lines, ()))
            found = choose(str(sheet.title), header)
            if found is None:
                continue
            for number, line in enumerate(lines, 2):
                cells = [_text(cell) for cell in line]
                if any(cells):
                    yield found, number, cells + [""] * (len(header) - len(cells))
            return


def _trimmed(line: tuple[object, ...]) -> list[str]:
    cells = [_text(cell) for cell in line]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    # Excel keeps whole numbers as floats at times; 7.0 is the count 7.
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return "" if whole is None else str(whole).strip()


@contextmanager
def _book(file: Opened) -> Iterator[Workbook]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException, ReadOnlyWorkbookException

    try:
        _refuse_traps(file.body, file.raw.name)
        file.body.seek(0)
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it leaves out: no cell is among them.
            warnings.simplefilter("ignore")
            book = load_workbook(file.body, read_only=True, data_only=True)
            for sheet in book.worksheets:
                # What a sheet says of its own size may be wrong.
                sheet.reset_dimensions()
            yield book
    except (*_BROKEN, InvalidFileException, ReadOnlyWorkbookException) as error:
        message = "not a whole Excel workbook (.xlsx)"
        raise SourceInvalid(message, where=file.raw.name, fix="download it again") from error


def _refuse_traps(body: IO[bytes], name: str) -> None:
    body.seek(0)
    with zipfile.ZipFile(body) as archive:
        for part in archive.infolist():
            is_sheet = part.filename.startswith("xl/worksheets/")
            most = _MAX_SHEET_BYTES if is_sheet else _MAX_PART_BYTES
            is_folded = part.file_size > _MAX_RATIO * max(part.compress_size, 1)
            if part.file_size > most or (is_folded and part.file_size > 1024**2):
                message = "a part of the workbook unfolds beyond all measure"
                raise SourceInvalid(
                    message, where=name, got=part.filename, fix="save it as comma-separated text"
                )
