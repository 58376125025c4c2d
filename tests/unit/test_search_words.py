"""What a search found, in words: places of one name are told apart, errors and borders are told."""

from __future__ import annotations

from collections import Counter

import pytest

from geo_app.records import LANGUAGES
from geo_app.search import finding
from geo_app.search.words import details, here_line, hit_line, outcome_line
from geo_app.text import words


def told(text: str, lang: str = "en") -> tuple[str, list[str]]:
    found = finding.find(text, lang)
    return outcome_line(found, words(lang)), [hit_line(hit, words(lang)) for hit in found.hits]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["Progreso", "San Pedro", "Guadalupe", "San Miguel", "Benito Juárez"]
)
def test_two_places_of_one_name_are_never_told_alike(name: str, lang: str) -> None:
    found = finding.find(name, lang)
    lines = [hit_line(hit, words(lang)) for hit in (*found.hits, *found.others)]
    assert [line for line, count in Counter(lines).items() if count > 1] == []


def test_a_resort_is_told_with_the_municipality_that_has_another_name() -> None:
    assert told("Cancun")[1] == ["Cancún: town in the municipality of Benito Juárez, Quintana Roo"]
    assert told("cancun", "es")[1] == [
        "Cancún: localidad en el municipio de Benito Juárez, Quintana Roo"
    ]


def test_an_area_names_all_its_municipalities() -> None:
    line = told("Riviera Maya", "es")[1][0]
    assert "en los municipios de Puerto Morelos, Solidaridad y Tulum, Quintana Roo" in line


def test_an_airport_has_its_letters() -> None:
    assert told("pvr")[1][0].endswith("Puerto Vallarta, Jalisco, code PVR")


def test_an_area_of_two_states_names_both() -> None:
    assert told("Comarca Lagunera", "es")[1] == ["Comarca Lagunera: zona en Coahuila y Durango"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Mazatlna", "Nothing here is called “Mazatlna”. Did you mean Mazatlán?"),
        ("El Paso", "El Paso (United States) is outside Mexico. This atlas holds Mexico alone."),
        ("15, -100", "15, -100 lies in no Mexican state: it is in the sea or in another country."),
        ("Progreso", "More than one place may be meant. Which one?"),
        ("pvr", ""),
        ("", ""),
    ],
)
def test_what_became_of_a_text_is_told(text: str, line: str) -> None:
    assert told(text)[0] == line


def test_a_text_that_was_cut_is_told_as_cut() -> None:
    assert told("x" * 10_000)[0].startswith(
        "That is very long, so only its beginning was read: “xx"
    )


def test_inhabitants_are_told_with_what_is_not_known_of_them() -> None:
    (hit,) = finding.find("Mazatlán").hits
    assert here_line(hit, words("en")).endswith(
        "inhabitants in the list of places, of no stated year."
    )


def test_a_state_needs_no_state_beside_it() -> None:
    assert details(finding.place_by_code("state:25"), words("es")) == "estado"
