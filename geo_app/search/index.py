"""An index over spellings, and the four ways in which a text can match one.

Owns how names are compared and how many letters may be wrong. Does not own what is in the index
(``entries``) nor what a text asks for (``finding``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo_app.place_names import Kind
from geo_app.records import Bilingual
from geo_app.states import fold, state_codes

LONGEST_CORRECTED = 60
"""Letters of a folded text above which no typing error is looked for: no name is that long."""

SHORTEST_CORRECTED = 4
"""Letters below which no typing error is looked for: every short word resembles another."""

SHORTEST_PREFIX = 2
"""Letters from which the beginning of a name is completed."""


class Match(StrEnum):
    """How a text matched a name, the closest first."""

    EXACT = "exact"
    PREFIX = "prefix"
    """The name goes on after the text."""
    WORDS = "words"
    """The name holds every word of the text; the last may be the beginning of one."""
    CORRECTED = "corrected"
    """The name differs by a few letters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    code: str
    """Short text for an address: ``state:25``, ``geonames:3531673``, ``name:punta-mita``."""
    kind: Kind
    name: Bilingual
    state_codes: tuple[str, ...] = ()
    """States in which it lies; empty for the nation, abroad, and where its point is in no state."""
    municipality_codes: tuple[str, ...] = ()
    """Municipalities in which it lies, as far as they are known."""
    place_code: str = ""
    """The place of ``places`` that it is; empty where it is none or more than one."""
    iata: str = ""
    population: int | None = None
    """Inhabitants of a town as its list gives them, of no stated year; None = not known."""
    point: tuple[float, float] | None = None
    """Degrees north and east (WGS 84); None where only the area is known."""
    country: str = "MX"
    """ISO 3166-1 code of two letters; empty where not known, as of a point in the sea."""

    @property
    def scope(self) -> frozenset[str]:
        """Codes of its states, or of the country abroad."""
        if self.kind is Kind.NATION:
            return frozenset(state_codes())
        return frozenset(self.state_codes or ([self.country] if self.country != "MX" else []))


@dataclass(frozen=True, slots=True)
class Spelling:
    """One text that means one entry."""

    entry: Entry
    text: str
    folded: str
    """The text as ``key`` makes it."""
    is_ours: bool = False
    """It stands in our own list of names."""
    is_iata: bool = False

    @classmethod
    def of(
        cls, entry: Entry, text: str, *, is_ours: bool = False, is_iata: bool = False
    ) -> Spelling:
        """Return a spelling of an entry."""
        return cls(entry, text, key(text), is_ours, is_iata)


@dataclass(slots=True)
class Index:
    """Every spelling, ordered for each way to match."""

    spellings: dict[str, list[Spelling]] = field(default_factory=dict)
    """By folded text."""
    by_code: dict[str, Entry] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)
    """Official name by code."""
    countries: dict[str, Bilingual] = field(default_factory=dict)
    """Name by code, of those whose places are listed."""
    ordered: list[str] = field(default_factory=list)
    words: dict[str, set[int]] = field(default_factory=dict)
    """Positions in ``ordered`` of the texts that hold a word."""
    word_list: list[str] = field(default_factory=list)
    by_length: dict[int, list[str]] = field(default_factory=dict)
    """The texts by their number of letters, without those too short to be misspelt."""

    def add(self, spelling: Spelling) -> None:
        """Let a text mean an entry; twice the same is once."""
        found = self.spellings.setdefault(spelling.folded, [])
        if all(other.entry.code != spelling.entry.code for other in found):
            found.append(spelling)

    def finish(self) -> Index:
        """Order what was added."""
        self.spellings.pop("", None)
        self.ordered = sorted(self.spellings)
        for number, text in enumerate(self.ordered):
            for word in text.split():
                self.words.setdefault(word, set()).add(number)
            # An abbreviation is not misspelt: "Cancu" is not "CDMX" with letters wrong.
            if len(text) >= SHORTEST_CORRECTED:
                self.by_length.setdefault(len(text), []).append(text)
        self.word_list = sorted(self.words)
        return self

    def exact(self, text: str) -> list[Spelling]:
        """Return what is called exactly so; like every text here it is one that ``key`` made."""
        return list(self.spellings.get(text, ()))

    def beginning(self, text: str) -> list[Spelling]:
        """Return what has a longer name that begins so."""
        if len(text) < SHORTEST_PREFIX:
            return []
        found = _between(self.ordered, text)
        return self._of(longer for longer in found if longer != text)

    def holding(self, text: str) -> list[Spelling]:
        """Return what has a name that holds every word, the last one perhaps unfinished."""
        *whole, last = text.split() or [""]
        if len(last) < SHORTEST_PREFIX:
            return []
        groups = [self.words.get(word, set()) for word in whole]
        ends = (self.words[word] for word in _between(self.word_list, last))
        positions = set[int]().union(*ends)
        for group in groups:
            positions &= group
        return self._of(self.ordered[number] for number in sorted(positions))

    def resembling(self, text: str) -> list[Spelling]:
        """Return what has the nearest name, where few letters differ; else nothing."""
        most = allowed_errors(text)
        if not most:
            return []
        lengths = range(len(text) - most, len(text) + most + 1)
        names = [name for length in lengths for name in self.by_length.get(length, ())]
        near = process.extract(
            text, names, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
        )
        least = min((errors for _, errors, _ in near), default=0)
        return self._of(name for name, errors, _ in near if errors == least)

    def _of(self, texts: Iterable[str]) -> list[Spelling]:
        return [spelling for text in texts for spelling in self.spellings[text]]


def key(text: str) -> str:
    """Return a text as names are compared: folded, and "S.L.P." as "SLP".

    Examples
    --------
    >>> key("Tulum, Q.R."), key("  San  LUIS Potosí")
    ('tulum qr', 'san luis potosi')
    """
    return _INITIALS.sub(lambda found: found.group().replace(" ", ""), fold(text))


def allowed_errors(text: str) -> int:
    """Return how many letters of a folded text may be wrong: none in a short one.

    Examples
    --------
    >>> [allowed_errors(text) for text in ("pvr", "oxaca", "cankun", "puerto vallerta")]
    [0, 1, 2, 3]
    """
    length = len(text)
    if not SHORTEST_CORRECTED <= length <= LONGEST_CORRECTED:
        return 0
    return 1 if length < 6 else 2 if length < 10 else 3


_INITIALS = re.compile(r"\b\w(?: \w)+\b")


def _between(ordered: Sequence[str], beginning: str) -> Sequence[str]:
    """Return the texts of an ordered list that begin so."""
    # No name holds the last of all characters.
    last = bisect_left(ordered, beginning + "\U0010ffff")
    return ordered[bisect_left(ordered, beginning) : last]
