"""Who is whose neighbour among the 32 states.

Owns the two ways of naming neighbours. Both are computed in EPSG:6372, on the clean coverage of
``shapes``, whose shared borders are identical. ``libpysal`` is imported where it is used: it takes
seconds, and no other page has a use for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geo_app import paths, shapes
from geo_app.errors import BadRequest
from geo_app.maps.geometry import PLANE_CRS
from geo_app.statistics import Floats

if TYPE_CHECKING:
    from libpysal.graph import Graph

QUEEN, NEAREST = "", "nearest"
"""The kinds of ``analysis.WEIGHTS``: a common border or corner, or the nearest ones."""

NEAREST_COUNT = 5
"""Neighbours of a state where the nearest ones are taken: by borders a state has 4.2."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who is whose neighbour."""

    codes: tuple[str, ...]
    """State codes, sorted."""
    lists: tuple[tuple[str, ...], ...]
    """By state the codes of its neighbours, sorted; never empty, never itself."""

    def matrix(self) -> Floats:
        """Return the row-standardised weights: each row adds up to one."""
        at = {code: number for number, code in enumerate(self.codes)}
        weights = np.zeros((len(self.codes), len(self.codes)))
        for number, near in enumerate(self.lists):
            weights[number, [at[code] for code in near]] = 1 / len(near)
        return weights


def neighbours(kind: str) -> Neighbours:
    """Return the neighbours of each state.

    Parameters
    ----------
    kind
        ``QUEEN`` or ``NEAREST``.

    Raises
    ------
    BadRequest
        If there is no such kind.
    ShapesInvalid, HashMismatch
        As ``shapes.load_states``.
    """
    found = graph(kind)
    codes = tuple(str(code) for code in found.unique_ids)
    lists = (tuple(sorted(map(str, found[code].index))) for code in codes)
    return Neighbours(codes, tuple(lists))


def graph(kind: str) -> Graph:
    """Return the same as libpysal's own record, row-standardised, for ``esda``.

    Raises
    ------
    BadRequest
        If there is no such kind.
    ShapesInvalid, HashMismatch
        As ``shapes.load_states``.
    """
    if kind not in (QUEEN, NEAREST):
        message = f"no neighbours are called {kind!r}"
        raise BadRequest(message, expected=f"{QUEEN!r} or {NEAREST!r}")
    return _graph(kind, str(paths.shapes_dir()), paths.stamp(paths.shapes_dir()))


@cache
def _graph(kind: str, _folder: str, _stamp: int) -> Graph:
    from libpysal.graph import Graph

    states = shapes.load_states().to_crs(PLANE_CRS)
    if kind == QUEEN:
        return Graph.build_contiguity(states, rook=False).transform("r")
    # A point inside each state: the centre of mass of a bent one may lie in its neighbour.
    inside = states.geometry.representative_point()
    return Graph.build_knn(inside, k=NEAREST_COUNT).transform("r")
