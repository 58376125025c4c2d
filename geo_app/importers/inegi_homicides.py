"""INEGI's deaths by homicide by state: by year, by month of registration, from the microdata.

Three official forms of one statistic, told apart by their content: the export of places by year
(``inegi_export``), the exports of one year by month of registration (``inegi_homicides_months``),
and the records of all deaths (``inegi_homicides_microdata``). Each is a release of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers import inegi_homicides_microdata as microdata
from geo_app.importers.archives import Limits, is_archive, members, read_member
from geo_app.importers.inegi_export import Year, read_export
from geo_app.importers.inegi_homicides_months import AREAS, MonthlyYear, is_monthly, read_year
from geo_app.importers.reading import (
    Imported,
    RawFile,
    Reading,
    given_file,
    open_raw,
    release_of,
)
from geo_app.indicators import Status
from geo_app.states import ABROAD_CODE, NATION_CODE, UNKNOWN_STATE_CODE

SLUG = "inegi-homicides"
MEASURE = "deaths_count"
MONTH_MEASURE = "deaths_by_month_of_registration_count"
"""Months of registration are no months of death: they never stand in one series with those."""

EXPORTS = Limits(count=100, total_bytes=100_000_000)
"""An archive of exports: a file of 0.1 MB a year."""

_MOST_EXPORT_BYTES = 5_000_000


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read exports of INEGI's query "Defunciones por homicidios" or the microdata of deaths.

    Parameters
    ----------
    files
        Exports as downloaded (plain, ``.gz``, or a ``.zip`` of one or many), or the ``.zip`` of
        a year's microdata in DBF.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file of years or of microdata: every year for the nation ("00"), the 32 states,
        deaths abroad ("33") and in no known state ("99"). One for all files by month together.

    Raises
    ------
    SourceInvalid
        If a file is not such an export, lacks a state, holds something that is not a count, or
        does not add up; of microdata see ``inegi_homicides_microdata.read_counts``.
    """
    found, months, given = [], [], []
    for path in files:
        if microdata.is_microdata(path):
            found.append(_microdata(path, reading))
            continue
        raws = _exports(path)
        if is_monthly(raws[0]):
            months += [read_year(raw) for raw in raws]
            given.append(given_file(path))
        else:
            found += [_years(raw, reading) for raw in raws]
    return [*found, _months(months, given, reading)] if months else found


def _exports(path: Path) -> list[RawFile]:
    """Return the exports in a file; those of an archive bear the hash of the archive."""
    if not (path.is_file() and is_archive(path)):
        return [open_raw(path)]
    listed = members(path, EXPORTS)
    if len(listed) == 1:
        return [open_raw(path)]
    digest = given_file(path).sha256
    raws = [
        RawFile(f"{path.name}/{item.name}", read_member(path, item, _MOST_EXPORT_BYTES), digest)
        for item in listed
    ]
    for raw in raws:
        if not is_monthly(raw):
            message = "an archive of several files holds one that is no export of months"
            fix = "give exports of years one by one"
            raise SourceInvalid(message, where=raw.name, fix=fix)
    return raws


def _years(raw: RawFile, reading: Reading) -> Imported:
    export = read_export(raw)
    records = [
        (year.period, code, count) for year in export.years for code, count in _counts(year).items()
    ]
    rows = _rows(records, MEASURE)
    repairs = (export.blanks_read,)
    release = release_of(export.release, [raw], reading)
    return Imported(SLUG, "state_code", rows, release, export.encoding, repairs)


def _months(years: Sequence[MonthlyYear], given: Sequence[RawFile], reading: Reading) -> Imported:
    ordered = sorted(years, key=lambda item: item.year)
    names = [item.year for item in ordered]
    first, last = names[0], names[-1]
    if names != [str(year) for year in range(int(first), int(last) + 1)]:
        message = "a year stands twice or is missing"
        raise SourceInvalid(
            message, where=given[0].name, expected=f"{first} to {last}", got=", ".join(names)
        )
    records = [
        (f"{item.year}-{month:02d}", code, item.counts[code][month - 1])
        for item in ordered
        for month in range(1, 13)
        for code in AREAS
    ]
    release = release_of(f"INEGI by month of registration {first}-{last}", given, reading)
    blanks = sum(item.blank_count for item in ordered)
    absent = sum(len(item.absent) for item in ordered)
    repairs = (
        f"{blanks} empty cells read as zero, as INEGI writes it",
        f"{absent} area-years without a row are zero, as the national totals prove",
    )
    encoding = ", ".join(sorted({item.encoding for item in ordered}))
    rows = _rows(records, MONTH_MEASURE)
    return Imported(SLUG, "state_code", rows, release, encoding, repairs)


def _microdata(path: Path, reading: Reading) -> Imported:
    found = microdata.read_counts(path, reading.progress)
    years = sorted({year for year, _ in found.counts})
    records = [(year, code, found.counts[year, code]) for year in years for code in AREAS]
    release = release_of(f"INEGI microdata {'-'.join(years)}", [given_file(path)], reading)
    rows = _rows(records, MEASURE)
    return Imported(SLUG, "state_code", rows, release, found.encoding, found.repairs)


def _rows(records: Sequence[tuple[str, str, int]], measure: str) -> pd.DataFrame:
    rows = pd.DataFrame(records, columns=["period", "area_code", "value"])
    rows["value"] = rows["value"].astype(float)
    return rows.assign(measure=measure, status=str(Status.FINAL))


def _counts(year: Year) -> dict[str, int]:
    outside = {ABROAD_CODE: year.abroad, UNKNOWN_STATE_CODE: year.unknown}
    return {NATION_CODE: year.nation, **year.states, **outside}
