"""Comma-separated files of millions of lines in batches, without ever holding the whole file.

Arrow splits the lines and leaves every cell as bytes: the few texts that a column repeats are
decoded once each, and a row that is not wanted costs nothing more. Owns the splitting and the
decoding. Does not own what a column means.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from geo_app.errors import SourceInvalid
from geo_app.importers.streams import Opened

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK_BYTES = 2 * 1024**2
"""How much is split at a time; a line that is longer is no line of an official file."""

MAX_TEXTS = 10_000
"""Different texts of a column that repeats a few; the largest official one has three thousand."""

_WIDTH = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")


class Texts:
    """The different texts of a file, each decoded once, and the encoding that they were in.

    Official files come as UTF-8 or cp1252. A cp1252 letter with an accent before a plain letter is
    no UTF-8, so that each text tells its encoding by itself.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.encoding = "utf-8"

    def read(self, cell: bytes) -> str:
        """Decode a cell, without blanks at its ends.

        Raises
        ------
        SourceInvalid
            If it is neither UTF-8 nor cp1252.
        """
        try:
            return cell.decode("utf-8").strip()
        except UnicodeDecodeError:
            pass
        try:
            text = cell.decode("cp1252").strip()
        except UnicodeDecodeError as error:
            message = "the text cannot be decoded"
            raise SourceInvalid(
                message,
                where=self.name,
                expected="utf-8 or cp1252",
                got=repr(cell[:40]),
                fix="download the file again",
            ) from error
        self.encoding = "cp1252"
        return text


@dataclass(slots=True)
class Repeated:
    """A column that repeats a few texts: what each of them means, read once in the whole file."""

    name: str
    """Its name in the batches."""
    read: Callable[[str, str], str | float]
    """From text and place (file and line) to meaning, or a refusal."""
    known: dict[bytes, str | float] = field(default_factory=dict)

    def cells(
        self, batch: pa.RecordBatch, lines: NDArray[np.int64], texts: Texts
    ) -> NDArray[np.object_]:
        """Return what the cells of a batch mean.

        Parameters
        ----------
        batch
            The rows; the column is a dictionary.
        lines
            Their line numbers.
        texts
            Decodes a text.

        Raises
        ------
        SourceInvalid
            If a text is refused, or there are more than ``MAX_TEXTS``.
        """
        meanings, codes = self.meanings(batch, lines, texts)
        return cast("NDArray[np.object_]", np.array(meanings, dtype=object)[codes])

    def meanings(
        self, batch: pa.RecordBatch, lines: NDArray[np.int64], texts: Texts
    ) -> tuple[list[str | float], NDArray[np.int64]]:
        """Return the different meanings of a batch, and of each row the place of its own.

        Parameters and what is raised are those of ``cells``.
        """
        column = batch.column(self.name)
        codes = column.indices.to_numpy(zero_copy_only=False)
        different = column.dictionary.to_pylist()
        for code, cell in enumerate(different):
            if cell not in self.known:
                line = lines[int(np.argmax(codes == code))]
                self.known[cell] = self.read(texts.read(cell), f"{texts.name} line {line}")
        if len(self.known) > MAX_TEXTS:
            message = f"too many different texts in the column {self.name!r}"
            raise SourceInvalid(message, where=texts.name, expected=f"at most {MAX_TEXTS:,}")
        return [self.known[cell] for cell in different], codes


def header_of(file: Opened, texts: Texts) -> list[str]:
    """Return the cells of the first line; "" cells for a file that has none.

    Raises
    ------
    SourceInvalid
        If the line cannot be decoded or split.
    """
    line = file.raw.content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    try:
        return next(csv.reader([texts.read(line)], strict=True), [])
    except csv.Error as error:
        message = f"not readable as comma-separated text ({error})"
        raise SourceInvalid(
            message, where=f"{file.raw.name} line 1", fix="download the file again"
        ) from error


class Block:
    """Some thousand whole lines of a file, split as far as they are asked for.

    Splitting finds the cells; making values of them is what costs. So the columns that tell which
    rows are wanted are read of all lines, and the others of the wanted lines alone.
    """

    def __init__(self, name: str, header: Sequence[str], lines: bytes, number: int) -> None:
        self._name, self._header, self._lines = name, list(header), lines
        self.number = number
        """Line number of its first row."""
        self.ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n")) + 1
        """Where each of its lines ends; the last one may have no end."""

    def cells(self, wanted: Sequence[str], repeated: Sequence[str]) -> pa.RecordBatch:
        """Return columns of every row, as bytes, unquoted, b"" where empty.

        Parameters
        ----------
        wanted
            The columns.
        repeated
            Those of them that hold few different texts: they come as dictionaries.

        Raises
        ------
        SourceInvalid
            If a row is longer or shorter than the header.
        """
        return self._split(self._lines, self.number, wanted, repeated)

    def lines_of(self, rows: NDArray[np.int64], count: int) -> bytes:
        """Return the lines of some rows, to be split once many of them are gathered.

        Parameters
        ----------
        rows
            Their places in the block, ascending.
        count
            Number of rows that ``cells`` found in the block.

        Returns
        -------
        bytes
            Nothing where a blank line or a line break inside quotes makes rows other than lines.
        """
        ends = self.ends
        if len(ends) != count or ends[-1] != len(self._lines):
            return b""
        starts = np.concatenate([[0], ends[:-1]])
        pairs = zip(starts[rows].tolist(), ends[rows].tolist(), strict=True)
        return b"".join([self._lines[start:end] for start, end in pairs])

    def _split(
        self, lines: bytes, number: int, wanted: Sequence[str], repeated: Sequence[str]
    ) -> pa.RecordBatch:
        import pyarrow as pa
        from pyarrow import csv as arrow

        kinds = dict.fromkeys(wanted, pa.binary())
        kinds |= dict.fromkeys(repeated, pa.dictionary(pa.int32(), pa.binary()))
        try:
            table = arrow.read_csv(
                pa.BufferReader(lines),
                # With threads it would not say in which row it stopped, and is no faster here.
                arrow.ReadOptions(
                    column_names=self._header, block_size=len(lines) + 1, use_threads=False
                ),
                arrow.ParseOptions(ignore_empty_lines=True),
                arrow.ConvertOptions(
                    check_utf8=False,
                    column_types=kinds,
                    include_columns=list(wanted),
                    null_values=[],
                    strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid as error:
            raise _unreadable(self._name, str(error), number) from error
        return table.combine_chunks().to_batches()[0]


def taken(batch: pa.RecordBatch, rows: NDArray[np.int64]) -> pa.RecordBatch:
    """Return some rows of a batch, its dictionaries without what they do not hold."""
    import pyarrow as pa

    columns = {}
    for name in batch.schema.names:
        column = batch.column(name)
        is_repeated = pa.types.is_dictionary(column.type)
        kept = column.take(pa.array(rows))
        columns[name] = kept.dictionary_decode().dictionary_encode() if is_repeated else kept
    return pa.RecordBatch.from_pydict(columns)


def blocks(file: Opened, header: Sequence[str]) -> Iterator[Block]:
    """Yield the lines after the header, about a megabyte at a time.

    Parameters
    ----------
    file
        The file, open at its first byte.
    header
        A name for each of its columns.

    Raises
    ------
    SourceInvalid
        If a line is longer than a block, or there is no line with anything in it.
    """
    number, is_empty = 2, True
    file.body.readline(BLOCK_BYTES)
    while lines := file.body.read(BLOCK_BYTES):
        if not lines.endswith(b"\n"):
            last = file.body.readline(BLOCK_BYTES)
            if len(last) == BLOCK_BYTES:
                raise _too_long(file.raw.name, number + lines.count(b"\n"))
            lines += last
        block = Block(file.raw.name, header, lines, number)
        if not lines.isspace():
            is_empty = False
            yield block
        number += len(block.ends)
    if is_empty:
        message = "the file has no rows"
        raise SourceInvalid(message, where=file.raw.name, fix="download the file again")


def _too_long(name: str, number: int) -> SourceInvalid:
    message = "not readable as comma-separated text"
    return SourceInvalid(
        message,
        where=f"{name} line {number}",
        expected=f"lines of less than {BLOCK_BYTES:,} bytes",
        fix="download the file again",
    )


def _unreadable(name: str, error: str, number: int) -> SourceInvalid:
    cut = _WIDTH.search(error)
    if cut:
        message = "the row is cut"
        return SourceInvalid(
            message,
            where=f"{name} line {number + int(cut[1]) - 1}",
            expected=f"{cut[2]} cells",
            got=cut[3],
            fix="download the file again",
        )
    message = "not readable as comma-separated text"
    return SourceInvalid(
        message,
        where=f"{name} after line {number - 1}",
        got=error[:120],
        fix="download the file again",
    )
