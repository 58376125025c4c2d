"""The page of data and methods, and the figures of an earlier day on every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from geo_app import provenance
from geo_app.indicators import catalogue
from geo_app.records import LANGUAGES
from geo_app.view import PAGES

Open = Callable[[Mapping[str, str | list[str]]], AppTest]

MONTHLY = "homicide_cases_sesnsp_month_per_100k"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_every_indicator_and_source(open_page: Open, lang: str) -> None:
    page = open_page({"page": "methods", "lang": lang})
    assert [item.value for item in (*page.exception, *page.error)] == []
    labels = [item.label for item in page.expander]
    assert {item.title.in_(lang) for item in catalogue()} <= set(labels)
    sources = [provenance.load_source(slug).title.in_(lang) for slug in provenance.source_slugs()]
    assert set(sources) <= set(labels)
    written = (str(item.value) for item in page.main if item.type == "html")
    assert next(text for text in written if "atlas-cards" in text).count('scope="row"') == len(
        sources
    )


def test_a_day_chosen_there_is_carried_into_the_link_and_back(open_page: Open) -> None:
    page = open_page({"page": "methods"})
    page.date_input(key="known_on").set_value(date(2024, 1, 31)).run()
    assert page.query_params["known_on"] == "2024-01-31"
    assert "as they were known on 31 January 2024" in page.info[0].value
    page.button(key="known-on-leave").click().run()
    assert "known_on" not in page.query_params


def test_an_emptied_day_shows_the_newest_figures(open_page: Open) -> None:
    page = open_page({"page": "methods", "known_on": "2024-01-31"})
    page.date_input(key="known_on").set_value(None).run()
    assert "known_on" not in page.query_params


def test_the_map_of_a_day_shows_what_was_known_then(open_page: Open) -> None:
    query = {"indicator": MONTHLY, "period": "2023-09"}
    now = open_page(query).dataframe[0].value
    then = open_page({**query, "known_on": "2024-01-31"}).dataframe[0].value
    before = open_page({**query, "known_on": "2020-01-01"}).dataframe[0].value
    values = [dict(zip(rows["State"], rows["Value"], strict=True)) for rows in (now, then)]
    assert values[0] != values[1]
    assert values[1]
    assert "Value" not in before or before["Value"].isna().all()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_on_an_early_day(open_page: Open, name: str) -> None:
    page = open_page({"page": name, "known_on": "2011-05-05", "state": "25"})
    assert [item.value for item in (*page.exception, *page.error)] == []
    assert "5 May 2011" in page.info[0].value
