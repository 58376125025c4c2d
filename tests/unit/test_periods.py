"""Years, quarters, months and days: read, ordered, counted, spanned."""

from __future__ import annotations

import itertools
import math
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import periods
from geo_app.errors import BadRequest
from geo_app.periods import Cadence, parse

years = st.integers(1, 9999)
texts = st.one_of(
    years.map("{:04d}".format),
    st.tuples(years, st.integers(1, 4)).map(lambda x: f"{x[0]:04d}Q{x[1]}"),
    st.tuples(years, st.integers(1, 12)).map(lambda x: f"{x[0]:04d}-{x[1]:02d}"),
    st.dates().map(str),
)
STEPS = {Cadence.YEAR: 366, Cadence.QUARTER: 92, Cadence.MONTH: 31}


@given(texts)
def test_a_period_keeps_its_text(text: str) -> None:
    assert parse(text).text == text


@given(texts)
def test_a_period_has_at_least_a_day_and_at_most_a_leap_year(text: str) -> None:
    assert 1 <= parse(text).days <= 366


@given(texts)
def test_the_middle_lies_inside(text: str) -> None:
    found = parse(text)
    assert found.start.year <= found.middle_year < found.end.year + 1


@pytest.mark.parametrize(
    ("text", "start", "end", "cadence"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31), Cadence.YEAR),
        ("2022Q4", date(2022, 10, 1), date(2022, 12, 31), Cadence.QUARTER),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Cadence.MONTH),
        ("2022-08-17", date(2022, 8, 17), date(2022, 8, 17), Cadence.ISSUE),
    ],
)
def test_each_form_has_its_days(text: str, start: date, end: date, cadence: Cadence) -> None:
    found = parse(text)
    assert (found.start, found.end, found.cadence) == (start, end, cadence)


@pytest.mark.parametrize(
    "text",
    [
        "", "22", "20222", "2022Q0", "2022Q5", "2022q1", "2022-00", "2022-13", "2022-3", " 2022",
        "2022\n", "0000", "0000Q1", "0000-01", "2022/03", "-2022", "٢٠٢٢", "2022-8-17",
    ],
)  # fmt: skip
def test_a_text_of_no_form_is_refused(text: str) -> None:
    with pytest.raises(BadRequest, match="not a period: expected a year such as 2022, a quarter"):
        parse(text)


@pytest.mark.parametrize("text", ["2022-02-29", "2022-04-31", "2022-13-01", "2022-00-10"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadRequest, match=f"not a date: expected a date .*, got '{text}'"):
        parse(text)


def test_a_day_in_the_year_zero_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"not a period: .* got '0000-01-01'"):
        parse("0000-01-01")


@given(st.text())
def test_any_text_is_a_period_or_an_error_of_ours(text: str) -> None:
    with suppress(BadRequest):
        assert parse(text).text == text


@given(st.dates())
def test_a_day_reads_back(day: date) -> None:
    assert periods.parse_date(day.isoformat()) == day


@pytest.mark.parametrize("text", ["20220817", "2022-W33-3", "2022", "17.08.2022", "2022-08-17T00"])
def test_another_form_of_a_day_is_refused_for_it_would_not_sort(text: str) -> None:
    with pytest.raises(BadRequest, match=f"not a date: .* got '{text}'"):
        periods.parse_date(text)


@given(st.lists(texts, min_size=2, max_size=6))
def test_periods_are_ordered_by_their_first_day(found: list[str]) -> None:
    starts = [item.start for item in sorted(map(parse, found))]
    assert starts == sorted(starts)


@given(st.integers(1, 9990), st.integers(0, 8), st.sampled_from(sorted(STEPS)))
def test_a_span_is_whole_and_without_gaps(year: int, length: int, cadence: Cadence) -> None:
    ends = {
        Cadence.YEAR: (f"{year:04d}", f"{year + length:04d}"),
        Cadence.QUARTER: (f"{year:04d}Q2", f"{year + length:04d}Q3"),
        Cadence.MONTH: (f"{year:04d}-11", f"{year + length:04d}-12"),
    }[cadence]
    found = [parse(text) for text in periods.span(cadence, *ends)]
    gaps = [after.start - before.end for before, after in itertools.pairwise(found)]
    assert (found[0].text, found[-1].text, set(gaps) <= {timedelta(1)}) == (*ends, True)


@pytest.mark.parametrize(
    ("cadence", "first", "last"),
    [(Cadence.YEAR, "2022", "2021"), (Cadence.QUARTER, "2022Q2", "2022Q1")],
)
def test_a_span_that_runs_backwards_is_empty(cadence: Cadence, first: str, last: str) -> None:
    assert periods.span(cadence, first, last) == []


def test_issue_dates_have_no_span() -> None:
    with pytest.raises(BadRequest, match="issue dates follow no calendar"):
        periods.span(Cadence.ISSUE, "2022-08-17", "2023-08-22")


def test_the_months_before_cross_the_turn_of_the_year() -> None:
    assert periods.months_before(parse("2016-02"), 3) == ["2015-12", "2016-01", "2016-02"]


@pytest.mark.parametrize(
    ("text", "middle"),
    [("2022", 2022.5), ("2024", 2024.5), ("2022-01", 2022 + 15.5 / 365), ("2022-12-31", 2022.9986)],
)
def test_the_middle_of_a_period_in_decimal_years(text: str, middle: float) -> None:
    assert math.isclose(parse(text).middle_year, middle, abs_tol=1e-4)


@pytest.mark.parametrize("cadence", [*Cadence])
def test_the_form_of_a_cadence_ends_with_an_example_of_it(cadence: Cadence) -> None:
    assert parse(periods.form(cadence).split()[-1]).cadence is cadence
