"""A small map of the states as a drawing: one glance beside a text, no slider and no script.

Owns the outlines in the size of a thumb and the look of an area. Does not own what an area shows:
colours and words come from who asks. The large map over time is ``time_choropleth``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo_app import paths, shapes, svg
from geo_app.maps.geometry import project

WAY, RIM = "#10355c", "#ffffff"

WIDTH = 1000.0
"""Width of the view box."""

TOLERANCE_M = 4_000
"""Simplification: about a pixel of a map 700 pixels wide."""

NEAR_TOLERANCE_M, NEAR_FROM = 1_000, 0.4
"""Simplification of a part of the country, and the part from which on it is taken."""

NEAR_MARGIN, NEAR_LEAST, NEAR_SHAPE = 0.25, 130.0, 1.5
"""Of a part of the country: margin around a way in its own widths, least width (units of the view
box, some 400 km), and width to height."""

SMALLEST_ISLAND_KM2 = 40
"""Smaller parts of a state than this are left out, unless it has no larger one."""

TEXT_FROM_KM2 = 20_000
"""States smaller than this have no room for a text on them."""


@dataclass(frozen=True, slots=True)
class SmallArea:
    """How one state looks."""

    colour: str
    """``#rrggbb``; empty = no value, drawn with a pattern that is no colour of the scale."""
    title: str
    """What a pointer that rests on it reads."""
    text: str = ""
    """One or two signs written on it, where there is room."""
    is_marked: bool = False
    """Whether it has a thick border."""


@dataclass(frozen=True, slots=True)
class SmallLine:
    """A line over the map, straight between its points."""

    points: tuple[tuple[float, float], ...]
    """Latitude and longitude in degrees (WGS 84)."""
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the plane of EPSG:6372 lies in the view box."""

    west: float
    north: float
    scale: float

    def placed(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.west) * self.scale, (self.north - y) * self.scale


@dataclass(frozen=True, slots=True)
class _Outline:
    path: str
    body: BaseGeometry
    """Its largest part, in units of the view box."""
    middle: tuple[float, float]
    """The widest spot of the body."""
    has_room: bool
    box: tuple[float, float, float, float]
    """Left, top, right and bottom end."""


@dataclass(frozen=True, slots=True)
class _Plane:
    """All outlines in one view box."""

    frame: _Frame
    height: float
    outlines: dict[str, _Outline]


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of the plane that is shown, in units of the view box."""

    left: float
    top: float
    width: float
    height: float

    @property
    def unit(self) -> float:
        """Widths of strokes and letters, 1 where the whole country is shown."""
        return self.width / WIDTH

    @property
    def area(self) -> BaseGeometry:
        """The part as a rectangle."""
        return shapely.box(self.left, self.top, self.left + self.width, self.top + self.height)

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        """Whether something in a box may be seen."""
        left, top, right, bottom = box
        is_across = left < self.left + self.width and right > self.left
        return is_across and top < self.top + self.height and bottom > self.top


def small_map(areas: Mapping[str, SmallArea], label: str, lines: Sequence[SmallLine] = ()) -> str:
    """Draw the 32 states; with lines, the part of the country around them.

    Parameters
    ----------
    areas
        Looks by state code; a state without one is drawn as one without a value.
    label
        What the map shows, for who does not see it.
    lines
        Ways over the map.

    Raises
    ------
    ShapesInvalid, HashMismatch
        As ``shapes.load_states``.
    """
    stamp, home = paths.stamp(paths.shapes_dir()), str(paths.home())
    whole = _outlines(stamp, home, TOLERANCE_M)
    ways = [_placed(line, whole.frame) for line in lines]
    every = [point for way in ways for point in way]
    window = _around(every) if every else _Window(0, 0, WIDTH, whole.height)
    fine = _outlines(stamp, home, NEAR_TOLERANCE_M) if window.unit < NEAR_FROM else whole
    outlines = {code: item for code, item in fine.outlines.items() if window.shows(item.box)}
    nothing = SmallArea("", "")
    looks = {code: areas.get(code, nothing) for code in outlines}
    # A marked border lies over those of its neighbours.
    order = sorted(outlines, key=lambda code: looks[code].is_marked)
    drawn = (
        *(_area(outlines[code], looks[code], window.unit) for code in order),
        *(_way(at, line, window.unit) for at, line in zip(ways, lines, strict=True)),
        *(_text(outlines[code], looks[code], window) for code in order if looks[code].text),
    )
    origin = (window.left, window.top)
    return svg.drawing(window.width, window.height, label, *drawn, origin=origin)


def _placed(line: SmallLine, frame: _Frame) -> list[tuple[float, float]]:
    spots = project(Point(longitude, latitude) for latitude, longitude in line.points)
    return [frame.placed(spot.x, spot.y) for spot in spots]


def _around(points: Sequence[tuple[float, float]]) -> _Window:
    """Return the part of the country around a way, all of it wider than high."""
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*points, strict=True))
    across, down = (right - left) * (1 + 2 * NEAR_MARGIN), (bottom - top) * (1 + 2 * NEAR_MARGIN)
    width = min(max(across, down * NEAR_SHAPE, NEAR_LEAST), WIDTH)
    height = width / NEAR_SHAPE
    return _Window((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def legend_swatch(colour: str) -> str:
    """Draw the sign of a class for a legend: its colour, or the pattern of what has no value."""
    fill = colour or f"url(#{svg.HATCH})"
    box: svg.Attributes = {"x": 1, "y": 1, "width": 22, "height": 14, "rx": 2, "fill": fill}
    return svg.drawing(24, 16, "", svg.tag("rect", {**box, "stroke": svg.HATCH_GREY}))


def _area(outline: _Outline, look: SmallArea, unit: float) -> str:
    attributes: svg.Attributes = {
        "d": outline.path,
        "fill": look.colour or f"url(#{svg.HATCH})",
        "stroke": svg.INK if look.is_marked else svg.HATCH_GREY,
        "stroke-width": (5 if look.is_marked else 1.4) * unit,
        "stroke-linejoin": "round",
    }
    return svg.tag("path", attributes, svg.title(look.title))


def _way(points: Sequence[tuple[float, float]], line: SmallLine, unit: float) -> str:
    """Draw a way with its ends, on a light rim so that it is seen on every colour."""
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    stroke: svg.Attributes = {"d": path, "fill": "none", "stroke-linejoin": "round"}
    dashes: svg.Attributes = (
        {"stroke-dasharray": f"{14 * unit:.2f} {10 * unit:.2f}"} if line.is_dashed else {}
    )
    disc: svg.Attributes = {"r": 8 * unit, "fill": WAY, "stroke": RIM, "stroke-width": 2.5 * unit}
    ends = (svg.tag("circle", {"cx": x, "cy": y, **disc}) for x, y in (points[0], points[-1]))
    return "".join(
        (
            svg.tag("path", {**stroke, "stroke": RIM, "stroke-width": 10 * unit}),
            svg.tag("path", {**stroke, **dashes, "stroke": WAY, "stroke-width": 5 * unit}),
            *ends,
        )
    )


def _text(outline: _Outline, look: SmallArea, window: _Window) -> str:
    unit = window.unit
    x, y = outline.middle
    if unit < NEAR_FROM:
        # What is drawn larger has room for more, and not all of it may be seen.
        seen = shapely.intersection(outline.body, window.area)
        if seen.is_empty:
            return ""
        x, y = _widest(seen, unit)
    elif not outline.has_room:
        return ""
    place: svg.Attributes = {"x": x, "y": y + 9 * unit, "text-anchor": "middle"}
    # Legible on light and dark classes alike: dark letters with a light rim.
    letters: svg.Attributes = {"font-size": 27 * unit, "font-weight": 600, "fill": "#1f2733"}
    rim: svg.Attributes = {"stroke": "#ffffff", "stroke-width": 4 * unit, "paint-order": "stroke"}
    return svg.text(look.text, {**place, **letters, **rim, "pointer-events": "none"})


@cache
def _outlines(_stamp: int, _home: str, tolerance: int) -> _Plane:
    states = shapes.load_states()
    plane = np.array(project(states.geometry), dtype=object)
    simple = shapely.coverage_simplify(plane, tolerance)
    # The frame of the whole country, so that both sizes lie on one plane.
    west, south, east, north = shapely.total_bounds(_mainland(list(plane)))
    frame = _Frame(west, north, WIDTH / (east - west))
    placed = {
        str(code): _outline(shape, frame) for code, shape in zip(states.index, simple, strict=True)
    }
    return _Plane(frame, (north - south) * frame.scale, placed)


def _mainland(states: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return what the frame holds: far islands would make the country small."""
    return [max(shapely.get_parts(shape), key=shapely.area) for shape in states]


def _outline(shape: BaseGeometry, frame: _Frame) -> _Outline:
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    kept = [part for part in parts if shapely.area(part) >= SMALLEST_ISLAND_KM2 * 1e6] or parts[:1]
    rings = (shapely.get_coordinates(shapely.get_exterior_ring(part)) for part in kept)
    west, south, east, north = shapely.total_bounds(kept)
    body = shapely.transform(
        kept[0], lambda xy: (xy - (frame.west, frame.north)) * (frame.scale, -frame.scale)
    )
    return _Outline(
        path="".join(_ring([frame.placed(x, y) for x, y in ring]) for ring in rings),
        body=body,
        middle=_widest(body, 1),
        has_room=bool(shapely.area(kept[0]) >= TEXT_FROM_KM2 * 1e6),
        box=(*frame.placed(west, north), *frame.placed(east, south)),
    )


def _widest(shape: BaseGeometry, unit: float) -> tuple[float, float]:
    """Return the widest spot of a shape: a text there keeps clear of the neighbours' texts."""
    spot = shapely.get_point(shapely.maximum_inscribed_circle(shape, unit / 3), 0)
    return spot.x, spot.y


def _ring(points: Sequence[tuple[float, float]]) -> str:
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in points[:-1])}Z"
