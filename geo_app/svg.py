"""Drawings as SVG text: elements, escaping, and the frame that says what a drawing shows.

Owns how an element is written. Does not own what is drawn (``charts``, ``maps.small``). A drawing
needs no script and no style sheet: it is shown in a page, printed and kept as a file alike. It has
no size of its own but a view box, and the colour of its text is that of the page around it.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

NAMESPACE = "http://www.w3.org/2000/svg"

INK = "currentColor"
"""The colour of the page's text, in a light and in a dark page."""

HATCH = "atlas-hatch"
"""Name of the pattern of what has no value."""

Attribute = str | float
Attributes = dict[str, Attribute]

HATCH_GREY = "#84888f"


def tag(name: str, attributes: Mapping[str, Attribute], *children: str) -> str:
    """Return an element.

    Parameters
    ----------
    name
        Name of the element.
    attributes
        Values as they should be read; they are escaped here. Numbers are written with at most two
        decimals.
    children
        Elements or escaped text.

    Examples
    --------
    >>> tag("path", {"d": "M0 0", "stroke-width": 1.0})
    '<path d="M0 0" stroke-width="1"/>'
    """
    told = "".join(f' {key}="{_written(value)}"' for key, value in attributes.items())
    inside = "".join(children)
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def text(content: str, attributes: Mapping[str, Attribute]) -> str:
    """Return a line of text, escaped."""
    return tag("text", {"fill": INK, **attributes}, html.escape(content, quote=False))


def title(content: str) -> str:
    """Return what a pointer that rests on an element reads, escaped."""
    return tag("title", {}, html.escape(content, quote=False)) if content else ""


def drawing(
    width: float, height: float, label: str, *children: str, origin: tuple[float, float] = (0, 0)
) -> str:
    """Return a whole drawing.

    Parameters
    ----------
    width, height
        Size of the view box; the page decides how large it is shown.
    label
        What the drawing shows, for who does not see it.
    children
        Elements, the lowest first.
    origin
        Left and upper end of the view box.
    """
    box = (*origin, width, height)
    attributes: Attributes = {
        "xmlns": NAMESPACE,
        "viewBox": " ".join(map(_number, box)),
        "role": "img",
        "aria-label": label,
        "font-family": "inherit",
    }
    return tag("svg", attributes, tag("defs", {}, _hatch()), *children)


def _hatch() -> str:
    line: Attributes = {"d": "M0 0V6", "stroke": HATCH_GREY, "stroke-width": 1.6}
    frame: Attributes = {
        "id": HATCH,
        "width": 5,
        "height": 6,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": "rotate(45)",
    }
    return tag("pattern", frame, tag("path", line))


def _written(value: Attribute) -> str:
    return html.escape(value) if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
