"""A small map of the municipalities of one state as a drawing, among its neighbours.

Owns the outlines of a state in the size of a hand. Does not own what an area shows: colours and
words come from who asks. The whole country is ``small``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_app import paths, shapes, svg
from geo_app.maps.geometry import project
from geo_app.maps.outlines import outlines

WIDTH = 400.0
"""Width of the view box, and its largest height."""

MARGIN = 0.06
"""Room around the state, in its own widths."""

FEW = "atlas-few"
"""Name of the pattern of what has too few people for a colour."""

_LAND, _LAND_RIM = "#efece5", "#8d8a83"


@dataclass(frozen=True, slots=True)
class PartArea:
    """How one municipality looks."""

    colour: str
    """``#rrggbb``; empty = no value, drawn with a pattern that is no colour of the scale."""
    title: str
    """What a pointer that rests on it reads."""
    is_few: bool = False
    """Whether a pattern of dots stands in place of its colour."""
    is_marked: bool = False
    """Whether it has a thick border."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Outlines in one view box."""

    width: float
    height: float
    areas: dict[str, str]
    around: str


def part_map(state_code: str, areas: Mapping[str, PartArea], label: str) -> str:
    """Draw the municipalities of a state, with the outlines of the states around.

    Parameters
    ----------
    state_code
        The state.
    areas
        Looks by code of municipality; one without is drawn as one without a value.
    label
        What the map shows, for who does not see it.

    Raises
    ------
    BadRequest
        If there is no such state.
    ShapesInvalid, HashMismatch
        As ``shapes.load_municipalities``.
    """
    part = _part(state_code, paths.stamp(paths.shapes_dir()), str(paths.home()))
    nothing = PartArea("", "")
    looks = {code: areas.get(code, nothing) for code in part.areas}
    # A marked border lies over those of its neighbours.
    order = sorted(part.areas, key=lambda code: looks[code].is_marked)
    land: svg.Attributes = {"d": part.around, "fill": _LAND, "stroke": _LAND_RIM}
    drawn = (
        svg.tag("defs", {}, _stripes()),
        svg.tag("path", {**land, "stroke-width": 0.7, "stroke-dasharray": "3 2"}),
        *(_area(part.areas[code], looks[code]) for code in order),
    )
    return svg.drawing(part.width, part.height, label, *drawn)


def few_swatch() -> str:
    """Draw the pattern of what has too few people, for a legend."""
    box: svg.Attributes = {"x": 1, "y": 1, "width": 22, "height": 14, "rx": 2}
    look: svg.Attributes = {"fill": f"url(#{FEW})", "stroke": svg.HATCH_GREY}
    stripes = svg.tag("defs", {}, _stripes())
    return svg.drawing(24, 16, "", stripes, svg.tag("rect", {**box, **look}))


def _area(path: str, look: PartArea) -> str:
    fill = f"url(#{FEW})" if look.is_few else look.colour or f"url(#{svg.HATCH})"
    attributes: svg.Attributes = {
        "d": path,
        "fill": fill,
        "stroke": svg.INK if look.is_marked else svg.HATCH_GREY,
        "stroke-width": 2.4 if look.is_marked else 0.6,
        "stroke-linejoin": "round",
    }
    return svg.tag("path", attributes, svg.title(look.title))


def _stripes() -> str:
    """Return upright stripes, as the map over time has them for the same meaning."""
    frame: svg.Attributes = {"id": FEW, "width": 5, "height": 5, "patternUnits": "userSpaceOnUse"}
    ground = svg.tag("rect", {"width": 5, "height": 5, "fill": "#ffffff"})
    line: svg.Attributes = {"d": "M2.5 0V5", "stroke": "#5d6168", "stroke-width": 1.1}
    return svg.tag("pattern", frame, ground, svg.tag("path", line))


@cache
def _part(state_code: str, _stamp: int, _home: str) -> _Part:
    states, mine = shapes.load_states(), outlines(state_code).areas
    plane = np.array(project(mine), dtype=object)
    west, south, east, north = shapely.total_bounds(plane)
    room = MARGIN * max(east - west, north - south)
    west, south, east, north = west - room, south - room, east + room, north + room
    scale = WIDTH / max(east - west, north - south)
    simple = shapely.coverage_simplify(plane, 0.6 / scale)
    # Cut beyond the edge, where the line of the cut is not seen.
    window = (west - room, south - room, east + room, north + room)
    near = shapely.clip_by_rect(project(states.drop(index=state_code).geometry), *window)
    around = shapely.simplify(near, 0.6 / scale)

    def path(shape: BaseGeometry) -> str:
        return _path(shapely.get_parts(shape), (west, north), scale)

    return _Part(
        width=(east - west) * scale,
        height=(north - south) * scale,
        areas={str(code): path(shape) for code, shape in zip(mine.index, simple, strict=True)},
        around="".join(map(path, around)),
    )


def _path(parts: Iterable[BaseGeometry], corner: tuple[float, float], scale: float) -> str:
    west, north = corner
    rings = []
    for part in parts:
        xy = (shapely.get_coordinates(shapely.get_exterior_ring(part)) - (west, north)) * (
            scale,
            -scale,
        )
        points = "L".join(f"{x:.1f} {y:.1f}" for x, y in xy[:-1].tolist())
        rings.append(f"M{points}Z" if points else "")
    return "".join(rings)
