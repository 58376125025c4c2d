"""Which of a state's rules for employees of the US government speak of a way through it.

Owns the sorting of rules by what they name: a road, a town, the hours, the whole state or a part of
it. A rule may be in several groups and is lost from none. Whether a way lies in a part of a state
that a rule draws is not worked out: such rules are told as they are. Does not own the rules
(``restrictions``) or how they are said (``restriction_words``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from geo_app.restriction_terms import is_road_number, taken_apart
from geo_app.restrictions import Restriction
from geo_app.states import fold

WHOLE = frozenset({"whole state", "rest of state", "between cities", "between border and interior"})
"""Our words for a place that is the whole state, or all of it that is not named."""

PARTS = frozenset(
    {
        "part of state",
        "east and south of state",
        "bounded by",
        "west and south of",
        "south and west of",
        "south and east of",
        "north of",
        "south of",
        "east of",
    }
)
"""Our words for a part of a state with a border of its own."""

EVERYWHERE = "interior highways"
"""Our word for roads that is every road between cities."""

PORT = "port of entry "


@dataclass(frozen=True, slots=True)
class StateRules:
    """The rules of one state, sorted; a rule may stand in several groups."""

    road_rules: tuple[Restriction, ...]
    """They name a road of the way; 15 and 15D are taken for one road, the free and the toll one."""
    place_rules: tuple[Restriction, ...]
    """They name a town, an airport or a crossing of the way."""
    hour_rules: tuple[Restriction, ...]
    """They name hours."""
    state_rules: tuple[Restriction, ...]
    """They are for the whole state, the rest of it, or for no place in particular."""
    part_rules: tuple[Restriction, ...]
    """They are for a part of the state; whether the way lies in it is not worked out."""
    other_rules: tuple[Restriction, ...]
    """All others."""


def sorted_rules(
    rules: Sequence[Restriction],
    roads: Collection[str],
    towns: Iterable[str],
    municipalities: Iterable[str],
) -> StateRules:
    """Sort the rules of one state.

    Parameters
    ----------
    rules
        All rules of the state.
    roads
        Numbers of the roads of the way in the state.
    towns
        Every spelling of the towns, airports and crossings of the way.
    municipalities
        Names of the municipalities in which those in the state lie.
    """
    numbers = {_bare(road) for road in roads}
    spellings = {plain(name) for name in towns}
    around = {plain(name) for name in municipalities}
    groups = (
        tuple(rule for rule in rules if _names_road(rule, numbers)),
        tuple(rule for rule in rules if _names_place(rule, spellings, around)),
        tuple(rule for rule in rules if rule.hours),
        tuple(rule for rule in rules if _is_whole(rule)),
        tuple(rule for rule in rules if PARTS.intersection(_forms(rule))),
    )
    told = set(chain(*groups))
    return StateRules(*groups, tuple(rule for rule in rules if rule not in told))


def plain(name: str) -> str:
    """Return a name of a town without what only some texts add to it.

    Examples
    --------
    >>> plain("Ciudad Acuña"), plain("Mexico City"), plain("Heroica Guaymas")
    ('acuna', 'mexico', 'guaymas')
    """
    text = re.sub(r"^(heroica )?(ciudad (de )?)?", "", fold(name))
    return text.removesuffix(" city")


def _names_road(rule: Restriction, numbers: Collection[str]) -> bool:
    named = (name for place in rule.place for name in taken_apart(place)[1])
    found = {_bare(item) for item in (*rule.road, *named) if is_road_number(item)}
    return not found.isdisjoint(numbers)


def _names_place(rule: Restriction, spellings: set[str], around: set[str]) -> bool:
    for place in rule.place:
        form, names = taken_apart(place)
        known = around if form.startswith("municipalit") else spellings
        if known.intersection(map(plain, names)):
            return True
    ports = (road.removeprefix(PORT) for road in rule.road if road.startswith(PORT))
    ends = {plain(end) for port in ports for end in port.split("-")}
    return not ends.isdisjoint(spellings)


def _is_whole(rule: Restriction) -> bool:
    is_bare = not rule.place and not rule.road
    return is_bare or bool(WHOLE.intersection(_forms(rule))) or EVERYWHERE in rule.road


def _forms(rule: Restriction) -> set[str]:
    return {taken_apart(place)[0] for place in rule.place}


def _bare(road: str) -> str:
    return road.removesuffix("D")
