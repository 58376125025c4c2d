"""A rate by year with its interval, and the nation's beside it.

Owns the layout. The area is drawn as discs on a line, the nation as open squares on a dashed one;
a year without a value breaks the line.
"""

from __future__ import annotations

from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import axis_steps

WIDTH = 360.0
_LEFT, _RIGHT = 28.0, 352.0
_TOP, _BASE = 20.0, 110.0
_COLOUR = "#a23445"
_YEAR_STEP = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a line."""

    year: int
    value: float | None
    """None where there is no value."""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One area through the years."""

    name: str
    points: tuple[Point, ...]
    """One a year, oldest first."""


def rate_years(own: Line, nation: Line, label: str) -> str:
    """Draw the two lines.

    Parameters
    ----------
    own, nation
        In one unit, over the same years; at least one year.
    label
        All that the drawing shows, in words.
    """
    years = [point.year for point in own.points]
    ends = [point.high or point.value or 0 for line in (own, nation) for point in line.points]
    steps = axis_steps.from_zero(max(ends))
    frame = _Frame(years[0], max(years[-1] - years[0], 1), steps[-1])
    parts = [_grid(step, frame) for step in steps]
    parts += [_year(year, frame) for year in years if year % _YEAR_STEP == 0]
    parts += [_whisker(point, frame) for point in own.points if point.low is not None]
    parts.append(_path(nation, frame, {"stroke": svg.INK, "stroke-dasharray": "4 2.5"}))
    parts.append(_path(own, frame, {"stroke": _COLOUR}))
    parts += [_square(point, frame) for point in nation.points if point.value is not None]
    parts += [_disc(point, frame) for point in own.points if point.value is not None]
    return svg.drawing(WIDTH, _BASE + 16, label, *parts, *_key(own.name, nation.name))


@dataclass(frozen=True, slots=True)
class _Frame:
    first: int
    years: int
    top: float

    def x(self, year: int) -> float:
        return _LEFT + 4 + (year - self.first) / self.years * (_RIGHT - _LEFT - 8)

    def y(self, value: float) -> float:
        return _BASE - value / self.top * (_BASE - _TOP)


def _grid(step: float, frame: _Frame) -> str:
    y = frame.y(step)
    line: svg.Attributes = {"d": f"M{_LEFT} {y:.1f}H{_RIGHT}", "stroke": svg.INK}
    place: svg.Attributes = {"x": _LEFT - 4, "y": y + 3.5, "text-anchor": "end", "font-size": 10.5}
    return svg.tag("path", {**line, "stroke-width": 0.6, "opacity": 0.3}) + svg.text(
        f"{step:g}", place
    )


def _year(year: int, frame: _Frame) -> str:
    place: svg.Attributes = {"x": frame.x(year), "y": _BASE + 13, "text-anchor": "middle"}
    return svg.text(str(year), {**place, "font-size": 10.5})


def _whisker(point: Point, frame: _Frame) -> str:
    if point.low is None or point.high is None:
        return ""
    ends = f"M{frame.x(point.year):.1f} {frame.y(point.low):.1f}V{frame.y(point.high):.1f}"
    return svg.tag("path", {"d": ends, "stroke": _COLOUR, "stroke-width": 1.2})


def _path(line: Line, frame: _Frame, look: svg.Attributes) -> str:
    commands, is_open = [], False
    for point in line.points:
        if point.value is not None:
            at = f"{frame.x(point.year):.1f} {frame.y(point.value):.1f}"
            commands.append(f"{'L' if is_open else 'M'}{at}")
        is_open = point.value is not None
    return svg.tag("path", {"d": "".join(commands), "fill": "none", "stroke-width": 1.3, **look})


def _disc(point: Point, frame: _Frame) -> str:
    y = frame.y(point.value or 0)
    return svg.tag("circle", {"cx": frame.x(point.year), "cy": y, "r": 2.4, "fill": _COLOUR})


def _square(point: Point, frame: _Frame) -> str:
    x, y = frame.x(point.year), frame.y(point.value or 0)
    box: svg.Attributes = {"x": x - 1.9, "y": y - 1.9, "width": 3.8, "height": 3.8}
    return svg.tag("rect", {**box, "fill": "#ffffff", "stroke": svg.INK, "stroke-width": 0.9})


def _key(own: str, nation: str) -> list[str]:
    """Name the two lines by their shapes, above the drawing."""
    place: svg.Attributes = {"y": 10, "font-size": 11.5}
    second = _LEFT + 24 + 6.4 * len(own)
    disc: svg.Attributes = {"cx": _LEFT + 4, "cy": 6, "r": 3.2, "fill": _COLOUR}
    box: svg.Attributes = {"x": second, "y": 3, "width": 6, "height": 6, "fill": "#ffffff"}
    return [
        svg.tag("circle", disc),
        svg.text(own, {"x": _LEFT + 12, **place}),
        svg.tag("rect", {**box, "stroke": svg.INK, "stroke-width": 1}),
        svg.text(nation, {"x": second + 11, **place}),
    ]
