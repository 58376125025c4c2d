"""Everything that can be found by a name: states, towns, airports, municipalities, our names.

Owns which spellings mean which thing, and the code of each thing for an address. Does not own the
lists (``states``, ``places``, ``place_names``), the shapes, or how a text matches
(``index``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from geo_app import paths, place_names, places, shapes
from geo_app.errors import TableInvalid
from geo_app.place_names import Kind
from geo_app.records import Bilingual
from geo_app.search.index import Entry, Index, Spelling
from geo_app.states import NATION_CODE, all_states, state_codes

NATION = f"state:{NATION_CODE}"
"""Code of the nation."""


def load() -> Index:
    """Return the index of the current data and shapes.

    Raises
    ------
    TableInvalid
        If a list is damaged, or a name of ours means something that is not there.
    HashMismatch
        If a list or the shapes are not those that were checked.
    """
    data, drawn = paths.data_dir(), paths.shapes_dir()
    return _load_cached(data, paths.stamp(data), drawn, paths.stamp(drawn))


def known_codes() -> set[str]:
    """Return the codes of everything that a name of ours may mean.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``load``, of places and shapes.
    """
    found = {item.place_code for item in places.all_places()}
    found |= {f"mun:{code}" for code in shapes.load_municipality_names()}
    return found | {f"state:{code}" for code in (NATION_CODE, *state_codes())}


@lru_cache(maxsize=2)
def _load_cached(_data: Path, _stamp: int, _drawn: Path, _stamp2: int) -> Index:
    index = Index(municipalities=shapes.load_municipality_names())
    for spelling in (*_states(), *_municipalities(index.municipalities), *_places()):
        index.by_code[spelling.entry.code] = spelling.entry
        index.add(spelling)
    for code, spelling in (*_ours(index.by_code), *_abroad()):
        index.by_code.setdefault(code, spelling.entry)
        # What is ours replaces the same spelling of the list, for it ranks before it.
        texts = index.spellings.get(spelling.folded, [])
        texts[:] = [other for other in texts if other.entry.code != spelling.entry.code]
        index.add(spelling)
    for item in place_names.all_abroad():
        if item.kind is Kind.COUNTRY:
            index.countries[item.country] = item.name
    return index.finish()


def _states() -> Iterator[Spelling]:
    for item in all_states():
        name = Bilingual(item.name_en, item.name_short)
        entry = Entry(f"state:{item.state_code}", Kind.STATE, name, (item.state_code,))
        for text in item.spellings:
            if not text.isdigit():
                yield Spelling.of(entry, text)


def _municipalities(names: Mapping[str, str]) -> Iterator[Spelling]:
    for code, name in names.items():
        both = Bilingual(name, name)
        yield Spelling.of(Entry(f"mun:{code}", Kind.MUNICIPALITY, both, (code[:2],), (code,)), name)


def _places() -> Iterator[Spelling]:
    for item in places.all_places():
        entry = Entry(
            code=item.place_code,
            kind=Kind(item.kind),
            name=Bilingual(item.name, item.name),
            state_codes=tuple(filter(None, [item.state_code])),
            municipality_codes=tuple(filter(None, [item.municipality_code])),
            place_code=item.place_code,
            iata=item.iata,
            population=item.population,
            point=(item.latitude, item.longitude),
            country="MX" if item.state_code else "",
        )
        yield Spelling.of(entry, item.name)
        if item.iata:
            yield Spelling.of(entry, item.iata, is_iata=True)
        if entry.kind is Kind.AIRPORT:
            yield Spelling.of(entry, item.place_code.removeprefix("icao:"))


def _ours(known: Mapping[str, Entry]) -> Iterator[tuple[str, Spelling]]:
    """Yield the spellings of our names, each with a code of what it means."""
    names = place_names.all_names()
    for fault in place_names.unknown_meanings(names, {*known, NATION}):
        raise TableInvalid(fault, fix="mend the list of names")
    for item in names:
        meant = [known[code] for code in item.means if code in known]
        found = meant if item.kind is Kind.SHORT_NAME else [_named(item, meant)]
        for entry in found:
            code = f"name:{item.name_id}" if len(found) == 1 else entry.code
            for text in item.spellings:
                yield (
                    (NATION if entry.code == NATION else code),
                    Spelling.of(entry, text, is_ours=True),
                )


def _named(item: place_names.PlaceName, meant: Sequence[Entry]) -> Entry:
    """Return the entry of a name that is a thing of its own; it lies where what it means lies."""
    alone = meant[0] if len(meant) == 1 else None
    return Entry(
        code=NATION if item.kind is Kind.NATION else f"name:{item.name_id}",
        kind=item.kind,
        name=item.name,
        state_codes=_joined(meant, lambda entry: entry.state_codes),
        municipality_codes=_joined(meant, lambda entry: entry.municipality_codes),
        place_code=alone.place_code if alone else "",
        point=alone.point if alone else None,
    )


def _joined(meant: Sequence[Entry], pick: Callable[[Entry], tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for entry in meant for code in pick(entry)))


def _abroad() -> Iterator[tuple[str, Spelling]]:
    for item in place_names.all_abroad():
        entry = Entry(f"abroad:{item.name_id}", item.kind, item.name, country=item.country)
        for text in item.spellings:
            yield entry.code, Spelling.of(entry, text, is_ours=True)
