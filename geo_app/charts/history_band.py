"""The band of a state's US levels through time, from the first year held to the last day known.

Owns the layout. A stretch that is not known is hatched, and its sign says so too: "?" after a level
that was only last stated, "*" after one that was carried over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo_app import svg
from geo_app.advice_steps import Step, runs
from geo_app.charts.spreading import spread
from geo_app.classes import PALETTES
from geo_app.text import Words

WIDE, NARROW = 720.0, 340.0
"""Widths of the view box for a desk or a print, and for a phone."""

_MARGIN = 6.0
_TOP, _BOTTOM = 16.0, 46.0
_LABEL_FROM = 62.0
_LABEL_GAP = 11.0
_SIGN = 7.0
_INK = "#1f2733"


def history_band(found: Sequence[Step], label: str, say: Words, width: float = WIDE) -> str:
    """Draw the band.

    Parameters
    ----------
    found
        Steps, oldest first; at least one.
    label
        All that the band shows, in words.
    say
        The words of a language.
    width
        ``WIDE``, where each issue has its date, or ``NARROW``, where it has a tick.
    """
    scale = _Scale(found, width)
    parts = [_segment(item, scale, say) for item in runs(found)]
    issues = [item.start for item in found[1:]]
    parts += [_tick(scale.x(day), say.date(day)) for day in issues]
    parts += _years(found[0].start.year, found[-1].end, scale)
    if width < WIDE:
        return svg.drawing(width, _BOTTOM + 10, label, *parts)
    parts += _dates(issues, scale)
    return svg.drawing(width, _LABEL_FROM + 56, label, *parts)


class _Scale:
    """Where a day stands on the band."""

    def __init__(self, found: Sequence[Step], width: float) -> None:
        self._first = found[0].start
        self._days = max((found[-1].end - self._first).days, 1)
        self._width = width - 2 * _MARGIN

    def x(self, day: date) -> float:
        return _MARGIN + (day - self._first).days / self._days * self._width


def _segment(item: Step, scale: _Scale, say: Words) -> str:
    left, right = scale.x(item.start), scale.x(item.end)
    box: svg.Attributes = {"x": left, "y": _TOP, "width": right - left, "height": _BOTTOM - _TOP}
    rim: svg.Attributes = {"stroke": svg.HATCH_GREY, "stroke-width": 0.8}
    parts = []
    if item.level is not None:
        parts.append(svg.tag("rect", {**box, "fill": PALETTES["advisory"][item.level - 1], **rim}))
    if item.level is None or item.is_last_stated:
        parts.append(svg.tag("rect", {**box, "fill": f"url(#{svg.HATCH})", **rim}))
    if item.is_carried_over:
        line = {**box, "y": _BOTTOM - 3.5, "height": 3.5, "fill": "#ffffff", "stroke": _INK}
        parts.append(svg.tag("rect", {**line, "stroke-width": 0.8, "stroke-dasharray": "2 2"}))
    sign = level_sign(item)
    if right - left >= _SIGN * len(sign) + 2:
        parts.append(_sign((left + right) / 2, sign))
    told = f"{say.date(item.start)}: {sign}"
    return svg.tag("g", {}, svg.title(told), *parts)


def level_sign(item: Step) -> str:
    """Return the level with its marks: "?" alone where none is known.

    Examples
    --------
    >>> day = date(2020, 3, 19)
    >>> level_sign(Step(day, day, 2, is_carried_over=True, is_last_stated=True))
    '2*?'
    """
    if item.level is None:
        return "?"
    carried = "*" if item.is_carried_over else ""
    return f"{item.level}{carried}{'?' if item.is_last_stated else ''}"


def _sign(x: float, sign: str) -> str:
    look: svg.Attributes = {"font-size": 14, "font-weight": 700, "fill": _INK, "stroke": "#ffffff"}
    rim: svg.Attributes = {"stroke-width": 3.4, "paint-order": "stroke", "text-anchor": "middle"}
    return svg.text(sign, {"x": x, "y": (_TOP + _BOTTOM) / 2 + 5, **look, **rim})


def _tick(x: float, told: str) -> str:
    line: svg.Attributes = {"d": f"M{x:.1f} {_BOTTOM}v6", "stroke": svg.INK, "stroke-width": 1}
    return svg.tag("path", line, svg.title(told))


def _years(first: int, last: date, scale: _Scale) -> list[str]:
    place: svg.Attributes = {"y": 11, "font-size": 11}
    return [
        svg.text(str(year), {"x": scale.x(date(year, 1, 1)), **place})
        for year in range(first, last.year + 1)
        # The text of a year that has only begun would stand beyond the edge.
        if (last - date(year, 1, 1)).days > 120
    ]


def _dates(issues: Sequence[date], scale: _Scale) -> list[str]:
    """Write the day of each issue upright under its tick; where they are close, beside it."""
    spots = spread([scale.x(day) for day in issues], _MARGIN + 4, WIDE - _MARGIN, _LABEL_GAP)
    parts = []
    for day, spot in zip(issues, spots, strict=True):
        lead = f"M{scale.x(day):.1f} {_BOTTOM + 6}L{spot:.1f} {_LABEL_FROM - 2}"
        line: svg.Attributes = {"d": lead, "stroke": svg.HATCH_GREY, "stroke-width": 0.7}
        turn = f"translate({spot + 3:.1f} {_LABEL_FROM}) rotate(90)"
        parts.append(svg.tag("path", {**line, "fill": "none"}))
        # As a number, so that it is short in both languages; the words stand in the list.
        look: svg.Attributes = {"transform": turn, "font-size": 9.5, "dominant-baseline": "auto"}
        parts.append(svg.text(day.isoformat(), look))
    return parts
