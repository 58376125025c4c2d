"""What is being looked at: the state of the page, and its link.

Owns the query of the address and the fall-back of a value that is not there any more or never was.
The same link opens the same view in both languages: only ``lang`` differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from geo_app.errors import AtlasError
from geo_app.periods import Cadence, parse
from geo_app.records import LANGUAGES
from geo_app.states import code_of

NATION = ""
"""Selection of no state."""


class Choices(Protocol):
    """What can be looked at; the atlas answers it."""

    def slugs(self) -> Sequence[str]:
        """Return the indicators, the first one being the default."""

    def periods(self, slug: str) -> Sequence[str]:
        """Return the periods of an indicator, oldest first."""

    def newest(self, slug: str) -> str:
        """Return the period that an indicator opens on."""

    def cities(self) -> Sequence[str]:
        """Return the codes of all cities."""


@dataclass(frozen=True, slots=True)
class View:
    """What is being looked at."""

    indicator: str
    """Slug of an indicator of the catalogue."""
    period: str
    """One of its periods."""
    state: str = NATION
    """Code of the selected state; empty for none."""
    city: str = ""
    """Code of the selected city; empty for none."""
    lang: str = "en"
    """Language of the page."""

    @classmethod
    def from_query(
        cls, query: Mapping[str, str], choices: Choices, lang: str = "en"
    ) -> tuple[View, tuple[str, ...]]:
        """Read a view from the query of an address; never fails.

        Parameters
        ----------
        query
            Keys and values as they stand in the address; anything may stand there.
        choices
            What can be looked at.
        lang
            Language where the address names none.

        Returns
        -------
        view, ignored
            The view, and the keys whose values were not understood and were replaced.
        """
        ignored: list[str] = []
        slugs = choices.slugs()
        slug = _one_of(query, "indicator", slugs, slugs[0], ignored)
        period = _period(query, choices, slug, ignored)
        state = _state(query, ignored)
        city = _one_of(query, "city", ["", *choices.cities()], "", ignored)
        language = _one_of(query, "lang", LANGUAGES, lang, ignored)
        return cls(slug, period, state, city, language), tuple(ignored)

    def to_query(self) -> dict[str, str]:
        """Return the query of the link to this view; what is not selected is left out."""
        query = {
            "indicator": self.indicator,
            "period": self.period,
            "state": self.state,
            "city": self.city,
            "lang": self.lang,
        }
        return {key: value for key, value in query.items() if value}

    def with_indicator(self, slug: str, choices: Choices) -> View:
        """Return the view of another indicator, at the same moment where it has one."""
        periods = choices.periods(slug)
        same = _nearest(self.period, periods)
        city = self.city if slug == self.indicator else ""
        return replace(self, indicator=slug, period=same or choices.newest(slug), city=city)


def _one_of(
    query: Mapping[str, str], key: str, allowed: Sequence[str], default: str, ignored: list[str]
) -> str:
    value = query.get(key, default)
    if value in allowed:
        return value
    ignored.append(key)
    return default


def _period(query: Mapping[str, str], choices: Choices, slug: str, ignored: list[str]) -> str:
    asked = query.get("period")
    periods = choices.periods(slug)
    if asked is None:
        return choices.newest(slug)
    if asked in periods:
        return asked
    in_force = _issue_in_force(asked, periods)
    if in_force is None:
        ignored.append("period")
    return in_force or choices.newest(slug)


def _issue_in_force(asked: str, periods: Sequence[str]) -> str | None:
    """Return the issue that stood on a day: a link may name any day, the map shows issues."""
    try:
        day = parse(asked)
        issues = [parse(text) for text in periods]
    except AtlasError:
        return None
    if any(item.cadence is not Cadence.ISSUE for item in (day, *issues)):
        return None
    # The first step is the time before the first issue.
    return max((item.text for item in issues if item <= day), default=periods[0])


def _nearest(period: str, periods: Sequence[str]) -> str | None:
    """Return the period that holds the end of another one, so that time does not jump."""
    end = parse(period).end
    holding = [text for text in periods if parse(text).start <= end <= parse(text).end]
    if holding:
        return holding[-1]
    if periods and parse(periods[0]).cadence is Cadence.ISSUE:
        return max((text for text in periods if parse(text).start <= end), default=None)
    return None


def _state(query: Mapping[str, str], ignored: list[str]) -> str:
    asked = query.get("state", NATION)
    try:
        return code_of(asked) if asked else NATION
    except AtlasError:
        ignored.append("state")
        return NATION
