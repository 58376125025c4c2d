"""Ireland: the section on safety and security of the travel advice, as text.

Reads its one list of states against non-essential travel. Sentences elsewhere in the section that
advise against travel are not a list of states at a level; they are counted.
"""

from __future__ import annotations

import re

from geo_app.errors import SourceInvalid
from geo_app.importers.foreign_notices import Head, Issue
from geo_app.importers.foreign_text import area_notice, items, list_end, reasons
from geo_app.importers.reading import RawFile

ADDRESS = "https://www.ireland.ie/en/dfa/overseas-travel/advice/mexico/"

_LIST = re.compile(
    r"we (?:advise|recommend) against (\S+) travel to the following states\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"\b(?:advise|recommend) against \S+ travel\b", re.IGNORECASE)
_LEVELS = {"non-essential": 3}
"""Level by the word that stands before "travel"."""


def is_page(text: str) -> bool:
    """Tell whether a text is the section with the list of states."""
    return _LIST.search(text) is not None and "Safety and security" in text


def read_page(text: str, head: Head, raws: tuple[RawFile, ...]) -> Issue:
    """Read the list of states.

    Raises
    ------
    SourceInvalid
        If there is not exactly one list, its level is not a known one, it is empty or cut, or an
        item names no state or several.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    starts = [n for n, line in enumerate(lines) if _LIST.search(line)]
    if len(starts) != 1:
        message = "not one list of states"
        raise SourceInvalid(message, where=head.where, expected="1", got=str(len(starts)))
    start = starts[0]
    level = _level(lines[start], head)
    end = list_end(lines, start + 1)
    if end == len(lines) or end == start + 1:
        message = "the list of states is empty or cut"
        raise SourceInvalid(message, where=head.where, fix="give the whole section")
    why = reasons(lines[start])
    notices = [area_notice(item, level, why, head) for item in items(lines[start + 1 : end])]
    elsewhere = [line for n, line in enumerate(lines) if n != start and _SENTENCE.search(line)]
    count = len(elsewhere)
    notes = (f"{count} sentences against travel outside the list not read",) if count else ()
    return Issue(tuple(notices), raws, notes)


def _level(line: str, head: Head) -> int:
    found = _LIST.search(line)
    word = found[1].casefold() if found else ""
    if word not in _LEVELS:
        message = "an unknown level"
        raise SourceInvalid(message, where=head.where, expected=" or ".join(_LEVELS), got=word)
    return _LEVELS[word]
