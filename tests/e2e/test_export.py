"""The file of a map in a browser: from a disk, with the network off, and where it cannot work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import folium
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from geo_app import atlas, map_files
from geo_app.answers import Layer
from geo_app.maps.figure import time_map_data
from geo_app.maps.time_choropleth import TimeChoropleth, plane_map
from geo_app.text import words

INEGI, LEVEL = "homicides_inegi_per_100k", "advisory_level_us"
MONTHLY = "homicide_victims_sesnsp_per_100k"
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)


@dataclass(slots=True)
class Reader:
    """A page and what it did that it must not do."""

    page: Page
    asked: list[str] = field(default_factory=list)
    """Every address that was asked for, the file itself left out."""
    faults: list[str] = field(default_factory=list)


Open = Callable[..., Reader]


@cache
def made(slug: str, level: str, lang: str = "en", period: str = "") -> str:
    request = map_files.MapRequest(slug, level, period, lang)
    return map_files.map_file(atlas.load(), request, "html").decode()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a file from a disk in a browser that can reach nothing else."""
    contexts = []

    def open_(
        html: str, size: ViewportSize = WIDE, *, script: bool = True, before: str = ""
    ) -> Reader:
        path = tmp_path / "map.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport=size, java_script_enabled=script, offline=True)
        contexts.append(context)
        reader = Reader(context.new_page())
        page = reader.page
        page.on("request", lambda request: reader.asked.append(request.url))
        page.on("console", lambda told: told.type == "error" and reader.faults.append(told.text))
        page.on("pageerror", lambda error: reader.faults.append(error.message))
        if before:
            page.add_init_script(before)
        page.goto(path.as_uri())
        reader.asked.remove(path.as_uri())
        return reader

    yield open_
    for context in contexts:
        context.close()


@contextmanager
def quiet(reader: Reader) -> Iterator[Page]:
    """Fail at the end if the page asked for anything or told of an error."""
    yield reader.page
    assert (reader.asked, reader.faults) == ([], [])


def ready(page: Page) -> None:
    # The page forbids what Playwright needs to wait for an expression.
    expect(page.locator("#page-table th[aria-sort]").first).to_be_attached()


def show(page: Page, period: str) -> None:
    page.evaluate("(period) => mapPage.layer.setPeriod(period)", period)


def compare(page: Page, way: str, period: str) -> None:
    page.evaluate("(way) => mapPage.layer.setShow(way)", way)
    page.evaluate("(period) => mapPage.layer.setAgainst(period)", period)


def table(page: Page) -> dict[str, str]:
    """Return the value of each area as the table has it."""
    rows = page.locator("#page-table tbody tr")
    pairs = rows.evaluate_all(
        "(rows) => rows.map((row) => [row.cells[0].textContent, row.cells[1].textContent])"
    )
    return dict(pairs)


def expected(layer: Layer, lang: str) -> dict[str, str]:
    say, found = words(lang), layer.indicator
    rows = zip(layer.areas.index, layer.areas["value"], layer.areas["status"], strict=True)
    return {
        map_files.area_name("state", code, lang): (
            say.figure(found, value) if value == value else say.status(status)  # noqa: PLR0124
        )
        for code, value, status in rows
    }


def painted(page: Page, codes: list[str]) -> dict[str, int]:
    return dict(page.evaluate("(codes) => codes.map((c) => [c, mapPage.layer.classOf(c)])", codes))


def legend(page: Page) -> list[int]:
    """Return the counts of the classes, lowest first."""
    texts = page.locator(".tc-classes .tc-count").all_inner_texts()
    return [int(re.sub(r"\D", "", text)) for text in reversed(texts)]


# ------------------------------------------------------------------------------- as it should be


def test_the_file_paints_with_the_network_off(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"))) as page:
        ready(page)
        expect(page.locator(".tc-map").first).to_be_visible()
        expect(page.locator("#page-failure")).to_be_hidden()


@pytest.mark.parametrize(
    ("slug", "periods"),
    [
        (INEGI, ("1990", "2007", "2024")),
        (MONTHLY, ("2015-01", "2020-04", "2025-09")),
        (LEVEL, ("2018-01-09", "2022-08-17", "2026-05-29")),
    ],
)
def test_table_legend_and_map_are_the_layer(
    opened: Open, slug: str, periods: tuple[str, ...]
) -> None:
    with quiet(opened(made(slug, "state"))) as page:
        ready(page)
        for period in periods:
            show(page, period)
            layer = atlas.load().layer(slug, period)
            classes = layer.areas["class_index"].to_dict()
            assert table(page) == expected(layer, "en")
            assert painted(page, list(classes)) == classes
            counts = Counter(classes.values())
            assert legend(page) == [counts[n] for n in range(len(layer.classes.colours))]


def test_the_slider_moves_map_and_table(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"))) as page:
        ready(page)
        slider = page.get_by_role("slider").first
        slider.focus()
        slider.press("Home")
        expect(page.locator("#page-table caption")).to_contain_text(", 1990;")
        slider.press("ArrowRight")
        expect(page.locator("#page-table caption")).to_contain_text(", 1991;")
        assert table(page) == expected(atlas.load().layer(INEGI, "1991"), "en")


def test_two_dates_stand_beside_each_other_in_the_table(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"))) as page:
        ready(page)
        compare(page, "two", "2007")
        expect(page.locator("#page-table caption")).to_contain_text("2007")
        heads = page.locator("#page-table thead tr").first.locator("th").all_inner_texts()
        assert sorted(heads) == ["2007", "2024"]


def test_the_difference_has_its_own_unit_and_signs(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"))) as page:
        ready(page)
        compare(page, "difference", "2007")
        expect(page.locator("#page-table caption")).to_contain_text("2007")
        assert any(value.startswith(("+", "\u2212")) for value in table(page).values())


def test_a_heading_sorts_the_table_by_its_numbers(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state", period="2022"))) as page:
        ready(page)
        page.get_by_role("button", name="Value", exact=True).click()
        names = list(table(page))
        assert (names[0], names[-1]) == ("Colima", "Yucatán")
        head = page.get_by_role("columnheader", name="Value")
        expect(head).to_have_attribute("aria-sort", "descending")


def test_the_other_language_keeps_the_period(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"))) as page:
        ready(page)
        show(page, "2007")
        page.get_by_role("button", name="En español").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        expect(page.locator("#page-table caption")).to_contain_text(", 2007;")
        assert page.title().startswith("Defunciones por homicidio")
        assert table(page) == expected(atlas.load().layer(INEGI, "2007"), "es")
        expect(page.locator("#page-article")).to_contain_text("Fuentes y fechas")


def test_back_in_the_first_language_everything_is_as_before(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state", "es"))) as page:
        ready(page)
        before = page.locator("#page-article").inner_text()
        page.get_by_role("button", name="In English").click()
        expect(page.locator("#page-article")).to_contain_text("Sources and dates")
        page.get_by_role("button", name="En español").click()
        expect(page.locator("#page-article")).to_have_text(re.compile("Fuentes y fechas"))
        ready(page)
        assert page.locator("#page-article").inner_text() == before


def test_the_municipalities_paint_and_their_table_follows(opened: Open) -> None:
    with quiet(opened(made(INEGI, "municipality"))) as page:
        ready(page)
        show(page, "2010")
        expect(page.locator("#page-table caption")).to_contain_text(", 2010;")
        layer = atlas.load().layer(INEGI, "2010", "municipality")
        classes = layer.areas["class_index"].to_dict()
        assert painted(page, list(classes)) == classes
        names = table(page)
        assert len(names) == len(classes)
        assert {"Abasolo, Coahuila", "Abasolo, Guanajuato"} < set(names)


def test_nothing_is_wider_than_a_phone(opened: Open) -> None:
    with quiet(opened(made(LEVEL, "state", "es"), NARROW)) as page:
        ready(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_print_has_map_table_and_sources_without_the_switch(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"))) as page:
        ready(page)
        page.emulate_media(media="print")
        expect(page.locator(".page-language")).to_be_hidden()
        expect(page.locator(".tc-map").first).to_be_visible()
        expect(page.locator("#page-table")).to_be_visible()
        expect(page.get_by_text("Sources and dates")).to_be_visible()


# ---------------------------------------------------------------------------- where it cannot work


def expect_table_and_sources(page: Page) -> None:
    expect(page.locator("#page-table tbody tr")).to_have_count(32)
    assert table(page) == expected(atlas.load().layer(INEGI, "2024"), "en")
    expect(page.get_by_text("Sources and dates")).to_be_visible()


def test_without_a_script_the_table_and_the_sources_can_be_read(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"), script=False)) as page:
        expect_table_and_sources(page)
        # Playwright reads no text inside noscript.
        expect(page.locator("noscript .page-notice")).to_be_visible()


def test_without_a_script_municipalities_show_their_states(opened: Open) -> None:
    with quiet(opened(made(INEGI, "municipality"), script=False)) as page:
        expect_table_and_sources(page)


def test_a_browser_that_cannot_unpack_says_so_and_shows_the_table(opened: Open) -> None:
    with quiet(opened(made(INEGI, "state"), before="delete window.DecompressionStream")) as page:
        expect(page.get_by_role("alert")).to_contain_text("this browser cannot unpack the file")
        expect_table_and_sources(page)


def changed(html: str, name: str, change: Callable[[str], str]) -> str:
    found = re.search(rf'id="page-{name}">([^<]*)<', html)
    assert found
    return html.replace(found[1], change(found[1]))


CUT: Callable[[str], str] = lambda text: text[: len(text) // 2]  # noqa: E731
SWAPPED: Callable[[str], str] = lambda text: text[:200] + text[220:240] + text[200:220] + text[240:]  # noqa: E731


@pytest.mark.parametrize("change", [CUT, SWAPPED], ids=["cut", "swapped"])
@pytest.mark.parametrize("name", ["leaflet", "own", "geometry", "series"])
def test_a_damaged_part_shows_a_panel_and_the_table(
    opened: Open, name: str, change: Callable[[str], str]
) -> None:
    with quiet(opened(changed(made(INEGI, "state"), name, change))) as page:
        expect(page.get_by_role("alert")).to_be_visible()
        expect_table_and_sources(page)


def test_a_file_that_was_cut_off_shows_a_panel_and_the_table(opened: Open) -> None:
    html = made(INEGI, "state")
    with quiet(opened(html[: html.index('id="page-own">') + 5_000])) as page:
        expect(page.get_by_role("alert")).to_contain_text("the file is damaged")
        expect_table_and_sources(page)


def test_values_of_another_map_show_a_panel_and_the_table(opened: Open) -> None:
    other = re.search(r'id="page-series">([^<]*)<', made(LEVEL, "state"))
    assert other
    mixed = changed(made(INEGI, "state"), "series", lambda _text: other[1])
    with quiet(opened(mixed)) as page:
        expect(page.get_by_role("alert")).to_be_visible()
        expect_table_and_sources(page)


# --------------------------------------------------------------------------------- as a library


def folium_map(streets: bool) -> folium.Map:  # noqa: FBT001
    figure = folium.Map(tiles=None, height=900) if streets else plane_map()
    # A map of streets loads Leaflet from elsewhere; what is tried here is the element on it.
    figure.default_js, figure.default_css = plane_map().default_js, plane_map().default_css
    data = time_map_data(atlas.load(), INEGI, "en", period="2022")
    TimeChoropleth(data).add_to(figure)
    return figure


@pytest.mark.parametrize("streets", [False, True], ids=["plane", "streets"])
def test_a_saved_folium_map_paints_every_state(opened: Open, streets: bool) -> None:  # noqa: FBT001
    with quiet(opened(str(folium_map(streets).get_root().render()))) as page:
        expect(page.locator(".tc-area")).not_to_have_count(0)
        expect(page.locator(".tc-period")).to_have_text("2022")
        expect(page.get_by_role("radio", name="Map", exact=True)).to_have_count(0 if streets else 1)


def test_a_plane_map_paints_in_the_frame_of_a_notebook(opened: Open) -> None:
    with quiet(opened(f"<!DOCTYPE html><body>{folium_map(streets=False)._repr_html_()}")) as page:
        frame = page.frame_locator("iframe")
        expect(frame.locator(".tc-area")).not_to_have_count(0)
        expect(frame.locator(".tc-period")).to_have_text("2022")
