"""ENSU's workbooks: the table by city wherever it stands, its headings, marks and proofs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import ensu, ensu_names
from geo_app.importers.reading import Imported, Reading

Rows = list[list[object]]
Writer = Callable[[str, dict[str, Sequence[Sequence[object]]]], Path]

SURVEY = "INEGI. Encuesta Nacional de Seguridad Pública Urbana (ENSU). Tabulados básicos."
NOTES: Rows = [
    [],
    ["Nota: Las estimaciones"],
    ['2 Incluye los municipios "Matamoros, Torreón, Gómez Palacio y Lerdo".'],
]


def block(name: str, people: object, unsafe: object) -> Rows:
    known = isinstance(people, int) and isinstance(unsafe, int)
    share = 100 * unsafe / people if known else "ND"  # type: ignore[operator]
    return [
        [name, people],
        ["Seguro", None, None, 0, 0],
        ["Inseguro", None, None, unsafe, share],
    ]


def by_city(*rows: Rows, title: str = "Diciembre 20231") -> Rows:
    return [
        [SURVEY],
        [],
        [
            "Población de 18 años y más por área urbana (ciudad) de interés ",
            None,
            None,
            None,
            "1.7",
        ],
        ["y características de percepción de seguridad pública"],
        [title],
        [],
        ["Área urbana\n   Percepción", "Población de 18\naños y más", None, title],
        [None, None, None, "Absolutos", "Relativos"],
        *(row for group in rows for row in group),
        *NOTES,
    ]


def series(nation: object) -> Rows:
    return [
        [SURVEY],
        ["Distribución de la población por sexo y características de percepción sobre"],
        ["seguridad pública"],
        ["Serie histórica"],
        ["Sexo\n   Percepción de seguridad pública", "Distribución porcentual"],
        [None, "Diciembre\n20231", "Septiembre\n2023", "Junio\n20202"],
        ["Estados Unidos Mexicanos"],
        ["Inseguro", nation, 61.4, "ND"],
        ["Hombres"],
        ["Inseguro", 1.0, 2.0, "ND"],
    ]


def december() -> list[Rows]:
    """The nation, La Laguna in two states, Torreón inside it, a borough, a city not surveyed."""
    return [
        block("Estados Unidos Mexicanos", 1000, 600),
        [["Aguascalientes"]],
        block("Aguascalientes ", 300, 150),
        [["Coahuila de Zaragoza"]],
        block("La Laguna2", 500, 400),
        block("Torreón", 200, 150),
        [["Ciudad de México"], ["Región Norte"]],
        block("Gustavo A. Madero", 200, 50),
        [["Durango"]],
        block("La Laguna2", 500, 400),
        [["Guerrero"]],
    ]


@pytest.fixture
def read(write_book: Writer) -> Callable[..., Imported]:
    def reader(*rows: Rows, title: str = "Diciembre 20231", nation: object = 60.0) -> Imported:
        sheets = {"Índice": [["x"]], "1.2": series(nation), "1.7": by_city(*rows, title=title)}
        (found,) = ensu.read([write_book("a.xlsx", sheets)], Reading("2026-11-26"))
        return found

    return reader


def values(found: Imported) -> dict[str, float]:
    held = found.rows.dropna(subset="value")
    return dict(zip(held["area_code"], held["value"], strict=True))


def status(found: Imported, code: str) -> str:
    (only,) = found.rows.loc[found.rows["area_code"] == code, "status"]
    return str(only)


def test_cities_get_their_codes_by_name_under_their_state(read: Callable[..., Imported]) -> None:
    assert values(read(*december())) == {
        "00": 60.0,
        "01": 50.0,
        "07": 80.0,
        "74": 25.0,
        "T1": 75.0,
    }


def test_the_quarter_and_the_release_come_from_the_title(read: Callable[..., Imported]) -> None:
    found = read(*december())
    assert (set(found.rows["period"]), found.release.release) == ({"2023Q4"}, "ENSU 2023Q4")


def test_no_day_of_publication_is_made_up(read: Callable[..., Imported]) -> None:
    assert read(*december()).release.published == ""


def test_a_city_in_two_states_is_counted_once_and_told(read: Callable[..., Imported]) -> None:
    assert read(*december()).repairs == ("1 cities that stand under two states counted once",)


def test_a_city_that_was_not_surveyed_is_missing(read: Callable[..., Imported]) -> None:
    found = read(*december(), block("Acapulco de Juárez1", "ND", "ND"))
    assert (status(found, "21"), found.repairs[-1]) == (
        "missing",
        "1 figures that INEGI does not give (* or ND) are missing",
    )


def test_a_city_outside_the_survey_is_not_applicable(read: Callable[..., Imported]) -> None:
    found = read(*december())
    assert [status(found, code) for code in ("15", "96", "01")] == [
        "not_applicable",
        "missing",
        "final",
    ]


def test_a_city_that_came_later_is_not_applicable_before(read: Callable[..., Imported]) -> None:
    nation = block("Estados Unidos Mexicanos", 300, 150)
    rows = [nation, [["Ciudad de México"]], block("Norte3", 300, 150)]
    found = read(*rows, title="Marzo 2019")
    assert [status(found, code) for code in ("15", "71", "96")] == [
        "final",
        "not_applicable",
        "not_applicable",
    ]


def test_cuautitlan_of_2019_is_cuautitlan_izcalli(read: Callable[..., Imported]) -> None:
    nation = block("Estados Unidos Mexicanos", 300, 150)
    found = read(nation, [["Estado de México"]], block("Cuautitlán", 300, 150), title="Junio 2019")
    assert values(found) == {"00": 50.0, "89": 50.0}


def test_the_nation_keeps_the_digits_of_the_series(read: Callable[..., Imported]) -> None:
    assert values(read(*december(), nation=60.000000001))["00"] == 60.000000001


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([*december(), block("Acapulco", 100, 50)], "the cities do not add up to the nation"),
        ([*december()[1:]], "has no row of the nation"),
        ([*december(), block("Acapulko", 100, 50)], "no city of this name .* mean acapulco"),
        ([*december(), [["Región Sur"]]], "no city of this name"),
        ([*december(), block("La Laguna2", 500, 401)], "no city of this name"),
        ([*december()[:-1], block("La Laguna", 500, 401)], "twice with different numbers"),
        ([[["Estados Unidos Mexicanos", 9], ["Inseguro", None, None, 3, 50.0]]], "not that of the"),
        ([*december(), [["Inseguro", None, None, 3, 50.0]]], "a share under no city: got Inseguro"),
        ([*december(), block("Acapulco", "many", 50)], "neither a number nor a mark"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    read: Callable[..., Imported], rows: list[Rows], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(*rows)


def test_a_nation_that_differs_from_the_series_is_refused(read: Callable[..., Imported]) -> None:
    with pytest.raises(SourceInvalid, match="the nation differs between the table by city"):
        read(*december(), nation=60.1)


def test_a_workbook_without_the_table_is_refused(write_book: Writer) -> None:
    path = write_book("a.xlsx", {"1.2": series(60.0)})
    with pytest.raises(SourceInvalid, match=r"a\.xlsx: no single table of perceived insecurity"):
        ensu.read([path], Reading("2026-11-26"))


def test_a_workbook_beside_a_list_is_refused(write_book: Writer, tmp_path: Path) -> None:
    other = tmp_path / "ensu_cities.csv"
    other.write_text("cd,city\n" + "01,x\n" * 100, encoding="utf-8")
    book = write_book("a.xlsx", {"1.2": series(60.0), "1.7": by_city(*december())})
    with pytest.raises(SourceInvalid, match=r"ensu_cities\.csv: not a whole Excel workbook"):
        ensu.read([book, other], Reading("2026-11-26"))


def test_two_workbooks_are_two_releases(write_book: Writer) -> None:
    nation, city = block("Estados Unidos Mexicanos", 300, 150), block("Mexicali", 300, 150)
    books = [
        write_book(name, {"1.3": by_city(nation, [["Baja California"]], city, title=title)})
        for name, title in (("a.xlsx", "Junio 2021"), ("b.xlsx", "Marzo 2021"))
    ]
    found = ensu.read(books, Reading("2026-11-26"))
    assert [item.release.release for item in found] == ["ENSU 2021Q2", "ENSU 2021Q1"]


def test_every_name_means_one_city_in_its_state() -> None:
    lines = ensu_names._lines()
    keys = {(row["state_code"], ensu_names.fold(row["name"])) for row in lines}
    assert len(keys) == len(lines)
    assert len(ensu_names.first_quarters()) == 95
