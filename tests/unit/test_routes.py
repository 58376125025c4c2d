"""Routes: the states crossed, the rules that speak of the way, and what is not known."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_app import shapes
from geo_app.advisories import history
from geo_app.errors import BadRequest
from geo_app.indicators import Status
from geo_app.restriction_terms import Hours
from geo_app.routes import graph as road_graph
from geo_app.routes import ways as routes
from geo_app.routes.records import LegKind, Route, Stretch
from tests.examples import examples
from tests.unit.routes_asked import CODES, EARLIER, TAKEN, asked, ways

GOLDEN = {
    ("Mexico City", "Taxco"): ("09", "17", "12"),
    ("Mazatlán", "Durango"): ("25", "10"),
    ("Monterrey", "Nuevo Laredo"): ("19", "28"),
    ("Tijuana", "Ensenada"): ("02",),
    ("Cancún", "Tulum"): ("23",),
    ("Guadalajara", "Puerto Vallarta"): ("14", "18", "14"),
    ("Nogales", "Hermosillo", "Guaymas"): ("26",),
    ("Mexico City", "Puebla", "Oaxaca"): ("09", "15", "21", "20"),
    ("San Luis Potosí", "Querétaro", "Mexico City"): ("24", "11", "22", "15", "13", "15", "09"),
    ("Guanajuato", "Celaya"): ("11",),
}


@pytest.mark.parametrize(("names", "states"), GOLDEN.items())
def test_a_route_crosses_its_states_in_order(
    names: tuple[str, ...], states: tuple[str, ...]
) -> None:
    found = asked(*names)
    assert found.states == states
    assert found.is_known
    assert not found.is_straight_line


@pytest.mark.parametrize("names", GOLDEN)
def test_a_route_back_crosses_the_same_states_in_reverse(names: tuple[str, ...]) -> None:
    assert asked(*reversed(names)).states == asked(*names).states[::-1]


@pytest.mark.parametrize(
    ("names", "roads"),
    [
        (("Mexico City", "Taxco"), ("95", "95D")),
        (("Mazatlán", "Durango"), ("15", "15D", "40D")),
        (("Monterrey", "Nuevo Laredo"), ("85", "85D")),
        (("Tijuana", "Ensenada"), ("1", "1D")),
        (("Guanajuato", "Celaya"), ("110", "45", "45D")),
    ],
)
def test_a_route_names_its_roads(names: tuple[str, ...], roads: tuple[str, ...]) -> None:
    assert asked(*names).roads == roads


def stretch(route: Route, code: str) -> Stretch:
    (found,) = [item for item in route.stretches if item.state_code == code]
    return found


def test_the_towns_of_a_state_stand_with_it() -> None:
    found = asked("Mexico City", "Taxco")
    assert stretch(found, "17").towns == ("Tres Marías", "Cuernavaca", "Puente de Ixtla")
    assert stretch(found, "12").towns == ("Taxco",)


@pytest.mark.parametrize("day", [TAKEN, EARLIER])
def test_tamaulipas_names_the_toll_road_from_monterrey_by_daylight(day: date) -> None:
    rules = stretch(asked("Monterrey", "Nuevo Laredo", day=day), "28").rules
    assert rules is not None
    (found,) = rules.road_rules
    assert (found.road, found.hours) == (("85D",), Hours.DAYLIGHT)
    assert found in rules.place_rules
    assert found in rules.hour_rules
    assert any("interior highways" in rule.road for rule in rules.state_rules)


def test_sinaloa_names_mazatlan_and_the_rest_of_the_state() -> None:
    rules = stretch(asked("Mazatlán", "Durango"), "25").rules
    assert rules is not None
    assert [rule.number for rule in rules.place_rules] == [1, 2, 4]
    assert [rule.place for rule in rules.state_rules] == [("rest of state",)]
    assert [rule.number for rule in rules.other_rules] == [3, 5, 6, 7]


def test_durango_draws_a_part_and_whether_the_way_lies_in_it_is_left_open() -> None:
    rules = stretch(asked("Mazatlán", "Durango"), "10").rules
    assert rules is not None
    assert [rule.place for rule in rules.part_rules] == [("west and south of 45",)]
    assert rules.road_rules == ()


def test_guerrero_names_the_whole_state_and_taxco() -> None:
    rules = stretch(asked("Mexico City", "Taxco"), "12").rules
    assert rules is not None
    assert rules.state_rules == rules.place_rules != ()


@pytest.mark.parametrize("day", [TAKEN, EARLIER])
def test_guanajuato_names_the_toll_road_45(day: date) -> None:
    rules = stretch(asked("Guanajuato", "Celaya", day=day), "11").rules
    assert rules is not None
    assert any(rule.road == ("45D",) for rule in rules.road_rules)


@pytest.mark.parametrize("day", [TAKEN, EARLIER])
def test_sonora_names_the_road_from_nogales_to_hermosillo_by_daylight(day: date) -> None:
    rules = stretch(asked("Nogales", "Hermosillo", "Guaymas", day=day), "26").rules
    assert rules is not None
    daylight = [rule for rule in rules.road_rules if rule.hours == Hours.DAYLIGHT]
    assert [rule.place for rule in daylight] == [("between Nogales and Hermosillo",)]


def test_a_crossing_brings_the_rules_that_name_its_port_of_entry() -> None:
    route = routes.check(["piedras-negras-eagle-pass", CODES["Monterrey"]], TAKEN)
    rules = stretch(route, "05").rules
    assert rules is not None
    assert any("port of entry Eagle Pass" in rule.road for rule in rules.place_rules)


def test_the_rules_for_the_whole_country_are_those_of_the_issue_in_force() -> None:
    found = asked("Mexico City", "Taxco", day=EARLIER)
    assert found.country_issued == EARLIER
    assert found.country_rules is not None
    assert len(found.country_rules) == 8
    later = asked("Mexico City", "Taxco", day=date(2026, 6, 1))
    assert later.country_issued == date(2026, 5, 29)
    assert later.country_rules is not None
    assert len(later.country_rules) == 4


def test_rules_of_an_issue_that_was_not_read_are_not_known_and_not_none() -> None:
    found = asked("Mexico City", "Taxco", day=date(2020, 1, 1))
    assert found.country_rules is None
    assert [item.rules for item in found.stretches] == [None, None, None]


def test_the_worst_level_names_its_states_once_each() -> None:
    found = asked("Mexico City", "Taxco")
    assert found.worst_level == 4
    assert [one.state_code for one in found.worst] == ["12"]
    twice = asked("Guadalajara", "Puerto Vallarta")
    assert [one.state_code for one in twice.worst] == ["14"]


def test_the_worst_level_keeps_its_status_where_a_newer_issue_states_none() -> None:
    found = asked("Mexico City", "Taxco", day=date(2026, 6, 1))
    assert found.worst_level == 4
    assert [one.status for one in found.worst] == [Status.LAST_STATED]


def test_before_the_first_issue_no_level_is_worst_and_all_are_unknown() -> None:
    found = asked("Mexico City", "Taxco", day=date(2017, 1, 1))
    assert (found.worst_level, found.worst) == (None, ())
    assert found.unknown_states == ("09", "17", "12")
    assert found.country_issued is None


def test_free_and_toll_road_are_two_ways() -> None:
    found = ways("Mazatlán", "Durango")
    assert [item.road_groups[-1] for item in found] == [("40D",), ("40",)]


def test_other_corridors_are_other_ways() -> None:
    found = ways("Mexico City", "Acapulco")
    assert [item.road_groups[1] for item in found[:2]] == [("95D",), ("95",)]
    assert {item.states for item in found} == {("09", "17", "12"), ("09", "15", "12")}


def test_the_ways_through_several_stops_are_few_and_different() -> None:
    found = ways("Mexico City", "Puebla", "Oaxaca", "Acapulco")
    assert 1 < len(found) <= road_graph.MOST_WAYS
    assert len({(item.road_groups, item.states) for item in found}) == len(found)
    assert all([stop.name for stop in item.stops][1:3] == ["Puebla", "Oaxaca"] for item in found)


def test_a_stop_off_the_corridors_is_joined_and_the_way_to_it_is_not_known() -> None:
    found = asked("Cancún airport", "Tulum")
    assert [leg.kind for leg in found.legs][:2] == [LegKind.ACCESS, LegKind.CORRIDOR]
    assert (found.is_known, found.is_straight_line) == (False, False)
    assert found.roads == ("307",)


def test_a_stop_beside_its_corridor_town_is_one_leg_that_is_not_known() -> None:
    (leg,) = asked("Mexico City airport", "Mexico City").legs
    assert (leg.kind, leg.states) == (LegKind.ACCESS, ("09",))
    (back,) = asked("Mexico City", "Mexico City airport").legs
    assert back.kind is LegKind.ACCESS


def test_two_stops_beside_one_corridor_town_have_a_straight_line_between_them() -> None:
    found = routes.check(["icao:MMMX", "geonames:3526700"], TAKEN)
    (leg,) = found.legs
    assert (leg.kind, leg.states) == (LegKind.STRAIGHT, ("09",))


def test_outside_the_corridors_only_the_straight_line_is_known() -> None:
    found = asked("Ceibo", "Zacatecas")
    assert found.is_straight_line
    assert not found.is_known
    assert not found.has_no_road
    assert found.roads == ()
    assert (found.states[0], found.states[-1]) == ("27", "32")


def test_a_part_may_be_known_and_another_not() -> None:
    found = asked("Palomas", "Monterrey", "Nuevo Laredo")
    assert [leg.kind for leg in found.legs][:2] == [LegKind.STRAIGHT, LegKind.CORRIDOR]
    assert found.is_straight_line
    assert found.roads == ("85", "85D")


@pytest.mark.parametrize("names", [("Cozumel airport", "Cancún"), ("Cancún", "Cozumel airport")])
def test_to_an_island_no_road_is_known(names: tuple[str, str]) -> None:
    found = asked(*names)
    assert found.has_no_road
    assert found.is_straight_line
    assert found.states == ("23",)


def test_where_no_corridor_joins_two_nets_the_line_is_straight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(road_graph.Net, "ways", lambda *_: ())
    found = asked("Mexico City", "Taxco")
    assert [leg.kind for leg in found.legs] == [LegKind.STRAIGHT]
    assert found.states == ("09", "15", "17", "15", "12")


@pytest.mark.parametrize("codes", [[], [CODES["Taxco"]], [CODES["Taxco"], CODES["Puebla"]] * 4])
def test_too_few_or_too_many_stops_are_refused(codes: list[str]) -> None:
    with pytest.raises(BadRequest, match=r"a route has a start, .* expected 2 to 6 stops"):
        routes.check(codes, TAKEN)


@pytest.mark.parametrize("last", ["Laredo", "Nuevo Laredo"])
def test_the_same_place_twice_is_refused(last: str) -> None:
    with pytest.raises(BadRequest, match="two stops that follow each other are the same place"):
        asked("Nuevo Laredo", last)


def test_an_unknown_stop_is_refused() -> None:
    with pytest.raises(BadRequest, match="no such stop of a route"):
        routes.check(["nowhere", CODES["Taxco"]], TAKEN)


def test_a_day_after_the_last_reading_is_refused() -> None:
    with pytest.raises(BadRequest, match="nothing is known of this day"):
        asked("Mexico City", "Taxco", day=date(2100, 1, 1))


def test_a_route_says_what_history_says() -> None:
    advised = {item.state_code: item for item in history().on(TAKEN)}
    for item in asked("Mexico City", "Puebla", "Oaxaca").stretches:
        assert item.advice == advised[item.state_code]


TOWNS = st.sampled_from([town.code for town in road_graph.net().towns])


@examples(60)
@given(TOWNS, TOWNS)
def test_any_two_towns_of_the_net_are_joined_through_neighbouring_states(
    first: str, last: str
) -> None:
    if first == last:
        return
    there, back = routes.check([first, last], TAKEN), routes.check([last, first], TAKEN)
    assert there.is_known
    assert there.states == back.states[::-1]
    assert all(one != other for one, other in pairwise(there.states))
    frame = shapes.load_states().geometry
    assert all(
        shapely.intersects(frame[one], frame[other]) for one, other in pairwise(there.states)
    )


@examples(40)
@given(TOWNS, TOWNS)
def test_no_other_way_is_shorter_or_much_longer_than_the_first(first: str, last: str) -> None:
    if first == last:
        return
    lengths = [routes._km(item.legs) for item in routes.alternatives([first, last], TAKEN)]
    assert lengths == sorted(lengths)
    assert lengths[-1] <= road_graph.DETOUR * lengths[0] + 1e-6


def test_a_check_is_quick_once_the_files_are_read() -> None:
    asked("Tijuana", "Cancún")
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        asked("Mexico City", "Taxco")
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.2
