"""The table of results: what a run measured, written into the README beside it."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from benchmarks.startup import Move, Start, Visit, ratio

README = Path(__file__).with_name("README.md")

PACKAGES = ("streamlit", "folium", "streamlit-folium", "plotly", "pandas", "geopandas")
"""Whose versions are told."""

VISITS: tuple[tuple[str, Callable[[Start], Visit]], ...] = (
    ("fresh server", lambda start: start.cold),
    ("warm server, new reader", lambda start: start.warm),
    ("warm server, same reader", lambda start: start.again),
)


@dataclass(frozen=True, slots=True)
class Starts:
    """The starts of one run, ours and those of the peers, one of each a turn."""

    ours: list[Start] = field(default_factory=list)
    empty: list[Start] = field(default_factory=list)
    """An app that prints a caption."""
    bare: list[Start] = field(default_factory=list)
    """An app that mounts a component with one shape in it."""


def starts(found: Starts, moves: Sequence[Move], imports: dict[str, float]) -> str:
    """Return the starts of one run as Markdown: medians, with the least and the most."""
    parts = (_visits(found), _server(found), _slider(moves), _imports(imports))
    return "\n\n".join(parts)


def write(part: str, text: str) -> None:
    """Put the results of a part into the README, in the place of those of the run before."""
    begin, end = (f"<!-- {part}: {edge} -->" for edge in ("begin", "end"))
    before, _, rest = README.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        message = f"{README.name} has no place for {part}: {begin} and {end}"
        raise ValueError(message)
    README.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def machine(browser: str, repetitions: int) -> str:
    """Return the line that says where and when a run was made."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    return (
        f"Run on {datetime.now(UTC).date()}: {os.cpu_count()} cores ({platform.machine()},"
        f" {platform.system()}), load {load} at its end, Python {platform.python_version()},"
        f" {packages}, Chromium {browser}. {repetitions} repetitions, the contestants in turn."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _visits(starts: Starts) -> str:
    names = (
        "Visit, ms",
        "Our first paint",
        "Our first map",
        "Bare component",
        "Empty app's first paint",
        "Empty app's caption",
        "Map / caption",
        "Map / bare component",
    )
    lines = [f"| {' | '.join(names)} |", f"|---{'|--:' * (len(names) - 1)}|"]
    for name, pick in VISITS:
        ours, bare, empty = (
            [pick(start) for start in each] for each in (starts.ours, starts.bare, starts.empty)
        )
        map_ms, bare_ms, caption_ms = (
            [visit.painted_ms for visit in each] for each in (ours, bare, empty)
        )
        cells = (
            _ms([visit.first_paint_ms for visit in ours]),
            _ms(map_ms),
            _ms(bare_ms),
            _ms([visit.first_paint_ms for visit in empty]),
            _ms(caption_ms),
            f"**{ratio(map_ms, caption_ms):.2f}**",
            f"{ratio(map_ms, bare_ms):.2f}",
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _server(starts: Starts) -> str:
    lines = ["| Server | Ours | Bare component | Empty app |", "|---|--:|--:|--:|"]
    rows: tuple[tuple[str, Callable[[Start], float | None], str], ...] = (
        ("Process start to first healthy answer, ms", lambda s: s.started_ms, ",.0f"),
        ("Resident memory after three visits, MB", lambda s: s.memory_mb, ",.0f"),
        ("Through the WebSocket at a visit, kB", lambda s: s.warm.socket_bytes / 1000, ",.1f"),
    )
    for name, pick, form in rows:
        each = (starts.ours, starts.bare, starts.empty)
        cells = [_median([pick(item) for item in every], form) for every in each]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _slider(moves: Sequence[Move]) -> str:
    rows = (
        ("A step to its painted frame, ms", [m.step_ms for m in moves]),
        ("Through the WebSocket while dragging, bytes", [m.dragging_bytes for m in moves]),
        ("Through the WebSocket after the release, bytes", [m.release_bytes for m in moves]),
        ("Release to the table of the new period, ms", [m.release_ms for m in moves]),
    )
    lines = ["| Slider | Ours |", "|---|--:|"]
    return "\n".join([*lines, *(f"| {name} | {_ms(values)} |" for name, values in rows)])


def _imports(imports: dict[str, float]) -> str:
    lines = ["| Import, alone in a fresh Python | ms |", "|---|--:|"]
    return "\n".join([*lines, *(f"| `{name}` | {ms:,.0f} |" for name, ms in imports.items())])


def _ms(values: Sequence[float]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"


def _median(values: Sequence[float | None], form: str) -> str:
    known = [value for value in values if value is not None]
    return format(median(known), form) if known else "not measured"
