"""What a download may do: how long, how often, how far it may be sent on, how long it may wait.

Owns the limits and the pure rules about addresses and waiting. Opens no connection
(``downloading``).
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

from geo_app.errors import SourceInvalid

BY_HAND = "save the file by hand and give it with --from-file"
"""What to do where a server lets no program through."""

_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much patience a download has."""

    connect_seconds: float = 15
    read_seconds: float = 30
    """Longest silence of the server."""
    total_seconds: float = 1800
    """Longest time for one file, all attempts and waits together."""
    grace_seconds: float = 30
    """Time after which the mean rate has to be above ``min_bytes_per_second``."""
    min_bytes_per_second: float = 500
    attempts: int = 3
    backoff_seconds: float = 2
    """Wait before the second attempt; it doubles with each."""
    longest_wait_seconds: float = 60
    """A server that asks to wait longer is left alone."""
    redirects: int = 8


LIMITS = Limits()
"""The limits that hold where a caller gives no others."""


class Absent(SourceInvalid):
    """The server has no such file: it may not be published yet."""


def next_address(address: str, location: str) -> str:
    """Return where a redirect leads.

    Parameters
    ----------
    address
        The address that answered.
    location
        What it gave as the new place, absolute or not.

    Raises
    ------
    SourceInvalid
        If the new place is not http or https, gives up the encryption of the old one, or lies in
        a private network although the old one does not.

    Examples
    --------
    >>> next_address("https://example.org/a/b", "/c")
    'https://example.org/c'
    """
    try:
        target = urljoin(address, location)
        old, new = urlsplit(address), urlsplit(target)
        # What cannot be printed would speak to the reader's terminal from a line of ours.
        is_open = new.scheme in _SCHEMES and bool(new.hostname) and target.isprintable()
    except ValueError:
        is_open = False
    if not is_open:
        message = "the server sends on to something that is not a web address"
        got = repr(location.partition("?")[0][:80])
        raise SourceInvalid(message, expected="http or https", got=got, fix=BY_HAND)
    if old.scheme == "https" and new.scheme == "http":
        message = "the server sends on from https to http"
        raise SourceInvalid(message, got=without_query(target), fix=BY_HAND)
    if _is_private(new.hostname or "") and not _is_private(old.hostname or ""):
        message = "the server sends on to a private network"
        raise SourceInvalid(message, got=without_query(target), fix=BY_HAND)
    return target


def _is_private(host: str) -> bool:
    if host.casefold().rstrip(".").endswith("localhost"):
        return True
    try:
        place = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return not place.is_global


def without_query(address: str) -> str:
    """Return an address without what may be secret in it: query, fragment, user and password.

    Examples
    --------
    >>> without_query("https://me:word@example.org/a?token=1")
    'https://example.org/a'
    """
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def direct_address(link: str) -> str:
    """Return the address of the file behind a share link; any other link as it is.

    Parameters
    ----------
    link
        A link found on a page. SharePoint's share links show a page unless ``download=1`` stands
        in the query; Google Drive has an address of its own for the content.

    Examples
    --------
    >>> direct_address("https://drive.google.com/file/d/1AbC/view?usp=sharing")
    'https://drive.google.com/uc?export=download&id=1AbC'
    >>> direct_address("https://x-my.sharepoint.com/:u:/g/personal/y/IQ1?e=2")
    'https://x-my.sharepoint.com/:u:/g/personal/y/IQ1?e=2&download=1'
    """
    parts = urlsplit(link)
    host, query = (parts.hostname or ""), parse_qs(parts.query)
    if is_share_link(link) and "download" not in query:
        longer = f"{parts.query}&download=1".removeprefix("&")
        return urlunsplit((parts.scheme, parts.netloc, parts.path, longer, ""))
    if host == "drive.google.com":
        folders = parts.path.split("/")
        named = folders[3:4] if folders[1:3] == ["file", "d"] else query.get("id", [])
        if named:
            return f"https://{host}/uc?{urlencode({'export': 'download', 'id': named[0]})}"
    return link


def is_share_link(link: str) -> bool:
    """Tell whether a link is a share link of SharePoint, which gives its cookie to a guest first.

    Examples
    --------
    >>> is_share_link("https://example.org/sharepoint.com")
    False
    """
    return f".{urlsplit(link).hostname or ''}".endswith(".sharepoint.com")


def asked_wait(header: str, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for; None where it says nothing.

    Parameters
    ----------
    header
        Seconds, or a day and time of the web's form.
    now
        The time at which it was read, with its time zone.

    Examples
    --------
    >>> asked_wait("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> asked_wait("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    >>> asked_wait("soon", datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    zoned = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (zoned - now).total_seconds())
