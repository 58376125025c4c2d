"""The page of the US advisory of Mexico, saved as HTML or turned into Markdown.

Reads the markup of 2018 to 2025 (``tsg-rwd-…`` classes) and later ones by their text. Owns where
title, day, address and text stand on a page. Does not own what the text says of the states.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import RawFile, decode
from geo_app.importers.us_advisory_items import MEXICO, Item, refuse_day
from geo_app.importers.us_advisory_lines import Line, elements, is_html, lines_of

TITLE_CLASS = "tsg-rwd-emergency-alertheader-title"
TEXT_CLASS = "tsg-rwd-main-copy-frame"
BADGE_CLASSES = ("showThreat", "tsg-utility-risk-pill")

_TITLE = re.compile(
    r"mexico(?:\s+travel\s+advisory)?"
    r"(?:\s*[-\N{EN DASH}\N{EM DASH}:]\s*.*\b(?:level\s*[1-4]|see state).*)?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:travel advisory|(?:date |re)?issued(?: on)?|(?:last )?updated)\s*[:-]?\s*"
    r"([A-Za-z]+ \d{1,2}, \d{4})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"https?://travel\.state\.gov/[\w./-]*"
    r"(?:mexico-travel-advisory|destination\.mex|travel-advisories/mexico)\.html"
)
_TOOLTIP = re.compile(r"""data-tooltip\s*=\s*["']([^"'<>]*)""")


def page_of(raw: RawFile, checked: date) -> Item:
    """Read a saved page.

    Parameters
    ----------
    raw
        The file.
    checked
        The day on which it is read: no issue is younger.

    Raises
    ------
    SourceInvalid
        If it is not the page of Mexico, or bears no day of issue.
    """
    text, _ = decode(raw, ("utf-8", "cp1252"))
    lines = lines_of(text)
    title = _title(text, lines)
    if not title:
        message = "no travel advisory of Mexico on this page"
        raise SourceInvalid(
            message,
            where=raw.name,
            got=repr(lines[0].text[:60]) if lines else "no text",
            fix="open the official page, wait until it shows the advisory, and save it again",
        )
    address = _ADDRESS.search(text)
    return Item(
        title=title,
        address=address.group() if address else "",
        text="\n".join(part for _, part in elements(text, TEXT_CLASS)) or text,
        issued=_day(lines, checked, raw.name),
        badges=_badges(text),
    )


def _title(text: str, lines: Sequence[Line]) -> str:
    marked = (line.text for _, part in elements(text, TITLE_CLASS) for line in lines_of(part))
    titled = [line for line in marked if MEXICO.match(line)]
    named = [line.text for line in lines if _TITLE.fullmatch(line.text)]
    # A shorter name, as in a menu, says less than one with a level.
    return max([*titled, *named], key=len, default="")


def _day(lines: Sequence[Line], checked: date, where: str) -> date:
    for line in lines:
        if found := _DAY.fullmatch(line.text):
            day = _written_out(found.group(1))
            if day is not None:
                refuse_day(day, checked, where)
                return day
    message = "no day of issue on this page"
    raise SourceInvalid(
        message,
        where=where,
        expected="a line such as Travel Advisory September 6, 2024",
        fix="save the whole page",
    )


def _written_out(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%B %d, %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _badges(text: str) -> tuple[str, ...]:
    if not is_html(text):
        return ()
    found = []
    for name in BADGE_CLASSES:
        for attributes, content in elements(text, name):
            tip = _TOOLTIP.search(attributes)
            words = html.unescape(tip.group(1)) if tip else _plain(content)
            found.append(words.removeprefix("Tool Tip:").strip())
    return tuple(dict.fromkeys(filter(None, found)))


def _plain(content: str) -> str:
    return " ".join(line.text for line in lines_of(content))
