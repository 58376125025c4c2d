"""What governments say of a state: each on its own ladder, and never current where last stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo_app import advice_steps, advisories
from geo_app.foreign import ForeignAdvice
from geo_app.issuers import LEVEL_NAMES, Scope
from geo_app.state_sheet import advice as state_advice
from geo_app.state_sheet import explain
from geo_app.states import state_codes
from geo_app.text import words

EN, ES = words("en"), words("es")
TODAY = date(2026, 11, 23)
ALERTED = {"02", "06", "11", "12", "14", "15", "16", "18", "19", "20", "21", "22", "23", "24"} | {
    "25",
    "28",
    "30",
    "32",
}


def foreign(code: str, day: date = TODAY) -> dict[str, ForeignAdvice]:
    return {item.issuer: item for item in state_advice.foreign_advice(code, day)}


def test_each_government_has_its_own_name_of_the_level_its_places_and_its_day() -> None:
    found = {item.issuer: state_advice.foreign_line(item, EN) for item in foreign("25").values()}
    by_name = {line.issuer: line for line in found.values()}
    assert by_name["Canada"].level == "Avoid non-essential travel"
    assert by_name["Australia"].level == "Reconsider your need to travel"
    assert "Mazatlán" in by_name["Ireland"].places
    assert "27 February 2026" in by_name["United Kingdom"].dates


@pytest.mark.parametrize("code", state_codes())
def test_after_the_last_copy_no_government_is_told_as_current(code: str) -> None:
    for item in foreign(code).values():
        assert "not current" in state_advice.foreign_line(item, EN).dates


def test_on_a_day_with_a_copy_the_issue_is_told() -> None:
    found = foreign("25", date(2026, 3, 15))["ca"]
    assert state_advice.foreign_line(found, EN).dates == "Issue of 4 February 2026."


def test_before_the_first_copy_nothing_is_told_but_that() -> None:
    line = state_advice.foreign_line(foreign("25", date(2020, 1, 1))["uk"], EN)
    assert (line.level, line.dates, line.places) == ("", "", ())
    assert line.scope == "No issue is held for this day."


def test_a_state_that_is_not_named_is_told_so() -> None:
    found = foreign("31")
    assert state_advice.foreign_line(found["uk"], EN).scope == EN("sheet_scope_silent")
    assert state_advice.foreign_line(found["au"], EN).scope == EN("sheet_scope_country")


@pytest.mark.parametrize(
    ("scope", "places", "key"),
    [
        (Scope.WHOLE, (), "sheet_scope_whole"),
        (Scope.WHOLE_OR_PART, None, "sheet_scope_whole_or_part"),
        (Scope.WHOLE_EXCEPT, None, "sheet_scope_except_unknown"),
        (Scope.WHOLE_EXCEPT, ("A",), "sheet_scope_except"),
        (Scope.PART, None, "sheet_scope_part_unknown"),
        (Scope.PART, ("A",), "sheet_scope_part"),
    ],
)
def test_the_scope_is_told_and_what_is_not_known_of_it(
    scope: Scope, places: tuple[str, ...] | None, key: str
) -> None:
    found = replace(foreign("25")["ca"], scope=scope, places=places)
    assert state_advice.foreign_line(found, EN).scope == EN(key)


def test_an_issue_that_names_no_state_leaves_the_last_one_stated() -> None:
    found = replace(foreign("25")["ca"], is_newer_issue=True, issued=date(2026, 8, 1))
    assert "does not name its states" in state_advice.foreign_line(found, EN).dates


def test_every_level_of_every_government_has_words_and_the_english_ones_are_its_own() -> None:
    for issuer, names in LEVEL_NAMES.items():
        for level, name in names.items():
            assert EN(f"sheet_level_{issuer}_{level}") == name
            assert ES(f"sheet_level_{issuer}_{level}") != name


def test_only_states_that_had_an_alert_have_one() -> None:
    assert {code for code in state_codes() if state_advice.alert_days(code)} == ALERTED


def test_the_days_of_an_alert_are_told_with_how_it_ended() -> None:
    lines = state_advice.alert_lines(state_advice.alert_days("14"), EN)
    assert [line.split(":")[0] for line in lines[:3]] == [
        "22 February 2026",
        "23 February 2026",
        "24 February 2026",
    ]
    assert "lifted" in lines[2]
    assert lines[3] == EN("sheet_alert_no_issue")
    assert "Puerto Vallarta" in lines[0]


def test_an_alert_that_ended_the_same_day_says_so_and_one_known_from_the_press_too() -> None:
    (first, *_) = state_advice.alert_lines(state_advice.alert_days("25"), EN)
    assert "ended the same day" in first


def test_a_state_without_an_alert_is_told_nothing() -> None:
    assert state_advice.alert_lines((), EN) == ()


@pytest.mark.parametrize("say", [EN, ES])
def test_the_history_in_words_names_what_is_not_known(say: object) -> None:
    told = state_advice.history_lines(
        advice_steps.steps(advisories.history(), "25", TODAY),
        say,  # type: ignore[arg-type]
    )
    assert len(told) == 7
    assert "2026" in told[-1]


def test_an_advice_is_explained_by_the_rows_of_its_issues() -> None:
    history = advisories.history()
    advice = next(item for item in history.on(TODAY) if item.state_code == "25")
    steps = advice_steps.steps(history, "25", TODAY)
    found = state_advice.explain_advice(advice, steps, EN)
    rows = found.rows[found.rows["area_code"] == "25"]
    assert rows["value"].tolist()[0] == 4
    assert set(rows["period"]) == {"2025-08-12", "2026-05-29"}
    assert {fact.name: fact.text for fact in found.facts}["Status"] == "last stated, not current"


def test_the_other_governments_are_explained_by_the_rows_of_their_issues() -> None:
    found = state_advice.explain_foreign(tuple(foreign("25").values()), EN)
    assert found.rows["measure"].tolist() == ["ca_level", "uk_level", "au_level", "ie_level"]


def test_of_governments_without_an_issue_there_is_no_row() -> None:
    held = tuple(foreign("25", date(2020, 1, 1)).values())
    assert len(state_advice.explain_foreign(held, EN).rows) == 0


def test_an_alert_is_explained_by_the_rows_of_its_days() -> None:
    found = state_advice.explain_alerts(state_advice.alert_days("14"), EN)
    assert set(found.rows["measure"]) == {"shelter_in_place_flag"}
    assert {"2026-02-22", "2026-02-24"} <= set(found.rows["period"])
    assert isinstance(found, explain.Explanation)
