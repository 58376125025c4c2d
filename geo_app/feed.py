"""The changes of the US advisory as files to subscribe to: CSV, JSON Feed and Atom.

Owns the form of the three files and their writing into a folder, all or nothing. The same data give
the same bytes: nothing in a file depends on the day on which it is made. An issue has a day and no
hour; where a format asks for one, midnight UTC stands for the day. Does not own what changed
(``advisory_changes``) or the sentences (``text``).
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo_app import advisories, provenance
from geo_app.advisories import NONE_GIVEN
from geo_app.advisory_changes import Change, ChangeKind, changes
from geo_app.areas import area_name
from geo_app.indicators import Status
from geo_app.text import Words, words

CSV_NAME = "advisory-changes.csv"
JSON_NAME = "feed.json"
ATOM_NAME = "feed.atom"

JSON_VERSION = "https://jsonfeed.org/version/1.1"
ATOM = "http://www.w3.org/2005/Atom"

COLUMNS = (
    "issuer",
    "kind",
    "issued",
    "issued_before",
    "state_code",
    "state_name",
    "level_before",
    "level_after",
    "reasons_before",
    "reasons_after",
    "status",
    "link",
    "source",
)
"""Columns of the CSV file; reasons as in the tables: "none" = none given, empty = not known."""

_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "mexico-security-atlas/advisory-changes")


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as it is told, in one language."""

    change: Change
    ident: str
    """Address-like name that never changes."""
    title: str
    text: str
    link: str
    """The official page."""


def files(lang: str = "en") -> dict[str, bytes]:
    """Return the three files of the current data folder, by name.

    Parameters
    ----------
    lang
        "en" or "es".

    Raises
    ------
    BadRequest
        If the language is not a known one.
    TableInvalid, HashMismatch
        As ``advisories.history``.
    """
    history = advisories.history()
    link = official_page()
    found = entries(changes(history), link, words(lang))
    return {
        CSV_NAME: to_csv(found, lang).encode(),
        JSON_NAME: to_json(found, link, words(lang)).encode(),
        ATOM_NAME: to_atom(found, link, words(lang), history.checked),
    }


def official_page() -> str:
    """Return the address of the page on which the newest official text stands.

    Of the addresses of the source's record it is the first that is a page and no file of data.
    """
    addresses = provenance.load_source(advisories.SOURCE).addresses
    return next((text for text in addresses if text.endswith(".html")), addresses[0])


def entries(found: Sequence[Change], link: str, say: Words) -> tuple[Entry, ...]:
    """Tell changes in the words of a language, newest first.

    Parameters
    ----------
    found
        Changes in any order.
    link
        Address of the official page.
    say
        Words of the language.
    """
    newest_first = sorted(found, key=lambda item: (-item.issued.toordinal(), item.state_code))
    return tuple(
        Entry(item, _ident(item.key), _title(item, say), _text(item, say), link)
        for item in newest_first
    )


def to_csv(found: Sequence[Entry], lang: str) -> str:
    """Return entries as CSV: UTF-8, LF, empty where nothing is known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in found:
        item = entry.change
        writer.writerow(
            [
                advisories.ISSUER,
                item.kind,
                item.issued,
                item.issued_before or "",
                item.state_code,
                area_name("state", item.state_code, lang),
                "" if item.level_before is None else item.level_before,
                "" if item.level_after is None else item.level_after,
                _stored(item.reasons_before),
                _stored(item.reasons_after),
                item.status,
                entry.link,
                item.address,
            ]
        )
    return out.getvalue()


def to_json(found: Sequence[Entry], link: str, say: Words) -> str:
    """Return entries as a JSON Feed, version 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    feed = {
        "version": JSON_VERSION,
        "title": say("feed_title"),
        "description": say("feed_description"),
        "home_page_url": link,
        "language": say.lang,
        "authors": [{"name": say("app_title")}],
        "items": [_json_item(entry) for entry in found],
    }
    return json.dumps(feed, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def to_atom(found: Sequence[Entry], link: str, say: Words, checked: date) -> bytes:
    """Return entries as an Atom feed (RFC 4287).

    Parameters
    ----------
    found
        Entries, newest first.
    link
        Address of the official page.
    say
        Words of the language.
    checked
        Day on which the source was read, for a feed without an entry.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": say.lang})
    _add(feed, "id", _ident(f"feed/{say.lang}"))
    _add(feed, "title", say("feed_title"))
    _add(feed, "subtitle", say("feed_description"))
    _add(feed, "updated", _moment(found[0].change.issued if found else checked))
    _add(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", say("app_title"))
    _link(feed, link)
    for entry in found:
        node = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _add(node, "id", entry.ident)
        _add(node, "title", entry.title)
        _add(node, "published", _moment(entry.change.issued))
        _add(node, "updated", _moment(entry.change.issued))
        _link(node, entry.link)
        ET.SubElement(node, f"{{{ATOM}}}category", {"term": entry.change.kind})
        _add(node, "content", entry.text)
    ET.indent(feed, " ")
    text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder, all or none; what else is there stays.

    Parameters
    ----------
    folder
        Made where it is not there.
    contents
        Content by name.

    Raises
    ------
    OSError
        If one cannot be written; then all are as they were before.
    """
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    # Inside the folder, so that the last step is a rename on one disk.
    staged = Path(tempfile.mkdtemp(dir=folder, prefix=".feed-"))
    try:
        for name, content in contents.items():
            _write_through(staged / name, content)
        _swap(folder, staged, list(contents))
    finally:
        shutil.rmtree(staged)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _swap(folder: Path, staged: Path, names: Sequence[str]) -> None:
    """Put staged files in place; put the former ones back where one cannot be replaced."""
    kept = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    done: list[str] = []
    try:
        for name in names:
            (staged / name).replace(folder / name)
            done.append(name)
    except OSError:
        for name in done:
            if name in kept:
                (folder / name).write_bytes(kept[name])
            else:
                (folder / name).unlink()
        raise


def _title(item: Change, say: Words) -> str:
    values = {
        "state": area_name("state", item.state_code, say.lang),
        "before": item.level_before,
        "after": item.level_after,
        "date": say.date(item.issued),
    }
    return say("feed_title_level" if item.kind is ChangeKind.LEVEL else "feed_title_none", values)


def _text(item: Change, say: Words) -> str:
    values = {"date": say.date(item.issued), "earlier": say.date(item.issued_before)}
    if item.kind is ChangeKind.NOT_GIVEN:
        known = "feed_text_none" if item.issued_before else "feed_text_none_first"
        return " ".join([say(known, values), say("feed_official")])
    levels = {
        "state": area_name("state", item.state_code, say.lang),
        "before": say(f"level_{item.level_before}"),
        "after": say(f"level_{item.level_after}"),
    }
    reasons = {
        "before": _reasons(item.reasons_before, say),
        "after": _reasons(item.reasons_after, say),
    }
    estimated = [say("feed_text_estimated")] if item.status is Status.ESTIMATED else []
    sentences = [say("feed_text_level", values | levels), say("feed_text_reasons", reasons)]
    return " ".join([*sentences, *estimated, say("feed_official")])


def _reasons(found: tuple[str, ...] | None, say: Words) -> str:
    if found is None:
        return say("feed_reasons_unknown")
    return ", ".join(say(f"reason_{word}") for word in found) or say("feed_reasons_none")


def _stored(found: tuple[str, ...] | None) -> str:
    return "" if found is None else "|".join(found) or NONE_GIVEN


def _json_item(entry: Entry) -> dict[str, object]:
    item = entry.change
    return {
        "id": entry.ident,
        "url": entry.link,
        "title": entry.title,
        "content_text": entry.text,
        "date_published": _moment(item.issued),
        "tags": [str(item.kind)],
        "_advisory": {
            "kind": str(item.kind),
            "state_code": item.state_code,
            "issued": str(item.issued),
            "issued_before": str(item.issued_before) if item.issued_before else None,
            "level_before": item.level_before,
            "level_after": item.level_after,
            "reasons_before": None if item.reasons_before is None else list(item.reasons_before),
            "reasons_after": None if item.reasons_after is None else list(item.reasons_after),
            "status": str(item.status),
        },
    }


def _ident(key: str) -> str:
    return uuid.uuid5(_IDS, key).urn


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: ET.Element, address: str) -> None:
    attributes = {"rel": "alternate", "type": "text/html", "href": address}
    ET.SubElement(parent, f"{{{ATOM}}}link", attributes)
