"""Numbers of official tables: exactly as printed, or refused with their place."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers.months import ENGLISH_MONTHS, month_number
from geo_app.importers.quantities import quantity, whole_quantity, year


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("0.0", "0"),
        (" 8.3799469484296 ", "8.3799469484296"),
        ("1,702.83", "1702.83"),
        ("12,345,678", "12345678"),
        (".5", "0.5"),
        ("2.0E-4", "0.0002"),
    ],
)
def test_a_quantity_is_read_as_printed(text: str, value: str) -> None:
    assert quantity(text, "a.csv") == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "n/a", "1,2", "1.2.3", "nan", "inf", "1 000", "²", "e5", ".", "9" * 5000, "1e9999"]
)
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(SourceInvalid, match=r"^a\.csv line 2: not a quantity: expected a number"):
        quantity(text, "a.csv line 2")


def test_a_quantity_below_zero_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="a quantity below zero: expected zero or more"):
        quantity("-1.5", "a.csv line 2")


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(SourceInvalid, match="not a whole number"):
        whole_quantity("1.5", "a.csv line 2")


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert whole_quantity("62,195.0", "a.csv") == 62195


@pytest.mark.parametrize("text", ["22", "1899", "2200", "20222", "MMXX", ""])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(SourceInvalid, match="not a year: expected a year such as 2022"):
        year(text, "a.csv line 2")


def test_a_year_may_come_as_a_spreadsheet_writes_it() -> None:
    assert year("2025.0", "a.csv") == 2025


@pytest.mark.parametrize(("number", "name"), list(enumerate(ENGLISH_MONTHS, 1)))
def test_a_month_is_read_by_name_and_by_three_letters(number: int, name: str) -> None:
    assert {month_number(text, "a") for text in (name, name[:3].upper(), f" {name} ")} == {number}


def test_what_is_no_month_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="not a month: expected January or JAN, got 'Ene'"):
        month_number("Ene", "a.csv line 2")


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with suppress(SourceInvalid):
        assert quantity(text, "a.csv") >= 0
