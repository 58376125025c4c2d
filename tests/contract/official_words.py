"""Our words for rules, and how the official texts say them.

Owns the patterns of the wording of two issues, and what counts as a name in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geo_app.restriction_terms import Hours, Mode, Rule, Who, is_road_number, taken_apart
from geo_app.restrictions import Restriction
from geo_app.states import fold

FOUND_AS = {
    # our word: what their text has, folded, where it is not the word itself
    "rest of state": r"(other|additional) (\w+ )?(areas|parts|restrictions|travel restrictions)",
    "whole state": r"any area|there are no (specific )?(travel )?restrictions",
    "part of state": "certain areas",
    "east and south of state": "eastern and southern sonora",
    "between cities": "between( mexican border)? cities",
    "between border and interior": "border.*interior",
    "factories": "factories",
    "part of": r"bound\w+|within|limited radius|corridor|triangular|mexicali valley|neighborhoods",
    "bounded by": "bound|triangular|south of federal highway 16 and east of",
    "centre of": "cent(er|re)",
    "tourist areas of": "tourist",
    "limits of": "limits?|proper|boundar",
    "port of": "port|sea terminal",
    "airport of": "airport",
    "municipality of": "municipality",
    "municipalities of": "municipalities",
    "area of": "area",
    "between": "between|from",
    "west and south of": "west (and|or) south",
    "other routes": "any other route|away from that route",
    "interior highways": "interior mexican highways",
    "Chihuahua City": "city of chihuahua|chihuahua city",
    "Nuevo Casas Grandes": "nuevo casas grandes",
    "air": r"by air",
    "sea": r"or sea",
    "land": r"by land|overland",
    "car": "drive",
    "foot": "on foot",
    "dispatched_vehicle": "dispatched vehicles",
    "taxi": "taxi services",
    "street_taxi": "(hail|wave down) taxis",
    "bus": "public buses",
    "ride_app": "ride share applications|app based services",
    "armored_vehicle": "armored vehicle",
    "direct": "direct",
    "transit": "transit",
    "overnight_stay": "overnight",
    "stop": "stops permitted",
    "official_travel": "official (business|travel)",
    "prior_authorization": "prior authorization",
    "via_us": r"united states|via the u s|u s side|u s ports? of entry",
    "daylight": "daylight|daytime",
    "after_dark": "after dark",
    "night_curfew": "overnight curfew",
    "any_time": "at any time",
    "00:00-06:00": "midnight to 6",
    "07:00-18:00": "between 7am and 6pm",
    "crime": "violen|crime",
    "unvetted_rides": "secure vetting",
    "port of entry DeConcini": "deconcicini port of entry",
    "kidnapping": "kidnapping",
    "travelers": "travelers",
    "us_government_employees": "u s government|employees",
}


def facts(rule: Restriction) -> Iterator[str]:
    """Yield every word and name of a rule."""
    for place in rule.place:
        form, names = taken_apart(place)
        yield from filter(None, (form, *names))
    yield from rule.road
    yield from map(str, (*rule.mode, *filter(None, (rule.hours,)), *rule.reason, rule.who))


@cache
def is_found(fact: str, text: str) -> bool:
    """Whether a folded text has a word or name of a rule."""
    if fact in FOUND_AS:
        return re.search(FOUND_AS[fact], text) is not None
    name = fold(fact.removeprefix("port of entry ").removeprefix("US ").removeprefix("state "))
    end = r"\b" if is_road_number(name.upper()) else ""
    return re.search(rf"\b{name}{end}", text) is not None


SAID_AS = {
    Mode.AIR: r"\bby air\b",
    Mode.SEA: r"\bor sea\b(?! terminal)",
    Mode.LAND: r"\bby land\b|\boverland\b",
    Mode.CAR: r"\bdrive\b",
    Mode.FOOT: r"\bon foot\b",
    Mode.DISPATCHED: r"dispatched vehicles",
    Mode.TAXI: r"taxi services",
    Mode.STREET_TAXI: r"(hail|wave down) taxis",
    Mode.BUS: r"public buses(?!.*private)",
    Mode.RIDE_APP: r"ride share applications|app based services",
    Mode.ARMORED: r"armored vehicle",
    Mode.DIRECT: r"\bdirect (travel|routes?)|\bdirectly (from|to|between)|most direct",
    Mode.TRANSIT: r"\bto transit\b",
    Mode.STAY: r"\bovernight (?!curfew)|stay overnight",
    Mode.STOP: r"stops permitted",
    Mode.OFFICIAL: r"official (business|travel)",
    Mode.AUTHORIZED: r"prior authorization",
    Mode.VIA_US: r"(via|through|from) the united states|via the u s only|u s side|nearest u s port",
    Hours.DAYLIGHT: r"daylight|daytime",
    Hours.AFTER_DARK: r"after dark",
    Hours.NIGHT_CURFEW: r"overnight curfew",
    Hours.ANY: r"at any time",
    "00:00-06:00": r"midnight to 6",
    "07:00-18:00": r"7am and 6pm",
    Who.TRAVELERS: r"^travelers may",
    "unvetted_rides": r"secure vetting",
    "kidnapping": r"danger of kidnapping",
    "crime": r"danger of .*crimes|possibility of violence",
    "security_risks": r"^due to security risks",
}
"""Ways, hours, reasons and whom a rule binds."""
FORMS = {
    "airport of": r"\bairport\b",
    "port of": r"\bport areas?\b|sea terminal|and the port\b",
    "centre of": r"(town|city) center",
    "tourist areas of": r"tourist (and|areas include)",
    "limits of": r"city limits?\b|city proper",
    "other routes": r"any other route|away from that route",
    "interior highways": r"interior mexican highways",
}
DOES = {
    Rule.NOT_ALLOWED: r"may not|cannot|not (allowed|permitted)|prohibited|should avoid the|curfew"
    r"|no overnight|are restricted",
    Rule.ONLY: r"\bonly (?!travel restrictions)|\bonly$|limited (to|radius)|restricted to"
    r"|must remain within",
    Rule.MUST: r"\bmust\b(?! (remain|adhere|follow))|\brequired\b",
    Rule.ALLOWED: r"\bmay (also )?(travel|use|stay)|permitted|permissible|\bno\b.*restrictions"
    r"|not restricted|except",
}
_ROADS = re.compile(
    r"(?:highways?|routes?|toll road|federal highways?)"
    r"((?: (?:and|or|to)? ?\d+d?\b)+(?: and \d+d?\b)*)"
)
_WORD = re.compile(r"(?<!\w)[A-Z\u00c0-\u00dd][\w]*")
_NO_NAMES = """
    a access additional advisory airport airports all also an and any are area areas arizona as
    avenue be border boulevard boundary bulevar by cabify california cannot city control
    corridor country de direct due e east eastern employees entry even exercise federal from
    government gulf highway highways if immigration in including international is isthmus its km
    limits may mexican mexico military municipalities municipality must new no nor north
    northeast northern northwest ocean of official only other others overland overlook overnight
    pacific police port ports primary region road route s should south southeast southeastern
    southern southwest state states station stations street summary texas that the there these
    they this to toll town towns travel travelers traveling triangular u uber united us use via
    west western within
"""
"""Words with a capital that name no place of Mexico."""
_MISSPELT = {
    "franciso": "francisco",
    "hildago": "hidalgo",
    "guatemalan": "guatemala",
    "deconcicini": "deconcini",
}


def names_in(text: str) -> frozenset[str]:
    """Return the words of a text that are names, folded."""
    found = {word for item in _WORD.findall(text) for word in fold(item).split()}
    return frozenset(_MISSPELT.get(word, word) for word in found) - frozenset(_NO_NAMES.split())


def roads_in(text: str) -> frozenset[str]:
    """Return the numbers of the highways that a folded text names."""
    return frozenset(n for run in _ROADS.findall(text) for n in re.findall(r"\d+d?", run))
