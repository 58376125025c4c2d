"""The exported map by keyboard alone, and as a screen reader is told of it, in both languages.

The figures are the bundled ones, so counts are left open; what is named, in which order and with
which words is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from geo_app import atlas, map_files
from geo_app.states import state_codes
from geo_app.text import words

SLUG = "homicides_inegi_per_100k"
ARROWS = ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown")
MOST_TABS = 40
Open = Callable[[str], Page]

ONE = {
    "en": r"""
- region "Deaths by homicide per 100,000 inhabitants, INEGI":
  - heading "Deaths by homicide per 100,000 inhabitants, INEGI" [level=2]
  - paragraph: /^\d{4}$/
  - group "What the map shows":
    - radio "One date" [checked]
    - radio "Two dates"
    - radio "Difference"
  - group "Kind of map":
    - radio "Map" [checked]
    - radio "Equal squares"
  - group "Legend":
    - paragraph: deaths per 100,000 inhabitants a year
    - list:
      - listitem:
        - 'button /^80 and over: \d+ states?$/'
      - listitem:
        - 'button /^40 to under 80: \d+ states?$/'
      - listitem:
        - 'button /^20 to under 40: \d+ states?$/'
      - listitem:
        - 'button /^10 to under 20: \d+ states?$/'
      - listitem:
        - 'button /^5 to under 10: \d+ states?$/'
      - listitem:
        - 'button /^under 5: \d+ states?$/'
    - list:
      - listitem:
        - 'button /^No value: \d+ states?$/'
  - group "Map of the states. Arrow keys lead to the neighbour, Enter selects, Escape clears.":
    - img:
      - button /^Sonora. [\d.]+ deaths per 100,000 inhabitants a year, \S+ .*, final, \d{4}$/
    - button "Zoom in"
  - button "One step back"
  - button "Play"
  - button "One step on" [disabled]
  - combobox "Speed of play"
  - slider "Period"
  - button "Sources"
  - status: /^\d{4}. Without a value. \d+/
""",
    "es": r"""
- region "Defunciones por homicidio por cada 100 mil habitantes, INEGI":
  - heading "Defunciones por homicidio por cada 100 mil habitantes, INEGI" [level=2]
  - paragraph: /^\d{4}$/
  - group "Qué muestra el mapa":
    - radio "Una fecha" [checked]
    - radio "Dos fechas"
    - radio "Diferencia"
  - group "Tipo de mapa":
    - radio "Mapa" [checked]
    - radio "Cuadros iguales"
  - group "Leyenda":
    - paragraph: defunciones por cada 100 mil habitantes al año
    - list:
      - listitem:
        - button /^80 o más. \d+ estados?$/
      - listitem:
        - button /^menos de 5. \d+ estados?$/
    - list:
      - listitem:
        - button /^Sin valor. \d+ estados?$/
  - button "Un paso atrás"
  - button "Reproducir"
  - button "Un paso adelante" [disabled]
  - combobox "Velocidad de la reproducción"
  - slider "Periodo"
  - button "Fuentes"
  - status: /^\d{4}. Sin valor. \d+/
""",
}

TWO = {
    "en": r"""
- region:
  - heading [level=2]
  - paragraph: 1990 and 2024
  - group "What the map shows":
    - radio "Two dates" [checked]
  - group "Legend":
    - list:
      - listitem:
        - button /^80 and over. 1990. \d+ states?; 2024. \d+ states?$/
  - group /^1990. Map of the states/
  - group /^2024. Map of the states/
  - 'button "First date: One step back" [disabled]'
  - 'button "First date: One step on"'
  - slider "First date"
  - 'button "Second date: One step back"'
  - button "Play"
  - 'button "Second date: One step on" [disabled]'
  - slider "Second date"
  - paragraph: /^Changed class from 1990 to 2024. /
  - status: /^1990. Without a value. \d+. 2024. Without a value. \d+/
""",
    "es": r"""
- region:
  - heading [level=2]
  - paragraph: 1990 y 2024
  - group "Qué muestra el mapa":
    - radio "Dos fechas" [checked]
  - group "Leyenda":
    - list:
      - listitem:
        - button /^80 o más. 1990. \d+ estados?; 2024. \d+ estados?$/
  - group /^1990. Mapa de los estados/
  - group /^2024. Mapa de los estados/
  - slider "Primera fecha"
  - button "Reproducir"
  - slider "Segunda fecha"
  - paragraph: /^Cambiaron de clase de 1990 a 2024. /
  - status: /^1990. Sin valor. \d+. 2024. Sin valor. \d+/
""",
}

DIFFERENCE = {
    "en": r"""
- region:
  - heading [level=2]
  - paragraph: 1990 to 2024
  - group "What the map shows":
    - radio "Difference" [checked]
  - group "Legend":
    - paragraph: difference, deaths per 100,000 inhabitants a year
    - list:
      - listitem:
        - button /^\+20 and over. \d+ states?$/
    - list:
      - listitem:
        - button /^No value, or not compared. \d+ states?$/
  - group /^Map of the states/:
    - img:
      - button /^Sonora. \S+ difference, deaths per 100,000 .* 1990 to 2024$/
  - slider "First date"
  - slider "Second date"
  - status: /^1990 to 2024. Without a value. \d+/
""",
    "es": r"""
- region:
  - heading [level=2]
  - paragraph: 1990 a 2024
  - group "Qué muestra el mapa":
    - radio "Diferencia" [checked]
  - group "Leyenda":
    - paragraph: diferencia, defunciones por cada 100 mil habitantes al año
    - list:
      - listitem:
        - button /^\+20 o más. \d+ estados?$/
    - list:
      - listitem:
        - button /^Sin valor, o no se compara. \d+ estados?$/
  - group /^Mapa de los estados/:
    - img:
      - button /^Sonora. \S+ diferencia, defunciones por cada 100 mil .* 1990 a 2024$/
  - slider "Primera fecha"
  - slider "Segunda fecha"
  - status: /^1990 a 2024. Sin valor. \d+/
""",
}


@cache
def html(lang: str) -> str:
    request = map_files.MapRequest(SLUG, "state", "2024", lang)
    return map_files.map_file(atlas.load(), request, "html").decode()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the exported map in a language, from a disk."""
    context = browser.new_context(viewport=ViewportSize(width=1280, height=900), offline=True)

    def open_(lang: str) -> Page:
        path = tmp_path / "map.html"
        path.write_text(html(lang), encoding="utf-8")
        page = context.new_page()
        page.goto(path.as_uri())
        page.locator(".tc-area[tabindex='0']").wait_for()
        return page

    yield open_
    context.close()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_one_date_reads_right(opened: Open, lang: str) -> None:
    expect(_map(opened(lang))).to_match_aria_snapshot(ONE[lang])


@pytest.mark.parametrize("lang", ["en", "es"])
def test_two_dates_read_right(opened: Open, lang: str) -> None:
    page = opened(lang)
    page.get_by_role("radio", name=_word(lang, "map_show_two")).check()
    expect(_map(page)).to_match_aria_snapshot(TWO[lang])


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_difference_reads_right(opened: Open, lang: str) -> None:
    page = opened(lang)
    page.get_by_role("radio", name=_word(lang, "map_show_difference")).check()
    expect(_map(page)).to_match_aria_snapshot(DIFFERENCE[lang])


@pytest.mark.parametrize("layout", ["Map", "Equal squares"])
def test_arrow_keys_reach_every_state(opened: Open, layout: str) -> None:
    page = opened("en")
    page.get_by_role("radio", name=layout).check()
    _tab_to(page, ".tc-area")
    assert _walked(page) == set(state_codes())


def test_tab_leads_to_the_slider_and_arrow_keys_to_every_period(opened: Open) -> None:
    page = opened("en")
    _tab_to(page, ".tc-range")
    page.keyboard.press("Home")
    periods = [_said(page)]
    for _ in range(34):
        page.keyboard.press("ArrowRight")
        periods.append(_said(page))
    assert periods == [str(year) for year in range(1990, 2025)]


@pytest.mark.parametrize(
    ("keys", "period"),
    [
        (["Home"], "1990"),
        (["Home", "End"], "2024"),
        (["Home", "PageUp"], "2000"),
        (["End", "PageDown"], "2014"),
        (["End", "ArrowLeft"], "2023"),
        (["Home", "ArrowUp"], "1991"),
    ],
)
def test_a_key_on_the_slider_moves_the_map(opened: Open, keys: list[str], period: str) -> None:
    page = opened("en")
    _tab_to(page, ".tc-range")
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(".tc-period")).to_have_text(period)


def test_both_dates_are_moved_by_keys(opened: Open) -> None:
    page = opened("en")
    page.get_by_role("radio", name="Two dates").check()
    page.get_by_role("slider", name="First date").press("ArrowRight")
    page.get_by_role("slider", name="Second date").press("ArrowLeft")
    expect(page.locator(".tc-period")).to_have_text("1991 and 2023")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_selects_the_state_that_has_the_focus(opened: Open, key: str) -> None:
    page = opened("en")
    _tab_to(page, ".tc-area")
    page.keyboard.press(key)
    expect(_focused(page)).to_have_attribute("aria-pressed", "true")


def test_escape_clears_the_selection(opened: Open) -> None:
    page = opened("en")
    _tab_to(page, ".tc-area")
    page.keyboard.press("Enter")
    expect(page.locator(".tc-card")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".tc-card")).to_have_count(0)


def test_the_focus_can_be_seen(opened: Open) -> None:
    page = opened("en")
    _tab_to(page, ".tc-area")
    width = _focused(page).evaluate("path => parseFloat(getComputedStyle(path).strokeWidth)")
    assert width >= 3


def test_tab_leads_out_of_the_map(opened: Open) -> None:
    page = opened("en")
    _tab_to(page, ".tc-area")
    page.keyboard.press("Tab")
    expect(page.locator(".tc-area:focus")).to_have_count(0)


def _word(lang: str, key: str) -> str:
    return str(words(lang).sentences[key])


def _map(page: Page) -> Locator:
    return page.locator("section.tc")


def _focused(page: Page) -> Locator:
    return page.locator(".tc-area:focus")


def _said(page: Page) -> str:
    """Return what a screen reader says of the slider that has the focus."""
    return str(page.locator(".tc-range:focus").get_attribute("aria-valuetext"))


def _tab_to(page: Page, place: str) -> None:
    """Press Tab until the focus is on a part."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{place}:focus").count():
            return
    pytest.fail(f"{MOST_TABS} presses of Tab do not lead to {place}")


def _walked(page: Page) -> set[str]:
    """Press arrow keys until each was tried on every state that they lead to; return those."""
    moves: dict[str, dict[str, str]] = {}
    here = _code(page)
    while (path := _to_untried(moves, here)) is not None:
        for key in path:
            page.keyboard.press(key)
            there = _code(page)
            moves.setdefault(here, {})[key] = there
            here = there
    return set(moves)


def _code(page: Page) -> str:
    return str(_focused(page).get_attribute("data-code"))


def _to_untried(moves: dict[str, dict[str, str]], here: str) -> list[str] | None:
    """Return the fewest keys from a state whose last one was not pressed there before."""
    paths: dict[str, list[str]] = {here: []}
    queue = [here]
    for state in queue:
        for key in ARROWS:
            if key not in moves.get(state, {}):
                return [*paths[state], key]
            there = moves[state][key]
            if there not in paths:
                paths[there] = [*paths[state], key]
                queue.append(there)
    return None
