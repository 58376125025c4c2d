"""INEGI's exports by month of registration: formulas as codes, quoted commas, empty zeros."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import inegi_homicides
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states

MONTHS = "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"

QUERY = (
    '"Consulta de: Defunciones por homicidio \xa0 Por: Ent y mun de ocurrencia \xa0 '
    'Según: Mes de registro"'
)


def quoted(cells: Sequence[str]) -> str:
    return ",".join(f'"{cell}"' for cell in cells)


def counted(code: str, name: str, january: int, june: int) -> str:
    months = [january, 0, 0, 0, 0, june, *[0] * 6]
    total = f"{sum(months):,}"
    return quoted([code, name, total, *(f"{n:,}" if n else "" for n in months)])


def export(year: int = 1990) -> list[str]:
    """1,000 deaths in January and 2 in June a state, 3 abroad in two rows of countries."""
    lines = [
        '"Defunciones por homicidios"',
        f'"Año de registro : {year}"',
        '"Ent y mun de registro : Total"',
        '""',
        QUERY,
        quoted(["", "", "Total", *MONTHS.split(","), ""]),
        counted(" ", "Total", 32_003, 64),
    ]
    for item in all_states():
        first = "0" if item.state_code < "10" else " "
        formula = f"=CONCATENAR({first},{item.state_code}) "
        lines += [
            counted(formula, item.name_official, 1000, 2),
            counted(f" {item.state_code} 001 ", item.capital, 999, 0),
            counted(f" {item.state_code} 999 ", "No especificado", 1, 2),
        ]
    return [
        *lines,
        counted("=CONCATENAR( ,33) ", "Extranjero", 3, 0),
        counted(" 33 999 ", "Estados Unidos de Norteamérica", 2, 0),
        counted(" 35 999 ", "Otros países", 1, 0),
        "",
        '"FUENTE: INEGI. Estadísticas de mortalidad."',
    ]


def content(lines: Sequence[str], encoding: str = "latin-1") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def read(folder: Path, *exports: Sequence[str]) -> Imported:
    path = folder / "months.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, lines in enumerate(exports):
            archive.writestr(f"{number}.csv", content(lines))
    (found,) = inegi_homicides.read([path], Reading("2026-11-26"))
    return found


def value(found: Imported, code: str, period: str) -> float:
    rows = found.rows
    (number,) = rows.loc[(rows["area_code"] == code) & (rows["period"] == period), "value"]
    return float(number)


@pytest.mark.parametrize(
    ("code", "period", "deaths"),
    [
        ("00", "1990-01", 32_003),
        ("06", "1990-01", 1000),
        ("06", "1990-02", 0),
        ("32", "1991-06", 2),
        ("33", "1990-01", 3),
        ("99", "1990-01", 0),
    ],
)
def test_months_of_every_area_are_read(tmp_path: Path, code: str, period: str, deaths: int) -> None:
    assert value(read(tmp_path, export(1990), export(1991)), code, period) == deaths


def test_months_of_registration_are_a_measure_and_a_release_of_their_own(tmp_path: Path) -> None:
    found = read(tmp_path, export(1991), export(1990))
    assert (set(found.rows["measure"]), found.release.release, len(found.rows)) == (
        {"deaths_by_month_of_registration_count"},
        "INEGI by month of registration 1990-1991",
        2 * 12 * 35,
    )


def test_empty_cells_and_absent_rows_are_zeros_that_are_reported(tmp_path: Path) -> None:
    assert read(tmp_path, export(), export(1991)).repairs == (
        "2070 empty cells read as zero, as INEGI writes it",
        "2 area-years without a row are zero, as the national totals prove",
    )


def test_exports_given_one_by_one_are_one_release(tmp_path: Path) -> None:
    paths = [tmp_path / f"{year}.csv" for year in (1990, 1991)]
    for path in paths:
        path.write_bytes(content(export(int(path.stem)), "utf-8"))
    (found,) = inegi_homicides.read(paths, Reading("2026-11-26"))
    assert (found.release.file, found.encoding) == ("1990.csv + 1991.csv", "utf-8")


def test_the_release_of_an_archive_names_the_archive(tmp_path: Path) -> None:
    assert read(tmp_path, export(), export(1991)).release.file == "months.zip"


def test_a_state_without_a_death_may_lack_its_row(tmp_path: Path) -> None:
    lines = [line for line in export() if " 06 " not in line and ",06)" not in line]
    lines[6] = counted(" ", "Total", 31_003, 62)
    assert value(read(tmp_path, lines, export(1991)), "06", "1990-01") == 0


def changed(old: str, new: str) -> list[str]:
    text = "\n".join(export())
    assert old in text
    return text.replace(old, new, 1).split("\n")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (changed("Año de registro", "Año"), "not an export of places by month of registration"),
        (changed("Mes de registro", "Sexo"), "not an export of places by month of registration"),
        (changed("Enero", "January"), "not an export of places by month of registration"),
        (export()[:-1], "the last line is not that of the source"),
        (changed('"1,000",', ""), "line 8: the row is cut: expected 15 cells, got 14"),
        (changed('"1,002","1,000"', '"1,003","1,000"'), "line 8: the months do not add up"),
        (changed('"999"', '"ND"'), "line 9: not a count"),
        (changed('"999","999"', '"998","998"'), "area 01 column Total: the parts do not add up"),
        (changed(",01)", ",02)"), "line 8: code and name are of two states"),
        (changed(",01)", ",77)"), "line 8: code and name are of two states"),
        (changed("Aguascalientes", "Aguasclara"), "line 8: no state of this name is listed"),
        (changed("=CONCATENAR(0,01) ", "SUMA"), "line 8: neither the nation, a state nor a muni"),
        (changed(" 01 001 ", " 00 001 "), "line 9: a place in no state: got '00 001'"),
        (changed("Extranjero", "Nowhere"), "neither the nation, a state .* got '=CONCATENAR"),
        (changed('"32,067"', '"32,068"'), "line 7: the months do not add up"),
        ([*export()[:7], *export()[6:]], "line 8: an area stands twice: got 00"),
        (
            [line for line in export() if "35 999" not in line],
            "area 33 column Total: the parts do not add up to the total: expected 3, got 2",
        ),
        (
            [
                line
                for line in export()
                if "33 999" not in line and " 35 " not in line and "Extranjero" not in line
            ],
            "nation column Total: the states do not add up to the total",
        ),
    ],
)
def test_a_damaged_export_is_refused(tmp_path: Path, lines: list[str], message: str) -> None:
    path = tmp_path / "1990.csv"
    path.write_bytes(content(lines))
    with pytest.raises(SourceInvalid, match=message):
        inegi_homicides.read([path], Reading("2026-11-26"))


@pytest.mark.parametrize("years", [(1990, 1992), (1990, 1990)])
def test_a_year_that_is_missing_or_stands_twice_is_refused(
    tmp_path: Path, years: tuple[int, ...]
) -> None:
    with pytest.raises(SourceInvalid, match="a year stands twice or is missing: expected 1990 to"):
        read(tmp_path, *(export(year) for year in years))


def test_an_archive_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"months.zip/1.csv: .* no export of months"):
        read(tmp_path, export(), ["a,b", "1,2"])


SMALL = content(export())


@given(place=st.integers(0, len(SMALL) - 1), byte=st.integers(0, 256))
def test_any_damage_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    # A byte of 256 stands for a file that is cut there.
    middle = bytes([byte]) + SMALL[place + 1 :] if byte < 256 else b""
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    path.write_bytes(SMALL[:place] + middle)
    assert row_count(path) in (0, 12 * 35)


def row_count(path: Path) -> int:
    try:
        (found,) = inegi_homicides.read([path], Reading("2026-11-26"))
    except AtlasError:
        return 0
    return len(found.rows)
