"""All areas of an indicator between two periods, in groups and in order."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from geo_app import comparisons, observations, statistics
from geo_app.answers import Change, Refusal
from geo_app.atlas import Atlas
from geo_app.changes.offers import Pair, offer
from geo_app.indicators import Indicator, Interval, indicator
from geo_app.states import NATION_CODE


class Verdict(StrEnum):
    """What can be said of a change."""

    ROSE = "rose"
    FELL = "fell"
    UNTOLD = "untold"
    """It cannot be told from chance."""
    REFUSED = "refused"
    """The two values are not compared."""


ORDER = (Verdict.ROSE, Verdict.FELL, Verdict.UNTOLD, Verdict.REFUSED)
"""Groups of areas in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class AreaChange:
    """How one area changed."""

    area_kind: str
    area_code: str
    change: Change

    @property
    def verdict(self) -> Verdict:
        """What can be said of it."""
        if self.change.refusal is not None or self.change.p_value is None:
            return Verdict.REFUSED
        return {1: Verdict.ROSE, -1: Verdict.FELL, 0: Verdict.UNTOLD}[self.change.direction]

    @property
    def is_torn(self) -> bool:
        """Whether the test of this area alone and the interval of its difference disagree."""
        found = self.change
        if found.p_value is None or found.difference_low is None or found.difference_high is None:
            return False
        is_apart = not found.difference_low <= 0 <= found.difference_high
        return is_apart != (found.p_value <= 1 - statistics.CONFIDENCE)


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator between two periods."""

    indicator: Indicator
    first: str
    last: str
    areas: tuple[AreaChange, ...]
    """Group by group, each in its order; see ``in_order``."""
    nation: AreaChange | None
    """None where the source gives no nation beside these areas."""
    is_nation_changed: bool | None
    """The source's own test of the nation, where the first period is the one before the last."""
    refusal: Refusal | None
    """Why no area is compared; None where some are."""
    among: int
    """Number of areas whose tests are looked at together."""

    def of(self, verdict: Verdict) -> tuple[AreaChange, ...]:
        """Return the areas of one group."""
        return tuple(item for item in self.areas if item.verdict is verdict)

    @property
    def reason(self) -> Change | None:
        """A change that is refused for the reason of ``refusal``."""
        every = (item.change for item in self.areas if item.change.refusal is self.refusal)
        return next(every, None) if self.refusal else None

    @property
    def is_counted(self) -> bool:
        """Whether counts are compared, whose ratio has an exact interval."""
        return self.indicator.recipe.interval is Interval.POISSON

    @property
    def is_dependent(self) -> bool:
        """Whether both periods have intervals, but no independent samples or errors."""
        pairs = [(item.change.before, item.change.after) for item in self.areas]
        known = [pair for pair in pairs if pair[0].interval and pair[1].interval]
        return self.refusal is Refusal.NO_INTERVAL and 2 * len(known) > len(pairs)


def compare(
    atlas: Atlas, slug: str, pair: Pair, level: str | None = None, within: str = ""
) -> Compared:
    """Compare two periods of all areas.

    Parameters
    ----------
    atlas
        The atlas.
    slug
        Name of the indicator.
    pair
        The earlier and the later period.
    level
        Kind of area; the indicator's own where none is given.
    within
        Code with which the codes of the areas begin that are kept, as that of a state for its
        municipalities. They are still tested beside those of all states.

    Raises
    ------
    BadRequest
        If the indicator, the level or a period does not exist, or the order is wrong.
    """
    found = indicator(slug).at(level)
    changes = atlas.changes(slug, *pair, level)
    every = [AreaChange(item.after.area_kind, code, item) for code, item in changes.items()]
    areas = [item for item in every if item.area_kind == found.geography.area_kind]
    kept = [item for item in areas if item.area_code.startswith(within)]
    nation = [item for item in every if item.area_code == NATION_CODE]
    return Compared(
        found,
        *pair,
        areas=in_order(kept),
        nation=nation[0] if nation else None,
        is_nation_changed=_flag(atlas, found, pair),
        refusal=_refusal(kept),
        among=len(areas),
    )


def in_order(areas: list[AreaChange]) -> tuple[AreaChange, ...]:
    """Return areas group by group: who rose for sure first, who fell for sure next.

    Those that rose, and those that cannot be told, stand by the lower end of their rise; those
    that fell by the upper end of their fall, the surest one first; those that are not compared by
    their codes.
    """

    def place(item: AreaChange) -> tuple[int, float, str]:
        low, high = ends(item.change)
        key = high if item.verdict is Verdict.FELL else -low
        if item.verdict is Verdict.REFUSED:
            key = 0.0
        return ORDER.index(item.verdict), key, item.area_code

    return tuple(sorted(areas, key=place))


def ends(change: Change) -> tuple[float, float]:
    """Return the interval that belongs to the test: of the ratio, of estimates the difference."""
    pairs = (change.ratio_low, change.ratio_high), (change.difference_low, change.difference_high)
    for low, high in pairs:
        if low is not None and high is not None:
            return low, high
    return -math.inf, math.inf


def opening(atlas: Atlas, slug: str, last: str, level: str | None = None) -> Pair | None:
    """Return the pair that a page opens on: a period and the one it is compared with.

    Where those two are not compared it is the nearest pair that is; where none is, the two as they
    are. None where there is only one period.

    Raises
    ------
    BadRequest
        If the indicator or the level does not exist.
    """
    found, every = indicator(slug).at(level), atlas.periods(slug, level)
    earlier = [text for text in every if text < last]
    before = comparisons.period_before(found, last, every) or (earlier[-1] if earlier else None)
    pair = (before, last) if before else every[:2]
    if len(pair) < 2:
        return None
    return offer(atlas, slug, (pair[0], pair[1]), level) or (pair[0], pair[1])


def _refusal(areas: list[AreaChange]) -> Refusal | None:
    """Return the reason that most areas have, where none of them is compared."""
    if any(item.verdict is not Verdict.REFUSED for item in areas):
        return None
    reasons = Counter(item.change.refusal for item in areas if item.change.refusal)
    return reasons.most_common(1)[0][0] if reasons else None


def _flag(atlas: Atlas, found: Indicator, pair: Pair) -> bool | None:
    every = atlas.periods(found.slug)
    is_next = pair[1] in every and every.index(pair[1]) - 1 == _position(every, pair[0])
    if not is_next:
        return None
    return observations.published_change(found.slug, pair[1], atlas.known_on)


def _position(every: tuple[str, ...], text: str) -> int:
    return every.index(text) if text in every else -2
