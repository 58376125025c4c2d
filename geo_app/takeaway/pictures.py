"""A drawing as a picture that can stand alone: title above, notes and sources below.

Owns the frame. Does not own the drawing (``charts``, ``maps.small``).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from geo_app import svg
from geo_app.figures import Figure
from geo_app.maps.picture.raster import FAMILY, png

WIDTH = 820.0
"""Width of the view box; a drawing is as wide as this or half of it."""

PIXELS = 1640
"""Width of a picture of pixels."""

_MARGIN, _GAP = 24.0, 18.0
_TITLE, _CAPTION, _NOTE = 20.0, 14.0, 12.0
_SIGN = 15.0
_LEADING = 1.35
_INK = "#1f2733"

_BOX = re.compile(r'viewBox="([^"]+)"')


def framed(title: str, drawings: Sequence[str | Figure], lines: Sequence[str]) -> str:
    """Return drawings under their title and above their notes, as one SVG text.

    Parameters
    ----------
    title
        What they show.
    drawings
        SVG texts of our own, each with a view box, or figures; two narrow ones stand beside each
        other.
    lines
        Sentences below: notes and sources.
    """
    figures = [Figure("", item) if isinstance(item, str) else item for item in drawings]
    parts, y = _text(title, (_MARGIN, _MARGIN + _TITLE), _TITLE, is_bold=True)
    y += _GAP
    for row in _rows([item for item in figures if item.drawing]):
        placed, y = _row(row, y)
        parts += placed
    for line in lines:
        told, y = _text(line, (_MARGIN, y + _NOTE + 5), _NOTE)
        parts += told
    paper: svg.Attributes = {"width": WIDTH, "height": y + _MARGIN, "fill": "#ffffff"}
    label = ". ".join((title, *lines))
    inside = svg.tag("g", {"color": _INK}, svg.tag("rect", paper), *parts)
    whole = svg.drawing(WIDTH, y + _MARGIN, label, inside)
    # In a page the letters are those of the page; alone there is no page.
    return whole.replace('font-family="inherit"', f'font-family="{FAMILY}, sans-serif"')


def picture(title: str, drawings: Sequence[str | Figure], lines: Sequence[str]) -> bytes:
    """Return the same as a PNG."""
    return png(framed(title, drawings, lines), PIXELS)


def _rows(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Put narrow drawings beside each other, two in a row."""
    rows: list[list[Figure]] = []
    for item in figures:
        is_free = bool(rows) and len(rows[-1]) == 1 and _is_narrow(rows[-1][0])
        if _is_narrow(item) and is_free:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _is_narrow(item: Figure) -> bool:
    return _size(item.drawing)[0] <= WIDTH / 2


def _row(row: Sequence[Figure], y: float) -> tuple[list[str], float]:
    """Draw one figure or two beside each other; return them and where they end."""
    columns = 2 if _is_narrow(row[0]) else 1
    each = (WIDTH - 2 * _MARGIN - _GAP * (columns - 1)) / columns
    parts, ends = [], []
    for number, item in enumerate(row):
        made, end = _figure(item, (_MARGIN + number * (each + _GAP), y), each)
        parts += made
        ends.append(end)
    return parts, max(ends) + _GAP


def _figure(item: Figure, place: tuple[float, float], wide: float) -> tuple[list[str], float]:
    """Draw a figure with its title above, its legend and notes below."""
    x, y = place
    parts: list[str] = []
    if item.title:
        parts, y = _text(item.title, (x, y + _CAPTION), _CAPTION, wide=wide, is_bold=True)
        y += 8
    width, height = _size(item.drawing)
    tall = wide * height / width
    parts.append(_nested(item.drawing, (x, y, wide, tall)))
    y += tall
    for sign, told in item.legend:
        y += _SIGN + 6
        across = _SIGN * _size(sign)[0] / _size(sign)[1]
        parts.append(_nested(sign, (x, y - _SIGN + 2, across, _SIGN)))
        lines, y = _text(told, (x + across + 7, y), _NOTE, wide=wide - across - 7)
        parts += lines
    for note in item.notes:
        lines, y = _text(note, (x, y + _NOTE + 5), _NOTE, wide=wide)
        parts += lines
    return parts, y


def _nested(item: str, box: tuple[float, float, float, float]) -> str:
    x, y, wide, tall = box
    place = f'<svg x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return item.replace("<svg", place, 1)


def _size(item: str) -> tuple[float, float]:
    box = _BOX.search(item)
    _, _, width, height = map(float, box.group(1).split()) if box else (0, 0, WIDTH, WIDTH)
    return width, height


def _text(
    content: str,
    place: tuple[float, float],
    size: float,
    *,
    wide: float = WIDTH - 2 * _MARGIN,
    is_bold: bool = False,
) -> tuple[list[str], float]:
    """Write a text in as many lines as it needs; return them and where the last one stands."""
    x, y = place
    told = textwrap.wrap(content, int(wide / (size * (0.66 if is_bold else 0.58))))
    look: svg.Attributes = {"x": x, "font-size": size, "fill": _INK}
    if is_bold:
        look["font-weight"] = 700
    parts = [
        svg.text(line, {**look, "y": y + number * size * _LEADING})
        for number, line in enumerate(told)
    ]
    return parts, y + max(len(told) - 1, 0) * size * _LEADING
