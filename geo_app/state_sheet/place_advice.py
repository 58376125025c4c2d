"""What the texts say of one place by its name: rules that name it, exceptions that name it.

A level is that of a whole state, while a traveller goes to a town; so what names the town comes
first. Owns which rules and exceptions name a place. What names it in another way (a road, a part of
the state) is not worked out. Does not own the rules, the levels (``advice``) or the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo_app.advisories import Advice
from geo_app.place_names import Kind
from geo_app.restriction_terms import Who
from geo_app.restriction_words import sentence
from geo_app.restrictions import Restriction
from geo_app.routes import stops
from geo_app.routes.rules import plain, sorted_rules
from geo_app.search import finding
from geo_app.search.found import Hit
from geo_app.state_sheet.advice import ForeignLine
from geo_app.states import fold
from geo_app.text import Words

SHORTEST_HEAD = 5
"""Letters from which the beginning of a name stands for it."""


@dataclass(frozen=True, slots=True)
class PlaceBlock:
    """What names a place."""

    title: str
    lines: tuple[str, ...]
    """A sentence a rule or exception; what is not known or names it not is said too."""
    note: str
    """What the block does not say."""


def about(
    hit: Hit, advice: Advice, foreign: Sequence[ForeignLine], say: Words
) -> PlaceBlock | None:
    """Say which rules and exceptions name a place.

    Parameters
    ----------
    hit
        The place that was looked for.
    advice
        The US advice for its state.
    foreign
        What other governments say of its state.
    say
        The words of a language.

    Returns
    -------
    PlaceBlock or None
        None for a state: all of its sheet is about it.
    """
    if hit.kind in (Kind.STATE, Kind.NATION):
        return None
    names = _names(hit)
    lines = [*_us(hit, names, advice, say), *_foreign(names, foreign, say)]
    return PlaceBlock(
        say("place_title", {"name": hit.name}), tuple(lines), say("place_note", {"name": hit.name})
    )


def _names(hit: Hit) -> tuple[str, ...]:
    """Return the names under which a text may speak of a place; of an airport, of its town too."""
    town = hit.municipality_names if hit.kind is Kind.AIRPORT else ()
    usual = stops.stop(hit.place_code).spellings if hit.place_code and hit.state_codes else ()
    full = dict.fromkeys((hit.name, *finding.spellings(hit.code), *town, *usual))
    shorter = [part for name in full for part in _shorter(name, hit)]
    return tuple(dict.fromkeys(name for name in (*full, *shorter) if name))


def _shorter(name: str, hit: Hit) -> Iterator[str]:
    """Yield a name without what only lists add: "Acapulco Airport", "Taxco de Alarcón"."""
    bare = re.sub(r"\s*\(.*?\)", "", name)
    yield bare
    yield re.sub(r"^Aeropuerto de |^Puerto (?=\w{5})| Airport$", "", bare)
    head, _, rest = bare.partition(" de ")
    # What another place of the state is called in full is not short for this one.
    if rest and len(head) >= SHORTEST_HEAD and not finding.is_called(head, hit):
        yield head


def _us(hit: Hit, names: Sequence[str], advice: Advice, say: Words) -> Iterator[str]:
    if advice.restrictions is None:
        yield say("place_us_unknown")
        return
    found = sorted_rules(advice.restrictions, (), names, (*hit.municipality_names, *names))
    issue = {"date": say.date(advice.last_stated), "name": hit.name}
    if not found.place_rules:
        yield say("place_us_none", issue)
    told: set[Restriction] = set()
    groups = (
        ("place_us", found.place_rules),
        ("place_us_state", found.state_rules),
        ("place_us_part", found.part_rules),
    )
    for key, rules in groups:
        for rule in rules:
            if rule not in told:
                told.add(rule)
                own = "place_us_all" if rule.who is Who.TRAVELERS else key
                yield say(own, {**issue, "rule": sentence(rule, say)})


def _foreign(names: Sequence[str], foreign: Sequence[ForeignLine], say: Words) -> Iterator[str]:
    silent, unknown = [], []
    for line in foreign:
        named = [item for item in line.places if _is_named(item, names)]
        if named:
            level = line.meaning or line.level
            parts = {"issuer": line.issuer, "level": level, "scope": line.scope}
            told = {"places": "; ".join(named), "dates": line.dates}
            yield say("place_foreign", {**parts, **told})
        elif line.dates:
            silent.append(line.issuer)
        else:
            unknown.append(line.issuer)
    if silent:
        yield say("place_foreign_none", {"issuers": say.listed(silent)})
    if unknown:
        yield say("place_foreign_unknown", {"issuers": say.listed(unknown)})


def _is_named(text: str, names: Sequence[str]) -> bool:
    """Whether one of the names stands in a text as words of its own."""
    words_of = f" {re.sub(r'[^a-z0-9]+', ' ', fold(text))} "
    return any(f" {plain(name)} " in words_of for name in names)
