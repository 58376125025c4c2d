"""From tidy rows to ``data/``: merged with the older releases, checked, and written all at once.

Owns the order of an import: every file is read and the whole table is checked before the first
byte in ``data/`` changes. Does not own any format.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo_app import own_folder, paths, provenance, table_rules, tables
from geo_app.errors import BadRequest, SourceInvalid
from geo_app.importers.readers import READERS
from geo_app.importers.reading import Imported, Reading, Reference
from geo_app.importers.rereading import settled
from geo_app.periods import parse
from geo_app.provenance import Release, Source


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import found in one file and did with it."""

    source: str
    release: str
    file: str
    encoding: str
    row_count: int
    area_count: int
    period_first: str
    period_last: str
    missing_count: int
    """Rows that say that there is no value."""
    repairs: tuple[str, ...]
    is_written: bool

    def line(self) -> str:
        """Say it in one line."""
        did = "written" if self.is_written else "not written (dry run)"
        mended = f"; {'; '.join(self.repairs)}" if self.repairs else ""
        return (
            f"{self.source}: {self.release}: {self.row_count:,} rows, {self.area_count} areas, "
            f"{self.period_first} to {self.period_last}, {self.missing_count:,} without a value, "
            f"{self.encoding}{mended}; {did}"
        )


def import_files(
    slug: str,
    files: Sequence[Path],
    reading: Reading,
    *,
    out: Path | None = None,
    is_dry: bool = False,
) -> list[ImportReport]:
    """Read official files of one source and write its tidy table: all or nothing.

    Parameters
    ----------
    slug
        Name of the source.
    files
        Official files as downloaded.
    reading
        The day on which they are read.
    out
        A ``data/`` folder; the atlas's own where none is given. It must hold the provenance
        record of the source.
    is_dry
        Read and check, but write nothing.

    Returns
    -------
    list of ImportReport
        One a release that was read.

    Raises
    ------
    BadRequest
        If there is no such source.
    SourceInvalid
        If a file cannot be read completely, or two files hold the same release.
    TableInvalid
        If what was read breaks the data contract.
    """
    if slug not in READERS:
        message = f"no importer is called {slug!r}"
        raise BadRequest(message, expected=", ".join(sorted(READERS)))
    folder = out if out is not None else paths.data_dir()
    found = settled(READERS[slug](files, reading), folder)
    record = provenance.read_source(
        _record_path(folder, slug), folder / provenance.FOLDER / f"{slug}.releases.csv"
    )
    _refuse_same_release(found)
    frame = _merged_rows(folder / tables.FOLDER / f"{slug}.csv", record, found)
    releases = _merged_releases(record.releases, found, frame)
    _write(folder, slug, frame, found, releases, is_dry=is_dry)
    own_folder.store(page for item in found if not is_dry for page in item.documents)
    return [_report(item, is_written=not is_dry) for item in found]


def _record_path(folder: Path, slug: str) -> Path:
    here = folder / provenance.FOLDER / f"{slug}.toml"
    if here.is_file():
        return here
    message = f"the provenance record of {slug} is missing"
    raise BadRequest(message, where=str(here), fix="copy data/sources/ there, or leave out --out")


def _refuse_same_release(found: Sequence[Imported]) -> None:
    count = Counter(item.release.release for item in found)
    twice = [name for name, times in count.items() if times > 1]
    if twice:
        message = "two files hold the same release"
        raise SourceInvalid(message, where=found[0].source, got=twice[0], fix="give one of them")


def _merged_releases(
    known: Sequence[Release], found: Sequence[Imported], frame: pd.DataFrame
) -> tuple[Release, ...]:
    """Return all releases, oldest first whatever the order in which they were imported.

    The last period of a release tells its age; where two end alike, the one known longer comes
    first. A release that is read again replaces its record.
    """
    merged = {item.release: item for item in known}
    merged |= {item.release.release: item.release for item in found}
    periods = frame[["release", "period"]].drop_duplicates()
    last = periods.assign(start=periods["period"].map(_start)).groupby("release")["start"].max()
    return tuple(sorted(merged.values(), key=lambda item: str(last.get(item.release, ""))))


def _start(period: str) -> str:
    return parse(period).start.isoformat()


def _merged_rows(path: Path, record: Source, found: Sequence[Imported]) -> pd.DataFrame:
    """Return the fresh rows and those of the releases that were not read again."""
    fresh = pd.concat([_published(item) for item in found], ignore_index=True)
    if not path.is_file():
        return fresh
    kept = tables.read_text(path)
    # A table without that column goes to the check as it is: the check says what is wrong.
    older = kept[~kept["release"].isin(fresh["release"].unique())] if "release" in kept else kept
    if older.empty:
        return fresh
    optional = [*table_rules.INTERVAL_COLUMNS, *table_rules.ADVISORY_COLUMNS]
    unused = [name for name in optional if name not in fresh and name not in older]
    checked = table_rules.check(older, path.name, record).drop(columns=unused)
    merged = pd.concat([checked, fresh], ignore_index=True)
    words = [name for name in ("interval", *table_rules.ADVISORY_COLUMNS) if name in merged]
    return merged.fillna(dict.fromkeys(words, ""))


def _published(item: Imported) -> pd.DataFrame:
    return item.rows.assign(
        release=item.release.release,
        published=item.release.published,
        checked=item.release.checked,
        source=item.source,
    )


def _write(
    folder: Path,
    slug: str,
    frame: pd.DataFrame,
    found: Sequence[Imported],
    releases: tuple[Release, ...],
    *,
    is_dry: bool,
) -> None:
    """Write all files into a copy of the folder first; replace only what was checked."""
    # Beside the folder, so that the last step is a rename and not a copy that can stop half way.
    beside = None if is_dry else folder.parent
    with tempfile.TemporaryDirectory(dir=beside, prefix=".import-") as place:
        staged = Path(place) / "data"
        shutil.copytree(folder, staged)
        (staged / tables.FOLDER).mkdir(exist_ok=True)
        table = staged / tables.FOLDER / f"{slug}.csv"
        listing = staged / provenance.FOLDER / f"{slug}.releases.csv"
        provenance.write_releases(listing, releases)
        tables.write(frame, table, found[0].area_column)
        record = provenance.read_source(staged / provenance.FOLDER / f"{slug}.toml", listing)
        tables.read(table, record)
        references = [_write_reference(staged, item) for one in found for item in one.references]
        paths.write_registry(staged)
        if not is_dry:
            _replace(staged, folder, [table, listing, *references, staged / paths.REGISTRY])


def _write_reference(staged: Path, item: Reference) -> Path:
    path = staged / item.name
    path.write_text(item.text, encoding="utf-8", newline="\n")
    return path


def _replace(staged: Path, folder: Path, names: Sequence[Path]) -> None:
    for name in names:
        target = folder / name.relative_to(staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        name.replace(target)


def _report(item: Imported, *, is_written: bool) -> ImportReport:
    periods = sorted(item.rows["period"].unique())
    return ImportReport(
        source=item.source,
        release=item.release.release,
        file=item.release.file,
        encoding=item.encoding,
        row_count=len(item.rows),
        area_count=int(item.rows["area_code"].nunique()),
        period_first=periods[0],
        period_last=periods[-1],
        missing_count=int(item.rows["value"].isna().sum()),
        repairs=item.repairs,
        is_written=is_written,
    )
