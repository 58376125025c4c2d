"""A scatter of states in a few columns: one mark and one name a state, whiskers, a line across.

Owns where marks and names stand so that all can be read. Does not own what is drawn: columns,
numbers and words come from who asks. What is told apart is a filled circle and what is not an open
diamond, so that no colour is needed; a value that nothing was tested of is an open square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo_app import svg
from geo_app.charts import axis_steps

WIDTH, HEIGHT = 400.0, 560.0
"""View box: the same drawing is read on a phone, so it is narrow and tall."""

LEFT, RIGHT, TOP, BOTTOM = 36.0, 4.0, 42.0, 8.0
LETTERS = 12.5
NAME_GAP = 13.5
"""Distance of two names in a column."""

ONE_SIDE = 10
"""Columns with more points than this have names on both sides; at most two of 32 states do."""

MARKS, NAMES = 22.0, 44.0
"""Room for the marks of a column, and for the names on one side of them."""

SHIFTS = (4.0, -4.0, 11.0, -11.0)
"""Marks stand beside the middle of their column, so that their whiskers do not hide."""

SIZE = 3.6
"""Half the size of a mark."""


class Mark(StrEnum):
    """Shape of a mark."""

    TOLD = "told"
    UNTOLD = "untold"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Point:
    """One state."""

    column: int
    """Number of its column, from 0."""
    value: float
    """Height, in the unit of the axis."""
    low: float | None
    """Lower end of the whisker; None = no whisker."""
    high: float | None
    name: str
    """A few letters beside the mark."""
    title: str
    """What a pointer that rests on it reads."""
    mark: Mark


@dataclass(frozen=True, slots=True)
class Scatter:
    """What a scatter shows."""

    columns: tuple[str, ...]
    """A few letters above each column."""
    colours: tuple[str, ...]
    """Colour of each column, ``#rrggbb``."""
    points: tuple[Point, ...]
    line: float | None
    """A value across all columns; None = none."""
    line_name: str
    axis: str
    """What the height is, with its unit."""
    label: str
    """What the drawing shows, for who does not see it."""


def draw(found: Scatter) -> str:
    """Return the drawing as SVG; the axis begins at zero."""
    ticks = axis_steps.from_zero(_highest(found))
    middles = _middles(found)
    heads = [_head(found, *item) for item in enumerate(middles)]
    columns = [_column(found, *item, ticks[-1]) for item in enumerate(middles)]
    line = _line(found, ticks[-1])
    return svg.drawing(WIDTH, HEIGHT, found.label, _axis(found, ticks), *heads, *line, *columns)


def sign(mark: Mark) -> str:
    """Draw one mark alone, for a legend."""
    return svg.drawing(16, 16, "", _mark(mark, 8, 8, "none" if mark is not Mark.TOLD else svg.INK))


def _highest(found: Scatter) -> float:
    ends = [item.value if item.high is None else item.high for item in found.points]
    return max((*ends, found.line or 0), default=0) or 1.0


def _y(value: float, top_value: float) -> float:
    return HEIGHT - BOTTOM - value / top_value * (HEIGHT - TOP - BOTTOM)


def _middles(found: Scatter) -> list[float]:
    """Return the middle of the marks of each column: a full one is wider."""
    sides = [2 if _is_full(found, number) else 1 for number in range(len(found.columns))]
    needed = [MARKS + NAMES * side for side in sides]
    spare = (WIDTH - LEFT - RIGHT - sum(needed)) / len(needed)
    middles, start = [], LEFT
    for width, side in zip(needed, sides, strict=True):
        middles.append(start + spare / 2 + NAMES * (side - 1) + MARKS / 2)
        start += width + spare
    return middles


def _is_full(found: Scatter, number: int) -> bool:
    return sum(item.column == number for item in found.points) > ONE_SIDE


def _axis(found: Scatter, ticks: Sequence[float]) -> str:
    parts = [svg.text(found.axis, {"x": 0, "y": 12, "font-size": LETTERS})]
    for tick in ticks:
        y = _y(tick, ticks[-1])
        rule: svg.Attributes = {"d": f"M{LEFT} {y:.1f}H{WIDTH}", "stroke": svg.INK}
        parts.append(svg.tag("path", {**rule, "opacity": 0.18, "stroke-width": 0.8}))
        place: svg.Attributes = {"x": LEFT - 5, "y": y + 4, "text-anchor": "end"}
        parts.append(svg.text(f"{tick:g}", {**place, "font-size": LETTERS}))
    return svg.tag("g", {}, *parts)


def _head(found: Scatter, number: int, middle: float) -> str:
    x = middle - MARKS / 2
    box: svg.Attributes = {"x": x, "y": 20, "width": 11, "height": 11, "stroke": svg.HATCH_GREY}
    text = svg.text(found.columns[number], {"x": x + 16, "y": 30, "font-size": LETTERS})
    return svg.tag("rect", {**box, "fill": found.colours[number]}) + text


def _line(found: Scatter, top_value: float) -> list[str]:
    if found.line is None:
        return []
    y = _y(found.line, top_value)
    rule: svg.Attributes = {"d": f"M{LEFT} {y:.1f}H{WIDTH}", "stroke": svg.INK}
    dashed = svg.tag(
        "path", {**rule, "stroke-width": 1.2, "stroke-dasharray": "5 3", "opacity": 0.7}
    )
    return [svg.tag("g", {}, svg.title(found.line_name), dashed)]


def _column(found: Scatter, number: int, middle: float, top_value: float) -> str:
    mine = sorted(
        (item for item in found.points if item.column == number), key=lambda item: -item.value
    )
    sides = [mine[0::2], mine[1::2]] if _is_full(found, number) else [mine]
    fill = found.colours[number]
    drawn = []
    for points, side in zip(sides, (1, -1), strict=False):
        wished = [_y(item.value, top_value) for item in points]
        names = spread(wished, NAME_GAP, TOP, HEIGHT - BOTTOM)
        shifts = SHIFTS if len(sides) == 1 else [item for item in SHIFTS if item * side > 0]
        for place, (item, y, name_y) in enumerate(zip(points, wished, names, strict=True)):
            at = (middle + shifts[place % len(shifts)], y)
            name_at = (middle + side * (MARKS / 2 + 7), name_y)
            drawn.append(_state(item, fill, at, name_at, top_value))
    return "".join(drawn)


def _state(
    item: Point,
    fill: str,
    at: tuple[float, float],
    name_at: tuple[float, float],
    top_value: float,
) -> str:
    parts = (
        svg.title(item.title),
        _whisker(item, at[0], top_value),
        _mark(item.mark, *at, fill if item.mark is Mark.TOLD else "none"),
        _name(item.name, at, name_at),
    )
    return svg.tag("g", {}, *parts)


def _whisker(item: Point, x: float, top_value: float) -> str:
    if item.low is None or item.high is None:
        return ""
    ends = f"M{x:.1f} {_y(item.low, top_value):.1f}V{_y(item.high, top_value):.1f}"
    return svg.tag("path", {"d": ends, "stroke": svg.INK, "stroke-width": 1.2})


def _mark(mark: Mark, x: float, y: float, fill: str) -> str:
    look: svg.Attributes = {"fill": fill, "stroke": svg.INK, "stroke-width": 1.1}
    if mark is Mark.TOLD:
        return svg.tag("circle", {"cx": x, "cy": y, "r": SIZE, **look})
    if mark is Mark.UNTOLD:
        far = SIZE + 1.4
        corners = f"M{x:.1f} {y - far:.1f}l{far} {far}l-{far} {far}l-{far}-{far}Z"
        return svg.tag("path", {"d": corners, **look})
    box: svg.Attributes = {"x": x - SIZE + 0.5, "y": y - SIZE + 0.5, "width": 2 * SIZE - 1}
    return svg.tag("rect", {**box, "height": 2 * SIZE - 1, **look})


def _name(name: str, mark: tuple[float, float], place: tuple[float, float]) -> str:
    (x, y), (name_x, name_y) = mark, place
    side = 1 if name_x > x else -1
    lead: svg.Attributes = {
        "d": f"M{x + side * (SIZE + 1):.1f} {y:.1f}L{name_x - side * 2:.1f} {name_y:.1f}",
        "stroke": svg.INK,
        "stroke-width": 0.6,
        "opacity": 0.45,
    }
    text: svg.Attributes = {"x": name_x, "y": name_y + 4, "font-size": LETTERS}
    anchor = "start" if side > 0 else "end"
    return svg.tag("path", lead) + svg.text(name, {**text, "text-anchor": anchor})


def spread(places: Sequence[float], gap: float, first: float, last: float) -> list[float]:
    """Move places apart as little as possible, in their order.

    Parameters
    ----------
    places
        Wished places, ascending.
    gap
        Least distance of two neighbours.
    first, last
        Ends of the room; where it is too small for all, the first end holds.

    Returns
    -------
    list of float
        The places nearest to the wished ones, in the sense of least squares.

    Examples
    --------
    >>> spread([10, 10, 40], 4, 0, 100)
    [8.0, 12.0, 40.0]
    """
    # With the gaps taken out the order alone must hold: neighbours that break it share their mean.
    blocks: list[tuple[float, int]] = []
    for number, place in enumerate(places):
        total, count = place - number * gap, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    means = [total / count for total, count in blocks for _ in range(count)]
    most = last - (len(places) - 1) * gap
    return [max(min(mean, most), first) + number * gap for number, mean in enumerate(means)]
