"""The US State Department's levels of the 32 states, issue by issue.

Reads what the Department hands out (answer of its API, feed, page, in HTML or Markdown) and the
two gathered lists of older issues; together or each alone. Every issue is a release of its own,
named by its day: an item of an older issue never touches a newer one. An issue without state
sections has the 32 rows all the same, each without a value: what is not known is written out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers import us_advisory_lists, us_advisory_words, us_restrictions
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.importers.us_advisory_items import LARGEST_BYTES, Item, is_feed, items_of
from geo_app.importers.us_advisory_lines import lines_of
from geo_app.importers.us_advisory_page import page_of
from geo_app.importers.us_advisory_states import Parts, parts_of
from geo_app.importers.us_advisory_words import (
    COLUMNS,
    MEASURE,
    NONE_GIVEN,
    PHRASE,
    joined,
    level_of,
    reasons_of,
    without_list,
)
from geo_app.indicators import Status
from geo_app.own_folder import Document
from geo_app.periods import parse_date
from geo_app.states import NATION_CODE, fold

SLUG = us_advisory_words.SLUG

_NUMBER = re.compile(r"level\s*:?\s*([1-4])\b(?:\s*[:-]\s*(?P<phrase>.*))?", re.IGNORECASE)
_COUNTRY = re.compile(
    rf"(?P<phrase>{PHRASE})\s+(?:in|to)\s+mexico\b\s*(?:due\s+to\s+(?P<reasons>[^.]+))?\s*\.",
    re.IGNORECASE,
)
_OPENING_LINES = 12
"""Lines in which a text speaks of the country, before the details."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read issues of the advisory.

    Parameters
    ----------
    files
        Answers of the API, feeds, items of archives or pages, in any number; and, where both are
        given, ``advisories.csv`` and ``advisories_country.csv``.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One an issue, oldest first: the country ("00") and the 32 states, with the restrictions for
        employees of the US government and the official wording where a text gives them. Where the
        lists and a text hold one issue, the text stays.

    Raises
    ------
    SourceInvalid
        If a file is none of these, an issue does not name each of the 32 states once, a level,
        state, date or reason is not a known one, an item bears the day of the reading instead of
        its own, or two files give one issue differently.
    """
    raws = [open_raw(path, may_be_page=True) for path in files]
    lists = [raw for raw in raws if _is_list(raw)]
    found = {item.release.release: item for item in _of_lists(lists, reading)}
    texts = [item for raw in raws if raw not in lists for item in _of_text(raw, reading)]
    for item in _each_once(texts):
        name = item.release.release
        found[name] = _over_list(found[name], item) if name in found else item
    return [found[name] for name in sorted(found)]


def _of_lists(lists: list[RawFile], reading: Reading) -> list[Imported]:
    return us_advisory_lists.issues(lists, reading) if lists else []


def _is_list(raw: RawFile) -> bool:
    names = (us_advisory_lists.STATE_FILE, us_advisory_lists.COUNTRY_FILE)
    head = raw.content.removeprefix(b"\xef\xbb\xbf")
    return raw.name.split(".")[0] in names or head.startswith(b"issued,")


def _of_text(raw: RawFile, reading: Reading) -> list[Imported]:
    if len(raw.content) > LARGEST_BYTES:
        message = "far too large for an advisory"
        raise SourceInvalid(
            message,
            where=raw.name,
            expected=f"at most {LARGEST_BYTES:,} bytes",
            got=f"{len(raw.content):,}",
        )
    checked = parse_date(reading.checked)
    items, notes = items_of(raw, checked) if is_feed(raw) else ([page_of(raw, checked)], ())
    first, *others = _each_once([_issue(item, raw, reading) for item in items])
    return [replace(first, repairs=(*notes, *first.repairs)), *others]


def _each_once(issues: Sequence[Imported]) -> list[Imported]:
    """Return one reading an issue: a feed may hold an old and a new text of it."""
    found: dict[str, Imported] = {}
    for item in issues:
        name = item.release.release
        found[name] = _one(found[name], item) if name in found else item
    return list(found.values())


def _issue(item: Item, raw: RawFile, reading: Reading) -> Imported:
    lines = lines_of(item.text)
    parts = parts_of(lines, raw.name)
    day = item.issued.isoformat()
    opening = " ".join(line.text for line in lines[:_OPENING_LINES])
    rows = [_country(item, opening, raw.name), *_state_rows(parts, item)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    if not parts.sections:
        frame = pd.concat([frame, without_list(day)], ignore_index=True)
    facts, notes = us_restrictions.of_parts(parts, item.issued)
    without = () if parts.sections else ("the text has no state sections: 32 levels not given",)
    return Imported(
        source=SLUG,
        area_column="state_code",
        rows=frame.assign(measure=MEASURE),
        release=release_of(f"US advisory {day}", [raw], reading, published=day),
        encoding="utf-8",
        repairs=(*without, *parts.notes, *notes),
        references=(facts,),
        documents=_documents(parts, item, reading),
        yields=True,
    )


def _state_rows(parts: Parts, item: Item) -> list[tuple[str, str, float, str, str, str]]:
    day, final = item.issued.isoformat(), str(Status.FINAL)
    return [
        (found.state_code, day, float(found.level), final, found.reasons, item.address)
        for found in parts.sections
    ]


def _country(item: Item, opening: str, where: str) -> tuple[str, str, float, str, str, str]:
    """Return the row of the country: its level where the issue gives a single one."""
    said = _COUNTRY.search(opening)
    numbered = _NUMBER.search(item.title)
    levels = {int(numbered.group(1))} if numbered else set()
    phrases = [said["phrase"]] if said else []
    if numbered and (named := re.match(PHRASE, numbered["phrase"] or "", re.IGNORECASE)):
        phrases.append(named.group())
    levels |= {level_of(phrase) for phrase in phrases}
    if len(levels) > 1:
        message = "title and text give the country two levels"
        raise SourceInvalid(message, where=where, got=" and ".join(map(str, sorted(levels))))
    level = float(levels.pop()) if levels else float("nan")
    # Some issues class the states one by one and give the country no single level.
    status = Status.NOT_APPLICABLE if level != level else Status.FINAL  # noqa: PLR0124
    return (
        NATION_CODE,
        item.issued.isoformat(),
        level,
        str(status),
        _country_reasons(said, item.badges, where),
        item.address,
    )


def _country_reasons(said: re.Match[str] | None, badges: tuple[str, ...], where: str) -> str:
    if said and said["reasons"]:
        return reasons_of(said["reasons"], where)
    if badges:
        return joined([fold(badge) for badge in badges], ", ".join(badges), where)
    return NONE_GIVEN if said else ""


def _documents(parts: Parts, item: Item, reading: Reading) -> tuple[Document, ...]:
    texts = {NATION_CODE: parts.general}
    texts |= {found.state_code: found.lines for found in parts.sections}
    return tuple(
        Document("us", item.issued, code, "\n".join(lines), item.address, reading.checked)
        for code, lines in texts.items()
        if lines
    )


def _one(known: Imported, again: Imported) -> Imported:
    """Return the fuller of two texts of one issue; what both give must be the same."""
    fuller, other = (known, again) if _count(known) >= _count(again) else (again, known)
    if _count(other) and _cells(fuller) != _cells(other):
        message = "two texts of one issue give a state two levels or other reasons"
        raise SourceInvalid(
            message,
            where=again.release.file,
            got=f"{again.release.release} and {known.release.file}",
            fix="give one of them",
        )
    note = f"{other.release.file}: a further text of the same issue"
    return replace(fuller, repairs=(*fuller.repairs, note))


def _over_list(listed: Imported, item: Imported) -> Imported:
    """Return an issue as the official text gives it, compared with the gathered list."""
    if _count(listed) and not _count(item):
        note = "the text given has no state sections: list kept"
        return replace(listed, repairs=(*listed.repairs, note), documents=item.documents)
    before, after = _cells(listed), _cells(item)
    differing = sorted(code for code in after if before.get(code) != after[code])
    notes = [f"differs from the gathered list in {', '.join(differing)}"] if differing else []
    rows = item.rows.copy()
    country = rows["area_code"] == NATION_CODE
    if (rows.loc[country, "reasons"] == "").all():
        mine = listed.rows["area_code"] == NATION_CODE
        rows.loc[country, "reasons"] = listed.rows.loc[mine, "reasons"].iloc[0]
        notes.append("reasons of the country as a whole: of the gathered list")
    return replace(item, rows=rows, repairs=(*item.repairs, *notes))


def _cells(item: Imported) -> dict[str, tuple[str, str]]:
    """Return level, as text, and reasons by state."""
    states = item.rows[item.rows["area_code"] != NATION_CODE]
    columns = (states[name].tolist() for name in ("area_code", "value", "reasons"))
    return {code: (f"{value:g}", reasons) for code, value, reasons in zip(*columns, strict=True)}


def _count(item: Imported) -> int:
    """Return the number of states that have a level."""
    states = item.rows["area_code"] != NATION_CODE
    return int(item.rows.loc[states, "value"].notna().sum())
