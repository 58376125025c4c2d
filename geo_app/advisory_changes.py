"""What changed from one list of US advisory levels to the next, state by state.

Owns the comparison of the lists that are held. An issue without state levels changes nothing: it
is told as such, and the next list is compared with the last one that stated levels. Issues that are
not held may lie between two that are. Does not own the history (``advisories``) or the feed that
tells of it (``feed``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from geo_app.advisories import History
from geo_app.indicators import Status
from geo_app.states import NATION_CODE, state_codes


class ChangeKind(StrEnum):
    """What an entry tells of."""

    LEVEL = "level"
    """A state has another level than in the list before."""
    NOT_GIVEN = "state_levels_not_given"
    """An issue of which no state levels are known."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry: a state whose level changed, or an issue without state levels."""

    kind: ChangeKind
    issued: date
    issued_before: date | None
    """The last list that stated levels; None where none was stated before."""
    state_code: str
    """"00" where the entry is about an issue."""
    level_before: int | None
    level_after: int | None
    """Both 1 to 4; None where the entry is about an issue."""
    reasons_before: tuple[str, ...] | None
    reasons_after: tuple[str, ...] | None
    """Closed vocabulary; None = not known, empty = none given."""
    status: Status
    """``FINAL``; ``ESTIMATED`` where a list does not name the state and its level is the general
    rule's; ``MISSING`` where the entry is about an issue."""
    address: str
    """Where the newer list was read; empty where no address is held."""

    @property
    def key(self) -> str:
        """Name that no other entry has: the day of issue and the state.

        It depends on nothing else, so that an entry keeps it whenever and in whatever language it
        is written.
        """
        return f"us-advisory/{self.issued}/{self.state_code}"


def changes(history: History) -> tuple[Change, ...]:
    """Return every change of level, and every issue without state levels.

    Parameters
    ----------
    history
        The issues held.

    Returns
    -------
    tuple of Change
        Oldest first, then by state code.
    """
    found = [*_levels(history), *_not_given(history)]
    return tuple(sorted(found, key=lambda item: (item.issued, item.state_code)))


def _levels(history: History) -> Iterator[Change]:
    for before, after in pairwise(history.stated):
        for code in state_codes():
            old_level, old_status, old_reasons, _ = history.cells[before, code]
            level, status, reasons, address = history.cells[after, code]
            # A list without the level of one state tells of no change of it.
            if None in {old_level, level} or old_level == level:
                continue
            is_estimated = Status.ESTIMATED in {old_status, status}
            yield Change(
                kind=ChangeKind.LEVEL,
                issued=after,
                issued_before=before,
                state_code=code,
                level_before=old_level,
                level_after=level,
                reasons_before=old_reasons,
                reasons_after=reasons,
                status=Status.ESTIMATED if is_estimated else Status.FINAL,
                address=address,
            )


def _not_given(history: History) -> Iterator[Change]:
    for issued in sorted(set(history.issues) - set(history.stated)):
        yield Change(
            kind=ChangeKind.NOT_GIVEN,
            issued=issued,
            issued_before=max((day for day in history.stated if day < issued), default=None),
            state_code=NATION_CODE,
            level_before=None,
            level_after=None,
            reasons_before=None,
            reasons_after=None,
            status=Status.MISSING,
            address=history.cells[issued, NATION_CODE][3],
        )
