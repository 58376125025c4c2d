"""Every fact on the sheet of a state stands in the official text of its issue.

For all 32 states of both issues whose texts lie beside the project, and with wrong facts, which
must be seen. Skipped where the texts are not found.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from typing import TypeVar

import pytest

from geo_app import advisories, restrictions
from geo_app.advisories import LEVEL_NAMES
from geo_app.restriction_terms import Hours, Mode, Rule, Who, taken_apart
from geo_app.restrictions import Restriction
from geo_app.states import NATION_CODE, code_of, fold, state_codes
from tests.contract.official_sentences import Kind, passages, sentences
from tests.contract.official_texts import TEXTS, rules_of, source, texts, variants
from tests.contract.official_words import DOES, facts, is_found

# ------------------------------------------------------------------------ the level and its reasons

Level = tuple[int, frozenset[str]]


def held(issued: str, code: str) -> Level:
    """Return level and reasons as the sheet has them."""
    level, _, reasons, _ = advisories.history().cells[date.fromisoformat(issued), code]
    return level or 0, frozenset(reasons or ())


PHRASES = {fold(name): level for level, name in LEVEL_NAMES.items()}
PHRASE = "|".join(LEVEL_NAMES.values())
HEADING = re.compile(
    rf"(?im)^(?:State of |Sate of )?([\w .()]+?)(?: state)? ?[:\u2013] ?({PHRASE})"
    rf"(?:\s+(?:{PHRASE}))?(?: due to ([^.]+))?\s*(?:\.|$)"
)
LISTED = re.compile(rf"(?i)^({PHRASE})(?: when traveling)? to:$")
ITEM = re.compile(r"(?i)^([\w ]+?)(?: state)*(?: ?due to ([^.]+))?\.?$")


@cache
def lines(issued: str) -> str:
    """Return a whole file without its marks, read apart from the importer."""
    text = source(f"samples/{TEXTS[issued]}").read_text(encoding="utf-8")
    if text.startswith("["):
        text = json.loads(text)[0]["Summary"]
    bare = re.sub(r"\]\([^)]*\)|\[|\*\*|</?(?:b|a|strong)\b[^>]*>", " ", html.unescape(text))
    cut = re.sub(r"<[^>]*>", "\n", bare).replace("\u00a0", " ")
    return "\n".join(" ".join(line.removeprefix("* ").split()) for line in cut.splitlines())


@cache
def stated(issued: str) -> dict[str, set[Level]]:
    """Return every level with its reasons that a file gives a state, by code."""
    names = {fold(name): code for name, code in variants()}
    found: dict[str, set[Level]] = {}
    for name, phrase, why in HEADING.findall(re.sub(r"\n+", "\n", lines(issued))):
        code = names.get(fold(f"State of {name}")) or code_of(name)
        found.setdefault(code, set()).add((PHRASES[fold(phrase)], reasons_in(why)))
    level = 0
    for line in filter(None, lines(issued).splitlines()):
        head, item = LISTED.match(line), ITEM.match(line)
        level = PHRASES[fold(head[1])] if head else level if item else 0
        if level and item and not head:
            found.setdefault(code_of(item[1]), set()).add((level, reasons_in(item[2] or "")))
    return found


def reasons_in(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"crime|kidnapping|terrorism", text))


@pytest.mark.parametrize("issued", TEXTS)
def test_the_level_and_the_reasons_of_the_32_states_stand_in_the_file(issued: str) -> None:
    absent = [code for code in state_codes() if held(issued, code) not in stated(issued)[code]]
    assert absent == []


@pytest.mark.parametrize("issued", TEXTS)
def test_another_level_or_a_reason_more_or_less_would_be_seen(issued: str) -> None:
    for code in state_codes():
        level, reasons = held(issued, code)
        others = {(other, reasons) for other in LEVEL_NAMES if other != level}
        others |= {(level, reasons ^ {reason}) for reason in ("terrorism", "unrest")}
        assert not others & stated(issued)[code], code


# ------------------------------------------------------------------------------------- the rules

CASES = [(issued, code) for issued in TEXTS for code in (NATION_CODE, *state_codes())]
READ_TOGETHER = {"one sentence": 0.9, "two sentences": 0.97, "below one heading": 1.0}
"""How much must be read together, and the share of rules that stand in no more than that."""


@cache
def passages_of(issued: str, code: str) -> tuple[tuple[str, ...], ...]:
    return passages(texts(issued)[code])


def stands(rule: Restriction, among: Iterable[str]) -> bool:
    """Whether one passage has each fact of a rule and says what the rule does."""
    needed = tuple(facts(rule))
    return any(
        re.search(DOES[rule.rule], passage) and all(is_found(fact, passage) for fact in needed)
        for passage in among
    )


def width(rule: Restriction, issued: str, code: str) -> int | None:
    """Return how much must be read together to find a rule; None where it is not found."""
    found = passages_of(issued, code)
    return next((wide for wide, among in enumerate(found) if stands(rule, among)), None)


@pytest.mark.parametrize(("issued", "code"), CASES)
def test_every_rule_with_all_its_facts_stands_in_one_passage(issued: str, code: str) -> None:
    held_rules = rules_of(issued, code)
    assert [rule.cells() for rule in held_rules if width(rule, issued, code) is None] == []


@pytest.mark.parametrize("issued", TEXTS)
def test_most_rules_stand_in_a_single_sentence(issued: str) -> None:
    found = [
        width(rule, issued, code)
        for day, code in CASES
        if day == issued
        for rule in rules_of(day, code)
    ]
    for wide, least in enumerate(READ_TOGETHER.values()):
        assert sum(item is not None and item <= wide for item in found) >= least * len(found)


# -------------------------------------------------------------------------------- facts that lie

Wrong = tuple[str, Restriction]
Item = TypeVar("Item", bound=str)


def wrong(rule: Restriction, others: tuple[Restriction, ...]) -> Iterator[Wrong]:
    """Yield a rule with one fact changed for another one of the same kind.

    Places and roads are those of other rules of the state, the hardest to tell apart.
    """
    names = {name for other in others for item in other.place for name in taken_apart(item)[1]}
    roads = {road for other in others for road in other.road}
    for item in rule.place:
        for old, new in product(taken_apart(item)[1], names):
            if not any(new in place for place in rule.place):
                yield (
                    "place",
                    replace(rule, place=swapped(rule.place, item, item.replace(old, new))),
                )
    for old, new in product(rule.road, roads - set(rule.road)):
        yield "road", replace(rule, road=swapped(rule.road, old, new))
    for old, new in product(rule.mode, set(Mode) - set(rule.mode)):
        yield "mode", replace(rule, mode=swapped(rule.mode, old, new))
    for old, new in product(rule.reason, restrictions.REASONS - set(rule.reason)):
        yield "reason", replace(rule, reason=swapped(rule.reason, old, new))
    for hours in {*map(str, Hours), "00:00-06:00", "07:00-18:00"} - {rule.hours}:
        yield "hours", replace(rule, hours=hours)
    yield from (("who", replace(rule, who=who)) for who in Who if who is not rule.who)
    yield from (("rule", replace(rule, rule=does)) for does in OPPOSITE[rule.rule])


def swapped(items: tuple[Item, ...], old: Item, new: Item) -> tuple[Item, ...]:
    return tuple(new if item == old else item for item in items)


OPPOSITE = {
    Rule.ALLOWED: (Rule.NOT_ALLOWED, Rule.MUST),
    Rule.NOT_ALLOWED: (Rule.ALLOWED, Rule.MUST, Rule.ONLY),
    Rule.ONLY: (Rule.NOT_ALLOWED,),
    Rule.MUST: (Rule.NOT_ALLOWED,),
}
"""What a rule does not say; what is allowed only here or in this way is also allowed."""

REFUSED = {
    "place": 0.8,
    "road": 0.9,
    "mode": 0.95,
    "hours": 0.95,
    "reason": 1.0,
    "who": 0.95,
    "rule": 0.8,
}
"""Least share of wrong facts that is refused. The rest stand in the same sentence as the right one:
a town for another of one list, a taxi for the app that must be taken in its place.
"""


@cache
def judged() -> Counter[tuple[str, bool]]:
    """Count the wrong facts by kind and whether they are refused."""
    found: Counter[tuple[str, bool]] = Counter()
    for issued, code in CASES:
        for rule in rules_of(issued, code):
            among = passages_of(issued, code)[width(rule, issued, code) or 0]
            for kind, other in wrong(rule, rules_of(issued, code)):
                found[kind, not stands(other, among)] += 1
    return found


@pytest.mark.parametrize("kind", REFUSED)
def test_a_wrong_fact_of_this_kind_is_refused(kind: str) -> None:
    refused, taken = judged()[kind, True], judged()[kind, False]
    assert refused + taken >= 20
    assert refused / (refused + taken) >= REFUSED[kind], f"{taken} of {refused + taken} taken"


FOREIGN = {
    "place": {"place": ("Cozumel",)},
    "road": {"road": ("99D",)},
    "port of entry": {"road": ("port of entry Calexico",)},
}


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("issued", TEXTS)
def test_a_place_or_road_that_no_text_of_a_state_has_is_refused(issued: str, kind: str) -> None:
    for code in (NATION_CODE, *state_codes()):
        everything = (fold(texts(issued)[code]),)
        for rule in rules_of(issued, code):
            changed = {name: (*getattr(rule, name), *more) for name, more in FOREIGN[kind].items()}
            assert not stands(replace(rule, **changed), everything)


# ------------------------------------------------------------------------- states without a limit


def carried(issued: str, code: str) -> list[str]:
    return [fold(item.text) for item in sentences(texts(issued)[code]) if item.kind is Kind.RULE]


@pytest.mark.parametrize("issued", TEXTS)
def test_a_state_without_a_rule_has_no_sentence_that_gives_one(issued: str) -> None:
    silent = [code for code in state_codes() if not rules_of(issued, code)]
    assert silent == [code for code in state_codes() if not carried(issued, code)]


def test_the_states_whose_text_gives_no_rule() -> None:
    silent = {
        (issued, code) for issued in TEXTS for code in state_codes() if not rules_of(issued, code)
    }
    assert silent == {("2025-08-12", "23"), ("2025-08-12", "29")}


@pytest.mark.parametrize("issued", TEXTS)
def test_where_nothing_is_forbidden_the_text_says_so_and_no_more(issued: str) -> None:
    free = [
        code
        for code in state_codes()
        if {rule.rule for rule in rules_of(issued, code)} == {Rule.ALLOWED}
    ]
    said = [text for code in free for text in carried(issued, code)]
    assert len(free) >= 15
    assert [text for text in said if not re.search(r"\bno (\w+ ){0,2}restrictions", text)] == []
    assert [text for text in said for rule in FORBIDS if re.search(DOES[rule], text)] == []


FORBIDS = (Rule.NOT_ALLOWED, Rule.ONLY, Rule.MUST)


@pytest.mark.parametrize("issued", TEXTS)
def test_a_limit_that_no_rule_has_would_be_seen(issued: str) -> None:
    added = "U.S. government employees may not travel to Cozumel."
    for code in state_codes():
        assert sentences(f"{texts(issued)[code]}\n{added}")[-1].kind is Kind.RULE, code
