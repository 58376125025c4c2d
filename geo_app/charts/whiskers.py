"""Intervals one below the other on one axis, in groups: what is told apart and what is not.

Owns the layout and the signs. Positions come ready from who asks, so that an axis may be one of
ratios, of differences or of places. A mark differs by shape as well as by colour, and an interval
that leaves the axis ends in an arrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo_app import svg
from geo_app.charts import letters

LETTERS = letters.LEAST
WIDTH = 400.0
LEFT, RIGHT = 138.0, 372.0
ROW = 19.0
_TOP, _BOTTOM = 22.0, 22.0
_LONGEST = 20


class Sign(StrEnum):
    """The shape at the value of a row."""

    UP = "up"
    DOWN = "down"
    RING = "ring"
    DISC = "disc"


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of all rows."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    """Positions and what is written at them."""
    middle: float | None = None
    """Position of a line through all rows; None for none."""
    name: str = ""
    """What the axis counts."""


@dataclass(frozen=True, slots=True)
class Whisker:
    """One row."""

    name: str
    title: str
    """What a pointer that rests on it reads."""
    point: float | None
    """Position of the value; None where it has none on the axis."""
    low: float
    high: float
    """Ends of the interval."""
    sign: Sign
    colour: str
    wide_low: float | None = None
    wide_high: float | None = None
    """Ends of a second, wider interval, drawn thin; None for none."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading; an empty heading takes no room."""

    heading: str
    rows: tuple[Whisker, ...]


def whiskers(groups: Sequence[Group], axis: Axis, label: str) -> str:
    """Draw groups of intervals.

    Parameters
    ----------
    groups
        At least one row in all; a group without rows is left out.
    axis
        The axis.
    label
        All that the drawing shows, in words.
    """
    y = _TOP + (16 if axis.name else 0)
    start, parts = y, []
    for group in (item for item in groups if item.rows):
        if group.heading:
            place: svg.Attributes = {"x": 2, "y": y + 13, "font-size": LETTERS, "font-weight": 700}
            parts.append(svg.text(group.heading, place))
            y += ROW + 2
        for row in group.rows:
            parts += _row(row, y, axis)
            y += ROW
        y += 5
    grid = [_rule(axis, tick, start, y) for tick, _ in axis.ticks]
    # Above and below: a list of 32 is longer than a screen.
    grid += [_text(*spot, at) for spot in _written(axis) for at in (start - 6, y + 14)]
    if axis.name:
        grid.append(_text((LEFT + RIGHT) / 2, axis.name, 13))
    return svg.drawing(WIDTH, y + _BOTTOM, label, *grid, *_middle(axis, start, y), *parts)


def sign(kind: Sign, colour: str) -> str:
    """Return a sign of a row as a small drawing, for a legend."""
    drawn = svg.tag("g", {}, _mark(kind, 8, 8, colour))
    attributes: svg.Attributes = {"viewBox": "0 0 16 16", "width": 16, "height": 16}
    return svg.tag("svg", {"xmlns": svg.NAMESPACE, **attributes}, drawn)


def _x(position: float, axis: Axis) -> float:
    part = (position - axis.low) / (axis.high - axis.low)
    return LEFT + min(1.0, max(0.0, part)) * (RIGHT - LEFT)


def _rule(axis: Axis, tick: float, top: float, bottom: float) -> str:
    x = _x(tick, axis)
    line: svg.Attributes = {"d": f"M{x:.1f} {top:.1f}V{bottom:.1f}", "stroke": svg.INK}
    return svg.tag("path", {**line, "stroke-width": 0.6, "opacity": 0.3})


def _text(x: float, content: str, y: float) -> str:
    place: svg.Attributes = {"x": x, "y": y, "font-size": LETTERS, "text-anchor": "middle"}
    return svg.text(content, place)


def _written(axis: Axis) -> list[tuple[float, str]]:
    """Return where texts stand beside the axis; the middle and the ends come before the others."""
    ends = (axis.low, axis.high)
    order = sorted(axis.ticks, key=lambda tick: (tick[0] != axis.middle, tick[0] not in ends))
    kept: list[tuple[float, str]] = []
    for position, text in order:
        x, wide = letters.inside(_x(position, axis), text, LETTERS, WIDTH), _width(text)
        if all(abs(x - other) >= (wide + _width(held)) / 2 for other, held in kept):
            kept.append((x, text))
    return kept


def _width(text: str) -> float:
    return letters.width(text, LETTERS)


def _middle(axis: Axis, top: float, bottom: float) -> list[str]:
    if axis.middle is None:
        return []
    line = f"M{_x(axis.middle, axis):.1f} {top:.1f}V{bottom:.1f}"
    return [svg.tag("path", {"d": line, "stroke": svg.INK, "stroke-width": 1.5})]


def _row(row: Whisker, y: float, axis: Axis) -> list[str]:
    middle = y + ROW / 2
    parts = [svg.title(row.title)]
    name = row.name if len(row.name) <= _LONGEST else f"{row.name[: _LONGEST - 1]}…"
    parts.append(svg.text(name, {"x": 2, "y": middle + 4.5, "font-size": LETTERS}))
    if row.wide_low is not None and row.wide_high is not None:
        parts += _line(row.wide_low, row.wide_high, middle, axis, row.colour, 1.2)
    parts += _line(row.low, row.high, middle, axis, row.colour, 3.2)
    if row.point is not None and axis.low <= row.point <= axis.high:
        parts.append(_mark(row.sign, _x(row.point, axis), middle, row.colour))
    return [svg.tag("g", {}, *parts)]


def _line(low: float, high: float, y: float, axis: Axis, colour: str, width: float) -> list[str]:
    """Draw an interval; an end that lies outside the axis is an arrow."""
    left, right = _x(low, axis), _x(high, axis)
    stroke: svg.Attributes = {"stroke": colour, "stroke-width": width, "stroke-linecap": "butt"}
    parts = [svg.tag("path", {"d": f"M{left:.1f} {y:.1f}H{right:.1f}", **stroke})]
    if low < axis.low:
        parts.append(_arrow(left, y, -5, colour))
    if high > axis.high:
        parts.append(_arrow(right, y, 5, colour))
    return parts


def _arrow(x: float, y: float, reach: float, colour: str) -> str:
    head = f"M{x:.1f} {y - 4:.1f}L{x + reach:.1f} {y:.1f}L{x:.1f} {y + 4:.1f}Z"
    return svg.tag("path", {"d": head, "fill": colour})


def _mark(kind: Sign, x: float, y: float, colour: str) -> str:
    outline: svg.Attributes = {"stroke": svg.INK, "stroke-width": 1}
    if kind in (Sign.UP, Sign.DOWN):
        tip = -5 if kind is Sign.UP else 5
        shape = f"M{x - 5:.1f} {y - tip * 0.7:.1f}H{x + 5:.1f}L{x:.1f} {y + tip:.1f}Z"
        return svg.tag("path", {"d": shape, "fill": colour, **outline})
    disc: svg.Attributes = {"cx": x, "cy": y, "r": 3.6, "fill": colour}
    if kind is Sign.RING:
        return svg.tag("circle", {**disc, "fill": "#ffffff", "stroke": colour, "stroke-width": 1.8})
    return svg.tag("circle", {**disc, **outline})
