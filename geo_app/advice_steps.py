"""The US level of one state as steps through time, each with what is known of it.

Owns how issues follow one another: which level stands from one to the next, where it was only
carried over, where a newer issue hid it. Does not own the issues (``advisories``), a drawing
(``charts``) or a wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo_app.advisories import History
from geo_app.indicators import Status


@dataclass(frozen=True, slots=True)
class Step:
    """The time from one issue to the next, or the time before the first one."""

    start: date
    """Day of the issue; of the first step the first day of its year."""
    end: date
    """Day of the next issue, which is no part of it; of the last step the last day known."""
    level: int | None
    """1 to 4; None where no level is known."""
    is_carried_over: bool
    """Whether the list does not name the state, so that the level is the general rule's."""
    is_last_stated: bool
    """Whether a newer issue came without known state levels: the level is the last one stated."""


def steps(history: History, state_code: str, day: date) -> tuple[Step, ...]:
    """Return the steps of a state up to a day, one an issue, oldest first.

    Parameters
    ----------
    history
        As ``advisories.history`` returns it.
    state_code
        "01" to "32".
    day
        The last day that is told; days after the last reading are not known.

    Returns
    -------
    tuple of Step
        The first one is the time before the first issue held, from the first day of its year;
        empty where the day lies before that year.
    """
    last = min(day, history.checked)
    issues = [issue for issue in history.issues if issue <= last]
    first_day = date(history.issues[0].year, 1, 1)
    if last < first_day:
        return ()
    ends = [*issues, last]
    before = Step(first_day, ends[0], None, is_carried_over=False, is_last_stated=False)
    found = [
        _step(history, state_code, start, end) for start, end in zip(issues, ends[1:], strict=True)
    ]
    return tuple(item for item in (before, *found) if item.start < item.end or item.level)


def runs(found: Sequence[Step]) -> tuple[Step, ...]:
    """Join steps in a row that say the same.

    Examples
    --------
    >>> a, b, c = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
    >>> same = {"level": 2, "is_carried_over": False, "is_last_stated": False}
    >>> found = runs([Step(a, b, **same), Step(b, c, **same)])
    >>> [(item.start.year, item.end.year) for item in found]
    [(2020, 2022)]
    """
    joined: list[Step] = []
    for item in found:
        if joined and _said(joined[-1]) == _said(item):
            joined[-1] = replace(joined[-1], end=item.end)
        else:
            joined.append(item)
    return tuple(joined)


def _said(item: Step) -> tuple[int | None, bool, bool]:
    return item.level, item.is_carried_over, item.is_last_stated


def _step(history: History, code: str, start: date, end: date) -> Step:
    stated = max((issue for issue in history.stated if issue <= start), default=None)
    level, status = None, ""
    if stated is not None:
        level, status, *_ = history.cells[stated, code]
    return Step(
        start,
        end,
        level,
        is_carried_over=status == Status.ESTIMATED,
        is_last_stated=stated is not None and stated < start,
    )
