"""Run every benchmark, print the results and write them into the README of this folder."""

from __future__ import annotations

import argparse
import os
import shutil

from playwright.sync_api import sync_playwright

from benchmarks import report, startup

REPETITIONS = 5


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--print-only", action="store_true", help="leave the README as it is")
    options = parser.parse_args()
    text = measured(options.repetitions)
    print(text)
    if not options.print_only:
        report.write(text)


def measured(repetitions: int) -> str:
    """Measure the apps in turn, so that a busy minute of the machine meets all of them."""
    starts = report.Starts()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--disable-gpu", "--disable-background-networking"],
        )
        for _ in range(repetitions):
            for script, selector, into in (
                (startup.EMPTY, startup.PAINTED_CAPTION, starts.empty),
                (startup.BARE, startup.PAINTED_MAP, starts.bare),
                (startup.OURS, startup.PAINTED_MAP, starts.ours),
            ):
                into.append(startup.start(browser, script, selector))
        moves = startup.moves(browser, repetitions)
        named = browser.version
        browser.close()
    return report.results(starts, moves, startup.import_times(3), named)


if __name__ == "__main__":
    main()
