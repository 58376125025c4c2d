"""The page that compares: what it opens with, what its widgets write, that no link breaks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from geo_app.records import LANGUAGES
from tests.ui.reading import markup, told

Open = Callable[[Mapping[str, str | list[str]]], AppTest]

PAGE = {"page": "compare"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"chart": "index", "base": "2016"},
        {"chart": "free", "indicator": "advisory_level_us"},
        {"indicator": "insecurity_ensu_pct", "areas": "city:21,06", "second": "peace_index_score"},
        {"areas": "level-4@2022-08-17,sum:02.08.26,pacific", "known_on": "2025-01-01"},
        {"level": "municipality", "period": "2022", "state": "06", "municipality": "06002"},
    ],
    ids=str,
)
def test_the_page_opens_on_each_kind_of_link(
    open_page: Open, query: dict[str, str], lang: str
) -> None:
    page = open_page({**PAGE, **query, "lang": lang})
    assert [item.value for item in (*page.exception, *page.error, *page.warning)] == []
    assert page.query_params.get("page", "") == "compare"


def test_the_page_can_be_chosen_and_answers_at_once(open_page: Open) -> None:
    page = open_page({"lang": "en"})
    page.button_group(key="page").set_value("compare").run()
    assert not page.exception
    assert "the page opens with an example" in told(page)
    drawn = markup(page)
    assert "Border states" in drawn
    assert "Tamaulipas, 2024" in drawn
    assert page.selectbox(key="choice_start").value == "2015"


def test_a_chosen_area_goes_into_the_link(open_page: Open) -> None:
    page = open_page(PAGE)
    page.multiselect(key="compared").set_value(["06", "pacific"]).run()
    assert page.query_params["areas"] == "06,pacific"
    assert "Colima, 2024" in markup(page)
    assert "The eleven states with a coast" in told(page)


def test_the_range_the_drawing_and_the_base_go_into_the_link(open_page: Open) -> None:
    page = open_page(PAGE)
    page.selectbox(key="choice_start").set_value("2018").run()
    page.selectbox(key="choice_period").set_value("2022").run()
    page.button_group(key="choice_chart").set_value("index").run()
    page.selectbox(key="choice_base").set_value("2019").run()
    asked = {key: page.query_params[key] for key in ("start", "period", "chart", "base")}
    assert asked == {"start": "2018", "period": "2022", "chart": "index", "base": "2019"}
    assert "2019 = 100. 2018 to 2022" in markup(page)
    assert not page.exception


def test_a_second_source_gets_a_panel_of_its_own(open_page: Open) -> None:
    page = open_page(PAGE)
    page.selectbox(key="choice_second").set_value("insecurity_envipe_pct").run()
    assert page.query_params["second"] == "insecurity_envipe_pct"
    assert len(page.dataframe) == 2
    assert "shown state by state" in told(page)


def test_chosen_states_become_a_region_of_ones_own(open_page: Open) -> None:
    page = open_page({**PAGE, "areas": "02,08,26"})
    button = next(item for item in page.button if "Make one region" in item.label)
    button.click().run()
    assert page.query_params["areas"] == "sum:02.08.26,02,08,26"
    assert "all their counts over all their people" in told(page)


def test_the_states_of_a_level_on_a_day_are_added(open_page: Open) -> None:
    page = open_page({**PAGE, "areas": "06"})
    page.date_input(key="compare-level-day").set_value("2022-08-17")
    next(item for item in page.button if "Add the states" in item.label).click().run()
    assert page.query_params["areas"] == "level-4@2022-08-17,06"
    assert "Colima, Guerrero, Michoacán, Sinaloa, Tamaulipas and Zacatecas" in told(page)


def test_the_table_names_region_and_nation(open_page: Open) -> None:
    table = open_page({**PAGE, "areas": "border", "start": "2022", "period": "2022"}).dataframe[0]
    rows = table.value
    assert list(rows["Area"]) == ["Mexico (nation)", "Border states"]
    assert round(rows["Value"].iloc[1], 2) == 36.72
    assert rows["Count"].iloc[1] == 8783


@pytest.mark.parametrize(
    "areas", ["<script>alert(1)</script>", "06,33", "sum:33", "level-9@2022-08-17", "city:zz"]
)
def test_a_hostile_code_is_refused_and_the_rest_is_shown(open_page: Open, areas: str) -> None:
    page = open_page({**PAGE, "areas": areas})
    assert not page.exception
    assert "areas" in "".join(item.value for item in page.warning)
    assert "<script>alert" not in markup(page)


@pytest.mark.parametrize("page", ["compare", "agreement", "claims"])
def test_a_page_of_states_hands_out_code_and_link_of_states(open_page: Open, page: str) -> None:
    town = {"level": "municipality", "state": "06", "municipality": "06002"}
    shown = open_page({"page": page, "lang": "en", **town})
    handed = [str(item.value) for item in shown.main if item.type == "html"]
    code = [text for text in handed if "atlas-snippet" in text]
    assert code
    assert [text for text in code if "municipality" in text] == []
