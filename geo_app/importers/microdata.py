"""Interviews of a survey: the tables in a file, whatever it is packed in, and their columns.

Reads comma-separated text (bare, in gz, or among the members of a zip), parquet and R's rds, and
of each only the columns that somebody asks for. A table is known by its columns, not by its name.
Owns the limits of what is read. Does not own what a column means.
"""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.archives import Limits, is_archive, members, open_member
from geo_app.importers.cells import refuse_cut
from geo_app.importers.frames import is_parquet, is_rds, read_parquet, read_rds

MOST_ROWS = 1_000_000
"""Rows of a table; the largest of the national surveys, of everyone in a home, has 330,000."""

MOST_BYTES = 1_000_000_000
"""Bytes of one table, unpacked; the largest has some 100 million."""

MOST_LINE_BYTES = 65_536
"""Bytes of one line; the longest header has some 3,000."""

ARCHIVE = Limits(count=3_000)
"""INEGI's open data bring a file for the codes of each column: some hundred to a table."""

_GZIP = b"\x1f\x8b"
_BLOCK = 1 << 16
_CODE = re.compile(r"(\d+)\.0")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of interviews that was found in a file and not read yet."""

    path: Path
    """The file that was given."""
    member: str
    """Name inside the archive, with its folders; empty outside of one."""
    columns: tuple[str, ...]
    """Names in capitals, in the order of the table; "" where a column has none."""
    _frame: Callable[[Sequence[str]], pd.DataFrame]

    @property
    def where(self) -> str:
        """Place for messages."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    def has(self, columns: frozenset[str]) -> bool:
        """Tell whether the table holds all of these columns."""
        return columns <= set(self.columns)

    def read(self, columns: Sequence[str]) -> pd.DataFrame:
        """Read some of its columns.

        Parameters
        ----------
        columns
            Names in capitals; each must be one of the table's.

        Returns
        -------
        pandas.DataFrame
            Texts, stripped, "" where empty, without the ``.0`` that some programs put behind a
            code; the index is the number of the line or row, from 1.

        Raises
        ------
        SourceInvalid
            If a row is cut, the table is damaged, longer than any official one, or empty.
        """
        frame = self._frame(columns)
        if frame.empty:
            message = "the table has no rows"
            raise SourceInvalid(message, where=self.where, fix="download the file again")
        return pd.DataFrame({name: frame[name].map(_plain) for name in columns})


def tables_in(path: Path) -> list[Table]:
    """List the tables of a file.

    Parameters
    ----------
    path
        A csv, bare or in gz; a zip with any number of them; a parquet file; an rds file of R.

    Returns
    -------
    list of Table
        In the order of the file. Members of a zip that are no comma-separated text are not
        listed.

    Raises
    ------
    SourceInvalid
        If there is no such file, it is damaged, or an archive holds what no source sends.
    """
    if not path.is_file():
        message = "there is no such file"
        raise SourceInvalid(message, where=str(path), fix="give the path of the downloaded file")
    with path.open("rb") as file:
        head = file.read(8)
    if is_parquet(head):
        return [_framed(path, read_parquet(path))]
    if is_rds(path, head):
        return [_framed(path, read_rds(path))]
    if is_archive(path):
        names = [item.name for item in members(path, ARCHIVE)]
        return [_member_table(path, name) for name in names if name.lower().endswith(".csv")]
    return [_text_table(path, "", lambda: _opened(path, head))]


def find(paths: Sequence[Path], needed: frozenset[str]) -> list[Table]:
    """Return the tables of some files that hold all of these columns.

    Raises
    ------
    SourceInvalid
        As ``tables_in``.
    """
    return [table for path in paths for table in tables_in(path) if table.has(needed)]


def _framed(path: Path, frame: pd.DataFrame) -> Table:
    whole = frame.rename(columns=str.upper)
    return Table(path, "", tuple(whole.columns), lambda columns: whole[list(columns)])


def _member_table(path: Path, name: str) -> Table:
    return _text_table(path, name, lambda: open_member(path, name))


def _opened(path: Path, head: bytes) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path) if head.startswith(_GZIP) else path.open("rb"))


def _text_table(path: Path, member: str, opened: Callable[[], BinaryIO]) -> Table:
    where = f"{path.name}/{member}" if member else path.name
    with closing(_rows(opened, where)) as rows:
        _, header = next(rows, (1, []))
    if header and header[0].lstrip().startswith("<"):
        message = "a web page instead of the file"
        raise SourceInvalid(message, where=where, fix="download the file by hand")
    names = tuple(cell.strip().upper() for cell in header)

    def frame(columns: Sequence[str]) -> pd.DataFrame:
        return _text_frame(_rows(opened, where), columns, where)

    return Table(path, member, names, frame)


def _text_frame(
    rows: Iterator[tuple[int, list[str]]], columns: Sequence[str], where: str
) -> pd.DataFrame:
    _, header = next(rows, (1, []))
    names = [cell.strip().upper() for cell in header]
    for name in columns:
        if names.count(name) > 1:
            message = "a column stands twice"
            raise SourceInvalid(message, where=f"{where} line 1", got=name, fix="ask the source")
    places = [names.index(name) for name in columns]
    texts: dict[str, str] = {}
    numbers, cells = [], []
    for number, row in rows:
        refuse_cut(row, len(header), f"{where} line {number}")
        # The same few codes over and over: one text in memory for all of them.
        cells.append([texts.setdefault(row[place], row[place]) for place in places])
        numbers.append(number)
    return pd.DataFrame(cells, index=numbers, columns=list(columns), dtype=object)


def _rows(opened: Callable[[], BinaryIO], where: str) -> Generator[tuple[int, list[str]]]:
    """Split a stream into line numbers and cells, blank lines left out."""
    try:
        with opened() as stream:
            reader = csv.reader(_lines(stream, where), strict=True)
            for count, cells in enumerate(reader):
                if count > MOST_ROWS:
                    message = "more rows than any official table"
                    raise SourceInvalid(message, where=where, expected=f"{MOST_ROWS:,} at most")
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
    except csv.Error as error:
        message = f"not readable as comma-separated text ({error})"
        raise SourceInvalid(message, where=where, fix="download the file again") from error
    except (OSError, EOFError, zlib.error) as error:
        message = f"the file is truncated or damaged ({error})"
        raise SourceInvalid(message, where=where, fix="download it again") from error


def _lines(stream: BinaryIO, where: str) -> Iterator[str]:
    """Split a stream into lines without ever holding more than a block and a line."""
    rest = stream.read(_BLOCK).removeprefix(b"\xef\xbb\xbf")
    # Some copies end their lines with CR alone; in the others a CR may stand inside of a cell.
    end = b"\r" if b"\n" not in rest else b"\n"
    size = len(rest)
    while True:
        *lines, rest = rest.split(end)
        for line in lines:
            yield _text(line) + "\n"
        block = stream.read(_BLOCK)
        size += len(block)
        if len(rest) > MOST_LINE_BYTES or size > MOST_BYTES:
            message = "a line or the whole is longer than in any official table"
            raise SourceInvalid(message, where=where, fix="download the file again")
        if not block:
            break
        rest += block
    if rest:
        yield _text(rest)


def _text(line: bytes) -> str:
    """Decode a line; INEGI's open data mix UTF-8 and latin-1. Codes are the same in both."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("latin-1")
    return text.removesuffix("\r")


def _plain(cell: str | float | None) -> str:
    text = "" if pd.isna(cell) else str(cell).strip()
    found = _CODE.fullmatch(text)
    return found[1] if found else text
