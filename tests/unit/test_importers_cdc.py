"""CDC's overdose deaths: CSV, JSON and the portal's export, gaps, remarks, cut answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app import us_areas
from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import cdc
from geo_app.importers.months import ENGLISH_MONTHS
from geo_app.importers.reading import Imported, Reading

T404 = "Synthetic opioids, excl. methadone (T40.4)"
NUMBERS = "Numbers may differ from published reports using final data. See Technical Notes."
LOW = "Underreported due to incomplete data."
Row = dict[str, str]
Rows = list[Row]


def official(months: int = 2, absent: tuple[str, ...] = ("LA", "PA")) -> Rows:
    """Return an answer of the interface: every area with 90 deaths and 95 predicted ones."""
    places = [("US", "United States")]
    for code in us_areas.codes("us_state"):
        name = us_areas.area("us_state", code).name_en
        places.append((code, "New York" if code == "NY" else name))
    return [
        {
            "state": code,
            "year": "2022",
            "month": ENGLISH_MONTHS[month],
            "period": "12 month-ending",
            "indicator": T404,
            "percent_complete": "100",
            "percent_pending_investigation": "0.17",
            "state_name": name,
            "footnote": NUMBERS,
            "footnote_symbol": "**",
            "data_value": "90",
            "predicted_value": "95",
        }
        for code, name in places
        for month in range(months)
        if code not in absent
    ]


def as_csv(rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_json(rows: Rows) -> bytes:
    """Return the rows as the interface does: a cell without content has no name."""
    return json.dumps([{k: v for k, v in row.items() if v} for row in rows]).encode()


def as_export(rows: Rows) -> bytes:
    """Return the rows as the portal does: headings in title case, numbers with commas."""
    titled = [
        {
            key.replace("_", " ").title(): f"{int(text):,}"
            if key.endswith("_value") and text
            else text
            for key, text in row.items()
        }
        for row in rows
    ]
    return b"\xef\xbb\xbf" + as_csv(titled)


FORMS = {"csv": as_csv, "json": as_json, "export": as_export}


def imported(path: Path, content: bytes) -> Imported:
    path.write_bytes(content)
    (found,) = cdc.read([path], Reading("2026-11-26"))
    return found


Read = Callable[[Rows], Imported]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return lambda rows: imported(tmp_path / "vsrr.csv", as_csv(rows))


def cell(found: Imported, measure: str, code: str = "CA", month: str = "2022-01") -> list[object]:
    rows = found.rows
    (row,) = rows[
        (rows["measure"] == measure) & (rows["area_code"] == code) & (rows["period"] == month)
    ].to_dict("records")
    return [row["value"] if row["value"] == row["value"] else None, row["status"]]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_rows(tmp_path: Path, form: str) -> None:
    rows = official()
    rows[0] |= {"data_value": "72614", "predicted_value": "73248"}
    rows[8] |= {"data_value": "", "predicted_value": ""}
    expected = imported(tmp_path / "plain", as_csv(rows)).rows
    assert imported(tmp_path / "given", FORMS[form](rows)).rows.equals(expected)


@pytest.mark.parametrize("form", FORMS)
def test_reported_and_predicted_deaths_stand_apart(tmp_path: Path, form: str) -> None:
    rows = official()
    rows[0] |= {"data_value": "72614", "predicted_value": "73248"}
    found = imported(tmp_path / "given", FORMS[form](rows))
    assert [cell(found, name, "US") for name in (cdc.REPORTED, cdc.PREDICTED)] == [
        [72614, "preliminary"],
        [73248, "estimated"],
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_is_missing_and_not_zero(tmp_path: Path, form: str) -> None:
    rows = official()
    mine = next(row for row in rows if row["state"] == "CA")
    mine |= {"data_value": "", "footnote": f"{NUMBERS}  Data suppressed (<10)."}
    found = imported(tmp_path / "given", FORMS[form](rows))
    assert (cell(found, cdc.REPORTED), cell(found, cdc.PREDICTED)) == (
        [None, "missing"],
        [95, "estimated"],
    )
    told = "1 rows without a reported number left empty, not zero (1 of them below 10)"
    assert told in found.repairs


def test_an_area_that_is_not_in_the_file_is_missing_in_every_month(read: Read) -> None:
    found = read(official())
    rows = found.rows[found.rows["area_code"] == "LA"]
    assert (len(rows), set(rows["status"])) == (2 * 4, {"missing"})
    assert found.repairs[-1] == (
        "2 areas not in the file are missing in every month (Louisiana, Pennsylvania)"
    )


def test_the_city_of_new_york_is_apart_from_its_state(read: Read) -> None:
    rows = official()
    for row in rows:
        if row["state"] in ("NY", "YC"):
            row["data_value"] = {"NY": "3", "YC": "4"}[row["state"]]
    found = read(rows)
    assert [cell(found, cdc.REPORTED, code)[0] for code in ("NY", "YC")] == [3, 4]


def test_the_remark_that_a_number_is_too_low_is_kept(read: Read) -> None:
    rows = official()
    next(row for row in rows if row["state"] == "CA")["footnote"] = LOW
    found = read(rows)
    assert [cell(found, cdc.UNDERREPORTED, code)[0] for code in ("CA", "TX")] == [1, 0]


def test_the_share_of_records_is_kept(read: Read) -> None:
    rows = official()
    next(row for row in rows if row["state"] == "CA")["percent_complete"] = "99.5"
    next(row for row in rows if row["state"] == "TX")["percent_complete"] = ""
    found = read(rows)
    assert [cell(found, cdc.COMPLETE, code)[0] for code in ("CA", "TX")] == [99.5, None]


def test_other_indicators_are_counted_and_not_used(read: Read) -> None:
    others = [row | {"indicator": "Number of Drug Overdose Deaths"} for row in official()]
    more = [row | {"indicator": "Synthetic opioids (T40.2-T40.4)"} for row in official()]
    found = read([*official(), *others, *more])
    assert "212 rows of other indicators not used"[4:] in " ".join(found.repairs)
    assert cell(found, cdc.REPORTED)[0] == 90


def test_a_release_is_named_after_its_last_month_and_seen_on_a_known_day(read: Read) -> None:
    rows = [row | {"year": "2026", "month": "January"} for row in official(1)]
    release = read(rows).release
    assert (release.release, release.seen) == (
        "CDC overdose deaths, T40.4, 12 months to January 2026",
        "2026-06-27",
    )


def test_a_release_without_a_known_copy_counts_from_its_reading(read: Read) -> None:
    release = read(official()).release
    assert (release.seen, release.known_from) == ("", "2026-11-26")


def test_an_answer_of_one_state_is_refused(read: Read) -> None:
    rows = [row for row in official() if row["state"] in ("US", "CA")]
    with pytest.raises(SourceInvalid, match=r"filtered or cut: areas are missing: .* got 2 areas"):
        read(rows)


def test_an_answer_without_the_united_states_is_refused(read: Read) -> None:
    rows = [row for row in official() if row["state"] != "US"]
    with pytest.raises(SourceInvalid, match="the answer was filtered or cut"):
        read(rows)


def test_an_answer_that_lacks_a_month_of_a_state_is_refused(read: Read) -> None:
    with pytest.raises(SourceInvalid, match="a month is missing: expected a row of WY 2022-02"):
        read(official()[:-1])


def test_an_answer_as_long_as_the_default_limit_is_refused(read: Read) -> None:
    rows = official(10)
    filler = [row | {"indicator": "All"} for row in official(10)]
    with pytest.raises(SourceInvalid, match="exactly 1,000 rows, as where the answer was cut"):
        read([*rows, *filler][:1000])


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("state_name", "Texas", "code and name are of two areas: got US and Texas"),
        ("state_name", "Sonora", "an area that is not listed: got 'Sonora'"),
        ("year", "22", "line 2: not a year"),
        ("month", "Enero", "line 2: not a month"),
        ("period", "month-ending", "not a sum over 12 months: expected 12 month-ending"),
        ("data_value", "many", "line 2 data_value: not a quantity"),
        ("data_value", "-5", "line 2 data_value: a quantity below zero"),
        ("predicted_value", "1.5", "line 2 predicted_value: not a whole number"),
        ("percent_complete", "101", "line 2: not a percentage: expected 0 to 100"),
    ],
)
def test_a_wrong_cell_is_refused(read: Read, column: str, text: str, told: str) -> None:
    rows = official()
    rows[0][column] = text
    with pytest.raises(SourceInvalid, match=told):
        read(rows)


def test_a_row_that_stands_twice_is_refused(read: Read) -> None:
    rows = official()
    with pytest.raises(SourceInvalid, match="an area and month stand twice: got US 2022-01"):
        read([*rows, rows[0]])


def test_a_file_without_the_indicator_is_refused(read: Read) -> None:
    with pytest.raises(SourceInvalid, match="no row of the indicator: expected Synthetic opioids"):
        read([row | {"indicator": "Heroin (T40.1)"} for row in official()])


def test_a_file_without_a_column_is_refused(read: Read) -> None:
    rows = [{k: v for k, v in row.items() if k != "data_value"} for row in official()]
    with pytest.raises(SourceInvalid, match=r"not an answer of the dataset.*: expected data_value"):
        read(rows)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'[{"state": ' + b" " * 300, "not readable as JSON"),
        (b"[" * 100_000, "not readable as JSON"),
        (b'{"message": "' + b"x" * 300 + b'"}', "not a list of rows"),
        (b"[" + b"1, " * 300 + b"1]", "not a list of rows"),
        (b'[{"state": "' + b"x" * 300 + b'"}]', "not an answer of the dataset"),
    ],
)
def test_json_of_another_form_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(SourceInvalid, match=told):
        imported(tmp_path / "a.json", content)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(sorted(FORMS)),
    place=st.integers(0),
    content=st.binary(min_size=1, max_size=30),
)
def test_a_damaged_file_is_read_whole_or_refused(
    tmp_path: Path, form: str, place: int, content: bytes
) -> None:
    good = FORMS[form](official(1))
    at = place % len(good)
    path = tmp_path / "damaged"
    path.write_bytes(good[:at] + content + good[at + len(content) :])
    with suppress(AtlasError):
        (found,) = cdc.read([path], Reading("2026-11-26"))
        assert set(found.rows["area_code"]) == {"US", *us_areas.codes("us_state")}
