"""What an analyst has set on the pages that compare: a part of the view and of its link.

Owns the keys of these settings in an address. Does not own which areas and periods there are:
who reads a link says so (``view.Choices``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from geo_app.query import Query

MOST_AREAS = 40
"""Areas and regions that a link may name: all states, the nation, and some regions."""

CHARTS = ("", "index", "multiples", "free")
"""Lines on one scale; the same with a base period as 100; one small chart an area, all on one
scale; or each on its own."""

WEIGHTS = ("", "nearest")
"""Neighbours by a common border or corner ("queen"), or the nearest ones by distance."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an analyst has set; every field may be empty, for what a page opens with."""

    areas: tuple[str, ...] = ()
    """Codes of areas and regions that are compared, in the order in which they were chosen."""
    start: str = ""
    """First period that is shown."""
    base: str = ""
    """Period whose value is 100 in an index."""
    second: str = ""
    """Slug of a second indicator, beside the first one and never in its series."""
    chart: str = ""
    """One of ``CHARTS``."""
    weights: str = ""
    """One of ``WEIGHTS``."""

    def to_query(self) -> dict[str, str]:
        """Return the keys of a link; an empty one is to be left out."""
        return {
            "areas": ",".join(self.areas),
            "start": self.start,
            "base": self.base,
            "second": self.second,
            "chart": self.chart,
            "weights": self.weights,
        }


UNSET = Analysis()
"""Nothing is set: each page opens with what it shows first."""


def read(
    query: Query,
    slugs: Collection[str],
    periods: Collection[str],
    is_area: Callable[[str], bool],
) -> Analysis:
    """Read the settings of a link; never fails.

    Parameters
    ----------
    query
        The query; it remembers what was not understood.
    slugs
        Indicators that can be chosen.
    periods
        Those of the indicator that is looked at.
    is_area
        Whether a code names an area or a region that can be compared.
    """
    return Analysis(
        areas=_areas(query, is_area),
        start=query.one_of("start", ["", *periods], ""),
        base=query.one_of("base", ["", *periods], ""),
        second=query.one_of("second", ["", *slugs], ""),
        chart=query.one_of("chart", CHARTS, ""),
        weights=query.one_of("weights", WEIGHTS, ""),
    )


def _areas(query: Query, is_area: Callable[[str], bool]) -> tuple[str, ...]:
    text = query.text("areas")
    asked = list(dict.fromkeys(text.split(","))) if text else []
    known = tuple(code for code in asked[:MOST_AREAS] if is_area(code))
    if len(known) < len(asked):
        query.refused("areas", "")
    return known
