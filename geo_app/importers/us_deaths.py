"""US citizens who died in Mexico by non-natural causes, by state and year, homicides among them.

Counts the records of one file, gathered or official (``us_deaths_records``). Records that repeat
are several victims of one event and are all counted. The nation holds every record, "99" those in
no known state. A year that the file does not hold from January to December is partial.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.importers.us_deaths_records import Death, read_records
from geo_app.indicators import Status
from geo_app.states import NATION_CODE, UNKNOWN_STATE_CODE, state_codes

SLUG = "us-deaths"
HOMICIDES = "homicides_count"
ALL_DEATHS = "nonnatural_deaths_count"

MOST_UNPLACED = 0.2
"""Share of a year's deaths in no known state above which no state of that year has a figure."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read one list of deaths.

    Parameters
    ----------
    files
        The gathered list of deaths in Mexico with the state of each, or the official export of
        all countries where it has a column of the country.
    reading
        The day on which it is read.

    Returns
    -------
    list of Imported
        One: the nation, the 32 states and "99" for every year, homicides and all deaths. Zero is
        a year without a reported death.

    Raises
    ------
    SourceInvalid
        If several files are given, or the file is neither list, is cut, does not say which rows
        are of Mexico, or holds a day, a state or a cause that is not a known one.
    """
    if len(files) != 1:
        message = "several lists of deaths: what stands in two of them would be counted twice"
        raise SourceInvalid(message, where=str(files[-1]), expected="one", got=str(len(files)))
    raw = open_raw(files[0])
    deaths, encoding, repairs = read_records(raw)
    return [_imported(raw, deaths, encoding, repairs, reading)]


def _imported(
    raw: RawFile, deaths: Sequence[Death], encoding: str, repairs: Sequence[str], reading: Reading
) -> Imported:
    days = sorted(item.day for item in deaths)
    first, last = days[0], days[-1]
    years = [str(year) for year in range(first.year, last.year + 1)]
    whole = Counter((str(item.day.year), item.state_code) for item in deaths)
    killed = Counter((str(item.day.year), item.state_code) for item in deaths if item.is_homicide)
    cut = [str(first.year)] * (first.month > 1) + [str(last.year)] * (last.month < 12)
    blocks = [
        _row(counts, measure, code, year, is_cut=year in cut, whole=whole)
        for (counts, measure), code, year in product(
            ((killed, HOMICIDES), (whole, ALL_DEATHS)),
            (NATION_CODE, *state_codes(), UNKNOWN_STATE_CODE),
            years,
        )
    ]
    rows = pd.DataFrame(blocks, columns=["area_code", "period", "measure", "value", "status"])
    unplaced = sum(count for (_, code), count in whole.items() if code == UNKNOWN_STATE_CODE)
    notes = (
        f"{len(deaths):,} deaths, {sum(killed.values()):,} of them homicide",
        f"{unplaced} deaths in no known state are in the nation only",
        *([f"{', '.join(cut)} not held from January to December: partial"] if cut else []),
        *repairs,
    )
    release = release_of(f"US deaths {first} to {last}", [raw], reading)
    return Imported(SLUG, "state_code", rows, release, encoding, notes)


def _row(
    counts: Counter[tuple[str, str]],
    measure: str,
    code: str,
    year: str,
    *,
    is_cut: bool,
    whole: Counter[tuple[str, str]],
) -> tuple[str, str, str, float, str]:
    status = Status.PARTIAL if is_cut else Status.FINAL
    nation = sum(count for (other, _), count in counts.items() if other == year)
    if code == NATION_CODE:
        return (code, year, measure, float(nation), str(status))
    if not _is_placed(whole, year):
        value = float(nation) if code == UNKNOWN_STATE_CODE else float("nan")
        missing = Status.MISSING if code != UNKNOWN_STATE_CODE else status
        return (code, year, measure, value, str(missing))
    return (code, year, measure, float(counts[year, code]), str(status))


def _is_placed(whole: Counter[tuple[str, str]], year: str) -> bool:
    """Say whether enough deaths of a year have a state for the states to have figures."""
    total = sum(count for (other, _), count in whole.items() if other == year)
    return whole[year, UNKNOWN_STATE_CODE] <= MOST_UNPLACED * total
