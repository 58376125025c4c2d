"""Unreported crimes: INEGI's table wherever it stands, its standard errors, the gathered list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import unreported_crime
from geo_app.importers.reading import Imported, Reading
from geo_app.indicators import Interval
from geo_app.states import all_states

Rows = list[list[object]]
Writer = Callable[[str, dict[str, Sequence[Sequence[object]]]], Path]
READING = Reading("2026-11-26")

FORMER_NAMES = {"09": "Distrito Federal", "15": "Estado de México"}


def table(edition: int, share: object = 92.5, *, errors: bool = False, crimes: int = 0) -> Rows:
    """A table as INEGI makes it: footnote digits, a blank column, a spanning heading."""
    names = [FORMER_NAMES.get(s.state_code, s.name_official) for s in all_states()]
    return [
        [f"INEGI. Encuesta Nacional de Victimización {edition} (ENVIPE). Tabulados básicos. "],
        ["Errores estándar" if errors else None],
        ["Delitos ocurridos por entidad ", None, None, None, "Cuadro 3.3", None, "Índice"],
        ["federativa, según cifra negra"],
        [crimes or edition - 1],
        ["Entidad federativa", "Delitos\nocurridos1", None, "Cifra negra2"],
        [None, None, None, "Absolutos", "Relativos"],
        ["Estados Unidos Mexicanos", 1000, None, 930, 0.2 if errors else 93.0],
        *([name, 100, None, 92, share] for name in names),
        ["Nota 1: Las estimaciones"],
        ["1 Es la suma de los delitos captados"],
    ]


def of_men(edition: int) -> Rows:
    rows = table(edition, 10.0)
    rows[2][0] = "Delitos ocurridos a hombres por entidad"
    return rows


@pytest.fixture
def read(write_book: Writer) -> Callable[..., list[Imported]]:
    def reader(**books: dict[str, Rows]) -> list[Imported]:
        files = [write_book(f"{name}.xlsx", sheets) for name, sheets in books.items()]
        return unreported_crime.read(files, READING)

    return reader


def cell(found: Imported, code: str, column: str) -> object:
    (only,) = found.rows.loc[found.rows["area_code"] == code, column]
    return only


def test_the_table_is_found_by_its_title_on_any_sheet(
    read: Callable[..., list[Imported]],
) -> None:
    (found,) = read(book={"3.2": of_men(2012), "3.9": table(2012)})
    assert (cell(found, "00", "value"), cell(found, "09", "value")) == (93.0, 92.5)


def test_an_edition_is_a_release_about_the_year_before(
    read: Callable[..., list[Imported]],
) -> None:
    found = read(b={"3.3": table(2014)}, a={"3.3": table(2013)})
    assert [(item.release.release, set(item.rows["period"])) for item in found] == [
        ("ENVIPE 2013", {"2012"}),
        ("ENVIPE 2014", {"2013"}),
    ]


def test_without_standard_errors_there_is_no_interval(
    read: Callable[..., list[Imported]],
) -> None:
    (found,) = read(book={"3.3": table(2024)})
    assert (set(found.rows["interval"]), found.rows["low"].notna().sum()) == ({""}, 0)


def test_standard_errors_of_the_edition_make_an_interval_that_says_whose_it_is(
    read: Callable[..., list[Imported]],
) -> None:
    (found,) = read(est={"3.3": table(2025)}, err={"3.3": table(2025, 1.0, errors=True)})
    bounds = [round(float(str(cell(found, "31", name))), 2) for name in ("low", "high")]
    assert (cell(found, "31", "interval"), bounds) == (Interval.PUBLISHED_ERROR, [90.54, 94.46])


def test_marks_are_kept_or_missing_and_told(read: Callable[..., list[Imported]]) -> None:
    rows = table(2025, "100.0*")
    rows[-3][4] = "*"
    (found,) = read(book={"3.3": rows})
    assert (cell(found, "01", "value"), cell(found, "32", "status"), len(found.repairs)) == (
        100.0,
        "missing",
        2,
    )


@pytest.mark.parametrize(
    ("books", "message"),
    [
        ({"a": {"3.3": of_men(2024)}}, "a.xlsx: no single table .* the edition 2011 has none"),
        ({"a": {"3.3": table(2024), "3.4": table(2024)}}, "no single table .* got 3.3, 3.4"),
        ({"a": {"3.3": table(2024)}, "b": {"3.3": table(2024)}}, "two workbooks of one edition"),
        ({"a": {"3.3": table(2024, errors=True)}}, "standard errors without their estimates"),
        ({"a": {"3.3": table(2024, crimes=2022)}}, "expected 2023, got 2022"),
        ({"a": {"3.3": table(2024, 101.0)}}, "3.3 row 9: not a percentage"),
        ({"a": {"3.3": table(2024)[:-4]}}, "lacks an area"),
    ],
)
def test_a_workbook_that_is_not_right_is_refused(
    read: Callable[..., list[Imported]], books: dict[str, dict[str, Rows]], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(**books)


HEADER = ",".join(unreported_crime._COLUMNS)


def listed(edition: int, *, error: str = "", maker: str = "") -> list[str]:
    areas = [("00", "Nacional"), *((s.state_code, s.name_short) for s in all_states())]
    return [
        f"{edition - 1},{edition},{code},{name},total,92.5,{error},{maker}" for code, name in areas
    ]


def read_list(tmp_path: Path, lines: list[str]) -> list[Imported]:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return unreported_crime.read([path], READING)


def test_the_list_gives_a_release_an_edition_and_tells_what_it_leaves_out(tmp_path: Path) -> None:
    found = read_list(tmp_path, [*listed(2020), *listed(2021), "2020,2021,01,x,men,50,,"])
    assert [item.release.release for item in found] == ["ENVIPE 2020", "ENVIPE 2021"]
    assert found[0].repairs == ("1 rows of one sex not used",)


def test_a_computed_standard_error_is_told_from_inegis_own(tmp_path: Path) -> None:
    lines = [
        *listed(2021, error="1.0", maker="computed Taylor"),
        *listed(2025, error="1.0", maker="INEGI err"),
    ]
    found = read_list(tmp_path, lines)
    assert [set(item.rows["interval"]) for item in found] == [
        {Interval.COMPUTED},
        {Interval.PUBLISHED_ERROR},
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2020,2021,32,Zacatecas,total,92.5,1,somebody", "line 34: the maker of the standard"),
        ("2021,2021,32,Zacatecas,total,92.5,,", "line 34: the crimes .* expected 2020, got 2021"),
        ("2020,2021,32,Zacatecas,total,,,", "line 34: not a percentage"),
        ("2020,2021,31,Yucatán,total,92.5,,", "the edition does not hold each area once"),
        ("2020,MMXXI,32,Zacatecas,total,92.5,,", "not an edition: expected such as 2024"),
        ("2020,2021,32,Zacatecas,total", "line 34: the row is cut"),
    ],
)
def test_a_damaged_row_of_the_list_is_refused(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read_list(tmp_path, [*listed(2021)[:-1], line])


def test_workbooks_and_a_list_in_one_import_are_refused(write_book: Writer, tmp_path: Path) -> None:
    book = write_book("a.xlsx", {"3.3": table(2024)})
    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEADER, *listed(2021)]), encoding="utf-8")
    with pytest.raises(SourceInvalid, match="workbooks and lists in one import"):
        unreported_crime.read([book, path], READING)
