"""How figures move between releases, and which ones a release moved as none before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import atlas, revisions
from geo_app.errors import BadRequest
from geo_app.importers.reading import Reading
from geo_app.importers.writing import import_files
from geo_app.indicators import indicator
from geo_app.revisions import Jump
from geo_app.states import state_codes

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

VICTIMS, INEGI = "homicide_victims_sesnsp_per_100k", "homicides_inegi_per_100k"
MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]
RELEASES = ["one", "two", "three", "four"]

Counts = Mapping[tuple[str, str, str], int]
"""Counts that are not 10, by release, state and month."""


def hold(broken: BrokenData, counts: Counts, releases: list[str]) -> None:
    """Let SESNSP's victims have these releases, each of all states and the months of 2024."""
    lines = ["state_code,period,measure,value,status,release,published,checked,source"]
    for code in state_codes():
        for month in MONTHS:
            lines += [
                f"{code},{month},homicide_victims_count,{counts.get((name, code, month), 10)},"
                f"preliminary,{name},2025-0{number}-20,2026-11-23,sesnsp-victims"
                for number, name in enumerate(releases, 1)
            ]
    broken.write("tables/sesnsp-victims.csv", "\n".join(lines) + "\n")
    known = ["release,published,seen,checked,file,sha256"]
    known += [
        f"{name},2025-0{number}-20,,2026-11-23,{name}.csv,{'0' * 64}"
        for number, name in enumerate(releases, 1)
    ]
    broken.write("sources/sesnsp-victims.releases.csv", "\n".join(known) + "\n")


def found() -> tuple[Jump, ...]:
    return revisions.jumps(indicator(VICTIMS))


def test_a_pair_has_what_both_releases_say_and_the_age_of_the_figure(broken: BrokenData) -> None:
    hold(broken, {("two", "06", "2024-10"): 13}, ["one", "two"])
    rows = revisions.pairs(indicator(VICTIMS))
    moved = rows[rows["before"] != rows["after"]].to_dict("records")
    assert moved == [
        {
            "area_code": "06",
            "period": "2024-10",
            "before": 10,
            "after": 13,
            "step": 0,
            "release_before": "one",
            "release_after": "two",
            "age_months": 2,
        }
    ]
    assert len(rows) == 32 * 12


def test_the_table_says_how_often_and_how_far_figures_of_an_age_move(broken: BrokenData) -> None:
    moved = {("06", "2024-12"): 14, ("07", "2024-12"): 8, ("06", "2024-11"): 9}
    hold(broken, {("two", *cell): count for cell, count in moved.items()}, ["one", "two"])
    young, older, *rest = revisions.table(VICTIMS).to_dict("records")
    assert (young["pair_count"], young["revised_count"], young["revised_pct"]) == (32, 2, 6.25)
    assert (young["median_change"], young["max_change"], young["unit"]) == (3, 4, "count")
    assert (older["age_from_months"], older["age_to_months"], older["revised_count"]) == (1, 2, 1)
    assert [row["revised_count"] for row in rest] == [0, 0]
    assert all(np.isnan(row["median_change"]) for row in rest)


def test_the_released_victims_of_2024_and_2025_are_compared_as_they_are() -> None:
    """SESNSP, first half of 2022: 15,381 in the release of December 2024, 15,382 in a later one."""
    rows = revisions.pairs(indicator(VICTIMS))
    half = rows[rows["period"].between("2022-01", "2022-06")]
    first, last = half[half["step"] == 0], half[half["step"] == half["step"].max()]
    assert (first["before"].sum(), last["after"].sum()) == (15_381, 15_382)


def test_a_source_with_one_release_has_no_revision(broken: BrokenData) -> None:
    hold(broken, {}, ["one"])
    assert revisions.table(VICTIMS).empty
    assert found() == ()


def test_months_that_no_two_releases_hold_have_no_revision() -> None:
    assert revisions.table(INEGI).empty
    assert revisions.jumps(indicator(INEGI)) == ()


def test_only_what_stood_on_the_day_is_compared(broken: BrokenData) -> None:
    hold(broken, {}, ["one", "two", "three"])
    assert set(revisions.pairs(indicator(VICTIMS), "2025-02-20")["release_after"]) == {"two"}


def test_a_figure_moved_further_than_any_before_is_told(broken: BrokenData) -> None:
    """Tabasco 2025 of the sources: 556 case files in a release, 760 in the next, 17 a month."""
    counts = {("two", "09", "2024-05"): 12} | {("three", "27", month): 27 for month in MONTHS}
    hold(broken, counts, ["one", "two", "three"])
    months = [item for item in found() if len(item.period) == 7]
    assert [(item.area_code, item.period) for item in months] == [("27", m) for m in MONTHS]
    (year,) = [item for item in found() if item.period == "2024"]
    assert year == Jump("27", "2024", 120, 324, "two", "three", 2)


def test_a_sum_of_a_year_is_told_where_no_month_of_it_moved_far(broken: BrokenData) -> None:
    counts = {("two", "09", "2024-05"): 12} | {("three", "27", month): 11 for month in MONTHS}
    hold(broken, counts, ["one", "two", "three"])
    assert found() == (Jump("27", "2024", 120, 132, "two", "three", 2),)


def test_what_two_releases_say_has_no_measure_to_be_judged_by(broken: BrokenData) -> None:
    hold(broken, {("two", "27", month): 27 for month in MONTHS}, ["one", "two"])
    assert found() == ()


def test_a_move_as_large_as_one_before_is_not_told(broken: BrokenData) -> None:
    counts = {("two", "09", "2024-05"): 12, ("three", "27", "2024-05"): 12}
    hold(broken, counts, ["one", "two", "three"])
    assert found() == ()


def test_a_move_that_a_later_release_confirmed_is_not_told_any_more(broken: BrokenData) -> None:
    counts = {("two", "09", "2024-05"): 12}
    counts |= {(name, "27", "2024-05"): 40 for name in ("three", "four")}
    hold(broken, counts, RELEASES)
    assert found() == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(RELEASES), st.sampled_from(["06", "27"]), st.sampled_from(MONTHS[:2])
        ),
        max_size=6,
    )
)
def test_every_jump_is_larger_than_all_that_came_before(
    moved: list[tuple[str, str, str]],
) -> None:
    every = pd.DataFrame(
        [
            (code, month, 10.0, 10.0 + moved.count((name, code, month)), step)
            for step, name in enumerate(RELEASES)
            for code in ("06", "27")
            for month in MONTHS[:2]
        ],
        columns=["area_code", "period", "before", "after", "step"],
    ).assign(release_before="a", release_after="b")
    sizes = (every["after"] - every["before"]).abs()
    for item in revisions._beyond(every):
        assert abs(item.after - item.before) > item.limit
        assert item.limit == sizes[every["step"] < 3].max()


@pytest.mark.parametrize(
    ("slug", "last", "after"),
    [
        (VICTIMS, "2024-05", "2024-06"),
        ("homicide_victims_sesnsp_12m_per_100k", "2025-04", "2025-05"),
    ],
)
def test_a_value_rests_on_the_months_of_its_window(slug: str, last: str, after: str) -> None:
    jump = Jump("27", "2024-05", 10, 40, "two", "three", 2)
    assert revisions.concerned(indicator(slug), jump, "27", last)
    assert not revisions.concerned(indicator(slug), jump, "27", after)
    assert not revisions.concerned(indicator(slug), jump, "06", last)


def test_a_value_rests_on_the_sum_of_its_year() -> None:
    jump = Jump("27", "2024", 120, 324, "two", "three", 2)
    assert revisions.concerned(indicator(VICTIMS), jump, "27", "2024-01")


def test_the_atlas_tells_what_lies_under_the_values_of_a_period(broken: BrokenData) -> None:
    counts = {("two", "09", "2024-05"): 12, ("three", "27", "2024-05"): 27}
    hold(broken, counts, ["one", "two", "three"])
    here = atlas.load()
    assert [item.period for item in here.jumps(VICTIMS, "2024-05")] == ["2024", "2024-05"]
    assert here.jumps(VICTIMS, "2024-05", area="06") == ()


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(BadRequest, match="no values for each city"):
        revisions.table(VICTIMS, "city")


HEADER = (
    "Año,Clave_Ent,Entidad,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,"
    "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
)
CASES = "homicide_cases_sesnsp_month_per_100k"


def case_files(folder: Path, month: str, tabasco: int, damage: int) -> Path:
    """Write an official file of 2025: so many homicides, so much damage to property in Tabasco."""
    lines = [HEADER]
    for code in state_codes():
        homicides = shared(tabasco, 12) if code == "27" else [60] * 12
        others = shared(damage, 12) if code == "27" else [150] * 12
        for subtype, counts in (("Homicidio doloso", homicides), ("Daño a la propiedad", others)):
            cells = ",".join(map(str, counts))
            lines.append(f"2025,{int(code)},x,Bien,Tipo,{subtype},Con arma de fuego,{cells}")
    path = folder / f"Estatal-Delitos-2015-2025_{month}2026.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def shared(total: int, parts: int) -> list[int]:
    """Share a total among parts that are as equal as can be."""
    return [total // parts + (number < total % parts) for number in range(parts)]


@pytest.mark.usefixtures("broken")
def test_a_shift_of_categories_inside_an_official_file_is_told_when_it_arrives(
    tmp_path: Path,
) -> None:
    """Tabasco 2025: 556 files in the release of July 2026, 760 in that of August, and the damage
    to property of the year shrank to 3. The yardstick is what sixteen real releases did."""
    reading = Reading("2026-11-26")
    for month, count, damage in (("jul", 556, 1969), ("ago", 760, 3)):
        import_files("sesnsp-cases", [case_files(tmp_path, month, count, damage)], reading)
    told = revisions.jumps(indicator(CASES))
    (year,) = [item for item in told if item.period == "2025"]
    assert (year.area_code, year.before, year.after) == ("27", 556, 760)
    assert year.release_after == "SESNSP case files, December 2025, file of August 2026"
    assert 0 < year.limit < 204
    assert {item.area_code for item in told if item.release_after == year.release_after} == {"27"}
    assert atlas.load().value(CASES, "27", "2025-03").numerator == shared(760, 12)[2]
    assert atlas.load().jumps(CASES, "2025-03", area="27")


def test_no_figure_of_the_releases_held_was_moved_too_far() -> None:
    found = indicator(CASES)
    # Of the 15 pairs of 16 releases one is of two registers and shares no month.
    assert (revisions.pairs(found)["step"].nunique(), revisions.jumps(found)) == (14, ())


def test_a_size_is_told_in_what_is_stored() -> None:
    units = {slug: set(revisions.table(slug)["unit"]) for slug in (CASES, "fentanyl_seized_lb")}
    assert units == {CASES: {"count"}, "fentanyl_seized_lb": {"pounds"}}
