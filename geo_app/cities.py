"""The cities of INEGI's urban survey (ENSU): code, name, states, point.

Owns ``data/cities.csv`` and the survey's codes. A point is a main settlement, not a boundary. Does
not own what was measured in a city (``tables``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from geo_app import lists, paths
from geo_app.errors import BadRequest, TableInvalid
from geo_app.states import state_codes

FILE = "cities.csv"
"""Name of the list inside ``data/``."""

COLUMNS = ("city_code", "name", "state_code", "state_codes", "lat", "lon", "note")


class CityNote(StrEnum):
    """What a reader of a city's figures must know; the words stand in ``text``."""

    NONE = ""
    SPANS_STATES = "spans_states"
    """Its area lies in more than one state."""
    PART_OF_OTHER = "part_of_other"
    """Its figures are also inside those of another city: never add the two."""
    RETIRED = "retired"
    """An area that the survey gave up; it has no point."""


@dataclass(frozen=True, slots=True)
class City:
    """A city, or a part of one, for which the survey gives figures."""

    city_code: str
    """The survey's key as text, such as "21"; own keys begin with a letter."""
    name: str
    """Name in Spanish, as the survey gives it."""
    state_code: str
    """The state in which the city is listed first."""
    state_codes: tuple[str, ...]
    """Every state that its area touches, the first included."""
    latitude: float | None
    """Degrees north (WGS 84) of the main settlement; None where the area has no point."""
    longitude: float | None
    """Degrees east (WGS 84), negative in Mexico; None where the area has no point."""
    note: CityNote


def all_cities() -> tuple[City, ...]:
    """Return the cities of the current data folder in the order of their codes.

    Raises
    ------
    TableInvalid
        If the list has other columns, an unknown state or note, a repeated code or a bad point.
    HashMismatch
        If the list is not the one that was checked.
    """
    path = paths.verified(paths.data_dir(), FILE)
    return _read_cached(path, path.stat().st_mtime_ns)


def city(city_code: str) -> City:
    """Return the city of a code.

    Raises
    ------
    BadRequest
        If no city has that code.
    """
    for found in all_cities():
        if found.city_code == city_code:
            return found
    message = "no such city code"
    raise BadRequest(message, expected='a key of the survey such as "21"', got=repr(city_code))


def read(path: Path) -> tuple[City, ...]:
    """Read and check a list of cities; see ``all_cities`` for what is raised."""
    cities = tuple(_city(where, cells) for where, cells in lists.read_rows(path, COLUMNS))
    codes = [item.city_code for item in cities]
    lists.refuse_twice(codes, path.name, "a city stands twice", "import the survey again")
    return cities


def to_csv(cities: Sequence[City]) -> str:
    """Return the list as text, sorted by code, as ``read`` expects it."""
    rows = []
    for item in sorted(cities, key=lambda item: item.city_code):
        states = "|".join(item.state_codes)
        point = ("" if n is None else repr(n) for n in (item.latitude, item.longitude))
        rows.append([item.city_code, item.name, item.state_code, states, *point, item.note])
    return lists.to_text(COLUMNS, rows)


def _city(where: str, cells: list[str]) -> City:
    code, title, state, touched, lat, lon, note = cells
    states = tuple(touched.split("|"))
    if state not in states or not set(states) <= set(state_codes()) or note not in [*CityNote]:
        message = "an unknown state or note"
        raise TableInvalid(message, where=where, got=",".join(cells))
    return City(
        code, title, state, states, _degrees(lat, where), _degrees(lon, where), CityNote(note)
    )


def _degrees(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) <= 180:
        message = "not a coordinate"
        raise TableInvalid(message, where=where, expected="degrees", got=repr(text))
    return value


@cache
def _read_cached(path: Path, _stamp: int) -> tuple[City, ...]:
    return read(path)
