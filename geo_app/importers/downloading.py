"""One official file from the web into the reader's own folder, or a line that says why not.

A file is written to a part beside it and takes its name when it is whole and of the right format;
what was begun is continued where the server can. Owns the connection. Does not own where files
are (``provenance``), what a format looks like (``sniffing``) or what is done with them
(``updating``).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from geo_app import __version__
from geo_app.errors import SourceInvalid
from geo_app.importers import download_rules, kept_downloads
from geo_app.importers.deadlines import Deadline
from geo_app.importers.download_jobs import Fetched, Job, TryAgain, Wanted, Watch, late, trouble
from geo_app.importers.download_rules import BY_HAND, Absent, Limits
from geo_app.importers.kept_downloads import Note
from geo_app.importers.receiving import save, start_of, state_of
from geo_app.importers.sniffing import refuse_other

if TYPE_CHECKING:
    import httpx

AGENT = f"mexico-security-atlas/{__version__} (reads official statistics; python-httpx)"
"""What we say we are."""

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may have another answer."""
_GONE = frozenset({404, 410})


def fetch(wanted: Wanted, *, limits: Limits | None = None, watch: Watch | None = None) -> Fetched:
    """Fetch one file, or find that the one that is kept is still the newest.

    Parameters
    ----------
    wanted
        The file.
    limits
        How much patience to have; ``download_rules.LIMITS`` where none are given.
    watch
        Told how far it is.

    Raises
    ------
    Absent
        If the server has no such file.
    SourceInvalid
        If it cannot be reached, refuses, sends something else, too much, too slowly or too little,
        or sends on and on.
    """
    rules = limits or download_rules.LIMITS
    wanted.path.parent.mkdir(parents=True, exist_ok=True)
    with Deadline(rules.total_seconds) as deadline, _client(rules) as client:
        job = Job(wanted, rules, client, deadline, watch)
        for attempt in range(1, rules.attempts + 1):
            try:
                return _attempt(job)
            except TryAgain as failure:
                backoff = rules.backoff_seconds * 2 ** (attempt - 1)
                wait = backoff if failure.wait is None else failure.wait
                if attempt == rules.attempts or wait > min(
                    rules.longest_wait_seconds, deadline.left()
                ):
                    raise failure.error from None
                time.sleep(wait)
    message = "no attempt was allowed"
    raise SourceInvalid(message, where=wanted.path.name, fix="allow at least one")


def _client(limits: Limits) -> httpx.Client:
    import httpx

    # Bytes as they are: a packed answer could unpack to anything, and has no place to resume from.
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    return httpx.Client(
        headers=headers, timeout=timeout, follow_redirects=False, verify=_certificates()
    )


@cache
def _certificates() -> ssl.SSLContext:
    """Return the authorities that are trusted; reading them takes longer than a small file."""
    import httpx

    return httpx.create_ssl_context()


def _attempt(job: Job) -> Fetched:
    """Ask once, and bring errors of the connection into words."""
    import httpx

    try:
        return _ask(job)
    except httpx.TimeoutException as error:
        raise TryAgain(late(job, "the server does not answer in time")) from error
    except httpx.ConnectError as error:
        text = f"the server cannot be reached ({error})"
        raise TryAgain(trouble(job, text, fix=f"check the connection, or {BY_HAND}")) from error
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        raise TryAgain(late(job, f"the connection broke off ({error})")) from error
    except (httpx.RequestError, httpx.InvalidURL) as error:
        raise trouble(job, f"the server cannot be asked ({error})") from error


def _ask(job: Job) -> Fetched:
    wanted = job.wanted
    kept = kept_downloads.note(wanted.path, wanted.said)
    begun = kept_downloads.note(kept_downloads.part(wanted.path), wanted.said)
    if wanted.guest:
        with _answer(job, wanted.guest, {}):
            pass
    with _answer(job, wanted.address, _conditions(wanted, kept, begun)) as response:
        status = response.status_code
        if status == HTTPStatus.NOT_MODIFIED and kept:
            return Fetched(wanted.path, kept.sha256, is_new=False)
        start = start_of(job, response)
        _refuse_status(job, response)
        save(job, response, start)
    return _finish(job, response, kept)


def _conditions(wanted: Wanted, kept: Note | None, begun: Note | None) -> dict[str, str]:
    """Return the headers that continue what was begun, or ask for what has changed only."""
    if begun:
        at = kept_downloads.part(wanted.path).stat().st_size
        return {"Range": f"bytes={at}-", "If-Range": begun.etag or begun.last_modified}
    if not kept:
        return {}
    both = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: text for name, text in both.items() if text}


@contextmanager
def _answer(job: Job, address: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
    """Open an address, step by step over its redirects."""
    for _ in range(job.limits.redirects + 1):
        request = job.client.build_request(
            "GET", address, headers=headers, extensions={"trace": job.deadline.watch}
        )
        response = job.client.send(request, stream=True)
        try:
            if not response.has_redirect_location:
                yield response
                return
            address = download_rules.next_address(address, response.headers["Location"])
        finally:
            response.close()
    message = f"the server sends on and on, {job.limits.redirects} times"
    raise trouble(job, message, fix=BY_HAND)


def _refuse_status(job: Job, response: httpx.Response) -> None:
    status = response.status_code
    if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        return
    text = f"the server answers {status} {response.reason_phrase}".rstrip()
    if status in _AGAIN:
        asked = download_rules.asked_wait(
            response.headers.get("Retry-After", ""), datetime.now(UTC)
        )
        later = f"run it again after {asked:.0f} seconds, or {BY_HAND}" if asked else ""
        raise TryAgain(trouble(job, text, fix=later), asked)
    if status in _GONE:
        raise Absent(text, where=job.where, fix=f"correct the address in the record, or {BY_HAND}")
    raise trouble(job, text, fix=BY_HAND)


def _finish(job: Job, response: httpx.Response, kept: Note | None) -> Fetched:
    """Check a whole part and give it its name."""
    path = job.wanted.path
    part = kept_downloads.part(path)
    try:
        refuse_other(part, job.where, job.wanted.format)
    except SourceInvalid:
        kept_downloads.forget(part)
        raise
    sha256 = kept_downloads.sha256(part)
    kept_downloads.complete(path, state_of(job, response, sha256))
    return Fetched(path, sha256, is_new=kept is None or kept.sha256 != sha256)
