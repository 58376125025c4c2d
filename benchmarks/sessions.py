"""What our map costs a session: the same data again, and page after page.

Owns how both are tried, on ``mount_app.py``, where the map stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.servers import Server, serving, without
from benchmarks.startup import EMPTY, PAINTED_CAPTION, PAINTED_MAP, WATCH
from benchmarks.steps import VIEWPORT, heap_mb
from benchmarks.traffic import Traffic, follow, settled

MOUNT = Path(__file__).with_name("mount_app.py")
CHANGES = 20
"""Page changes after which the heap is held against that before them."""

EARLY = 5
"""Page changes that come before the first reading: scripts are compiled, caches filled."""

_SLIDER = 'input[type="range"]'


@dataclass(slots=True)
class Session:
    """What the sessions showed; one of each a repetition."""

    map_ms: list[float] = field(default_factory=list)
    """Navigation to the painted map, alone in its app, warm server, new reader."""
    caption_ms: list[float] = field(default_factory=list)
    """The same of an app that prints a caption."""
    again_bytes: list[float] = field(default_factory=list)
    """Through the WebSocket, both ways, when the script runs again with the same data."""
    is_kept: list[bool] = field(default_factory=list)
    """Whether the same drawing, step and view were there afterwards."""
    early_mb: list[float] = field(default_factory=list)
    """Heap after the first page changes, which are not counted."""
    late_mb: list[float] = field(default_factory=list)
    """Heap ``CHANGES`` page changes later."""


def measure(browser: Browser, repetitions: int) -> Session:
    """Try the sessions on servers of their own."""
    session = Session()
    with (
        without("plotly") as hidden,
        serving(MOUNT, hidden) as ours,
        serving(EMPTY, hidden) as bare,
    ):
        _opened(browser, ours.url, PAINTED_MAP)[0].context.close()
        _opened(browser, bare.url, PAINTED_CAPTION)[0].context.close()
        for _ in range(repetitions):
            _try(browser, ours, bare, session)
    return session


def _try(browser: Browser, ours: Server, bare: Server, session: Session) -> None:
    empty, _ = _opened(browser, bare.url, PAINTED_CAPTION)
    session.caption_ms.append(float(empty.evaluate("window.paintedAt")))
    empty.context.close()
    page, traffic = _opened(browser, f"{ours.url}/?alone=1", PAINTED_MAP)
    session.map_ms.append(float(page.evaluate("window.paintedAt")))
    _run_again(page, traffic, session)
    page.context.close()
    page, _ = _opened(browser, ours.url, PAINTED_MAP)
    _change_pages(page, session)
    page.context.close()


def _opened(browser: Browser, url: str, selector: str) -> tuple[Page, Traffic]:
    context = browser.new_context(locale="en-US", viewport=VIEWPORT)
    context.add_init_script(WATCH.replace("SELECTOR", repr(selector)))
    page = context.new_page()
    traffic = follow(page)
    page.goto(url)
    page.wait_for_function("window.paintedAt", timeout=60_000)
    settled(page, traffic)
    return page, traffic


def _run_again(page: Page, traffic: Traffic, session: Session) -> None:
    slider = page.locator(_SLIDER).first
    slider.press("Home")
    page.get_by_role("button", name="Zoom in").first.click()
    settled(page, traffic, 1000)
    # A drawing that was made anew would not carry the mark.
    areas = page.locator("path.tc-area").first
    areas.evaluate("area => { area.dataset.marked = 'yes'; }")
    before, shape = traffic.total(), areas.get_attribute("d")
    page.get_by_role("button", name="again").click()
    session.again_bytes.append(settled(page, traffic, 1000) - before)
    session.is_kept.append(
        areas.get_attribute("data-marked") == "yes"
        and areas.get_attribute("d") == shape
        and slider.input_value() == "0"
    )


def _change_pages(page: Page, session: Session) -> None:
    debug = page.context.new_cdp_session(page)
    for change in range(1, EARLY + CHANGES + 1):
        page.get_by_role("link", name="without", exact=True).click()
        page.get_by_text("nothing").wait_for()
        page.get_by_role("link", name="with", exact=True).click()
        page.locator("path.tc-area[fill]").first.wait_for(state="attached")
        page.wait_for_timeout(300)
        if change == EARLY:
            session.early_mb.append(heap_mb(debug))
    session.late_mb.append(heap_mb(debug))
