"""Texts of foreign advisories: their sections, the states that they name, how much of a state.

Owns the reading of page text (Markdown or HTML, as lines), the finding of states and reasons in a
sentence, the scope that a wording has, and the end of a list. Does not own which sentences an
issuer's page uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from geo_app.errors import SourceInvalid
from geo_app.importers import foreign_readings
from geo_app.importers.foreign_notices import REASONS, Head, Notice
from geo_app.issuers import Scope
from geo_app.states import all_states, fold

ITEM = "* "
"""What a line of a list begins with."""

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_INNER_MARK = re.compile(r"[+-] ")
_LEAD = re.compile(r"(?:the )?(?:(?:entire |whole )?states? of )?")
_EXCEPT = ("except", "excluding")
_SPLIT = re.compile(r"[,;()]| and | including ")
_FILLER = re.compile(
    r"(?:(?:including|the|their|a|an|high|increased|opportunistic|levels?|threat|risk|of)\b ?)*"
)
_WEATHER = ("hurricane", "tropical storm")
_REMARKS = frozenset({"", "volatile security situation"})
"""What stands beside reasons and is none of its own, folded."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it."""

    title: str
    depth: int
    """Number of marks of the heading; 0 for what stands before the first one."""
    lines: tuple[str, ...]
    """Lines that are not blank, without blanks around them."""

    @property
    def text(self) -> str:
        """Heading and lines in one line."""
        return " ".join(["#" * self.depth, self.title, *self.lines]).strip()


def sections(text: str) -> list[Section]:
    """Cut Markdown text at its headings."""
    cut: list[tuple[str, int, list[str]]] = [("", 0, [])]
    # Blanks of any kind and number are one blank: pages have hard ones between words.
    for line in filter(None, (" ".join(raw.split()) for raw in text.splitlines())):
        heading = _HEADING.fullmatch(line)
        if heading:
            cut.append((heading[2].strip("* "), len(heading[1]), []))
        else:
            cut[-1][2].append(line)
    return [Section(title, depth, tuple(lines)) for title, depth, lines in cut]


def items(lines: Iterable[str]) -> list[str]:
    """Return the items of the list among some lines, each with its inner items in one line.

    Examples
    --------
    >>> items(["To:", "* Colima, excluding:", "+ Manzanillo", "* Sonora", "See below."])
    ['Colima, excluding: Manzanillo', 'Sonora']
    """
    found: list[str] = []
    for line in lines:
        if line.startswith(ITEM):
            found.append(line.removeprefix(ITEM).strip())
        elif found and _INNER_MARK.match(line):
            found[-1] = f"{found[-1]} {line[2:].strip()}"
    return found


def list_end(lines: Sequence[str], start: int) -> int:
    """Return the number of the first line from ``start`` on that is no item of a list."""
    return next((n for n in range(start, len(lines)) if not lines[n].startswith(ITEM)), len(lines))


def html_text(html: str, where: str) -> str:
    """Return HTML as the Markdown lines that ``sections`` reads.

    Raises
    ------
    SourceInvalid
        If it is no HTML at all.
    """
    lines = _Lines()
    try:
        lines.feed(html)
        lines.close()
    # The standard parser's own word for a declaration that it does not know.
    except AssertionError as error:
        message = f"not readable as HTML ({error})"
        raise SourceInvalid(message, where=where, fix="download the file again") from error
    whole = (" ".join(part.split()) for part in "".join(lines.parts).split(_BREAK))
    return "\n".join(whole)


_BREAK = "\x00"


class _Lines(HTMLParser):
    """Collects the text of headings, paragraphs and items, each on a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins."""
        if re.fullmatch("h[1-6]", tag):
            self.parts.append(f"{_BREAK}{'#' * int(tag[1])} ")
        elif tag == "li":
            self._depth += 1
            self.parts.append(f"{_BREAK}{'*' if self._depth == 1 else '+'} ")
        elif tag == "br" or (tag in {"p", "ul", "ol", "div", "table", "tr"} and not self._depth):
            self.parts.append(_BREAK)

    def handle_endtag(self, tag: str) -> None:
        """End the line where a block ends."""
        if tag == "li":
            self._depth = max(0, self._depth - 1)
        if re.fullmatch("h[1-6]|li|p|ul|ol|div", tag) and not self._depth:
            self.parts.append(_BREAK)

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.parts.append(data.replace(_BREAK, " "))


def leading(text: str) -> tuple[str, str]:
    """Return the state that a text begins with, and the folded rest.

    Returns
    -------
    code, rest
        ("", the whole folded text) where it does not begin with a state.

    Examples
    --------
    >>> leading("the state of Colima, except the city of Manzanillo")
    ('06', 'except the city of manzanillo')
    >>> leading("North-western Durango")
    ('', 'north western durango')
    """
    folded = fold(text)
    for start in dict.fromkeys((0, _lead_end(folded))):
        found = _names().match(folded, start)
        if found:
            rest = folded[found.end() :].strip()
            return _code(found[0]), rest.removeprefix("state").strip()
    return "", folded


def named(text: str) -> tuple[str, ...]:
    """Return the states that a text names, each once.

    Examples
    --------
    >>> named("from Oaxaca to Guerrero, in Mexico")
    ('20', '12')
    """
    return tuple(dict.fromkeys(_code(found[0]) for found in _names().finditer(fold(text))))


def scope_of(rest: str) -> Scope:
    """Return how much of a state is meant by what follows its name, folded.

    Examples
    --------
    >>> str(scope_of("")), str(scope_of("except colima city")), str(scope_of("south of road 45"))
    ('whole', 'whole except', 'part')
    """
    if not rest:
        return Scope.WHOLE
    return Scope.WHOLE_EXCEPT if rest.startswith(_EXCEPT) else Scope.PART


def area_notice(text: str, level: int, why: tuple[str, ...], head: Head) -> Notice:
    """Return the notice of an item of a list, such as "Colima, excluding Manzanillo".

    The state is the one that it begins with, or the only one that it names.

    Raises
    ------
    SourceInvalid
        If it names none, or several of which it begins with none.
    """
    code, rest = leading(text)
    codes = (code,) if code else named(text)
    if len(codes) != 1:
        message = "an item of the list does not name one state"
        raise SourceInvalid(message, where=head.where, got=repr(text))
    scope = scope_of(rest) if code else Scope.PART
    places = foreign_readings.places(head.issuer, codes[0], scope, text)
    return Notice(head, codes[0], level, scope, places, why)


def reasons(text: str) -> tuple[str, ...]:
    """Return the reasons that a sentence gives after "due to", in the closed vocabulary.

    Returns
    -------
    tuple of str
        Empty = not known: the sentence gives none, or one that is not in the vocabulary.

    Examples
    --------
    >>> reasons("Avoid travel due to high levels of violent crime (including kidnapping).")
    ('crime', 'kidnapping')
    >>> reasons("Avoid travel due to the weather")
    ()
    """
    _, _, clause = text.partition("due to ")
    parts = [fold(part) for part in _SPLIT.split(clause.partition(". ")[0])]
    words = [_FILLER.sub("", part, count=1).strip() for part in parts]
    known = [_reason(word) for word in words if word not in _REMARKS]
    return () if "" in known else tuple(dict.fromkeys(known))


def _reason(word: str) -> str:
    return "natural_disaster" if word.startswith(_WEATHER) else REASONS.get(word, "")


def _lead_end(folded: str) -> int:
    found = _LEAD.match(folded)
    return found.end() if found else 0


@cache
def _spellings() -> dict[str, str]:
    """Return the names that can be looked for inside a sentence, without codes and short forms.

    "Mexico" alone is the country there.
    """
    found = {
        fold(name): item.state_code
        for item in all_states()
        for name in (item.name_official, item.name_short, item.name_en, *item.aliases)
    }
    return {name: code for name, code in found.items() if len(name) > 5 and name != "mexico"}


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_spellings(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _code(name: str) -> str:
    return _spellings()[name]
