"""Lines through time on one scale from zero, large with their names or as one of many small charts.

Owns the layout. A line is broken where a value is missing or does not follow from the one before;
a doubtful stretch is dotted; the nation is dashed with squares; an interval is a band, or a whisker
where it stands alone. Does not own which values may be joined: who asks says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from geo_app import svg
from geo_app.charts import axis_steps, letters
from geo_app.charts.line_marks import NATION, colour, mark
from geo_app.charts.spreading import spread
from geo_app.charts.time_records import Point, Size, TimeChart, TimeLine

_HEAD = 32.0
"""Room above a small chart for its name."""

_BESIDE = 4.0
"""Room between the numbers of the axis and the chart."""

_NAME_GAP = 1.15
"""Least distance of two names at the ends of lines, in sizes of their letters."""

_ROOM_FOR_MARKS = 7.0
"""Least distance of two marks of a line; closer ones would be a blot."""

_DASHES = {
    (False, False): "",
    (False, True): "0.1 3.6",
    (True, False): "6 3.4",
    (True, True): "6 3 0.1 3",
}
"""Of a line by whether it is the nation's and whether it is doubtful."""


LARGE = Size(400, 350, 38, 122, 20, 24, 13, has_names=True)
"""For a phone, and as a file."""
WIDE = Size(800, 330, 34, 116, 20, 22, 11, has_names=True)
"""For a page that is wider than a phone: its letters are seen as large as those of ``LARGE``."""
SMALL = Size(176, 124, 34, 8, 16, 20, 12, has_names=False)


def draw(found: TimeChart, size: Size = LARGE) -> str:
    """Return a chart as SVG."""
    return svg.drawing(size.width, size.height, found.label, *parts(found, size))


def sheet(charts: Sequence[tuple[str, str, TimeChart]], label: str, columns: int = 4) -> str:
    """Return small charts under their names as one drawing, to be taken away.

    Parameters
    ----------
    charts
        Name of each, a few words below it (may be empty), and the chart.
    label
        What all of them show.
    columns
        Number of charts beside each other.
    """
    high, wide = SMALL.height + _HEAD, SMALL.width + 12
    cells = []
    for number, (name, note, chart) in enumerate(charts):
        place = f"translate({number % columns * wide} {number // columns * high + _HEAD})"
        title = svg.text(name, {"x": 2, "y": -16, "font-size": 12, "font-weight": 600})
        below = svg.text(note, {"x": 2, "y": -3, "font-size": 10.5}) if note else ""
        cells.append(svg.tag("g", {"transform": place}, title, below, *parts(chart, SMALL)))
    rows = -(-len(charts) // columns)
    return svg.drawing(columns * wide, rows * high, label, *cells)


def parts(found: TimeChart, size: Size = LARGE) -> list[str]:
    """Return the elements of a chart, the lowest first."""
    frame = _Frame(found, size)
    made = [_grid(step, frame) for step in found.steps]
    made += [_year(x, text, frame) for x, text in found.years]
    made += [_rule(x, text, frame) for x, text in found.rules]
    if found.across is not None:
        made.append(_across(found.across, frame))
    for line in found.lines:
        made += _intervals(line, frame)
    for line in found.lines:
        made += _strokes(line, frame)
    for line in found.lines:
        made += _marks(line, frame)
    return [*made, *(_names(found.lines, frame) if size.has_names else ())]


class _Frame:
    """Where a day and a value stand."""

    def __init__(self, found: TimeChart, size: Size) -> None:
        self.size, self.is_stepped = size, found.is_stepped
        self._first = found.first.toordinal()
        self._days = max(found.last.toordinal() + 1 - self._first, 1)
        self._top = found.steps[-1]
        widest = max(letters.width(axis_steps.written(step), size.letters) for step in found.steps)
        self.left = max(size.left, widest + _BESIDE)
        self.right = size.width - size.right
        self.base = size.height - size.bottom

    def x(self, day: float) -> float:
        share = min(max((day - self._first) / self._days, 0), 1)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        # The end of an interval may lie beyond the axis: it is cut there.
        return self.base - min(value, self._top) / self._top * (self.base - self.size.top)


def _grid(step: float, frame: _Frame) -> str:
    y = frame.y(step)
    line: svg.Attributes = {"d": f"M{frame.left} {y:.1f}H{frame.right:.1f}", "stroke": svg.INK}
    place: svg.Attributes = {"x": frame.left - _BESIDE, "y": y + 3.5, "text-anchor": "end"}
    number = svg.text(axis_steps.written(step), {**place, "font-size": frame.size.letters})
    return svg.tag("path", {**line, "stroke-width": 0.6, "opacity": 0.3}) + number


def _year(x: float, text: str, frame: _Frame) -> str:
    at = letters.inside(frame.x(x), text, frame.size.letters, frame.size.width)
    place: svg.Attributes = {"x": at, "y": frame.base + 14, "text-anchor": "middle"}
    return svg.text(text, {**place, "font-size": frame.size.letters})


def _rule(x: float, text: str, frame: _Frame) -> str:
    at = frame.x(x)
    line: svg.Attributes = {"d": f"M{at:.1f} {frame.size.top}V{frame.base}", "stroke": svg.INK}
    place: svg.Attributes = {"x": at, "y": frame.size.top - 4, "text-anchor": "middle"}
    name = svg.text(text, {**place, "font-size": frame.size.letters, "font-weight": 700})
    return svg.tag("path", {**line, "stroke-width": 1.1, "stroke-dasharray": "2 2"}) + name


def _across(value: float, frame: _Frame) -> str:
    path = f"M{frame.left} {frame.y(value):.1f}H{frame.right:.1f}"
    return svg.tag("path", {"d": path, "stroke": svg.INK, "stroke-width": 1.1, "opacity": 0.7})


def _runs(line: TimeLine) -> list[list[Point]]:
    """Return the stretches of points that may be joined."""
    runs: list[list[Point]] = []
    is_open = False
    for point in line.points:
        if point.value is None:
            is_open = False
            continue
        if is_open and point.is_joined:
            runs[-1].append(point)
        else:
            runs.append([point])
        is_open = True
    return runs


def _intervals(line: TimeLine, frame: _Frame) -> Iterator[str]:
    for run in _runs(line):
        for has_one, items in itertools.groupby(run, key=lambda point: point.low is not None):
            held = list(items)
            if has_one:
                yield _band(held, line, frame) if len(held) > 1 else _whisker(held[0], line, frame)


def _band(held: Sequence[Point], line: TimeLine, frame: _Frame) -> str:
    upper = [f"{frame.x(p.x):.1f} {frame.y(p.high or 0):.1f}" for p in held]
    lower = [f"{frame.x(p.x):.1f} {frame.y(p.low or 0):.1f}" for p in reversed(held)]
    path = f"M{'L'.join([*upper, *lower])}Z"
    return svg.tag("path", {"d": path, "fill": colour(line.look), "opacity": 0.16})


def _whisker(point: Point, line: TimeLine, frame: _Frame) -> str:
    low, high = frame.y(point.low or 0), frame.y(point.high or 0)
    path = f"M{frame.x(point.x):.1f} {low:.1f}V{high:.1f}"
    return svg.tag("path", {"d": path, "stroke": colour(line.look), "stroke-width": 1.3})


def _strokes(line: TimeLine, frame: _Frame) -> Iterator[str]:
    """Yield a path for each stretch of equal certainty."""
    runs = _runs(line)
    for number, run in enumerate(runs):
        pairs = list(itertools.pairwise(run))
        for is_doubtful, items in itertools.groupby(pairs, key=_is_doubtful):
            joined = list(items)
            yield _stroke([joined[0][0], *(last for _, last in joined)], line, frame, is_doubtful)
        if frame.is_stepped:
            starts = [run[0].x for run in runs[number + 1 :]]
            yield _held(run[-1], starts, line, frame)


def _is_doubtful(pair: tuple[Point, Point]) -> bool:
    return pair[0].is_doubtful or pair[1].is_doubtful


def _stroke(
    points: Sequence[Point],
    line: TimeLine,
    frame: _Frame,
    is_doubtful: bool,  # noqa: FBT001 -- the key of a group
) -> str:
    first, *others = points
    path = f"M{frame.x(first.x):.1f} {frame.y(first.value or 0):.1f}"
    for point in others:
        x, y = frame.x(point.x), frame.y(point.value or 0)
        path += f"H{x:.1f}V{y:.1f}" if frame.is_stepped else f"L{x:.1f} {y:.1f}"
    return svg.tag("path", {"d": path, **_look(line, is_doubtful=is_doubtful)})


def _held(point: Point, starts: Sequence[float], line: TimeLine, frame: _Frame) -> str:
    """Draw the last value of a stretch on until the next one, a gap, or the end."""
    gaps = [item.x for item in line.points if item.x > point.x and item.value is None]
    end = min((*starts, *gaps), default=float("inf"))
    path = f"M{frame.x(point.x):.1f} {frame.y(point.value or 0):.1f}H{frame.x(end):.1f}"
    return svg.tag("path", {"d": path, **_look(line, is_doubtful=point.is_doubtful)})


def _look(line: TimeLine, *, is_doubtful: bool) -> svg.Attributes:
    is_nation = line.look == NATION
    look: svg.Attributes = {"fill": "none", "stroke": colour(line.look), "stroke-linecap": "round"}
    look["stroke-width"] = 1.8 if is_doubtful or is_nation else 1.6
    dashes = _DASHES[is_nation, is_doubtful]
    return {**look, "stroke-dasharray": dashes} if dashes else look


def _marks(line: TimeLine, frame: _Frame) -> Iterator[str]:
    """Yield a mark for each value where there is room, else for what stands alone and the last."""
    runs = _runs(line)
    known = [point for run in runs for point in run]
    room = (frame.right - frame.left) / max(len(line.points), 1)
    is_roomy = frame.size.has_names and room >= _ROOM_FOR_MARKS
    single = {id(run[0]) for run in runs if len(run) == 1}
    for point in known:
        if is_roomy or point.is_partial or id(point) in single or point is known[-1]:
            x, y = frame.x(point.x), frame.y(point.value or 0)
            yield mark(line.look, x, y, point.told, is_open=point.is_partial)


def _names(lines: Sequence[TimeLine], frame: _Frame) -> Iterator[str]:
    """Yield the names at the ends of the lines, moved apart, each with a thin line to its end."""
    ends = []
    for line in lines:
        known = [point for point in line.points if point.value is not None]
        if known:
            last = known[-1]
            ends.append((frame.y(last.value or 0), frame.x(last.x), line))
    ends.sort(key=lambda item: item[0])
    low, high = frame.size.top, frame.base
    spots = spread([y for y, _, _ in ends], low, high, _NAME_GAP * frame.size.letters)
    for (y, x, line), spot in zip(ends, spots, strict=True):
        lead = f"M{x + 4:.1f} {y:.1f}L{frame.right + 6:.1f} {spot:.1f}"
        thin: svg.Attributes = {"d": lead, "stroke": colour(line.look), "stroke-width": 0.6}
        yield svg.tag("path", {**thin, "fill": "none", "opacity": 0.7})
        weight = 700 if line.look == NATION else 400
        place: svg.Attributes = {"x": frame.right + 8, "y": spot + 3.8, "font-weight": weight}
        yield svg.text(line.name, {**place, "font-size": frame.size.letters})
