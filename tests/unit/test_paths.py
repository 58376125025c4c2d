"""Where the data are, and that a file that is not the checked one is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from geo_app import paths
from geo_app.errors import HashMismatch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_bytes(b"a\n")
    (tmp_path / "b.toml").write_bytes(b"b\n")
    paths.write_registry(tmp_path)
    return tmp_path


def test_the_data_lie_beside_the_package_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEO_APP_DATA", raising=False)
    assert paths.home() == Path(paths.__file__).parent.parent


def test_the_environment_moves_both_folders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEO_APP_DATA", str(tmp_path))
    assert (paths.data_dir(), paths.shapes_dir()) == (tmp_path / "data", tmp_path / "shapes")


def test_an_empty_environment_variable_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEO_APP_DATA", "")
    assert paths.home() == Path(paths.__file__).parent.parent


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"\r\n\xff")
    assert paths.sha256(path) == hashlib.sha256(b"\r\n\xff").hexdigest()


def test_a_written_registry_reads_back(folder: Path) -> None:
    expected = {name: paths.sha256(folder / name) for name in ("b.toml", "tables/a.csv")}
    assert paths.read_registry(folder) == expected


def test_a_registry_is_sorted_so_that_a_diff_is_readable(folder: Path) -> None:
    assert list(paths.read_registry(folder)) == ["b.toml", "tables/a.csv"]


def test_a_registry_does_not_list_itself_or_prose(folder: Path) -> None:
    (folder / "README.md").write_text("prose", encoding="utf-8")
    paths.write_registry(folder)
    assert list(paths.read_registry(folder)) == ["b.toml", "tables/a.csv"]


def test_a_missing_registry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HashMismatch, match=r"registry\.txt: the list .* missing; set GEO_APP_DATA"):
        paths.read_registry(tmp_path)


@pytest.mark.parametrize("line", ["", "abc  a.csv", "0" * 64, "0" * 64 + " a.csv", "0" * 65])
def test_an_unreadable_line_of_a_registry_is_refused(folder: Path, line: str) -> None:
    with (folder / paths.REGISTRY).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(
        HashMismatch, match=r"registry\.txt line 3: unreadable line: expected a sha"
    ):
        paths.read_registry(folder)


def test_a_listed_file_with_its_content_is_returned(folder: Path) -> None:
    assert paths.verified(folder, "tables/a.csv") == folder / "tables" / "a.csv"


def test_a_file_that_is_not_listed_is_refused(folder: Path) -> None:
    (folder / "c.csv").write_bytes(b"c")
    with pytest.raises(HashMismatch, match=r"the file is not listed: expected a line for c\.csv"):
        paths.verified(folder, "c.csv")


def test_a_listed_file_that_is_gone_is_refused(folder: Path) -> None:
    (folder / "b.toml").unlink()
    with pytest.raises(HashMismatch, match=r"b\.toml: the file is missing; restore it from git"):
        paths.verified(folder, "b.toml")


def test_a_file_with_another_content_is_refused(folder: Path) -> None:
    (folder / "b.toml").write_bytes(b"B\n")
    got = paths.sha256(folder / "b.toml")[:12]
    with pytest.raises(
        HashMismatch, match=rf"not the one that was checked: expected .*, got {got}"
    ):
        paths.verified(folder, "b.toml")


def test_a_changed_line_ending_is_another_content(folder: Path) -> None:
    (folder / "b.toml").write_bytes(b"b\r\n")
    with pytest.raises(HashMismatch, match="the content is not the one that was checked"):
        paths.verified(folder, "b.toml")


def test_files_that_nobody_listed_are_named(folder: Path) -> None:
    (folder / "tables" / "z.csv").write_bytes(b"z")
    (folder / "README.md").write_text("prose", encoding="utf-8")
    assert paths.unlisted(folder) == ["tables/z.csv"]
