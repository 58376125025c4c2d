"""Victims of ENVIPE: two lists, INEGI's workbooks, and the interviews."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import envipe_prevalence
from geo_app.importers.envipe_prevalence_lists import MAKERS, NATION_FILE, STATE_FILE
from geo_app.importers.reading import Imported, Reading
from geo_app.indicators import Interval, Status
from geo_app.states import all_states, state_codes
from tests.unit.survey_tables import Rows, archive, people, put

READING = Reading("2026-11-26")
OLD, COMPUTED, BOOK = MAKERS
PREVALENCE = "prevalence_victims_per_100k"
Lists = dict[str, Rows]


def read(*files: Path) -> list[Imported]:
    return envipe_prevalence.read(files, READING)


def only(*files: Path) -> Imported:
    (found,) = read(*files)
    return found


def cells(found: Imported, code: str, measure: str = envipe_prevalence.MEASURE) -> dict[str, Rows]:
    rows = found.rows[(found.rows["area_code"] == code) & (found.rows["measure"] == measure)]
    return {row["period"]: row for row in rows.to_dict("records")}


# ------------------------------------------------------------------------------------ the lists


def state_row(year: int, code: str, name: str, value: float, source: str) -> dict[str, str]:
    error = "" if source == OLD else "500"
    return {
        "reference_year": str(year),
        "cve_ent": code,
        "state": name,
        "indicator": PREVALENCE,
        "sex": "total",
        "value": str(value),
        "std_error": error,
        "source": source,
    }


def nation_row(year: int, value: float, flag: str = "1") -> dict[str, str]:
    return {
        "reference_year": str(year),
        "indicator": PREVALENCE,
        "sex": "total",
        "value": str(value),
        "significant_change_vs_previous": flag,
        "source": "presentation",
    }


def lists() -> Lists:
    """By state 2018, 2020 and 2022; the nation 2019 to 2023."""
    names = [("00", "Nacional"), *((item.state_code, item.name_short) for item in all_states())]
    states = [
        state_row(year, code, name, 20_000.25, source)
        for year, source in ((2018, OLD), (2020, COMPUTED), (2022, BOOK))
        for code, name in names
    ]
    states.append({**states[0], "sex": "women"})
    states.append({**states[0], "indicator": "incidence_crimes_per_100k"})
    nation = [nation_row(year, 20_000) for year in (2019, 2020, 2021, 2022)]
    nation += [nation_row(2023, 21_000.5, ""), {**nation_row(2020, 1), "sex": "men"}]
    return {STATE_FILE: states, NATION_FILE: nation}


@pytest.fixture
def read_lists(tmp_path: Path) -> Callable[[Lists], list[Imported]]:
    def reader(texts: Lists) -> list[Imported]:
        paths = [tmp_path / f"{stem}.csv" for stem in texts]
        for path, rows in zip(paths, texts.values(), strict=True):
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return read(*paths)

    return reader


def test_a_year_that_the_list_does_not_hold_is_missing_and_not_empty(
    read_lists: Callable[[Lists], list[Imported]],
) -> None:
    *_, found = read_lists(lists())
    assert found.release.release == "ENVIPE victims 2019-2023, states not held"
    assert sorted(cells(found, "06")) == ["2019", "2020", "2021", "2022", "2023"]
    assert set(found.rows["status"]) == {Status.MISSING}
    assert found.rows["value"].isna().all()


def test_each_run_of_years_is_a_release(read_lists: Callable[[Lists], list[Imported]]) -> None:
    assert [item.release.release for item in read_lists(lists())] == [
        "ENVIPE victims 2018-2023, nation",
        "ENVIPE victims 2018, states",
        "ENVIPE victims 2020, states",
        "ENVIPE victims 2022, states",
        "ENVIPE victims 2019-2023, states not held",
    ]


def test_years_without_a_gap_are_one_release(
    read_lists: Callable[[Lists], list[Imported]],
) -> None:
    texts = lists()
    for row in texts[STATE_FILE]:
        row["reference_year"] = {"2020": "2019", "2022": "2020"}.get(
            row["reference_year"], row["reference_year"]
        )
    texts[NATION_FILE] = [nation_row(year, 20_000) for year in (2018, 2019, 2020)]
    names = [item.release.release for item in read_lists(texts)]
    assert names == ["ENVIPE victims 2018-2020, nation", "ENVIPE victims 2018-2020, states"]


def test_the_nation_has_the_years_of_both_lists(
    read_lists: Callable[[Lists], list[Imported]],
) -> None:
    found = cells(read_lists(lists())[0], "00")
    assert {year: row["value"] for year, row in found.items()} == {
        "2018": 20_000.25,
        "2019": 20_000,
        "2020": 20_000,
        "2021": 20_000,
        "2022": 20_000.25,
        "2023": 21_000.5,
    }


def test_a_published_figure_goes_before_a_computed_one_and_keeps_its_interval(
    read_lists: Callable[[Lists], list[Imported]],
) -> None:
    row = cells(read_lists(lists())[0], "00")["2020"]
    assert (row["value"], row["status"]) == (20_000, Status.FINAL)
    assert row["interval"] == Interval.COMPUTED
    assert (row["low"], row["high"]) == pytest.approx((19_020.268, 20_980.232), abs=1e-3)


@pytest.mark.parametrize(
    ("year", "interval", "status"),
    [
        ("2018", Interval.NONE, Status.FINAL),
        ("2020", Interval.COMPUTED, Status.ESTIMATED),
        ("2022", Interval.PUBLISHED_ERROR, Status.FINAL),
    ],
)
def test_a_row_names_who_made_its_interval(
    read_lists: Callable[[Lists], list[Imported]], year: str, interval: Interval, status: Status
) -> None:
    found = {p: row for item in read_lists(lists())[1:4] for p, row in cells(item, "06").items()}
    row = found[year]
    assert (row["interval"], row["status"]) == (interval, status)
    assert (row["low"] == row["low"]) == bool(interval)


def test_the_flags_are_those_of_the_nation(read_lists: Callable[[Lists], list[Imported]]) -> None:
    found = read_lists(lists())
    flags = cells(found[0], "00", envipe_prevalence.FLAG_MEASURE)
    assert sorted(flags) == ["2019", "2020", "2021", "2022"]


def test_rows_that_are_not_used_are_counted(read_lists: Callable[[Lists], list[Imported]]) -> None:
    assert read_lists(lists())[0].repairs[0] == (
        "2 rows by state and 1 of the nation not used: crimes, or one sex"
    )


@pytest.mark.parametrize(
    ("stem", "change", "message"),
    [
        (STATE_FILE, {"value": "120000"}, "line 2: not a rate per 100,000 people"),
        (STATE_FILE, {"value": "many"}, "line 2: not a rate per 100,000 people"),
        (STATE_FILE, {"value": ""}, "line 2: not a rate per 100,000 people"),
        (STATE_FILE, {"source": "somebody"}, "line 2: the source of the row is not a known one"),
        (STATE_FILE, {"std_error": "5"}, "a standard error without its maker"),
        (STATE_FILE, {"reference_year": "18"}, "line 2: not a year"),
        (STATE_FILE, {"reference_year": "2020"}, "line 35: the area stands twice in a year"),
        (STATE_FILE, {"cve_ent": "01"}, "line 2: "),
        (NATION_FILE, {"significant_change_vs_previous": "2"}, "line 2: not a flag"),
        (NATION_FILE, {"reference_year": "2020"}, "line 3: the area stands twice in a year"),
        (NATION_FILE, {"reference_year": "2018", "value": "20002"}, "is not that of the list of"),
    ],
)
def test_a_wrong_row_is_refused(
    read_lists: Callable[[Lists], list[Imported]], stem: str, change: dict[str, str], message: str
) -> None:
    texts = lists()
    texts[stem][0] |= change
    with pytest.raises(SourceInvalid, match=message):
        read_lists(texts)


@pytest.mark.parametrize("stem", [STATE_FILE, NATION_FILE])
def test_a_list_of_one_sex_alone_is_refused(
    read_lists: Callable[[Lists], list[Imported]], stem: str
) -> None:
    texts = lists()
    for row in texts[stem]:
        row["sex"] = "men"
    with pytest.raises(SourceInvalid, match="the list has no prevalence of both sexes"):
        read_lists(texts)


# -------------------------------------------------------------------------------- the workbooks

TITLE = "Tasa de prevalencia delictiva por entidad federativa por cada"


def workbook(path: Path, values: dict[str, object], head: str = "", year: int = 2025) -> Path:
    """Make INEGI's workbook of victimization: an index, the table on another sheet than 1.1."""
    book = Workbook()
    index = book.active
    index.title = "Índice"
    index.append([1.1, f"{TITLE} cien mil habitantes, según sexo de la víctima, {year - 1}."])
    book.create_sheet("1.1").append(["Tasa de incidencia delictiva por entidad federativa"])
    sheet = book.create_sheet("1.2")
    for row in (
        [f"INEGI. Encuesta Nacional de Victimización {year} (ENVIPE). Tabulados básicos. "],
        [head],
        [TITLE, None, None, None, "Cuadro 1.2"],
        ["cien mil habitantes, según sexo de la víctima"],
        [str(year - 1)],
        ["Entidad federativa ", "Tasa total de prevalencia1", None, "Tasa de prevalencia por sexo"],
        [None, None, None, "Hombres", "Mujeres"],
        *([name, value, None, 1, 2] for name, value in values.items()),
        ["Nota 1: La tasa se calcula dividiendo…"],
    ):
        sheet.append(row)
    book.save(path)
    return path


def areas(value: object) -> dict[str, object]:
    names = {"15": "Estado de México2", "16": "Michoacán de Ocampo", "30": "Veracruz"}
    states = {names.get(item.state_code, item.name_short): value for item in all_states()}
    return {"Estados Unidos Mexicanos": value, **states}


def test_rates_and_their_errors_are_of_the_year_before_the_edition(tmp_path: Path) -> None:
    rates = workbook(tmp_path / "a.xlsx", areas(20_000))
    errors = workbook(tmp_path / "b.xlsx", areas(100), "Errores estándar")
    found = only(errors, rates)
    assert found.release.release == "ENVIPE 2025"
    assert set(found.rows["period"]) == {"2024"}
    assert sorted(found.rows["area_code"]) == ["00", *state_codes()]
    assert found.rows["low"].tolist() == pytest.approx([20_000 - 195.9964] * 33)
    assert set(found.rows["interval"]) == {Interval.PUBLISHED_ERROR}


def test_rates_without_errors_have_no_interval(tmp_path: Path) -> None:
    found = only(workbook(tmp_path / "a.xlsx", areas(20_000)))
    assert set(found.rows["interval"]) == {Interval.NONE}
    assert found.rows["low"].isna().all()


def test_a_mark_is_missing_and_a_marked_figure_is_told(tmp_path: Path) -> None:
    values = {**areas(20_000), "Colima": "ND", "Jalisco": "19000.5*"}
    found = only(workbook(tmp_path / "a.xlsx", values))
    rows = found.rows.set_index("area_code")
    assert (rows.loc["06", "status"], rows.loc["14", "value"]) == (Status.MISSING, 19_000.5)
    assert len(found.repairs) == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({**areas(20_000), "Colima": 200_000}, "not a rate per 100,000 people"),
        ({**areas(20_000), "Colima": "none"}, "neither a number nor a mark"),
        ({**areas(20_000), "Kolima": 1}, "no state of this name"),
        ({**areas(20_000), "Coahuila de Zaragoza": 1}, "the area stands twice"),
        ({"Estados Unidos Mexicanos": 1}, "the table lacks an area: got none of 01"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, values: dict[str, object], message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(workbook(tmp_path / "a.xlsx", values))


def test_a_workbook_without_the_table_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Tasa de incidencia delictiva"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SourceInvalid, match="by state and sex is not there once"):
        read(tmp_path / "a.xlsx")


def test_errors_alone_and_a_table_twice_are_refused(tmp_path: Path) -> None:
    errors = workbook(tmp_path / "b.xlsx", areas(100), "Errores estándar")
    with pytest.raises(SourceInvalid, match="edition 2025: the rates are missing"):
        read(errors)
    rates = [workbook(tmp_path / f"{name}.xlsx", areas(1)) for name in "cd"]
    with pytest.raises(SourceInvalid, match=r"d\.xlsx: the same table is given twice"):
        read(*rates)


# ------------------------------------------------------------------------------- the interviews


def persons() -> Rows:
    return people(SEXO="2", AP6_4_01="1", AP7_3_05="1")


def crimes() -> Rows:
    """Of each state: a robbery of the second person (200 of 600), vandalism of the third."""
    rows = persons()
    stolen = [{"ID_PER": row["ID_PER"], "BPCOD": "05"} for row in rows[1::4]]
    broken = [{"ID_PER": row["ID_PER"], "BPCOD": "3"} for row in rows[2::4]]
    return [*stolen, *broken, stolen[0]]


def interviews(folder: Path) -> list[Path]:
    return [
        put(folder / "TPer_Vic2_2021.csv", persons()),
        put(folder / "TMod_Vic_2021.csv", crimes()),
    ]


def test_a_victim_is_a_person_with_a_crime_other_than_vandalism(tmp_path: Path) -> None:
    found = only(*interviews(tmp_path))
    assert found.rows["value"].tolist() == pytest.approx([100_000 / 3] * 33)
    assert found.repairs[0] == "32 crimes of vandalism make nobody a victim"


def test_interviews_are_of_the_year_before_their_edition(tmp_path: Path) -> None:
    found = only(*interviews(tmp_path))
    assert set(found.rows["period"]) == {"2020"}
    assert found.release.release == "ENVIPE 2021 microdata"
    assert set(found.rows["status"]) == {Status.ESTIMATED}


def test_both_tables_are_found_in_one_archive(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "bd_envipe_2021_csv.zip",
        {"TPer_Vic2.csv": persons(), "TMod_Vic.csv": crimes(), "TPer_Vic1.csv": people(AP4_1="1")},
    )
    assert only(path).rows["value"].iloc[0] == pytest.approx(100_000 / 3)


def test_all_three_kinds_may_come_in_one_import(
    tmp_path: Path, read_lists: Callable[[Lists], list[Imported]]
) -> None:
    read_lists(lists())
    book = workbook(tmp_path / "a.xlsx", areas(20_000))
    tidy = [tmp_path / f"{stem}.csv" for stem in (STATE_FILE, NATION_FILE)]
    found = read(*interviews(tmp_path), book, *tidy)
    names = [item.release.release for item in found]
    assert len(names) == 7
    assert names[5:] == ["ENVIPE 2025", "ENVIPE 2021 microdata"]


def test_one_table_without_the_other_is_refused(tmp_path: Path) -> None:
    first, second = interviews(tmp_path)
    with pytest.raises(SourceInvalid, match="the table of crimes is missing"):
        read(first)
    with pytest.raises(SourceInvalid, match="the table of persons is missing"):
        read(second)


def test_tables_of_two_editions_are_refused(tmp_path: Path) -> None:
    first, second = interviews(tmp_path)
    other = second.rename(tmp_path / "TMod_Vic_2022.csv")
    with pytest.raises(SourceInvalid, match="persons and crimes are of two editions"):
        read(first, other)


def test_a_victim_that_nobody_is_is_refused(tmp_path: Path) -> None:
    first, second = interviews(tmp_path)
    put(second, [*crimes(), {"ID_PER": "99", "BPCOD": "05"}])
    with pytest.raises(SourceInvalid, match="a victim is not among the persons: got 99"):
        read(first, second)


def test_crimes_by_the_state_where_they_happened_are_no_prevalence(tmp_path: Path) -> None:
    # The extracts of one state that go round hold the crimes that happened there, and their
    # victims live elsewhere too: the persons are missing, and the other 31 states.
    first, second = interviews(tmp_path)
    put(first, [row for row in persons() if row["CVE_ENT"] == "17"])
    with pytest.raises(SourceInvalid, match="not the 32 states"):
        read(first, second)


# ---------------------------------------------------------------------------------- other files


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"PK\x03\x04 broken", b"\x1f\x8b\x08"])
def test_a_file_of_none_of_the_kinds_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(SourceInvalid, match=r"x\.csv"):
        read(tmp_path / "x.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="there is no such file"):
        read(tmp_path / "x.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "x.csv"
    path.write_bytes(content)
    with pytest.raises(AtlasError, match=r"^[^\n]+$"):
        read(path)
