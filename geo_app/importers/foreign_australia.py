"""Australia: the overview page of Smartraveller, as text.

Reads the advice levels: a sentence with the country's own, and lists of states at higher ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import listed
from geo_app.importers.foreign_json import Document, take
from geo_app.importers.foreign_notices import Head, Issue, Notice
from geo_app.importers.foreign_text import (
    area_notice,
    items,
    list_end,
    named,
    reasons,
    sections,
)
from geo_app.importers.reading import RawFile
from geo_app.issuers import LEVEL_NAMES, Issuer, Scope
from geo_app.states import NATION_CODE, fold

ADDRESS = "https://www.smartraveller.gov.au/destinations/americas/mexico"
TITLE = "Advice levels"

LEVELS = {fold(name): level for level, name in LEVEL_NAMES[Issuer.AU].items()}

_ADVICE = re.compile(r"\[([^\]]+)\]\([^)\s]*#level(\d)[^)]*\)\s*(.*)")
_PIECE = re.compile(r"(?:[^,()]|\([^()]*\)?|\))+")
"""What stands between two commas that are outside of parentheses."""


def is_page(text: str) -> bool:
    """Tell whether a text is the overview with its advice levels."""
    return any(section.title == TITLE for section in sections(text))


def read_page(
    text: str, head: Head, raws: tuple[RawFile, ...], description: Document | None
) -> Issue:
    """Read the advice levels of the overview.

    Raises
    ------
    SourceInvalid
        If the country has no level or two, number and name of a level differ, the description
        file gives the country another one, no state is named, or an item is in no state.
    """
    lines = next(section.lines for section in sections(text) if section.title == TITLE)
    stated = [(n, found) for n, found in enumerate(map(_ADVICE.match, lines)) if found]
    levels = {n: _level(found, head) for n, found in stated}
    overall = {levels[n]: found[3] for n, found in stated if found[3].startswith("in Mexico")}
    if len(overall) != 1:
        message = "the page does not give the country one level"
        raise SourceInvalid(message, where=head.where, got=f"{len(overall)} levels")
    ((country, words),) = overall.items()
    if description is not None:
        _refuse_difference(description, country, head)
    nation = Notice(head, NATION_CODE, country, Scope.WHOLE, (), reasons(words))
    regions = {n: levels[n] for n, found in stated if not found[3].startswith("in Mexico")}
    notices = list(_regions(lines, regions, head))
    if not notices:
        message = "the page warns of no state"
        raise SourceInvalid(message, where=head.where, fix="it may be cut; give the whole page")
    return Issue((nation, *notices), raws)


def _level(found: re.Match[str], head: Head) -> int:
    level = listed("level", LEVELS, fold(found[1]), head.where)
    if str(level) != found[2]:
        message = "number and name of the level differ"
        raise SourceInvalid(message, where=head.where, expected=str(level), got=found[2])
    return level


def _refuse_difference(description: Document, country: int, head: Head) -> None:
    name = take(description, "advisory_level", str, head.where)
    if listed("level", LEVELS, fold(name), head.where) != country:
        message = "page and description give the country two levels"
        raise SourceInvalid(message, where=head.where, got=name, fix="give the files of one day")


def _regions(lines: tuple[str, ...], regions: dict[int, int], head: Head) -> Iterator[Notice]:
    """Yield the states at each level: from its list, or from its sentence where it has none."""
    with_list = {level for n, level in regions.items() if list_end(lines, n + 1) > n + 1}
    for n, level in regions.items():
        end = list_end(lines, n + 1)
        if end > n + 1:
            if end == len(lines):
                message = "the page ends inside its list of states"
                raise SourceInvalid(message, where=head.where, fix="give the whole page")
            texts, why = items(lines[n + 1 : end]), reasons(lines[end])
        elif level not in with_list:
            found = _ADVICE.match(lines[n])
            words = found[3].removeprefix("to ") if found else ""
            texts, why = [words.partition(" due to ")[0]], reasons(words)
        else:
            continue
        for text in texts:
            for part in _states(text, head):
                yield area_notice(part, level, why, head)


def _states(text: str, head: Head) -> list[str]:
    """Cut an item at the commas between states: the page joins two in one item."""
    found: list[str] = []
    for part in _PIECE.findall(text):
        words = part.strip(" .").removeprefix("and ").strip()
        if words in {"", "and"}:
            continue
        if named(words):
            found.append(words)
        elif found:
            found[-1] = f"{found[-1]}, {words}"
        else:
            message = "an item of the list does not name one state"
            raise SourceInvalid(message, where=head.where, got=repr(text))
    return found
