"""SESNSP's case files: releases of months, the years, and the municipal files."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app import municipalities, shapes
from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import (
    official_csv,
    sesnsp_cases,
    sesnsp_cases_municipal,
    sesnsp_gathered,
    sesnsp_rows,
)
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states, state_codes
from tests.examples import examples

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
CRIME = ["Bien jurídico afectado", "Tipo de delito", "Subtipo de delito", "Modalidad"]
STATE = ["Año", "Clave_Ent", "Entidad", *CRIME, *MONTHS]
MUNICIPAL = [*STATE[:3], "Cve. Municipio", "Municipio", *CRIME, *MONTHS]
VICTIMS = [*STATE[:3], "Cve. Municipio", "Municipio", *CRIME, "Sexo", "Rango de edad", *MONTHS]
READING = Reading("2026-11-26")
Rows = list[list[str]]

HOMICIDE = ["La vida", "Homicidio", "Homicidio doloso", "Con arma de fuego"]
ROBBERY = ["El patrimonio", "Robo", "Robo de cables, tubos y otros", "Con violencia"]


def official(last: int = 11, year: str = "2024", count: str = "1") -> Rows:
    """One file of homicide and one of another crime a state in each month to ``last``."""
    rows = [STATE]
    cells = [count] * last + [""] * (12 - last)
    for code in state_codes():
        rows.append([year, code.lstrip("0"), "x", *HOMICIDE, *cells])
        rows.append([year, code.lstrip("0"), "x", *ROBBERY, *cells])
    return rows


def packed(rows: Rows, encoding: str = "cp1252") -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: Rows, name: str = "f.csv", encoding: str = "cp1252") -> Path:
        path = tmp_path / name
        path.write_bytes(packed(rows, encoding))
        return path

    return write


def values(found: Imported, area: str) -> dict[str, float]:
    rows = found.rows[found.rows["area_code"] == area]
    return dict(zip(rows["period"], rows["value"], strict=True))


def test_a_release_is_named_after_its_last_month_and_dated_by_its_copy(
    file: Callable[..., Path],
) -> None:
    (found,) = sesnsp_cases.read([file(official())], READING)
    assert (found.release.release, found.release.published, found.release.seen) == (
        "SESNSP case files, November 2024",
        "",
        "2024-12-21",
    )


@pytest.mark.parametrize(
    ("outer", "inner", "named"),
    [
        ("Estatal-Delitos-2015-2025_jul2026.csv", "", ", file of July 2026"),
        ("saved.zip", "Estatal-Delitos-2015-2025_abr2026.csv", ", file of April 2026"),
        ("Estatal-Delitos-2015-2025_dic2025.csv", "", ""),
        ("IDEFC_NM_dic25.csv", "", ""),
    ],
)
def test_releases_of_the_register_that_ended_are_told_apart_by_the_month_of_their_files(
    tmp_path: Path, outer: str, inner: str, named: str
) -> None:
    path, content = tmp_path / outer, packed(official(12, "2025"))
    if inner:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inner, content)
    else:
        path.write_bytes(content)
    (found,) = sesnsp_cases.read([path], READING)
    assert found.release.release == f"SESNSP case files, December 2025{named}"


def test_where_no_name_tells_the_month_the_content_tells_the_releases_apart(
    file: Callable[..., Path],
) -> None:
    names = {
        sesnsp_cases.read([file(official(12, "2025", count))], READING)[0].release.release
        for count in ("1", "2", "2")
    }
    assert len(names) == 2
    assert all(
        re.fullmatch("SESNSP case files, December 2025, file [0-9a-f]{8}", name) for name in names
    )


def test_a_release_of_which_no_dated_copy_is_known_has_no_date(file: Callable[..., Path]) -> None:
    (found,) = sesnsp_cases.read([file(official(12))], READING)
    assert (found.release.release, found.release.known_from) == (
        "SESNSP case files, December 2024",
        "2026-11-26",
    )


def test_homicide_alone_is_counted(file: Callable[..., Path]) -> None:
    (found,) = sesnsp_cases.read([file(official(count="1,119"))], READING)
    assert (set(found.rows["value"]), set(found.rows["measure"])) == (
        {1119.0},
        {"homicide_cases_count"},
    )


def mojibake(rows: Rows) -> Rows:
    return [[cell.encode("cp1252").decode("mac_roman") for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("encoding", "damage"),
    [
        ("cp1252", list),
        ("utf-8", list),
        ("utf-8-sig", list),
        # Such a copy is saved as UTF-8: cp1252 lacks its letters.
        ("utf-8", mojibake),
        ("utf-8-sig", mojibake),
    ],
)
def test_every_encoding_gives_the_same_rows(
    file: Callable[..., Path], encoding: str, damage: Callable[[Rows], Rows]
) -> None:
    (sound,) = sesnsp_cases.read([file(official(), "sound.csv")], READING)
    (found,) = sesnsp_cases.read([file(damage(official()), encoding=encoding)], READING)
    assert found.rows.equals(sound.rows)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [VICTIMS, ["2026", "1", "x", "1001", "y", *HOMICIDE, "Mujer", "z", "1", *[""] * 11]],
            "23",
        ),
        ([MUNICIPAL, ["2024", "1", "x", "1001", "y", *HOMICIDE, *["1"] * 12]], "21"),
    ],
)
def test_another_official_table_is_refused(
    file: Callable[..., Path], rows: Rows, message: str
) -> None:
    match = rf"line 1: not the file of case files by state.*got {message} columns"
    with pytest.raises(SourceInvalid, match=match):
        sesnsp_cases.read([file(rows)], READING)


def test_another_header_is_refused(file: Callable[..., Path]) -> None:
    rows = official()
    rows[0] = [*STATE[:-1], "Total"]
    with pytest.raises(SourceInvalid, match=r"not an official file.*none called 'diciembre'"):
        sesnsp_cases.read([file(rows)], READING)


def test_rows_are_found_where_lines_and_rows_differ(file: Callable[..., Path]) -> None:
    (sound,) = sesnsp_cases.read([file(official(), "sound.csv")], READING)
    rows = official()
    rows[2][2] = "two\nlines"
    path = file(rows)
    path.write_bytes(path.read_bytes().replace(b"2024,2,", b"\r\n2024,2,", 1).rstrip())
    (found,) = sesnsp_cases.read([path], READING)
    assert found.rows.equals(sound.rows)


def test_wanted_rows_are_split_in_several_turns(
    file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (sound,) = sesnsp_cases.read([file(official())], READING)
    monkeypatch.setattr(official_csv, "BLOCK_BYTES", 900)
    monkeypatch.setattr(sesnsp_rows, "_PENDING_BYTES", 300)
    (found,) = sesnsp_cases.read([file(official())], READING)
    assert found.rows.equals(sound.rows)


# -------------------------------------------------------------------------------- gathered tables


def revisions(last: int = 11, day: str = "2024-12-21", count: str = "1") -> Rows:
    rows = [list(sesnsp_gathered.REVISIONS)]
    for month in range(1, last + 1):
        rows += [[day, "2024", str(month), code, count] for code in state_codes()]
    return rows


def test_every_date_of_the_revisions_is_a_release(file: Callable[..., Path]) -> None:
    rows = [*revisions(8, "2024-09-24"), *revisions()[1:]]
    found = sesnsp_cases.read([file(rows, encoding="utf-8")], READING)
    assert [(item.release.release, item.release.seen, len(item.rows)) for item in found] == [
        ("SESNSP case files, August 2024", "2024-09-24", 8 * 32),
        ("SESNSP case files, November 2024", "2024-12-21", 11 * 32),
    ]


def test_an_official_file_stands_before_its_gathered_copy(file: Callable[..., Path]) -> None:
    files = [file(revisions(), "r.csv"), file(official(), "IDEFC_NM_nov24.csv")]
    (found,) = sesnsp_cases.read(files, READING)
    assert found.release.file == "IDEFC_NM_nov24.csv"


def test_a_gathered_copy_that_differs_from_the_official_file_is_refused(
    file: Callable[..., Path],
) -> None:
    rows = revisions()
    rows[1][4] = "7"
    files = [file(rows, "r.csv"), file(official(), "IDEFC_NM_nov24.csv")]
    match = r"r.csv 01 2024-01: 1 counts differ.*expected 1 \(IDEFC_NM_nov24.csv\), got 7"
    with pytest.raises(SourceInvalid, match=match):
        sesnsp_cases.read(files, READING)


def test_a_gathered_copy_of_other_months_is_refused(file: Callable[..., Path]) -> None:
    before = [[*row] for row in official(12, "2023")[1:]]
    files = [file(revisions(), "r.csv"), file([*official(), *before], "f.csv")]
    with pytest.raises(SourceInvalid, match=r"r.csv: two files of one release have other months"):
        sesnsp_cases.read(files, READING)


REVISION_DAMAGES: list[tuple[int, int, str, str]] = [
    (1, 4, "-1", "line 2: a negative count"),
    (1, 2, "13", "line 2: not a month"),
    (1, 1, "x", "line 2: not a year"),
    (1, 3, "40", "line 2: no state of this name"),
    (1, 3, "02", "line 3: the row stands twice, first in line 2"),
    (1, 0, "2024-12-22", "the release of 2024-12-21 is not complete: expected 32 states x 11"),
]


@pytest.mark.parametrize(("row", "place", "cell", "message"), REVISION_DAMAGES)
def test_damaged_revisions_are_refused(
    file: Callable[..., Path], row: int, place: int, cell: str, message: str
) -> None:
    rows = revisions()
    rows[row][place] = cell
    with pytest.raises(SourceInvalid, match=message):
        sesnsp_cases.read([file(rows, encoding="utf-8")], READING)


def test_revisions_of_another_date_than_the_known_one_are_refused(
    file: Callable[..., Path],
) -> None:
    match = "another date of the release to 2024-11 is known: expected 2024-12-21, got 2024-12-01"
    with pytest.raises(SourceInvalid, match=match):
        sesnsp_cases.read([file(revisions(day="2024-12-01"))], READING)


def test_a_gathered_table_far_too_long_is_refused(
    file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sesnsp_gathered, "_MAX_BYTES", 100)
    with pytest.raises(SourceInvalid, match="far longer than the gathered table"):
        sesnsp_cases.read([file(revisions())], READING)


def years() -> Rows:
    rows = [list(sesnsp_gathered.YEARS)]
    for year, part in (("2025", "completo"), ("2026", "ene-ago")):
        for item in all_states():
            place = [year, part, item.state_code, item.name_official]
            rows += [[*place, "Homicidio doloso", "10"], [*place, "Secuestro", "3"]]
    return rows


def nation(count: str = "320") -> Rows:
    rows = [["2025", "completo", "Homicidio doloso", "320", "400"]]
    rows.append(["2026", "ene-ago", "Homicidio doloso", count, "400"])
    rows += [[year, "completo", "Lesiones dolosas", "1", "1"] for year in ("2025", "2026")] * 2
    return [list(sesnsp_gathered.NATION), *rows]


def test_a_part_of_a_year_is_marked(file: Callable[..., Path]) -> None:
    files = [file(nation(), "n.csv", "utf-8"), file(years(), "y.csv", "utf-8")]
    (found,) = sesnsp_cases.read(files, READING)
    statuses = found.rows.groupby("period")["status"].agg(set).to_dict()
    assert statuses == {"2025": {"preliminary"}, "2026": {"partial"}}
    assert found.release.release == "SESNSP case files by year, August 2026"
    assert found.repairs == (
        "64 rows of other crimes were not used",
        "the states add up to the nation in 2 periods",
        "2026 is a part of a year, to 2026-08, and is marked as one",
    )


def test_years_without_their_nation_say_that_they_are_not_proved(
    file: Callable[..., Path],
) -> None:
    (found,) = sesnsp_cases.read([file(years(), encoding="utf-8")], READING)
    assert "not proved against the nation: its table was not given" in found.repairs


def test_years_that_do_not_add_up_to_the_nation_are_refused(file: Callable[..., Path]) -> None:
    files = [file(nation("321"), "n.csv", "utf-8"), file(years(), "y.csv", "utf-8")]
    with pytest.raises(
        SourceInvalid, match=r"add up to the nation in 2026: expected 321\.0, got 3"
    ):
        sesnsp_cases.read(files, READING)


def test_the_nation_alone_is_refused(file: Callable[..., Path]) -> None:
    with pytest.raises(SourceInvalid, match="proves that of the states and is none by itself"):
        sesnsp_cases.read([file(nation(), encoding="utf-8")], READING)


YEAR_DAMAGES: list[tuple[int, int, str, str]] = [
    (1, 1, "ene-may", "line 2: not a known part of a year: expected completo, ene-ago"),
    (1, 3, "Colima", "line 2: code and name are of two states"),
    (
        1,
        4,
        "Robo",
        "does not hold Homicidio doloso of every state and year: expected 32 states x 2",
    ),
    (1, 1, "ene-ago", "only the last year may be a part of one"),
]


@pytest.mark.parametrize(("row", "place", "cell", "message"), YEAR_DAMAGES)
def test_damaged_years_are_refused(
    file: Callable[..., Path], row: int, place: int, cell: str, message: str
) -> None:
    rows = years()
    rows[row][place] = cell
    with pytest.raises(SourceInvalid, match=message):
        sesnsp_cases.read([file(rows, encoding="utf-8")], READING)


# --------------------------------------------------------------------------------- municipalities


def municipal(year: str = "2024", last: int = 2) -> Rows:
    """One file in each month of every municipality, as the older file has a row for each."""
    cells = ["1"] * last + [""] * (12 - last)
    codes = [*shapes.load_municipality_names(), *(f"{code}999" for code in state_codes())]
    rows = [MUNICIPAL]
    for code in codes:
        place = [year, code[:2].lstrip("0"), "x", code.lstrip("0"), "y"]
        rows += [[*place, *HOMICIDE, *cells], [*place, *ROBBERY, *cells]]
    return rows


def line_of(rows: Rows, code: str) -> list[str]:
    return next(row for row in rows if row[3] == code)


def test_every_municipality_and_published_month_has_a_row(file: Callable[..., Path]) -> None:
    (found,) = sesnsp_cases_municipal.read([file(municipal())], READING)
    assert (len(found.rows), set(found.rows["value"]), found.release.release) == (
        (municipalities.EDITION_COUNT + 32) * 2,
        {1.0},
        "SESNSP municipal case files, February 2024",
    )


def test_a_later_municipality_is_added_to_its_parent(file: Callable[..., Path]) -> None:
    rows = municipal()
    rows.append(["2024", "24", "x", "24059", "Villa de Pozos", *HOMICIDE, "5", "0", *[""] * 10])
    (found,) = sesnsp_cases_municipal.read([file(rows)], READING)
    assert values(found, "24028") == {"2024-01": 6, "2024-02": 1}
    assert found.repairs[0] == ("1 later municipalities added to their parents (24059 to 24028)")


def test_other_and_unspecified_municipalities_are_one_unknown_area(
    file: Callable[..., Path],
) -> None:
    rows = municipal()
    rows.append(["2024", "6", "x", "6998", "Otros municipios", *HOMICIDE, "2", "0", *[""] * 10])
    (found,) = sesnsp_cases_municipal.read([file(rows)], READING)
    assert values(found, "06999") == {"2024-01": 3, "2024-02": 1}


def test_a_municipal_row_that_stands_twice_is_refused(file: Callable[..., Path]) -> None:
    rows = municipal()
    with pytest.raises(SourceInvalid, match="the row stands twice, first in line 2"):
        sesnsp_cases_municipal.read([file([*rows, rows[1]])], READING)


def test_cells_below_zero_are_missing_and_named(file: Callable[..., Path]) -> None:
    rows = municipal()
    line_of(rows, "27007")[9] = "-1"
    (found,) = sesnsp_cases_municipal.read([file(rows)], READING)
    assert math.isnan(values(found, "27007")["2024-01"])
    assert values(found, "27007")["2024-02"] == 1
    assert any("(-1 in 27007 2024-01)" in text for text in found.repairs)


def test_a_municipality_without_a_row_is_missing_in_the_older_file(
    file: Callable[..., Path],
) -> None:
    rows = [row for row in municipal() if row[3] != "20001"]
    (found,) = sesnsp_cases_municipal.read([file(rows)], READING)
    assert all(math.isnan(value) for value in values(found, "20001").values())
    assert any("2 municipality-months have no row of homicide: missing" in t for t in found.repairs)


def sparse() -> Rows:
    """Victims by the register of 2026: a row of the first municipality of each state alone."""
    rows = [VICTIMS]
    for code in state_codes():
        first = "09002" if code == "09" else f"{code}001"
        place = ["2026", code.lstrip("0"), "x", first.lstrip("0"), "y"]
        rows.append([*place, *HOMICIDE, "Mujer", "13 a 17 años", "2", "0", *["0"] * 10])
        rows.append([*place, *ROBBERY, "Mujer", "13 a 17 años", "0", "1", *["0"] * 10])
    return rows


def test_what_a_sparse_file_leaves_out_is_zero_inside_the_published_months(
    file: Callable[..., Path],
) -> None:
    (found,) = sesnsp_cases_municipal.read([file(sparse())], READING)
    assert (values(found, "01001"), values(found, "01002")) == (
        {"2026-01": 2, "2026-02": 0},
        {"2026-01": 0, "2026-02": 0},
    )
    assert (set(found.rows["measure"]), found.release.release) == (
        {"homicide_victims_count"},
        "SESNSP municipal victims, February 2026",
    )


def test_a_sparse_workbook_gives_what_the_text_gives(
    file: Callable[..., Path], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in sparse():
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    path = tmp_path / "RNID.xlsx"
    book.save(path)
    read = sesnsp_cases_municipal.read
    (from_sheet,), (from_text,) = read([path], READING), read([file(sparse())], READING)
    assert from_sheet.rows.equals(from_text.rows)


MUNICIPAL_DAMAGES: list[tuple[str, int, str, str]] = [
    ("1001", 3, "1000000", "line 2: not the code of a municipality"),
    ("1001", 3, "40001", "line 2: no state of this name"),
    ("1001", 3, "2001", "line 2: municipality and state do not belong together: got 02001 in 01"),
    ("1001", 3, "1777", "1 municipalities are in no list.*got 01777"),
    ("1001", 9, "x", "line 2 2024-01: not a count"),
]


@pytest.mark.parametrize(("code", "place", "cell", "message"), MUNICIPAL_DAMAGES)
def test_a_damaged_municipal_file_is_refused(
    file: Callable[..., Path], code: str, place: int, cell: str, message: str
) -> None:
    rows = municipal()
    line_of(rows, code)[place] = cell
    with pytest.raises(SourceInvalid, match=message):
        sesnsp_cases_municipal.read([file(rows)], READING)


def test_a_municipal_file_without_a_state_is_refused(file: Callable[..., Path]) -> None:
    rows = [row for row in municipal() if row[1] != "32"]
    with pytest.raises(SourceInvalid, match="1 states have no row of homicide at all: got 32"):
        sesnsp_cases_municipal.read([file(rows)], READING)


def test_a_state_file_is_no_municipal_one(file: Callable[..., Path]) -> None:
    with pytest.raises(SourceInvalid, match="line 1: not a municipal file"):
        sesnsp_cases_municipal.read([file(official())], READING)


SMALL = packed(official(2))


@settings(examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, len(SMALL) - 1),
    length=st.integers(0, 40),
    put=st.one_of(st.binary(max_size=20), st.sampled_from([b'"', b",", b"\r\n", b"-1", b"\0"])),
)
def test_a_changed_file_is_read_or_refused_in_our_words(
    tmp_path: Path, place: int, length: int, put: bytes
) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(SMALL[:place] + put + SMALL[place + length :])
    with suppress(AtlasError):
        (found,) = sesnsp_cases.read([path], READING)
        assert len(found.rows) % 32 == 0
        assert not (found.rows["value"] < 0).any()
