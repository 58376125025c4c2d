"""A grid of coloured cells: rows of areas or years, columns of months or years.

Owns where cells, names and lines stand. Does not own what a cell means: colours and words come from
who asks. Narrow enough for a phone: a month is as wide as two letters, a year still wider than a
finger's line, and only every fifth one is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import letters

WIDTH, WIDE, LEFT, TOP = 400.0, 800.0, 62.0, 20.0
"""A view box is as wide as ``WIDTH``, or on a page that is wider than a phone as ``WIDE``."""

ROW, ROW_TALL = 17.0, 24.0
"""Height of a row where there are many, and where there are few."""

FEW_ROWS = 16
MOST_NAMED = 12
"""More columns than this are too narrow for a name each."""

LETTERS = letters.LEAST
_LETTERS_WIDE = 11.5
BREAK = "#111111"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell."""

    colour: str
    """``#rrggbb``; empty = no value, drawn with a pattern that is no colour of the scale."""
    title: str
    """What a pointer that rests on it reads."""
    is_marked: bool = False
    """Whether a small disc says that the value is not final."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a grid shows."""

    rows: tuple[str, ...]
    """Name of each row, short."""
    columns: tuple[str, ...]
    """Name of each column, short."""
    cells: tuple[tuple[GridCell | None, ...], ...]
    """By row and column; None = outside what is held: left empty."""
    breaks: tuple[tuple[int | None, int], ...]
    """Row and column of the first cell of a new method; row None = in every row."""
    label: str
    """What the drawing shows, for who does not see it."""


def draw(found: Grid, width: float = WIDTH) -> str:
    """Return the drawing as SVG, in a view box of a width."""
    size = _Size(len(found.rows), len(found.columns), width)
    parts = [
        *(_row_name(name, n, size) for n, name in enumerate(found.rows)),
        *_column_names(found.columns, size),
        *(
            _cell(cell, row, column, size)
            for row, cells in enumerate(found.cells)
            for column, cell in enumerate(cells)
            if cell is not None
        ),
        *(_break(*place, size) for place in found.breaks),
    ]
    return svg.drawing(width, size.bottom + 4, found.label, *parts)


def mark_sign() -> str:
    """Draw the mark of what is not final, for a legend."""
    box: svg.Attributes = {"x": 1, "y": 1, "width": 22, "height": 14, "fill": "#b9b9b9"}
    return svg.drawing(24, 16, "", svg.tag("rect", box), _disc(12, 8))


def break_sign() -> str:
    """Draw the line of a break, for a legend."""
    return svg.drawing(24, 16, "", _line("M12 0V16"))


@dataclass(frozen=True, slots=True)
class _Size:
    rows: int
    columns: int
    whole: float

    @property
    def letters(self) -> float:
        return LETTERS if self.whole == WIDTH else _LETTERS_WIDE

    @property
    def height(self) -> float:
        return ROW_TALL if self.rows <= FEW_ROWS else ROW

    @property
    def width(self) -> float:
        return (self.whole - LEFT - 4) / self.columns

    @property
    def bottom(self) -> float:
        return self.y(self.rows)

    def x(self, column: int) -> float:
        return LEFT + column * self.width

    def middle(self, column: int) -> float:
        return self.x(column) + self.width / 2

    def y(self, row: int) -> float:
        return TOP + row * self.height


def _row_name(name: str, row: int, size: _Size) -> str:
    y = size.y(row) + size.height / 2 + 4
    place: svg.Attributes = {"x": LEFT - 6, "y": y, "text-anchor": "end"}
    return svg.text(name, {**place, "font-size": size.letters})


def _column_names(names: Sequence[str], size: _Size) -> list[str]:
    is_named = [
        len(names) <= MOST_NAMED or (name.isdigit() and int(name) % 5 == 0) for name in names
    ]
    return [
        svg.text(
            name,
            {
                "x": letters.inside(size.middle(column), name, size.letters, size.whole),
                "y": TOP - 6,
                "text-anchor": "middle",
                "font-size": size.letters,
            },
        )
        for column, name in enumerate(names)
        if is_named[column]
    ]


def _cell(cell: GridCell, row: int, column: int, size: _Size) -> str:
    gap = min(1.0, size.width / 10)
    box: svg.Attributes = {
        "x": size.x(column) + gap / 2,
        "y": size.y(row) + 0.5,
        "width": size.width - gap,
        "height": size.height - 1,
        "fill": cell.colour or f"url(#{svg.HATCH})",
        "stroke": svg.HATCH_GREY,
        "stroke-width": 0.3,
    }
    drawn = svg.tag("rect", box, svg.title(cell.title))
    if not cell.is_marked:
        return drawn
    middle = (size.x(column) + size.width / 2, size.y(row) + size.height / 2)
    return drawn + _disc(*middle)


def _disc(x: float, y: float) -> str:
    look: svg.Attributes = {"fill": "#ffffff", "stroke": BREAK, "stroke-width": 0.8}
    return svg.tag("circle", {"cx": x, "cy": y, "r": 2.2, **look, "pointer-events": "none"})


def _break(row: int | None, column: int, size: _Size) -> str:
    """Draw the line before the first cell of a new method; in one row it goes on as a step."""
    x = size.x(column)
    if row is None:
        return _line(f"M{x:.1f} {TOP - 3}V{size.bottom + 3}")
    top, bottom = size.y(row), size.y(row + 1)
    return _line(f"M{size.whole - 4} {top}H{x:.1f}V{bottom}H{LEFT}")


def _line(path: str) -> str:
    rim: svg.Attributes = {"d": path, "fill": "none", "stroke": "#ffffff", "stroke-width": 4.5}
    return svg.tag("path", rim) + svg.tag("path", {**rim, "stroke": BREAK, "stroke-width": 2.2})
