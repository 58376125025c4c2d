"""The drawing of the page of two dates: each change with its interval, in the table's order."""

from __future__ import annotations

import math
from itertools import chain

from geo_app import svg
from geo_app.changes import words
from geo_app.changes.compared import AreaChange, Compared, Verdict, ends
from geo_app.charts import axis_steps, whiskers
from geo_app.charts.whiskers import Axis, Group, Sign, Whisker
from geo_app.classes import DIVERGING
from geo_app.figures import Figure
from geo_app.text import Words

MOST_ROWS = 125
"""Areas that are drawn; of a state with more municipalities the table tells."""

NEAR = (0.6, 0.8, 1.0, 1.25, 1.6)
MIDDLE = (0.25, 0.5, 1.0, 2.0, 4.0)
FAR = (1 / 16, 1 / 4, 1.0, 4.0, 16.0)
"""Ratios at which an axis has a line: of small changes, of larger ones, and of any.

Five lines that lie about as far apart: the words of nine ran into each other."""

_DRAWN = (Verdict.ROSE, Verdict.FELL, Verdict.UNTOLD)
_SIGNS = {Verdict.ROSE: Sign.UP, Verdict.FELL: Sign.DOWN, Verdict.UNTOLD: Sign.RING}
_COLOURS = {
    Verdict.ROSE: DIVERGING["change"][6],
    Verdict.FELL: DIVERGING["change"][1],
    Verdict.UNTOLD: svg.HATCH_GREY,
}


def figure(found: Compared, say: Words) -> Figure | None:
    """Return the drawing; None where nothing is compared, or too much to be drawn."""
    every = list(chain.from_iterable(map(found.of, _DRAWN)))
    if found.refusal is not None or not 0 < len(every) <= MOST_ROWS:
        return None
    axis = ratio_axis(every, say) if found.is_counted else difference_axis(every, say)
    groups = [_group(found, verdict, say) for verdict in _DRAWN]
    if found.nation is not None and found.nation.verdict in _DRAWN:
        own = (_row(found, found.nation, say),)
        groups.insert(0, Group(say("changes_group_nation"), own))
    dates = words.periods(found, say)
    told = words.summary(found, say)[0]
    label = say("changes_chart_label", {**dates, "count": len(every), "summary": told})
    return Figure(
        title=say("changes_chart_title", dates),
        drawing=whiskers.whiskers(groups, axis, label),
        legend=tuple(
            (whiskers.sign(_SIGNS[item], _COLOURS[item]), say(f"changes_sign_{item}"))
            for item in _DRAWN
        ),
        notes=(say("changes_chart_note"),),
    )


def ratio_axis(every: list[AreaChange], say: Words) -> Axis:
    """Return an axis of ratios on which twice as much lies as far from the middle as half."""
    finite = [end for item in every for end in ends(item.change) if 0 < end < math.inf]
    low, high = min(finite, default=1.0), max(finite, default=1.0)
    lines = next((one for one in (NEAR, MIDDLE) if one[0] <= low and high <= one[-1]), FAR)
    first = max((n for n, tick in enumerate(lines) if tick <= low), default=0)
    last = min((n for n, tick in enumerate(lines) if tick >= high), default=len(lines) - 1)
    middle = lines.index(1.0)
    shown = lines[min(first, middle - 1) : max(last, middle + 1) + 1]
    ticks = tuple((math.log(tick), words.percent(tick, say)) for tick in shown)
    return Axis(ticks[0][0], ticks[-1][0], ticks, 0.0, say("changes_chart_ratio"))


def difference_axis(every: list[AreaChange], say: Words) -> Axis:
    """Return an axis of differences with as much room for falls as for rises."""
    top = axis_steps.from_zero(max(abs(end) for item in every for end in ends(item.change)))[-1]
    # Five lines: numbers of five digits would run into each other.
    lines = [top * part for part in (-1, -0.5, 0, 0.5, 1)]
    decimals = 0 if top >= 10 else 1
    ticks = tuple((line, words.signed(line, decimals, say)) for line in lines)
    return Axis(-top, top, ticks, 0.0, say("changes_chart_difference"))


def _group(found: Compared, verdict: Verdict, say: Words) -> Group:
    rows = tuple(_row(found, item, say) for item in found.of(verdict))
    return Group(say(f"changes_group_{verdict}"), rows)


def _row(found: Compared, item: AreaChange, say: Words) -> Whisker:
    low, high = ends(item.change)
    point = item.change.ratio if found.is_counted else item.change.difference
    if found.is_counted:
        low, high = _log(low), _log(high)
        point = None if point is None else _log(point)
    return Whisker(
        name=words.name(item, say),
        title=_title(found, item, say),
        point=point,
        low=low,
        high=high,
        sign=_SIGNS[item.verdict],
        colour=_COLOURS[item.verdict],
    )


def _title(found: Compared, item: AreaChange, say: Words) -> str:
    both = (item.change.before, item.change.after)
    told = " → ".join(words.figure(found, value, say) for value in both)
    return f"{words.name(item, say)}: {told}"


def _log(ratio: float) -> float:
    return math.log(ratio) if ratio > 0 else -math.inf
