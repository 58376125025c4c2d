"""Towns and airports: placed by their points alone, told of twice and kept once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import places
from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import places as importer
from geo_app.importers.reading import Imported, Reading
from geo_app.places import Place

READING = Reading("2026-11-26")
TOWNS = [
    "geonameid,name,latitude,longitude,countrycode,population,timezone,admin1code,alternatenames",
    "3530597,Mexico City,19.42847,-99.12766,MX,12294193,America/Mexico_City,09,Cdmx",
    "3515001,Tuxtla Gutiérrez,16.75973,-93.11308,MX,0,America/Mexico_City,05,",
    '3527646,Huautla de Jiménez,18.13,-96.84,MX,"10,000",America/Mexico_City,21,',
    "1,Somewhere at Sea,19.5,-110.5,MX,5,America/Mazatlan,16,",
    "5304391,Mesa,33.42,-111.82,US,471825,America/Phoenix,AZ,",
]
OURAIRPORTS = [
    "id,ident,type,name,latitude_deg,longitude_deg,iso_country,iso_region,iata_code",
    "4731,MMMX,large_airport,Benito Juarez International Airport,19.4363,-99.072098,MX,MX-DIF,MEX",
    "4801,MMTJ,medium_airport,General Abelardo L. Rodriguez,32.541099,-116.970001,MX,MX-BCN,TIJ",
    "1,MX-1,heliport,Some Roof,19.4,-99.1,MX,MX-DIF,",
]
AIRPORTSDATA = [
    "icao,iata,name,city,subd,country,elevation,lat,lon,tz,lid",
    "MMTJ,TIJ,General Abelardo L Rodriguez,Tijuana,Baja California Sur,MX,489,32.5411,-116.97,x,",
    "MMXX,,Tizayuca Field,Tizayuca,Morelos,MX,7000,19.84,-98.98,x,",
    "KMIA,MIA,Miami,Miami,Florida,US,8,25.79,-80.29,x,",
]

Reader = Callable[..., Imported]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(*files: list[str]) -> Imported:
        paths = []
        for number, lines in enumerate(files or (TOWNS, OURAIRPORTS, AIRPORTSDATA)):
            paths.append(tmp_path / f"{number}.csv")
            paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
        (found,) = importer.read(paths, READING)
        return found

    return reader


def listed(found: Imported, folder: Path) -> dict[str, Place]:
    (reference,) = found.references
    path = folder / reference.name
    path.write_text(reference.text, encoding="utf-8")
    return {item.place_code: item for item in places.read(path)}


def test_a_list_has_no_rows_of_a_table(read: Reader) -> None:
    assert read().rows.empty


@pytest.mark.parametrize(
    ("code", "area"),
    [
        ("geonames:3530597", ("09", "09015")),
        # GeoNames numbers Chiapas 05, which is Coahuila's code.
        ("geonames:3515001", ("07", "07101")),
        # GeoNames says Puebla.
        ("geonames:3527646", ("20", "20041")),
        # airportsdata says Baja California Sur.
        ("icao:MMTJ", ("02", "02004")),
        ("icao:MMXX", ("13", "13069")),
    ],
)
def test_state_and_municipality_are_those_of_the_point(
    read: Reader, tmp_path: Path, code: str, area: tuple[str, str]
) -> None:
    found = listed(read(), tmp_path)[code]
    assert (found.state_code, found.municipality_code) == area


def test_a_point_in_the_sea_is_kept_in_no_state(read: Reader, tmp_path: Path) -> None:
    found = read()
    place = listed(found, tmp_path)["geonames:1"]
    assert (place.state_code, place.municipality_code) == ("", "")
    assert "1 points in no state (geonames:1) and 0 in no municipality kept so" in found.repairs


def test_a_population_of_zero_is_not_known(read: Reader, tmp_path: Path) -> None:
    found = read()
    assert listed(found, tmp_path)["geonames:3515001"].population is None
    assert "1 towns with a population of 0: not known" in found.repairs


def test_an_airport_of_two_lists_is_one_place(read: Reader, tmp_path: Path) -> None:
    found = listed(read(), tmp_path)["icao:MMTJ"]
    assert (found.name, found.iata, found.longitude, found.listed_by) == (
        "General Abelardo L. Rodriguez",
        "TIJ",
        -116.970001,
        ("ourairports", "airportsdata"),
    )


def test_what_is_left_out_or_doubtful_is_reported(read: Reader) -> None:
    assert [note for note in read().repairs if "left out" in note or "another" in note] == [
        "1 rows of geonames in other countries left out",
        "1 rows of ourairports of other types left out",
        "1 rows of airportsdata in other countries left out",
        "2 places whose list names another state: the point decides",
    ]


def changed(lines: list[str], old: str, new: str) -> list[str]:
    text = "\n".join(lines)
    assert old in text
    return text.replace(old, new, 1).split("\n")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ((TOWNS, OURAIRPORTS), "a list of places is missing: expected airportsdata"),
        ((TOWNS, TOWNS), "two files hold the same list: got geonames"),
        ((["a,b", *["1,2"] * 99],), "none of the lists of places"),
        (([*TOWNS, TOWNS[1]],), "a place stands twice: got geonames:3530597"),
        (([TOWNS[0], *[TOWNS[-1]] * 4],), "no place in Mexico"),
        (
            (changed(TOWNS, "19.42847", "north"),),
            "line 2: not a point: .* got 'north', '-99.12766'",
        ),
        ((changed(TOWNS, "19.42847", "nan"),), "line 2: not a point"),
        ((changed(TOWNS, "-99.12766", "-199"),), "line 2: not a point"),
        ((changed(TOWNS, "12294193", "many"),), "line 2: not a count"),
        ((changed(TOWNS, "Mexico City", ""),), "line 2: a place without a code or a name"),
        ((changed(TOWNS, "3530597", "x"),), "line 2: a place without a code or a name"),
        ((changed(OURAIRPORTS, ",MEX", ",MEXI"),), "line 2: a place without .* got 'MMMX'"),
        (
            (TOWNS, OURAIRPORTS, changed(AIRPORTSDATA, "TIJ", "TIX")),
            "two lists tell of different airports under one code: .* got TIJ .* and TIX",
        ),
        (
            (TOWNS, OURAIRPORTS, changed(AIRPORTSDATA, "32.5411", "31.5411")),
            "two lists tell of different airports under one code",
        ),
    ],
)
def test_a_damaged_list_is_refused(
    read: Reader, files: tuple[list[str], ...], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(*files)


SMALL = "\n".join(TOWNS).encode()


@given(place=st.integers(0, len(SMALL) - 1), byte=st.integers(0, 256))
def test_any_damage_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    # A byte of 256 stands for a file that is cut there.
    middle = bytes([byte]) + SMALL[place + 1 :] if byte < 256 else b""
    folder = tmp_path_factory.getbasetemp()
    (folder / "towns.csv").write_bytes(SMALL[:place] + middle)
    for name, lines in (("our.csv", OURAIRPORTS), ("data.csv", AIRPORTSDATA)):
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    assert line_count([folder / name for name in ("towns.csv", "our.csv", "data.csv")]) in range(10)


def line_count(paths: list[Path]) -> int:
    try:
        (found,) = importer.read(paths, READING)
    except AtlasError:
        return 0
    return found.references[0].text.count("\n")
