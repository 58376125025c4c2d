"""From a web page or a Markdown text to its lines, as a reader sees them.

Owns the little that is needed of both forms: which text stands on a line of its own, which is an
item of a list, and what stands inside one element. One pass over the text, whatever is in it:
a parser that builds a tree takes minutes for some pages of a hundred kilobytes. Does not own what
a line means.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"'<>]*)""")
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body br dd div dl dt footer form h1 h2 h3 h4 h5 h6 head header "
        "hr html li main nav ol option p section table tbody td th thead title tr ul",
    )
)
_SILENT = ("script", "style", "template", "noscript")

_BULLET = re.compile(r"\s*[*+-]\s+")
_HEADING = re.compile(r"\s*#+\s*")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\"\s]*\s*(?:\"[^\"()]*\")?\s*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text."""

    text: str
    """Without marks, blanks at the ends, or more than one blank in a row."""
    is_item: bool
    """Whether it is an item of a list."""


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text in either form, without the empty ones."""
    return html_lines(text) if is_html(text) else markdown_lines(text)


def is_html(text: str) -> bool:
    """Whether a text is marked up as a page.

    Examples
    --------
    >>> is_html("<p>Do not travel</p>"), is_html("**Do not travel** <3")
    (True, False)
    """
    return any(tag.group(2).lower() in _BLOCKS for tag in _TAG.finditer(text))


def html_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a page or a part of one."""
    found: list[Line] = []
    parts: list[str] = []
    is_item = False
    for tag, piece in _pieces(_audible(text)):
        parts.append(html.unescape(piece))
        # Some texts have no blank between a word in bold type and the next one.
        parts.append(" ")
        if tag is not None and tag.group(2).lower() in _BLOCKS:
            found.append(_line("".join(parts), is_item=is_item))
            parts = []
            is_item = tag.group(2).lower() == "li" and not tag.group(1)
    found.append(_line("".join(parts), is_item=is_item))
    return tuple(line for line in found if line.text)


def markdown_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a Markdown text."""
    found = []
    for raw in text.splitlines():
        bullet = _BULLET.match(raw)
        start = bullet or _HEADING.match(raw)
        rest = raw[start.end() :] if start else raw
        plain = _ESCAPE.sub(r"\1", _LINK.sub(r"\1", rest).replace("*", " "))
        found.append(_line(html.unescape(plain), is_item=bullet is not None))
    return tuple(line for line in found if line.text)


def elements(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield attributes and content of every element of a class, in the order of the page.

    Parameters
    ----------
    text
        The page.
    name
        Name of the class.
    """
    kind, depth, start, attributes = "", 0, 0, ""
    for tag in _TAG.finditer(text):
        is_end, tagged = bool(tag.group(1)), tag.group(2).lower()
        # One inside another of the same class is told with it.
        if depth and tagged == kind:
            depth += -1 if is_end else 1
            if not depth:
                yield attributes, text[start : tag.start()]
        elif not depth and not is_end and name in _classes(tag.group(3)):
            kind, depth, start, attributes = tagged, 1, tag.end(), tag.group(3)
    if depth:
        yield attributes, text[start:]


def _classes(attributes: str) -> list[str]:
    found = _CLASS.search(attributes)
    return found.group(1).split() if found else []


def _line(text: str, *, is_item: bool) -> Line:
    plain = " ".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())
    return Line(re.sub(r" (?=[.,;:)])", "", plain), is_item)


def _pieces(text: str) -> Iterator[tuple[re.Match[str] | None, str]]:
    """Yield each tag with the text before it, and the last text without one."""
    place = 0
    for tag in _TAG.finditer(text):
        yield tag, text[place : tag.start()]
        place = tag.end()
    yield None, text[place:]


def _audible(text: str) -> str:
    """Return a page without comments, scripts and styles."""
    for start, end in [("<!--", "-->"), *((f"<{kind}", f"</{kind}>") for kind in _SILENT)]:
        text = _without(text, start, end)
    return text


def _without(text: str, start: str, end: str) -> str:
    kept, place, low = [], 0, text.lower()
    # Some letters are longer in lower case, and then the places would not be the same.
    if len(low) != len(text):
        low = text
    while (opened := low.find(start, place)) >= 0:
        closed = low.find(end, opened)
        kept.append(text[place:opened])
        if closed < 0:
            return "".join(kept)
        place = closed + len(end)
    return "".join([*kept, text[place:]])
