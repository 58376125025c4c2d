"""What a program can tell of a page's accessibility; ears and hands are tried in the others.

axe-core (https://github.com/dequelabs/axe-core) judges the page as it stands, shadow roots
included. What it calls serious or critical inside our own parts is a fault; Streamlit's own
table and header are Streamlit's.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e import atlas_page as on
from tests.e2e.atlas_page import PAGES, look_for

HOMICIDES = "indicator=homicides_inegi_per_100k"
ADVICE = "indicator=advisory_level_us"
VIEWS = {
    "one map": f"{HOMICIDES}&state=25",
    "two dates": f"{HOMICIDES}&period=2022&against=2019&show=two",
    "difference": f"{HOMICIDES}&period=2022&against=2019&show=difference",
    "equal squares": f"{HOMICIDES}&layout=tiles",
    "municipalities": f"{HOMICIDES}&level=municipality",
    "advice": f"{ADVICE}&period=2026-05-29",
}
GRAVE = {"serious", "critical"}
NOT_OURS = ('[data-testid="stDataFrame"]', '[data-testid="stHeader"]')


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_at_a_desk(desktop: Page, view: str, scheme: str) -> None:
    desktop.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    on.opened(desktop, VIEWS[view])
    assert grave_findings(desktop) == []


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_on_a_phone(phone: Page, view: str) -> None:
    on.opened(phone, VIEWS[view])
    assert grave_findings(phone) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_on_another_page(desktop: Page, name: str, scheme: str) -> None:
    desktop.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    on.opened_other(desktop, name, "en")
    assert grave_findings(desktop) == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_on_another_page_on_a_phone(phone: Page, name: str) -> None:
    on.opened_other(phone, name, "es")
    assert grave_findings(phone) == []


def test_axe_finds_nothing_serious_in_the_list_of_a_search(phone: Page) -> None:
    phone.goto("/?lang=es")
    look_for(phone, "Progreso")
    expect(phone.locator(".st-key-atlas-find button").first).to_be_visible()
    assert grave_findings(phone) == []


def test_axe_finds_a_fault_that_is_there(desktop: Page) -> None:
    on.opened(desktop, HOMICIDES)
    desktop.locator(".tc-play").evaluate(
        "button => ['aria-label', 'title'].forEach((name) => button.removeAttribute(name))"
    )
    assert any(found.startswith("button-name") for found in grave_findings(desktop))


def grave_findings(page: Page) -> list[str]:
    """Return "rule: place" for each serious or critical finding."""
    context = {"exclude": [[place] for place in NOT_OURS]}
    found = Axe().run(page, context=context, options={"resultTypes": ["violations"]})
    return [
        f"{item['id']}: {node['target']}"
        for item in found.response["violations"]
        if item["impact"] in GRAVE
        for node in item["nodes"]
    ]
