"""What may be compared with what, and whether a difference is more than chance.

Owns the refusals (a break, a season, an overlap, a gap, no interval) and the choice of the earlier
period. Does not own the tests themselves (``statistics``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from geo_app import statistics
from geo_app.answers import Change, Refusal, Value
from geo_app.errors import BadRequest
from geo_app.indicators import Indicator, Interval, Kind, SeriesBreak, Status
from geo_app.periods import Cadence, months_before, parse
from geo_app.states import NATION_CODE

Pairs = Mapping[str, tuple[Value, Value]]
"""Earlier and later value by area code: the nation and all states."""


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
    before, after = pairs[area_code]
    if parse(before.period) >= parse(after.period):
        message = "a change runs from an earlier to a later period"
        raise BadRequest(message, got=f"{before.period} to {after.period}")
    refusal, series_break = refuse(found, before, after)
    test = None if refusal else _test(found, before, after)
    if test is None:
        return Change(before, after, refusal, series_break, None, None, None, None, stands=False)
    stands = _stands(found, area_code, pairs)
    ratio = None if math.isnan(test.ratio) else test.ratio
    ends = (ratio, test.low, test.high, test.p_value)
    return Change(before, after, None, None, *ends, stands=stands)


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
    return _measured_refusal(found, before.period, after.period), None


def _measured_refusal(found: Indicator, first: str, last: str) -> Refusal | None:
    """Say why two numbers are not compared that are both there and whole."""
    of_months = _month_refusal(found, first, last) if found.cadence is Cadence.MONTH else None
    # Where the source has added up the months itself, no interval could mend that they are shared.
    if of_months is not None and found.recipe.published_window_months > 1:
        return of_months
    return of_months if found.recipe.interval is Interval.POISSON else Refusal.NO_INTERVAL


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


def _stands(found: Indicator, area_code: str, pairs: Pairs) -> bool:
    if area_code == NATION_CODE:
        test = _test(found, *pairs[area_code])
        return test is not None and test.p_value <= 1 - statistics.CONFIDENCE
    codes = [code for code in pairs if code != NATION_CODE]
    tests = [_test(found, *pairs[code]) for code in codes]
    stands = statistics.holm([1.0 if test is None else test.p_value for test in tests])
    return bool(stands[codes.index(area_code)])


def _test(found: Indicator, before: Value, after: Value) -> statistics.RateChange | None:
    """Compare two counts over their person-years; None where one of them is no rate."""
    if before.numerator is None or after.numerator is None:
        return None
    if before.denominator is None or after.denominator is None:
        return None
    # A month counts its days: February is not a quiet month but a short one.
    days = [parse(v.period).days if found.recipe.annualised else 1 for v in (before, after)]
    return statistics.rate_change(
        before.numerator,
        before.denominator * days[0],
        after.numerator,
        after.denominator * days[1],
    )
