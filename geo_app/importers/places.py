"""Towns of GeoNames, airports of OurAirports and of airportsdata, as one list of places.

Each file is known by its columns, filtered to Mexico or not. State and municipality are those in
whose shapes the point lies: the first-level numbers of GeoNames are not INEGI's (four states
differ), and the states that the lists name are only compared with it. An airport of both lists is
one place with the name and the point of OurAirports. Does not own the cells (``place_lists``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from geo_app import places
from geo_app.errors import SourceInvalid
from geo_app.importers.place_lists import Found, PlaceList, kind_of, read_list
from geo_app.importers.reading import (
    Imported,
    Reading,
    Reference,
    no_rows,
    open_raw,
    release_of,
)
from geo_app.places import Place, PlaceKind

SLUG = "places"

FAR_DEGREES = 0.05
"""Some 5 km: farther apart, two lists do not tell of one airport."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the three lists of places.

    Parameters
    ----------
    files
        One list each of GeoNames, OurAirports and airportsdata, in any order.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One without rows: the list ``places.csv``. A place whose point lies in no shape, such as
        one in the sea, has no state; how many these are is reported.

    Raises
    ------
    SourceInvalid
        If a list is missing, given twice or none of these, a row is cut or repeats, or holds no
        point, an unreadable number, or a code or name that is none.
    """
    raws = [open_raw(path) for path in files]
    lists: dict[PlaceList, list[Found]] = {}
    repairs: list[str] = []
    for raw in raws:
        kind = kind_of(raw)
        if kind in lists:
            message = "two files hold the same list"
            raise SourceInvalid(message, where=raw.name, got=kind)
        lists[kind], notes = read_list(raw, kind)
        repairs += notes
    absent = [kind for kind in PlaceList if kind not in lists]
    if absent:
        message = "a list of places is missing"
        fix = "give all three in one import: the list is written as a whole"
        raise SourceInvalid(message, where=raws[0].name, expected=absent[0], fix=fix)
    found, notes = _merged(lists)
    placed = _placed(found)
    repairs += [*notes, *_doubts(found, placed)]
    release = release_of(f"Places read {reading.checked}", raws, reading)
    list_ = Reference(places.FILE, places.to_csv(placed))
    return [Imported(SLUG, "state_code", no_rows(), release, "utf-8", tuple(repairs), (list_,))]


def _merged(lists: Mapping[PlaceList, list[Found]]) -> tuple[list[Found], list[str]]:
    """Return towns and airports, those of both lists once, and what was met on the way."""
    second = {item.code: item for item in lists[PlaceList.AIRPORTSDATA]}
    found = list(lists[PlaceList.GEONAMES])
    both = 0
    for item in lists[PlaceList.OURAIRPORTS]:
        other = second.pop(item.code, None)
        if other is None:
            found.append(item)
            continue
        both += 1
        found.append(_joined(item, other))
    notes = [f"{both} airports of both lists are one each, {len(second)} are in airportsdata alone"]
    return [*found, *second.values()], notes


def _joined(item: Found, other: Found) -> Found:
    apart = max(abs(item.latitude - other.latitude), abs(item.longitude - other.longitude))
    if apart > FAR_DEGREES or (item.iata and other.iata and item.iata != other.iata):
        message = "two lists tell of different airports under one code"
        got = f"{item.iata} {item.latitude}, {item.longitude} and {other.iata} {other.latitude}, "
        raise SourceInvalid(
            message, where=other.where, expected="one place", got=f"{got}{other.longitude}"
        )
    return Found(
        code=item.code,
        kind=item.kind,
        name=item.name,
        iata=item.iata or other.iata,
        latitude=item.latitude,
        longitude=item.longitude,
        population=None,
        named_state=item.named_state,
        listed_by=(*item.listed_by, *other.listed_by),
        where=item.where,
    )


def _placed(found: Sequence[Found]) -> list[Place]:
    codes = places.locate([(item.latitude, item.longitude) for item in found])
    return [
        Place(
            item.code,
            item.kind,
            item.name,
            item.iata,
            item.latitude,
            item.longitude,
            item.population,
            *code,
            item.listed_by,
        )
        for item, code in zip(found, codes, strict=True)
    ]


def _doubts(found: Sequence[Found], placed: Sequence[Place]) -> list[str]:
    """Say what lies nowhere, and where a list names another state than the point."""
    stateless = [item.place_code for item in placed if not item.state_code]
    townless = sum(bool(item.state_code and not item.municipality_code) for item in placed)
    kinds = {kind: sum(item.kind is kind for item in placed) for kind in PlaceKind}
    differs = sum(
        bool(item.named_state and place.state_code and item.named_state != place.state_code)
        for item, place in zip(found, placed, strict=True)
    )
    nowhere = f" ({', '.join(stateless[:5])})" if stateless else ""
    return [
        f"{kinds[PlaceKind.TOWN]:,} towns and {kinds[PlaceKind.AIRPORT]} airports",
        f"{len(stateless)} points in no state{nowhere} and {townless} in no municipality kept so",
        f"{differs} places whose list names another state: the point decides",
    ]
