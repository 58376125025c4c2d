"""Pages and files of the issuers themselves: which is which, and which belong together.

Owns the telling apart of the layouts by their content, and the pairing of a page with the
description file that gives its day. Does not own what a layout says (``foreign_canada``,
``foreign_uk``, ``foreign_australia``, ``foreign_ireland``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from geo_app.errors import SourceInvalid
from geo_app.importers import foreign_australia, foreign_canada, foreign_ireland, foreign_uk
from geo_app.importers.foreign_json import (
    LARGEST_PAGE,
    Document,
    described,
    described_day,
    document,
    issue_day,
    refuse_large,
    refuse_two_captures,
)
from geo_app.importers.foreign_notices import Head, Issue
from geo_app.importers.reading import RawFile, Reading, decode
from geo_app.issuers import FOREIGN_NAMES, Issuer

Item = TypeVar("Item")

ADDRESSES = {
    Issuer.CA: foreign_canada.ADDRESS,
    Issuer.UK: foreign_uk.ADDRESS,
    Issuer.AU: foreign_australia.ADDRESS,
    Issuer.IE: foreign_ireland.ADDRESS,
}


@dataclass(frozen=True, slots=True)
class _Page:
    """The text of a page, or a document that needs none."""

    issuer: Issuer
    raw: RawFile
    text: str


def issues(raws: Sequence[RawFile], reading: Reading) -> list[Issue]:
    """Read pages and files of the issuers.

    Parameters
    ----------
    raws
        For each issuer one page, with or without its description file, or one document.
    reading
        The day on which they are read.

    Returns
    -------
    list of Issue
        One an issuer, in the order of the issuers.

    Raises
    ------
    SourceInvalid
        If a file is of no known layout, a description file has no page, an issuer has two pages,
        or as the readers of the layouts say.
    """
    found: dict[Issuer, Issue] = {}
    pages: dict[Issuer, _Page] = {}
    descriptions: dict[Issuer, tuple[RawFile, Document]] = {}
    for raw in raws:
        json = document(raw)
        if json is None:
            page = _page(raw)
            _add(pages, page.issuer, page, raw)
        elif issuer := described(json):
            _add(descriptions, issuer, (raw, json), raw)
        else:
            issue = _issue(json, raw, reading)
            _add(found, issue.head.issuer, issue, raw)
    for issuer, (raw, _) in descriptions.items():
        if issuer not in pages:
            message = f"a description of {FOREIGN_NAMES[issuer]} without the page"
            raise SourceInvalid(message, where=raw.name, fix="give the text of the page as well")
    for issuer, page in pages.items():
        _add(found, issuer, _read(page, descriptions.get(issuer), reading), page.raw)
    return [found[issuer] for issuer in FOREIGN_NAMES if issuer in found]


def _add(held: dict[Issuer, Item], issuer: Issuer, item: Item, raw: RawFile) -> None:
    if issuer in held:
        message = f"two files of the same kind of {FOREIGN_NAMES[issuer]}"
        raise SourceInvalid(message, where=raw.name, fix="import them one after the other")
    held[issuer] = item


def _page(raw: RawFile) -> _Page:
    text, _ = decode(raw, ("utf-8",))
    refuse_large(len(text), LARGEST_PAGE, raw.name)
    layouts = {
        Issuer.CA: foreign_canada.is_page,
        Issuer.UK: lambda found: bool(foreign_uk.page_title(found)),
        Issuer.AU: foreign_australia.is_page,
        Issuer.IE: foreign_ireland.is_page,
    }
    for issuer, is_page in layouts.items():
        if is_page(text):
            return _Page(issuer, raw, text)
    message = "none of the known lists, pages and files of travel advice"
    raise SourceInvalid(
        message,
        where=raw.name,
        expected="others.csv, a page with its levels as text, or an issuer's JSON",
        fix="give the section that names the states",
    )


def _issue(found: Document, raw: RawFile, reading: Reading) -> Issue:
    if foreign_uk.is_content(found):
        return foreign_uk.read_content(found, raw, reading)
    if foreign_canada.is_index(found):
        return foreign_canada.read_index(found, raw, reading)
    if foreign_canada.is_country_file(found):
        message = "Canada's file of one country, of which no copy was ever seen, is not read"
        fix = "give the text of the page, or index-alpha-eng.json for the country's level"
        raise SourceInvalid(message, where=raw.name, fix=fix)
    message = "none of the known JSON files of travel advice"
    raise SourceInvalid(message, where=raw.name, got=", ".join(sorted(found)[:5]) or "no key")


def _read(page: _Page, described_by: tuple[RawFile, Document] | None, reading: Reading) -> Issue:
    """Read a page with the day that it, its description file or the caller gives."""
    own = foreign_uk.page_days(page.text, page.raw.name) if page.issuer is Issuer.UK else {}
    stated: dict[str, date] = {page.raw.name: own["Updated"]} if "Updated" in own else {}
    raws: tuple[RawFile, ...] = (page.raw,)
    if described_by is not None:
        refuse_two_captures(page.raw, described_by[0])
        stated[described_by[0].name] = described_day(described_by[1], described_by[0])
        raws = (page.raw, described_by[0])
    day = issue_day(stated, reading, page.raw.name)
    seen = own.get("Still current at")
    head = Head(page.issuer, day, seen, ADDRESSES[page.issuer], page.raw.name)
    if page.issuer is Issuer.AU:
        description = described_by[1] if described_by else None
        return foreign_australia.read_page(page.text, head, raws, description)
    readers = {
        Issuer.CA: foreign_canada.read_page,
        Issuer.UK: foreign_uk.read_page,
        Issuer.IE: foreign_ireland.read_page,
    }
    return readers[page.issuer](page.text, head, raws)
