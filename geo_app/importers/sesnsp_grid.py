"""From what a file of SESNSP says to complete rows: the months that are published, every area.

A release is named after its last month with any report nationwide: what follows is not published,
whether the file leaves it blank or fills it with zeros. Releases that end alike have names apart.
Owns the cut, the grid and what is said of both. Does not own the layouts of the files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.months import ENGLISH_MONTHS
from geo_app.importers.sesnsp_rows import Found
from geo_app.importers.streams import Opened
from geo_app.indicators import Status
from geo_app.periods import Cadence, span

LAST_OF_REGISTER = "2025-12"
"""Last month of the register in which SESNSP counted from 2015 on."""

_SHORT = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_MONTH_IN_NAME = re.compile(
    rf"_(?P<month>{'|'.join(_SHORT)})[a-z]{{0,7}}_?(?P<year>20\d\d|\d\d)(?!\d)", re.IGNORECASE
)


def month_name(month: str) -> str:
    """Return a month in words.

    Examples
    --------
    >>> month_name("2024-12")
    'December 2024'
    """
    year, number = month.split("-")
    return f"{ENGLISH_MONTHS[int(number) - 1]} {year}"


def release_name(what: str, last: str, file: Opened) -> str:
    """Return the name of a release: what it counts, and its last month.

    Parameters
    ----------
    what
        What it counts, such as "SESNSP victims".
    last
        Its last published month.
    file
        The file. Those of the register that ended with 2025 are published anew month after month
        and all end alike: the month in a file's name, or a part of its hash, tells them apart.
    """
    name = f"{what}, {month_name(last)}"
    if last != LAST_OF_REGISTER:
        return name
    months = [month for text in file.names for month in _months_in(text)]
    if not months:
        return f"{name}, file {file.raw.sha256[:8]}"
    return name if months[-1] <= last else f"{name}, file of {month_name(months[-1])}"


def _months_in(name: str) -> list[str]:
    """Return the months that a name of a file ends with, as in "2015-2025_jul2026.csv"."""
    return [
        f"20{match['year'][-2:]}-{_SHORT.index(match['month'].lower()) + 1:02d}"
        for match in _MONTH_IN_NAME.finditer(name)
    ]


def last_month(found: Found, crime: str, name: str) -> str:
    """Return the last published month of a file.

    Parameters
    ----------
    found
        What the file says.
    crime
        The crime without which it is refused: every official file has it.
    name
        Name of the file.

    Raises
    ------
    SourceInvalid
        If no month holds a case of that crime.
    """
    known = found.counts[found.counts["crime"] == crime]
    if not (known["value"] > 0).any():
        message = "no month of the file holds an intentional homicide"
        raise SourceInvalid(message, where=name, fix="download the file again")
    return max(found.active)


def grid(
    found: Found, areas: Sequence[str], last: str, *, absent: float | None, name: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return a row for every area and published month of each crime, and what to say of them.

    Parameters
    ----------
    found
        What the file says.
    areas
        The areas that there must be.
    last
        The last published month.
    absent
        What an area and month without a row counts: 0 where the file leaves out what did not
        happen, NaN where nothing is known of it; None where the file must have a row.
    name
        Name of the file.

    Returns
    -------
    rows, repairs
        Columns crime, area_code, period, value (NaN = missing) and status.

    Raises
    ------
    SourceInvalid
        If a row is missing that must be there.
    """
    months = span(Cadence.MONTH, str(found.counts["period"].min()), last)
    cells = pd.MultiIndex.from_product([areas, months], names=["area_code", "period"])
    parts, repairs = [], [*_unpublished(found, last), *found.repairs]
    for crime, mine in found.counts.groupby("crime"):
        values = mine.set_index(["area_code", "period"])["value"]
        lacking = cells[~cells.isin(values.index)]
        if len(lacking) and absent is None:
            raise _gap(lacking, str(crime), name)
        values = values.reindex(cells)
        if len(lacking):
            values[lacking] = absent
            repairs.append(_absent_words(lacking, str(crime), absent))
        parts.append(values.reset_index().assign(crime=str(crime)))
    rows = pd.concat(parts, ignore_index=True)
    gaps = rows["value"].isna()
    rows["status"] = gaps.map({True: str(Status.MISSING), False: str(Status.PRELIMINARY)})
    blank = int(gaps.sum())
    if blank:
        repairs.append(
            f"{blank:,} {_noun(areas[0])}-months without a usable count are missing, not zero"
        )
    return rows, tuple(repairs)


def _gap(lacking: pd.Index, crime: str, name: str) -> SourceInvalid:
    area, month = lacking[0]
    message = f"{len(lacking)} state-months are missing"
    return SourceInvalid(
        message,
        where=name,
        expected=f"a row of state {area} in {month} ({crime})",
        fix="download the file again",
    )


def _unpublished(found: Found, last: str) -> tuple[str, ...]:
    cut = found.counts[found.counts["period"] > last]
    if cut.empty:
        return ()
    months = cut["period"]
    cells = len(cut[["area_code", "period"]].drop_duplicates())
    noun = _noun(cut["area_code"].iloc[0])
    span_words = f"{cells:,} {noun}-months after {last} ({months.min()} to {months.max()})"
    return (f"{span_words}, blank or zero in every {noun}, are not published and were left out",)


def _absent_words(lacking: pd.Index, crime: str, absent: float | None) -> str:
    told = f"{len(lacking):,} {_noun(lacking[0][0])}-months"
    if absent == 0:
        return f"{told} without a row of {crime} are zero: the file leaves them out"
    return f"{told} have no row of {crime}: missing, for the file does not say why"


def _noun(area_code: str) -> str:
    return "state" if len(area_code) == 2 else "municipality"
