"""Every raw file of INEGI's surveys imports, and equals the list that was gathered from it.

Runs over the raw sources where they are found beside the project; elsewhere each test is skipped.
"""

from __future__ import annotations

import math
import shutil
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from geo_app import provenance, tables
from geo_app.errors import SourceInvalid
from geo_app.importers import ensu_names, ensu_workbooks, envipe, unreported_crime
from geo_app.importers.readers import READERS
from geo_app.importers.reading import Reading, open_raw
from geo_app.importers.writing import import_files

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SOURCES = ROOT.parent / "shared" / "sources"
PERCEPTION = SOURCES / "perception"
READING = Reading("2026-11-26")

BOOKS = {
    f"{year}Q{quarter}": name
    for year, quarter, name in (
        (2019, 1, "I_percepcion_mar_2019"),
        (2019, 2, "I_percepcion_jun_2019"),
        (2019, 3, "I_percepcion_sep_2019"),
        (2019, 4, "I_percepcion_dic_2019"),
        (2020, 1, "I_percepcion_mar_2020"),
        (2020, 3, "I_percepcion_sep_2020"),
        (2020, 4, "I_percepcion_dic_2020"),
        (2021, 1, "I_percepcion_mar_2021"),
        (2021, 2, "I_percepcion_jun_2021"),
        (2021, 3, "I_percepcion_sep_2021"),
        (2021, 4, "I_percepcion_dic_2021"),
        (2024, 1, "1.Bas_percepcion_seguridad_mar_24"),
        (2024, 2, "1.Bas_percepcion_seguridad_jun_24"),
        (2024, 3, "1.Bas_percepcion_seguridad_sep_24"),
        (2024, 4, "1.Bas_percepcion_seguridad_dic_2024"),
        (2025, 1, "1.Bas_percepcion_seguridad_mar_2025"),
        (2025, 2, "1.Bas_percepcion_seguridad_jun_2025"),
    )
}
"""INEGI's workbooks of ENSU, by quarter."""

ROUNDING = 6e-10
"""The gathered list of cities keeps nine decimals."""


def raw_file(name: str) -> Path:
    path = SOURCES / name
    if not path.is_file():
        pytest.skip(f"the raw file {path.name} is not beside the project")
    return path


@cache
def gathered(name: str) -> pd.DataFrame:
    return pd.read_csv(raw_file(f"perception/{name}"), dtype=str, keep_default_na=False)


def book(quarter: str) -> Path:
    return raw_file(f"perception/raw/ensu_tabulados/{BOOKS[quarter]}_est.xlsx")


def by_area(rows: pd.DataFrame, code: str, value: str) -> dict[str, float]:
    held = rows[rows[value] != ""]
    return dict(zip(held[code], held[value].astype(float), strict=True))


@pytest.mark.parametrize("quarter", BOOKS)
def test_a_workbook_of_ensu_equals_the_gathered_list(quarter: str) -> None:
    cities = gathered("ensu_city_quarter.csv")
    cities = cities[(cities["period"] == quarter) & (cities["sex"] == "total")]
    (found,) = READERS["ensu"]([book(quarter)], READING)
    held = found.rows.dropna(subset="value")
    made = dict(zip(held["area_code"], held["value"], strict=True))
    nation = made.pop("00")
    assert (found.release.release, set(found.rows["period"])) == (f"ENSU {quarter}", {quarter})
    assert made == pytest.approx(by_area(cities, "cd", "pct_unsafe"), abs=ROUNDING)
    series = gathered("ensu_national_2013Q3_2026Q2.csv")
    series = series[(series["period"] == quarter) & (series["sex"] == "total")]
    assert nation == pytest.approx(float(series["pct_unsafe"].iloc[0]), abs=1e-12)


@pytest.mark.parametrize("quarter", ["2021Q1", "2025Q2"])
def test_the_series_of_the_nation_equals_the_gathered_list(quarter: str) -> None:
    series = gathered("ensu_national_2013Q3_2026Q2.csv")
    series = series[(series["sex"] == "total") & (series["period"] <= quarter)]
    found = ensu_workbooks.read_quarter(open_raw(book(quarter))).series
    held = {period: value for period, value in found.items() if not math.isnan(value)}
    assert set(found) - set(held) == {"2020Q2"}
    assert held == pytest.approx(by_area(series, "period", "pct_unsafe"), abs=1e-12)


@pytest.mark.parametrize("quarter", ["2019Q2", "2024Q1"])
def test_a_workbook_says_the_same_of_areas_outside_the_survey(quarter: str) -> None:
    (found,) = READERS["ensu"]([book(quarter)], READING)
    made = dict(zip(found.rows["area_code"], found.rows["status"], strict=True))
    record = provenance.read_source(
        DATA / "sources" / "ensu.toml", DATA / "sources" / "ensu.releases.csv"
    )
    held = tables.read(DATA / "tables" / "ensu.csv", record)
    held = held[held["period"] == quarter]
    assert made == dict(zip(held["area_code"], held["status"], strict=True))


def test_a_workbook_becomes_a_release_that_is_shown_before_the_gathered_list(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    import_files("ensu", [book("2024Q1")], READING, out=folder)
    record = provenance.read_source(
        folder / "sources" / "ensu.toml", folder / "sources" / "ensu.releases.csv"
    )
    newest = tables.newest(tables.read(folder / "tables" / "ensu.csv", record), record)
    quarters = newest[newest["period"].isin(["2023Q4", "2024Q1", "2024Q2"])]
    assert quarters.groupby("period")["release"].agg(set).to_dict() == {
        "2023Q4": {"ENSU 2013Q3-2026Q2"},
        "2024Q1": {"ENSU 2024Q1"},
        "2024Q2": {"ENSU 2013Q3-2026Q2"},
    }
    assert record.release("ENSU 2024Q1").published == ""


def test_every_name_of_inegis_lists_of_codes_is_known_under_its_code() -> None:
    listed = gathered("ensu_cd_catalogs_by_quarter.csv")
    # Before 2019Q3 codes were others: in 2019Q2 Cuautitlán Izcalli was 90.
    listed = listed[listed["period"] >= "2019Q3"]
    states = {line["city_code"]: line["state_code"] for line in ensu_names._lines()}
    pairs = set(zip(listed["cd"], listed["name_in_catalog"], strict=True))
    wrong = {(code, name) for code, name in pairs if ensu_names.code_in(states[code], name) != code}
    assert wrong == set()


EDITIONS = range(2012, 2026)


def reporting(edition: int, end: str = "est") -> Path:
    folder = "perception/raw/envipe_tabulados"
    return raw_file(f"{folder}/III_denuncia_delito_{edition}_{end}.xlsx")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_workbook_on_reporting_equals_the_gathered_list(edition: int) -> None:
    found_rows = gathered("envipe_state_cifra_negra_2011_2024.csv")
    found_rows = found_rows[
        (found_rows["edition_year"] == str(edition)) & (found_rows["sex"] == "total")
    ]
    (found,) = unreported_crime.read([reporting(edition)], READING)
    made = dict(zip(found.rows["area_code"], found.rows["value"], strict=True))
    assert (found.release.release, set(found.rows["period"])) == (
        f"ENVIPE {edition}",
        {str(edition - 1)},
    )
    assert made == by_area(found_rows, "cve_ent", "cifra_negra_pct")


def test_inegis_standard_errors_of_2025_make_the_intervals_of_the_table() -> None:
    files = [reporting(2025), reporting(2025, "err")]
    (found,) = unreported_crime.read(files, READING)
    (listed,) = unreported_crime.read(
        [raw_file("perception/envipe_state_cifra_negra_2011_2024.csv")], READING
    )[-1:]
    columns = ["area_code", "value", "low", "high", "interval", "status"]
    assert found.rows[columns].equals(listed.rows[columns].reset_index(drop=True))


def test_the_edition_2011_has_no_table_of_unreported_crimes() -> None:
    path = raw_file("perception/raw/envipe_tabulados/III_caracteristicas_victimas_2011_est.xlsx")
    with pytest.raises(SourceInvalid, match="the edition 2011 has none"):
        unreported_crime.read([path], READING)


def test_counts_that_others_took_from_the_workbooks_give_the_same_shares() -> None:
    counts = pd.read_csv(raw_file("context/mx/cifra_negra_state_2012_2021.csv"))
    made = 100 * counts["cifra_negra"] / counts["delitos"]
    from geo_app.states import code_of

    keys = zip(counts["Entidad"].map(code_of), counts["anio"].astype(str), strict=True)
    record = provenance.read_source(
        DATA / "sources" / "unreported-crime.toml",
        DATA / "sources" / "unreported-crime.releases.csv",
    )
    held = tables.read(DATA / "tables" / "unreported-crime.csv", record)
    values = held.set_index(["area_code", "period"])["value"]
    assert dict(zip(keys, made, strict=True)) == pytest.approx(
        {key: values[key] for key in values.index if key[0] != "00" and "2012" <= key[1] <= "2021"},
        abs=1e-6,
    )


COPIES = {
    "perception/raw/mcv_ips/00_IPS_bd.xlsx": ("pct_unsafe", 0.0),
    "perception/raw/mexicoevalua/envipe2011-2014.csv": ("", 1e-9),
    "perception/raw/mexicoevalua/envipe2011-2014.xlsx": ("", 1e-4),
    "perception/raw/datosmexico_extract_2025.csv": ("pct_unsafe_full_precision", 0.0),
    "perception/raw/inegi_api/indicador_inseguridad_estados.csv": ("pct_unsafe_women", 1e-9),
}
"""Copies of ENVIPE, the column of the gathered list, and the digits in which they may differ."""


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_envipe_equals_the_gathered_list(name: str) -> None:
    column, digits = COPIES[name]
    listed = gathered("envipe_state_unsafe_2011_2025.csv")
    # México Evalúa's list is two columns: as first published until 2012, at full precision after.
    full, first = listed["pct_unsafe_full_precision"], listed["pct_unsafe_first_published"]
    early = listed.assign(value=first.where(first != "", full))
    listed = listed.assign(value=listed[column]) if column else early
    (found,) = envipe.read([raw_file(name)], READING)
    years = set(found.rows["period"])
    listed = listed[listed["edition_year"].isin(years) & (listed["value"] != "")]
    keys = zip(listed["cve_ent"], listed["edition_year"], strict=True)
    made = zip(found.rows["area_code"], found.rows["period"], strict=True)
    assert dict(zip(made, found.rows["value"], strict=True)) == pytest.approx(
        dict(zip(keys, listed["value"].astype(float), strict=True)), rel=0, abs=digits
    )


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_envipe_imports_beside_the_gathered_list(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (report,) = import_files("envipe", [raw_file(name)], READING, out=folder)
    assert not report.is_dry
    assert report.missing_count == 0


def test_what_was_published_first_is_held_and_not_shown() -> None:
    record = provenance.read_source(
        DATA / "sources" / "envipe.toml", DATA / "sources" / "envipe.releases.csv"
    )
    frame = tables.read(DATA / "tables" / "envipe.csv", record)
    mine = (frame["area_code"] == "00") & (frame["period"] == "2011")
    share = frame[mine & (frame["measure"] == "insecurity_pct")]
    assert sorted(share["value"]) == [69.5, 69.5278]
    newest = tables.newest(share, record)
    assert newest["value"].tolist() == [69.5]
