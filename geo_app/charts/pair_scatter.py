"""Two figures of each state as marks on a plane, with their intervals and the states' names.

Owns the layout. Neither axis need begin at zero: a place on a plane is compared, no length. Steps
of a level have no size: its marks stand beside one another within their step. A state with an
interval is a filled disc with whiskers, one without an open square. A name without a free place is
left out: who points at its mark reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import axis_steps, letters, placed_names, text_lines
from geo_app.charts.label_places import Box, Placed, place
from geo_app.charts.text_lines import LETTERS, LINE

WIDTH, HEIGHT = 400.0, 500.0
LEFT, RIGHT = 40.0, 14.0
"""Least room beside the plane; wide numbers take more."""

COLOUR = "#2d4b87"
STEP_SHIFTS = (0.0, -0.14, 0.14, -0.27, 0.27, -0.07, 0.07, -0.21, 0.21)
"""Marks of one step of a level stand beside its middle."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the two scales."""

    name: str
    """What it is, with its period."""
    unit: str
    """Its unit, on a line of its own."""
    steps: tuple[str, ...] = ()
    """Names of the steps of a level, numbered from 1; empty for numbers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One state."""

    name: str
    """A few letters beside the mark."""
    title: str
    """What a pointer that rests on it reads."""
    x: float
    y: float
    x_ends: tuple[float, float] | None = None
    """Interval of ``x``; None where none is held."""
    y_ends: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PairScatter:
    """What the drawing shows."""

    across: Axis
    up: Axis
    pairs: tuple[Pair, ...]
    """At least one."""
    label: str
    """What the drawing shows, for who does not see it."""


@dataclass(frozen=True, slots=True)
class _Scale:
    ticks: tuple[float, ...]
    start: float
    end: float

    def at(self, value: float) -> float:
        first, last = self.ticks[0], self.ticks[-1]
        return self.start + (value - first) / (last - first) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plane and what stands around it."""

    across: _Scale
    up: _Scale
    above: tuple[str, ...]
    below: tuple[str, ...]
    """Lines with name and unit of the axis that leads up, and of the one that leads across."""

    @property
    def inside(self) -> Box:
        """Where names may stand."""
        return Box(self.across.start + 1, self.up.end - 12, WIDTH, self.up.start + 1)

    def spots(self, found: PairScatter) -> list[tuple[float, float]]:
        """Return where the marks stand."""
        xs = _shifted([one.x for one in found.pairs], found.across)
        ys = _shifted([one.y for one in found.pairs], found.up)
        return [(self.across.at(x), self.up.at(y)) for x, y in zip(xs, ys, strict=True)]


def draw(found: PairScatter) -> str:
    """Return the drawing as SVG."""
    frame = _frame(found)
    spots = frame.spots(found)
    places = _places(found, frame, spots)
    marks = [
        _state(one, spot, where, frame)
        for one, spot, where in zip(found.pairs, spots, places, strict=True)
    ]
    return svg.drawing(WIDTH, HEIGHT, found.label, *_axes(found, frame), *marks)


def unnamed(found: PairScatter) -> tuple[str, ...]:
    """Return the names that have no free place and are left out of the drawing."""
    frame = _frame(found)
    pairs = zip(found.pairs, _places(found, frame, frame.spots(found)), strict=True)
    return tuple(one.name for one, where in pairs if where is None)


def sign(*, has_interval: bool) -> str:
    """Draw one mark alone, for a legend."""
    whiskers = ((2.0, 14.0), None) if has_interval else (None, None)
    return svg.drawing(
        16, 16, "", _whiskers((8, 8), *whiskers), _mark(8, 8, is_filled=has_interval)
    )


def _frame(found: PairScatter) -> _Frame:
    across = _ticks([_ends(one.x, one.x_ends) for one in found.pairs], found.across)
    up = _ticks([_ends(one.y, one.y_ends) for one in found.pairs], found.up)
    above = text_lines.up_title(found.up.name, found.up.unit, WIDTH)
    below = text_lines.across_title(found.across.name, found.across.unit, WIDTH)
    left = max(LEFT, *(_width(text) + 6 for _, text in _texts(up, found.up)))
    right = max(RIGHT, _width(_texts(across, found.across)[-1][1]) / 2)
    top, base = 16 + LINE * len(above), HEIGHT - 28 - LINE * len(below)
    return _Frame(_Scale(across, left, WIDTH - right), _Scale(up, base, top), above, below)


def _width(text: str) -> float:
    return letters.width(text, LETTERS)


def _texts(ticks: Sequence[float], axis: Axis) -> list[tuple[float, str]]:
    """Return what stands beside an axis and at which value: the names of steps, else numbers."""
    if axis.steps:
        return [(float(step), name) for step, name in enumerate(axis.steps, start=1)]
    return [(tick, axis_steps.written(tick)) for tick in ticks]


def _places(
    found: PairScatter, frame: _Frame, spots: Sequence[tuple[float, float]]
) -> list[Placed | None]:
    pairs = zip(found.pairs, spots, strict=True)
    return place([placed_names.label(one.name, spot, LETTERS) for one, spot in pairs], frame.inside)


def _ends(value: float, ends: tuple[float, float] | None) -> tuple[float, float]:
    # An interval of another maker need not hold the figure.
    return (value, value) if ends is None else (min(value, ends[0]), max(value, ends[1]))


def _ticks(spans: Sequence[tuple[float, float]], axis: Axis) -> tuple[float, ...]:
    """Return where an axis is ruled: round numbers, or the bounds of its steps."""
    if axis.steps:
        return tuple(0.5 + n for n in range(len(axis.steps) + 1))
    return axis_steps.between(min(one[0] for one in spans), max(one[1] for one in spans))


def _shifted(values: Sequence[float], axis: Axis) -> list[float]:
    """Move the marks of one step of a level beside one another; numbers stay where they are."""
    if not axis.steps:
        return list(values)
    seen: dict[float, int] = {}
    shifted = []
    for value in values:
        number = seen.get(value, 0)
        seen[value] = number + 1
        shifted.append(value + STEP_SHIFTS[number % len(STEP_SHIFTS)])
    return shifted


def _axes(found: PairScatter, frame: _Frame) -> list[str]:
    across, up = frame.across, frame.up
    last = HEIGHT - 5 - LINE * (len(frame.below) - 1)
    parts = text_lines.draw(frame.above, 0, 12, "start")
    parts += text_lines.draw(frame.below, WIDTH, last, "end")
    parts += [_rule(f"M{across.start} {up.at(tick):.1f}H{across.end}") for tick in up.ticks]
    parts += [_rule(f"M{across.at(tick):.1f} {up.end}V{up.start}") for tick in across.ticks]
    for value, text in _texts(up.ticks, found.up):
        parts += text_lines.draw((text,), across.start - 5, up.at(value) + 4, "end")
    for value, text in _texts(across.ticks, found.across):
        parts += text_lines.draw((text,), across.at(value), up.start + 15, "middle")
    return parts


def _rule(path: str) -> str:
    look: svg.Attributes = {"stroke": svg.INK, "stroke-width": 0.8, "opacity": 0.18}
    return svg.tag("path", {"d": path, **look})


def _state(one: Pair, spot: tuple[float, float], where: Placed | None, frame: _Frame) -> str:
    across, up = frame.across, frame.up
    x_ends = one.x_ends and (across.at(one.x_ends[0]), across.at(one.x_ends[1]))
    y_ends = one.y_ends and (up.at(one.y_ends[0]), up.at(one.y_ends[1]))
    has_interval = bool(x_ends or y_ends)
    parts = (
        svg.title(one.title),
        _whiskers(spot, x_ends, y_ends),
        placed_names.draw(one.name, spot, where, LETTERS) if where is not None else "",
        _mark(*spot, is_filled=has_interval),
    )
    return svg.tag("g", {}, *parts)


def _whiskers(
    spot: tuple[float, float],
    x_ends: tuple[float, float] | None,
    y_ends: tuple[float, float] | None,
) -> str:
    x, y = spot
    paths = []
    if x_ends:
        paths.append(f"M{x_ends[0]:.1f} {y:.1f}H{x_ends[1]:.1f}")
    if y_ends:
        paths.append(f"M{x:.1f} {y_ends[0]:.1f}V{y_ends[1]:.1f}")
    look: svg.Attributes = {"stroke": COLOUR, "stroke-width": 1.1, "opacity": 0.55}
    return svg.tag("path", {"d": "".join(paths), **look}) if paths else ""


def _mark(x: float, y: float, *, is_filled: bool) -> str:
    look: svg.Attributes = {"stroke": svg.INK, "stroke-width": 1}
    if is_filled:
        return svg.tag("circle", {"cx": x, "cy": y, "r": 3.4, "fill": COLOUR, **look})
    box: svg.Attributes = {"x": x - 3.1, "y": y - 3.1, "width": 6.2, "height": 6.2}
    return svg.tag("rect", {**box, "fill": "#ffffff", **look})
