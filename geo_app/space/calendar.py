"""An indicator as a calendar: the states through the months of a year, or one through all years.

Owns which periods stand in which row and column. Does not own how a cell looks (``figures``,
``charts.calendar_grid``).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo_app.atlas import Atlas
from geo_app.indicators import Geography, Indicator, indicator
from geo_app.periods import Cadence, parse
from geo_app.states import NATION_CODE, state_codes

MONTHS = tuple(f"{number:02d}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Cells in rows and columns."""

    indicator: Indicator
    state_code: str
    """The one state whose years are the rows; empty where the states are the rows."""
    rows: tuple[str, ...]
    """State codes, or years."""
    columns: tuple[str, ...]
    """Months "01" to "12", or years."""
    values: pd.DataFrame
    """``observations.COLUMNS`` of the periods that are held, with ``row`` and ``column``; a cell
    without a row here lies outside what is held."""
    breaks: tuple[tuple[str, str], ...]
    """Row and column of the first period of a new method; an empty row = in every row."""


def build(atlas: Atlas, slug: str, period: str, state_code: str = "") -> Calendar | None:
    """Return the calendar of an indicator.

    Months: with a state its years below each other, else all states in the year of ``period``.
    Years: all states, each year a column.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    slug, period
        An indicator and one of its periods.
    state_code
        A state; empty for all of them.

    Returns
    -------
    Calendar or None
        None where the indicator has neither months nor years of states.

    Raises
    ------
    BadRequest
        If the indicator, the period or the state does not exist.
    """
    found = indicator(slug)
    if found.geography is not Geography.STATE or found.cadence not in (Cadence.MONTH, Cadence.YEAR):
        return None
    is_monthly = found.cadence is Cadence.MONTH
    rows = atlas.values(slug, level="state")
    rows = rows[rows["area_code"] != NATION_CODE]
    if is_monthly and state_code:
        return _years_of_one(found, rows[rows["area_code"] == state_code], state_code)
    if is_monthly:
        rows = rows[rows["period"].str.startswith(str(parse(period).start.year))]
    return _states(found, rows)


def _years_of_one(found: Indicator, rows: pd.DataFrame, state_code: str) -> Calendar:
    placed = rows.assign(row=rows["period"].str[:4], column=rows["period"].str[5:])
    years = tuple(sorted(placed["row"].unique()))
    held = set(placed["period"])
    every = (item.period for item in found.series_breaks if item.period in held)
    breaks = ((text[:4], text[5:]) for text in every)
    return Calendar(found, state_code, years, MONTHS, placed, tuple(breaks))


def _states(found: Indicator, rows: pd.DataFrame) -> Calendar:
    is_monthly = found.cadence is Cadence.MONTH
    placed = rows.assign(row=rows["area_code"], column=rows["period"].str[5 if is_monthly else 0 :])
    columns = MONTHS if is_monthly else tuple(sorted(placed["column"].unique()))
    held = dict(zip(rows["period"], placed["column"], strict=True))
    breaks = (("", held[item.period]) for item in found.series_breaks if item.period in held)
    return Calendar(found, "", state_codes(), columns, placed, tuple(breaks))
