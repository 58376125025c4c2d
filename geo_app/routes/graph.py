"""The corridors as a net of towns, and the shortest ways over it.

Owns which way is the shortest, by the straight lines between towns, which other ways there are, and
which states a leg crosses. The lengths only put ways in an order: a road is longer than its
straight lines. Does not own the list (``corridors``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from geo_app import paths
from geo_app.routes import corridors, stops, straight_lines
from geo_app.routes.corridors import Corridor
from geo_app.routes.stops import Stop

if TYPE_CHECKING:
    from scipy.sparse import csr_array

THIRD_STATE_KM = 5.0
"""A leg between two towns crosses a third state only where its straight line is longer in it.

Less than that is taken for the bend of a border that the road need not make.
"""

DETOUR = 1.5
"""Another way is offered while it is at most so many times as long as the shortest."""

MOST_WAYS = 3
"""How many ways are offered, the shortest included."""

_DEPTH = 2
"""How many legs may be closed at once in the search of other ways."""


@dataclass(frozen=True, slots=True)
class Leg:
    """The part of a corridor between two neighbouring towns, in the direction of travel."""

    corridor: Corridor
    first: Stop
    last: Stop
    states: tuple[str, ...]
    """Codes of the states crossed, in order: those of both towns, and between them each other
    state in which the straight line is longer than ``THIRD_STATE_KM``."""


Way = tuple[Leg, ...]
"""Legs that join each other."""

_Towns = tuple[int, ...]
"""The towns of a way by their places in the matrix."""

_Closed = tuple[frozenset[int], ...]
"""Pairs of neighbouring towns between which a way may not lead."""


@dataclass(frozen=True, slots=True)
class Net:
    """All legs of all corridors."""

    towns: tuple[Stop, ...]
    """The towns in the order of the matrix."""
    spots: tuple[tuple[float, float], ...]
    """Their points in metres (EPSG:6372), in the same order."""
    lands: tuple[int, ...]
    """The land on which each lies, as ``straight_lines.land`` numbers it, in the same order."""
    legs: Mapping[frozenset[int], Corridor]
    """Which corridor a pair of neighbouring towns belongs to."""
    km: csr_array
    """Straight lengths between neighbouring towns, both ways; kilometres."""
    stamp: int
    """When the shapes were last written."""

    def ways(self, first: Stop, last: Stop) -> tuple[Way, ...]:
        """Return the shortest way between two towns and others that differ in a road or state.

        Parameters
        ----------
        first, last
            Two different towns of the net.

        Returns
        -------
        tuple of Way
            At most ``MOST_WAYS``, the shortest first; empty where no corridor joins the two.
        """
        ends = (self.towns.index(first), self.towns.index(last))
        best = self._shortest(ends, ())
        if best is None:
            return ()
        found = {best[1]: best[0]}
        edge: dict[_Towns, _Closed] = {best[1]: ()}
        for _ in range(_DEPTH):
            edge = self._others(ends, edge, DETOUR * best[0], found)
            if len(self._distinct(found)) == MOST_WAYS:
                break
        return self._distinct(found)

    def nearest(self, stop: Stop, most_km: float) -> Stop | None:
        """Return the nearest town on the same land, None where none is within a distance.

        Parameters
        ----------
        stop
            Where it is near to.
        most_km
            Straight distance in kilometres.
        """
        (spot,), ground = straight_lines.metres([stop.point]), straight_lines.land(stop.point)
        near = [
            (math.dist(spot, town) / 1000, number)
            for number, town in enumerate(self.spots)
            if self.lands[number] == ground
        ]
        km, number = min(near, default=(math.inf, 0))
        return self.towns[number] if km <= most_km else None

    def has_land(self, stop: Stop) -> bool:
        """Whether any town of the net lies on the same land as a stop."""
        return straight_lines.land(stop.point) in self.lands

    def _others(
        self,
        ends: tuple[int, int],
        edge: Mapping[_Towns, _Closed],
        most_km: float,
        found: dict[_Towns, float],
    ) -> dict[_Towns, _Closed]:
        """Close each leg of each way in turn; add what is new to ``found`` and return it.

        Both mappings have ways as keys: one with the legs that were closed to find it, one with its
        kilometres.
        """
        new: dict[_Towns, _Closed] = {}
        for way, closed in edge.items():
            for leg in map(frozenset, pairwise(way)):
                other = self._shortest(ends, (*closed, leg))
                if other is not None and other[0] <= most_km and other[1] not in found:
                    found[other[1]] = other[0]
                    new[other[1]] = (*closed, leg)
        return new

    def _distinct(self, found: Mapping[_Towns, float]) -> tuple[Way, ...]:
        """Return the first ways, shortest first, one for each set of roads and states."""
        kept: dict[frozenset[tuple[str, ...]], Way] = {}
        for numbers in sorted(found, key=lambda way: (found[way], way)):
            way = tuple(self._leg(*pair) for pair in pairwise(numbers))
            # 95 alone is another road than 95 and 95D together.
            key = frozenset(item for leg in way for item in (leg.corridor.roads, leg.states[:1]))
            kept.setdefault(key, way)
            if len(kept) == MOST_WAYS:
                break
        return tuple(kept.values())

    def _leg(self, first: int, last: int) -> Leg:
        corridor, ends = self.legs[frozenset((first, last))], (self.towns[first], self.towns[last])
        return Leg(corridor, *ends, states=_crossed(*ends, self.stamp))

    def _shortest(self, ends: tuple[int, int], closed: _Closed) -> tuple[float, _Towns] | None:
        """Return the shortest way with some legs closed; None = there is none."""
        from scipy.sparse.csgraph import dijkstra

        km = self.km.copy()
        for one, other in closed:
            km[one, other] = km[other, one] = math.inf
        lengths, before = dijkstra(km, indices=ends[0], return_predecessors=True)
        if math.isinf(lengths[ends[1]]):
            return None
        return float(lengths[ends[1]]), _forth(before.tolist(), *ends)


def net() -> Net:
    """Return the net of the current data folder.

    Raises
    ------
    TableInvalid, ShapesInvalid, HashMismatch
        If a file is not right.
    """
    folder = paths.data_dir()
    return _net(folder, paths.stamp(folder), paths.stamp(paths.shapes_dir()))


def _forth(before: Sequence[int], start: int, end: int) -> tuple[int, ...]:
    found = [end]
    while found[-1] != start:
        found.append(before[found[-1]])
    return tuple(reversed(found))


@cache
def _crossed(first: Stop, last: Stop, _stamp: int) -> tuple[str, ...]:
    ends = (first.state_code, last.state_code)
    thirds = (
        item.state_code
        for item in straight_lines.pieces(first.point, last.point)
        if item.state_code not in ends and item.km > THIRD_STATE_KM
    )
    return tuple(dict.fromkeys((first.state_code, *thirds, last.state_code)))


@cache
def _net(_folder: Path, _stamp: int, shapes_stamp: int) -> Net:
    from scipy.sparse import coo_array

    lines = corridors.all_corridors()
    codes = sorted({code for item in lines for code in item.place_codes})
    order = {code: number for number, code in enumerate(codes)}
    legs = {frozenset(order[code] for code in leg): item for item in lines for leg in item.legs}
    towns = stops.towns(codes)
    spots = tuple(straight_lines.metres([town.point for town in towns]))
    ones, others = zip(*map(sorted, legs), strict=True)
    pairs = zip(ones, others, strict=True)
    km = [math.dist(spots[one], spots[other]) / 1000 for one, other in pairs]
    both = ((*ones, *others), (*others, *ones))
    matrix = coo_array((km * 2, both), shape=(len(codes), len(codes))).tocsr()
    lands = tuple(straight_lines.land(town.point) for town in towns)
    return Net(towns, spots, lands, legs, matrix, shapes_stamp)
