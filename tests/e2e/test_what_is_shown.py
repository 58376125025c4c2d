"""What stands on the page: colours, hatches, points, notes and widths, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from geo_app import atlas
from geo_app.states import state
from geo_app.text import words
from tests.e2e import atlas_page as on

HOMICIDES = "homicides_inegi_per_100k"
ENVIPE = "insecurity_envipe_pct"

SAMPLES = [
    (HOMICIDES, "2022"),
    (ENVIPE, "2018"),
    ("advisory_level_us", "2025-08-12"),
    ("homicide_victims_sesnsp_12m_per_100k", "2019-06"),
    ("insecurity_ensu_pct", "2023Q3"),
]

ON_A_PHONE = [
    (HOMICIDES, "2022"),
    ("homicide_victims_sesnsp_12m_per_100k", "2021-09"),
    ("advisory_level_us", "2018-01-09"),
    ("insecurity_ensu_pct", "2022Q4"),
]


def test_the_page_opens_with_all_32_states_painted(desktop: Page) -> None:
    on.opened(desktop)
    assert on.fills(desktop) == on.colours_of(HOMICIDES, "2024")
    expect(desktop.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(("slug", "period"), ON_A_PHONE, ids=[slug for slug, _ in ON_A_PHONE])
def test_nothing_is_wider_than_a_phone(phone: Page, slug: str, period: str) -> None:
    on.opened(phone, f"indicator={slug}&period={period}")
    assert on.width_needed(phone) <= 360
    expect(on.slider(phone)).to_be_visible()
    assert not on.overlap(on.title(phone), on.period(phone))
    assert not on.overlap(phone.locator(".tc-map"), on.slider(phone))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_before_the_first_issue_every_state_is_hatched_and_a_sentence_says_why(
    desktop: Page, lang: str
) -> None:
    on.opened(desktop, f"indicator=advisory_level_us&period=2018-01-09&lang={lang}")
    say = words(lang)
    expect(on.hatched(desktop)).to_have_count(32)
    first = {"date": say.date("2018-01-10")}
    expect(on.note(desktop)).to_have_text(say("note_before_issues", first))
    assert on.legend_counts(desktop) == [0, 0, 0, 0]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_newest_issue_shows_levels_as_last_stated(desktop: Page, lang: str) -> None:
    on.opened(desktop, f"indicator=advisory_level_us&period=2026-05-29&lang={lang}")
    say = words(lang)
    ends = {"issued": say.date("2026-05-29"), "stated": say.date("2025-08-12")}
    expect(on.note(desktop)).to_contain_text(say("note_last_stated", ends))
    expect(desktop.locator('path.tc-area[data-mark="last_stated"]')).to_have_count(32)
    expect(desktop.get_by_text(say.status("current"))).to_have_count(0)


def test_cities_stand_as_points_over_the_states(desktop: Page) -> None:
    on.opened(desktop, "indicator=insecurity_ensu_pct&period=2019Q1")
    layer = atlas.load().layer("insecurity_ensu_pct", "2019Q1")
    drawn = layer.areas[layer.areas.geometry.notna()]
    expect(desktop.locator("path.tc-area.tc-point")).to_have_count(len(drawn))
    expect(on.hatched(desktop)).to_have_count(int(drawn["value"].isna().sum()))
    expect(desktop.locator("path.tc-area:not(.tc-point)")).to_have_count(0)


@pytest.mark.parametrize(("slug", "period"), SAMPLES, ids=[slug for slug, _ in SAMPLES])
def test_colour_legend_table_and_tooltip_say_the_same(
    desktop: Page, slug: str, period: str
) -> None:
    on.opened(desktop, f"indicator={slug}&period={period}")
    name, value = on.first_row(desktop)[:2]
    layer = atlas.load().layer(slug, period)
    highest = layer.areas["value"].max()
    rank = int(layer.areas["class_index"].max())
    top = desktop.locator(f'path.tc-area[aria-label^="{name}:"]')
    line = desktop.locator(".tc-classes .tc-line").nth(len(layer.class_counts) - 1 - rank)
    top.focus()  # the middle of a state with islands may lie in the sea: no place to point at
    assert float(value) == pytest.approx(highest)
    expect(on.tooltip(desktop)).to_contain_text(words("en").figure(layer.indicator, highest))
    expect(line).to_have_class(re.compile("tc-lit"))
    expect(line.locator("rect")).to_have_attribute("fill", str(top.get_attribute("fill")))
    expect(desktop.locator(".tc-lit")).to_have_count(1)


def test_the_dark_scheme_is_dark_and_keeps_the_colours_of_the_classes(desktop: Page) -> None:
    desktop.emulate_media(color_scheme="dark")
    on.opened(desktop)
    paper = desktop.locator("section.tc").evaluate("map => getComputedStyle(map).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", paper)) < 60
    assert on.fills(desktop) == on.colours_of(HOMICIDES, "2024")


@pytest.mark.parametrize("period", ["2008", "2020", "2022"])
def test_the_states_that_changed_class_are_listed_with_a_direction_only_beyond_chance(
    desktop: Page, period: str
) -> None:
    on.opened(desktop, f"indicator={HOMICIDES}&period={period}&lang=en")
    here, before = atlas.load(), str(int(period) - 1)
    classes = [here.layer(HOMICIDES, text).areas["class_index"] for text in (before, period)]
    lists: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for code in classes[0].index[classes[0] != classes[1]]:
        found = here.change(HOMICIDES, str(code), before, period)
        lists[found.direction].append(state(str(code)).name_en)
    told = {1: "higher", -1: "lower", 0: "within chance"}
    parts = [
        f"{len(lists[way])} {told[way]} ({', '.join(lists[way])})" for way in told if lists[way]
    ]
    expect(desktop.locator(".tc-changes")).to_have_text(
        f"Changed class since {before}: {'; '.join(parts)}."
    )
