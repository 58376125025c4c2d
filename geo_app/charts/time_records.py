"""What a chart of lines through time shows, before it is drawn.

Owns the records. Which values may be joined, and what stands on the axes, is decided by who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Size:
    """A view box with its margins."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    letters: float
    """Size of all text."""
    has_names: bool
    """Whether each line has its name at its end."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a line."""

    x: float
    """Its middle, as a day's ordinal."""
    value: float | None
    """None where there is none."""
    low: float | None
    high: float | None
    told: str
    """What a pointer that rests on it reads."""
    is_joined: bool = True
    """Whether it follows from the period before, so that the two may be joined."""
    is_doubtful: bool = False
    """Whether it is preliminary or estimated."""
    is_partial: bool = False
    """Whether it stands for a part of its period; it has an open mark."""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """One area."""

    name: str
    """A few letters, at its end."""
    look: int
    """Number of its colour and mark, or ``line_marks.NATION``."""
    points: tuple[Point, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class TimeChart:
    """What a chart shows."""

    lines: tuple[TimeLine, ...]
    """The lowest first."""
    first: date
    last: date
    """Days on which the axis of time begins and ends."""
    years: tuple[tuple[float, str], ...]
    """Ordinals and texts below the axis of time: a year stands under its middle."""
    steps: tuple[float, ...]
    """Numbers on the other axis, ascending; it runs from zero to the last one."""
    rules: tuple[tuple[float, str], ...]
    """Ordinals of breaks in the method, and the letters by which they are explained."""
    label: str
    """What the drawing shows, for who does not see it."""
    across: float | None = None
    """A value across the chart, such as 100; None = none."""
    is_stepped: bool = False
    """Whether a value stands until the next one."""
