"""Opens maps alone, as saved files without a network, and notes what they must not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from geo_app.maps.payload import TimeMapData
from tests.e2e import element_page


@dataclass(slots=True)
class ElementPages:
    """`open_map(data)` returns the page of a saved map, drawn."""

    browser: Browser
    folder: Path
    outside: list[str]
    """Addresses asked for that are not in the page."""
    faults: list[str]
    """Errors in the console and exceptions in the page."""
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        data: TimeMapData,
        width: int = 1280,
        height: int = 900,
        *,
        moves: bool = False,
        touch: bool = False,
    ) -> Page:
        """Open a map in a window of this size."""
        context = self.browser.new_context(
            viewport=ViewportSize(width=width, height=height),
            offline=True,
            reduced_motion="no-preference" if moves else "reduce",
            has_touch=touch,
            is_mobile=touch,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(error.stack or error.message))
        # A bound method of a class with slots cannot be kept by the library.
        page.on("console", lambda message: self._note_console(message))  # noqa: PLW0108
        page.on("request", lambda request: self._note_request(request.url))
        page.goto(element_page.save(data, self.folder))
        page.locator(".tc").wait_for()
        return page

    def close(self) -> None:
        """Close every page."""
        for context in self.contexts:
            context.close()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _note_request(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.outside.append(url)
