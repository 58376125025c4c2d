"""Archives of several files: what is in them, and one member as a stream.

Owns what is refused of a zip: too many members, too many bytes, names that point elsewhere,
passwords, archives inside archives. Nothing is written to a disk and no member is held whole. Does
not own what a member means, nor archives of one file (``reading``).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from geo_app.errors import SourceInvalid

_ENDINGS = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz")
"""Names of members that are archives themselves."""

_ELSEWHERE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

# What zipfile and zlib raise of bytes that are no whole archive; RuntimeError is zipfile's word for
# a password, NotImplementedError for an odd compression, ValueError and OverflowError for offsets
# that no file has, IndexError for a name without a letter.
_BROKEN = (
    OSError,
    EOFError,
    IndexError,
    ValueError,
    OverflowError,
    zlib.error,
    zipfile.BadZipFile,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold."""

    count: int = 200
    """Members, folders left out."""
    total_bytes: int = 4_000_000_000
    """All members together, unpacked."""
    ratio: int = 400
    """A member's bytes unpacked for one byte packed: text of an office stays below, a bomb not."""


LIMITS = Limits()
"""What the official archives stay far below."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    """Its name in the archive, with its folders."""
    size_bytes: int
    """Its size, unpacked."""

    @property
    def file_name(self) -> str:
        """Its name without its folders."""
        return re.split(r"[/\\]", self.name)[-1]


def is_archive(path: Path) -> bool:
    """Say whether a file is a zip by its content, whatever it is called."""
    try:
        return zipfile.is_zipfile(path)
    except _BROKEN:
        return False


def members(path: Path, limits: Limits = LIMITS) -> list[Member]:
    """List the members of a zip, in the order of the archive, after refusing what no source sends.

    Parameters
    ----------
    path
        The archive.
    limits
        How much it may hold.

    Returns
    -------
    list of Member
        Every file; folders are left out.

    Raises
    ------
    SourceInvalid
        If the file is not a zip, holds nothing, too many members or too many bytes, or a member
        has a password, is an archive itself, is packed beyond reason, stands twice or has a name
        that points outside.
    """
    with _told(path.name), zipfile.ZipFile(path) as archive:
        found = [item for item in archive.infolist() if not item.is_dir()]
    if not 0 < len(found) <= limits.count:
        message = "the archive has no members or too many"
        expected = f"1 to {limits.count}"
        raise SourceInvalid(message, where=path.name, expected=expected, got=str(len(found)))
    total = sum(item.file_size for item in found)
    if total > limits.total_bytes:
        message = "the archive unpacks to too many bytes"
        expected = f"at most {limits.total_bytes:,}"
        raise SourceInvalid(message, where=path.name, expected=expected, got=f"{total:,}")
    names = [item.filename for item in found]
    for item in found:
        _refuse_odd(item, path.name, limits, is_twice=names.count(item.filename) > 1)
    return [Member(item.filename, item.file_size) for item in found]


def open_member(path: Path, name: str) -> BinaryIO:
    """Open one member as a stream that is unpacked as it is read.

    Parameters
    ----------
    path
        The archive, which ``members`` has listed.
    name
        Name of the member, as ``members`` gives it.

    Returns
    -------
    BinaryIO
        To be closed by the caller. Reading it raises SourceInvalid where the archive is damaged.

    Raises
    ------
    SourceInvalid
        If there is no such member or it cannot be opened.
    """
    where = f"{path.name}/{name}"
    with _told(where):
        archive = zipfile.ZipFile(path)
        try:
            stream = archive.open(name)
        except KeyError as error:
            archive.close()
            message = "there is no such member"
            raise SourceInvalid(message, where=where, fix="download the file again") from error
        except BaseException:
            archive.close()
            raise
    return io.BufferedReader(_Told(stream, archive, where), 1 << 16)


def read_member(path: Path, member: Member, most_bytes: int) -> bytes:
    """Return the whole content of a small member.

    Raises
    ------
    SourceInvalid
        If it is larger than ``most_bytes``, or damaged.
    """
    where = f"{path.name}/{member.name}"
    if member.size_bytes > most_bytes:
        message = "the member is too large"
        expected = f"at most {most_bytes:,} bytes"
        raise SourceInvalid(message, where=where, expected=expected, got=f"{member.size_bytes:,}")
    with open_member(path, member.name) as stream:
        return stream.read()


class _Told(io.RawIOBase):
    """A member whose damage is told as SourceInvalid, with its archive open as long as it is."""

    def __init__(self, stream: IO[bytes], archive: zipfile.ZipFile, where: str) -> None:
        self._stream = stream
        self._archive = archive
        self._where = where

    def readable(self) -> bool:
        return True

    # The type of any writable buffer has a name of its own only since Python 3.12.
    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        view = memoryview(buffer)
        with _told(self._where):
            found = self._stream.read(len(view))
        view[: len(found)] = found
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()


@contextmanager
def _told(where: str) -> Iterator[None]:
    try:
        yield
    except SourceInvalid:
        raise
    except _BROKEN as error:
        message = f"the archive is truncated or damaged ({error})"
        raise SourceInvalid(message, where=where, fix="download it again") from error


def _refuse_odd(item: zipfile.ZipInfo, name: str, limits: Limits, *, is_twice: bool) -> None:
    is_bomb = item.file_size > limits.ratio * max(item.compress_size, 1) and item.file_size > 1e6
    faults = {
        "the member has a password": bool(item.flag_bits & _ENCRYPTED),
        "the member points outside of the archive": bool(_ELSEWHERE.search(item.filename)),
        "the member is an archive itself": item.filename.lower().endswith(_ENDINGS),
        "the member stands twice": is_twice,
        "the member is packed in a way that is not read": item.compress_type not in _METHODS,
        "the member is packed beyond reason": is_bomb,
    }
    for message, is_so in faults.items():
        if is_so:
            fix = "unpack it by hand and give the files" if "archive itself" in message else ""
            where = f"{name}/{item.filename!r}"
            raise SourceInvalid(message, where=where, fix=fix or "download the archive again")
