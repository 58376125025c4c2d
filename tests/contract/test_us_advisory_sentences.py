"""What the official texts say that no fact of ours covers, sentence by sentence.

Both issues whose texts lie beside the project, all 32 states and what stands before them. Run with
``-s`` to read what is left out. Skipped where the texts are not found.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date
from functools import cache

import pytest

from geo_app import advisories
from geo_app.restriction_terms import Rule
from geo_app.restrictions import Restriction
from geo_app.states import NATION_CODE, fold, state, state_codes
from tests.contract.official_cover import Cover, Covered, Left, covered
from tests.contract.official_sentences import Kind, Sentence, sentences, topics
from tests.contract.official_texts import TEXTS, rules_of, texts
from tests.contract.official_words import DOES, names_in

CODES = (NATION_CODE, *state_codes())


@cache
def compared(issued: str) -> tuple[Covered, ...]:
    """Return the sentences of an issue that carry a rule, set against the facts held."""
    return tuple(
        item
        for code in CODES
        for item in covered(texts(issued)[code], code, rules_of(issued, code))
    )


@cache
def told(issued: str) -> tuple[tuple[str, Sentence], ...]:
    return tuple((code, item) for code in CODES for item in sentences(texts(issued)[code]))


def report(issued: str) -> str:
    """Say what is covered, and list the rest in our words and by names."""
    found = compared(issued)
    covers = Counter(item.cover for item in found)
    kinds = Counter(item.kind for _, item in told(issued))
    left = Counter(item.left for item in found if item.missing)
    rows = [
        f"  {place(item.code)}: {item.cover}, {item.left}: {', '.join(item.missing)}"
        for item in found
        if item.missing
    ]
    stated = sum(item.count for item in found)
    missing = sum(len(item.missing) for item in found)
    return "\n".join(
        [
            f"US advisory {issued}: {sum(kinds.values())} sentences and headings ({listed(kinds)})",
            f"{len(found)} carry a rule: {listed(covers)}",
            (
                f"{share(issued):.1%} wholly covered, {share(issued, Left.LIMIT):.1%} of those that"
                " draw no limit"
            ),
            f"{stated - missing} of {stated} names, roads, ways, hours, reasons and orders covered",
            f"left out: {listed(left)}",
            *rows,
        ]
    )


def place(code: str) -> str:
    return f"{code} {state(code).name_short}" if code != NATION_CODE else "the country"


def say(text: str) -> None:
    """Write what ``-s`` lets through."""
    sys.stdout.write(f"\n{text}\n")


def listed(counts: Counter[Kind] | Counter[Cover] | Counter[Left]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def share(issued: str, *without: Left) -> float:
    """Return the share of the sentences with a rule that are wholly covered."""
    found = [item for item in compared(issued) if not item.missing or item.left not in without]
    return sum(item.cover is Cover.WHOLLY for item in found) / len(found)


# ------------------------------------------------------------------------------ what is covered

LEAST = {"2024-09-06": (95, 0.90, 0.96), "2025-08-12": (140, 0.77, 0.96)}
"""Sentences that carry a rule, share of them wholly covered, the same without drawn limits."""


@pytest.mark.parametrize("issued", TEXTS)
def test_so_much_of_what_a_text_rules_is_in_our_facts(issued: str) -> None:
    say(report(issued))
    number, least, without_limits = LEAST[issued]
    assert len(compared(issued)) >= number
    assert share(issued) >= least
    assert share(issued, Left.LIMIT) >= without_limits


LEFT_OUT = {
    ("2024-09-06", "08", "abraham, gonzalez"),
    ("2024-09-06", "08", "fierro, general, roberto, villalobos"),
    ("2024-09-06", "14", "metropolitan"),
    ("2025-08-12", "02", "security_risks"),
    ("2025-08-12", "05", "boquillas, carmen"),
    ("2025-08-12", "08", "security_risks"),
    ("2025-08-12", "14", "metropolitan"),
}


def test_what_is_left_out_beside_drawn_limits_is_known_one_by_one() -> None:
    found = {
        (issued, item.code, ", ".join(item.missing))
        for issued in TEXTS
        for item in compared(issued)
        if item.missing and item.left is not Left.LIMIT
    }
    assert found == LEFT_OUT


@pytest.mark.parametrize("issued", TEXTS)
def test_a_drawn_limit_that_is_left_out_stands_in_a_state_with_a_rule_of_a_part(
    issued: str,
) -> None:
    forms = ("part of", "bounded by", "north of", "south of")
    for code in {
        item.code for item in compared(issued) if item.missing and item.left is Left.LIMIT
    }:
        places = [place for rule in rules_of(issued, code) for place in rule.place]
        assert any(place.startswith(forms) for place in places), code


@pytest.mark.parametrize("issued", TEXTS)
def test_of_no_state_are_all_rules_left_out(issued: str) -> None:
    wholly = {item.code for item in compared(issued) if item.cover is Cover.WHOLLY}
    carry = {item.code for item in compared(issued)}
    assert carry - wholly == set()


# ------------------------------------------------------------------------ every sentence is heard


@pytest.mark.parametrize("issued", TEXTS)
def test_every_sentence_is_of_a_known_kind(issued: str) -> None:
    assert [item.text for _, item in told(issued) if item.kind is Kind.OTHER] == []


@pytest.mark.parametrize("issued", TEXTS)
def test_no_order_hides_in_a_sentence_of_another_kind(issued: str) -> None:
    order = "|".join(DOES[rule] for rule in (Rule.NOT_ALLOWED, Rule.MUST))
    assert [
        item.text
        for _, item in told(issued)
        if item.kind not in (Kind.RULE, Kind.HEAD) and re.search(order, fold(item.text))
    ] == []


@pytest.mark.parametrize("issued", TEXTS)
def test_every_word_of_a_text_is_in_one_sentence(issued: str) -> None:
    for code in CODES:
        parts = " ".join(item.text for item in sentences(texts(issued)[code]))
        assert fold(parts).split() == fold(texts(issued)[code]).split(), code


@pytest.mark.parametrize("issued", TEXTS)
def test_every_name_in_a_heading_is_in_a_fact_of_its_state(issued: str) -> None:
    absent = []
    for code, item in told(issued):
        if item.kind is Kind.HEAD and code != NATION_CODE:
            words = {w for rule in rules_of(issued, code) for w in fold(str(rule.cells())).split()}
            own = set(fold(state(code).name_short).split())
            absent += [(code, name) for name in names_in(item.text) - words - own]
    assert absent == []


# -------------------------------------------------------------------- what the level's reasons say

DESCRIBED = {"2024-09-06": 0.9, "2025-08-12": 0.95}


@pytest.mark.parametrize("issued", TEXTS)
def test_what_a_text_says_of_crime_is_in_the_reasons_of_the_level(issued: str) -> None:
    spoken = beyond = 0
    for code, item in told(issued):
        if item.kind is Kind.DESCRIPTION and topics(item.text) and code != NATION_CODE:
            held = advisories.history().cells[date.fromisoformat(issued), code][2] or ()
            spoken += 1
            beyond += bool(topics(item.text) - set(held))
    say(f"US advisory {issued}: {spoken - beyond} of {spoken} descriptions in the reasons")
    assert spoken >= 60
    assert 1 - beyond / spoken >= DESCRIBED[issued]


# ------------------------------------------------------------------------- a fact that goes missing


def lost(issued: str, code: str, rules: tuple[Restriction, ...]) -> int:
    return sum(len(item.missing) for item in covered(texts(issued)[code], code, rules))


@pytest.mark.parametrize("issued", TEXTS)
def test_a_rule_taken_away_is_missed(issued: str) -> None:
    unseen = number = 0
    for code in CODES:
        held = rules_of(issued, code)
        for rule in held:
            rest = tuple(item for item in held if item is not rule)
            number += 1
            unseen += lost(issued, code, rest) == lost(issued, code, held)
    say(f"US advisory {issued}: {number - unseen} of {number} rules are missed when taken away")
    assert 1 - unseen / number >= 0.9


@pytest.mark.parametrize("issued", TEXTS)
def test_without_any_fact_nothing_is_covered(issued: str) -> None:
    found = [item for code in CODES for item in covered(texts(issued)[code], code, ())]
    assert {item.cover for item in found} == {Cover.NOT}
