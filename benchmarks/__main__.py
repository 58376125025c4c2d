"""Run the benchmarks, print the results and write them into the README of this folder."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Playwright, sync_playwright

from benchmarks import (
    apps,
    budgets,
    element,
    element_tables,
    importing,
    links,
    report,
    searching,
    sessions,
    startup,
    steps,
)
from benchmarks.building import Contestant, Refused, build
from benchmarks.cases import Case, CaseAbsent, Key, case
from benchmarks.coverage import Detail
from benchmarks.element_tables import Entry

REPETITIONS = 5
MOVES = 8
"""Moves of each app that makes its map anew at every move: seconds each."""

PARTS = ("starts", "element", "apps", "imports", "searches")
PEERS = ("plotly", "streamlit_folium")


@dataclass(slots=True)
class Measured:
    """What the parts of one run have measured so far."""

    cases: list[Case] = field(default_factory=list)
    absent: dict[Key, str] = field(default_factory=dict)
    """Why a case is not run, by its name."""
    entries: dict[tuple[Key, Contestant], Entry] = field(default_factory=dict)
    apps: dict[tuple[Key, str], apps.Moved] = field(default_factory=dict)
    starts: report.Starts = field(default_factory=report.Starts)
    session: sessions.Session = field(default_factory=sessions.Session)
    weights: dict[Key, element.Weight] = field(default_factory=dict)

    def run(self) -> budgets.Run:
        """Return what the budgets are held against."""
        return budgets.Run(
            entries=self.entries,
            apps=self.apps,
            starts=self.starts.ours,
            empty=self.starts.empty,
            session=self.session,
            weights=self.weights,
        )


def main() -> None:
    """Measure, print, write."""
    options = _options()
    missing = [name for name in PEERS if find_spec(name) is None]
    if missing:
        print(
            f"Not installed: {', '.join(missing)}. Run `{sys.executable} -m pip install -r"
            " benchmarks/requirements.txt` for all peers; those that are here are measured."
        )
    gone = links.fetch()
    if gone:
        print(f"Not fetched from npm, answered with nothing: {', '.join(gone)}.")
    measured = Measured()
    for key in options.cases:
        try:
            measured.cases.append(case(key))
        except CaseAbsent as error:
            measured.absent[key] = str(error)
    with sync_playwright() as playwright:
        # Each part as soon as it is there: a later one that fails does not take it along.
        for part, text in _measure(playwright, options.only, options.repetitions, measured):
            print(f"\n## {part}\n\n{text}", flush=True)
            if not options.print_only:
                report.write(part, text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="some parts only")
    parser.add_argument(
        "--cases", nargs="+", type=Key, choices=[*Key], default=[*Key], help="some cases only"
    )
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--print-only", action="store_true", help="leave the README as it is")
    return parser.parse_args()


def _measure(
    playwright: Playwright, parts: Sequence[str], repetitions: int, measured: Measured
) -> Iterator[tuple[str, str]]:
    """Measure the parts that were asked for; yield name and text of each section."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with steps.browsers(playwright.chromium, path) as both:
        made: dict[str, Callable[[], str]] = {
            "starts": lambda: _starts(both.capped, repetitions, measured),
            "element": lambda: _element(both, repetitions, measured),
            "apps": lambda: _apps(both.capped, repetitions, measured),
            "imports": lambda: importing.measure(min(repetitions, 3)),
            "searches": lambda: searching.measure(min(repetitions, 3)),
        }
        for part in parts:
            print(f"{part}...", file=sys.stderr)
            text = made[part]()
            yield part, f"{report.machine(both.version, repetitions)}\n\n{text}"
        if set(parts) == set(PARTS):
            heading = report.machine(both.version, repetitions)
            yield "budgets", f"{heading}\n\n{budgets.table(measured.run())}"


def _starts(browser: Browser, repetitions: int, measured: Measured) -> str:
    """Measure the apps in turn, so that a busy minute of the machine meets all of them."""
    starts = measured.starts
    for _ in range(repetitions):
        for script, selector, into in (
            (startup.EMPTY, startup.PAINTED_CAPTION, starts.empty),
            (startup.BARE, startup.PAINTED_MAP, starts.bare),
            (startup.OURS, startup.PAINTED_MAP, starts.ours),
        ):
            into.append(startup.start(browser, script, selector))
    moves = startup.moves(browser, repetitions)
    measured.session = sessions.measure(browser, min(repetitions, 3))
    return report.starts(starts, moves, startup.import_times(3))


def _element(both: steps.Browsers, repetitions: int, measured: Measured) -> str:
    """Build every page once, then open them in turn."""
    with TemporaryDirectory() as folder:
        for item in measured.cases:
            for who in Contestant:
                measured.entries[item.key, who] = _built(who, item, Path(folder), measured)
            for turn in range(repetitions):
                print(f"  {item.key}, turn {turn + 1} of {repetitions}", file=sys.stderr)
                for who in Contestant:
                    entry = measured.entries[item.key, who]
                    if entry.built and not entry.taken.fault:
                        file = _page(Path(folder), item, who)
                        steps.measure(both, who, item, file, entry.taken)
    return element_tables.element(measured.cases, measured.absent, measured.entries)


def _built(who: Contestant, item: Case, folder: Path, measured: Measured) -> Entry:
    file = _page(folder, item, who)
    try:
        entry = Entry(built=build(who, item.key, file))
    except Refused as error:
        return Entry(refused=str(error))
    if who is Contestant.OURS:
        measured.weights[item.key] = element.weigh(item, file)
    return entry


def _page(folder: Path, item: Case, who: Contestant) -> Path:
    return folder / f"{who}-{item.key}.html"


def _apps(browser: Browser, repetitions: int, measured: Measured) -> str:
    for item in measured.cases:
        if item.is_shown:
            moved = apps.ours(browser, item, repetitions)
            measured.apps[item.key, budgets.OURS] = moved
        for detail in Detail:
            name = f"slider, folium.Choropleth, st_folium; {detail} shapes"
            print(f"  {item.key}, {name}", file=sys.stderr)
            measured.apps[item.key, name] = apps.rebuilt(browser, item, detail, MOVES)
    return element_tables.apps(measured.cases, measured.apps)


if __name__ == "__main__":
    main()
