"""Days of dated alerts: how each state stands, and that the levels stayed as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo_app import advisories, alert_days, alert_words, alerts, classes
from geo_app.alert_days import Look
from geo_app.alerts import AlertStatus, Coverage, Entry
from geo_app.errors import BadRequest
from geo_app.records import LANGUAGES
from geo_app.states import state_codes
from geo_app.text import words

FIRST, SECOND, THIRD = (date(2026, 2, day) for day in (22, 23, 24))
HELD = alerts.load()
SAY = words("en")
KINDS = {
    FIRST: {Look.IN_FORCE: 5, Look.NOT_NAMED: 27},
    SECOND: {Look.IN_FORCE: 15, Look.ENDED: 3, Look.NOT_NAMED: 14},
    THIRD: {Look.ENDED: 15, Look.ENDED_BEFORE: 3, Look.NOT_NAMED: 14},
}


def looks(day: date, entries: tuple[Entry, ...] = HELD) -> dict[str, Look]:
    return {item.state_code: item.look for item in alert_days.on(entries, day).states}


@pytest.mark.parametrize("day", KINDS)
def test_each_state_has_one_look_on_a_day(day: date) -> None:
    found = alert_days.on(HELD, day)
    assert [item.state_code for item in found.states] == list(state_codes())
    assert {look: len(found.of(look)) for look in Look if found.of(look)} == KINDS[day]


def test_the_days_are_the_three_of_the_notices() -> None:
    assert alert_days.days(HELD) == (FIRST, SECOND, THIRD)
    assert alert_days.fullest(HELD) == SECOND


def test_eighteen_states_were_named_within_two_days() -> None:
    assert len(alert_days.ever_named(HELD, FIRST)) == 5
    assert len(alert_days.ever_named(HELD, SECOND)) == len(alert_days.ever_named(HELD)) == 18


def test_what_ended_before_keeps_the_notice_that_ended_it() -> None:
    found = {item.state_code: item for item in alert_days.on(HELD, THIRD).of(Look.ENDED_BEFORE)}
    assert set(found) == {"23", "25", "28"}
    ends = {item.end.issued for item in found.values() if item.end}
    assert ends == {SECOND}


def test_a_partial_list_says_nothing_of_the_other_states() -> None:
    partial = tuple(item for item in HELD if item.coverage is Coverage.PARTIAL)
    found = looks(SECOND, partial)
    assert (found["02"], found["01"]) == (Look.IN_FORCE, Look.NOT_KNOWN)
    assert set(found.values()) == {Look.IN_FORCE, Look.NOT_KNOWN}


def test_a_day_between_two_notices_goes_on_and_knows_nothing_of_the_others() -> None:
    gap = tuple(item for item in HELD if item.issued != SECOND)
    found = looks(SECOND, gap)
    assert {code for code, look in found.items() if look is Look.IN_FORCE} == {
        "12",
        "14",
        "16",
        "19",
        "28",
    }
    assert found["01"] is Look.NOT_KNOWN
    day = alert_days.on(gap, SECOND)
    assert alert_words.notice_lines(day, SAY) == (
        "No notice of this day is held; what was in force the day before goes on.",
    )


def test_a_state_that_is_named_again_has_not_ended() -> None:
    again = next(item for item in HELD if item.state_code == "23" and item.issued == SECOND)
    later = replace(again, issued=THIRD, number=2, status=AlertStatus.IN_FORCE)
    found = next(
        item for item in alert_days.on((*HELD, later), THIRD).states if item.state_code == "23"
    )
    assert (found.look, found.end) == (Look.IN_FORCE, None)


@pytest.mark.parametrize("day", [date(2026, 2, 21), date(2026, 2, 25)])
def test_a_day_without_notices_is_refused(day: date) -> None:
    with pytest.raises(BadRequest, match="no notice of the mission is held that tells of this day"):
        alert_days.on(HELD, day)


def test_no_level_moved_meanwhile() -> None:
    history = advisories.history()
    assert alert_days.levels_moved(history, FIRST, THIRD) == 0
    assert history.on(THIRD)[0].issued == date(2025, 8, 12)


def test_levels_that_move_are_counted() -> None:
    history = advisories.history()
    assert alert_days.levels_moved(history, date(2025, 8, 11), date(2025, 8, 12)) == 32


def test_each_look_has_a_colour_and_only_the_unknown_is_hatched() -> None:
    assert set(classes.ALERTS) == {str(look) for look in Look}
    assert [look for look, colour in classes.ALERTS.items() if not colour] == ["not_known"]


# ------------------------------------------------------------------------------------- words


def test_the_story_counts_states_and_names_the_advisory_that_stayed() -> None:
    told = alert_words.story(HELD, advisories.history(), SAY)
    assert told[0].endswith(
        "there was a call to take shelter for 18 states, whole or in part: 5 of them on the "
        "first day, "
        "18 by the end of the second."
    )
    assert told[2] == (
        "23 February 2026: in force to the end of the day in 15 states, ended on that day in 3."
    )
    assert told[-1] == (
        "Meanwhile the travel advisory stayed that of 12 August 2025: the level of no state moved."
    )


def test_the_story_says_when_levels_moved() -> None:
    moved = tuple(
        replace(item, issued=date(2025, 8, 11 + (item.issued - FIRST).days)) for item in HELD
    )
    told = alert_words.story(moved, advisories.history(), SAY)
    assert told[-1].endswith("changed for 32 states.")


def test_a_block_tells_since_scope_places_notice_and_end() -> None:
    blocks = {item.title: item for item in alert_words.blocks(on(SECOND), Look.ENDED, SAY)}
    assert blocks["Tamaulipas"].lines == (
        "Under it since 22 February 2026.",
        "The whole state.",
        "Places named: Reynosa and other municipalities.",
        "In force by notice 1 of 22 February 2026.",
        "Back to normal by notice 2 of 23 February 2026, 16:30 (time zone not stated).",
    )
    assert blocks["Tamaulipas"].link.startswith("https://www.adnsureste.info/")
    assert "which, is not known" in blocks["Sinaloa"].lines[1]


def test_places_with_words_are_told_in_spanish() -> None:
    blocks = {b.title: b for b in alert_words.blocks(on(FIRST), Look.IN_FORCE, words("es"))}
    assert "Lugares nombrados: Reynosa y otros municipios." in blocks["Tamaulipas"].lines
    assert "Lo que se tiene no nombra ningún lugar." in blocks["Guerrero"].lines


def test_what_was_lifted_says_so() -> None:
    lines = [block.lines[-1] for block in alert_words.blocks(on(THIRD), Look.ENDED, SAY)]
    assert set(lines) == {"Lifted by notice 1 of 24 February 2026."}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", KINDS)
def test_the_map_of_the_alert_has_every_look_in_its_legend(day: date, lang: str) -> None:
    found, levels = alert_words.figures(on(day), advisories.history(), words(lang))
    counts = [int(text.rsplit(": ", 1)[1]) for _, text in found.legend]
    assert counts == [KINDS[day].get(look, 0) for look in Look]
    assert found.drawing.count("<title>") == levels.drawing.count("<title>") == 32
    assert found.drawing.count('fill="#4a2a7b"') == KINDS[day].get(Look.IN_FORCE, 0)


def test_the_sources_say_that_the_press_was_read() -> None:
    assert "The mission's own pages were not seen." in " ".join(alert_words.source_lines(SAY))


def on(day: date) -> alert_days.AlertDay:
    return alert_days.on(HELD, day)
