"""The sentences of an official text, and what each of them does.

Owns how the text of one state is taken apart. The words stay in the raw files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise

from geo_app.states import fold
from tests.contract.official_words import SAID_AS, names_in


class Kind(StrEnum):
    """What a sentence does."""

    HEAD = "head"
    """Names what follows."""
    LEVEL = "level"
    """Repeats the level and its reasons."""
    RULE = "rule"
    """Says what is allowed, not allowed or asked, where, when or how."""
    ADVICE = "advice"
    """Recommends conduct."""
    DESCRIPTION = "description"
    """Says what happens there, that is why the level is given."""
    POINTER = "pointer"
    """Says where more stands."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the headings under which it stands."""

    text: str
    heads: tuple[str, ...]
    kind: Kind
    before: str = ""
    """The sentence before, where this one points back to it."""
    title: str = ""
    """The heading whose names this sentence is the first to need."""

    @property
    def passage(self) -> str:
        """The sentence with what it must be read with, folded."""
        whole = fold(" ".join((*self.heads, self.before, self.text)))
        return re.sub(r"must (adhere to|follow) (\w+ ){1,3}restrictions", "", whole)


_END = re.compile(r"(?<=[.!?])(?<!U\.S\.)(?<!a\.m\.)(?<!Blvd\.)(?<! [A-Z]\.)\s+(?=[A-Z])")
_HEADED = re.compile(r"([^:.;]{3,130}?):\s+(?=\S)")
_LEVEL = re.compile(
    r"(do not travel|reconsider travel|exercise increased caution) (in mexico )?due to"
    r"|exercise normal precautions"
)
_RULE = re.compile(
    r"(employees?|government|travelers|they) (also )?(may|must|cannot|are not|have a curfew)"
    r"|employees should avoid the|\b(may not|prohibited|not allowed|permissible|permitted)\b"
    r"|\bmust (be|use|travel|rely|instead)\b|(is|are) (limited|restricted|required)|travel only"
    r"|^may |^travel (north|within)|via .* only|no .{0,20}restrictions|not restricted"
    r"|only travel restrictions"
    r"|boundar(y|ies)|\bcorridor\b|^(these|this) includes?|primary tourist areas|some .*exceptions"
)
_OPENS_LIST = re.compile(r"(boundaries|defined by|includes|these routes)$")
_SHOULD = re.compile(
    r"\bshould\b|^exercise|^use |^pay |^remain|^stay|\bbe aware\b|are advised|^fleeing"
)
_POINTER = re.compile(
    r"^(check|read|visit|review|reissued|mexico travel|travel advisory|advisory|state specific)"
    r"|tool tip"
)
_TOPICS = {
    "kidnapping": r"kidnap",
    "terrorism": r"terroris",
    "crime": r"crim|violen|homicid|murder|assassin|gang|cartel|shoot|armed|robber|carjack|battles"
    r"|roadblock|traffick|theft|security incident",
}
_MEANS = re.compile(r"law enforcement|emergency services|limited ability")
"""What help there is."""


@cache
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of the text of one state, in order."""
    found: list[Sentence] = []
    group = order = title = ""
    is_list = False
    for line in text.splitlines():
        if not _is_head(line, is_list=is_list):
            is_list = is_list and not re.search(r"employees|travel", fold(line))
            found += _of_line(line, (group, title), is_list=is_list)
            continue
        *before, head = _END.split(line.strip())
        found += [Sentence(part, (group, title), _kind(part)) for part in before]
        found.append(Sentence(head, (group, title), _kind_of_head(head)))
        is_list = _OPENS_LIST.search(fold(head)) is not None
        if re.search(r"\b(may|must|limited)\b", fold(head)):
            group = order = head
        elif is_list:
            group = f"{order} {head}"
        else:
            group, order, title = "", "", head
    return tuple(_with_context(found))


def _of_line(line: str, heads: tuple[str, ...], *, is_list: bool) -> Iterator[Sentence]:
    """Yield the sentences of a line; what stands before a colon heads the others."""
    start = _HEADED.match(line)
    if start and not re.search(r"boundar|corridor|permitted areas", fold(start[1])):
        yield Sentence(start[1], heads, _kind_of_head(start[1]))
        heads, line = (heads[0], start[1]), line[start.end() :]
    for part in _END.split(line):
        yield Sentence(part, heads, Kind.RULE if is_list else _kind(part))


def _with_context(found: Iterable[Sentence]) -> Iterator[Sentence]:
    """Give a sentence the one that it points back to, and the first of each title its names."""
    before = told = ""
    for item in found:
        title = item.heads[-1]
        first = item.kind is Kind.RULE and title not in ("", told)
        told = title if first else told
        back = before if _BACK.search(fold(item.text)) else ""
        yield replace(item, before=back, title=title if first else "")
        before = item.text


_BACK = re.compile(
    r"\b(this|these|they|them|that route|both cities|the city|the airport)\b"
    r"|daylight|^all (areas|towns)"
)


def _is_head(line: str, *, is_list: bool) -> bool:
    if line.rstrip().endswith(":"):
        return True
    is_bare = not re.search(r"[.!?]\W*$", line) and not line.startswith("The ")
    ends_list = not is_list or line.startswith("Travel between")
    return is_bare and len(line.split()) <= 12 and ends_list and ":" not in line


def _kind_of_head(text: str) -> Kind:
    """A heading that names ways, hours or, with an order, a place says a rule."""
    told = fold(text)
    words = "only" in told and any(re.search(found, told) for found in SAID_AS.values())
    is_title = told.startswith("travel between") or not re.search(r"\b(may|is|must)\b", told)
    names = not is_title and bool(names_in(text))
    return Kind.RULE if words or (names and _RULE.search(told)) else Kind.HEAD


def _kind(text: str) -> Kind:
    told = fold(text)
    if _POINTER.search(told):
        return Kind.POINTER
    if _LEVEL.search(told) and len(told.split()) < 16 and "after dark" not in told:
        return Kind.LEVEL
    if _MEANS.search(told) and "employees" not in told:
        return Kind.DESCRIPTION
    if _RULE.search(told) and not (_SHOULD.search(told) and "should avoid the" not in told):
        return Kind.RULE
    if _SHOULD.search(told):
        return Kind.ADVICE
    return Kind.DESCRIPTION if topics(text) else Kind.OTHER


def passages(text: str) -> tuple[tuple[str, ...], ...]:
    """Return what may have to be read together to find a rule, folded, narrowest first.

    Each sentence with its headings, each with the next one, and all below the same headings.
    """
    found = sentences(text)
    pairs = tuple(f"{one.passage} {two.passage}" for one, two in pairwise(found))
    below: dict[tuple[str, ...], list[str]] = {}
    for item in found:
        below.setdefault(item.heads, []).append(item.text)
    runs = tuple(fold(" ".join((*heads, *texts))) for heads, texts in below.items())
    return tuple(item.passage for item in found), pairs, runs


def topics(text: str) -> frozenset[str]:
    """Return the reasons of a level that a sentence speaks of."""
    return frozenset(name for name, found in _TOPICS.items() if re.search(found, fold(text)))
