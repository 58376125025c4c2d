"""How long the page takes to its first painted map, beside the least that Streamlit can show.

Owns what is measured and how: in Chromium, from the start of the navigation to the frame in which
the thing that is waited for is painted. Does not own the table of results (``report``).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from benchmarks.servers import ENTRY, ROOT, Server, around, serving, without
from benchmarks.traffic import Traffic, follow, settled

OURS = ENTRY
EMPTY = Path(__file__).with_name("empty_app.py")
BARE = Path(__file__).with_name("bare_component_app.py")

PAINTED_MAP = "path.tc-area[fill]"
PAINTED_CAPTION = '[data-testid="stCaptionContainer"] p'

LIBRARIES = ("streamlit", "pandas", "geopandas", "scipy.special", "folium", "geo_app.ui.app")

# Streamlit mounts components in shadow roots, which no observer of the document sees into.
WATCH = """
(() => {
  const roots = [document];
  const look = () => {
    if (window.paintedAt || !roots.some((root) => root.querySelector(SELECTOR))) return;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.paintedAt ??= performance.now();
    }));
  };
  const watch = (root) => new MutationObserver(look).observe(
    root, { childList: true, subtree: true, attributes: true, attributeFilter: ["fill"] });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    watch(root);
    return root;
  };
  watch(document);
})();
"""

FIRST_PAINT = """
() => performance.getEntriesByName("first-contentful-paint").map((entry) => entry.startTime)[0]
"""

STEP = """
range => new Promise((done) => {
  const began = performance.now();
  range.value = String(Number(range.value) - 1);
  range.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a page; milliseconds from the start of the navigation."""

    first_paint_ms: float
    """The browser's first contentful paint: with Streamlit its frame, before any answer."""
    painted_ms: float
    """The frame after the thing that is waited for came into the document."""
    socket_bytes: int
    """What came through the WebSocket until then."""


@dataclass(frozen=True, slots=True)
class Start:
    """One started server and its first visits."""

    started_ms: float
    cold: Visit
    """First visit of a fresh server."""
    warm: Visit
    """Second visit, of another reader: nothing in the browser's cache."""
    again: Visit
    """Third visit, by the second reader: Streamlit's files in the browser's cache."""
    memory_mb: float | None
    """Resident memory of the server after them."""


@dataclass(frozen=True, slots=True)
class Move:
    """One move of the slider."""

    step_ms: float
    """From a step to the frame that shows it, without the server."""
    dragging_bytes: int
    """What went through the WebSocket, both ways, while the slider was dragged."""
    release_bytes: int
    """What went through it after the release."""
    release_ms: float
    """From the release to the table of the new period; 220 ms of it are a wait of ours."""


def start(browser: Browser, script: Path, selector: str) -> Start:
    """Start a server and visit it three times.

    Parameters
    ----------
    browser
        A started browser.
    script
        What the server runs.
    selector
        CSS selector of what must be painted.
    """
    with without("plotly") as hidden, serving(script, hidden) as server:
        with _context(browser, selector) as first:
            cold = _visit(first, server)
        with _context(browser, selector) as second:
            warm, again = _visit(second, server), _visit(second, server)
        return Start(server.started_ms, cold, warm, again, server.memory_mb())


def moves(browser: Browser, repetitions: int) -> list[Move]:
    """Open our page once and move its slider several times."""
    with (
        without("plotly") as bare,
        serving(OURS, bare) as server,
        _context(browser, PAINTED_MAP) as context,
    ):
        page = context.new_page()
        traffic = follow(page)
        page.goto(server.url)
        page.wait_for_function("window.paintedAt")
        return [_move(page, traffic) for _ in range(repetitions)]


def import_times(repetitions: int) -> dict[str, float]:
    """Return how long each library takes to import alone in a fresh Python, medians in ms."""
    return {name: median(_import_ms(name) for _ in range(repetitions)) for name in LIBRARIES}


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of one series over the median of another."""
    return median(ours) / median(theirs)


@contextmanager
def _context(browser: Browser, selector: str) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH.replace("SELECTOR", repr(selector)))
    yield context
    context.close()


def _visit(context: BrowserContext, server: Server) -> Visit:
    page = context.new_page()
    traffic = follow(page)
    page.goto(server.url)
    page.wait_for_function("window.paintedAt", timeout=60_000)
    # The browser notes its first paint a moment after it.
    page.wait_for_function(FIRST_PAINT)
    visit = Visit(
        first_paint_ms=float(page.evaluate(FIRST_PAINT)),
        painted_ms=float(page.evaluate("window.paintedAt")),
        socket_bytes=sum(traffic.received),
    )
    page.close()
    return visit


def _move(page: Page, traffic: Traffic) -> Move:
    slider = page.get_by_role("slider", name="Period")
    step_ms = float(slider.evaluate(STEP))
    place = slider.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    left, width, middle = place["x"], place["width"], place["y"] + place["height"] / 2
    settled(page, traffic)
    before = traffic.total()
    page.mouse.move(left + width / 2, middle)
    page.mouse.down()
    page.mouse.move(left + width / 4, middle, steps=12)
    dragging = settled(page, traffic) - before
    period = page.locator(".tc-period").inner_text()
    began = monotonic()
    page.mouse.up()
    _table_of(page, period).wait_for()
    release_ms = (monotonic() - began) * 1000
    release = settled(page, traffic) - before - dragging
    slider.press("End")
    _table_of(page, "2024").wait_for()
    return Move(step_ms, dragging, release, release_ms)


def _table_of(page: Page, period: str) -> Locator:
    return page.get_by_text(re.compile(rf", {period}\b.* Select a column heading"))


def _import_ms(name: str) -> float:
    code = f"from time import perf_counter as now; t = now(); import {name}; print(now() - t)"
    command = [sys.executable, "-W", "ignore", "-c", code]
    with without("plotly") as hidden:
        result = subprocess.run(
            command, cwd=ROOT, env=around(hidden), capture_output=True, text=True, check=True
        )
    return float(result.stdout) * 1000
