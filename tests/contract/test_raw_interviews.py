"""Estimates from the real interviews are the published figures and those of the gathered lists.

Runs over the raw sources where they are found beside the project; elsewhere each test is skipped.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from geo_app import observations, tables
from geo_app.importers.reading import Reading
from geo_app.importers.writing import import_files

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PERCEPTION = ROOT.parent / "shared" / "sources" / "perception"
RAW = PERCEPTION / "raw"
READING = Reading("2026-11-26")

ENSU_2015 = [
    RAW / "ensu_2015_microdata" / f"conjunto_de_datos_cb_ensu_0{number}_2015.csv.gz"
    for number in (1, 2, 3, 4)
]
MORELOS = RAW / "ensu_morelos_2025" / "Master_ENSU_Morelos.parquet"
VICTIMS = RAW / "envipe_2021_microdata"
REDUCED = tuple(VICTIMS / f"{name}_2021_reduced.csv.gz" for name in ("TPer_Vic2", "TMod_Vic"))
OF_R = tuple(VICTIMS / f"{name}.rds" for name in ("TPer_Vic2", "TMod_Vic"))
BOOKS = tuple(
    RAW / "envipe_tabulados" / f"I_nivel_victimizacion_2025_{name}.xlsx" for name in ("est", "err")
)
KEY = ["area_code", "period"]


def imported(slug: str, files: tuple[Path, ...], folder: Path) -> pd.DataFrame:
    """Import files as the command does, into a copy, and return the rows of their releases."""
    absent = [path.name for path in files if not path.is_file()]
    if absent:
        pytest.skip(f"the raw file {absent[0]} is not beside the project")
    shutil.copytree(DATA, folder)
    reports = import_files(slug, files, READING, out=folder)
    rows = tables.read_text(folder / "tables" / f"{slug}.csv")
    rows = rows[rows["release"].isin([item.release for item in reports])]
    numbers = {name: pd.to_numeric(rows[name]) for name in ("value", "low", "high")}
    return rows.assign(**numbers).rename(
        columns={"state_code": "area_code", "city_code": "area_code"}
    )


@cache
def tidy(name: str) -> pd.DataFrame:
    return pd.read_csv(PERCEPTION / f"{name}.csv", dtype={"cve_ent": str, "cd": str})


def error(row: pd.Series[float]) -> float:
    return (row["high"] - row["low"]) / 2 / 1.959963984540054


def test_the_pilot_of_2015_is_the_published_series(tmp_path: Path) -> None:
    found = imported("ensu", tuple(ENSU_2015), tmp_path / "data").sort_values("period")
    published = tidy("ensu_national_2013Q3_2026Q2")
    published = published[(published["sex"] == "total") & published["std_error"].notna()]
    assert found["period"].tolist() == published["period"].tolist()
    assert found["value"].round(4).tolist() == [67.9420, 68.9657, 67.9942, 67.7455]
    assert found["value"].tolist() == pytest.approx(published["pct_unsafe"].tolist(), abs=1e-9)
    assert found["low"].tolist() == pytest.approx(published["ci95_lo"].tolist(), abs=1.5e-4)
    assert found["high"].tolist() == pytest.approx(published["ci95_hi"].tolist(), abs=1.5e-4)
    errors = [error(row) for _, row in found.iterrows()]
    assert errors == pytest.approx(published["std_error"].tolist(), abs=5.1e-5)


def test_the_pilot_of_2015_gives_the_rows_of_the_list(tmp_path: Path) -> None:
    found = imported("ensu", tuple(ENSU_2015), tmp_path / "data")
    listed = tables.read_text(DATA / "tables" / "ensu.csv")
    listed = listed[listed["interval"].str.contains("computed") & (listed["city_code"] == "00")]
    both = found.merge(listed, left_on=KEY, right_on=["city_code", "period"], suffixes=("", "_of"))
    assert len(both) == len(found) == len(listed) == 4
    assert both["interval"].tolist() == both["interval_of"].tolist()
    for name, digits in (("value", 1e-9), ("low", 1.5e-4), ("high", 1.5e-4)):
        expected = pd.to_numeric(both[f"{name}_of"]).tolist()
        assert both[name].tolist() == pytest.approx(expected, abs=digits)


def test_cuernavaca_is_that_of_the_table_in_all_four_quarters(tmp_path: Path) -> None:
    found = imported("ensu", (MORELOS,), tmp_path / "data").sort_values("period")
    listed = tidy("ensu_city_quarter")
    listed = listed[(listed["cd"] == "32") & listed["period"].str.startswith("2025")]
    listed = listed[listed["sex"] == "total"]
    assert found["area_code"].unique().tolist() == ["32"]
    assert found["period"].tolist() == listed["period"].tolist()
    # The third and fourth quarters were copied with four decimals.
    assert found["value"].tolist() == pytest.approx(listed["pct_unsafe"].tolist(), abs=5.1e-5)
    errors = [error(row) for _, row in found.iterrows()]
    assert errors == pytest.approx(listed["std_error"].tolist(), abs=5.1e-5)


@pytest.mark.parametrize("files", [REDUCED, OF_R], ids=["csv", "rds"])
def test_the_interviews_of_2021_give_the_published_prevalence(
    tmp_path: Path, files: tuple[Path, ...]
) -> None:
    found = imported("envipe-prevalence", files, tmp_path / "data").set_index("area_code")
    assert round(found.loc["00", "value"]) == 23_520
    listed = tidy("envipe_state_victimization")
    listed = listed[(listed["reference_year"] == 2020) & (listed["sex"] == "total")]
    assert sorted(found.index) == sorted(listed["cve_ent"])
    for _, row in listed.iterrows():
        mine = found.loc[row["cve_ent"]]
        assert mine["value"] == pytest.approx(row["value"], abs=1e-6)
        assert error(mine) == pytest.approx(row["std_error"], abs=1e-6)


def test_the_workbook_of_2025_gives_the_rows_of_the_list(tmp_path: Path) -> None:
    found = imported("envipe-prevalence", BOOKS, tmp_path / "data").set_index("area_code")
    listed = tidy("envipe_state_victimization")
    is_mine = (listed["reference_year"] == 2024) & (listed["sex"] == "total")
    listed = listed[is_mine & listed["indicator"].str.startswith("prevalence")]
    assert sorted(found.index) == sorted(listed["cve_ent"])
    for _, row in listed.iterrows():
        mine = found.loc[row["cve_ent"]]
        assert mine["value"] == pytest.approx(row["value"], abs=1e-9)
        assert error(mine) == pytest.approx(row["std_error"], abs=1e-9)


def test_the_states_that_no_list_holds_are_missing_in_the_atlas() -> None:
    rows = observations.observe("crime_prevalence_envipe_per_100k")
    missing = rows[(rows["area_kind"] == "state") & (rows["status"] == "missing")]
    years = [*range(2014, 2020), *range(2021, 2024), 2025]
    assert sorted(missing["period"].unique()) == [str(year) for year in years]
    assert missing["value"].isna().all()
    assert len(missing) == 32 * len(years)
