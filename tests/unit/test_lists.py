"""The lists of ``data/``: read as they were written, or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import lists
from geo_app.errors import TableInvalid

COLUMNS = ("code", "name")
words = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=8)


@given(st.lists(st.tuples(words, words), max_size=6))
def test_rows_come_back_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    read = list(lists.rows_of(lists.to_text(COLUMNS, rows), "a.csv", COLUMNS))
    assert [tuple(cells) for _, cells in read] == rows
    assert [where for where, _ in read] == [f"a.csv line {n}" for n in range(2, len(rows) + 2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"^a\.csv: wrong columns: expected code,name"),
        ("name,code\n", r"^a\.csv: wrong columns: expected code,name"),
        ("code,name\n06,Colima\n07\n", r"^a\.csv line 3: wrong number of cells: .*2, got 1"),
        ("code,name\n\n", r"^a\.csv line 2: wrong number of cells: expected 2, got 0"),
    ],
)
def test_another_form_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableInvalid, match=message):
        list(lists.read_rows(path, COLUMNS))


def test_what_stands_twice_is_refused() -> None:
    lists.refuse_twice([("06", 1), ("06", 2)], "a.csv", "a state stands twice", "read it again")
    with pytest.raises(TableInvalid, match=r"^a\.csv: a state stands twice; read it again$"):
        lists.refuse_twice(["06", "06"], "a.csv", "a state stands twice", "read it again")


@pytest.mark.parametrize("codes", [["b", "a"], ["a", "a"]])
def test_codes_that_do_not_rise_are_refused(codes: list[str]) -> None:
    lists.refuse_unsorted(["a", "b"], "a.csv", "a region")
    with pytest.raises(TableInvalid, match=r"a region stands twice, .*; sort the lines by code"):
        lists.refuse_unsorted(codes, "a.csv", "a region")
