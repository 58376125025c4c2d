"""CDC's provisional drug overdose deaths: synthetic opioids (T40.4) by state, 12 months to a month.

A release is a file, named after its last month. Every figure is a sum over the 12 months that end
in its month, so months are never added. Does not own the layouts of the answers (``cdc_layouts``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import pandas as pd

from geo_app import us_areas
from geo_app.errors import SourceInvalid
from geo_app.importers.cdc_layouts import Cell, Figure, Found, read_deaths
from geo_app.importers.months import ENGLISH_MONTHS
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.indicators import Status
from geo_app.periods import Cadence, span

SLUG = "cdc"
REPORTED = "opioid_deaths_12m_count"
PREDICTED = "opioid_deaths_12m_predicted_count"
UNDERREPORTED = "opioid_deaths_12m_underreported_flag"
COMPLETE = "records_complete_pct"

MOST_ABSENT = 5
"""Areas that a whole answer may lack; two are known to. More are lost by a filter or a limit."""

SEEN = {"2026-01": "2026-06-27"}
"""Date of the earliest dated public copy of a release, by its last month."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read answers of the dataset xkb8-kh2a of data.cdc.gov.

    Parameters
    ----------
    files
        The programming interface's CSV or JSON, or the portal's CSV export; with one indicator or
        all of them.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file: the United States and every area that CDC counts apart in every month, with
        reported deaths (preliminary), predicted ones (estimated), CDC's remark that a figure is too
        low, and the share of death records that it had. An area that is not in the file is missing.

    Raises
    ------
    SourceInvalid
        If a file is no such answer, was cut or filtered, repeats or lacks a row, or a cell is no
        number.
    """
    return [_read_one(open_raw(path), reading) for path in files]


def _read_one(raw: RawFile, reading: Reading) -> Imported:
    found = read_deaths(raw)
    months = span(Cadence.MONTH, *(pick(m for _, m in found.figures) for pick in (min, max)))
    areas = {area for area, _ in found.figures}
    absent = [code for code in us_areas.codes("us_state") if code not in areas]
    _refuse_cut(found, months, absent, raw.name)
    measures: tuple[tuple[str, Status, Mapping[Cell, float | None]], ...] = (
        (REPORTED, Status.PRELIMINARY, {c: f.reported for c, f in found.figures.items()}),
        (PREDICTED, Status.ESTIMATED, {c: f.predicted for c, f in found.figures.items()}),
        (UNDERREPORTED, Status.PRELIMINARY, {c: f.is_low for c, f in found.figures.items()}),
        (COMPLETE, Status.PRELIMINARY, {c: f.complete for c, f in found.figures.items()}),
    )
    rows = pd.concat([_rows(*measure, months=months) for measure in measures])
    last = months[-1]
    name = (
        f"CDC overdose deaths, T40.4, 12 months to {ENGLISH_MONTHS[int(last[5:]) - 1]} {last[:4]}"
    )
    release = release_of(name, [raw], reading, seen=SEEN.get(last, ""))
    repairs = (*found.repairs, *_repairs(found.figures, absent))
    return Imported(SLUG, "us_state_code", rows, release, found.encoding, repairs)


def _rows(
    measure: str, status: Status, cells: Mapping[Cell, float | None], *, months: Sequence[str]
) -> pd.DataFrame:
    grid = list(product((us_areas.NATION_CODE, *us_areas.codes("us_state")), months))
    rows = pd.DataFrame(grid, columns=["area_code", "period"]).assign(measure=measure)
    rows["value"] = pd.Series([cells.get(cell) for cell in grid], dtype=float)
    known = {True: str(status), False: str(Status.MISSING)}
    return rows.assign(status=rows["value"].notna().map(known))


def _refuse_cut(found: Found, months: Sequence[str], absent: Sequence[str], name: str) -> None:
    areas = {area for area, _ in found.figures}
    if us_areas.NATION_CODE not in areas or len(absent) > MOST_ABSENT:
        message = "the answer was filtered or cut: areas are missing"
        got = f"{len(areas)} areas"
        fix = "ask for all states and set a $limit above the number of rows"
        raise SourceInvalid(message, where=name, expected="the US and its states", got=got, fix=fix)
    for area, month in product(sorted(areas), months):
        if (area, month) not in found.figures:
            message = "the answer was cut: a month is missing"
            fix = "set a $limit above the number of rows"
            raise SourceInvalid(message, where=name, expected=f"a row of {area} {month}", fix=fix)


def _repairs(figures: Mapping[Cell, Figure], absent: Sequence[str]) -> tuple[str, ...]:
    hidden = sum(item.reported is None for item in figures.values())
    few = sum(item.is_suppressed for item in figures.values())
    names = ", ".join(us_areas.area("us_state", code).name_en for code in absent)
    told = (
        f"{hidden:,} rows without a reported number left empty, not zero ({few:,} of them below 10)"
        if hidden
        else "",
        f"{len(absent)} areas not in the file are missing in every month ({names})"
        if absent
        else "",
    )
    return tuple(filter(None, told))
