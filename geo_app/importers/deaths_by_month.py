"""Deaths by homicide by state and month of death, counted by others from INEGI's death records.

Reads the list of Gargiulo (CC BY 4.0): a row a state and month, cells apart by ``|``. It is no
publication of INEGI: deaths abroad and in no known place are left out by its maker, and deaths of
the last year that were registered later are not in it, so that year is a part. Does not own
INEGI's own counts by year and month of registration (``inegi_homicides``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import refuse_cut, state_code, whole_number
from geo_app.importers.quantities import quantity, year
from geo_app.importers.reading import (
    Imported,
    RawFile,
    Reading,
    decode,
    open_raw,
    release_of,
)
from geo_app.indicators import Status
from geo_app.periods import Cadence, span
from geo_app.states import state_codes

SLUG = "deaths-by-month"
MEASURE = "deaths_by_month_of_death_count"

COLUMNS = ("cve_ent", "year", "month", "homicides", "pop_est", "homicide_rate")
"""Header of the list. The rate is one of a year, a 100,000 people; it only proves the row."""

_BASE = 100_000
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_OF_YEAR = 365.25
# What the maker's rates are made with, as the list itself shows: a February has 28 days always.


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the list of deaths by state and month of death.

    Parameters
    ----------
    files
        The list, one file.
    reading
        The day on which it is read.

    Returns
    -------
    list of Imported
        One: ``deaths_by_month_of_death_count`` of the 32 states in every month. The list has no
        total of the nation. Months of its last year have the status ``partial``.

    Raises
    ------
    SourceInvalid
        If there is another number of files, the file has other columns, a row is cut, repeats or
        does not fit its own rate, or a state lacks a month.
    """
    if len(files) != 1:
        message = "not one file"
        raise SourceInvalid(message, where=SLUG, expected="1", got=str(len(files)))
    raw = open_raw(files[0])
    rows = pd.DataFrame(_rows(raw), columns=["area_code", "period", "value"])
    _prove_grid(rows, raw.name)
    first, last = rows["period"].min()[:4], rows["period"].max()[:4]
    is_last = rows["period"].str[:4] == last
    status = is_last.map({True: str(Status.PARTIAL), False: str(Status.FINAL)})
    rows = rows.assign(measure=MEASURE, status=status)
    release = release_of(f"Deaths by month of death {first}-{last}", [raw], reading)
    return [Imported(SLUG, "state_code", rows, release, "utf-8", ())]


def _rows(raw: RawFile) -> list[tuple[str, str, float]]:
    text, _ = decode(raw, ("utf-8",))
    header, *lines = text.splitlines()
    if tuple(header.split("|")) != COLUMNS:
        message = "not the list of deaths by state and month"
        raise SourceInvalid(
            message, where=f"{raw.name} line 1", expected="|".join(COLUMNS), got=header[:200]
        )
    numbered = ((f"{raw.name} line {n}", line) for n, line in enumerate(lines, 2) if line.strip())
    return [_row(line, where) for where, line in numbered]


def _row(line: str, where: str) -> tuple[str, str, float]:
    cells = line.split("|")
    refuse_cut(cells, len(COLUMNS), where)
    code, when, month, deaths, people, rate = cells
    number, count = whole_number(month, where), whole_number(deaths, where)
    if not 1 <= number <= len(_DAYS):
        message = "not a month"
        raise SourceInvalid(message, where=where, expected="1 to 12", got=repr(month))
    yearly = count * _DAYS_OF_YEAR / _DAYS[number - 1]
    expected = _BASE * yearly / float(quantity(people, where) or math.nan)
    if not math.isclose(expected, float(quantity(rate, where)), rel_tol=1e-6):
        message = "the rate is not that of the deaths and people of its row"
        raise SourceInvalid(message, where=where, expected=f"{expected:.6g}", got=rate)
    return state_code(code, where), f"{year(when, where)}-{number:02}", float(count)


def _prove_grid(rows: pd.DataFrame, name: str) -> None:
    if rows.empty:
        message = "the list has no rows"
        raise SourceInvalid(message, where=name, fix="download the file again")
    months = span(Cadence.MONTH, rows["period"].min(), rows["period"].max())
    expected = {(code, month) for code in state_codes() for month in months}
    found = list(zip(rows["area_code"], rows["period"], strict=True))
    if len(found) != len(expected) or set(found) != expected:
        message = "the list does not hold each state and month once"
        got = f"{len(found)} rows"
        raise SourceInvalid(message, where=name, expected=f"{len(expected)} rows", got=got)
