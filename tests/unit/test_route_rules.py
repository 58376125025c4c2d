"""Rules of a state sorted by what they say of a way: none is lost."""

from __future__ import annotations

from datetime import date

import pytest

from geo_app import advisories
from geo_app.restriction_terms import Mode, Rule, Who
from geo_app.restrictions import Restriction
from geo_app.routes.rules import StateRules, plain, sorted_rules


def rule(
    number: int = 1,
    place: tuple[str, ...] = (),
    road: tuple[str, ...] = (),
    hours: str = "",
) -> Restriction:
    return Restriction(number, Who.EMPLOYEES, Rule.NOT_ALLOWED, place, road, (Mode.CAR,), hours, ())


def sort(item: Restriction) -> StateRules:
    return sorted_rules([item], {"15", "40D"}, {"Heroica Guaymas", "Eagle Pass"}, {"Zaragoza"})


@pytest.mark.parametrize(
    ("item", "group"),
    [
        (rule(road=("15D",)), "road_rules"),
        (rule(road=("40",)), "road_rules"),
        (rule(place=("south of 15",)), "road_rules"),
        (rule(place=("Guaymas",)), "place_rules"),
        (rule(place=("airport of Guaymas",)), "place_rules"),
        (rule(place=("between Empalme and Guaymas",)), "place_rules"),
        (rule(place=("municipality of Zaragoza",)), "place_rules"),
        (rule(place=("Nava",), road=("port of entry Eagle Pass",)), "place_rules"),
        (rule(place=("Nava",), hours="daylight"), "hour_rules"),
        (rule(place=("whole state",)), "state_rules"),
        (rule(place=("rest of state", "Nava")), "state_rules"),
        (rule(), "state_rules"),
        (rule(place=("between cities",), road=("interior highways",)), "state_rules"),
        (rule(road=("interior highways",)), "state_rules"),
        (rule(place=("west and south of 45",)), "part_rules"),
        (rule(place=("bounded by 53 and 23",)), "part_rules"),
        (rule(place=("Zaragoza",)), "other_rules"),
        (rule(road=("515",)), "other_rules"),
    ],
)
def test_a_rule_is_in_the_group_of_what_it_names(item: Restriction, group: str) -> None:
    found = sort(item)
    assert getattr(found, group) == (item,)
    assert (item in found.other_rules) == (group == "other_rules")


def test_a_rule_may_stand_in_several_groups() -> None:
    item = rule(place=("between Nogales and Guaymas",), road=("15",), hours="daylight")
    found = sort(item)
    assert found.road_rules == found.place_rules == found.hour_rules == (item,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ciudad Acuña", "Acuña"),
        ("Mexico City", "Ciudad de México"),
        ("Chihuahua City", "Chihuahua"),
        ("Heroica Ciudad de Juchitán", "Juchitán"),
    ],
)
def test_two_spellings_of_a_town_are_one(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize("day", [date(2024, 9, 6), date(2025, 8, 12)])
def test_no_rule_of_any_state_is_lost(day: date) -> None:
    for advice in advisories.history().on(day):
        held = advice.restrictions or ()
        found = sorted_rules(held, {"15", "45D"}, {"Nogales", "Celaya"}, set())
        groups = (getattr(found, name) for name in StateRules.__dataclass_fields__)
        assert {item for group in groups for item in group} == set(held)
