"""Where every figure comes from: one record a source, one line a release.

Owns ``data/sources/<slug>.toml`` (written by hand: producer, citation, licences, limits, official
files) and ``data/sources/<slug>.releases.csv`` (written by ``import``: what was read, when, its
hash). Does not own the figures (``tables``).
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from geo_app import lists, paths
from geo_app.downloads import Download, read_download
from geo_app.errors import BadRequest, TableInvalid
from geo_app.periods import parse_date
from geo_app.records import Bilingual, Record

FOLDER = "sources"
"""Folder of the records inside ``data/``."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class License:
    """Terms under which something may be used."""

    name: str
    """Name of the licence, as its owner words it, or "not seen"."""
    name_es: str
    """The same in Spanish where it is words of ours; empty where a name stays as it is."""
    url: str
    """Where its text stands; empty where no address is known."""
    note: str
    """What was read of it and what was not."""

    def in_(self, lang: str) -> str:
        """Return the name as it is read in a language, "en" or "es"."""
        return self.name_es or self.name if lang == "es" else self.name


@dataclass(frozen=True, slots=True)
class Release:
    """One publication of a source, as we read it."""

    release: str
    """Name by which table rows refer to it."""
    published: str
    """ISO date of publication; empty where the source does not state it."""
    seen: str
    """ISO date of the earliest dated public copy; empty where none is known."""
    checked: str
    """ISO date on which we read it."""
    file: str
    """Name of the file that was read."""
    sha256: str
    """SHA-256 of that file as read."""

    @property
    def known_from(self) -> str:
        """First day on which the release provably stood: published, else seen, else checked."""
        return self.published or self.seen or self.checked


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a source usually publishes, as far as others have told; no promise of the source."""

    months: tuple[int, ...]
    """Months of the year, 1 to 12, ascending."""
    day: int
    """Day of the month about which it comes out; 0 where none is told."""
    basis: Bilingual
    """What comes out then, and who says so."""

    def next_after(self, day: date) -> date:
        """Return the first expected day that is not before a day.

        It is the first of its month where no day is told; such a month is expected until its end.
        """
        about = self.day or 1
        years = (day.year, day.year + 1)
        expected = (date(year, month, about) for year in years for month in self.months)
        is_ahead = (
            item
            for item in expected
            if item >= day or (not self.day and (item.year, item.month) == (day.year, day.month))
        )
        return next(is_ahead)


@dataclass(frozen=True, slots=True)
class Source:
    """An official source and how we use it."""

    slug: str
    title: Bilingual
    short: Bilingual
    producer: str
    citation: str
    license_input: License
    """Terms of the owner of the data."""
    license_output: License
    """Terms under which our table is passed on."""
    addresses: tuple[str, ...]
    """Official addresses, most useful first."""
    processing: Bilingual
    """What we did to it."""
    limits: tuple[Bilingual, ...]
    """What a reader of the figures must know."""
    releases: tuple[Release, ...]
    """Oldest first: a later one replaces an earlier one where both have a figure."""
    copies: tuple[str, ...] = ()
    """Names of releases that were not read from the source's own files, weakest first: any other
    release comes after them, whatever its periods."""
    has_table: bool = True
    """Whether its facts are a table of values; false where they are a list of another form."""
    downloads: tuple[Download, ...] = ()
    """Official files that a program may fetch."""
    by_hand: str = ""
    """What a reader saves by hand; empty where it is fetched, or not said."""
    rhythm: Rhythm | None = None
    """When it usually publishes; None where nobody told us."""

    @property
    def is_downloadable(self) -> bool:
        """Whether the table may be passed on: its licence was seen."""
        return self.license_input.name != "not seen"

    def release(self, name: str) -> Release:
        """Return a release by name.

        Raises
        ------
        TableInvalid
            If no release of this source has that name.
        """
        for found in self.releases:
            if found.release == name:
                return found
        message = f"a row names the release {name!r}, which has no record"
        raise TableInvalid(message, where=self.slug, fix="import the file again")


def load_source(slug: str) -> Source:
    """Return the record of a source of the current data folder.

    Raises
    ------
    BadRequest
        If there is no record of that name.
    TableInvalid
        If the record has an unknown or missing key.
    HashMismatch
        If a file is not the one that was checked.
    """
    folder = paths.data_dir()
    if slug not in source_slugs():
        message = f"no source is called {slug!r}"
        raise BadRequest(message, expected=", ".join(source_slugs()))
    record = paths.verified(folder, f"{FOLDER}/{slug}.toml")
    releases = paths.verified(folder, f"{FOLDER}/{slug}.releases.csv")
    return _read_cached(record, releases, record.stat().st_mtime_ns, releases.stat().st_mtime_ns)


def source_slugs() -> tuple[str, ...]:
    """Return the names of all sources that have a record and a release, sorted."""
    names = paths.read_registry(paths.data_dir())
    ending = ".releases.csv"
    found = (n.split("/")[-1] for n in names if n.startswith(f"{FOLDER}/") and n.endswith(ending))
    return tuple(sorted(name.removesuffix(ending) for name in found))


def tabled_slugs() -> tuple[str, ...]:
    """Return the names of the sources whose facts are a table of values, sorted.

    Raises
    ------
    TableInvalid
        If a record has an unknown or missing key.
    HashMismatch
        If a file is not the one that was checked.
    """
    return tuple(slug for slug in source_slugs() if load_source(slug).has_table)


def read_source(record_path: Path, releases_path: Path) -> Source:
    """Read one provenance record and its releases.

    Raises
    ------
    TableInvalid
        If a key is unknown or missing, or a release line is malformed.
    """
    record = Record.read(record_path)
    limits = record.tables("limits")
    downloads = record.tables("downloads")
    source = Source(
        slug=record_path.stem,
        title=record.bilingual("title"),
        short=record.bilingual("short"),
        producer=record.text("producer"),
        citation=record.text("citation"),
        license_input=_license(record.table("license_input")),
        license_output=_license(record.table("license_output")),
        addresses=record.texts("addresses"),
        processing=record.bilingual("processing"),
        limits=tuple(Bilingual(item.text("en"), item.text("es")) for item in limits),
        releases=read_releases(releases_path),
        copies=record.texts("copies", ()),
        has_table=record.flag("table", default=True),
        downloads=tuple(read_download(item, record_path.name) for item in downloads),
        by_hand=record.text("by_hand", ""),
        rhythm=_rhythm(record.tables("rhythm"), record_path.name),
    )
    record.finish()
    for item in limits:
        item.finish()
    return source


def read_releases(path: Path) -> tuple[Release, ...]:
    """Read the releases of a source, oldest first; no file means none yet.

    Raises
    ------
    TableInvalid
        If the file is not UTF-8, the columns differ, a date is not a date, a hash is not a SHA-256
        or a name repeats.
    """
    if not path.is_file():
        return ()
    names = [field.name for field in fields(Release)]
    releases = tuple(_release(where, cells) for where, cells in lists.read_rows(path, names))
    found = [item.release for item in releases]
    lists.refuse_twice(found, path.name, "a release stands twice", "import the file again")
    return releases


def write_releases(path: Path, releases: tuple[Release, ...]) -> None:
    """Write the releases of a source, in the order given."""
    names = [field.name for field in fields(Release)]
    path.write_text(lists.to_text(names, map(astuple, releases)), encoding="utf-8", newline="\n")


def _release(where: str, cells: list[str]) -> Release:
    release = Release(*cells)
    try:
        for day in filter(None, (release.published, release.seen, release.checked)):
            parse_date(day)
    except BadRequest as error:
        raise TableInvalid(error.cause, where=where) from error
    if not release.checked or not _SHA256.fullmatch(release.sha256):
        message = "a release needs the day it was read and the sha256 of its file"
        raise TableInvalid(message, where=where, got=",".join(cells), fix="import the file again")
    return release


def _rhythm(tables: list[Record], where: str) -> Rhythm | None:
    if not tables:
        return None
    record, *others = tables
    months = tuple(int(month) for month in record.numbers("months"))
    found = Rhythm(months, record.whole("day", 0), record.bilingual("basis"))
    record.finish()
    is_right = months and set(months) <= set(range(1, 13)) and list(months) == sorted(set(months))
    # Every month has the day about which something comes out.
    if others or not is_right or not 0 <= found.day <= 28:
        message = "a rhythm that is no list of months with a day from 0 to 28"
        raise TableInvalid(message, where=f"{where} [rhythm]", got=str(found.months))
    return found


def _license(record: Record) -> License:
    terms = License(
        name=record.text("name"),
        name_es=record.text("name_es", ""),
        url=record.text("url", ""),
        note=record.text("note", ""),
    )
    record.finish()
    return terms


@cache
def _read_cached(record: Path, releases: Path, _stamp: int, _stamp2: int) -> Source:
    return read_source(record, releases)
