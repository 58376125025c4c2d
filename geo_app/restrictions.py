"""What an issuer allows its own employees: rules as facts, in a closed vocabulary.

Owns the words of a rule and ``data/us-restrictions.csv``. A place, road or way of travel is a name
or one of our own words, never a sentence of the issuer. Does not own the sentences in which they
are told (``restriction_words``) or the reading of texts (the importer).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from geo_app.errors import BadRequest, TableInvalid
from geo_app.periods import parse_date
from geo_app.records import read_text
from geo_app.states import NATION_CODE, state_codes

FILE = "us-restrictions.csv"
"""Name of the list of rules inside ``data/``."""

COLUMNS = (
    "issuer",
    "issued",
    "state_code",
    "number",
    "who",
    "rule",
    "place",
    "road",
    "mode",
    "hours",
    "reason",
)

NONE_GIVEN = "none"
"""Word in place of a rule, with number 0, where the text was read and gives none."""

BETWEEN = "|"
"""Between several places, roads, ways or reasons of one rule."""


class Rule(StrEnum):
    """What a rule does."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    ONLY = "only"
    """Allowed in this place, on this road, in this way and at these hours only."""
    MUST = "must"


class Who(StrEnum):
    """Whom a rule binds."""

    EMPLOYEES = "us_government_employees"
    TRAVELERS = "travelers"


class Mode(StrEnum):
    """A way of travelling."""

    AIR = "air"
    SEA = "sea"
    LAND = "land"
    CAR = "car"
    FOOT = "foot"
    DISPATCHED = "dispatched_vehicle"
    """Called from a regulated stand."""
    TAXI = "taxi"
    STREET_TAXI = "street_taxi"
    BUS = "bus"
    RIDE_APP = "ride_app"
    ARMORED = "armored_vehicle"
    DIRECT = "direct"
    """By the most direct way, without a detour."""
    TRANSIT = "transit"
    STAY = "overnight_stay"
    STOP = "stop"
    OFFICIAL = "official_travel"
    AUTHORIZED = "prior_authorization"
    VIA_US = "via_us"
    """Through the United States."""


ALTERNATIVES = frozenset(
    {Mode.AIR, Mode.SEA, Mode.LAND, Mode.CAR, Mode.FOOT, Mode.DISPATCHED, Mode.TAXI}
    | {Mode.STREET_TAXI, Mode.BUS, Mode.RIDE_APP}
)
"""Ways of which one is taken; the others hold together."""


class Hours(StrEnum):
    """A time of day that has a name; others are written "07:00-18:00"."""

    DAYLIGHT = "daylight"
    AFTER_DARK = "after_dark"
    NIGHT_CURFEW = "night_curfew"
    """Hours that the text does not give."""
    ANY = "any_time"


WHOLE_PLACES = {
    "whole state": "whole_state",
    "rest of state": "rest_of_state",
    "part of state": "part_of_state",
    "east and south of state": "east_and_south_of_state",
    "between cities": "between_cities",
    "between border and interior": "between_border_and_interior",
    "factories": "factories",
}
"""Our own words that are a place by themselves, and the keys of their sentences."""

PLACE_FORMS = {
    "between": "between",
    "bounded by": "bounded_by",
    "west and south of": "west_and_south_of",
    "south and west of": "south_and_west_of",
    "south and east of": "south_and_east_of",
    "north of": "north_of",
    "south of": "south_of",
    "east of": "east_of",
    "part of": "part_of",
    "centre of": "centre_of",
    "tourist areas of": "tourist_areas_of",
    "limits of": "limits_of",
    "port of": "port_of",
    "airport of": "airport_of",
    "municipality of": "municipality_of",
    "municipalities of": "municipalities_of",
    "area of": "area_of",
}
"""Our own words before one or several names ("between A and B"), and the keys of their sentences.

A place without one of them is a bare name, that of a town where nothing else is said.
"""

ROAD_FORMS = {
    "US": "us",
    "state": "state",
    "port of entry": "port_of_entry",
}
"""Our own words before the number or name of a road or crossing."""

WHOLE_ROADS = {"other routes": "other_routes", "interior highways": "interior_highways"}
"""Our own words that are a road by themselves."""

_ROAD = re.compile(r"\d+[A-Z]?")
_CLOCK = re.compile(r"[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d")
_REASONS = frozenset({"crime", "kidnapping", "terrorism", "unrest"})


@dataclass(frozen=True, slots=True)
class Restriction:
    """One rule of one issue for one state."""

    number: int
    """1, 2… in the order of the text."""
    who: Who
    rule: Rule
    place: tuple[str, ...]
    """Names, with one of ``PLACE_FORMS`` before them, or ``WHOLE_PLACES``; empty = none named."""
    road: tuple[str, ...]
    """Numbers of highways, with one of ``ROAD_FORMS`` where they are no federal ones, names of
    streets or crossings, or ``WHOLE_ROADS``; empty = none named."""
    mode: tuple[Mode, ...]
    hours: str
    """A word of ``Hours`` or a span such as "07:00-18:00"; empty = none is given."""
    reason: tuple[str, ...]
    """Why, in the vocabulary of reasons; empty = the text does not say."""

    def cells(self) -> tuple[str, ...]:
        """Return number, who, rule and so on as stored."""
        several = (self.place, self.road, self.mode)
        return (
            str(self.number),
            self.who,
            self.rule,
            *(BETWEEN.join(items) for items in several),
            self.hours,
            BETWEEN.join(self.reason),
        )


def taken_apart(place: str) -> tuple[str, tuple[str, ...]]:
    """Return our own word of a place and the names after it.

    Returns
    -------
    form, names
        A key of ``PLACE_FORMS`` or ``WHOLE_PLACES``; empty = a bare name.

    Examples
    --------
    >>> taken_apart("between Nogales and Hermosillo"), taken_apart("Acapulco")
    (('between', ('Nogales', 'Hermosillo')), ('', ('Acapulco',)))
    """
    if place in WHOLE_PLACES:
        return place, ()
    for form in PLACE_FORMS:
        if place.startswith(f"{form} "):
            return form, tuple(place.removeprefix(f"{form} ").split(" and "))
    return "", (place,)


def is_road_number(text: str) -> bool:
    """Whether a road is a highway that is known by its number.

    Examples
    --------
    >>> is_road_number("45D"), is_road_number("Calle Sexta")
    (True, False)
    """
    return _ROAD.fullmatch(text) is not None


def restriction(cells: dict[str, str], where: str) -> Restriction:
    """Read one rule.

    Raises
    ------
    TableInvalid
        If a word is not in the vocabulary or the number is none.
    """
    try:
        return Restriction(
            number=int(cells["number"]),
            who=Who(cells["who"]),
            rule=Rule(cells["rule"]),
            place=_several(cells["place"]),
            road=_several(cells["road"]),
            mode=tuple(Mode(item) for item in _several(cells["mode"])),
            hours=_hours(cells["hours"]),
            reason=_known(_several(cells["reason"])),
        )
    except ValueError as error:
        message = f"a word of a rule that is not known ({error})"
        raise TableInvalid(message, where=where, got=",".join(cells.values())) from error


Issues = dict[tuple[date, str], tuple[Restriction, ...]]
"""The rules by issue and state code; an empty tuple = the text gives none, no key = not known."""


def read(path: Path) -> Issues:
    """Read and check the list of rules.

    Raises
    ------
    TableInvalid
        If the list has other columns, a word, date or number that is not a known one, or a rule
        that stands twice.
    """
    lines = list(csv.reader(read_text(path).splitlines()))
    if not lines or tuple(lines[0]) != COLUMNS:
        message = "wrong columns"
        raise TableInvalid(message, where=path.name, expected=",".join(COLUMNS))
    found: dict[tuple[date, str], list[Restriction]] = {}
    for number, cells in enumerate(lines[1:], 2):
        where = f"{path.name} line {number}"
        day, code, rule = _row(cells, where)
        earlier = found.setdefault((day, code), [])
        expected = len(earlier) + 1 if rule else 0
        if (rule.number if rule else 0) != expected or (not rule and earlier):
            message = "the rules of a state are not numbered 1, 2…"
            raise TableInvalid(message, where=where, fix="import the issue again")
        earlier += [rule] if rule else []
    return {key: tuple(rules) for key, rules in found.items()}


def to_csv(issuer: str, issued: date, states: Iterable[tuple[str, tuple[Restriction, ...]]]) -> str:
    """Return the rules of one issue as text, sorted by state and number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, rules in sorted(states):
        for rule in rules:
            writer.writerow([issuer, issued, code, *rule.cells()])
        if not rules:
            writer.writerow([issuer, issued, code, 0, Who.EMPLOYEES, NONE_GIVEN, *[""] * 5])
    return out.getvalue()


def _row(cells: list[str], where: str) -> tuple[date, str, Restriction | None]:
    if len(cells) != len(COLUMNS):
        message = "wrong number of cells"
        raise TableInvalid(message, where=where, expected=str(len(COLUMNS)), got=str(len(cells)))
    row = dict(zip(COLUMNS, cells, strict=True))
    if row["issuer"] != "us" or row["state_code"] not in (NATION_CODE, *state_codes()):
        message = "an unknown issuer or state"
        raise TableInvalid(message, where=where, got=",".join(cells))
    try:
        day = parse_date(row["issued"])
    except BadRequest as error:
        raise TableInvalid(error.cause, where=where) from error
    is_none = row["rule"] == NONE_GIVEN and row["number"] == "0"
    return day, row["state_code"], None if is_none else restriction(row, where)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(BETWEEN)) if text else ()


def _hours(text: str) -> str:
    return text if not text or _CLOCK.fullmatch(text) else Hours(text)


def _known(reasons: tuple[str, ...]) -> tuple[str, ...]:
    for item in reasons:
        if item not in _REASONS:
            raise ValueError(item)
    return reasons
