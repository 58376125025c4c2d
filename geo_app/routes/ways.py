"""A route: the states that it crosses, in order, each with what is advised there on a day.

Owns the joining of stops to the corridors, what is told where no corridor leads, and which advice
and rules stand beside which part of the way. A route is no navigation: its states are those of a
line through named towns, and its length is never told as that of a road. Nothing is recommended and
nothing is scored. Does not own the corridors (``corridors``), the ways over them (``graph``),
the advice (``advisories``) or the wording (``words``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise, product
from pathlib import Path

from geo_app import advisories, paths, shapes
from geo_app.advisories import Advice
from geo_app.errors import BadRequest
from geo_app.restrictions import Restriction
from geo_app.routes import graph as road_graph
from geo_app.routes import stops, straight_lines
from geo_app.routes.graph import MOST_WAYS, Leg, Net
from geo_app.routes.records import LegKind, Route, RouteLeg, Stretch
from geo_app.routes.rules import sorted_rules
from geo_app.routes.stops import Stop
from geo_app.states import NATION_CODE

ACCESS_KM = 30.0
"""A stop off the corridors is joined to the nearest corridor town within this straight distance."""

MOST_STOPS = 6
"""How many stops a route may have, both ends included."""


def check(codes: Sequence[str], day: date) -> Route:
    """Return the route with the shortest lines; see ``alternatives``."""
    return alternatives(codes, day)[0]


def alternatives(codes: Sequence[str], day: date) -> tuple[Route, ...]:
    """Return the routes between which a reader chooses, the one with the shortest lines first.

    Parameters
    ----------
    codes
        Codes of the stops in order: places or border crossings, two to ``MOST_STOPS``.
    day
        The day of which the advice is told.

    Returns
    -------
    tuple of Route
        At most ``road_graph.MOST_WAYS``, each with other roads or other states.

    Raises
    ------
    BadRequest
        If there are too few or too many stops, one is not known or lies in no state, two that
        follow each other are the same place, or the day is after the last reading of the advice.
    TableInvalid, ShapesInvalid, HashMismatch
        If a file is not right.
    """
    if not 2 <= len(codes) <= MOST_STOPS:
        message = "a route has a start, an end and a few stops between"
        raise BadRequest(message, expected=f"2 to {MOST_STOPS} stops", got=str(len(codes)))
    found = tuple(stops.stop(code) for code in codes)
    known = _known(day)
    net = road_graph.net()
    parts = [_choices(first, last, net) for first, last in pairwise(found)]
    ways = (sum(way, ()) for way in product(*parts))
    ordered = sorted(ways, key=_km)[:MOST_WAYS]
    return tuple(_route(found, legs, known) for legs in ordered)


def _choices(first: Stop, last: Stop, net: Net) -> tuple[tuple[RouteLeg, ...], ...]:
    """Return the ways between two stops that follow each other."""
    if first.place_code == last.place_code:
        message = "two stops that follow each other are the same place"
        raise BadRequest(message, got=first.name, fix="choose another place for one of the two")
    if not (net.has_land(first) and net.has_land(last)):
        return ((_line(LegKind.NO_ROAD, first, last),),)
    begin, end = (net.nearest(stop, ACCESS_KM) for stop in (first, last))
    if begin is None or end is None:
        return ((_line(LegKind.STRAIGHT, first, last),),)
    before = () if begin.place_code == first.place_code else (_access(first, begin),)
    after = () if end.place_code == last.place_code else (_access(end, last),)
    if begin == end:
        # Of two stops near one town the way between them need not lead through it.
        is_detour = bool(before and after)
        return ((_line(LegKind.STRAIGHT, first, last),) if is_detour else (*before, *after),)
    ways = net.ways(begin, end)
    found = tuple((*before, *map(_on_corridor, way), *after) for way in ways)
    return found or ((_line(LegKind.STRAIGHT, first, last),),)


def _on_corridor(leg: Leg) -> RouteLeg:
    line = leg.corridor
    return RouteLeg(
        LegKind.CORRIDOR, line.corridor_code, line.roads, leg.first, leg.last, leg.states
    )


def _access(first: Stop, last: Stop) -> RouteLeg:
    return _line(LegKind.ACCESS, first, last)


def _line(kind: LegKind, first: Stop, last: Stop) -> RouteLeg:
    """Return the straight line between two stops; the states of both are always in it."""
    inside = [item.state_code for item in straight_lines.pieces(first.point, last.point)]
    around = [first.state_code, *inside, last.state_code]
    states = tuple(code for n, code in enumerate(around) if n == 0 or around[n - 1] != code)
    return RouteLeg(kind, "", (), first, last, states)


def _km(legs: Sequence[RouteLeg]) -> float:
    return sum(straight_lines.length_km(leg.first.point, leg.last.point) for leg in legs)


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands beside the ways of one question."""

    day: date
    advised: Mapping[str, Advice]
    country_rules: tuple[Restriction, ...] | None
    municipalities: Mapping[str, str]


def _known(day: date) -> _Known:
    held, folder = advisories.history(), paths.shapes_dir()
    advised = {item.state_code: item for item in held.on(day)}
    issued = next(iter(advised.values())).issued
    rules = None if issued is None else held.restrictions.get((issued, NATION_CODE))
    return _Known(day, advised, rules, _municipality_names(folder, paths.stamp(folder)))


def _route(found: tuple[Stop, ...], legs: tuple[RouteLeg, ...], known: _Known) -> Route:
    return Route(
        day=known.day,
        stops=found,
        legs=legs,
        stretches=tuple(_stretch(part, found, known) for part in _parts(legs)),
        country_rules=known.country_rules,
        country_issued=next(iter(known.advised.values())).issued,
    )


@dataclass(slots=True)
class _Part:
    """A stretch while it grows."""

    state_code: str
    points: list[Stop]
    legs: list[RouteLeg]


def _parts(legs: Sequence[RouteLeg]) -> Iterator[_Part]:
    """Yield the parts of a way, a part for each entry into a state."""
    part = _Part(legs[0].states[0], [legs[0].first], [])
    for leg in legs:
        part.legs.append(leg)
        for code in leg.states[1:]:
            if code != part.state_code:
                yield part
                part = _Part(code, [], [leg])
        part.points.append(leg.last)
    yield part


def _stretch(part: _Part, found: Sequence[Stop], known: _Known) -> Stretch:
    advice = known.advised[part.state_code]
    roads = tuple(dict.fromkeys(road for leg in part.legs for road in leg.roads))
    rules = None
    if advice.restrictions is not None:
        ends = [point for leg in part.legs for point in (leg.first, leg.last)]
        spellings = {name for point in (*ends, *found) for name in point.spellings}
        around = {known.municipalities.get(point.municipality_code, "") for point in part.points}
        rules = sorted_rules(advice.restrictions, roads, spellings, around)
    return Stretch(
        state_code=part.state_code,
        towns=tuple(dict.fromkeys(point.name for point in part.points)),
        roads=roads,
        kinds=tuple(dict.fromkeys(leg.kind for leg in part.legs)),
        advice=advice,
        rules=rules,
    )


@cache
def _municipality_names(folder: Path, _stamp: int) -> dict[str, str]:
    return shapes.load_municipality_names(folder)
