"""A stop of a way by a reader's words: a border crossing, a town, an airport, a town of a resort.

Owns which of the found places can be a stop. A way has points; an area without a point of its own
offers the largest towns of its municipalities, and a state offers nothing. Does not own the search
(``search``), the stops (``stops``) or the crossings (``crossings``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo_app import crossings, search, stops
from geo_app.areas import area_name
from geo_app.search_found import Hit, Outcome
from geo_app.search_words import hit_line, outcome_line
from geo_app.states import fold
from geo_app.text import Words

MOST_CHOICES = 10

TOWNS_OF_AN_AREA = 4
"""How many towns stand for an area that has no point of its own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One stop that may be meant."""

    code: str
    """Code for ``stops.stop``."""
    line: str
    """Its name and where it is."""


@dataclass(frozen=True, slots=True)
class StopFound:
    """What a text may mean as a stop."""

    asked: str
    line: str
    """A sentence above the choices; empty where the only one is meant for sure."""
    choices: tuple[Choice, ...]

    @property
    def sure(self) -> str:
        """Code of the one stop that is meant; empty where the reader has to choose."""
        return self.choices[0].code if len(self.choices) == 1 and not self.line else ""


def find_stop(text: str, say: Words) -> StopFound:
    """Say which stops a text may mean.

    Parameters
    ----------
    text
        What somebody typed: anything at all.
    say
        The words of a language.

    Raises
    ------
    TableInvalid, ShapesInvalid, HashMismatch
        If our own lists or shapes are not right; no text raises.
    """
    found = search.find(text, say.lang)
    over_border = list(_crossings(found.asked, say))
    is_abroad = found.outcome is Outcome.OUTSIDE
    hits = (*(() if is_abroad else found.hits), *found.others)
    inland = [choice for hit in hits for choice in _of_hit(hit, say)]
    once: dict[str, Choice] = {}
    for item in (*over_border, *inland):
        # The first line of a place stands: a cruise port has the point of its town.
        once.setdefault(item.code, item)
    choices = tuple(once.values())[:MOST_CHOICES]
    line = outcome_line(found, say)
    if found.outcome is not Outcome.ONE or not inland or over_border:
        return StopFound(found.asked, line or _doubt(found.asked, choices, say), choices)
    if found.hits[0].place_code:
        return StopFound(found.asked, "", choices[:1])
    return StopFound(found.asked, say("stop_of_area", {"name": found.hits[0].name}), choices)


def _doubt(asked: str, choices: Sequence[Choice], say: Words) -> str:
    if not asked:
        return ""
    return say("search_several" if choices else "stop_none")


def _crossings(asked: str, say: Words) -> Iterator[Choice]:
    """Yield the crossings one of whose towns is called so."""
    wanted = fold(asked)
    for item in crossings.all_crossings():
        mexican = stops.stop(item.crossing_code)
        names = (item.name, item.other_town, *mexican.spellings)
        if wanted and any(fold(name) == wanted for name in names):
            values = {"name": item.name, "state": area_name("state", mexican.state_code, say.lang)}
            yield Choice(item.crossing_code, say("stop_crossing", values))


def _of_hit(hit: Hit, say: Words) -> Iterator[Choice]:
    if hit.place_code:
        if hit.state_codes:
            yield Choice(hit.place_code, hit_line(hit, say))
        return
    for code in _towns(hit.municipality_codes):
        yield Choice(code, hit_line(search.place_by_code(code, say.lang), say))


def _towns(municipalities: Sequence[str]) -> list[str]:
    """Return the largest listed towns of some municipalities, the largest first."""
    wanted = frozenset(municipalities)
    towns = [
        item
        for item in stops.listed().values()
        if item.municipality_code in wanted and not item.iata and item.population
    ]
    towns.sort(key=lambda item: -(item.population or 0))
    return [item.place_code for item in towns[:TOWNS_OF_AN_AREA]]
