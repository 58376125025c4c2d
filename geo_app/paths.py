"""Where ``data/`` and ``shapes/`` are, and whether their files are the ones we shipped.

Owns the one environment variable that moves them and the hash registries. Knows nothing of what
the files mean.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from geo_app.errors import HashMismatch

REGISTRY = "registry.txt"
"""Name of the file in ``data/`` and ``shapes/`` that lists ``sha256  relative/name`` a line."""

UNLISTED = frozenset({REGISTRY, "README.md"})
"""Files that a registry does not list: itself, and prose."""


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
    return home() / "data"


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
    expected = read_registry(folder).get(name)
    path = folder / name
    if expected is None:
        message = "the file is not listed"
        raise HashMismatch(
            message, where=f"{folder / REGISTRY}", expected=f"a line for {name}", fix=_FIX
        )
    if not path.is_file():
        message = "the file is missing"
        raise HashMismatch(message, where=str(path), fix=_FIX)
    got = sha256(path)
    if got != expected:
        message = "the content is not the one that was checked"
        raise HashMismatch(message, where=str(path), expected=expected[:12], got=got[:12], fix=_FIX)
    return path


def unlisted(folder: Path) -> list[str]:
    """Return the relative names of files in a folder that its registry does not list, sorted."""
    listed = read_registry(folder)
    return [name for name in _names(folder) if name not in listed]


def write_registry(folder: Path) -> None:
    """Write the hash registry of every file in a folder, sorted by name."""
    lines = [f"{sha256(folder / name)}  {name}\n" for name in _names(folder)]
    (folder / REGISTRY).write_text("".join(lines), encoding="utf-8", newline="\n")


def _names(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in UNLISTED)
    return sorted(path.relative_to(folder).as_posix() for path in found)


_FIX = "restore it from git, or run `python -m geo_app import` or `build` again"
