"""The pages of two dates and of places: what they say, offer and keep in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from geo_app.records import LANGUAGES
from tests.ui.reading import told

Open = Callable[[Mapping[str, str | list[str]]], AppTest]

CHANGES, RANKS = {"page": "changes"}, {"page": "ranks"}
MONTHS = {
    **CHANGES,
    "indicator": "homicide_victims_sesnsp_per_100k",
    "against": "2022-02",
    "period": "2022-03",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        CHANGES,
        MONTHS,
        {**CHANGES, "indicator": "advisory_level_us"},
        {**CHANGES, "indicator": "insecurity_ensu_pct"},
        {**CHANGES, "indicator": "crime_prevalence_envipe_per_100k"},
        {**CHANGES, "indicator": "peace_index_score"},
        {**CHANGES, "level": "municipality"},
        RANKS,
        {**RANKS, "indicator": "insecurity_envipe_pct"},
        {**RANKS, "indicator": "insecurity_ensu_pct", "period": "2025Q4"},
        {**RANKS, "indicator": "advisory_level_us"},
        {**RANKS, "level": "municipality"},
    ],
    ids=str,
)
def test_a_page_opens_on_each_kind_of_indicator(
    open_page: Open, query: dict[str, str], lang: str
) -> None:
    page = open_page({**query, "lang": lang})
    assert [item.value for item in (*page.exception, *page.error, *page.warning)] == []
    assert page.query_params.get("page", "") == query["page"]


def test_the_page_opens_on_two_neighbouring_years_and_keeps_them_in_the_address(
    open_page: Open,
) -> None:
    page = open_page(CHANGES)
    kept = [page.query_params[key] for key in ("against", "period", "show")]
    assert kept == ["2023", "2024", "two"]


def test_the_states_that_rose_are_told(open_page: Open) -> None:
    text = told(open_page({**CHANGES, "against": "2021", "period": "2022"}))
    assert "4 of 32 rose; 10 fell; 18 cannot be told from chance." in text
    assert "Rose: Colima, Nuevo León, Puebla and Hidalgo." in text


def test_two_dates_are_chosen_from_the_lists(open_page: Open) -> None:
    page = open_page({**CHANGES, "against": "2021", "period": "2022"})
    page.selectbox(key="date_first").set_value("2019").run()
    assert (page.selectbox(key="date_first").value, page.selectbox(key="date_last").value) == (
        "2019",
        "2022",
    )
    assert "From 2019 to 2022" in told(page)
    page.selectbox(key="date_first").set_value("2024").run()
    assert "From 2022 to 2024" in told(page)
    page.selectbox(key="date_first").set_value("2024").run()
    assert "From 2022 to 2024" in told(page)


def test_a_refused_pair_leads_to_one_that_is_compared(open_page: Open) -> None:
    page = open_page(MONTHS)
    assert "different months of the year" in page.info[0].value
    (button,) = [item for item in page.button if "instead" in item.label]
    assert button.label == "Show March 2021 and March 2022 instead"
    button.click().run()
    assert len(page.info) == 0
    assert "From March 2021 to March 2022" in told(page)


def test_where_nothing_can_be_compared_nothing_is_offered(open_page: Open) -> None:
    page = open_page({**CHANGES, "indicator": "insecurity_ensu_pct"})
    assert "asks a part of the same homes again" in page.info[0].value
    assert "so none is offered" in told(page)
    assert [item.label for item in page.button if "instead" in item.label] == []


def test_municipalities_wait_for_a_state_and_are_those_of_it(open_page: Open) -> None:
    query = {**CHANGES, "level": "municipality", "against": "2021", "period": "2022"}
    page = open_page(query)
    assert "Choose a state" in page.info[0].value
    page.selectbox(key="state").set_value("11").run()
    assert "of 46 rose" in told(page)
    assert not page.exception


def test_another_page_date_is_chosen_from_the_list(open_page: Open) -> None:
    page = open_page({**RANKS, "period": "2022"})
    assert "11 of 32 areas have a single place." in told(page)
    page.selectbox(key="choice_period").set_value("2021").run()
    assert "INEGI, 2021" in told(page)


def test_without_places_the_nearest_date_with_some_is_offered(open_page: Open) -> None:
    page = open_page({**RANKS, "indicator": "crime_prevalence_envipe_per_100k", "period": "2013"})
    assert "publishes no interval" in page.info[0].value
    (button,) = [item for item in page.button if "2020" in item.label]
    button.click().run()
    assert len(page.info) == 0
    assert "single place" in told(page)
