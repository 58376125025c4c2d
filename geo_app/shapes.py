"""States, municipalities and neighbours as polygons, read with every check or not at all.

Owns which rows, codes and names each shapefile of ours must hold and where its polygons may lie.
Does not own the format (``shapefiles``), how the shapes are made (``importers.build_shapes``), what
stands in them as values (``tables``) or how they are drawn (``maps``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import geopandas
import pyogrio

from geo_app import municipalities, paths, shapefiles
from geo_app.shapefiles import check_coverage, check_polygons, invalid
from geo_app.states import all_states, state_codes

STATE_COLUMNS = ("state_code", "cvegeo", "name")
"""Columns of ``states.shp`` beside the geometry."""

MUNICIPALITY_COLUMNS = STATE_COLUMNS
"""Columns of ``municipalities.shp`` beside the geometry."""

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


def load_municipalities(folder: Path | None = None) -> geopandas.GeoDataFrame:
    """Load the shipped polygons of the 2,465 municipalities, after checking their hashes.

    Parameters
    ----------
    folder
        Folder with ``municipalities.shp`` and the registry; ``paths.shapes_dir()`` if omitted.

    Returns
    -------
    geopandas.GeoDataFrame
        As ``read_municipalities`` returns it.

    Raises
    ------
    HashMismatch
        If a part is missing, not listed, or not the one that was checked.
    ShapesInvalid
        If the content breaks the data contract.
    """
    return read_municipalities(_verified(folder, "municipalities"))


def load_municipality_names(folder: Path | None = None) -> dict[str, str]:
    """Load the names of the 2,465 municipalities without their polygons.

    Parameters
    ----------
    folder
        Folder with ``municipalities.shp`` and the registry; ``paths.shapes_dir()`` if omitted.

    Returns
    -------
    dict of str to str
        Official name by code, in the order of the codes.

    Raises
    ------
    HashMismatch
        If a part is missing, not listed, or not the one that was checked.
    """
    path = _verified(folder, "municipalities")
    frame = pyogrio.read_dataframe(path, columns=["cvegeo", "name"], read_geometry=False)
    return dict(sorted(zip(frame["cvegeo"], frame["name"], strict=True)))


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
    frame = shapefiles.read(path, STATE_COLUMNS)
    _check_codes(frame, path)
    frame = frame.set_index("state_code").sort_index()
    _check_names(frame, path)
    check_polygons(frame, path, MEXICO_BOUNDS)
    check_coverage(frame, path)
    return frame[["name", "geometry"]]


def read_municipalities(path: Path) -> geopandas.GeoDataFrame:
    """Read a shapefile of the municipalities and refuse it if anything about it is wrong.

    Parameters
    ----------
    path
        The ``.shp``; the other four parts lie beside it.

    Returns
    -------
    geopandas.GeoDataFrame
        2,465 rows, indexed by cvegeo (five digits as text, sorted; the first two are the state),
        columns ``state_code``, ``name`` (as INEGI writes it; the same name can stand in several
        states, and twice in one) and ``geometry`` (valid polygons in EPSG:4326 whose shared
        borders are identical). Nothing is missing. What was created after 2019 is part of the
        municipality that ``municipalities.parent_of`` names.

    Raises
    ------
    ShapesInvalid
        If a part is missing or cut off, the CRS is missing or another, a column is missing, a
        code is not five digits, is repeated, is of another edition or does not begin with its
        state, a state has no municipality, there are not 2,465, one has no name, or a polygon is
        empty, invalid, misplaced, overlaps another or does not meet it exactly.
    """
    frame = shapefiles.read(path, MUNICIPALITY_COLUMNS)
    _check_municipality_codes(frame, path)
    frame = frame.set_index("cvegeo").sort_index()
    _check_municipality_names(frame, path)
    check_polygons(frame, path, MEXICO_BOUNDS)
    check_coverage(frame, path)
    return frame[["state_code", "name", "geometry"]]


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
    frame = shapefiles.read(path, NEIGHBOUR_COLUMNS)
    check_polygons(frame, path, WORLD_BOUNDS)
    return frame[[*NEIGHBOUR_COLUMNS, "geometry"]]


def _verified(folder: Path | None, stem: str) -> Path:
    folder = folder or paths.shapes_dir()
    for part in shapefiles.PARTS:
        paths.verified(folder, stem + part)
    return folder / f"{stem}.shp"


def _check_codes(frame: geopandas.GeoDataFrame, path: Path) -> None:
    codes = [str(code) for code in frame["state_code"]]
    known = set(state_codes())
    faults = (
        ("a code is none of the 32 states", set(codes) - known),
        ("a state code stands twice", _repeated(codes)),
        ("a state is missing", known - set(codes)),
    )
    _refuse(faults, path, expected='"01" to "32", each once', got=f"{len(codes)} rows")


def _check_municipality_codes(frame: geopandas.GeoDataFrame, path: Path) -> None:
    codes = [str(code) for code in frame["cvegeo"]]
    states = [str(code) for code in frame["state_code"]]
    known, edition = set(state_codes()), municipalities.EDITION_COUNT
    pairs = zip(codes, states, strict=True)
    faults = (
        ("a code is not five digits", {code for code in codes if not _CVEGEO.fullmatch(code)}),
        ("a municipality stands twice", _repeated(codes)),
        ("a code is none of the 32 states", set(states) - known),
        ("a code does not begin with its state", {c for c, state in pairs if c[:2] != state}),
        ("a municipality is newer than the edition", set(codes) & set(municipalities.PARENTS)),
        ("a state has no municipality", known - set(states)),
    )
    expected, got = f"{edition:,} municipalities of the 32 states", f"{len(codes):,} rows"
    _refuse(faults, path, expected=expected, got=got)
    if len(codes) != edition:
        what = f"not all municipalities of {municipalities.EDITION}"
        raise invalid(path, what, expected=expected, got=got)


def _refuse(faults: Iterable[tuple[str, set[str]]], path: Path, *, expected: str, got: str) -> None:
    for what, found in faults:
        if found:
            raise invalid(path, f"{what} ({_listed(found)})", expected=expected, got=got)


def _listed(codes: set[str]) -> str:
    # A column that lost its zeros makes hundreds: a few show what happened.
    first = sorted(codes)[:_CODES_NAMED]
    more = len(codes) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")


def _repeated(codes: Iterable[str]) -> set[str]:
    return {code for code, count in Counter(codes).items() if count > 1}


_CVEGEO = re.compile(r"[0-9]{5}")
_CODES_NAMED = 10


def _check_names(frame: geopandas.GeoDataFrame, path: Path) -> None:
    # A wrong encoding, or codes of another numbering (GeoNames swaps four), shows in the names.
    for state in all_states():
        name = frame.at[state.state_code, "name"]
        if name != state.name_official:
            what = f"the name is not that of state {state.state_code}"
            raise invalid(path, what, expected=repr(state.name_official), got=repr(name))


def _check_municipality_names(frame: geopandas.GeoDataFrame, path: Path) -> None:
    names = frame["name"].items()
    nameless = {code for code, name in names if not (isinstance(name, str) and name.strip())}
    fault = ("a municipality has no name", nameless)
    _refuse([fault], path, expected="a name for each", got=f"{len(nameless)} without")
