"""The list of the survey's cities: read back as written, refused where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_app import cities, paths
from geo_app.cities import City, CityNote
from geo_app.errors import BadRequest, TableInvalid

LIST = (
    City("07", "La Laguna", "05", ("05", "10"), 25.54389, -103.41898, CityNote.SPANS_STATES),
    City("15", "CDMX Región Norte", "09", ("09",), None, None, CityNote.RETIRED),
)


def read(folder: Path, text: str) -> tuple[City, ...]:
    path = folder / cities.FILE
    path.write_text(text, encoding="utf-8")
    return cities.read(path)


def test_a_list_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    assert read(tmp_path, cities.to_csv(LIST[::-1])) == LIST


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("lat,lon", "x,y"), "cities.csv: wrong columns"),
        (("15,CDMX", "07,CDMX"), "a city stands twice"),
        ((",retired", ""), "line 3: wrong number of cells: expected 7, got 6"),
        (("05|10", "05|33"), "line 2: an unknown state or note"),
        (("05,05|10", "05,10"), "line 2: an unknown state or note"),
        (("retired", "gone"), "line 3: an unknown state or note"),
        (("25.54389", "north"), "line 2: not a coordinate: expected degrees, got 'north'"),
        (("25.54389", "nan"), "line 2: not a coordinate"),
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        read(tmp_path, cities.to_csv(LIST).replace(*change))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    (data / cities.FILE).write_text(cities.to_csv(LIST), encoding="utf-8")
    paths.write_registry(data)
    monkeypatch.setenv("GEO_APP_DATA", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("home")
def test_a_city_is_found_by_its_code() -> None:
    assert cities.city("07").state_codes == ("05", "10")


@pytest.mark.usefixtures("home")
def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"no such city code: .* got '7'"):
        cities.city("7")
