"""What a move of the slider costs inside Streamlit: ours, and the pattern that makes a map anew.

Owns how a move is made and when it is seen. Does not own the start of the apps (``startup``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Frame, Locator, Page
from playwright.sync_api import Error as PlaywrightError

from benchmarks import links
from benchmarks.cases import Case
from benchmarks.coverage import Detail
from benchmarks.servers import ENTRY, Server, serving, without
from benchmarks.steps import VIEWPORT, heap_mb
from benchmarks.traffic import Traffic, follow, settled

NAIVE = Path(__file__).with_name("naive_app.py")

PATIENCE_MS = 60_000
QUIET_MS = 700
"""A move is over when nothing was painted and sent for so long; the wait is not counted."""

DRAG_STEPS = 40
"""Moves of our slider in one drag, or as many as there are: one alone is too small to see."""

# In every frame, shadow roots included: when polygons were last painted, on the common clock.
_WATCH = """
(() => {
  window.polygonsAt = 0;
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.polygonsAt = performance.timeOrigin + performance.now();
  }));
  const isShape = (node) => ["path", "canvas"].includes(node.localName);
  const look = (list) => {
    if (list.some((m) => isShape(m.target) || [...m.addedNodes].some((node) =>
      isShape(node) || node.querySelector?.("path, canvas")))) painted();
  };
  const watch = (root) => new MutationObserver(look).observe(
    root, { childList: true, subtree: true, attributes: true, attributeFilter: ["d", "fill"] });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch(root);
    return root;
  };
  // A frame's first document is replaced once by the one that was asked for.
  let watched = null;
  const follow = () => {
    if (document !== watched) watch(watched = document);
  };
  follow();
  setInterval(follow, 10);
  window.addEventListener("DOMContentLoaded", follow);
})();
"""

_NOW = "performance.timeOrigin + performance.now()"

_DRAG = """
async (range, count) => {
  const times = [];
  const direction = Number(range.value) > Number(range.max) / 2 ? -1 : 1;
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    range.value = String(Number(range.value) + direction);
    range.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    times.push(performance.now() - began);
  }
  return times;
}
"""


@dataclass(slots=True)
class Moved:
    """What the moves of one app's slider cost; one of each a move."""

    first_paint: list[float] = field(default_factory=list)
    """Milliseconds from the navigation to painted polygons, warm server, new reader."""
    move: list[float] = field(default_factory=list)
    """Milliseconds from the key to the last frame in which polygons changed."""
    processor: list[float] = field(default_factory=list)
    """Milliseconds of the server's processor a move."""
    sent: list[float] = field(default_factory=list)
    """Bytes through the WebSocket a move, both ways."""
    messages: list[float] = field(default_factory=list)
    """Messages through it a move, both ways."""
    heap_mb: list[float] = field(default_factory=list)
    """Heap of the page after the moves and a collection."""
    outside: int = 0
    """Requests for other hosts."""
    fault: str = ""
    """Why there are no figures, or ""."""


def rebuilt(browser: Browser, case: Case, detail: Detail, count: int) -> Moved:
    """Move the slider of the app that makes its map anew at every move.

    Parameters
    ----------
    browser
        A started browser.
    case, detail
        What it shows.
    count
        Number of moves.
    """
    environment = {"BENCHMARK_CASE": case.key, "BENCHMARK_DETAIL": detail}
    moved = Moved()
    with serving(NAIVE, environment) as server:
        try:
            _rebuild(browser, server, moved, count)
        except PlaywrightError as error:
            moved.fault = str(error).splitlines()[0][:160]
    return moved


def ours(browser: Browser, case: Case, count: int) -> Moved:
    """Drag the slider of our app on the page that shows a case; ``count`` drags."""
    level = {"level": case.level} if case.level == "municipality" else {}
    query = urlencode({"indicator": case.slug, "period": case.periods[-1], **level})
    moved = Moved()
    with without("plotly") as hidden, serving(ENTRY, hidden) as server:
        try:
            page, traffic = _opened(browser, f"{server.url}/?{query}", moved)
            slider = page.get_by_role("slider", name="Period")
            for _ in range(count):
                _drag(slider, server, traffic, moved, len(case.periods))
            moved.heap_mb.append(heap_mb(page.context.new_cdp_session(page)))
            page.context.close()
        except PlaywrightError as error:
            moved.fault = str(error).splitlines()[0][:160]
    return moved


def _rebuild(browser: Browser, server: Server, moved: Moved, count: int) -> None:
    # The first reader pays the imports of the peer's libraries and is not counted.
    warming, _ = _opened(browser, server.url, Moved())
    warming.context.close()
    page, traffic = _opened(browser, server.url, moved)
    slider = page.locator("[data-testid=stSlider] input")
    for _ in range(count):
        _press(page, slider, server, traffic, moved)
    moved.heap_mb.append(heap_mb(page.context.new_cdp_session(page)))
    page.context.close()


def _opened(browser: Browser, url: str, moved: Moved) -> tuple[Page, Traffic]:
    context = browser.new_context(locale="en-US", viewport=VIEWPORT)
    outside = links.serve(context)
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    traffic = follow(page)
    page.goto(url)
    began = float(page.evaluate("performance.timeOrigin"))
    moved.first_paint.append(_painted_after(page, traffic, began) - began)
    moved.outside = len(outside.asked)
    return page, traffic


def _press(page: Page, slider: Locator, server: Server, traffic: Traffic, moved: Moved) -> None:
    processor, total, messages = server.processor_ms(), traffic.total(), traffic.messages()
    slider.focus()
    began = float(page.evaluate(_NOW))
    slider.press("ArrowLeft")
    moved.move.append(_painted_after(page, traffic, began) - began)
    _note(moved, server, traffic, (processor, total, messages), 1)


def _drag(slider: Locator, server: Server, traffic: Traffic, moved: Moved, periods: int) -> None:
    processor, total, messages = server.processor_ms(), traffic.total(), traffic.messages()
    times: list[float] = slider.evaluate(_DRAG, min(DRAG_STEPS, periods - 1))
    moved.move += times
    _note(moved, server, traffic, (processor, total, messages), len(times))
    # The release comes after the count: it is one message, however long the drag was.
    slider.dispatch_event("change")
    settled(slider.page, traffic)


def _note(
    moved: Moved,
    server: Server,
    traffic: Traffic,
    before: tuple[float | None, int, int],
    count: int,
) -> None:
    processor, total, messages = before
    after = server.processor_ms()
    if processor is not None and after is not None:
        moved.processor.append((after - processor) / count)
    moved.sent.append((traffic.total() - total) / count)
    moved.messages.append((traffic.messages() - messages) / count)


def _painted_after(page: Page, traffic: Traffic, began: float) -> float:
    """Return when polygons were last painted, once that was after a moment and is over."""
    before, waited = (-1.0, -1), 0.0
    while waited < PATIENCE_MS:
        page.wait_for_timeout(QUIET_MS)
        waited += QUIET_MS
        now = (max(map(_polygons_at, page.frames)), traffic.total())
        if now == before and now[0] > began:
            return now[0]
        before = now
    message = f"nothing was painted in {PATIENCE_MS / 1000:.0f} s"
    raise PlaywrightError(message)


def _polygons_at(frame: Frame) -> float:
    try:
        return float(frame.evaluate("window.polygonsAt ?? 0"))
    except PlaywrightError:
        # A frame that is just being replaced has nothing to tell.
        return 0.0
