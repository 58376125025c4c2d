"""From tidy rows to ``data/``: merged with the older releases, checked, and written all at once.

Owns the order of an import: every file is read and the whole table is checked and shown before the
first byte in ``data/`` changes. Does not own any format, or how files are replaced (``commits``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo_app import commits, own_folder, paths, provenance, table_rules, tables
from geo_app.errors import BadRequest, SourceInvalid, TableInvalid
from geo_app.importers.readers import READERS
from geo_app.importers.reading import Imported, Reading, Reference
from geo_app.importers.rereading import settled
from geo_app.indicators import Status
from geo_app.periods import parse
from geo_app.provenance import Release, Source
from geo_app.records import read_text


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import found in one file and did with it."""

    source: str
    release: str
    file: str
    encoding: str
    row_count: int
    """Rows of the table, or lines of the list of a source that has none."""
    area_count: int
    period_first: str
    """First period of the table; empty for a list."""
    period_last: str
    missing_count: int
    """Rows that say that there is no value."""
    repairs: tuple[str, ...]
    is_dry: bool

    def line(self) -> str:
        """Say it in one line."""
        end = "; not written (dry run)" if self.is_dry else ""
        mended = f"; {'; '.join(self.repairs)}" if self.repairs else ""
        return f"{self.source}: {self.release}: {self._size()}, {self.encoding}{mended}{end}"

    def _size(self) -> str:
        if not self.period_first:
            return f"a list of {self.row_count:,} lines"
        return (
            f"{self.row_count:,} rows, {self.area_count} areas, {self.period_first} to "
            f"{self.period_last}, {self.missing_count:,} without a value"
        )


Show = Callable[[Sequence[ImportReport]], None]
Derive = Callable[[], None]


def import_files(
    slug: str,
    files: Sequence[Path],
    reading: Reading,
    *,
    out: Path | None = None,
    is_dry: bool = False,
    show: Show | None = None,
    derive: Derive | None = None,
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
    show
        Called with what was found, after everything was checked and before anything is written;
        ``paths.data_dir()`` is as for ``derive`` then.
    derive
        Called when ``paths.data_dir()`` is a copy of the folder with the new tables, to make anew
        what is made from them; what it writes there becomes part of the same import.

    Returns
    -------
    list of ImportReport
        One a release that was read.

    Raises
    ------
    BadRequest
        If there is no such source, or another import does not end.
    SourceInvalid
        If a file cannot be read completely, or two files hold the same release.
    TableInvalid
        If what was read breaks the data contract.
    """
    if slug not in READERS:
        message = f"no importer is called {slug!r}"
        raise BadRequest(message, expected=", ".join(sorted(READERS)))
    folder = out if out is not None else paths.data_dir()
    found = READERS[slug](files, reading)
    _refuse_same_release(found)
    # A dry run only reads: its copy lies elsewhere and no other writer disturbs it.
    lock = nullcontext() if is_dry else commits.locked(folder)
    with lock, commits.stage(folder, is_beside=not is_dry) as staged:
        found = settled(found, staged)
        reports = [_report(item, is_dry=is_dry) for item in found]
        _write(staged, slug, found)
        with paths.data_at(staged):
            if derive is not None:
                derive()
            if show is not None:
                show(reports)
        if not is_dry:
            commits.commit(folder, *commits.difference(staged, folder))
            own_folder.store(page for item in found for page in item.documents)
    return reports


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


def _refuse_other_form(record: Source, frame: pd.DataFrame, found: Sequence[Imported]) -> None:
    has_list = any(item.references for item in found)
    if record.has_table == frame.empty or not (record.has_table or has_list):
        message = "the importer and the record differ about what the facts are"
        raise TableInvalid(
            message,
            where=f"{record.slug}.toml",
            expected="a table" if record.has_table else "a list and no table",
            fix="set `table` in the record",
        )


def _merged_releases(
    record: Source, found: Sequence[Imported], frame: pd.DataFrame
) -> tuple[Release, ...]:
    """Return all releases, oldest first whatever the order in which they were imported.

    Releases that only write out what is not held come first, then those of estimates alone: what
    was published goes before what was computed, and both before nothing. Among those of one kind
    the copies that the record names come first in its order: a source's own file counts more than
    what others made of it. Of the rest the last period of a release tells its age; where two end
    alike, the one known longer comes first. A release that is read again replaces its record.
    """
    merged = {item.release: item for item in record.releases}
    merged |= {item.release.release: item.release for item in found}
    periods = frame[["release", "period"]].drop_duplicates()
    last = periods.assign(start=periods["period"].map(_start)).groupby("release")["start"].max()
    kind = _ranks(frame)
    copy = {name: n for n, name in enumerate(record.copies)}

    def place(item: Release) -> tuple[int, int, str]:
        name = item.release
        return kind.get(name, 0), copy.get(name, len(copy)), str(last.get(name, ""))

    return tuple(sorted(merged.values(), key=place))


def _ranks(frame: pd.DataFrame) -> dict[str, int]:
    """Return 0 for a release without any figure, 1 for one of estimates alone, 2 for others."""
    held = frame[frame["value"].notna()]
    published = held[held["status"] != Status.ESTIMATED]
    tiers = (frame["release"], held["release"], published["release"])
    return {str(name): tier for tier, names in enumerate(tiers) for name in names.unique()}


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


def _write(staged: Path, slug: str, found: Sequence[Imported]) -> None:
    """Write table, releases and lists into a copy of the folder, and read them back."""
    table = staged / tables.FOLDER / f"{slug}.csv"
    listing = staged / provenance.FOLDER / f"{slug}.releases.csv"
    record = provenance.read_source(_record_path(staged, slug), listing)
    frame = _merged_rows(table, record, found)
    _refuse_other_form(record, frame, found)
    provenance.write_releases(listing, _merged_releases(record, found, frame))
    if record.has_table:
        table.parent.mkdir(exist_ok=True)
        tables.write(frame, table, found[0].area_column)
        tables.read(table, provenance.read_source(_record_path(staged, slug), listing))
    for item in (item for one in found for item in one.references):
        _write_reference(staged, item)
    paths.write_registry(staged)


def _write_reference(staged: Path, item: Reference) -> None:
    path = staged / item.name
    is_joined = item.merge is not None and path.is_file()
    text = item.merge(read_text(path), item.text) if item.merge and is_joined else item.text
    path.write_text(text, encoding="utf-8", newline="\n")


def _report(item: Imported, *, is_dry: bool) -> ImportReport:
    periods = sorted(item.rows["period"].unique()) or [""]
    listed = sum(one.text.count("\n") - 1 for one in item.references)
    return ImportReport(
        source=item.source,
        release=item.release.release,
        file=item.release.file,
        encoding=item.encoding,
        row_count=listed if item.rows.empty else len(item.rows),
        area_count=int(item.rows["area_code"].nunique()),
        period_first=periods[0],
        period_last=periods[-1],
        missing_count=int(item.rows["value"].isna().sum()),
        repairs=item.repairs,
        is_dry=is_dry,
    )
