"""What names a place: its rules and exceptions first; silence is told, nothing worked out."""

from __future__ import annotations

from datetime import date

import pytest

from geo_app import advisories
from geo_app.places import all_places
from geo_app.records import LANGUAGES
from geo_app.search import finding
from geo_app.state_sheet.advice import foreign_advice, foreign_line
from geo_app.state_sheet.place_advice import PlaceBlock, about
from geo_app.text import words

NOW = date(2026, 11, 23)


def block(code: str, lang: str = "en", day: date = NOW) -> PlaceBlock | None:
    hit, say = finding.place_by_code(code, lang), words(lang)
    advice = next(one for one in advisories.history().on(day) if one.state_code == hit.state_code)
    lines = [foreign_line(item, say) for item in foreign_advice(hit.state_code, day)]
    return about(hit, advice, lines, say)


def lines(code: str, lang: str = "en", day: date = NOW) -> tuple[str, ...]:
    found = block(code, lang, day)
    assert found is not None
    return found.lines


def test_mazatlan_has_its_ways_and_the_exceptions_of_four_governments() -> None:
    told = lines("geonames:3996322")
    first = "United States, for its own employees, issue of 12 August 2025: Allowed only: Mazatlán"
    assert told[0] == f"{first}; by air or by sea."
    named = [line.split(":")[0] for line in told if "Mazatlán" in line]
    assert {"Canada", "United Kingdom", "Australia", "Ireland"} <= set(named)
    assert all("but not for" in line for line in told if line.startswith("Canada"))


def test_an_airport_stands_for_its_town() -> None:
    assert any("the airport of Mazatlán" in line for line in lines("icao:MMMZ"))
    assert any(line.startswith("Canada") for line in lines("icao:MMMZ"))


def test_what_other_governments_say_is_told_with_its_day_and_never_as_current() -> None:
    told = [line for line in lines("geonames:3996322") if line.startswith("Ireland")]
    assert told[0].endswith("not current: the last copy is of 22 August 2026.")


def test_a_town_is_known_by_its_usual_name_too() -> None:
    # The list calls it Taxco de Alarcón.
    assert any("Not allowed" in line and "Taxco" in line for line in lines("geonames:3516225"))


def test_a_place_that_nothing_names_is_said_to_be_named_by_nothing() -> None:
    small = next(
        item
        for item in all_places()
        if item.state_code == "25" and item.municipality_code == "25008" and item.population
    )
    told = lines(small.place_code)
    assert told[0] == "United States, issue of 12 August 2025: no rule that is held names it."
    # And yet a rule is about it.
    assert told[1].endswith("or the rest of it: Not allowed: the rest of the state.")
    assert told[-1].endswith("Canada, United Kingdom, Australia and Ireland.")


def test_rules_that_are_not_known_are_not_told_as_none() -> None:
    told = lines("geonames:3996322", day=date(2019, 6, 1))
    assert told[0] == "United States: the rules are not known for this day."


def test_a_part_of_a_word_is_no_name() -> None:
    # "Los Mochis" is named; a place called "Los" or "Mochi" would not be.
    told = " ".join(lines("geonames:3996322"))
    assert "Los Mochis" not in told.split("Canada")[0]


@pytest.mark.parametrize(
    ("airport", "rule"),
    [
        ("icao:MMAA", "Not allowed: the whole state (Acapulco, Zihuatanejo, Taxco and Ixtapa"),
        ("icao:MMZH", "Not allowed: the whole state (Acapulco, Zihuatanejo, Taxco and Ixtapa"),
        ("icao:MMLM", "Required: the airport of Los Mochis; by the direct way."),
        ("icao:MMZC", "Allowed only: Zacatecas City; by air."),
        ("icao:MMGL", "Allowed: Guadalajara, Puerto Vallarta"),
        ("icao:MMMM", "the airport of Morelia"),
    ],
)
def test_an_airport_in_another_municipality_stands_for_its_town(airport: str, rule: str) -> None:
    assert any(rule in line for line in lines(airport))


def test_a_rule_said_of_all_travellers_is_not_told_as_one_for_employees() -> None:
    told = lines("geonames:3996069", day=date(2024, 10, 1))
    of_all = [line for line in told if "said of all travelers" in line]
    assert of_all
    assert not [line for line in of_all if "for its own employees" in line]


def test_a_government_of_which_nothing_is_held_is_told_as_not_known() -> None:
    told = lines("geonames:3996322", day=date(2018, 2, 1))
    assert told[-1].startswith("Not known for this day: Canada")


def test_what_another_town_is_called_in_full_is_no_short_name() -> None:
    chapala = finding.place_by_code("geonames:3996322")
    assert not finding.is_called("Nowhere at all", chapala)


@pytest.mark.parametrize("code", ["state:25", "state:09"])
def test_a_state_needs_no_block_of_its_own(code: str) -> None:
    assert block(code) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_block_does_not_say_is_said(lang: str) -> None:
    found = block("name:punta-mita", lang)
    assert found is not None
    assert found.title.startswith("Punta ")
    assert found.note
