"""Large official files as a stream: unpacked on the way, in the same memory whatever their size.

Owns the opening of plain files, ``.gz``, ``.bz2``, ``.xz``, a ``.zip`` of one file and workbooks,
told by their first bytes and not by their names, and the limits beyond which a file is refused.
Does not own what stands in them.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import RawFile, refuse_page

MAX_BYTES = 4 * 1024**3
"""Nothing official is longer, unpacked; what goes on beyond it is a trap."""

MAX_WORKBOOK_BYTES = 256 * 1024**2
"""A packed workbook is read into memory up to here; a sheet holds a million rows at most."""

HEAD_BYTES = 64 * 1024
"""How much is looked at before anything is read."""

_XZ_MEMORY = 256 * 1024**2
_ZIP = b"PK\x03\x04"
_WORKBOOK_PART = "xl/workbook.xml"
_NAMES = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz", _ZIP: "zip"}
_PLAIN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

BROKEN = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,  # zipfile's word for a password, and the parent of what it does not know
    ValueError,
    OverflowError,
    struct.error,
)
"""What the unpackers raise on a file that is cut, damaged or something else."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An official file that is open."""

    raw: RawFile
    """Its name, the hash of the file as given, and the beginning of its unpacked content."""
    body: IO[bytes]
    """The unpacked content from its first byte; of a workbook a file that can be sought in."""
    is_workbook: bool
    names: tuple[str, ...] = ()
    """Its name and, of an archive, that of the file in it."""


class _Bounded(io.RawIOBase):
    """A stream whose failures are told as ours, and which ends with an error at the limit."""

    def __init__(self, inner: IO[bytes], name: str, kind: str) -> None:
        self._inner, self._name, self._kind, self._left = inner, name, kind, MAX_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            chunk = self._inner.read(len(view))
        except BROKEN as error:
            raise _damaged(self._name, self._kind, error) from error
        self._left -= len(chunk)
        if self._left < 0:
            message = "the file does not end"
            raise SourceInvalid(
                message,
                where=self._name,
                expected=f"at most {MAX_BYTES / 1024**3:.0f} GB unpacked",
                fix="download it again",
            )
        view[: len(chunk)] = chunk
        return len(chunk)


class _Xz(io.RawIOBase):
    """An ``.xz`` unpacked within a limit of memory, which ``lzma.open`` does not know."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed, self._decoder = packed, lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._decoder.eof:
            data = self._packed.read(HEAD_BYTES) if self._decoder.needs_input else b""
            if self._decoder.needs_input and not data:
                message = "it ends before its end"
                raise EOFError(message)
            chunk = self._decoder.decompress(data, len(view))
            if chunk:
                view[: len(chunk)] = chunk
                return len(chunk)
        if self._decoder.unused_data or self._packed.read(1):
            message = "several streams"
            raise lzma.LZMAError(message)
        return 0


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open an official file of any size.

    Parameters
    ----------
    path
        A plain file, a ``.gz``, ``.bz2`` or ``.xz``, a ``.zip`` with one member, or a workbook,
        also inside one of them.

    Raises
    ------
    SourceInvalid
        If the file is not there, too small, a web page, a zip of several members or a workbook
        that is cut; while it is read, if it is damaged or longer than ``MAX_BYTES``.
    """
    if not path.is_file():
        message = "there is no such file"
        raise SourceInvalid(message, where=str(path), fix="give the path of the downloaded file")
    with ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        kind = _kind(file.read(6))
        file.seek(0)
        body, names = _body(stack, path, file, kind)
        head = body.peek(HEAD_BYTES)
        refuse_page(path.name, head)
        raw = RawFile(path.name, head[:HEAD_BYTES], sha256)
        if head.startswith(_ZIP):
            yield Opened(raw, _sought(body, path.name), is_workbook=True, names=names)
        else:
            yield Opened(raw, body, is_workbook=False, names=names)


def _kind(start: bytes) -> str:
    return next((name for magic, name in _NAMES.items() if start.startswith(magic)), "")


def _body(
    stack: ExitStack, path: Path, file: IO[bytes], kind: str
) -> tuple[io.BufferedReader, tuple[str, ...]]:
    inner, member = file, ""
    try:
        if kind == "zip":
            inner, member = _member(stack, path, file)
        elif kind == "gz":
            inner = cast("IO[bytes]", gzip.GzipFile(fileobj=file))
        elif kind == "bz2":
            inner = bz2.BZ2File(file)
        elif kind == "xz":
            inner = io.BufferedReader(_Xz(file))
    except BROKEN as error:
        raise _damaged(path.name, kind, error) from error
    names = tuple(filter(None, (path.name, member)))
    return io.BufferedReader(_Bounded(inner, path.name, kind), 1 << 20), names


def _member(stack: ExitStack, path: Path, file: IO[bytes]) -> tuple[IO[bytes], str]:
    """Return the only file of an archive and its name, or the archive where it is a workbook."""
    archive = stack.enter_context(zipfile.ZipFile(file))
    # Some systems add a folder of their own about each file.
    names = [
        item
        for item in archive.infolist()
        if not item.is_dir() and not item.filename.startswith("__MACOSX/")
    ]
    if any(item.filename == _WORKBOOK_PART for item in names):
        return stack.enter_context(path.open("rb")), ""
    if len(names) != 1:
        message = "the archive does not hold exactly one file"
        raise SourceInvalid(
            message, where=path.name, expected="1", got=str(len(names)), fix="unpack it first"
        )
    if names[0].compress_type not in _PLAIN_WAYS:
        message = "the archive is packed in an unusual way"
        raise SourceInvalid(message, where=path.name, fix="unpack it first")
    return stack.enter_context(archive.open(names[0])), names[0].filename


def _sought(body: io.BufferedReader, name: str) -> IO[bytes]:
    content = body.read(MAX_WORKBOOK_BYTES + 1)
    if len(content) > MAX_WORKBOOK_BYTES:
        message = "the workbook is too large"
        raise SourceInvalid(message, where=name, fix="save it as a comma-separated file")
    return io.BytesIO(content)


def _damaged(name: str, kind: str, error: Exception) -> SourceInvalid:
    if isinstance(error, SourceInvalid):
        return error
    if name.endswith(".xlsx"):
        message = "not a whole Excel workbook (.xlsx)"
    else:
        message = f"the file is truncated or not .{kind or 'what it seems'} ({error})"
    return SourceInvalid(message, where=name, fix="download it again")
