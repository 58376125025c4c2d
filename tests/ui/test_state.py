"""The page of a state, headless: an invitation, a sheet, its controls and its links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from geo_app.records import LANGUAGES
from geo_app.state_sheet import page as state_page
from geo_app.text import words

Query = Mapping[str, str | list[str]]
Open = Callable[[Query], AppTest]


def texts(page: AppTest) -> str:
    return " ".join(str(item.value) for item in page.main if item.type == "html")


@pytest.fixture
def markups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the page shows as markup: a component's content is not in the test's tree."""
    from geo_app.ui import drawings

    shown: list[str] = []
    monkeypatch.setattr(drawings, "markup", lambda content, _key: shown.append(content))
    return shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_state_the_page_invites_and_lists_all_of_them(open_page: Open, lang: str) -> None:
    page = open_page({"page": "state", "lang": lang})
    assert not page.exception
    assert words(lang)("sheet_invitation") in texts(page)
    assert texts(page).count("page=state") == 32


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_opens_the_sheet_of_its_state(
    open_page: Open, markups: list[str], lang: str
) -> None:
    page = open_page({"page": "state", "state": "25", "lang": lang})
    assert not page.exception
    assert page.query_params["state"] == "25"
    assert "<h2>Sinaloa</h2>" in markups[-1]


def test_the_sheet_leads_to_the_map_of_its_state(open_page: Open, markups: list[str]) -> None:
    page = open_page({"page": "state", "state": "25", "lang": "en"})
    assert markups
    links = re.findall(r'<a href="(\?[^"]+)"', texts(page))
    to_the_map = [link for link in links if "page=" not in link]
    assert len(to_the_map) == 1
    assert "state=25" in to_the_map[0]


def test_a_chosen_state_and_a_rate_of_ones_own_stand_in_the_address(
    open_page: Open, markups: list[str]
) -> None:
    page = open_page({"page": "state", "state": "25", "lang": "en"})
    page.selectbox(key="reference").set_value("31").run()
    assert page.query_params["reference"] == "31"
    assert "Yucatán" in markups[-1]
    page.number_input(key="reference_rate").set_value(5.2).run()
    assert page.query_params["reference"] == "5.20"
    assert page.selectbox(key="reference").value == ""
    page.number_input(key="reference_rate").set_value(None).run()
    assert "reference" not in page.query_params


def test_another_day_shows_the_advice_of_that_day(open_page: Open, markups: list[str]) -> None:
    open_page({"page": "state", "state": "06", "day": "2022-09-01", "lang": "en"})
    assert "Issue of 17 August 2022." in markups[-1]


def test_a_second_visit_is_not_built_again(
    open_page: Open, markups: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"page": "state", "state": "31", "lang": "en"}
    open_page(query)
    monkeypatch.setattr(state_page, "body", None)
    assert not open_page(query).exception
    assert markups[-1] == markups[0]
