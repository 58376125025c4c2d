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

BLOCK_BYTES = 4 * 1024**2
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

    def cells(self, batch: pa.RecordBatch, number: int, texts: Texts) -> NDArray[np.object_]:
        """Return what the cells of a batch mean.

        Parameters
        ----------
        batch
            The rows; the column is a dictionary.
        number
            Line number of the first of them.
        texts
            Decodes a text.

        Raises
        ------
        SourceInvalid
            If a text is refused, or there are more than ``MAX_TEXTS``.
        """
        column = batch.column(self.name)
        codes = column.indices.to_numpy(zero_copy_only=False)
        different = column.dictionary.to_pylist()
        for code, cell in enumerate(different):
            if cell not in self.known:
                line = number + int(np.argmax(codes == code))
                self.known[cell] = self.read(texts.read(cell), f"{texts.name} line {line}")
        if len(self.known) > MAX_TEXTS:
            message = f"too many different texts in the column {self.name!r}"
            raise SourceInvalid(message, where=texts.name, expected=f"at most {MAX_TEXTS:,}")
        meanings = np.array([self.known[cell] for cell in different], dtype=object)
        return cast("NDArray[np.object_]", meanings[codes])


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


def batches(
    file: Opened, names: Sequence[str], wanted: Sequence[str], repeated: Sequence[str]
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield the rows after the header, some ten thousand at a time.

    Parameters
    ----------
    file
        The file, open at its first byte.
    names
        A name for each of its columns.
    wanted
        The columns that are read.
    repeated
        Those of them that hold few different texts: they come as dictionaries.

    Yields
    ------
    number, batch
        Line number of the first row, and the cells as bytes, unquoted, b"" where empty.

    Raises
    ------
    SourceInvalid
        If a row is longer or shorter than the header, or the file has no rows.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow

    kinds = dict.fromkeys(wanted, pa.binary())
    kinds |= dict.fromkeys(repeated, pa.dictionary(pa.int32(), pa.binary()))
    number = 2
    try:
        reader = arrow.open_csv(
            file.body,
            # With threads it would not say in which row it stopped, and is no faster here.
            arrow.ReadOptions(
                column_names=names, skip_rows=1, block_size=BLOCK_BYTES, use_threads=False
            ),
            arrow.ParseOptions(ignore_empty_lines=True),
            arrow.ConvertOptions(
                check_utf8=False,
                column_types=kinds,
                include_columns=wanted,
                null_values=[],
                strings_can_be_null=False,
            ),
        )
        for batch in reader:
            yield number, batch
            number += batch.num_rows
    except pa.ArrowInvalid as error:
        raise _unreadable(file.raw.name, str(error), number) from error


def _unreadable(name: str, error: str, number: int) -> SourceInvalid:
    cut = _WIDTH.search(error)
    if cut:
        message = "the row is cut"
        return SourceInvalid(
            message,
            where=f"{name} line {cut[1]}",
            expected=f"{cut[2]} cells",
            got=cut[3],
            fix="download the file again",
        )
    if "Empty CSV" in error:
        message = "the file has no rows"
        return SourceInvalid(message, where=name, fix="download the file again")
    message = "not readable as comma-separated text"
    return SourceInvalid(
        message,
        where=f"{name} after line {number - 1}",
        got=error[:120],
        fix="download the file again",
    )
