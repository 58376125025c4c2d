"""What Canada, the United Kingdom, Australia and Ireland advise for the states, issue by issue.

Reads one gathered list: ``others.csv``, a row an issuer, issue and area. An issue that gives its
day and was read from its whole official text is a release of its own; the other rows are left out
and counted. A state that an issue does not name stands at the level of the country, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pandas as pd

from geo_app import issuers
from geo_app.errors import SourceInvalid
from geo_app.importers.delimited import csv_table
from geo_app.importers.foreign_notices import COLUMNS, Notice, listed, notice
from geo_app.importers.reading import (
    Imported,
    RawFile,
    Reading,
    Reference,
    by_stem,
    open_raw,
    release_of,
)
from geo_app.indicators import Status
from geo_app.issuers import FOREIGN_NAMES, Area, Issuer, Scope
from geo_app.states import NATION_CODE, state_codes

SLUG = "foreign-advisories"
STEM = "others"

NOT_HELD = frozenset({"DE"})
"""Issuers of the list whose rows are not used."""

QUALITIES = {
    "official text": "",
    "full list in press": "known from the press only",
    "official text (copy)": "of a copy that may not be whole",
    "official text (copy, cut)": "of a copy that may not be whole",
    "official text (copy, partial)": "of a copy that may not be whole",
}
"""Why a row is not used, by the quality of the text it was read from; empty = it is."""

WITHOUT_COUNTRY_LEVEL = {
    Issuer.UK: Status.NOT_APPLICABLE,  # its page warns of areas and of nothing else
    Issuer.IE: Status.MISSING,  # the copies held are of the section that names the states
}
"""Issuers whose issues may lack a row of the country, and what that means."""

_NO_DAY = re.compile(r"\d{4}-\d{2}|\d{4}/\d{4}")
Row = tuple[str, float, str, str, str]
"""Area code, level, status, reasons and address."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the gathered list of issues.

    Parameters
    ----------
    files
        ``others.csv``, alone.
    reading
        The day on which it is read.

    Returns
    -------
    list of Imported
        One an issuer and issue, each with the country ("00") and the 32 states. The first carries
        the list of areas and says how many rows were left out.

    Raises
    ------
    SourceInvalid
        If the file is missing or cut, a state, date, level, scope, reason or quality is not a
        known one, a state stands twice or with two levels, or no issue is left.
    """
    raw = by_stem([open_raw(path) for path in files], (STEM,))[STEM]
    rows = _rows(raw)
    fates = {where: _fate(row, where) for where, row in rows.items()}
    notices = [notice(rows[where], where) for where, fate in fates.items() if not fate]
    if not notices:
        message = "no issue with a day and a whole official text"
        raise SourceInvalid(message, where=raw.name, fix="give the complete list")
    key = attrgetter("issuer", "issued")
    blocks = [_by_area(found) for _, found in groupby(sorted(notices, key=key), key)]
    first, *others = [_issue(named, raw, reading) for named in blocks]
    left_out = Counter(fate for fate in fates.values() if fate)
    notes = tuple(f"{count} rows {why} left out" for why, count in left_out.items())
    areas = [area for named in blocks for area in _areas(named)]
    areas_file = Reference(issuers.FILE, issuers.to_csv(areas))
    return [replace(first, repairs=(*notes, *first.repairs), references=(areas_file,)), *others]


def _rows(raw: RawFile) -> dict[str, dict[str, str]]:
    """Return the cells of every row by "file and line"."""
    table = csv_table(raw, COLUMNS)
    cells = table.itertuples(index=False, name=None)
    return {
        f"{raw.name} line {line}": dict(zip(COLUMNS, row, strict=True))
        for line, row in zip(table.index, cells, strict=True)
    }


def _fate(row: dict[str, str], where: str) -> str:
    """Return why a row is not used; empty = it is."""
    if row["issuer"] in NOT_HELD:
        return f"of an issuer that is not held ({row['issuer']})"
    why = listed("quality of source", QUALITIES, row["source_quality"], where)
    return "of an issue without a day" if _NO_DAY.fullmatch(row["issued"]) else why


def _by_area(block: Iterable[Notice]) -> dict[str, list[Notice]]:
    """Return the notices of one issue by area, the widest first."""
    named: dict[str, list[Notice]] = {}
    for item in block:
        earlier = named.setdefault(item.area_code, [])
        if any(other.scope == item.scope for other in earlier):
            message = "an area stands twice in one issue"
            raise SourceInvalid(message, where=item.where, got=item.area_code)
        if any(other.level != item.level for other in earlier):
            message = "a state has two levels in one issue"
            raise SourceInvalid(message, where=item.where, got=item.area_code)
        earlier.append(item)
    return {
        code: sorted(found, key=lambda item: issuers.WIDEST_FIRST.index(item.scope))
        for code, found in named.items()
    }


def _issue(named: dict[str, list[Notice]], raw: RawFile, reading: Reading) -> Imported:
    """Return the country and the 32 states of one issue."""
    notices = [item for found in named.values() for item in found]
    first = notices[0]
    if len({item.seen for item in notices}) > 1:
        message = "one issue was seen first on two days"
        raise SourceInvalid(message, where=first.where, got=f"{first.issuer} {first.issued}")
    country = _country(named, first)
    rows = [country, *(_state(code, named.get(code, []), country) for code in state_codes())]
    frame = pd.DataFrame(rows, columns=["area_code", "value", "status", "reasons", "address"])
    day = first.issued.isoformat()
    frame = frame.assign(period=day, measure=issuers.measure(first.issuer))
    release = release_of(
        f"{FOREIGN_NAMES[first.issuer]} advisory {day}",
        [raw],
        reading,
        published=day,
        seen=first.seen.isoformat(),
    )
    unread = sum(item.places is None for item in notices)
    notes = (f"{unread} areas whose places are not known",) if unread else ()
    return Imported(SLUG, "state_code", frame, release, "utf-8", notes)


def _country(named: dict[str, list[Notice]], first: Notice) -> Row:
    if NATION_CODE in named:
        return _stated(NATION_CODE, named[NATION_CODE])
    if first.issuer in WITHOUT_COUNTRY_LEVEL:
        status = WITHOUT_COUNTRY_LEVEL[first.issuer]
        return (NATION_CODE, float("nan"), str(status), "", first.address)
    message = "an issue has states but no country"
    raise SourceInvalid(
        message, where=first.where, expected=f"a row 00 of {first.issuer} {first.issued}"
    )


def _state(code: str, notices: list[Notice], country: Row) -> Row:
    """Return the row of a state; one that is not named stands at the country's level."""
    return _stated(code, notices) if notices else (code, *country[1:])


def _stated(code: str, notices: list[Notice]) -> Row:
    reasons = "|".join(dict.fromkeys(word for item in notices for word in item.reasons))
    status = Status.ESTIMATED if all(item.is_inferred for item in notices) else Status.FINAL
    return (code, float(notices[0].level), str(status), reasons, notices[0].address)


def _areas(named: dict[str, list[Notice]]) -> Iterator[Area]:
    """Yield every area of one issue, with a row for each state that is not named."""
    some = next(iter(named.values()))[0]
    issuer, issued = some.issuer, some.issued
    for code in state_codes():
        for number, item in enumerate(named.get(code, []), 1):
            yield Area(issuer, issued, code, number, item.scope, item.places)
        if code not in named:
            yield Area(issuer, issued, code, 1, Scope.COUNTRY, ())
