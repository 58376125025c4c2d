"""Deaths by month of death: the list of a third party, proved row by row, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import deaths_by_month
from geo_app.importers.reading import Imported, Reading
from geo_app.states import state_codes

HEADER = "cve_ent|year|month|homicides|pop_est|homicide_rate"
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NO_CACHE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def line(code: str, year: int, month: int, deaths: int) -> str:
    rate = 100_000 * deaths / 1_000_000 * 365.25 / DAYS[month - 1]
    return f"{code}|{year}|{month}|{deaths}|1000000.0|{rate}"


def lines() -> list[str]:
    """Return two years of 32 states; state 09 has as many deaths as the number of the month."""
    return [
        line(code, year, month, month if code == "09" else 0)
        for code in state_codes()
        for year in (2021, 2022)
        for month in range(1, 13)
    ]


def imported(folder: Path, found: list[str], header: str = HEADER) -> Imported:
    path = folder / "state-month.psv"
    path.write_text("\n".join([header, *found]) + "\n", encoding="utf-8")
    (only,) = deaths_by_month.read([path], Reading("2026-11-27"))
    return only


def test_each_state_has_each_month_and_the_nation_none(tmp_path: Path) -> None:
    found = imported(tmp_path, lines())
    assert len(found.rows) == 32 * 24
    assert set(found.rows["area_code"]) == set(state_codes())
    capital = found.rows[found.rows["area_code"] == "09"].set_index("period")["value"]
    assert capital["2021-01":"2021-06"].sum() == 21
    assert found.release.release == "Deaths by month of death 2021-2022"
    assert found.release.published == ""


def test_only_the_last_year_is_a_part(tmp_path: Path) -> None:
    rows = imported(tmp_path, lines()).rows
    found = rows.groupby(rows["period"].str[:4])["status"].unique().map(list).to_dict()
    assert found == {"2021": ["final"], "2022": ["partial"]}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (line("09", 2021, 5, 5), line("09", 2021, 5, 5).replace("|5|1", "|6|1"), "the rate is not"),
        (line("09", 2021, 5, 5), "09|2021|5|5|0|1.0", "the rate is not"),
        (line("09", 2021, 5, 5), "09|2021|13|5|1000000|1.0", "not a month"),
        (line("09", 2021, 5, 5), "09|2021|5|5", "cut"),
        (line("09", 2021, 5, 5), "77|2021|5|0|1000000|0", "state"),
        (line("09", 2021, 5, 5), line("09", 2021, 4, 4), "each state and month once"),
        (line("09", 2021, 5, 5), "09|2021|5|-1|1000000|0", "negative"),
        (line("09", 2021, 5, 5), "09|21|5|0|1000000|0", "not a year"),
    ],
)
def test_a_damaged_row_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    changed = [new if one == old else one for one in lines()]
    assert changed != lines()
    with pytest.raises(SourceInvalid, match=message):
        imported(tmp_path, changed)


def test_a_missing_or_repeated_row_is_refused(tmp_path: Path) -> None:
    for changed in (lines()[:-1], [*lines(), lines()[0]]):
        with pytest.raises(SourceInvalid, match="each state and month once"):
            imported(tmp_path, changed)


def test_another_file_an_empty_one_and_two_of_them_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="not the list of deaths by state and month"):
        imported(tmp_path, lines(), header="ent_mun|year|month")
    path = tmp_path / "empty.psv"
    path.write_text(HEADER + "\n" * 200, encoding="utf-8")
    with pytest.raises(SourceInvalid, match="the list has no rows"):
        deaths_by_month.read([path], Reading("2026-11-27"))
    with pytest.raises(SourceInvalid, match="not one file"):
        deaths_by_month.read([], Reading("2026-11-27"))


@NO_CACHE
@given(st.text(max_size=300))
def test_no_text_makes_anything_but_a_fault_of_ours(tmp_path: Path, text: str) -> None:
    with suppress(AtlasError):
        imported(tmp_path, [*lines()[:20], text])
