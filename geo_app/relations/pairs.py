"""The states with both figures, the states without, and how closely the two go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo_app import advisories, correlations
from geo_app.answers import Value, value_of
from geo_app.atlas import Atlas
from geo_app.correlations import Correlation
from geo_app.errors import BadRequest
from geo_app.indicators import Geography, Indicator, Kind, indicator
from geo_app.periods import Cadence
from geo_app.relations.moments import matching
from geo_app.states import NATION_CODE, state_codes

HOMICIDES, INSECURITY = "homicides_inegi_per_100k", "insecurity_envipe_pct"


class Shared(StrEnum):
    """Why two indicators are no two measurements, so that no coefficient is made of them."""

    SAME = "same"
    """One indicator twice."""
    COUNTS = "counts"
    """Both count the same events, over another stretch of time or by another unit."""
    PART = "part"
    """One was made from what the other counts."""


_ONE_COUNT = (
    frozenset({"homicide_victims_count", "homicide_cases_count", "homicide_cases_year_count"}),
)
"""Measures of the same case files: the files themselves, or the victims that they hold."""

_MADE_FROM = {
    "peace_index_score": frozenset(
        {
            "deaths_count",
            "homicide_victims_count",
            "homicide_cases_count",
            "homicide_cases_year_count",
        }
    )
}
"""Measures that are a part of a score, by the score; see its notes in the catalogue."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two indicators at its period."""

    indicator: Indicator
    period: str
    values: Mapping[str, Value]
    """By code of the state, all 32; what has no value says why."""
    nation: Value | None

    @property
    def is_level(self) -> bool:
        """Whether it has ordered categories in place of numbers."""
        return self.indicator.kind is Kind.LEVEL


@dataclass(frozen=True, slots=True)
class Relation:
    """Two indicators of the states at one moment."""

    first: Side
    second: Side
    complete: tuple[str, ...]
    """Codes of the states with both figures, in order."""
    missing: tuple[str, ...]
    """Codes of the states that lack one of them or both."""
    shared: Shared | None
    """Why no coefficient is made; None where the two are two measurements."""
    rank: Correlation | None
    """Spearman's; None where none is made."""
    line: Correlation | None
    """Pearson's; None where none is made, and beside a level, whose steps have no size."""

    @property
    def has_one_population(self) -> bool:
        """Whether both are rates over the same people."""
        found = [side.indicator.recipe for side in (self.first, self.second)]
        one, other = ((item.denominator_source, item.denominator) for item in found)
        return one == other and one != ("", "")

    @property
    def is_one_moment(self) -> bool:
        """Whether both figures are of the same period."""
        return self.first.period == self.second.period


def of_states(found: Indicator) -> bool:
    """Return whether an indicator has values for the states."""
    return Geography.STATE in found.levels


def offered(atlas: Atlas) -> tuple[Indicator, ...]:
    """Return the indicators of the states, in the order of the catalogue."""
    return tuple(item for item in atlas.mapped_indicators() if of_states(item))


def second_slug(first: str, asked: str) -> str:
    """Return the second indicator: the one that was asked for, else one that fits the first."""
    if asked and of_states(indicator(asked)):
        return asked
    return HOMICIDES if first == INSECURITY else INSECURITY


def second_period(atlas: Atlas, period: str, slug: str) -> str | None:
    """Return the period of a second indicator that belongs to one of the first; None for none."""
    is_advice = indicator(slug).cadence is Cadence.ISSUE
    if not is_advice:
        return matching(period, atlas.periods(slug, "state"))
    history = advisories.history()
    return matching(period, [str(day) for day in history.issues], history.checked)


def newest_of_both(atlas: Atlas, first: str, second: str) -> str | None:
    """Return the newest period of the first indicator for which the second has one too.

    One in which either has no value at all is passed over; None where there is none.
    """
    for period in reversed(atlas.periods(first, "state")):
        found = relate(atlas, first, period, second)
        if found is not None and found.complete:
            return period
    return None


def relate(atlas: Atlas, first: str, period: str, second: str) -> Relation | None:
    """Set two indicators against each other.

    Parameters
    ----------
    atlas
        The atlas.
    first, period
        The first indicator and one of its periods.
    second
        The second indicator.

    Returns
    -------
    Relation or None
        None where the second indicator has no period for the first one's.

    Raises
    ------
    BadRequest
        If an indicator has no values for the states, or the period does not exist.
    """
    for slug in (first, second):
        if not of_states(indicator(slug)):
            message = f"{slug} has no values for the states"
            raise BadRequest(message, fix="choose an indicator of the states")
    other = second_period(atlas, period, second)
    if other is None:
        return None
    sides = _side(atlas, first, period), _side(atlas, second, other)
    complete = tuple(code for code in state_codes() if all(_has(side, code) for side in sides))
    return _related(*sides, complete)


def _related(first: Side, second: Side, complete: tuple[str, ...]) -> Relation:
    """Make the coefficients of the states with both figures, where there may be any."""
    shared = shared_by(first.indicator, second.indicator)
    lists = [[side.values[code].value or 0.0 for code in complete] for side in (first, second)]
    is_ordered = first.is_level or second.is_level
    return Relation(
        first=first,
        second=second,
        complete=complete,
        missing=tuple(code for code in state_codes() if code not in complete),
        shared=shared,
        rank=None if shared else correlations.spearman(*lists),
        line=None if shared or is_ordered else correlations.pearson(*lists),
    )


def shared_by(first: Indicator, second: Indicator) -> Shared | None:
    """Return why two indicators are no two measurements; None where they are."""
    if first.slug == second.slug:
        return Shared.SAME
    one, other = first.recipe.measure, second.recipe.measure
    if one == other or any({one, other} <= group for group in _ONE_COUNT):
        return Shared.COUNTS
    if other in _MADE_FROM.get(one, ()) or one in _MADE_FROM.get(other, ()):
        return Shared.PART
    return None


def _side(atlas: Atlas, slug: str, period: str) -> Side:
    rows = atlas.values(slug, level="state", period=period)
    values = {str(row["area_code"]): value_of(row) for _, row in rows.iterrows()}
    nation = values.pop(NATION_CODE, None)
    return Side(indicator(slug).at("state"), period, values, nation)


def _has(side: Side, code: str) -> bool:
    return side.values[code].value is not None
