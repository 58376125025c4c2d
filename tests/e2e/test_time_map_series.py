"""What is painted at a step depends on the values of that step alone, on any way to it."""

from __future__ import annotations

from random import Random

import pytest
from playwright.sync_api import Page

from tests.e2e import element_page
from tests.e2e.element_page import COLOURS, MISSING, PROBE
from tests.e2e.element_pages import ElementPages

STEPS = 12
VISITS = 80
CODES = [f"{number:02d}" for number in range(1, 33)]


@pytest.mark.parametrize("seed", range(5))
def test_any_way_to_a_step_paints_the_same(open_map: ElementPages, seed: int) -> None:
    rows = element_page.gappy_rows(seed, STEPS)
    page = open_map(element_page.gappy_data(rows))
    order = Random(seed).choices(range(STEPS), k=VISITS)  # noqa: S311 invented values
    painted = _visit(page, order)
    for step, (classes, fills) in zip(order, painted, strict=True):
        assert classes == rows[step]
        assert [_meant(fill) for fill in fills] == rows[step]


def test_other_ways_of_showing_leave_nothing_behind(open_map: ElementPages) -> None:
    rows = element_page.gappy_rows(7, STEPS)
    page = open_map(element_page.gappy_data(rows))
    for show in ("two", "difference", "one"):
        page.evaluate(f"(show) => {PROBE}.setShow(show)", show)
    [(classes, _)] = _visit(page, [3])
    assert classes == rows[3]


def test_a_grid_of_pixels_is_painted_by_its_step_alone(open_map: ElementPages) -> None:
    page = open_map(element_page.many_data())
    codes = [f"{number:04d}" for number in range(18 * 18)]
    read = (
        f"([period, codes]) => {{ const map = {PROBE}; map.setPeriod(period);"
        " return codes.map((code) => map.classOf(code)); }"
    )
    first = page.evaluate(read, ["2005", codes])
    page.evaluate(read, ["2006", codes])
    assert page.evaluate(read, ["2005", codes]) == first
    assert MISSING in first


def _visit(page: Page, order: list[int]) -> list[tuple[list[int], list[str]]]:
    """Go through steps; return the classes and fills that are read back at each."""
    visits = page.evaluate(
        f"([order, codes]) => {{ const map = {PROBE}; return order.map((step) => {{"
        " map.setPeriod(String(2001 + step));"
        " return [codes.map((code) => map.classOf(code)), codes.map((code) => map.fillOf(code))];"
        " }); }",
        [order, CODES],
    )
    return [(classes, fills) for classes, fills in visits]


def _meant(fill: str) -> int:
    return MISSING if fill.endswith("-missing)") else COLOURS.index(fill)
