"""The scripts that mount the map in Streamlit, in a browser: stand-ins for Streamlit and the map.

The stand-ins say when the map is ready and in which order Streamlit calls, so that every order can
be tried. Map and Streamlit themselves together: test_time_map_app.py.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_app import atlas
from geo_app.maps.figure import time_map_data
from geo_app.maps.scripts import ask_js, mount_js
from geo_app.ui.time_map import MapBytes, parcel

STAND_INS = """
const CSS = "section { color: red }";
class StandIn {
  constructor(payload, on) {
    Object.assign(this, { payload, on, calls: [] });
    this.wait();
    (window.layers ??= []).push(this);
  }
  wait() {
    this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
  }
  addTo(map) { this.map = map; }
  update(payload) {
    this.payload = payload;
    this.calls.push(["update", payload.head.title]);
    this.wait();
  }
  setPeriod(value) { this.calls.push(["period", value]); }
  select(value) { this.calls.push(["select", value]); }
  setShow(value) { this.calls.push(["show", value]); }
  setAgainst(value) { this.calls.push(["against", value]); }
  setLayout(value) { this.calls.push(["layout", value]); }
}
const L = {
  planeMap: (container) => {
    container.append(document.createElement("section"));
    return { remove: () => { container.replaceChildren(); } };
  },
  timeChoropleth: (payload, on) => new StandIn(payload, on),
};
"""

PAGE = """
<div id="one"></div><div id="two"></div>
<script>
  const load = (text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  const roots = {};
  for (const key of ["one", "two"]) {
    roots[key] = document.getElementById(key).attachShadow({ mode: "open" });
  }
  window.sent = [];
  window.start = async ({ mount, ask }) => {
    [window.mountModule, window.askModule] = [await load(mount), await load(ask)];
  };
  window.show = (text, key) => {
    const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const setTriggerValue = (kind, value) => window.sent.push([key, kind, value]);
    return window.mountModule.default({ data, parentElement: roots[key], setTriggerValue });
  };
  window.ask = (key, period, selected, shown) => window.askModule.default({ data: {
    key, period, selected, shown: { show: "one", against: "", layout: "plane", ...shown },
  }});
  window.sheets = () => roots.one.adoptedStyleSheets.length;
  window.ready = async (layer, how = "resolve") => {
    layer[how](how === "reject" ? new Error("bad bytes") : layer);
    await new Promise((done) => setTimeout(done));
    layer.calls.length = 0;
  };
</script>
"""

RESOLVED = "() => window.ready(window.layers.at(-1))"
CALLS = "() => window.layers.at(-1).calls"


def script() -> str:
    """Return the mounting script over the stand-in for Leaflet and the map."""
    folder = resources.files("geo_app.maps")
    own = [(folder / name).read_text(encoding="utf-8") for name in ("link.js", "mount.js")]
    return "\n".join([STAND_INS, *own])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page for two maps, of which none is there yet; the first is asked for 2001."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(error.message))
    page.set_content(PAGE)
    page.evaluate("(texts) => window.start(texts)", {"mount": script(), "ask": ask_js()})
    page.evaluate("() => window.ask('one', '2001', [])")
    yield page
    context.close()
    assert faults == []


def shown(page: Page, title: str = "A", key: str = "one") -> None:
    """Let Streamlit show a map; what it returns for the end of it is kept in `leave`."""
    content = MapBytes(f'{{"title":"{title}"}}', b"shapes", b"values")
    text = _base64(parcel(content, key=key))
    page.evaluate("([text, key]) => { window.leave = window.show(text, key); }", [text, key])


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


def mounted(page: Page) -> Page:
    shown(page)
    page.evaluate(RESOLVED)
    return page


def test_a_map_begins_with_what_the_page_asked_for_before(page: Page) -> None:
    shown(page)
    payload = page.evaluate("() => window.layers[0].payload")
    wanted = {"period": "2001", "selected": [], "show": "one", "against": "", "layout": "plane"}
    assert {key: payload[key] for key in wanted} == wanted


def test_a_map_gets_its_bytes_as_they_were_packed(page: Page) -> None:
    shown(page)
    text = "(name) => new TextDecoder().decode(window.layers[0].payload[name])"
    assert [page.evaluate(text, name) for name in ("geometry", "series")] == ["shapes", "values"]


def test_the_same_data_again_changes_nothing(page: Page) -> None:
    shown(mounted(page))
    assert page.evaluate("() => [window.layers.length, window.layers[0].calls]") == [1, []]


def test_other_data_is_shown_in_the_same_map(page: Page) -> None:
    shown(mounted(page), "B")
    assert page.evaluate("() => window.layers.length") == 1
    assert page.evaluate(CALLS) == [["update", "B"]]


def test_what_the_reader_does_is_sent_to_the_page(page: Page) -> None:
    mounted(page).evaluate(
        """() => {
          const { on } = window.layers[0];
          on.onSelect(["06", "09"]);
          on.onStep("2002");
          on.onShow({ show: "two", against: "2000", layout: "tiles" });
        }"""
    )
    assert page.evaluate("window.sent") == [
        ["one", "selected", ["06", "09"]],
        ["one", "period", "2002"],
        ["one", "shown", {"show": "two", "against": "2000", "layout": "tiles"}],
    ]


def test_what_the_page_asks_for_is_shown_and_not_sent_back(page: Page) -> None:
    mounted(page).evaluate("() => window.ask('one', '2002', ['06'], { layout: 'tiles' })")
    calls = [["period", "2002"], ["select", ["06"]], ["layout", "tiles"], ["show", "one"]]
    assert page.evaluate(CALLS) == calls
    assert page.evaluate("window.sent") == []


def test_the_second_period_is_asked_for_after_the_way_to_show_it(page: Page) -> None:
    mounted(page).evaluate("() => window.ask('one', '2001', [], { show: 'two', against: '2000' })")
    assert page.evaluate(CALLS)[-2:] == [["show", "two"], ["against", "2000"]]


def test_what_is_asked_of_a_map_that_is_not_ready_is_shown_when_it_is(page: Page) -> None:
    shown(page)
    page.evaluate("() => window.ask('one', '2002', ['06'])")
    assert page.evaluate(CALLS) == []
    page.evaluate("() => window.layers[0].resolve()")
    assert page.evaluate(CALLS)[:2] == [["period", "2002"], ["select", ["06"]]]


def test_a_late_answer_does_not_undo_the_next_click(page: Page) -> None:
    mounted(page).evaluate(
        """() => {
          const { on } = window.layers[0];
          on.onSelect(["06"]);
          on.onSelect(["09"]);
          window.ask("one", "2001", ["06"]);
        }"""
    )
    assert "select" not in dict(page.evaluate(CALLS))


def test_an_answer_to_one_thing_does_not_undo_another(page: Page) -> None:
    mounted(page).evaluate(
        """() => {
          const { on } = window.layers[0];
          on.onSelect(["06"]);
          on.onStep("2002");
          window.ask("one", "2001", ["06"]);
        }"""
    )
    assert "period" not in dict(page.evaluate(CALLS))


def test_the_answer_to_the_last_click_is_shown(page: Page) -> None:
    mounted(page).evaluate(
        """() => {
          window.layers[0].on.onSelect(["06"]);
          window.ask("one", "2001", ["06"]);
        }"""
    )
    assert ["select", ["06"]] in page.evaluate(CALLS)


def test_a_wish_of_the_page_itself_wins_over_an_unanswered_click(page: Page) -> None:
    mounted(page).evaluate(
        """() => {
          window.layers[0].on.onSelect(["06"]);
          window.ask("one", "2001", ["25"]);
        }"""
    )
    assert ["select", ["25"]] in page.evaluate(CALLS)


def test_a_map_whose_data_is_bad_is_left_to_say_so(page: Page) -> None:
    shown(page)
    page.evaluate("() => window.ready(window.layers[0], 'reject')")
    page.evaluate("() => window.ask('one', '2002', [])")
    assert page.evaluate(CALLS) == []


def test_after_bad_data_good_data_is_shown(page: Page) -> None:
    shown(page)
    page.evaluate("() => window.ready(window.layers[0], 'reject')")
    shown(page, "B")
    page.evaluate("() => window.layers[0].resolve()")
    assert page.evaluate(CALLS)[:2] == [["update", "B"], ["period", "2001"]]


def test_leaving_takes_the_map_and_its_style_away(page: Page) -> None:
    mounted(page).evaluate("() => window.leave()")
    expect(page.locator("section")).to_have_count(0)
    assert page.evaluate("() => window.sheets()") == 0


def test_a_map_that_is_left_before_it_is_ready_is_asked_for_nothing(page: Page) -> None:
    shown(page)
    page.evaluate("() => { window.leave(); window.layers[0].resolve(); }")
    page.evaluate("() => window.ask('one', '2002', [])")
    assert page.evaluate(CALLS) == []


def test_the_end_of_an_earlier_call_leaves_the_map(page: Page) -> None:
    shown(page)
    page.evaluate("() => { window.earlier = window.leave; }")
    shown(page, "B")
    page.evaluate("() => window.earlier()")
    expect(page.locator("section")).to_have_count(1)


def test_a_map_that_comes_back_begins_where_the_page_is(page: Page) -> None:
    mounted(page).evaluate("() => { window.ask('one', '2002', []); window.leave(); }")
    shown(page)
    layers = "() => window.layers.map((layer) => layer.payload.period)"
    assert page.evaluate(layers) == ["2001", "2002"]


def test_two_maps_on_a_page_are_asked_and_answer_each_for_itself(page: Page) -> None:
    mounted(page).evaluate("() => window.ask('two', '2005', [])")
    shown(page, key="two")
    page.evaluate(RESOLVED)
    page.evaluate("() => { window.layers[1].on.onStep('2006'); window.ask('two', '2006', []); }")
    assert page.evaluate("window.sent") == [["two", "period", "2006"]]
    calls = page.evaluate("() => window.layers.map((layer) => layer.calls.length > 0)")
    assert calls == [False, True]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def of_another_version(content: bytes) -> bytes:
    plain = zlib.decompress(content)
    return zlib.compress(plain[:3] + bytes([plain[3] + 1]) + plain[4:])


def changed(content: bytes) -> bytes:
    plain = zlib.decompress(content)
    return zlib.compress(plain[:-1] + bytes([plain[-1] ^ 1]))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [(cut, "truncated"), (changed, "hash"), (of_another_version, "version")],
)
@pytest.mark.parametrize("part", ["geometry", "series"])
def test_bad_bytes_are_told_in_place_of_the_map(
    page: Page, part: str, damage: Callable[[bytes], bytes], reason: str
) -> None:
    page.evaluate("(texts) => window.start(texts)", {"mount": mount_js(), "ask": ask_js()})
    found = time_map_data(atlas.load(), "insecurity_envipe_pct", "en")
    good = MapBytes(found.head_json(), found.geometry.data, found.series.data)
    bad = replace(good, **{part: damage(getattr(good, part))})
    text = _base64(parcel(bad, key="one"))
    page.evaluate("(text) => { window.show(text, 'one'); }", text)
    panel = page.get_by_role("alert")
    expect(panel).to_have_attribute("data-reason", reason)
    expect(panel).to_contain_text("Load the page again")


def test_leaflet_stays_inside_the_module(page: Page) -> None:
    page.evaluate("(texts) => window.start(texts)", {"mount": mount_js(), "ask": ask_js()})
    assert page.evaluate("[typeof window.L, typeof window.leaflet]") == ["undefined", "undefined"]
