"""The list of corridors: read whole or refused, and every leg where its road is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import shapely

from geo_app import checks, shapes
from geo_app.errors import TableInvalid
from geo_app.routes import corridors, stops, straight_lines
from geo_app.routes import graph as road_graph
from geo_app.routes.corridors import Toll
from tests.unit.conftest import BrokenData

HEADER = ",".join(corridors.COLUMNS)
FIRST = "a-b,95|95D,both,1,geonames:1,Iguala"
SECOND = "a-b,95|95D,both,2,geonames:2,Taxco"

UNNAMED_STATES = {("70|80", "Villa de Arriaga", "Ojuelos"): ("24", "32", "14")}
"""The one leg that passes a state in which no listed town lies on the road."""


def written(folder: Path, *lines: str) -> Path:
    path = folder / "corridors.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_corridor_is_read(tmp_path: Path) -> None:
    (found,) = corridors.read(written(tmp_path, FIRST, SECOND))
    assert (found.roads, found.toll) == (("95", "95D"), Toll.BOTH)
    assert found.towns == ("Iguala", "Taxco")
    assert found.legs == (("geonames:1", "geonames:2"),)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((FIRST + ",x", SECOND), "line 2: wrong number of cells: expected 6, got 7"),
        ((FIRST.replace("Iguala", ""), SECOND), "line 2: an empty cell"),
        ((FIRST.replace("95|95D", "Sol"), SECOND), "line 2: .* or a road that has no number"),
        ((FIRST.replace("both", "some"), SECOND), "line 2: an unknown word of toll: .*got some"),
        ((FIRST,), "a-b: the towns of a corridor are not two or more with the numbers 1, 2…"),
        ((FIRST, SECOND.replace(",2,", ",3,")), "the numbers 1, 2…: got 1, 3"),
        ((FIRST, SECOND.replace("95|95D", "95")), "a-b: a corridor with two roads or tolls"),
        (
            (FIRST.replace("a-b", "z"), SECOND.replace("a-b", "z"), FIRST, SECOND),
            "or the list is not sorted by code; sort the lines by code, a corridor once",
        ),
        (
            (FIRST, SECOND, FIRST.replace("a-b", "c-d"), SECOND.replace("a-b", "c-d")),
            "c-d: a leg stands twice, .* got geonames:1 and geonames:2",
        ),
        (
            (FIRST, SECOND.replace("geonames:2", "geonames:1")),
            "a leg stands twice, or leads from a town to itself",
        ),
        (
            (
                *(FIRST, SECOND, FIRST.replace("a-b", "c-d").replace("Iguala", "Cocula")),
                "c-d,95|95D,both,2,geonames:3,Apaxtla",
            ),
            "a town has two names: got Cocula and Iguala",
        ),
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        corridors.read(written(tmp_path, *lines))


def test_a_list_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corridors.csv"
    path.write_text("road\n95\n", encoding="utf-8")
    with pytest.raises(TableInvalid, match="wrong columns: expected corridor_code"):
        corridors.read(path)


def test_the_shipped_list_has_the_main_roads() -> None:
    roads = {road for item in corridors.all_corridors() for road in item.roads}
    main = {"1", "1D", "2", "15", "15D", "40", "40D", "45", "45D", "49", "54D", "57", "57D", "70"}
    south = {"85", "85D", "95", "95D", "132D", "135D", "150D", "180D", "186", "190", "200", "307"}
    assert main | south <= roads


def test_a_corridor_is_named_after_no_other_town_than_its_own() -> None:
    for item in corridors.all_corridors():
        assert len(set(item.place_codes)) == len(item.place_codes), item.corridor_code


def all_legs() -> list[road_graph.Leg]:
    net = road_graph.net()
    towns = {town.code: number for number, town in enumerate(net.towns)}
    return [
        net._leg(towns[first], towns[last])
        for item in corridors.all_corridors()
        for first, last in item.legs
    ]


def test_the_states_of_every_leg_are_neighbours() -> None:
    frame = shapes.load_states()
    touching = {
        (one, other): shapely.intersects(frame.geometry[one], frame.geometry[other])
        for leg in all_legs()
        for one, other in pairwise(leg.states)
    }
    assert [pair for pair, touch in touching.items() if not touch] == []


def test_no_leg_passes_a_third_state_but_the_one_that_is_known() -> None:
    third = {
        ("|".join(leg.corridor.roads), leg.first.name, leg.last.name): leg.states
        for leg in all_legs()
        if len(leg.states) > len({leg.first.state_code, leg.last.state_code})
    }
    reversed_names = {
        (road, last, first): tuple(reversed(codes))
        for (road, first, last), codes in UNNAMED_STATES.items()
    }
    assert third in (UNNAMED_STATES, reversed_names)


def test_no_leg_is_so_long_that_its_line_says_little() -> None:
    longest = max(straight_lines.length_km(leg.first.point, leg.last.point) for leg in all_legs())
    assert longest < 290


def test_every_corridor_hangs_together_with_the_others() -> None:
    from scipy.sparse.csgraph import connected_components

    count, _ = connected_components(road_graph.net().km)
    assert count == 1


def test_check_names_a_town_that_is_in_no_list(broken: BrokenData) -> None:
    broken.edit(corridors.FILE, "geonames:3516225,Taxco", "geonames:0,Taxco")
    found = list(checks.check_corridors())
    assert any("Taxco ('geonames:0') is not a place in a state" in line for line in found)


def test_a_net_with_a_town_that_is_in_no_list_is_refused(broken: BrokenData) -> None:
    path = broken.data / corridors.FILE
    text = path.read_text(encoding="utf-8")
    broken.write(corridors.FILE, text.replace("geonames:3516225", "geonames:0"))
    with pytest.raises(TableInvalid, match=r"Taxco \('geonames:0'\) is not a place in a state"):
        road_graph.net()


def test_the_shipped_lists_have_no_fault() -> None:
    assert list(corridors.faults(stops.listed())) == []
