"""Counts by year as bars: the number above each, a part of a year hatched, a gap left open.

Owns the layout. The scale of a count begins at zero, and a zero is written: it is no gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg

LETTERS = 11.6
"""Size of all text: in a view box 360 wide 10.7 pixels on a phone."""

WIDTH = 360.0
_LEFT, _RIGHT = 4.0, 356.0
_TOP, _BASE = 16.0, 82.0
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
    parts = [_bar(bar, _LEFT + width * n, width, largest) for n, bar in enumerate(bars)]
    base: svg.Attributes = {"d": f"M{_LEFT} {_BASE}H{_RIGHT}", "stroke": svg.INK}
    parts.append(svg.tag("path", {**base, "stroke-width": 1}))
    return svg.drawing(WIDTH, _BASE + 17, label, *parts)


def _bar(bar: Bar, left: float, width: float, largest: float) -> str:
    middle = left + width / 2
    sign = f"{bar.text}*" if bar.is_partial else bar.text
    height = (bar.value or 0) / largest * (_BASE - _TOP)
    above: svg.Attributes = {"x": middle, "y": _BASE - height - 4, "text-anchor": "middle"}
    parts = [svg.title(f"{bar.year}: {sign}"), svg.text(sign, {**above, "font-size": LETTERS})]
    if height:
        box: svg.Attributes = {
            "x": left + width * 0.14,
            "y": _BASE - height,
            "width": width * 0.72,
            "height": height,
            "fill": f"url(#{svg.HATCH})" if bar.is_partial else _COLOUR,
            "stroke": svg.INK,
            "stroke-width": 0.7,
        }
        parts.append(svg.tag("rect", box))
    below: svg.Attributes = {"x": middle, "y": _BASE + 12, "text-anchor": "middle"}
    parts.append(svg.text(f"{bar.year % 100:02d}", {**below, "font-size": LETTERS}))
    return svg.tag("g", {}, *parts)
