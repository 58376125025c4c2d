"""What the page compares: for one source, or for two in panels of their own, every line.

Owns what the page opens with, the range of time, how a panel is laid out, and the rows behind it.
Does not own words (``compare.words``) or drawings (``compare.figures``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import pandas as pd

from geo_app import observations
from geo_app.atlas import Atlas
from geo_app.compare import sums
from geo_app.compare.choice import NATION, Area, Chosen, choose, every_state
from geo_app.compare.index import Indexed, NoIndex, indexed, refused
from geo_app.compare.regions import BORDER, CITY, region
from geo_app.indicators import Geography, Indicator, Kind, SeriesBreak, indicator
from geo_app.periods import Cadence, Period, parse
from geo_app.view import View

MOST_LINES = 8
"""Lines that can be told apart in one chart, the nation beside them."""

OPENING_YEAR = 2015
"""The page opens on the years from this one on, in which the registers of homicide both count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, with nothing left open."""

    indicator: str
    codes: tuple[str, ...]
    """For each of them ``regions.is_area`` holds."""
    start: str
    end: str
    """First and last period, of the indicator."""
    base: str
    """Period of the indicator whose value is 100; empty where no index is asked for."""
    second: str
    """Slug of another indicator; empty for none."""
    chart: str
    """One of ``analysis.CHARTS``."""


class Layout(StrEnum):
    """How the lines of a panel are laid out."""

    LINES = "lines"
    MULTIPLES = "multiples"
    FREE = "free"


class Crowd(StrEnum):
    """Why a panel has small charts that nobody asked for."""

    MANY = "many"
    """More lines than one chart can hold."""
    LEVELS = "levels"
    """Lines of whole numbers would lie on each other."""


@dataclass(frozen=True, slots=True)
class Line:
    """One area through time."""

    area: Area
    rows: pd.DataFrame
    """The periods that are shown, ``observations.COLUMNS``, oldest first."""
    every: pd.DataFrame
    """All periods, in the same columns."""
    indexed: Indexed | None = None
    """None where no index is asked for."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The lines of one source."""

    indicator: Indicator
    chosen: Chosen
    lines: tuple[Line, ...]
    nation: Line | None
    """None where the source has no nation."""
    layout: Layout
    crowd: Crowd | None
    first: date
    last: date
    """Days on which the axis of time begins and ends: the same in both panels."""
    breaks: tuple[SeriesBreak, ...]
    """Those that lie in the range."""
    base: str = ""
    """Period of this indicator whose value is 100; empty where no index is drawn."""
    no_index: NoIndex | None = None
    """Why none is drawn for any area, though one is asked for."""

    @property
    def every_line(self) -> tuple[Line, ...]:
        """The nation, where there is one, and the chosen lines."""
        return (*((self.nation,) if self.nation else ()), *self.lines)


def asked(view: View, atlas: Atlas) -> Asked:
    """Return what a view asks for, with what the page opens on where it says nothing.

    Parameters
    ----------
    view
        What is being looked at.
    atlas
        The atlas.
    """
    found, settings = indicator(view.indicator), view.analysis
    every = atlas.periods(found.slug)
    # The map may stand on a period of municipalities.
    end = view.period if view.period in every else atlas.newest(found.slug)
    start, end = sorted((settings.start or _opening_start(every, end), end))
    second = settings.second if settings.second != found.slug else ""
    base = (settings.base or start) if settings.chart == "index" else ""
    codes = settings.areas or opening_codes(view, found)
    return Asked(found.slug, codes, start, end, base, second, settings.chart)


def opening_codes(view: View, found: Indicator) -> tuple[str, ...]:
    """Return what is compared where a link names nothing: the map's selection, else the border."""
    if found.geography is Geography.CITY and view.city:
        return tuple(f"{CITY}{code}" for code in view.selected("city"))
    if view.state and found.geography is Geography.STATE:
        return view.selected("state")
    return (BORDER, *region(BORDER).members)


def build(atlas: Atlas, what: Asked) -> tuple[Panel, ...]:
    """Return the panel of the indicator, and that of a second one below it.

    Raises
    ------
    BadRequest
        If an indicator, area or period does not exist.
    """
    first, last = parse(what.start).start, parse(what.end).end
    panel = _panel(atlas, what, indicator(what.indicator), (first, last))
    if not what.second:
        return (panel,)
    return panel, _panel(atlas, what, indicator(what.second), (first, last))


def _opening_start(every: Sequence[str], end: str) -> str:
    later = [text for text in every if parse(text).start.year >= OPENING_YEAR and text <= end]
    return later[0] if later else every[0]


def _panel(atlas: Atlas, what: Asked, found: Indicator, ends: tuple[date, date]) -> Panel:
    chosen = choose(what.codes, found, atlas.known_on)
    layout, crowd = _layout(what.chart, found, len(chosen.areas))
    if what.chart in {"multiples", "free"} and found.geography is Geography.STATE:
        groups = tuple(item for item in chosen.areas if item.region is not None)
        chosen = replace(chosen, areas=(*groups, *every_state()))
    rows = observations.observe(found.slug, atlas.known_on)
    shown = _in_range(atlas.periods(found.slug), ends)
    lines = tuple(filter(None, (_line(item, rows, shown, found) for item in chosen.areas)))
    nation = _line(NATION, rows, shown, found)
    panel = Panel(
        indicator=found,
        chosen=chosen,
        lines=lines,
        # Empty rows of the nation stand in the tables of a source that never gives it a value.
        nation=nation if nation and nation.every["value"].notna().any() else None,
        layout=layout,
        crowd=crowd,
        first=ends[0],
        last=ends[1],
        breaks=tuple(b for b in found.series_breaks if ends[0] < parse(b.period).start <= ends[1]),
    )
    return _with_index(panel, what) if what.base else panel


def _layout(chart: str, found: Indicator, count: int) -> tuple[Layout, Crowd | None]:
    if chart in {"multiples", "free"}:
        return Layout(chart), None
    if found.kind is Kind.LEVEL:
        return Layout.MULTIPLES, Crowd.LEVELS
    if count > MOST_LINES:
        return Layout.MULTIPLES, Crowd.MANY
    return Layout.LINES, None


def _in_range(periods: Sequence[str], ends: tuple[date, date]) -> list[str]:
    """Return the periods that lie in a stretch of days; of issues also the one in force at first.

    A period that only begins or ends in it is left out: it also counts other days.
    """
    found = [parse(text) for text in periods]
    inside = [item for item in found if ends[0] <= item.start and item.end <= ends[1]]
    if found and found[0].cadence is Cadence.ISSUE:
        before: list[Period] = [item for item in found if item.start < ends[0]][-1:]
        inside = before + inside
    return [item.text for item in inside]


def _line(area: Area, rows: pd.DataFrame, shown: Sequence[str], found: Indicator) -> Line | None:
    """Return a line; None where the source knows no such area."""
    if area.region is not None:
        mine = rows[(rows["area_kind"] == "state") & rows["area_code"].isin(area.region.members)]
        every = sums.region_rows(mine, area.code, found)
    else:
        every = rows[(rows["area_kind"] == area.kind) & (rows["area_code"] == area.code)]
    if every.empty:
        return None
    every = every.sort_values("period").reset_index(drop=True)
    return Line(area, every[every["period"].isin(shown)].reset_index(drop=True), every)


def _with_index(panel: Panel, what: Asked) -> Panel:
    why = refused(panel.indicator)
    if why is not None:
        return replace(panel, no_index=why)
    base = what.base if panel.indicator.slug == what.indicator else _same_base(panel, what.base)
    if not base:
        return replace(panel, no_index=NoIndex.MISSING)
    lines = tuple(_line_indexed(line, base, panel.indicator) for line in panel.lines)
    nation = panel.nation and _line_indexed(panel.nation, base, panel.indicator)
    return replace(panel, lines=lines, nation=nation, base=base)


def _line_indexed(line: Line, base: str, found: Indicator) -> Line:
    return replace(line, indexed=indexed(line.every, base, found))


def _same_base(panel: Panel, base: str) -> str:
    """Return the period of another source that is the base or first lies in it; empty for none."""
    stretch = parse(base)
    periods = sorted(set().union(*(line.every["period"] for line in panel.every_line)))
    found = (parse(text) for text in periods)
    inside = (p.text for p in found if stretch.start <= p.start and p.end <= stretch.end)
    return next(inside, "")
