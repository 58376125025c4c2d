"""What one text or row says of one area: a level, a scope and places in closed words, or refused.

Owns the record of a notice, the issue that notices make together, and the words of the gathered
list: issuers, levels, scopes, reasons. Does not own which notices a file holds (``foreign_list``,
``foreign_documents``) or the table that they become (``foreign_advisories``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo_app.errors import BadRequest, SourceInvalid
from geo_app.importers import foreign_readings
from geo_app.importers.cells import area_code, listed
from geo_app.importers.reading import RawFile
from geo_app.issuers import FOREIGN_NAMES, LEVEL_NAMES, Issuer, Scope
from geo_app.periods import parse_date
from geo_app.states import fold

COLUMNS = (
    "issuer",
    "issued",
    "observed",
    "cve_ent",
    "state",
    "level_native",
    "level_text",
    "scope",
    "scope_text",
    "reasons",
    "source_url",
    "source_quality",
    "note",
)
"""Columns of the list."""

ISSUERS = {str(issuer).upper(): issuer for issuer in FOREIGN_NAMES}
SCOPES = {str(scope): scope for scope in Scope if scope is not Scope.COUNTRY}

REASONS = {
    "crime": "crime",
    "criminal activity": "crime",
    "extortion": "crime",
    "organised crime": "crime",
    "organized crime": "crime",
    "violence": "crime",
    "violent crime": "crime",
    "hurricane": "natural_disaster",
    "kidnapping": "kidnapping",
}
"""The closed vocabulary of reasons, by the folded words of the list."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is said once for all notices of an issue."""

    issuer: Issuer
    issued: date
    seen: date | None
    """Day of the earliest dated copy; None where none is known."""
    address: str
    where: str
    """File and, where there is one, line, for messages."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A level for an area of a state, or for the country."""

    head: Head
    area_code: str
    level: int
    scope: Scope
    places: tuple[str, ...] | None
    reasons: tuple[str, ...]
    """Closed vocabulary; empty = not known."""
    is_inferred: bool = False
    """Whether the issuer names a coast only, from which the state was inferred."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Everything that was read of one issue."""

    notices: tuple[Notice, ...]
    """At least one."""
    raws: tuple[RawFile, ...]
    """The files that it was read from."""
    notes: tuple[str, ...] = ()
    """What was repaired or left out, in words with its number."""
    has_states: bool = True
    """False where the issue has regions at levels of their own and the file does not name them."""
    unplaced_count: int = 0
    """Warnings of places in states that nobody has named yet."""

    @property
    def head(self) -> Head:
        """What is said once for all its notices."""
        return self.notices[0].head


def notice(row: dict[str, str], where: str) -> Notice:
    """Read one row.

    Parameters
    ----------
    row
        The cells by the names of ``COLUMNS``.
    where
        File and line, for messages.

    Raises
    ------
    SourceInvalid
        If an issuer, state, date, level, scope or reason is not a known one, or the address is
        no link.
    """
    issuer = listed("issuer", ISSUERS, row["issuer"], where)
    code = area_code(row["cve_ent"], row["state"], where)
    scope = listed("scope", SCOPES, row["scope"], where)
    # Number and name together: a page that renames a level must not pass for the old one.
    ladder = {f"{level} {name}": level for level, name in LEVEL_NAMES[issuer].items()}
    address = _address(row["source_url"], where)
    return Notice(
        head=Head(issuer, _day(row["issued"], where), _day(row["observed"], where), address, where),
        area_code=code,
        level=listed("level", ladder, f"{row['level_native']} {row['level_text']}", where),
        scope=scope,
        places=foreign_readings.places(issuer, code, scope, row["scope_text"]),
        reasons=_reasons(row["reasons"], where),
        is_inferred="states inferred" in row["note"],
    )


def _day(text: str, where: str) -> date:
    try:
        return parse_date(text)
    except BadRequest as error:
        raise SourceInvalid(
            error.what, where=where, expected=error.expected, got=error.got
        ) from error


def _reasons(text: str, where: str) -> tuple[str, ...]:
    found = [listed("reason", REASONS, fold(part), where) for part in text.split(";")]
    return tuple(dict.fromkeys(found))


def _address(text: str, where: str) -> str:
    if not text.startswith("https://"):
        message = "no link to where the issue was read"
        raise SourceInvalid(message, where=where, expected="https://…", got=repr(text))
    return text
