"""Issues as a history: in force until the next one, last stated where a newer one has no list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import advisories
from geo_app.advisories import Advice, History
from geo_app.errors import BadRequest
from geo_app.indicators import Status
from geo_app.states import state_codes

CHECKED = date(2024, 6, 1)
FIRST, SECOND, BARE, LAST = (date(2020, 1, d) for d in (10, 20, 25, 30))


def issue(
    day: date, level: int | None, status: str = "final", reasons: str = "crime"
) -> list[dict]:
    value = float("nan") if level is None else float(level)
    country = {"area_code": "00", "value": 2.0, "status": "final"}
    states = [{"area_code": c, "value": value, "status": status} for c in state_codes()]
    common = {"period": str(day), "measure": "advisory_level", "reasons": reasons, "address": "a"}
    return [common | row for row in (country, *states)]


@pytest.fixture
def history() -> History:
    """Level 2, then 3, then an issue without a list, then 3 carried over from a general rule."""
    rows = [
        *issue(FIRST, 2),
        *issue(SECOND, 3, reasons="none"),
        *issue(BARE, None, "missing", ""),
        *issue(LAST, 3, "estimated", ""),
    ]
    return advisories.build(pd.DataFrame(rows), str(CHECKED))


def of_colima(history: History, day: date) -> Advice:
    return next(item for item in history.on(day) if item.state_code == "06")


def test_before_the_first_issue_nothing_is_known(history: History) -> None:
    found = of_colima(history, FIRST - timedelta(1))
    assert (found.level, found.status, found.issued, found.since, found.country_level) == (
        None,
        Status.UNKNOWN,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("day", "level", "status", "issued", "stated"),
    [
        (FIRST, 2, Status.CURRENT, FIRST, FIRST),
        (SECOND - timedelta(1), 2, Status.CURRENT, FIRST, FIRST),
        (SECOND, 3, Status.CURRENT, SECOND, SECOND),
        (BARE, 3, Status.LAST_STATED, BARE, SECOND),
        (LAST - timedelta(1), 3, Status.LAST_STATED, BARE, SECOND),
        (LAST, 3, Status.ESTIMATED, LAST, LAST),
        (CHECKED, 3, Status.ESTIMATED, LAST, LAST),
    ],
)
def test_an_issue_holds_until_the_next_one(
    history: History, day: date, level: int, status: Status, issued: date, stated: date
) -> None:
    found = of_colima(history, day)
    assert (found.level, found.status, found.issued, found.last_stated) == (
        level,
        status,
        issued,
        stated,
    )


@pytest.mark.parametrize(("day", "is_newer"), [(SECOND, False), (BARE, True), (LAST, False)])
def test_a_newer_issue_without_a_list_is_told(history: History, day: date, is_newer: bool) -> None:  # noqa: FBT001 - a case, not a call
    assert of_colima(history, day).is_newer_issue is is_newer


@pytest.mark.parametrize(("day", "since"), [(FIRST, FIRST), (SECOND, SECOND), (LAST, SECOND)])
def test_a_level_stands_since_the_first_of_an_unbroken_run(
    history: History, day: date, since: date
) -> None:
    assert of_colima(history, day).since == since


@pytest.mark.parametrize(
    ("day", "reasons"), [(FIRST, ("crime",)), (SECOND, ()), (LAST, None), (date(2019, 1, 1), None)]
)
def test_no_reason_given_and_reasons_not_known_are_two_things(
    history: History, day: date, reasons: tuple[str, ...] | None
) -> None:
    assert of_colima(history, day).reasons == reasons


def test_a_level_that_comes_back_stands_since_it_came_back() -> None:
    rows = [*issue(FIRST, 2), *issue(SECOND, 3), *issue(LAST, 2)]
    history = advisories.build(pd.DataFrame(rows), str(CHECKED))
    assert of_colima(history, LAST).since == LAST


def test_a_state_that_a_list_leaves_out_has_no_level_and_says_so() -> None:
    rows = issue(FIRST, 2)
    colima = next(row for row in rows if row["area_code"] == "06")
    colima |= {"value": float("nan"), "status": "missing"}
    history = advisories.build(pd.DataFrame(rows), str(CHECKED))
    found = of_colima(history, FIRST)
    assert (found.level, found.status) == (None, Status.UNKNOWN)


def test_an_issue_without_any_list_before_it_leaves_the_levels_unknown() -> None:
    history = advisories.build(pd.DataFrame(issue(BARE, None, "missing")), str(CHECKED))
    found = of_colima(history, BARE)
    assert (found.status, found.issued, found.country_level) == (Status.UNKNOWN, BARE, 2)


def test_of_a_day_after_the_last_reading_nothing_is_said(history: History) -> None:
    with pytest.raises(
        BadRequest, match="nothing is known of this day: expected a day up to 2024-06"
    ):
        history.on(CHECKED + timedelta(1))


@given(st.dates(max_value=date(2026, 11, 23)))
def test_every_day_has_the_32_states_once_and_in_order(day: date) -> None:
    assert tuple(item.state_code for item in advisories.history().on(day)) == state_codes()


@given(st.dates(min_value=date(2017, 1, 1), max_value=date(2026, 11, 23)))
def test_a_level_is_never_called_current_where_a_newer_issue_exists(day: date) -> None:
    called = {item.status for item in advisories.history().on(day) if item.is_newer_issue}
    assert called <= {Status.LAST_STATED}


@given(st.dates(min_value=date(2017, 1, 1), max_value=date(2026, 11, 23)))
def test_a_level_is_there_exactly_where_it_is_not_unknown(day: date) -> None:
    found = advisories.history().on(day)
    assert all((item.level is None) == (item.status is Status.UNKNOWN) for item in found)


@pytest.mark.parametrize(
    ("level", "name"),
    [(1, "Exercise Normal Precautions"), (4, "Do Not Travel"), (None, None)],
)
def test_a_level_has_the_name_of_its_issuer(level: int | None, name: str | None) -> None:
    advice = next(iter(advisories.history().on(date(2022, 8, 17))))
    assert replace(advice, level=level).level_name == name


@pytest.mark.parametrize(
    ("day", "is_carried_over"), [(FIRST, False), (BARE, False), (LAST, True), (CHECKED, True)]
)
def test_a_level_that_the_list_does_not_name_is_marked_as_carried_over(
    history: History,
    day: date,
    is_carried_over: bool,  # noqa: FBT001 - a case, not a call
) -> None:
    assert of_colima(history, day).is_carried_over is is_carried_over


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2018, 1, 9), Status.UNKNOWN),
        (date(2018, 1, 10), Status.CURRENT),
        (date(2019, 4, 9), Status.ESTIMATED),
        (date(2022, 8, 17), Status.NOT_APPLICABLE),
    ],
)
def test_the_level_of_the_country_has_a_status_of_its_own(day: date, status: Status) -> None:
    assert advisories.history().on(day)[0].country_status is status


def test_the_issues_held_are_the_20_of_2018_to_2026() -> None:
    found = advisories.history()
    assert (len(found.issues), str(found.issues[0]), str(found.issues[-1]), len(found.stated)) == (
        20,
        "2018-01-10",
        "2026-05-29",
        17,
    )
