"""A shapefile of five parts, read whole or not at all, and the checks of any polygons.

Owns the format (parts, stated sizes, text encoding, CRS, columns) and what makes polygons fit to
be drawn: valid, in their place, meeting exactly. Does not own which rows and codes a file must
hold (``shapes``).
"""

from __future__ import annotations

import struct
from pathlib import Path

import geopandas
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry.base import BaseGeometry

from geo_app.errors import ShapesInvalid

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""The five files of each of our shapefiles. GDAL itself reads on without most of them."""

CRS = "EPSG:4326"
"""Coordinate reference system of every shapefile in ``shapes/``: degrees, longitude first."""

ENCODING = "UTF-8"
"""Text encoding of every ``.dbf``, as its ``.cpg`` says."""


def read(path: Path, columns: tuple[str, ...]) -> geopandas.GeoDataFrame:
    """Read a shapefile of ours and refuse it if a part, the CRS or a column is not as agreed.

    Parameters
    ----------
    path
        The ``.shp``; the other four parts lie beside it.
    columns
        Columns that must be there beside the geometry.

    Returns
    -------
    geopandas.GeoDataFrame
        A row per record in the order of the file, every column of the file, geometry in
        EPSG:4326. What the columns and polygons hold is not checked.

    Raises
    ------
    ShapesInvalid
        If a part is missing or cut off, the text encoding or the CRS is missing or another, or a
        column is missing.
    """
    for part in PARTS:
        _check_part(path.with_suffix(part))
    try:
        frame = pyogrio.read_dataframe(path)
    except (DataSourceError, DataLayerError) as error:
        raise invalid(path, f"the shapefile cannot be read: {error}") from error
    _check_crs(frame, path.with_suffix(".prj"))
    _check_columns(frame, path.with_suffix(".dbf"), columns)
    return frame


def check_polygons(
    frame: geopandas.GeoDataFrame, path: Path, bounds: tuple[float, float, float, float]
) -> None:
    """Refuse a frame in which a polygon is not whole or not where it should be.

    Parameters
    ----------
    frame
        Any rows in EPSG:4326; the index names a row in the message.
    path
        The ``.shp`` that they come from.
    bounds
        Box that every polygon must lie in (west, south, east, north in degrees).

    Raises
    ------
    ShapesInvalid
        If a polygon is empty, of another kind, invalid or outside the box.
    """
    box = shapely.box(*bounds)
    for row, polygon in zip(frame.index, frame.geometry, strict=True):
        fault = _fault(polygon, box)
        if fault:
            raise invalid(path, f"row {row}: {fault}", expected="a valid polygon")


def check_coverage(frame: geopandas.GeoDataFrame, path: Path) -> None:
    """Refuse a frame whose polygons overlap or share a border that is not identical on both sides.

    Parameters
    ----------
    frame
        Valid polygons; the index names a row in the message.
    path
        The ``.shp`` that they come from.

    Raises
    ------
    ShapesInvalid
        If two polygons overlap or do not meet exactly; the message names them.
    """
    shapes = frame.geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        return
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    overlapping = sorted(
        f"{frame.index[one]} and {frame.index[two]}"
        for one, two in pairs
        if one < two and shapely.relate_pattern(shapes[one], shapes[two], "T********")
    )
    if overlapping:
        raise invalid(path, f"polygons overlap ({', '.join(overlapping)})")
    edges = shapely.coverage_invalid_edges(shapes)
    codes = [code for code, edge in zip(frame.index, edges, strict=True) if not edge.is_empty]
    what = f"neighbouring polygons do not share identical borders ({', '.join(codes)})"
    raise invalid(path, what)


def invalid(
    where: Path, what: str, *, expected: str | None = None, got: str | None = None
) -> ShapesInvalid:
    """Return the error of a shapefile with what to do about it, to be raised."""
    fix = "restore it from git, or run `python -m geo_app build shapes`"
    return ShapesInvalid(what, where=str(where), expected=expected, got=got, fix=fix)


def _check_part(path: Path) -> None:
    if not path.is_file():
        what = f"the {path.suffix} part of the shapefile is missing"
        raise invalid(path, what, expected=" ".join(PARTS))
    if path.suffix in _STATED_SIZES:
        _check_size(path)
    if path.suffix == ".cpg":
        _check_encoding(path)


def _check_size(path: Path) -> None:
    # GDAL reads a cut-off file as far as it goes; the header says where it should end.
    content = path.read_bytes()
    try:
        expected = _STATED_SIZES[path.suffix](content)
    except struct.error:
        expected = _HEADER_SIZE
    if len(content) < expected:
        what = f"the {path.suffix} part of the shapefile is cut off"
        raise invalid(path, what, expected=f"{expected} bytes", got=f"{len(content)} bytes")


def _main_file_size(content: bytes) -> int:
    # ESRI Shapefile Technical Description, 1998: byte 24 holds the length in 16-bit words.
    words: int = struct.unpack_from(">i", content, 24)[0]
    return 2 * words


def _table_size(content: bytes) -> int:
    # dBASE III header: number of records, length of the header, length of a record.
    records, header, record = struct.unpack_from("<IHH", content, 4)
    return int(header + records * record)


_HEADER_SIZE = 100
_STATED_SIZES = {".shp": _main_file_size, ".shx": _main_file_size, ".dbf": _table_size}


def _check_encoding(path: Path) -> None:
    stated = path.read_text(encoding="ascii", errors="replace").strip()
    if stated.upper() != ENCODING:
        raise invalid(path, "another text encoding", expected=ENCODING, got=repr(stated))


def _check_crs(frame: geopandas.GeoDataFrame, path: Path) -> None:
    if frame.crs is None:
        raise invalid(path, "no coordinate reference system", expected=CRS)
    if frame.crs != CRS:
        what = "wrong coordinate reference system"
        raise invalid(path, what, expected=CRS, got=str(frame.crs.name))


def _check_columns(frame: geopandas.GeoDataFrame, path: Path, columns: tuple[str, ...]) -> None:
    for column in columns:
        if column not in frame.columns:
            got = ", ".join(str(name) for name in frame.columns if name != "geometry")
            what = f"column {column} is missing"
            raise invalid(path, what, expected=", ".join(columns), got=got)


def _fault(polygon: BaseGeometry | None, box: shapely.Polygon) -> str | None:
    if polygon is None or polygon.is_empty:
        return "the polygon is empty"
    if polygon.geom_type not in ("Polygon", "MultiPolygon"):
        return f"a {polygon.geom_type} stands where a polygon should"
    if not polygon.is_valid:
        return f"the polygon is invalid, {shapely.is_valid_reason(polygon)}"
    if not shapely.box(*polygon.bounds).within(box):
        return f"the polygon lies outside {box.bounds} degrees"
    return None
