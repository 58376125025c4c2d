"""dBASE tables: the header proved, records in batches, every kind of cut told."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers import dbf
from tests.unit.dbase import header, table

WIDTHS = {"ENT": 2, "NAME": 12}
ROWS = [("01", "León"), ("09", "México"), ("31", "Mérida")]
SMALL = table(WIDTHS, ROWS)


def records(content: bytes, names: Sequence[str] = ("ENT", "NAME")) -> list[tuple[bytes, ...]]:
    stream = io.BytesIO(content)
    found = dbf.read_header(stream, "t.dbf")
    batches = dbf.batches(stream, found, names, "t.dbf")
    return [tuple(record[name] for name in ("flag", *names)) for b in batches for record in b]


def test_records_are_read_with_their_marks() -> None:
    content = table(WIDTHS, ROWS, deleted=frozenset({1}))
    assert [flag for flag, _, _ in records(content)] == [b" ", b"*", b" "]


def test_columns_are_read_in_the_order_asked_for() -> None:
    assert records(SMALL, ("NAME", "ENT"))[0][1:] == (b"Le\xf3n        ", b"01")


@pytest.mark.parametrize(
    ("language", "encoding"), [(0x02, "cp850"), (0x03, "cp1252"), (0, "cp1252"), (1, "cp437")]
)
def test_names_are_decoded_by_the_language_of_the_table(language: int, encoding: str) -> None:
    content = table(WIDTHS, ROWS, encoding=encoding, language=language)
    found = dbf.read_header(io.BytesIO(content), "t.dbf")
    names = [record[2].decode(found.encoding).strip() for record in records(content)]
    assert names == ["León", "México", "Mérida"]


def test_many_records_come_in_batches_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbf, "BATCH_BYTES", 100)
    stream = io.BytesIO(table(WIDTHS, ROWS * 10))
    found = dbf.read_header(stream, "t.dbf")
    sizes = [len(batch) for batch in dbf.batches(stream, found, ["ENT"], "t.dbf")]
    assert (max(sizes), sum(sizes)) == (6, 30)


def test_a_column_wider_than_a_byte_can_say_is_read() -> None:
    start = bytearray(header([("ENT", 2), ("TEXT", 44)], 1, 303))
    start[32 + 32 + 16 : 32 + 32 + 18] = struct.pack("<H", 300)
    content = bytes(start) + b" 01" + b"x" * 300
    assert records(content, ("ENT", "TEXT")) == [(b" ", b"01", b"x" * 300)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ends inside the header"),
        (SMALL[:50], "ends inside the header"),
        (b"\x99" + SMALL[1:], "not a dBASE table"),
        (b"\x03" + bytes(31), "not a dBASE table"),
        (header([], 0, 1), "do not fill a record, each once: expected 1 bytes"),
        (header([("ENT", 2), ("ENT", 2)], 0, 5), "do not fill a record, each once"),
        (header([("ENT", 2)], 0, 4), "do not fill a record, each once: expected 4 bytes, got 3"),
        (header([("ENT", 0)], 0, 1), "a column of the table is not described rightly: got 'ENT'"),
        (SMALL.replace(b"\r", b"\0"), "a column of the table is not described rightly: got ''"),
        (SMALL[:8] + b"\x40\0" + SMALL[10:64], "the columns of the table have no end"),
        (SMALL[:-20], "ends before its last record: expected 3 records, got 1"),
        (table(WIDTHS, ROWS, declared=4_000_000_000), "expected 4,000,000,000 records, got 3"),
        (table(WIDTHS, ROWS, declared=2), "the table goes on after its last record"),
        (SMALL.replace(b" 09", b"x09"), "record 2: a record does not begin with its mark"),
    ],
)
def test_a_damaged_table_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        records(content)


def test_a_record_of_another_size_is_told_by_its_mark() -> None:
    # The record says 16 bytes in the header and in the columns, but was written with 15.
    content = header([("ENT", 3), ("NAME", 12)], 2, 16) + SMALL[97:]
    with pytest.raises(SourceInvalid, match=r"record 2: .* the size of a record is not right"):
        records(content)


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(SourceInvalid, match="lacks a column: expected SEXO, got ENT, NAME"):
        records(SMALL, ("SEXO",))


@given(content=st.binary(max_size=300) | st.binary(max_size=80).map(lambda b: SMALL[:32] + b))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = len(records(content, ()))
    except SourceInvalid as error:
        found = -len(str(error))
    assert found <= len(content)
