"""Downloaded files in the reader's own folder, and what is remembered of each.

Beside every file stands a small JSON file: where it came from, what the server said of its state
and its hash. Owns that folder and those notes; they are a cache, so a note that cannot be read is
as good as none. Fetches nothing (``downloading``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from geo_app import own_folder

FOLDER = "downloads"
"""Folder of the downloads inside the reader's own."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is remembered of a file, whole or in part."""

    address: str
    """Where it came from, without a token."""
    etag: str
    """The server's name of this state of the file; empty where it gave none."""
    last_modified: str
    """The server's time of this state, as it wrote it; empty where it gave none."""
    sha256: str
    """SHA-256 of the content; empty for a part."""


def folder(slug: str) -> Path:
    """Return where the downloads of a source are kept."""
    return own_folder.home() / FOLDER / slug


def part(path: Path) -> Path:
    """Return where a file is written until it is whole."""
    return path.with_name(path.name + ".part")


def note(path: Path, address: str) -> Note | None:
    """Return what is remembered of a file; None unless file and note are there and agree.

    Parameters
    ----------
    path
        The file, or its part.
    address
        Where it would come from now, without a token: what came from elsewhere is not the same.
    """
    try:
        said = json.loads(_beside(path).read_text(encoding="utf-8"))
        found = Note(**{field.name: str(said[field.name]) for field in fields(Note)})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    is_same = found.address == address and path.is_file()
    return found if is_same and found.sha256 in ("", sha256(path)) else None


def remember(path: Path, found: Note) -> None:
    """Write what is to be remembered of a file."""
    text = json.dumps(asdict(found), indent=1)
    _beside(path).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def complete(path: Path, found: Note) -> None:
    """Give a part its name, in place of an older file, and remember what it is."""
    begun = part(path)
    # Without the note first: a note of the old file must never stand beside the new one.
    _beside(path).unlink(missing_ok=True)
    begun.replace(path)
    forget(begun)
    remember(path, found)


def forget(path: Path) -> None:
    """Remove a file and its note, where they are."""
    for old in (path, _beside(path)):
        old.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces: it may be larger than the memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".note.json")
