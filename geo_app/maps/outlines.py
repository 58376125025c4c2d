"""The outlines of a state's municipalities, without the islands far out at sea.

Owns how far is too far. An island hundreds of kilometres off would make the state a speck on its
own map; it is part of a municipality whose main part is drawn, so no figure is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import shapely

from geo_app import paths, shapes
from geo_app.errors import BadRequest
from geo_app.maps.geometry import PLANE_CRS
from geo_app.states import state_codes

FAR_M = 100_000
"""Islands farther than this from the rest of their state are left out."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The municipalities of one state."""

    areas: gpd.GeoSeries
    """Indexed by code, sorted; EPSG:4326."""
    has_far_islands: bool
    """Whether something of it is left out."""


def outlines(state_code: str) -> Outlines:
    """Return the outlines of a state's municipalities.

    Raises
    ------
    BadRequest
        If there is no such state.
    ShapesInvalid, HashMismatch
        As ``shapes.load_municipalities``.
    """
    if state_code not in state_codes():
        message = "no municipalities of this state"
        raise BadRequest(message, expected='"01" to "32"', got=repr(state_code))
    folder = paths.shapes_dir()
    return _outlines(state_code, str(folder), paths.stamp(folder))


@cache
def _outlines(state_code: str, folder: str, stamp: int) -> Outlines:
    mine = _municipalities(folder, stamp)
    mine = mine[mine.index.str.startswith(state_code)]
    parts = mine.explode()
    plane = parts.to_crs(PLANE_CRS)
    # The largest part of each municipality is never left out, whatever it is.
    size = plane.area
    main = size == size.groupby(level=0).transform("max")
    body = shapely.union_all(plane[main].to_numpy())
    near = main | (plane.distance(body) <= FAR_M)
    kept = gpd.GeoDataFrame(geometry=parts[near]).dissolve(by=parts.index[near], method="coverage")
    return Outlines(kept.geometry.sort_index(), not bool(near.all()))


@cache
def _municipalities(_folder: str, _stamp: int) -> gpd.GeoSeries:
    return shapes.load_municipalities().geometry
