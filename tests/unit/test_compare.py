"""The comparison: what it opens with, what is joined, and what is told of each panel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo_app.analysis import Analysis
from geo_app.atlas import load
from geo_app.compare import comparison, figures, tables, words
from geo_app.compare.comparison import Crowd, Layout, Panel
from geo_app.compare.index import NoIndex
from geo_app.export import ANSWER_COLUMNS
from geo_app.indicators import indicator
from geo_app.records import LANGUAGES
from geo_app.text import words as words_of
from geo_app.view import View

EN = words_of("en")
RATE, SHARE, LEVEL = "homicides_inegi_per_100k", "insecurity_envipe_pct", "advisory_level_us"
MONTHS, YEARS = "homicide_cases_sesnsp_month_per_100k", "homicide_cases_sesnsp_per_100k"
CITIES, PEACE = "insecurity_ensu_pct", "peace_index_score"


def panels(slug: str, period: str = "", **settings: object) -> tuple[Panel, ...]:
    atlas = load()
    analysis = Analysis(**settings)  # type: ignore[arg-type]
    view = View(slug, period or atlas.newest(slug), analysis=analysis)
    return comparison.build(atlas, comparison.asked(view, atlas))


def one(slug: str, period: str = "", **settings: object) -> Panel:
    return panels(slug, period, **settings)[0]


def told(panel: Panel) -> str:
    return " ".join((*words.region_lines(panel, EN), *words.notes(panel, EN)))


def test_the_page_opens_with_the_border_its_states_and_the_nation_since_2015() -> None:
    panel = one(RATE)
    assert [line.area.code for line in panel.lines] == [
        "border",
        "02",
        "05",
        "08",
        "19",
        "26",
        "28",
    ]
    assert panel.nation is not None
    assert panel.layout is Layout.LINES
    assert list(panel.nation.rows["period"]) == [str(year) for year in range(2015, 2025)]


def test_the_page_opens_with_what_is_selected_on_the_map() -> None:
    atlas = load()
    view = View(RATE, "2022", state="06", others=("31",))
    assert comparison.asked(view, atlas).codes == ("06", "31")
    city = View(CITIES, "2024Q1", city="21", others=("03",))
    assert comparison.asked(city, atlas).codes == ("city:21", "city:03")


def test_a_range_that_is_turned_round_is_read_as_a_range() -> None:
    atlas = load()
    view = View(RATE, "2010", analysis=Analysis(start="2020"))
    asked = comparison.asked(view, atlas)
    assert (asked.start, asked.end) == ("2010", "2020")
    early = comparison.asked(View(RATE, "2000"), atlas)
    assert (early.start, early.end) == ("1990", "2000")


def test_the_same_source_twice_is_one_panel() -> None:
    assert len(panels(RATE, second=RATE)) == 1


def test_two_sources_are_two_panels_over_the_same_days() -> None:
    first, second = panels(RATE, second=SHARE, start="2018")
    assert (first.first, first.last) == (second.first, second.last)
    for panel in (first, second):
        sources = {text for line in panel.every_line for text in line.rows["source"]}
        assert sources == {panel.indicator.recipe.source}
    assert set(second.every_line[0].rows["period"]) == {str(year) for year in range(2018, 2025)}


def test_more_lines_than_can_be_told_apart_are_small_charts() -> None:
    areas = tuple(f"{number:02d}" for number in range(1, 10))
    panel = one(RATE, areas=areas)
    assert (panel.layout, panel.crowd) == (Layout.MULTIPLES, Crowd.MANY)
    assert "9 lines in one chart could not be told apart" in told(panel)
    assert one(RATE, areas=areas[:8]).layout is Layout.LINES


@pytest.mark.parametrize("chart", ["multiples", "free"])
def test_small_charts_are_of_all_states_with_the_nation_in_each(chart: str) -> None:
    panel = one(RATE, chart=chart)
    drawn = figures.draw(panel, EN)
    assert len(panel.lines) == 33
    assert len(drawn.figures) == 33
    assert all(figure.drawing.count("6 3.4") >= 1 for figure in drawn.figures)
    assert all(("Own scale" in "".join(f.notes)) is (chart == "free") for f in drawn.figures)
    assert drawn.kept.count("<g") == 33
    assert drawn.kept.count("Own scale: 0 to") == (33 if chart == "free" else 0)


def test_the_levels_of_a_region_are_those_of_its_states() -> None:
    panel = one(LEVEL, areas=("level-4@2022-08-17",))
    assert (panel.layout, panel.crowd) == (Layout.MULTIPLES, Crowd.LEVELS)
    assert len(panel.lines) == 6
    text = told(panel)
    assert "shown state by state" in text
    assert "As the issue of 17 August 2022 stated it" in text


def test_levels_have_no_index_and_are_shown_as_levels() -> None:
    panel = one(LEVEL, areas=("06",), chart="index")
    assert (panel.no_index, panel.base) == (NoIndex.LEVEL, "")
    assert "level 4 is not twice level 2" in told(panel)


def test_a_source_without_a_nation_says_so() -> None:
    panel = one(PEACE, areas=("06",))
    assert panel.nation is None
    assert "no figure of Mexico as a whole" in told(panel)


def test_no_line_is_joined_across_a_break() -> None:
    panel = one(PEACE, areas=("06",))
    joined = figures.joined(panel.indicator, list(panel.lines[0].rows["period"]))
    assert set(joined.values()) == {False}
    text = told(panel)
    assert "A (2016), B (2017), C (2018)" in text
    assert text.count("Every edition is made by a method of its own") == 1


def test_a_window_that_begins_before_a_break_is_joined_to_nothing_after_it() -> None:
    found = indicator("homicide_victims_sesnsp_12m_per_100k")
    periods = ["2025-11", "2025-12", "2026-01", "2026-11", "2026-12", "2027-01"]
    assert figures.joined(found, periods) == {
        "2025-11": False,
        "2025-12": True,
        "2026-01": False,
        "2026-11": False,
        "2026-12": False,
        "2027-01": True,
    }


def test_a_part_of_a_year_is_not_drawn_and_the_reason_is_told() -> None:
    panel = one(YEARS, "2026", areas=("08",))
    assert "Not drawn: 2026. Only a part of the period is counted" in told(panel)
    partial = one("us_citizen_homicides_count", "2021", areas=("08",), start="2018")
    assert "have an open mark" in told(partial)


def test_a_gap_is_told_with_its_status_and_never_filled() -> None:
    panel = one(MONTHS, "2026-03", areas=("08",), start="2024-10")
    assert "13 periods from December 2024 to December 2025" in told(panel)
    rows = panel.lines[0].rows.set_index("period")
    assert rows.loc["2025-06", "value"] != rows.loc["2025-06", "value"]


def test_the_index_across_a_break_is_refused_with_the_reason() -> None:
    panel = one(MONTHS, "2026-03", areas=("08",), chart="index", base="2024-03")
    text = told(panel)
    assert "Beyond the break in the method there is no index" in text
    assert "Only the same month of each year as March 2024" in text


def test_the_base_of_a_second_source_is_told_in_its_own_title() -> None:
    second = panels(RATE, chart="index", base="2020", second=MONTHS)[1]
    assert second.base == "2020-01"
    assert "January 2020 = 100" in words.title(second, EN)
    year = panels(MONTHS, "2024-03", chart="index", base="2020-01", second=RATE)[1]
    assert (year.base, year.no_index) == ("", NoIndex.MISSING)
    none = panels(RATE, chart="index", base="1995", second=SHARE)[1]
    assert (none.base, none.no_index) == ("", NoIndex.MISSING)


def test_states_of_a_survey_of_cities_are_shown_city_by_city() -> None:
    panel = one(CITIES, areas=("06",))
    assert {line.area.kind for line in panel.lines} == {"city"}
    assert "This survey asks in cities" in told(panel)


def test_a_city_beside_a_source_of_states_is_named_as_left_out() -> None:
    assert "Not shown: Mexicali." in told(one(RATE, areas=("city:02", "02")))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart", ["", "index"])
def test_the_table_has_every_figure_that_is_shown(chart: str, lang: str) -> None:
    say = words_of(lang)
    panel = one(RATE, areas=("border", "06"), chart=chart, start="2020")
    shown, every = tables.shown(panel, say), tables.every(panel, say)
    extra = tables.INDEX_COLUMNS if chart else []
    assert list(shown.columns) == list(every.columns) == [*ANSWER_COLUMNS, *extra]
    assert (len(shown), len(every)) == (3 * 5, 3 * 35)
    assert list(dict.fromkeys(shown["area_kind"])) == ["nation", "region", "state"]
    region = shown[shown["area_kind"] == "region"].iloc[0]
    assert (region["area_code"], region["release"]) == ("border", "INEGI 1990-2024")
    assert len(tables.for_page(panel, say)) == len(shown)
    if chart:
        assert shown[shown["period"] == "2020"]["index"].tolist() == [100.0] * 3


def test_the_label_tells_the_newest_value_of_every_line() -> None:
    panel = one(RATE, areas=("06",))
    drawing = figures.draw(panel, EN).figures[0].drawing
    assert "Colima, 2024: " in drawing
    assert "Mexico (nation), 2024: " in drawing


def test_a_day_before_the_level_was_known_leaves_its_region_empty() -> None:
    atlas = load("2020-01-01")
    analysis = Analysis(areas=("level-4@2022-08-17", "06"))
    view = replace(View(RATE, "2018"), analysis=analysis)
    panel = comparison.build(atlas, comparison.asked(view, atlas))[0]
    assert [line.area.code for line in panel.lines] == ["06"]
    assert "no state is known to have had it" in told(panel)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_lines_are_short_enough_for_their_ends(lang: str) -> None:
    say = words_of(lang)
    panel = one(RATE, areas=("border", "level-4@2022-08-17", "sum:01.02", "03", "24"))
    names = [words.short_name(line.area, say) for line in panel.every_line]
    assert max(map(len, names)) <= words.MOST_LETTERS
    assert len(set(names)) == len(names)
