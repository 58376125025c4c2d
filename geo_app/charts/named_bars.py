"""A few amounts as bars that lie: the name above each, the number at its end, a part hatched.

Owns the layout. The scale begins at zero; what is not held has its name and no bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts.letters import LEAST_NARROW as LETTERS

WIDTH = 360.0
_RIGHT = 300.0
_ROW = 34.0
_COLOUR = "#4b70ad"


@dataclass(frozen=True, slots=True)
class NamedBar:
    """One amount."""

    name: str
    value: float | None
    """None where it is not held."""
    text: str
    """The amount as it is read."""
    is_partial: bool
    """Whether it covers a part of its period only."""


def named_bars(bars: Sequence[NamedBar], label: str) -> str:
    """Draw the bars.

    Parameters
    ----------
    bars
        From above to below; at least one.
    label
        All that the drawing shows, in words.
    """
    largest = max((bar.value or 0 for bar in bars), default=0) or 1
    parts = [_bar(bar, number * _ROW, largest) for number, bar in enumerate(bars)]
    return svg.drawing(WIDTH, _ROW * len(bars), label, *parts)


def _bar(bar: NamedBar, top: float, largest: float) -> str:
    sign = f"{bar.text}*" if bar.is_partial else bar.text
    width = (bar.value or 0) / largest * _RIGHT
    box: svg.Attributes = {
        "x": 0.5,
        "y": top + 15,
        "width": width,
        "height": 13,
        "fill": f"url(#{svg.HATCH})" if bar.is_partial else _COLOUR,
        "stroke": svg.INK,
        "stroke-width": 0.7,
    }
    parts = (
        svg.title(f"{bar.name}: {sign}"),
        svg.text(bar.name, {"x": 0, "y": top + 11, "font-size": LETTERS}),
        svg.tag("rect", box) if width else "",
        svg.text(sign, {"x": width + 6, "y": top + 26, "font-size": LETTERS}),
    )
    return svg.tag("g", {}, *parts)
