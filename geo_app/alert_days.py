"""What is known of each of the 32 states on a day of dated alerts, beside a level that stays.

Owns how a day of notices looks state by state, and whether the levels moved meanwhile. Does not own
the notices (``alerts``), the levels (``advisories``) or the wording (``alert_words``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from geo_app import alerts
from geo_app.advisories import History
from geo_app.alerts import Alert, AlertStatus, Coverage, Entry
from geo_app.states import state_codes


class Look(StrEnum):
    """How a state stands to the alert on a day."""

    IN_FORCE = "in_force"
    """Under it to the end of the day."""
    ENDED = "ended"
    """Under it, until a notice of the day ended it."""
    ENDED_BEFORE = "ended_before"
    """A notice of an earlier day ended it, and no notice of the day puts it in force again."""
    NOT_NAMED = "not_named"
    """A list of the day that is held whole does not have it under the alert."""
    NOT_KNOWN = "not_known"
    """No list of the day is held whole, and none that is held names it."""


@dataclass(frozen=True, slots=True)
class StateDay:
    """One state on a day."""

    state_code: str
    look: Look
    alert: Alert | None
    """What stood on the day; None where the state was not under it."""
    told: Entry | None
    """The last notice up to the day that had it in force; None where there is none."""
    end: Entry | None
    """The notice that ended it on the day or before; None where it stands or never began."""


@dataclass(frozen=True, slots=True)
class AlertDay:
    """The 32 states on a day."""

    day: date
    states: tuple[StateDay, ...]
    """In the order of the state codes."""
    notices: tuple[Entry, ...]
    """One entry of each notice of the day, in their order."""

    def of(self, look: Look) -> tuple[StateDay, ...]:
        """Return the states of a look, in the order of their codes."""
        return tuple(item for item in self.states if item.look is look)


def days(entries: Sequence[Entry]) -> tuple[date, ...]:
    """Return every day from the first notice to the last."""
    issued = [item.issued for item in entries]
    first, last = min(issued), max(issued)
    return tuple(first + timedelta(days=step) for step in range((last - first).days + 1))


def fullest(entries: Sequence[Entry]) -> date:
    """Return the first of the days with the most states under the alert at some time of it."""
    return max(days(entries), key=lambda day: len(alerts.on(entries, day)))


def ever_named(entries: Sequence[Entry], until: date | None = None) -> tuple[str, ...]:
    """Return the codes of the states that a notice had in force, up to a day or at all."""
    return tuple(
        sorted(
            {
                item.state_code
                for item in entries
                if item.status is AlertStatus.IN_FORCE and (until is None or item.issued <= until)
            }
        )
    )


def on(entries: Sequence[Entry], day: date) -> AlertDay:
    """Return what is known of the 32 states on a day.

    Parameters
    ----------
    entries
        As ``alerts.load`` returns them.
    day
        One of ``days(entries)``.

    Raises
    ------
    BadRequest
        If the day lies outside the days of the notices: nothing is known of it.
    """
    standing = {item.state_code: item for item in alerts.on(entries, day)}
    past = [item for item in entries if item.issued <= day]
    today = [item for item in past if item.issued == day]
    is_whole = any(item.coverage is Coverage.FULL for item in today)
    return AlertDay(
        day=day,
        states=tuple(
            _state(
                code,
                standing.get(code),
                [item for item in past if item.state_code == code],
                is_whole=is_whole,
            )
            for code in state_codes()
        ),
        notices=tuple({alerts.key(item): item for item in today}.values()),
    )


def levels_moved(history: History, first: date, last: date) -> int:
    """Return how many states had another level, or another issue, on any day than on the first."""
    before = _levels(history, first)
    steps = range(1, (last - first).days + 1)
    later = [_levels(history, first + timedelta(days=step)) for step in steps]
    return sum(any(day[code] != before[code] for day in later) for code in before)


def _levels(history: History, day: date) -> dict[str, tuple[int | None, date | None]]:
    return {item.state_code: (item.level, item.issued) for item in history.on(day)}


def _state(code: str, alert: Alert | None, past: Sequence[Entry], *, is_whole: bool) -> StateDay:
    forced = [item for item in past if item.status is AlertStatus.IN_FORCE]
    told = forced[-1] if forced else None
    # A later notice may say again what ended already: the first after the last in force counts.
    ends = [item for item in past if told is not None and alerts.key(item) > alerts.key(told)]
    look = _look(alert, told, is_whole=is_whole)
    return StateDay(code, look, alert, told, ends[0] if ends else None)


def _look(alert: Alert | None, told: Entry | None, *, is_whole: bool) -> Look:
    if alert is not None:
        return Look.IN_FORCE if alert.ended is None else Look.ENDED
    if told is not None:
        return Look.ENDED_BEFORE
    return Look.NOT_NAMED if is_whole else Look.NOT_KNOWN
