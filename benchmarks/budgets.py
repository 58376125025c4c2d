"""The budgets that the project set itself for the map over time, each with what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.building import Contestant
from benchmarks.cases import Key
from benchmarks.element import Weight
from benchmarks.element_tables import Apps, Entries, Entry, p95
from benchmarks.sessions import CHANGES, EARLY, Session
from benchmarks.startup import Start, ratio

OURS = "ours"
"""Name of our app among those that were moved."""

ENTROPY_BUDGET, ENTROPY_AIM = 1.4, 1.3


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that one run measured; a part that did not run is empty."""

    entries: Entries
    apps: Apps
    starts: Sequence[Start]
    """Of our whole app."""
    empty: Sequence[Start]
    """Of the app that prints a caption."""
    session: Session
    weights: Mapping[Key, Weight]
    """Packed and modelled bytes by case."""


@dataclass(frozen=True, slots=True)
class Line:
    """One budget."""

    what: str
    limit: str
    measured: str
    is_held: bool | None
    """None where it was not measured."""


def table(run: Run) -> str:
    """Return the budgets as Markdown."""
    words = {True: "yes", False: "**no**", None: "not measured"}
    rows = [
        f"| {line.what} | {line.limit} | {line.measured} | {words[line.is_held]} |"
        for line in [*_traffic(run), *_steps(run), *_sizes(run), *_sessions(run)]
    ]
    return "\n".join(["| Budget | Limit | Measured | Held |", "|---|---|---|---|", *rows])


def _traffic(run: Run) -> list[Line]:
    outside = [
        entry.taken.outside
        for (_, who), entry in run.entries.items()
        if who is Contestant.OURS and entry.taken.capped
    ]
    moved = [moved for (_, name), moved in run.apps.items() if name == OURS and not moved.fault]
    asked = [float(item.outside) for item in moved] + [float(count) for count in outside]
    messages = [value for item in moved for value in item.messages]
    return [
        _most("Requests to other hosts, page and saved file", asked, 0, ""),
        _most("Messages between browser and server a move of the slider", messages, 0, ""),
    ]


def _steps(run: Run) -> list[Line]:
    entry = run.entries.get((Key.MUNICIPALITY_MONTHS, Contestant.OURS), Entry())
    taken, what = entry.taken, "2,465 x 264 months"
    script = [median(taken.script)] if taken.script else []
    free = [p95(taken.free)] if taken.free else []
    slow = [p95(taken.throttled)] if taken.throttled else []
    return [
        _most(f"Script of a step, median, {what}", script, 3, " ms"),
        _most(f"A frame's work in a step, 95 of 100, {what}", free, 16.7, " ms"),
        _most(f"The same as seen with the processor 4x slower, {what}", slow, 33, " ms"),
    ]


def _sizes(run: Run) -> list[Line]:
    lines = []
    for key, limit in ((Key.STATE_MONTHS, 100), (Key.MUNICIPALITY_MONTHS, 600)):
        weight = run.weights.get(key)
        sizes = [weight.page_bytes / 1000] if weight else []
        lines.append(_most(f"Saved file without Leaflet, {key}", sizes, limit, " kB"))
    for key, weight in run.weights.items():
        factor = weight.packed_bytes / weight.modelled_bytes
        told = f"{factor:.2f} ({weight.packed_bytes / 1000:,.1f} kB packed)"
        aim = "aim held" if factor <= ENTROPY_AIM else f"aim {ENTROPY_AIM} not held"
        lines.append(
            Line(
                f"Shapes and values over their modelled entropy, {key}",
                str(ENTROPY_BUDGET),
                f"{told}, {aim}",
                factor <= ENTROPY_BUDGET,
            )
        )
    return lines


def _sessions(run: Run) -> list[Line]:
    found = run.session
    page = [
        ratio(
            [start.warm.painted_ms for start in run.starts],
            [start.warm.painted_ms for start in run.empty],
        )
        for _ in run.starts[:1]
    ]
    alone = [ratio(found.map_ms, found.caption_ms)] if found.map_ms else []
    again = [value / 1000 for value in found.again_bytes]
    growth = [late / early for early, late in zip(found.early_mb, found.late_mb, strict=True)]
    kept = Line(
        "The same: drawing, step and view kept",
        "kept",
        "kept" if all(found.is_kept) else "made anew",
        all(found.is_kept) if found.is_kept else None,
    )
    return [
        _most("First painted map over an empty app's caption, warm, map alone", alone, 1.3, ""),
        _most("The same of our whole page", page, 1.3, ""),
        _most("Run again with the same data, WebSocket both ways", again, 2, " kB"),
        kept,
        _most(
            f"Heap after {CHANGES} page changes over that before, {EARLY} to warm up",
            growth,
            1.05,
            "",
        ),
    ]


def _most(what: str, values: Sequence[float], limit: float, unit: str) -> Line:
    """Hold the largest of some values against a limit."""
    if not values:
        return Line(what, f"{limit:g}{unit}", "", None)
    digits = 2 if limit < 2 and limit else 1
    told = f"{max(values):,.{digits}f}{unit}"
    return Line(what, f"{limit:g}{unit}", told, max(values) <= limit)
