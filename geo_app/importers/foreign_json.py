"""JSON files of foreign advisories: read without trust, and the day of issue that they give.

Owns the reading of a JSON document, the taking of one typed value from it, and the small
description files that stand beside page text. Does not own any issuer's levels.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from geo_app.errors import BadRequest, SourceInvalid
from geo_app.importers.reading import RawFile, Reading, decode
from geo_app.issuers import Issuer
from geo_app.periods import parse_date

Kind = TypeVar("Kind")
Document = Mapping[str, object]

LARGEST_FILE_BYTES = 5_000_000
"""Ten times the size of an index of all countries."""

LARGEST_PAGE = 400_000
"""Characters; six times the longest guide to one country."""

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.]+(?:Z|[+-]\d{2}:?\d{2})?)?")
_CAPTURE = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)$")


def document(raw: RawFile) -> Document | None:
    """Return a file as a JSON object; None where it does not begin as one.

    Raises
    ------
    SourceInvalid
        If it begins as one and cannot be read, or is larger than any such file.
    """
    refuse_large(len(raw.content), LARGEST_FILE_BYTES, raw.name)
    text, _ = decode(raw, ("utf-8",))
    if not text.lstrip().startswith("{"):
        return None
    try:
        found: Document = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"not readable as JSON ({error})"
        raise SourceInvalid(message, where=raw.name, fix="download the file again") from error
    return found


def refuse_large(size: int, limit: int, where: str) -> None:
    """Refuse what is too large to be a text of one issue.

    Raises
    ------
    SourceInvalid
        If the size is over the limit, both in bytes or characters.
    """
    if size > limit:
        message = "too large to be a page or file of travel advice"
        raise SourceInvalid(message, where=where, expected=f"up to {limit:,}", got=f"{size:,}")


def take(found: object, path: str, kind: type[Kind], where: str) -> Kind:
    """Return one value of a document.

    Parameters
    ----------
    found
        The document.
    path
        Keys from the outside in, with a slash between.
    kind
        Type that the value must have.
    where
        Name of the file, for messages.

    Raises
    ------
    SourceInvalid
        If it is not there or of another type.
    """
    value = found
    for key in path.split("/"):
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        message = "a value is missing or of another type"
        got = "nothing" if value is None else type(value).__name__
        raise SourceInvalid(message, where=f"{where} {path}", expected=kind.__name__, got=got)
    return value


def described(found: Document) -> Issuer | None:
    """Return whose page a description file is about; None where it is none."""
    if "advisory_level" in found and "last_updated" in found:
        return Issuer.AU
    if "update_date" not in found:
        return None
    if "sections" in found:
        return Issuer.CA
    return Issuer.IE if "risk_level" in found else Issuer.UK


def described_day(found: Document, raw: RawFile) -> date:
    """Return the day of issue that a description file gives.

    Raises
    ------
    SourceInvalid
        If it gives none, or is about another country.
    """
    if described(found) is Issuer.AU:
        name = take(found, "destination", str, raw.name)
        day = take(found, "last_updated", str, raw.name)
    else:
        name, day = (take(found, key, str, raw.name) for key in ("name", "update_date"))
    refuse_other_country(name, raw.name)
    return local_day(day, raw.name)


def refuse_other_country(name: str, where: str) -> None:
    """Refuse a file that is not about Mexico.

    Raises
    ------
    SourceInvalid
        If it names another country.
    """
    if name.casefold() != "mexico":
        message = "the file is about another country"
        raise SourceInvalid(message, where=where, expected="Mexico", got=name)


def local_day(text: str, where: str) -> date:
    """Return the day of a time as its writer counts it, whatever zone stands behind it.

    Raises
    ------
    SourceInvalid
        If it is no time.
    """
    found = _DAY.fullmatch(text)
    try:
        return parse_date(found[1] if found else text)
    except BadRequest as error:
        message = "not a day"
        raise SourceInvalid(message, where=where, expected=error.expected, got=text) from error


def london_day(text: str, where: str) -> date:
    """Return the day in London of a time that is given in UTC.

    Raises
    ------
    SourceInvalid
        If it is no time, or one without a zone.
    """
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(ZoneInfo("Europe/London")).date()
    except (ValueError, OverflowError) as error:
        message = "not a time"
        raise SourceInvalid(message, where=where, expected="a time in UTC", got=text) from error
    message = "a time without its zone"
    raise SourceInvalid(message, where=where, expected="a time in UTC", got=text)


def issue_day(stated: Mapping[str, date], reading: Reading, where: str) -> date:
    """Return the one day that the files and the caller give an issue.

    Parameters
    ----------
    stated
        The day by the file that gives it; may be empty.
    reading
        The day of reading, and the day of issue where the caller knows it.
    where
        Name of the page, for messages.

    Raises
    ------
    SourceInvalid
        If there is none, two differ, or it lies after the day of reading. The day of reading is
        never taken for it.
    """
    known = {name: day.isoformat() for name, day in stated.items()}
    if reading.published:
        known["--published"] = reading.published
    if not known:
        message = "the page does not give the day of the issue"
        fix = "give the description file that belongs to it, or --published DAY"
        raise SourceInvalid(message, where=where, fix=fix)
    if len(set(known.values())) > 1:
        message = "two days for one issue"
        got = ", ".join(f"{day} ({name})" for name, day in known.items())
        raise SourceInvalid(message, where=where, got=got, fix="give the files of one day")
    day = next(iter(known.values()))
    if day > reading.checked:
        message = "an issue of a day after the reading"
        raise SourceInvalid(message, where=where, expected=f"up to {reading.checked}", got=day)
    return parse_date(day)


def refuse_two_captures(page: RawFile, description: RawFile) -> None:
    """Refuse a page and a description file whose names end in different days.

    Raises
    ------
    SourceInvalid
        If both names end in a day or month and these differ: the description of one day says
        nothing of the text of another.
    """
    names = [raw.name.split(".")[0] for raw in (page, description)]
    days = [found[1] for found in map(_CAPTURE.search, names) if found]
    if len(days) == 2 and days[0] != days[1]:
        message = "page and description were not captured together"
        raise SourceInvalid(
            message, where=page.name, got=" and ".join(days), fix="give the files of one day"
        )
