"""The map on a picture: land, areas with their patterns, borders.

Owns the look of shapes, which is that of the web map. Does not own the place on the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo_app.maps.picture.letters import INK
from geo_app.maps.still import StillArea, StillMap

# The greys of time_choropleth.css on white paper.
PAPER, SEA, LAND, HATCH = "#ffffff", "#eff4f5", "#dbdcde", "#84888f"

HATCHES = {
    "missing": "////",
    "partial": "xxx",
    "preliminary": "..",
    "last_stated": "---",
    "estimated": "|||",
}
"""Pattern of each mark; they differ in direction, as on the web map."""

TOLERANCE = 0.2
"""Points by which a border may move."""

POINT_RADIUS = 5.5


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the plane is shown, in metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From south to north."""
        return self.north - self.south


def frame_of(still: StillMap) -> Frame:
    """Return the box of areas and borders with a little sea round it."""
    every = np.array([*(area.shape for area in still.areas), *still.borders], dtype=object)
    west, south, east, north = shapely.total_bounds(every).tolist()
    margin = 0.025 * (east - west)
    return Frame(west - margin, south - margin, east + margin, north + margin)


def draw_map(axes: Axes, still: StillMap, frame: Frame, metres: float) -> None:
    """Draw land, areas and borders; ``metres`` is the length of a point."""
    window = (frame.west, frame.south, frame.east, frame.north)
    near = shapely.clip_by_rect(np.array(still.land, dtype=object), *window)
    shapes = _simplified(still, metres)
    whole = shapely.union_all([s for s in [*still.borders, *shapes] if not isinstance(s, Point)])
    _add(axes, shapely.simplify(near, metres * TOLERANCE).tolist(), fc=LAND, ec=LAND, lw=1.5)
    _add(axes, [whole], fc=PAPER, ec=HATCH, lw=2)
    _add(axes, [] if still.is_divided else list(still.borders), fc="none", ec=HATCH, lw=0.7)
    edge = 0.2 if still.is_divided else 0.8
    for area, shape in zip(still.areas, shapes, strict=True):
        axes.add_patch(_patch(still, area, shape, edge))
    _add(axes, list(still.borders) if still.is_divided else [], fc="none", ec=INK, lw=0.7)


def _add(axes: Axes, shapes: list[BaseGeometry], *, fc: str, ec: str, lw: float) -> None:
    for shape in shapes:
        if not shape.is_empty:
            patch = PathPatch(_outline(shape), fc=fc, ec=ec, lw=lw, joinstyle="round")
            axes.add_patch(patch)


def _simplified(still: StillMap, metres: float) -> list[BaseGeometry]:
    """Simplify the areas together, so that borders agree; a city becomes a disc."""
    shapes = [area.shape for area in still.areas]
    if any(isinstance(shape, Point) for shape in shapes):
        return [shape.buffer(POINT_RADIUS * metres) for shape in shapes]
    return list(shapely.coverage_simplify(shapes, metres * TOLERANCE))


def _patch(still: StillMap, area: StillArea, shape: BaseGeometry, edge: float) -> PathPatch:
    is_missing = area.class_index < 0
    colour = PAPER if is_missing else still.classes[area.class_index].colour
    is_point = isinstance(area.shape, Point)
    patch = PathPatch(
        _outline(shape),
        fc=colour,
        ec=INK if is_point else HATCH if is_missing else PAPER,
        lw=1 if is_point else edge,
        joinstyle="round",
        gid=f"area-{area.code}",
    )
    hatch(patch, colour, "missing" if is_missing else area.mark)
    return patch


def hatch(patch: Patch, colour: str, mark: str) -> None:
    """Lay the pattern of a mark over a colour, dark on light ones and light on dark ones."""
    if mark:
        patch.set_hatch(HATCHES[mark])
        quiet = HATCH if colour == PAPER else "#ffffffb0" if _is_dark(colour) else "#281414a0"
        patch.set_hatchcolor(quiet)


def _is_dark(colour: str) -> bool:
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.59


def _outline(shape: BaseGeometry) -> Outline:
    """Return polygons as one path, holes included."""
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    points = [shapely.get_coordinates(ring) for ring in rings]
    return Outline(np.concatenate(points), np.concatenate([_codes(len(p)) for p in points]))


def _codes(count: int) -> NDArray[np.uint8]:
    codes = np.full(count, Outline.LINETO, dtype=np.uint8)
    codes[0], codes[-1] = Outline.MOVETO, Outline.CLOSEPOLY
    return codes
