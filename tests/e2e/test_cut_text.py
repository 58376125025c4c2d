"""No drawing cuts its own text: every line of a page's charts and maps lies inside its drawing.

The browser's own letters decide: the estimate that the charts are laid out by is only one of them.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import atlas_page as on

CLOSED = "[data-testid=stExpander] details:not([open])"
CUT = """
() => [...document.querySelectorAll("svg[viewBox] text")]
  .filter((text) => {
    const frame = text.ownerSVGElement.getBoundingClientRect();
    const box = text.getBoundingClientRect();
    const over = [frame.left - box.left, box.right - frame.right,
                  frame.top - box.top, box.bottom - frame.bottom];
    // The form for the other width of the page is hidden and has no size.
    const isShown = getComputedStyle(text).visibility === "visible";
    return isShown && Math.max(...over) > 1;
  })
  .map((text) => text.textContent)
"""


def unfold(page: Page) -> None:
    """Open every part that is folded: drawings stand in them too."""
    page.evaluate(f"document.querySelectorAll('{CLOSED} > summary').forEach(one => one.click())")
    expect(page.locator(CLOSED)).to_have_count(0)


@pytest.mark.parametrize("name", on.PAGES)
def test_no_text_of_a_drawing_is_cut_at_a_desk(desktop: Page, name: str) -> None:
    unfold(on.opened_other(desktop, name, "en"))
    assert desktop.evaluate(CUT) == []


@pytest.mark.parametrize("name", on.PAGES)
def test_no_text_of_a_drawing_is_cut_on_a_phone(phone: Page, name: str) -> None:
    unfold(on.opened_other(phone, name, "es"))
    assert phone.evaluate(CUT) == []


def test_a_text_that_is_cut_is_found(desktop: Page) -> None:
    on.opened_other(desktop, "space", "en")
    text = desktop.locator(".atlas-figures svg text").first
    text.evaluate("text => text.setAttribute('x', -20)")
    assert desktop.evaluate(CUT) == [text.text_content()]
