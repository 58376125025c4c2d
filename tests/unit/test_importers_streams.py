"""Large files as a stream: every packing, every trap, and nothing but our own errors."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import official_csv, official_sheets, sesnsp_cases, streams
from geo_app.importers.official_csv import Texts
from geo_app.importers.reading import Reading
from geo_app.importers.streams import opened

TEXT = b"header,line\r\n" + b"1,2\r\n" * 100


def zipped(content: bytes, name: str = "f.csv", way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        archive.writestr("__MACOSX/._f.csv", b"x")
        archive.writestr(name, content)
    return out.getvalue()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zip": zipped,
}


@pytest.mark.parametrize("way", PACKINGS)
@pytest.mark.parametrize("name", ["f.csv", "misnamed.gz"])
def test_a_packing_is_told_by_its_first_bytes(tmp_path: Path, way: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PACKINGS[way](TEXT))
    with opened(path) as file:
        assert (file.body.read(), file.is_workbook) == (TEXT, False)


@pytest.mark.parametrize("way", ["gz", "bz2", "xz", "zip"])
def test_a_packed_file_that_is_cut_is_refused(tmp_path: Path, way: str) -> None:
    path = tmp_path / "f"
    path.write_bytes(PACKINGS[way](TEXT * 999)[:-30])
    match = rf"f: the file is truncated or not \.{way}"
    with pytest.raises(SourceInvalid, match=match), opened(path) as file:
        file.body.read()


def test_several_streams_of_xz_are_refused_and_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "f.xz"
    path.write_bytes(lzma.compress(TEXT) * 2)
    match = r"truncated or not \.xz \(several streams\)"
    with pytest.raises(SourceInvalid, match=match), opened(path) as file:
        file.body.read()


def test_a_file_that_does_not_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MAX_BYTES", 10_000_000)
    path = tmp_path / "f.gz"
    path.write_bytes(gzip.compress(bytes(10_000_001)))
    match = r"f\.gz: the file does not end"
    with pytest.raises(SourceInvalid, match=match), opened(path) as file:
        file.body.read()


def test_a_workbook_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MAX_WORKBOOK_BYTES", 300)
    path = tmp_path / "f.gz"
    path.write_bytes(gzip.compress(b"PK\x03\x04" + bytes(400)))
    with pytest.raises(SourceInvalid, match="the workbook is too large"), opened(path):
        pass


def test_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="there is no such file"), opened(tmp_path / "f"):
        pass


def test_an_archive_of_two_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", TEXT)
        archive.writestr("b.csv", TEXT)
    with pytest.raises(SourceInvalid, match="exactly one file: expected 1, got 2"), opened(path):
        pass


def test_an_archive_packed_in_an_unusual_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(zipped(TEXT, way=zipfile.ZIP_LZMA))
    with pytest.raises(SourceInvalid, match="packed in an unusual way"), opened(path):
        pass


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 350000000\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (POINTER, "too small to be the file.*it may be a pointer to a large file"),
        (b"<!DOCTYPE html><title>Challenge Validation</title>" + b" " * 900, "a web page instead"),
    ],
)
def test_what_is_not_the_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(SourceInvalid, match=message), opened(path):
        pass


def test_a_text_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(SourceInvalid, match=r"f: the text cannot be decoded.*got b'\\x81'"):
        Texts("f").read(b"\x81")


def test_a_header_inside_an_open_quote_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b'"a,b\n' + TEXT)
    with opened(path) as file, pytest.raises(SourceInvalid, match=r"f\.csv line 1: not readable"):
        official_csv.header_of(file, Texts("f.csv"))


def test_a_line_longer_than_any_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"a,b\n1,2\n" + b"x" * 3 * official_csv.BLOCK_BYTES)
    match = r"f.csv line 3: not readable.*lines of less than 2,097,152 bytes"
    with opened(path) as file, pytest.raises(SourceInvalid, match=match):
        list(official_csv.blocks(file, ["a", "b"]))


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (b"1,2\n3,4\n", b"3,4\n"),
        (b"1,2\n\n3,4\n", b""),
        (b'1,"2\n2"\n3,4\n', b""),
        (b"1,2\n3,4", b""),
    ],
    ids=["a line each", "blank line", "line break in quotes", "no final line break"],
)
def test_lines_are_given_only_where_each_is_a_row(lines: bytes, rows: bytes) -> None:
    block = official_csv.Block("f.csv", ["a", "b"], lines, 2)
    assert block.cells(["a"], []).column("a").to_pylist() == [b"1", b"3"]
    assert block.lines_of(np.array([1]), 2) == rows


def test_too_many_different_texts_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official_csv, "MAX_TEXTS", 1)
    path = tmp_path / "f.csv"
    path.write_bytes(b"a,b\n1,2\n3,4\n" + b"1,2\n" * 99)
    column = official_csv.Repeated("a", lambda text, _: text)
    with opened(path) as file:
        (block,) = official_csv.blocks(file, ["a", "b"])
    batch = block.cells(["a"], ["a"])
    with pytest.raises(SourceInvalid, match="too many different texts in the column 'a'"):
        column.cells(batch, np.arange(batch.num_rows), Texts("f.csv"))


def test_a_workbook_that_unfolds_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(50_000_000))
    with opened(path) as file, pytest.raises(SourceInvalid, match="unfolds beyond all measure"):
        official_sheets.sheets(file)


def test_a_workbook_that_is_none_inside_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<x/>" * 99)
    with opened(path) as file, pytest.raises(SourceInvalid, match="not a whole Excel workbook"):
        official_sheets.sheets(file)


STARTS = (b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", "Año,Clave_Ent,".encode())


@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=600))
def test_any_bytes_are_read_or_refused_in_our_words(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "IDEFC_NM.csv"
    path.write_bytes(start + rest)
    with pytest.raises(AtlasError) as caught:
        sesnsp_cases.read([path], Reading("2026-11-26"))
    assert "\n" not in str(caught.value)
