"""Perception of ENVIPE from its interviews, in INEGI's layout of 2021 to 2025."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import envipe
from geo_app.importers.envipe_microdata import edition_of
from geo_app.importers.microdata import tables_in
from geo_app.importers.reading import Imported, Reading
from geo_app.indicators import Interval, Status
from geo_app.states import state_codes
from tests.unit.survey_tables import Rows, archive, people, put

READING = Reading("2026-11-26")


def perception() -> Rows:
    """In each state: 100 secure, 200 insecure, 100 do not know, 200 insecure."""
    rows = people(AP4_3_3="2", AP4_3_2="1")
    for n, row in enumerate(rows):
        row["AP4_3_3"] = "1292"[n % 4]
    return rows


def read(*files: Path) -> Imported:
    (found,) = envipe.read(files, READING)
    return found


def test_who_does_not_know_stays_in_the_whole(tmp_path: Path) -> None:
    found = read(put(tmp_path / "TPer_Vic1_2025.csv", perception()))
    assert found.rows["area_code"].tolist() == ["00", *state_codes()]
    assert found.rows["value"].tolist() == pytest.approx([100 * 400 / 600] * 33)
    assert "32 who do not know kept in the whole" in found.repairs


def test_an_estimate_is_marked_and_dated_with_its_edition(tmp_path: Path) -> None:
    found = read(put(tmp_path / "TPer_Vic1_2025.csv", perception()))
    assert set(found.rows["status"]) == {Status.ESTIMATED}
    assert set(found.rows["interval"]) == {Interval.COMPUTED}
    assert set(found.rows["period"]) == {"2025"}
    assert found.release.release == "ENVIPE 2025 microdata"


def test_a_state_keeps_the_design_of_the_whole(tmp_path: Path) -> None:
    rows = read(put(tmp_path / "TPer_Vic1_2025.csv", perception())).rows.set_index("area_code")
    # Residual totals of the two units: (100·(-2/3) + 200·(1/3)) / 600 = 0 and the same: no
    # variance between units, though answers differ inside of each.
    assert rows.loc["09", "low"] == pytest.approx(rows.loc["09", "value"])


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("bd_envipe_2025_csv.zip", "TPer_Vic1.csv"),
        (
            "conjunto_de_datos_ENVIPE_2025_csv.zip",
            "TPer_Vic1_ENVIPE_2025/conjunto_de_datos/conjunto_de_datos_TPer_Vic1_ENVIPE_2025.csv",
        ),
        ("saved as.zip", "x/tper_vic1_envipe2025.CSV"),
    ],
)
def test_the_table_is_found_in_each_payload(tmp_path: Path, name: str, member: str) -> None:
    codes: Rows = [{"AP4_3_1": "1", "descrip": "Seguro"}]
    others = {"catalogos/AP4_3_3.csv": codes, "TPer_Vic2.csv": people(AP6_4_01="2", AP7_3_05="2")}
    found = read(archive(tmp_path / name, {**others, member: perception()}))
    assert set(found.rows["period"]) == {"2025"}


def test_latin_1_and_utf_8_are_the_same_table(tmp_path: Path) -> None:
    first = read(put(tmp_path / "TPer_Vic1_2025.csv", perception(), "latin-1"))
    second = read(put(tmp_path / "TPer_Vic1_2024.csv", perception(), "utf-8-sig"))
    assert first.rows["value"].tolist() == second.rows["value"].tolist()


def test_the_edition_2020_uses_the_first_part_of_its_fieldwork_alone(tmp_path: Path) -> None:
    rows = perception()
    dwellings = [
        {"ID_VIV": row["ID_VIV"], "PER": str(1 + n % 4 // 2)} for n, row in enumerate(rows)
    ]
    found = read(
        put(tmp_path / "TPer_Vic1_2020.csv", rows), put(tmp_path / "TVivienda.csv", dwellings)
    )
    # Of each state the first two persons: 100 secure, 200 insecure.
    assert found.rows["value"].tolist() == pytest.approx([100 * 200 / 300] * 33)
    assert "64 interviews after March 2020 not used" in found.repairs


def test_the_edition_2020_without_its_dwellings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="the edition 2020 without the parts of its fieldwork"):
        read(put(tmp_path / "TPer_Vic1_2020.csv", perception()))


def test_a_person_without_a_dwelling_is_refused(tmp_path: Path) -> None:
    table = put(tmp_path / "TPer_Vic1_2020.csv", perception())
    home = put(tmp_path / "TVivienda.csv", [{"ID_VIV": "1.01", "PER": "1"}])
    with pytest.raises(SourceInvalid, match="a person's dwelling is not in the table of dwell"):
        read(table, home)


def test_two_tables_of_perception_are_refused(tmp_path: Path) -> None:
    tables = [put(tmp_path / f"TPer_Vic1_{year}.csv", perception()) for year in (2024, 2025)]
    with pytest.raises(SourceInvalid, match=r"\(with AP4_3_3\) is there more than once"):
        read(*tables)


@pytest.mark.parametrize(
    ("folder", "name", "year"),
    [
        ("envipe_2021_microdata", "TPer_Vic1.csv", 2021),
        ("envipe_2021_microdata", "TPer_Vic1_2022.csv", 2022),
        ("ENVIPE2023", "a.csv", 2023),
    ],
)
def test_the_edition_comes_from_the_nearest_name(
    tmp_path: Path, folder: str, name: str, year: int
) -> None:
    (tmp_path / folder).mkdir()
    (table,) = tables_in(put(tmp_path / folder / name, perception()))
    assert edition_of(table) == year


@pytest.mark.parametrize("name", ["TPer_Vic1.csv", "TPer_Vic1_2021_2025.csv"])
def test_an_edition_that_no_name_tells_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceInvalid, match="the names do not give one edition"):
        read(put(tmp_path / name, perception()))


def test_a_table_of_perception_among_nothing_else_is_needed(tmp_path: Path) -> None:
    others = put(tmp_path / "TPer_Vic2_2025.csv", people(AP6_4_01="2", AP7_3_05="2"))
    with pytest.raises(SourceInvalid, match="the name of the file is not a known one"):
        read(others)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("AP4_3_3", "3", "none of the question's codes"),
        ("CVE_ENT", "33", "not the 32 states: expected each of them, got the code '33'"),
        ("FAC_ELE", "", "the weights are not all numbers"),
        ("FAC_ELE", "-1", "the weights are not all numbers"),
        ("UPM_DIS", "", "no stratum or no primary unit"),
        ("ID_PER", "0100001.01.01.01", "line 2: a person stands twice"),
    ],
)
def test_a_wrong_cell_is_refused(tmp_path: Path, column: str, value: str, message: str) -> None:
    rows = perception()
    rows[0][column] = value
    rows[1]["ID_PER"] = rows[0]["ID_PER"] if column == "ID_PER" else rows[1]["ID_PER"]
    with pytest.raises(SourceInvalid, match=message.replace("line 2", "line 3")):
        read(put(tmp_path / "TPer_Vic1_2025.csv", rows))


def test_an_extract_of_one_state_is_refused(tmp_path: Path) -> None:
    rows = [row for row in perception() if row["CVE_ENT"] == "17"]
    with pytest.raises(SourceInvalid, match="none of 01; an extract of one state gives no"):
        read(put(tmp_path / "TPer_Vic1_2025.csv", rows))


def test_an_old_edition_without_the_state_is_refused(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "CVE_ENT"} for row in perception()]
    with pytest.raises(SourceInvalid, match="a column is missing: expected CVE_ENT; editions bef"):
        read(put(tmp_path / "TPer_Vic1_2015.csv", rows))
