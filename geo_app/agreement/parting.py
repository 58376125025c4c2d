"""Where the US level and the homicide rate of the states part on a day, and where they do not.

Owns which figures stand beside the level of a day, which rate counts as above or below the nation's
and the groups that follow. Makes no score: a state is named with its own figures or not at all.
Does not own the wording (``words``) or the tests (``statistics``).

A rate counts as above or below the nation's only where two things hold: its own 95 % interval
leaves the nation's rate out, and the exact conditional test of the state against the rest of the
country stands among the tests of all states (Holm, 5 %). The first alone tests 32 times; the second
alone would tell a state apart from a rest that lacks the deaths whose state is not known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo_app import advisories, statistics
from geo_app.advisories import Advice
from geo_app.answers import Value, value_of
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest
from geo_app.periods import parse, parse_date
from geo_app.states import NATION_CODE

LEVELS = "advisory_level_us"
HOMICIDES = "homicides_inegi_per_100k"
INSECURITY = "insecurity_envipe_pct"

HIGH_LEVEL = 3
"""From this level on the advice is to think again or not to go; our division, told on the page."""


class Side(StrEnum):
    """How a state's rate stands to the nation's."""

    ABOVE = "above"
    BELOW = "below"
    UNTOLD = "untold"
    """The two cannot be told apart."""


class Group(StrEnum):
    """How level and rate of a state stand to each other."""

    ADVICE_HIGHER = "advice_higher"
    """Level 3 or 4, and a rate below the nation's."""
    FIGURE_HIGHER = "figure_higher"
    """Level 1 or 2, and a rate above the nation's."""
    ALIKE = "alike"
    UNTOLD = "untold"
    UNKNOWN = "unknown"
    """No level or no rate is known."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One state on a day."""

    advice: Advice
    rate: Value | None
    """Homicides of the calendar year; None where the year is not held at all."""
    share: Value | None
    """Perceived insecurity of the edition of that year; None where it is not held at all."""
    side: Side | None
    """None where there is no rate of the state or of the nation."""
    p_value: float | None
    """Of the state against the rest of the country, this one state looked at alone."""
    group: Group

    @property
    def state_code(self) -> str:
        """Code of the state."""
        return self.advice.state_code


@dataclass(frozen=True, slots=True)
class Agreement:
    """The 32 states on a day."""

    day: date
    year: str
    """The calendar year that holds the day."""
    standings: tuple[Standing, ...]
    """In the order of the state codes."""
    nation_rate: Value | None
    """None where the year is not held."""
    nation_share: Value | None
    unplaced: float | None
    """Deaths in the nation's rate and in no state's; None where the year is not held."""
    correlation: float | None
    """Spearman's rank correlation of level and rate; None where it cannot be computed."""

    def of(self, group: Group) -> tuple[Standing, ...]:
        """Return the states of a group, the highest level first, then by code."""
        found = [item for item in self.standings if item.group is group]
        return tuple(sorted(found, key=lambda item: (-(item.advice.level or 0), item.state_code)))

    @property
    def has_rates(self) -> bool:
        """Whether the homicides of the year are held."""
        return self.nation_rate is not None


def days(known_on: str | None = None) -> tuple[date, date]:
    """Return the first day with a level of a state, and the last day that is known of.

    Parameters
    ----------
    known_on
        ISO date: of a later day nothing was known then. Where no level was known at all it is the
        one day that is left, on which none is told.

    Raises
    ------
    BadRequest, TableInvalid, HashMismatch
        As ``advisories.history``.
    """
    history = advisories.history()
    last = min(parse_date(known_on), history.checked) if known_on else history.checked
    return min(history.stated[0], last), last


def opening_day(atlas: Atlas) -> date:
    """Return the newest day for which homicides are held: the end of their newest year."""
    return min(parse(atlas.newest(HOMICIDES)).end, days(atlas.known_on)[1])


def on(atlas: Atlas, day: date) -> Agreement:
    """Set the levels of a day against the figures of its year.

    Parameters
    ----------
    atlas
        The atlas.
    day
        One of ``days(atlas.known_on)``, which names the first and the last.

    Returns
    -------
    Agreement
        Where the year is not held nothing stands in its place.

    Raises
    ------
    BadRequest
        If the day lies before the first issue with levels of states, or after the one on which
        the source was last read or the figures were known.
    """
    first, last = days(atlas.known_on)
    if day < first or (atlas.known_on is not None and day > last):
        message = "no level of a state is held for this day"
        raise BadRequest(
            message, where=advisories.SOURCE, expected=f"{first} to {last}", got=str(day)
        )
    year = str(day.year)
    rates, shares = (_values(atlas, slug, year) for slug in (HOMICIDES, INSECURITY))
    nation = rates.pop(NATION_CODE, None)
    nation_share = shares.pop(NATION_CODE, None)
    told = _told(rates, nation)
    standings = tuple(
        _standing(advice, rates, shares, told) for advice in advisories.history().on(day)
    )
    return Agreement(
        day=day,
        year=year,
        standings=standings,
        nation_rate=nation,
        nation_share=nation_share,
        unplaced=_unplaced(rates, nation),
        correlation=_correlation(standings),
    )


def _values(atlas: Atlas, slug: str, year: str) -> dict[str, Value]:
    """Return the values of a year by area code; none where the year is not held or not known."""
    if year not in atlas.periods(slug):
        return {}
    rows = atlas.values(slug, period=year)
    # Of a year that was not known on the day of the atlas there are rows, and no value.
    if rows["value"].isna().all():
        return {}
    return {str(row["area_code"]): value_of(row) for _, row in rows.iterrows()}


def _told(rates: Mapping[str, Value], nation: Value | None) -> dict[str, tuple[Side, float]]:
    """Return side and p-value of each state with a rate."""
    known = [item for item in rates.values() if item.value is not None]
    if nation is None or nation.value is None:
        return {}
    p_values = [_against_rest(item, known) for item in known]
    stands = statistics.holm(p_values)
    return {
        item.area_code: (_side(item, nation.value, stands=bool(one)), p_value)
        for item, one, p_value in zip(known, stands, p_values, strict=True)
    }


def _against_rest(item: Value, known: list[Value]) -> float:
    """Return the p-value of a state's rate against that of the other states with a rate."""
    deaths, people = (
        sum(getattr(one, name) for one in known if one is not item)
        for name in ("numerator", "denominator")
    )
    if not people or item.numerator is None or item.denominator is None:
        return 1.0
    return statistics.rate_change(deaths, people, item.numerator, item.denominator).p_value


def _side(item: Value, nation: float, *, stands: bool) -> Side:
    if stands and item.low is not None and item.low > nation:
        return Side.ABOVE
    if stands and item.high is not None and item.high < nation:
        return Side.BELOW
    return Side.UNTOLD


def _standing(
    advice: Advice,
    rates: Mapping[str, Value],
    shares: Mapping[str, Value],
    told: Mapping[str, tuple[Side, float]],
) -> Standing:
    code = advice.state_code
    side, p_value = told.get(code, (None, None))
    return Standing(
        advice=advice,
        rate=rates.get(code),
        share=shares.get(code),
        side=side,
        p_value=p_value,
        group=_group(advice.level, side),
    )


def _group(level: int | None, side: Side | None) -> Group:
    if level is None or side is None:
        return Group.UNKNOWN
    if side is Side.UNTOLD:
        return Group.UNTOLD
    if (level >= HIGH_LEVEL) == (side is Side.ABOVE):
        return Group.ALIKE
    return Group.ADVICE_HIGHER if level >= HIGH_LEVEL else Group.FIGURE_HIGHER


def _unplaced(rates: Mapping[str, Value], nation: Value | None) -> float | None:
    """Return what the nation counts and no state does; None where a state has no count."""
    counts = [item.numerator for item in rates.values()]
    if nation is None or nation.numerator is None or None in counts:
        return None
    return nation.numerator - sum(count for count in counts if count is not None)


def _correlation(standings: tuple[Standing, ...]) -> float | None:
    pairs = [
        (item.advice.level, item.rate.value)
        for item in standings
        if item.advice.level is not None and item.rate is not None and item.rate.value is not None
    ]
    found = statistics.rank_correlation(*zip(*pairs, strict=True)) if pairs else None
    return None if found is None or math.isnan(found) else found
