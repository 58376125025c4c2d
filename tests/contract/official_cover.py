"""What the sentences of an official text state, and what of it stands in no fact of ours.

Owns the comparison. What is told of a sentence is counts, our own words, numbers of roads and
names of places, never its wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from geo_app.restriction_terms import ROAD_FORMS, WHOLE_PLACES, WHOLE_ROADS, Rule, taken_apart
from geo_app.restrictions import Restriction
from geo_app.states import NATION_CODE, fold, state
from tests.contract.official_sentences import Kind, Sentence, sentences
from tests.contract.official_words import DOES, FORMS, SAID_AS, names_in, roads_in

_ALSO_SAID_BY = {
    Rule.NOT_ALLOWED: {Rule.NOT_ALLOWED, Rule.ONLY},
    Rule.ONLY: {Rule.ONLY, Rule.MUST},
    Rule.MUST: {Rule.MUST, Rule.ONLY},
    Rule.ALLOWED: {Rule.ALLOWED, Rule.ONLY, Rule.MUST},
}
"""Rules that say the same: what is allowed here only is not allowed elsewhere."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What one sentence states, in our words."""

    names: frozenset[str]
    roads: frozenset[str]
    words: frozenset[str]
    """Ways, hours, reasons, and whom it binds where it is not the employees."""
    does: frozenset[Rule]


@cache
def stated(sentence: Sentence, code: str) -> Stated:
    """Return what a sentence states; its headings say where, not what."""
    told = fold(sentence.text)
    place = f"{sentence.title} {sentence.text}"
    own = set(fold(state(code).name_short).split()) if code != NATION_CODE else set()
    return Stated(
        names_in(place) - own,
        roads_in(fold(place)),
        frozenset(str(word) for word, said in (SAID_AS | FORMS).items() if re.search(said, told)),
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
    def left(self) -> Left:
        """What kind of thing no fact has."""
        text = fold(self.sentence.text)
        if set(self.missing) == {"security_risks"}:
            return Left.REASON
        if re.search(r"officially called|metropolitan", text):
            return Left.NAME
        return Left.LIMIT if _LIMIT.search(text) else Left.PLACE


class Left(StrEnum):
    """What no fact has."""

    LIMIT = "a limit, street by street or along a line"
    NAME = "a second or wider name of a place that a fact has"
    REASON = "a reason that says only that there are risks"
    PLACE = "a place"


_LIMIT = re.compile(
    r"boundar|bounded|corridor|\b(avenida|calle|boulevard|bulevar|plaza|river)\b|triangular"
    r"|limited radius"
)


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
    near = [rule for rule in rules if _share(rule, sentence, code, tuple(names_of(rule))) > 0]
    # What is said of the road from one town to the next is not said of the town.
    close = [rule for rule in near if _share(rule, sentence, code, _place_names(rule)) > 0.5]
    names = {word for rule in near for name in names_of(rule) for word in fold(name).split()}
    said = {str(word) for rule in close for word in _words(rule)}
    does = {rule.rule for rule in close}
    asked = stated(sentence, code)
    missing = [
        *sorted(asked.names - names),
        *sorted(asked.roads - names),
        *sorted(asked.words - said),
        *sorted(str(rule) for rule in asked.does if not _ALSO_SAID_BY[rule] & does),
    ]
    count = sum(map(len, (asked.names, asked.roads, asked.words, asked.does)))
    if not count:
        missing, count = ["what it says"], 1
    return Covered(code, sentence, tuple(missing), count)


def _words(rule: Restriction) -> Iterator[str]:
    """Yield ways, hours, reasons, whom it binds and our own words of places and roads."""
    yield from (*rule.mode, *rule.reason, rule.hours, rule.who)
    yield from (taken_apart(place)[0] for place in rule.place)
    yield from (road for road in rule.road if road in WHOLE_ROADS)
    yield from ("airport of" for place in rule.place if "Airport" in place)


def _place_names(rule: Restriction) -> tuple[str, ...]:
    """Return what a sentence must name: the places, without those that lie in the first one."""
    form, names = taken_apart(rule.place[0]) if rule.place else ("", ())
    is_with_parts = form and not any(taken_apart(place)[0] for place in rule.place[1:])
    if form and form not in WHOLE_PLACES and is_with_parts:
        return tuple(_bare(name) for name in names)
    return tuple(names_of(replace(rule, road=()) if rule.place else rule))


@cache
def _share(rule: Restriction, sentence: Sentence, code: str, names: tuple[str, ...]) -> float:
    """Return the share of names of a rule that a sentence has; 1 where there is none to have."""
    own = fold(state(code).name_short) if code != NATION_CODE else ""
    named = [name for name in map(fold, names) if name != own]
    wide = [place for place in rule.place if place in _WIDE]
    if any(re.search(_WIDE[place], sentence.passage) for place in wide):
        return 1
    if not named:
        return 0 if wide else 1
    found = (_CALLED.get(name, rf"\b{name}\b") for name in named)
    return sum(re.search(name, sentence.passage) is not None for name in found) / len(named)


_WIDE = {
    "rest of state": r"\b(other|additional) |no restrictions",
    "whole state": r"any area|\bno (specific )?(travel )?restrictions",
    "part of state": r"certain areas",
    "east and south of state": r"eastern and southern",
    "between cities": r"between (mexican border )?cities",
    "between border and interior": r"border .*interior",
    "factories": r"factories",
}
_CALLED = {
    "chihuahua city": r"city of chihuahua|chihuahua (city|airport)",
    "deconcini": "deconcicini",
}


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
