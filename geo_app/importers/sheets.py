"""Sheets of an official workbook, read in a stream and never more of them than a table can be.

Owns what a workbook may cost: its size unpacked, the rows and columns of a sheet. Does not own
what a cell means (``tabulados``).
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import RawFile

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_BYTES = 32 * 1024 * 1024
"""Unpacked size of a workbook: four times the largest official one. More is a bomb."""

LARGEST_MEMBER_BYTES = 8 * 1024 * 1024
"""Unpacked size of one part of it, such as a sheet or the list of texts, which is held whole."""

MOST_ROWS = 5_000
"""Rows read of a sheet; the longest official table has some 600."""

MOST_COLUMNS = 200
"""Columns read of a sheet; the widest, a series by quarter, has some 60 and grows by 4 a year."""

HEAD_ROWS = 9
"""Rows in which the title and the headings of an official table stand."""

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMBER = "xl/workbook.xml"

Cell = str | int | float
"""What a cell holds; "" where it is empty, numbers as numbers, everything else as text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    name: str
    """Name of the sheet, stripped."""
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    """Row number (from 1) and cells of every row that is not blank."""

    @property
    def title(self) -> str:
        """The texts of the first column in the first rows, joined by blanks.

        That is the survey, the title, the year and the heading of the first column; the number of
        the table stands further right.
        """
        texts = (_text(row[0]) for number, row in self.rows if number <= HEAD_ROWS)
        return " ".join(" ".join(texts).split())


def is_sheets(raw: RawFile) -> bool:
    """Tell by its first bytes whether a file is a workbook, old or new, whatever its name."""
    return raw.content.startswith((_ZIP, _OLD_EXCEL))


def sheet_heads(raw: RawFile) -> list[Sheet]:
    """Read the first ``HEAD_ROWS`` rows of every sheet.

    Raises
    ------
    SourceInvalid
        As ``read_sheets``.
    """
    heads: list[Sheet] = []

    def keep(head: Sheet) -> bool:
        heads.append(head)
        return False

    read_sheets(raw, keep)
    return heads


def read_sheets(raw: RawFile, wanted: Callable[[Sheet], bool]) -> list[Sheet]:
    """Read the sheets of a workbook that are wanted by their first rows.

    Parameters
    ----------
    raw
        The workbook.
    wanted
        Asked of every sheet with its first ``HEAD_ROWS`` rows; the others are not read further.

    Returns
    -------
    list of Sheet
        The wanted ones, whole, in the order of the workbook.

    Raises
    ------
    SourceInvalid
        If the file is no workbook or not a whole one, is an old .xls, unpacks to more than
        ``LARGEST_BYTES`` (``LARGEST_MEMBER_BYTES`` a part), or a wanted sheet has more than
        ``MOST_ROWS`` rows.
    """
    _refuse_other(raw)
    with _opened(raw) as book:
        heads = [Sheet(name.strip(), _rows(book, name, HEAD_ROWS)) for name in book.sheetnames]
        chosen = [
            Sheet(head.name, _rows(book, name, MOST_ROWS + 1))
            for head, name in zip(heads, book.sheetnames, strict=True)
            if wanted(head)
        ]
    for sheet in chosen:
        if sheet.rows and sheet.rows[-1][0] > MOST_ROWS:
            message = "the sheet is longer than an official table"
            raise SourceInvalid(
                message, where=f"{raw.name} {sheet.name}", expected=f"{MOST_ROWS} rows at most"
            )
    return chosen


@contextmanager
def _opened(raw: RawFile) -> Iterator[Workbook]:
    """Open a workbook; whatever the library says of a damaged one becomes one line of ours."""
    from openpyxl import load_workbook

    try:
        # Extensions and styles that the library leaves out are of no use to us, so no warning.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw.content), read_only=True, data_only=True)
            yield book
            book.close()
    except SourceInvalid:
        raise
    except Exception as error:
        message = f"not readable as an Excel workbook ({type(error).__name__})"
        raise SourceInvalid(message, where=raw.name, fix="download it again") from error


def _rows(book: Workbook, name: str, most: int) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    sheet = book[name]
    # A chart on a sheet of its own has no rows.
    if not hasattr(sheet, "iter_rows"):
        return ()
    cells = sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS, values_only=True)
    numbered = ((number, tuple(map(_cell, row))) for number, row in enumerate(cells, 1))
    return tuple((number, row) for number, row in numbered if any(cell != "" for cell in row))


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return str(value).strip()


def _text(cell: Cell) -> str:
    # Excel keeps whole numbers as floats at times; 2024.0 is the year 2024.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _refuse_other(raw: RawFile) -> None:
    """Refuse what is no workbook, what is cut short, and what would unpack without end."""
    if raw.content.startswith(_OLD_EXCEL):
        message = "an old Excel workbook (.xls), whatever its name"
        raise SourceInvalid(message, where=raw.name, expected=".xlsx", fix="save it as .xlsx")
    sizes = _declared_bytes(raw)
    if max(sizes, default=0) > LARGEST_MEMBER_BYTES or sum(sizes) > LARGEST_BYTES:
        message = "the workbook unpacks to more than any official one"
        raise SourceInvalid(
            message,
            where=raw.name,
            expected=f"{LARGEST_BYTES:,} bytes at most, {LARGEST_MEMBER_BYTES:,} a part",
            got=f"{sum(sizes):,}",
            fix="download it again from the official address",
        )
    if not sizes or not _is_whole(raw):
        message = "not a whole Excel workbook (.xlsx)"
        raise SourceInvalid(message, where=raw.name, fix="download it again")


# RuntimeError is zipfile's word for a password, NotImplementedError for an odd compression.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def _declared_bytes(raw: RawFile) -> list[int]:
    """Return the unpacked sizes that the archive declares; none where it is no workbook.

    ``zipfile`` never unpacks more of a member than is declared, so what is declared is a bound.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
            members = archive.infolist()
    except _DAMAGED:
        return []
    has_book = _MEMBER in {item.filename for item in members}
    return [item.file_size for item in members] if has_book else []


def _is_whole(raw: RawFile) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
            return archive.testzip() is None
    except _DAMAGED:
        return False
