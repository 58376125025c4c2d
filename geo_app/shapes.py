"""Shapefiles of the states and their neighbours, read with every check or not at all.

Owns what a readable shapefile of ours is: all five parts, EPSG:4326, the 32 codes and names, a
valid coverage. Does not own how the shapes are made (``importers.build_shapes``), what stands in
them as values (``tables``) or how they are drawn (``maps``).
"""

from __future__ import annotations

import struct
from pathlib import Path

import geopandas
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry.base import BaseGeometry

from geo_app import paths
from geo_app.errors import ShapesInvalid
from geo_app.states import all_states, state_codes

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""The five files of each of our shapefiles. GDAL itself reads on without most of them."""

CRS = "EPSG:4326"
"""Coordinate reference system of every shapefile in ``shapes/``: degrees, longitude first."""

ENCODING = "UTF-8"
"""Text encoding of every ``.dbf``, as its ``.cpg`` says."""

STATE_COLUMNS = ("state_code", "cvegeo", "name")
"""Columns of ``states.shp`` beside the geometry."""

NEIGHBOUR_COLUMNS = ("iso_n3", "name")
"""Columns of ``neighbours.shp`` beside the geometry."""

MEXICO_BOUNDS = (-119.0, 14.0, -86.0, 33.0)
"""Box around Mexico and its islands (west, south, east, north in degrees)."""

WORLD_BOUNDS = (-180.0, -90.0, 180.0, 90.0)
"""All degrees there are (west, south, east, north)."""


def load_states(folder: Path | None = None) -> geopandas.GeoDataFrame:
    """Load the shipped polygons of the 32 states, after checking their hashes.

    Parameters
    ----------
    folder
        Folder with ``states.shp`` and the registry; ``paths.shapes_dir()`` if omitted.

    Returns
    -------
    geopandas.GeoDataFrame
        As ``read_states`` returns it.

    Raises
    ------
    HashMismatch
        If a part is missing, not listed, or not the one that was checked.
    ShapesInvalid
        If the content breaks the data contract.
    """
    return read_states(_verified(folder, "states"))


def load_neighbours(folder: Path | None = None) -> geopandas.GeoDataFrame:
    """Load the shipped polygons of the countries around Mexico, after checking their hashes.

    Parameters
    ----------
    folder
        Folder with ``neighbours.shp`` and the registry; ``paths.shapes_dir()`` if omitted.

    Returns
    -------
    geopandas.GeoDataFrame
        As ``read_neighbours`` returns it.

    Raises
    ------
    HashMismatch
        If a part is missing, not listed, or not the one that was checked.
    ShapesInvalid
        If the content breaks the data contract.
    """
    return read_neighbours(_verified(folder, "neighbours"))


def read_states(path: Path) -> geopandas.GeoDataFrame:
    """Read a shapefile of the 32 states and refuse it if anything about it is wrong.

    Parameters
    ----------
    path
        The ``.shp``; the other four parts lie beside it.

    Returns
    -------
    geopandas.GeoDataFrame
        32 rows, indexed by state_code ("01" to "32", sorted), columns ``name`` (official name)
        and ``geometry`` (valid polygons in EPSG:4326 whose shared borders are identical).
        Nothing is missing.

    Raises
    ------
    ShapesInvalid
        If a part is missing or cut off, the CRS is missing or another, a column is missing, the
        codes are not the 32 or one is repeated, a name is not that of its code, or a polygon is
        empty, invalid, misplaced, overlaps another or does not meet it exactly.
    """
    frame = _read(path, STATE_COLUMNS)
    _check_codes(frame, path)
    frame = frame.set_index("state_code").sort_index()
    _check_names(frame, path)
    _check_polygons(frame, path, MEXICO_BOUNDS)
    _check_coverage(frame, path)
    return frame[["name", "geometry"]]


def read_neighbours(path: Path) -> geopandas.GeoDataFrame:
    """Read a shapefile of the countries around Mexico.

    Parameters
    ----------
    path
        The ``.shp``; the other four parts lie beside it.

    Returns
    -------
    geopandas.GeoDataFrame
        A row per country, in the order of the file, columns ``iso_n3`` (ISO 3166-1 numeric code
        as three digits; missing where the area has none), ``name`` (English, as Natural Earth
        writes it) and ``geometry`` (EPSG:4326, cut off at the window in the README).

    Raises
    ------
    ShapesInvalid
        If a part is missing or cut off, the CRS is missing or another, a column is missing, or a
        polygon is empty, invalid or misplaced.
    """
    frame = _read(path, NEIGHBOUR_COLUMNS)
    _check_polygons(frame, path, WORLD_BOUNDS)
    return frame[[*NEIGHBOUR_COLUMNS, "geometry"]]


def _verified(folder: Path | None, stem: str) -> Path:
    folder = folder or paths.shapes_dir()
    for part in PARTS:
        paths.verified(folder, stem + part)
    return folder / f"{stem}.shp"


def _read(path: Path, columns: tuple[str, ...]) -> geopandas.GeoDataFrame:
    for part in PARTS:
        _check_part(path.with_suffix(part))
    try:
        frame = pyogrio.read_dataframe(path)
    except (DataSourceError, DataLayerError) as error:
        raise _invalid(path, f"the shapefile cannot be read: {error}") from error
    _check_crs(frame, path.with_suffix(".prj"))
    _check_columns(frame, path.with_suffix(".dbf"), columns)
    return frame


def _check_part(path: Path) -> None:
    if not path.is_file():
        what = f"the {path.suffix} part of the shapefile is missing"
        raise _invalid(path, what, expected=" ".join(PARTS))
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
        raise _invalid(path, what, expected=f"{expected} bytes", got=f"{len(content)} bytes")


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
        raise _invalid(path, "another text encoding", expected=ENCODING, got=repr(stated))


def _check_crs(frame: geopandas.GeoDataFrame, path: Path) -> None:
    if frame.crs is None:
        raise _invalid(path, "no coordinate reference system", expected=CRS)
    if frame.crs != CRS:
        what = "wrong coordinate reference system"
        raise _invalid(path, what, expected=CRS, got=str(frame.crs.name))


def _check_columns(frame: geopandas.GeoDataFrame, path: Path, columns: tuple[str, ...]) -> None:
    for column in columns:
        if column not in frame.columns:
            got = ", ".join(str(name) for name in frame.columns if name != "geometry")
            what = f"column {column} is missing"
            raise _invalid(path, what, expected=", ".join(columns), got=got)


def _check_codes(frame: geopandas.GeoDataFrame, path: Path) -> None:
    codes = [str(code) for code in frame["state_code"]]
    expected = set(state_codes())
    for what, found in (
        ("a code is none of the 32 states", set(codes) - expected),
        ("a state code stands twice", {code for code in codes if codes.count(code) > 1}),
        ("a state is missing", expected - set(codes)),
    ):
        if found:
            named = f"{what} ({', '.join(sorted(found))})"
            raise _invalid(
                path, named, expected='"01" to "32", each once', got=f"{len(codes)} rows"
            )


def _check_names(frame: geopandas.GeoDataFrame, path: Path) -> None:
    # A wrong encoding, or codes of another numbering (GeoNames swaps four), shows in the names.
    for state in all_states():
        name = frame.at[state.state_code, "name"]
        if name != state.name_official:
            what = f"the name is not that of state {state.state_code}"
            raise _invalid(path, what, expected=repr(state.name_official), got=repr(name))


def _check_polygons(
    frame: geopandas.GeoDataFrame, path: Path, bounds: tuple[float, float, float, float]
) -> None:
    box = shapely.box(*bounds)
    for row, polygon in zip(frame.index, frame.geometry, strict=True):
        fault = _fault(polygon, box)
        if fault:
            raise _invalid(path, f"row {row}: {fault}", expected="a valid polygon")


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


def _check_coverage(frame: geopandas.GeoDataFrame, path: Path) -> None:
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
        raise _invalid(path, f"polygons overlap ({', '.join(overlapping)})")
    edges = shapely.coverage_invalid_edges(shapes)
    codes = [code for code, edge in zip(frame.index, edges, strict=True) if not edge.is_empty]
    what = f"neighbouring polygons do not share identical borders ({', '.join(codes)})"
    raise _invalid(path, what)


def _invalid(
    where: Path, what: str, *, expected: str | None = None, got: str | None = None
) -> ShapesInvalid:
    fix = "restore it from git, or run `python -m geo_app build shapes`"
    return ShapesInvalid(what, where=str(where), expected=expected, got=got, fix=fix)
