"""A route in plain sentences: nothing known is lost, nothing unknown is hidden."""

from __future__ import annotations

from datetime import date

import pytest

from geo_app.restriction_words import sentence
from geo_app.routes.words import RouteText, route_text
from geo_app.text import words
from tests.unit.routes_asked import TAKEN, asked


def told(*names: str, lang: str = "en", day: date = TAKEN) -> RouteText:
    return route_text(asked(*names, day=day), words(lang))


@pytest.mark.parametrize(
    ("lang", "title", "states"),
    [
        (
            "en",
            "Highways 95/95D → Highway 95",
            "States on this way, in order: Mexico City → Morelos → Guerrero.",
        ),
        (
            "es",
            "Las carreteras 95/95D → la carretera 95",
            "Estados en este camino, en orden: Ciudad de México → Morelos → Guerrero.",
        ),
    ],
)
def test_a_route_is_named_by_its_roads_and_its_states(lang: str, title: str, states: str) -> None:
    found = told("Mexico City", "Taxco", lang=lang)
    assert (found.title, found.states, found.warnings) == (title, states, ())


def test_the_worst_level_stands_with_its_state_and_status() -> None:
    found = told("Mexico City", "Taxco", day=date(2026, 6, 1))
    (line,) = found.worst
    assert line.startswith("Highest US level on this way, as of 1 June 2026: level 4,")
    assert line.endswith("States: Guerrero (last stated, not current).")


def test_unknown_levels_are_said() -> None:
    found = told("Mexico City", "Taxco", day=date(2017, 1, 1))
    (line,) = found.worst
    assert line.startswith("Take care: the level of these states on the way is not known:")
    assert line.endswith(": Mexico City, Morelos, Guerrero.")
    assert found.country.title == "The rules for the whole country are not known for this day."


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    "names",
    [("Monterrey", "Nuevo Laredo"), ("Nogales", "Guaymas"), ("Mazatlán", "Durango")],
)
def test_each_rule_of_a_state_is_said_once(names: tuple[str, str], lang: str) -> None:
    route, say = asked(*names), words(lang)
    for stretch, block in zip(route.stretches, route_text(route, say).blocks, strict=True):
        said = [rule for group in block.groups for rule in group.rules]
        assert sorted(said) == sorted(sentence(r, say) for r in stretch.advice.restrictions or ())
        assert block.advice.rules == ()


def test_a_rule_stands_under_the_road_that_it_names() -> None:
    tamaulipas = told("Monterrey", "Nuevo Laredo").blocks[1]
    assert tamaulipas.title == "2. Tamaulipas"
    assert tamaulipas.groups[0].title == "Rules that name a road of this way"
    assert "Highway 85D" in tamaulipas.groups[0].rules[0]
    assert "Level 4" in tamaulipas.advice.figure


@pytest.mark.parametrize(
    ("names", "day", "expected"),
    [
        (("Monterrey", "Nuevo Laredo"), TAKEN, "are held for: Tamaulipas."),
        (
            ("Mazatlán", "Durango"),
            TAKEN,
            "names hours. Rules for the whole",
        ),
        (
            ("Mazatlán", "Durango"),
            date(2020, 1, 1),
            "names hours for: Sinaloa and Durango.",
        ),
    ],
)
def test_hours_are_pointed_at_or_said_to_be_unknown(
    names: tuple[str, str], day: date, expected: str
) -> None:
    assert expected in told(*names, day=day).hours


def test_a_state_without_a_rule_says_so() -> None:
    (block,) = told("Cancún", "Tulum").blocks
    assert [group.title for group in block.groups] == [
        "The official text gives no rule for this state."
    ]


def test_rules_that_were_not_read_are_not_known() -> None:
    (block,) = told("Cancún", "Tulum", day=date(2020, 1, 1)).blocks
    assert [group.title for group in block.groups] == [
        "The rules for this state are not known for this day."
    ]


def test_a_way_that_is_not_known_is_said_with_both_ends() -> None:
    found = told("Cancún airport", "Tulum")
    assert found.title == "Highway 307, and a part of which the road is not known here"
    assert found.warnings[0].startswith(
        "The way between Aeropuerto Internacional de Cancún and Cancún is not known here."
    )
    assert "A part of the way here is not known." in found.blocks[0].lines


def test_a_straight_line_is_marked_as_such() -> None:
    found = told("Palomas", "Mexico City")
    assert found.title == "Straight line: the road is not known here"
    assert "to Mexico City, so the way is not known here" in found.warnings[0]
    assert any("passes through here; no town" in line for b in found.blocks for line in b.lines)


def test_an_island_has_no_road() -> None:
    assert told("Cozumel airport", "Cancún").warnings[0].startswith("No road is known between")


def test_a_crossing_with_a_town_nearby_says_which() -> None:
    found = told("Ceibo", "Zacatecas")
    assert found.warnings[0].endswith("The nearest listed town stands for it: Tenosique.")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_limits_name_the_distance_and_no_length_of_a_road(lang: str) -> None:
    found = told("Tijuana", "Cancún", lang=lang)
    assert len(found.limits) == 3
    assert " 30 kil" in found.limits[1]
    everything = [found.title, found.states, *found.warnings, *found.worst]
    assert not any("km" in line or "kil" in line for line in everything)
