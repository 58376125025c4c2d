"""Security alerts of the United States mission in Mexico, notice by notice.

Reads the gathered list: a row a notice and state. Each notice is a release of its own with the 32
states: a full list says of the others that they are not under the alert, a partial one says
nothing of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

import pandas as pd

from geo_app import alerts
from geo_app.alerts import AlertKind, AlertScope, AlertStatus, Coverage, Entry
from geo_app.errors import BadRequest, SourceInvalid
from geo_app.importers.cells import area_code, listed
from geo_app.importers.delimited import csv_table
from geo_app.importers.reading import (
    Imported,
    RawFile,
    Reading,
    Reference,
    open_raw,
    release_of,
)
from geo_app.indicators import Status
from geo_app.periods import parse_date
from geo_app.states import NATION_CODE, state_codes

SLUG = "us-alerts"

COLUMNS = (
    "issuer",
    "kind",
    "date",
    "update",
    "cve_ent",
    "state",
    "scope",
    "places",
    "status",
    "source_url",
    "note",
)
"""Columns of the list."""

ISSUERS = {"US": "us"}
KINDS = {str(kind): kind for kind in AlertKind}
STATUSES = {str(status): status for status in AlertStatus}
SCOPES = {
    "whole": AlertScope.WHOLE,
    "areas": AlertScope.PART,
    "whole or areas": AlertScope.WHOLE_OR_PART,
}

_NOTICE = re.compile(r"(.+?)(?: \((\d{2}:\d{2})\))?")
_PARTIAL = "partial"
"""Word in a note on a list that is known from the press and not whole."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the gathered list of alerts.

    Parameters
    ----------
    files
        The list, alone.
    reading
        The day on which it is read.

    Returns
    -------
    list of Imported
        One a notice, in their order. The first carries the list of what each says.

    Raises
    ------
    SourceInvalid
        If the file is cut or another one, a state, date, kind, scope or status is not a known one,
        a state stands twice in a notice, a notice is both whole and partial, or a whole one leaves
        out a state that was under the alert.
    """
    if len(files) != 1:
        message = "not one list of alerts"
        raise SourceInvalid(message, where=SLUG, expected="1 file", got=f"{len(files)} files")
    raw = open_raw(files[0])
    entries = _numbered(list(_entries(raw)))
    notices = [list(found) for _, found in groupby(entries, alerts.key)]
    _refuse_contradictions(notices, raw)
    first, *others = [_release(notice, raw, reading) for notice in notices]
    file = Reference(alerts.FILE, alerts.to_csv(entries), alerts.merge)
    return [replace(first, references=(file,)), *others]


def _entries(raw: RawFile) -> Iterator[Entry]:
    table = csv_table(raw, COLUMNS)
    for line, cells in zip(table.index, table.itertuples(index=False, name=None), strict=True):
        yield _entry(dict(zip(COLUMNS, cells, strict=True)), f"{raw.name} line {line}")


def _entry(row: dict[str, str], where: str) -> Entry:
    listed("issuer", ISSUERS, row["issuer"], where)
    code = area_code(row["cve_ent"], row["state"], where)
    notice = _NOTICE.fullmatch(row["update"])
    if notice is None or code == NATION_CODE or not row["source_url"].startswith("https://"):
        message = "a row without a notice, a state or a link"
        raise SourceInvalid(message, where=where, got=row["update"] or row["source_url"])
    return Entry(
        kind=listed("kind of alert", KINDS, row["kind"], where),
        issued=_day(row["date"], where),
        number=0,
        notice=notice[1],
        time=notice[2] or "",
        state_code=code,
        scope=listed("scope", SCOPES, row["scope"], where),
        places=tuple(part.strip() for part in row["places"].split(";") if part.strip()),
        status=listed("status", STATUSES, row["status"], where),
        coverage=Coverage.PARTIAL if _PARTIAL in row["note"] else Coverage.FULL,
        address=row["source_url"],
    )


def _day(text: str, where: str) -> date:
    try:
        return parse_date(text)
    except BadRequest as error:
        raise SourceInvalid(
            error.what, where=where, expected=error.expected, got=error.got
        ) from error


def _numbered(entries: list[Entry]) -> list[Entry]:
    """Give the notices of a day numbers in the order of the file, which is the only one given."""
    order: dict[tuple[date, str], int] = {}
    for item in entries:
        same_day = sum(day == item.issued for day, _ in order)
        order.setdefault((item.issued, item.notice), same_day + 1)
    numbered = [replace(item, number=order[item.issued, item.notice]) for item in entries]
    return sorted(numbered, key=lambda item: (*alerts.key(item), item.state_code))


def _refuse_contradictions(notices: list[list[Entry]], raw: RawFile) -> None:
    standing: set[str] = set()
    for notice in notices:
        where = f"{raw.name} {notice[0].issued} {notice[0].notice}"
        codes = [item.state_code for item in notice]
        if len(set(codes)) != len(codes):
            message = "a state stands twice in a notice"
            raise SourceInvalid(message, where=where)
        if len({(item.coverage, item.time) for item in notice}) > 1:
            message = "a notice has two hours, or is both whole and partial"
            raise SourceInvalid(message, where=where)
        left_out = sorted(standing - set(codes))
        if left_out and notice[0].coverage is Coverage.FULL:
            message = "a whole notice says nothing of a state that was under the alert"
            raise SourceInvalid(message, where=where, got=left_out[0])
        named = {item.state_code: item.status is AlertStatus.IN_FORCE for item in notice}
        standing = {code for code in standing | set(named) if named.get(code, True)}


def _release(notice: list[Entry], raw: RawFile, reading: Reading) -> Imported:
    first = notice[0]
    named = {item.state_code: item for item in notice}
    is_partial = first.coverage is Coverage.PARTIAL
    rows = [_row(code, named.get(code), first, is_partial=is_partial) for code in state_codes()]
    frame = pd.DataFrame(rows, columns=["area_code", "value", "status", "address"])
    day = first.issued.isoformat()
    frame = frame.assign(period=day, measure=alerts.MEASURE, reasons="")
    release = release_of(alerts.release_name(first), [raw], reading, published=day)
    unnamed = len(state_codes()) - len(named)
    notes = (f"{unnamed} states of which a partial list says nothing",) if is_partial else ()
    return Imported(SLUG, "state_code", frame, release, "utf-8", notes)


def _row(
    code: str, item: Entry | None, first: Entry, *, is_partial: bool
) -> tuple[str, float, str, str]:
    if item is None and is_partial:
        return (code, float("nan"), str(Status.MISSING), first.address)
    status = Status.PARTIAL if is_partial else Status.FINAL
    return (code, alerts.flag(item), str(status), first.address)
