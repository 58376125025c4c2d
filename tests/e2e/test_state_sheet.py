"""The sheet on paper and on the screen: one page of A4 for every state, and no sideways way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_app import atlas
from geo_app.places import all_places
from geo_app.records import LANGUAGES
from geo_app.state_sheet import building
from geo_app.state_sheet import page as state_page
from geo_app.state_sheet.building import Asked
from geo_app.states import state_codes
from geo_app.text import words

PAGE = re.compile(rb"/Type\s*/Page\b")
ALL = [(code, lang) for code in state_codes() for lang in LANGUAGES]


def pages_of(printed: bytes) -> int:
    return len(PAGE.findall(printed))


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Page:
    return browser.new_context().new_page()


def document(code: str, lang: str) -> str:
    """Return the longest sheet of a state: with a place and another state to read against."""
    place = next(item for item in all_places() if item.state_code == code)
    other = "31" if code != "31" else "06"
    asked = Asked(code, place=place.place_code, reference=other)
    return state_page.document(building.build(atlas.load(), asked, words(lang)))


@pytest.mark.parametrize(("code", "lang"), ALL)
def test_the_sheet_fills_one_page_of_a4(paper: Page, tmp_path: Path, code: str, lang: str) -> None:
    file = tmp_path / "sheet.html"
    file.write_text(document(code, lang), encoding="utf-8")
    paper.goto(file.as_uri())
    assert pages_of(paper.pdf(format="A4", prefer_css_page_size=True)) == 1


@pytest.mark.parametrize("code", ["08", "25"])
def test_the_page_itself_prints_as_the_sheet_alone(desktop: Page, code: str) -> None:
    opened(desktop, code, "es")
    assert pages_of(desktop.pdf(format="A4", prefer_css_page_size=True)) == 1
    desktop.emulate_media(media="print")
    expect(desktop.locator(".ss")).to_be_visible()
    expect(desktop.locator(".atlas-header")).to_be_hidden()
    expect(desktop.get_by_role("combobox").first).to_be_hidden()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone_nothing_lies_beside_the_page(phone: Page, lang: str) -> None:
    opened(phone, "25", lang)
    for item in phone.locator(".ss-explain > summary").all():
        item.click()
    wide = phone.evaluate(
        "() => [...document.querySelectorAll('.ss *')].filter((item) =>"
        " !item.closest('.ss-scroll, svg') && item.getBoundingClientRect().right > innerWidth + 1)"
        ".map((item) => item.className || item.tagName)"
    )
    assert wide == []


def test_on_a_phone_what_is_not_known_is_still_hatched(phone: Page) -> None:
    opened(phone, "25", "es")
    # A pattern inside an element that is not displayed is not painted either.
    first = phone.locator("#atlas-hatch").first
    shown = first.evaluate("item => getComputedStyle(item.closest('.ss-drawing')).display")
    assert shown != "none"
    expect(phone.locator(".ss-narrow svg")).to_be_visible()
    expect(phone.locator(".ss-wide svg")).to_be_hidden()


def test_a_number_opens_its_explanation_by_the_keyboard(desktop: Page) -> None:
    opened(desktop, "25", "en")
    summary = desktop.locator(".ss-homicides .ss-explain > summary")
    summary.focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".ss-homicides .ss-explain")).to_contain_text("inegi-homicides.csv")
    with desktop.expect_download() as saved:
        desktop.locator(".ss-homicides a[download]").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "data/tables/inegi-homicides.csv,25,2024,deaths_count,1021," in text


def opened(page: Page, code: str, lang: str) -> Page:
    page.goto(f"/?page=state&state={code}&lang={lang}")
    expect(page.locator(".ss .ss-disappeared")).to_be_attached()
    return page
