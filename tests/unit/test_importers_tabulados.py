"""INEGI's tables: footnote digits, marks in place of numbers, headings, areas."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers import tabulados
from geo_app.importers.errors_of_shares import bounds
from geo_app.importers.sheets import Cell, Sheet
from geo_app.states import all_states


def sheet(*rows: tuple[Cell, ...]) -> Sheet:
    return Sheet("3.3", tuple(enumerate(rows, 1)))


def areas(share: Cell = 90.5) -> Sheet:
    named = [("Estados Unidos Mexicanos", 92.0), *((s.name_official, share) for s in all_states())]
    return sheet(*named, ("1 Es la suma de los delitos", ""))


@pytest.mark.parametrize(
    ("label", "folded"),
    [
        ("Cifra negra2", "cifra negra"),
        ("Delitos\nocurridos1", "delitos ocurridos"),
        ("Inseguro(a)", "inseguro"),
        ("Aguascalientes ", "aguascalientes"),
        ("2 de Abril", "2 de abril"),
    ],
)
def test_the_number_of_a_footnote_is_cut_and_other_digits_stay(label: str, folded: str) -> None:
    assert tabulados.without_notes(label) == folded


@pytest.mark.parametrize(
    ("cell", "value", "is_marked"),
    [(91.5, 91.5, False), (7, 7.0, False), ("100.0*", 100.0, True), ("12 *", 12.0, True)],
)
def test_a_marked_number_keeps_its_value(cell: Cell, value: float, is_marked: bool) -> None:  # noqa: FBT001
    assert tabulados.figure(cell, "f") == tabulados.Figure(value, is_marked=is_marked)


@pytest.mark.parametrize("cell", ["*", "ND", "N.D.", "", " - "])
def test_a_mark_in_place_of_a_number_is_missing_and_never_zero(cell: str) -> None:
    assert math.isnan(tabulados.figure(cell, "f").value)


@pytest.mark.parametrize("cell", ["many", "1,5", "1e5", "٣", 10**400, "9" * 400, float("inf")])
def test_what_is_neither_is_refused(cell: Cell) -> None:
    with pytest.raises(SourceInvalid, match="f: neither a number nor a mark"):
        tabulados.figure(cell, "f")


@given(st.text(max_size=12) | st.floats() | st.integers())
def test_any_cell_is_a_figure_or_refused(cell: Cell) -> None:
    value, said = 0.0, ""
    try:
        value = tabulados.figure(cell, "f").value
    except SourceInvalid as error:
        said = str(error)
    assert not math.isinf(value)
    assert "\n" not in said


def test_a_column_is_found_under_its_spanning_heading() -> None:
    found = sheet(
        ("Title", "", "", "", ""),
        ("Entidad", "Seguro", "", "Inseguro1", ""),
        ("", "Absolutos", "Relativos", "Absolutos", "Relativos"),
    )
    assert tabulados.column(found, ("inseguro", "relativos"), "f") == 4


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(
        SourceInvalid, match="f: a column is missing: expected inseguro / relativos"
    ):
        tabulados.column(sheet(("Entidad", "Seguro")), ("inseguro", "relativos"), "f")


def test_a_table_by_state_has_the_nation_and_32_states() -> None:
    found = tabulados.by_area(areas(), 1, "f")
    assert (len(found), found["00"].value, found["15"].value) == (33, 92.0, 90.5)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (areas().rows[:-2], "lacks an area: expected the nation and 32 states, got none of 32"),
        ((*areas().rows[:-1], (40, ("Colima", 1.0))), "row 40: the area stands twice: got Colima"),
        ((*areas().rows[:-1], (40, ("Colina", 1.0))), "row 40: no state .* did you mean Colima"),
        ((*areas().rows[:-2], (40, ("Zacatecas", 101.0))), "row 40: not a percentage"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(
    rows: tuple[tuple[int, tuple[Cell, ...]], ...], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        tabulados.by_area(Sheet("3.3", rows), 1, "f")


def test_a_table_without_an_edition_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="f: the table names no edition"):
        tabulados.edition(sheet(("INEGI. Encuesta 2024",)), "f")


def test_marks_are_told_with_their_number() -> None:
    marks = tabulados.by_area(areas("88.0*"), 1, "f").values()
    none = tabulados.by_area(areas("*"), 1, "f").values()
    assert (tabulados.marked_words(marks), tabulados.marked_words(none)) == (
        ("32 figures that INEGI marks as imprecise (*) kept",),
        ("32 figures that INEGI does not give (* or ND) are missing",),
    )


@given(st.floats(0, 100), st.floats(0, 50))
def test_bounds_hold_the_percentage_and_stay_percentages(value: float, error: float) -> None:
    low, high = bounds(value, error)
    assert 0 <= low <= value <= high <= 100


@pytest.mark.parametrize(("value", "error"), [(50.0, None), (50.0, math.nan), (math.nan, 1.0)])
def test_without_a_standard_error_there_are_no_bounds(value: float, error: float | None) -> None:
    assert all(map(math.isnan, bounds(value, error)))
