"""CONAPO's mid-year population of the municipalities: one row a municipality, one column a year.

Municipalities created after the edition of our shapes are added to their parents, as their deaths
are. From 2020 on the figures are projections and are marked as estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app import municipalities, shapes
from geo_app.errors import SourceInvalid
from geo_app.importers.cells import refuse_cut, state_code, whole_number
from geo_app.importers.conapo_population import FIRST_PROJECTED_YEAR
from geo_app.importers.delimited import csv_lines
from geo_app.importers.later_municipalities import NEEDS_PARENT, merged_words
from geo_app.importers.reading import Imported, RawFile, Reading, by_stem, open_raw, release_of
from geo_app.indicators import Status

SLUG = "conapo-population-municipal"
MEASURE = "population_count"
STEM = "poblacion_municipal_total"

_FIRST = ["CVE", "Entidad", "Municipio"]


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the table of CONAPO's reconstruction and projections of the municipalities.

    Parameters
    ----------
    files
        ``poblacion_municipal_total.csv``.
    reading
        The day on which it is read.

    Returns
    -------
    list of Imported
        One: persons at mid-year by municipality of the edition whose shapes we ship.

    Raises
    ------
    SourceInvalid
        If the file has another name, lacks a municipality, or holds something else than counts.
    """
    raw = by_stem([open_raw(path) for path in files], (STEM,))[STEM]
    lines, encoding = csv_lines(raw, ("utf-8",))
    header = [cell.strip() for cell in lines[0][1]]
    years = _years(header, raw.name)
    counts: dict[str, list[int]] = {}
    for number, cells in lines[1:]:
        where = f"{raw.name} line {number}"
        refuse_cut(cells, len(header), where)
        code = _code(cells, where)
        if code in counts:
            message = "the municipality stands twice"
            raise SourceInvalid(message, where=where, got=code, fix="download the file again")
        pairs = zip(years, cells[len(_FIRST) :], strict=True)
        counts[code] = [whole_number(cell, f"{where} {year}") for year, cell in pairs]
    return [_imported(counts, years, raw, reading, encoding)]


def _imported(
    counts: dict[str, list[int]], years: list[str], raw: RawFile, reading: Reading, encoding: str
) -> Imported:
    listed = pd.DataFrame.from_dict(counts, orient="index", columns=years)
    table = listed.groupby(listed.index.map(municipalities.parent_of)).sum()
    _refuse_other_areas(set(table.index), raw.name)
    rows = table.rename_axis("area_code").reset_index().melt("area_code", var_name="period")
    rows["value"] = rows["value"].astype(float)
    projected = rows["period"] >= FIRST_PROJECTED_YEAR
    rows["status"] = projected.map({True: str(Status.ESTIMATED), False: str(Status.FINAL)})
    release = release_of(f"CONAPO municipalities {years[0]}-{years[-1]}", [raw], reading)
    rows = rows.assign(measure=MEASURE)
    return Imported(SLUG, "municipality_code", rows, release, encoding, (merged_words(counts),))


def _years(header: list[str], name: str) -> list[str]:
    years = header[len(_FIRST) :]
    if header[: len(_FIRST)] != _FIRST or not all(y.isdigit() and len(y) == 4 for y in years):
        message = "not the table of municipalities by year"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected=f"{', '.join(_FIRST)}, then years such as 1990",
            got=", ".join(header[:4]),
        )
    return years


def _code(cells: Sequence[str], where: str) -> str:
    code = cells[0].strip()
    if not (code.isdigit() and len(code) == 5) or state_code(cells[1], where) != code[:2]:
        message = "the code is not one of its state"
        raise SourceInvalid(
            message, where=where, expected=f"five digits, in {cells[1]}", got=repr(code)
        )
    return code


def _refuse_other_areas(found: set[str], name: str) -> None:
    known = set(shapes.load_municipality_names())
    if found == known:
        return
    message = f"not the municipalities of {municipalities.EDITION}"
    absent, strange = sorted(known - found), sorted(found - known)
    got = [f"no {absent[0]}"] if absent else []
    raise SourceInvalid(
        message,
        where=name,
        expected=f"{len(known):,}, and those created later",
        got=", ".join([*got, *strange[:1]]),
        fix=NEEDS_PARENT,
    )
