"""The marks that tell the lines of a chart apart without their colours.

Owns shape and size. A square is the nation's and no other line's.
"""

from __future__ import annotations

from geo_app import svg
from geo_app.classes import LINES

NATION = -1
"""Look of the nation."""

SIZE = 3.2
"""Half the size of a mark."""

_PATHS = (
    "",
    "M{x} {top}L{right} {bottom}H{left}Z",
    "M{x} {top}L{right} {y}L{x} {bottom}L{left} {y}Z",
    "M{x} {bottom}L{right} {top}H{left}Z",
    "M{x} {top}V{bottom}M{left} {y}H{right}",
    "M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}",
    "M{left} {top}V{bottom}L{right} {y}Z",
    "M{right} {top}V{bottom}L{left} {y}Z",
)
"""Disc, triangle up, diamond, triangle down, plus, cross, triangles to the right and the left."""

_CROSSES = (4, 5)


def colour(look: int) -> str:
    """Return the colour of a look: the text's own for the nation."""
    return svg.INK if look == NATION else LINES[look % len(LINES)]


def mark(look: int, x: float, y: float, told: str = "", *, is_open: bool = False) -> str:
    """Draw the mark of a line.

    Parameters
    ----------
    look
        Number of the line in its chart, or ``NATION``.
    x, y
        Its middle.
    told
        What a pointer that rests on it reads.
    is_open
        Whether it is only an outline, as where a figure stands for a part of its period.
    """
    rim: svg.Attributes = {"stroke": colour(look), "stroke-width": 1.1}
    fill: svg.Attributes = {"fill": "none" if is_open else colour(look), **rim}
    title = svg.title(told)
    if look == NATION:
        side = 2 * SIZE - 0.8
        box: svg.Attributes = {"x": x - side / 2, "y": y - side / 2, "width": side, "height": side}
        return svg.tag("rect", {**box, **fill}, title)
    shape = look % len(_PATHS)
    if not _PATHS[shape]:
        return svg.tag("circle", {"cx": x, "cy": y, "r": SIZE - 0.4, **fill}, title)
    ends = {"top": y - SIZE, "bottom": y + SIZE, "left": x - SIZE, "right": x + SIZE}
    path = _PATHS[shape].format(x=f"{x:.1f}", y=f"{y:.1f}", **_written(ends))
    thick: svg.Attributes = {"stroke-width": 1.9 if shape in _CROSSES else 1.1}
    return svg.tag("path", {"d": path, **fill, **thick}, title)


def sign(look: int) -> str:
    """Draw a line with its mark alone, for a legend."""
    line: svg.Attributes = {"d": "M0 8H26", "stroke": colour(look), "stroke-width": 1.6}
    if look == NATION:
        line["stroke-dasharray"] = "5 3"
    return svg.drawing(26, 16, "", svg.tag("path", line), mark(look, 13, 8))


def _written(ends: dict[str, float]) -> dict[str, str]:
    return {name: f"{value:.1f}" for name, value in ends.items()}
