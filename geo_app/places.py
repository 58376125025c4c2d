"""Towns and airports: what each is called, where it is, in which state and municipality.

Owns ``data/places.csv`` and the question in which of our shapes a point lies. A point in none of
them, such as one in the sea, is in no state: the nearest is never taken for it. Does not own the
shapes (``shapes``), nor which name of a place a reader may mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo_app import lists, paths, shapes
from geo_app.errors import TableInvalid
from geo_app.states import state_codes

if TYPE_CHECKING:
    import shapely

FILE = "places.csv"
"""Name of the list inside ``data/``."""

COLUMNS = (
    "place_code",
    "kind",
    "name",
    "iata",
    "latitude",
    "longitude",
    "population_count",
    "state_code",
    "municipality_code",
    "listed_by",
)


class PlaceKind(StrEnum):
    """What sort of place it is."""

    AIRPORT = "airport"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Place:
    """A town or an airport."""

    place_code: str
    """``geonames:`` and the number of a town, ``icao:`` and the code of an airport."""
    kind: PlaceKind
    name: str
    """Name as its list gives it, which may be English or Spanish."""
    iata: str
    """Three letters of an airport; empty where it has none, and for a town."""
    latitude: float
    """Degrees north (WGS 84)."""
    longitude: float
    """Degrees east (WGS 84), negative in Mexico."""
    population: int | None
    """Inhabitants as the list gives them, of no stated year; None where it gives none."""
    state_code: str
    """State in whose shape the point lies; empty where it lies in none."""
    municipality_code: str
    """Municipality in whose shape the point lies; empty where it lies in none."""
    listed_by: tuple[str, ...]
    """Lists that have it; the first gave name and point."""


def all_places() -> tuple[Place, ...]:
    """Return the places of the current data folder in the order of their codes.

    Raises
    ------
    TableInvalid
        If the list has other columns, an unknown state or kind, a repeated code or a bad point.
    HashMismatch
        If the list is not the one that was checked.
    """
    path = paths.verified(paths.data_dir(), FILE)
    return _read_cached(path, path.stat().st_mtime_ns)


def locate(points: Sequence[tuple[float, float]]) -> list[tuple[str, str]]:
    """Return the state and the municipality in whose shapes each point lies.

    Parameters
    ----------
    points
        Latitude and longitude in degrees (WGS 84).

    Returns
    -------
    list of tuple of str
        State code and municipality code; empty where a point lies in no shape, on a border
        between two, or in a municipality of another state than the shapes of states say.

    Raises
    ------
    ShapesInvalid, HashMismatch
        If the shapes are not right.
    """
    import shapely

    folder = paths.shapes_dir()
    spots = shapely.points([(longitude, latitude) for latitude, longitude in points])
    found = []
    for tree, codes in _areas(folder, paths.stamp(folder)):
        inside = dict(zip(*tree.query(spots, predicate="within").tolist(), strict=True))
        found.append([codes[inside[n]] if n in inside else "" for n in range(len(spots))])
    return [(state, town if town[:2] == state else "") for state, town in zip(*found, strict=True)]


def misplaced(places: Sequence[Place]) -> Iterator[str]:
    """Yield a line for each place whose state or municipality is not where its point lies.

    Raises
    ------
    ShapesInvalid, HashMismatch
        If the shapes are not right.
    """
    found = locate([(item.latitude, item.longitude) for item in places])
    for item, codes in zip(places, found, strict=True):
        if (item.state_code, item.municipality_code) != codes:
            listed = f"{item.state_code!r}, {item.municipality_code!r}"
            yield f"{FILE} {item.place_code}: listed in {listed}, its point lies in {codes}"


def read(path: Path) -> tuple[Place, ...]:
    """Read and check a list of places; see ``all_places`` for what is raised."""
    places = tuple(_place(where, cells) for where, cells in lists.read_rows(path, COLUMNS))
    codes = [item.place_code for item in places]
    lists.refuse_twice(codes, path.name, "a place stands twice", "import the places again")
    return places


def to_csv(places: Sequence[Place]) -> str:
    """Return the list as text, sorted by code, as ``read`` expects it."""
    rows = []
    for item in sorted(places, key=lambda item: item.place_code):
        point = (repr(item.latitude), repr(item.longitude))
        people = "" if item.population is None else str(item.population)
        area = (item.state_code, item.municipality_code)
        head = (item.place_code, item.kind, item.name, item.iata)
        rows.append([*head, *point, people, *area, "|".join(item.listed_by)])
    return lists.to_text(COLUMNS, rows)


def is_point(latitude: float, longitude: float) -> bool:
    """Say whether two numbers are degrees on the globe; NaN is none."""
    return abs(latitude) <= 90 and abs(longitude) <= 180


@cache
def _areas(folder: Path, _stamp: int) -> tuple[tuple[shapely.STRtree, tuple[str, ...]], ...]:
    """Return the shapes of the states and of the municipalities, each with its codes."""
    import shapely

    frames = (shapes.load_states(folder), shapes.load_municipalities(folder))
    return tuple(
        (shapely.STRtree(frame.geometry.to_numpy()), tuple(map(str, frame.index)))
        for frame in frames
    )


def _place(where: str, cells: list[str]) -> Place:
    code, kind, title, iata, latitude, longitude, people, state, town, listed_by = cells
    is_right = (
        code
        and title
        and kind in [*PlaceKind]
        and state in ("", *state_codes())
        and (not town or (state and town.startswith(state) and len(town) == 5))
        and (not iata or (len(iata) == 3 and kind == PlaceKind.AIRPORT))
    )
    if not is_right:
        message = "an unknown kind, state or municipality, or a place without a code or a name"
        raise TableInvalid(message, where=where, got=",".join(cells))
    point = _degrees(latitude, longitude, where)
    population = _people(people, where)
    return Place(
        code,
        PlaceKind(kind),
        title,
        iata,
        *point,
        population,
        state,
        town,
        tuple(listed_by.split("|")),
    )


def _degrees(latitude: str, longitude: str, where: str) -> tuple[float, float]:
    try:
        point = (float(latitude), float(longitude))
    except ValueError:
        point = (float("nan"), float("nan"))
    if not is_point(*point):
        message = "not a point"
        got = f"{latitude!r}, {longitude!r}"
        raise TableInvalid(message, where=where, expected="degrees north and east", got=got)
    return point


def _people(text: str, where: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text)):
        message = "not a number of inhabitants"
        raise TableInvalid(message, where=where, expected="above zero, or nothing", got=repr(text))
    return int(text)


@cache
def _read_cached(path: Path, _stamp: int) -> tuple[Place, ...]:
    return read(path)
