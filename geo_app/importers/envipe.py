"""INEGI's ENVIPE: adults who consider their state unsafe, by state and edition.

Reads INEGI's workbooks and several copies (``envipe_layouts``), or three lists gathered from them:
the published percentages, a third party's intervals of the edition 2024, and INEGI's own flags of
significant change of the nation. The intervals are conditional on answering
and the published percentages are not, so an interval need not hold its point: both stay as they
were made.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers import envipe_copies, envipe_microdata
from geo_app.importers.cells import area_code, percentage, whole_number
from geo_app.importers.delimited import csv_table
from geo_app.importers.envipe_layouts import Layout, by_layout, read_layout
from geo_app.importers.reading import Imported, RawFile, Reading, by_stem, open_raw, release_of
from geo_app.indicators import Interval, Status
from geo_app.states import NATION_CODE

SLUG = envipe_copies.SLUG
MEASURE = envipe_copies.MEASURE
WOMEN_MEASURE = envipe_copies.WOMEN_MEASURE
FLAG_MEASURE = "significant_change_flag"
"""INEGI's own test against the edition before: 1 = significant, 0 = not. Nation only."""

POINT_FILE = "envipe_state_unsafe_2011_2025"
INTERVAL_FILE = "envipe_2024_state_unsafe_microdata_ci"
NATION_FILE = "envipe_national_unsafe_by_level_sex_2012_2025"

_FIRST = "pct_unsafe_first_published"
_POINT_COLUMNS = {
    "pct_unsafe": MEASURE,
    "pct_unsafe_women": WOMEN_MEASURE,
    _FIRST: MEASURE,
}
"""Percentages of the first list, and what each is stored as."""

_STATE_LEVEL = "entidad_federativa"
_ALL = "total"
_ROUNDING = 0.0501
"""Percentages are published with one decimal; a comparison allows half of its last digit."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the three gathered lists, interviews, INEGI's workbooks of editions, or copies of them.

    Parameters
    ----------
    files
        ``envipe_state_unsafe_2011_2025.csv``, ``envipe_2024_state_unsafe_microdata_ci.csv`` and
        ``envipe_national_unsafe_by_level_sex_2012_2025.csv``, in any order; or files of any of
        the forms of ``envipe_layouts``.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        Of the lists two: ``insecurity_pct`` and ``insecurity_women_pct`` of the nation ("00") and
        the 32 states by edition year, with ``significant_change_flag`` of the nation; and
        ``insecurity_pct`` of the editions that were published twice, as first published. ``low``
        and ``high`` (percent) only where the second file holds them. Of other files one an
        edition or copy.

    Raises
    ------
    SourceInvalid
        If a file is missing, a row is cut, doubled or names an unknown state, a percentage is
        none, or the files contradict one another.
    """
    if envipe_microdata.is_microdata(files):
        return envipe_microdata.read(files, reading)
    found: list[Imported] = []
    for layout, raws in by_layout([open_raw(path) for path in files]).items():
        is_list = layout is Layout.LISTS
        found += _lists(raws, reading) if is_list else read_layout(layout, raws, reading)
    return found


def _lists(opened: Sequence[RawFile], reading: Reading) -> list[Imported]:
    """Read the gathered lists: the percentages as they stand now, and those first published."""
    raws = by_stem(opened, (POINT_FILE, INTERVAL_FILE, NATION_FILE))
    points, women, first = _points(raws[POINT_FILE])
    intervals, unused = _intervals(raws[INTERVAL_FILE], points)
    flags, unused_too = _flags(raws[NATION_FILE], points)
    merged = points.merge(intervals, how="left", on=["area_code", "period"])
    rows = pd.concat([merged, women, flags])
    rows["interval"] = rows["interval"].fillna(str(Interval.NONE))
    years = sorted(rows["period"].unique())
    release = release_of(f"ENVIPE {years[0]}-{years[-1]}", list(raws.values()), reading)
    return [
        Imported(
            SLUG,
            "state_code",
            rows.assign(status=str(Status.FINAL)).reset_index(drop=True),
            release,
            "utf-8",
            (f"{unused} rows of one sex and {unused_too} of another level or sex not used",),
        ),
        *_first_published(first, raws[POINT_FILE], reading),
    ]


def _points(raw: RawFile) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the rows of all people, of women, and of all people as first published."""
    found = csv_table(raw, ["edition_year", "cve_ent", "state", *_POINT_COLUMNS])
    located = _located(found, raw.name)
    blocks = []
    for column, measure in _POINT_COLUMNS.items():
        # Only two editions were published twice; in the other columns an empty cell is an error.
        held = found[found[column] != ""] if column == _FIRST else found
        rows = located.loc[held.index].assign(measure=measure)
        rows["value"] = [
            percentage(text, f"{raw.name} line {line}") for line, text in held[column].items()
        ]
        blocks.append(rows)
    return blocks[0], blocks[1], blocks[2]


def _first_published(rows: pd.DataFrame, raw: RawFile, reading: Reading) -> list[Imported]:
    """Return the editions that INEGI reweighted later, as they stood before: an older release.

    Its day is not stated by any source held, so it counts from the day of reading, and the order
    of the releases puts it before the later figures.
    """
    if rows.empty:
        return []
    years = sorted(set(rows["period"]))
    release = release_of(f"ENVIPE {'-'.join(years)}, first published", [raw], reading)
    none = float("nan")
    whole = rows.assign(low=none, high=none, interval=str(Interval.NONE), status=str(Status.FINAL))
    return [Imported(SLUG, "state_code", whole, release, "utf-8", ())]


def _intervals(raw: RawFile, points: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return area, period, low, high, interval, and the number of rows that were not used."""
    columns = ["edition_year", "cve_ent", "state", "sex", "ci95_lo", "ci95_hi"]
    everyone = csv_table(raw, [*columns, "pct_unsafe_published"])
    found = everyone[everyone["sex"] == _ALL]
    rows = _located(found, raw.name)
    for bound, column in (("low", "ci95_lo"), ("high", "ci95_hi")):
        rows[bound] = [
            percentage(text, f"{raw.name} line {line}") for line, text in found[column].items()
        ]
    rows["interval"] = str(Interval.THIRD_PARTY_CONDITIONAL)
    _prove_same(rows.assign(published=found["pct_unsafe_published"]), points, raw.name)
    return rows, len(everyone) - len(found)


def _flags(raw: RawFile, points: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the rows of INEGI's flags, and the number of rows that were not used."""
    columns = ["edition_year", "level", "sex", "pct_unsafe", "significant_change_vs_previous"]
    everyone = csv_table(raw, columns)
    found = everyone[(everyone["level"] == _STATE_LEVEL) & (everyone["sex"] == _ALL)]
    rows = _located(found.assign(cve_ent=NATION_CODE, state=""), raw.name)
    _prove_same(rows.assign(published=found["pct_unsafe"]), points, raw.name)
    rows["value"] = [
        float(_flag(text, f"{raw.name} line {line}"))
        for line, text in found["significant_change_vs_previous"].items()
    ]
    return rows.assign(measure=FLAG_MEASURE), len(everyone) - len(found)


def _flag(text: str, where: str) -> int:
    flag = whole_number(text, where)
    if flag > 1:
        message = "not a flag"
        raise SourceInvalid(message, where=where, expected="0 or 1", got=text)
    return flag


def _located(found: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return area and period of every row, each pair once."""
    rows = pd.DataFrame({"period": found["edition_year"]}, index=found.index)
    rows["area_code"] = [
        area_code(code, state, f"{name} line {line}")
        for line, code, state in zip(found.index, found["cve_ent"], found["state"], strict=True)
    ]
    twice = rows.duplicated()
    if twice.any():
        message = "the area stands twice in an edition"
        raise SourceInvalid(
            message,
            where=f"{name} line {rows.index[twice][0]}",
            got=", ".join(rows[twice].iloc[0]),
            fix="remove one of the rows",
        )
    return rows


def _prove_same(rows: pd.DataFrame, points: pd.DataFrame, name: str) -> None:
    """Prove that a second list is about the percentages that we hold."""
    both = rows.merge(points, how="left", on=["area_code", "period"])
    for line, row in zip(rows.index, both.itertuples(), strict=True):
        where = f"{name} line {line}"
        published = percentage(str(row.published), where)
        held = float(str(row.value))
        if not abs(published - held) < _ROUNDING:
            message = "the percentage is not the one of the list by state"
            raise SourceInvalid(
                message, where=where, expected=str(held), got=str(published), fix="ask the source"
            )
