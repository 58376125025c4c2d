"""No drawing cuts its own words, and none covers another: the browser's own letters decide.

Charts are laid out by an estimate of the width of a text; what is tried here is that it holds.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import atlas_page as on

CLOSED = "[data-testid=stExpander] details:not([open])"
# The form of a drawing for the other width of the page is hidden and has no size.
SHOWN = """
const shown = [...document.querySelectorAll("svg[viewBox]")]
  .filter((drawing) => getComputedStyle(drawing).visibility === "visible")
  .map((drawing) => [
    drawing.getBoundingClientRect(),
    [...drawing.querySelectorAll("text")]
      .map((text) => [text.textContent, text.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0),
  ]);
"""
CUT = f"""() => {{ {SHOWN}
  const over = (frame, box) => Math.max(frame.left - box.left, box.right - frame.right,
                                        frame.top - box.top, box.bottom - frame.bottom);
  return shown.flatMap(([frame, texts]) =>
    texts.filter(([, box]) => over(frame, box) > 1).map(([text]) => text));
}}"""
# Boxes of two lines share some pixels, for a line is higher than its letters.
COVERED = f"""() => {{ {SHOWN}
  const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = (a, b) => (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))
    / Math.min(a.height, b.height);
  return shown.flatMap(([, texts]) => texts.flatMap(([text, box], number) =>
    texts.slice(0, number)
      .filter(([, other]) => across(box, other) > 1.5 && down(box, other) > 0.4)
      .map(([other]) => `${{other}} and ${{text}}`)));
}}"""
LONG = {
    "two figures": "page=relations&second=crime_prevalence_envipe_per_100k",
    "two dates": "page=changes&indicator=homicide_victims_sesnsp_per_100k",
    "lines": "page=compare&indicator=crime_prevalence_envipe_per_100k",
    "calendar": "page=space&indicator=insecurity_envipe_pct",
}
"""Pages whose drawings have wide numbers and long names."""


def faults(page: Page) -> list[str]:
    """Unfold all that is folded, and return what is cut or covered."""
    page.evaluate(f"document.querySelectorAll('{CLOSED} > summary').forEach(one => one.click())")
    expect(page.locator(CLOSED)).to_have_count(0)
    cut: list[str] = page.evaluate(CUT)
    covered: list[str] = page.evaluate(COVERED)
    return cut + covered


@pytest.mark.parametrize("name", on.PAGES)
def test_no_word_of_a_drawing_is_cut_or_covered_at_a_desk(desktop: Page, name: str) -> None:
    assert faults(on.opened_other(desktop, name, "en")) == []


@pytest.mark.parametrize("name", on.PAGES)
def test_no_word_of_a_drawing_is_cut_or_covered_on_a_phone(phone: Page, name: str) -> None:
    assert faults(on.opened_other(phone, name, "es")) == []


@pytest.mark.parametrize("name", LONG)
def test_wide_numbers_and_long_names_have_room_on_a_phone(phone: Page, name: str) -> None:
    assert faults(on.opened_at(phone, LONG[name], ".atlas-figures svg", "es")) == []


def test_what_is_cut_or_covered_is_found(desktop: Page) -> None:
    on.opened_other(desktop, "space", "en")
    texts = desktop.locator(".atlas-figures svg:has(text) text")
    first, second = (texts.nth(number).text_content() for number in (0, 1))
    assert faults(desktop) == []
    texts.nth(0).evaluate("text => text.setAttribute('x', -20)")
    assert first in faults(desktop)
    texts.nth(1).evaluate(
        "(text) => { for (const name of ['x', 'y', 'text-anchor'])"
        " text.setAttribute(name, text.previousElementSibling.getAttribute(name)); }"
    )
    assert f"{first} and {second}" in faults(desktop)
