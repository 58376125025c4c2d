"""The pages of advice and figures and of dated alerts: what they say, and no link breaks them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from geo_app.records import LANGUAGES
from geo_app.takeaway import metadata
from tests.ui.reading import markup, told

Open = Callable[[Mapping[str, str | list[str]]], AppTest]

AGREEMENT, ALERTS = {"page": "agreement"}, {"page": "alerts"}
AUGUST_2022 = {**AGREEMENT, "day": "2022-08-17"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        AGREEMENT,
        AUGUST_2022,
        {**AGREEMENT, "day": "2020-04-01"},
        {**AGREEMENT, "day": "2026-06-05"},
        ALERTS,
        {**ALERTS, "day": "2026-02-22"},
        {**ALERTS, "day": "2026-02-24"},
    ],
    ids=str,
)
def test_a_page_opens_on_each_kind_of_day(
    open_page: Open, query: dict[str, str], lang: str
) -> None:
    page = open_page({**query, "lang": lang})
    assert [item.value for item in (*page.exception, *page.error, *page.warning)] == []
    assert page.query_params.get("page", "") == query["page"]


def test_the_pages_can_be_chosen_from_the_map(open_page: Open) -> None:
    page = open_page({})
    page.button_group(key="page").set_value("alerts").run()
    assert "Dated alerts: three days in February 2026" in told(page)
    page.button_group(key="page").set_value("agreement").run()
    assert "Where advice and figures part" in told(page)
    assert not page.exception


def test_the_states_that_part_stand_in_lists_with_reasons(open_page: Open) -> None:
    text = told(open_page(AUGUST_2022))
    parts = re.split(
        r"The advice is higher than the figure|The figure is higher|Cannot be told", text
    )
    assert "Sinaloa: level 4 Do not travel. Homicide rate 18.7" in parts[1]
    assert "Tamaulipas: level 4" in parts[1]
    assert "Quintana Roo: level 2" in parts[2]
    assert "San Luis Potosí: level 2" in parts[3]
    assert "Reasons given: crime, kidnapping." in parts[1]


def test_the_page_opens_on_the_newest_year_with_homicides_and_says_so(open_page: Open) -> None:
    page = open_page(AGREEMENT)
    assert "The page opens on 31 December 2024" in told(page)
    assert str(page.date_input(key="day").value) == "2024-12-31"


def test_the_table_has_the_32_states_of_the_day(open_page: Open) -> None:
    table = open_page(AUGUST_2022).dataframe[0].value
    assert len(table) == 32
    assert list(table["Against Mexico"]).count("cannot be told apart") == 1
    sinaloa = table[table["State"] == "Sinaloa"].iloc[0]
    assert (sinaloa["US level"], round(sinaloa["Homicide rate"], 1)) == ("4 Do not travel", 18.7)


def test_a_year_without_homicides_says_so_and_leads_back(open_page: Open) -> None:
    page = open_page({**AGREEMENT, "day": "2025-09-01"})
    assert "The homicides of 2025 by state are not held here." in page.info[0].value
    assert "Homicide rate" not in page.dataframe[0].value.columns
    page.button[0].click().run()
    assert page.query_params["day"] == "2024-12-31"
    assert len(page.info) == 0


@pytest.mark.parametrize("day", ["2017-06-01", "0001-01-01", "2031-01-01", "9999-12-31"])
def test_a_day_outside_is_told_and_never_shown(open_page: Open, day: str) -> None:
    page = open_page({**AGREEMENT, "day": day})
    assert "Levels of states are held from 10 January 2018 to" in page.warning[0].value
    assert "shown is 31 December 2024" in page.warning[0].value
    assert not page.exception
    assert not page.error


@pytest.mark.parametrize("query", [AGREEMENT, ALERTS], ids=str)
@pytest.mark.parametrize("day", ["<script>alert(1)</script>", "9" * 10_000, "2022-02-30", "\x00"])
def test_a_day_that_is_none_is_ignored(open_page: Open, query: dict[str, str], day: str) -> None:
    page = open_page({**query, "day": day})
    assert "named something that does not exist here (day)" in page.warning[0].value
    assert not page.exception
    assert not page.error


def test_a_chosen_day_is_in_the_address(open_page: Open) -> None:
    page = open_page(ALERTS)
    page.button_group(key="listed_day").set_value("2026-02-24").run()
    assert page.query_params["day"] == "2026-02-24"
    assert "Ended on 24 February 2026 (15)" in told(page)


def test_the_alerts_open_on_the_day_with_most_states(open_page: Open) -> None:
    text = told(open_page(ALERTS))
    assert "In force to the end of 23 February 2026 (15)" in text
    assert "Ended on 23 February 2026 (3)" in text
    assert "the level of no state moved" in text


def test_both_maps_of_the_day_are_drawn(open_page: Open) -> None:
    drawn = markup(open_page(ALERTS))
    assert "Call to take shelter on 23 February 2026" in drawn
    assert "US level on 23 February 2026" in drawn


def test_each_state_links_to_the_page_that_was_read(open_page: Open) -> None:
    blocks = [item.value for item in open_page(ALERTS).get("html") if "atlas-blocks" in item.value]
    assert sum(text.count("<section>") for text in blocks) == 18
    assert sum(len(re.findall(r'href="https://[^"]+"', text)) for text in blocks) == 18


@pytest.mark.parametrize("day", ["2026-02-21", "2026-02-25", "2019-01-01"])
def test_another_day_is_not_told_as_a_day_without_an_alert(open_page: Open, day: str) -> None:
    page = open_page({**ALERTS, "day": day})
    assert "That is not the same as no alert" in page.info[0].value
    assert page.button_group(key="listed_day").value in (None, [])
    assert "(15)" not in told(page)


def test_without_a_licence_the_page_hands_out_no_file(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No download" not in told(open_page(AUGUST_2022))
    monkeypatch.setattr(metadata, "is_allowed", lambda _take: False)
    page = open_page(AUGUST_2022)
    assert "No download: the licence of this source was not seen." in told(page)
    assert len(page.get("download_button")) == 0


@pytest.mark.parametrize("page", ["route", "alerts"])
def test_a_page_of_today_does_not_claim_to_show_an_earlier_day(open_page: Open, page: str) -> None:
    shown = told(open_page({"page": page, "known_on": "2021-05-31", "lang": "en"}))
    assert "always shows what is known today. The day of the link, 31 May 2021," in shown
    assert "You see the figures as they were known" not in shown


def test_the_page_of_advice_keeps_within_the_day_on_which_figures_were_known(
    open_page: Open,
) -> None:
    page = open_page({**AUGUST_2022, "known_on": "2021-05-31", "lang": "en"})
    assert page.date_input(key="day").value == date(2021, 5, 31)
    shown = told(page)
    assert "Levels of states are held from 10 January 2018 to 31 May 2021" in shown
    assert not page.exception
