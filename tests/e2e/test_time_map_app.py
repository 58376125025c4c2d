"""The map inside the running app: what it sends, what it keeps, what a link to it holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, Response, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo_app import atlas
from geo_app.indicators import indicator
from geo_app.maps.artefacts import load
from tests.e2e import atlas_page as on

HOMICIDES = "homicides_inegi_per_100k"
ENVIPE = "insecurity_envipe_pct"
TOWN = "level=municipality&period=2022&municipality=25006"
MARK = "map => { map.markedByTest = true; }"
IS_MARKED = "map => map.markedByTest === true"
LEAST_SCRIPT = 100_000
"""Leaflet alone is larger; what a component is sent with each message never is."""

MOVE = """
async (range) => {
  for (let move = 0; move < 1000; move += 1) {
    range.value = String(move % (Number(range.max) + 1));
    range.dispatchEvent(new Event("input", { bubbles: true }));
    if (move % 10 === 0) await new Promise(requestAnimationFrame);
  }
}
"""


@dataclass(slots=True)
class Wire:
    """What the server has sent to a page."""

    messages: list[bytes] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    """Names of the scripts of ours that were fetched."""
    sent: int = 0
    """Number of messages from the page to the server."""

    def of_maps(self) -> int:
        """Return the bytes of all messages that concern components, whole or by reference."""
        kinds = ((ForwardMsg.FromString(content), len(content)) for content in self.messages)
        return sum(size for message, size in kinds if _is_of_a_component(message))


def _is_of_a_component(message: ForwardMsg) -> bool:
    element = message.delta.new_element.WhichOneof("type")
    return message.WhichOneof("type") == "ref_hash" or element == "bidi_component"


@pytest.fixture
def wire(desktop: Page) -> Wire:
    """Return what goes over the wire of the page, from its opening on."""
    noted = Wire()

    def follow(socket: WebSocket) -> None:
        socket.on("framereceived", lambda content: noted.messages.append(bytes(content)))
        socket.on("framesent", lambda _: setattr(noted, "sent", noted.sent + 1))

    def note(response: Response) -> None:
        found = re.search(r"/bidi-components/geo_app\.\w+/(.+)$", response.url)
        if found:
            noted.scripts.append(found[1])

    desktop.on("websocket", follow)
    desktop.on("response", note)
    return noted


@pytest.fixture
def memory(desktop: Page) -> Iterator[CDPSession]:
    session = desktop.context.new_cdp_session(desktop)
    session.send("HeapProfiler.enable")
    yield session
    session.detach()


def heap(memory: CDPSession) -> float:
    """Return the bytes in use after all that can be collected was."""
    for _ in range(3):
        memory.send("HeapProfiler.collectGarbage")
    return float(memory.send("Runtime.getHeapUsage")["usedSize"])


@dataclass(frozen=True, slots=True)
class Kept:
    """What a page holds after all that can be collected was."""

    nodes: int
    listeners: int
    objects: int
    """Bytes of objects, texts and arrays. Compiled code is left out: the engine goes on compiling
    what is used for dozens of changes, and that is neither kept by the page nor its own to free."""


def kept(memory: CDPSession) -> Kept:
    """Count what the page keeps: what is in the document, and what is not but is still held."""
    heap(memory)
    chunks: list[str] = []
    memory.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    memory.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    counted = memory.send("Memory.getDOMCounters")
    return Kept(
        counted["nodes"], counted["jsEventListeners"], _objects(json.loads("".join(chunks)))
    )


def _objects(snapshot: dict[str, Any]) -> int:
    meta = snapshot["snapshot"]["meta"]
    width = len(meta["node_fields"])
    kind, size = meta["node_fields"].index("type"), meta["node_fields"].index("self_size")
    code = meta["node_types"][kind].index("code")
    nodes = snapshot["nodes"]
    every = zip(nodes[kind::width], nodes[size::width], strict=True)
    return sum(size for kind, size in every if kind != code)


def section(page: Page) -> Locator:
    return page.locator("section.tc")


def choose(page: Page, name: str) -> None:
    """Choose one of the ways to look, on the map itself."""
    page.locator("label.tc-choice-option", has_text=name).click()


def test_the_script_is_fetched_once_and_not_sent(desktop: Page, wire: Wire) -> None:
    on.opened(desktop)
    for slug in (ENVIPE, HOMICIDES, ENVIPE):
        desktop.get_by_text(indicator(slug).short.en, exact=True).click()
        expect(on.title(desktop)).to_have_text(indicator(slug).title.en)
    names = [name for name in wire.scripts if name.startswith("time_map.")]
    assert len(names) == 1
    assert re.fullmatch(r"time_map\.[0-9a-f]{12}\.js", names[0])
    assert max(map(len, wire.messages)) < LEAST_SCRIPT


def test_a_click_sends_the_map_not_again_and_leaves_it_as_it_is(desktop: Page, wire: Wire) -> None:
    on.opened(desktop, "period=2022")
    whole = str(on.area(desktop, "08").get_attribute("d"))
    desktop.get_by_role("button", name="Zoom in").click()
    expect(on.area(desktop, "08")).not_to_have_attribute("d", whole)
    section(desktop).evaluate(MARK)
    drawn = on.area(desktop, "08").get_attribute("d")
    expect(on.table_caption(desktop)).to_be_visible()
    wire.messages.clear()
    on.area(desktop, "08").click()
    expect(on.panel(desktop, "Chihuahua")).to_be_visible()
    assert wire.of_maps() < 2_000
    assert section(desktop).evaluate(IS_MARKED)
    assert on.area(desktop, "08").get_attribute("d") == drawn
    expect(on.period(desktop)).to_have_text("2022")


def test_another_indicator_is_shown_in_the_same_place(desktop: Page) -> None:
    on.opened(desktop, "lang=en&period=2022&utm_source=mail")
    place = desktop.locator('[data-testid="stBidiComponentIsolated"]:has(section.tc)')
    place.evaluate(MARK)
    desktop.get_by_text(indicator(ENVIPE).short.en, exact=True).click()
    expect(on.title(desktop)).to_have_text(indicator(ENVIPE).title.en)
    assert place.evaluate(IS_MARKED)


def test_a_thousand_moves_of_the_slider_send_nothing_and_keep_nothing(
    desktop: Page, wire: Wire, memory: CDPSession
) -> None:
    on.opened(desktop)
    expect(on.table_caption(desktop)).to_be_visible()
    on.slider(desktop).evaluate(MOVE)
    before, sent, received = heap(memory), wire.sent, len(wire.messages)
    on.slider(desktop).evaluate(MOVE)
    assert (wire.sent, len(wire.messages)) == (sent, received)
    assert heap(memory) < 1.05 * before


def test_twenty_changes_of_the_page_keep_nothing(desktop: Page, memory: CDPSession) -> None:
    on.opened(desktop, "period=2022")
    # What the page keeps on purpose, such as the forms of each view, is there after two.
    for _ in range(2):
        _go_round(desktop)
    before = kept(memory)
    for _ in range(5):
        _go_round(desktop)
    after = kept(memory)
    # A list of downloads that stays behind at each change is 125 nodes of some 1,700.
    assert after.nodes < 1.05 * before.nodes
    assert after.listeners < 1.05 * before.listeners
    assert after.objects < 1.05 * before.objects


def _go_round(page: Page) -> None:
    """Change the level, the indicator and the language: four changes, and back where it was."""
    title = indicator(HOMICIDES).title
    page.get_by_text("Municipalities", exact=True).click()
    expect(page.locator(".tc-grid-cursor")).to_have_count(1)
    page.get_by_text(indicator(ENVIPE).short.en, exact=True).click()
    expect(on.title(page)).to_have_text(indicator(ENVIPE).title.en)
    page.get_by_text("Español", exact=True).click()
    expect(on.title(page)).to_have_text(indicator(ENVIPE).title.es)
    page.get_by_text(indicator(HOMICIDES).short.es, exact=True).click()
    expect(on.title(page)).to_have_text(title.es)
    page.get_by_text("English", exact=True).click()
    expect(on.title(page)).to_have_text(title.en)


def test_two_dates_are_a_link(desktop: Page) -> None:
    on.opened(desktop, "period=2022")
    choose(desktop, "Two dates")
    first = desktop.get_by_role("slider").first
    first.press("End")
    first.press("ArrowLeft")
    expect(desktop).to_have_url(re.compile("show=two&against=2020"))
    desktop.reload()
    expect(desktop.locator(".tc-map")).to_have_count(2, timeout=on.PATIENCE_MS)
    expect(on.period(desktop)).to_have_text(re.compile("2020.*2022"))


def test_a_link_to_a_difference_shows_it(desktop: Page) -> None:
    on.opened(desktop, "period=2022&against=2015&show=difference")
    expect(desktop.get_by_role("radio", name="Difference")).to_be_checked()
    expect(on.period(desktop)).to_have_text(re.compile("2015.*2022"))


def test_a_link_to_squares_and_several_states_shows_them(desktop: Page) -> None:
    on.opened(desktop, "period=2022&state=06&others=25,09&layout=tiles")
    expect(desktop.get_by_role("radio", name="Equal squares")).to_be_checked()
    chosen = desktop.locator('path.tc-area[aria-pressed="true"]')
    codes = chosen.evaluate_all("paths => paths.map((path) => path.dataset.code)")
    assert sorted(set(codes)) == ["06", "09", "25"]
    expect(on.panel(desktop, "Colima")).to_be_visible()


def test_one_date_again_leaves_the_link(desktop: Page) -> None:
    on.opened(desktop, "period=2022&against=2015&show=two")
    choose(desktop, "One date")
    expect(desktop).not_to_have_url(re.compile("against="))
    expect(desktop.locator(".tc-map")).to_have_count(1)


def test_the_keyboard_selects_a_municipality_and_opens_its_figures(desktop: Page) -> None:
    opened_town(desktop)
    cursor = desktop.locator(".tc-grid-cursor")
    cursor.focus()
    desktop.keyboard.press("ArrowRight")
    name = str(cursor.get_attribute("aria-label")).partition(":")[0]
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name=f"Municipality: {name}")).to_be_visible()
    code = cursor.get_attribute("data-code")
    expect(desktop).to_have_url(re.compile(f"municipality={code}"))


def test_the_figures_of_a_municipality_follow_the_slider(desktop: Page) -> None:
    opened_town(desktop)
    on.slider(desktop).press("ArrowLeft")
    expect(desktop).to_have_url(re.compile("period=2021"))
    value = atlas.load().value(HOMICIDES, "25006", "2021", "municipality").value
    town = desktop.locator(".atlas-section", has_text="Municipality: Culiacán")
    expect(town.locator(".atlas-figure")).to_contain_text(f"{value:.1f}")
    expect(town.locator(".atlas-dates")).to_contain_text("2021 · final · INEGI")


def test_on_a_phone_municipalities_fit(phone: Page) -> None:
    opened_town(phone)
    expect(phone.get_by_role("heading", name="Municipio: Culiacán")).to_be_attached()
    assert on.width_needed(phone) <= 360


def opened_town(page: Page) -> None:
    page.set_default_timeout(on.PATIENCE_MS)
    page.goto(f"/?{TOWN}")
    expect(page.locator(".tc-grid-cursor")).to_have_count(1, timeout=on.PATIENCE_MS)
    expect(page).to_have_url(re.compile("state=25"))


def test_the_saved_map_is_a_page_of_its_own(desktop: Page) -> None:
    on.opened(desktop, "period=2022")
    with desktop.expect_download() as started:
        desktop.get_by_role("button", name="Save this map as one file").click()
    content = started.value.path().read_bytes()
    assert started.value.suggested_filename == f"{HOMICIDES}_state.html"
    assert content.startswith(b"<!")
    assert len(content) > len(load(HOMICIDES, "state").geometry.data)
