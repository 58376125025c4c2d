"""The governments whose advice is held: their levels, and the areas that a level is meant for.

Owns the list of issuers, the names that each gives its levels, and ``data/foreign-areas.csv``. A
level is a step on the ladder of its own issuer; no ladder is converted into another. Does not own
which level stood on a day (``advisories`` for the United States, ``foreign`` for the others).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from geo_app import lists
from geo_app.errors import BadRequest, TableInvalid
from geo_app.periods import parse_date
from geo_app.records import read_text
from geo_app.states import state_codes

FILE = "foreign-areas.csv"
"""Name of the list of areas inside ``data/``."""

COLUMNS = ("issuer", "issued", "state_code", "number", "scope", "places")

NO_PLACE = "none"
"""Word in the list where there is no place to name; empty text is: not known."""


class Issuer(StrEnum):
    """A government that advises its citizens on travel to Mexico."""

    US = "us"
    CA = "ca"
    UK = "uk"
    AU = "au"
    IE = "ie"


class Scope(StrEnum):
    """How much of a state a level is meant for, the widest first."""

    WHOLE = "whole"
    WHOLE_EXCEPT = "whole except"
    """The state without the places that are listed."""
    WHOLE_OR_PART = "whole or part"
    """Which of the two is not known."""
    PART = "part"
    """Only the places that are listed."""
    COUNTRY = "country"
    """The issuer does not name the state: it stands at the level of the country."""


WIDEST_FIRST = tuple(Scope)
"""The scopes in the order in which one that is listed before another covers more."""

FOREIGN_NAMES = {
    Issuer.CA: "Canada",
    Issuer.UK: "United Kingdom",
    Issuer.AU: "Australia",
    Issuer.IE: "Ireland",
}
"""Issuers other than the United States, by the name that their releases carry."""

LEVEL_NAMES: dict[Issuer, dict[int, str]] = {
    Issuer.CA: {
        0: "Take normal security precautions",
        1: "Exercise a high degree of caution",
        2: "Avoid non-essential travel",
        3: "Avoid all travel",
    },
    Issuer.UK: {2: "Advises against all but essential travel", 3: "Advises against all travel"},
    Issuer.AU: {
        1: "Exercise normal safety precautions",
        2: "Exercise a high degree of caution",
        3: "Reconsider your need to travel",
        4: "Do not travel",
    },
    Issuer.IE: {3: "Avoid non-essential travel"},
}
"""The issuers' own names of their levels, as far as a page of theirs was seen that gives them.

Canada counts from 0, Australia and Ireland from 1. The United Kingdom gives no numbers: 2 stands
for the first of its two warnings, 3 for the one against all travel.
"""

LAST_SEEN = {
    Issuer.CA: date(2026, 8, 22),
    Issuer.UK: date(2026, 8, 22),
    Issuer.AU: date(2025, 6, 13),
    Issuer.IE: date(2026, 8, 22),
}
"""Last day of which a copy of the issuer's page is held; the list of issues does not say it.

After that day an issue is the last one stated: nobody looked whether a newer one stands.
"""


@dataclass(frozen=True, slots=True)
class Area:
    """What part of one state the level of one issue is meant for."""

    issuer: Issuer
    issued: date
    state_code: str
    number: int
    """1, 2… where an issue advises on several areas of one state."""
    scope: Scope
    places: tuple[str, ...] | None
    """Names of the places left out (``WHOLE_EXCEPT``) or meant (``PART``), with a road, a width or
    a way of arrival where it matters; empty = there is none to name, None = not known."""


def measure(issuer: Issuer) -> str:
    """Return the measure under which the table holds the levels of an issuer.

    Examples
    --------
    >>> measure(Issuer.CA)
    'ca_level'
    """
    return f"{issuer}_level"


def read_areas(path: Path) -> tuple[Area, ...]:
    """Read and check the list of areas.

    Returns
    -------
    tuple of Area
        In file order.

    Raises
    ------
    TableInvalid
        If the list has other columns, a word, date or number that is not a known one, or a row
        that stands twice.
    """
    return parse_areas(read_text(path), path.name)


def parse_areas(text: str, name: str = FILE) -> tuple[Area, ...]:
    """Read and check the text of a list of areas; see ``read_areas`` for what is raised."""
    areas = tuple(_area(where, cells) for where, cells in lists.rows_of(text, name, COLUMNS))
    keys = [(item.issuer, item.issued, item.state_code, item.number) for item in areas]
    lists.refuse_twice(keys, name, "an area stands twice", "import the lists again")
    return areas


def merge(held: str, fresh: str) -> str:
    """Join two lists of areas: an issue of the fresh one replaces the same one of the other.

    Parameters
    ----------
    held, fresh
        Texts of two lists, as ``to_csv`` makes them. A list without the areas of an issue, for it
        does not name them, leaves those that are held.

    Raises
    ------
    TableInvalid
        As ``read_areas``.
    """
    found = parse_areas(fresh)
    renewed = {(area.issuer, area.issued) for area in found}
    kept = [a for a in parse_areas(held) if (a.issuer, a.issued) not in renewed]
    return to_csv([*kept, *found])


def to_csv(areas: Sequence[Area]) -> str:
    """Return the list as text, sorted by issuer, issue, state and number."""
    rows = []
    for item in sorted(areas, key=lambda a: (a.issuer, a.issued, a.state_code, a.number)):
        key = (item.issuer, item.issued, item.state_code, item.number)
        rows.append([*key, item.scope, _places_text(item.places)])
    return lists.to_text(COLUMNS, rows)


def _area(where: str, cells: list[str]) -> Area:
    issuer, issued, code, count, scope, places = cells
    if issuer not in FOREIGN_NAMES or scope not in WIDEST_FIRST or code not in state_codes():
        message = "an unknown issuer, state or scope"
        raise TableInvalid(message, where=where, got=",".join(cells))
    try:
        day, order = parse_date(issued), int(count)
    except (BadRequest, ValueError) as error:
        message = f"not a date or number ({error})"
        raise TableInvalid(message, where=where) from error
    return Area(Issuer(issuer), day, code, order, Scope(scope), _read_places(places))


def _places_text(places: tuple[str, ...] | None) -> str:
    if places is None:
        return ""
    return "|".join(places) or NO_PLACE


def _read_places(text: str) -> tuple[str, ...] | None:
    if not text:
        return None
    return () if text == NO_PLACE else tuple(text.split("|"))


def refuse_unread(day: date, checked: date, source: str) -> None:
    """Refuse a day of which nothing can be known.

    Parameters
    ----------
    day
        The day that is asked for.
    checked
        The day on which the source was last read.
    source
        Slug of the source, for the message.

    Raises
    ------
    BadRequest
        If the day lies after the last reading.
    """
    if day > checked:
        message = "nothing is known of this day"
        raise BadRequest(
            message,
            where=source,
            expected=f"a day up to {checked}, when the source was last read",
            got=str(day),
            fix="import a newer issue",
        )


def first_of_run(stated: Mapping[date, object]) -> date:
    """Return the first issue of the unbroken run that ends with the newest one.

    Parameters
    ----------
    stated
        What each issue states, by its day; at least one.

    Examples
    --------
    >>> first_of_run({date(2018, 1, 10): 3, date(2019, 4, 9): 2, date(2020, 8, 6): 2})
    datetime.date(2019, 4, 9)
    """
    newest = max(stated)
    others = [day for day, what in stated.items() if what != stated[newest]]
    return min(day for day in stated if not others or day > max(others))
