"""The state sections of a US advisory: which state, which level, why, and the text below.

Reads the lines of a text in each markup that was met: to 2024 a summary list and behind it sections
under the state, a dash and the name of the level; in 2025 sections under the number of a level
("State of Colima: Do not travel due to..."). A heading is known by its listed spellings only. Does
not own where the lines come from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo_app.errors import SourceInvalid, UnknownState
from geo_app.importers.us_advisory_lines import Line
from geo_app.importers.us_advisory_words import NONE_GIVEN, PHRASE, level_of, reasons_of
from geo_app.states import NOT_STATES, code_of, fold, state, state_codes

COUNTRY_NAMES = frozenset({"mexico", "mexico travel advisory", "travel advisory"})
"""Folded headings of the country; "México" alone would be the state of that name."""

_I = re.IGNORECASE
_DASH = r"[-\N{EN DASH}\N{EM DASH}]"
_GROUP = re.compile(rf"level:?\s*([1-4])\s*(?::|{_DASH})\s*({PHRASE})\.?", _I)
_WITH_DASH = re.compile(
    rf"(?P<name>[^:]{{3,60}}?)\s+{_DASH}\s+(?:level\s*[1-4]\s*:\s*)?(?P<phrase>{PHRASE})\.?", _I
)
_WITH_COLON = re.compile(
    rf"(?P<name>[^:.]{{3,60}}?)\s*:\s*(?P<phrase>{PHRASE})"
    r"(?:\s+due\s+to\s+(?P<reasons>[^.]+))?\s*\.?",
    _I,
)
_WHY = re.compile(rf"(?P<phrase>{PHRASE})(?:\s+due\s+to\s+(?P<reasons>[^.]+))?\s*(?:\.|$)", _I)
_LIST = re.compile(rf"(?P<phrase>{PHRASE})(?:\s+when\s+travell?ing)?\s+to\s*:", _I)
_LISTED = re.compile(r"(?P<name>.{3,60}?)\s*(?:due\s+to\s+(?P<reasons>[^.]+))?\s*\.?", _I)
_OTHER_HEADING = re.compile(r"s(?:t)?ate\s+of\s+(?P<name>[^:.]{3,60}?)\s*:", _I)

_ENDS = ("if you decide to travel", "travel advisory levels", "assistance for u s citizens")
_MAPS = ("review a map", "to view a map", "https mx usembassy gov", "view larger map")


@dataclass(frozen=True, slots=True)
class Section:
    """What a text says of one state."""

    state_code: str
    level: int
    reasons: str
    """In the table's words; ``NONE_GIVEN`` where the text gives none."""
    lines: tuple[str, ...]
    """The text below the heading, without pointers to maps; empty where only a list is there."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A text taken apart."""

    general: tuple[str, ...]
    """What stands before the states."""
    sections: tuple[Section, ...]
    """By state code: all 32, or none where the text names no state."""
    notes: tuple[str, ...]
    """What the summary list and the sections do not say alike."""


def parts_of(lines: Sequence[Line], where: str) -> Parts:
    """Take the lines of a text apart.

    Parameters
    ----------
    lines
        The lines of the text.
    where
        Name of the file, for messages.

    Raises
    ------
    SourceInvalid
        If a heading is no listed spelling of a state, a state is missing or stands twice, two
        places give one state two levels, or a reason is not in the vocabulary.
    """
    general, sections = _sections(lines, where)
    summary = _summary(lines, where)
    _refuse_twice([item.state_code for item in sections], where)
    _refuse_twice([item.state_code for item in summary], where)
    found = {item.state_code: item for item in sections or summary}
    if found:
        _refuse_missing(found, where)
    both = [(item, found[item.state_code]) for item in summary if sections]
    notes = tuple(note for listed, section in both for note in _compared(listed, section, where))
    # The list is what the Department itself repeats on its map and in its feed.
    found |= {s.state_code: replace(s, reasons=listed.reasons) for listed, s in both}
    return Parts(general, tuple(found[code] for code in sorted(found)), notes)


def _compared(listed: Section, section: Section, where: str) -> tuple[str, ...]:
    name = state(section.state_code).name_short
    if listed.level != section.level:
        message = f"two levels for {name}"
        raise SourceInvalid(
            message, where=where, expected=f"{listed.level} as listed", got=str(section.level)
        )
    if listed.reasons == section.reasons:
        return ()
    said = section.reasons.replace("|", ", ")
    return (f"{name}: its section gives the reasons {said}; those of the list are kept",)


def _sections(lines: Sequence[Line], where: str) -> tuple[tuple[str, ...], tuple[Section, ...]]:
    general: list[str] = []
    texts: list[list[str]] = []
    heads: list[Section] = []
    group: int | None = None
    target = general
    for line in lines:
        if level := _GROUP.fullmatch(line.text):
            group, target = int(level.group(1)), []
        elif fold(line.text).startswith(_ENDS):
            target = []
        elif head := _heading(line.text, group, where):
            target = []
            heads.append(head)
            texts.append(target)
        elif _LIST.fullmatch(line.text):
            target = []
        else:
            _refuse_heading(line.text, where)
            target.append(line.text)
    return tuple(general), tuple(
        _completed(head, text, where) for head, text in zip(heads, texts, strict=True)
    )


def _heading(text: str, group: int | None, where: str) -> Section | None:
    found = _WITH_DASH.fullmatch(text) or _WITH_COLON.fullmatch(text)
    if found is None or fold(found["name"]) in COUNTRY_NAMES or "level" in fold(found["name"]):
        return None
    level = level_of(found["phrase"])
    code = _code(found["name"], where)
    if group not in (None, level):
        message = f"two levels for {state(code).name_short}"
        raise SourceInvalid(message, where=where, expected=f"{group} as grouped", got=str(level))
    why = found.groupdict().get("reasons")
    return Section(code, level, reasons_of(why, where) if why else NONE_GIVEN, ())


def _completed(head: Section, text: list[str], where: str) -> Section:
    """Return a section with its text and, where they stand there, its reasons."""
    kept = [line for line in text if not fold(line).startswith(_MAPS)]
    why = _WHY.match(kept[0]) if kept else None
    if why is None:
        return replace(head, lines=tuple(kept))
    if level_of(why["phrase"]) != head.level:
        message = f"two levels for {state(head.state_code).name_short}"
        raise SourceInvalid(message, where=where, expected=str(head.level), got=kept[0])
    reasons = reasons_of(why["reasons"], where) if why["reasons"] else head.reasons
    return replace(head, reasons=reasons, lines=tuple(kept))


def _summary(lines: Sequence[Line], where: str) -> tuple[Section, ...]:
    """Return the states of the list that some texts have before their sections."""
    found: list[Section] = []
    level: int | None = None
    for line in lines:
        if head := _LIST.fullmatch(line.text):
            level = level_of(head["phrase"])
        elif level is not None and line.is_item:
            item = _LISTED.fullmatch(line.text)
            if item is None:
                message = "a line of the list of states that is not understood"
                raise SourceInvalid(message, where=where, got=line.text[:80])
            why = reasons_of(item["reasons"], where) if item["reasons"] else NONE_GIVEN
            found.append(Section(_code(item["name"], where), level, why, ()))
        else:
            level = None
    return tuple(found)


def _refuse_heading(text: str, where: str) -> None:
    """Refuse what looks like the heading of a state and gives no level."""
    found = _OTHER_HEADING.fullmatch(text)
    if found is None or fold(f"state of {found['name']}") in NOT_STATES:
        return
    # "State of Mexico" is a state, "Mexico" alone is the country.
    code = _code(f"state of {found['name']}", where)
    message = f"the heading of {state(code).name_short} gives no level"
    raise SourceInvalid(message, where=where, got=text, fix="read the page by hand")


def _code(name: str, where: str) -> str:
    """Return the code of a heading by its listed spellings, with or without the word state."""
    text = " ".join(name.split())
    if fold(text) in COUNTRY_NAMES:
        message = "a heading is no state: it names the whole country"
        raise SourceInvalid(message, where=where, got=repr(text), fix="read the page by hand")
    bare = re.sub(r"(?i)^s(?:t)?ate of | state$", "", text)
    # "Mexico" alone is the country; "Mexico State" is read as it stands.
    forms = [text] if fold(bare) in COUNTRY_NAMES else [text, bare]
    errors = []
    for form in forms:
        try:
            return code_of(form)
        except UnknownState as error:
            errors.append(error)
    message = f"a heading is no state: {errors[0].what}"
    raise SourceInvalid(message, where=where, got=repr(text), fix=errors[-1].fix)


def _refuse_twice(codes: Sequence[str], where: str) -> None:
    twice = sorted(code for code, count in Counter(codes).items() if count > 1)
    if twice:
        message = "a state stands twice"
        raise SourceInvalid(message, where=where, expected="each of the 32 once", got=_names(twice))


def _refuse_missing(found: dict[str, Section], where: str) -> None:
    absent = [code for code in state_codes() if code not in found]
    if absent:
        message = f"{len(absent)} of the 32 states are missing"
        raise SourceInvalid(
            message, where=where, expected=_names(absent), fix="save the whole text again"
        )


def _names(codes: Sequence[str]) -> str:
    return ", ".join(f"{code} {state(code).name_short}" for code in codes)
