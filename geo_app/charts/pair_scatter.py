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
from geo_app.charts import axis_steps, letters, placed_names
from geo_app.charts.label_places import Box, Label, Placed, place

WIDTH, HEIGHT = 400.0, 500.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 14.0, 46.0, 58.0
LETTERS = letters.LEAST
COLOUR = "#2d4b87"
NAME_ROOM = 3.0
"""Room between a name and what stands beside it."""

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


def draw(found: PairScatter) -> str:
    """Return the drawing as SVG."""
    across, up = _scales(found)
    spots = _spots(found, across, up)
    places = _places(found, spots)
    marks = [
        _state(one, spot, where, across, up)
        for one, spot, where in zip(found.pairs, spots, places, strict=True)
    ]
    return svg.drawing(WIDTH, HEIGHT, found.label, *_axes(found, across, up), *marks)


def unnamed(found: PairScatter) -> tuple[str, ...]:
    """Return the names that have no free place and are left out of the drawing."""
    places = _places(found, _spots(found, *_scales(found)))
    pairs = zip(found.pairs, places, strict=True)
    return tuple(one.name for one, where in pairs if where is None)


def sign(*, has_interval: bool) -> str:
    """Draw one mark alone, for a legend."""
    whiskers = ((2.0, 14.0), None) if has_interval else (None, None)
    return svg.drawing(
        16, 16, "", _whiskers((8, 8), *whiskers), _mark(8, 8, is_filled=has_interval)
    )


def _scales(found: PairScatter) -> tuple[_Scale, _Scale]:
    across = [_ends(one.x, one.x_ends) for one in found.pairs]
    up = [_ends(one.y, one.y_ends) for one in found.pairs]
    return (
        _scale(across, found.across, (LEFT, WIDTH - RIGHT)),
        _scale(up, found.up, (HEIGHT - BOTTOM, TOP)),
    )


def _places(found: PairScatter, spots: Sequence[tuple[float, float]]) -> list[Placed | None]:
    labels = [
        Label(x, y, letters.width(one.name, LETTERS) + NAME_ROOM, LETTERS)
        for (x, y), one in zip(spots, found.pairs, strict=True)
    ]
    return place(labels, Box(LEFT + 1, TOP - 12, WIDTH, HEIGHT - BOTTOM + 1))


def _ends(value: float, ends: tuple[float, float] | None) -> tuple[float, float]:
    # An interval of another maker need not hold the figure.
    return (value, value) if ends is None else (min(value, ends[0]), max(value, ends[1]))


def _scale(spans: Sequence[tuple[float, float]], axis: Axis, room: tuple[float, float]) -> _Scale:
    if axis.steps:
        return _Scale(tuple(0.5 + n for n in range(len(axis.steps) + 1)), *room)
    low, high = min(one[0] for one in spans), max(one[1] for one in spans)
    return _Scale(axis_steps.between(low, high), *room)


def _spots(found: PairScatter, across: _Scale, up: _Scale) -> list[tuple[float, float]]:
    xs = _shifted([one.x for one in found.pairs], found.across)
    ys = _shifted([one.y for one in found.pairs], found.up)
    return [(across.at(x), up.at(y)) for x, y in zip(xs, ys, strict=True)]


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


def _axes(found: PairScatter, across: _Scale, up: _Scale) -> list[str]:
    base, top = HEIGHT - BOTTOM, TOP
    parts = [
        _line_of_text(f"\N{UPWARDS ARROW} {found.up.name}", 0, 12, "start"),
        _line_of_text(found.up.unit, 0, 27, "start"),
        _line_of_text(f"{found.across.name} \N{RIGHTWARDS ARROW}", WIDTH, HEIGHT - 22, "end"),
        _line_of_text(found.across.unit, WIDTH, HEIGHT - 5, "end"),
    ]
    for tick in up.ticks:
        y = up.at(tick)
        parts.append(_rule(f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}"))
        if not found.up.steps:
            parts.append(_line_of_text(_round(tick), LEFT - 5, y + 4, "end"))
    for tick in across.ticks:
        x = across.at(tick)
        parts.append(_rule(f"M{x:.1f} {top}V{base}"))
        if not found.across.steps:
            parts.append(_line_of_text(_round(tick), x, base + 15, "middle"))
    for number, name in enumerate(found.up.steps, start=1):
        parts.append(_line_of_text(name, LEFT - 5, up.at(number) + 4, "end"))
    for number, name in enumerate(found.across.steps, start=1):
        parts.append(_line_of_text(name, across.at(number), base + 15, "middle"))
    return parts


def _round(tick: float) -> str:
    return f"{tick:,.10g}"


def _line_of_text(content: str, x: float, y: float, anchor: str) -> str:
    return svg.text(content, {"x": x, "y": y, "text-anchor": anchor, "font-size": LETTERS})


def _rule(path: str) -> str:
    look: svg.Attributes = {"stroke": svg.INK, "stroke-width": 0.8, "opacity": 0.18}
    return svg.tag("path", {"d": path, **look})


def _state(
    one: Pair, spot: tuple[float, float], where: Placed | None, across: _Scale, up: _Scale
) -> str:
    x_ends = one.x_ends and (across.at(one.x_ends[0]), across.at(one.x_ends[1]))
    y_ends = one.y_ends and (up.at(one.y_ends[0]), up.at(one.y_ends[1]))
    has_interval = bool(x_ends or y_ends)
    parts = (
        svg.title(one.title),
        _whiskers(spot, x_ends, y_ends),
        _mark(*spot, is_filled=has_interval),
        placed_names.draw(one.name, spot, where, LETTERS) if where is not None else "",
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
