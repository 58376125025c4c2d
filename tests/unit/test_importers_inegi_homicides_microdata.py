"""The microdata of deaths: streamed, the code of homicide taken from the zip's own catalogue."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import inegi_homicides
from geo_app.importers.reading import Imported, Reading
from tests.unit.dbase import header, table

WIDTHS = {"ENT_REGIS": 2, "ENT_OCURR": 2, "MUN_OCURR": 3, "ANIO_REGIS": 4, "TIPO_DEFUN": 1}
CATALOGUE = table(
    {"CVE": 2, "DESCRIP": 30},
    [("1", "Accidente"), ("2", "Homicidio"), ("3", "Suicidio"), ("9", "No especificó")],
    encoding="cp850",
    language=0x02,
)
READING = Reading("2026-11-26")
NAME = "defunciones_base_datos_2024_dbf.zip"


def death(state: str, manner: str = "2", year: str = "2024") -> tuple[str, ...]:
    return ("09", state, "001", year, manner)


DEATHS = [
    *[death("06")] * 3,
    death("06", "1"),
    death("6"),
    death("33"),
    death("34"),
    death("99"),
    death("01", "9"),
]
RECORDS = table(WIDTHS, DEATHS)


def zipped(folder: Path, content: Mapping[str, bytes], name: str = NAME) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in content.items():
            archive.writestr(member, data)
    return path


def read(
    folder: Path,
    records: bytes = RECORDS,
    catalogues: Mapping[str, bytes] | None = None,
    reading: Reading = READING,
) -> Imported:
    beside = {"catalogos/TIPO_DEFUN.dbf": CATALOGUE} if catalogues is None else catalogues
    path = zipped(folder, {"DEFUN24.dbf": records, **beside})
    (found,) = inegi_homicides.read([path], reading)
    return found


def values(found: Imported) -> dict[str, float]:
    rows = found.rows[found.rows["value"] > 0]
    return dict(zip(rows["area_code"], rows["value"], strict=True))


def test_homicides_are_counted_by_state_of_occurrence(tmp_path: Path) -> None:
    assert values(read(tmp_path)) == {"00": 7, "06": 4, "33": 2, "99": 1}


def test_every_area_has_a_row_of_the_year_of_registration(tmp_path: Path) -> None:
    rows = read(tmp_path).rows
    assert (len(rows), set(rows["period"]), set(rows["measure"])) == (
        35,
        {"2024"},
        {"deaths_count"},
    )


def test_the_release_names_its_year_and_the_report_its_rule(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.release.release, found.repairs) == (
        "INEGI microdata 2024",
        ("9 deaths read, 7 of them homicide (TIPO_DEFUN = 2 by the catalogue of the archive)",),
    )


def test_deleted_records_are_left_out_and_counted(tmp_path: Path) -> None:
    found = read(tmp_path, table(WIDTHS, DEATHS, deleted=frozenset({0, 5})))
    assert (values(found)["00"], found.repairs[1]) == (
        5,
        "2 records that are marked as deleted left out",
    )


def test_another_code_is_homicide_where_the_catalogue_says_so(tmp_path: Path) -> None:
    other = table({"CVE": 2, "DESCRIP": 30}, [("02", "Accidente"), ("01", "Presunto homicidio")])
    assert values(read(tmp_path, catalogues={"TIPO_DEFUN.dbf": other})) == {"00": 1, "06": 1}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("catalogos/DEPRESUNTO.DBF", CATALOGUE),
        ("catalogos/depresunto.csv", "CVE,DESCRIP\n1,Accidente\n2,Homicidio\n".encode("cp1252")),
        ("Catálogos/Presunto.txt", 'CVE,DESCRIP\n"2","Homicidio, también presunto"\n'.encode()),
    ],
)
def test_the_column_and_the_catalogue_before_2022_are_read(
    tmp_path: Path, name: str, content: bytes
) -> None:
    widths = {**{k: v for k, v in WIDTHS.items() if k != "TIPO_DEFUN"}, "PRESUNTO": 1}
    records = table(widths, [death("06", year="2015")])
    assert values(read(tmp_path, records, {name: content})) == {"00": 1, "06": 1}


def test_the_catalogue_named_after_the_column_is_the_one_that_counts(tmp_path: Path) -> None:
    older = table({"CVE": 2, "DESCRIP": 30}, [("1", "Homicidio")])
    catalogues = {"PRESUNTO.dbf": older, "TIPO_DEFUN.dbf": CATALOGUE}
    assert values(read(tmp_path, catalogues=catalogues))["00"] == 7


def test_progress_is_told_in_records(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    read(
        tmp_path, reading=Reading("2026-11-26", "", lambda done, total: told.append((done, total)))
    )
    assert told == [(9, 9)]


TWO_CODES = table({"CVE": 2, "DESCRIP": 30}, [("2", "Homicidio"), ("4", "Homicidio culposo")])
ONE_COLUMN = table({"DESCRIP": 30}, [("Homicidio",)])
BOTH = {**WIDTHS, "PRESUNTO": 1}


@pytest.mark.parametrize(
    ("records", "catalogues", "message"),
    [
        (
            RECORDS,
            {},
            "no catalogue of TIPO_DEFUN says which code is homicide: .* got 0 catalogues",
        ),
        (RECORDS, {"SEXO.dbf": CATALOGUE}, "says which code is homicide: .* got 0 catalogues"),
        (RECORDS, {"PRESUNTO.dbf": ONE_COLUMN}, "says which code .* got 1 catalogues"),
        (RECORDS, {"PRESUNTO.dbf": TWO_CODES}, "call several codes homicide: .* got 2, 4"),
        (RECORDS, {"PRESUNTO.dbf": b"x" * 300}, "PRESUNTO.dbf: not a dBASE table"),
        (RECORDS, {"PRESUNTO.csv": b"x" * 2_000_000}, "packed beyond reason"),
        (RECORDS, {"DEFUN23.dbf": RECORDS}, "several tables of deaths: expected one, got DEFUN24"),
        (table(BOTH, []), {}, "not one column .* got TIPO_DEFUN and PRESUNTO"),
        (table({"ENT_OCURR": 2}, []), {}, "not one column of the manner of death: .* got none"),
        (table({"TIPO_DEFUN": 2}, []), None, "lacks a column: expected ENT_OCURR"),
        (table(WIDTHS, []), None, "no death of the table is a homicide"),
        (table(WIDTHS, [death("06", "1")]), None, "no death of the table is a homicide"),
        (table(WIDTHS, [death("40")]), None, "a homicide is in a state that is none: .* got '40'"),
        (table(WIDTHS, [death("")]), None, "a homicide is in a state that is none: .* got ''"),
        (table(WIDTHS, [death("06", "2", "24")]), None, "no year of registration: .* got '24'"),
        (
            table(WIDTHS, [death("06"), death("06", "2", "2020")]),
            None,
            "the years of registration do not follow one another: got 2020, 2024",
        ),
        (RECORDS[:-40], None, "ends before its last record: expected 9 records, got 6"),
        (
            table(WIDTHS, DEATHS, declared=3_000_000_000),
            None,
            "expected 3,000,000,000 records, got 9",
        ),
    ],
)
def test_an_archive_that_leaves_a_doubt_is_refused(
    tmp_path: Path, records: bytes, catalogues: dict[str, bytes] | None, message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(tmp_path, records, catalogues)


def test_a_million_records_take_the_memory_of_one_batch(tmp_path: Path) -> None:
    # 1,000,000 records of 100 bytes: 100 MB unpacked. Two tables, one ten times the other.
    peaks = [peak_of(million(tmp_path, count)) for count in (100_000, 1_000_000)]
    assert peaks[1] < 12_000_000
    assert peaks[1] < 1.2 * peaks[0]


def million(folder: Path, count: int) -> Path:
    """Write a zip of so many deaths, a tenth of them homicides, in blocks of 10,000."""
    widths = [("ENT_OCURR", 2), ("ANIO_REGIS", 4), ("TIPO_DEFUN", 1), ("REST", 92)]
    rng = np.random.default_rng(1)
    path = folder / f"{count}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("TIPO_DEFUN.dbf", CATALOGUE)
        with archive.open("DEFUN24.dbf", "w") as out:
            out.write(header(widths, count, 100))
            for _ in range(count // 10_000):
                block = np.full((10_000, 100), ord(" "), dtype=np.uint8)
                block[:, 1:3] = np.frombuffer(b"06", dtype=np.uint8)
                block[:, 3:7] = np.frombuffer(b"2024", dtype=np.uint8)
                block[:, 7] = np.where(np.arange(10_000) % 10 == 0, ord("2"), ord("1"))
                block[:, 8:30] = rng.integers(48, 58, (10_000, 22))
                out.write(block.tobytes())
    return path


def peak_of(path: Path) -> int:
    tracemalloc.start()
    try:
        (found,) = inegi_homicides.read([path], Reading("2026-11-26"))
        assert values(found)["06"] * 10 == float(path.stem)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


WHOLE = io.BytesIO()
with zipfile.ZipFile(WHOLE, "w") as _archive:
    _archive.writestr("DEFUN24.dbf", RECORDS)
    _archive.writestr("TIPO_DEFUN.dbf", CATALOGUE)


@given(place=st.integers(0, 5_000), byte=st.integers(0, 255), length=st.integers(0, 3_000))
def test_any_damage_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, length: int
) -> None:
    content = bytearray(WHOLE.getvalue())
    content[place % len(content)] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(content if length % 3 else content[:length])
    assert outcome(path) in range(-1, 10)


def outcome(path: Path) -> float:
    """How many homicides of the nation a file tells of; -1 where it is refused."""
    try:
        (found,) = inegi_homicides.read([path], Reading("2026-11-26"))
    except AtlasError:
        return -1
    return values(found)["00"]
