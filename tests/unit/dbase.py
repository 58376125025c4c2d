"""A small dBASE table as INEGI writes it, for the tests of those who read one."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

Row = Sequence[str]


def table(
    widths: Mapping[str, int],
    rows: Iterable[Row],
    *,
    deleted: frozenset[int] = frozenset(),
    encoding: str = "cp1252",
    language: int = 0x03,
    declared: int | None = None,
) -> bytes:
    """Return a table of text columns; ``declared`` is the number of records that it claims."""
    columns = list(widths.items())
    body = b""
    for number, row in enumerate(rows):
        cells = zip(row, widths.values(), strict=True)
        texts = (text.encode(encoding).ljust(width)[:width] for text, width in cells)
        body += (b"*" if number in deleted else b" ") + b"".join(texts)
    size = 1 + sum(widths.values())
    count = len(body) // size if declared is None else declared
    return header(columns, count, size, language) + body + b"\x1a"


def header(
    columns: Sequence[tuple[str, int]], count: int, record_bytes: int, language: int = 0x03
) -> bytes:
    """Return what stands before the first record."""
    fields = b"".join(
        name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([width, 0]) + bytes(14)
        for name, width in columns
    )
    start = struct.pack("<B3BIHH", 3, 126, 11, 26, count, 33 + len(fields), record_bytes)
    return start + bytes(17) + bytes([language]) + bytes(2) + fields + b"\r"
