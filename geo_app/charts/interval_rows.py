"""A figure with its interval beside others of the same unit: one row each, on one scale.

Owns the layout. Rows differ by shape as well: a disc, a square, or a dashed line through all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo_app import svg
from geo_app.charts import axis_steps

WIDTH = 360.0
_LEFT, _RIGHT = 134.0, 352.0
_ROW = 31.0


class Mark(StrEnum):
    """The shape that stands for a row."""

    OWN = "disc"
    NATION = "square"
    REFERENCE = "line"


@dataclass(frozen=True, slots=True)
class Measured:
    """One row."""

    name: str
    value: float
    low: float | None
    high: float | None
    """Ends of the interval; None where there is none."""
    text: str
    """The value and its interval, as it is read."""
    mark: Mark


def interval_rows(items: Sequence[Measured], label: str) -> str:
    """Draw the rows.

    Parameters
    ----------
    items
        In one unit; at least one.
    label
        All that the drawing shows, in words.
    """
    steps = axis_steps.from_zero(max(item.high or item.value for item in items))
    top = steps[-1]
    bottom = _ROW * len(items) + 4
    parts = [_grid(step, _x(step, top), bottom) for step in steps]
    for number, item in enumerate(items):
        parts += _row(item, _ROW * number, top, bottom)
    return svg.drawing(WIDTH, bottom + 16, label, *parts)


def _x(value: float, top: float) -> float:
    return _LEFT + value / top * (_RIGHT - _LEFT)


def _grid(step: float, x: float, bottom: float) -> str:
    line: svg.Attributes = {"d": f"M{x:.1f} 0V{bottom:.1f}", "stroke": svg.INK}
    place: svg.Attributes = {"x": x, "y": bottom + 13, "font-size": 11, "text-anchor": "middle"}
    faint = svg.tag("path", {**line, "stroke-width": 0.6, "opacity": 0.3})
    return faint + svg.text(f"{step:g}", place)


def _row(item: Measured, y: float, top: float, bottom: float) -> list[str]:
    x = _x(item.value, top)
    line = y + 14
    parts = [
        svg.text(item.name, {"x": 2, "y": y + 12, "font-size": 12.5, "font-weight": 600}),
        svg.text(item.text, {"x": 2, "y": y + 26, "font-size": 12.5}),
    ]
    if item.mark is Mark.REFERENCE:
        dashed: svg.Attributes = {"d": f"M{x:.1f} 0V{bottom:.1f}", "stroke-dasharray": "5 3"}
        parts.append(svg.tag("path", {**dashed, "stroke": svg.INK, "stroke-width": 1.4}))
    if item.low is not None and item.high is not None:
        ends = f"M{_x(item.low, top):.1f} {line - 4}v8M{_x(item.high, top):.1f} {line - 4}v8"
        whole = f"{ends}M{_x(item.low, top):.1f} {line}H{_x(item.high, top):.1f}"
        parts.append(svg.tag("path", {"d": whole, "stroke": svg.INK, "stroke-width": 1.6}))
    return [*parts, _mark(item.mark, x, line)]


def _mark(mark: Mark, x: float, y: float) -> str:
    if mark is Mark.NATION:
        box: svg.Attributes = {"x": x - 3.5, "y": y - 3.5, "width": 7, "height": 7}
        return svg.tag("rect", {**box, "fill": svg.INK})
    disc: svg.Attributes = {"cx": x, "cy": y, "r": 4.2, "stroke": svg.INK, "stroke-width": 1.6}
    return svg.tag("circle", {**disc, "fill": "#a23445" if mark is Mark.OWN else "none"})
