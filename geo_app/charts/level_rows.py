"""How many areas stand at each level, a row a day: blocks from the highest level to the lowest.

Owns the layout. Each block has its number written on it, so that no colour is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import letters

LETTERS = letters.LEAST
WIDTH = 400.0
_TOP, _ROW = 22.0, 21.0
_GAP = 6.0
"""Room between a name and its blocks."""

_BOLD = 1.12
"""How much wider the letters of a marked row are."""

_DARK = 1
"""The highest levels, as many as this, have dark blocks and white numbers."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One day."""

    name: str
    counts: tuple[int, ...]
    """Number of areas at each level, the highest first."""
    is_marked: bool = False


def level_rows(
    rows: Sequence[LevelRow], heads: Sequence[str], colours: Sequence[str], label: str
) -> str:
    """Draw the rows.

    Parameters
    ----------
    rows
        From above to below; each with the same number of areas in all, at least one.
    heads
        A few letters for each level, the highest first.
    colours
        Colour of each level, the highest first, ``#rrggbb``.
    label
        All that the drawing shows, in words.
    """
    total = max(sum(row.counts) for row in rows)
    left = _GAP + max(letters.width(row.name, LETTERS) * _share(row) for row in rows)
    frame = _Frame(left, (WIDTH - left) / max(total, 1))
    parts = [_head(heads, colours)]
    parts += [_row(row, _TOP + n * _ROW, frame, colours) for n, row in enumerate(rows)]
    return svg.drawing(WIDTH, _TOP + _ROW * len(rows), label, *parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    """Where the blocks begin."""
    unit: float
    """Width of one area."""


def _share(row: LevelRow) -> float:
    return _BOLD if row.is_marked else 1.0


def _head(heads: Sequence[str], colours: Sequence[str]) -> str:
    step = WIDTH / len(heads)
    parts = []
    for number, (head, colour) in enumerate(zip(heads, colours, strict=True)):
        x = number * step
        box: svg.Attributes = {"x": x, "y": 3, "width": 10, "height": 10, "fill": colour}
        parts.append(svg.tag("rect", {**box, "stroke": svg.HATCH_GREY}))
        parts.append(svg.text(head, {"x": x + 14, "y": 12, "font-size": LETTERS}))
    return "".join(parts)


def _row(row: LevelRow, top: float, frame: _Frame, colours: Sequence[str]) -> str:
    weight = 700 if row.is_marked else 400
    place: svg.Attributes = {"x": frame.left - _GAP, "y": top + 13, "text-anchor": "end"}
    parts = [svg.text(row.name, {**place, "font-size": LETTERS, "font-weight": weight})]
    start = frame.left
    for number, (count, colour) in enumerate(zip(row.counts, colours, strict=True)):
        if count:
            parts.append(_block(count, start, top, frame.unit, (number, colour)))
        start += count * frame.unit
    return svg.tag("g", {}, *parts)


def _block(count: int, left: float, top: float, unit: float, look: tuple[int, str]) -> str:
    number, colour = look
    box: svg.Attributes = {"x": left, "y": top, "width": count * unit - 1, "height": _ROW - 4}
    ink = "#ffffff" if number < _DARK else "#1f2733"
    middle: svg.Attributes = {"x": left + (count * unit - 1) / 2, "y": top + 13, "fill": ink}
    text = svg.text(str(count), {**middle, "text-anchor": "middle", "font-size": LETTERS})
    return svg.tag("rect", {**box, "fill": colour, "stroke": svg.HATCH_GREY}) + text
