"""United Kingdom: page text of GOV.UK travel advice, and its content documents.

Reads sentences of the form "FCDO advises against all but essential travel to …", under a heading
for each state or in a list, from the page on warnings, the page on regional risks, and the JSON of
the content API, whose ``details.alert_status`` must say the same.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from geo_app.errors import SourceInvalid
from geo_app.importers import foreign_readings
from geo_app.importers.cells import listed
from geo_app.importers.foreign_json import (
    LARGEST_PAGE,
    Document,
    issue_day,
    london_day,
    refuse_large,
    take,
)
from geo_app.importers.foreign_notices import Head, Issue, Notice
from geo_app.importers.foreign_text import (
    Section,
    area_notice,
    html_text,
    items,
    leading,
    list_end,
    scope_of,
    sections,
)
from geo_app.importers.reading import RawFile, Reading
from geo_app.issuers import Issuer, Scope
from geo_app.states import NATION_CODE

ADDRESS = "https://www.gov.uk/foreign-travel-advice/mexico"

LEVELS = {"all but essential": 2, "all": 3}
"""The two warnings, by the words that tell them apart."""

ALERTS = {
    "avoid_all_but_essential_travel_to_parts": (2, False),
    "avoid_all_but_essential_travel_to_whole_country": (2, True),
    "avoid_all_travel_to_parts": (3, False),
    "avoid_all_travel_to_whole_country": (3, True),
}
"""Level, and whether it is meant for the whole country, by the word of ``alert_status``."""

NO_REASON = "the page gives its reasons in prose: not known"

_ADVICE = re.compile(
    r"(?:the )?(?:FCDO|FCO|Foreign,? (?:Commonwealth )?(?:and|&) .{0,60}?Office(?: \(FCD?O\))?)"
    r" (?:now )?advises? against (all but essential|all) travel\s*(.*)",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"(?:the )?(?:FCDO|FCO)\b(?! no longer).{0,40}\badvis\w+ against\b", re.IGNORECASE
)
_POINTER = "Find out more about "
_UPDATED = re.compile(r"(Still current at|Updated):\s+:\s+(\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_MONTHS = calendar.month_name
WARNINGS, REGIONS = "Warnings and insurance", "Regional risks"


def page_title(text: str) -> str:
    """Return which page of the guide a text is; empty for none of the two that are read."""
    titles = [section.title for section in sections(text)[:2]]
    return next((title for title in titles if title in {WARNINGS, REGIONS}), "")


def page_days(text: str, where: str) -> dict[str, date]:
    """Return the days that the page on warnings gives, by their names.

    Raises
    ------
    SourceInvalid
        If one is not a day.
    """
    found = _UPDATED.findall(" ".join(text[:2000].split()))
    return {name: _day(day, month, year, where) for name, day, month, year in found}


def read_page(text: str, head: Head, raws: tuple[RawFile, ...]) -> Issue:
    """Read a page of the guide.

    Raises
    ------
    SourceInvalid
        If no state is warned of, the page is cut, or an area is in no state or in several.
    """
    found = sections(text)
    if page_title(text) == WARNINGS and not _is_whole(found):
        message = "the page ends inside its warnings"
        raise SourceInvalid(message, where=head.where, fix="give the whole page")
    notices = tuple(notice for section in found for notice in _section(section, head))
    if not any(item.area_code != NATION_CODE for item in notices):
        message = "the page warns of no state"
        raise SourceInvalid(message, where=head.where, fix="it may be cut; give the whole page")
    return Issue(notices, raws, (NO_REASON,))


def _is_whole(found: list[Section]) -> bool:
    """Tell whether a chapter follows the one with the last warning."""
    warned = [n for n, item in enumerate(found) if any(map(_ADVICE.match, item.lines))]
    return bool(warned) and any(item.depth == 2 for item in found[warned[-1] + 1 :])


def _section(section: Section, head: Head) -> Iterator[Notice]:
    places = [n for n, line in enumerate(section.lines) if _ADVICE.match(line)]
    _refuse_unread(section, places, head)
    if not places:
        return
    code, _ = leading(section.title)
    if code:
        yield _state(code, section.lines, places, head)
        return
    for n in places:
        yield from _spoken(section.lines[n : list_end(section.lines, n + 1)], head)


def _refuse_unread(section: Section, places: list[int], head: Head) -> None:
    """Refuse a warning that is worded in another way: it must not be lost."""
    odd = [line for n, line in enumerate(section.lines) if n not in places and _LOOSE.match(line)]
    is_empty = section.title.startswith("State of ") and not places
    if odd or is_empty:
        message = "a warning in a form that is not known"
        raise SourceInvalid(message, where=head.where, got=repr(odd[0] if odd else section.title))


def _state(code: str, lines: tuple[str, ...], places: list[int], head: Head) -> Notice:
    """Read the warnings under the heading of a state."""
    found = [match for match in (_ADVICE.match(lines[n]) for n in places) if match]
    levels = {LEVELS[match[1].casefold()] for match in found}
    if len(levels) > 1:
        message = "a state has two levels in one issue"
        raise SourceInvalid(message, where=head.where, got=code)
    targets = [leading(match[2].removeprefix("to ")) for match in found]
    mine = [rest for named_code, rest in targets if named_code == code]
    scope = scope_of(mine[0]) if mine else Scope.PART
    return Notice(head, code, levels.pop(), scope, _places(code, scope, lines, places, head), ())


def _places(
    code: str, scope: Scope, lines: tuple[str, ...], places: list[int], head: Head
) -> tuple[str, ...] | None:
    """Return the places of the whole text of a section, or of its warnings with their lists."""
    whole = " ".join(line for line in lines if not line.startswith(_POINTER))
    parts = (lines[n : list_end(lines, n + 1)] for n in places)
    bare = " ".join(line for part in parts for line in part)
    found = foreign_readings.places(head.issuer, code, scope, whole)
    return found if found is not None else foreign_readings.places(head.issuer, code, scope, bare)


def _spoken(lines: tuple[str, ...], head: Head) -> Iterator[Notice]:
    """Read a warning that stands under no state: its list, or the sentence itself."""
    found = _ADVICE.match(lines[0])
    if found is None:
        return
    level = LEVELS[found[1].casefold()]
    target = found[2].removeprefix("to").strip(" .:")
    for text in items(lines[1:]) or [target]:
        if text.casefold() in {"mexico", "the whole of mexico", "the whole country"}:
            yield Notice(head, NATION_CODE, level, Scope.WHOLE, (), ())
            continue
        yield area_notice(text, level, (), head)


def is_content(found: Document) -> bool:
    """Tell whether a document is one of the content API on travel advice."""
    return "base_path" in found and "details" in found


def read_content(found: Document, raw: RawFile, reading: Reading) -> Issue:
    """Read a document of the content API.

    Raises
    ------
    SourceInvalid
        If it is about another country or is the index, a value is missing, or the warnings in its
        prose are not those of ``alert_status``.
    """
    path = take(found, "base_path", str, raw.name)
    if path != "/foreign-travel-advice/mexico":
        message = "the document is not the travel advice for Mexico"
        raise SourceInvalid(
            message, where=raw.name, expected="/foreign-travel-advice/mexico", got=path
        )
    text = "\n".join(_bodies(found, raw.name))
    stamp = take(found, f"details/{_stamp(found)}", str, raw.name)
    day = issue_day({raw.name: london_day(stamp, raw.name)}, reading, raw.name)
    head = Head(Issuer.UK, day, None, ADDRESS, raw.name)
    notices = [notice for section in sections(text) for notice in _section(section, head)]
    stated = _alerts(found, raw.name)
    _refuse_difference(notices, stated, raw.name)
    whole = [level for level, is_whole in stated if is_whole]
    if whole and not any(item.area_code == NATION_CODE for item in notices):
        notices.append(Notice(head, NATION_CODE, max(whole), Scope.WHOLE, (), ()))
    if not notices:
        message = "the document warns of no state"
        raise SourceInvalid(message, where=raw.name, got="an empty alert_status")
    return Issue(tuple(notices), (raw,), (NO_REASON,))


def _stamp(found: Document) -> str:
    """Return the key of the day that the page shows as its update: GOV.UK's own rule."""
    details = found.get("details")
    is_reviewed = isinstance(details, dict) and bool(details.get("reviewed_at"))
    return "reviewed_at" if is_reviewed else "updated_at"


def _bodies(found: Document, where: str) -> Iterator[str]:
    """Yield the summary of the old layout and the page on warnings of the new one, as lines."""
    details = take(found, "details", dict, where)
    if details.get("summary"):
        yield _body(details["summary"], where)
    for part in take(found, "details/parts", list, where):
        if isinstance(part, dict) and part.get("slug") == "warnings-and-insurance":
            yield _body(part.get("body"), where)


def _body(value: object, where: str) -> str:
    """Return a text that is given as HTML, or in several forms of which one is HTML."""
    if isinstance(value, list):
        forms = [item for item in value if isinstance(item, dict)]
        html = [item.get("content") for item in forms if item.get("content_type") == "text/html"]
        value = html[0] if html else None
    if not isinstance(value, str):
        message = "a part of the guide has no text"
        raise SourceInvalid(message, where=where, expected="HTML")
    refuse_large(len(value), LARGEST_PAGE, where)
    return html_text(value, where)


def _alerts(found: Document, where: str) -> set[tuple[int, bool]]:
    words = take(found, "details/alert_status", list, where)
    return {listed("alert_status", ALERTS, str(word), where) for word in words}


def _refuse_difference(notices: list[Notice], stated: set[tuple[int, bool]], where: str) -> None:
    """Refuse prose in which other warnings were found than the document's own field names."""
    parts = {level for level, is_whole in stated if not is_whole}
    found = {item.level for item in notices if item.area_code != NATION_CODE}
    if parts != found:
        message = "the warnings in the text are not those of alert_status"
        raise SourceInvalid(
            message,
            where=where,
            expected=f"levels {sorted(parts)}",
            got=f"levels {sorted(found)}",
            fix="the layout of the text may be a new one",
        )


def _day(day: str, month: str, year: str, where: str) -> date:
    try:
        return date(int(year), list(_MONTHS).index(month), int(day))
    except ValueError as error:
        message = "not a day"
        raise SourceInvalid(message, where=where, got=f"{day} {month} {year}") from error
