"""What an issuer allows its own employees: rules as facts, in a closed vocabulary.

Owns ``data/us-restrictions.csv``. Does not own the vocabulary (``restriction_terms``), how rules
are told (``restriction_words``) or the reading of texts (the importer).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo_app import lists
from geo_app.errors import BadRequest, TableInvalid
from geo_app.periods import parse_date
from geo_app.restriction_terms import Hours, Mode, Rule, Who
from geo_app.states import NATION_CODE, state_codes

FILE = "us-restrictions.csv"
"""Name of the list of rules inside ``data/``."""

COLUMNS = (
    "issuer",
    "issued",
    "state_code",
    "number",
    "who",
    "rule",
    "place",
    "road",
    "mode",
    "hours",
    "reason",
)

NONE_GIVEN = "none"
"""Word in place of a rule, with number 0, where the text was read and gives none."""

BETWEEN = "|"
"""Between several places, roads, ways or reasons of one rule."""


_CLOCK = re.compile(r"[0-2]\d:[0-5]\d-[0-2]\d:[0-5]\d")
REASONS = frozenset({"crime", "kidnapping", "terrorism", "unrest", "unvetted_rides"})
"""Why a rule is given: reasons of a level, and that nobody vets the rides or sends them out."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One rule of one issue for one state."""

    number: int
    """1, 2… in the order of the text."""
    who: Who
    rule: Rule
    place: tuple[str, ...]
    """Names, with one of ``PLACE_FORMS`` before them, or ``WHOLE_PLACES``; empty = none named."""
    road: tuple[str, ...]
    """Numbers of highways, with one of ``ROAD_FORMS`` where they are no federal ones, names of
    streets or crossings, or ``WHOLE_ROADS``; empty = none named."""
    mode: tuple[Mode, ...]
    hours: str
    """A word of ``Hours`` or a span such as "07:00-18:00"; empty = none is given."""
    reason: tuple[str, ...]
    """Why, in the vocabulary of reasons; empty = the text does not say."""

    def cells(self) -> tuple[str, ...]:
        """Return number, who, rule and so on as stored."""
        several = (self.place, self.road, self.mode)
        return (
            str(self.number),
            self.who,
            self.rule,
            *(BETWEEN.join(items) for items in several),
            self.hours,
            BETWEEN.join(self.reason),
        )


def restriction(cells: dict[str, str], where: str) -> Restriction:
    """Read one rule.

    Raises
    ------
    TableInvalid
        If a word is not in the vocabulary or the number is none.
    """
    try:
        return Restriction(
            number=int(cells["number"]),
            who=Who(cells["who"]),
            rule=Rule(cells["rule"]),
            place=_several(cells["place"]),
            road=_several(cells["road"]),
            mode=tuple(Mode(item) for item in _several(cells["mode"])),
            hours=_hours(cells["hours"]),
            reason=_known(_several(cells["reason"])),
        )
    except ValueError as error:
        message = f"a word of a rule that is not known ({error})"
        raise TableInvalid(message, where=where, got=",".join(cells.values())) from error


Issues = dict[tuple[date, str], tuple[Restriction, ...]]
"""The rules by issue and state code; an empty tuple = the text gives none, no key = not known."""


def read(path: Path) -> Issues:
    """Read and check the list of rules.

    Raises
    ------
    TableInvalid
        If the list has other columns, a word, date or number that is not a known one, or a rule
        that stands twice.
    """
    found: dict[tuple[date, str], list[Restriction]] = {}
    for where, cells in lists.read_rows(path, COLUMNS):
        day, code, rule = _row(cells, where)
        earlier = found.setdefault((day, code), [])
        expected = len(earlier) + 1 if rule else 0
        if (rule.number if rule else 0) != expected or (not rule and earlier):
            message = "the rules of a state are not numbered 1, 2…"
            raise TableInvalid(message, where=where, fix="import the issue again")
        earlier += [rule] if rule else []
    return {key: tuple(rules) for key, rules in found.items()}


def to_csv(issuer: str, issued: date, states: Iterable[tuple[str, tuple[Restriction, ...]]]) -> str:
    """Return the rules of one issue as text, sorted by state and number."""
    rows: list[list[object]] = []
    for code, rules in sorted(states):
        rows += [[issuer, issued, code, *rule.cells()] for rule in rules]
        if not rules:
            rows.append([issuer, issued, code, 0, Who.EMPLOYEES, NONE_GIVEN, *[""] * 5])
    return lists.to_text(COLUMNS, rows)


def _row(cells: list[str], where: str) -> tuple[date, str, Restriction | None]:
    row = dict(zip(COLUMNS, cells, strict=True))
    if row["issuer"] != "us" or row["state_code"] not in (NATION_CODE, *state_codes()):
        message = "an unknown issuer or state"
        raise TableInvalid(message, where=where, got=",".join(cells))
    try:
        day = parse_date(row["issued"])
    except BadRequest as error:
        raise TableInvalid(error.cause, where=where) from error
    is_none = row["rule"] == NONE_GIVEN and row["number"] == "0"
    return day, row["state_code"], None if is_none else restriction(row, where)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(BETWEEN)) if text else ()


def _hours(text: str) -> str:
    return text if not text or _CLOCK.fullmatch(text) else Hours(text)


def _known(reasons: tuple[str, ...]) -> tuple[str, ...]:
    for item in reasons:
        if item not in REASONS:
            raise ValueError(item)
    return reasons
