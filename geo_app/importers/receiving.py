"""The body of an answer, written to the part of a file within limits of size, rate and time.

Owns what is written and when it is broken off. Does not own the question (``downloading``).
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from geo_app.importers import kept_downloads
from geo_app.importers.download_jobs import Job, TryAgain, late, trouble
from geo_app.importers.download_rules import BY_HAND
from geo_app.importers.kept_downloads import Note

if TYPE_CHECKING:
    import httpx


def start_of(job: Job, response: httpx.Response) -> int:
    """Return the byte at which the answer begins; drop a part that it does not continue."""
    part = kept_downloads.part(job.wanted.path)
    if response.status_code == HTTPStatus.PARTIAL_CONTENT and part.is_file():
        at = part.stat().st_size
        if response.headers.get("Content-Range", "").startswith(f"bytes {at}-"):
            return at
    is_odd = response.status_code in (
        HTTPStatus.PARTIAL_CONTENT,
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
    )
    # An answer that says "later" or "no" leaves what was begun as it is.
    if is_odd or response.status_code == HTTPStatus.OK:
        kept_downloads.forget(part)
    if is_odd:
        raise TryAgain(trouble(job, "the server continues another file"), wait=0)
    return 0


def _length(response: httpx.Response) -> int | None:
    text = response.headers.get("Content-Length", "")
    return int(text[:18]) if text.isascii() and text.isdigit() else None


def _refuse_size(job: Job, length: int | None, start: int) -> None:
    most = job.wanted.max_bytes
    if length is not None and start + length > most:
        got = f"{start + length:,} bytes, at most {most:,} expected"
        raise trouble(job, "the file is too large", got=got, fix=BY_HAND)


def save(job: Job, response: httpx.Response, start: int) -> None:
    """Write the answer to the part, and remember how to continue it."""
    _refuse_size(job, _length(response), start)
    part = kept_downloads.part(job.wanted.path)
    is_plain = response.headers.get("Content-Encoding", "identity") in ("", "identity")
    state = state_of(job, response)
    is_strong = bool(state.last_modified if not state.etag else not state.etag.startswith("W/"))
    if not start and is_plain and is_strong:
        kept_downloads.remember(part, state)
    length = _length(response) if is_plain else None
    total = None if length is None else start + length
    begun = time.monotonic()
    done = start
    with part.open("ab" if start else "wb") as file:
        for piece in _pieces(job, response):
            done += len(piece)
            if done > job.wanted.max_bytes:
                kept_downloads.forget(part)
            _refuse_size(job, done, 0)
            file.write(piece)
            _refuse_slow(job, done - start, time.monotonic() - begun)
            if job.watch:
                job.watch(done, total)
        # A deadline shuts the connection, which looks like the end of a file without a length.
        if job.deadline.left() <= 0:
            raise late(job, "")
        file.flush()
        os.fsync(file.fileno())


def state_of(job: Job, response: httpx.Response, sha256: str = "") -> Note:
    """Return what is to be remembered of the file that an answer brings."""
    said = {name: response.headers.get(name, "") for name in ("ETag", "Last-Modified")}
    return Note(job.wanted.said, said["ETag"], said["Last-Modified"], sha256)


def _pieces(job: Job, response: httpx.Response) -> Iterator[bytes]:
    """Return the content piece by piece, unpacked within the limit where it is packed."""
    packing = response.headers.get("Content-Encoding", "identity").casefold()
    if packing in ("", "identity"):
        yield from response.iter_raw()
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise trouble(job, "the server packs the file in an unknown way", got=packing, fix=BY_HAND)
    unpacker = zlib.decompressobj(wbits=47)
    most = job.wanted.max_bytes + 1
    try:
        for raw in response.iter_raw():
            # A piece of this length trips the limit of the size: nothing is lost behind it.
            yield unpacker.decompress(raw, most)
    except zlib.error as error:
        raise trouble(job, f"the server packs the file wrongly ({error})") from error
    if not unpacker.eof:
        raise TryAgain(trouble(job, "the packed file is cut"))


def _refuse_slow(job: Job, count: int, seconds: float) -> None:
    limits = job.limits
    if seconds > limits.grace_seconds and count < seconds * limits.min_bytes_per_second:
        got = f"{count / seconds:,.0f} bytes a second"
        raise trouble(job, "the server sends too slowly", got=got)
