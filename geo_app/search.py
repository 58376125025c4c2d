"""Find a place: what a text that somebody typed may mean, with its state and municipality.

Owns how a text is read (a name, a name with its state, three letters of an airport, coordinates),
the order of what is found, and what is told of it: a typing error is forgiven and always shown,
two places of one name stay two, and a place outside Mexico is said to be there. Does not own the
spellings (``search_entries``), the match of one (``search_index``) or the words of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process

from geo_app import places, search_entries
from geo_app.errors import BadRequest
from geo_app.place_names import ABROAD_KINDS, Kind
from geo_app.records import Bilingual
from geo_app.search_index import Entry, Index, Match, Spelling, key
from geo_app.search_query import Reading, cleaned, point_in, readings
from geo_app.states import fold

MOST_HITS = 8
"""Hits that are shown; how many more there are is told."""

LEADING_FACTOR = 20
"""A town is meant alone where every other one of its name has this many times fewer people."""

LONGEST_CODE = 100
"""Characters of a code that are read."""

_WEIGHTS = {Kind.AIRPORT: 20_000, Kind.MUNICIPALITY: 5_000}
_OUR_WEIGHT = 100_000


class Outcome(StrEnum):
    """What became of a text."""

    ONE = "one"
    """One place is meant; ``others`` may have the same or a longer name."""
    SEVERAL = "several"
    """Several places may be meant: the reader chooses."""
    CORRECTED = "corrected"
    """Nothing has this name; the hits are called nearly so and are not what was typed."""
    OUTSIDE = "outside"
    """What is meant lies outside Mexico, or the point in the sea; ``others`` lie in Mexico."""
    EMPTY = "empty"
    NOTHING = "nothing"
    """No place that we know is called so."""
    TOO_LONG = "too_long"
    """The text was cut; the hits are of its beginning."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that may be meant."""

    code: str
    """Its code for an address; see ``place_by_code``."""
    kind: Kind
    name: str
    """Its name in the language of the page."""
    municipality_names: tuple[str, ...]
    """Official names of the municipalities in which it lies; empty where they are not known."""
    state_codes: tuple[str, ...]
    """States in which it lies; empty for the nation, abroad, and a point in the sea."""
    municipality_codes: tuple[str, ...]
    """In the order of ``municipality_names``."""
    place_code: str
    """The place of ``places`` that it is; empty where it is none or more than one."""
    population: int | None
    """Inhabitants of a town as its list gives them, of no stated year; None = not known."""
    iata: str
    point: tuple[float, float] | None
    """Degrees north and east (WGS 84); None where only the area is known."""
    country: str
    """ISO 3166-1 code; empty where not known, as of a point in the sea."""
    country_name: str
    """Name of the country abroad; empty in Mexico and where not known."""
    via: str
    """The name that matched, which may be another than ``name``; empty where none was asked."""
    match: Match

    @property
    def state_code(self) -> str:
        """The state in which it lies; empty where it lies in none or in several."""
        return self.state_codes[0] if len(self.state_codes) == 1 else ""

    @property
    def municipality_code(self) -> str:
        """The municipality in which it lies; empty where that is not known or several."""
        return self.municipality_codes[0] if len(self.municipality_codes) == 1 else ""

    @property
    def other_municipality(self) -> str:
        """The name of its one municipality where that is another name: Cancún's, Benito Juárez."""
        names = self.municipality_names
        return names[0] if len(names) == 1 and fold(names[0]) != fold(self.name) else ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may mean."""

    asked: str
    """The text without what cannot be seen, cut at ``search_query.LONGEST``; it may hold any other sign."""
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    """What may be meant, the best first, at most ``MOST_HITS``; one where the outcome is ONE."""
    others: tuple[Hit, ...] = ()
    """What else has that name or a longer one, as far as there is room."""
    left_out: int = 0
    """Places that match as the hits do and are not shown."""
    did_you_mean: str = ""
    """The first hit's name that resembles the text; empty where nothing was corrected."""

    @property
    def is_corrected(self) -> bool:
        """Whether the hits are not what was typed."""
        return bool(self.did_you_mean)


def find(text: str, lang: str = "en") -> Found:
    """Say what a text may mean.

    Parameters
    ----------
    text
        What somebody typed: anything at all.
    lang
        "en" or "es", the language of the names; names are understood in both.

    Raises
    ------
    TableInvalid, ShapesInvalid, HashMismatch
        If our own lists or shapes are not right; no text raises.

    Examples
    --------
    >>> found = find("pvr")
    >>> found.outcome.value, found.hits[0].iata, found.hits[0].state_code
    ('one', 'PVR', '14')
    >>> found = find("Mazatlna")
    >>> found.outcome.value, found.did_you_mean, found.hits[0].state_code
    ('corrected', 'Mazatlán', '25')
    """
    asked, is_cut = cleaned(text)
    if not asked:
        return Found("", Outcome.EMPTY)
    point = point_in(asked)
    if point:
        return _at(point, asked, lang)
    index = search_entries.load()
    read = readings(index, asked)
    strict = [item for item in read if not item.is_loose]
    loose = [item for item in read if item.is_loose]
    found = _first(index, strict, (Match.EXACT, Match.PREFIX, Match.WORDS))
    if is_cut:
        hits = found.hits(index, lang) if found else ()
        return Found(asked, Outcome.TOO_LONG, hits[:MOST_HITS], left_out=_beyond(hits))
    if found:
        return _told(asked, index, found, lang)
    found = (
        _first(index, loose, (Match.EXACT,))
        or _first(index, strict, (Match.CORRECTED,))
        or _first(index, loose, (Match.CORRECTED,))
    )
    if not found:
        return Found(asked, Outcome.NOTHING)
    hits = found.hits(index, lang)
    return Found(
        asked, Outcome.CORRECTED, hits[:MOST_HITS], (), _beyond(hits), did_you_mean=hits[0].via
    )


def place_by_code(code: str, lang: str = "en") -> Hit:
    """Return the place of a code, as it stands in an address.

    Parameters
    ----------
    code
        ``state:25``, ``state:00`` (the nation), ``mun:23005``, ``geonames:3531673``,
        ``icao:MMUN``, ``name:punta-mita`` (our list), ``abroad:san-diego``,
        ``point:20.63,-87.08``.
    lang
        "en" or "es", the language of its name.

    Raises
    ------
    BadRequest
        If nothing has that code; the message suggests the nearest ones.

    Examples
    --------
    >>> place_by_code("geonames:3531673").other_municipality
    'Benito Juárez'
    """
    index = search_entries.load()
    point = point_in(code.removeprefix("point:")) if code.startswith("point:") else None
    if point and places.is_point(*point):
        return _hit(index, Spelling(_point_entry(point), ""), Match.EXACT, lang)
    entry = index.by_code.get(code)
    if entry:
        return _hit(index, Spelling(entry, ""), Match.EXACT, lang)
    short = code[:LONGEST_CODE]
    near = [text for text, _, _ in process.extract(short, list(index.by_code), limit=3)]
    message = "no place has this code"
    raise BadRequest(message, got=repr(short), fix=f"did you mean {' or '.join(near)}?")


@dataclass(frozen=True, slots=True)
class _Matches:
    """What one reading of a text matched in one way, the best first."""

    reading: Reading
    match: Match
    spellings: tuple[Spelling, ...]

    def hits(self, index: Index, lang: str) -> tuple[Hit, ...]:
        return tuple(_hit(index, item, self.match, lang) for item in self.spellings)


def _first(index: Index, read: Sequence[Reading], ways: Sequence[Match]) -> _Matches | None:
    """Return what the closest way matches; the first reading that has something decides."""
    every = (_matches(index, reading, way) for way in ways for reading in read)
    return next((found for found in every if found.spellings), None)


def _matches(index: Index, reading: Reading, match: Match) -> _Matches:
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
    return _Matches(reading, match, tuple(_once(inside)))


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
    # Our names have no people of their own; without a weight a hamlet would stand before a resort.
    weight = entry.population or _WEIGHTS.get(entry.kind, _OUR_WEIGHT if item.is_ours else 0)
    return (
        entry.kind in ABROAD_KINDS,
        entry.kind not in (Kind.STATE, Kind.NATION),
        key(item.text)[:1] != text[:1],
        -weight,
        len(item.text),
    )


def _once(ordered: Sequence[Spelling]) -> Iterator[Spelling]:
    """Yield each thing once, and of two lists' entries of one place the first.

    A municipality is left out beside its own town of the same name.
    """
    told: set[str] = set()
    covered: set[tuple[str, str]] = set()
    towns = {
        (key(item.text), f"mun:{item.entry.municipality_codes[0]}")
        for item in ordered
        if len(item.entry.municipality_codes) == 1 and item.entry.kind is not Kind.MUNICIPALITY
    }
    for item in ordered:
        code, name = item.entry.code, key(item.text)
        if code in told or (name, code) in covered or (name, code) in towns:
            continue
        told.add(code)
        covered.add((name, item.entry.place_code))
        yield item


def _told(asked: str, index: Index, found: _Matches, lang: str) -> Found:
    """Say which of the things that bear a name or its beginning is meant, if one is."""
    every = found.hits(index, lang)
    is_exact = found.match is Match.EXACT
    is_alone = len(every) == 1 or (is_exact and _leads(found.spellings))
    hits = every[:1] if is_alone else every[:MOST_HITS]
    others = every[1:] if is_alone else ()
    if is_exact and len(hits) + len(others) < MOST_HITS:
        others += _longer(index, found.reading, lang, {hit.code for hit in every})
    outcome = Outcome.ONE if is_alone else Outcome.SEVERAL
    if all(hit.kind is not Kind.NATION and not hit.state_codes for hit in hits):
        outcome = Outcome.OUTSIDE
    room = MOST_HITS - len(hits)
    return Found(asked, outcome, hits, others[:room], max(0, len(every) - MOST_HITS))


def _leads(ordered: Sequence[Spelling]) -> bool:
    """Say whether the first thing of a name is meant, though others bear it."""
    first, rest = ordered[0], [item.entry for item in ordered[1:]]
    kinds = {entry.kind for entry in rest}
    if first.is_iata:
        return Kind.STATE not in kinds
    if first.entry.kind in ABROAD_KINDS:
        return not kinds & ABROAD_KINDS
    if first.entry.kind is Kind.STATE:
        return Kind.STATE not in kinds
    people = first.entry.population or 0
    return kinds == {Kind.TOWN} and all(
        people >= LEADING_FACTOR * (entry.population or people) for entry in rest
    )


def _longer(index: Index, reading: Reading, lang: str, told: set[str]) -> tuple[Hit, ...]:
    """Return what has a longer name, for whoever meant that one."""
    found = []
    for match in (Match.PREFIX, Match.WORDS):
        for item in _matches(index, reading, match).spellings[: MOST_HITS * 2]:
            if item.entry.code not in told:
                told.add(item.entry.code)
                found.append(_hit(index, item, match, lang))
    return tuple(found)


def _at(point: tuple[float, float], asked: str, lang: str) -> Found:
    """Say in which state a typed point lies."""
    if not places.is_point(*point):
        return Found(asked, Outcome.NOTHING)
    spelling = Spelling(_point_entry(point), asked)
    hit = _hit(search_entries.load(), spelling, Match.EXACT, lang)
    return Found(asked, Outcome.ONE if hit.state_codes else Outcome.OUTSIDE, (hit,))


def _point_entry(point: tuple[float, float]) -> Entry:
    ((state, town),) = places.locate([point])
    text = f"{point[0]}, {point[1]}"
    return Entry(
        code=f"point:{point[0]},{point[1]}",
        kind=Kind.POINT,
        name=Bilingual(text, text),
        state_codes=tuple(filter(None, [state])),
        municipality_codes=tuple(filter(None, [town])),
        point=point,
        country="MX" if state else "",
    )


def _hit(index: Index, item: Spelling, match: Match, lang: str) -> Hit:
    entry = item.entry
    country = index.countries.get(entry.country)
    return Hit(
        code=entry.code,
        kind=entry.kind,
        name=entry.name.in_(lang),
        municipality_names=tuple(index.municipalities[c] for c in entry.municipality_codes),
        state_codes=entry.state_codes,
        municipality_codes=entry.municipality_codes,
        place_code=entry.place_code,
        population=entry.population,
        iata=entry.iata,
        point=entry.point,
        country=entry.country,
        country_name=country.in_(lang) if country else "",
        via=item.text,
        match=match,
    )


def _beyond(hits: Sequence[Hit]) -> int:
    return max(0, len(hits) - MOST_HITS)
