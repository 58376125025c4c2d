"""Archives of several files: listed, refused where odd, read as a stream."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers.archives import (
    Limits,
    Member,
    is_archive,
    members,
    open_member,
    read_member,
)

TWO = {"data/a.csv": b"one\n" * 50, "data/b.csv": b"two\n" * 70}


def zipped(
    folder: Path, content: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, name: str = "x.zip"
) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", method) as archive:
        for member, data in content.items():
            archive.writestr(member, data)
    return path


def with_bytes(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return path


def test_members_are_listed_in_order_and_folders_are_not(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"data/": b"", **TWO})
    assert members(path) == [Member("data/a.csv", 200), Member("data/b.csv", 280)]


def test_a_member_has_its_name_without_its_folders(tmp_path: Path) -> None:
    assert [item.file_name for item in members(zipped(tmp_path, TWO))] == ["a.csv", "b.csv"]


def test_a_member_is_read_as_a_stream(tmp_path: Path) -> None:
    path = zipped(tmp_path, TWO)
    with open_member(path, "data/b.csv") as stream:
        assert (stream.read(4), stream.read(4), len(stream.read())) == (b"two\n", b"two\n", 272)


def test_a_small_member_is_read_whole(tmp_path: Path) -> None:
    path = zipped(tmp_path, TWO)
    assert read_member(path, members(path)[0], 200) == TWO["data/a.csv"]


def test_a_member_larger_than_asked_for_is_not_read(tmp_path: Path) -> None:
    path = zipped(tmp_path, TWO)
    with pytest.raises(SourceInvalid, match="too large: expected at most 199 bytes, got 200"):
        read_member(path, members(path)[0], 199)


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no archive\n" * 40)
    found = is_archive(zipped(tmp_path, TWO, name="x.dat")), is_archive(tmp_path / "text.zip")
    assert found == (True, False)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../up.csv", "a/../../up.csv", "C:\\x.csv", "..\\up.csv"]
)
def test_a_name_that_points_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceInvalid, match="points outside of the archive"):
        members(zipped(tmp_path, {name: b"x"}))


@pytest.mark.parametrize("name", ["in.zip", "in.CSV.GZ", "in.7z"])
def test_an_archive_inside_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceInvalid, match="is an archive itself; unpack it by hand"):
        members(zipped(tmp_path, {name: b"x"}))


def test_a_member_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": b"1", "b.csv": b"2"})
    with pytest.raises(SourceInvalid, match="the member stands twice"):
        members(with_bytes(path, b"b.csv", b"a.csv"))


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": b"1"})
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, content.index(b"PK\x01\x02") + 8, 1)
    path.write_bytes(content)
    with pytest.raises(SourceInvalid, match="the member has a password"):
        members(path)


def test_an_odd_packing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="packed in a way that is not read"):
        members(zipped(tmp_path, TWO, zipfile.ZIP_LZMA))


def test_a_bomb_is_refused_before_a_byte_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="packed beyond reason"):
        members(zipped(tmp_path, {"a.csv": b"0" * 5_000_000}))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(count=1), "no members or too many: expected 1 to 1, got 2"),
        (Limits(total_bytes=479), "unpacks to too many bytes: expected at most 479, got 480"),
    ],
)
def test_more_than_the_limits_is_refused(tmp_path: Path, limits: Limits, message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        members(zipped(tmp_path, TWO), limits)


def test_an_empty_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="no members or too many"):
        members(zipped(tmp_path, {}))


def test_a_member_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"x\.zip/none\.csv: there is no such member"):
        open_member(zipped(tmp_path, TWO), "none.csv")


def test_a_damaged_member_is_told_while_it_is_read(tmp_path: Path) -> None:
    path = with_bytes(zipped(tmp_path, TWO, zipfile.ZIP_STORED), b"one\n", b"0ne\n")
    with (
        open_member(path, "data/a.csv") as stream,
        pytest.raises(SourceInvalid, match=r"data/a\.csv: the archive is truncated or damaged"),
    ):
        stream.read()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x03\x04" + b"x" * 500)
    with pytest.raises(SourceInvalid, match="truncated or damaged"):
        members(path)


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.integers(0, 400))
def test_any_damage_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, cut: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = zipped(folder, TWO, name="damaged.zip")
    content = bytearray(path.read_bytes())
    content[place % len(content)] = byte
    path.write_bytes(content[: len(content) - cut // 20])
    assert total_read(path) <= 480


def total_read(path: Path) -> int:
    """How many bytes come out of an archive; -1 where it is refused."""
    try:
        return sum(len(read_member(path, item, 10_000)) for item in members(path))
    except AtlasError:
        return -1
