"""CONAPO's table of municipalities: merged into parents, projections marked, none missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app import municipalities, shapes
from geo_app.errors import SourceInvalid
from geo_app.importers import conapo_population_municipal
from geo_app.importers.reading import Imported, Reading
from geo_app.states import state

Lines = list[str]
NEW = ("02006", "Baja California", "San Quintín", "10", "20", "30")


def lines() -> Lines:
    """Return a table in which each municipality of the edition has 100, 200 and 300 people."""
    names = shapes.load_municipality_names().items()
    rows = [f'{code},{state(code[:2]).name_short},"{name}",100,200,300' for code, name in names]
    return ["CVE,Entidad,Municipio,2018,2019,2020", *rows, ",".join(NEW)]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Imported]:
    def reader(rows: Lines, name: str = "poblacion_municipal_total.csv") -> Imported:
        path = tmp_path / name
        path.write_text("\n".join(rows), encoding="utf-8")
        (found,) = conapo_population_municipal.read([path], Reading("2026-11-23"))
        return found

    return reader


@pytest.mark.parametrize(("code", "people"), [("02001", 110), ("02002", 100)])
def test_the_people_of_a_later_municipality_are_in_its_parent(
    read: Callable[..., Imported], code: str, people: int
) -> None:
    rows = read(lines()).rows
    (found,) = rows.loc[(rows["area_code"] == code) & (rows["period"] == "2018"), "value"]
    assert found == people


def test_every_municipality_has_every_year(read: Callable[..., Imported]) -> None:
    counts = read(lines()).rows.groupby("period").size()
    assert set(counts) == {municipalities.EDITION_COUNT}


def test_years_from_2020_on_are_projections(read: Callable[..., Imported]) -> None:
    rows = read(lines()).rows
    assert set(rows.loc[rows["status"] == "estimated", "period"]) == {"2020"}


def test_merges_are_told(read: Callable[..., Imported]) -> None:
    assert read(lines()).repairs == (
        "1 later municipalities added to their parents (02006 to 02001)",
    )


def test_the_release_names_its_years(read: Callable[..., Imported]) -> None:
    assert read(lines()).release.release == "CONAPO municipalities 2018-2020"


@pytest.mark.parametrize(
    ("line", "text", "message"),
    [
        (0, "Clave,Entidad,Municipio,2018,2019,2020", "line 1: not the table of municipalities"),
        (0, "CVE,Entidad,Municipio,2018,total,2020", "line 1: not the table of municipalities"),
        (1, "01001,Aguascalientes,Ag,1,2", "line 2: the row is cut: expected 6 cells, got 5"),
        (1, "1001,Aguascalientes,Ag,1,2,3", "line 2: the code is not one of its state.*'1001'"),
        (1, "02001,Aguascalientes,Ag,1,2,3", "line 2: the code is not one of its state"),
        (1, "01001,Aguas,Ag,1,2,3", "line 2: no state of this name is listed"),
        (1, "01001,Aguascalientes,Ag,1,,3", "line 2 2019: not a count"),
        (1, "01002,Aguascalientes,Asientos,1,2,3", "line 3: the municipality stands twice"),
        (1, "01077,Aguascalientes,Nuevo,1,2,3", "not the municipalities.*no 01001, 01077.*parent"),
    ],
)
def test_a_damaged_row_is_refused(
    read: Callable[..., Imported], line: int, text: str, message: str
) -> None:
    rows = lines()
    rows[line] = text
    with pytest.raises(SourceInvalid, match=message):
        read(rows)


def test_a_missing_municipality_is_refused(read: Callable[..., Imported]) -> None:
    rows = lines()
    del rows[1]
    with pytest.raises(SourceInvalid, match=r"expected 2,465, and those created later, got no 01"):
        read(rows)


def test_another_file_is_refused(read: Callable[..., Imported]) -> None:
    with pytest.raises(SourceInvalid, match="the name of the file is not a known one"):
        read(lines(), "poblacion_entidad_total.csv")
