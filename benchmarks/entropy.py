"""How few bytes a simple model needs for the shapes and counts of a map.

A yardstick, not a limit: what the model itself costs is not counted, so that it is a little kind
to nobody who packs for real.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Spot = tuple[int, int]


def order0_bits(symbols: Iterable[Hashable]) -> float:
    """Return the bits of a sequence whose symbols are coded one by one, by their own frequencies.

    Examples
    --------
    >>> order0_bits([0, 0, 1, 1])
    4.0
    """
    _, counts = np.unique(np.array([*symbols]), return_counts=True)
    return float((counts * np.log2(counts.sum() / counts)).sum()) if len(counts) else 0.0


def shape_bytes(arcs: Sequence[Sequence[Spot]], rings: Sequence[Sequence[int]]) -> float:
    """Return the modelled bytes of shared arcs and of how rings are made of them.

    Parameters
    ----------
    arcs
        Points of each arc on its grid, both ends included.
    rings
        References of each ring: r = arc r as it stands, ~r = walked back.

    Returns
    -------
    float
        Coordinate differences, east and north each by its own frequencies; first points by the
        difference to the arc before; lengths; and references by the difference to the one before.
    """
    points = [np.array(arc, dtype=np.int64) for arc in arcs]
    steps = np.concatenate([np.diff(arc, axis=0) for arc in points])
    starts = np.diff(np.array([arc[0] for arc in points]), axis=0, prepend=0)
    named = np.array([r if r >= 0 else ~r for ring in rings for r in ring])
    backwards = [r < 0 for ring in rings for r in ring]
    columns = (*steps.T, *starts.T, np.diff(named, prepend=0), np.array(backwards))
    lengths = ([len(arc) for arc in arcs], [len(ring) for ring in rings])
    return sum(order0_bits(column.tolist()) for column in (*columns, *map(np.array, lengths))) / 8


def count_bytes(counts: NDArray[np.float64]) -> float:
    """Return the modelled bytes of counts, each area by the frequencies of its own.

    Parameters
    ----------
    counts
        Shape (steps, areas); NaN = missing, which is a symbol of its own.
    """
    known = np.where(np.isnan(counts), -1, counts).astype(np.int64)
    return sum(order0_bits(area.tolist()) for area in known.T) / 8
