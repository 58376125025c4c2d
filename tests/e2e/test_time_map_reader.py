"""Legend, selection, inset, squares, keys, failure: what a reader sees and touches."""

from __future__ import annotations

import base64
import zlib

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import element_page
from tests.e2e.element_page import PROBE, area, box_of, class_at, fill, listen
from tests.e2e.element_pages import ElementPages

CENTRE = ("09", "17", "29")
REACH = f"""() => {{
  const renderer = {PROBE}._stages.first.renderer;
  const ways = [[1, 0], [-1, 0], [0, 1], [0, -1]];
  return renderer.codes.map((start) => {{
    const seen = new Set([start]);
    for (const code of seen) {{
      for (const way of ways) {{
        const next = renderer.neighbour(code, way);
        if (next) seen.add(next);
      }}
    }}
    return seen.size;
  }});
}}"""


@pytest.fixture
def states(open_map: ElementPages) -> Page:
    return open_map(element_page.states_data())


def test_a_press_on_a_class_lets_the_others_fade(states: Page) -> None:
    states.get_by_role("button", name="class 3").click()
    states.mouse.move(2, 2)
    others = sum(class_at(34, number) != 3 for number in range(32))
    expect(states.locator(".tc-area.tc-faint")).to_have_count(others)


def test_a_pressed_class_says_so(states: Page) -> None:
    states.get_by_role("button", name="class 3").click()
    expect(states.get_by_role("button", name="class 3")).to_have_attribute("aria-pressed", "true")


def test_the_filter_follows_the_step(states: Page) -> None:
    states.get_by_role("button", name="class 3").click()
    states.get_by_role("slider").press("Home")
    expect(states.locator('.tc-area.tc-faint[data-class="3"]')).to_have_count(0)


def test_all_classes_are_shown_again_at_a_press(states: Page) -> None:
    states.get_by_role("button", name="class 3").click()
    states.get_by_role("button", name="Show all classes").click()
    expect(states.locator(".tc-faint")).to_have_count(0)


def test_the_tooltip_has_the_line_of_the_series(states: Page) -> None:
    area(states, "26").hover()
    expect(states.locator(".tc-tip .tc-spark-line")).to_have_count(1)


def test_a_gap_and_a_break_interrupt_the_line(states: Page) -> None:
    area(states, "26").hover()
    drawn = states.locator(".tc-tip .tc-spark-line").get_attribute("d") or ""
    missing = [step for step in range(35) if class_at(step, 25) < 0]
    assert drawn.count("M") == len(missing) + 2


def test_a_click_with_ctrl_adds_to_the_selection(states: Page) -> None:
    area(states, "26").click()
    area(states, "08").click(modifiers=["ControlOrMeta"])
    assert states.evaluate(f"{PROBE}.getSelected()") == ["26", "08"]


def test_a_card_takes_its_area_out_of_the_selection(states: Page) -> None:
    states.evaluate(f"{PROBE}.select(['26', '08'])")
    listen(states)
    states.get_by_role("button", name="Take Sonora out of the selection").click()
    assert states.evaluate("window.reported") == [["08"]]


def test_no_more_than_eight_are_selected(states: Page) -> None:
    states.evaluate(f"{PROBE}.select({PROBE}.model.codes)")
    expect(states.locator(".tc-card")).to_have_count(8)


def test_a_long_press_adds_to_the_selection(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 390, 800, touch=True)
    page.evaluate(f"{PROBE}.select('08')")
    area(page, "26").dispatch_event("pointerdown", {"pointerType": "touch"})
    page.wait_for_function(f"() => {PROBE}.getSelected().length === 2")
    area(page, "26").dispatch_event("click")
    assert page.evaluate(f"{PROBE}.getSelected()") == ["08", "26"]


def test_a_tap_is_read_below_the_map_and_not_over_it(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 390, 800, touch=True)
    area(page, "08").tap()
    expect(page.locator(".tc-card-name")).to_have_text("Chihuahua")
    expect(page.locator(".tc-tip")).to_be_hidden()


@pytest.mark.parametrize("code", CENTRE)
def test_a_small_state_of_the_centre_is_large_in_the_inset(states: Page, code: str) -> None:
    inset = f"{PROBE}._stages.first.inset.renderer.byCode.get('{code}').path"
    states.wait_for_function(f"() => {inset}.getBoundingClientRect().width > 24")
    painted = str(states.evaluate(f"{inset}.getAttribute('fill')"))
    assert _pattern(painted) == _pattern(fill(states, code))


def test_a_click_in_the_inset_selects(states: Page) -> None:
    inset = box_of(states.locator(".tc-inset"))
    states.mouse.click(inset["x"] + inset["width"] * 0.2, inset["y"] + inset["height"] * 0.6)
    assert len(states.evaluate(f"{PROBE}.getSelected()")) == 1


def test_the_inset_is_no_second_set_of_buttons(states: Page) -> None:
    expect(states.locator(".tc-inset [tabindex], .tc-inset [role=button]")).to_have_count(0)


def test_squares_are_all_of_one_size(states: Page) -> None:
    states.get_by_role("radio", name="Equal squares").check()
    boxes = [box_of(square) for square in states.locator(".tc-area").all()]
    sides = [box[side] for box in boxes for side in ("width", "height")]
    assert max(sides) - min(sides) < 2


def test_no_two_squares_lie_on_each_other(states: Page) -> None:
    states.get_by_role("radio", name="Equal squares").check()
    boxes = [box_of(square) for square in states.locator(".tc-area").all()]
    assert len({(round(box["x"]), round(box["y"])) for box in boxes}) == 32


def test_squares_carry_the_abbreviations(states: Page) -> None:
    states.get_by_role("radio", name="Equal squares").check()
    expect(states.locator(".tc-tile-name").get_by_text("Tlax.", exact=True)).to_be_visible()


def test_every_state_is_reached_by_arrow_keys_from_every_other(states: Page) -> None:
    assert set(states.evaluate(REACH)) == {32}


def test_every_square_is_reached_by_arrow_keys_from_every_other(states: Page) -> None:
    states.get_by_role("radio", name="Equal squares").check()
    assert set(states.evaluate(REACH)) == {32}


def test_tab_stops_once_in_the_map(states: Page) -> None:
    expect(states.locator('.tc-map .tc-area[tabindex="0"]')).to_have_count(1)


def test_the_live_region_says_what_has_the_focus(states: Page) -> None:
    area(states, "26").focus()
    states.keyboard.press("ArrowRight")
    focused = states.locator(".tc-area:focus").get_attribute("aria-label")
    assert focused is not None
    expect(states.get_by_role("status")).to_have_text(focused)


def test_enter_selects_and_escape_clears(states: Page) -> None:
    area(states, "26").press("Enter")
    assert states.evaluate(f"{PROBE}.getSelected()") == ["26"]
    states.keyboard.press("Escape")
    assert states.evaluate(f"{PROBE}.getSelected()") == []


def test_the_parts_have_names(states: Page) -> None:
    expect(states.get_by_role("region", name="Title")).to_be_visible()
    expect(states.get_by_role("group", name="Map of areas")).to_be_visible()
    expect(states.get_by_role("group", name="Legend")).to_be_visible()
    expect(states.get_by_role("group", name="What the map shows")).to_be_visible()


def test_what_can_be_pressed_is_large_enough(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 360, 740, touch=True)
    pressed = page.locator(".tc :is(button, select, .tc-choice-text):visible").all()
    heights = {round(box_of(found)["height"]) for found in pressed}
    assert min(heights) >= 40


def test_sources_are_printed_and_controls_are_not(states: Page) -> None:
    states.emulate_media(media="print")
    expect(states.get_by_text("Source of the invented values, 2026")).to_be_visible()
    expect(states.get_by_role("slider")).to_be_hidden()


def test_no_tile_is_offered_without_an_address(states: Page) -> None:
    expect(states.get_by_text("Street map")).to_have_count(0)


@pytest.mark.parametrize("part", ["geometry", "series"])
def test_a_part_that_was_cut_off_is_said_in_place_of_the_map(states: Page, part: str) -> None:
    whole = str(element_page.payload(element_page.states_data())[part])
    _show_instead(states, **{part: whole[: len(whole) // 8 * 4]})
    expect(states.get_by_role("alert")).to_contain_text("arrived incomplete")
    expect(states.locator(".tc-map")).to_have_count(0)


def test_another_version_is_said_in_place_of_the_map(states: Page) -> None:
    content = b"MXA\x63S" + bytes(20)
    packed = base64.b64encode(zlib.compress(content)).decode()
    _show_instead(states, series=packed)
    expect(states.locator('.tc-failure[data-reason="version"]')).to_be_visible()


def test_values_of_another_map_are_said_in_place_of_the_map(states: Page) -> None:
    series = element_page.payload(element_page.months_data())["series"]
    _show_instead(states, series=str(series))
    expect(states.locator('.tc-failure[data-reason="hash"]')).to_be_visible()


def test_a_browser_that_cannot_unpack_is_told_what_to_do(states: Page) -> None:
    states.evaluate("() => { delete window.DecompressionStream; }")
    _show_instead(states)
    expect(states.get_by_role("alert")).to_contain_text("Use a newer browser")


def test_ready_is_refused_with_the_reason(states: Page) -> None:
    reason = states.evaluate(
        f"() => {{ const map = {PROBE}; const cut = {{...map._payload, series: 'AAAA'}};"
        " return map.update(cut).then(() => '', (error) => error.reason); }"
    )
    assert reason == "truncated"


def test_good_data_takes_the_place_of_the_failure(states: Page) -> None:
    good = element_page.payload(element_page.states_data())["series"]
    _show_instead(states, series="AAAA")
    expect(states.locator(".tc-failure")).to_be_visible()
    _show_instead(states, series=str(good))
    expect(states.locator(".tc-map")).to_have_count(1)


def test_many_ways_of_showing_leave_no_nodes_behind(states: Page) -> None:
    count = states.evaluate(
        f"() => {{ const map = {PROBE}; const count = () => document.querySelectorAll('*').length;"
        " const turn = () => { for (const show of ['two', 'difference', 'one']) map.setShow(show);"
        " for (const layout of ['tiles', 'plane']) map.setLayout(layout); };"
        " turn(); const before = count(); for (let i = 0; i < 4; i++) turn();"
        " return count() - before; }"
    )
    assert count == 0


def _show_instead(page: Page, **parts: str) -> None:
    """Give the map other parts of its payload."""
    page.evaluate(
        f"(parts) => {{ const map = {PROBE}; map.update({{...map._payload, ...parts}}); }}", parts
    )


def _pattern(fill_: str) -> str:
    """Return a fill without the number of the map that its pattern belongs to."""
    return fill_.rpartition("-")[2]
