"""From the rows of SESNSP's official table to counts by crime, area and month.

Owns the sum of the parts and what becomes of cells that are no counts. Does not own which rows are
added up (``sesnsp_rows``) nor which months are published (``sesnsp_grid``).
"""

from __future__ import annotations

import pandas as pd

from geo_app.importers.sesnsp_columns import MONTH_COLUMNS, MONTH_NUMBERS


def blank_negatives(rows: pd.DataFrame) -> str:
    """Blank the cells below zero, in place, and say in words which they were.

    Parameters
    ----------
    rows
        Columns area_code, year and the months; the index is the line in the file.
    """
    told = []
    for name, number in MONTH_NUMBERS.items():
        below = rows[name] < 0
        if below.any():
            wrong = rows[below]
            cells = zip(wrong["area_code"], wrong["year"], wrong[name], strict=True)
            told += [f"{value:.0f} in {area} {year}-{number}" for area, year, value in cells]
            rows[name] = rows[name].mask(below)
    if not told:
        return ""
    more = f" and {len(told) - 5} more" if len(told) > 5 else ""
    return (
        f"{len(told)} cells below zero are no counts, and their area and month is missing "
        f"({', '.join(sorted(told)[:5])}{more})"
    )


def add_up(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the rows of every crime, area and month.

    Parameters
    ----------
    rows
        Columns crime, area_code, year and the months, NaN where a cell is blank.

    Returns
    -------
    pandas.DataFrame
        Columns crime, area_code, period, value; NaN where one of the cells is blank.
    """
    keys, months = ["crime", "area_code", "year"], list(MONTH_COLUMNS)
    groups = rows.groupby(keys, sort=True)[months]
    sums = groups.sum().where(groups.count().eq(groups.size(), axis=0))
    long = sums.rename(columns=MONTH_NUMBERS).reset_index().melt(keys, var_name="month")
    period = long["year"].astype(str) + "-" + long["month"].astype(str)
    return long.assign(period=period)[["crime", "area_code", "period", "value"]]
