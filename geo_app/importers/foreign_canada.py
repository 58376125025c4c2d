"""Canada: the text of the section on risk levels, and the index of all countries.

Reads headings such as "Regional Advisory - Avoid non-essential travel" with a list of states, and
``index-alpha-eng.json``, which gives the level of the country and whether regions have others.
"""

from __future__ import annotations

import re

from geo_app.errors import SourceInvalid
from geo_app.importers import foreign_readings
from geo_app.importers.cells import listed
from geo_app.importers.foreign_json import (
    Document,
    issue_day,
    local_day,
    refuse_other_country,
    take,
)
from geo_app.importers.foreign_notices import Head, Issue, Notice
from geo_app.importers.foreign_text import (
    Section,
    area_notice,
    items,
    leading,
    named,
    reasons,
    scope_of,
    sections,
)
from geo_app.importers.reading import RawFile, Reading
from geo_app.issuers import LEVEL_NAMES, Issuer, Scope
from geo_app.states import NATION_CODE, fold

ADDRESS = "https://travel.gc.ca/destinations/mexico"
INDEX_ADDRESS = "https://data.international.gc.ca/travel-voyage/index-alpha-eng.json"

LEVELS = {fold(name): level for level, name in LEVEL_NAMES[Issuer.CA].items()}
EARLIER = {"exercise normal security precautions": 0}
"""Names that the index gave a level in earlier years."""

_TITLE = re.compile(r"(.+?)\s+[-\u2013]\s+(.+)")
_PLACE = re.compile(r"\btravel\b[^.]{0,99}?\bto (.{1,500}?)(?:,? due to\b|$)", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Tell whether a text is the section on risk levels."""
    return any(section.title == "Risk level" for section in sections(text)[:3])


def read_page(text: str, head: Head, raws: tuple[RawFile, ...]) -> Issue:
    """Read the section on risk levels.

    Raises
    ------
    SourceInvalid
        If the country has no level, a level is not a known one, no region is warned of, or an item
        names no state or several.
    """
    # Every heading of this depth must carry a level: one in another form is not to be lost.
    warnings = [section for section in sections(text) if section.depth == 3]
    country = [item for item in warnings if fold(_parts(item)[0]) == "mexico"]
    if len(country) != 1:
        message = "the page does not give the country one level"
        raise SourceInvalid(message, where=head.where, got=f"{len(country)} headings")
    regions = [item for item in warnings if item is not country[0]]
    if not regions:
        message = "the page warns of no region"
        raise SourceInvalid(message, where=head.where, fix="it may be cut; give the whole section")
    found = [notice for item in regions for notice in _region(item, head)]
    unplaced = sum(not _region(item, head) for item in regions)
    notes = (f"{unplaced} warnings of places whose states nobody has read",) if unplaced else ()
    nation = Notice(
        head, NATION_CODE, _level(country[0], head), Scope.WHOLE, (), reasons(country[0].text)
    )
    return Issue((nation, *found), raws, notes, unplaced_count=unplaced)


def _parts(section: Section) -> tuple[str, str]:
    found = _TITLE.fullmatch(section.title)
    return (found[1], found[2]) if found else ("", "")


def _level(section: Section, head: Head) -> int:
    return listed("level", LEVELS, fold(_parts(section)[1]), f"{head.where} {section.title!r}")


def _region(section: Section, head: Head) -> list[Notice]:
    """Return the notices of a region; none where its states are not known."""
    level = _level(section, head)
    why = reasons(section.lines[0]) if section.lines else ()
    found = items(section.lines)
    if found:
        return [area_notice(text, level, why, head) for text in found]
    return _prose(section, level, why, head)


def _prose(section: Section, level: int, why: tuple[str, ...], head: Head) -> list[Notice]:
    """Read a warning without a list: the states it names, or those that a person found in it."""
    text = section.text
    target = _PLACE.search(" ".join(section.lines))
    codes = named(target[1]) if target else ()
    if not codes:
        inferred = foreign_readings.states(head.issuer, text)
        return [
            Notice(
                head,
                code,
                level,
                Scope.PART,
                foreign_readings.places(head.issuer, code, Scope.PART, text),
                why,
                is_inferred=True,
            )
            for code in inferred
        ]
    first, rest = leading(target[1] if target else "")
    scope = scope_of(rest) if first and len(codes) == 1 else Scope.PART
    if len(codes) > 1:
        scope = Scope.WHOLE_OR_PART
    return [
        Notice(
            head, code, level, scope, foreign_readings.places(head.issuer, code, scope, text), why
        )
        for code in codes
    ]


def is_index(found: Document) -> bool:
    """Tell whether a document is the index of all countries."""
    data = found.get("data")
    return isinstance(data, dict) and isinstance(data.get("MX"), dict)


def is_country_file(found: Document) -> bool:
    """Tell whether a document is Canada's file of one country, of which no copy was seen."""
    data = found.get("data")
    return isinstance(data, dict) and "eng" in data


def read_index(found: Document, raw: RawFile, reading: Reading) -> Issue:
    """Read the country's level from the index; it does not name states.

    Raises
    ------
    SourceInvalid
        If a value is missing, or number and name of the level differ.
    """
    mexico = take(found, "data/MX", dict, raw.name)
    refuse_other_country(take(mexico, "eng/name", str, raw.name), raw.name)
    stamp = local_day(take(mexico, "date-published/date", str, raw.name), raw.name)
    day = issue_day({raw.name: stamp}, reading, raw.name)
    number = take(mexico, "advisory-state", int, raw.name)
    text = take(mexico, "eng/advisory-text", str, raw.name).partition(";")[0]
    level = listed("level", LEVELS | EARLIER, fold(text.partition("(")[0]), raw.name)
    if level != number:
        message = "number and name of the level differ"
        raise SourceInvalid(message, where=raw.name, expected=text.strip(), got=str(number))
    has_regions = take(mexico, "has-regional-advisory", int, raw.name)
    head = Head(Issuer.CA, day, None, INDEX_ADDRESS, raw.name)
    nation = Notice(head, NATION_CODE, level, Scope.WHOLE, (), ())
    notes = ("the regions at levels of their own are not named",) if has_regions else ()
    return Issue((nation,), (raw,), notes, has_states=not has_regions)
