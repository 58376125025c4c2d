"""The map over time of one state: the same element, with its municipalities alone.

Owns which part of the packed map of all municipalities is taken. The shapes are packed on the spot
and finer, since a state fills the width that the country has else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app import shapes
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest
from geo_app.maps.figure import time_map_data
from geo_app.maps.geometry import pack_shapes
from geo_app.maps.head import Exposure, MapStep
from geo_app.maps.outlines import outlines
from geo_app.maps.packing import Packed
from geo_app.maps.payload import TimeMapData
from geo_app.maps.series import Counted, Series, pack_series, read_series
from geo_app.municipal.rates import LEVEL, MINIMUM_PEOPLE
from geo_app.states import state
from geo_app.text import words

TOLERANCE_M = 250
"""Simplification: that of the shapefile itself."""

SEAM_DEGREES = 0.05
"""Width of the land that lies under the border of the state: more than its rough drawing moves."""

TOUCH_DEGREES = 0.01
"""How near a border is to count as the same: some kilometre."""

AROUND = (4.0, 1.5)
"""How much land around is kept, in widths and heights of the state: a map is twice as wide as high,
and some states are twice as high as wide."""

Bools = NDArray[np.bool_]


def state_map(atlas: Atlas, slug: str, state_code: str, lang: str) -> TimeMapData:
    """Return everything that the map of a state's municipalities shows.

    What has fewer people than ``MINIMUM_PEOPLE`` carries a pattern over its colour and says why.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    slug
        Name of an indicator of counts over a population, with municipalities.
    state_code
        The state.
    lang
        "en" or "es".

    Raises
    ------
    BadRequest
        If the indicator has no municipalities, or no counts over a population.
    UnknownState
        If there is no such state.
    """
    whole, say = time_map_data(atlas, slug, lang, level=LEVEL), words(lang)
    found = state(state_code)
    keep = np.array([code.startswith(found.state_code) for code in whole.head.codes])
    codes = tuple(np.array(whole.head.codes)[keep].tolist())
    series = _cut(read_series(whole.series), keep, whole.head.exposure, len(whole.head.statuses))
    few = say("municipal_few", {"people": say.number(MINIMUM_PEOPLE)})
    known = series.is_known.sum(axis=0)
    steps = zip(whole.head.steps, known.tolist(), strict=True)
    titles = {"title": whole.head.title, "state": found.name(lang)}
    head = replace(
        whole.head,
        title=say("municipal_map_title", titles),
        codes=codes,
        names=tuple(np.array(whole.head.names, dtype=object)[keep].tolist()),
        steps=tuple(_step(step, count, len(codes), lang) for step, count in steps),
        statuses=(*whole.head.statuses, (few, "estimated")),
        # No municipal figure is estimated: the pattern is free for what has few people.
        words=replace(whole.head.words, estimated=few),
    )
    packed = _shapes(found.state_code)
    return replace(whole, head=head, geometry=packed, series=pack_series(series))


def _cut(series: Series, keep: Bools, exposure: Exposure | None, few: int) -> Series:
    if not isinstance(series.values, Counted) or exposure is None:
        message = "no counts over a population"
        raise BadRequest(message, where="map of a state", expected="a rate with its counts")
    people = series.values.people[keep]
    is_known = series.is_known[keep]
    is_few = is_known & (_people_at(people, exposure) < MINIMUM_PEOPLE)
    return Series(
        is_known=is_known,
        statuses=np.where(is_few, few, series.statuses[keep]),
        intervals=series.intervals[keep],
        values=Counted(series.values.counts[keep], people),
    )


def _people_at(people: NDArray[np.int64], exposure: Exposure) -> NDArray[np.float64]:
    """Return the people of each area at the middle of each step."""
    last = people.shape[1] - 1
    columns = [
        people[:, at] * (1 - share) + people[:, min(at + 1, last)] * share
        for at, share in exposure.at
    ]
    return np.column_stack(columns)


def _step(step: MapStep, known: int, every: int, lang: str) -> MapStep:
    say = words(lang)
    if known == every:
        return replace(step, note="")
    counts = {"known": say.number(known), "all": say.number(every)}
    return replace(step, note=say("note_missing_municipality", counts) if known else step.note)


def _shapes(state_code: str) -> Packed:
    states, mine = shapes.load_states(), outlines(state_code).areas
    areas = tuple((str(code), shape) for code, shape in mine.items())
    others = [*shapes.load_neighbours().geometry, *states.drop(index=state_code).geometry]
    around = _around(shapely.union_all(mine.to_numpy()), others)
    groups = [state_code] * len(areas)
    return pack_shapes(areas, around, groups=groups, tolerance=TOLERANCE_M, margin=AROUND)


def _around(own: BaseGeometry, others: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the land around a state as one, with a seam that lies under the state itself.

    What lies around is drawn more roughly than the state: without the seam gaps would open.
    """
    west, south, east, north = own.bounds
    room = max(AROUND) * max(east - west, north - south)
    window = (west - room, south - room, east + room, north + room)
    land = shapely.union_all(shapely.clip_by_rect(np.array(others, dtype=object), *window))
    # The borders of the municipalities lie a little off those of the states: not to be matched.
    border = shapely.intersection(shapely.boundary(own), shapely.buffer(land, TOUCH_DEGREES))
    seam = shapely.buffer(border, SEAM_DEGREES, cap_style="flat")
    return [shapely.union(land, shapely.intersection(seam, shapely.union(own, land)))]
