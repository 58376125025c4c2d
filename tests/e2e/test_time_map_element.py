"""The map over time in a browser, as a saved file with the network off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.e2e import element_page
from tests.e2e.element_page import PROBE, area, box_of, fill, listen, set_period
from tests.e2e.element_pages import ElementPages


@pytest.fixture
def states(open_map: ElementPages) -> Page:
    return open_map(element_page.states_data(), 1280, 900)


@pytest.fixture
def squares(open_map: ElementPages) -> Page:
    page = open_map(element_page.squares_data(), 900, 700)
    page.evaluate(f"{PROBE}.setPeriod('2001')")
    return page


def test_every_state_is_drawn_as_a_named_button(states: Page) -> None:
    buttons = states.get_by_role("button").and_(states.locator("path"))
    expect(buttons).to_have_count(32)
    assert all("2024" in label for label in _all(buttons, "aria-label"))


def test_what_is_painted_depends_on_the_step_alone(states: Page) -> None:
    # 13 and 35 have no common divisor: every step comes twice, after ever different ones.
    order = [13 * turn % element_page.STATES_STEPS for turn in range(70)]
    codes = [f"{number:02d}" for number in range(1, 33)]
    for step in order:
        painted = states.evaluate(
            f"([period, codes]) => {{ const map = {PROBE}; map.setPeriod(period);"
            " return codes.map((code) => map.classOf(code)); }",
            [str(1990 + step), codes],
        )
        assert painted == [element_page.class_at(step, area) for area in range(32)]


def test_an_area_with_a_value_has_the_colour_of_its_class(squares: Page) -> None:
    assert fill(squares, "west") == element_page.COLOURS[0]


def test_an_area_that_loses_its_value_is_hatched_at_once(squares: Page) -> None:
    set_period(squares, "2002")
    assert fill(squares, "small").endswith("-missing)")


def test_an_area_that_regains_its_value_is_not_hatched(squares: Page) -> None:
    set_period(squares, "2002")
    set_period(squares, "2001")
    assert fill(squares, "small") == element_page.COLOURS[1]


def test_the_legend_names_the_areas_without_a_value(squares: Page) -> None:
    set_period(squares, "2002")
    expect(squares.locator(".tc-names")).to_have_text("Small")


def test_the_legend_counts_the_areas_of_each_class_at_this_step(states: Page) -> None:
    set_period(states, "1993")
    expected = [sum(element_page.class_at(3, area) == c for area in range(32)) for c in range(4)]
    counts = states.locator(".tc-classes .tc-count").all_inner_texts()
    assert [int(text.split()[0]) for text in counts] == expected[::-1]


def test_an_estimated_value_has_a_pattern_of_its_class(squares: Page) -> None:
    set_period(squares, "2002")
    assert fill(squares, "east").endswith("-2-estimated)")


def test_a_mark_that_occurs_has_a_line_in_the_legend(squares: Page) -> None:
    expect(squares.locator(".tc-others").get_by_text("Estimated")).to_be_visible()


def test_a_mark_that_never_occurs_has_no_line_in_the_legend(squares: Page) -> None:
    expect(squares.locator(".tc-others").get_by_text("Last stated")).to_have_count(0)


def test_the_slider_says_the_period_in_words(states: Page) -> None:
    slider = states.get_by_role("slider", name="Period")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "1990")


def test_the_slider_moves_the_large_period(states: Page) -> None:
    states.get_by_role("slider").press("Home")
    expect(states.locator(".tc-period")).to_have_text("1990")


def test_a_break_is_drawn_on_the_slider_with_its_reason(states: Page) -> None:
    expect(states.locator(".tc-break")).to_have_attribute("title", "Break: other method")


def test_the_step_after_a_break_shows_the_reason(states: Page) -> None:
    set_period(states, "2002")
    expect(states.locator(".tc-break-note")).to_have_text("Break: other method")


def test_a_step_away_from_a_break_shows_no_reason(states: Page) -> None:
    set_period(states, "2003")
    expect(states.locator(".tc-break-note")).to_be_hidden()


def test_a_marked_step_says_so_beside_the_period(states: Page) -> None:
    expect(states.locator(".tc-chip")).to_have_text("Preliminary")


def test_the_live_region_says_how_many_areas_have_no_value(squares: Page) -> None:
    set_period(squares, "2002")
    expect(squares.get_by_role("status")).to_have_text(re.compile("^2002. Without a value: 1"))


def test_a_click_selects(squares: Page) -> None:
    area(squares, "west").click()
    expect(area(squares, "west")).to_have_attribute("aria-pressed", "true")


def test_a_selected_area_is_read_out(squares: Page) -> None:
    area(squares, "west").click()
    expect(squares.locator(".tc-facts")).to_contain_text("0.5 per 100,000")


def test_a_second_click_clears(squares: Page) -> None:
    area(squares, "west").click()
    area(squares, "west").click()
    expect(area(squares, "west")).to_have_attribute("aria-pressed", "false")


def test_enter_selects_the_focused_area(squares: Page) -> None:
    area(squares, "east").press("Enter")
    expect(area(squares, "east")).to_have_attribute("aria-pressed", "true")


def test_escape_clears_the_selection(squares: Page) -> None:
    area(squares, "west").click()
    squares.keyboard.press("Escape")
    expect(area(squares, "west")).to_have_attribute("aria-pressed", "false")


def test_an_arrow_key_moves_to_the_area_in_that_direction(squares: Page) -> None:
    area(squares, "west").press("ArrowRight")
    expect(area(squares, "small")).to_be_focused()


def test_keyboard_focus_shows_the_tooltip(squares: Page) -> None:
    area(squares, "east").focus()
    expect(squares.locator(".tc-tip-name")).to_have_text("East")


def test_the_pointer_lights_the_line_of_the_class(squares: Page) -> None:
    area(squares, "west").hover()
    expect(squares.locator(".tc-lit .tc-label")).to_have_text("class 0")


def test_a_line_of_the_legend_fades_the_other_classes(squares: Page) -> None:
    squares.locator(".tc-classes").get_by_text("class 0").hover()
    expect(squares.locator(".tc-faint")).to_have_count(2)


def test_a_small_area_is_hit_a_little_beside_it(squares: Page) -> None:
    edge = box_of(area(squares, "small"))
    squares.mouse.move(edge["x"] - 4, edge["y"] + edge["height"] / 2)
    expect(squares.locator(".tc-tip-name")).to_have_text("Small")


def test_a_plain_wheel_is_left_to_the_page(squares: Page) -> None:
    before = path_of(squares, "west")
    area(squares, "west").hover()
    squares.mouse.wheel(0, -300)
    squares.evaluate("() => new Promise(requestAnimationFrame)")
    assert path_of(squares, "west") == before


def test_a_button_zooms_in(squares: Page) -> None:
    before = path_of(squares, "west")
    assert before is not None
    squares.get_by_role("button", name="Zoom in").click()
    expect(area(squares, "west")).not_to_have_attribute("d", before)


def test_the_whole_map_stays_in_view_when_the_window_shrinks(states: Page) -> None:
    states.set_viewport_size(ViewportSize(width=700, height=900))
    states.wait_for_function(
        "() => { const inside = document.querySelector('.tc-map').getBoundingClientRect();"
        " return [...document.querySelectorAll('.tc-area')].every((area) => {"
        " const box = area.getBoundingClientRect();"
        " return box.left >= inside.left && box.right <= inside.right; }); }"
    )


def test_dragging_the_slider_reports_nothing_before_the_release(squares: Page) -> None:
    listen(squares)
    squares.evaluate(
        "() => { const slider = document.querySelector('.tc-range'); slider.value = 1;"
        " slider.dispatchEvent(new Event('input')); }"
    )
    expect(squares.locator(".tc-period")).to_have_text("2002")
    assert squares.evaluate("window.reported") == []


def test_the_release_of_the_slider_reports_the_period_once(squares: Page) -> None:
    listen(squares)
    squares.get_by_role("slider").press("End")
    squares.wait_for_function("() => window.reported.length > 0")
    assert squares.evaluate("window.reported") == ["2002"]


def test_play_ends_at_the_last_step_and_reports_it(squares: Page) -> None:
    listen(squares)
    squares.get_by_role("button", name="Play").click()
    squares.wait_for_function("() => window.reported.length > 0")
    assert squares.evaluate("window.reported") == ["2002"]


def test_other_data_keeps_the_selection(squares: Page) -> None:
    area(squares, "west").click()
    squares.evaluate(f"() => {{ const map = {PROBE}; map.update(map._payload); }}")
    expect(area(squares, "west")).to_have_attribute("aria-pressed", "true")


def test_removal_gives_the_page_back_as_it_was(squares: Page) -> None:
    squares.evaluate(f"{PROBE}.remove()")
    expect(squares.locator(".tc")).to_have_count(0)


def test_cities_are_points(open_map: ElementPages) -> None:
    page = open_map(element_page.cities_data(), 900, 700)
    expect(page.locator(".tc-point")).to_have_count(2)


def test_cities_stand_on_an_outline(open_map: ElementPages) -> None:
    page = open_map(element_page.cities_data(), 900, 700)
    expect(page.locator(".tc-ground")).to_have_count(1)


def test_a_city_without_a_value_is_hatched(open_map: ElementPages) -> None:
    page = open_map(element_page.cities_data(), 900, 700)
    assert fill(page, "b").endswith("-missing)")


def test_a_map_of_one_step_has_no_slider(open_map: ElementPages) -> None:
    page = open_map(element_page.cities_data(), 900, 700)
    expect(page.locator(".tc-slider")).to_be_hidden()


def test_nothing_overflows_a_phone(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 360, 740)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_tick_labels_do_not_touch_on_a_phone(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 360, 740)
    boxes = [box_of(tick) for tick in page.locator(".tc-tick").all()]
    ends = [box["x"] + box["width"] for box in boxes]
    assert len(boxes) > 2
    assert all(end < after["x"] for end, after in zip(ends, boxes[1:], strict=False))


def test_parts_do_not_overlap_on_a_phone(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 360, 740)
    names = ("heading", "tools", "map", "slider:visible", "notes", "readout", "legend")
    boxes = [box_of(page.locator(f".tc-{name}")) for name in names]
    ends = [box["y"] + box["height"] for box in boxes]
    assert all(end <= after["y"] for end, after in zip(ends, boxes[1:], strict=False))


def _all(found: Locator, attribute: str) -> list[str]:
    return [item.get_attribute(attribute) or "" for item in found.all()]


def path_of(page: Page, code: str) -> str | None:
    return area(page, code).get_attribute("d")
