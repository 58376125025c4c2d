"""Dated issues of advice: which level stood on a day, since when, and what is not known.

Owns the reading of the US issues as a history. An issue holds until the next one; where a newer
issue gives no state levels, the last stated ones are told as such and never as current. Does not
own the map or the wording.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

import pandas as pd

from geo_app import paths, provenance, restrictions, tables
from geo_app.indicators import Status
from geo_app.issuers import first_of_run, refuse_unread
from geo_app.restrictions import Restriction
from geo_app.states import NATION_CODE, state_codes

SOURCE = "us-advisory"
ISSUER = "us"
LEVEL_MEASURE = "advisory_level"

LEVEL_NAMES = {
    1: "Exercise Normal Precautions",
    2: "Exercise Increased Caution",
    3: "Reconsider Travel",
    4: "Do Not Travel",
}
"""The State Department's own names of its levels."""

NONE_GIVEN = "none"
"""Word in a table for an issue whose official text gives no reason."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What is known of the level of one state on one day."""

    state_code: str
    level: int | None
    """1 to 4; None where no level is known."""
    status: Status
    """``CURRENT``, ``LAST_STATED``, ``ESTIMATED`` or ``UNKNOWN``."""
    since: date | None
    """First issue of the unbroken run of lists held that give this level."""
    issued: date | None
    """The issue in force on the day, with or without state levels."""
    last_stated: date | None
    """The issue that stated the level."""
    is_newer_issue: bool
    """Whether the issue in force is newer than the one that stated the level."""
    country_level: int | None
    """The country's own level in the issue in force; None where it gave no single one."""
    country_status: Status
    """``CURRENT``, ``ESTIMATED``, ``NOT_APPLICABLE`` (no single level) or ``UNKNOWN``."""
    is_carried_over: bool
    """Whether the list does not name the state, so that the level is the general rule's."""
    reasons: tuple[str, ...] | None
    """Closed vocabulary; None = not known, empty = none given."""
    address: str
    """Where the list was read; empty where no address is held."""
    checked: date
    """The day on which the source was read."""
    restrictions: tuple[Restriction, ...] | None = None
    """Rules of the issue that stated the level, for employees of the US government; None = not
    known, empty = none given."""

    @property
    def level_name(self) -> str | None:
        """The issuer's own name of the level."""
        return LEVEL_NAMES[self.level] if self.level is not None else None


@dataclass(frozen=True, slots=True)
class History:
    """All issues held, oldest first."""

    issues: tuple[date, ...]
    """Every issue, with or without state levels."""
    stated: tuple[date, ...]
    """The issues that give state levels."""
    checked: date
    """The day on which the source was last read: nothing is known of later days."""
    cells: dict[tuple[date, str], tuple[int | None, str, tuple[str, ...] | None, str]]
    """Level, stored status, reasons and address by issue and state code or nation."""
    restrictions: Mapping[tuple[date, str], tuple[Restriction, ...]] = field(default_factory=dict)
    """Rules for employees of the US government by issue and state code; no key = not known."""

    def on(self, day: date) -> tuple[Advice, ...]:
        """Return what is known of the 32 states on a day, in the order of their codes.

        Raises
        ------
        BadRequest
            If the day lies after the one on which the source was last read.
        """
        refuse_unread(day, self.checked, SOURCE)
        return tuple(self._advice(code, day) for code in state_codes())

    def _advice(self, code: str, day: date) -> Advice:
        issued = _latest(self.issues, day)
        stated = _latest(self.stated, day)
        country = self._country(issued)
        if stated is None or issued is None:
            return self._unknown(code, issued, country)
        level, stored, reasons, address = self.cells[stated, code]
        return Advice(
            state_code=code,
            level=level,
            status=_status(level, stored, is_newer=issued > stated),
            since=self._since(code, stated),
            issued=issued,
            last_stated=stated,
            is_newer_issue=issued > stated,
            country_level=country[0],
            country_status=country[1],
            is_carried_over=stored == Status.ESTIMATED,
            reasons=reasons,
            address=address,
            checked=self.checked,
            restrictions=self.restrictions.get((stated, code)),
        )

    def _country(self, issued: date | None) -> tuple[int | None, Status]:
        if issued is None:
            return None, Status.UNKNOWN
        level, stored = self.cells[issued, NATION_CODE][:2]
        if level is None:
            return None, Status.NOT_APPLICABLE
        return level, Status.ESTIMATED if stored == Status.ESTIMATED else Status.CURRENT

    def _unknown(
        self, code: str, issued: date | None, country: tuple[int | None, Status]
    ) -> Advice:
        return Advice(
            state_code=code,
            level=None,
            status=Status.UNKNOWN,
            since=None,
            issued=issued,
            last_stated=None,
            is_newer_issue=False,
            country_level=country[0],
            country_status=country[1],
            is_carried_over=False,
            reasons=None,
            address="",
            checked=self.checked,
        )

    def _since(self, code: str, stated: date) -> date:
        levels = {issue: self.cells[issue, code][0] for issue in self.stated if issue <= stated}
        return first_of_run(levels)


def history() -> History:
    """Return the US issues of the current data folder.

    Raises
    ------
    BadRequest, TableInvalid, HashMismatch
        As ``tables.table``.
    """
    folder = paths.data_dir()
    path = paths.verified(folder, f"{tables.FOLDER}/{SOURCE}.csv")
    return _history(path.as_posix(), path.stat().st_mtime_ns, paths.stamp(folder))


@cache
def _history(_path: str, _stamp: int, _stamp2: int) -> History:
    releases = provenance.load_source(SOURCE).releases
    held = build(tables.table(SOURCE), max(item.checked for item in releases))
    return replace(held, restrictions=_restrictions())


def _restrictions() -> restrictions.Issues:
    """Return the rules that the folder holds; a folder of before they were read has none."""
    folder = paths.data_dir()
    if restrictions.FILE not in paths.read_registry(folder):
        return {}
    return restrictions.read(paths.verified(folder, restrictions.FILE))


def build(frame: pd.DataFrame, checked: str) -> History:
    """Build the history from a table of issues.

    Parameters
    ----------
    frame
        As ``tables.table`` returns it, measure ``advisory_level``.
    checked
        ISO date on which the source was last read.
    """
    rows = frame[frame["measure"] == LEVEL_MEASURE]
    columns = ("period", "area_code", "value", "status", "reasons", "address")
    cells = {
        (date.fromisoformat(period), str(code)): (
            None if math.isnan(value) else int(value),
            str(status),
            read_reasons(reasons),
            str(address),
        )
        for period, code, value, status, reasons, address in zip(
            *(rows[name].tolist() for name in columns), strict=True
        )
    }
    issues = sorted({issue for issue, _ in cells})
    first = state_codes()[0]
    stated = [issue for issue in issues if cells[issue, first][1] != Status.MISSING]
    return History(tuple(issues), tuple(stated), date.fromisoformat(checked), cells)


def read_reasons(text: str) -> tuple[str, ...] | None:
    """Read stored reasons: empty text = not known, "none" = none given.

    Examples
    --------
    >>> read_reasons("crime|kidnapping"), read_reasons("none"), read_reasons("")
    (('crime', 'kidnapping'), (), None)
    """
    if not text:
        return None
    return () if text == NONE_GIVEN else tuple(text.split("|"))


def _latest(days: tuple[date, ...], day: date) -> date | None:
    return max((item for item in days if item <= day), default=None)


def _status(level: int | None, stored: str, *, is_newer: bool) -> Status:
    if level is None:
        return Status.UNKNOWN
    if is_newer:
        return Status.LAST_STATED
    return Status.ESTIMATED if stored == Status.ESTIMATED else Status.CURRENT
