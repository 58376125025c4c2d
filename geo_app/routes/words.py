"""What a page says of a route, as plain sentences.

Owns which facts of a route stand together and in which order: what is known of the way, the states
on it, the highest level, and in each state the advice and the rules that speak of the way. Does not
own the route (``ways``), the wording (``locale``) or the layout (``ui``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo_app.restriction_words import SPANISH_NAMES, sentence
from geo_app.restrictions import Restriction
from geo_app.routes.records import LegKind, Route, RouteLeg, Stretch
from geo_app.routes.rules import StateRules
from geo_app.routes.stops import Stop
from geo_app.routes.ways import ACCESS_KM
from geo_app.sheet import Section, advice_section
from geo_app.states import state
from geo_app.text import Words


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules of one kind, as sentences."""

    title: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StretchBlock:
    """One state on the way."""

    state_code: str
    title: str
    """Number on the way and name of the state."""
    lines: tuple[str, ...]
    """Towns, roads and what is not known of the way here."""
    advice: Section
    """Level, since when, why; its own rules are left out, they stand in ``groups``."""
    groups: tuple[RuleGroup, ...]
    """Every rule of the state once, under the first title that fits it."""


@dataclass(frozen=True, slots=True)
class RouteText:
    """All that a page says of one route."""

    title: str
    """The roads, by which a reader chooses a way."""
    states: str
    """The states in order."""
    warnings: tuple[str, ...]
    """What is not known of the way; empty where all of it is on corridors."""
    worst: tuple[str, ...]
    """The highest level, each state with its status, and the states of no known level."""
    hours: str
    """In which states rules name hours."""
    blocks: tuple[StretchBlock, ...]
    country: RuleGroup
    """Rules for the whole country."""
    limits: tuple[str, ...]
    """What a route of ours is and is not."""


def route_text(route: Route, say: Words) -> RouteText:
    """Say one route.

    Parameters
    ----------
    route
        As ``routes.check`` or ``routes.alternatives`` returns it.
    say
        The words of a language.
    """
    return RouteText(
        title=title(route, say),
        states=say("route_states", {"states": _arrows(_state_names(route.states, say))}),
        warnings=tuple(dict.fromkeys(_warnings(route, say))),
        worst=_worst(route, say),
        hours=_hours(route, say),
        blocks=tuple(
            _block(number, item, say) for number, item in enumerate(route.stretches, start=1)
        ),
        country=_country(route, say),
        limits=tuple(
            say(key, {"km": say.number(ACCESS_KM)})
            for key in ("route_limit_line", "route_limit_near", "route_limit_choice")
        ),
    )


def title(route: Route, say: Words) -> str:
    """Name a way by its roads, in the order of travel."""
    groups = [_roads(roads, say) for roads in route.road_groups]
    if not groups:
        return say("route_title_no_road")
    key = "route_title_known" if route.is_known else "route_title_part"
    text = say(key, {"roads": _arrows(groups)})
    return text[:1].upper() + text[1:]


def stop_name(stop: Stop, say: Words) -> str:
    """Name a stop: the usual name, that of the capital in the reader's language."""
    english = {spanish: name for name, spanish in SPANISH_NAMES.items()}
    return english.get(stop.name, stop.name) if say.lang == "en" else stop.name


def _warnings(route: Route, say: Words) -> list[str]:
    found = [
        say("route_nearby", {"crossing": stop.name, "town": stop.spellings[0]})
        for stop in route.stops
        if stop.is_nearby
    ]
    return [*found, *(_leg_warning(leg, say) for leg in route.legs if not _is_known(leg))]


def _is_known(leg: RouteLeg) -> bool:
    return leg.kind is LegKind.CORRIDOR


def _leg_warning(leg: RouteLeg, say: Words) -> str:
    ends = {"first": stop_name(leg.first, say), "last": stop_name(leg.last, say)}
    states = _arrows(_state_names(leg.states, say))
    return say(f"route_{leg.kind}", {**ends, "states": states})


def _worst(route: Route, say: Words) -> tuple[str, ...]:
    lines = []
    if route.worst_level is not None:
        named = [
            say(
                "route_worst_state",
                {"state": _state_name(one.state_code, say), "status": say.status(one.status)},
            )
            for one in route.worst
        ]
        level = say(f"level_name_{route.worst_level}")
        facts = {"number": route.worst_level, "level": level, "date": say.date(route.day)}
        lines.append(say("route_worst", {**facts, "states": "; ".join(named)}))
    if route.unknown_states:
        names = ", ".join(_state_names(route.unknown_states, say))
        lines.append(say("route_worst_unknown", {"states": names}))
    return tuple(lines)


def _hours(route: Route, say: Words) -> str:
    """Say of which states rules name hours, of which that is not known, and of the country."""
    named = [item.state_code for item in route.stretches if item.rules and item.rules.hour_rules]
    unknown = [item.state_code for item in route.stretches if item.rules is None]
    lines = []
    if named:
        lines.append(say("route_hours", {"states": _once(named, say)}))
    if unknown:
        lines.append(say("route_hours_unknown", {"states": _once(unknown, say)}))
    if not lines:
        lines.append(say("route_hours_none"))
    if any(rule.hours for rule in route.country_rules or ()):
        lines.append(say("route_hours_country"))
    return " ".join(lines)


def _once(codes: Sequence[str], say: Words) -> str:
    return say.listed(_state_names(tuple(dict.fromkeys(codes)), say))


def _block(number: int, stretch: Stretch, say: Words) -> StretchBlock:
    name = _state_name(stretch.state_code, say)
    return StretchBlock(
        state_code=stretch.state_code,
        title=say("route_block", {"number": number, "state": name}),
        lines=tuple(_lines(stretch, say)),
        advice=replace(advice_section(stretch.advice, say), rules_title="", rules=()),
        groups=_groups(stretch.rules, say),
    )


def _lines(stretch: Stretch, say: Words) -> list[str]:
    key = "route_towns" if stretch.towns else "route_no_town"
    lines = [say(key, {"towns": _arrows(stretch.towns)})]
    if stretch.roads:
        lines.append(say("route_roads", {"roads": ", ".join(stretch.roads)}))
    if any(kind is not LegKind.CORRIDOR for kind in stretch.kinds):
        lines.append(say("route_part_unknown"))
    return lines


def _groups(rules: StateRules | None, say: Words) -> tuple[RuleGroup, ...]:
    if rules is None:
        return (RuleGroup(say("route_rules_unknown"), ()),)
    groups = (
        (say("route_rules_road"), rules.road_rules),
        (say("route_rules_place"), rules.place_rules),
        (say("route_rules_hour"), rules.hour_rules),
        (say("route_rules_state"), rules.state_rules),
        (say("route_rules_part"), rules.part_rules),
        (say("route_rules_other"), rules.other_rules),
    )
    told: set[Restriction] = set()
    found = []
    for heading, items in groups:
        new = [rule for rule in items if rule not in told]
        told.update(new)
        if new:
            found.append(RuleGroup(heading, tuple(sentence(rule, say) for rule in new)))
    return tuple(found) or (RuleGroup(say("route_rules_none"), ()),)


def _country(route: Route, say: Words) -> RuleGroup:
    if route.country_rules is None:
        return RuleGroup(say("route_country_unknown"), ())
    heading = say("route_country", {"date": say.date(route.country_issued)})
    return RuleGroup(heading, tuple(sentence(rule, say) for rule in route.country_rules))


def _roads(roads: Sequence[str], say: Words) -> str:
    key = "road_number" if len(roads) == 1 else "road_numbers"
    return say(key, {"numbers": "/".join(roads)})


def _state_names(codes: Sequence[str], say: Words) -> tuple[str, ...]:
    return tuple(_state_name(code, say) for code in codes)


def _state_name(code: str, say: Words) -> str:
    return state(code).name(say.lang)


def _arrows(names: Sequence[str]) -> str:
    return " → ".join(names)
