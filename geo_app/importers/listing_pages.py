"""The link to an official file on the page that lists it.

Some offices give every release a new address, and only the page that lists them stays. Owns the
reading of links and the choice among them. Fetches nothing (``downloading``).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from geo_app.errors import SourceInvalid
from geo_app.importers.download_rules import BY_HAND, next_address
from geo_app.states import fold


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page."""

    text: str
    """What a reader sees of it."""
    target: str
    """Where it leads, as the page writes it."""


class _Links(HTMLParser):
    """Collects the links of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Link] = []
        self._target = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._finish()
            self._target = dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        if self._target:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._finish()

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        if self._target:
            self.found.append(Link(" ".join("".join(self._words).split()), self._target))
        self._target, self._words = "", []


def links_of(html: str) -> list[Link]:
    """Return the links of a page, in its order.

    Examples
    --------
    >>> links_of('<a href="/x?e=1&amp;f=2">A&ntilde;o <b>2025</b></a>')
    [Link(text='Año 2025', target='/x?e=1&f=2')]
    """
    reader = _Links()
    reader.feed(html)
    reader.close()
    return reader.found


def linked_address(html: str, page: str, wanted: str, where: str) -> str:
    """Return the link to a file on a page, as an absolute address.

    Parameters
    ----------
    html
        The page.
    page
        Its address.
    wanted
        Text of the link, compared without accents, case and punctuation, or the name of the file
        that it leads to; ``*`` is any text.
    where
        Name of the download, for messages.

    Raises
    ------
    SourceInvalid
        If no link or more than one target fits, or the target is no web address.
    """
    links = links_of(html)
    targets = sorted({item.target for item in links if _fits(item, wanted)})
    if len(targets) != 1:
        message = "several links fit" if targets else "no link of the page is called so"
        got = ", ".join(map(repr, targets)) if targets else _nearest(links, wanted)
        raise SourceInvalid(
            message,
            where=where,
            expected=repr(wanted),
            got=got[:200],
            fix=f"correct `find` in the record of the source, or {BY_HAND}",
        )
    return next_address(page, targets[0])


def _fits(link: Link, wanted: str) -> bool:
    name = unquote(urlsplit(link.target).path.rpartition("/")[2])
    return fnmatchcase(_folded(link.text), _folded(wanted)) or fnmatchcase(
        name.casefold(), wanted.casefold()
    )


def _folded(text: str) -> str:
    """Fold a text but for its stars. Square brackets, which fnmatch knows too, fall away."""
    return "*".join(fold(part) for part in text.split("*"))


def _nearest(links: list[Link], wanted: str) -> str:
    texts = {fold(item.text): item.text for item in links if item.text}
    near = difflib.get_close_matches(fold(wanted), texts, n=2, cutoff=0.5)
    return " or ".join(repr(texts[item]) for item in near) or f"{len(links)} other links"
