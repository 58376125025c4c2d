"""A way over the small map of the states: the states on it by level, the line through its towns."""

from __future__ import annotations

from itertools import groupby

from geo_app.advisories import Advice
from geo_app.classes import PALETTES
from geo_app.maps.small import SmallArea, SmallLine, small_map
from geo_app.routes.records import LegKind, Route
from geo_app.states import all_states
from geo_app.text import Words

BESIDE = "#eceef0"
"""Colour of a state that is not on the way: of it nothing is said here."""


def route_map(route: Route, say: Words) -> str:
    """Draw a route.

    Parameters
    ----------
    route
        As ``routes.alternatives`` returns it. A part of which the way is not known is dashed.
    say
        The words of a language.

    Raises
    ------
    ShapesInvalid, HashMismatch
        As ``shapes.load_states``.
    """
    advice = {item.state_code: item.advice for item in route.stretches}
    areas = {}
    for item in all_states():
        found = advice.get(item.state_code)
        name = item.name(say.lang)
        if found is None:
            areas[item.state_code] = SmallArea(BESIDE, name)
            continue
        level = found.level
        title = say("route_map_state", {"state": name, "level": _told(found, say)})
        colour = PALETTES["advisory"][level - 1] if level else ""
        areas[item.state_code] = SmallArea(colour, title, str(level or ""), is_marked=True)
    told = "; ".join(areas[code].title for code in dict.fromkeys(route.states))
    return small_map(areas, say("route_map", {"states": told}), _lines(route))


def _told(advice: Advice, say: Words) -> str:
    """Name a level with its status; or say that it is not known."""
    if advice.level is None:
        return say("panel_level_unknown")
    values = {"state": say(f"level_{advice.level}"), "status": say.status(advice.status)}
    return say("route_worst_state", values)


def _lines(route: Route) -> list[SmallLine]:
    """Return the legs that follow each other and are alike known as one line each."""
    lines = []
    for is_known, legs in groupby(route.legs, lambda leg: leg.kind is LegKind.CORRIDOR):
        run = list(legs)
        points = (run[0].first.point, *(leg.last.point for leg in run))
        lines.append(SmallLine(points, is_dashed=not is_known))
    return lines
