"""The rate of several states as one: the sum of their counts over the sum of their people.

Owns the one way in which figures of states are put together. A mean of rates would let a small
state weigh as much as a large one, so none is made. Does not own the rates of a state (``rates``).
"""

from __future__ import annotations

import pandas as pd

from geo_app import rates, statistics
from geo_app.errors import BadRequest
from geo_app.indicators import Geography, Indicator, Interval, Status
from geo_app.observations import COLUMNS
from geo_app.periods import parse

KIND = "region"
"""Kind of area of a sum of states."""

_FROM_ROW = ["source", "release", "published", "checked"]


def can_sum(found: Indicator) -> bool:
    """Whether an indicator is a rate made here from counts of states over their people."""
    return bool(found.recipe.denominator) and found.geography is Geography.STATE


def region_rows(rows: pd.DataFrame, code: str, found: Indicator) -> pd.DataFrame:
    """Return states as one area.

    Parameters
    ----------
    rows
        Observations of its states, ``observations.COLUMNS``: one row a state and period.
    code
        Code of the region.
    found
        The indicator, one for which ``can_sum`` holds.

    Returns
    -------
    pandas.DataFrame
        ``observations.COLUMNS``, one row a period, oldest first, index 0, 1, 2…; ``area_kind``
        "region". A period in which a state has no count has none here either; the status is that
        of the most doubtful state. The interval is the exact one of the summed count.

    Raises
    ------
    BadRequest
        If the indicator has no counts that could be summed.
    """
    if not can_sum(found):
        message = f"{found.slug} cannot be summed over states"
        raise BadRequest(message, fix="ask for a rate that is made of counts over people")
    grouped = rows.groupby("period", sort=True)
    made = grouped[_FROM_ROW].last()
    made["numerator"] = grouped["numerator"].sum(min_count=rows["area_code"].nunique())
    made["denominator"] = grouped["denominator"].sum(min_count=rows["area_code"].nunique())
    made["status"] = grouped["status"].agg(lambda items: max(items, key=rates.BY_DOUBT.index))
    made = made.reset_index().assign(area_kind=KIND, area_code=code)
    return _rated(made, found)[COLUMNS]


def _rated(made: pd.DataFrame, found: Indicator) -> pd.DataFrame:
    """Add value and interval, as ``rates`` makes those of a state."""
    factors = made["period"].map(lambda text: rates.exposure(parse(text), found)[1] * rates.PER)
    # A part of a period over the people of a whole one would look like a quiet time.
    factors = factors.where(made["status"] != Status.PARTIAL)
    made["value"] = made["numerator"] * factors / made["denominator"]
    made["low"] = made["high"] = float("nan")
    made["interval"] = ""
    if found.recipe.interval is Interval.POISSON:
        low, high = statistics.poisson_interval(made["numerator"])
        made["low"] = low * factors / made["denominator"]
        made["high"] = high * factors / made["denominator"]
        made["interval"] = made["value"].notna().map({True: str(Interval.POISSON), False: ""})
    return made
