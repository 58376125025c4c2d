"""ENSU from its interviews: both forms of the table, the quarter, the codes of cities."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import ensu
from geo_app.importers.ensu_microdata import quarter_of
from geo_app.importers.reading import Imported, Reading
from geo_app.indicators import Interval, Status

READING = Reading("2026-11-26")
OLD = "CD,PER,EDIS,UPM_DIS,N_REN,P1,FACTOR"
NEW = "CD,PER,CVE_ENT,EST_DIS,UPM_DIS,BP1_1,FAC_SEL"


def old(per: str = "0315", cities: int = 32) -> str:
    """Two interviews a city, insecure by three to one but for one who does not know."""
    rows = []
    for city in range(1, cities + 1):
        answers = ("9", "2") if city == 1 else ("1", "2")
        for unit, (answer, weight) in enumerate(zip(answers, (100, 300), strict=True)):
            head = f'"{city:02d}\r","{per}\r","1{city % 3}\r","{city:03d}{unit}\r","01\r"'
            rows.append(f"{head},{answer},{weight}")
    return "\ufeff" + "\n".join([OLD, *rows]) + "\n"


def new(codes: list[str], per: str = "0125") -> str:
    rows = [
        f"{int(code)},{per},1,{100 + n % 2},{n},{1 + n % 2},{200 + n}"
        for code in codes
        for n in range(8)
    ]
    return "\n".join([NEW, *rows]) + "\n"


WHOLE = [f"{code:02d}" for code in (*range(1, 15), *range(19, 24), *range(25, 34), *range(35, 45))]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str], list[Imported]]:
    def reader(name: str, text: str) -> list[Imported]:
        (tmp_path / name).write_bytes(text.encode())
        return ensu.read([tmp_path / name], READING)

    return reader


def test_the_pilot_gives_the_nation_alone(read: Callable[[str, str], list[Imported]]) -> None:
    (found,) = read("conjunto_de_datos_cb_ensu_01_2015.csv", old())
    (row,) = found.rows.to_dict("records")
    assert (row["area_code"], row["period"]) == ("00", "2015Q1")
    assert row["value"] == pytest.approx(75.0)
    assert "no cities: the survey was a pilot and its codes were others" in found.repairs


def test_who_does_not_know_stays_in_the_whole(
    read: Callable[[str, str], list[Imported]],
) -> None:
    (found,) = read("cb_ensu_01_2015.csv", old())
    assert found.repairs[0] == "1 who do not know kept in the whole"
    # Among those who answered it would be 300 * 32 of 400 * 32 - 100.
    assert found.rows["value"].iloc[0] < 100 * 9600 / 12700


def test_an_estimate_and_its_interval_name_their_maker(
    read: Callable[[str, str], list[Imported]],
) -> None:
    (found,) = read("cb_ensu_01_2015.csv", old())
    (row,) = found.rows.to_dict("records")
    assert (row["status"], row["interval"]) == (Status.ESTIMATED, Interval.COMPUTED)
    assert row["low"] < row["value"] < row["high"]
    assert found.release.release == "ENSU microdata 2015Q1"


def test_the_later_survey_gives_the_nation_and_every_city(
    read: Callable[[str, str], list[Imported]],
) -> None:
    (found,) = read("ENSU_CB_1T_2025.csv", new(WHOLE))
    assert set(found.rows["area_code"]) == {"00", *WHOLE}
    assert found.rows["period"].unique().tolist() == ["2025Q1"]


def test_an_extract_gives_no_nation_and_no_half_of_a_city(
    read: Callable[[str, str], list[Imported]],
) -> None:
    (found,) = read("ENSU_CB_1T_2025.csv", new(["07", "32"]))
    assert found.rows["area_code"].tolist() == ["32"]
    assert found.release.release == "ENSU microdata 2025Q1, some cities"
    assert "07 left out: in two states, and the table is an extract" in found.repairs
    assert "no nation: the table is an extract of some cities" in found.repairs


def test_the_words_of_an_extract_tell_its_quarters(tmp_path: Path) -> None:
    parts = []
    for per, said in ((125, "1er Trim"), (325, "3er Trim")):
        rows = pd.DataFrame(
            {"CD": 32, "PER": per, "EST_DIS": [1, 1, 2, 2], "UPM_DIS": [1, 2, 3, 4]}
        )
        parts.append(rows.assign(BP1_1=[1, 2, 2, 9], FAC_SEL=10, TRIMESTRE=said, ANIO="2025"))
    pd.concat(parts).to_parquet(tmp_path / "Master.parquet")
    found = ensu.read([tmp_path / "Master.parquet"], READING)
    assert [item.rows["period"].tolist() for item in found] == [["2025Q1"], ["2025Q3"]]
    assert [item.rows["value"].tolist() for item in found] == [[50.0], [50.0]]


def test_one_archive_may_hold_several_quarters(tmp_path: Path) -> None:
    path = tmp_path / "ensu_bd_2025_csv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in (2, 1):
            archive.writestr(f"ENSU_CB_{number}T_2025.csv", new(WHOLE, f"0{number}25"))
        archive.writestr("ENSU_VIV_1T_2025.csv", "CD,PER\n01,0125\n")
    found = ensu.read([path], READING)
    assert [item.release.release[-6:] for item in found] == ["2025Q1", "2025Q2"]


@pytest.mark.parametrize(
    ("per", "name", "quarter"),
    [
        ("0315", "conjunto_de_datos_cb_ensu_01_2015.csv", "2015Q1"),
        ("315", "conjunto_de_datos_cb_ensu_01_2015.csv", "2015Q1"),
        ("0325", "ENSU_CB_3T_2025.csv", "2025Q3"),
        ("0325", "ensu_2025_1t.csv", "2025Q1"),
        ("0615", "cb.csv", "2015Q2"),
        ("1215", "cb.csv", "2015Q4"),
        ("0125", "cb.csv", "2025Q1"),
    ],
)
def test_a_period_is_a_month_or_a_quarter(per: str, name: str, quarter: str) -> None:
    assert quarter_of(per, name, "f") == quarter


@pytest.mark.parametrize(
    ("per", "name"),
    [
        ("0325", "cb.csv"),
        ("0525", "cb.csv"),
        ("", "ensu_01_2015.csv"),
        ("0615", "cb_ensu_01_2015.csv"),
        ("0315", "cb_ensu_01_2016.csv"),
    ],
    ids=["both", "neither", "nothing", "another quarter", "another year"],
)
def test_a_quarter_that_cannot_be_told_is_refused(per: str, name: str) -> None:
    with pytest.raises(SourceInvalid, match="f: the quarter cannot be told"):
        quarter_of(per, name, "f")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (new(WHOLE).replace(",1,200\n", ",3,200\n"), "none of the question's codes"),
        (new(WHOLE).replace(",200\n", ",x\n"), "the weights are not all numbers"),
        (new([*WHOLE, "97"]), "a city is not in the list of cities: got 97"),
        (old("1215", cities=5), "an extract of some cities from before they were renumbered"),
    ],
)
def test_a_wrong_table_is_refused(
    read: Callable[[str, str], list[Imported]], text: str, message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read("cb.csv", text)


def test_a_quarter_given_twice_is_refused(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}_ensu_01_2015.csv" for name in "ab"]
    for path in paths:
        path.write_bytes(old().encode())
    with pytest.raises(SourceInvalid, match="two tables hold the same quarter: got 2015Q1"):
        ensu.read(paths, READING)


def test_interviews_do_not_mix_with_lists(tmp_path: Path) -> None:
    paths = [tmp_path / "cb_ensu_01_2015.csv", tmp_path / f"{ensu.NATION_FILE}.csv"]
    paths[0].write_bytes(old().encode())
    paths[1].write_text("period,sex\n2015Q1,total\n")
    with pytest.raises(SourceInvalid, match="no table of interviews of ENSU"):
        ensu.read(paths, READING)
