"""The drawing of the page of places: from which place to which, one row an area."""

from __future__ import annotations

from geo_app import svg
from geo_app.charts import whiskers
from geo_app.charts.whiskers import Axis, Group, Sign, Whisker
from geo_app.classes import PALETTES
from geo_app.figures import Figure
from geo_app.ranks import words
from geo_app.ranks.placed import Placed, Ranks
from geo_app.text import Words

COLOUR = PALETTES["insecurity"][4]


def figure(found: Ranks, say: Words) -> Figure | None:
    """Return the drawing; None where no area has a place."""
    if not found.areas:
        return None
    facts = {
        "count": len(found.areas),
        "period": say.period(found.period),
        "summary": words.summary(found, say)[0],
    }
    rows = tuple(_row(found, item, say) for item in found.areas)
    label = say("ranks_chart_label", facts)
    return Figure(
        title=say("ranks_chart_title", facts),
        drawing=whiskers.whiskers([Group("", rows)], _axis(len(rows), say), label),
        legend=(
            (_bar(8), say("ranks_chart_bar")),
            (_bar(1.4), say("ranks_chart_thin")),
        ),
    )


def _axis(among: int, say: Words) -> Axis:
    """Return an axis of whole places, a bar reaching half a place to each side."""
    step = 8 if among > 16 else 2
    marked = [1, *range(step, among + 1, step)]
    # The last place has its number, and the one before it must not run into it.
    if marked[-1] != among:
        marked = [place for place in marked if among - place >= step / 2] + [among]
    ticks = tuple((float(place), say.number(place)) for place in marked)
    return Axis(0.5, among + 0.5, ticks, None, say("ranks_chart_axis"))


def _row(found: Ranks, item: Placed, say: Words) -> Whisker:
    name, _, _, value, span = words.cells(found, item, say)
    place = words.place_text(item.first, item.last, len(found.areas), say)
    return Whisker(
        name=name,
        title=f"{name}: {value} ({span}); {place}",
        point=None,
        low=item.first - 0.5,
        high=item.last + 0.5,
        sign=Sign.DISC,
        colour=COLOUR,
        wide_low=item.joint_first - 0.5,
        wide_high=item.joint_last + 0.5,
    )


def _bar(width: float) -> str:
    line: svg.Attributes = {"d": "M1 8H15", "stroke": COLOUR, "stroke-width": width}
    attributes: svg.Attributes = {"viewBox": "0 0 16 16", "width": 16, "height": 16}
    return svg.tag("svg", {"xmlns": svg.NAMESPACE, **attributes}, svg.tag("path", line))
