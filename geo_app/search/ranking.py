"""The order of what a text matched, and whether the first of it is meant alone.

Owns the ranks: an airport by its three letters, states, our names, then people. Does not own how a
text matches (``index``) or how it is read (``query``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from geo_app.place_names import ABROAD_KINDS, Kind
from geo_app.search.index import Index, Match, Spelling
from geo_app.search.query import Reading

LEADING_FACTOR = 20
"""A town is meant alone where every other one of its name has this many times fewer people."""

WEIGHTS = {Kind.AIRPORT: 20_000, Kind.MUNICIPALITY: 5_000}
"""What ranks beside a town of so many people, where only a part of a name was typed."""

OUR_WEIGHT = 100_000
"""The same of our names: without it a hamlet would stand before a resort."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What one reading of a text matched in one way, the best first."""

    reading: Reading
    match: Match
    spellings: tuple[Spelling, ...]


def first_matches(index: Index, read: Sequence[Reading], ways: Sequence[Match]) -> Matches | None:
    """Return what the closest way matches; the first reading that has something decides."""
    every = (matches(index, reading, way) for way in ways for reading in read)
    return next((found for found in every if found.spellings), None)


def matches(index: Index, reading: Reading, match: Match) -> Matches:
    """Return what a reading matches in one way, the best first, each thing once."""
    look = {
        Match.EXACT: index.exact,
        Match.PREFIX: index.beginning,
        Match.WORDS: index.holding,
        Match.CORRECTED: index.resembling,
    }[match]
    scope = reading.scope
    inside = [item for item in look(reading.text) if not scope or scope & item.entry.scope]
    if match is Match.EXACT:
        inside.sort(key=_exact_rank)
    else:
        inside.sort(key=lambda item: _rank(item, reading.text))
    return Matches(reading, match, tuple(_once(inside)))


def is_meant_alone(ordered: Sequence[Spelling]) -> bool:
    """Say whether the first thing of a name is meant, though others bear the very same.

    A state stands before its towns, a well-known place abroad before villages, a large town before
    small ones. A name of ours never hides the places that are truly called so.
    """
    first, rest = ordered[0], [item.entry for item in ordered[1:]]
    kinds = {entry.kind for entry in rest}
    if not rest:
        return True
    if first.is_iata:
        return Kind.STATE not in kinds
    if first.entry.kind in ABROAD_KINDS:
        return not kinds & ABROAD_KINDS
    if first.entry.kind is Kind.STATE:
        return Kind.STATE not in kinds
    most = max(entry.population or 0 for entry in rest)
    people = first.entry.population or 0
    return kinds == {Kind.TOWN} and not first.is_ours and people >= LEADING_FACTOR * most > 0


def _exact_rank(item: Spelling) -> tuple[int, int]:
    entry = item.entry
    orders = (
        item.is_iata,
        entry.kind in ABROAD_KINDS,
        entry.kind is Kind.NATION,
        entry.kind is Kind.STATE,
        item.is_ours,
        True,
    )
    return orders.index(True), -(entry.population or 0)


def _rank(item: Spelling, text: str) -> tuple[bool, bool, bool, int, int]:
    entry = item.entry
    weight = entry.population or WEIGHTS.get(entry.kind, OUR_WEIGHT if item.is_ours else 0)
    return (
        entry.kind in ABROAD_KINDS,
        entry.kind not in (Kind.STATE, Kind.NATION),
        item.folded[:1] != text[:1],
        -weight,
        len(item.text),
    )


def _once(ordered: Collection[Spelling]) -> Iterator[Spelling]:
    """Yield each thing once, and of two lists' entries of one place the first.

    A municipality is left out beside its own town of the same name.
    """
    told: set[str] = set()
    covered = {
        (item.folded, f"mun:{item.entry.municipality_codes[0]}")
        for item in ordered
        if len(item.entry.municipality_codes) == 1 and item.entry.kind is not Kind.MUNICIPALITY
    }
    for item in ordered:
        code = item.entry.code
        if code in told or (item.folded, code) in covered:
            continue
        told.add(code)
        covered.add((item.folded, item.entry.place_code))
        yield item
