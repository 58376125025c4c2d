"""One period of an indicator as the facts of a picture: areas, legend, notes, sources.

Owns which facts stand on a picture of a map. Does not own how they are drawn (``picture``) nor
where the figures come from (``atlas``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_app import shapes
from geo_app.answers import Layer
from geo_app.classes import MISSING
from geo_app.indicators import indicator
from geo_app.maps.figure import CELL_MARKS, shared_mark, step_note
from geo_app.maps.geometry import project
from geo_app.maps.payload import Mark
from geo_app.text import Words

STATE, MUNICIPALITY = "state", "municipality"


@dataclass(frozen=True, slots=True)
class StillClass:
    """One line of the legend."""

    label: str
    colour: str
    """``#rrggbb``; "" where the line stands for no class."""
    mark: Mark | Literal["missing"]
    """Pattern of the line, or ""."""
    count: str
    """How many areas, in words."""


@dataclass(frozen=True, slots=True)
class StillArea:
    """One area on the picture."""

    code: str
    shape: BaseGeometry
    """Polygon, MultiPolygon or Point in EPSG:6372, metres."""
    class_index: int
    """Position in ``StillMap.classes``; -1 where there is no value."""
    mark: Mark


@dataclass(frozen=True, slots=True)
class StillMap:
    """A map of one period, ready to be drawn."""

    title: str
    period: str
    """The period in words."""
    unit: str
    chip: str
    """What holds for every value, such as "Preliminary, still revised", or ""."""
    classes: tuple[StillClass, ...]
    """Lowest first."""
    others: tuple[StillClass, ...]
    """What is missing, where anything is, then the marks that occur."""
    areas: tuple[StillArea, ...]
    borders: tuple[BaseGeometry, ...]
    """Outlines of the states where the areas are smaller; EPSG:6372, metres."""
    land: tuple[BaseGeometry, ...]
    """Land around; EPSG:6372, metres."""
    notes: tuple[str, ...]
    """Sentences that belong to the period."""
    footer: tuple[str, ...]
    """Sources, dates, attribution."""
    is_divided: bool
    """Whether the borders lie over the areas, as those of states over municipalities."""


def still_map(layer: Layer, level: str, say: Words, footer: tuple[str, ...]) -> StillMap:
    """Return the facts of a picture of one layer.

    Parameters
    ----------
    layer
        The areas of one period.
    level
        "state", "municipality" or "city": what the areas are.
    say
        The words of a language.
    footer
        Lines below the map, ready to read.
    """
    # An area without a place, such as a city that was given up, is not on a map.
    layer = replace(layer, areas=layer.areas[layer.areas.geometry.notna()])
    found, drawn = layer.indicator, _areas(layer)
    return StillMap(
        title=found.title.in_(say.lang),
        period=say.period(layer.period),
        unit=say.unit(found),
        chip=_chip(layer, say),
        classes=_classes(layer, drawn, level, say),
        others=_others(drawn, level, say),
        areas=drawn,
        borders=() if level == STATE else _borders(drawn, level),
        land=tuple(project(shapes.load_neighbours().geometry)),
        notes=_notes(layer, level, say),
        footer=footer,
        is_divided=level == MUNICIPALITY,
    )


def counted(count: int, level: str, say: Words) -> str:
    """Write a number of areas: "1 state", "12 municipalities"."""
    key = f"map_count_one_{level}" if count == 1 else f"map_count_many_{level}"
    return say(key, {"count": say.number(count)})


def _areas(layer: Layer) -> tuple[StillArea, ...]:
    placed = layer.areas
    moved = project(placed.geometry)
    rows = zip(placed.index, moved, placed["class_index"], placed["status"], strict=True)
    return tuple(
        StillArea(str(code), shape, int(index), "" if index < 0 else CELL_MARKS.get(status, ""))
        for code, shape, index, status in rows
    )


def _classes(
    layer: Layer, drawn: tuple[StillArea, ...], level: str, say: Words
) -> tuple[StillClass, ...]:
    scale = layer.classes
    counts = [sum(area.class_index == n for area in drawn) for n in range(len(scale.colours))]
    return tuple(
        StillClass(say.class_label(layer.indicator, low, high), colour, "", counted(n, level, say))
        for (low, high), colour, n in zip(scale.bounds, scale.colours, counts, strict=True)
    )


def _others(drawn: tuple[StillArea, ...], level: str, say: Words) -> tuple[StillClass, ...]:
    missing = sum(area.class_index == MISSING for area in drawn)
    lines = [StillClass(say("map_missing"), "", "missing", counted(missing, level, say))]
    marks = [area.mark for area in drawn if area.mark]
    for mark in sorted(set(marks)):
        text = say(f"mark_{mark}")
        lines.append(StillClass(text, "", mark, counted(marks.count(mark), level, say)))
    return tuple(lines if missing else lines[1:])


def _chip(layer: Layer, say: Words) -> str:
    """Say what all values share; as on the web map, where it is a note on the sea."""
    known = layer.areas.loc[layer.areas["value"].notna(), "status"].unique()
    mark = shared_mark(known)
    return say(f"mark_{mark}") if mark else ""


def _notes(layer: Layer, level: str, say: Words) -> tuple[str, ...]:
    found = layer.indicator
    broken = (
        say("map_break", {"reason": item.reason.in_(say.lang)})
        for item in found.series_breaks
        if item.period == layer.period
    )
    # In a small place one death more is another class: a picture must say so itself.
    own = [note for note in found.notes if note not in indicator(found.slug).notes]
    doubts = [note.in_(say.lang) for note in own[:1] if level == MUNICIPALITY]
    return tuple(filter(None, (step_note(layer, say), *broken, *doubts)))


def _borders(drawn: tuple[StillArea, ...], level: str) -> tuple[BaseGeometry, ...]:
    if level != MUNICIPALITY:
        return tuple(project(shapes.load_states().geometry))
    # Out of the municipalities themselves: the two files are simplified apart and would not agree.
    polygons = np.array([area.shape for area in drawn], dtype=object)
    states = np.array([area.code[:2] for area in drawn])
    parts = (polygons[states == code] for code in np.unique(states))
    return tuple(shapely.coverage_union_all(group) for group in parts)
