"""Shapes for the browser: projected, simplified together, written as small integers.

Owns the plane on which every map is drawn (EPSG:6372, INEGI's Lambert conic, in hectometres) and
the JSON of the shapes. Does not own what an area shows (``payload``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo_app.errors import ShapesInvalid

PLANE_CRS = "EPSG:6372"
"""Mexico ITRF2008 / LCC: areal scale within 2.6 % over the country, unlike Web Mercator."""

UNIT_M = 100
"""Metres of one unit of the JSON."""

TOLERANCE_M = 1_000
"""Simplification of what carries values: below a pixel until the map is 2,500 pixels wide."""

BASE_TOLERANCE_M = 3_000
"""Simplification of the land around; it is seen, never read."""

BASE_MARGIN = (0.9, 0.5)
"""How much land around is kept, in widths and heights of the map itself."""

Keyed = tuple[tuple[str, BaseGeometry], ...]
"""Codes with geometries in EPSG:4326."""

Rings = list[list[int]]
"""One polygon: outer ring, then holes; each x, y, then steps from point to point, unclosed."""


@lru_cache(maxsize=8)
def geometry_json(areas: Keyed, base: Keyed = (), outlines: Keyed = ()) -> str:
    """Return the compact JSON of the shapes of a map.

    Parameters
    ----------
    areas
        What carries values: polygons, which are simplified together so that borders agree, or
        points; EPSG:4326.
    base
        Land around; cut to the neighbourhood of the map, and left out where nothing remains.
    outlines
        Shapes under points; simplified together.

    Returns
    -------
    str
        ``areas`` in the order given, each ``{"code", "polygons"}`` or ``{"code", "point"}``;
        ``base`` and ``outlines`` as lists of polygons; ``box`` as west, south, east, north of
        areas and outlines. Integers in hectometres of EPSG:6372.

    Raises
    ------
    ShapesInvalid
        If a geometry is empty or of another kind, the polygons overlap or have gaps of
        mismatched vertices, or an area is too small to survive.
    """
    shapes = _simplified(areas)
    under = _simplified(outlines)
    box = shapely.total_bounds(np.array([*shapes, *under], dtype=object))
    drawn = [
        {"code": code, **_encoded(code, shape)}
        for (code, _), shape in zip(areas, shapes, strict=True)
    ]
    document = {
        "crs": PLANE_CRS,
        "unit": UNIT_M,
        "box": [round(edge / UNIT_M) for edge in box.tolist()],
        "areas": drawn,
        "base": [rings for shape in _around(base, box) for rings in _polygons(shape)],
        "outlines": [rings for shape in under for rings in _polygons(shape)],
    }
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def project(geometries: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """Return geometries in EPSG:6372 (metres) from EPSG:4326 (degrees, longitude first)."""
    moved = shapely.transform(np.array(list(geometries), dtype=object), _to_plane)
    return list(moved)


def _simplified(keyed: Keyed) -> list[BaseGeometry]:
    """Project, then simplify all polygons of a group as one coverage."""
    for code, geometry in keyed:
        _check_kind(code, geometry)
    shapes = project(geometry for _, geometry in keyed)
    wide = [i for i, shape in enumerate(shapes) if not isinstance(shape, Point)]
    coverage = [shapes[i] for i in wide]
    _check_coverage([keyed[i][0] for i in wide], coverage)
    for i, simple in zip(wide, shapely.coverage_simplify(coverage, TOLERANCE_M), strict=True):
        shapes[i] = simple
    return shapes


def _check_kind(code: str, geometry: BaseGeometry) -> None:
    if not isinstance(geometry, Polygon | MultiPolygon | Point) or geometry.is_empty:
        message = "an area that cannot be drawn"
        got = f"an empty {geometry.geom_type}" if geometry.is_empty else geometry.geom_type
        expected = "a Polygon, MultiPolygon or Point"
        raise ShapesInvalid(message, where=f"area {code}", expected=expected, got=got)


def _check_coverage(codes: list[str], shapes: list[BaseGeometry]) -> None:
    if shapes and not shapely.coverage_is_valid(shapes):
        bad = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
        got = ", ".join(code for code, wrong in zip(codes, bad, strict=True) if wrong)
        message = "borders that do not agree"
        expected = "neighbours that share every vertex"
        fix = "clean the coverage, as `python -m geo_app build shapes` does"
        raise ShapesInvalid(message, where="map areas", expected=expected, got=got, fix=fix)


def _around(base: Keyed, box: NDArray[np.float64]) -> list[BaseGeometry]:
    """Cut the land around to the neighbourhood of a box and simplify it."""
    west, south, east, north = box.tolist()
    dx, dy = (east - west) * BASE_MARGIN[0], (north - south) * BASE_MARGIN[1]
    window = (west - dx, south - dy, east + dx, north + dy)
    near = shapely.clip_by_rect(project(geometry for _, geometry in base), *window)
    # Each on its own: neighbours need not be a coverage, and slivers lie under a grey stroke.
    return [shape for shape in shapely.simplify(near, BASE_TOLERANCE_M) if not shape.is_empty]


def _encoded(code: str, shape: BaseGeometry) -> dict[str, object]:
    if isinstance(shape, Point):
        return {"point": [round(shape.x / UNIT_M), round(shape.y / UNIT_M)]}
    polygons = _polygons(shape)
    if not polygons:
        message = "an area too small to draw"
        expected = f"a shape wider than {UNIT_M} m after simplification"
        raise ShapesInvalid(message, where=f"area {code}", expected=expected)
    return {"polygons": polygons}


def _polygons(shape: BaseGeometry) -> list[Rings]:
    """Write each polygon that is still one on the grid; specks below the grid are left out."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    written = ([_ring(p.exterior), *map(_ring, p.interiors)] for p in parts)
    return [[ring for ring in rings if ring] for rings in written if rings[0]]


def _ring(ring: BaseGeometry) -> list[int]:
    """Write a ring as its first point and the steps to the next ones; [] below three points."""
    grid = np.rint(shapely.get_coordinates(ring) / UNIT_M).astype(np.int64)[:-1]
    moved = np.any(grid != np.roll(grid, 1, axis=0), axis=1)
    grid = grid[moved]
    if len(np.unique(grid, axis=0)) < 3:
        return []
    return [int(v) for v in np.vstack([grid[:1], np.diff(grid, axis=0)]).ravel()]


def _to_plane(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = _transformer().transform(coordinates[:, 0], coordinates[:, 1])
    return np.column_stack([x, y])


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", PLANE_CRS, always_xy=True)
