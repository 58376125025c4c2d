"""INEGI's export of places by year: zeros as spaces, sums proved, what is in no state kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import inegi_homicides
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states

Rows = list[list[str]]


def export(years: tuple[str, ...] = ("2018", "2019")) -> Rows:
    """One town of 3 deaths and 2 elsewhere a state, 1 death abroad, 4 in no known state."""
    header, counts = ["", "Total"], []
    for item in all_states():
        header += [item.name_official, item.capital, "No especificado"]
        counts += ["5", "3", "2"]
    header += ["Extranjero", "No especificado"]
    return [header, *([year, "165", *counts, "1", "4"] for year in years)]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Imported]:
    def reader(rows: Rows, encoding: str = "latin-1") -> Imported:
        path = tmp_path / "export.csv"
        path.write_bytes("\n".join(",".join(row) for row in rows).encode(encoding))
        (found,) = inegi_homicides.read([path], Reading("2026-11-23"))
        return found

    return reader


def value(found: Imported, code: str) -> float:
    rows = found.rows
    (number,) = rows.loc[(rows["area_code"] == code) & (rows["period"] == "2018"), "value"]
    return float(number)


@pytest.mark.parametrize(("code", "deaths"), [("00", 165), ("09", 5), ("33", 1), ("99", 4)])
def test_nation_state_abroad_and_unknown_are_kept_apart(
    read: Callable[..., Imported], code: str, deaths: int
) -> None:
    assert value(read(export()), code) == deaths


def test_a_space_is_the_zero_of_this_source_and_is_reported(
    read: Callable[..., Imported],
) -> None:
    rows = export()
    rows[1][1], rows[1][-1] = "161", " "
    found = read(rows)
    assert (value(found, "99"), found.repairs[0]) == (
        0,
        "1 cells with a space read as zero, as INEGI writes it",
    )


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_the_encoding_is_sniffed(read: Callable[..., Imported], encoding: str) -> None:
    assert read(export(), encoding).encoding == encoding


def test_the_release_names_its_years(read: Callable[..., Imported]) -> None:
    assert read(export()).release.release == "INEGI 2018-2019"


def damaged(row: int, column: int, text: str) -> Rows:
    rows = export()
    rows[row][column] = text
    return rows


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (damaged(0, 1, "Suma"), "line 1: not an export of places by year"),
        (damaged(0, 2, "Aguasclara"), "line 1 column 3: no state of this name is listed"),
        (damaged(0, 4, "x"), "the states are not the 32 in the order of their codes"),
        (damaged(1, 0, "Total"), "the row is cut or is not a year: expected a year and 99 cells"),
        (damaged(1, 2, "6"), "row 2018 state 01: the parts do not add up to the total"),
        (damaged(1, 1, "166"), "row 2018: the parts do not add up.*expected 166, got 165"),
        (damaged(1, 3, "-3"), "row 2018: a negative count"),
        (damaged(1, 3, "ND"), "row 2018: not a count"),
        ([export()[0], export()[1][:-1]], "the row is cut or is not a year"),
        (export(("2018", "2019", "2018")), "the same year stands twice: got 2018; download"),
    ],
)
def test_a_damaged_export_is_refused(
    read: Callable[..., Imported], rows: Rows, message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(rows)
