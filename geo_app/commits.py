"""Several files of a folder replaced together: all of them or none, whenever the writer is stopped.

The registry is the one point of decision. New contents first lie in ``.pending/``; replacing the
registry, which is one rename, makes them the ones that count; only then do they move to their
places. A reader that finds another content than the registry names takes it from ``.pending/``
(``paths.verified``), so that a writer may be killed between any two steps.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from geo_app import paths
from geo_app.errors import BadRequest

LOCK_SECONDS = 60
"""How long a writer waits for another one to finish."""

_REMOVED = "removed.txt"
_REGISTRY_PART = "registry.part"


@contextmanager
def locked(folder: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Let one writer at a time into a folder; first finish what a stopped one had decided.

    Parameters
    ----------
    folder
        ``data_dir()`` or another folder with a registry.
    seconds
        How long to wait for another writer.

    Raises
    ------
    BadRequest
        If another writer does not finish in that time.
    """
    from filelock import FileLock, Timeout

    # Not in the folder: what an import did not change must be as it was, byte by byte.
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"geo_app-{name}.lock")
    try:
        lock.acquire(timeout=seconds)
    except Timeout as error:
        message = "another import is writing there"
        raise BadRequest(message, where=str(folder), fix="try again when it has ended") from error
    try:
        settle(folder)
        yield
    finally:
        lock.release()


def commit(folder: Path, changed: Mapping[str, Path], removed: Collection[str] = ()) -> None:
    """Replace files of a folder and their lines in its registry, all at once.

    Parameters
    ----------
    folder
        The folder, under ``locked``.
    changed
        The file that holds the new content, by relative name. These files are moved away; they
        have to lie on the same disk.
    removed
        Relative names that are to go.

    Raises
    ------
    HashMismatch
        If the registry that is there cannot be read.
    """
    entries = _entries(folder)
    pending = folder / paths.PENDING
    pending.mkdir(parents=True, exist_ok=True)
    for name, content in changed.items():
        entries[name] = paths.sha256(content)
        _sync(content)
        content.replace(paths.waiting(folder, name, entries[name]))
    for name in removed:
        entries.pop(name, None)
    _write_synced(pending / _REMOVED, "".join(f"{name}\n" for name in sorted(removed)))
    _write_synced(pending / _REGISTRY_PART, paths.registry_text(entries))
    _sync(pending)
    (pending / _REGISTRY_PART).replace(folder / paths.REGISTRY)
    _sync(folder)
    settle(folder)


def settle(folder: Path) -> None:
    """Finish what a stopped writer had decided, and clear away what it had not.

    Raises
    ------
    HashMismatch
        If the registry cannot be read.
    """
    pending = folder / paths.PENDING
    if not pending.is_dir():
        return
    entries = _entries(folder)
    for name, digest in entries.items():
        if paths.waiting(folder, name, digest).is_file():
            paths.settle(folder, name, digest)
    removed = pending / _REMOVED
    for name in removed.read_text(encoding="utf-8").splitlines() if removed.is_file() else ():
        if name not in entries:
            (folder / name).unlink(missing_ok=True)
    shutil.rmtree(pending)


@contextmanager
def stage(folder: Path, *, is_beside: bool = True) -> Iterator[Path]:
    """Give a copy of a folder, to be changed freely; it is gone at the end.

    Parameters
    ----------
    folder
        The folder, under ``locked`` where the copy lies beside it.
    is_beside
        Whether the copy lies beside the folder and so on the same disk, as ``commit`` needs it.

    Yields
    ------
    pathlib.Path
        The copy.
    """
    prefix = f".import-{folder.name}-"
    for left in folder.parent.glob(f"{prefix}*") if is_beside else ():
        shutil.rmtree(left)
    beside = folder.parent if is_beside else None
    with tempfile.TemporaryDirectory(dir=beside, prefix=prefix) as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy)
        yield copy


def difference(staged: Path, folder: Path) -> tuple[dict[str, Path], frozenset[str]]:
    """Return what a changed copy has otherwise than its folder.

    Returns
    -------
    changed, removed
        The changed and new files by relative name, and the names that are gone; both without the
        registry.
    """
    names = {path: _names(path) for path in (staged, folder)}
    changed = {
        name: staged / name
        for name in names[staged]
        if name not in names[folder] or paths.sha256(staged / name) != paths.sha256(folder / name)
    }
    return changed, frozenset(names[folder] - names[staged])


def _names(folder: Path) -> frozenset[str]:
    return frozenset(paths.names(folder))


def _entries(folder: Path) -> dict[str, str]:
    """Return the registry; of a folder that has none yet, the hashes of what lies there."""
    if (folder / paths.REGISTRY).is_file():
        return paths.read_registry(folder)
    return {name: paths.sha256(folder / name) for name in paths.names(folder)}


def _write_synced(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
    _sync(path)


def _sync(path: Path) -> None:
    """Have the disk hold a file, or the names of a folder."""
    # Some systems do not open folders; they order renames by themselves.
    with suppress(PermissionError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
