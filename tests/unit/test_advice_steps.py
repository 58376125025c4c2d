"""The levels of a state as steps: what is stated, carried over, only last stated, or not known."""

from __future__ import annotations

from datetime import date

import pytest

from geo_app import advice_steps, advisories
from geo_app.states import state_codes

SILENT = (date(2020, 3, 19), date(2022, 1, 31), date(2026, 5, 29))
FIRST = date(2018, 1, 10)


def steps(code: str, day: date | None = None) -> tuple[advice_steps.Step, ...]:
    history = advisories.history()
    return advice_steps.steps(history, code, day or history.checked)


@pytest.mark.parametrize("code", state_codes())
def test_the_steps_of_a_state_follow_each_other_without_a_gap(code: str) -> None:
    found = steps(code)
    assert [item.end for item in found[:-1]] == [item.start for item in found[1:]]
    assert (found[0].start, found[-1].end) == (date(2018, 1, 1), advisories.history().checked)


@pytest.mark.parametrize("code", ["12", "25", "31"])
def test_issues_without_state_levels_leave_the_last_stated_one_and_no_other_does(code: str) -> None:
    assert tuple(item.start for item in steps(code) if item.is_last_stated) == SILENT


def test_nothing_is_known_before_the_first_issue() -> None:
    first = steps("25")[0]
    assert (first.level, first.end) == (None, FIRST)


def test_a_level_that_was_carried_over_is_told_as_such() -> None:
    carried = [item.start for item in steps("01") if item.is_carried_over]
    assert FIRST in carried
    assert date(2025, 8, 12) not in carried


def test_a_day_cuts_the_steps() -> None:
    found = steps("25", date(2021, 1, 1))
    assert (found[-1].start, found[-1].end) == (date(2020, 9, 8), date(2021, 1, 1))


def test_a_day_before_all_that_is_held_has_no_steps() -> None:
    assert steps("25", date(2017, 12, 31)) == ()


def test_runs_join_steps_that_say_the_same_and_lose_no_day() -> None:
    found = steps("25")
    joined = advice_steps.runs(found)
    assert [item.level for item in joined if not item.is_last_stated] == [None, 4, 4, 4]
    assert (joined[0].start, joined[-1].end) == (found[0].start, found[-1].end)
