"""Missing persons: one status of four is kept, sums are proved, other extractions only reported."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import rnpdno
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states, fold

READING = Reading("2026-11-26")
HEADER = "cve_estado,state,year,month,status_id,status,male,female,undefined,total"
STATUSES = {"0": "total", "2": "located_alive", "3": "located_dead", "7": "disappeared_not_located"}
MISSING = {"0": 10, "2": 5, "3": 1, "7": 4}


def states() -> list[str]:
    """Four persons still missing, five located alive and one dead a state in each of two months."""
    lines = [HEADER]
    for item, month, (status, word) in product(all_states(), ("11", "12"), STATUSES.items()):
        count = MISSING[status]
        name = fold(item.name_official)
        cells = f"2024,{month},{status},{word},{count - 1},1,0,{count}"
        lines.append(f"{item.state_code},{name},{cells}")
    return lines


def municipalities() -> list[str]:
    """The same persons: all but one of each status in a first municipality, one in a second."""
    lines = ["cvegeo,state,municipality,year,month,status_id,male,female,undefined,total"]
    for item, month, status in product(all_states(), ("11", "12"), STATUSES):
        name, count = fold(item.name_official), MISSING[status] - 1
        start = f"{name},x,2024,{month},{status}"
        lines += [f"{item.state_code}002,{start},1,0,0,1"]
        if count:
            lines.append(f"{item.state_code}001,{start},{count - 1},1,0,{count}")
    return lines


NATION = ["anio,hombres,mujeres,total,pct_hombres,fuente"] + [
    f"{year},100,{year},300,33.3,other extraction" for year in range(2016, 2025)
]
CUMULATIVE = ["cve_estado,estado,desap_count_acum"] + [
    f"{item.state_code},{fold(item.name_official).upper()},50" for item in all_states()
]

Reader = Callable[..., Imported]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(*files: list[str]) -> Imported:
        paths = []
        for number, lines in enumerate(files):
            paths.append(tmp_path / f"{number}.csv")
            paths[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
        (found,) = rnpdno.read(paths, READING)
        return found

    return reader


def changed(lines: list[str], old: str, new: str) -> list[str]:
    text = "\n".join(lines)
    assert old in text
    return text.replace(old, new, 1).split("\n")


def test_only_persons_still_missing_are_stored_and_all_months_are_preliminary(
    read: Reader,
) -> None:
    rows = read(states()).rows
    assert (len(rows), set(rows["value"]), set(rows["status"])) == (64, {4.0}, {"preliminary"})


def test_the_other_statuses_are_counted_in_the_report(read: Reader) -> None:
    (note,) = read(states()).repairs
    assert note == (
        "192 rows of persons located or registered in all not stored; in 0 of 64 state-months all "
        "registered are not the sum of the statuses"
    )


def test_a_total_that_is_not_the_sum_of_the_statuses_is_reported_and_kept(read: Reader) -> None:
    lines = changed(states(), "total,9,1,0,10", "total,9,2,0,11")
    assert "in 1 of 64 state-months" in read(lines).repairs[0]


def test_names_without_accents_are_states(read: Reader) -> None:
    assert read(states()).rows["area_code"].nunique() == 32


def test_the_municipalities_must_add_up(read: Reader) -> None:
    assert read(states(), municipalities()).repairs[1].startswith("the municipal panel adds up")


def test_a_month_without_anyone_needs_no_municipal_row(read: Reader) -> None:
    lines = changed(states(), "disappeared_not_located,3,1,0,4", "disappeared_not_located,0,0,0,0")
    parts = [line for line in municipalities() if not line.startswith(("01001", "01002"))]
    parts += [line for line in municipalities() if line.startswith("0100") and ",7," not in line]
    parts += [line for line in municipalities() if line.startswith("0100") and "12,7," in line]
    assert read(lines, parts).rows["value"].sum() == 63 * 4


def test_another_extraction_is_reported_and_never_merged(read: Reader) -> None:
    found = read(states(), NATION, CUMULATIVE)
    year, since = found.repairs[1:]
    assert found.rows["value"].sum() == 256
    assert year.endswith("differs and is not merged (here / there): 2024 256 / 300")
    assert "1,600 persons still missing in all states since 2010" in since


def test_the_release_names_its_months(read: Reader) -> None:
    assert read(states()).release.release == "RNPDNO 2024-11 to 2024-12"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([municipalities()], "the panel of states by month is not among the files"),
        ([states(), states()], "two files hold the same panel: got states by month"),
        ([["a,b", *["1,2"] * 99]], "none of the panels of this source"),
        ([states()[:-1]], "1 rows are missing: expected a row of state 32 in 2024-12 with status"),
        ([[*states(), states()[-1]]], "line 258: a state, month and status stand twice"),
        ([changed(states(), "01,agua", "00,agua")], "line 2: a row of the nation among those"),
        ([changed(states(), "01,agua", "02,agua")], "line 2: code and name are of two states"),
        ([changed(states(), "calientes", "frias")], "line 2: no state of this name is listed"),
        ([changed(states(), "2024,11,0", "2024,13,0")], "not a year, a month and a status"),
        ([changed(states(), "2024,11,0", "24,11,0")], "not a year, a month and a status"),
        ([changed(states(), "2024,11,0", "2024,11,5")], "status 0, 2, 3, 7, got 2024, 11, 5"),
        ([changed(states(), "located_dead", "dead")], "line 4: number and name of the status"),
        ([changed(states(), ",9,1,0,10", ",9,1,1,10")], "line 2: women, men and those not known"),
        ([changed(states(), ",9,1,0,10", ",9,1,0,")], "line 2: not a count"),
        (
            [states(), changed(municipalities(), "01001,", "02003,")],
            "code and name are of two states",
        ),
        ([states(), changed(municipalities(), "01001,", "1001,")], "not the code of a munici"),
        (
            [states(), [*municipalities(), municipalities()[-1]]],
            "line 450: a municipality, month and status stand twice",
        ),
        (
            [states(), municipalities()[:-1]],
            "state 32 2024-12 status 7: the municipalities do not add up .* expected 4, got 1",
        ),
        ([states(), changed(NATION, "2016", "2024")], "line 10: not a year, or one that stands"),
        ([states(), changed(NATION, "2016", "x")], "line 2: not a year, or one that stands"),
        ([states(), [*CUMULATIVE, CUMULATIVE[1]]], "line 34: a state stands twice: got 01"),
    ],
)
def test_a_damaged_panel_is_refused(read: Reader, files: list[list[str]], message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(*files)


SMALL = "\n".join(states()).encode()


@given(place=st.integers(0, len(SMALL) - 1), byte=st.integers(0, 256))
def test_any_damage_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    # A byte of 256 stands for a file that is cut there.
    middle = bytes([byte]) + SMALL[place + 1 :] if byte < 256 else b""
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    path.write_bytes(SMALL[:place] + middle)
    assert row_count(path) in (0, 64)


def row_count(path: Path) -> int:
    try:
        (found,) = rnpdno.read([path], READING)
    except AtlasError:
        return 0
    return len(found.rows)
