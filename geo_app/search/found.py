"""What a search found: records without a rule of their own.

Owns the outcomes of a search and what is told of each place. Does not own how it is found
(``finding``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo_app.place_names import Kind
from geo_app.search.index import Match
from geo_app.states import fold


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
    """The text without what cannot be seen, cut where it is too long; it may hold any other
    sign, so that a page must write it as plain text."""
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    """What may be meant, the best first, at most eight; one where the outcome is ONE."""
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
