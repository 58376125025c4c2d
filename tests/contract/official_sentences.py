"""The sentences of an official text: what each says, and what no fact of ours covers.

Owns how the text of a state is taken apart and set against the facts held. The words stay in the
raw files: what is told of them is counts, our own words, numbers of roads and names of places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from geo_app.restriction_terms import (
    PLACE_FORMS,
    ROAD_FORMS,
    WHOLE_PLACES,
    WHOLE_ROADS,
    Hours,
    Mode,
    Rule,
    Who,
    is_road_number,
    taken_apart,
)
from geo_app.restrictions import Restriction
from geo_app.states import NATION_CODE, fold, state

# ---------------------------------------------------------------------------- a text, taken apart


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
        return fold(" ".join((*self.heads, self.before, self.text)))


_END = re.compile(r"(?<=[.!?])(?<!U\.S\.)(?<!a\.m\.)(?<!Blvd\.)(?<! [A-Z]\.)\s+(?=[A-Z])")
_HEADED = re.compile(r"([^:.;]{3,130}?):\s+(?=\S)")
_LEVEL = re.compile(
    r"(do not travel|reconsider travel|exercise increased caution) (in mexico )?due to"
    r"|exercise normal precautions"
)
_RULE = re.compile(
    r"(employees?|government|travelers|they) (also )?(may|must|cannot|are (not|permitted)|have a curfew)"
    r"|employees should avoid the|\b(may not|prohibited|not allowed|permissible|permitted)\b"
    r"|\bmust (be|use|travel|rely|instead)\b|(is|are) (limited|restricted|required)|travel only"
    r"|^may |^travel (north|within)|via .* only|no .{0,20}restrictions|not restricted|only travel restr"
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


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of the text of one state, in order."""
    found: list[Sentence] = []
    group = title = ""
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
        is_title = not is_list and not re.search(r"\b(may|must|limited)\b", fold(head))
        group, title = ("", head) if is_title else (head, title)
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


_BACK = re.compile(r"\b(this|these|they|them|that route|both cities|the city|the airport)\b|daylight|^all (areas|towns)")


def _is_head(line: str, *, is_list: bool) -> bool:
    if line.rstrip().endswith(":"):
        return True
    is_bare = not re.search(r"[.!?]\W*$", line) and not line.startswith("The ")
    ends_list = not is_list or line.startswith("Travel between")
    return is_bare and len(line.split()) <= 12 and ends_list and ":" not in line


def _kind_of_head(text: str) -> Kind:
    """A heading that names ways, hours or, with an order, a place says a rule."""
    told = fold(text)
    words = any(re.search(found, told) for found in SAID_AS.values())
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


def topics(text: str) -> frozenset[str]:
    """Return the reasons of a level that a sentence speaks of."""
    return frozenset(name for name, found in _TOPICS.items() if re.search(found, fold(text)))


# ------------------------------------------------------------------------ what a sentence states

SAID_AS = {
    Mode.AIR: r"\bby air\b",
    Mode.SEA: r"\bor sea\b(?! terminal)",
    Mode.LAND: r"\bby land\b|\boverland\b",
    Mode.CAR: r"\bdrive\b",
    Mode.FOOT: r"\bon foot\b",
    Mode.DISPATCHED: r"dispatched vehicles",
    Mode.TAXI: r"taxi services",
    Mode.STREET_TAXI: r"(hail|wave down) taxis",
    Mode.BUS: r"public buses(?!.*private)",
    Mode.RIDE_APP: r"ride share applications|app based services",
    Mode.ARMORED: r"armored vehicle",
    Mode.DIRECT: r"\bdirect (travel|routes?)|\bdirectly (from|to|between)|most direct",
    Mode.TRANSIT: r"\bto transit\b",
    Mode.STAY: r"\bovernight (?!curfew)|stay overnight",
    Mode.STOP: r"stops permitted",
    Mode.OFFICIAL: r"official (business|travel)",
    Mode.AUTHORIZED: r"prior authorization",
    Mode.VIA_US: r"(via|through|from) the united states|via the u s only|u s side|nearest u s port",
    Hours.DAYLIGHT: r"daylight|daytime",
    Hours.AFTER_DARK: r"after dark",
    Hours.NIGHT_CURFEW: r"overnight curfew",
    Hours.ANY: r"at any time",
    "00:00-06:00": r"midnight to 6",
    "07:00-18:00": r"7am and 6pm",
    Who.TRAVELERS: r"^travelers may",
    "unvetted_rides": r"secure vetting",
    "kidnapping": r"danger of kidnapping",
    "crime": r"danger of .*crimes|possibility of violence",
    "security_risks": r"^due to security risks",
}
DOES = {
    Rule.NOT_ALLOWED: r"may not|cannot|not (allowed|permitted)|prohibited|should avoid|curfew|no overnight|are restricted",
    Rule.ONLY: r"\bonly (?!travel restrictions)|\bonly$|limited (to|radius)|restricted to|must remain within",
    Rule.MUST: r"\bmust\b(?! remain)|\brequired\b",
    Rule.ALLOWED: r"\bmay (also )?(travel|use|stay)|permitted|permissible|\bno\b.*restrictions|not restricted",
}
_ALSO_SAID_BY = {
    Rule.NOT_ALLOWED: {Rule.NOT_ALLOWED, Rule.ONLY},
    Rule.ONLY: {Rule.ONLY, Rule.MUST},
    Rule.MUST: {Rule.MUST, Rule.ONLY},
    Rule.ALLOWED: {Rule.ALLOWED, Rule.ONLY, Rule.MUST},
}
"""Rules that say the same: what is allowed here only is not allowed elsewhere."""

_NUMBERS = re.compile(
    r"(?:highways?|routes?|toll road|federal highways?)((?: (?:and|or|to)? ?\d+d?\b)+(?: and \d+d?\b)*)"
)
_WORD = re.compile(r"(?<!\w)[A-Z\u00c0-\u00dd][\w]*")
_NO_NAMES = frozenset(
    """a access additional advisory airport airports all also an and any are area areas as be border boulevard
    boundary bulevar by cannot city country de direct due e east eastern employees entry even exercise
    federal from government highway highways if in including international is isthmus its limits may
    mexican mexico municipalities municipality must no north northeast northern northwest nor of
    official only other others overland overnight port ports primary region road route s should south
    southeast southeastern southern southwest state station stations states street summary that the there
    these they this to toll town towns travel traveling travelers triangular u united us use via
    west western within control immigration military overlook police km
    arizona california gulf new ocean pacific texas uber cabify""".split()
)
"""Words with a capital that name no place of Mexico."""
_MISSPELT = {"franciso": "francisco", "hildago": "hidalgo", "guatemalan": "guatemala"}


def names_in(text: str) -> frozenset[str]:
    """Return the words of a text that are names, folded."""
    found = {word for item in _WORD.findall(text) for word in fold(item).split()}
    return frozenset(_MISSPELT.get(word, word) for word in found) - _NO_NAMES


@dataclass(frozen=True, slots=True)
class Stated:
    """What one sentence states, in our words."""

    names: frozenset[str]
    roads: frozenset[str]
    words: frozenset[str]
    """Ways, hours, reasons, and whom it binds where it is not the employees."""
    does: frozenset[Rule]


def stated(sentence: Sentence, code: str) -> Stated:
    """Return what a sentence states; its headings say where, not what."""
    told = fold(sentence.text)
    place = f"{sentence.title} {sentence.text}"
    own = set(fold(state(code).name_short).split()) if code != NATION_CODE else set()
    roads = {n for run in _NUMBERS.findall(fold(place)) for n in re.findall(r"\d+d?", run)}
    return Stated(
        names_in(place) - own,
        frozenset(roads),
        frozenset(str(word) for word, said in SAID_AS.items() if re.search(said, told)),
        frozenset(rule for rule, said in DOES.items() if re.search(said, told)),
    )


# -------------------------------------------------------------------------------- what is covered


class Cover(StrEnum):
    """How far the facts held say what a sentence says."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence that carries a rule, and what of it stands in no fact."""

    code: str
    sentence: Sentence
    missing: tuple[str, ...]
    count: int
    """Number of things stated."""

    @property
    def cover(self) -> Cover:
        """How far it is covered."""
        if not self.missing:
            return Cover.WHOLLY
        return Cover.PARTLY if len(self.missing) < self.count else Cover.NOT

    @property
    def is_limit(self) -> bool:
        """Whether what is missing is a limit, street by street."""
        return _LIMIT.search(fold(self.sentence.text)) is not None


_LIMIT = re.compile(r"boundar|bounded|corridor|\b(avenida|calle|boulevard|bulevar|plaza|river)\b|triangular|limited radius")


def covered(text: str, code: str, rules: Iterable[Restriction]) -> tuple[Covered, ...]:
    """Set each sentence of a state that carries a rule against the rules held."""
    held = tuple(rules)
    carry = (item for item in sentences(text) if item.kind is Kind.RULE)
    return tuple(
        _covered(item, code, held)
        for item in carry
        if not item.text.rstrip().endswith(":") or stated(item, code).names
    )


def _covered(sentence: Sentence, code: str, rules: tuple[Restriction, ...]) -> Covered:
    near = [rule for rule in rules if _is_near(rule, sentence, code)]
    names = {word for rule in near for name in names_of(rule) for word in fold(name).split()}
    said = {str(word) for rule in near for word in (*rule.mode, *rule.reason, rule.hours, rule.who)}
    does = {rule.rule for rule in near}
    asked = stated(sentence, code)
    missing = [
        *sorted(asked.names - names),
        *sorted(asked.roads - names),
        *sorted(asked.words - said),
        *sorted(str(rule) for rule in asked.does if not _ALSO_SAID_BY[rule] & does),
    ]
    count = sum(map(len, (asked.names, asked.roads, asked.words, asked.does)))
    if not count and not near:
        missing, count = ["no rule"], 1
    return Covered(code, sentence, tuple(missing), count)


def _is_near(rule: Restriction, sentence: Sentence, code: str) -> bool:
    """Whether a rule names a place or road of the sentence, or has none to name."""
    own = fold(state(code).name_short) if code != NATION_CODE else ""
    named = [name for name in map(fold, names_of(rule)) if name != own]
    wide = [place for place in rule.place if place in _WIDE]
    if any(re.search(_WIDE[place], sentence.passage) for place in wide):
        return True
    if not named:
        return not wide
    found = (_CALLED.get(name, rf"\b{name}\b") for name in named)
    return any(re.search(name, sentence.passage) for name in found)


_WIDE = {
    "rest of state": r"\b(other|additional) |no restrictions",
    "whole state": r"any area|\bno (specific )?(travel )?restrictions",
    "part of state": r"certain areas",
}
_CALLED = {"chihuahua city": r"city of chihuahua|chihuahua (city|airport)"}
_SPELT = {"DeConcini": "DeConcicini"}
"""Names that the text misspells."""


def names_of(rule: Restriction) -> Iterator[str]:
    """Yield the names of the places and roads of a rule, without our own words."""
    for place in rule.place:
        form, names = taken_apart(place)
        yield from (_bare(name) for name in (names if form not in WHOLE_PLACES else ()))
    yield from (_bare(road) for road in rule.road if road not in WHOLE_ROADS)


def _bare(name: str) -> str:
    for form in ROAD_FORMS:
        name = name.removeprefix(f"{form} ")
    return name
