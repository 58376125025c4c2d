"""The drawings of a state's sheet, each with all that it shows in words.

Owns which values go into a drawing and its text alternative. Does not own the drawing itself
(``charts``) or the values (``atlas``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app.advice_steps import Step
from geo_app.answers import Finding, Value
from geo_app.atlas import Atlas
from geo_app.charts.history_band import NARROW, WIDE, history_band
from geo_app.charts.interval_rows import Mark, Measured, interval_rows
from geo_app.charts.rate_years import Line, Point, rate_years
from geo_app.charts.year_bars import Bar, year_bars
from geo_app.indicators import Indicator, Status, indicator
from geo_app.states import state
from geo_app.text import DASH, Words

HOMICIDES = "homicides_inegi_per_100k"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing and what stands under it."""

    svg: str
    narrow: str
    """The same for a phone; empty where one fits both."""
    caption: str
    """What its signs mean."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the reader wants a rate to be read against, beside the nation."""

    name: str
    value: float
    low: float | None
    high: float | None
    state_code: str
    """Empty for a number of the reader's own."""
    text: str
    """Value and interval."""
    line: str
    """The whole as a sentence."""


def reference(atlas: Atlas, asked: str, state_code: str, say: Words) -> Reference | None:
    """Return what a state's homicide rate is read against, beside the nation.

    Parameters
    ----------
    atlas
        The atlas.
    asked
        A state code, or a rate such as "5.2"; empty for none.
    state_code
        The state of the sheet, which is no reference to itself.
    say
        The words of a language.

    Returns
    -------
    Reference or None
        None where none is asked for, or the other state has no value.
    """
    if not asked or asked == state_code:
        return None
    found = indicator(HOMICIDES)
    if "." in asked:
        text = say.number(float(asked), found.decimals)
        line = say("sheet_reference_own", {"value": text, "unit": found.unit.in_(say.lang)})
        return Reference(say("sheet_reference_name"), float(asked), None, None, "", text, line)
    value = atlas.value(HOMICIDES, asked, atlas.newest(HOMICIDES))
    if value.value is None:
        return None
    name, text = state(asked).name(say.lang), _text(value, found, say)
    told = {"name": name, "value": text, "period": say.period(value.period)}
    line = say("sheet_reference_state", told)
    return Reference(name, value.value, value.low, value.high, asked, text, line)


def band(found: Sequence[Step], told: Sequence[str], say: Words) -> Drawing:
    """Draw the history of levels; nothing where the day lies before all that is held."""
    if not found:
        return Drawing("", "", "")
    label = say("sheet_band_label", {"lines": " ".join(told)})
    wide, narrow = (history_band(found, label, say, width) for width in (WIDE, NARROW))
    return Drawing(wide, narrow, say("sheet_band_caption"))


def beside(finding: Finding, other: Reference | None, say: Words) -> Drawing:
    """Draw the value of a state beside the nation's and the reader's reference."""
    found, value = finding.indicator, finding.value
    name = state(value.area_code).name(say.lang)
    items = [*_measured(name, value, found, Mark.OWN, say)]
    if finding.nation is not None:
        items += _measured(say("sheet_mexico"), finding.nation, found, Mark.NATION, say)
    if other is not None:
        ends = (other.value, other.low, other.high, other.text)
        items.append(Measured(other.name, *ends, Mark.REFERENCE))
    if not items:
        return Drawing("", "", "")
    lines = "; ".join(f"{item.name} {item.text}" for item in items)
    label = _label("sheet_beside_label", found, value.period, lines, say)
    caption = "sheet_beside_caption" if other is None else "sheet_beside_caption_reference"
    return Drawing(interval_rows(items, label), "", say(caption))


def by_year(found: Indicator, own: pd.DataFrame, nation: pd.DataFrame, say: Words) -> Drawing:
    """Draw the rate of a state and of the nation through the years.

    Parameters
    ----------
    found
        The indicator, one of years.
    own, nation
        As ``Atlas.series`` returns them.
    say
        The words of a language.
    """
    name = state(str(own["area_code"].iloc[0])).name(say.lang)
    mine, all_of_it = Line(name, _points(own)), Line(say("sheet_mexico"), _points(nation))
    told = "; ".join(f"{one.name}: {_told(one, found, say)}" for one in (mine, all_of_it))
    span = f"{own.index[0]}{DASH}{own.index[-1]}"
    label = _label("sheet_years_label", found, span, told, say)
    caption = say("sheet_years_caption", {"span": span, "unit": found.unit.in_(say.lang)})
    return Drawing(rate_years(mine, all_of_it, label), "", caption)


def bars(found: Indicator, series: pd.DataFrame, say: Words) -> Drawing:
    """Draw the counts of a state by year; a part of a year is marked, a gap stays open.

    Parameters
    ----------
    found
        The indicator, one of years.
    series
        As ``Atlas.series`` returns it.
    say
        The words of a language.
    """
    drawn = [
        Bar(int(year), number(value), status == Status.PARTIAL, say.number(value, found.decimals))
        for year, value, status in zip(series.index, series["value"], series["status"], strict=True)
    ]
    partial = ", ".join(str(bar.year) for bar in drawn if bar.is_partial)
    told = "; ".join(f"{bar.year}: {bar.text}{'*' if bar.is_partial else ''}" for bar in drawn)
    span = f"{drawn[0].year}{DASH}{drawn[-1].year}"
    label = _label("sheet_bars_label", found, span, told, say)
    caption = say("sheet_bars_caption", {"span": span})
    if partial:
        caption = f"{caption} {say('sheet_bars_partial', {'years': partial})}"
    return Drawing(year_bars(drawn, f"{label} {caption}"), "", caption)


def number(value: float) -> float | None:
    """Return a value of a frame; None where it is missing."""
    return None if math.isnan(value) else float(value)


def _label(key: str, found: Indicator, period: str, lines: str, say: Words) -> str:
    title = found.title.in_(say.lang)
    unit = found.unit.in_(say.lang)
    return say(key, {"title": title, "period": period, "lines": lines, "unit": unit})


def _measured(name: str, value: Value, found: Indicator, mark: Mark, say: Words) -> list[Measured]:
    if value.value is None:
        return []
    text = _text(value, found, say)
    return [Measured(name, value.value, value.low, value.high, text, mark)]


def _text(value: Value, found: Indicator, say: Words) -> str:
    span = say.span(value.low, value.high, found.decimals)
    text = say.value(found, value.value)
    return f"{text} ({span})" if span else text


def _points(series: pd.DataFrame) -> tuple[Point, ...]:
    columns = (series.index, series["value"], series["low"], series["high"])
    return tuple(
        Point(int(year), number(value), number(low), number(high))
        for year, value, low, high in zip(*columns, strict=True)
    )


def _told(line: Line, found: Indicator, say: Words) -> str:
    return ", ".join(
        f"{point.year} {say.number(point.value, found.decimals)}" for point in line.points
    )
