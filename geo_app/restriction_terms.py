"""The closed vocabulary of a rule for an issuer's own employees.

Owns the words for what a rule does, whom it binds, where, on which road, in which way and when. A
place or road is a name or one of our own words, never a sentence of the issuer. Does not own the
rules (``restrictions``) or how they are said (``restriction_words``).
"""

from __future__ import annotations

import re
from enum import StrEnum


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
