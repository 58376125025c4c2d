"""The list of border crossings: twenty pairs of towns, read whole or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_app import checks
from geo_app.errors import TableInvalid
from geo_app.routes import crossings, stops
from geo_app.routes.crossings import MexicanPoint
from tests.unit.conftest import BrokenData

HEADER = ",".join(crossings.COLUMNS)
LINE = "tecate-tecate,Tecate and Tecate,geonames:3982266,town,Tecate,US"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "crossings.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_crossing_is_read(tmp_path: Path) -> None:
    (found,) = crossings.read(written(tmp_path, LINE))
    assert (found.mexican_place, found.mexican_point) == ("geonames:3982266", MexicanPoint.TOWN)
    assert (found.other_town, found.other_country) == ("Tecate", "US")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((LINE, LINE), "a crossing stands twice, or the list is not sorted by code"),
        ((LINE, LINE.replace("tecate-tecate", "a-b")), "not sorted by code"),
        ((LINE + ",x",), "line 2: wrong number of cells: expected 6, got 7"),
        ((LINE.replace(",US", ",CA"),), "line 2: an empty cell, or an unknown country"),
        ((LINE.replace(",town,", ",bridge,"),), "unknown country or kind of point"),
        ((LINE.replace("geonames:3982266", ""),), "line 2: an empty cell"),
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        crossings.read(written(tmp_path, *lines))


def test_a_list_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crossings.csv"
    path.write_text("name\nTecate\n", encoding="utf-8")
    with pytest.raises(TableInvalid, match="wrong columns: expected crossing_code"):
        crossings.read(path)


def test_twenty_crossings_are_shipped_on_both_borders() -> None:
    found = crossings.all_crossings()
    assert len(found) == 20
    assert {item.other_country for item in found} == {"BZ", "GT", "US"}


@pytest.mark.parametrize(
    ("code", "state_code"),
    [
        ("tijuana-san-diego", "02"),
        ("nogales-nogales", "26"),
        ("ciudad-juarez-el-paso", "08"),
        ("piedras-negras-eagle-pass", "05"),
        ("nuevo-laredo-laredo", "28"),
        ("talisman-el-carmen", "07"),
        ("tenosique-el-ceibo", "27"),
        ("subteniente-lopez-santa-elena", "23"),
    ],
)
def test_a_crossing_is_in_the_state_of_its_mexican_town(code: str, state_code: str) -> None:
    assert stops.stop(code).state_code == state_code


def test_only_a_crossing_without_a_listed_town_has_the_point_of_a_nearby_one() -> None:
    nearby = [
        item.crossing_code
        for item in crossings.all_crossings()
        if item.mexican_point is MexicanPoint.NEARBY
    ]
    assert nearby == ["tenosique-el-ceibo"]


def test_check_names_a_crossing_without_a_listed_town(broken: BrokenData) -> None:
    broken.edit(crossings.FILE, "geonames:3982266", "geonames:0")
    (fault,) = checks.check_crossings()
    assert fault == "crossings.csv tecate-tecate: the place 'geonames:0' is not in a state"
