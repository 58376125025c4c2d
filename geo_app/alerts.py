"""Dated security alerts of the United States mission in Mexico: which states, from when to when.

Owns ``data/us-alerts.csv``, a row a notice and state, and the question which states were under an
alert on a day. An alert is no level: it comes and goes within days while the advisory and its
levels stay as they are. Does not own the advisory (``advisories``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from geo_app import lists, paths
from geo_app.errors import BadRequest, TableInvalid
from geo_app.periods import parse_date
from geo_app.records import read_text
from geo_app.states import state_codes

FILE = "us-alerts.csv"
"""Name of the list inside ``data/``."""

SOURCE = "us-alerts"
MEASURE = "shelter_in_place_flag"
"""Measure of the table: 1 = a notice of the day puts the state under it, 0 = it does not."""

SPANISH_PLACES = {"Reynosa and other municipalities": "Reynosa y otros municipios"}
"""Places that the list names in English words."""

COLUMNS = (
    "kind",
    "issued",
    "number",
    "notice",
    "time",
    "state_code",
    "scope",
    "places",
    "status",
    "coverage",
    "address",
)


class AlertKind(StrEnum):
    """What a notice asks of its readers."""

    SHELTER_IN_PLACE = "shelter in place"


class AlertScope(StrEnum):
    """How much of a state a notice is about."""

    WHOLE = "whole"
    PART = "part"
    WHOLE_OR_PART = "whole or part"
    """Which of the two is not known."""


class AlertStatus(StrEnum):
    """What a notice says of a state."""

    IN_FORCE = "in force"
    BACK_TO_NORMAL = "back to normal"
    LIFTED = "lifted"


class Coverage(StrEnum):
    """Whether all states of a notice are known."""

    FULL = "full"
    PARTIAL = "partial"
    """Known from a list in the press that says itself that there are more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one notice says of one state."""

    kind: AlertKind
    issued: date
    number: int
    """1, 2… in the order of the notices of one day."""
    notice: str
    """Our name of the notice, such as "update 4"."""
    time: str
    """Hour that the notice carries, "16:30", its zone not stated; empty where none is known."""
    state_code: str
    scope: AlertScope
    places: tuple[str, ...]
    """Places that the notice names; empty = none."""
    status: AlertStatus
    coverage: Coverage
    address: str
    """Where the notice was read."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A state that was under an alert at some time of a day."""

    state_code: str
    kind: AlertKind
    since: date
    """Day of the notice that put it under the alert."""
    ended: AlertStatus | None
    """How it ended on this day; None where it was in force to the end of the day."""
    scope: AlertScope
    """By the last notice that has it in force."""
    places: tuple[str, ...]
    """By the same notice."""
    coverage: Coverage
    """Whether that notice is held whole."""
    address: str
    """Where the last notice of the day, or before it, was read."""


def named_places(places: Sequence[str], lang: str) -> str:
    """Return the places of a notice as a text in a language."""
    return ", ".join(SPANISH_PLACES.get(item, item) if lang == "es" else item for item in places)


def load() -> tuple[Entry, ...]:
    """Return the list of the current data folder.

    Raises
    ------
    TableInvalid
        As ``parse``.
    HashMismatch
        If the file is not the one that was checked.
    """
    return read(paths.verified(paths.data_dir(), FILE))


def read(path: Path) -> tuple[Entry, ...]:
    """Read and check a list; see ``parse`` for what is raised."""
    return parse(read_text(path), path.name)


def parse(text: str, name: str = FILE) -> tuple[Entry, ...]:
    """Read and check the text of a list.

    Returns
    -------
    tuple of Entry
        In the order of the notices, and of the state codes in each.

    Raises
    ------
    TableInvalid
        If the list has other columns or no row, a word, date or number that is not a known one, or
        a state that stands twice in a notice.
    """
    entries = [_entry(cells, where) for where, cells in lists.rows_of(text, name, COLUMNS)]
    if not entries:
        message = "no row"
        raise TableInvalid(message, where=name, expected="a row a notice and state")
    keys = [(*key(item), item.state_code) for item in entries]
    lists.refuse_twice(keys, name, "a state stands twice in a notice", "import the list again")
    return tuple(sorted(entries, key=lambda item: (*key(item), item.state_code)))


def to_csv(entries: Sequence[Entry]) -> str:
    """Return a list as text, sorted by day, notice and state."""
    rows = (
        [
            item.kind,
            item.issued,
            item.number,
            item.notice,
            item.time,
            item.state_code,
            item.scope,
            "|".join(item.places),
            item.status,
            item.coverage,
            item.address,
        ]
        for item in sorted(entries, key=lambda one: (*key(one), one.state_code))
    )
    return lists.to_text(COLUMNS, rows)


def merge(held: str, fresh: str) -> str:
    """Join two lists: a day of the fresh one replaces the same day of the other.

    Raises
    ------
    TableInvalid
        As ``parse``.
    """
    found = parse(fresh)
    renewed = {item.issued for item in found}
    return to_csv([*(item for item in parse(held) if item.issued not in renewed), *found])


def key(item: Entry) -> tuple[date, int]:
    """Return what tells the notices apart and puts them in order."""
    return item.issued, item.number


def release_name(item: Entry) -> str:
    """Return the name of the release under which the table holds a notice."""
    return f"US alert {item.issued} {item.notice}"


def flag(item: Entry | None) -> float:
    """Return the stored flag of a state: 1 where a notice has it under the alert, else 0."""
    return float(item is not None and item.status is AlertStatus.IN_FORCE)


def on(entries: Sequence[Entry], day: date) -> tuple[Alert, ...]:
    """Return the states that were under an alert at some time of a day.

    Parameters
    ----------
    entries
        As ``load`` returns them.
    day
        A day from the first notice held to the last.

    Returns
    -------
    tuple of Alert
        Sorted by state code. A state stays under an alert until a notice says that it is over; a
        list that leaves it out ends nothing. On the day of that notice it is still told, with how
        it ended.

    Raises
    ------
    BadRequest
        If the day lies outside the days of the notices: nothing is known of it, which is not the
        same as no alert.
    """
    first, last = min(item.issued for item in entries), max(item.issued for item in entries)
    if not first <= day <= last:
        message = "no notice of the mission is held that tells of this day"
        raise BadRequest(message, where=SOURCE, expected=f"{first} to {last}", got=str(day))
    standing: dict[str, Alert] = {}
    for issued, notices in groupby((one for one in entries if one.issued <= day), _issued):
        # What ended on an earlier day is over; what ends today is told until the night.
        standing = {code: found for code, found in standing.items() if found.ended is None}
        for item in notices:
            _apply(standing, item, issued)
    if standing and max(one.issued for one in entries if one.issued <= day) < day:
        standing = {code: found for code, found in standing.items() if found.ended is None}
    return tuple(standing[code] for code in sorted(standing))


def _apply(standing: dict[str, Alert], item: Entry, issued: date) -> None:
    earlier = standing.get(item.state_code)
    if item.status is not AlertStatus.IN_FORCE:
        if earlier is not None:
            standing[item.state_code] = replace(earlier, ended=item.status, address=item.address)
        return
    is_same_run = earlier is not None and earlier.ended is None
    standing[item.state_code] = Alert(
        state_code=item.state_code,
        kind=item.kind,
        since=earlier.since if earlier is not None and is_same_run else issued,
        ended=None,
        scope=item.scope,
        places=item.places,
        coverage=item.coverage,
        address=item.address,
    )


def _issued(item: Entry) -> date:
    return item.issued


def _entry(cells: list[str], where: str) -> Entry:
    row = dict(zip(COLUMNS, cells, strict=True))
    if row["state_code"] not in state_codes() or not row["notice"] or not row["address"]:
        message = "an unknown state, or a row without notice or address"
        raise TableInvalid(message, where=where, got=",".join(cells))
    try:
        return Entry(
            kind=AlertKind(row["kind"]),
            issued=parse_date(row["issued"]),
            number=int(row["number"]),
            notice=row["notice"],
            time=row["time"],
            state_code=row["state_code"],
            scope=AlertScope(row["scope"]),
            places=tuple(row["places"].split("|")) if row["places"] else (),
            status=AlertStatus(row["status"]),
            coverage=Coverage(row["coverage"]),
            address=row["address"],
        )
    except (BadRequest, ValueError) as error:
        message = f"not a known word, date or number ({error})"
        raise TableInvalid(message, where=where) from error
