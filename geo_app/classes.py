"""Fixed breaks to classes, and the colours of the product: its one palette module.

Owns which class a value falls in, the colours of the scales and the look of what has no value. Does
not own the breaks (``indicators``) or the words of a legend (``text``).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_app.errors import TableInvalid

MISSING = -1
"""Class of a missing value: outside the scale."""

# Each scale darkens evenly, so that it reads in grey and with any kind of colour blindness; the
# tests simulate both. None runs from green to red: a low value is not a promise.
PALETTES: dict[str, tuple[str, ...]] = {
    "homicide": ("#fbe9d9", "#f6c7a1", "#ec9c72", "#d1644d", "#a23445", "#5c1a3a"),
    "insecurity": ("#e8eef7", "#c9d8ec", "#a0bbdd", "#7397c8", "#4b70ad", "#2d4b87", "#172a5a"),
    "advisory": ("#f5efcf", "#f0c75e", "#d87f33", "#8c2324"),
}
"""Colours by name, lowest class first."""

# Away from the middle both sides darken evenly; purple and orange stay apart with any kind of
# colour blindness, and neither is the colour of a promise.
DIVERGING: dict[str, tuple[str, ...]] = {
    "change": (
        "#35205f",
        "#634c9c",
        "#9a88c6",
        "#cfc6e6",
        "#f6d3a4",
        "#e09b4a",
        "#ac5f12",
        "#66350a",
    ),
    "level": ("#35205f", "#7d69b0", "#c3b8df", "#f3c68c", "#c87c2b", "#66350a"),
}
"""Colours of differences by name, the largest fall first; half of them below zero."""

# No colour of the levels: an alert is none. They differ in lightness by a third of the scale, and
# the map adds a border and signs.
ALERTS: dict[str, str] = {
    "in_force": "#4a2a7b",
    "ended": "#b79ad9",
    "ended_before": "#e6dcf4",
    "not_named": "#f4f4f4",
    "not_known": "",
}
"""Colours of a dated alert by the look of a state; empty = the pattern of what is not known."""

# Two scales laid over one another: orange to the right, blue upwards, dark where both are high. The
# nine stay apart with any kind of colour blindness (a test simulates it), and each has a sign too.
BIVARIATE: tuple[tuple[str, str, str], ...] = (
    ("#f1f1f1", "#f4bf6e", "#d97a00"),
    ("#9fb6ee", "#a0906c", "#8f5c00"),
    ("#3f62cf", "#3f4d5e", "#383100"),
)
"""Colours of a map of two indicators: a row a class of the second one, the lowest first, and in it
a colour a class of the first one, the lowest first."""

NEUTRAL = "#e3e3e3"
"""Colour of a difference that is none, or that cannot be told from chance."""

# After M. Okabe and K. Ito, "Color Universal Design" (2008), a little darker, for thin lines on
# white; each line has a mark of its own as well, so that none is told by its colour alone.
LINES: tuple[str, ...] = (
    "#0072b2",
    "#d55e00",
    "#00805f",
    "#b4508f",
    "#a87400",
    "#2f8fc4",
    "#5b3f8c",
    "#6b6b00",
)
"""Colours of lines in one chart, in the order in which they are given out."""


@dataclass(frozen=True, slots=True)
class Classes:
    """A scale of classes ``[low, high)``, the first and the last one open."""

    breaks: tuple[float, ...]
    """Ascending, in the unit of the indicator."""
    colours: tuple[str, ...]
    """One more than breaks, lowest class first."""

    @property
    def bounds(self) -> tuple[tuple[float | None, float | None], ...]:
        """Low and high end of each class; None where it is open."""
        ends: tuple[float | None, ...] = (None, *self.breaks, None)
        return tuple(itertools.pairwise(ends))

    def of(self, values: ArrayLike) -> NDArray[np.int64]:
        """Return the class of each value.

        Parameters
        ----------
        values
            Shape (n,), in the unit of the indicator; NaN = missing.

        Returns
        -------
        numpy.ndarray of int
            Shape (n,): 0 for the lowest class, ``MISSING`` for a missing value.

        Examples
        --------
        >>> Classes((5, 10), ("a", "b", "c")).of([1, 5, 12, float("nan")]).tolist()
        [0, 1, 2, -1]
        """
        value = np.asarray(values, dtype=float)
        index = np.searchsorted(np.asarray(self.breaks), value, side="right")
        return np.where(np.isnan(value), MISSING, index).astype(np.int64)

    def counts(self, values: ArrayLike) -> tuple[int, ...]:
        """Return how many values fall in each class, the missing ones left out."""
        index = self.of(values)
        return tuple(int((index == n).sum()) for n in range(len(self.colours)))


def scale(breaks: tuple[float, ...], palette: str) -> Classes:
    """Return the classes of an indicator.

    Raises
    ------
    TableInvalid
        If there is no such palette, or it has another number of colours than there are classes.
    """
    colours = PALETTES.get(palette)
    if colours is None or len(colours) != len(breaks) + 1:
        message = f"the palette {palette!r} does not fit"
        raise TableInvalid(
            message,
            where="data/indicators",
            expected=f"one of {', '.join(PALETTES)} with {len(breaks) + 1} colours",
            got=f"{len(colours)} colours" if colours else "no such palette",
        )
    return Classes(breaks, colours)
