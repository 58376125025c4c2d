"""Where the parts of the opened page are, for the journeys: by role, label and what they say."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from geo_app import atlas

SLIDERS = re.compile("^(Period|Periodo)$")
PATIENCE_MS = 15_000
PAGES = {
    "state": ("page=state&state=25&place=name:punta-mita", ".ss .ss-disappeared"),
    "states": ("page=state", ".atlas-states"),
    "agreement": ("page=agreement&day=2022-12-01", ".atlas-figures svg"),
    "agreement without figures": ("page=agreement&day=2026-01-05", ".atlas-disclaimer"),
    "alerts": ("page=alerts&day=2026-02-23", ".atlas-figures svg"),
    "route": (
        "page=route&day=2025-09-01&stops=geonames:3530597,,geonames:3516225",
        ".atlas-stretch",
    ),
    "empty route": ("page=route", ".atlas-empty"),
    "compare": ("page=compare", ".atlas-figures svg"),
    "changes": ("page=changes", ".atlas-wide table"),
    "ranks": ("page=ranks", ".atlas-wide table"),
    "space": ("page=space", ".atlas-figures svg"),
    "municipalities": ("page=municipalities&state=11", ".atlas-figures svg"),
    "no municipalities": ("page=municipalities", ".atlas-states"),
    "relations": ("page=relations", ".atlas-figures svg"),
    "claims": ("page=claims", ".atlas-figures svg"),
    "methods": ("page=methods", ".atlas-named"),
}
"""Where each of the other pages is, and what is there when it stands."""


def opened(page: Page, query: str = "") -> Page:
    """Open the app at a query and wait until its map is painted and its address is complete."""
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"/?{query}")
    # Many areas are pixels; of them only the one that keys have reached is in the document.
    painted = page.locator("path.tc-area[fill], .tc-grid-cursor").first
    expect(painted).to_be_attached(timeout=PATIENCE_MS)
    expect(page).to_have_url(re.compile("period=.*lang="), timeout=PATIENCE_MS)
    return page


def opened_other(page: Page, name: str, lang: str) -> Page:
    """Open one of ``PAGES`` and wait until it stands."""
    return opened_at(page, *PAGES[name], lang)


def opened_at(page: Page, query: str, mark: str, lang: str) -> Page:
    """Open a page without the map at a query; it stands when the mark and its end are there."""
    page.goto(f"/?{query}&lang={lang}")
    page.locator(mark).first.wait_for(state="attached")
    expect(page.locator(".atlas-disclaimer")).to_be_attached()
    return page


def look_for(page: Page, text: str) -> None:
    """Type into the search box and send it, as a reader does."""
    box = page.locator(".st-key-find input")
    box.fill(text)
    box.press("Enter")


def query_of(page: Page) -> dict[str, str]:
    """Return the query of the address, each key once."""
    return {key: values[-1] for key, values in parse_qs(urlsplit(page.url).query).items()}


def areas(page: Page) -> Locator:
    return page.locator("path.tc-area")


def area(page: Page, code: str) -> Locator:
    return page.locator(f'path.tc-area[data-code="{code}"]')


def fills(page: Page) -> dict[str, str]:
    """Return the fill that is painted on each area, by its code."""
    pairs: list[tuple[str, str]] = areas(page).evaluate_all(
        "paths => paths.map((path) => [path.dataset.code, path.getAttribute('fill')])"
    )
    return dict(pairs)


def colours_of(slug: str, period: str) -> dict[str, str]:
    """Return the colour that each state must have, from the same answer as the table."""
    layer = atlas.load().layer(slug, period)
    return {
        str(code): layer.classes.colours[index]
        for code, index in layer.areas["class_index"].items()
        if index >= 0
    }


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name=SLIDERS)


def period(page: Page) -> Locator:
    """Return the large text of the period that is shown."""
    return page.locator(".tc-period")


def title(page: Page) -> Locator:
    return page.locator(".tc-title")


def note(page: Page) -> Locator:
    """Return the sentence under the map."""
    return page.locator(".tc-note")


def tooltip(page: Page) -> Locator:
    return page.locator(".tc-tip")


def hatched(page: Page) -> Locator:
    """Return the areas that are painted as having no value."""
    return page.locator('path.tc-area[fill$="-missing)"]')


def legend_counts(page: Page) -> list[int]:
    """Return the number of areas in each class of the legend, lowest first."""
    lines = page.locator(".tc-classes .tc-count").all_inner_texts()
    return [int(line.split()[0]) for line in reversed(lines)]


def panel(page: Page, name: str) -> Locator:
    """Return the heading of a state's panel."""
    return page.get_by_role("heading", name=name, exact=True)


def table_caption(page: Page) -> Locator:
    """Return the line above the table, which names the indicator and the period."""
    return page.get_by_text(re.compile("Select a column heading|Elija el encabezado"))


def first_row(page: Page) -> list[str]:
    """Return the cells of the table's first row that are in sight."""
    # The table is drawn on a canvas; what a screen reader finds inside it counts as not visible.
    cells = page.locator('[role="grid"] [role="row"][aria-rowindex="2"] [role="gridcell"]')
    expect(cells.first).to_be_attached()
    return cells.all_text_contents()


def width_needed(page: Page) -> int:
    """Return how wide the document is; more than the screen means that it must be moved aside."""
    return int(page.evaluate("document.scrollingElement.scrollWidth"))


def box(part: Locator) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a part on the screen, in pixels."""
    found = part.bounding_box()
    assert found is not None, "the part is not on the page"
    left, top = found["x"], found["y"]
    return left, top, left + found["width"], top + found["height"]


def overlap(one: Locator, other: Locator) -> bool:
    """Return whether two parts cover each other by more than a pixel."""
    (left, top, right, bottom), (left2, top2, right2, bottom2) = box(one), box(other)
    across = min(right, right2) - max(left, left2)
    down = min(bottom, bottom2) - max(top, top2)
    return across > 1 and down > 1
