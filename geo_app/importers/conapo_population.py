"""CONAPO's mid-year population of the states: the wide tables, one row a state, one column a year.

The file name says which people are counted: all, women, or persons aged 18 and over. From 2020 on
the figures are projections and are marked as estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import refuse_cut, state_code, whole_number
from geo_app.importers.delimited import csv_lines
from geo_app.importers.reading import Imported, RawFile, Reading, by_stem, open_raw, release_of
from geo_app.indicators import Status
from geo_app.states import state_codes

SLUG = "conapo-population"
RELEASE = "CONAPO 1970-2070"
FIRST_PROJECTED_YEAR = "2020"

MEASURES = {
    "poblacion_entidad_total": "population_count",
    "poblacion_entidad_mujeres": "women_count",
    "poblacion_adulta_entidad_total": "population_18_plus_count",
}
"""Measure by the stem of the file name."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the three tables of CONAPO's reconciliation and projection, as one release.

    Parameters
    ----------
    files
        ``poblacion_entidad_total.csv``, ``poblacion_entidad_mujeres.csv`` and
        ``poblacion_adulta_entidad_total.csv``, in any order.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One: persons at mid-year by state, 32 rows a year and measure.

    Raises
    ------
    SourceInvalid
        If a file is missing, has another name, lacks a state or holds something else than counts.
    """
    raws = by_stem([open_raw(path) for path in files], tuple(MEASURES))
    tables = [_melt(raws[stem], measure) for stem, measure in MEASURES.items()]
    rows = pd.concat(tables, ignore_index=True)
    projected = rows["period"] >= FIRST_PROJECTED_YEAR
    rows["status"] = projected.map({True: str(Status.ESTIMATED), False: str(Status.FINAL)})
    release = release_of(RELEASE, list(raws.values()), reading)
    return [Imported(SLUG, "state_code", rows, release, "utf-8", ())]


def _melt(raw: RawFile, measure: str) -> pd.DataFrame:
    lines, _ = csv_lines(raw, ("utf-8",))
    header = [cell.strip() for cell in lines[0][1]]
    years = _years(header, raw.name)
    records = []
    for number, cells in lines[1:]:
        where = f"{raw.name} line {number}"
        refuse_cut(cells, len(header), where)
        code = state_code(cells[0], where)
        counts = zip(years, cells[1:], strict=True)
        records += [(code, year, whole_number(cell, f"{where} {year}")) for year, cell in counts]
    found = [code for code, year, _ in records if year == years[0]]
    if sorted(found) != list(state_codes()):
        message = "the rows are not the 32 states, each once"
        raise SourceInvalid(
            message,
            where=raw.name,
            expected="32 rows",
            got=f"{len(found)}, {len(set(found))} states",
        )
    frame = pd.DataFrame(records, columns=["area_code", "period", "value"])
    return frame.assign(measure=measure, value=frame["value"].astype(float))


def _years(header: list[str], name: str) -> list[str]:
    years = header[1:]
    if not years or not all(len(year) == 4 and year.isdigit() for year in years):
        message = "the columns are not years"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected="a name, then years such as 1970",
            got=", ".join(header[:4]),
        )
    return years
