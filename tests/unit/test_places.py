"""The list of places: read and checked, and each where its point lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_app import checks, places
from geo_app.errors import TableInvalid
from tests.unit.conftest import BrokenData

HEADER = ",".join(places.COLUMNS)
TOWN = "geonames:1,town,León,,21.12908,-101.67374,1579803,11,11020,geonames"
AIRPORT = "icao:MMUN,airport,Cancún,CUN,21.0365,-86.8771,,23,23005,ourairports|airportsdata"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "places.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_list_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = written(tmp_path, TOWN, AIRPORT)
    assert places.to_csv(places.read(path)) == path.read_text(encoding="utf-8")


def test_a_place_is_read(tmp_path: Path) -> None:
    (found,) = places.read(written(tmp_path, AIRPORT))
    assert (found.kind, found.iata, found.population, found.listed_by) == (
        "airport",
        "CUN",
        None,
        ("ourairports", "airportsdata"),
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((TOWN, TOWN), "a place stands twice"),
        ((TOWN + ",x",), "line 2: wrong number of cells: expected 10, got 11"),
        ((TOWN.replace("town", "village"),), "line 2: an unknown kind, state or municipality"),
        ((TOWN.replace("León", ""),), "or a place without a code or a name"),
        ((TOWN.replace(",11,", ",40,"),), "line 2: an unknown kind, state or municipality"),
        ((TOWN.replace(",11,", ",12,"),), "line 2: an unknown kind, state or municipality"),
        ((TOWN.replace(",11,", ",,"),), "line 2: an unknown kind, state or municipality"),
        ((TOWN.replace("León,,", "León,BJX,"),), "line 2: an unknown kind"),
        ((TOWN.replace("21.12908", "north"),), "line 2: not a point: .* got 'north'"),
        ((TOWN.replace("-101.67374", "nan"),), "line 2: not a point"),
        ((TOWN.replace("1579803", "0"),), "line 2: not a number of inhabitants: .* got '0'"),
        ((TOWN.replace("1579803", "-1"),), "line 2: not a number of inhabitants"),
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        places.read(written(tmp_path, *lines))


def test_a_list_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("name\nLeón\n", encoding="utf-8")
    with pytest.raises(TableInvalid, match="wrong columns: expected place_code"):
        places.read(path)


@pytest.mark.parametrize(
    ("point", "area"),
    [
        ((21.12908, -101.67374), ("11", "11020")),
        ((19.5, -110.5), ("", "")),
        ((25.79, -80.29), ("", "")),
    ],
)
def test_a_point_is_in_the_area_whose_shape_holds_it(
    point: tuple[float, float], area: tuple[str, str]
) -> None:
    assert places.locate([point]) == [area]


def test_every_shipped_place_is_where_its_point_lies() -> None:
    assert list(places.misplaced(places.all_places())) == []


def test_check_names_a_place_that_is_listed_elsewhere(broken: BrokenData) -> None:
    lines = (broken.data / places.FILE).read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith("icao:MMMX,")]
    broken.edit(places.FILE, line, line.replace(",09,09017,", ",15,15058,"))
    (fault,) = checks.check_places()
    assert "icao:MMMX: listed in '15', '15058', its point lies in ('09'" in fault
