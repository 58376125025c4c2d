"""How a typed text is read: cleaned, as coordinates, or as a name with the state it lies in.

Owns the readings of a text. Does not own what each of them matches (``index``) nor which is
taken (``finding``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geo_app.place_names import Kind
from geo_app.search.index import Index, key

LONGEST = 100
"""Characters of a text that are read; no name with its state is longer."""

LONGEST_RAW = 20_000
"""Characters that are looked at for what can be seen among them."""

MOST_PARTS = 4
"""Parts between commas, and words of a state's name, that are read."""

WIDE_KINDS = frozenset({Kind.STATE, Kind.NATION, Kind.COUNTRY, Kind.REGION_ABROAD})
"""Kinds that stand after a name without a comma: "Mazatlán Sinaloa"."""

_HEMISPHERES = {"": 1, "N": 1, "E": 1, "S": -1, "W": -1, "O": -1}

_NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,12})?)\s?°?\s?"
_POINT = re.compile(rf"\(?{_NUMBER}([NS]?)\s?[,; ]\s?{_NUMBER}([EWO]?)\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a text: what is named, and where it is said to lie."""

    text: str
    """What is named, as ``search_index.key`` makes it."""
    scope: frozenset[str] = frozenset()
    """Codes of the states, or countries, in which it is said to lie; empty = not said."""
    is_loose: bool = False
    """Something of the text was left out or taken as misspelt."""
    is_end: bool = False
    """Only the end of the text was taken: "Street and number, Cancún"."""


def cleaned(text: str) -> tuple[str, bool]:
    r"""Return a text without invisible signs and double blanks, and whether it had to be cut.

    Examples
    --------
    >>> cleaned("  Puerto \t Vallarta\x00 ")
    ('Puerto Vallarta', False)
    """
    raw = text[:LONGEST_RAW]
    # Surrogates, marks of direction and the like can break a page or turn it round.
    if not raw.isprintable():
        raw = "".join(sign if sign.isprintable() else _blank(sign) for sign in raw)
    whole = " ".join(raw.split())
    return whole[:LONGEST].strip(), len(whole) > LONGEST or len(text) > LONGEST_RAW


def point_in(asked: str) -> tuple[float, float] | None:
    """Return the degrees north and east that a text is; None where it is no pair of numbers.

    The numbers may be off the globe.

    Examples
    --------
    >>> point_in("20.63, -87.08"), point_in("20.63° N 87.08° O"), point_in("Cancún")
    ((20.63, -87.08), (20.63, -87.08), None)
    """
    found = _POINT.fullmatch(asked)
    if not found:
        return None
    north, south, east, west = found.groups()
    return (
        float(north) * _HEMISPHERES[south.upper()] + 0.0,
        float(east) * _HEMISPHERES[west.upper()] + 0.0,
    )


def readings(index: Index, asked: str) -> tuple[Reading, ...]:
    """Return the ways to understand a text, the plainest first, each once."""
    whole = Reading(key(asked))
    parts = [part for part in map(key, re.split(r"[,;/()]", asked)) if part]
    every = [whole, *_by_words(index, whole.text)]
    if len(parts) > 1:
        by_parts = list(_by_parts(index, parts[:MOST_PARTS]))
        # Whoever wrote "San Nicolás, Hidalgo" means a place in Hidalgo before one of Oaxaca that
        # is called "San Nicolás Hidalgo" in full; brackets may be part of a name.
        every = [*by_parts, *every] if "," in asked else [*every, *by_parts]
    # A text that contradicts itself ("Cancún, Jalisco") may still be understood without its end.
    every += [Reading(item.text, is_loose=True) for item in every if item.scope]
    return tuple(dict.fromkeys(item for item in every if item.text))


def _blank(sign: str) -> str:
    """Return what stands for a sign that cannot be seen: nothing where it is inside a word."""
    return "" if unicodedata.category(sign) == "Cf" else " "


def _by_parts(index: Index, parts: Sequence[str]) -> Iterator[Reading]:
    """Read what stands after commas as where the first part lies, the longest name first."""
    for end in range(len(parts) - 1, 0, -1):
        scopes = [_scope(index, part) for part in parts[end:]]
        text = key(" ".join(parts[:end]))
        if all(scopes) and (scope := frozenset.intersection(*scopes)):
            yield Reading(text, scope)
    if not _scope(index, parts[-1]):
        near = [item.entry for item in index.resembling(parts[-1])]
        scope = _joined(entry.scope for entry in near if entry.kind is Kind.STATE)
        if scope:
            yield Reading(parts[0], scope, is_loose=True)
    yield Reading(parts[0], is_loose=True)
    yield Reading(parts[-1], is_loose=True, is_end=True)


def _by_words(index: Index, text: str) -> Iterator[Reading]:
    """Read the last words as a state or country: "Mazatlan Sinaloa", "Tulum Q. Roo Mexico"."""
    for rest, scope in _ends(index, text):
        yield Reading(rest, scope)
        for inner, narrower in _ends(index, rest):
            if both := scope & narrower:
                yield Reading(inner, both)


def _ends(index: Index, text: str) -> Iterator[tuple[str, frozenset[str]]]:
    words = text.split()
    for count in range(min(MOST_PARTS, len(words) - 1), 0, -1):
        rest, end = " ".join(words[:-count]), key(" ".join(words[-count:]))
        if scope := _scope(index, end, WIDE_KINDS):
            yield rest, scope


def _scope(index: Index, text: str, kinds: frozenset[Kind] = frozenset(Kind)) -> frozenset[str]:
    """Return where everything of a name lies, as codes of states or countries."""
    return _joined(item.entry.scope for item in index.exact(text) if item.entry.kind in kinds)


def _joined(scopes: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*scopes)
