"""A stop of a way by a reader's words: a border crossing, a town, an airport, a town of a resort.

Owns which of the found places can be a stop. A way has points; an area without a point of its own
offers the largest towns of its municipalities, as a state does of its own. Does not own the search
(``search``), the stops (``stops``) or the crossings (``crossings``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo_app.areas import area_name
from geo_app.place_names import Kind
from geo_app.routes import crossings, stops
from geo_app.search import finding
from geo_app.search.found import Found, Hit, Outcome
from geo_app.search.words import hit_line, outcome_line
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
    found = finding.find(text, say.lang)
    over_border = list(_crossings(found.asked, say))
    first = found.hits[0] if found.hits else None
    is_area = found.outcome is Outcome.ONE and first is not None and not first.place_code
    hits = () if found.outcome is Outcome.OUTSIDE else found.hits
    # Of an area its own towns, not other places that are called alike.
    meant = hits if is_area else (*hits, *found.others)
    once: dict[str, Choice] = {}
    for item in (*over_border, *(choice for hit in meant for choice in _of_hit(hit, say))):
        # The first line of a place stands: a cruise port has the point of its town.
        once.setdefault(item.code, item)
    choices = tuple(once.values())[:MOST_CHOICES]
    if found.outcome is Outcome.ONE and first is not None and choices and not over_border:
        if first.place_code:
            return StopFound(found.asked, "", choices[:1])
        return StopFound(found.asked, say("stop_of_area", {"name": first.name}), choices)
    return StopFound(found.asked, _doubt(found, choices, over_border, say), choices)


def _doubt(
    found: Found, choices: Sequence[Choice], over_border: Sequence[Choice], say: Words
) -> str:
    """Say why no stop is taken; a town at a crossing is known, whatever else the search says."""
    if not found.asked:
        return ""
    is_known = over_border and found.outcome in (Outcome.NOTHING, Outcome.CORRECTED)
    line = "" if is_known else outcome_line(found, say)
    return line or say("search_several" if choices else "stop_none")


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
    for code in _towns(hit):
        yield Choice(code, hit_line(finding.place_by_code(code, say.lang), say))


def _towns(hit: Hit) -> list[str]:
    """Return the largest listed towns of an area's municipalities or of a state; of an island none.

    Towns of an island's municipality may lie on the mainland.
    """
    if hit.kind is Kind.ISLAND:
        return []
    wanted, states = frozenset(hit.municipality_codes), frozenset(hit.state_codes)
    towns = [
        item
        for item in stops.listed().values()
        if item.population
        and not item.iata
        and (item.municipality_code in wanted if wanted else item.state_code in states)
    ]
    towns.sort(key=lambda item: -(item.population or 0))
    return [item.place_code for item in towns[:TOWNS_OF_AN_AREA]]
