"""Drawings with their title, legend and notes, side by side where there is room, as HTML.

Owns the markup, in which every text is escaped. Does not own the drawings (``charts``, ``maps``)
or how a page shows it (``ui.drawings``).
A notebook shows a figure by itself.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo_app.text import unbroken


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing and what must be read with it."""

    title: str
    drawing: str
    """SVG of ours; empty where there is nothing to draw, and the notes say why."""
    legend: tuple[tuple[str, str], ...] = ()
    """Sign (SVG of ours) and meaning."""
    notes: tuple[str, ...] = ()
    """Sentences below: source, dates, what is missing."""
    wide: str = ""
    """The same for a wide page, where it has a form of its own: SVG of ours; empty for none."""

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it, where it is the last line of a cell."""
        return _figure(replace(self, wide=""))


FigureRows = tuple[tuple[Figure, ...], ...]
"""Figures of a page, row by row."""


def side_by_side(figures: Sequence[Figure]) -> str:
    """Return figures as HTML; one below the other on a narrow page."""
    return f'<div class="atlas-figures">{"".join(map(_figure, figures))}</div>'


def small_multiples(figures: Sequence[Figure]) -> str:
    """Return many small figures as HTML, as many in a row as there is room for."""
    inside = "".join(map(_figure, figures))
    return f'<div class="atlas-figures atlas-multiples">{inside}</div>'


def _figure(found: Figure) -> str:
    # The signs have no words of their own: what they mean stands beside them.
    legend = "".join(
        f'<li><span aria-hidden="true">{sign}</span> {html.escape(text)}</li>'
        for sign, text in found.legend
    )
    told = unbroken(f"<ul>{legend}</ul>") if legend else ""
    notes = unbroken("".join(f"<p>{html.escape(note)}</p>" for note in found.notes))
    caption = f"<figcaption>{html.escape(found.title)}</figcaption>"
    return f"<figure>{caption}{_drawn(found)}{told}{notes}</figure>"


def _drawn(found: Figure) -> str:
    """Return the drawing; of two forms the style sheet shows one, to eyes and ears alike."""
    if not found.wide:
        return found.drawing
    # The first is what stands at a desk: who looks for a drawing there finds it first.
    forms = (("wide", found.wide), ("narrow", found.drawing))
    return "".join(f'<div class="atlas-{form}-form">{drawn}</div>' for form, drawn in forms)
