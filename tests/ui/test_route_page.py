"""The page that checks a way: fields that understand, states in order, what is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[[Mapping[str, str | list[str]]], AppTest]
MEXICO_CITY, TAXCO = "geonames:3530597", "geonames:3516225"
WAY = {"page": "route", "stops": f"{MEXICO_CITY},,{TAXCO}", "day": "2025-09-01"}


def told(page: AppTest) -> str:
    return " ".join(item.value for item in page.get("html"))


def way(page: AppTest) -> str:
    found = page.query_params.get("stops", "")
    return found if isinstance(found, str) else found[0]


def test_a_way_names_its_states_in_order_and_the_highest_level(open_page: Open) -> None:
    page = open_page(WAY)
    assert not page.exception
    text = told(page)
    assert "Mexico City → Morelos → Guerrero" in text
    assert "as of 1 September 2025: level 4, Do not travel. States: Guerrero" in text
    assert "This is no navigation" in text


def test_the_same_link_says_it_in_spanish(open_page: Open) -> None:
    page = open_page(WAY | {"lang": "es"})
    assert "Ciudad de México → Morelos → Guerrero" in told(page)


def test_a_sure_name_is_taken_and_another_is_asked(open_page: Open) -> None:
    page = open_page({"page": "route"})
    assert "Name a start and an end." in told(page)
    page = page.text_input(key="stop-0").set_value("Monterrey").run()
    page = page.text_input(key="stop-2").set_value("Laredo").run()
    assert way(page) == "geonames:3995465,,"
    offered = [item for item in page.button if (item.key or "").startswith("stop-2-")]
    page = offered[0].click().run()
    assert way(page) == "geonames:3995465,,nuevo-laredo-laredo"
    assert "Nuevo León → Tamaulipas" in told(page)
    assert page.text_input(key="stop-2").value == "Nuevo Laredo–Laredo"  # noqa: RUF001 -- as its name is


def test_a_link_of_two_stops_has_none_between(open_page: Open) -> None:
    page = open_page({"page": "route", "stops": f"{MEXICO_CITY},{TAXCO}"})
    assert [page.text_input(key=f"stop-{n}").value for n in range(3)] == [
        "Mexico City",
        "",
        "Taxco",
    ]


def test_a_way_can_be_turned_round(open_page: Open) -> None:
    page = open_page(WAY)
    turned = next(item for item in page.button if item.label == "Swap start and end").click().run()
    assert way(turned) == f"{TAXCO},,{MEXICO_CITY}"
    assert "Guerrero → Morelos → Mexico City" in told(turned)


def test_an_emptied_field_takes_its_stop_away(open_page: Open) -> None:
    page = open_page(WAY).text_input(key="stop-2").set_value("").run()
    assert way(page) == f"{MEXICO_CITY},,"
    assert "Name a start and an end." in told(page)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "x" * 10_000, "**"])
def test_what_is_typed_is_never_read_as_markup(open_page: Open, typed: str) -> None:
    page = open_page({"page": "route"}).text_input(key="stop-0").set_value(typed).run()
    assert not page.exception
    assert "<script>" not in told(page)


@pytest.mark.parametrize("way_of", [f"{TAXCO},,{TAXCO}", "tijuana-san-diego,,geonames:3981609"])
def test_the_same_place_twice_is_said_in_the_readers_language(open_page: Open, way_of: str) -> None:
    page = open_page({"page": "route", "stops": way_of, "lang": "es"})
    assert not page.error
    assert "Dos paradas seguidas son el mismo lugar." in told(page)


def test_ways_of_the_same_states_stand_beside_each_other(open_page: Open) -> None:
    page = open_page({"page": "route", "stops": f"{MEXICO_CITY},,geonames:3533462"})
    assert not page.exception
    assert len(page.expander) >= 1


@pytest.mark.parametrize(
    ("day", "shown"), [("2099-01-01", "as of 23 November 2026"), ("2000-01-01", "10 January 2018")]
)
def test_a_day_that_is_not_held_is_moved_into_what_is(
    open_page: Open, day: str, shown: str
) -> None:
    page = open_page(WAY | {"day": day})
    assert not page.error
    assert f"{shown}: level 4" in told(page)


def test_hours_of_the_whole_country_are_told_above(open_page: Open) -> None:
    assert "Rules for the whole country name hours;" in told(open_page(WAY))


def test_what_was_typed_stands_in_its_field_with_its_choices(open_page: Open) -> None:
    page = open_page({"page": "route"}).text_input(key="stop-0").set_value("Santiago").run()
    page.segmented_control(key="page").set_value("").run()
    page.segmented_control(key="page").set_value("route").run()
    assert page.text_input(key="stop-0").value == "Santiago"
