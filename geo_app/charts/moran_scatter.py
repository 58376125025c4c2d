"""Each state against its neighbours: four fields around the mean, and the slope that Moran's I is.

Owns where marks and names stand. Does not own the numbers: they and the words come from who asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import label_places, letters, placed_names
from geo_app.charts.label_places import Box

WIDTH, HEIGHT = 400.0, 380.0
LEFT, RIGHT, TOP, BOTTOM = 12.0, 12.0, 24.0, 30.0
LETTERS = letters.LEAST

SIZE = 4.2


@dataclass(frozen=True, slots=True)
class Spot:
    """One state."""

    own: float
    """Its distance to the mean, in standard deviations."""
    near: float
    """The mean of that of its neighbours."""
    name: str
    """A few letters beside the mark."""
    title: str
    """What a pointer that rests on it reads."""
    colour: str
    """Fill of a mark that is told from chance; empty = not told, an open mark."""


@dataclass(frozen=True, slots=True)
class MoranScatter:
    """What the chart shows."""

    spots: tuple[Spot, ...]
    slope: float
    """Moran's I, drawn as a line through the middle."""
    own_axis: str
    near_axis: str
    corners: tuple[str, str, str, str]
    """Names of the fields: upper right, upper left, lower left, lower right."""
    label: str
    """What the drawing shows, for who does not see it."""


def draw(found: MoranScatter) -> str:
    """Return the drawing as SVG."""
    frame = _Frame(
        max(*(abs(item.own) for item in found.spots), 1.0) * 1.12,
        max(*(abs(item.near) for item in found.spots), 0.5) * 1.15,
    )
    order = sorted(found.spots, key=lambda item: (not item.colour, -frame.far(item)))
    parts = [
        _axes(found, frame),
        _slope(found.slope, frame),
        # Below the marks: a line from a name leads to the middle of its mark.
        *_names(order, frame),
        *(_mark(item, frame) for item in order),
    ]
    return svg.drawing(WIDTH, HEIGHT, found.label, *parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The largest distances to the middle that have room."""

    own: float
    near: float

    def x(self, own: float) -> float:
        return LEFT + (own / self.own + 1) / 2 * (WIDTH - LEFT - RIGHT)

    def y(self, near: float) -> float:
        return TOP + (1 - near / self.near) / 2 * (HEIGHT - TOP - BOTTOM)

    def far(self, item: Spot) -> float:
        return abs(item.own) / self.own + abs(item.near) / self.near


def _axes(found: MoranScatter, frame: _Frame) -> str:
    lines = f"M{LEFT} {frame.y(0):.1f}H{WIDTH - RIGHT}M{frame.x(0):.1f} {TOP}V{HEIGHT - BOTTOM}"
    rule: svg.Attributes = {"d": lines, "stroke": svg.INK, "opacity": 0.45, "stroke-width": 0.9}
    right, low = WIDTH - RIGHT, HEIGHT - BOTTOM - 5
    places = (
        (right, TOP + 12, "end"),
        (LEFT, TOP + 12, "start"),
        (LEFT, low, "start"),
        (right, low, "end"),
    )
    names = (
        svg.text(text, {"x": x, "y": y, "text-anchor": side, "font-size": LETTERS, "opacity": 0.7})
        for text, (x, y, side) in zip(found.corners, places, strict=True)
    )
    own: svg.Attributes = {"x": right, "y": HEIGHT - 10, "text-anchor": "end", "font-size": LETTERS}
    near: svg.Attributes = {"x": LEFT, "y": 13, "font-size": LETTERS}
    axes = svg.text(f"{found.own_axis} →", own) + svg.text(f"↑ {found.near_axis}", near)
    return svg.tag("path", rule) + axes + "".join(names)


def _slope(slope: float, frame: _Frame) -> str:
    end = min(frame.own, frame.near / abs(slope)) if slope else frame.own
    ends = [(frame.x(side * end), frame.y(side * end * slope)) for side in (-1, 1)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ends)
    line: svg.Attributes = {"d": path, "stroke": svg.INK, "stroke-width": 1.3}
    return svg.tag("path", {**line, "stroke-dasharray": "6 4"})


def _mark(item: Spot, frame: _Frame) -> str:
    look: svg.Attributes = {"fill": item.colour or "none", "stroke": svg.INK, "stroke-width": 1.2}
    place: svg.Attributes = {"cx": frame.x(item.own), "cy": frame.y(item.near)}
    radius = SIZE + 1 if item.colour else SIZE - 1
    return svg.tag("circle", {**place, "r": radius, **look}, svg.title(item.title))


def _names(order: Sequence[Spot], frame: _Frame) -> list[str]:
    """Write the names that have room; the table has all."""
    spots = [(frame.x(item.own), frame.y(item.near)) for item in order]
    labels = [
        placed_names.label(item.name, spot, LETTERS)
        for item, spot in zip(order, spots, strict=True)
    ]
    across, down = frame.x(0), frame.y(0)
    axes = (Box(across, 0, across + 1, HEIGHT), Box(0, down, WIDTH, down + 1))
    room = Box(LEFT, TOP + 16, WIDTH, HEIGHT - BOTTOM - 18)
    places = label_places.place(labels, room, axes)
    return [
        placed_names.draw(item.name, spot, found, LETTERS)
        for item, spot, found in zip(order, spots, places, strict=True)
        if found is not None
    ]
