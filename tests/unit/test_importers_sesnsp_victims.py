"""SESNSP's victims: both layouts, what is unpublished, and every damage that is refused."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import math
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import sesnsp_layouts, sesnsp_rows, sesnsp_victims
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states, state_codes

MONTHS = (
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
)
HEADER = [
    "Año",
    "Clave_Ent",
    "Entidad",
    "Bien jurídico afectado",
    "Tipo de delito",
    "Subtipo de delito",
    "Modalidad",
    "Sexo",
    "Rango de edad",
    *MONTHS,
]
MEANS = ("Con arma de fuego", "Con otro elemento")
Rows = list[list[str]]


def official(years: tuple[str, ...] = ("2024",)) -> Rows:
    """Two means of homicide and one other crime a state and year; 1 victim in every cell."""
    rows = [HEADER]
    for year in years:
        for code in state_codes():
            place = [year, str(int(code)), "x", "La vida"]
            for kind in (*MEANS, "Con arma blanca"):
                crime = ["Homicidio", "Homicidio doloso" if kind in MEANS else "Homicidio culposo"]
                rows.append([*place, *crime, kind, "Mujer", "Adultos (18 y más)", *["1"] * 12])
    return rows


def packed(rows: Rows, encoding: str = "cp1252") -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def imported(path: Path, content: bytes) -> Imported:
    path.write_bytes(content)
    (found,) = sesnsp_victims.read([path], Reading("2026-11-23"))
    return found


def values(found: Imported, state: str) -> dict[str, float]:
    rows = found.rows[found.rows["area_code"] == state]
    return dict(zip(rows["period"], rows["value"], strict=True))


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Rows], Imported]:
    return lambda rows: imported(tmp_path / "IDVFC_NM.csv", packed(rows))


def test_victims_are_added_up_over_means_and_other_crimes_stay_out(
    read: Callable[[Rows], Imported],
) -> None:
    rows = official()
    rows[1][9] = "5"
    assert values(read(rows), "01")["2024-01"] == 6


def test_every_state_and_month_has_one_preliminary_row(read: Callable[[Rows], Imported]) -> None:
    found = read(official(("2023", "2024"))).rows
    assert (len(found), set(found["status"])) == (32 * 24, {"preliminary"})


def test_a_release_is_named_after_its_last_month(read: Callable[[Rows], Imported]) -> None:
    assert read(official()).release.release == "SESNSP victims, December 2024"


@pytest.mark.parametrize("unpublished", ["0", ""])
def test_months_after_the_last_report_are_no_rows(
    read: Callable[[Rows], Imported], unpublished: str
) -> None:
    rows = official(("2025",))
    for row in rows[1:]:
        row[-3:] = [unpublished] * 3
    found = read(rows)
    assert max(found.rows["period"]) == "2025-09"


def test_left_out_months_are_reported_with_their_number(read: Callable[[Rows], Imported]) -> None:
    rows = official(("2025",))
    for row in rows[1:]:
        row[-3:] = ["0"] * 3
    assert read(rows).repairs[0].startswith("96 state-months after 2025-09 (2025-10 to 2025-12)")


def test_the_release_of_september_2025_was_seen_on_its_dated_copy(
    read: Callable[[Rows], Imported],
) -> None:
    rows = official(("2025",))
    for row in rows[1:]:
        row[-3:] = [""] * 3
    release = read(rows).release
    assert (release.published, release.seen) == ("", "2025-10-19")


def test_a_month_with_another_crime_is_published_and_its_zero_is_a_report(
    read: Callable[[Rows], Imported],
) -> None:
    rows = official()
    for row in rows[1:]:
        row[-1] = "0"
    rows[3][-1] = "1"
    assert values(read(rows), "07")["2024-12"] == 0


def test_a_blank_cell_inside_published_months_is_missing_and_never_zero(
    read: Callable[[Rows], Imported],
) -> None:
    rows = official()
    rows[1][10] = " "
    found = read(rows).rows
    gaps = found[found["value"].isna()]
    assert gaps[["area_code", "period", "status"]].to_numpy().tolist() == [
        ["01", "2024-02", "missing"]
    ]


def test_thousands_commas_are_read_and_reported(read: Callable[[Rows], Imported]) -> None:
    rows = official()
    rows[1][9] = "1,119"
    found = read(rows)
    assert (values(found, "01")["2024-01"], found.repairs[0]) == (
        1120,
        "1 counts with thousands commas",
    )


def test_rows_of_other_crimes_are_counted_in_the_report(read: Callable[[Rows], Imported]) -> None:
    assert read(official()).repairs == ("32 rows of other crimes were not used",)


@pytest.mark.parametrize("code", ["1", "01"])
def test_a_state_is_joined_on_its_code_with_or_without_zero(
    read: Callable[[Rows], Imported], code: str
) -> None:
    rows = official()
    for row in rows[1:4]:
        row[1] = code
    assert values(read(rows), "01")["2024-01"] == 2


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_encoding_is_sniffed(tmp_path: Path, encoding: str) -> None:
    found = imported(tmp_path / "v.csv", packed(official(), encoding))
    assert found.encoding == encoding.removesuffix("-sig")


def test_damaged_column_names_are_read_by_their_place_and_reported(
    read: Callable[[Rows], Imported],
) -> None:
    rows = official()
    rows[0] = ["AÒo", *HEADER[1:3], "Bien jurÌdico afectado", *HEADER[4:]]
    assert read(rows).repairs[0].startswith("1 damaged column names read by their place ('AÒo')")


def test_columns_in_another_order_are_read_by_their_names(
    read: Callable[[Rows], Imported],
) -> None:
    rows = official()
    rows[1][9] = "9"
    assert values(read([row[::-1] for row in rows]), "01")["2024-01"] == 10


def test_the_file_of_case_files_is_refused(read: Callable[[Rows], Imported]) -> None:
    rows = [row[:7] + row[9:] for row in official()]
    with pytest.raises(SourceInvalid, match=r"line 1: not the file of victims.*got 19 columns"):
        read(rows)


def test_a_text_in_a_wrong_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"not an official file|not readable|decoded"):
        imported(tmp_path / "v.csv", packed(official(), "utf-16"))


def test_a_cell_below_zero_leaves_its_month_missing_and_is_never_added(
    read: Callable[[Rows], Imported],
) -> None:
    rows = official()
    rows[1][9] = "-1"
    found = read(rows)
    assert math.isnan(values(found, "01")["2024-01"])
    assert any("1 cells below zero are no counts" in text for text in found.repairs)
    assert any("(-1 in 01 2024-01)" in text for text in found.repairs)


@pytest.mark.parametrize("cell", ["n.d.", "1.5", "1,1", "--1", "٣"])
def test_what_is_no_count_is_refused_with_line_and_month(tmp_path: Path, cell: str) -> None:
    rows = official()
    rows[1][9] = cell
    with pytest.raises(SourceInvalid, match="line 2 2024-01: not a count"):
        imported(tmp_path / "v.csv", packed(rows, "utf-8"))


def test_a_row_that_stands_twice_is_refused(read: Callable[[Rows], Imported]) -> None:
    rows = official()
    with pytest.raises(SourceInvalid, match="line 98: the row stands twice, first in line 2"):
        read([*rows, rows[1]])


def test_a_missing_row_of_one_state_is_refused(read: Callable[[Rows], Imported]) -> None:
    rows = official()
    del rows[4]
    with pytest.raises(
        SourceInvalid,
        match=r"year 2024 state 02: a row of homicide is missing: expected Homicidio doloso, ",
    ):
        read(rows)


def test_a_missing_state_is_refused(read: Callable[[Rows], Imported]) -> None:
    with pytest.raises(
        SourceInvalid, match="12 state-months are missing: expected a row of state 32"
    ):
        read(official()[:-3])


def test_a_cut_row_is_refused(read: Callable[[Rows], Imported]) -> None:
    rows = official()
    rows[-1] = rows[-1][:-2]
    with pytest.raises(SourceInvalid, match="line 97: the row is cut: expected 21 cells, got 19"):
        read(rows)


def test_an_unknown_state_is_refused(read: Callable[[Rows], Imported]) -> None:
    rows = official()
    rows[1][1] = "33"
    with pytest.raises(SourceInvalid, match="line 2: no state of this name is listed: got '33'"):
        read(rows)


def test_what_is_no_year_is_refused(read: Callable[[Rows], Imported]) -> None:
    rows = official()
    rows[1][0] = "24"
    with pytest.raises(SourceInvalid, match="line 2: not a year"):
        read(rows)


def test_a_file_without_victims_of_homicide_is_refused(read: Callable[[Rows], Imported]) -> None:
    rows = [row for row in official() if row[5] != "Homicidio doloso"]
    with pytest.raises(SourceInvalid, match="no month of the file holds an intentional homicide"):
        read(rows)


def register(*subtypes: tuple[str, str]) -> Rows:
    """The register of 2026: one victim in January of every state and subtype."""
    rows = [HEADER]
    for code in state_codes():
        for crime, subtype in (("Homicidio", "Homicidio doloso"), *subtypes):
            place = ["2026", code, "x", "La vida", crime, subtype, subtype]
            rows.append([*place, "Mujer", "18 a 29 años", "1", *[""] * 11])
    return rows


def test_homicide_keeps_its_name_in_the_register_of_2026(read: Callable[[Rows], Imported]) -> None:
    found = read(register())
    assert (found.release.release, values(found, "09")) == (
        "SESNSP victims, January 2026",
        {"2026-01": 1},
    )


def test_an_attempt_is_not_added_and_is_reported(read: Callable[[Rows], Imported]) -> None:
    found = read(register(("Homicidio", "Tentativa de homicidio doloso")))
    assert values(found, "09") == {"2026-01": 1}
    assert "32 rows of attempts are apart and were not added" in found.repairs


def test_split_subtypes_are_a_measure_of_their_own_without_attempts(
    read: Callable[[Rows], Imported],
) -> None:
    split = (
        "Extorsión presencial",
        "Extorsión por otros medios",
        "Tentativa de extorsión presencial",
    )
    rows = read(register(*(("Extorsión", name) for name in split))).rows
    sums = rows.groupby("measure")["value"].sum().to_dict()
    assert sums == {"homicide_victims_count": 32, "extortion_rnid_victims_count": 64}


def test_what_the_register_leaves_out_is_zero_inside_the_published_months(
    read: Callable[[Rows], Imported],
) -> None:
    rows = [row for row in register() if row[1] != "31"]
    found = read(rows)
    assert values(found, "31") == {"2026-01": 0}
    assert any("1 state-months without a row of homicide are zero" in t for t in found.repairs)


CRIMES = {
    "Feminicidio": "femicide_victims_count",
    "Secuestro": "kidnapping_victims_count",
    "Extorsión": "extortion_victims_count",
}


@pytest.mark.parametrize("subtype", CRIMES)
def test_each_crime_is_a_measure_of_its_own(read: Callable[[Rows], Imported], subtype: str) -> None:
    rows = official()
    for row in rows[3::3]:
        row[5] = subtype
    sums = read(rows).rows.groupby("measure")["value"].sum().to_dict()
    assert sums == {"homicide_victims_count": 2 * 32 * 12, CRIMES[subtype]: 32 * 12}


def test_damaged_letters_of_a_crime_are_read(read: Callable[[Rows], Imported]) -> None:
    rows = official()
    for row in rows[3::3]:
        row[5] = "Extorsión".encode("cp1252").decode("mac_roman")
    assert "extortion_victims_count" in set(read(rows).rows["measure"])


def as_workbook(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["Incidencia delictiva"])
    sheet = book.create_sheet("Hoja1")
    sheet.append(rows[0])
    for row in rows[1:]:
        sheet.append([int(c) if c.isdigit() else c or None for c in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_what_its_comma_separated_twin_gives(
    tmp_path: Path, read: Callable[[Rows], Imported]
) -> None:
    rows = official(("2023", "2024"))
    for row in rows[-96:]:
        row[-1] = ""
    sheet = imported(tmp_path / "v.xlsx", as_workbook(rows))
    assert (sheet.encoding, sheet.rows.to_dict()) == ("xlsx", read(rows).rows.to_dict())


def test_a_row_of_a_workbook_that_is_longer_than_the_header_is_refused(tmp_path: Path) -> None:
    rows = official()
    rows[5] = [*rows[5], "surplus"]
    with pytest.raises(SourceInvalid, match=r"row 6: the row is longer than the header"):
        imported(tmp_path / "v.xlsx", as_workbook(rows))


LONG = [
    "date_year_month",
    "n_year",
    "n_month",
    "cve_ent",
    "nombre_estado",
    "bien_juridico_afectado",
    "tipo_de_delito",
    "subtipo_de_delito",
    "modalidad",
    "genero",
    "rango_de_edad",
    "n_victimas",
]


def long(months: dict[str, str]) -> Rows:
    """The long copy: in every month of 2025 that is named so many victims a state."""
    rows = [LONG]
    for month, count in months.items():
        for item in all_states():
            place = [f"2025-{month}-15", "2025", month, item.state_code, item.name_short, "La vida"]
            rows.append([*place, "Homicidio", "Homicidio doloso", "x", "Mujer", "Adultos", count])
            rows.append([*place, "Homicidio", "Homicidio culposo", "x", "Mujer", "Adultos", "0"])
    return rows


def test_the_long_copy_is_read_and_its_empty_months_are_cut(tmp_path: Path) -> None:
    found = imported(
        tmp_path / "v.csv.bz2", bz2.compress(packed(long({"01": "2", "02": ""}), "utf-8"))
    )
    assert (values(found, "15"), found.release.release) == (
        {"2025-01": 2},
        "SESNSP victims, January 2025",
    )


LONG_DAMAGES: list[tuple[int, str, str]] = [
    (3, "02", "line 2: code and name are of two states: got 02 and the name of 01"),
    (2, "13", "line 2: not a month: expected 01 to 12, got '13'"),
    (11, "x", "line 2: not a count"),
    (1, "25", "line 2: not a year"),
]


@pytest.mark.parametrize(("place", "cell", "message"), LONG_DAMAGES)
def test_a_damaged_long_copy_is_refused(
    tmp_path: Path, place: int, cell: str, message: str
) -> None:
    rows = long({"01": "2"})
    rows[1][place] = cell
    with pytest.raises(SourceInvalid, match=message):
        imported(tmp_path / "v.csv", packed(rows, "utf-8"))


def test_a_cell_below_zero_of_the_long_copy_is_missing(tmp_path: Path) -> None:
    rows = long({"01": "2"})
    rows[1][11] = "-2"
    found = imported(tmp_path / "v.csv", packed(rows, "utf-8"))
    assert math.isnan(values(found, "01")["2025-01"])
    assert "1 cells below zero are no counts and stay missing" in found.repairs


def test_a_long_copy_of_more_rows_than_any_file_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sesnsp_layouts, "MAX_ROWS", 31)
    with pytest.raises(SourceInvalid, match="more rows of these crimes than any official file has"):
        imported(tmp_path / "v.csv", packed(long({"01": "2"}), "utf-8"))


def test_a_file_of_more_rows_of_homicide_than_any_has_is_refused(
    read: Callable[[Rows], Imported], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sesnsp_rows, "MAX_ROWS", 63)
    with pytest.raises(SourceInvalid, match="more rows of these crimes than any official file has"):
        read(official())


def test_a_file_with_a_header_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="the file has no rows"):
        imported(tmp_path / "v.csv", packed([HEADER]) + b"\r\n" * 9)


def test_a_truncated_gz_is_refused(tmp_path: Path) -> None:
    content = gzip.compress(packed(official()))[:-40]
    with pytest.raises(SourceInvalid, match=r"truncated or not \.gz"):
        imported(tmp_path / "v.csv.gz", content)


def workbook(counts: dict[str, int], *, nation: int = 32, sheet: str = "Estatal_Mensual") -> bytes:
    """One victim a state in the months of 2025 named in ``counts``, times its number."""
    book = openpyxl.Workbook()
    states = book.active
    assert states is not None
    states.title = sheet
    states.append(["Entidad", "Año", "Mes", "Total_Victimas"])
    total = book.create_sheet("Nacional_Mensual")
    total.append(["Año", "Mes", "Total_Victimas"])
    for month, count in counts.items():
        total.append([2025, month, nation * count])
        for item in all_states():
            states.append([item.name_official, 2025, month, float(count)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_of_sums_is_read_and_its_trailing_zeros_are_cut(tmp_path: Path) -> None:
    content = workbook({"Enero": 2, "Febrero": 1, "Marzo": 0})
    found = imported(tmp_path / "sums.xlsx", content)
    assert values(found, "15") == {"2025-01": 2, "2025-02": 1}


def test_the_cut_of_a_workbook_is_reported(tmp_path: Path) -> None:
    found = imported(tmp_path / "sums.xlsx", workbook({"Enero": 2, "Febrero": 0}))
    assert found.repairs[0].startswith("32 state-months after 2025-01 (2025-02 to 2025-02)")


def test_a_workbook_whose_states_do_not_add_up_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        SourceInvalid, match=r"add up to the nation in 2025-01: expected 33, got 32"
    ):
        imported(tmp_path / "sums.xlsx", workbook({"Enero": 1}, nation=33))


def test_a_workbook_with_an_unknown_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"Estatal_Mensual row 2: not a month.*'January'"):
        imported(tmp_path / "sums.xlsx", workbook({"January": 1}))


def test_a_workbook_without_the_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        SourceInvalid, match="a sheet is missing: expected one with the columns Año"
    ):
        imported(tmp_path / "sums.xlsx", workbook({"Enero": 1}, sheet="Otra"))


def test_a_workbook_without_a_column_is_refused(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook({"Enero": 1})))
    book["Estatal_Mensual"]["C1"] = "Month"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SourceInvalid, match="Estatal_Mensual: a column is missing: expected Mes"):
        imported(tmp_path / "sums.xlsx", out.getvalue())


def test_a_page_instead_of_a_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="a web page instead of the file"):
        imported(tmp_path / "sums.xlsx", b"<!DOCTYPE html><title>Challenge</title>" + b" " * 400)


@pytest.mark.parametrize("kept", [300, -300])
def test_a_truncated_workbook_is_refused(tmp_path: Path, kept: int) -> None:
    with pytest.raises(SourceInvalid, match="not a whole Excel workbook"):
        imported(tmp_path / "sums.xlsx", workbook({"Enero": 1})[:kept])
