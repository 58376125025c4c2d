"""Alerts of the US mission: which states were under one on a day, and how it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo_app import alerts, checks
from geo_app.alerts import Alert, AlertScope, AlertStatus, Coverage, Entry
from geo_app.errors import BadRequest, HashMismatch, TableInvalid

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

FIRST, SECOND, THIRD = (date(2026, 2, day) for day in (22, 23, 24))
HEADER = ",".join(alerts.COLUMNS)
LINE = "shelter in place,2026-02-22,1,first,,14,whole,Chapala,in force,full,https://example.org/a"


def held(day: date) -> dict[str, Alert]:
    return {item.state_code: item for item in alerts.on(alerts.load(), day)}


def entry(text: str = LINE, **changes: object) -> Entry:
    (found,) = alerts.parse(f"{HEADER}\n{text}\n")
    return replace(found, **changes)  # type: ignore[arg-type]


def test_on_the_first_day_five_states_were_under_it() -> None:
    assert set(held(FIRST)) == {"12", "14", "16", "19", "28"}


def test_eighteen_states_were_under_it_within_two_days() -> None:
    assert len(set(held(FIRST)) | set(held(SECOND))) == 18


def test_three_states_were_back_to_normal_on_the_second_day() -> None:
    back = {code for code, item in held(SECOND).items() if item.ended is AlertStatus.BACK_TO_NORMAL}
    assert back == {"23", "25", "28"}


def test_on_the_third_day_it_was_lifted_for_all_others() -> None:
    found = held(THIRD)
    assert (len(found), {item.ended for item in found.values()}) == (15, {AlertStatus.LIFTED})


def test_a_state_is_under_it_since_the_notice_that_named_it_first() -> None:
    assert {code: held(THIRD)[code].since for code in ("14", "02", "15")} == {
        "14": FIRST,
        "02": SECOND,
        "15": SECOND,
    }


def test_scope_and_places_are_those_of_the_last_notice_that_has_it_in_force() -> None:
    found = held(SECOND)["23"]
    assert (found.scope, found.places) == (
        AlertScope.WHOLE,
        ("Cancún", "Cozumel", "Playa del Carmen", "Tulum"),
    )


def test_a_state_known_from_the_partial_list_alone_says_so() -> None:
    partial = {code for code, item in held(SECOND).items() if item.coverage is Coverage.PARTIAL}
    assert partial == {"23", "25"}


@pytest.mark.parametrize("day", [date(2026, 2, 21), date(2026, 2, 25)])
def test_a_day_without_a_notice_is_not_told_as_a_day_without_an_alert(day: date) -> None:
    with pytest.raises(BadRequest, match=r"no notice .* expected 2026-02-22 to 2026-02-24, got"):
        alerts.on(alerts.load(), day)


def test_a_state_stays_under_it_on_a_day_between_two_notices() -> None:
    entries = (entry(), entry(issued=THIRD, status=AlertStatus.LIFTED))
    (found,) = alerts.on(entries, SECOND)
    assert (found.since, found.ended) == (FIRST, None)


def test_what_ended_is_not_told_on_the_next_day() -> None:
    over = entry(number=2, notice="over", status=AlertStatus.BACK_TO_NORMAL)
    later = entry(issued=THIRD, state_code="12")
    assert [alerts.on((entry(), over, later), day) for day in (SECOND,)] == [()]


def test_a_state_that_is_named_again_after_it_ended_begins_anew() -> None:
    over = entry(issued=SECOND, status=AlertStatus.LIFTED)
    again = entry(issued=THIRD)
    (found,) = alerts.on((entry(), over, again), THIRD)
    assert (found.since, found.ended) == (THIRD, None)


def test_an_end_of_what_never_began_is_not_told() -> None:
    assert alerts.on((entry(status=AlertStatus.LIFTED),), FIRST) == ()


def test_a_list_that_is_read_back_is_the_one_that_was_written() -> None:
    assert alerts.parse(alerts.to_csv(alerts.load())) == alerts.load()


def test_a_day_of_a_fresh_list_replaces_the_same_day_only() -> None:
    text = alerts.to_csv(alerts.load())
    fresh = f"{HEADER}\n{LINE.replace(',14,', ',01,')}\n"
    merged = alerts.parse(alerts.merge(text, fresh))
    kept = tuple(item for item in alerts.load() if item.issued != FIRST)
    assert merged == (entry(state_code="01"), *kept)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "wrong columns: expected kind,"),
        (HEADER, "no row: expected a row a notice and state"),
        (f"{HEADER}\n{LINE},x", "line 2: wrong number of cells: expected 11, got 12"),
        (f"{HEADER}\n{LINE}\n{LINE}", "a state stands twice in a notice"),
        (f"{HEADER}\n{LINE.replace(',14,', ',33,')}", "line 2: an unknown state, or a row without"),
        (f"{HEADER}\n{LINE.replace('first', '')}", "an unknown state, or a row without notice"),
        (f"{HEADER}\n{LINE.replace('in force', 'over')}", "not a known word, date or number"),
        (f"{HEADER}\n{LINE.replace('2026-02-22', '22/2')}", "not a known word, date or number"),
        (f"{HEADER}\n{LINE.replace(',1,', ',one,')}", "not a known word, date or number"),
    ],
)
def test_a_damaged_list_is_refused(text: str, message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        alerts.parse(text)


def test_a_list_that_was_changed_by_hand_is_refused(broken: BrokenData) -> None:
    broken.replace(alerts.FILE, "in force", "lifted")
    with pytest.raises(HashMismatch, match=alerts.FILE):
        alerts.load()


def test_the_check_names_a_state_of_which_list_and_table_differ(broken: BrokenData) -> None:
    broken.edit(alerts.FILE, "first,,12,part,,in force", "first,,12,part,,lifted")
    assert list(checks.check_alerts()) == [
        "US alert 2026-02-22 first 12: the table says 1.0, us-alerts.csv 0.0"
    ]


def test_the_check_names_a_notice_that_the_list_lacks(broken: BrokenData) -> None:
    text = alerts.to_csv([item for item in alerts.load() if item.issued != FIRST])
    broken.write(alerts.FILE, text)
    assert list(checks.check_alerts()) == [
        "us-alerts: 'US alert 2026-02-22 first' is in the table and not in us-alerts.csv"
    ]


def test_the_check_finds_nothing_in_what_is_shipped() -> None:
    assert list(checks.check_alerts()) == []
