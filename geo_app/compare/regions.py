"""Groups of states that can be compared as one: named ones, those of a US level, a reader's own.

Owns ``data/regions.csv`` and the codes of regions in a link. Does not own how the figures of a
region are made (``compare.sums``) or its name in words (``compare.words``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from geo_app import advisories, cities, lists, paths
from geo_app.advisories import Advice
from geo_app.errors import AtlasError, BadRequest, TableInvalid
from geo_app.periods import parse_date
from geo_app.records import Bilingual
from geo_app.states import state_codes

FILE = "regions.csv"
"""Name of the list inside ``data/``."""

COLUMNS = ("region_code", "name_en", "name_es", "state_codes", "definition_en", "definition_es")

CITY = "city:"
"""Before the code of a city: the survey's keys look like codes of states."""

BORDER = "border"
"""Code of the region that the page opens with."""

_NAMED = re.compile(r"[a-z]{2,20}", re.ASCII)
_LEVEL = re.compile(r"level-(?P<level>[1-4])@(?P<day>\d{4}-\d\d-\d\d)", re.ASCII)
_SUM = re.compile(r"sum:(?P<codes>\d\d(?:\.\d\d){0,31})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Region:
    """A group of states."""

    code: str
    """As it stands in a link."""
    members: tuple[str, ...]
    """Codes of its states, sorted; empty where no state had the level on the day."""
    name: Bilingual | None = None
    """Of a named region; None of others, which are named by what they are made of."""
    definition: Bilingual | None = None
    """Of a named region: how anyone can tell which states belong to it."""
    level: int | None = None
    """US level that all its states had on ``day``; None of other regions."""
    day: date | None = None
    """None where the region is not one of a level."""
    advice: tuple[Advice, ...] = ()
    """What was known on that day of each member, in their order."""


def named() -> tuple[Region, ...]:
    """Return the named regions of the current data folder, in the order of their codes.

    Raises
    ------
    TableInvalid
        If the list has other columns, an empty cell, an unknown state, a code that is none or
        stands twice, or is not sorted.
    HashMismatch
        If the list is not the one that was checked.
    """
    path = paths.verified(paths.data_dir(), FILE)
    return _read_cached(path, path.stat().st_mtime_ns)


def read(path: Path) -> tuple[Region, ...]:
    """Read and check a list of regions; see ``named`` for what is raised."""
    found = tuple(_named(where, cells) for where, cells in lists.read_rows(path, COLUMNS))
    lists.refuse_unsorted([item.code for item in found], path.name, "a region")
    return found


def region(code: str, known_on: str | None = None) -> Region:
    """Return the region of a code.

    Parameters
    ----------
    code
        Code of a named region; ``level-4@2022-08-17`` for the states that had a US level on a
        day; ``sum:02.08.26`` for states of the reader's own choice.
    known_on
        ISO date: of a later day no level was known then, so no state had one.

    Raises
    ------
    BadRequest
        If there is no such region, or the day lies after the one on which advice was last read.

    Examples
    --------
    >>> region("border").members
    ('02', '05', '08', '19', '26', '28')
    """
    of_level, own = _LEVEL.fullmatch(code), _SUM.fullmatch(code)
    if of_level:
        return _of_level(code, int(of_level["level"]), parse_date(of_level["day"]), known_on)
    if own:
        return _own(code, own["codes"].split("."))
    for item in named():
        if item.code == code:
            return item
    message = "no such region"
    forms = "level-4@2022-08-17, sum:02.08.26"
    expected = f"{', '.join(item.code for item in named())}, {forms}"
    raise BadRequest(message, expected=expected, got=repr(code))


def is_area(code: str) -> bool:
    """Whether a code names a state, a city of the survey or a region; any text may be asked."""
    if code.startswith(CITY):
        return code.removeprefix(CITY) in {item.city_code for item in cities.all_cities()}
    if code in state_codes():
        return True
    try:
        return bool(region(code).code)
    except AtlasError:
        return False


def sum_code(codes: Sequence[str]) -> str:
    """Return the code of states taken as one region.

    Examples
    --------
    >>> sum_code(["26", "02"])
    'sum:02.26'
    """
    return f"sum:{'.'.join(sorted(set(codes)))}"


def level_code(level: int, day: date) -> str:
    """Return the code of the states that had a US level on a day."""
    return f"level-{level}@{day.isoformat()}"


def _own(code: str, codes: list[str]) -> Region:
    if codes != sorted(set(codes)) or not set(codes) <= set(state_codes()):
        message = "a region of one's own is made of states, each once and in their order"
        raise BadRequest(message, expected="a code such as sum:02.08.26", got=repr(code))
    return Region(code, tuple(codes))


def _of_level(code: str, level: int, day: date, known_on: str | None) -> Region:
    advice = advisories.history().on(day)
    is_known = known_on is None or day.isoformat() <= known_on
    mine = tuple(item for item in advice if item.level == level and is_known)
    members = tuple(item.state_code for item in mine)
    return Region(code, members, level=level, day=day, advice=mine)


def _named(where: str, cells: list[str]) -> Region:
    code, name_en, name_es, listed, told_en, told_es = cells
    states = tuple(listed.split("|"))
    is_known = set(states) <= set(state_codes()) and list(states) == sorted(set(states))
    if not all(cells) or not _NAMED.fullmatch(code) or not is_known:
        message = "an empty cell, a code that is none, or states that are unknown or not sorted"
        raise TableInvalid(message, where=where, got=",".join(cells))
    return Region(code, states, Bilingual(name_en, name_es), Bilingual(told_en, told_es))


@cache
def _read_cached(path: Path, _stamp: int) -> tuple[Region, ...]:
    return read(path)
