"""Deaths of US citizens: every record counted once, repeats kept, no state by a list of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import us_deaths
from geo_app.importers.reading import Imported, Reading

READING = Reading("2026-11-26")
GATHERED = [
    "source_record,date,location_raw,cause_raw,cause_group,cve_ent,iso_3166_2,state_match",
    "1,2002-10-02,Tijuana -  Baja California -  Mexico,Homicide,homicide,02,MX-BCN,state_name",
    "2,2003-01-02,Tijuana -  Mexico,Homocide,homicide,02,MX-BCN,city_lookup",
    "3,2003-05-01,Km 12,Execution,homicide,,,none",
    "4,2003-05-01,Cancun -  Quintana Roo,Drowning - Ocean¬?,drowning,23,MX-ROO,state_name",
    "5,2003-05-01,Cancun -  Quintana Roo,Drowning - Ocean¬?,drowning,23,MX-ROO,state_name",
    "6,2003-06-01,Cancun -  Quintana Roo,Suicide,suicide,23,MX-ROO,state_name",
    "7,2003-12-31,Merida -  Yucatan,Veh. Accid-Auto,vehicle_accident,31,MX-YUC,state_name",
    "8,2003-12-31,Merida -  Yucatan,Homicide,homicide,31,MX-YUC,state_name",
    "9,2004-06-30,Merida -  Yucatan,Homicide,homicide,31,MX-YUC,state_name",
]
OFFICIAL = [
    "Date,City,Cause of Death,Country",
    "12/31/2014,Kabul,Terrorist Action,Afghanistan",
    *["01/05/2015,Tijuana - Baja California -  Mexico,Homicide,Mexico"] * 5,
    "02/05/2015,Puerto Vallarta -  Jalisco,Other¬? Accident,Mexico",
    "12/05/2015,Cancún -  Quintana Roo -  México,DROWNING-BEACH,México",
    "12/05/2015,Guadalupe -  Mexico,Homicide,Mexico",
    "01/05/2016,Cancun -  Mexico,Homicide,Mexico",
    "12/05/2016,Chihuahua -  Mexico,Homicide,Mexico",
]

Reader = Callable[..., Imported]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(lines: list[str], encoding: str = "utf-8") -> Imported:
        path = tmp_path / "deaths.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        (found,) = us_deaths.read([path], READING)
        return found

    return reader


def cells(found: Imported, year: str, measure: str = "homicides_count") -> dict[str, float]:
    rows = found.rows
    mine = rows[(rows["period"] == year) & (rows["measure"] == measure) & (rows["value"] > 0)]
    return dict(zip(mine["area_code"], mine["value"], strict=True))


def statuses(found: Imported, year: str) -> set[str]:
    return set(found.rows.loc[found.rows["period"] == year, "status"])


def test_homicides_are_counted_whatever_their_spelling(read: Reader) -> None:
    assert cells(read(GATHERED), "2003") == {"00": 3, "02": 1, "31": 1, "99": 1}


def test_exact_repeats_are_several_victims(read: Reader) -> None:
    found = read(GATHERED)
    assert (cells(found, "2003", "nonnatural_deaths_count")["23"], found.repairs[-1]) == (
        3,
        "1 repeats of day, place and cause, blanks aside, kept",
    )


def test_a_death_in_no_known_state_is_in_the_nation_only(read: Reader) -> None:
    assert read(GATHERED).repairs[1] == "1 deaths in no known state are in the nation only"


def test_a_state_without_a_death_in_a_whole_year_is_a_final_zero(read: Reader) -> None:
    rows = read(GATHERED).rows
    mine = rows[(rows["area_code"] == "01") & (rows["period"] == "2003")]
    assert (set(mine["value"]), set(mine["status"])) == ({0.0}, {"final"})


def test_years_that_are_cut_are_partial(read: Reader) -> None:
    found = read(GATHERED)
    assert [statuses(found, year) for year in ("2002", "2003", "2004")] == [
        {"partial"},
        {"final"},
        {"partial"},
    ]


def test_the_release_names_its_first_and_last_day(read: Reader) -> None:
    assert read(GATHERED).release.release == "US deaths 2002-10-02 to 2004-06-30"


def test_an_official_export_with_countries_gives_the_states_that_its_places_name(
    read: Reader,
) -> None:
    found = read(OFFICIAL, "cp1252")
    assert (cells(found, "2015"), found.encoding, found.repairs[-2]) == (
        {"00": 6, "02": 5, "99": 1},
        "cp1252",
        "1 deaths in other countries left out",
    )


def test_a_year_whose_places_name_towns_only_has_no_figure_of_states(read: Reader) -> None:
    found = read(OFFICIAL)
    assert (cells(found, "2016"), statuses(found, "2016")) == (
        {"00": 2, "99": 2},
        {"final", "missing"},
    )


def test_a_file_with_broken_characters_is_read_all_the_same(tmp_path: Path) -> None:
    # 0x81 is in no table of Windows-1252.
    path = tmp_path / "deaths.csv"
    path.write_bytes("\n".join(OFFICIAL).encode("cp1252").replace(b"\xac?", b"\x81?"))
    (found,) = us_deaths.read([path], READING)
    assert (cells(found, "2015")["00"], found.encoding) == (6, "latin-1")


def changed(lines: list[str], old: str, new: str) -> list[str]:
    text = "\n".join(lines)
    assert old in text
    return text.replace(old, new, 1).split("\n")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["Date,City,Cause of Death", *[line[: line.rindex(",")] for line in OFFICIAL[1:]]],
            "does not say which deaths were in Mexico: expected a column Country",
        ),
        (["Date,Place", *["1,2"] * 99], "not a list of deaths of US citizens"),
        ([*OFFICIAL[:2], *["12/31/2014,Kabul,Suicide,Iraq"] * 9], "no death in Mexico"),
        (changed(GATHERED, "Homicide", "Abduction"), "line 2: a cause of death that is not a kn"),
        (changed(GATHERED, "homicide,02", "suicide,02"), "line 2: the cause and its group differ"),
        (changed(GATHERED, ",02,", ",,"), "line 2: the state and how it was found differ"),
        (changed(GATHERED, "state_name", "guess"), "line 2: the state and how it was found differ"),
        (changed(GATHERED, ",02,", ",47,"), "line 2: no state of this name is listed"),
        (changed(GATHERED, "2002-10-02", "2002-10-32"), "line 2: not a date: got '2002-10-32'"),
        (changed(GATHERED, "2002-10-02", "0202-10-02"), "a day outside of the list's time"),
        (changed(OFFICIAL, "01/05/2015", "5/1/15"), "line 3: not a date: got '5/1/15'"),
        (changed(GATHERED, ",state_name", ""), "line 2: the row is cut"),
    ],
)
def test_a_damaged_list_is_refused(read: Reader, lines: list[str], message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(lines)


def test_two_lists_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="would be counted twice: expected one, got 2"):
        us_deaths.read([tmp_path / "a.csv", tmp_path / "b.csv"], READING)


SMALL = "\n".join(GATHERED).encode()


@given(place=st.integers(0, len(SMALL) - 1), byte=st.integers(0, 256))
def test_any_damage_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    # A byte of 256 stands for a file that is cut there.
    middle = bytes([byte]) + SMALL[place + 1 :] if byte < 256 else b""
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    path.write_bytes(SMALL[:place] + middle)
    assert gap(path) == 0


def gap(path: Path) -> float:
    """Deaths of the nation that are in no part of it; 0 where the file is refused."""
    try:
        (found,) = us_deaths.read([path], READING)
    except AtlasError:
        return 0
    is_nation = found.rows["area_code"] == "00"
    return float(found.rows[is_nation]["value"].sum() - found.rows[~is_nation]["value"].sum())
