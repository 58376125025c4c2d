"""What every importer shares: reading an official file and handing over tidy rows.

Owns the opening of files (plain, gz, zip), the sniffing of encodings and of things that are not
the file they claim to be, and the record that an importer returns. Does not own any format.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers import archives
from geo_app.own_folder import Document
from geo_app.provenance import Release

SMALLEST_FILE_BYTES = 200
"""Anything smaller is a pointer or an error page, not an official file."""

MOST_BYTES = 400_000_000
"""Anything larger is no file that is read whole; what is read in a stream has other limits."""

_PAGE_STARTS = (b"<!doctype", b"<html", b'<?xml version="1.0" encoding="utf-8"?><!doctype')


@dataclass(frozen=True, slots=True)
class RawFile:
    """An official file, unpacked, as text to be."""

    name: str
    """Name of the file as given."""
    content: bytes
    """The content after unpacking gz or a zip of one member."""
    sha256: str
    """SHA-256 of the file as given, before unpacking."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A list beside the tables that an import writes."""

    name: str
    """Name inside ``data/``, such as "cities.csv"."""
    text: str
    """Its content, as far as the files that were read give it."""
    merge: Callable[[str, str], str] | None = None
    """Makes the whole list of the one held and of ``text``; None = ``text`` is the whole list."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an importer made of a file: tidy rows of one release, and what it met on the way."""

    source: str
    """Slug of the source."""
    area_column: str
    """"state_code", "municipality_code" or "city_code"."""
    rows: pd.DataFrame
    """Columns area_code, period, measure, value (float, NaN = missing), status, and where the
    source has them low, high, interval, reasons, address."""
    release: Release
    """The release that the rows belong to."""
    encoding: str
    """Encoding that was found, or the name of the workbook format."""
    repairs: tuple[str, ...]
    """Defects that were repaired and rows that were not used, each in words with its number."""
    references: tuple[Reference, ...] = ()
    """Lists that belong to the table, such as that of the cities."""
    documents: tuple[Document, ...] = ()
    """Official wording, for the reader's own folder and for no other place."""
    yields: bool = False
    """Whether an earlier reading of the release stays where this one gives no state a value."""


def no_rows() -> pd.DataFrame:
    """Return the rows of a source whose facts are a list (``table = false`` in its record)."""
    texts = ("area_code", "period", "measure", "status")
    columns = {name: pd.Series(dtype=str) for name in texts}
    return pd.DataFrame(columns | {"value": pd.Series(dtype=float)})


Progress = Callable[[int, int], None]
"""Is told how many bytes or rows of a long file were read, and of how many."""


def say_nothing(done: int, total: int) -> None:
    """Report no progress: what an importer calls where nobody watches."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the caller knows about a file beyond its content, and whom it tells how far it is."""

    checked: str
    """ISO date on which the file is read."""
    published: str = ""
    """ISO date of publication where the caller knows it."""
    progress: Progress = field(default=say_nothing, compare=False)
    """Called now and then by an importer that reads for more than a second."""


def open_raw(path: Path, *, may_be_page: bool = False) -> RawFile:
    """Open an official file.

    Parameters
    ----------
    path
        A plain file, a ``.gz``, or a ``.zip`` with one member.
    may_be_page
        Whether the source is published as a web page.

    Raises
    ------
    SourceInvalid
        If the file is not there, too small, too large, truncated, a web page, or a zip of several
        members.
    """
    if not path.is_file():
        message = "there is no such file"
        raise SourceInvalid(message, where=str(path), fix="give the path of the downloaded file")
    _refuse_large(path.name, path.stat().st_size)
    packed = path.read_bytes()
    content = _unpack(path, packed)
    refuse_page(path.name, content, may_be_page=may_be_page)
    return RawFile(path.name, content, hashlib.sha256(packed).hexdigest())


def decode(raw: RawFile, encodings: tuple[str, ...]) -> tuple[str, str]:
    """Decode a file with the first encoding that fits.

    Returns
    -------
    text, encoding
        The text without a byte-order mark, and the encoding that was used.

    Raises
    ------
    SourceInvalid
        If none fits.
    """
    for encoding in encodings:
        try:
            return raw.content.decode(encoding).removeprefix("\ufeff"), encoding
        except UnicodeDecodeError:
            continue
    message = "the text cannot be decoded"
    raise SourceInvalid(
        message, where=raw.name, expected=" or ".join(encodings), fix="download the file again"
    )


def by_stem(raws: Sequence[RawFile], stems: Sequence[str]) -> dict[str, RawFile]:
    """Sort the files of a source that has several by their names.

    Parameters
    ----------
    raws
        The files given, in any order.
    stems
        The names that must be there, each once, without what follows the first dot.

    Raises
    ------
    SourceInvalid
        If a file has another name, is given twice, or is missing.
    """
    found: dict[str, RawFile] = {}
    for raw in raws:
        stem = raw.name.split(".")[0]
        if stem not in stems or stem in found:
            message = "given twice" if stem in found else "the name of the file is not a known one"
            raise SourceInvalid(message, where=raw.name, expected=", ".join(stems))
        found[stem] = raw
    absent = [stem for stem in stems if stem not in found]
    if absent:
        message = "a file is missing"
        raise SourceInvalid(
            message, where=absent[0], fix=f"give all {len(stems)} files in one import"
        )
    return found


def release_of(
    name: str, raws: Sequence[RawFile], reading: Reading, *, published: str = "", seen: str = ""
) -> Release:
    """Return the record of a release that was read from one or several files.

    Parameters
    ----------
    name
        Name by which rows refer to it.
    raws
        The files that were read.
    reading
        The day of reading, and the date of publication where the caller knows it.
    published
        ISO date of publication where the file states it; the caller's word where it does not.
    seen
        ISO date of the earliest dated public copy; empty where none is known.
    """
    return Release(
        release=name,
        published=published or reading.published,
        seen=seen,
        checked=reading.checked,
        file=" + ".join(sorted(raw.name for raw in raws)),
        sha256=combined_sha256(raws),
    )


def given_file(path: Path) -> RawFile:
    """Return the name and the hash of a file that is read as a stream, without its content.

    Raises
    ------
    SourceInvalid
        If there is no such file.
    """
    if not path.is_file():
        message = "there is no such file"
        raise SourceInvalid(message, where=str(path), fix="give the path of the downloaded file")
    with path.open("rb") as file:
        return RawFile(path.name, b"", hashlib.file_digest(file, "sha256").hexdigest())


def combined_sha256(raws: Sequence[RawFile]) -> str:
    """Return one SHA-256 for a release of one or several files.

    Returns
    -------
    str
        The hash of the only file, or the hash of the sorted lines ``sha256  name`` of several.
    """
    if len(raws) == 1:
        return raws[0].sha256
    lines = sorted(f"{raw.sha256}  {raw.name}\n" for raw in raws)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _unpack(path: Path, packed: bytes) -> bytes:
    if path.suffix == ".gz":
        return _gunzipped(path.name, packed)
    if path.suffix == ".zip":
        return _only_member(path)
    return packed


def _gunzipped(name: str, packed: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        message = f"the file is truncated or not .gz ({error})"
        raise SourceInvalid(message, where=name, fix="download it again") from error
    _refuse_large(name, len(content))
    return content


def _only_member(path: Path) -> bytes:
    found = archives.members(path)
    if len(found) != 1:
        message = "the archive does not hold exactly one file"
        raise SourceInvalid(
            message, where=path.name, expected="1", got=str(len(found)), fix="unpack it first"
        )
    return archives.read_member(path, found[0], MOST_BYTES)


def _refuse_large(name: str, size: int) -> None:
    if size > MOST_BYTES:
        message = "the file is too large"
        raise SourceInvalid(
            message,
            where=name,
            expected=f"at most {MOST_BYTES:,} bytes, unpacked",
            fix="no official file of this kind is as large; download it again",
        )


def refuse_page(name: str, content: bytes, *, may_be_page: bool = False) -> None:
    """Refuse what is not the file it claims to be: a web page, or a pointer to a large file.

    Parameters
    ----------
    name
        Name of the file, for the message.
    content
        The unpacked content, or its beginning where it is longer than ``SMALLEST_FILE_BYTES``.
    may_be_page
        Whether the official file is a web page.

    Raises
    ------
    SourceInvalid
        If it begins like a page or is too small to be an official file.
    """
    head = content[:500].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not may_be_page and head.startswith(_PAGE_STARTS):
        message = "a web page instead of the file"
        raise SourceInvalid(
            message, where=name, fix="the server answered with a page; download the file by hand"
        )
    if len(content) < SMALLEST_FILE_BYTES:
        message = "too small to be the file"
        raise SourceInvalid(
            message,
            where=name,
            expected=f"at least {SMALLEST_FILE_BYTES} bytes",
            got=str(len(content)),
            fix="it may be a pointer to a large file; download the file itself",
        )
