"""Single cells: what is a count, a percentage, a state, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import (
    area_code,
    percentage,
    refuse_cut,
    state_code,
    whole_number,
)


@given(st.integers(min_value=0, max_value=10**9))
def test_a_count_is_read_back_with_and_without_thousands_commas(count: int) -> None:
    assert whole_number(f"{count:,}", "x") == whole_number(f" {count} ", "x") == count


@pytest.mark.parametrize(
    "text", ["", "1.5", "--5", "-", "1,2", "1,2345", "12a", "٣", "nan", "1e3", "9" * 5000]
)
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(SourceInvalid, match="f line 2: not a count: expected a whole number"):
        whole_number(text, "f line 2")


@pytest.mark.parametrize("text", ["-1", "-1,234"])
def test_a_negative_count_is_refused(text: str) -> None:
    with pytest.raises(SourceInvalid, match="a negative count: expected zero or more, got -1"):
        whole_number(text, "f line 2")


@pytest.mark.parametrize(("text", "value"), [("0", 0.0), ("100", 100.0), ("67.43495", 67.43495)])
def test_a_percentage_is_read_as_it_stands(text: str, value: float) -> None:
    assert percentage(text, "x") == value


@pytest.mark.parametrize("text", ["", "ND", "-0.1", "100.01", "nan", "inf", "45.1*"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(SourceInvalid, match="f line 2: not a percentage: expected 0 to 100"):
        percentage(text, "f line 2")


def test_an_unknown_state_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(SourceInvalid, match=r"f line 2: no state.*'Colimaa'; did you mean Colima"):
        state_code("Colimaa", "f line 2")


def test_a_code_beside_the_name_of_another_state_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="code and name are of two states: got 06 and Chiapas"):
        area_code("06", "Chiapas", "f line 2")


def test_the_nation_is_known_by_its_code_alone() -> None:
    assert area_code("00", "Nacional", "f line 2") == "00"


@pytest.mark.parametrize("cells", [["a"], ["a", "b", "c"]])
def test_a_row_that_is_shorter_or_longer_than_the_header_is_refused(cells: list[str]) -> None:
    with pytest.raises(SourceInvalid, match=f"the row is cut: expected 2 cells, got {len(cells)}"):
        refuse_cut(cells, 2, "f line 2")
