"""What an analyst does: compare, tell a change from chance, look inside a state, take it along."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo_app.text import words
from geo_app.view import ANALYSIS

BORDER = {"Baja California", "Coahuila", "Chihuahua", "Nuevo León", "Sonora", "Tamaulipas"}
GUANAJUATO, MUNICIPALITIES_OF_IT = "Guanajuato", 46
PNG = b"\x89PNG\r\n\x1a\n"
HEADINGS = {
    "compare": "compare_title",
    "changes": "changes_title",
    "ranks": "ranks_title",
    "space": "space_title",
    "municipalities": "municipal_title",
    "relations": "relations_title",
    "claims": "claims_title",
    "methods": "methods_title",
}
"""The key of each page's heading."""


def taken(page: Page, label: str) -> bytes:
    """Unfold what the page hands out, take one file, and return it."""
    button = page.get_by_role("button", name=label, exact=True).first
    if not button.is_visible():
        page.get_by_text("Take it away: data, picture, code, link").first.click()
    with page.expect_download() as started:
        button.click()
    return Path(started.value.path()).read_bytes()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by typing, as a reader does, and wait until the list says so."""
    box = page.get_by_role("combobox", name=re.compile(label))
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def test_the_border_states_are_set_against_the_nation_since_2015(desktop: Page) -> None:
    desktop.goto("/?page=compare&lang=en")
    chart = desktop.locator(".atlas-figures svg").first
    for name in (*sorted(BORDER), "Border states", "Mexico"):
        expect(chart.get_by_text(name, exact=True)).to_be_visible()
    expect(desktop.locator(".atlas-figures figcaption").first).to_contain_text("2015 to 2024")
    desktop.get_by_text("The figures of the chart as a table").click()
    cells = desktop.locator('[role="grid"] [role="gridcell"]')
    expect(cells.filter(has_text=re.compile("^Mexico")).first).to_be_attached()
    expect(cells.filter(has_text=re.compile("^Border states")).first).to_be_attached()


def test_the_comparison_downloads_with_its_sources(desktop: Page) -> None:
    desktop.goto("/?page=compare&lang=en")
    rows = rows_of(taken(desktop, "CSV, what is shown"))
    names = {row["area_name"] for row in rows}
    assert names >= BORDER
    assert any(name.startswith("Mexico") for name in names)
    assert any(name.startswith("Border states") for name in names)
    assert {row["period"] for row in rows} == {str(year) for year in range(2015, 2025)}
    assert {row["source"] for row in rows} == {"inegi-homicides"}
    assert all(row["checked"] for row in rows)


def test_the_comparison_is_taken_along_as_a_picture_and_as_a_package(desktop: Page) -> None:
    desktop.goto("/?page=compare&lang=en")
    assert taken(desktop, "Picture, PNG").startswith(PNG)
    with zipfile.ZipFile(io.BytesIO(taken(desktop, "All of it, ZIP"))) as package:
        names = package.namelist()
        (described,) = (name for name in names if name.endswith("datapackage.json"))
        told = json.loads(package.read(described))
    assert told["sources"]
    assert told["licenses"]
    assert any(name.endswith(".csv") for name in names)


def test_who_rose_from_2021_to_2022_is_told_and_nobody_else(desktop: Page) -> None:
    desktop.goto("/?page=changes&lang=en")
    choose(desktop, "Earlier date", "2021")
    choose(desktop, "Later date", "2022")
    expect(desktop.get_by_text("Change from 2021 to 2022, with its interval")).to_be_visible()
    group = desktop.locator(".atlas-wide tbody").filter(
        has=desktop.locator('th[scope="rowgroup"]', has_text=re.compile("^Rose$"))
    )
    rose = group.locator('th[scope="row"]')
    expect(rose).to_have_count(4)
    assert set(rose.all_inner_texts()) == {"Colima", "Hidalgo", "Nuevo León", "Puebla"}


def test_all_municipalities_of_guanajuato_are_taken_along_with_sources(desktop: Page) -> None:
    desktop.goto("/?page=municipalities&lang=en")
    choose(desktop, "State", GUANAJUATO)
    expect(desktop.get_by_text("Guanajuato has 46 municipalities")).to_be_visible()
    rows = rows_of(taken(desktop, "CSV, what is shown"))
    assert len(rows) == MUNICIPALITIES_OF_IT
    assert len({row["area_code"] for row in rows}) == MUNICIPALITIES_OF_IT
    assert all(row["area_code"].startswith("11") for row in rows)
    assert all(row["source"] and row["checked"] for row in rows)


def test_a_state_is_chosen_from_the_list_that_the_page_opens_with(desktop: Page) -> None:
    desktop.goto("/?page=municipalities&lang=en")
    desktop.locator(".atlas-states").get_by_role("link", name=GUANAJUATO).click()
    expect(desktop.get_by_text("Guanajuato has 46 municipalities")).to_be_visible()


@pytest.mark.parametrize("name", [*ANALYSIS, "methods"])
def test_each_page_of_analysis_fits_a_phone_in_spanish(phone: Page, name: str) -> None:
    phone.goto(f"/?page={name}&lang=es")
    expect(phone.get_by_role("heading", name=words("es")(HEADINGS[name]))).to_be_visible()
    expect(phone.locator(".atlas-disclaimer")).to_be_attached()
    phone.wait_for_function("document.querySelector('.stMain').scrollWidth <= innerWidth")
