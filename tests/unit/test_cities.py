"""The cities of the urban survey: a list that is read whole or refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo_app import cities
from geo_app.cities import CityNote
from geo_app.errors import BadRequest, HashMismatch, TableInvalid
from geo_app.states import state_codes

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

HEADER = ",".join(cities.COLUMNS)
LINE = "07,La Laguna,05,05|10,25.54389,-103.41898,spans_states"


def listed(folder: Path, *lines: str) -> Path:
    path = folder / "cities.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_a_city_is_found_by_its_code() -> None:
    assert cities.city("40").name == "Culiacán Rosales"


def test_an_unknown_city_is_refused() -> None:
    with pytest.raises(
        BadRequest, match=r"no such city code: expected a key of the survey .* 'X1'"
    ):
        cities.city("X1")


def test_the_cities_stand_in_the_order_of_their_codes() -> None:
    codes = [item.city_code for item in cities.all_cities()]
    assert codes == sorted(codes)


def test_every_state_has_a_city() -> None:
    touched = {code for item in cities.all_cities() for code in item.state_codes}
    assert touched == set(state_codes())


def test_a_city_that_spans_states_says_so() -> None:
    spanning = {c.city_code for c in cities.all_cities() if len(c.state_codes) > 1}
    said = {c.city_code for c in cities.all_cities() if c.note is CityNote.SPANS_STATES}
    assert spanning == said


def test_a_city_without_a_point_is_a_retired_one() -> None:
    without = {c.city_code for c in cities.all_cities() if c.latitude is None}
    assert without == {c.city_code for c in cities.all_cities() if c.note is CityNote.RETIRED}


def test_the_shipped_list_is_written_as_it_stands(tmp_path: Path, broken: BrokenData) -> None:
    text = (broken.data / cities.FILE).read_text(encoding="utf-8")
    path = tmp_path / cities.FILE
    path.write_text(text, encoding="utf-8", newline="\n")
    assert cities.to_csv(cities.read(path)) == text


def test_a_list_is_written_in_the_order_of_its_codes(tmp_path: Path) -> None:
    path = listed(tmp_path, HEADER, LINE, LINE.replace("07,", "02,", 1))
    assert [line[:2] for line in cities.to_csv(cities.read(path)).splitlines()[1:]] == ["02", "07"]


def test_a_list_that_nobody_checked_again_is_refused(broken: BrokenData) -> None:
    broken.replace(cities.FILE, "Mexicali", "Mexicalli")
    with pytest.raises(HashMismatch, match=r"cities\.csv: the content is not the one"):
        cities.all_cities()


def test_a_changed_list_is_read_anew(broken: BrokenData) -> None:
    cities.all_cities()
    broken.edit(cities.FILE, "Mexicali", "Mexicali y su valle")
    assert cities.city("02").name == "Mexicali y su valle"


@pytest.mark.parametrize("lines", [(), ("code,name",), (HEADER + ",more",)])
def test_other_columns_are_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(TableInvalid, match=rf"cities\.csv: wrong columns: expected {HEADER}"):
        cities.read(listed(tmp_path, *lines))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",spans_states", "", "wrong number of cells: expected 7, got 6"),
        ("spans_states", "lovely", "an unknown state or note: got 07,La Laguna"),
        (",05,05|10,", ",05,05|33,", "an unknown state or note"),
        (",05,05|10,", ",06,05|10,", "an unknown state or note"),
        ("25.54389", "north", "not a coordinate: expected degrees, got 'north'"),
        ("25.54389", "nan", "not a coordinate: expected degrees, got 'nan'"),
        ("-103.41898", "-1034", "not a coordinate: expected degrees, got '-1034'"),
    ],
)
def test_a_line_that_breaks_the_contract_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in LINE
    path = listed(tmp_path, HEADER, LINE.replace(old, new))
    with pytest.raises(TableInvalid, match=rf"cities\.csv line 2: {message}"):
        cities.read(path)


def test_a_city_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match=r"cities\.csv: a city stands twice; import the survey"):
        cities.read(listed(tmp_path, HEADER, LINE, LINE))
