"""The US advisory of Mexico as the Department hands it out: answer of its API, feed, page.

Reads the JSON answer of ``/api/TravelAdvisories``, the feed ``TAsTWs.xml``, one item of that feed
as archives keep it (JSON with Markdown), and the page as HTML or Markdown. Owns the choice of the
item of Mexico, its day of issue, and the refusal of items that the feed has damaged. Does not own
what the text says of the states.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import RawFile, decode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FIRST_ISSUE = date(2018, 1, 10)
"""Day of the first advisory with levels: the feed has dates of 1970 too."""

STAMPED_DAYS = frozenset(
    date.fromisoformat(day)
    for day in ("2026-01-25", "2026-02-11", "2026-07-15", "2026-07-18", "2026-07-19", "2026-07-20")
)
"""Days on which the feed gave nearly every item the day of the reading."""

LARGEST_BYTES = 20_000_000
"""The feed of all countries has about two million."""

MEXICO = re.compile(r"\s*mexico\b(?!\s+city)", re.IGNORECASE)
_LINKS = ("mexico-travel-advisory", "destination.mex", "travel-advisories/mexico")
_DAY_ONLY = re.compile(r"(?:[A-Za-z]{3},\s*)?(\d{1,2} [A-Za-z]{3} \d{4})")
_API = ("Title", "Link", "Summary", "Published")
_ARCHIVE = ("full_title", "remote_link", "content_md", "date")


@dataclass(frozen=True, slots=True)
class Item:
    """One issue as it was handed out."""

    title: str
    address: str
    text: str
    """HTML or Markdown."""
    issued: date
    badges: tuple[str, ...] = ()
    """Names of the risks that the page marks for the country as a whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, of any country, as it stands there."""

    title: str
    address: str
    text: str
    published: str
    categories: tuple[str, ...]


def is_feed(raw: RawFile) -> bool:
    """Whether a file is JSON or XML, and no page."""
    head = raw.content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return (
        head.startswith((b"{", b"[{", b"<?xml", b"<rss"))
        or re.match(rb"\[\s*[{\]]", head) is not None
    )


def items_of(raw: RawFile, checked: date) -> tuple[list[Item], tuple[str, ...]]:
    """Read the items of Mexico of a feed or an answer.

    Parameters
    ----------
    raw
        The file.
    checked
        The day on which it is read: no item is younger.

    Returns
    -------
    items, notes
        At least one item; what was left out, in words.

    Raises
    ------
    SourceInvalid
        If the file is not one of the known forms, has no item of Mexico, or its item is empty,
        has no day of issue, or bears the day of the reading in its place.
    """
    entries = _entries(raw)
    mine = [item for item in entries if _is_mexico(item)]
    if not mine:
        message = "no item of Mexico"
        raise SourceInvalid(
            message, where=raw.name, got=f"{len(entries)} items", fix="download it again"
        )
    days = Counter(item.published[:16] for item in entries)
    found = [_item(entry, raw.name, checked, days, len(entries)) for entry in mine]
    others = len(entries) - len(mine)
    return found, ((f"{others} items of other countries left out",) if others else ())


def day_of_issue(text: str, where: str) -> date:
    """Return the day that a time of the feed means.

    The feed writes a day as midnight of UTC in the local time of Washington, on the evening
    before: 2025-08-11T20:00:00-04:00 is 12 August.

    Raises
    ------
    SourceInvalid
        If the text is no date, or a time that is midnight neither there nor in UTC.

    Examples
    --------
    >>> day_of_issue("2025-08-11T20:00:00-04:00", "a file")
    datetime.date(2025, 8, 12)
    >>> day_of_issue("Tue, 12 Aug 2025", "a file")
    datetime.date(2025, 8, 12)
    """
    moment = _moment(text.strip(), where)
    if not isinstance(moment, datetime):
        return moment
    try:
        utc = moment.astimezone(UTC)
    except OverflowError as error:
        raise _no_day(text, where) from error
    if utc.time() == time():
        return utc.date()
    if moment.time() == time():
        return moment.date()
    message = "the time of an item is midnight neither in UTC nor where it was written"
    raise SourceInvalid(message, where=where, got=text, fix="take the day from the page")


def refuse_day(day: date, checked: date, where: str) -> None:
    """Refuse a day that cannot be the one of an issue.

    Raises
    ------
    SourceInvalid
        If it lies before the first issue or after the reading, or is one of the days on which the
        feed stamped every item.
    """
    if not FIRST_ISSUE <= day <= checked:
        message = "not a day on which an issue that was read can have appeared"
        raise SourceInvalid(
            message, where=where, expected=f"{FIRST_ISSUE} to {checked}", got=str(day)
        )
    if day in STAMPED_DAYS:
        message = "on this day the feed gave nearly every item the day of the reading"
        raise SourceInvalid(message, where=where, got=str(day), fix="read the feed of another day")


def _item(entry: Entry, where: str, checked: date, days: Mapping[str, int], count: int) -> Item:
    day = day_of_issue(entry.published, where)
    if not entry.text.strip():
        message = "the item of Mexico has no text: the feed gives such ones the day of the reading"
        raise SourceInvalid(
            message, where=where, got=f"{day} and nothing", fix="read the feed of another day"
        )
    refuse_day(day, checked, where)
    if count >= 10 and days[entry.published[:16]] * 2 > count:
        message = "more than half of the items bear one day: it is the one of the reading"
        raise SourceInvalid(message, where=where, got=str(day), fix="read the feed of another day")
    is_link = entry.address.startswith(("https://", "http://"))
    return Item(entry.title, entry.address if is_link else "", entry.text, day)


def _is_mexico(entry: Entry) -> bool:
    named = MEXICO.match(entry.title) is not None
    return named or "MX" in entry.categories or any(part in entry.address for part in _LINKS)


def _entries(raw: RawFile) -> list[Entry]:
    if raw.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _of_xml(raw)
    text, _ = decode(raw, ("utf-8",))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"not readable as JSON ({error})"
        raise SourceInvalid(message, where=raw.name, fix="download it again") from error
    listed = found if isinstance(found, list) else [found]
    return [_of_json(item, raw.name) for item in listed]


def _of_json(item: object, where: str) -> Entry:
    if isinstance(item, dict):
        for keys in (_API, _ARCHIVE):
            cells = [item.get(key) for key in keys]
            texts = [cell for cell in cells if isinstance(cell, str)]
            if len(texts) == len(keys):
                title, address, text, published = texts
                return Entry(title, address, text, published, _categories(item))
    message = "an item without its title, link, text and date"
    raise SourceInvalid(
        message,
        where=where,
        expected=f"{', '.join(_API)} or {', '.join(_ARCHIVE)}",
        got=str(item)[:80],
        fix="give the answer of the API or the feed itself, no list made from it",
    )


def _categories(item: Mapping[str, object]) -> tuple[str, ...]:
    found = item.get("Category")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _of_xml(raw: RawFile) -> list[Entry]:
    from xml.etree.ElementTree import ParseError

    from defusedxml.ElementTree import fromstring

    try:
        # A document type may define entities that grow without end: the feed has none.
        root = fromstring(raw.content, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        message = f"not readable as a feed ({type(error).__name__}: {error})"
        raise SourceInvalid(message, where=raw.name, fix="download it again") from error
    return [
        Entry(
            title=_text(item, "title"),
            address=_text(item, "link"),
            text=_text(item, "description"),
            published=_text(item, "pubDate"),
            categories=tuple((found.text or "").strip() for found in item.iter("category")),
        )
        for item in root.iter("item")
    ]


def _moment(text: str, where: str) -> date:
    """Return a day, or a moment where the text gives one."""
    day_only = _DAY_ONLY.fullmatch(text)
    try:
        if day_only:
            return datetime.strptime(day_only.group(1), "%d %b %Y").replace(tzinfo=UTC).date()
        is_iso = text[:4].isdigit()
        found = datetime.fromisoformat(text) if is_iso else parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError) as error:
        raise _no_day(text, where) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _no_day(text: str, where: str) -> SourceInvalid:
    message = "an item without a day of issue"
    return SourceInvalid(message, where=where, got=repr(text[:60]))


def _text(item: Element, name: str) -> str:
    found = item.find(name)
    return "" if found is None else "".join(found.itertext()).strip()
