"""Where names stand beside marks so that none covers another: places of labels on a plane.

Owns the search for free places. Does not own marks, names or what they mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 9.0
"""Distance of a name from its mark where there is room."""

DISTANCES = (NEAR, 13.0, 18.0, 24.0, 31.0, 39.0, 48.0, 58.0)
_TURNS = (0, 180, -45, 45, -135, 135, -90, 90, -22, 22, -158, 158, -67, 67, -112, 112)
ANGLES = tuple(math.radians(turn) for turn in _TURNS)
"""Directions that are tried, the most legible first; a positive one leads downwards."""

MARK_ROOM = 4.0
"""Half the side of the square that a mark keeps for itself."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a plane whose second axis leads downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the area that two rectangles share."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, 0.0) * max(down, 0.0)

    def outside(self, frame: Box) -> float:
        """Return the area that lies outside a frame."""
        whole = (self.right - self.left) * (self.bottom - self.top)
        return whole - self.overlap(frame)


@dataclass(frozen=True, slots=True)
class Label:
    """A name that wants a place."""

    x: float
    y: float
    """Its mark."""
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The place of a name."""

    box: Box
    is_led: bool
    """Whether it stands so far off that a line leads to it."""


def place(labels: Sequence[Label], frame: Box, kept: Sequence[Box] = ()) -> list[Placed | None]:
    """Find a place for each name, near its mark and clear of names and marks.

    Parameters
    ----------
    labels
        The names; those of crowded marks choose first.
    frame
        Where names may stand.
    kept
        What names keep clear of beside the marks.

    Returns
    -------
    list of Placed
        In the order of the names; None where no place is free: a name that covers another tells
        nothing.

    Examples
    --------
    >>> (one,) = place([Label(50, 50, 20, 10)], Box(0, 0, 100, 100))
    >>> one
    Placed(box=Box(left=57.0, top=45.0, right=77.0, bottom=55.0), is_led=False)
    """
    marks = [
        Box(one.x - MARK_ROOM, one.y - MARK_ROOM, one.x + MARK_ROOM, one.y + MARK_ROOM)
        for one in labels
    ]
    taken = [*marks, *kept]
    found: dict[int, Placed | None] = {}
    for number in sorted(range(len(labels)), key=lambda item: _room(labels, item)):
        spot = found[number] = _free(labels[number], frame, taken)
        if spot is not None:
            taken.append(spot.box)
    return [found[number] for number in range(len(labels))]


def _room(labels: Sequence[Label], number: int) -> float:
    """Return how far the fourth nearest mark is: small in a crowd."""
    own = labels[number]
    far = sorted(math.hypot(own.x - one.x, own.y - one.y) for one in labels)
    return far[min(4, len(far) - 1)]


def _free(label: Label, frame: Box, taken: Sequence[Box]) -> Placed | None:
    """Return the nearest place inside the frame that nothing has taken."""
    for distance in DISTANCES:
        for angle in ANGLES:
            box = _box(label, distance, angle)
            is_inside = box.outside(frame) == 0
            if is_inside and not any(box.overlap(other) for other in taken):
                return Placed(box, distance > NEAR)
    return None


def _box(label: Label, distance: float, angle: float) -> Box:
    """Return a name whose nearer end lies in a direction from its mark."""
    x = label.x + distance * math.cos(angle)
    y = label.y + distance * math.sin(angle)
    side = math.cos(angle)
    left = x - (0 if side > 0.3 else label.width if side < -0.3 else label.width / 2)
    if abs(side) == 1:
        left -= math.copysign(2.0, side)
    return Box(left, y - label.height / 2, left + label.width, y + label.height / 2)
