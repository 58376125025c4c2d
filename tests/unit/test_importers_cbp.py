"""CBP's drug seizures: both layouts, fiscal years, revisions, and every damage that is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app import us_areas
from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import cbp
from geo_app.importers.reading import Imported, Reading

HEADER = [
    "FY",
    "Month (abbv)",
    "Component",
    "Region",
    "Land Filter",
    "Area of Responsibility",
    "Drug Type",
    "Count of Event",
    "Sum Qty (lbs)",
]
OFFICE = ["Office of Field Operations", "Southwest Border", "Land Only", "SAN DIEGO FIELD OFFICE"]
SECTOR = ["U.S. Border Patrol", "Northern Border", "Land Only", "BLAINE SECTOR"]
Rows = list[list[str]]


def official(year: str = "2022", months: tuple[str, ...] = ("OCT", "NOV", "DEC", "JAN")) -> Rows:
    """Return fentanyl and another drug of one office in a few months: 2 seizures, 1.5 pounds."""
    rows = [HEADER]
    for month in months:
        rows.append([year, month, *OFFICE, "Fentanyl", "2", "1.5"])
        rows.append([year, month, *OFFICE, "Other Drugs**", "7", "30.25"])
    return rows


def packed(rows: Rows, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def imported(path: Path, content: bytes) -> Imported:
    path.write_bytes(content)
    (found,) = cbp.read([path], Reading("2026-11-26"))
    return found


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Rows], Imported]:
    return lambda rows: imported(tmp_path / "nationwide-drugs.csv", packed(rows))


def known(found: Imported, measure: str = cbp.POUNDS) -> dict[tuple[str, str], float]:
    rows = found.rows[(found.rows["measure"] == measure) & found.rows["value"].notna()]
    cells = zip(rows["area_code"], rows["period"], strict=True)
    return dict(zip(cells, rows["value"], strict=True))


Read = Callable[[Rows], Imported]


@pytest.mark.parametrize("year", ["2022", "2022 (FYTD)", "FY2022"])
def test_a_fiscal_year_becomes_calendar_months(read: Read, year: str) -> None:
    months = [month for _, month in known(read(official(year)))]
    assert months == ["2021-10", "2021-11", "2021-12", "2022-01"]


def test_only_fentanyl_is_read_and_the_rest_is_counted(read: Read) -> None:
    found = read(official())
    assert (set(known(found).values()), found.repairs[0]) == (
        {1.5},
        "4 rows of other drugs not used",
    )


def test_a_footnote_mark_belongs_to_no_name(read: Read) -> None:
    rows = official()
    rows[1][6] = "Fentanyl**"
    assert known(read(rows))["san-diego-field-office", "2021-10"] == 1.5


def test_parts_of_an_office_are_added_up_exactly(read: Read) -> None:
    rows = official(months=("OCT",))
    for part in ("Other", "Air", "Sea"):
        rows.append(["2022", "OCT", *OFFICE[:2], part, OFFICE[3], "Fentanyl", "1", "0.1"])
    found = read(rows)
    cell = "san-diego-field-office", "2021-10"
    assert (known(found)[cell], known(found, cbp.EVENTS)[cell]) == (1.8, 5)


def test_thousands_commas_are_taken_out_and_counted(read: Read) -> None:
    rows = official()
    rows[1][7:] = ["1,002", "2,172.85"]
    found = read(rows)
    cell = "san-diego-field-office", "2021-10"
    assert (known(found)[cell], known(found, cbp.EVENTS)[cell]) == (2172.85, 1002)
    assert "2 numbers with thousands commas" in found.repairs


def test_a_listed_seizure_of_zero_pounds_stays_zero(read: Read) -> None:
    rows = official()
    rows[1][8] = "0"
    found = read(rows)
    assert known(found)["san-diego-field-office", "2021-10"] == 0
    assert "1 quantities of zero pounds kept as zero" in found.repairs


def test_an_office_without_a_row_is_missing_and_not_zero(read: Read) -> None:
    found = read(official())
    mine = found.rows[found.rows["area_code"] == "blaine-sector"]
    assert (mine["value"].notna().any(), set(mine["status"])) == (False, {"missing"})
    assert found.repairs[-1] == (
        f"{41 * 4 - 4} office-months without a row of fentanyl left empty, not zero"
    )


def test_every_office_has_a_row_a_month_and_measure(read: Read) -> None:
    assert len(read(official()).rows) == len(us_areas.codes("us_border")) * 4 * 2


def test_every_figure_is_preliminary(read: Read) -> None:
    rows = read(official()).rows
    assert set(rows[rows["value"].notna()]["status"]) == {"preliminary"}


def test_a_release_is_named_after_its_months(read: Read) -> None:
    name = read(official()).release.release
    assert name == "CBP nationwide drug seizures, October 2021 to January 2022"


def test_an_old_and_a_new_file_are_two_releases(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_bytes(packed(official(months=("OCT", "NOV"))))
    new.write_bytes(packed(official("2022 (FYTD)")))
    found = cbp.read([old, new], Reading("2026-11-26"))
    assert len({item.release.release for item in found}) == 2


def test_windows_text_is_read_too(tmp_path: Path) -> None:
    rows = official()
    rows[2][6] = "Khat (Catha Edulís)"
    assert imported(tmp_path / "a.csv", packed(rows, "cp1252")).encoding == "cp1252"


def test_the_file_of_air_and_marine_operations_is_left_out(read: Read) -> None:
    rows = official()
    rows[0] = [*HEADER[:5], "Branch", *HEADER[6:]]
    with pytest.raises(
        SourceInvalid, match=r"line 1: seizures of Air and Marine Operations.* twice"
    ):
        read(rows)


def test_a_row_of_air_and_marine_operations_is_refused(read: Read) -> None:
    rows = official()
    rows[1][2] = "Air and Marine Operations"
    with pytest.raises(SourceInvalid, match="line 2: seizures of Air and Marine Operations"):
        read(rows)


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        (0, "22", "line 2: not a fiscal year: expected 2022 or 2026 .FYTD., got '22'"),
        (1, "OKT", "line 2: not a month"),
        (2, "Coast Guard", "line 2: a component that is not known"),
        (3, "Northern Border", "in another region than listed: expected Southwest Border"),
        (5, "TIJUANA SECTOR", "an area of responsibility that is not listed: got 'TIJUANA SECTOR'"),
        (5, "SOUTHWEST BORDER", "an area of responsibility that is not listed"),
        (7, "two", "line 2: not a quantity"),
        (7, "1.5", "line 2: not a whole number"),
        (8, "", "line 2: not a quantity"),
        (8, "-3", "line 2: a quantity below zero"),
    ],
)
def test_a_wrong_cell_is_refused(read: Read, column: int, text: str, told: str) -> None:
    rows = official()
    rows[1][column] = text
    with pytest.raises(SourceInvalid, match=told):
        read(rows)


def test_a_row_that_stands_twice_is_refused(read: Read) -> None:
    rows = official()
    with pytest.raises(SourceInvalid, match="line 10: the row stands twice, first in line 2"):
        read([*rows, rows[1]])


def test_a_cut_row_is_refused(read: Read) -> None:
    rows = official()
    with pytest.raises(SourceInvalid, match="line 9: the row is cut: expected 9 cells, got 4"):
        read([*rows[:-1], rows[-1][:4]])


def test_a_month_without_any_row_is_a_gap(read: Read) -> None:
    with pytest.raises(SourceInvalid, match=r"a month has no row of any drug: .* 2021-11"):
        read(official(months=("OCT", "DEC")))


def test_a_month_of_other_drugs_alone_is_no_gap(read: Read) -> None:
    rows = [row for row in official() if row[1] != "NOV" or row[6] != "Fentanyl"]
    assert "2021-11" in set(read(rows).rows["period"])


def test_a_file_without_fentanyl_is_refused(read: Read) -> None:
    rows = [row for row in official() if row[6] != "Fentanyl"]
    with pytest.raises(SourceInvalid, match="no row of Fentanyl"):
        read(rows)


@pytest.mark.parametrize("header", [HEADER[:8], [*HEADER, "FY"]])
def test_another_file_is_refused(read: Read, header: list[str]) -> None:
    filler = [["x"] * len(header)] * 20
    with pytest.raises(SourceInvalid, match="line 1: not CBP's file of drug seizures by area"):
        read([header, *filler])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0), content=st.binary(min_size=1, max_size=30))
def test_a_damaged_file_is_read_whole_or_refused(
    tmp_path: Path, place: int, content: bytes
) -> None:
    good = packed(official())
    at = place % len(good)
    path = tmp_path / "damaged.csv"
    path.write_bytes(good[:at] + content + good[at + len(content) :])
    with suppress(AtlasError):
        (found,) = cbp.read([path], Reading("2026-11-26"))
        assert set(found.rows["area_code"]) == set(us_areas.codes("us_border"))
