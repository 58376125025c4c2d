"""Answers on a terminal: the same content as table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from geo_app import listing
from geo_app.indicators import catalogue

if TYPE_CHECKING:
    from geo_app.export import Scalar
    from tests.unit.conftest import BrokenData

RECORDS: list[dict[str, Scalar]] = [
    {"code": "06", "value": 112.7289, "reasons": ["crime", "kidnapping"], "note": None},
    {"code": "31", "value": None, "reasons": [], "note": ""},
]


def test_json_keeps_numbers_lists_and_nulls() -> None:
    assert json.loads(listing.render(RECORDS, "json")) == RECORDS


def test_csv_joins_a_list_and_leaves_a_null_empty() -> None:
    rows = list(csv.reader(io.StringIO(listing.render(RECORDS, "csv"))))
    assert rows == [
        ["code", "value", "reasons", "note"],
        ["06", "112.7289", "crime|kidnapping", ""],
        ["31", "", "", ""],
    ]


def test_a_table_rounds_a_number_for_the_eye() -> None:
    assert "112.73" in listing.render(RECORDS, "table")


def test_a_table_leaves_out_a_column_that_says_nothing() -> None:
    assert "note" not in listing.render(RECORDS, "table")


def test_a_table_shows_a_missing_value_as_nothing() -> None:
    last = listing.render(RECORDS, "table").splitlines()[-1]
    assert last.split() == ["31"]


@pytest.mark.parametrize(("fmt", "text"), [("table", "nothing found"), ("csv", ""), ("json", "[]")])
def test_no_row_is_said_in_each_form(fmt: str, text: str) -> None:
    assert listing.render([], fmt) == text


def test_the_catalogue_has_a_row_an_indicator() -> None:
    found = [row["indicator"] for row in listing.catalogue_records()]
    assert found == [item.slug for item in catalogue()]


def test_a_row_of_the_catalogue_says_what_is_held() -> None:
    row = listing.catalogue_records()[0]
    assert [row[key] for key in ("first", "last", "areas", "levels", "sources")] == [
        "1990",
        "2024",
        32,
        ["state", "municipality"],
        ["inegi-homicides", "conapo-population"],
    ]


def test_the_first_period_is_the_first_with_a_value(broken: BrokenData) -> None:
    def without_1990(table: object) -> object:
        rows = table["period"] == "1990"  # type: ignore[index]
        table.loc[rows, ["value", "status"]] = ["", "missing"]  # type: ignore[attr-defined]
        return table

    broken.change_table("inegi-homicides", without_1990)  # type: ignore[arg-type]
    assert listing.catalogue_records()[0]["first"] == "1991"
