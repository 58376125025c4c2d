"""What a page with its own slider costs in the browser: first paint, steps, memory.

Owns what is measured and how. Does not own how a contestant is driven (``drivers``) nor the table
(``element_tables``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, CDPSession, Page, ViewportSize
from playwright.sync_api import Error as PlaywrightError

from benchmarks import drivers, links
from benchmarks.building import Contestant
from benchmarks.cases import Case

VIEWPORT: ViewportSize = {"width": 1280, "height": 900}
THROTTLE = 4
"""A processor this many times slower, as Chromium imitates it."""

ARGUMENTS = ["--disable-gpu", "--disable-background-networking"]
UNCAPPED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"]
"""Lift the frame rate of the display: what is left is what a step really costs."""

LEAST, MOST, BUDGET_MS = 8, 120, 4_000
PATIENCE_MS = 60_000


@dataclass(slots=True)
class Taken:
    """What one contestant took on one case; times in milliseconds, one of each step or visit."""

    first_paint: list[float] = field(default_factory=list)
    """From the navigation to the frame in which the polygons stand."""
    capped: list[float] = field(default_factory=list)
    """A step as it is seen, at most one a frame of the display."""
    free: list[float] = field(default_factory=list)
    """A step with the frame rate lifted."""
    throttled: list[float] = field(default_factory=list)
    """A step, capped, with the processor throttled."""
    script: list[float] = field(default_factory=list)
    """The part of a capped step before the call returns: script alone, without the drawing."""
    heap_mb: list[float] = field(default_factory=list)
    """Heap of the page after the steps and a collection, typed arrays included."""
    outside: int = 0
    """Requests for other hosts."""
    fault: str = ""
    """Why there are no times, or ""."""


@dataclass(frozen=True, slots=True)
class Browsers:
    """Two started browsers that differ in the frame rate alone."""

    capped: Browser
    free: Browser

    @property
    def version(self) -> str:
        """The version of both."""
        return self.capped.version


@contextmanager
def browsers(chromium: BrowserType, path: str | None) -> Iterator[Browsers]:
    """Start both browsers and end them with the block."""
    capped = chromium.launch(executable_path=path, args=ARGUMENTS)
    free = chromium.launch(executable_path=path, args=[*ARGUMENTS, *UNCAPPED])
    try:
        yield Browsers(capped, free)
    finally:
        capped.close()
        free.close()


def measure(both: Browsers, contestant: Contestant, case: Case, file: Path, taken: Taken) -> None:
    """Open a page once in each browser, step through it and note what it took.

    Parameters
    ----------
    both
        The browsers.
    contestant, case
        Whose page it is.
    file
        The page.
    taken
        Where the times are added; a page that never paints leaves its reason there.
    """
    try:
        _visit(both.capped, contestant, case, file, taken, is_capped=True)
        _visit(both.free, contestant, case, file, taken, is_capped=False)
    except PlaywrightError as error:
        taken.fault = str(error).splitlines()[0][:160]


def _visit(
    browser: Browser,
    contestant: Contestant,
    case: Case,
    file: Path,
    taken: Taken,
    *,
    is_capped: bool,
) -> None:
    # Our file forbids evaluated scripts, which is what a measurement is made of.
    context = browser.new_context(locale="en-US", viewport=VIEWPORT, bypass_csp=True)
    try:
        outside = links.serve(context)
        context.add_init_script(drivers.watch(contestant, case.periods))
        page = context.new_page()
        page.goto(file.as_uri(), timeout=PATIENCE_MS, wait_until="commit")
        page.wait_for_function("window.bench.paintedAt || window.bench.fault", timeout=PATIENCE_MS)
        fault = page.evaluate("window.bench.fault")
        if fault:
            raise PlaywrightError(fault)
        if is_capped:
            taken.first_paint.append(float(page.evaluate("window.bench.paintedAt")))
        _settle(page)
        if is_capped:
            _step_capped(page, case, taken)
            taken.outside = len(outside.asked)
        else:
            taken.free += _stepped(page, case)["steps"]
    finally:
        context.close()


def _settle(page: Page) -> None:
    """Wait until the page has loaded and its first work is done."""
    page.wait_for_load_state("load", timeout=PATIENCE_MS)
    page.wait_for_timeout(500)


def _step_capped(page: Page, case: Case, taken: Taken) -> None:
    session = page.context.new_cdp_session(page)
    told = _stepped(page, case)
    taken.capped += told["steps"]
    taken.script += told["scripts"]
    session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    taken.throttled += _stepped(page, case)["steps"]
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    taken.heap_mb.append(heap_mb(session))


def _stepped(page: Page, case: Case) -> dict[str, Sequence[float]]:
    asked = {"count": len(case.periods), "from": 1, "budget": BUDGET_MS}
    # The first steps compile the script: they are walked and not counted.
    page.evaluate(drivers.run(2, 4), {**asked, "budget": 0})
    told: dict[str, Sequence[float]] = page.evaluate(drivers.run(LEAST, MOST), asked)
    return told


def heap_mb(session: CDPSession) -> float:
    """Return the heap of a page after a collection in megabytes, typed arrays included."""
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    held = float(usage["usedSize"]) + float(usage.get("backingStorageSize", 0))
    return held / 1_000_000
