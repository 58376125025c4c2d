"""The map of two indicators at once: three classes of the one by three of the other.

Owns the bounds of the classes and the class of each state. The bounds are the thirds of the states
that have both figures at this moment, so that each class is filled where values allow it; they are
told with the map. Levels are no numbers and are cut where the advice itself turns: 1 and 2, 3, 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo_app import correlations
from geo_app.relations.pairs import Relation, Side

LEVEL_BOUNDS = (2.0, 3.0)
"""Levels up to 2 are the low class, 3 the middle one, 4 the high one; our division."""

ROWS = "ABC"
"""Signs of the classes of the second indicator, the lowest first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the nine classes."""

    column: int
    """Class of the first indicator, 0 for the lowest."""
    row: int
    """Class of the second indicator, 0 for the lowest."""

    @property
    def sign(self) -> str:
        """A letter for the second and a number for the first indicator, as on a plan: "B3"."""
        return f"{ROWS[self.row]}{self.column + 1}"


ALL_CELLS = tuple(Cell(column, row) for row in (2, 1, 0) for column in (0, 1, 2))
"""The nine in the order in which a legend shows them, the highest row first."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The classes of the states with both figures."""

    first_bounds: tuple[float, float]
    """In the unit of the first indicator: up to the first one is low, above the second high."""
    second_bounds: tuple[float, float]
    cells: Mapping[str, Cell]
    """By code of the state; a state without both figures has none."""
    doubtful: frozenset[str]
    """States of which an interval reaches into another class."""

    def of(self, cell: Cell) -> tuple[str, ...]:
        """Return the codes of the states in a class, in order."""
        return tuple(code for code, found in self.cells.items() if found == cell)


def grid(found: Relation) -> Grid | None:
    """Return the classes of a relation; None where no state has both figures."""
    if not found.complete:
        return None
    sides = (found.first, found.second)
    bounds = [_bounds(side, found.complete) for side in sides]
    classes = [
        correlations.third_of(_values(side, found.complete), ends).tolist()
        for side, ends in zip(sides, bounds, strict=True)
    ]
    cells = {
        code: Cell(column, row) for code, column, row in zip(found.complete, *classes, strict=True)
    }
    doubtful = frozenset(
        code
        for code in found.complete
        if any(_is_doubtful(side, code, ends) for side, ends in zip(sides, bounds, strict=True))
    )
    return Grid(bounds[0], bounds[1], cells, doubtful)


def _bounds(side: Side, codes: tuple[str, ...]) -> tuple[float, float]:
    return LEVEL_BOUNDS if side.is_level else correlations.thirds(_values(side, codes))


def _values(side: Side, codes: tuple[str, ...]) -> list[float]:
    return [side.values[code].value or 0.0 for code in codes]


def _is_doubtful(side: Side, code: str, bounds: tuple[float, float]) -> bool:
    value = side.values[code]
    if value.low is None or value.high is None:
        return False
    low, high = correlations.third_of([value.low, value.high], bounds).tolist()
    return bool(low != high)
