"""The main federal and toll roads as lines through named towns.

Owns ``data/corridors.csv``, a list drawn by hand by us. A corridor is a line through named towns
in their order, not navigation: between two towns it is straight, it can be left only in its towns,
and it says nothing of whether a road is open. Only roads of which we are sure are in it: a road
that is missing here may well exist. Does not own the towns (``places``) or the ways over the
corridors (``graph``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from geo_app import lists, paths
from geo_app.errors import TableInvalid
from geo_app.places import Place
from geo_app.restriction_terms import is_road_number

FILE = "corridors.csv"
"""Name of the list inside ``data/``."""

COLUMNS = ("corridor_code", "road", "toll", "number", "place_code", "town")

BETWEEN = "|"
"""Between the numbers of roads that run together."""


class Toll(StrEnum):
    """Whether a toll is taken."""

    TOLL = "toll"
    FREE = "free"
    BOTH = "both"
    """A free road and a toll road run together, or parts take a toll."""
    UNKNOWN = ""
    """Not certain, so not said."""


@dataclass(frozen=True, slots=True)
class Corridor:
    """One line through towns."""

    corridor_code: str
    """Lower-case words with hyphens: the names of both ends."""
    roads: tuple[str, ...]
    """Numbers of the federal roads that run together here, such as "95" and "95D"."""
    toll: Toll
    place_codes: tuple[str, ...]
    """Codes of the towns in ``data/places.csv``, in order."""
    towns: tuple[str, ...]
    """Their usual Spanish names, in the same order."""

    @property
    def legs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of neighbouring towns."""
        return tuple(pairwise(self.place_codes))


def all_corridors() -> tuple[Corridor, ...]:
    """Return the corridors of the current data folder in the order of their codes.

    Raises
    ------
    TableInvalid
        If the list has other columns, an empty cell, a road that is no number, an unknown word of
        toll, towns that are not numbered 1, 2…, a corridor of a single town or with two roads, a
        town with two names, or two corridors with the same leg.
    HashMismatch
        If the list is not the one that was checked.
    """
    path = paths.verified(paths.data_dir(), FILE)
    return _read_cached(path, path.stat().st_mtime_ns)


def town_names() -> dict[str, str]:
    """Return the usual Spanish name of each town on a corridor by the code of its place."""
    pairs = (zip(item.place_codes, item.towns, strict=True) for item in all_corridors())
    return {code: name for towns in pairs for code, name in towns}


def read(path: Path) -> tuple[Corridor, ...]:
    """Read and check a list of corridors; see ``all_corridors`` for what is raised."""
    lines = []
    for where, cells in lists.read_rows(path, COLUMNS):
        _check_cells(cells, where)
        lines.append(cells)
    found = tuple(
        _corridor(path.name, code, list(rows))
        for code, rows in groupby(lines, key=lambda cells: cells[0])
    )
    _check_whole(path.name, found)
    return found


def faults(listed: Mapping[str, Place]) -> Iterator[str]:
    """Yield a line for each town of a corridor that is in no list of places, or in no state.

    Parameters
    ----------
    listed
        The places by code.
    """
    for item in all_corridors():
        for code, name in zip(item.place_codes, item.towns, strict=True):
            if code not in listed or not listed[code].state_code:
                yield f"{FILE} {item.corridor_code}: {name} ({code!r}) is not a place in a state"


def _check_cells(cells: list[str], where: str) -> None:
    code, road, toll, number, place, town = cells
    are_roads = all(is_road_number(item) for item in road.split(BETWEEN))
    if not (code and place and town and number.isdecimal()) or not are_roads:
        message = "an empty cell, or a road that has no number"
        raise TableInvalid(message, where=where, got=",".join(cells))
    if toll not in [*Toll]:
        message = "an unknown word of toll"
        raise TableInvalid(message, where=where, expected="toll, free, both or empty", got=toll)


def _corridor(name: str, code: str, rows: list[list[str]]) -> Corridor:
    where = f"{name} {code}"
    numbers = [int(cells[3]) for cells in rows]
    if len(rows) < 2 or numbers != list(range(1, len(rows) + 1)):
        message = "the towns of a corridor are not two or more with the numbers 1, 2…"
        raise TableInvalid(message, where=where, got=", ".join(map(str, numbers)))
    if len({(cells[1], cells[2]) for cells in rows}) > 1:
        message = "a corridor with two roads or tolls"
        raise TableInvalid(message, where=where, fix="make two corridors of it")
    places, towns = (tuple(cells[column] for cells in rows) for column in (4, 5))
    return Corridor(code, tuple(rows[0][1].split(BETWEEN)), Toll(rows[0][2]), places, towns)


def _check_whole(name: str, found: tuple[Corridor, ...]) -> None:
    lists.refuse_unsorted([item.corridor_code for item in found], name, "a corridor")
    owner: dict[frozenset[str], str] = {}
    names: dict[str, str] = {}
    for item in found:
        for leg in map(frozenset, item.legs):
            if len(leg) < 2 or leg in owner:
                message = "a leg stands twice, or leads from a town to itself"
                where = f"{name} {item.corridor_code}"
                raise TableInvalid(message, where=where, got=" and ".join(sorted(leg)))
            owner[leg] = item.corridor_code
        for code, town in zip(item.place_codes, item.towns, strict=True):
            if names.setdefault(code, town) != town:
                message = "a town has two names"
                got = f"{town} and {names[code]}"
                raise TableInvalid(message, where=f"{name} {item.corridor_code}", got=got)


@cache
def _read_cached(path: Path, _stamp: int) -> tuple[Corridor, ...]:
    return read(path)
