"""Where ``data/`` and ``shapes/`` are, and whether their files are the ones we shipped.

Owns the one environment variable that moves them and the hash registries. Knows nothing of what
the files mean.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from geo_app.errors import HashMismatch

REGISTRY = "registry.txt"
"""Name of the file in ``data/`` and ``shapes/`` that lists ``sha256  relative/name`` a line."""

PENDING = ".pending"
"""Folder for contents that the registry names and that are not in their places yet."""

UNLISTED = frozenset({REGISTRY, "README.md"})
"""Files that a registry does not list: itself, and prose."""

_elsewhere: ContextVar[Path | None] = ContextVar("elsewhere", default=None)


def home() -> Path:
    """Return the folder that holds ``data/`` and ``shapes/``.

    Returns
    -------
    pathlib.Path
        The value of ``GEO_APP_DATA`` where it is set, else the root of the project.
    """
    moved = os.environ.get("GEO_APP_DATA")
    return Path(moved) if moved else Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Return the folder of the tidy tables, provenance records and the catalogue."""
    return _elsewhere.get() or home() / "data"


@contextmanager
def data_at(folder: Path) -> Iterator[None]:
    """Let ``data_dir()`` be another folder for a while, such as a copy that is being changed."""
    token = _elsewhere.set(folder)
    try:
        yield
    finally:
        _elsewhere.reset(token)


def shapes_dir() -> Path:
    """Return the folder of the shapefiles."""
    return home() / "shapes"


def stamp(folder: Path) -> int:
    """Return when a folder's registry was last written, in nanoseconds; 0 where it has none.

    Part of the key of everything that is kept from the folder: a file that changes without its
    registry is refused, so the registry tells all there is to tell.
    """
    registry = folder / REGISTRY
    return registry.stat().st_mtime_ns if registry.is_file() else 0


def sha256(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_registry(folder: Path) -> dict[str, str]:
    """Read the hash registry of a folder.

    Parameters
    ----------
    folder
        ``data_dir()`` or ``shapes_dir()``.

    Returns
    -------
    dict of str to str
        Hash by relative name, with forward slashes.

    Raises
    ------
    HashMismatch
        If the registry is missing or a line is not ``sha256  name``.
    """
    path = folder / REGISTRY
    if not path.is_file():
        message = "the list of file hashes is missing"
        raise HashMismatch(
            message,
            where=str(path),
            fix="set GEO_APP_DATA to a folder with data/ and shapes/, or restore the file from git",
        )
    entries: dict[str, str] = {}
    # What is not UTF-8 makes a line that no name matches, and is told as such.
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            message = "unreadable line"
            raise HashMismatch(
                message,
                where=f"{path} line {number}",
                expected="a sha256, two spaces, a name",
                got=repr(line),
                fix="restore the file from git",
            )
        entries[name] = digest
    return entries


def verified(folder: Path, name: str) -> Path:
    """Return the path of a listed file after checking its hash.

    Parameters
    ----------
    folder
        ``data_dir()`` or ``shapes_dir()``.
    name
        Relative name with forward slashes, as the registry lists it.

    Raises
    ------
    HashMismatch
        If the file is not listed, not there, or has another content.
    """
    expected = _listed(folder, name)
    path = folder / name
    got = _settled(folder, name, expected)
    if got != expected:
        # A writer may have finished between the two looks.
        expected = _listed(folder, name)
        got = _settled(folder, name, expected)
    if not got:
        message = "the file is missing"
        raise HashMismatch(message, where=str(path), fix=_FIX)
    if got != expected:
        message = "the content is not the one that was checked"
        raise HashMismatch(message, where=str(path), expected=expected[:12], got=got[:12], fix=_FIX)
    return path


def unlisted(folder: Path) -> list[str]:
    """Return the relative names of files in a folder that its registry does not list, sorted."""
    listed = read_registry(folder)
    return [name for name in names(folder) if name not in listed]


def write_registry(folder: Path) -> None:
    """Write the hash registry of every file in a folder, sorted by name."""
    entries = {name: sha256(folder / name) for name in names(folder)}
    (folder / REGISTRY).write_text(registry_text(entries), encoding="utf-8", newline="\n")


def registry_text(entries: Mapping[str, str]) -> str:
    """Return a registry as text, of hashes by relative name."""
    return "".join(f"{entries[name]}  {name}\n" for name in sorted(entries))


def names(folder: Path) -> list[str]:
    """Return the relative names of all files that a registry lists, sorted."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path.as_posix() for path in found if path.name not in UNLISTED and path.parts[0] != PENDING
    )


def waiting(folder: Path, name: str, digest: str) -> Path:
    """Return where a new content of a file waits until the registry names it."""
    key = hashlib.sha256(f"{digest}  {name}".encode()).hexdigest()
    return folder / PENDING / key


def settle(folder: Path, name: str, digest: str) -> None:
    """Move a content that waits to its place; nothing happens where another one was as fast."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        waiting(folder, name, digest).replace(target)


def _listed(folder: Path, name: str) -> str:
    expected = read_registry(folder).get(name)
    if expected is None:
        message = "the file is not listed"
        raise HashMismatch(
            message, where=f"{folder / REGISTRY}", expected=f"a line for {name}", fix=_FIX
        )
    return expected


def _settled(folder: Path, name: str, expected: str) -> str:
    """Return the hash of a file, "" where it is missing, after a stopped writer's work is done."""
    path = folder / name
    got = sha256(path) if path.is_file() else ""
    if got == expected or not waiting(folder, name, expected).is_file():
        return got
    settle(folder, name, expected)
    return sha256(path) if path.is_file() else ""


_FIX = "restore it from git, or run `python -m geo_app import` or `build` again"
