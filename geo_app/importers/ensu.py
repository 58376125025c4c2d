"""INEGI's ENSU: adults who consider their city unsafe, by city and quarter, and the nation.

Reads INEGI's workbooks, each a release of one quarter (``ensu_workbooks``), or three lists that
were gathered: the nation, the cities by quarter, and the cities themselves. A quarter in which
the list holds cities of one state only is no quarter of the survey and is left out. The rest is a
complete grid: what the survey did not ask or we do not hold is written out as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from geo_app import cities
from geo_app.cities import City, CityNote
from geo_app.errors import SourceInvalid
from geo_app.importers import ensu_microdata, ensu_names, ensu_workbooks
from geo_app.importers.cells import area_code, percentage, state_code
from geo_app.importers.delimited import csv_table
from geo_app.importers.ensu_names import PART_OF_OTHER, RETIRED
from geo_app.importers.reading import (
    Imported,
    RawFile,
    Reading,
    Reference,
    by_stem,
    open_raw,
    release_of,
)
from geo_app.importers.sheets import is_sheets
from geo_app.indicators import Interval, Status
from geo_app.periods import Cadence, span
from geo_app.states import NATION_CODE

SLUG = ensu_names.SLUG
MEASURE = ensu_names.MEASURE

NATION_FILE = "ensu_national_2013Q3_2026Q2"
QUARTER_FILE = "ensu_city_quarter"
CITY_FILE = "ensu_cities"

NATION_INTERVALS = {
    "": Interval.NONE,
    "bootstrap of PSUs within strata (Josanoforo)": Interval.THIRD_PARTY,
    "Taylor linearisation on raw microdata": Interval.COMPUTED,
}
"""Who made an interval of the nation, by the words of the list."""

_THIRD_PARTY = "Josanoforo (microdata, transcribed)"
"""Source of the percentages that INEGI's tables held here do not give: from microdata."""

_ALL = "total"
_QUARTER = re.compile(r"\d{4}Q[1-4]")
_FIGURES = ["period", "sex", "pct_unsafe", "ci95_lo", "ci95_hi", "source"]
_COLUMNS = ["area_code", "period", "value", "low", "high", "interval", "status"]


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read workbooks of quarters, interviews, or the three gathered lists as one release.

    Parameters
    ----------
    files
        INEGI's workbooks on perception, any number; or ``ensu_national_2013Q3_2026Q2.csv``,
        ``ensu_city_quarter.csv`` and ``ensu_cities.csv``, in any order.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a workbook, or one for the lists: ``insecurity_pct`` of the nation ("00") and of every
        city, each a grid of quarters without gaps. Status "estimated" = a third party's percentage
        from INEGI's microdata, "missing" = no figure held, "not_applicable" = the area was not in
        the survey. The list of the cities comes as a reference of the lists.

    Raises
    ------
    SourceInvalid
        If a workbook or list cannot be read whole, a file is missing, a row is cut, doubled or
        names an unknown city or state, a percentage is none, or the maker of an interval is not a
        known one.
    """
    if ensu_microdata.is_microdata(files):
        return ensu_microdata.read(files, reading)
    opened = [open_raw(path) for path in files]
    if any(is_sheets(raw) for raw in opened):
        return ensu_workbooks.read_books(opened, reading)
    return _lists(opened, reading)


def _lists(opened: Sequence[RawFile], reading: Reading) -> list[Imported]:
    raws = by_stem(opened, (NATION_FILE, QUARTER_FILE, CITY_FILE))
    nation, unused = _nation(raws[NATION_FILE])
    found, left_out = _city_rows(raws[QUARTER_FILE])
    grid = _completed(found)
    known = _cities(raws[CITY_FILE], sorted(set(grid["area_code"])))
    quarters = sorted(nation["period"])
    release = release_of(f"ENSU {quarters[0]}-{quarters[-1]}", list(raws.values()), reading)
    rows = pd.concat([_without_gaps(nation), grid], ignore_index=True).assign(measure=MEASURE)
    repairs = (f"{unused} rows of one sex of the nation not used", *left_out)
    reference = Reference(cities.FILE, cities.to_csv(known))
    return [Imported(SLUG, "city_code", rows, release, "utf-8", repairs, (reference,))]


def _nation(raw: RawFile) -> tuple[pd.DataFrame, int]:
    everyone = csv_table(raw, [*_FIGURES, "ci_method"])
    found = everyone[everyone["sex"] == _ALL]
    rows = _figures(found.assign(cd=NATION_CODE), raw.name)
    for line, method in found["ci_method"].items():
        if method not in NATION_INTERVALS:
            message = "the maker of the interval is not a known one"
            raise SourceInvalid(message, where=f"{raw.name} line {line}", got=repr(method))
    rows["interval"] = [str(NATION_INTERVALS[method]) for method in found["ci_method"]]
    return rows[_COLUMNS], len(everyone) - len(found)


def _city_rows(raw: RawFile) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the rows of cities, and in words what was left out."""
    everyone = csv_table(raw, [*_FIGURES, "cd", "cve_ent", "flag"])
    total = everyone[everyone["sex"] == _ALL]
    states = total.groupby("period")["cve_ent"].nunique()
    partial = sorted(states.index[states == 1])
    found = total[~total["period"].isin(partial)]
    rows = _figures(found, raw.name)
    # The intervals that are not a third party's were computed beside these lists.
    computed = rows["low"].notna() & (found["source"] != _THIRD_PARTY)
    held = rows["low"].notna().map({True: str(Interval.THIRD_PARTY), False: str(Interval.NONE)})
    rows["interval"] = held.mask(computed, str(Interval.COMPUTED))
    left_out = [f"{len(everyone) - len(total)} rows of one sex of the cities not used"]
    if partial:
        count = len(total) - len(found)
        left_out.append(
            f"{count} rows of {', '.join(partial)} left out: they hold cities of one state only"
        )
    return rows[_COLUMNS], tuple(left_out)


def _figures(found: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return area, period, value, low, high and status; NaN where a cell is empty."""
    rows = pd.DataFrame({"area_code": found["cd"], "period": found["period"]}, index=found.index)
    for line, text in found["period"].items():
        if not _QUARTER.fullmatch(text):
            message = "not a quarter"
            raise SourceInvalid(
                message, where=f"{name} line {line}", expected="such as 2022Q2", got=repr(text)
            )
    for target, column in (("value", "pct_unsafe"), ("low", "ci95_lo"), ("high", "ci95_hi")):
        rows[target] = [
            percentage(text, f"{name} line {line} {column}") if text else float("nan")
            for line, text in found[column].items()
        ]
    twice = rows.duplicated(["area_code", "period"])
    if twice.any():
        message = "the area stands twice in a quarter"
        raise SourceInvalid(
            message,
            where=f"{name} line {rows.index[twice][0]}",
            got=" ".join(rows.loc[twice, ["area_code", "period"]].iloc[0]),
            fix="remove one of the rows",
        )
    by_third = (found["source"] == _THIRD_PARTY).map(
        {True: str(Status.ESTIMATED), False: str(Status.FINAL)}
    )
    rows["status"] = by_third.where(rows["value"].notna(), str(Status.MISSING))
    return rows


def _without_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Write out the quarters of one area that are not there."""
    quarters = span(Cadence.QUARTER, rows["period"].min(), rows["period"].max())
    absent = sorted(set(quarters) - set(rows["period"]))
    code = str(rows["area_code"].iloc[0])
    added = [_empty(code, quarter, Status.MISSING) for quarter in absent]
    return pd.concat([rows, pd.DataFrame(added, columns=_COLUMNS)]) if added else rows


def _completed(rows: pd.DataFrame) -> pd.DataFrame:
    """Write out every city in every quarter from the first to the last."""
    quarters = span(Cadence.QUARTER, rows["period"].min(), rows["period"].max())
    added = []
    for code, found in rows.groupby("area_code"):
        held = set(found["period"])
        ends = min(held), max(held)
        added += [
            _empty(str(code), quarter, _why_absent(str(code), quarter, ends))
            for quarter in quarters
            if quarter not in held
        ]
    return pd.concat([rows, pd.DataFrame(added, columns=_COLUMNS)])


def _why_absent(code: str, quarter: str, ends: tuple[str, str]) -> Status:
    first, last = ends
    is_outside = quarter < first or (quarter > last and code in RETIRED)
    return Status.NOT_APPLICABLE if is_outside else Status.MISSING


def _empty(code: str, quarter: str, status: Status) -> tuple[str | float, ...]:
    none = float("nan")
    return (code, quarter, none, none, none, str(Interval.NONE), str(status))


def _cities(raw: RawFile, codes: Sequence[str]) -> list[City]:
    found = csv_table(raw, ["cd", "city", "cve_ent", "state", "cve_ent_all", "lat", "lon"])
    known: dict[str, City] = {}
    for line, row in zip(found.index, found.to_dict("records"), strict=True):
        where = f"{raw.name} line {line}"
        if row["cd"] in known:
            message = "the city stands twice"
            raise SourceInvalid(message, where=where, got=row["cd"], fix="remove one of the rows")
        known[row["cd"]] = _city({str(key): str(cell) for key, cell in row.items()}, where)
    unlisted = [code for code in codes if code not in known]
    if unlisted:
        message = "a city has figures and is not in the list of cities"
        raise SourceInvalid(message, where=raw.name, expected=f"a row of {unlisted[0]}")
    return [known[code] for code in codes]


def _city(row: Mapping[str, str], where: str) -> City:
    first = area_code(row["cve_ent"], row["state"], where)
    # The list leaves the states of retired areas empty; the first one is known all the same.
    touched = row["cve_ent_all"] or first
    return City(
        city_code=row["cd"],
        name=row["city"],
        state_code=first,
        state_codes=tuple(state_code(code, where) for code in touched.split("|")),
        latitude=_degrees(row["lat"], where),
        longitude=_degrees(row["lon"], where),
        note=_note(row),
    )


def _note(row: Mapping[str, str]) -> CityNote:
    if row["cd"] in PART_OF_OTHER:
        return CityNote.PART_OF_OTHER
    if row["cd"] in RETIRED:
        return CityNote.RETIRED
    return CityNote.SPANS_STATES if "|" in row["cve_ent_all"] else CityNote.NONE


def _degrees(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) <= 180:
        message = "not a coordinate"
        raise SourceInvalid(message, where=where, expected="degrees", got=repr(text))
    return value
