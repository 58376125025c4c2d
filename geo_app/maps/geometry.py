"""Shapes for the browser: projected, simplified together, written as shared arcs.

Owns the plane on which every map is drawn (EPSG:6372, INEGI's Lambert conic), its grids, and the
layout of packed shapes. Does not own the arcs (``arcs``), nor what an area shows (``payload``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo_app.errors import ShapesInvalid
from geo_app.maps.arcs import Coverage, Figure, Ring, Spot, read_coverage, write_coverage
from geo_app.maps.packing import Packed, Reader, Writer, pack, unpack

PLANE_CRS = "EPSG:6372"
"""Mexico ITRF2008 / LCC: areal scale within 2.6 % over the country, unlike Web Mercator."""

UNIT_M = 100
"""Metres of one unit of the plane in the browser."""

TOLERANCE_M = 750
"""Simplification of few areas: below a pixel until the map is 3,000 pixels wide."""

FINE_TOLERANCE_M = 500
"""Simplification of many areas, into which a reader zooms."""

MANY = 200
"""Number of areas from which on the finer one is taken."""

BASE_TOLERANCE_M = 3_000
"""Simplification of the land around; it is seen, never read."""

POINT_STEP_M = 100
"""Grid of points, which are not simplified."""

BASE_MARGIN = (0.9, 0.5)
"""How much land around is kept, in widths and heights of the map itself."""

Keyed = tuple[tuple[str, BaseGeometry], ...]
"""Codes with geometries in EPSG:4326."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What packed shapes hold, as they are read back."""

    codes: tuple[str, ...]
    groups: tuple[str, ...]
    """Code of the group of each area; () where there are none."""
    step: int
    """Metres of one step of the grid of ``areas`` and ``outlines``."""
    points: Mapping[int, Spot]
    """Position of an area among ``codes`` to its place, in steps of ``POINT_STEP_M``."""
    areas: Coverage
    """The areas that are no points, in their order."""
    outline_codes: tuple[str, ...]
    outlines: Coverage
    base: Coverage
    """The land around as one figure, in steps of half of ``BASE_TOLERANCE_M``."""


def pack_shapes(
    areas: Keyed,
    base: Sequence[BaseGeometry] = (),
    outlines: Keyed = (),
    groups: Sequence[str] = (),
    tolerance: int | None = None,
    margin: tuple[float, float] = BASE_MARGIN,
) -> Packed:
    """Pack the shapes of a map.

    Parameters
    ----------
    areas
        What carries values: polygons, which are simplified together so that borders agree, or
        points; EPSG:4326.
    base
        Land around; cut to the neighbourhood of the map, and left out where nothing remains.
    outlines
        Shapes under points; simplified together.
    groups
        For each area the code of the group in which it lies, such as its state; areas of one
        group stand together. The browser draws the border between groups. () for none.
    tolerance
        Metres by which a border may move; by the number of areas where it is not given.
    margin
        How much of ``base`` is kept, in widths and heights of the areas.

    Returns
    -------
    Packed
        ``unpack.js`` reads it.

    Raises
    ------
    ShapesInvalid
        If a geometry is empty or of another kind, the polygons overlap or have gaps of
        mismatched vertices, or an area is too small to survive.
    """
    reach = tolerance or (TOLERANCE_M if len(areas) < MANY else FINE_TOLERANCE_M)
    step = reach // 2
    shapes, under = _simplified(areas, reach), _simplified(outlines, reach)
    points = [(n, shape) for n, shape in enumerate(shapes) if isinstance(shape, Point)]
    wide = [(areas[n][0], s) for n, s in enumerate(shapes) if not isinstance(s, Point)]
    body = Writer()
    body.number(step)
    _write_codes([code for code, _ in areas], body)
    _write_groups(groups, body)
    body.numbers([n for n, _ in points])
    body.signed([_spot(shape.x, shape.y, POINT_STEP_M) for _, shape in points])
    write_coverage([_survivor(code, shape, step) for code, shape in wide], body)
    body.texts(code for code, _ in outlines)
    write_coverage([_figure(shape, step) for shape in under], body)
    box = shapely.total_bounds(np.array([*shapes, *under], dtype=object))
    land = [_figure(shape, BASE_TOLERANCE_M // 2) for shape in _around(base, box, margin)]
    write_coverage([tuple(polygon for figure in land for polygon in figure)], body)
    return pack("G", body.body())


def read_shapes(packed: Packed) -> Shapes:
    """Read packed shapes back.

    Raises
    ------
    PackedInvalid
        If the bytes are not whole or not of this version.
    """
    reader = Reader(unpack(packed, "G"))
    step = reader.number()
    codes, groups = _read_codes(reader), _read_groups(reader)
    at = reader.numbers().tolist()
    spots = [(x, y) for x, y in reader.signed().reshape(-1, 2).tolist()]
    areas, under = read_coverage(reader), reader.texts()
    outlines, base = read_coverage(reader), read_coverage(reader)
    points = dict(zip(at, spots, strict=True))
    return Shapes(codes, groups, step, points, areas, under, outlines, base)


def read_codes(packed: Packed) -> tuple[str, ...]:
    """Return the codes of packed shapes, in their order, without reading their borders.

    Raises
    ------
    PackedInvalid
        If the bytes are not whole or not of this version.
    """
    reader = Reader(unpack(packed, "G"))
    reader.number()
    return _read_codes(reader)


def project(geometries: Iterable[BaseGeometry]) -> list[BaseGeometry]:
    """Return geometries in EPSG:6372 (metres) from EPSG:4326 (degrees, longitude first)."""
    moved = shapely.transform(np.array(list(geometries), dtype=object), _to_plane)
    return list(moved)


def _simplified(keyed: Keyed, tolerance: int) -> list[BaseGeometry]:
    """Project, then simplify all polygons of a group as one coverage."""
    for code, geometry in keyed:
        _check_kind(code, geometry)
    shapes = project(geometry for _, geometry in keyed)
    wide = [i for i, shape in enumerate(shapes) if not isinstance(shape, Point)]
    coverage = [shapes[i] for i in wide]
    _check_coverage([keyed[i][0] for i in wide], coverage)
    for i, simple in zip(wide, shapely.coverage_simplify(coverage, tolerance), strict=True):
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


def _around(
    base: Sequence[BaseGeometry], box: NDArray[np.float64], margin: tuple[float, float]
) -> list[BaseGeometry]:
    """Cut the land around to the neighbourhood of a box and simplify it."""
    west, south, east, north = box.tolist()
    dx, dy = (east - west) * margin[0], (north - south) * margin[1]
    window = (west - dx, south - dy, east + dx, north + dy)
    near = shapely.clip_by_rect(project(base), *window)
    # Each on its own: neighbours need not be a coverage, and slivers lie under a grey stroke.
    return [shape for shape in shapely.simplify(near, BASE_TOLERANCE_M) if not shape.is_empty]


def _survivor(code: str, shape: BaseGeometry, step: int) -> Figure:
    figure = _figure(shape, step)
    if not figure:
        message = "an area too small to draw"
        expected = f"a shape wider than {step} m after simplification"
        raise ShapesInvalid(message, where=f"area {code}", expected=expected)
    return figure


def _figure(shape: BaseGeometry, step: int) -> Figure:
    """Return each polygon that is still one on the grid; specks below the grid are left out."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    # Outer rings run to the left, holes to the right: the area is always on the left.
    turned = shapely.orient_polygons(np.array(parts, dtype=object)) if parts else []
    written = ([_ring(p.exterior, step), *(_ring(r, step) for r in p.interiors)] for p in turned)
    return tuple(tuple(ring for ring in rings if ring) for rings in written if rings[0])


def _ring(ring: BaseGeometry, step: int) -> Ring:
    """Return a ring on the grid, without its closing point; () where it has no inside left."""
    grid = np.rint(shapely.get_coordinates(ring) / step).astype(np.int64)[:-1]
    moved = np.any(grid != np.roll(grid, 1, axis=0), axis=1)
    spots = _without_spikes([(x, y) for x, y in grid[moved].tolist()])
    return tuple(spots) if len(set(spots)) > 2 else ()


def _without_spikes(spots: list[Spot]) -> list[Spot]:
    """Leave out ways there and straight back, which rounding makes of a narrow corner."""
    kept: list[Spot] = []
    for spot in spots:
        while len(kept) > 1 and kept[-2] == spot:
            del kept[-2:]
        if not kept or kept[-1] != spot:
            kept.append(spot)
    # The ring has no beginning: the ends are looked at as neighbours too.
    while len(kept) > 2 and (kept[0] == kept[-2] or kept[1] == kept[-1]):
        kept = kept[:-2] if kept[0] == kept[-2] else kept[2:]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _spot(x: float, y: float, step: int) -> Spot:
    return round(x / step), round(y / step)


def _write_codes(codes: Sequence[str], to: Writer) -> None:
    """Write codes; ascending digits of one width, as official ones are, by their steps."""
    width = len(codes[0]) if codes else 0
    is_plain = all(code.isascii() and code.isdigit() and len(code) == width for code in codes)
    steps = np.diff([0, *map(int, codes)]) if is_plain and width < 16 else np.array([-1])
    if (steps < 0).any():
        to.number(0)
        to.texts(codes)
    else:
        to.number(width)
        to.numbers(steps)


def _read_codes(reader: Reader) -> tuple[str, ...]:
    width = reader.number()
    if width == 0:
        return reader.texts()
    return tuple(f"{number:0{width}d}" for number in np.cumsum(reader.numbers()).tolist())


def _write_groups(groups: Sequence[str], to: Writer) -> None:
    lengths = [(code, len(list(same))) for code, same in groupby(groups)]
    to.texts(code for code, _ in lengths)
    to.numbers([length for _, length in lengths])


def _read_groups(reader: Reader) -> tuple[str, ...]:
    codes, lengths = reader.texts(), reader.numbers().tolist()
    return tuple(code for code, length in zip(codes, lengths, strict=True) for _ in range(length))


def _to_plane(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = _transformer().transform(coordinates[:, 0], coordinates[:, 1])
    return np.column_stack([x, y])


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", PLANE_CRS, always_xy=True)
