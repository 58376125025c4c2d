"""What may be compared with what, and whether a difference is more than chance.

Owns the refusals (a break, a season, an overlap, a gap, no interval) and the choice of the earlier
period. Does not own the tests themselves (``statistics``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from geo_app import contrasts, statistics
from geo_app.answers import Change, Refusal, Value
from geo_app.errors import BadRequest
from geo_app.indicators import Indicator, Interval, Kind, SeriesBreak, Status
from geo_app.periods import Cadence, months_before, parse
from geo_app.states import NATION_CODE

INDEPENDENT_SAMPLES = frozenset({"envipe-prevalence", "unreported-crime"})
"""Sources that ask a new sample each time, so that the standard errors of two of their figures are
enough to test them. The urban survey (ENSU) asks a part of the same dwellings again: how two of its
quarters hang together is not held. Nor is an interval of INEGI's own of the insecurity that ENVIPE
asks about."""

TESTABLE = frozenset({Interval.PUBLISHED_ERROR, Interval.COMPUTED})
"""Intervals that were made from the standard error of the very figure they stand beside."""

Pairs = Mapping[str, tuple[Value, Value]]
"""Earlier and later value by area code: the nation and all states."""


@dataclass(frozen=True, slots=True)
class _Tested:
    """What a test says of two values; ratio and ends are those of two counts."""

    ratio: float | None
    low: float | None
    high: float | None
    p_value: float


def compare(found: Indicator, area_code: str, pairs: Pairs) -> Change:
    """Compare an earlier and a later value of one area, where they may be compared.

    Parameters
    ----------
    found
        The indicator.
    area_code
        The area that is asked for.
    pairs
        The values of all areas: a reader looks at many, so a difference of one state stands only
        where it survives beside those of all.

    Raises
    ------
    BadRequest
        If the periods are not in order.
    """
    return compare_all(found, pairs)[area_code]


def compare_all(found: Indicator, pairs: Pairs) -> dict[str, Change]:
    """Compare an earlier and a later value of each area, where they may be compared.

    Parameters
    ----------
    found
        The indicator.
    pairs
        The values of all areas that are looked at together; a nation among them stands alone.

    Returns
    -------
    dict
        The change of each area, in the order of the pairs.

    Raises
    ------
    BadRequest
        If the periods are not in order.
    """
    for before, after in pairs.values():
        if parse(before.period) >= parse(after.period):
            message = "a change runs from an earlier to a later period"
            raise BadRequest(message, got=f"{before.period} to {after.period}")
    tests = {code: _test(found, *pair) for code, pair in pairs.items()}
    standing = _standing(tests)
    return {
        code: _change(found, *pairs[code], test, is_standing=code in standing)
        for code, test in tests.items()
    }


def _change(
    found: Indicator, before: Value, after: Value, test: _Tested | None, *, is_standing: bool
) -> Change:
    refusal, series_break = refuse(found, before, after)
    if refusal or test is None:
        return Change(before, after, refusal, series_break, None, None, None, None, stands=False)
    ends = _difference(before, after)
    return Change(
        *(before, after, None, None),
        *(test.ratio, test.low, test.high, test.p_value),
        is_standing,
        *(ends.value, ends.low, ends.high) if ends else (None, None, None),
    )


def refuse(
    found: Indicator, before: Value, after: Value
) -> tuple[Refusal | None, SeriesBreak | None]:
    """Say why two values are not compared; None where they may be."""
    # A window that begins before a break has counted by two methods itself.
    first = before.period
    if found.recipe.months_counted > 1:
        first = months_before(parse(first), found.recipe.months_counted)[0]
    breaks = found.breaks_between(first, after.period)
    if breaks:
        return Refusal.BREAK, breaks[0]
    if before.value is None or after.value is None:
        return Refusal.MISSING, None
    if Status.PARTIAL in (before.status, after.status):
        return Refusal.PARTIAL, None
    if found.recipe.is_living:
        return Refusal.LIVING, None
    return _measured_refusal(found, before, after), None


def are_estimates(found: Indicator, before: Value, after: Value) -> bool:
    """Whether two values are independent estimates of which standard errors are held."""
    is_independent = found.recipe.source in INDEPENDENT_SAMPLES
    return is_independent and before.interval in TESTABLE and after.interval in TESTABLE


def _measured_refusal(found: Indicator, before: Value, after: Value) -> Refusal | None:
    """Say why two numbers are not compared that are both there and whole."""
    first, last = before.period, after.period
    of_months = _month_refusal(found, first, last) if found.cadence is Cadence.MONTH else None
    # Where the source has added up the months itself, no interval could mend that they are shared.
    if of_months is not None and found.recipe.published_window_months > 1:
        return of_months
    if found.recipe.interval is Interval.POISSON:
        return of_months
    return None if are_estimates(found, before, after) else Refusal.NO_INTERVAL


def has_differences(found: Indicator) -> bool:
    """Whether the difference of two periods is shown at all.

    It is where a test can tell it from chance, and for levels, which are no measurements.
    """
    is_tested = found.recipe.interval is Interval.POISSON and not found.recipe.is_living
    return found.kind is Kind.LEVEL or is_tested


def period_before(found: Indicator, period: str, every: tuple[str, ...]) -> str | None:
    """Return the period to compare with: the year before, for months the same month of it."""
    if found.cadence is Cadence.MONTH:
        before = months_before(parse(period), 13)[0]
        return before if before in every else None
    return max((text for text in every if text < period), default=None)


def _month_refusal(found: Indicator, first: str, last: str) -> Refusal | None:
    if found.recipe.months_counted > 1:
        window = months_before(parse(last), found.recipe.months_counted)
        return Refusal.OVERLAP if first in window else None
    return Refusal.SEASON if first[-2:] != last[-2:] else None


def _standing(tests: Mapping[str, _Tested | None]) -> frozenset[str]:
    """Return the areas whose difference stands: the nation alone, all others together."""
    nation = tests.get(NATION_CODE)
    alone = nation is not None and nation.p_value <= 1 - statistics.CONFIDENCE
    codes = [code for code in tests if code != NATION_CODE]
    every = [tests[code] for code in codes]
    stands = statistics.holm([1.0 if test is None else test.p_value for test in every])
    together = {code for code, is_standing in zip(codes, stands, strict=True) if is_standing}
    return frozenset(together | ({NATION_CODE} if alone else set()))


def _test(found: Indicator, before: Value, after: Value) -> _Tested | None:
    """Compare two values by what is held of them; None where nothing tells chance."""
    if found.recipe.interval is Interval.POISSON:
        return _count_test(found, before, after)
    if not are_estimates(found, before, after):
        return None
    return _Tested(None, None, None, contrasts.probability(*map(_estimate, (before, after))))


def _count_test(found: Indicator, before: Value, after: Value) -> _Tested | None:
    """Compare two counts over their person-years; None where one of them is no rate."""
    if before.numerator is None or after.numerator is None:
        return None
    if before.denominator is None or after.denominator is None:
        return None
    # A month counts its days: February is not a quiet month but a short one.
    days = [parse(v.period).days if found.recipe.annualised else 1 for v in (before, after)]
    made = statistics.rate_change(
        before.numerator,
        before.denominator * days[0],
        after.numerator,
        after.denominator * days[1],
    )
    ratio = None if math.isnan(made.ratio) else made.ratio
    return _Tested(ratio, made.low, made.high, made.p_value)


def _difference(before: Value, after: Value) -> contrasts.Estimate | None:
    if None in (before.low, before.high, after.low, after.high):
        return None
    return contrasts.difference(_estimate(before), _estimate(after))


def _estimate(found: Value) -> contrasts.Estimate:
    ends = (found.value, found.low, found.high)
    return contrasts.Estimate(*(math.nan if end is None else end for end in ends))
