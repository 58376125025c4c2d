"""Names that travellers use and that the list of places lacks, and well-known names abroad.

Owns ``data/place-names.csv`` (resorts, areas, ruins, ports, short forms, and what each means) and
``data/places-abroad.csv`` (countries and cities that are mistaken for places in Mexico). A name's
state is never written here: it follows from the place or municipality that is meant. Does not own
the places (``places``) nor how a name is found (``search``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from geo_app import lists, paths
from geo_app.errors import TableInvalid
from geo_app.records import Bilingual
from geo_app.states import NATION_CODE

FILE = "place-names.csv"
"""Name of the list of our names inside ``data/``."""

COLUMNS = ("name_id", "kind", "name", "name_es", "other_names", "means")

ABROAD_FILE = "places-abroad.csv"
"""Name of the list of names abroad inside ``data/``."""

ABROAD_COLUMNS = ("name_id", "kind", "country", "name", "name_es", "other_names")


class Kind(StrEnum):
    """What sort of place a name is."""

    NATION = "nation"
    STATE = "state"
    MUNICIPALITY = "municipality"
    TOWN = "town"
    AIRPORT = "airport"
    POINT = "point"
    """Coordinates that were typed."""
    RESORT = "resort"
    AREA = "area"
    """A stretch of coast or country that may lie in several municipalities or states."""
    ISLAND = "island"
    RUINS = "ruins"
    CRUISE_PORT = "cruise_port"
    NATURE = "nature"
    """A canyon, lake, fall, mountain, bay or reserve."""
    QUARTER = "quarter"
    SHORT_NAME = "short_name"
    """Another name of one place or state; what is found is that place."""
    COUNTRY = "country"
    REGION_ABROAD = "region_abroad"
    CITY_ABROAD = "city_abroad"


OUR_KINDS = frozenset(
    {Kind.NATION, Kind.TOWN, Kind.RESORT, Kind.AREA, Kind.ISLAND, Kind.RUINS, Kind.CRUISE_PORT}
    | {Kind.NATURE, Kind.QUARTER, Kind.SHORT_NAME}
)
"""Kinds of the list of our names."""

ABROAD_KINDS = frozenset({Kind.COUNTRY, Kind.REGION_ABROAD, Kind.CITY_ABROAD})
"""Kinds of the list of names abroad."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MEANING = re.compile(r"geonames:\d+|icao:[A-Z]{4}|mun:\d{5}|state:\d{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of ours for something in Mexico."""

    name_id: str
    """Stable word for addresses, such as "punta-mita"."""
    kind: Kind
    name: Bilingual
    other_names: tuple[str, ...]
    """Further spellings, in either language."""
    means: tuple[str, ...]
    """Codes of what is meant: ``geonames:`` or ``icao:`` and a place of ``places``, ``mun:`` and a
    municipality, ``state:`` and a state ("00" the nation); several for what spans them."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means it, each once, the name first."""
        return tuple(dict.fromkeys((self.name.en, self.name.es, *self.other_names)))


@dataclass(frozen=True, slots=True)
class NameAbroad:
    """A country, a part of one, or a city that does not lie in Mexico."""

    name_id: str
    """Stable word for addresses, such as "san-diego"."""
    kind: Kind
    country: str
    """ISO 3166-1 code of two letters."""
    name: Bilingual
    other_names: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means it, each once, the name first."""
        return tuple(dict.fromkeys((self.name.en, self.name.es, *self.other_names)))


def all_names() -> tuple[PlaceName, ...]:
    """Return our names of the current data folder in the order of their ids.

    Raises
    ------
    TableInvalid
        If the list has other columns, an unknown kind, a malformed id or meaning, or an id twice.
    HashMismatch
        If the list is not the one that was checked.
    """
    path = paths.verified(paths.data_dir(), FILE)
    return _names_cached(path, path.stat().st_mtime_ns)


def all_abroad() -> tuple[NameAbroad, ...]:
    """Return the names abroad of the current data folder in the order of their ids.

    Raises
    ------
    TableInvalid
        If the list has other columns, an unknown kind, a malformed id or country, an id twice, or
        a country without a row that names it.
    HashMismatch
        If the list is not the one that was checked.
    """
    path = paths.verified(paths.data_dir(), ABROAD_FILE)
    return _abroad_cached(path, path.stat().st_mtime_ns)


def read(path: Path) -> tuple[PlaceName, ...]:
    """Read and check a list of our names; see ``all_names`` for what is raised."""
    names = tuple(_name(where, cells) for where, cells in lists.read_rows(path, COLUMNS))
    _refuse_disorder([item.name_id for item in names], path.name)
    return names


def read_abroad(path: Path) -> tuple[NameAbroad, ...]:
    """Read and check a list of names abroad; see ``all_abroad`` for what is raised."""
    names = tuple(_abroad(where, cells) for where, cells in lists.read_rows(path, ABROAD_COLUMNS))
    _refuse_disorder([item.name_id for item in names], path.name)
    named = {item.country for item in names if item.kind is Kind.COUNTRY}
    if unnamed := {item.country for item in names} - named:
        message = "a country without a row that names it"
        raise TableInvalid(message, where=path.name, got=min(unnamed), fix="add the country")
    return names


def unknown_meanings(names: Sequence[PlaceName], known: Collection[str]) -> Iterator[str]:
    """Yield a line for each name that means something that is not there.

    Parameters
    ----------
    names
        Names of ours.
    known
        Codes of every place, municipality and state, as they stand in ``PlaceName.means``.
    """
    for item in names:
        for code in item.means:
            if code not in known:
                yield f"{FILE} {item.name_id}: means {code!r}, which is not in the lists"


def _name(where: str, cells: list[str]) -> PlaceName:
    name_id, kind, name, spanish, others, meanings = cells
    means = tuple(meanings.split("|"))
    is_nation = means == (f"state:{NATION_CODE}",)
    is_right = (
        _is_head(name_id, name, kind, OUR_KINDS)
        and all(_MEANING.fullmatch(code) for code in means)
        and len(set(means)) == len(means)
        and is_nation == (kind == Kind.NATION)
    )
    if not is_right:
        raise _unreadable(where, "a malformed id or meaning", cells)
    both = Bilingual(name, spanish or name)
    return PlaceName(name_id, Kind(kind), both, _split(others), means)


def _abroad(where: str, cells: list[str]) -> NameAbroad:
    name_id, kind, country, name, spanish, others = cells
    if not (_is_head(name_id, name, kind, ABROAD_KINDS) and _COUNTRY.fullmatch(country)):
        raise _unreadable(where, "a malformed id or country", cells)
    return NameAbroad(
        name_id, Kind(kind), country, Bilingual(name, spanish or name), _split(others)
    )


def _is_head(name_id: str, name: str, kind: str, kinds: Collection[str]) -> bool:
    return bool(_ID.fullmatch(name_id) and name.strip()) and kind in kinds


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


def _unreadable(where: str, what: str, cells: list[str]) -> TableInvalid:
    message = f"an unknown kind, no name, or {what}"
    return TableInvalid(message, where=where, got=",".join(cells), fix="mend the row")


def _refuse_disorder(ids: list[str], name: str) -> None:
    if ids != sorted(set(ids)):
        message = "the ids are not in order, or one stands twice"
        raise TableInvalid(message, where=name, fix="sort the rows and give each an id of its own")


@cache
def _names_cached(path: Path, _stamp: int) -> tuple[PlaceName, ...]:
    return read(path)


@cache
def _abroad_cached(path: Path, _stamp: int) -> tuple[NameAbroad, ...]:
    return read_abroad(path)
