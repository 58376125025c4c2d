"""The geometry of ``build_shapes``: one coverage made clean and simpler, another fitted around it.

Owns every step between INEGI's and Natural Earth's polygons and ours, and the measure of what a
step moved. Does not own where polygons come from (``boundary_sources``) or go (``build_shapes``).
"""

from __future__ import annotations

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.errors import SourceInvalid

METRIC_CRS = "EPSG:6372"
"""Mexico ITRF2008 / LCC, INEGI's own Lambert conic: metres."""

DEGREES_CRS = "EPSG:4326"

MEXICO_ISO_N3 = "484"

BORDER_GAP_M = 10_000
"""How far Natural Earth's land border may lie from INEGI's before a gap would remain."""

_FIX = "use the versions of shapely and GEOS that the requirements name"


def simplify_coverage(
    areas: geopandas.GeoDataFrame, *, tolerance_m: float
) -> geopandas.GeoDataFrame:
    """Make the shared borders of areas identical, then take small corners off all borders.

    Parameters
    ----------
    areas
        Valid polygons in any CRS that may meet only roughly.
    tolerance_m
        A corner goes if its triangle is smaller than a square of this side, in metres
        (Visvalingam and Whyatt). Zero only cleans.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and columns in EPSG:6372, a valid coverage with all parts of the input.

    Raises
    ------
    SourceInvalid
        If an island was lost or the outcome is no valid coverage.
    """
    metric = areas.to_crs(METRIC_CRS)
    before = metric.geometry.to_numpy()
    after = shapely.coverage_simplify(shapely.coverage_clean(before), tolerance_m)
    _require_coverage(before, after)
    return metric.set_geometry(after, crs=METRIC_CRS)


def simplify_inside(
    coverage: geopandas.GeoDataFrame, *, groups: str, tolerance_m: float
) -> geopandas.GeoDataFrame:
    """Take more corners off the borders inside each group of areas, none off its outline.

    Parameters
    ----------
    coverage
        A valid coverage in EPSG:6372.
    groups
        Column that tells the areas of one group, such as the state of a municipality.
    tolerance_m
        As for ``simplify_coverage``.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows and columns, a valid coverage with all parts of the input. The dissolve of
        a group is what it was.

    Raises
    ------
    SourceInvalid
        If an island was lost or the outcome is no valid coverage.
    """
    before = coverage.geometry.to_numpy()
    after = before.copy()
    for rows in coverage.groupby(groups).indices.values():
        after[rows] = shapely.coverage_simplify(before[rows], tolerance_m, simplify_boundary=False)
    _require_coverage(before, after)
    return coverage.set_geometry(after, crs=coverage.crs)


def countries_around(
    states: geopandas.GeoDataFrame,
    countries: geopandas.GeoDataFrame,
    *,
    window: tuple[float, float, float, float],
    tolerance_m: float,
) -> geopandas.GeoDataFrame:
    """Fit the countries of a window around the states, without overlap and without a gap.

    Parameters
    ----------
    states
        The finished states, in EPSG:4326.
    countries
        Columns ``iso_n3``, ``name``, geometry in EPSG:4326, invalid ones included; Mexico as 484.
    window
        West, south, east, north in degrees; what lies outside is cut off.
    tolerance_m
        As for ``simplify_coverage``.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``iso_n3``, ``name``, geometry in EPSG:4326, without Mexico, sorted by code and
        name (areas without a code last). Land borders with Mexico run along the states.
    """
    box = shapely.box(*window)
    near = _clip(countries, box).sort_values(["iso_n3", "name"], ignore_index=True)
    coverage = simplify_coverage(near, tolerance_m=tolerance_m)
    is_mexico = (coverage["iso_n3"] == MEXICO_ISO_N3).to_numpy()
    shapes = coverage.geometry.to_numpy()
    grown = _grow_into(shapes[~is_mexico], shapely.union_all(shapes[is_mexico]))
    around = coverage[~is_mexico].set_geometry(grown, crs=METRIC_CRS).to_crs(DEGREES_CRS)
    # Subtracted last and in degrees, from the very coordinates that are written.
    return _subtract(_clip(around, box), shapely.union_all(states.geometry.to_numpy()))


def displacements_m(
    before: geopandas.GeoDataFrame, after: geopandas.GeoDataFrame
) -> list[NDArray[np.float64]]:
    """Measure how far every old vertex lies from the new border of its own area.

    Parameters
    ----------
    before, after
        The same areas in the same order, both in EPSG:6372.

    Returns
    -------
    list of numpy.ndarray
        Per area the distances in metres, one a vertex of ``before``.
    """
    return [_distances(old, new) for old, new in zip(before.geometry, after.geometry, strict=True)]


def dissolve_differences_km2(
    parts: geopandas.GeoDataFrame, wholes: geopandas.GeoDataFrame, *, by: str
) -> NDArray[np.float64]:
    """Measure how far the dissolve of a coverage is from the areas that it should make up.

    Parameters
    ----------
    parts
        A valid coverage in EPSG:6372.
    wholes
        An area a row, in EPSG:6372.
    by
        Column of both that tells to which whole a part belongs.

    Returns
    -------
    numpy.ndarray
        Per whole the area in km² that only it or only the dissolve of its parts covers; its own
        area where it has no part.
    """
    shapes, owners = parts.geometry.to_numpy(), parts[by].to_numpy()
    dissolved = [shapely.coverage_union_all(shapes[owners == code]) for code in wholes[by]]
    apart = shapely.symmetric_difference(dissolved, wholes.geometry.to_numpy())
    return np.asarray(shapely.area(apart) / 1e6, dtype=np.float64)


def part_count(shapes: NDArray[np.object_]) -> int:
    """Return the number of separate polygons in an array of polygons."""
    # An area that vanished is an empty polygon, which GEOS counts as one part.
    return int((~shapely.is_empty(shapely.get_parts(shapes))).sum())


def vertex_count(shapes: NDArray[np.object_]) -> int:
    """Return the number of vertices in an array of geometries, shared ones counted for each."""
    return int(shapely.get_num_coordinates(shapes).sum())


def _require_coverage(before: NDArray[np.object_], after: NDArray[np.object_]) -> None:
    if part_count(before) != part_count(after):
        message = "the simplification changed the number of islands"
        raise SourceInvalid(
            message, expected=f"{part_count(before)} parts", got=f"{part_count(after)}", fix=_FIX
        )
    if not (shapely.is_valid(after).all() and shapely.coverage_is_valid(after)):
        message = "the simplified areas do not meet exactly"
        raise SourceInvalid(message, expected="a valid coverage", fix=_FIX)


def _clip(areas: geopandas.GeoDataFrame, box: shapely.Polygon) -> geopandas.GeoDataFrame:
    # Mended here: the source is invalid in places, and a change of CRS can bend thin corners.
    valid = shapely.make_valid(areas.geometry.to_numpy())
    return _with_polygons(areas, shapely.intersection(valid, box))


def _subtract(areas: geopandas.GeoDataFrame, other: BaseGeometry) -> geopandas.GeoDataFrame:
    return _with_polygons(areas, shapely.difference(areas.geometry.to_numpy(), other))


def _with_polygons(
    areas: geopandas.GeoDataFrame, outcome: NDArray[np.object_]
) -> geopandas.GeoDataFrame:
    polygons = [_polygons_of(shape) for shape in outcome]
    changed = areas.set_geometry(polygons, crs=areas.crs)
    return changed[~changed.is_empty].reset_index(drop=True)


def _polygons_of(shape: BaseGeometry) -> shapely.MultiPolygon:
    # Mending and clipping leave stray lines and points where areas only touched.
    kinds = (part for part in shapely.get_parts(shape) if part.area > 0)
    return shapely.MultiPolygon([part for kind in kinds for part in shapely.get_parts(kind)])


def _grow_into(shapes: NDArray[np.object_], mexico: BaseGeometry) -> list[BaseGeometry]:
    # Natural Earth's Mexico ends short of INEGI's in places; each country gets what is near it.
    taken: BaseGeometry = shapely.MultiPolygon()
    grown = []
    for shape in shapes:
        band = shapely.difference(shapely.intersection(mexico, shape.buffer(BORDER_GAP_M)), taken)
        taken = shapely.union(taken, band)
        grown.append(shapely.union(shape, band))
    return grown


def _distances(old: BaseGeometry, new: BaseGeometry) -> NDArray[np.float64]:
    # A tree of the new border's segments makes 750,000 distances a matter of two seconds.
    vertices, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(new)), return_index=True
    )
    inside = ring[1:] == ring[:-1]
    ends = np.stack([vertices[:-1][inside], vertices[1:][inside]], axis=1)
    border = shapely.STRtree(shapely.linestrings(ends))
    points = shapely.points(shapely.get_coordinates(old))
    nearest, distances = border.query_nearest(points, return_distance=True, all_matches=False)
    return np.asarray(distances[np.argsort(nearest[0], kind="stable")], dtype=np.float64)
