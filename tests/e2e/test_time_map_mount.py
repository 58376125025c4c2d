"""The scripts that mount the map in Streamlit, run in a browser with a stand-in for Streamlit."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_app.maps.leaflet import leaflet_css
from geo_app.maps.payload import TimeMapData
from geo_app.maps.scripts import ask_js, mount_js, plugin_css
from tests.e2e import element_page

HARNESS = """
<div id="place"></div>
<script>
  window.sent = [];
  const load = (text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  const root = document.getElementById("place").attachShadow({ mode: "open" });
  window.start = async ({ mount, ask, css }) => {
    root.innerHTML = `<style>${css}</style>`;
    [window.mountModule, window.askModule] = [await load(mount), await load(ask)];
  };
  window.show = (data) => {
    const setTriggerValue = (kind, value) => window.sent.push([kind, value]);
    window.leave = window.mountModule.default({ data, parentElement: root, setTriggerValue });
  };
  window.ask = (period, selected) => (
    window.askModule.default({ data: { key: "map", period, selected } })
  );
</script>
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page in which a map of three squares is mounted, 2001 shown."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.set_content(HARNESS)
    page.evaluate(
        "(texts) => window.start(texts)",
        {"mount": mount_js(), "ask": ask_js(), "css": leaflet_css() + plugin_css()},
    )
    page.evaluate("() => window.ask('2001', '')")
    _show(page, element_page.squares_data())
    yield page
    context.close()


def test_a_map_is_mounted_at_the_period_that_the_page_asks_for(page: Page) -> None:
    expect(page.locator(".tc-period")).to_have_text("2001")


def test_the_same_data_again_mounts_no_second_map(page: Page) -> None:
    _show(page, element_page.squares_data())
    expect(page.locator(".tc")).to_have_count(1)


def test_other_values_are_shown_in_the_same_map(page: Page) -> None:
    _show(page, element_page.cities_data())
    expect(page.locator(".tc-point")).to_have_count(2)


def test_a_click_is_sent_to_the_page(page: Page) -> None:
    page.locator('[data-code="west"]').click()
    assert page.evaluate("window.sent") == [["selected", "west"]]


def test_what_the_page_asks_for_is_not_sent_back(page: Page) -> None:
    page.evaluate("() => window.ask('2002', 'west')")
    expect(page.locator(".tc-period")).to_have_text("2002")
    assert page.evaluate("window.sent") == []


def test_a_late_answer_does_not_undo_the_next_click(page: Page) -> None:
    page.locator('[data-code="west"]').click()
    page.locator('[data-code="east"]').click()
    page.evaluate("() => window.ask('2001', 'west')")
    expect(page.locator('[aria-pressed="true"]')).to_have_attribute("data-code", "east")


def test_a_wish_of_the_page_itself_wins_over_an_unanswered_click(page: Page) -> None:
    page.locator('[data-code="west"]').click()
    page.evaluate("() => window.ask('2001', 'small')")
    expect(page.locator('[aria-pressed="true"]')).to_have_attribute("data-code", "small")


def test_leaving_takes_the_map_away(page: Page) -> None:
    page.evaluate("() => window.leave()")
    expect(page.locator(".tc")).to_have_count(0)


def test_leaflet_stays_inside_the_module(page: Page) -> None:
    assert page.evaluate("[typeof window.L, typeof window.leaflet]") == ["undefined", "undefined"]


def _show(page: Page, data: TimeMapData) -> None:
    drawn = {"key": "map", "geometry": data.geometry_json(), "series": data.data_json()}
    page.evaluate("(text) => window.show(JSON.parse(text))", json.dumps(drawn))
    expect(page.locator(".tc-area").first).to_be_attached()
