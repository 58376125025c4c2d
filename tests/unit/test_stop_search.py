"""A stop by a reader's words: what is sure is taken, all else is a choice, a state is no point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.records import LANGUAGES
from geo_app.routes import stop_search, stops
from geo_app.routes.stop_search import MOST_CHOICES, TOWNS_OF_AN_AREA, find_stop
from geo_app.text import words

EN = words("en")


def codes(text: str) -> list[str]:
    return [item.code for item in find_stop(text, EN).choices]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Monterrey", "geonames:3995465"),
        ("ENSENADA", "geonames:4006702"),
        ("pvr", "icao:MMPR"),
        ("Mazatlan", "geonames:3996322"),
        ("Cancún, Quintana Roo", "geonames:3531673"),
    ],
)
def test_one_sure_place_is_taken(text: str, code: str) -> None:
    found = find_stop(text, EN)
    assert (found.sure, found.line) == (code, "")


@pytest.mark.parametrize("text", ["Laredo", "Nuevo Laredo", "nuevo laredo, laredo"])
def test_a_town_at_a_crossing_offers_the_crossing_first_and_takes_nothing(text: str) -> None:
    assert codes(text)[0] == "nuevo-laredo-laredo"
    assert find_stop(text, EN).line != ""


def test_a_town_abroad_offers_the_crossing_to_it_and_is_said_to_be_abroad() -> None:
    found = find_stop("El Paso", EN)
    assert found.line == "El Paso (United States) is outside Mexico. This atlas holds Mexico alone."
    assert found.choices[0].line.endswith("El Paso: border crossing in Chihuahua")
    assert found.sure == ""


def test_an_area_offers_the_largest_towns_of_its_municipalities() -> None:
    found = find_stop("Punta Mita", EN)
    assert found.line.startswith("Punta Mita has no point of its own")
    towns = [stops.stop(item.code) for item in found.choices]
    assert {town.municipality_code for town in towns} == {"18020"}
    assert len(towns) <= TOWNS_OF_AN_AREA + 1


@pytest.mark.parametrize(("name", "code"), [("Durango", "10"), ("Jalisco", "14")])
def test_a_state_is_no_stop_but_its_largest_towns_are(name: str, code: str) -> None:
    found = find_stop(name, EN)
    assert found.sure == ""
    assert {stops.stop(item.code).state_code for item in found.choices} == {code}


def test_towns_on_the_mainland_are_not_offered_for_an_island() -> None:
    found = find_stop("Islas Marías", EN)
    assert (found.choices, found.line) == ((), "Name a town, an airport or a border crossing.")


def test_a_town_abroad_that_only_a_crossing_names_is_not_said_to_be_unknown() -> None:
    found = find_stop("Columbus", EN)
    assert "No place" not in found.line
    assert found.choices[0].code == "palomas-columbus"


def test_a_typing_error_is_told_and_takes_nothing() -> None:
    found = find_stop("Monterey", EN)
    assert (found.sure, found.choices[0].code) == ("", "geonames:3995465")
    assert "Did you mean Monterrey?" in found.line


def test_what_is_unknown_is_said_and_what_is_empty_is_not() -> None:
    assert find_stop("qqqqqq", EN).line.startswith("No place that we know is called")
    assert find_stop("  ", EN) == stop_search.StopFound("", "", ())


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_whatever_is_typed_each_choice_is_a_stop_and_stands_once(text: str, lang: str) -> None:
    found = find_stop(text, words(lang))
    offered = [item.code for item in found.choices]
    assert len(set(offered)) == len(offered) <= MOST_CHOICES
    assert all(stops.stop(code).state_code for code in offered)
    assert found.sure in {"", *offered}
