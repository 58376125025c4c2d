"""The 32 states of Mexico: the only place where a name becomes a code.

Owns the codes, names and listed spellings. Nothing is matched by similarity: a spelling that is
not listed raises, with the nearest listed ones as suggestions.
"""

from __future__ import annotations

import csv
import difflib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from geo_app.errors import UnknownState

NATION_CODE = "00"
"""Code of the whole country in every table and answer."""

ABROAD_CODE = "33"
"""INEGI's code of a death abroad: in the national total, in no state."""

UNKNOWN_STATE_CODE = "99"
"""INEGI's code where the state is not known: in the national total, in no state."""

OUTSIDE_CODES = (ABROAD_CODE, UNKNOWN_STATE_CODE)
"""Codes that count for the nation and for no state."""

NOT_STATES = {
    "state of matamoros": "a heading inside Tamaulipas; Matamoros is a city",
    "mexicali valley": "a heading inside Baja California",
}
"""Headings of official texts that look like states and are not, by folded name."""

_PREFIXES = ("state of ", "estado de ")


@dataclass(frozen=True, slots=True)
class State:
    """One of the 32 federal entities."""

    state_code: str
    """INEGI's two-digit code as text, "01" to "32"."""
    name_official: str
    """Full constitutional name, in Spanish."""
    name_short: str
    """Usual Spanish name."""
    name_en: str
    """Usual English name."""
    iso_3166_2: str
    """ISO 3166-2 code, such as "MX-COL"."""
    abbreviation: str
    """INEGI's abbreviation, such as "Col."."""
    abbreviation_3: str
    """Abbreviation in capitals, two to four letters."""
    capital: str
    """Name of the capital."""
    aliases: tuple[str, ...]
    """Other spellings met in real files and texts, misspellings included."""

    def name(self, lang: str) -> str:
        """Return the usual name in a language, "en" or "es"."""
        return self.name_en if lang == "en" else self.name_short

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means this state."""
        return (
            self.state_code,
            self.name_official,
            self.name_short,
            self.name_en,
            self.iso_3166_2,
            self.abbreviation,
            self.abbreviation_3,
            *self.aliases,
        )


@cache
def all_states() -> tuple[State, ...]:
    """Return the 32 states in the order of their codes."""
    text = resources.files("geo_app").joinpath("states.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        State(**{**row, "aliases": tuple(filter(None, row["aliases"].split("|")))})  # type: ignore[arg-type]
        for row in rows
    )


@cache
def state_codes() -> tuple[str, ...]:
    """Return the codes "01" to "32"."""
    return tuple(state.state_code for state in all_states())


def state(state_code: str) -> State:
    """Return the state of a code.

    Raises
    ------
    UnknownState
        If the code is not one of "01" to "32".
    """
    for found in all_states():
        if found.state_code == state_code:
            return found
    message = "no such state code"
    raise UnknownState(message, expected='"01" to "32"', got=repr(state_code))


def code_of(name: str) -> str:
    """Return the code of a state from any listed spelling.

    Parameters
    ----------
    name
        Code, ISO code, abbreviation or a listed name, in any case and with or without accents.
        "México" is the state of that name, so only use this on a text that is known to hold a
        state.

    Returns
    -------
    str
        "01" to "32".

    Raises
    ------
    UnknownState
        If the spelling is not listed; the message suggests the nearest ones.

    Examples
    --------
    >>> code_of("michoacan")
    '16'
    >>> code_of("State of Mexico")
    '15'
    """
    folded = fold(name)
    for candidate in (folded, *_without_prefix(folded)):
        if candidate in _codes():
            return _codes()[candidate]
    raise UnknownState(_reason(folded), got=repr(name.strip()), fix=_advice(folded))


def fold(text: str) -> str:
    """Return a text without accents, case and punctuation, for comparison only.

    Examples
    --------
    >>> fold("  Nuevo-León ")
    'nuevo leon'
    """
    plain = unicodedata.normalize("NFKD", text)
    return " ".join(plain.translate(_LETTERS).casefold().split())


class _Letters(dict[int, str]):
    """What stands for each character; found once, for thousands of names are folded at a time."""

    def __missing__(self, number: int) -> str:
        sign = chr(number)
        plain = "" if unicodedata.combining(sign) else sign if sign.isalnum() else " "
        return self.setdefault(number, plain)


_LETTERS = _Letters()


@cache
def _codes() -> dict[str, str]:
    return {fold(text): found.state_code for found in all_states() for text in found.spellings}


def _without_prefix(folded: str) -> list[str]:
    return [folded.removeprefix(p) for p in _PREFIXES if folded.startswith(p)]


def _reason(folded: str) -> str:
    if folded in NOT_STATES:
        return f"not a state but {NOT_STATES[folded]}"
    return "no state of this name is listed"


def _advice(folded: str) -> str:
    # Codes are not spelt wrong, they are wrong: "1" resembles "11" and means neither.
    spellings = (
        (fold(text), found.name_short) for found in all_states() for text in found.spellings
    )
    names = {text: name for text, name in spellings if not text.isdigit()}
    near = difflib.get_close_matches(folded, names, n=3, cutoff=0.6)
    suggestions = list(dict.fromkeys(names[match] for match in near))
    if suggestions:
        return f"did you mean {' or '.join(suggestions)}?"
    return "use a code 01 to 32, an ISO code such as MX-COL, or a name such as Colima"
