"""The tables of maps whose slider runs in the browser, and of maps inside Streamlit.

Owns columns, rounding and the sentence that says where a peer is as good. Does not own the README
(``report``) nor the budgets (``budgets``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from benchmarks.apps import Moved
from benchmarks.building import Built, Contestant
from benchmarks.cases import Case, Key
from benchmarks.steps import Taken

NAMES = {
    Contestant.OURS: "**ours**",
    Contestant.FOLIUM: "folium's slider, our simplified shapes",
    Contestant.FOLIUM_SOURCE: "folium's slider, shapes as shipped",
    Contestant.PLOTLY: "Plotly, frames of values only",
}

FRAME_MS = 17.5
"""A frame of a display at 60 Hz with the jitter of a timer."""

COLUMNS = (
    "Map",
    "Build, s",
    "Page, kB",
    "Gzip, kB",
    "Outside requests",
    "First paint",
    "Step as seen",
    "Step, frame rate free",
    "Step, processor 4x slower",
    "Script of a step",
    "Heap, MB",
)

APP_COLUMNS = (
    "App",
    "Outside requests",
    "First paint",
    "Move to painted map",
    "Server's processor a move",
    "kB a move",
    "Messages a move",
    "Heap, MB",
)


@dataclass(slots=True)
class Entry:
    """What one contestant showed on one case."""

    built: Built | None = None
    refused: str = ""
    """Why there is no page, or ""."""
    taken: Taken = field(default_factory=Taken)


Entries = Mapping[tuple[Key, Contestant], Entry]
Apps = Mapping[tuple[Key, str], Moved]
"""By case and name of the app."""


def p95(values: Sequence[float]) -> float:
    """Return the value that one in twenty is above."""
    return float(np.percentile(values, 95))


def element(cases: Sequence[Case], absent: Mapping[Key, str], entries: Entries) -> str:
    """Return the table of pages with a slider of their own, a block a case."""
    blocks = [_block(case, entries) for case in cases]
    blocks += [f"**{key}**: not run, {reason}." for key, reason in absent.items()]
    return "\n\n".join([*blocks, honest(cases, entries)])


def honest(cases: Sequence[Case], entries: Entries) -> str:
    """Say where a peer's step is one frame as well, or where it is and ours is not."""
    equal: list[str] = []
    better: list[str] = []
    for case in cases:
        mine = entries.get((case.key, Contestant.OURS))
        if mine is None or not mine.taken.capped:
            continue
        into = equal if _is_one_frame(mine) else better
        into += [
            f"{NAMES[who]} ({case.title})"
            for who in Contestant
            if who is not Contestant.OURS and _is_one_frame(entries.get((case.key, who)))
        ]
    said = []
    if equal:
        said.append(
            f"As smooth as ours, one frame a step as seen: {'; '.join(equal)}. There ours differs"
            " in bytes, first paint, working offline and in what it says about missing values,"
            " not in how the slider feels."
        )
    if better:
        said.append(f"Smoother than ours: {'; '.join(better)}.")
    return " ".join(said) or "No peer holds one frame a step on these cases."


def apps(cases: Sequence[Case], measured: Apps) -> str:
    """Return the table of moves inside Streamlit, a block a case."""
    blocks = []
    for case in cases:
        rows = [_app_row(name, moved) for (key, name), moved in measured.items() if key == case.key]
        if rows:
            blocks.append(f"**{case.title}**\n\n{_table(APP_COLUMNS, rows)}")
    return "\n\n".join(blocks)


def _is_one_frame(entry: Entry | None) -> bool:
    if entry is None or not entry.taken.capped:
        return False
    return median(entry.taken.capped) <= FRAME_MS


def _block(case: Case, entries: Entries) -> str:
    rows = [
        _row(NAMES[who], entries[case.key, who]) for who in Contestant if (case.key, who) in entries
    ]
    return f"**{case.title}**\n\n{_table(COLUMNS, rows)}"


def _row(name: str, entry: Entry) -> list[str]:
    built, taken = entry.built, entry.taken
    if built is None:
        return [name, entry.refused]
    sizes = [f"{built.page_bytes / 1000:,.0f}", f"{built.gzip_bytes / 1000:,.0f}"]
    if taken.fault:
        return [name, f"{built.seconds:.2f}", *sizes, taken.fault]
    return [
        name,
        f"{built.seconds:.2f}",
        *sizes,
        str(taken.outside),
        _ms(taken.first_paint),
        *(_both(values) for values in (taken.capped, taken.free, taken.throttled, taken.script)),
        _number(taken.heap_mb),
    ]


def _app_row(name: str, moved: Moved) -> list[str]:
    if moved.fault:
        return [name, moved.fault]
    return [
        name,
        str(moved.outside),
        _ms(moved.first_paint),
        _both(moved.move),
        _number(moved.processor, " ms"),
        _number([sent / 1000 for sent in moved.sent]),
        _number(moved.messages),
        _number(moved.heap_mb),
    ]


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(columns)} |", f"|---{'|--:' * (len(columns) - 1)}|"]
    padded = ([*row, *[""] * (len(columns) - len(row))] for row in rows)
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in padded)])


def _ms(values: Sequence[float]) -> str:
    return f"{median(values):,.0f} ms" if values else "not measured"


def _both(values: Sequence[float]) -> str:
    return f"{median(values):,.1f} / {p95(values):,.1f} ms" if values else "not measured"


def _number(values: Sequence[float], unit: str = "") -> str:
    return f"{median(values):,.1f}{unit}" if values else "not measured"
