"""Lines of text below one another in a view box 400 wide, and what axes are named by.

Owns the distance of lines and where names of axes break. Does not own where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from geo_app import svg
from geo_app.charts import letters

LETTERS = letters.LEAST
LINE = 15.0
"""Distance of two lines of text."""


def wrapped(text: str, room: float) -> tuple[str, ...]:
    """Return the lines of a text, as ``letters.wrapped`` breaks it."""
    return letters.wrapped(text, LETTERS, room)


def up_title(name: str, unit: str, room: float) -> tuple[str, ...]:
    """Return the lines that name an axis which leads up, with its unit."""
    return wrapped(f"\N{UPWARDS ARROW} {name}", room) + wrapped(unit, room)


def across_title(name: str, unit: str, room: float) -> tuple[str, ...]:
    """Return the lines that name an axis which leads to the right, with its unit."""
    return wrapped(f"{name} \N{RIGHTWARDS ARROW}", room) + wrapped(unit, room)


def draw(
    lines: Sequence[str], x: float, y: float, anchor: str, look: svg.Attributes | None = None
) -> list[str]:
    """Return lines as SVG, an element each.

    Parameters
    ----------
    lines
        From above to below.
    x, y
        Where the first one stands.
    anchor
        Which end of it stands there: "start", "middle" or "end".
    look
        Further attributes of each.
    """
    place: svg.Attributes = {"x": x, "text-anchor": anchor, "font-size": LETTERS, **(look or {})}
    return [svg.text(line, {**place, "y": y + LINE * n}) for n, line in enumerate(lines)]
