"""The packed maps of ``data/maps/``: built once, found by indicator and level, proved by content.

Owns the names of the files, their index, and whether they belong to the data that lie beside them.
Does not own what is in them (``gathering``) or the texts of a map (``figure``).
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from geo_app import atlas, paths, shapefiles
from geo_app.errors import AtlasError, HashMismatch
from geo_app.indicators import Indicator, indicator, mapped
from geo_app.maps.gathering import gather, gather_shapes
from geo_app.maps.packing import Packed, PackedInvalid, identified
from geo_app.maps.series import pack_series
from geo_app.records import read_text

FOLDER = "maps"
"""Folder of the packed maps inside ``data/``."""

INDEX = "index.csv"
"""File in it that lists every map."""

_FIX = "run `python -m geo_app build maps`"
_SHAPES = {
    "state": ("states", "neighbours"),
    "municipality": ("municipalities", "neighbours"),
    "city": ("states", "neighbours"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index."""

    indicator: str
    level: str
    geometry: str
    """Name of the file of the shapes."""
    series: str
    """Name of the file of the values."""
    geometry_crc: str
    series_crc: str
    inputs: str
    """SHA-256 of the hashes of all files from which the map was made."""
    periods: str
    """Periods of the steps, oldest first, with a blank between."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """One packed map."""

    geometry: Packed
    series: Packed
    periods: tuple[str, ...]


Map = tuple[Entry, Packed, Packed]
"""A map's line of the index, its shapes and its values."""


def build_maps(out: Path | None = None) -> tuple[str, ...]:
    """Build the packed map of every indicator and level on Mexico; the same files on every run.

    Parameters
    ----------
    out
        Folder to write; ``data/maps/`` if omitted, whose registry is then made again.

    Returns
    -------
    tuple of str
        A line for each map: what it holds and how large it is.

    Raises
    ------
    AtlasError
        If the data or the shapes are not right; nothing has been written then.
    """
    folder = out if out is not None else paths.data_dir() / FOLDER
    maps = list(_maps())
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, maps)
    if out is None:
        paths.write_registry(paths.data_dir())
    return tuple(
        f"{entry.indicator} {entry.level}: {len(series.data):,} bytes of values, "
        f"{len(geometry.data):,} of shapes"
        for entry, geometry, series in maps
    )


def renew() -> None:
    """Build again, in ``data/maps/``, the maps of which something that they are made from changed.

    Nothing happens in a folder in which no maps were built.

    Raises
    ------
    AtlasError
        If the data or the shapes are not right; nothing has been written then.
    """
    if f"{FOLDER}/{INDEX}" in paths.read_registry(paths.data_dir()):
        held = {(entry.indicator, entry.level): entry for entry in _index()}
        _write(paths.data_dir() / FOLDER, list(_maps(held)))


def _write(folder: Path, maps: list[Map]) -> None:
    """Write the files of all maps and their index, and remove those of no map."""
    made = {entry.geometry: geometry.data for entry, geometry, _ in maps}
    made |= {entry.series: series.data for entry, _, series in maps}
    made[INDEX] = _index_text([entry for entry, *_ in maps]).encode()
    for old in folder.iterdir():
        if old.suffix in {".geometry", ".series"} and old.name not in made:
            old.unlink()
    for name, content in made.items():
        (folder / name).write_bytes(content)


def load(slug: str, level: str | None = None) -> Artefact:
    """Return the packed map of an indicator.

    Parameters
    ----------
    slug
        Name of the indicator.
    level
        Kind of area; the indicator's own where none is given.

    Raises
    ------
    BadRequest
        If the indicator or the level does not exist, or is on no map of Mexico.
    HashMismatch
        If the map was not built, was built from other data, or its file is not the one that was
        built.
    PackedInvalid
        If its file was damaged before its hash was taken.
    """
    found = indicator(slug).drawn_at(level)
    entry = _entry(found)
    if entry.inputs != inputs(found):
        message = "the packed map was built from other data"
        where = f"{FOLDER}/{entry.series}"
        raise HashMismatch(
            message, where=where, expected=inputs(found)[:12], got=entry.inputs[:12], fix=_FIX
        )
    return Artefact(
        _named(entry.geometry, entry.geometry_crc),
        _named(entry.series, entry.series_crc),
        tuple(entry.periods.split()),
    )


def inputs(found: Indicator) -> str:
    """Return the SHA-256 of the registered hashes of everything a map is made from.

    Parameters
    ----------
    found
        The indicator at the level of the map.
    """
    data, shapes = paths.read_registry(paths.data_dir()), paths.read_registry(paths.shapes_dir())
    names = [f"indicators/{found.slug}.toml", "cities.csv"]
    for source in found.sources:
        names += [
            f"tables/{source}.csv",
            f"sources/{source}.toml",
            f"sources/{source}.releases.csv",
        ]
    parts = [stem + part for stem in _SHAPES[str(found.geography)] for part in shapefiles.PARTS]
    lines = [f"{data.get(name)} {name}" for name in names]
    lines += [f"{shapes.get(part)} {part}" for part in parts]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def faults() -> Iterator[str]:
    """Yield a line for each file that is not what the build makes of the present data.

    The content is compared and not the bytes: another version of zlib packs it otherwise.
    """
    expected = {(entry.indicator, entry.level): entry for entry, *_ in _maps()}
    listed = {(entry.indicator, entry.level): entry for entry in _index()}
    for key in sorted(expected.keys() ^ listed.keys()):
        what = "is missing" if key in expected else "has no such indicator"
        yield f"{FOLDER}/{INDEX}: {' '.join(key)} {what}; {_FIX}"
    for key in sorted(expected.keys() & listed.keys()):
        yield from _differences(expected[key], listed[key])


def read_index(path: Path) -> tuple[Entry, ...]:
    """Read the index of the packed maps.

    Raises
    ------
    HashMismatch
        If its columns are not those of ``Entry``.
    TableInvalid
        If it is not UTF-8.
    """
    rows = list(csv.reader(read_text(path).splitlines()))
    names = [field.name for field in fields(Entry)]
    if not rows or rows[0] != names or any(len(row) != len(names) for row in rows):
        message = "the index of the packed maps cannot be read"
        raise HashMismatch(message, where=path.name, expected=",".join(names), fix=_FIX)
    return tuple(Entry(*row) for row in rows[1:])


def _differences(built: Entry, listed: Entry) -> Iterator[str]:
    contents = (
        (built.geometry_crc, listed.geometry_crc, listed.geometry),
        (built.series_crc, listed.series_crc, listed.series),
    )
    for expected, named, file in contents:
        try:
            held = _read(file).crc
        except AtlasError as error:
            # The other files are looked at all the same.
            yield str(error)
            continue
        if {named, held} != {expected}:
            yield f"{FOLDER}/{file}: not what the build makes of the present data; {_FIX}"
    if (built.inputs, built.periods) != (listed.inputs, listed.periods):
        yield f"{FOLDER}/{INDEX}: {listed.series} was built from other data; {_FIX}"


def _maps(held: Mapping[tuple[str, str], Entry] | None = None) -> Iterator[Map]:
    """Make all maps; those that are held and made from the present data are taken as they are."""
    shapes: dict[str, Packed] = {}
    for found in mapped():
        for level in map(str, found.mapped_levels):
            entry = (held or {}).get((found.slug, level))
            if entry is not None and entry.inputs == inputs(found.at(level)):
                geometry = _named(entry.geometry, entry.geometry_crc)
                yield entry, geometry, _named(entry.series, entry.series_crc)
            else:
                if level not in shapes:
                    shapes[level] = gather_shapes(level)
                yield _map(found, level, shapes[level])


def _map(found: Indicator, level: str, geometry: Packed) -> Map:
    numbers = gather(atlas.load(), found.slug, level)
    series = pack_series(numbers.series)
    entry = Entry(
        found.slug,
        level,
        f"{level}.{_name(geometry)}.geometry",
        f"{found.slug}.{level}.{_name(series)}.series",
        geometry.crc,
        series.crc,
        inputs(found.at(level)),
        " ".join(numbers.periods),
    )
    return entry, geometry, series


def _name(packed: Packed) -> str:
    return hashlib.sha256(packed.data).hexdigest()[:12]


def _index_text(entries: list[Entry]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Entry)])
    writer.writerows(astuple(entry) for entry in entries)
    return text.getvalue()


def _index() -> tuple[Entry, ...]:
    folder = paths.data_dir()
    if f"{FOLDER}/{INDEX}" not in paths.read_registry(folder):
        message = "the maps were not built"
        raise HashMismatch(message, where=f"{folder / FOLDER}", fix=_FIX)
    return read_index(paths.verified(folder, f"{FOLDER}/{INDEX}"))


def _entry(found: Indicator) -> Entry:
    for entry in _index():
        if (entry.indicator, entry.level) == (found.slug, str(found.geography)):
            return entry
    message = f"no packed map of {found.slug} for each {found.geography}"
    raise HashMismatch(message, where=f"{FOLDER}/{INDEX}", fix=_FIX)


def _named(name: str, crc: str) -> Packed:
    """Return a file with the content that the index names."""
    held = _read(name)
    if held.crc != crc:
        message = "the packed map is not the one that the index names"
        raise HashMismatch(message, where=f"{FOLDER}/{name}", expected=crc, got=held.crc, fix=_FIX)
    return held


def _read(name: str) -> Packed:
    data = paths.verified(paths.data_dir(), f"{FOLDER}/{name}").read_bytes()
    try:
        return identified(data)
    except PackedInvalid as error:
        # Whoever reads the bytes alone cannot say whose they are.
        raise PackedInvalid(error.what, where=f"{FOLDER}/{name}", fix=error.fix) from error
