"""What a traveller does: look for a place, read its sheet, print it, check a way, see alerts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.atlas_page import look_for, query_of
from tests.e2e.test_state_sheet import pages_of

MEXICO_CITY_TO_TAXCO = "page=route&day=2025-09-01&stops=geonames:3530597,,geonames:3516225"


def expect_no_wider_than_the_screen(page: Page) -> None:
    # A table is drawn for the width of the desk and then for that of its column: wait for the end.
    page.wait_for_function("document.querySelector('.stMain').scrollWidth <= innerWidth")


def test_three_letters_lead_to_the_sheet_of_the_state_and_onto_one_page_of_paper(
    desktop: Page,
) -> None:
    desktop.goto("/?lang=en")
    look_for(desktop, "pvr")
    expect(desktop.locator(".ss h1, .ss h2").first).to_have_text("Jalisco")
    expect(desktop.locator(".ss-place")).to_contain_text("Puerto Vallarta, Jalisco, code PVR")
    expect(desktop).to_have_url(re.compile("page=state.*state=14"))
    assert pages_of(desktop.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_the_link_of_a_sheet_opens_the_same_sheet_in_the_other_language(phone: Page) -> None:
    phone.goto("/?page=state&place=icao:MMPR&lang=es")
    expect(phone.locator(".ss-place")).to_contain_text(
        "aeropuerto en el municipio de Puerto Vallarta"
    )
    assert query_of(phone)["state"] == "14"


def test_the_keyboard_alone_finds_a_place_among_several(desktop: Page) -> None:
    desktop.goto("/?lang=en")
    box = desktop.locator(".st-key-find input")
    expect(box).to_be_visible()
    box.focus()
    desktop.keyboard.type("Progreso")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("button", name="Close the list")).to_be_visible()
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("button", name=re.compile("Progreso, Yucat"))).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".ss h1, .ss h2").first).to_have_text("Yucatán")


def test_a_typing_error_is_asked_back_on_a_phone(phone: Page) -> None:
    phone.goto("/?lang=es")
    look_for(phone, "Guanajato")
    expect(phone.get_by_text("¿Quiso decir Guanajuato?")).to_be_visible()
    expect_no_wider_than_the_screen(phone)
    phone.locator(".st-key-atlas-find button").first.click()
    expect(phone.locator(".ss h1, .ss h2").first).to_have_text("Guanajuato")


def test_what_is_typed_is_shown_and_never_run(desktop: Page) -> None:
    desktop.goto("/?lang=en")
    look_for(desktop, "<img src=x onerror=alert(1)>")
    expect(desktop.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    assert desktop.locator("img[src=x]").count() == 0


def test_a_way_is_found_by_names_and_turned_round(desktop: Page) -> None:
    desktop.goto("/?page=route&lang=en")
    for label, text in (("From", "Monterrey"), ("To", "Nuevo Laredo")):
        field = desktop.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Enter")
        expect(desktop).to_have_url(re.compile("stops="))
    desktop.get_by_role("button", name=re.compile("border crossing in Tamaulipas")).click()
    # The other way over the same states is folded away below: no part of the page's roles.
    expect(desktop.get_by_role("status").filter(has_text="order: Nuevo León")).to_be_visible()
    desktop.get_by_role("button", name="Swap start and end").click()
    expect(desktop.get_by_role("status").filter(has_text="order: Tamaulipas")).to_be_visible()
    expect(desktop.locator(".atlas-markup svg").first).to_have_attribute(
        "aria-label", re.compile("Tamaulipas: 4 Do not travel")
    )


def test_a_way_to_a_closed_state_says_so_on_a_phone(phone: Page) -> None:
    phone.goto(f"/?{MEXICO_CITY_TO_TAXCO}&lang=es")
    # The states of another way are folded away below.
    shown = phone.locator(".atlas-stretch").filter(visible=True)
    expect(shown).to_have_count(3)
    expect(shown.last).to_contain_text("Guerrero")
    expect(phone.get_by_text("Nivel más alto de EE. UU.").first).to_contain_text("Guerrero")
    expect_no_wider_than_the_screen(phone)


@pytest.mark.parametrize(
    ("page_name", "mark"),
    [
        ("agreement&day=2022-12-01", "Quintana Roo"),
        ("alerts&day=2026-02-23", "Jalisco"),
    ],
)
def test_a_page_of_two_maps_fits_a_phone(phone: Page, page_name: str, mark: str) -> None:
    phone.goto(f"/?page={page_name}&lang=es")
    expect(phone.locator(".atlas-figures svg").first).to_be_attached()
    expect(phone.get_by_text(mark).first).to_be_attached()
    expect_no_wider_than_the_screen(phone)


def test_the_pages_are_reached_from_each_other(desktop: Page) -> None:
    desktop.goto("/?page=state&state=25&lang=en")
    expect(desktop.locator(".ss")).to_be_visible()
    for name, mark in (
        ("Advice and figures", "Where advice and figures part"),
        ("Dated alerts", "Dated alerts:"),
        ("Check a route", "Where does your way lead?"),
    ):
        desktop.get_by_role("radio", name=name).or_(
            desktop.get_by_role("button", name=name)
        ).first.click()
        expect(desktop.get_by_text(mark).first).to_be_visible()
