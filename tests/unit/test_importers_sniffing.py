"""A downloaded file is what it should be, or is told."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app.downloads import FileFormat
from geo_app.errors import SourceInvalid
from geo_app.importers.download_rules import Absent
from geo_app.importers.sniffing import refuse_other

BOM = b"\xef\xbb\xbf"


def refuse(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "f.part"
    path.write_bytes(content)
    refuse_other(path, "file", FileFormat(expected))


def zipped(name: str = "v.csv") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, b"a,b\n1,2\n")
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


GOOD = [
    ("csv", b"a,b\r\n1,2\r\n"),
    ("csv", BOM + b"a;b\n1;2\n"),
    ("csv", "Año,Clave\r1,2\r".encode("cp1252")),
    ("json", b' [{"a": 1}]'),
    ("json", BOM + b"{}"),
    ("xml", b'<?xml version="1.0"?><rss/>'),
    ("xml", BOM + b"\n<rss></rss>"),
    ("html", b"<!DOCTYPE html><html></html>"),
    ("html", b"<div>x</div>"),
    ("zip", zipped()),
    ("xlsx", workbook()),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_a_file_of_the_format_is_taken(tmp_path: Path, name: str, content: bytes) -> None:
    assert refuse(tmp_path, content, name) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("csv", zipped()),
        ("csv", b"{}"),
        ("csv", b"a\x00,b\n"),
        ("csv", b"just words"),
        ("csv", b"\x1f\x8b\x08,\n"),
        ("json", b"a,b\n"),
        ("json", b"<rss/>"),
        ("xml", b"{}"),
        ("html", b"%PDF-1.7"),
        ("zip", b"Rar!\x1a"),
        ("xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_a_file_of_another_format_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(SourceInvalid, match=f"of another format: expected {name}, got b'"):
        refuse(tmp_path, content, name)


@pytest.mark.parametrize("name", ["csv", "json", "xml", "zip", "xlsx"])
@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html>",
        BOM + b"\n <HTML lang='es'>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">',
        b"<!-- made by --> <html>",
    ],
)
def test_a_page_in_place_of_a_file_is_told_as_absent(
    tmp_path: Path, name: str, page: bytes
) -> None:
    with pytest.raises(Absent, match="a web page in place of the file"):
        refuse(tmp_path, page, name)


@pytest.mark.parametrize("name", ["html", "csv", "zip"])
def test_a_gate_is_told_even_where_a_page_is_wanted(tmp_path: Path, name: str) -> None:
    gate = b"<html><head><title>Challenge Validation</title></head></html>"
    with pytest.raises(SourceInvalid, match="lets no program through") as told:
        refuse(tmp_path, gate, name)
    assert not isinstance(told.value, Absent)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="file: the server sent an empty file"):
        refuse(tmp_path, b"", "csv")


def test_an_archive_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"not a workbook: got v\.csv"):
        refuse(tmp_path, zipped(), "xlsx")


def test_a_cut_archive_is_told_under_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"^file: the archive is truncated or damaged"):
        refuse(tmp_path, zipped()[:-10], "zip")


def test_an_archive_with_a_password_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped())
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, directory + 8, 1)
    with pytest.raises(SourceInvalid, match="password"):
        refuse(tmp_path, bytes(content), "zip")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(GOOD), st.binary(max_size=40), st.integers(0, 400), st.sampled_from(FileFormat)
)
def test_any_bytes_are_taken_or_told(
    tmp_path: Path, good: tuple[str, bytes], noise: bytes, at: int, expected: FileFormat
) -> None:
    content = good[1][:at] + noise + good[1][at + len(noise) :]
    with suppress(SourceInvalid):
        refuse(tmp_path, content, expected)
