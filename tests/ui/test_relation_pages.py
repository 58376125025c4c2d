"""The pages of two figures and of claims: what they say, and no link breaks them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from geo_app.records import LANGUAGES
from geo_app.text import MINUS
from tests.ui.reading import told

Open = Callable[[Mapping[str, str | list[str]]], AppTest]

RELATIONS, CLAIMS = {"page": "relations"}, {"page": "claims"}
YEAR = {**RELATIONS, "indicator": "homicides_inegi_per_100k", "period": "2022"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        YEAR,
        {**YEAR, "second": "advisory_level_us"},
        {**YEAR, "second": "homicides_inegi_per_100k"},
        {**RELATIONS, "indicator": "advisory_level_us", "period": "2022-08-17"},
        {**RELATIONS, "indicator": "insecurity_ensu_pct"},
        {**RELATIONS, "indicator": "insecurity_envipe_pct", "period": "2025"},
        {**YEAR, "level": "municipality"},
        {**YEAR, "known_on": "2020-01-01"},
        CLAIMS,
        {**CLAIMS, "known_on": "2023-01-01"},
        {**CLAIMS, "known_on": "1990-01-01"},
    ],
    ids=str,
)
def test_a_page_opens_on_each_kind_of_link(
    open_page: Open, query: dict[str, str], lang: str
) -> None:
    page = open_page({**query, "lang": lang})
    assert [item.value for item in (*page.exception, *page.error, *page.warning)] == []
    assert page.query_params.get("page", "") == query["page"]


def test_two_figures_have_coefficient_interval_and_what_it_does_not_say(open_page: Open) -> None:
    text = told(open_page(YEAR))
    assert "Spearman's rank correlation is 0.64 (95 % interval 0.35 to 0.82; 32 states)" in text
    assert "Pearson's correlation is 0.56 (95 % interval 0.27 to 0.76; 32 states)" in text
    assert "does not make one the cause of the other" in text


def test_figures_that_share_their_data_get_no_coefficient(open_page: Open) -> None:
    text = told(open_page({**YEAR, "second": "homicides_inegi_per_100k"}))
    assert "Both axes show the same figure" in text
    assert "correlation is " not in text


def test_a_figure_of_cities_is_told_to_have_no_states(open_page: Open) -> None:
    page = open_page({**RELATIONS, "indicator": "insecurity_ensu_pct"})
    assert "is not held for states" in told(page)


def test_without_a_common_moment_the_newest_one_is_offered(open_page: Open) -> None:
    page = open_page({**RELATIONS, "indicator": "insecurity_envipe_pct", "period": "2025"})
    assert "Nothing from another time is put in its place" in told(page)
    next(item for item in page.button if item.label == "Show 2024").click().run()
    assert page.query_params["period"] == "2024"
    assert "Both figures are of the same period" in told(page)


def test_the_second_figure_and_the_period_go_into_the_link(open_page: Open) -> None:
    page = open_page(YEAR)
    page.selectbox(key="choice_second").set_value("unreported_crime_pct").run()
    assert page.query_params["second"] == "unreported_crime_pct"
    page.selectbox(key="choice_period").set_value("2021").run()
    assert page.query_params["period"] == "2021"
    assert page.query_params["second"] == "unreported_crime_pct"
    assert not page.exception


def test_each_claim_stands_with_its_verdict_and_figures(open_page: Open) -> None:
    page = open_page(CLAIMS)
    text = told(page)
    assert "29 of the 31 states without Mexico City" in text
    assert "30 of 32 stood above level 1" in text
    assert f"16,975 and then 15,382, that is {MINUS}9.4 %" in text
    assert f"16,972 and then 15,561, that is {MINUS}8.3 %" in text
    assert "10.1 % were reported" in text
    assert f"{MINUS}17.1 % from 2015 to 2021" in text
    assert "Cannot be checked with what is held here" not in text
    written = [str(item.value) for item in page.main if item.type == "html"]
    cards = [item for item in written if "atlas-cards" in item]
    # That of the verdicts, and one of the figures of each claim.
    assert len(cards) == 1 + 8


def test_a_claim_leads_to_the_map_of_its_figure(open_page: Open) -> None:
    page = open_page({**CLAIMS, "lang": "es"})
    links = " ".join(str(item.value) for item in page.main if item.type == "html")
    assert "indicator=advisory_level_us&amp;period=2022-08-17" in links
    assert "ningún mapa de este atlas las muestra" in told(page)


def test_a_claim_about_a_change_leads_to_the_page_that_compares(open_page: Open) -> None:
    page = open_page(CLAIMS)
    texts = " ".join(str(item.value) for item in page.main if item.type == "html")
    links = [parse_qs(html.unescape(one)) for one in re.findall(r'href="\?([^"]*)"', texts)]
    found = [{key: one for key, (one,) in link.items()} for link in links if "start" in link]
    assert [(one["indicator"], one["start"], one["period"]) for one in found] == [
        ("homicides_inegi_per_100k", "1990", "2021"),
        ("homicide_victims_sesnsp_12m_per_100k", "2021-06", "2022-06"),
    ]
    target = open_page(found[1])
    assert [item.value for item in (*target.exception, *target.error, *target.warning)] == []
    assert target.query_params["page"] == "compare"


def test_what_was_not_licensed_has_no_file(open_page: Open) -> None:
    query = {**RELATIONS, "indicator": "peace_index_score", "period": "2018"}
    assert "No download" in told(open_page(query))
    assert "No download" in told(open_page(CLAIMS))
    assert "No download" not in told(open_page(YEAR))
