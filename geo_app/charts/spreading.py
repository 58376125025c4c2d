"""Labels along a line, moved apart so that none hides another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], low: float, high: float, gap: float) -> list[float]:
    """Move positions apart so that no two are nearer than a gap, in their order.

    Parameters
    ----------
    wanted
        Positions, ascending.
    low, high
        Ends of the room; where it is too small for all, the first ones lie before it.
    gap
        Least distance of two.

    Examples
    --------
    >>> spread([5, 6, 30], 0, 40, 10)
    [5, 15, 30]
    """
    spots: list[float] = []
    for x in wanted:
        spots.append(max(x, spots[-1] + gap if spots else low))
    limit = high
    for number in reversed(range(len(spots))):
        spots[number] = min(spots[number], limit)
        limit = spots[number] - gap
    return spots
