"""The nearest honest comparison: which two periods are offered where two others are refused."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from geo_app import comparisons
from geo_app.answers import Value, value_of
from geo_app.atlas import Atlas
from geo_app.indicators import Indicator, Interval, Status, indicator
from geo_app.periods import parse

Pair = tuple[str, str]
"""An earlier and a later period."""

MOST_WITHOUT = 0.5
"""Part of the areas that may lack a value in a period that is offered."""


def nearest(found: Indicator, asked: Pair, held: Mapping[str, Value]) -> Pair | None:
    """Return the pair of periods nearest to another one that is not refused.

    Parameters
    ----------
    found
        The indicator.
    asked
        The earlier and the later period that were asked for.
    held
        A value of each period that is whole, by period: those that can be offered.

    Returns
    -------
    tuple or None
        The pair whose two ends lie the fewest months from those that were asked for; of several
        the one whose later end is nearest, then the later one. Across a break that is a pair on
        one of its sides, for months of two seasons the same month of other years, for windows that
        overlap two that only just do not. None where no two periods may be compared.
    """
    # A register that still changes refuses each of its thousands of pairs.
    if found.recipe.is_living:
        return None
    months = {text: _month(text) for text in (*held, *asked)}
    ends = (months[asked[0]], months[asked[1]])
    near = sorted(
        combinations(sorted(held), 2),
        key=lambda pair: _far((months[pair[0]], months[pair[1]]), ends),
    )
    for first, last in near:
        if comparisons.refuse(found, held[first], held[last])[0] is None:
            return first, last
    return None


def whole_values(atlas: Atlas, slug: str, level: str | None = None) -> dict[str, Value]:
    """Return a value of each period in which enough areas have one that can be compared.

    Parameters
    ----------
    atlas
        The atlas.
    slug
        Name of the indicator.
    level
        Kind of area; the indicator's own where none is given.

    Raises
    ------
    BadRequest
        If the indicator or the level does not exist.
    """
    found = indicator(slug).at(level)
    rows = atlas.values(slug, level=found.geography.area_kind)
    rows = rows[rows["area_kind"] == found.geography.area_kind]
    whole = rows[
        rows["value"].notna() & (rows["status"] != str(Status.PARTIAL)) & _told(found, rows)
    ]
    counts = whole.groupby("period")["area_code"].size()
    enough = counts[counts >= MOST_WITHOUT * counts.max()]
    firsts = whole[whole["period"].isin(enough.index)].drop_duplicates("period")
    return {str(row["period"]): value_of(row) for _, row in firsts.iterrows()}


def offer(atlas: Atlas, slug: str, asked: Pair, level: str | None = None) -> Pair | None:
    """Return the nearest honest comparison to one that was asked for; None where there is none.

    Raises
    ------
    BadRequest
        If the indicator or the level does not exist.
    """
    found = indicator(slug).at(level)
    return nearest(found, asked, whole_values(atlas, slug, level))


def _told(found: Indicator, rows: pd.DataFrame) -> pd.Series[bool]:
    """Say of which rows chance can be told: all of counts, of estimates those with an error."""
    if found.recipe.interval is Interval.POISSON:
        return rows["numerator"].notna()
    return rows["interval"].isin([str(item) for item in comparisons.TESTABLE])


def _far(pair: tuple[int, int], asked: tuple[int, int]) -> tuple[int, int, int]:
    """Return how far the months of a pair lie from those of another one."""
    off = abs(pair[1] - asked[1])
    return abs(pair[0] - asked[0]) + off, off, -pair[1]


def _month(text: str) -> int:
    start = parse(text).start
    return start.year * 12 + start.month
