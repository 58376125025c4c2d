"""What Canada, the United Kingdom, Australia and Ireland advise for the states, issue by issue.

Owns what an issue becomes: a release with the country and the 32 states, and its part of the list
of areas. A state that an issue does not name stands at the level of the country, and says so. Does
not own the layouts: the gathered list (``foreign_list``), pages and files of the issuers
(``foreign_documents``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from geo_app import issuers
from geo_app.errors import SourceInvalid
from geo_app.importers import foreign_documents, foreign_list
from geo_app.importers.foreign_notices import Head, Issue, Notice
from geo_app.importers.reading import (
    Imported,
    RawFile,
    Reading,
    Reference,
    open_raw,
    release_of,
)
from geo_app.indicators import Status
from geo_app.issuers import FOREIGN_NAMES, Area, Issuer, Scope
from geo_app.states import NATION_CODE, state_codes

SLUG = "foreign-advisories"

WITHOUT_COUNTRY_LEVEL = {
    Issuer.UK: Status.NOT_APPLICABLE,  # its page warns of areas and of nothing else
    Issuer.IE: Status.MISSING,  # the copies held are of the section that names the states
}
"""Issuers whose issues may lack a row of the country, and what that means."""

Row = tuple[str, float, str, str, str]
"""Area code, level, status, reasons and address."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read the gathered list of issues, or pages and files of the issuers themselves.

    Parameters
    ----------
    files
        ``others.csv``, alone; or for each issuer one page or file, with the description file that
        gives its day beside it.
    reading
        The day on which they are read; the day of the issue where no file gives it.

    Returns
    -------
    list of Imported
        One an issuer and issue, each with the country ("00") and the 32 states. The first carries
        the list of areas of all of them, which joins what is held of other issues.

    Raises
    ------
    SourceInvalid
        If a file is missing or cut, none of the known layouts, or of another country; if a state,
        date, level, scope or reason is not a known one; if a state stands twice or with two levels.
    """
    raws = [open_raw(path) for path in files]
    if any(foreign_list.is_list(raw) for raw in raws):
        found = foreign_list.issues(_alone(raws))
    else:
        found = foreign_documents.issues(raws, reading)
    named = [_by_area(issue) for issue in found]
    areas = [a for issue, each in zip(found, named, strict=True) for a in _areas(issue, each)]
    file = Reference(issuers.FILE, issuers.to_csv(areas), issuers.merge)
    first, *others = [_release(*pair, reading) for pair in zip(found, named, strict=True)]
    return [replace(first, references=(file,)), *others]


def _alone(raws: Sequence[RawFile]) -> RawFile:
    if len(raws) > 1:
        message = "the gathered list and another file in one import"
        fix = "import the list alone"
        raise SourceInvalid(message, where=raws[0].name, got=f"{len(raws)} files", fix=fix)
    return raws[0]


def _by_area(issue: Issue) -> dict[str, list[Notice]]:
    """Return the notices of one issue by area, the widest first."""
    named: dict[str, list[Notice]] = {}
    for item in issue.notices:
        earlier = named.setdefault(item.area_code, [])
        if any(other.scope == item.scope for other in earlier):
            message = "an area stands twice in one issue"
            raise SourceInvalid(message, where=item.head.where, got=item.area_code)
        if any(other.level != item.level for other in earlier):
            message = "a state has two levels in one issue"
            raise SourceInvalid(message, where=item.head.where, got=item.area_code)
        earlier.append(item)
    return {
        code: sorted(found, key=lambda item: issuers.WIDEST_FIRST.index(item.scope))
        for code, found in named.items()
    }


def _release(issue: Issue, named: dict[str, list[Notice]], reading: Reading) -> Imported:
    """Return the country and the 32 states of one issue."""
    head = issue.head
    if len({item.head.seen for item in issue.notices}) > 1:
        message = "one issue was seen first on two days"
        raise SourceInvalid(message, where=head.where, got=f"{head.issuer} {head.issued}")
    country = _country(named, head)
    unnamed = _unnamed(issue, country)
    rows = [country, *(_state(code, named.get(code, []), unnamed) for code in state_codes())]
    frame = pd.DataFrame(rows, columns=["area_code", "value", "status", "reasons", "address"])
    day = head.issued.isoformat()
    frame = frame.assign(period=day, measure=issuers.measure(head.issuer))
    release = release_of(
        # A document without states is no second copy of the issue that names them.
        f"{FOREIGN_NAMES[head.issuer]} {'advisory' if issue.has_states else 'index'} {day}",
        issue.raws,
        reading,
        published=day,
        seen=head.seen.isoformat() if head.seen else "",
    )
    unread = sum(item.places is None for item in issue.notices)
    notes = (f"{unread} areas whose places are not known",) if unread else ()
    return Imported(SLUG, "state_code", frame, release, "utf-8", (*issue.notes, *notes))


def _country(named: dict[str, list[Notice]], head: Head) -> Row:
    if NATION_CODE in named:
        return _stated(NATION_CODE, named[NATION_CODE])
    if head.issuer in WITHOUT_COUNTRY_LEVEL:
        status = WITHOUT_COUNTRY_LEVEL[head.issuer]
        return (NATION_CODE, float("nan"), str(status), "", head.address)
    message = "an issue has states but no country"
    raise SourceInvalid(
        message, where=head.where, expected=f"a row 00 of {head.issuer} {head.issued}"
    )


def _unnamed(issue: Issue, country: Row) -> Row:
    """Return what is told of a state that the issue does not name."""
    code, level, status, reasons, address = country
    if not issue.has_states:
        return (code, float("nan"), str(Status.MISSING), "", address)
    if issue.unplaced_count and status == Status.FINAL:
        # A warning of places that nobody has put into states yet may be about this one.
        return (code, level, str(Status.ESTIMATED), reasons, address)
    return country


def _state(code: str, notices: list[Notice], unnamed: Row) -> Row:
    """Return the row of a state; one that is not named stands at the country's level."""
    return _stated(code, notices) if notices else (code, *unnamed[1:])


def _stated(code: str, notices: list[Notice]) -> Row:
    reasons = "|".join(dict.fromkeys(word for item in notices for word in item.reasons))
    status = Status.ESTIMATED if all(item.is_inferred for item in notices) else Status.FINAL
    return (code, float(notices[0].level), str(status), reasons, notices[0].head.address)


def _areas(issue: Issue, named: dict[str, list[Notice]]) -> Iterator[Area]:
    """Yield every area of one issue, with a row for each state that is not named."""
    issuer, issued = issue.head.issuer, issue.head.issued
    for code in state_codes() if issue.has_states else ():
        for number, item in enumerate(named.get(code, []), 1):
            yield Area(issuer, issued, code, number, item.scope, item.places)
        if code not in named:
            yield Area(issuer, issued, code, 1, Scope.COUNTRY, ())
