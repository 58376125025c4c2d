"""Files of a folder are replaced together or not at all, at whatever step the writer is stopped."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from geo_app import commits, paths
from geo_app.errors import BadRequest, HashMismatch

OLD = {"a.csv": b"a1", "maps/old.series": b"m1", "maps/index.csv": b"i1", "kept.toml": b"k"}
NEW = {"a.csv": b"a2", "maps/new.series": b"m2", "maps/twin.series": b"m2", "maps/index.csv": b"i2"}


class Killed(BaseException):
    """What nothing catches, as a signal that ends the process."""


def filled(folder: Path) -> Path:
    for name, content in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    paths.write_registry(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path / "data")


def change(folder: Path) -> None:
    """Replace what NEW has and remove the old series, as an import does."""
    with commits.locked(folder), commits.stage(folder) as staged:
        (staged / "maps/old.series").unlink()
        for name, content in NEW.items():
            (staged / name).write_bytes(content)
        commits.commit(folder, *commits.difference(staged, folder))


def content(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, hidden files too, without the registry."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name != paths.REGISTRY
    }


BEFORE = OLD
AFTER = {name: body for name, body in OLD.items() if name != "maps/old.series"} | NEW

STEPS: list[tuple[object, str]] = [
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "write_text"),
    (Path, "write_bytes"),
    (os, "fsync"),
    (shutil, "copytree"),
    (shutil, "rmtree"),
]
"""What a writer does to the disk, one by one."""


@contextmanager
def stopped_at(monkeypatch: pytest.MonkeyPatch, number: int, when: str) -> Iterator[None]:
    """Let the process end at the numbered step: before it, or just after it."""
    count = 0

    def ending(step: Callable[..., object]) -> Callable[..., object]:
        def act(*arguments: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count == number and when == "before":
                raise Killed
            done = step(*arguments, **options)
            if count == number:
                raise Killed
            return done

        return act

    with monkeypatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, ending(getattr(owner, name)))
        yield


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("number", range(1, 40))
def test_a_writer_stopped_at_any_step_leaves_the_old_or_the_new_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, when: str
) -> None:
    with stopped_at(monkeypatch, number, when), suppress(Killed):
        change(folder)
    listed = paths.read_registry(folder)
    for name, digest in listed.items():
        assert paths.sha256(paths.verified(folder, name)) == digest
    with commits.locked(folder):
        pass
    found = content(folder)
    assert found in (BEFORE, AFTER)
    assert {name: hashlib.sha256(body).hexdigest() for name, body in found.items()} == listed


def test_every_step_of_a_change_is_among_those_that_are_stopped_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopped_at(monkeypatch, 39, "after"):
        change(folder)
    assert content(folder) == AFTER


def test_what_a_stopped_writer_left_beside_the_folder_goes_with_the_next_change(
    folder: Path,
) -> None:
    left = folder.parent / ".import-data-left"
    left.mkdir()
    (left / "a.csv").write_bytes(b"half")
    change(folder)
    assert content(folder) == AFTER
    assert [path.name for path in folder.parent.iterdir()] == ["data"]


def test_a_reader_takes_what_waits_when_the_registry_names_it(folder: Path) -> None:
    digest = hashlib.sha256(b"a2").hexdigest()
    waiting = paths.waiting(folder, "a.csv", digest)
    waiting.parent.mkdir()
    waiting.write_bytes(b"a2")
    entries = paths.read_registry(folder) | {"a.csv": digest}
    (folder / paths.REGISTRY).write_text(paths.registry_text(entries), encoding="utf-8")
    assert paths.verified(folder, "a.csv").read_bytes() == b"a2"


def test_a_reader_does_not_take_what_the_registry_does_not_name(folder: Path) -> None:
    waiting = paths.waiting(folder, "a.csv", hashlib.sha256(b"a2").hexdigest())
    waiting.parent.mkdir()
    waiting.write_bytes(b"a2")
    assert paths.verified(folder, "a.csv").read_bytes() == b"a1"


def test_a_content_that_was_damaged_while_it_waited_is_refused(folder: Path) -> None:
    digest = hashlib.sha256(b"a2").hexdigest()
    waiting = paths.waiting(folder, "a.csv", digest)
    waiting.parent.mkdir()
    waiting.write_bytes(b"damaged")
    entries = paths.read_registry(folder) | {"a.csv": digest}
    (folder / paths.REGISTRY).write_text(paths.registry_text(entries), encoding="utf-8")
    with pytest.raises(HashMismatch, match="the content is not the one that was checked"):
        paths.verified(folder, "a.csv")


def test_a_damaged_file_that_a_change_leaves_alone_stays_refused(folder: Path) -> None:
    (folder / "kept.toml").write_bytes(b"damaged")
    change(folder)
    with pytest.raises(HashMismatch, match="the content is not the one that was checked"):
        paths.verified(folder, "kept.toml")


def test_a_folder_without_a_registry_gets_one_of_all_its_files(folder: Path) -> None:
    (folder / paths.REGISTRY).unlink()
    change(folder)
    assert set(paths.read_registry(folder)) == set(AFTER)


def test_a_second_writer_waits_and_is_told_when_it_takes_too_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    refused = pytest.raises(BadRequest, match="another import is writing there; try again")
    with FileLock(tmp_path / f"geo_app-{key}.lock"), refused, commits.locked(folder, seconds=0.05):
        pass


@given(st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=4)))
def test_a_change_makes_any_content_of_a_folder(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[str, bytes]
) -> None:
    folder = filled(tmp_path_factory.mktemp("any") / "data")
    with commits.locked(folder), commits.stage(folder) as staged:
        for path in [*staged.rglob("*")]:
            if path.is_file():
                path.unlink()
        for name, body in wanted.items():
            (staged / name).write_bytes(body)
        commits.commit(folder, *commits.difference(staged, folder))
    assert content(folder) == wanted
    assert not paths.unlisted(folder)
