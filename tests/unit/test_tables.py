"""The tidy tables: read whole and right, or refused with row and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import provenance, shapes, table_rules, tables
from geo_app.errors import BadRequest, HashMismatch, TableInvalid
from geo_app.provenance import Release, Source
from geo_app.states import state_codes

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

Change = Callable[[pd.DataFrame], pd.DataFrame]
RELEASES = (
    Release("R 1", "2023-07-25", "", "2026-11-23", "a.csv", "0" * 64),
    Release("R 2", "", "2024-07-30", "2026-11-23", "b.csv", "1" * 64),
)
SOURCE: Source = replace(
    provenance.load_source("inegi-homicides"), slug="inegi-homicides", releases=RELEASES
)


def raw(periods: tuple[str, ...] = ("2021", "2022"), measure: str = "deaths_count") -> pd.DataFrame:
    """Return a right table of texts: the nation and 32 states, each with the value 7."""
    cells = [(code, period) for code in ("00", *state_codes()) for period in periods]
    frame = pd.DataFrame(cells, columns=["state_code", "period"], dtype=str)
    return frame.assign(
        measure=measure,
        value="7",
        status="final",
        release="R 1",
        published="2023-07-25",
        checked="2026-11-23",
        source="inegi-homicides",
    )


def with_interval(low: str = "6", high: str = "8", interval: str = "") -> pd.DataFrame:
    columns = ["state_code", "period", "measure", "value", "low", "high", "interval"]
    frame = raw().assign(low=low, high=high, interval=interval)
    return frame[[*columns, *table_rules.PUBLICATION_COLUMNS]]


def at(frame: pd.DataFrame, row: int, **cells: str) -> pd.DataFrame:
    for column, text in cells.items():
        frame.loc[row, column] = text
    return frame


def test_a_right_table_is_typed() -> None:
    found = table_rules.check(raw(), "a.csv", SOURCE)
    assert (len(found), found["value"].dtype, found["value"].unique().tolist()) == (66, float, [7])


def test_what_a_table_does_not_hold_is_missing_or_empty() -> None:
    found = table_rules.check(raw(), "a.csv", SOURCE)
    texts = found[["interval", "reasons", "address"]].to_numpy().ravel()
    assert (set(texts), found["low"].notna().any()) == ({""}, False)


def test_the_kind_of_area_follows_from_its_code() -> None:
    frame = raw(("2021",))
    more = frame.iloc[:2].assign(state_code=["33", "99"])
    found = table_rules.check(pd.concat([frame, more], ignore_index=True), "a.csv", SOURCE)
    kinds = found.set_index("area_code")["area_kind"]
    assert [kinds[code] for code in ("00", "01", "33", "99")] == [
        "nation",
        "state",
        "outside",
        "outside",
    ]


def test_a_city_code_is_not_taken_for_a_state() -> None:
    frame = raw(("2021",)).iloc[:3].rename(columns={"state_code": "city_code"})
    found = table_rules.check(frame.assign(city_code=["00", "33", "T1"]), "a.csv", SOURCE)
    assert found["area_kind"].tolist() == ["nation", "city", "city"]


def test_a_missing_value_is_missing_and_not_zero() -> None:
    found = table_rules.check(at(raw(), 2, value="", status="missing"), "a.csv", SOURCE)
    assert found["value"].isna().tolist()[:4] == [False, False, True, False]


def test_the_first_day_of_a_release_is_known() -> None:
    found = table_rules.check(raw(), "a.csv", SOURCE)
    assert found["known_from"].unique().tolist() == ["2023-07-25"]


@pytest.mark.parametrize("columns", [["state_code"], ["area", "period"], []])
def test_other_columns_are_refused(columns: list[str]) -> None:
    frame = pd.DataFrame(columns=columns, dtype=str)
    with pytest.raises(
        TableInvalid, match=r"^a\.csv: wrong columns: expected state_code,period,me"
    ):
        table_rules.check(frame, "a.csv", SOURCE)


def test_columns_in_another_order_are_refused() -> None:
    frame = raw()
    with pytest.raises(TableInvalid, match=r"wrong columns: .* got state_code,measure,period"):
        table_rules.check(
            frame[["state_code", "measure", "period", *frame.columns[3:]]], "a.csv", SOURCE
        )


@pytest.mark.parametrize("text", ["seven", "1,234", "nan", "inf", "-inf", "NA", " "])
def test_a_value_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(
        TableInvalid,
        match=r"^a\.csv row 4 column value: 1 wrong value\(s\): expected a number or nothing, got",
    ):
        table_rules.check(at(raw(), 2, value=text), "a.csv", SOURCE)


@pytest.mark.parametrize("column", ["low", "high"])
def test_an_end_of_an_interval_that_is_no_number_is_refused(column: str) -> None:
    with pytest.raises(
        TableInvalid, match=rf"row 2 column {column}: 66 wrong value\(s\): expected"
    ):
        table_rules.check(with_interval(**{column: "x"}), "a.csv", SOURCE)


def test_an_interval_of_an_unknown_maker_is_refused() -> None:
    with pytest.raises(TableInvalid, match=r"row 2 column interval: .* expected one of '', 'exact"):
        table_rules.check(with_interval(interval="95 %"), "a.csv", SOURCE)


def test_a_published_interval_is_kept() -> None:
    frame = with_interval(interval="95 % by a third party from INEGI's microdata")
    found = table_rules.check(frame, "a.csv", SOURCE)
    assert found.iloc[0][["low", "high"]].tolist() == [6.0, 8.0]


@pytest.mark.parametrize("code", ["34", "6", "", "State", "MX-COL"])
def test_an_unknown_state_is_refused(code: str) -> None:
    with pytest.raises(TableInvalid, match=r'row 3 column area_code: .* expected "00" to "33" or'):
        table_rules.check(at(raw(), 1, state_code=code), "a.csv", SOURCE)


@pytest.mark.parametrize("status", ["", "Final", "current", "last_stated", "unknown"])
def test_a_status_that_no_table_may_hold_is_refused(status: str) -> None:
    with pytest.raises(
        TableInvalid, match=r"row 3 column status: .* expected one of estimated, fin"
    ):
        table_rules.check(at(raw(), 1, status=status), "a.csv", SOURCE)


def test_a_period_that_is_none_is_refused() -> None:
    with pytest.raises(
        TableInvalid, match=r"^a\.csv column period: not a period: .* got '2022-13'"
    ):
        table_rules.check(at(raw(), 1, period="2022-13"), "a.csv", SOURCE)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"value": ""}, "a value, or a status that says there is none"),
        ({"value": "7", "status": "missing"}, "no value under this status"),
        ({"value": "7", "status": "not_applicable"}, "no value under this status"),
        ({"value": "-1"}, "nothing below zero"),
        ({"value": "1.5"}, "a whole number"),
    ],
)
def test_a_value_that_cannot_be_is_refused(cells: dict[str, str], expected: str) -> None:
    with pytest.raises(TableInvalid, match=rf"a\.csv row 5 column value: .* expected {expected}"):
        table_rules.check(at(raw(), 3, **cells), "a.csv", SOURCE)


def test_a_percentage_over_a_hundred_is_refused() -> None:
    frame = at(raw(measure="insecurity_pct"), 3, value="100.1")
    with pytest.raises(
        TableInvalid, match=r"row 5 column value: .* a percentage up to 100, got 100.1"
    ):
        table_rules.check(frame, "a.csv", SOURCE)


def test_a_row_that_stands_twice_is_refused() -> None:
    frame = raw()
    twice = pd.concat([frame, frame.iloc[[5]]], ignore_index=True)
    with pytest.raises(TableInvalid, match=r"row 68 column area_code: .* one row an area, period,"):
        table_rules.check(twice, "a.csv", SOURCE)


def test_a_row_of_another_source_is_refused() -> None:
    with pytest.raises(
        TableInvalid, match=r"row 2 column source: .* expected inegi-homicides, got "
    ):
        table_rules.check(at(raw(), 0, source="ensu"), "a.csv", SOURCE)


def test_a_release_without_a_record_is_refused() -> None:
    with pytest.raises(TableInvalid, match="a row names the release 'R 3', which has no record"):
        table_rules.check(at(raw(), 0, release="R 3"), "a.csv", SOURCE)


@pytest.mark.parametrize("column", ["published", "checked"])
def test_a_date_that_differs_from_the_record_is_refused(column: str) -> None:
    frame = at(raw(), 0, **{column: "2020-01-01"})
    with pytest.raises(TableInvalid, match=r"a\.csv row 2: the dates of release 'R 1' differ from"):
        table_rules.check(frame, "a.csv", SOURCE)


def without(column: str, text: str) -> Change:
    return lambda frame: frame[frame[column] != text].reset_index(drop=True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            without("state_code", "06"),
            "by state in 'R 1': expected 32 areas x 2 periods, .* got 62",
        ),
        (without("state_code", "06"), "got 62 rows, none of 06"),
        (lambda frame: frame.drop(index=5).reset_index(drop=True), "got 63 rows; import the file"),
    ],
)
def test_a_grid_with_a_gap_is_refused(change: Change, message: str) -> None:
    with pytest.raises(TableInvalid, match=rf"incomplete grid of deaths_count .*{message}"):
        table_rules.check(change(raw()), "a.csv", SOURCE)


def test_a_year_that_no_area_has_is_a_gap_too() -> None:
    with pytest.raises(
        TableInvalid, match="expected 1 areas x 3 periods, missing ones written out"
    ):
        table_rules.check(raw(("2020", "2022")), "a.csv", SOURCE)


def test_issue_dates_have_no_gaps() -> None:
    frame = raw(("2018-01-10", "2022-08-17"), measure="advisory_level")
    assert len(table_rules.check(frame, "a.csv", SOURCE)) == 66


@pytest.mark.parametrize("periods", [("2021", "2021-01"), ("2018-01-10", "2018-02")])
def test_periods_of_two_kinds_are_refused(periods: tuple[str, ...]) -> None:
    with pytest.raises(TableInvalid, match="deaths_count in 'R 1': periods of more than one kind"):
        table_rules.check(raw(periods), "a.csv", SOURCE)


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        TableInvalid, match=r"the table is missing; run `python -m geo_app import in"
    ):
        tables.read(tmp_path / "none.csv", SOURCE)


@pytest.mark.parametrize("content", [b"", b'a,b\n"1', b"a\n\xff\n"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(
        TableInvalid, match=r"a\.csv: not readable as a table .*; restore it or imp"
    ):
        tables.read(path, SOURCE)


@pytest.mark.parametrize("slug", provenance.tabled_slugs())
def test_a_shipped_table_is_written_as_it_stands(
    tmp_path: Path, slug: str, broken: BrokenData
) -> None:
    shipped = broken.data / tables.FOLDER / f"{slug}.csv"
    held = tables.read_text(shipped).columns
    found = tables.table(slug)
    unused = [c for c in (*table_rules.INTERVAL_COLUMNS, *tables.ADVISORY_COLUMNS) if c not in held]
    tables.write(found.drop(columns=unused), tmp_path / "a.csv", held[0])
    assert (tmp_path / "a.csv").read_bytes() == shipped.read_bytes()


def test_a_table_of_unknown_areas_is_not_written(tmp_path: Path) -> None:
    found = table_rules.check(raw(), "a.csv", SOURCE)
    with pytest.raises(
        TableInvalid,
        match="unknown area column: expected state_code or municipality_code or city_code or us_",
    ):
        tables.write(found, tmp_path / "a.csv", "street_code")


@given(value=st.floats(0, 1e15).map(lambda number: 0.0 if number < 1e-300 else number))
def test_a_number_is_written_without_loss(value: float) -> None:
    assert float(tables._number_text(value)) == value


def test_a_table_that_nobody_checked_again_is_refused(broken: BrokenData) -> None:
    broken.replace(
        "tables/inegi-homicides.csv", "06,2022,deaths_count,848", "06,2022,deaths_count,0"
    )
    with pytest.raises(HashMismatch, match=r"inegi-homicides\.csv: the content is not the one"):
        tables.table("inegi-homicides")


def test_the_table_of_an_unknown_source_is_refused() -> None:
    with pytest.raises(BadRequest, match="no source is called 'nobody'"):
        tables.table("nobody")


def test_a_caller_cannot_change_what_the_next_one_reads() -> None:
    mine = tables.table("envipe")
    mine["value"] = 0.0
    assert (tables.table("envipe")["value"] > 0).any()


def two_releases() -> pd.DataFrame:
    first = raw(("2021", "2022"))
    second = raw(("2022", "2023")).assign(release="R 2", published="", value="9")
    frame = pd.concat([second, first], ignore_index=True)
    return table_rules.check(frame, "a.csv", SOURCE)


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        (None, {"2021": 7, "2022": 9, "2023": 9}),
        ("2024-07-30", {"2021": 7, "2022": 9, "2023": 9}),
        ("2024-07-29", {"2021": 7, "2022": 7}),
        ("2023-07-25", {"2021": 7, "2022": 7}),
        ("2023-07-24", {}),
    ],
)
def test_the_newest_release_that_stood_on_a_day_is_kept(
    known_on: str | None, expected: dict[str, float]
) -> None:
    kept = tables.newest(two_releases(), SOURCE, known_on)
    mine = kept[kept["area_code"] == "06"]
    assert dict(zip(mine["period"], mine["value"], strict=True)) == expected


def test_one_row_an_area_period_and_measure_is_kept() -> None:
    kept = tables.newest(two_releases(), SOURCE)
    assert not kept.duplicated(["area_code", "period", "measure"]).any()


def test_a_newer_release_without_the_figure_takes_the_older_one_away() -> None:
    frame = two_releases()
    newer = (frame["release"] == "R 2") & (frame["period"] == "2022") & (frame["area_code"] == "06")
    frame.loc[newer, ["value", "status"]] = [float("nan"), "missing"]
    kept = tables.newest(frame, SOURCE).set_index(["area_code", "period"])
    assert kept.loc[("06", "2022"), "status"] == "missing"


MUNICIPAL: Source = replace(
    provenance.load_source("inegi-homicides-municipal"),
    releases=(Release("R 1", "2023-07-25", "", "2026-11-23", "a.csv", "0" * 64),),
)
HEAD = (
    "# measure: deaths_count",
    "# status: final",
    "# release: R 1",
    "# published: 2023-07-25",
    "# checked: 2026-11-23",
    "# source: inegi-homicides-municipal",
)


def municipal(*more: tuple[str, str]) -> pd.DataFrame:
    """Return a right table of texts: every municipality in one year, and the rows given."""
    codes = shapes.load_municipality_names()
    cells = [*((code, "7") for code in codes), ("06999", "2"), ("99999", "4"), *more]
    frame = pd.DataFrame(cells, columns=["municipality_code", "value"], dtype=str)
    frame.insert(1, "period", "2021")
    frame.insert(2, "measure", "deaths_count")
    return frame.assign(
        status="final",
        release="R 1",
        published="2023-07-25",
        checked="2026-11-23",
        source="inegi-homicides-municipal",
    )


def test_municipalities_and_what_is_in_none_are_told_apart() -> None:
    found = table_rules.check(municipal(), "a.csv", MUNICIPAL)
    assert found.groupby("area_kind").size().to_dict() == {"municipality": 2465, "outside": 2}


@pytest.mark.parametrize("code", ["6007", "06 07", "33001", "99001", "02006", "00999", "٠٦٠٠٧"])
def test_a_code_that_is_no_municipality_is_refused(code: str) -> None:
    with pytest.raises(TableInvalid, match=r"row 2469 column area_code: 1 wrong.*five digits of"):
        table_rules.check(municipal((code, "1")), "a.csv", MUNICIPAL)


def test_a_table_without_one_municipality_is_refused() -> None:
    frame = municipal().drop(index=7)
    with pytest.raises(TableInvalid, match="by municipality in 'R 1': expected 2465 areas x 1"):
        table_rules.check(frame, "a.csv", MUNICIPAL)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    unused = ["low", "high", "interval", "reasons", "address"]
    checked = table_rules.check(municipal(), "a.csv", MUNICIPAL).drop(columns=unused)
    tables.write(checked, path, "municipality_code")
    return path


def test_what_is_the_same_in_every_row_of_a_long_table_stands_above_it(written: Path) -> None:
    lines = written.read_text(encoding="utf-8").splitlines()
    header = "municipality_code,period,value"
    assert lines[:8] == [*HEAD, header, "01001,2021,7"]


def test_a_long_table_of_states_is_written_in_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    unused = ["low", "high", "interval", "reasons", "address"]
    checked = table_rules.check(raw(), "a.csv", SOURCE)
    monkeypatch.setattr(tables, "LONG_ROWS", len(checked) - 1)
    tables.write(checked.drop(columns=unused), path, "state_code")
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert tables.read(path, SOURCE)["value"].to_list() == checked["value"].to_list()


def test_a_head_is_read_back_into_every_row(written: Path) -> None:
    found = tables.read_text(written).reset_index(drop=True)
    expected = municipal().sort_values("municipality_code").reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected)


def test_a_fault_below_a_head_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ["municipality_code,period,value", "01001,2021,7", "01002,2021,-7"]
    path.write_text("\n".join([*HEAD, *rows]), encoding="utf-8")
    with pytest.raises(TableInvalid, match=r"a\.csv row 9 column value: .* got -7"):
        tables.read(path, MUNICIPAL)


@pytest.mark.parametrize("line", ["# status: final", "# period: 2021", "# colour: red", "# status"])
def test_a_head_that_is_not_of_other_columns_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.csv"
    rows = ["municipality_code,period,value,status", "01001,2021,7,final"]
    path.write_text("\n".join([line, *rows]), encoding="utf-8")
    with pytest.raises(
        TableInvalid, match=r"a\.csv: the head is not right: expected lines such as"
    ):
        tables.read(path, MUNICIPAL)
