"""The key of a map of two scales: nine boxes with their colours, signs and counts.

Owns the layout. Does not own the classes, their bounds or their colours: they come from who asks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import text_lines
from geo_app.charts.text_lines import LINE, wrapped

BOX_ROOM = 11.0
"""Room in a box beside its lines of text."""


@dataclass(frozen=True, slots=True)
class Form:
    """How wide the key is, in view box units."""

    width: float
    left: float
    """Room for the names of the rows."""

    @property
    def box(self) -> float:
        """Width of a box with the gap beside it."""
        return (self.width - self.left) / 3


WIDE = Form(400.0, 102.0)
NARROW = Form(330.0, 84.0)
"""For a phone, where the key stands in a frame of its own: letters of 13 are 11.8 pixels high."""

DARK = 0.18
"""Luminance of WCAG, its power taken as 2.2, below which white letters stand out more."""


@dataclass(frozen=True, slots=True)
class Box:
    """One of the nine."""

    colour: str
    """``#rrggbb``."""
    sign: str
    """A letter and a number, as on the map."""
    count: str
    """How many areas it has, in words."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One of the two scales."""

    name: str
    unit: str
    classes: tuple[str, str, str]
    """Bounds of each class in words, the lowest first."""


def draw(
    boxes: Sequence[Sequence[Box]], across: Scale, up: Scale, label: str, form: Form = WIDE
) -> str:
    """Return the key as SVG.

    Parameters
    ----------
    boxes
        Three rows, the highest first, of three boxes, the lowest first.
    across, up
        The two scales.
    label
        What the key shows, for who does not see it.
    form
        How wide it is; lines that have no room break.
    """
    above = text_lines.up_title(up.name, up.unit, form.width)
    top = LINE * len(above) + 6
    counts = [len(wrapped(one.count, form.box - 6)) for row in boxes for one in row]
    tall = LINE * (1 + max(counts)) + BOX_ROOM
    parts = text_lines.draw(above, 0, 12, "start")
    for number, (row, name) in enumerate(zip(boxes, reversed(up.classes), strict=True)):
        y = top + number * tall
        lines = wrapped(name, form.left - 5)
        parts += text_lines.draw(lines, form.left - 5, _first(y, tall, len(lines)), "end")
        parts += [
            _box(one, form.left + n * form.box, y, form.box, tall) for n, one in enumerate(row)
        ]
    below = top + 3 * tall + 12
    columns = [wrapped(name, form.box - 4) for name in across.classes]
    for number, lines in enumerate(columns):
        parts += text_lines.draw(lines, form.left + (number + 0.5) * form.box, below, "middle")
    named = text_lines.across_title(across.name, across.unit, form.width)
    start = below + LINE * max(map(len, columns)) + 5
    parts += text_lines.draw(named, form.width, start, "end")
    height = start + LINE * (len(named) - 1) + 5
    return svg.drawing(form.width, height, label, *parts)


def _first(top: float, tall: float, count: int) -> float:
    """Return where the first of some lines stands, so that all have the middle of a row."""
    return top + tall / 2 + 3 - LINE * (count - 1) / 2


def _box(one: Box, x: float, y: float, width: float, tall: float) -> str:
    place: svg.Attributes = {"x": x, "y": y, "width": width - 3, "height": tall - 3}
    ink = "#ffffff" if _is_dark(one.colour) else "#1f2733"
    lines = wrapped(one.count, width - 6)
    middle, first = x + width / 2 - 1.5, _first(y, tall, 1 + len(lines))
    return svg.tag(
        "g",
        {},
        svg.tag("rect", {**place, "fill": one.colour, "stroke": svg.HATCH_GREY}),
        *text_lines.draw((one.sign,), middle, first, "middle", {"font-weight": 600, "fill": ink}),
        *text_lines.draw(lines, middle, first + LINE, "middle", {"fill": ink}),
    )


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    shares = ((0.2126, red), (0.7152, green), (0.0722, blue))
    return math.fsum(share * math.pow(light, 2.2) for share, light in shares) < DARK
