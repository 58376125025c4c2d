"""Two dates side by side, their difference, and what changed at a step."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import element_page
from tests.e2e.element_page import MISSING, PROBE, area, box_of, class_at, listen, set_period
from tests.e2e.element_pages import ElementPages


@pytest.fixture
def months(open_map: ElementPages) -> Page:
    return open_map(element_page.months_data(), 1000, 900)


@pytest.fixture
def two(open_map: ElementPages) -> Page:
    page = open_map(element_page.states_data())
    _show(page, "Two dates")
    return page


def test_two_dates_are_two_maps(two: Page) -> None:
    expect(two.locator(".tc-map")).to_have_count(2)


def test_two_maps_stand_side_by_side_at_a_desk(two: Page) -> None:
    left, right = (box_of(found) for found in two.locator(".tc-map").all())
    assert left["x"] + left["width"] <= right["x"]


def test_two_maps_stand_one_above_the_other_on_a_phone(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 360, 740)
    _show(page, "Two dates")
    above, below = (box_of(found) for found in page.locator(".tc-map").all())
    assert above["y"] + above["height"] <= below["y"]


def test_the_first_date_is_the_earliest_that_may_be_compared(two: Page) -> None:
    assert two.evaluate(f"{PROBE}.getAgainst()") == element_page.BREAK


def test_each_map_is_painted_by_its_own_date(two: Page) -> None:
    set_period(two, "2023")
    read = f"(code) => [0, 1].map((n) => {PROBE}.classOf(code, n))"
    assert two.evaluate(read, "05") == [class_at(12, 4), class_at(33, 4)]


def test_the_sliders_are_named_first_and_second_date(two: Page) -> None:
    first, second = (two.get_by_role("slider", name=f"{name} date") for name in ("First", "Second"))
    expect(first).to_have_attribute("aria-valuetext", "2002. Break: other method")
    expect(second).to_have_attribute("aria-valuetext", "2024. Preliminary")


def test_the_first_date_cannot_pass_the_second(two: Page) -> None:
    two.get_by_role("slider", name="First date").press("End")
    expect(two.get_by_role("slider", name="First date")).to_have_attribute("aria-valuetext", "2023")


def test_one_legend_counts_both_dates(two: Page) -> None:
    before, after = (sum(class_at(step, n) == 3 for n in range(32)) for step in (12, 34))
    counts = two.locator(".tc-classes .tc-count span[aria-hidden]")
    expect(counts.first).to_have_text(f"{before} → {after}")


def test_areas_in_another_class_are_outlined_for_as_long_as_both_dates_stand(two: Page) -> None:
    set_period(two, "2023")
    expect(two.locator(".tc-changed").first).not_to_have_attribute("d", "M0 0")


def test_areas_in_another_class_are_listed(two: Page) -> None:
    set_period(two, "2023")
    expect(two.locator(".tc-changes")).to_contain_text("Changed class from 2002 to 2023:")


def test_a_pair_that_is_not_compared_says_why_in_place_of_changes(two: Page) -> None:
    two.evaluate(f"{PROBE}.setAgainst('1999')")
    expect(two.locator(".tc-changes")).to_have_text("Another method since 2002.")


def test_a_move_of_one_map_moves_the_other(two: Page) -> None:
    views = (
        f"() => {{ const [a, b] = {PROBE}._stages.maps;"
        " a.setZoom(a.getZoom() + 1, {animate: false}); a.panBy([90, 40], {animate: false});"
        " return [a, b].map((map) => [map.getZoom(), map.getCenter().lat, map.getCenter().lng]); }"
    )
    first, second = two.evaluate(views)
    assert first == pytest.approx(second, abs=2)


def test_what_is_pointed_at_on_one_map_is_ringed_on_both(two: Page) -> None:
    area(two, "26").hover()
    rings = two.locator(".tc-map > .leaflet-container .tc-active")
    assert all(ring.get_attribute("d") != "M0 0" for ring in rings.all())
    assert rings.count() == 2


def test_a_selection_is_one_of_both_maps(two: Page) -> None:
    area(two, "26").click()
    expect(two.locator('.tc-area[data-code="26"][aria-pressed="true"]')).to_have_count(2)


def test_the_difference_is_one_map(two: Page) -> None:
    _show(two, "Difference")
    expect(two.locator(".tc-map")).to_have_count(1)


def test_the_difference_is_painted_around_zero(two: Page) -> None:
    _show(two, "Difference")
    set_period(two, "2023")
    known = [n for n in range(32) if MISSING not in (class_at(12, n), class_at(33, n))]
    rises = [n for n in known if class_at(33, n) > class_at(12, n)]
    codes = [f"{n + 1:02d}" for n in rises]
    fills = two.evaluate(f"(codes) => codes.map((code) => {PROBE}.fillOf(code))", codes)
    assert set(fills) == {element_page.DIFFERENCE_COLOURS[2]}


def test_an_area_without_both_values_is_hatched_in_the_difference(two: Page) -> None:
    _show(two, "Difference")
    gap = next(n for n in range(32) if class_at(34, n) == MISSING)
    assert two.evaluate(f"(code) => {PROBE}.classOf(code)", f"{gap + 1:02d}") == MISSING


def test_a_refused_pair_has_no_colour_at_all(two: Page) -> None:
    _show(two, "Difference")
    two.evaluate(f"{PROBE}.setAgainst('1999')")
    painted = two.evaluate(f"{PROBE}.model.codes.map((code) => {PROBE}.classOf(code))")
    assert set(painted) == {MISSING}


def test_a_refused_pair_says_why_on_the_map(two: Page) -> None:
    _show(two, "Difference")
    two.evaluate(f"{PROBE}.setAgainst('1999')")
    expect(two.locator(".tc-veil")).to_have_text("Another method since 2002.")


def test_a_choice_is_reported(months: Page) -> None:
    listen(months)
    _show(months, "Difference")
    assert months.evaluate("window.reported") == [
        {"show": "difference", "against": "2003-01", "layout": "plane"}
    ]


def test_a_date_that_was_set_by_the_page_is_not_reported(months: Page) -> None:
    listen(months)
    months.evaluate(f"() => {{ {PROBE}.setShow('two'); {PROBE}.setAgainst('2004-01'); }}")
    assert months.evaluate("window.reported") == []


def test_a_change_of_class_that_was_not_tested_is_listed_without_a_direction(months: Page) -> None:
    set_period(months, "2003-02")
    listed = months.locator(".tc-changes")
    expect(listed).to_have_text(
        "Changed class since 2003-01: West. A change of class alone can be chance."
    )


def test_no_change_is_shown_across_a_break(open_map: ElementPages) -> None:
    page = open_map(element_page.squares_data(), 900, 700)
    expect(page.locator(".tc-changes")).to_contain_text("no change is shown")
    expect(page.locator(".tc-changed").first).to_have_attribute("d", "M0 0")


def test_what_changed_is_outlined_for_a_moment_after_a_step(open_map: ElementPages) -> None:
    page = open_map(element_page.months_data(), 1000, 900, moves=True)
    page.get_by_role("button", name="Previous period").click()
    ring = page.locator(".tc-map > .leaflet-container .tc-changed")
    expect(ring).not_to_have_attribute("d", "M0 0")
    expect(ring).to_have_attribute("d", "M0 0")


def test_with_less_motion_nothing_is_outlined_for_a_moment(months: Page) -> None:
    months.get_by_role("button", name="Previous period").click()
    ring = months.locator(".tc-map > .leaflet-container .tc-changed")
    expect(ring).to_have_attribute("d", "M0 0")


def test_a_page_key_moves_a_year_where_a_year_has_several_steps(months: Page) -> None:
    slider = months.get_by_role("slider")
    slider.press("Home")
    slider.press("PageUp")
    expect(slider).to_have_attribute("aria-valuetext", "2004-01")


def test_a_page_key_moves_ten_steps_where_steps_are_years(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data())
    page.get_by_role("slider").press("PageDown")
    expect(page.locator(".tc-period")).to_have_text("2014")


def test_a_click_on_a_tick_goes_there(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data())
    page.locator(".tc-tick").get_by_text("2010").click()
    expect(page.locator(".tc-period")).to_have_text("2010")


def test_ticks_are_large_enough_to_be_hit(open_map: ElementPages) -> None:
    page = open_map(element_page.states_data(), 360, 740)
    boxes = [box_of(tick) for tick in page.locator(".tc-tick").all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


def test_a_speed_can_be_chosen(months: Page) -> None:
    months.get_by_role("combobox", name="Speed of play").select_option("2")
    assert months.evaluate(f"{PROBE}._dates.last.speed") == 2


def _show(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).check()
