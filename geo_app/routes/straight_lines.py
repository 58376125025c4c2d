"""Which states a straight line between two points crosses, and what land a point lies on.

Owns the geometry of lines on the map of Mexico (EPSG:6372, the national Lambert conic): a line is
straight there, lengths are kilometres as the crow flies and never the length of a road. Does not
own the shapes (``shapes``) or what a line stands for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo_app import paths, shapes

if TYPE_CHECKING:
    import pyproj
    import shapely

Degrees = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

METRIC_CRS = 6372
"""EPSG code of the projection in which a line is straight and metres are measured."""

SLIVER_KM = 0.1
"""A shorter piece of a line in a state is an accident of the simplified border, not a state."""

NO_LAND = -1
"""Number of the land of a point that lies in none of our shapes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An unbroken piece of a line inside one state."""

    state_code: str
    km: float
    """Length, as the crow flies."""


def length_km(first: Degrees, last: Degrees) -> float:
    """Return the length of the straight line between two points in kilometres."""
    one, other = metres((first, last))
    return math.dist(one, other) / 1000


def metres(points: Sequence[Degrees]) -> list[tuple[float, float]]:
    """Return the points in metres east and north (EPSG:6372)."""
    change = _transformer()
    return [change.transform(longitude, latitude) for latitude, longitude in points]


def pieces(first: Degrees, last: Degrees) -> tuple[Piece, ...]:
    """Return the states that the straight line between two points crosses, in order.

    Returns
    -------
    tuple of Piece
        A piece for each entry into a state. What lies in the sea or abroad is in none, so that
        the lengths need not add up to that of the line.

    Raises
    ------
    ShapesInvalid, HashMismatch
        If the shapes are not right.
    """
    folder = paths.shapes_dir()
    return _pieces(first, last, folder, paths.stamp(folder))


def land(point: Degrees) -> int:
    """Return the number of the land on which a point lies: the mainland, an island, or none.

    Two points of the same number are on the same land as our simplified shapes draw it; bridges
    are not drawn.

    Raises
    ------
    ShapesInvalid, HashMismatch
        If the shapes are not right.
    """
    import shapely

    folder = paths.shapes_dir()
    tree = _lands(folder, paths.stamp(folder))
    spot = shapely.Point(point[1], point[0])
    return int(min(tree.query(spot, predicate="intersects"), default=NO_LAND))


@cache
def _pieces(first: Degrees, last: Degrees, folder: Path, stamp: int) -> tuple[Piece, ...]:
    import shapely

    tree, codes = _states(folder, stamp)
    line = shapely.LineString(metres((first, last)))
    found: list[tuple[float, str, float]] = []
    for number in tree.query(line, predicate="intersects"):
        inside = shapely.intersection(line, tree.geometries[number])
        for part in shapely.get_parts(inside):
            if part.length > SLIVER_KM * 1000:
                start = min(line.project(shapely.Point(end)) for end in part.coords)
                found.append((start, codes[number], part.length / 1000))
    return _joined(sorted(found))


def _joined(found: Sequence[tuple[float, str, float]]) -> tuple[Piece, ...]:
    """Make one piece of those of one state that follow each other."""
    joined: list[Piece] = []
    for _, code, km in found:
        is_same = bool(joined) and joined[-1].state_code == code
        before = joined.pop().km if is_same else 0.0
        joined.append(Piece(code, before + km))
    return tuple(joined)


@cache
def _states(folder: Path, _stamp: int) -> tuple[shapely.STRtree, tuple[str, ...]]:
    import shapely

    frame = shapes.load_states(folder).to_crs(METRIC_CRS)
    return shapely.STRtree(frame.geometry.to_numpy()), tuple(map(str, frame.index))


@cache
def _lands(folder: Path, _stamp: int) -> shapely.STRtree:
    import shapely

    whole = shapely.coverage_union_all(shapes.load_states(folder).geometry.to_numpy())
    return shapely.STRtree(shapely.get_parts(whole))


@cache
def _transformer() -> pyproj.Transformer:
    import pyproj

    return pyproj.Transformer.from_crs(4326, METRIC_CRS, always_xy=True)
