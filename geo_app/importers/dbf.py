"""dBASE tables as a stream of records: the header proved, then batches of a fixed size.

Owns the format of a ``.dbf`` of text and number columns. A batch is a view of the bytes read, so
that a table of any length takes the memory of one batch. The kept libraries want a file on a disk
that they can jump in, or end in silence where a table is cut; ours reads a member of an archive as
it is unpacked and says where it ends too soon. Does not own what a column means.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from geo_app.errors import SourceInvalid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH_BYTES = 1 << 20
"""Bytes of records that are held at once."""

DELETED = b"*"
KEPT = b" "

_PREFIX = struct.Struct("<B3xIHH")
_PREFIX_BYTES = 32
_FIELD_BYTES = 32
_FIELD_END = b"\r"
_END_OF_FILE = b"\x1a"
_VERSIONS = frozenset({0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x83, 0x8B, 0xF5})
_KINDS = "CNFLDIMBGPTY+@OV"
_ENCODINGS = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252"}
"""Encoding of the texts by the code in byte 29; INEGI's tables without one are cp1252."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: where it stands in a record."""

    name: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a table says of itself before its first record."""

    record_count: int
    record_bytes: int
    columns: tuple[Column, ...]
    encoding: str

    def column(self, name: str, where: str) -> Column:
        """Return a column by its name.

        Raises
        ------
        SourceInvalid
            If there is none.
        """
        for found in self.columns:
            if found.name == name:
                return found
        message = "the table lacks a column"
        got = ", ".join(item.name for item in self.columns)
        raise SourceInvalid(message, where=where, expected=name, got=got)


def read_header(stream: BinaryIO, where: str) -> Header:
    """Read the header of a table and leave the stream at its first record.

    Raises
    ------
    SourceInvalid
        If it is no dBASE table, is cut, names a column twice, or the columns do not fill a record.
    """
    prefix = _exactly(stream, _PREFIX_BYTES, where, "the header")
    version, count, header_bytes, record_bytes = _PREFIX.unpack(prefix[: _PREFIX.size])
    if version not in _VERSIONS or header_bytes <= _PREFIX_BYTES:
        message = "not a dBASE table"
        raise SourceInvalid(message, where=where, fix="download the file again")
    body = _exactly(stream, header_bytes - _PREFIX_BYTES, where, "the header")
    columns = tuple(_columns(body, where))
    names = [item.name for item in columns]
    filled = 1 + sum(item.width for item in columns)
    if not names or len(set(names)) != len(names) or filled != record_bytes:
        message = "the columns do not fill a record, each once"
        expected = f"{record_bytes} bytes"
        raise SourceInvalid(message, where=where, expected=expected, got=str(filled))
    return Header(count, record_bytes, columns, _ENCODINGS.get(prefix[29], "cp1252"))


def batches(
    stream: BinaryIO, header: Header, names: Sequence[str], where: str
) -> Iterator[NDArray[np.void]]:
    """Yield the records of a table in batches, the deleted ones included.

    Parameters
    ----------
    stream
        At its first record, as ``read_header`` leaves it.
    header
        Its header.
    names
        Columns that are wanted.
    where
        Name of the table, for messages.

    Yields
    ------
    numpy.ndarray
        Structured, of at most ``BATCH_BYTES``: ``flag`` (``DELETED`` or ``KEPT``) and each of
        ``names`` as bytes, without the blanks at the end.

    Raises
    ------
    SourceInvalid
        If a column is not there, the table ends before its last record or goes on after it, or a
        record does not begin with its mark.
    """
    import numpy as np

    wanted = [header.column(name, where) for name in names]
    layout = np.dtype(
        {
            "names": ["flag", *names],
            "formats": ["S1", *(f"S{item.width}" for item in wanted)],
            "offsets": [0, *(item.offset for item in wanted)],
            "itemsize": header.record_bytes,
        }
    )
    most = max(1, BATCH_BYTES // header.record_bytes)
    done = 0
    while done < header.record_count:
        size = min(most, header.record_count - done)
        content = _up_to(stream, size * header.record_bytes)
        if len(content) < size * header.record_bytes:
            message = "the table ends before its last record"
            raise SourceInvalid(
                message,
                where=where,
                expected=f"{header.record_count:,} records",
                got=f"{done + len(content) // header.record_bytes:,}",
                fix="download the file again",
            )
        batch = np.frombuffer(content, dtype=layout)
        _refuse_unmarked(batch, done, where)
        yield batch
        done += size
    _refuse_more(stream, where)


def _columns(body: bytes, where: str) -> Iterator[Column]:
    offset = 1
    for start in range(0, len(body), _FIELD_BYTES):
        if body[start : start + 1] == _FIELD_END:
            return
        cells = body[start : start + _FIELD_BYTES]
        name = cells[:11].split(b"\0")[0].strip()
        is_whole = len(cells) == _FIELD_BYTES and name.isascii() and name
        if not is_whole or chr(cells[11]) not in _KINDS or not cells[16]:
            message = "a column of the table is not described rightly"
            raise SourceInvalid(message, where=where, got=repr(name.decode("latin-1")))
        # A column of text may be wider than a byte can say; the next byte holds the rest.
        width = cells[16] + (cells[17] << 8 if cells[11:12] == b"C" else 0)
        yield Column(name.decode("ascii").upper(), offset, width)
        offset += width
    message = "the columns of the table have no end"
    raise SourceInvalid(message, where=where, fix="download the file again")


def _refuse_unmarked(batch: NDArray[np.void], done: int, where: str) -> None:
    import numpy as np

    # numpy drops blanks of zero bytes only: a blank mark stays a blank.
    wrong = ~np.isin(batch["flag"], [KEPT, DELETED])
    if wrong.any():
        message = "a record does not begin with its mark: the size of a record is not right"
        number = done + int(wrong.argmax()) + 1
        raise SourceInvalid(message, where=f"{where} record {number:,}", fix="ask the source")


def _refuse_more(stream: BinaryIO, where: str) -> None:
    rest = _up_to(stream, 4096)
    if rest.strip(_END_OF_FILE + b"\0"):
        message = "the table goes on after its last record"
        raise SourceInvalid(message, where=where, fix="download the file again")


def _exactly(stream: BinaryIO, size: int, where: str, what: str) -> bytes:
    content = _up_to(stream, size)
    if len(content) < size:
        message = f"the table ends inside {what}"
        raise SourceInvalid(message, where=where, fix="download the file again")
    return content


def _up_to(stream: BinaryIO, size: int) -> bytes:
    """Read so many bytes, or all that are left."""
    found = bytearray()
    while len(found) < size:
        piece = stream.read(size - len(found))
        if not piece:
            break
        found += piece
    return bytes(found)
