"""Text on a picture: measured, broken into lines and written, always in the same font."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

INK, QUIET = "#1f2733", "#636973"


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is written."""

    size: float
    colour: str = INK
    is_bold: bool = False


def write(
    axes: Axes,
    at: tuple[float, float],
    text: str,
    look: Look,
    align: Literal["left", "right"] = "left",
) -> None:
    """Write a line on a baseline; no sign in it has a meaning of its own."""
    font = _font(look)
    axes.text(*at, text, color=look.colour, fontproperties=font, ha=align, parse_math=False)


@cache
def _font(look: Look) -> FontProperties:
    name = "DejaVuSans-Bold.ttf" if look.is_bold else "DejaVuSans.ttf"
    # The file that matplotlib brings, not whatever the machine has under that name.
    path = Path(mpl.get_data_path(), "fonts", "ttf", name)
    # The weight is for SVG, which names a font and does not hold it.
    weight = "bold" if look.is_bold else "normal"
    return FontProperties(fname=path, size=look.size, weight=weight)


def measure(text: str, look: Look) -> float:
    """Return the width of a line."""
    return float(text_to_path.get_text_width_height_descent(text, _font(look), ismath=False)[0])


def wrap(text: str, look: Look, width: float) -> list[str]:
    """Break a text into lines of a width; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, look) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
