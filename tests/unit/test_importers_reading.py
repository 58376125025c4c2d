"""Opening official files: packed, damaged, pages instead of files, encodings, names."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from pathlib import Path

import pytest

from geo_app import __main__
from geo_app.errors import SourceInvalid
from geo_app.importers import reading
from geo_app.importers.delimited import csv_lines, csv_table
from geo_app.importers.reading import (
    RawFile,
    Reading,
    by_stem,
    combined_sha256,
    decode,
    given_file,
    open_raw,
    release_of,
)

CONTENT = ("año,n\n" + "".join(f"{n},{n * n}\n" for n in range(100))).encode()


def raw(content: bytes, name: str = "f.csv") -> RawFile:
    return RawFile(name, content, hashlib.sha256(content).hexdigest())


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_plain_a_gz_and_a_zip_file_have_the_same_content(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "f.csv", CONTENT),
        written(tmp_path, "f.csv.gz", gzip.compress(CONTENT)),
        zipped(tmp_path / "f.zip", {"f.csv": CONTENT}),
    ]
    assert {open_raw(path).content for path in paths} == {CONTENT}


def test_the_hash_is_that_of_the_file_as_given_before_unpacking(tmp_path: Path) -> None:
    path = written(tmp_path, "f.csv.gz", gzip.compress(CONTENT))
    assert open_raw(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="there is no such file; give the path"):
        open_raw(tmp_path / "none.csv")


@pytest.mark.parametrize("kept", [5, 40, -9])
def test_a_truncated_gz_is_refused(tmp_path: Path, kept: int) -> None:
    path = written(tmp_path, "f.csv.gz", gzip.compress(CONTENT)[:kept])
    with pytest.raises(SourceInvalid, match=r"f.csv.gz: the file is truncated or not \.gz"):
        open_raw(path)


def test_a_gz_with_a_damaged_byte_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(CONTENT))
    packed[20] ^= 0xFF
    path = written(tmp_path, "f.csv.gz", bytes(packed))
    with pytest.raises(SourceInvalid, match=r"truncated or not \.gz"):
        open_raw(path)


def test_a_truncated_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "f.zip", {"f.csv": CONTENT})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceInvalid, match="the archive is truncated or damaged"):
        open_raw(path)


def test_a_zip_of_several_files_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "f.zip", {f"{n}.csv": CONTENT for n in range(2)})
    with pytest.raises(SourceInvalid, match="exactly one file: expected 1, got 2"):
        open_raw(path)


def test_a_zip_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="no members or too many: expected 1 to 200, got 0"):
        open_raw(zipped(tmp_path / "f.zip", {}))


@pytest.mark.parametrize("name", ["f.csv", "f.csv.gz", "f.zip"])
def test_a_file_that_unpacks_beyond_any_official_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", len(CONTENT) - 1)
    path = tmp_path / name
    if name == "f.zip":
        zipped(path, {"f.csv": CONTENT})
    else:
        path.write_bytes(gzip.compress(CONTENT) if name.endswith(".gz") else CONTENT)
    with pytest.raises(SourceInvalid, match="too large: expected at most"):
        open_raw(path)


@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "\n <html lang='es'>", "\ufeff<html>"])
def test_a_web_page_instead_of_the_file_is_refused(tmp_path: Path, start: str) -> None:
    path = written(tmp_path, "f.csv", (start + "x" * 400).encode())
    with pytest.raises(SourceInvalid, match="a web page instead of the file"):
        open_raw(path)


def test_a_pointer_to_a_large_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "f.csv", b"version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(SourceInvalid, match="too small to be the file: expected at least 200"):
        open_raw(path)


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252")]
)
def test_the_encoding_is_found_and_the_mark_at_the_start_dropped(encoding: str, found: str) -> None:
    text, used = decode(raw("año".encode(encoding)), ("utf-8", "cp1252"))
    assert (text, used) == ("año", found)


def test_bytes_of_no_expected_encoding_are_refused() -> None:
    with pytest.raises(SourceInvalid, match="cannot be decoded: expected utf-8 or cp1252"):
        decode(raw(b"a\x81"), ("utf-8", "cp1252"))


def test_a_line_break_inside_quotes_does_not_split_a_row() -> None:
    lines, _ = csv_lines(raw(b'a,b\n"x\ny",1\r\n\r\nz,2\r\n'), ("utf-8",))
    assert lines == [(1, ["a", "b"]), (3, ["x\ny", "1"]), (5, ["z", "2"])]


def test_a_file_cut_inside_quotes_is_refused() -> None:
    with pytest.raises(SourceInvalid, match=r"line 2: not readable as comma-separated text"):
        csv_lines(raw(b'a,b\n1,"cut here'), ("utf-8",))


@pytest.mark.parametrize("content", [b"", b"\n \n", b"a,b\n"])
def test_a_file_without_rows_is_refused(content: bytes) -> None:
    with pytest.raises(SourceInvalid, match="the file has no rows"):
        csv_lines(raw(content), ("utf-8",))


def test_a_table_is_read_by_names_and_indexed_by_line_numbers() -> None:
    table = csv_table(raw(b"x,b,a\n1, 2 ,3\n\n4,,6\n"), ["a", "b"])
    assert table.to_dict("index") == {2: {"a": "3", "b": "2"}, 4: {"a": "6", "b": ""}}


def test_a_table_without_a_column_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="line 1: a column is missing: expected c, got a, b"):
        csv_table(raw(b"a,b\n1,2\n"), ["a", "c"])


def test_a_cut_row_of_a_table_is_refused_with_its_line() -> None:
    with pytest.raises(SourceInvalid, match=r"f\.csv line 3: the row is cut"):
        csv_table(raw(b"a,b\n1,2\n3\n"), ["a"])


def test_files_are_known_by_their_names_in_any_order() -> None:
    found = by_stem([raw(b"2", "two.csv.gz"), raw(b"1", "one.csv")], ("one", "two"))
    assert [found["one"].content, found["two"].content] == [b"1", b"2"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["one.csv", "three.csv"], "three.csv: the name of the file is not a known one"),
        (["one.csv", "one.csv.gz"], "one.csv.gz: given twice"),
        (["one.csv"], "two: a file is missing; give all 2 files"),
    ],
)
def test_an_odd_set_of_files_is_refused(names: list[str], message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        by_stem([raw(b"", name) for name in names], ("one", "two"))


def test_the_hash_of_several_files_does_not_depend_on_their_order() -> None:
    one, two = raw(b"1", "one.csv"), raw(b"2", "two.csv")
    assert combined_sha256([one, two]) == combined_sha256([two, one])


def test_a_release_is_published_on_the_day_in_the_file_before_that_of_the_caller() -> None:
    reading = Reading(checked="2026-11-23", published="2026-01-01")
    assert release_of("R", [raw(b"")], reading, published="2025-08-12").published == "2025-08-12"


def test_a_release_of_which_no_day_is_stated_has_none() -> None:
    assert release_of("R", [raw(b"")], Reading("2026-11-23")).published == ""


def test_progress_is_taken_quietly_where_nobody_watches(capfd: pytest.CaptureFixture[str]) -> None:
    with __main__._working("reading") as progress:
        for report in (progress, Reading("2026-11-26").progress):
            report(1, 2)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_streamed_has_its_hash_and_no_content(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", CONTENT)
    assert given_file(path) == RawFile("a.zip", b"", hashlib.sha256(CONTENT).hexdigest())


def test_a_streamed_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"none\.zip: there is no such file"):
        given_file(tmp_path / "none.zip")
