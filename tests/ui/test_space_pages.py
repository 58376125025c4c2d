"""The pages of space and of municipalities: what they say, and no link breaks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from geo_app.records import LANGUAGES
from tests.ui.reading import markup, told

Open = Callable[[Mapping[str, str | list[str]]], AppTest]

SPACE, MUNICIPAL = {"page": "space"}, {"page": "municipalities"}
VICTIMS = "homicide_victims_sesnsp_per_100k"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        SPACE,
        {**SPACE, "weights": "nearest", "period": "2010"},
        {**SPACE, "indicator": VICTIMS, "state": "11"},
        {**SPACE, "indicator": "homicide_cases_sesnsp_month_per_100k", "period": "2025-06"},
        {**SPACE, "indicator": "advisory_level_us"},
        {**SPACE, "indicator": "insecurity_ensu_pct"},
        {**SPACE, "level": "municipality", "municipality": "11007"},
        MUNICIPAL,
        {**MUNICIPAL, "state": "11"},
        {**MUNICIPAL, "state": "06", "period": "1990", "level": "municipality"},
        {**MUNICIPAL, "state": "11", "show": "two", "against": "2015"},
    ],
    ids=str,
)
def test_a_page_opens(open_page: Open, query: dict[str, str], lang: str) -> None:
    page = open_page({**query, "lang": lang})
    assert [item.value for item in (*page.exception, *page.error, *page.warning)] == []
    assert page.query_params.get("page", "") == query["page"]


def test_the_answer_stands_beside_the_sentence_on_32_states(open_page: Open) -> None:
    text = told(open_page({**SPACE, "weights": "nearest", "period": "2010"}))
    assert "Yes: states with like values lie beside each other" in text
    assert "There are only 32 states." in text
    assert "Neighbours are the 5 nearest states" in text


def test_the_states_that_stand_out_are_named_on_the_map_and_in_the_table(open_page: Open) -> None:
    page = open_page({**SPACE, "weights": "nearest", "period": "2010"})
    assert "high among high: Baja California and Sonora." in markup(page)
    table = page.dataframe[0].value.set_index("State")
    assert table.loc["Sonora", "Class"] == "high among high"
    assert (table["Class"] == "not told from chance").sum() == 29


def test_other_neighbours_are_chosen_and_stand_in_the_link(open_page: Open) -> None:
    page = open_page({**SPACE, "period": "2010"})
    page.selectbox(key="choice_weights").set_value("nearest").run()
    assert "nearest" in page.query_params["weights"]
    assert "Neighbours are the 5 nearest states" in told(page)


def test_another_period_is_chosen_and_stands_in_the_link(open_page: Open) -> None:
    page = open_page(SPACE)
    page.selectbox(key="choice_period").set_value("2010").run()
    assert "2010" in str(page.query_params["period"])
    assert "p = 0.0" in told(page)


def test_a_level_is_not_averaged_and_the_page_says_why(open_page: Open) -> None:
    page = open_page({**SPACE, "indicator": "advisory_level_us"})
    assert "A level of advice is a step on a ladder" in told(page)
    assert not page.dataframe


def test_a_month_has_its_smoothed_rates_and_its_calendar(open_page: Open) -> None:
    page = open_page({**SPACE, "indicator": VICTIMS, "period": "2022-03"})
    text, drawn = told(page), markup(page)
    assert "In one month some states have so few cases" in text
    assert "Smoothed rate, March 2022" in drawn
    assert "the states in 2022, month by month" in drawn
    smooth = next(t.value for t in page.dataframe if "Smoothed rate" in t.value)
    assert len(smooth) == 32
    grid = page.dataframe[-1].value
    assert " ".join(grid.columns) == "State Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def test_a_state_turns_the_calendar_into_its_own_years(open_page: Open) -> None:
    page = open_page({**SPACE, "indicator": VICTIMS, "period": "2022-03"})
    page.selectbox(key="state").set_value("11").run()
    assert "Guanajuato, every month that is held" in markup(page)
    assert page.dataframe[-1].value["Year"].iloc[0] == "2015"


def test_a_source_without_a_seen_licence_hands_out_nothing(open_page: Open) -> None:
    page = open_page({**SPACE, "indicator": "peace_index_score"})
    assert "No download: the licence of this source was not seen." in told(page)
    assert not page.get("download_button")


def test_guanajuato_is_two_steps_away_from_all_its_figures(open_page: Open) -> None:
    page = open_page(MUNICIPAL)
    assert not page.get("download_button")
    page.selectbox(key="state").set_value("11").run()
    assert "Guanajuato has 46 municipalities" in told(page)
    assert "Take it away: all municipalities of Guanajuato" in told(page)
    assert page.get("download_button")
    assert not page.exception


def test_the_table_is_in_the_order_of_the_lower_ends_and_few_people_stand_apart(
    open_page: Open,
) -> None:
    page = open_page({**MUNICIPAL, "state": "11", "period": "2024"})
    table, small = (item.value for item in page.dataframe[:2])
    assert (len(table), len(small)) == (43, 3)
    lows = list(table["Interval from"])
    assert lows == sorted(lows, reverse=True)
    assert list(small["Municipality"]) == sorted(small["Municipality"])


def test_a_figure_without_municipalities_is_told_and_not_shown(open_page: Open) -> None:
    page = open_page({**MUNICIPAL, "state": "11", "indicator": "insecurity_envipe_pct"})
    assert "The figure of your link has none" in told(page)
    assert "homicides_inegi_per_100k" in str(page.query_params["indicator"])


def test_what_was_created_later_is_told(open_page: Open) -> None:
    text = told(open_page({**MUNICIPAL, "state": "24"}))
    assert "Villa de Pozos was created later" in text
    assert "counted in San Luis Potosí" in text


def test_far_islands_are_told(open_page: Open) -> None:
    assert "Islands more than 100 km off are not drawn" in told(
        open_page({**MUNICIPAL, "state": "06"})
    )
