"""The planes of the map in a browser: the conic against PROJ, and the change to street tiles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from pyproj import Geod, Transformer

from tests.e2e import raster_page

TILES = "https://tiles.example/{z}/{x}/{y}.png"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
"""A PNG of one clear pixel."""

STREETS = f"""
() => {{
  const words = {{ streets_address: "{TILES}", streets_credit: "By name", streets_failed: "None" }};
  trial.changeLayout(trial.map, "plane", "mercator");
  trial.streets = new trial.Streets(trial.map, document.querySelector(".tc-map"), words);
}}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return raster_page.save(tmp_path_factory.mktemp("plane"))


@pytest.fixture
def asked() -> list[str]:
    """Return the addresses of tiles that were asked for."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, asked: list[str]) -> Iterator[Page]:
    """Open a page without areas; tiles come as clear pixels."""
    context = browser.new_context(viewport=ViewportSize(width=900, height=700))
    context.route("https://**/*", lambda route: _answer(route, asked))
    page = context.new_page()
    page.goto(address)
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.evaluate("trial.grid.remove()")
    yield page
    context.close()


def test_the_inverse_conic_is_that_of_proj_within_a_metre(page: Page) -> None:
    east, north = (side.ravel() for side in np.meshgrid(*_grid_of_mexico()))
    to_degrees = Transformer.from_crs("EPSG:6372", "EPSG:4326", always_xy=True)
    lng, lat = to_degrees.transform(east, north)
    places = np.column_stack([east, north]) / 100
    drawn = np.array(
        page.evaluate(
            "(p) => p.map(([x, y]) => trial.LAYOUTS.mercator.place(x, y))", places.tolist()
        )
    )
    off = Geod(ellps="GRS80").inv(lng, lat, drawn[:, 1], drawn[:, 0])[2]
    assert off.max() < 1


def test_there_and_back_is_the_same_place(page: Page) -> None:
    found = page.evaluate(
        "trial.LAYOUTS.mercator.find(...trial.LAYOUTS.mercator.place(24000, 9000))"
    )
    assert found == pytest.approx([24000, 9000], abs=1e-6)


def test_a_change_of_plane_keeps_the_place_in_the_middle(page: Page) -> None:
    page.evaluate("trial.map.setView([9000, 24000], -3, { animate: false })")
    page.evaluate("trial.changeLayout(trial.map, 'plane', 'mercator')")
    found = page.evaluate(
        "(() => { const { lat, lng } = trial.map.getCenter();"
        " return trial.LAYOUTS.mercator.find(lat, lng); })()"
    )
    # Leaflet keeps the middle to a pixel, which is 8 hectometres here.
    assert found == pytest.approx([24000, 9000], abs=8)


def test_a_change_of_plane_keeps_the_scale(page: Page) -> None:
    page.evaluate("trial.map.setView([9000, 24000], -3, { animate: false })")
    page.evaluate("trial.changeLayout(trial.map, 'plane', 'mercator')")
    metres = page.evaluate(
        "(() => { const { map } = trial; return map.distance("
        "map.containerPointToLatLng([400, 300]), map.containerPointToLatLng([500, 300])); })()"
    )
    assert metres == pytest.approx(100 * 8 * 100, rel=0.03)


def test_a_change_there_and_back_restores_the_view(page: Page) -> None:
    before = page.evaluate("[trial.map.getCenter(), trial.map.getZoom()]")
    page.evaluate("trial.changeLayout(trial.map, 'plane', 'mercator')")
    page.evaluate("trial.changeLayout(trial.map, 'mercator', 'plane')")
    after = page.evaluate("[trial.map.getCenter(), trial.map.getZoom()]")
    assert after[1] == pytest.approx(before[1], abs=0.01)
    assert after[0]["lat"] == pytest.approx(before[0]["lat"], abs=60)


def test_areas_are_hit_in_mercator(page: Page) -> None:
    page.evaluate("trial.changeLayout(trial.map, 'plane', 'mercator')")
    page.evaluate("trial.addGrid('mercator')")
    hit = page.evaluate("trial.grid.hit(trial.map.latLngToContainerPoint(L.latLng(29.0, -111.0)))")
    assert hit == "26030"


def test_the_flat_plane_asks_for_no_tile(page: Page, asked: list[str]) -> None:
    page.evaluate("trial.map.zoomIn(1, { animate: false })")
    assert asked == []


def test_streets_ask_for_tiles(page: Page, asked: list[str]) -> None:
    page.evaluate(STREETS)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    assert asked


def test_streets_name_their_makers(page: Page) -> None:
    page.evaluate(STREETS)
    expect(page.locator(".tc-credit")).to_have_text("By name")


def test_streets_that_come_need_no_notice(page: Page) -> None:
    page.evaluate(STREETS)
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    expect(page.locator(".tc-notice")).to_be_hidden()


def test_streets_that_do_not_come_are_said_to(page: Page) -> None:
    page.context.set_offline(True)
    page.context.unroute_all()
    page.evaluate(STREETS)
    expect(page.locator(".tc-notice")).to_have_text("None")


def test_the_areas_stand_where_no_tile_comes(page: Page) -> None:
    page.context.set_offline(True)
    page.context.unroute_all()
    page.evaluate(STREETS)
    page.evaluate("trial.addGrid('mercator')")
    assert page.evaluate("trial.grid.fillOf('26030') !== ''")


def test_streets_leave_nothing_behind(page: Page) -> None:
    page.evaluate(STREETS)
    page.evaluate("trial.streets.remove()")
    expect(page.locator(".tc-streets, .tc-credit, .tc-notice, .leaflet-tile")).to_have_count(0)


def _grid_of_mexico() -> tuple[np.ndarray, np.ndarray]:
    """Return eastings and northings (metres) every 50 km over Mexico and its waters."""
    return np.arange(900_000, 4_150_000, 50_000), np.arange(300_000, 2_400_000, 50_000)


def _answer(route: Route, asked: list[str]) -> None:
    asked.append(route.request.url)
    route.fulfill(body=PIXEL, content_type="image/png")
