"""A code becomes a named point in a state, or a clear refusal."""

from __future__ import annotations

import pytest

from geo_app import places
from geo_app.errors import BadRequest
from geo_app.routes import stops
from geo_app.routes.stops import StopKind
from tests.unit.conftest import BrokenData


def test_an_airport_is_a_stop() -> None:
    found = stops.stop("icao:MMPR")
    assert (found.kind, found.state_code) == (StopKind.AIRPORT, "14")


def test_a_town_on_a_corridor_has_its_usual_name_and_keeps_the_listed_one() -> None:
    found = stops.stop("geonames:3516225")
    assert (found.kind, found.name) == (StopKind.TOWN, "Taxco")
    assert found.spellings == ("Taxco", "Taxco de Alarcón")


def test_a_crossing_has_the_point_of_its_mexican_town_and_the_names_of_both() -> None:
    found, town = stops.stop("nuevo-laredo-laredo"), stops.stop("geonames:3522551")
    assert (found.kind, found.point, found.place_code) == (
        StopKind.CROSSING,
        town.point,
        town.place_code,
    )
    assert {"Nuevo Laredo", "Laredo"} <= set(found.spellings)
    assert not found.is_nearby


def test_a_crossing_whose_town_is_not_listed_says_so() -> None:
    assert stops.stop("tenosique-el-ceibo").is_nearby


@pytest.mark.parametrize("code", ["", "geonames:1", "tijuana", "<script>"])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(BadRequest, match="no such stop of a route: expected the code of a town"):
        stops.stop(code)


def test_a_place_in_no_state_is_refused(broken: BrokenData) -> None:
    lines = (broken.data / places.FILE).read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith("icao:MMPR,")]
    broken.edit(places.FILE, line, line.replace(",14,14067,", ",,,"))
    with pytest.raises(BadRequest, match=r"lies in no Mexican state: .*choose a place on land"):
        stops.stop("icao:MMPR")


def test_towns_come_in_the_order_of_their_codes() -> None:
    codes = ["geonames:3516225", "geonames:3522551"]
    assert [item.code for item in stops.towns(codes)] == codes
