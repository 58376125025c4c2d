"""One figure through time as a line, with rings round the periods that are spoken of.

Owns the layout. A period without a figure breaks the line; a break in the method is an upright
dashed line, and the figures of its two sides are not joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import axis_steps
from geo_app.charts.letters import LEAST_NARROW as LETTERS

WIDTH, HEIGHT = 360.0, 170.0
_LEFT, _RIGHT, _TOP, _BASE = 46.0, 350.0, 16.0, 148.0
_COLOUR = "#a23445"
TICK_ROOM = 30.0
"""Least distance of two letterings below the axis; the ends of the line go first."""

MOST_NUMBERS = 2
"""With more rings than this their numbers would cover one another: they stand in the table."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One period."""

    tick: str
    """A few letters below the axis; empty for none."""
    title: str
    """What a pointer that rests on it reads."""
    value: float | None
    """None leaves a gap."""
    text: str
    """The value as it is read."""
    is_marked: bool = False
    is_after_break: bool = False
    """Whether a break in the method lies between it and the one before."""


def marked_line(spots: Sequence[Spot], label: str, *, is_from_zero: bool) -> str:
    """Draw the line.

    Parameters
    ----------
    spots
        One a period, oldest first; at least one with a value.
    label
        All that the drawing shows, in words.
    is_from_zero
        Whether the axis begins at zero.
    """
    values = [spot.value for spot in spots if spot.value is not None]
    high = max(values)
    steps = axis_steps.from_zero(high) if is_from_zero else axis_steps.between(min(values), high)
    frame = _Frame(len(spots), steps[0], steps[-1])
    parts = [_grid(step, frame) for step in steps]
    parts += [_break(number, frame) for number, spot in enumerate(spots) if spot.is_after_break]
    parts.append(_path(spots, frame))
    parts += [_spot(number, spot, frame) for number, spot in enumerate(spots)]
    parts += [_tick(spots[number].tick, frame.x(number)) for number in _ticks(spots, frame)]
    if sum(spot.is_marked for spot in spots) <= MOST_NUMBERS:
        marked = [item for item in enumerate(spots) if item[1].is_marked]
        anchors = ("middle",) if len(marked) == 1 else ("end", "start")
        parts += [_number(*item, frame, side) for item, side in zip(marked, anchors, strict=False)]
    return svg.drawing(WIDTH, HEIGHT, label, *parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    count: int
    bottom: float
    top: float

    def x(self, number: float) -> float:
        return _LEFT + 6 + number / max(self.count - 1, 1) * (_RIGHT - _LEFT - 12)

    def y(self, value: float) -> float:
        return _BASE - (value - self.bottom) / (self.top - self.bottom) * (_BASE - _TOP)


def _grid(step: float, frame: _Frame) -> str:
    y = frame.y(step)
    line: svg.Attributes = {"d": f"M{_LEFT} {y:.1f}H{_RIGHT}", "stroke": svg.INK}
    place: svg.Attributes = {"x": _LEFT - 4, "y": y + 3.5, "text-anchor": "end"}
    number = svg.text(axis_steps.written(step), {**place, "font-size": LETTERS})
    return svg.tag("path", {**line, "stroke-width": 0.6, "opacity": 0.3}) + number


def _break(number: int, frame: _Frame) -> str:
    line: svg.Attributes = {"d": f"M{frame.x(number - 0.5):.1f} {_TOP}V{_BASE}", "stroke": svg.INK}
    return svg.tag("path", {**line, "stroke-width": 1, "stroke-dasharray": "3 3", "opacity": 0.7})


def _path(spots: Sequence[Spot], frame: _Frame) -> str:
    commands, is_open = [], False
    for number, spot in enumerate(spots):
        if spot.value is not None:
            at = f"{frame.x(number):.1f} {frame.y(spot.value):.1f}"
            commands.append(f"{'L' if is_open and not spot.is_after_break else 'M'}{at}")
        is_open = spot.value is not None
    look: svg.Attributes = {"fill": "none", "stroke": _COLOUR, "stroke-width": 1.4}
    return svg.tag("path", {"d": "".join(commands), **look})


def _spot(number: int, spot: Spot, frame: _Frame) -> str:
    x = frame.x(number)
    if spot.value is None:
        return ""
    y = frame.y(spot.value)
    dot = svg.tag("circle", {"cx": x, "cy": y, "r": 1.8, "fill": _COLOUR})
    look: svg.Attributes = {"fill": "none", "stroke": svg.INK, "stroke-width": 1.5}
    ring = svg.tag("circle", {"cx": x, "cy": y, "r": 4.6, **look}) if spot.is_marked else ""
    return svg.tag("g", {}, svg.title(spot.title), dot, ring)


def _ticks(spots: Sequence[Spot], frame: _Frame) -> list[int]:
    """Return which periods are lettered: those that ask for it and have room."""
    asked = [number for number, spot in enumerate(spots) if spot.tick]
    kept: list[int] = []
    for number in sorted(asked, key=lambda one: one not in (0, len(spots) - 1)):
        if all(abs(frame.x(number) - frame.x(other)) >= TICK_ROOM for other in kept):
            kept.append(number)
    return kept


def _tick(text: str, x: float) -> str:
    place: svg.Attributes = {"x": x, "y": _BASE + 17, "text-anchor": "middle", "font-size": LETTERS}
    return svg.text(text, place)


def _number(number: int, spot: Spot, frame: _Frame, anchor: str) -> str:
    """Write a number above its ring; of two the first to the left, the other to the right."""
    if spot.value is None:
        return ""
    across, up = {"middle": (0, -9), "end": (-8, -3), "start": (8, 13)}[anchor]
    place: svg.Attributes = {"x": frame.x(number) + across, "y": frame.y(spot.value) + up}
    side: svg.Attributes = {**place, "text-anchor": anchor}
    return svg.text(spot.text, {**side, "font-size": LETTERS, "font-weight": 600})
