"""The rules for an issuer's own employees as plain sentences, in both languages.

Owns how a rule becomes one short sentence of ours: what is allowed or not, where, on which road, in
which way and when. Does not own the rules (``restrictions``) or the wording (``locale``).
"""

from __future__ import annotations

from collections.abc import Sequence

from geo_app.restriction_terms import (
    ALTERNATIVES,
    PLACE_FORMS,
    ROAD_FORMS,
    WHOLE_PLACES,
    WHOLE_ROADS,
    Hours,
    Mode,
    Who,
    is_road_number,
    taken_apart,
)
from geo_app.restrictions import Restriction
from geo_app.text import Words

SPANISH_NAMES = {
    "Chihuahua City": "ciudad de Chihuahua",
    "Copper Canyon": "las Barrancas del Cobre",
    "Guanajuato City": "ciudad de Guanajuato",
    "Mexicali Valley": "la zona del valle de Mexicali",
    "Mexico City": "Ciudad de México",
    "Monarch Butterfly Reserve": "la Reserva de la Mariposa Monarca",
    "Oaxaca City": "ciudad de Oaxaca",
    "Port Chiapas": "Puerto Chiapas",
    "Zacatecas City": "ciudad de Zacatecas",
    "Abraham González International Airport": "el Aeropuerto Internacional Abraham González",
}
"""Names of places that are other ones in Spanish."""


def sentence(rule: Restriction, say: Words) -> str:
    """Say one rule.

    Examples
    --------
    >>> from geo_app.restriction_terms import Mode, Rule, Who
    >>> from geo_app.restrictions import Restriction
    >>> from geo_app.text import words
    >>> air_or_sea = (Mode.AIR, Mode.SEA)
    >>> found = Restriction(1, Who.EMPLOYEES, Rule.ONLY, ("Mazatlán",), (), air_or_sea, "", ())
    >>> sentence(found, words("en")), sentence(found, words("es"))
    ('Allowed only: Mazatlán; by air or by sea.', 'Permitido solo: Mazatlán; por aire o por mar.')
    """
    parts = [
        _places(rule.place, say),
        _roads(rule.road, say),
        _modes(rule.mode, say),
        _hours(rule.hours, say),
        _reasons(rule.reason, say),
        say("rule_who_travelers") if rule.who is Who.TRAVELERS else "",
    ]
    return say(f"rule_{rule.rule}", {"what": "; ".join(filter(None, parts))})


def _places(places: Sequence[str], say: Words) -> str:
    """Name the places; bare names after one of our own words are told as a part of it."""
    if not places:
        return ""
    told = [_place(item, say) for item in places]
    forms = [taken_apart(item)[0] for item in places]
    if len(places) > 1 and forms[0] and not any(forms[1:]):
        return say("place_with", {"whole": told[0], "parts": say.listed(told[1:])})
    return ", ".join(told)


def _place(item: str, say: Words) -> str:
    form, names = taken_apart(item)
    if form in WHOLE_PLACES:
        return say(f"place_{WHOLE_PLACES[form]}")
    told = [_name(name, say) for name in names]
    if form:
        return say(f"place_{PLACE_FORMS[form]}", {"names": say.listed(told)})
    return told[0]


def _name(name: str, say: Words) -> str:
    if is_road_number(name) or name.startswith("state "):
        return _roads((name,), say)
    return SPANISH_NAMES.get(name, name) if say.lang == "es" else name


def _roads(roads: Sequence[str], say: Words) -> str:
    """Name the roads; several federal ones have the word before them once."""
    numbers = [road for road in roads if is_road_number(road)]
    told = [_road(road, say) for road in roads if not is_road_number(road)]
    if numbers:
        key = "road_number" if len(numbers) == 1 else "road_numbers"
        told.insert(0, say(key, {"numbers": say.listed(numbers)}))
    return ", ".join(told)


def _road(road: str, say: Words) -> str:
    if road in WHOLE_ROADS:
        return say(f"road_{WHOLE_ROADS[road]}")
    for form, key in ROAD_FORMS.items():
        if road.startswith(f"{form} "):
            return say(f"road_{key}", {"name": road.removeprefix(f"{form} ")})
    return road


def _modes(modes: Sequence[Mode], say: Words) -> str:
    told = [say(f"mode_{mode}") for mode in modes]
    is_choice = all(mode in ALTERNATIVES for mode in modes)
    return say.listed(told, "or") if is_choice else ", ".join(told)


def _hours(hours: str, say: Words) -> str:
    if not hours:
        return ""
    if hours in tuple(Hours):
        return say(f"hours_{hours}")
    first, last = hours.split("-")
    return say("hours_span", {"first": first, "last": last})


def _reasons(reasons: Sequence[str], say: Words) -> str:
    if not reasons:
        return ""
    return say("rule_reason", {"reasons": say.listed([say(f"reason_{r}") for r in reasons])})
