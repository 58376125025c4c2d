"""Changes between the lists of US levels: exactly the known ones, and what is not known as such."""

from __future__ import annotations

from datetime import date

import pytest

from geo_app import advisories
from geo_app.advisories import History
from geo_app.advisory_changes import Change, ChangeKind, changes
from geo_app.indicators import Status
from geo_app.states import NATION_CODE, state_codes

FIRST, SECOND, THIRD = (date(2020, month, 1) for month in (1, 2, 3))
Cell = tuple[int | None, str, tuple[str, ...] | None, str]


def history(lists: dict[date, dict[str, Cell] | None]) -> History:
    """Make a history in which every state is at level 2 but for those given; None = no list."""
    cells: dict[tuple[date, str], Cell] = {}
    for day, given in lists.items():
        cells[day, NATION_CODE] = (3, "final", None, "https://example.org/nation")
        for code in state_codes():
            plain: Cell = (2, "final", ("crime",), "https://example.org/list")
            cells[day, code] = (None, "missing", None, "") if given is None else plain
            cells[day, code] = (given or {}).get(code, cells[day, code])
    stated = tuple(day for day, given in lists.items() if given is not None)
    return History(tuple(lists), stated, THIRD, cells)


def at(level: int, status: str = "final", reasons: tuple[str, ...] | None = ()) -> Cell:
    return (level, status, reasons, "https://example.org/list")


def known(kind: ChangeKind) -> list[Change]:
    return [item for item in changes(advisories.history()) if item.kind is kind]


def test_the_twenty_known_issues_give_exactly_the_changes_that_were_announced() -> None:
    found = {
        (str(item.issued), item.state_code, item.level_before, item.level_after)
        for item in known(ChangeKind.LEVEL)
    }
    assert found == {
        ("2021-06-17", "02", 2, 3),
        ("2021-06-17", "11", 2, 3),
        ("2021-06-17", "19", 3, 2),
        ("2021-06-17", "24", 3, 2),
        ("2021-06-17", "04", 2, 1),
        ("2021-06-17", "31", 2, 1),
        ("2022-08-17", "05", 3, 2),
        ("2022-08-17", "15", 3, 2),
        ("2022-08-17", "18", 3, 2),
        ("2022-08-17", "32", 3, 4),
        ("2024-09-06", "07", 2, 3),
        ("2024-09-06", "10", 3, 2),
        ("2025-08-12", "05", 2, 3),
    }


def test_three_known_issues_give_no_state_levels() -> None:
    assert [
        (str(item.issued), str(item.issued_before)) for item in known(ChangeKind.NOT_GIVEN)
    ] == [
        ("2020-03-19", "2019-12-17"),
        ("2022-01-31", "2021-12-08"),
        ("2026-05-29", "2025-08-12"),
    ]


def test_none_of_the_known_changes_rests_on_an_estimated_level() -> None:
    assert {item.status for item in known(ChangeKind.LEVEL)} == {Status.FINAL}


def test_the_reasons_of_coahuila_stand_before_and_after() -> None:
    (found,) = [item for item in known(ChangeKind.LEVEL) if item.issued == date(2025, 8, 12)]
    assert (found.reasons_before, found.reasons_after) == (("crime",), ("terrorism", "crime"))


def test_reasons_that_are_not_known_stay_so() -> None:
    (found,) = [item for item in known(ChangeKind.LEVEL) if item.key.endswith("2024-09-06/07")]
    assert (found.reasons_before, found.reasons_after) == (None, ("crime",))


def test_lists_that_are_alike_give_nothing() -> None:
    assert changes(history({FIRST: {}, SECOND: {}})) == ()


def test_an_issue_without_levels_changes_nothing() -> None:
    found = changes(history({FIRST: {"25": at(4)}, SECOND: None}))
    assert [(item.kind, item.state_code) for item in found] == [(ChangeKind.NOT_GIVEN, "00")]


def test_after_such_an_issue_the_change_is_against_the_last_stated_list() -> None:
    found = changes(history({FIRST: {}, SECOND: None, THIRD: {"25": at(4)}}))
    (level,) = [item for item in found if item.kind is ChangeKind.LEVEL]
    assert (level.issued, level.issued_before, level.level_before) == (THIRD, FIRST, 2)


def test_an_issue_without_levels_before_any_list_has_none_before_it() -> None:
    (found,) = changes(history({FIRST: None}))
    assert (found.issued_before, found.status) == (None, Status.MISSING)


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("final", "final", Status.FINAL),
        ("estimated", "final", Status.ESTIMATED),
        ("final", "estimated", Status.ESTIMATED),
    ],
)
def test_a_change_on_an_estimated_level_says_so(before: str, after: str, status: Status) -> None:
    (found,) = changes(history({FIRST: {"25": at(2, before)}, SECOND: {"25": at(3, after)}}))
    assert found.status is status


def test_a_state_without_a_level_in_one_list_tells_of_no_change() -> None:
    gone: Cell = (None, "missing", None, "")
    assert changes(history({FIRST: {"25": gone}, SECOND: {"25": at(3)}})) == ()


def test_other_reasons_at_the_same_level_are_no_change() -> None:
    assert changes(history({FIRST: {}, SECOND: {"25": at(2, reasons=("health",))}})) == ()


def test_every_entry_has_a_key_of_its_own() -> None:
    keys = [item.key for item in changes(advisories.history())]
    assert len(set(keys)) == len(keys)
