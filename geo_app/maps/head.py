"""The parts of a map's head: steps, classes, exposure, what may be compared and how.

Owns the small records that ``payload`` puts together. Does not own how they are made (``figure``,
``comparing``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Mark = Literal["", "partial", "preliminary", "last_stated", "estimated"]
"""How a value falls short of a final statement; "" where it does not."""

MARKS: tuple[Mark, ...] = get_args(Mark)
"""Every mark; its position is its number in the JSON."""

MISSING = -1
"""Class index of an area without a value."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class MapClass:
    """One class of the scale; classes are listed lowest first."""

    label: str
    """Text of the legend line."""
    colour: str
    """``#rrggbb``."""


@dataclass(frozen=True, slots=True)
class MapStep:
    """One period of the slider."""

    period: str
    """Key of the period, such as "2022" or "2022-07"; unique, in order of time."""
    label: str
    """The period in words."""
    note: str
    """Sentence under the map while this step is shown, or ""."""
    break_reason: str
    """Why this step cannot be compared with the one before it, or ""."""
    mark: Mark
    """What holds for the whole step, or ""."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How counts become rates: the people at the middle of each step, and the factor."""

    years: tuple[int, ...]
    """Years of the packed population, without gaps; each stands for its middle."""
    at: tuple[tuple[int, float], ...]
    """By step: position of the year before its middle, and the share of the way to the next."""
    factor: tuple[float, ...]
    """By step: rate = count * factor / people."""
    days: tuple[int, ...]
    """By step: weight of its people when two counts are compared; 1 where all are years."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """Which two steps may be compared, as ``comparisons`` decides."""

    refusals: tuple[str, ...]
    """Why not, in words; "" first, for those that may."""
    pairs: tuple[tuple[int, ...], ...]
    """By later step: for each earlier step a position among ``refusals``."""

    def rows(self) -> list[str]:
        """Write a character a pair; "" where a row is the one after it without its first.

        What may be compared mostly depends on the distance of two steps alone, so that nearly
        every row follows from the last one.
        """
        rows = ["".join(_DIGITS[number] for number in row) for row in self.pairs]
        after = [*(row[1:] for row in rows[1:]), None]
        return ["" if row == next_ else row for row, next_ in zip(rows, after, strict=True)]


@dataclass(frozen=True, slots=True)
class Difference:
    """How the difference of two steps is shown."""

    unit: str
    breaks: tuple[float, ...]
    """Ascending; around zero."""
    classes: tuple[MapClass, ...]
    """Lowest first, with the grey band of no difference at ``neutral``."""
    neutral: int
    """Position of the grey band, which is no class of the scale."""
    texts: dict[str, str]
    """``none``, ``stands``, ``missing``, ``partial``, ``interval``, ``interval_open`` and
    ``label``: what is said of an area and of the map; names in braces are filled in."""
