"""The committed tables are what the importers make of the real files, and say what was published.

Runs over the raw sources where they are found beside the project; elsewhere each test is skipped.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from geo_app import cities, municipalities, paths, provenance, tables
from geo_app.importers import sesnsp_victims
from geo_app.importers.readers import READERS
from geo_app.importers.reading import Reading
from geo_app.importers.writing import import_files
from geo_app.states import state_codes

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SOURCES = ROOT.parent / "shared" / "sources"
READING = Reading("2026-11-23")

INEGI_EXPORT = (
    "INEGI_OLAP_defunciones_homicidio_mun_ocurrencia_x_anio_registro_1990-2024_latin1.csv.gz"
)
RAW = {
    "conapo-population": (
        "boundaries/population/poblacion_adulta_entidad_total.csv",
        "boundaries/population/poblacion_entidad_mujeres.csv",
        "boundaries/population/poblacion_entidad_total.csv",
    ),
    "conapo-population-municipal": ("boundaries/population/poblacion_municipal_total.csv",),
    "ensu": (
        "perception/ensu_national_2013Q3_2026Q2.csv",
        "perception/ensu_city_quarter.csv",
        "perception/ensu_cities.csv",
    ),
    "envipe": (
        "perception/envipe_state_unsafe_2011_2025.csv",
        "perception/envipe_2024_state_unsafe_microdata_ci.csv",
        "perception/envipe_national_unsafe_by_level_sex_2012_2025.csv",
    ),
    "foreign-advisories": ("advisories/others.csv",),
    "inegi-homicides": (f"homicides/raw/{INEGI_EXPORT}",),
    "inegi-homicides-municipal": (f"homicides/raw/{INEGI_EXPORT}",),
    "sesnsp-victims": (
        "homicides/raw/resumen_homicidios_dolosos_sep2025.xlsx",
        "homicides/raw/IDVFC_NM_dic24.csv.gz",
    ),
    "us-advisory": (
        "advisories/advisories.csv",
        "advisories/advisories_country.csv",
        "advisories/samples/us_page_mexico_2024-09-06.md",
        "advisories/samples/us_cadataapi_mexico_2025-08-12.json",
        "advisories/samples/us_rss_item_mexico_2026-05-29.json",
    ),
}
"""Raw files of every source, in an order that is not that of their releases."""


def raw_files(names: Sequence[str]) -> list[Path]:
    files = [SOURCES / name for name in names]
    absent = [path.name for path in files if not path.is_file()]
    if absent:
        pytest.skip(f"the raw file {absent[0]} is not beside the project")
    return files


@cache
def table(slug: str) -> pd.DataFrame:
    record, listing = (DATA / "sources" / f"{slug}{end}" for end in (".toml", ".releases.csv"))
    source = provenance.read_source(record, listing)
    return tables.read(DATA / "tables" / f"{slug}.csv", source)


def rows(slug: str, **wanted: str) -> pd.DataFrame:
    frame = table(slug)
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame


def value(slug: str, code: str, period: str, measure: str) -> float:
    (found,) = rows(slug, area_code=code, period=period, measure=measure)["value"]
    return float(found)


def test_every_importer_is_tried_on_its_real_files() -> None:
    assert set(READERS) == set(RAW)


@pytest.mark.parametrize("slug", RAW)
def test_importing_the_real_files_gives_the_committed_table_byte_for_byte(
    slug: str, tmp_path: Path
) -> None:
    files = raw_files(RAW[slug])
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    for name in (f"tables/{slug}.csv", f"sources/{slug}.releases.csv"):
        (folder / name).unlink()
    import_files(slug, files, READING, out=folder)
    made = {p.relative_to(folder).as_posix(): paths.sha256(p) for p in folder.rglob("*.csv")}
    assert made == {p.relative_to(DATA).as_posix(): paths.sha256(p) for p in DATA.rglob("*.csv")}


@pytest.mark.parametrize("slug", RAW)
def test_a_release_names_the_hash_of_the_real_file(slug: str) -> None:
    files = raw_files(RAW[slug])
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    for release in provenance.read_releases(DATA / "sources" / f"{slug}.releases.csv"):
        names = release.file.split(" + ")
        lines = sorted(f"{digests[name]}  {name}\n" for name in names)
        of_several = hashlib.sha256("".join(lines).encode()).hexdigest()
        assert release.sha256 == (digests[names[0]] if len(names) == 1 else of_several)


@pytest.mark.parametrize(
    ("release", "first", "last", "victims"),
    [
        ("SESNSP victims, September 2025", "2021-01", "2021-06", 16975),
        ("SESNSP victims, September 2025", "2022-01", "2022-06", 15382),
        ("SESNSP victims, December 2024", "2022-01", "2022-06", 15381),
        ("SESNSP victims, December 2024", "2024-01", "2024-12", 30057),
        ("SESNSP victims, September 2025", "2019-01", "2019-12", 34721),
    ],
)
def test_victims_of_a_span_are_those_of_their_release(
    release: str, first: str, last: str, victims: int
) -> None:
    found = rows("sesnsp-victims", release=release)
    assert found.loc[found["period"].between(first, last), "value"].sum() == victims


def test_the_workbook_of_sums_equals_an_independent_extract() -> None:
    (workbook, extract) = raw_files(
        (
            "homicides/raw/resumen_homicidios_dolosos_sep2025.xlsx",
            "homicides/sesnsp_victimas_homicidio_doloso_entidad_mes_2015-01_2025-09.csv",
        )
    )
    tidy = pd.read_csv(extract, dtype={"cve_ent": str})
    period = tidy["anio"].astype(str) + "-" + tidy["mes"].astype(str).str.zfill(2)
    expected = dict(zip(zip(tidy["cve_ent"], period, strict=True), tidy["victimas"], strict=True))
    (found,) = sesnsp_victims.read([workbook], READING)
    cells = zip(found.rows["area_code"], found.rows["period"], strict=True)
    assert dict(zip(cells, found.rows["value"].astype(int), strict=True)) == expected


def test_the_municipal_deaths_equal_an_independent_extract() -> None:
    (extract,) = raw_files(("homicides/inegi_homicidios_municipio_anual_1990-2024.csv.gz",))
    tidy = pd.read_csv(extract, dtype={"cvegeo": str, "anio_registro": str})
    homes = tidy["cvegeo"].map(municipalities.parent_of)
    expected = tidy["homicidios"].groupby([homes, tidy["anio_registro"]]).sum()
    found = table("inegi-homicides-municipal")
    found = found[found["value"] > 0]
    cells = zip(found["area_code"], found["period"], strict=True)
    assert dict(zip(cells, found["value"].astype(int), strict=True)) == expected.to_dict()


def test_the_people_of_the_municipalities_are_those_of_the_file() -> None:
    (raw,) = raw_files(("boundaries/population/poblacion_municipal_total.csv",))
    years = pd.read_csv(raw).drop(columns=["CVE", "Entidad", "Municipio"]).sum()
    found = table("conapo-population-municipal").groupby("period")["value"].sum()
    assert found.astype(int).to_dict() == years.to_dict()


@pytest.mark.parametrize(
    ("slug", "code", "period", "measure", "expected"),
    [
        ("inegi-homicides", "00", "2018", "deaths_count", 36685),
        ("inegi-homicides", "00", "2022", "deaths_count", 33287),
        ("inegi-homicides", "06", "2022", "deaths_count", 848),
        ("inegi-homicides", "31", "2022", "deaths_count", 47),
        ("inegi-homicides", "99", "2018", "deaths_count", 2103),
        ("envipe", "00", "2025", "insecurity_pct", 75.6),
        ("envipe", "15", "2025", "insecurity_pct", 87.8),
        ("envipe", "31", "2025", "insecurity_pct", 39.6),
        ("envipe", "00", "2025", "significant_change_flag", 1),
        ("envipe", "00", "2022", "significant_change_flag", 0),
    ],
)
def test_a_published_figure_comes_out(
    slug: str, code: str, period: str, measure: str, expected: float
) -> None:
    assert value(slug, code, period, measure) == expected


def test_the_nation_of_ensu_2022q2_is_the_one_of_the_bulletin() -> None:
    assert round(value("ensu", "00", "2022Q2", "insecurity_pct"), 1) == 67.4


@pytest.mark.parametrize(
    ("issue", "counts"),
    [
        ("2018-01-10", {4: 5, 3: 11, 2: 16}),
        ("2022-08-17", {4: 6, 3: 7, 2: 17, 1: 2}),
        ("2025-08-12", {4: 6, 3: 8, 2: 16, 1: 2}),
    ],
)
def test_states_at_each_level_of_an_issue(issue: str, counts: dict[int, int]) -> None:
    levels = rows("us-advisory", period=issue, area_kind="state")["value"].astype(int)
    assert levels.value_counts().to_dict() == counts


def test_coahuila_is_at_level_3_since_august_2025() -> None:
    assert value("us-advisory", "05", "2025-08-12", "advisory_level") == 3


def test_issues_without_a_list_are_the_three_known_ones() -> None:
    missing = rows("us-advisory", area_kind="state", status="missing")
    assert missing.groupby("period").size().to_dict() == {
        "2020-03-19": 32,
        "2022-01-31": 32,
        "2026-05-29": 32,
    }


def test_levels_carried_over_from_the_general_rule_are_151() -> None:
    assert len(rows("us-advisory", area_kind="state", status="estimated")) == 151


def test_no_reason_given_is_said_only_of_the_four_states_whose_official_text_gives_none() -> None:
    silent = rows("us-advisory", reasons="none")
    assert sorted(zip(silent["area_code"], silent["period"], strict=True)) == [
        ("04", "2024-09-06"),
        ("04", "2025-08-12"),
        ("31", "2024-09-06"),
        ("31", "2025-08-12"),
    ]


def test_only_the_edition_2024_of_envipe_has_intervals_and_they_are_conditional() -> None:
    held = table("envipe").dropna(subset="low")
    assert (set(held["period"]), set(held["interval"]), set(held["area_code"])) == (
        {"2024"},
        {"95 % by a third party, among those who answered only"},
        {"00", *state_codes()},
    )


@pytest.mark.parametrize("quarter", ["2022Q1", "2022Q2", "2022Q3", "2025Q3", "2025Q4"])
def test_cities_of_a_third_party_quarter_are_estimated_with_an_interval(quarter: str) -> None:
    found = rows("ensu", area_kind="city", period=quarter, status="estimated")
    assert (len(found), int(found["low"].notna().sum())) == (90, 90)


def test_the_pandemic_quarter_of_ensu_has_no_value_anywhere() -> None:
    assert rows("ensu", period="2020Q2")["value"].notna().sum() == 0


def test_acapulco_after_the_hurricane_is_missing() -> None:
    (status,) = rows("ensu", area_code="21", period="2023Q4")["status"]
    assert status == "missing"


@pytest.mark.parametrize(
    ("quarter", "count"), [("2019Q1", 70), ("2019Q2", 73), ("2019Q3", 85), ("2021Q3", 90)]
)
def test_the_survey_grows_as_inegi_says(quarter: str, count: int) -> None:
    found = rows("ensu", area_kind="city", period=quarter)
    assert (found["status"] != "not_applicable").sum() == count


def test_every_city_of_the_table_is_in_the_list_of_cities() -> None:
    listed = {item.city_code for item in cities.read(DATA / cities.FILE)}
    assert listed == set(rows("ensu", area_kind="city")["area_code"])
