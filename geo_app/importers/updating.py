"""From the official addresses to ``data/``: fetch, import, and say what changed.

Owns the order of an update and its lines. Does not own the addresses (the provenance records), the
connection (``downloading``) or the writing, which is that of an import (``writing``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from geo_app import paths, provenance, tables
from geo_app.downloads import Download, FileFormat
from geo_app.errors import AtlasError, BadRequest
from geo_app.importers import kept_downloads
from geo_app.importers.differences import differences
from geo_app.importers.download_jobs import Fetched, Wanted, Watch
from geo_app.importers.download_rules import Absent, direct_address, is_share_link
from geo_app.importers.downloading import fetch
from geo_app.importers.listing_pages import linked_address
from geo_app.importers.readers import READERS
from geo_app.importers.reading import RawFile, Reading, combined_sha256
from geo_app.importers.writing import Derive, ImportReport, import_files
from geo_app.provenance import Source
from geo_app.states import NATION_CODE, state_codes

PAGE_BYTES = 5_000_000
"""The largest page on which a link is looked for."""


@dataclass(frozen=True, slots=True)
class Run:
    """How an update is made: what is told to whom, and whether anything is written."""

    say: Callable[[str], None]
    """Told what was found and what changed, a line at a time."""
    is_dry: bool = False
    """Fetch, read and compare, but leave ``data/`` as it is."""
    watch: Watch | None = None
    """Told how far a download is."""
    derive: Derive | None = None
    """As for ``writing.import_files``."""


def update(slug: str, reading: Reading, run: Run, *, from_file: Path | None = None) -> list[str]:
    """Bring one source up to date.

    Parameters
    ----------
    slug
        Name of the source.
    reading
        The day on which it is read.
    run
        How it is made.
    from_file
        A file that was saved by hand, in place of a download.

    Returns
    -------
    list of str
        What failed, a line each. A download that fails leaves what it would have changed as it
        was; the other downloads of the source are imported all the same.

    Raises
    ------
    BadRequest
        If there is no such source, or none of its files may be fetched by a program.
    SourceInvalid
        If the file saved by hand cannot be read.
    """
    record = _record(slug)
    if from_file is not None:
        _import(slug, [from_file], reading, run)
        return []
    if not record.downloads:
        raise BadRequest(by_hand(record), fix=f"then update {slug} --from-file FILE")
    failures = []
    for chain in _chains(record.downloads):
        trouble = _first_that_does(chain, record, reading, run)
        failures += [trouble] if trouble else []
    return failures


def sources() -> tuple[str, ...]:
    """Return the sources that have an importer and a record, sorted."""
    folder = paths.data_dir() / provenance.FOLDER
    return tuple(slug for slug in sorted(READERS) if (folder / f"{slug}.toml").is_file())


def is_by_hand(slug: str) -> bool:
    """Tell whether no file of a source may be fetched by a program."""
    return not _record(slug).downloads


def by_hand(record: Source) -> str:
    """Say in one line what has to be saved by hand, and where it is."""
    what = record.by_hand or "its official file"
    return (
        f"{record.slug}: no program may fetch it; save {what} from {' or '.join(record.addresses)}"
    )


def hand_line(slug: str) -> str:
    """Return ``by_hand`` of a source by its name."""
    return by_hand(_record(slug))


def _record(slug: str) -> Source:
    if slug not in sources():
        message = f"no source is called {slug!r}"
        raise BadRequest(message, expected=", ".join(sources()))
    return _source(paths.data_dir(), slug)


def _source(folder: Path, slug: str) -> Source:
    records = folder / provenance.FOLDER
    return provenance.read_source(records / f"{slug}.toml", records / f"{slug}.releases.csv")


def _chains(downloads: Sequence[Download]) -> list[list[list[Download]]]:
    """Return what is imported together, each with the fallbacks that follow it."""
    chains: list[list[list[Download]]] = []
    for item in downloads:
        if item.is_together and chains:
            chains[-1][-1].append(item)
        elif item.is_fallback and chains:
            chains[-1].append([item])
        else:
            chains.append([[item]])
    return chains


def _first_that_does(
    chain: Sequence[Sequence[Download]],
    record: Source,
    reading: Reading,
    run: Run,
) -> str:
    """Import the first download of a chain that can be; return why none could, "" where one did."""
    troubles: list[str] = []
    for items in chain:
        try:
            files = _fetched(record.slug, items, reading, run.watch)
            if not _is_held(record, files):
                _import(record.slug, [file.path for file in files], reading, run)
            else:
                run.say(f"{record.slug}: {files[0].path.name} is unchanged")
        except AtlasError as error:
            troubles.append(str(error))
        else:
            for trouble in troubles:
                run.say(f"{record.slug}: {items[0].file} was used instead: {trouble}")
            return ""
    return f"{record.slug}: {'; and '.join(troubles)}"


def _is_held(record: Source, files: Sequence[Fetched]) -> bool:
    """Tell whether the very same content was imported before."""
    raws = [RawFile(file.path.name, b"", file.sha256) for file in files]
    return combined_sha256(raws) in {release.sha256 for release in record.releases}


def _fetched(
    slug: str, items: Sequence[Download], reading: Reading, watch: Watch | None
) -> list[Fetched]:
    """Fetch what is imported together: of this year, or of the last until that is published."""
    this_year = int(reading.checked[:4])
    is_yearly = any("{year}" in item.address for item in items)
    years = [this_year, this_year - 1] if is_yearly else [this_year]
    for year in years[:-1]:
        with suppress(Absent):
            return _of_year(slug, items, year, watch)
    return _of_year(slug, items, years[-1], watch)


def _of_year(slug: str, items: Sequence[Download], year: int, watch: Watch | None) -> list[Fetched]:
    tokens = [_token(item, slug) for item in items]
    return [
        fetch(wanted, watch=watch)
        for item, token in zip(items, tokens, strict=True)
        for wanted in _wanted(slug, item, year, token)
    ]


def _token(item: Download, slug: str) -> str:
    if not item.token:
        return ""
    token = os.environ.get(item.token, "")
    if not token:
        message = f"{item.file} needs a token of its own"
        raise BadRequest(
            message,
            where=slug,
            expected=f"the environment variable {item.token}",
            fix=f"get one at {item.token_from}",
        )
    return token


def _wanted(slug: str, item: Download, year: int, token: str) -> Iterator[Wanted]:
    areas = (NATION_CODE, *state_codes()) if "{area}" in item.address else ("",)
    for area in areas:
        said, name = (_filled(text, year, area) for text in (item.address, item.file))
        path = kept_downloads.folder(slug) / name
        address = said.replace("{token}", quote(token, safe=""))
        if item.find:
            page = path.with_name(f"{name}.page.html")
            address = said = _link(
                Wanted(address, said, page, FileFormat.HTML, PAGE_BYTES), item.find
            )
        guest = address if is_share_link(address) else ""
        yield Wanted(
            direct_address(address),
            said,
            path,
            item.format,
            item.max_bytes,
            guest=guest,
        )


def _filled(text: str, year: int, area: str) -> str:
    return text.replace("{year}", str(year)).replace("{area}", area)


def _link(page: Wanted, find: str) -> str:
    fetched = fetch(page)
    html = fetched.path.read_bytes().decode("utf-8", errors="replace")
    return linked_address(html, page.address, find, f"{page.path.name} ({page.said})")


def _import(slug: str, files: Sequence[Path], reading: Reading, run: Run) -> None:
    """Import files and say, before anything is written, what they hold and what changes."""
    folder = paths.data_dir()
    before = _newest(folder, slug)
    known = {item.release for item in _source(folder, slug).releases}

    def show(reports: Sequence[ImportReport]) -> None:
        for report in reports:
            run.say(report.line())
        lines = differences(before, _newest(paths.data_dir(), slug))
        for line in lines or ["no figure changed"]:
            run.say(f"  {line}")
        replaced = sorted(known & {report.release for report in reports}) if lines else []
        for name in replaced:
            run.say(f"  {name} was read before: its former figures are replaced, not kept beside")

    import_files(slug, files, reading, is_dry=run.is_dry, show=show, derive=run.derive)


def _newest(folder: Path, slug: str) -> pd.DataFrame:
    """Return the newest rows of a source; none where it has no table yet."""
    record = _source(folder, slug)
    path = folder / tables.FOLDER / f"{slug}.csv"
    if not path.is_file():
        columns = ["area_kind", "area_code", "period", "measure", "status"]
        return pd.DataFrame(columns=columns, dtype=str).assign(value=pd.Series(dtype=float))
    return tables.newest(tables.read(path, record), record)
