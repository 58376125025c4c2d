"""The shapes that the peers are given, as GeoJSON: ours simplified, and the shipped files as such.

Owns the simplification for the peers. Does not own the shapes of our element (``geo_app.maps``).
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo_app import shapes
from geo_app.maps.geometry import PLANE_CRS

TOLERANCE_M = 750
"""Simplification in metres: two zoom levels below a pixel of a map 1,200 pixels wide."""

DIGITS = 5
"""Decimals of a degree in the simplified GeoJSON: about a metre."""


class Detail(StrEnum):
    """How exact the shapes are that a peer is given."""

    SIMPLIFIED = "simplified"
    """Simplified as ours are, neighbours together."""
    SOURCE = "source"
    """As they lie in ``shapes/``: what a program does that just reads the file."""


@cache
def geojson(level: str, detail: Detail) -> str:
    """Return the areas of a level as a FeatureCollection.

    Parameters
    ----------
    level
        "state" or "municipality".
    detail
        How exact.

    Returns
    -------
    str
        Features in the order of their codes, each with its code as ``id`` and its name; EPSG:4326,
        outer rings clockwise, as Plotly wants them and nobody else minds.
    """
    frame = shapes.load_states() if level == "state" else shapes.load_municipalities()
    if detail is Detail.SIMPLIFIED:
        frame = _simplified(frame)
    features = [
        {
            "type": "Feature",
            "id": str(code),
            "properties": {"name": str(name)},
            "geometry": shapely.geometry.mapping(_clockwise(shape)),
        }
        for code, name, shape in zip(frame.index, frame["name"], frame.geometry, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _simplified(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    plane = frame.to_crs(PLANE_CRS)
    plane.geometry = shapely.coverage_simplify(plane.geometry.to_numpy(), TOLERANCE_M)
    degrees = plane.to_crs(frame.crs)
    rounded = shapely.transform(
        degrees.geometry.to_numpy(), lambda points: np.round(points, DIGITS)
    )
    return degrees.set_geometry(gpd.GeoSeries(rounded, index=degrees.index, crs=frame.crs))


def _clockwise(shape: BaseGeometry) -> BaseGeometry:
    parts = [shapely.geometry.polygon.orient(part, -1.0) for part in _polygons(shape)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
