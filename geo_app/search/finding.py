"""Find a place: what a text that somebody typed may mean, with its state and municipality.

Owns what is told of a search: a typing error is forgiven and always shown, two places of one name
stay two, and a place outside Mexico is said to be there. Does not own how a text is read
(``query``), the spellings (``entries``), the match of one (``index``), the
order (``ranking``) or the words of a page.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process

from geo_app import places
from geo_app.errors import BadRequest
from geo_app.place_names import Kind
from geo_app.records import Bilingual
from geo_app.search import entries as search_entries
from geo_app.search.found import Found, Hit, Outcome
from geo_app.search.index import Entry, Index, Match, Spelling, key
from geo_app.search.query import Reading, cleaned, point_in, readings
from geo_app.search.ranking import Matches, first_matches, is_meant_alone, matches

MOST_HITS = 8
"""Hits that are shown; how many more there are is told."""

LONGEST_CODE = 100
"""Characters of a code that are read."""


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
    point = None if is_cut else point_in(asked)
    if point:
        return _at(point, asked, lang)
    index = search_entries.load()
    read = readings(index, asked)
    found = first_matches(index, _strict(read), (Match.EXACT, Match.PREFIX, Match.WORDS))
    if is_cut:
        return _cut(asked, index, found, lang)
    return _told(asked, index, found, lang) if found else _corrected(asked, index, read, lang)


def prepare() -> None:
    """Read everything that a search needs, so that the first one is as fast as the others.

    Raises
    ------
    TableInvalid, ShapesInvalid, HashMismatch
        As ``find``.
    """
    search_entries.load()
    places.locate([(0.0, 0.0)])


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
        entry: Entry | None = _point_entry(point)
    else:
        entry = index.by_code.get(code)
    if entry:
        return _hit(index, Spelling.of(entry, ""), Match.EXACT, lang)
    short = code[:LONGEST_CODE]
    near = [text for text, _, _ in process.extract(short, list(index.by_code), limit=3)]
    message = "no place has this code"
    raise BadRequest(message, got=repr(short), fix=f"did you mean {' or '.join(near)}?")


def spellings(code: str) -> tuple[str, ...]:
    """Return every name that means the place of a code, or the same place under another code.

    Raises
    ------
    BadRequest
        If nothing has that code.
    """
    index = search_entries.load()
    place = place_by_code(code).place_code
    codes = {code, place} - {""}
    return tuple(
        item.text
        for found in index.spellings.values()
        for item in found
        if item.text and codes.intersection((item.entry.code, item.entry.place_code))
    )


def is_called(name: str, other: Hit) -> bool:
    """Whether something else in the states of a place has a name in full."""
    found = search_entries.load().spellings.get(key(name), [])
    codes = {other.code, other.place_code}
    return any(
        not codes.intersection((item.entry.code, item.entry.place_code))
        and set(item.entry.state_codes).intersection(other.state_codes)
        and item.entry.kind in (Kind.TOWN, Kind.RESORT)
        for item in found
    )


def _strict(read: Sequence[Reading]) -> list[Reading]:
    return [item for item in read if not item.is_loose]


def _told(asked: str, index: Index, found: Matches, lang: str) -> Found:
    """Say which of the things that bear a name or its beginning is meant, if one is."""
    every = found.spellings
    is_exact = found.match is Match.EXACT
    is_alone = len(every) == 1 or (is_exact and is_meant_alone(every))
    count = 1 if is_alone else MOST_HITS
    hits = _hits(index, found, lang, every[:count])
    others = _hits(index, found, lang, every[count:MOST_HITS]) if is_alone else ()
    if is_exact and len(every) < MOST_HITS:
        others += _longer(index, found, lang)
    outcome = Outcome.ONE if is_alone else Outcome.SEVERAL
    if all(hit.kind is not Kind.NATION and not hit.state_codes for hit in hits):
        outcome = Outcome.OUTSIDE
    return Found(asked, outcome, hits, others[: MOST_HITS - len(hits)], _beyond(found))


def _longer(index: Index, found: Matches, lang: str) -> tuple[Hit, ...]:
    """Return what has a longer name, for whoever meant that one."""
    told = {item.entry.code for item in found.spellings}
    hits: list[Hit] = []
    for match in (Match.PREFIX, Match.WORDS):
        more = matches(index, found.reading, match)
        fresh = [item for item in more.spellings if item.entry.code not in told][:MOST_HITS]
        told |= {item.entry.code for item in fresh}
        hits += _hits(index, more, lang, fresh)
    return tuple(hits)


def _cut(asked: str, index: Index, found: Matches | None, lang: str) -> Found:
    """Say what the beginning of a text holds that was too long; nothing in it is corrected."""
    if not found:
        return Found(asked, Outcome.TOO_LONG)
    hits = _hits(index, found, lang, found.spellings[:MOST_HITS])
    return Found(asked, Outcome.TOO_LONG, hits, left_out=_beyond(found))


def _corrected(asked: str, index: Index, read: Sequence[Reading], lang: str) -> Found:
    """Say what resembles a text that is no name, and that it is not what was typed."""
    loose = [item for item in read if item.is_loose and not item.is_end]
    ends = [item for item in read if item.is_end]
    found = (
        first_matches(index, loose, (Match.EXACT,))
        or first_matches(index, _strict(read), (Match.CORRECTED,))
        or first_matches(index, loose, (Match.CORRECTED,))
        or first_matches(index, ends, (Match.EXACT,))
    )
    if not found:
        return Found(asked, Outcome.NOTHING)
    hits = _hits(index, found, lang, found.spellings[:MOST_HITS])
    return Found(asked, Outcome.CORRECTED, hits, (), _beyond(found), did_you_mean=hits[0].via)


def _at(point: tuple[float, float], asked: str, lang: str) -> Found:
    """Say in which state a typed point lies."""
    if not places.is_point(*point):
        return Found(asked, Outcome.NOTHING)
    spelling = Spelling.of(_point_entry(point), asked)
    hit = _hit(search_entries.load(), spelling, Match.EXACT, lang)
    return Found(asked, Outcome.ONE if hit.state_codes else Outcome.OUTSIDE, (hit,))


def _point_entry(point: tuple[float, float]) -> Entry:
    ((state, town),) = places.locate([point])
    # A millionth of a degree is a hand's breadth, and no number is written as 1e-07.
    north, east = (f"{round(number, 6) + 0.0:.6f}".rstrip("0").rstrip(".") for number in point)
    text = f"{north}, {east}"
    return Entry(
        code=f"point:{north},{east}",
        kind=Kind.POINT,
        name=Bilingual(text, text),
        state_codes=tuple(filter(None, [state])),
        municipality_codes=tuple(filter(None, [town])),
        point=point,
        country="MX" if state else "",
    )


def _hits(
    index: Index, found: Matches, lang: str, spellings: Sequence[Spelling]
) -> tuple[Hit, ...]:
    return tuple(_hit(index, item, found.match, lang) for item in spellings)


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


def _beyond(found: Matches) -> int:
    return max(0, len(found.spellings) - MOST_HITS)
