"""The lists of towns and airports, row by row: GeoNames, OurAirports, airportsdata.

Owns which list a file is, by its columns, and what is refused of a row. Rows of other countries
and airports that are none for travellers (fields, heliports, closed ones) are left out and counted.
A population of 0 is GeoNames' word for one that it does not know. Does not own where a point lies
(``geo_app.places``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo_app.errors import SourceInvalid, UnknownState
from geo_app.importers.cells import whole_number
from geo_app.importers.delimited import csv_lines, csv_table
from geo_app.importers.reading import RawFile
from geo_app.places import PlaceKind, is_point
from geo_app.states import code_of

COUNTRY = "MX"

GEONAMES_STATES = {"05": "07", "06": "08", "07": "05", "08": "06"}
"""INEGI's codes of the four states whose first-level number in GeoNames is another one."""

AIRPORT_TYPES = frozenset({"large_airport", "medium_airport"})
"""Types of OurAirports that are kept."""

_IATA = re.compile(r"[A-Z0-9]{3}")
_ICAO = re.compile(r"[A-Z0-9-]{3,8}")


class PlaceList(StrEnum):
    """A list of places."""

    GEONAMES = "geonames"
    OURAIRPORTS = "ourairports"
    AIRPORTSDATA = "airportsdata"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a list are called."""

    code: str
    name: str
    latitude: str
    longitude: str
    country: str
    state: str
    iata: str = ""
    population: str = ""
    type: str = ""

    def names(self) -> list[str]:
        """Return those that the list has."""
        every = (self.code, self.name, self.latitude, self.longitude, self.country, self.state)
        return [*every, *filter(None, (self.iata, self.population, self.type))]


COLUMNS = {
    PlaceList.GEONAMES: Columns(
        "geonameid",
        "name",
        "latitude",
        "longitude",
        "countrycode",
        "admin1code",
        population="population",
    ),
    PlaceList.OURAIRPORTS: Columns(
        "ident",
        "name",
        "latitude_deg",
        "longitude_deg",
        "iso_country",
        "iso_region",
        iata="iata_code",
        type="type",
    ),
    PlaceList.AIRPORTSDATA: Columns("icao", "name", "lat", "lon", "country", "subd", iata="iata"),
}
"""Columns by which a file is known, and that are read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place as its list gives it."""

    code: str
    kind: PlaceKind
    name: str
    iata: str
    latitude: float
    longitude: float
    population: int | None
    named_state: str
    """Code of the state that the list names; empty where it names none that is known."""
    listed_by: tuple[str, ...]
    where: str
    """File and line."""


def kind_of(raw: RawFile) -> PlaceList:
    """Say which list a file is, by its header.

    Raises
    ------
    SourceInvalid
        If it is none of them.
    """
    lines, _ = csv_lines(raw, ("utf-8",))
    header = {cell.strip() for cell in lines[0][1]}
    for kind, columns in COLUMNS.items():
        if header >= {*columns.names()}:
            return kind
    message = "none of the lists of places"
    expected = " or ".join(",".join(columns.names()) for columns in COLUMNS.values())
    raise SourceInvalid(message, where=raw.name, expected=expected, got=",".join(sorted(header)))


def read_list(raw: RawFile, kind: PlaceList) -> tuple[list[Found], list[str]]:
    """Read the places of a list that are in Mexico.

    Returns
    -------
    found, notes
        The places, and what was left out or is not known, in words.

    Raises
    ------
    SourceInvalid
        If a row is cut, a place repeats or has no name, no code or no point, or none is in Mexico.
    """
    columns = COLUMNS[kind]
    table = csv_table(raw, columns.names())
    found: list[Found] = []
    left_out: Counter[str] = Counter()
    for line, cells in zip(table.index, table.itertuples(index=False, name=None), strict=True):
        row = dict(zip(table.columns, cells, strict=True))
        why = _left_out(row, columns)
        if why:
            left_out[why] += 1
        else:
            found.append(_found(row, columns, kind, f"{raw.name} line {line}"))
    codes = Counter(item.code for item in found)
    twice = [code for code, count in codes.items() if count > 1]
    if twice or not found:
        message = "a place stands twice" if twice else "no place in Mexico"
        raise SourceInvalid(message, where=raw.name, got=twice[0] if twice else None)
    notes = [f"{count:,} rows of {kind} {why} left out" for why, count in left_out.items()]
    unknown = sum(item.population is None for item in found if item.kind is PlaceKind.TOWN)
    if unknown:
        notes.append(f"{unknown} towns with a population of 0: not known")
    return found, notes


def _left_out(row: Mapping[str, str], columns: Columns) -> str:
    if row[columns.country] != COUNTRY:
        return "in other countries"
    is_other = bool(columns.type) and row[columns.type] not in AIRPORT_TYPES
    return "of other types" if is_other else ""


def _found(row: Mapping[str, str], columns: Columns, kind: PlaceList, where: str) -> Found:
    is_town = kind is PlaceList.GEONAMES
    code, name, iata = row[columns.code], row[columns.name], row.get(columns.iata, "")
    pattern = re.compile(r"\d{1,10}", re.ASCII) if is_town else _ICAO
    if not pattern.fullmatch(code) or not name or (iata and not _IATA.fullmatch(iata)):
        message = "a place without a code or a name, or with another kind of code"
        raise SourceInvalid(message, where=where, got=f"{code!r}, {name!r}, {iata!r}")
    latitude, longitude = _point(row[columns.latitude], row[columns.longitude], where)
    people = whole_number(row[columns.population], where) if is_town else 0
    return Found(
        code=f"{'geonames' if is_town else 'icao'}:{code}",
        kind=PlaceKind.TOWN if is_town else PlaceKind.AIRPORT,
        name=name,
        iata=iata,
        latitude=latitude,
        longitude=longitude,
        population=people or None,
        named_state=_named_state(row[columns.state], is_town=is_town),
        listed_by=(str(kind),),
        where=where,
    )


def _point(latitude: str, longitude: str, where: str) -> tuple[float, float]:
    try:
        point = (float(latitude), float(longitude))
    except ValueError:
        point = (float("nan"), float("nan"))
    if not is_point(*point):
        message = "not a point"
        got = f"{latitude!r}, {longitude!r}"
        raise SourceInvalid(message, where=where, expected="degrees north and east", got=got)
    return point


def _named_state(text: str, *, is_town: bool) -> str:
    """Return the state that a list names; what it calls otherwise only lacks the comparison."""
    if is_town:
        return GEONAMES_STATES.get(text, text)
    try:
        return code_of(text)
    except UnknownState:
        return ""
