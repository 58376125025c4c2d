"""The key of a map of two scales: nine boxes with their colours, signs and counts.

Owns the layout. Does not own the classes, their bounds or their colours: they come from who asks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo_app import svg
from geo_app.charts import letters

WIDTH, HEIGHT = 400.0, 220.0
LEFT, TOP = 102.0, 36.0
BOX_WIDTH, BOX_HEIGHT = 98.0, 40.0
LETTERS = letters.LEAST

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


def draw(boxes: Sequence[Sequence[Box]], across: Scale, up: Scale, label: str) -> str:
    """Return the key as SVG.

    Parameters
    ----------
    boxes
        Three rows, the highest first, of three boxes, the lowest first.
    across, up
        The two scales.
    label
        What the key shows, for who does not see it.
    """
    parts = [
        _text(f"\N{UPWARDS ARROW} {up.name}", 0, 12),
        _text(up.unit, 0, 27),
        _text(f"{across.name} \N{RIGHTWARDS ARROW}", WIDTH, HEIGHT - 22, "end"),
        _text(across.unit, WIDTH, HEIGHT - 5, "end"),
    ]
    for number, (row, name) in enumerate(zip(boxes, reversed(up.classes), strict=True)):
        y = TOP + number * BOX_HEIGHT
        parts.append(_text(name, LEFT - 5, y + BOX_HEIGHT / 2 + 4, "end"))
        parts += [_box(one, LEFT + n * BOX_WIDTH, y) for n, one in enumerate(row)]
    below = TOP + 3 * BOX_HEIGHT + 15
    for number, name in enumerate(across.classes):
        parts.append(_text(name, LEFT + (number + 0.5) * BOX_WIDTH, below, "middle"))
    return svg.drawing(WIDTH, HEIGHT, label, *parts)


def _box(one: Box, x: float, y: float) -> str:
    place: svg.Attributes = {"x": x, "y": y, "width": BOX_WIDTH - 3, "height": BOX_HEIGHT - 3}
    ink = "#ffffff" if _is_dark(one.colour) else "#1f2733"
    middle: svg.Attributes = {"x": x + BOX_WIDTH / 2 - 1.5, "text-anchor": "middle", "fill": ink}
    return svg.tag(
        "g",
        {},
        svg.tag("rect", {**place, "fill": one.colour, "stroke": svg.HATCH_GREY}),
        svg.text(one.sign, {**middle, "y": y + 16, "font-size": LETTERS, "font-weight": 600}),
        svg.text(one.count, {**middle, "y": y + 30, "font-size": LETTERS}),
    )


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    shares = ((0.2126, red), (0.7152, green), (0.0722, blue))
    return math.fsum(share * math.pow(light, 2.2) for share, light in shares) < DARK


def _text(content: str, x: float, y: float, anchor: str = "start") -> str:
    return svg.text(content, {"x": x, "y": y, "text-anchor": anchor, "font-size": LETTERS})
