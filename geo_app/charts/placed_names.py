"""Names beside marks, drawn where they were found to have room, with a line from those far off.

Owns how a placed name looks and how much room it asks for. Does not own where it stands:
``label_places`` does.
"""

from __future__ import annotations

from geo_app import svg
from geo_app.charts import letters
from geo_app.charts.label_places import Box, Label, Placed

ROOM = 3.0
"""Room between a name and what stands beside it."""


def label(name: str, spot: tuple[float, float], size: float) -> Label:
    """Return the place that a name asks for, beside the middle of its mark."""
    return Label(*spot, letters.width(name, size) + ROOM, size)


def draw(name: str, spot: tuple[float, float], placed: Placed, size: float) -> str:
    """Return a name as SVG, to be drawn below the marks: its line leads to the middle of one.

    Parameters
    ----------
    name
        What is written.
    spot
        The middle of its mark.
    placed
        Its place.
    size
        Size of its letters.

    Returns
    -------
    str
        The line, where it stands far off, and the name.
    """
    box = placed.box
    place: svg.Attributes = {"x": box.left, "y": box.bottom - 2, "font-size": size}
    return (_lead(spot, box) if placed.is_led else "") + svg.text(name, place)


def _lead(spot: tuple[float, float], box: Box) -> str:
    x, y = spot
    end_x = min(max(x, box.left), box.right)
    end_y = min(max(y, box.top + 2), box.bottom - 2)
    look: svg.Attributes = {"stroke": svg.INK, "stroke-width": 0.6, "opacity": 0.5}
    return svg.tag("path", {"d": f"M{x:.1f} {y:.1f}L{end_x:.1f} {end_y:.1f}", **look})
