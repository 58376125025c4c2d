"""The painter of many areas in a browser, held against the shapes it was given."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pytest
import shapely
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from shapely.geometry import Point

from tests.e2e import raster_page
from tests.e2e.raster_page import COLOURS, STEPS, truth

DRAW = random.Random(20240607)  # noqa: S311 nothing secret is drawn
"""Seeded: a failure must come back when it is looked for."""

SALTILLO, HERMOSILLO, COYOACAN = "05030", "26030", "09003"

SCREEN_OF = """
(places) => places.map(([x, y]) => {
  const { map } = trial;
  const at = map.project(L.latLng(y, x)).subtract(map.getPixelOrigin());
  return map.layerPointToContainerPoint(at);
})
"""
LABEL = """
(at) => at.map(({ x, y }) => {
  const { layer, view, scan, codes } = trial.grid;
  const within = layer.within(L.point(x, y)).multiplyBy(view.ratio);
  return codes[scan.labels[Math.floor(within.y) * view.width + Math.floor(within.x)] - 1];
})
"""
HIT = "(at) => at.map(({ x, y }) => trial.grid.hit(L.point(x, y)) ?? '')"

COUNT_LISTENERS = """
() => {
  let count = 0;
  const lasting = [window, document, trial.map.getContainer()];
  const isWatched = (target) => lasting.includes(target) || target instanceof MediaQueryList;
  const { addEventListener: add, removeEventListener: drop } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...given) {
    if (isWatched(this)) count++;
    return add.apply(this, given);
  };
  EventTarget.prototype.removeEventListener = function (...given) {
    if (isWatched(this)) count--;
    return drop.apply(this, given);
  };
  const onMap = () => Object.values(trial.map._events).map((listeners) => listeners.length);
  trial.count = () => [count, onMap().reduce((sum, length) => sum + length, 0)].join();
}
"""

Open = Callable[[int, int, float], Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return raster_page.save(tmp_path_factory.mktemp("raster"))


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[dict[float, Page]]:
    """Open the page once on a screen and once on a dense one, without a network."""
    faults: list[str] = []
    contexts = {ratio: _offline(browser, ratio) for ratio in (1, 2)}
    pages = {ratio: context.new_page() for ratio, context in contexts.items()}
    for page in pages.values():
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        expect(page.locator("body[data-ready]")).to_be_attached()
    yield pages
    for context in contexts.values():
        context.close()
    assert faults == []


@pytest.fixture
def open_page(opened: dict[float, Page]) -> Open:
    """Return what gives the page with a new grid at the whole map, in a window of some size."""

    def renewed(width: int, height: int, ratio: float) -> Page:
        page = opened[ratio]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(ViewportSize(width=width, height=height))
        page.mouse.move(0, 0)
        page.evaluate(
            "() => { trial.grid.remove(); trial.map.invalidateSize(); trial.fit();"
            " trial.addGrid(); trial.heard.length = 0; }"
        )
        return page

    return renewed


@pytest.fixture
def grid(open_page: Open) -> Page:
    return open_page(1280, 800, 1)


# What is labelled.


@pytest.mark.parametrize(
    ("width", "height", "ratio"), [(1280, 800, 1), (360, 640, 1), (900, 600, 2)]
)
def test_every_municipality_has_a_pixel(
    open_page: Open, width: int, height: int, ratio: float
) -> None:
    page = open_page(width, height, ratio)
    sizes = page.evaluate("[...trial.grid.scan.sizes]")
    assert len(sizes) == 2465
    assert min(sizes) >= 1


def test_every_anchor_lies_in_its_own_municipality(grid: Page) -> None:
    anchors = grid.evaluate("trial.grid.shapes.onPlane")
    assert _owners(anchors) == list(truth().codes)


def test_every_municipality_is_hit_at_its_anchor_on_a_dense_screen(open_page: Open) -> None:
    page = open_page(1280, 800, 2)
    assert _hits(page, page.evaluate("trial.grid.shapes.onPlane")) == list(truth().codes)


def test_a_place_well_inside_is_hit_as_the_shapes_say(grid: Page) -> None:
    places = _places_well_inside(grid, 500, pixels=8)
    assert _hits(grid, places) == _owners(places)


def test_500_places_are_labelled_as_the_shapes_say(grid: Page) -> None:
    places = _places_well_inside(grid, 500)
    assert _labels(grid, places) == _owners(places)


def test_the_labels_are_those_of_the_shapes_after_a_zoom_and_a_drag(grid: Page) -> None:
    _zoom(grid, COYOACAN, 3)
    grid.evaluate("trial.map.panBy([137, -91], { animate: false })")
    places = _places_well_inside(grid, 200)
    assert _labels(grid, places) == _owners(places)


def test_the_labels_are_those_of_the_shapes_after_a_resize(grid: Page) -> None:
    grid.set_viewport_size(ViewportSize(width=700, height=900))
    grid.wait_for_function("trial.map.getSize().x < 700")
    grid.evaluate("trial.fit()")
    places = _places_well_inside(grid, 200)
    assert _labels(grid, places) == _owners(places)


def test_a_view_that_is_all_in_one_municipality_is_all_of_it(grid: Page) -> None:
    _zoom(grid, HERMOSILLO, 9)
    assert grid.evaluate(
        "[...new Set(trial.grid.scan.labels)].map((l) => trial.grid.codes[l - 1])"
    ) == [HERMOSILLO]


def test_the_sea_near_a_shore_is_hit_as_the_shore(grid: Page) -> None:
    assert _hits(grid, [_off_the_coast(grid, 4)]) == [_island()]


def test_the_open_sea_is_not_hit(grid: Page) -> None:
    assert _hits(grid, [_off_the_coast(grid, 20)]) == [""]


# What is painted.


def test_what_is_painted_depends_on_the_step_alone(grid: Page) -> None:
    steps = [DRAW.randrange(STEPS) for _ in range(12)]
    after_others = {step: _painted(grid, step) for step in [*steps, *reversed(steps)]}
    afresh = {step: _painted_afresh(grid, step) for step in steps}
    assert after_others == afresh


def test_an_area_without_a_mark_has_the_colour_of_its_class(grid: Page) -> None:
    for step in [DRAW.randrange(STEPS) for _ in range(8)]:
        seen = grid.evaluate(
            "(step) => { trial.paint(step); return trial.grid.codes.map((code) =>"
            " trial.grid.fillOf(code)); }",
            step,
        )
        assert {seen[area] for area in _areas_of_class(grid, step, -1)} == {"url(#trial-missing)"}
        for index, colour in enumerate(COLOURS):
            plain = [area for area in _areas_of_class(grid, step, index) if area % 50 != 7]
            assert {seen[area] for area in plain} == {colour}


def test_the_class_is_read_back_as_painted(grid: Page) -> None:
    grid.evaluate("trial.paint(7)")
    classes = grid.evaluate("trial.grid.codes.map((code) => trial.grid.classOf(code))")
    assert classes == grid.evaluate("trial.grid.codes.map((_, area) => trial.classAt(7, area))")


def test_missing_is_hatched_in_no_colour_of_a_class(grid: Page) -> None:
    area = truth().codes.index(HERMOSILLO)
    grid.evaluate("(step) => trial.paint(step)", -area % 11)
    seen = _colours_of(grid, area)
    assert len(seen) > 2
    assert not seen & set(COLOURS)


def test_a_marked_area_shows_its_colour_under_a_pattern(grid: Page) -> None:
    area = 57
    grid.evaluate("trial.paint(3)")
    index = grid.evaluate("trial.classAt(3, 57)")
    assert _fill(grid, truth().codes[area]) == f"url(#trial-{index}-partial)"
    assert COLOURS[index] in _colours_of(grid, area)
    assert len(_colours_of(grid, area)) > 1


def test_what_is_painted_stays_after_a_zoom(grid: Page) -> None:
    grid.evaluate("trial.paint(6)")
    _zoom(grid, SALTILLO, 2)
    area = truth().codes.index(SALTILLO)
    index = grid.evaluate("(area) => trial.classAt(6, area)", area)
    assert _fill(grid, SALTILLO) == COLOURS[index]


def test_a_dense_screen_has_all_its_pixels(open_page: Open) -> None:
    page = open_page(1000, 700, 2)
    canvas = "document.querySelector('.tc-grid-fills')"
    assert page.evaluate(f"{canvas}.width") == 2 * page.evaluate("trial.map.getSize().x")


def test_a_class_that_stands_out_lets_the_others_fade(grid: Page) -> None:
    grid.evaluate("trial.paint(1); trial.grid.emphasise(2)")
    assert _fill(grid, _plain_code(grid, 1, 2)) == COLOURS[2]
    assert _fill(grid, _plain_code(grid, 1, 3)) not in COLOURS


def test_a_filter_that_is_lifted_leaves_no_trace(grid: Page) -> None:
    before = _painted(grid, 9)
    grid.evaluate("trial.grid.filter(new Set([1, 2]))")
    filtered = _checksum(grid)
    grid.evaluate("trial.grid.filter(null)")
    assert filtered != before
    assert _checksum(grid) == before


def test_the_hatch_follows_a_dark_theme(grid: Page) -> None:
    light = _painted(grid, 4)
    grid.emulate_media(color_scheme="dark")
    grid.wait_for_function("() => trial.grid.inks.paper[0] < 100")
    assert _checksum(grid) != light


@pytest.mark.parametrize("kind", ["active", "chosen", "changed"])
def test_a_ring_is_drawn_and_taken_away(grid: Page, kind: str) -> None:
    ring = grid.locator(f".tc-grid .tc-{kind}")
    grid.evaluate(f"trial.grid.surround('{kind}', ['{SALTILLO}', '{COYOACAN}'])")
    expect(ring).to_have_attribute("d", re.compile("^M"))
    grid.evaluate(f"trial.grid.surround('{kind}', [])")
    expect(ring).to_have_attribute("d", "")


def test_so_many_changes_that_rings_would_hide_the_map_have_none(grid: Page) -> None:
    grid.evaluate("trial.grid.surround('changed', trial.grid.codes)")
    assert grid.evaluate("trial.grid.changing") is None
    expect(grid.locator(".tc-grid .tc-changed")).not_to_have_attribute("d", re.compile("^M"))


# Hands.


def test_the_pointer_enters_what_is_under_it(grid: Page) -> None:
    _point_at(grid, HERMOSILLO)
    assert grid.evaluate("trial.heard.at(-1)") == ["enter", HERMOSILLO]


def test_the_pointer_leaves_to_the_sea(grid: Page) -> None:
    _point_at(grid, HERMOSILLO)
    grid.mouse.move(60, 700)
    assert grid.evaluate("trial.heard.at(-1)") == ["leave"]


def test_a_click_chooses(grid: Page) -> None:
    _point_at(grid, HERMOSILLO)
    grid.mouse.down()
    grid.mouse.up()
    assert grid.evaluate("trial.heard.at(-1)") == ["choose", HERMOSILLO, False]


def test_a_click_with_control_adds(grid: Page) -> None:
    _point_at(grid, HERMOSILLO)
    grid.keyboard.down("Control")
    grid.mouse.down()
    grid.mouse.up()
    grid.keyboard.up("Control")
    assert grid.evaluate("trial.heard.at(-1)") == ["choose", HERMOSILLO, True]


def test_tab_reaches_one_named_button(grid: Page) -> None:
    grid.locator("#before").focus()
    grid.keyboard.press("Tab")
    expect(grid.get_by_role("button", name="Area 09007")).to_be_focused()


def test_an_arrow_key_goes_to_a_neighbour_and_has_it_read(grid: Page) -> None:
    grid.evaluate(f"trial.grid.focus('{SALTILLO}')")
    there = grid.evaluate(f"trial.grid.neighbour('{SALTILLO}', [1, 0])")
    grid.keyboard.press("ArrowRight")
    expect(grid.get_by_role("button", name=f"Area {there}")).to_be_focused()


def test_there_is_one_button_however_far_the_arrows_go(grid: Page) -> None:
    grid.evaluate(f"trial.grid.focus('{SALTILLO}')")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        grid.keyboard.press(key)
    expect(grid.locator(".tc-grid button")).to_have_count(1)


def test_buttons_that_are_made_again_are_still_one(grid: Page) -> None:
    grid.evaluate(f"trial.grid.makeButtons('{SALTILLO}')")
    expect(grid.locator(".tc-grid button")).to_have_count(1)


def test_enter_chooses_the_area_under_the_keyboard(grid: Page) -> None:
    grid.evaluate(f"trial.grid.focus('{SALTILLO}')")
    grid.keyboard.press("Enter")
    assert grid.evaluate("trial.heard.at(-1)") == ["choose", SALTILLO, False]


def test_arrow_keys_reach_every_municipality(grid: Page) -> None:
    reached = grid.evaluate(
        "() => { const reached = new Set(['09007']); for (const code of reached)"
        " for (const way of [[1, 0], [-1, 0], [0, 1], [0, -1]])"
        " { const next = trial.grid.neighbour(code, way); if (next) reached.add(next); }"
        " return reached.size; }"
    )
    assert reached == 2465


# Taking down.


def test_removal_leaves_no_canvas(grid: Page) -> None:
    grid.evaluate("trial.grid.remove()")
    expect(grid.locator("canvas, .tc-grid")).to_have_count(0)


def test_removal_leaves_no_listener(grid: Page) -> None:
    grid.evaluate(COUNT_LISTENERS)
    grid.evaluate("trial.grid.remove(); window.before = trial.count(); trial.addGrid()")
    assert grid.evaluate("trial.count()") != grid.evaluate("window.before")
    grid.evaluate("trial.grid.remove()")
    assert grid.evaluate("trial.count()") == grid.evaluate("window.before")


def _offline(browser: Browser, ratio: float) -> BrowserContext:
    size = ViewportSize(width=1280, height=800)
    return browser.new_context(
        offline=True, viewport=size, device_scale_factor=ratio, color_scheme="light"
    )


def _hits(page: Page, places: list[list[float]]) -> list[str]:
    """Return the code that is hit at each place of the plane, "" for none."""
    hits: list[str] = page.evaluate(HIT, page.evaluate(SCREEN_OF, places))
    return hits


def _labels(page: Page, places: list[list[float]]) -> list[str]:
    """Return the code with which the pixel at each place is labelled."""
    labels: list[str] = page.evaluate(LABEL, page.evaluate(SCREEN_OF, places))
    return labels


def _owners(places: list[list[float]]) -> list[str]:
    """Return the code of the polygon in which each place lies, as shapely says."""
    tree = shapely.STRtree(truth().polygons)
    points = [Point(place) for place in places]
    owners = dict(zip(*tree.query(points, predicate="within"), strict=True))
    return [truth().codes[owners[i]] for i in range(len(places))]


def _places_well_inside(page: Page, count: int, pixels: float = 1.5) -> list[list[float]]:
    """Draw places in view that are at least so many pixels from any border."""
    size = page.evaluate("1 / trial.grid.view.scale")
    south_west, north_east = page.evaluate(
        "() => { const box = trial.map.getBounds();"
        " return [[box.getWest(), box.getSouth()], [box.getEast(), box.getNorth()]]; }"
    )
    window = shapely.box(*south_west, *north_east)
    inner = [shape.buffer(-pixels * size).intersection(window) for shape in truth().polygons]
    roomy = [shape for shape in inner if not shape.is_empty]
    return [_place_in(DRAW.choice(roomy)) for _ in range(count)]


def _place_in(shape: shapely.Geometry) -> list[float]:
    west, south, east, north = shape.bounds
    while True:
        place = [DRAW.uniform(west, east), DRAW.uniform(south, north)]
        if shape.contains(Point(place)):
            return place


def _off_the_coast(page: Page, pixels: float) -> list[float]:
    """Return a place so many pixels west of the westernmost point of Mexico."""
    size: float = page.evaluate("1 / trial.grid.view.scale")
    shape = truth().polygons[truth().codes.index(_island())]
    x, y = min(shapely.get_coordinates(shape).tolist())
    return [x - pixels * size, y]


def _island() -> str:
    """Return the code of the municipality with the westernmost island."""
    return min(zip(truth().polygons, truth().codes, strict=True), key=lambda p: p[0].bounds[0])[1]


def _zoom(page: Page, code: str, levels: int) -> None:
    page.evaluate(
        "([code, levels]) => { const { map, grid } = trial;"
        " map.setView(grid.middle(code), map.getZoom() + levels, { animate: false }); }",
        [code, levels],
    )


def _painted(page: Page, step: int) -> str:
    page.evaluate("(step) => trial.paint(step)", step)
    return _checksum(page)


def _painted_afresh(page: Page, step: int) -> str:
    """Paint a step on a grid that has shown nothing else."""
    page.evaluate("() => { trial.grid.remove(); trial.addGrid(); }")
    return _painted(page, step)


def _checksum(page: Page) -> str:
    """Return a checksum (FNV-1a) of all pixels of the canvas."""
    checksum: str = page.evaluate(
        "() => { const { context, view } = trial.grid; let sum = 2166136261;"
        " const { data } = context.getImageData(0, 0, view.width, view.height);"
        " for (const word of new Uint32Array(data.buffer)) sum = Math.imul(sum ^ word, 16777619);"
        " return String(sum); }"
    )
    return checksum


def _fill(page: Page, code: str) -> str:
    fill: str = page.evaluate("(code) => trial.grid.fillOf(code)", code)
    return fill


def _areas_of_class(page: Page, step: int, index: int) -> list[int]:
    classes = page.evaluate(
        "(step) => trial.grid.codes.map((_, a) => trial.classAt(step, a))", step
    )
    return [area for area, value in enumerate(classes) if value == index]


def _plain_code(page: Page, step: int, index: int) -> str:
    """Return the code of an area of a class without a mark."""
    plain = (area for area in _areas_of_class(page, step, index) if area % 50 != 7)
    return truth().codes[next(plain)]


def _colours_of(page: Page, area: int) -> set[str]:
    """Return the colours of all pixels of an area on the canvas."""
    return set(
        page.evaluate(
            "(area) => { const { scan, context, view } = trial.grid;"
            " const { data } = context.getImageData(0, 0, view.width, view.height);"
            " const hex = (i) => '#' + [0, 1, 2].map((k) =>"
            " data[4 * i + k].toString(16).padStart(2, '0')).join('');"
            " const own = (label, i) => (label === area + 1 ? [hex(i)] : []);"
            " return [...new Set([...scan.labels].flatMap(own))]; }",
            area,
        )
    )


def _point_at(page: Page, code: str) -> None:
    """Move the mouse over the anchor of an area."""
    x, y = page.evaluate(
        "(code) => { const { map, grid } = trial; const box = map.getContainer()"
        ".getBoundingClientRect(); const at = map.latLngToContainerPoint(grid.middle(code));"
        " return [box.left + at.x, box.top + at.y]; }",
        code,
    )
    page.mouse.move(x, y)
