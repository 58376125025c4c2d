"""The drawings of the page: one chart of all lines, or a small one for each area.

Owns which values of a line are joined, the scales, and the colour and mark of each line. Does not
own how a chart is drawn (``charts.time_lines``) or what is compared (``compare.comparison``).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from geo_app.charts import axis_steps, line_marks, time_lines
from geo_app.charts.time_records import Point, TimeChart, TimeLine
from geo_app.compare import words
from geo_app.compare.comparison import Layout, Line, Panel
from geo_app.compare.index import BASE
from geo_app.figures import Figure
from geo_app.indicators import Indicator, Kind, Status
from geo_app.periods import Cadence, months_before, parse
from geo_app.text import Words

LEVEL_STEPS = (1.0, 2.0, 3.0, 4.0)

DECIMALS_OF_INDEX = 1

MOST_OF_INTERVAL = 2.0
"""The axis holds intervals up to this multiple of the largest value; longer ones are cut."""

_YEAR_STEPS = (1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of a panel."""

    figures: tuple[Figure, ...]
    """One with all lines, or one for each area."""
    kept: str
    """All of it as one SVG, to be kept as a file."""


def draw(panel: Panel, say: Words) -> Drawn:
    """Return the drawings of a panel in a language."""
    if panel.layout is Layout.LINES:
        found = _together(panel, say)
        return Drawn((found,), found.drawing)
    every = _small(panel, say)
    charts = [
        (words.short_name(line.area, say), " ".join(notes), chart) for line, chart, notes in every
    ]
    figures = tuple(
        Figure(words.name(line.area, say), time_lines.draw(chart, time_lines.SMALL), notes=notes)
        for line, chart, notes in every
    )
    label = words.label(panel, panel.every_line, say)
    return Drawn(figures, time_lines.sheet(charts, label))


def joined(found: Indicator, periods: Sequence[str]) -> dict[str, bool]:
    """Say of each period whether its value may be joined to that of the one before.

    Parameters
    ----------
    found
        The indicator.
    periods
        Oldest first.

    Returns
    -------
    dict
        By period; False for the first one, across a break in the method, and for windows of
        months of which the earlier one begins before a break.
    """
    may = dict.fromkeys(periods[:1], False)
    for before, after in itertools.pairwise(periods):
        first = before
        if found.recipe.months_counted > 1:
            first = months_before(parse(before), found.recipe.months_counted)[0]
        may[after] = not found.breaks_between(first, after)
    return may


def _together(panel: Panel, say: Words) -> Figure:
    lines = [_drawn(panel.nation, line_marks.NATION, panel, say)] if panel.nation else []
    lines += [_drawn(line, number, panel, say) for number, line in enumerate(panel.lines)]
    label = words.label(panel, panel.every_line, say)
    chart = _chart(panel, lines, label, _steps(panel, lines), most_years=6)
    legend = [
        (line_marks.sign(drawn.look), words.name(line.area, say))
        for line, drawn in zip(panel.every_line, lines, strict=True)
    ]
    cut = (say("compare_cut"),) if _is_cut(chart) else ()
    years = _years(panel.first, panel.last, most=12)
    wide = time_lines.draw(replace(chart, years=years), time_lines.WIDE)
    return Figure(words.title(panel, say), time_lines.draw(chart), tuple(legend), cut, wide)


def _small(panel: Panel, say: Words) -> list[tuple[Line, TimeChart, tuple[str, ...]]]:
    nation = [_drawn(panel.nation, line_marks.NATION, panel, say)] if panel.nation else []
    own = [_drawn(line, 0, panel, say) for line in panel.lines]
    shared = _steps(panel, [*nation, *own])
    made: list[tuple[Line, TimeChart, tuple[str, ...]]] = []
    for line, drawn in zip(panel.lines, own, strict=True):
        steps = _steps(panel, [*nation, drawn]) if panel.layout is Layout.FREE else shared
        label = words.label(panel, [line, *([panel.nation] if panel.nation else [])], say)
        chart = _chart(panel, [*nation, drawn], label, steps, most_years=3)
        top = say.number(steps[-1], 0 if steps[-1] >= 10 else 1)
        told = (say("compare_own_axis", {"top": top}),) if panel.layout is Layout.FREE else ()
        made.append((line, chart, told))
    return made


def _chart(
    panel: Panel,
    lines: Sequence[TimeLine],
    label: str,
    steps: tuple[float, ...],
    *,
    most_years: int,
) -> TimeChart:
    rules = enumerate(panel.breaks)
    return TimeChart(
        lines=tuple(lines),
        first=panel.first,
        last=panel.last,
        years=_years(panel.first, panel.last, most_years),
        steps=steps,
        rules=tuple((_start(item.period), words.letter(number)) for number, item in rules),
        label=label,
        across=BASE if panel.base else None,
        is_stepped=panel.indicator.kind is Kind.LEVEL,
    )


def _drawn(line: Line, look: int, panel: Panel, say: Words) -> TimeLine:
    """Return a line with a point for each period; of an index the ratios in place of the values."""
    cells = _cells(line)
    may = joined(panel.indicator, [cell.period for cell in cells])
    points = []
    was_partial = False
    for cell in cells:
        is_partial = cell.status == Status.PARTIAL
        points.append(
            Point(
                x=_middle(cell.period),
                value=cell.value,
                low=cell.low,
                high=cell.high,
                told=_tip(line, cell, panel, say),
                is_joined=may[cell.period] and not (is_partial or was_partial),
                is_doubtful=cell.status in words.DOUBTFUL,
                is_partial=is_partial,
            )
        )
        was_partial = is_partial
    return TimeLine(words.short_name(line.area, say), look, tuple(points))


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is drawn of one row: its value and interval, or its index."""

    period: str
    status: Status
    value: float | None
    low: float | None
    high: float | None


def _cells(line: Line) -> list[_Cell]:
    rows, numbers = line.rows, line.rows[["value", "low", "high"]].to_numpy(dtype=float)
    is_shown = np.full(len(rows), fill_value=True)
    if line.indexed is not None:
        held = ~np.isnan(numbers[:, 0])
        numbers = line.indexed.rows.reindex(rows["period"]).to_numpy(dtype=float)
        # What the index leaves out is no gap in the records: nothing is drawn in its place.
        is_shown = ~held | ~np.isnan(numbers[:, 0]) | (line.indexed.refusal is not None)
    every = zip(rows["period"], rows["status"], numbers.tolist(), is_shown, strict=True)
    return [
        _Cell(str(period), Status(status), *map(_number, found))
        for period, status, found, is_one in every
        if is_one
    ]


def _tip(line: Line, cell: _Cell, panel: Panel, say: Words) -> str:
    if cell.value is None:
        return ""
    decimals = DECIMALS_OF_INDEX if panel.base else panel.indicator.decimals
    number = say.number(cell.value, decimals)
    facts = {
        "name": words.name(line.area, say),
        "period": say.period(cell.period),
        "value": number if panel.base else say.figure(panel.indicator, cell.value),
        "span": say.span(cell.low, cell.high, decimals),
    }
    return say("compare_last_span" if facts["span"] else "compare_last", facts)


def _steps(panel: Panel, lines: Iterable[TimeLine]) -> tuple[float, ...]:
    if panel.indicator.kind is Kind.LEVEL:
        return LEVEL_STEPS
    points = [item for line in lines for item in line.points if item.value is not None]
    largest = max((item.value or 0 for item in points), default=0)
    ends = max((item.high or 0 for item in points), default=0)
    return axis_steps.from_zero(max(largest, min(ends, MOST_OF_INTERVAL * largest)))


def _is_cut(chart: TimeChart) -> bool:
    highs = [item.high or 0 for line in chart.lines for item in line.points]
    return max(highs, default=0) > chart.steps[-1]


def _years(first: date, last: date, most: int) -> tuple[tuple[float, str], ...]:
    """Return few years, each at its middle; where none has its middle in the range, the first."""
    middles = {year: date(year, 7, 2).toordinal() for year in range(first.year, last.year + 1)}
    inside = [year for year, x in middles.items() if first.toordinal() <= x <= last.toordinal()]
    if not inside:
        return (((first.toordinal() + last.toordinal()) / 2, str(first.year)),)
    step = next((item for item in _YEAR_STEPS if len(inside) / item <= most), _YEAR_STEPS[-1])
    return tuple((float(middles[year]), str(year)) for year in inside if year % step == 0) or (
        (float(middles[inside[0]]), str(inside[0])),
    )


def _middle(period: str) -> float:
    found = parse(period)
    if found.cadence is Cadence.ISSUE:
        return float(found.start.toordinal())
    return found.start.toordinal() + found.days / 2


def _start(period: str) -> float:
    return float(parse(period).start.toordinal())


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
