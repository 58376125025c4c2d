"""Where a route may begin, pass or end: a town, an airport or a border crossing, by its code.

Owns how a code becomes a named point in a state. Does not own the search of a stop by a reader's
words, the places (``places``) or the crossings (``crossings``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from geo_app import paths, places
from geo_app.errors import BadRequest, TableInvalid
from geo_app.places import Place
from geo_app.routes import corridors, crossings
from geo_app.routes.crossings import Crossing, MexicanPoint
from geo_app.routes.straight_lines import Degrees


class StopKind(StrEnum):
    """What sort of stop it is."""

    AIRPORT = "airport"
    CROSSING = "crossing"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Stop:
    """A named point of a route."""

    code: str
    """Code of the place or of the crossing."""
    kind: StopKind
    name: str
    """The usual name of a town on a corridor; else the name in the list of places or crossings."""
    place_code: str
    """The place whose point it has: itself, or the Mexican town of a crossing."""
    state_code: str
    """State in which the point lies; never empty."""
    municipality_code: str
    """Municipality in which the point lies; empty where it lies in none of our shapes."""
    point: Degrees
    spellings: tuple[str, ...]
    """Every name under which a text may speak of it."""
    is_nearby: bool = False
    """Whether it is a crossing of which only a town nearby is listed."""


def stop(code: str) -> Stop:
    """Return the stop of a code.

    Parameters
    ----------
    code
        ``place_code`` of a town or airport, or ``crossing_code``.

    Raises
    ------
    BadRequest
        If there is no such place or crossing, or its point lies in no state.
    TableInvalid, HashMismatch
        If a list is not right.
    """
    crossing = next(
        (item for item in crossings.all_crossings() if item.crossing_code == code), None
    )
    place = listed().get(crossing.mexican_place if crossing else code)
    if place is None:
        message = "no such stop of a route"
        expected = "the code of a town, an airport or a border crossing"
        raise BadRequest(message, expected=expected, got=repr(code))
    if not place.state_code:
        message = f"{place.name} lies in no Mexican state"
        raise BadRequest(message, got=repr(code), fix="choose a place on land in Mexico")
    return _stop(place, crossing, corridors.town_names())


def towns(codes: Sequence[str]) -> tuple[Stop, ...]:
    """Return the towns of corridors, by the codes of their places.

    Raises
    ------
    TableInvalid
        If one is in no list of places, or lies in no state.
    HashMismatch
        If a list is not the one that was checked.
    """
    known, names = listed(), corridors.town_names()
    if fault := next(corridors.faults(known), None):
        raise TableInvalid(fault, fix="take a town that is in the list of places")
    return tuple(_stop(known[code], None, names) for code in codes)


def listed() -> dict[str, Place]:
    """Return the places of the current data folder by code.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``places.all_places``.
    """
    path = paths.verified(paths.data_dir(), places.FILE)
    return _listed(path, path.stat().st_mtime_ns)


def _stop(place: Place, crossing: Crossing | None, names: Mapping[str, str]) -> Stop:
    usual = names.get(place.place_code, place.name)
    spellings = [usual, place.name]
    if crossing is not None:
        spellings += [crossing.name, crossing.other_town]
    return Stop(
        code=crossing.crossing_code if crossing else place.place_code,
        kind=StopKind.CROSSING if crossing else StopKind(place.kind),
        name=crossing.name if crossing else usual,
        place_code=place.place_code,
        state_code=place.state_code,
        municipality_code=place.municipality_code,
        point=(place.latitude, place.longitude),
        spellings=tuple(dict.fromkeys(spellings)),
        is_nearby=crossing is not None and crossing.mexican_point is MexicanPoint.NEARBY,
    )


@cache
def _listed(_path: Path, _stamp: int) -> dict[str, Place]:
    return {item.place_code: item for item in places.all_places()}
