"""What a reader does with the page, in a browser; each journey also says what must not happen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from geo_app import atlas, export
from geo_app.indicators import indicator
from tests.e2e import atlas_page as on

HOMICIDES = "homicides_inegi_per_100k"
ENVIPE = "insecurity_envipe_pct"
VIEW = f"indicator={ENVIPE}&period=2019&state=25"


@pytest.fixture
def addresses(desktop: Page) -> list[str]:
    """Return the addresses that the page has had, in their order."""
    seen: list[str] = []
    desktop.on("framenavigated", lambda frame: seen.append(frame.url))
    return seen


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """Return how to open an address as another reader, with a browser in another language."""
    contexts = []

    def opened(address: str, locale: str) -> Page:
        contexts.append(browser.new_context(locale=locale, service_workers="block"))
        page = contexts[-1].new_page()
        page.goto(address)
        expect(on.areas(page).first).to_be_attached(timeout=on.PATIENCE_MS)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_arrow_keys_on_the_slider_move_map_legend_table_and_address(desktop: Page) -> None:
    on.opened(desktop)
    for _ in range(2):
        on.slider(desktop).press("ArrowLeft")
    expect(on.period(desktop)).to_have_text("2022")
    expect(desktop).to_have_url(re.compile("period=2022"))
    expect(on.table_caption(desktop)).to_contain_text("INEGI, 2022")
    layer = atlas.load().layer(HOMICIDES, "2022")
    assert on.fills(desktop) == on.colours_of(HOMICIDES, "2022")
    assert on.legend_counts(desktop) == list(layer.class_counts)
    expect(on.period(desktop)).not_to_contain_text("2024")


def test_dragging_the_slider_writes_only_its_end_into_the_address(
    desktop: Page, addresses: list[str]
) -> None:
    on.opened(desktop)
    left, top, right, bottom = on.box(on.slider(desktop))
    middle = (top + bottom) / 2
    desktop.mouse.move(right - 11, middle)
    desktop.mouse.down()
    for share in (0.8, 0.6, 0.4):
        desktop.mouse.move(left + share * (right - left), middle)
        expect(on.period(desktop)).not_to_have_text("2024")
    ended = on.period(desktop).inner_text()
    desktop.mouse.up()
    expect(desktop).to_have_url(re.compile(f"period={ended}"))
    expect(on.table_caption(desktop)).to_contain_text(f"INEGI, {ended}")
    assert set(re.findall(r"period=(\d+)", " ".join(addresses))) == {"2024", ended}


def test_a_step_back_and_forth_paints_the_same(desktop: Page) -> None:
    on.opened(desktop, "period=2023")
    before = on.fills(desktop)
    desktop.get_by_role("button", name="One step back").click()
    expect(on.period(desktop)).to_have_text("2022")
    assert on.fills(desktop) == on.colours_of(HOMICIDES, "2022")
    desktop.get_by_role("button", name="One step on").click()
    expect(on.period(desktop)).to_have_text("2023")
    assert on.fills(desktop) == before
    expect(on.hatched(desktop)).to_have_count(0)


def test_another_indicator_keeps_the_moment_and_the_state(desktop: Page) -> None:
    on.opened(desktop, "period=2019&state=25")
    pill = indicator(ENVIPE).short.en
    desktop.get_by_role("radiogroup", name="What to show").get_by_text(pill, exact=True).click()
    expect(on.title(desktop)).to_have_text("Adults who consider their state insecure, ENVIPE")
    expect(desktop).to_have_url(re.compile(f"indicator={ENVIPE}"))
    assert on.query_of(desktop) == {
        "indicator": ENVIPE,
        "period": "2019",
        "state": "25",
        "lang": "en",
    }
    assert on.fills(desktop) == on.colours_of(ENVIPE, "2019")
    expect(on.title(desktop)).to_have_count(1)


@pytest.mark.parametrize("height", [1600, 720])
def test_a_click_on_a_state_opens_its_panel_and_keeps_the_map(desktop: Page, height: int) -> None:
    desktop.set_viewport_size(ViewportSize(width=1280, height=height))
    on.opened(desktop, "period=2022")
    desktop.locator("section.tc").evaluate("map => { map.markedByTest = true; }")
    on.area(desktop, "08").click()
    expect(on.panel(desktop, "Chihuahua")).to_be_visible()
    expect(desktop).to_have_url(re.compile("state=08"))
    expect(on.period(desktop)).to_have_text("2022")
    assert desktop.locator("section.tc").evaluate("map => map.markedByTest === true")


def test_the_keyboard_alone_reaches_the_map_and_selects(desktop: Page) -> None:
    on.opened(desktop)
    for _ in range(40):
        desktop.keyboard.press("Tab")
        if desktop.locator("path.tc-area:focus").count():
            break
    desktop.keyboard.press("ArrowRight")
    focused = desktop.locator("path.tc-area:focus")
    name = str(focused.get_attribute("aria-label")).partition(":")[0]
    desktop.keyboard.press("Enter")
    expect(on.panel(desktop, name)).to_be_visible()
    expect(focused).to_have_attribute("aria-pressed", "true")
    expect(desktop).to_have_url(re.compile(f"state={focused.get_attribute('data-code')}"))


def test_the_list_of_states_selects_on_the_map(desktop: Page) -> None:
    on.opened(desktop, "state=25")
    desktop.get_by_role("combobox", name="State").fill("Colima")
    desktop.get_by_role("option", name="Colima").click()
    expect(on.area(desktop, "06")).to_have_attribute("aria-pressed", "true")
    expect(on.area(desktop, "25")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(("lang", "locale"), [("en", "es-MX"), ("es", "en-US")])
def test_a_copied_link_opens_the_same_view_at_another_readers(
    desktop: Page, elsewhere: Callable[[str, str], Page], lang: str, locale: str
) -> None:
    on.opened(desktop, f"{VIEW}&lang={lang}")
    copy = elsewhere(desktop.url, locale)
    expect(on.title(copy)).to_have_text(on.title(desktop).inner_text())
    expect(on.panel(copy, "Sinaloa")).to_be_visible()
    expect(on.period(copy)).to_have_text("2019")
    assert on.fills(copy) == on.fills(desktop)
    expect(copy.get_by_role("alert")).to_have_count(0)


def test_a_switch_of_the_language_keeps_the_view(desktop: Page) -> None:
    on.opened(desktop, VIEW)
    before = on.fills(desktop)
    desktop.get_by_text("Español", exact=True).click()
    expect(on.title(desktop)).to_contain_text("que considera insegura su entidad")
    expect(desktop).to_have_url(re.compile("lang=es"))
    assert on.query_of(desktop) == {
        "indicator": ENVIPE,
        "period": "2019",
        "state": "25",
        "lang": "es",
    }
    assert on.fills(desktop) == before
    expect(desktop.get_by_text("US travel advisory", exact=True)).to_have_count(0)


def test_a_reload_keeps_the_view(desktop: Page) -> None:
    on.opened(desktop, VIEW)
    on.slider(desktop).press("ArrowRight")
    expect(desktop).to_have_url(re.compile("period=2020"))
    desktop.reload()
    expect(on.period(desktop)).to_have_text("2020", timeout=on.PATIENCE_MS)
    expect(on.panel(desktop, "Sinaloa")).to_be_visible()
    expect(desktop.get_by_role("alert")).to_have_count(0)


def test_a_tap_on_a_phone_opens_the_panel(phone: Page) -> None:
    on.opened(phone)
    on.area(phone, "08").tap()
    expect(on.panel(phone, "Chihuahua")).to_be_attached()
    expect(phone).to_have_url(re.compile("state=08.*lang=es"))
    assert on.width_needed(phone) <= 360


def test_a_click_on_a_city_opens_its_figures(desktop: Page) -> None:
    on.opened(desktop, "indicator=insecurity_ensu_pct")
    on.area(desktop, "40").click()
    expect(desktop.get_by_role("heading", name="City: Culiacán Rosales")).to_be_visible()
    assert on.query_of(desktop)["state"] == "25"
    expect(desktop.get_by_role("alert")).to_have_count(0)


def test_the_downloads_hand_out_what_is_shown(desktop: Page, tmp_path: Path) -> None:
    on.opened(desktop, "period=2022")
    layer = atlas.load().layer(HOMICIDES, "2022")
    rows = export.answer(export.layer_rows(layer), HOMICIDES, "en")
    desktop.get_by_text("Take it away").click()
    assert downloaded(desktop, "CSV, what is shown", tmp_path) == export.to_csv(rows)
    found = json.loads(downloaded(desktop, "GeoJSON", tmp_path))
    expected = json.loads(export.to_geojson(layer, "en"))
    assert [item["properties"] for item in found["features"]] == [
        item["properties"] for item in expected["features"]
    ]
    assert on.query_of(desktop)["period"] == "2022"


def downloaded(page: Page, button: str, folder: Path) -> str:
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_bad_link_gives_the_page_and_one_note(desktop: Page, lang: str) -> None:
    on.opened(desktop, f"indicator=<script>alert(1)</script>&period=1066&lang={lang}")
    expect(desktop.get_by_role("alert")).to_have_count(1)
    expect(on.areas(desktop)).to_have_count(32)
    expect(desktop.locator("script", has_text="alert(1)")).to_have_count(0)
