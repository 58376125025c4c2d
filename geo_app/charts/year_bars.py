"""Counts by year as bars: the number above each, a part of a year hatched, a gap left open.

Owns the layout. The scale of a count begins at zero, and a zero is written: it is no gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import letters
from geo_app.charts.letters import LEAST_NARROW as LETTERS

WIDTH = 360.0
_LEFT, _RIGHT = 4.0, 356.0
_TOP, _TALL = 16.0, 66.0
"""Room above the highest bar, and its height."""

_COLOUR = "#d1644d"


@dataclass(frozen=True, slots=True)
class Bar:
    """One year."""

    year: int
    value: float | None
    """None where no figure is held."""
    is_partial: bool
    """Whether the count covers a part of the year only."""
    text: str
    """The value as it is read."""


def year_bars(bars: Sequence[Bar], label: str) -> str:
    """Draw the bars.

    Parameters
    ----------
    bars
        One a year, oldest first; at least one.
    label
        All that the drawing shows, in words.
    """
    largest = max((bar.value or 0 for bar in bars), default=0) or 1
    width = (_RIGHT - _LEFT) / len(bars)
    longest = max(letters.width(_sign(bar), LETTERS) for bar in bars)
    # Numbers that would run into each other stand upright.
    is_turned = longest > width
    base = _TALL + (longest + 8 if is_turned else _TOP)
    place = _Place(width, base, largest, is_turned)
    parts = [_bar(bar, _LEFT + width * n, place) for n, bar in enumerate(bars)]
    line: svg.Attributes = {"d": f"M{_LEFT} {base}H{_RIGHT}", "stroke": svg.INK}
    parts.append(svg.tag("path", {**line, "stroke-width": 1}))
    return svg.drawing(WIDTH, base + 17, label, *parts)


@dataclass(frozen=True, slots=True)
class _Place:
    width: float
    base: float
    largest: float
    is_turned: bool
    """Whether the numbers above the bars stand upright."""


def _sign(bar: Bar) -> str:
    return f"{bar.text}*" if bar.is_partial else bar.text


def _bar(bar: Bar, left: float, place: _Place) -> str:
    width, base, sign = place.width, place.base, _sign(bar)
    middle = left + width / 2
    height = (bar.value or 0) / place.largest * _TALL
    parts = [svg.title(f"{bar.year}: {sign}"), _number(sign, middle, base - height - 4, place)]
    if height:
        box: svg.Attributes = {
            "x": left + width * 0.14,
            "y": base - height,
            "width": width * 0.72,
            "height": height,
            "fill": f"url(#{svg.HATCH})" if bar.is_partial else _COLOUR,
            "stroke": svg.INK,
            "stroke-width": 0.7,
        }
        parts.append(svg.tag("rect", box))
    below: svg.Attributes = {"x": middle, "y": base + 13, "text-anchor": "middle"}
    parts.append(svg.text(f"{bar.year % 100:02d}", {**below, "font-size": LETTERS}))
    return svg.tag("g", {}, *parts)


def _number(sign: str, x: float, y: float, place: _Place) -> str:
    look: svg.Attributes = {"x": x, "y": y, "font-size": LETTERS}
    if not place.is_turned:
        return svg.text(sign, {**look, "text-anchor": "middle"})
    x += LETTERS * 0.36
    return svg.text(sign, {**look, "x": x, "transform": f"rotate(-90 {x:.1f} {y:.1f})"})
