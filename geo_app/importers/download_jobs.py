"""One fetch: the file that is wanted, what every step of it needs, and how a failure is told.

Owns the records that the steps hand on. Asks no server (``downloading``) and writes no file
(``receiving``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo_app.downloads import FileFormat
from geo_app.errors import SourceInvalid
from geo_app.importers.deadlines import Deadline
from geo_app.importers.download_rules import BY_HAND, Limits

if TYPE_CHECKING:
    import httpx

Watch = Callable[[int, int | None], None]
"""Told the bytes that are there and, where it is known, how many there will be."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch."""

    address: str
    """Where it is, a token filled in."""
    said: str
    """The address as it may be told and noted: without the token."""
    path: Path
    """Where it is kept."""
    format: FileFormat
    max_bytes: int
    guest: str = ""
    """Page to open first for its cookie; empty where none is needed."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is there."""

    path: Path
    sha256: str
    is_new: bool
    """Whether its content is another than that of the file kept before."""


class TryAgain(Exception):
    """An attempt failed in a way that may pass."""

    def __init__(self, error: SourceInvalid, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Job:
    """What every step of one fetch needs."""

    wanted: Wanted
    limits: Limits
    client: httpx.Client
    deadline: Deadline
    watch: Watch | None

    @property
    def where(self) -> str:
        """Name and address of the file, for messages."""
        return f"{self.wanted.path.name} ({self.wanted.said})"


def trouble(job: Job, what: str, *, got: str = "", fix: str = "") -> SourceInvalid:
    """Return the error of a job: what happened, of which file and address, and what to do."""
    later = fix or f"run it again later, or {BY_HAND}"
    return SourceInvalid(what, where=job.where, got=got or None, fix=later)


def late(job: Job, text: str) -> SourceInvalid:
    """Return why a connection ended: by the time that we gave it, where that is over."""
    if job.deadline.left() > 0:
        return trouble(job, text)
    return trouble(job, f"not complete after {job.limits.total_seconds:g} seconds")
