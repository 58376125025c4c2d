"""The search box: one sure find opens its state, everything else is a list to choose from."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[[Mapping[str, str | list[str]]], AppTest]


def looked_for(page: AppTest, text: str) -> AppTest:
    return page.text_input(key="find").set_value(text).run()


def address(page: AppTest) -> dict[str, str]:
    """Return what the address names, each value as text."""
    found = ((key, page.query_params.get(key, "")) for key in ("page", "state", "place"))
    return {key: value if isinstance(value, str) else value[0] for key, value in found}


def choices(page: AppTest) -> list[str]:
    return [item.label.replace("\\", "") for item in page.button if (item.key or "")[:4] == "hit-"]


def told(page: AppTest) -> str:
    return " ".join(item.value for item in page.get("html"))


def test_an_airports_letters_open_its_state(open_page: Open) -> None:
    page = looked_for(open_page({}), "pvr")
    assert address(page) == {"page": "state", "state": "14", "place": "icao:MMPR"}
    assert page.text_input(key="find").value == ""


def test_a_state_is_opened_without_a_place(open_page: Open) -> None:
    page = looked_for(open_page({"state": "14", "place": "icao:MMPR"}), "Sinaloa")
    assert address(page) == {"page": "state", "state": "25", "place": ""}


def test_of_several_places_the_reader_chooses(open_page: Open) -> None:
    page = looked_for(open_page({"lang": "es"}), "Progreso")
    assert choices(page)[0] == "Progreso: localidad en el municipio de Progreso, Yucatán"
    assert address(page)["page"] == ""
    opened = (
        next(item for item in page.button if item.key == "hit-geonames:8858125-17").click().run()
    )
    assert address(opened) == {"page": "state", "state": "17", "place": "geonames:8858125"}
    assert choices(opened) == []


def test_a_typing_error_is_told_and_opens_nothing(open_page: Open) -> None:
    page = looked_for(open_page({}), "Mazatlna")
    assert "Did you mean Mazatlán?" in told(page)
    assert address(page)["page"] == ""


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "**x** $y$ :red[z]", "x" * 10_000])
def test_what_is_typed_is_never_read_as_markup(open_page: Open, text: str) -> None:
    began = time.monotonic()
    page = looked_for(open_page({}), text)
    assert not page.exception
    assert "<script>" not in told(page)
    assert choices(page) == []
    assert time.monotonic() - began < 60


def test_a_place_abroad_is_said_to_be_there_and_is_no_choice(open_page: Open) -> None:
    page = looked_for(open_page({}), "El Paso")
    assert "El Paso (United States) is outside Mexico" in told(page)
    assert not [item for item in page.button if "abroad" in (item.key or "")]


def test_the_list_can_be_closed(open_page: Open) -> None:
    page = looked_for(open_page({}), "Progreso")
    closed = next(item for item in page.button if item.label == "Close the list").click().run()
    assert choices(closed) == []
    assert closed.text_input(key="find").value == ""


def test_of_what_lies_in_two_states_each_is_a_choice(open_page: Open) -> None:
    page = looked_for(open_page({}), "Comarca Lagunera")
    assert choices(page) == ["Coahuila", "Durango"]
    opened = next(item for item in page.button if item.label == "Durango").click().run()
    assert address(opened) == {"page": "state", "state": "10", "place": ""}


def test_a_day_of_one_page_is_not_asked_for_on_another(open_page: Open) -> None:
    page = open_page({"page": "agreement", "day": "2022-12-31"})
    page.segmented_control(key="page").set_value("route").run()
    assert "day" not in page.query_params
