"""The main land border crossings: which Mexican town stands before which town abroad.

Owns ``data/crossings.csv``, a list of our own of twenty pairs of towns. A crossing has the point of
its Mexican town, never one of its own: which bridge or gate a traveller takes is not known here.
Does not own the towns (``places``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from geo_app import lists, paths
from geo_app.errors import TableInvalid
from geo_app.places import Place

FILE = "crossings.csv"
"""Name of the list inside ``data/``."""

COLUMNS = (
    "crossing_code",
    "name",
    "mexican_place",
    "mexican_point",
    "other_town",
    "other_country",
)

COUNTRIES = ("BZ", "GT", "US")
"""ISO 3166-1 codes of the countries that Mexico has a land border with."""


class MexicanPoint(StrEnum):
    """How the listed Mexican town stands to the crossing."""

    TOWN = "town"
    """It is the town at the crossing."""
    NEARBY = "nearby"
    """The town at the crossing is in no list of places; this one is the nearest that is named."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A pair of towns with a border between them."""

    crossing_code: str
    """Lower-case words with hyphens, such as "nuevo-laredo-laredo"."""
    name: str
    """Both towns, the Mexican one first."""
    mexican_place: str
    """Code of a place in ``data/places.csv``."""
    mexican_point: MexicanPoint
    other_town: str
    other_country: str
    """One of ``COUNTRIES``."""


def all_crossings() -> tuple[Crossing, ...]:
    """Return the crossings of the current data folder in the order of their codes.

    Raises
    ------
    TableInvalid
        If the list has other columns, an unknown country or word, an empty cell, a code that
        stands twice, or is not sorted.
    HashMismatch
        If the list is not the one that was checked.
    """
    path = paths.verified(paths.data_dir(), FILE)
    return _read_cached(path, path.stat().st_mtime_ns)


def read(path: Path) -> tuple[Crossing, ...]:
    """Read and check a list of crossings; see ``all_crossings`` for what is raised."""
    found = tuple(_crossing(where, cells) for where, cells in lists.read_rows(path, COLUMNS))
    lists.refuse_unsorted([item.crossing_code for item in found], path.name, "a crossing")
    return found


def faults(listed: Mapping[str, Place]) -> Iterator[str]:
    """Yield a line for each crossing whose Mexican town is in no list of places, or in no state.

    Parameters
    ----------
    listed
        The places by code.
    """
    for item in all_crossings():
        place = listed.get(item.mexican_place)
        if place is None or not place.state_code:
            yield (
                f"{FILE} {item.crossing_code}: the place {item.mexican_place!r} is not in a state"
            )


def _crossing(where: str, cells: list[str]) -> Crossing:
    code, title, place, point, town, country = cells
    if not all(cells) or point not in [*MexicanPoint] or country not in COUNTRIES:
        message = "an empty cell, or an unknown country or kind of point"
        raise TableInvalid(message, where=where, got=",".join(cells))
    return Crossing(code, title, place, MexicanPoint(point), town, country)


@cache
def _read_cached(path: Path, _stamp: int) -> tuple[Crossing, ...]:
    return read(path)
