"""The files of a chart, map or table, each with what must be known of its figures.

Owns the formats: CSV, Parquet, GeoJSON, GeoPackage, SVG, PNG, the data package, and all of them
packed together. A missing value is empty or null in each, never zero.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo_app import export
from geo_app.takeaway import metadata, pictures
from geo_app.takeaway.records import Take, TakenFile
from geo_app.text import Words

_STAMP = (1980, 1, 1, 0, 0, 0)
"""Date of each file in an archive: the same figures give the same bytes."""

ENDINGS = {
    "csv": ".csv",
    "csv_all": "_all.csv",
    "parquet": ".parquet",
    "geojson": ".geojson",
    "gpkg": ".gpkg",
    "svg": ".svg",
    "png": ".png",
    "metadata": ".datapackage.json",
}
"""Ending of each kind of file."""

MEDIA_TYPES = {
    "csv": "text/csv",
    "csv_all": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "svg": "image/svg+xml",
    "png": "image/png",
    "metadata": "application/json",
}
""" "text/csv" and the like, for the browser."""


def files(take: Take, say: Words, address: str = "") -> tuple[TakenFile, ...]:
    """Return the files that a page hands out, the most asked for first.

    Parameters
    ----------
    take
        What is handed over.
    say
        The words of a language.
    address
        Address of the page; empty where it is not known.

    Returns
    -------
    tuple of TakenFile
        Empty where the licence of a source was not seen: its figures are shown, not passed on.
    """
    if not metadata.is_allowed(take):
        return ()
    single = _single(take, say, address)

    def packed() -> bytes:
        return _archive(single)

    return (*single, TakenFile(f"{take.name}.zip", "application/zip", "zip", packed))


def _single(take: Take, say: Words, address: str) -> tuple[TakenFile, ...]:
    makers: dict[str, Callable[[], bytes]] = {"csv": lambda: _csv(take.shown)}
    every = take.every
    if every is not None:
        makers["csv_all"] = lambda: _csv(every())
    makers["parquet"] = lambda: _parquet(take, say)
    if take.areas is not None:
        makers["geojson"] = lambda: _geojson(take, say)
        makers["gpkg"] = lambda: _gpkg(take, say)
    if take.drawings:
        told = (take.title, take.drawings, metadata.lines(take, say))
        makers["svg"] = lambda: pictures.framed(*told).encode()
        makers["png"] = lambda: pictures.picture(*told)
    makers |= take.pictures
    makers["metadata"] = lambda: metadata.descriptor(take, say, address).encode()
    return tuple(
        TakenFile(f"{take.name}{ENDINGS[key]}", MEDIA_TYPES[key], key, make)
        for key, make in makers.items()
    )


def _csv(rows: pd.DataFrame) -> bytes:
    return export.to_csv(rows).encode()


def _parquet(take: Take, say: Words) -> bytes:
    """Return the rows as Parquet; the data package stands in the metadata of its schema."""
    table = pa.Table.from_pandas(take.shown, preserve_index=False)
    told = {b"datapackage": metadata.descriptor(take, say).encode()}
    target = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **told}), target)
    return target.getvalue()


def placed(take: Take) -> gpd.GeoDataFrame:
    """Return the rows with their shapes, EPSG:4326; a row whose area has none has no geometry."""
    shapes = take.areas
    if shapes is None:
        return gpd.GeoDataFrame(take.shown, geometry=[None] * len(take.shown), crs="EPSG:4326")
    mine = shapes.reindex(take.shown["area_code"])
    return gpd.GeoDataFrame(take.shown, geometry=mine.to_numpy(), crs="EPSG:4326")


def _geojson(take: Take, say: Words) -> bytes:
    """Return one feature a row (RFC 7946); the data package is a member of the collection."""
    collection = json.loads(placed(take).to_json(na="null", drop_id=True))
    for feature, row in zip(collection["features"], export.to_records(take.shown), strict=True):
        feature["properties"] = row
    # WGS 84 is the only system of GeoJSON: the member that names one is gone from the standard.
    collection.pop("crs", None)
    collection["metadata"] = json.loads(metadata.descriptor(take, say))
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def _gpkg(take: Take, say: Words) -> bytes:
    """Return a GeoPackage of one layer; the data package stands in the layer's metadata."""
    import pyogrio

    told = {"datapackage": metadata.descriptor(take, say)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "areas.gpkg")
        pyogrio.write_dataframe(
            placed(take), path, driver="GPKG", layer=take.name, layer_metadata=told
        )
        return path.read_bytes()


def _archive(found: Sequence[TakenFile]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in found:
            # The standard asks for this name at the root of a package.
            name = "datapackage.json" if item.key == "metadata" else item.name
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, item.make())
    return target.getvalue()
