"""How two steps of a map are compared: which may be, and how their difference is shown.

Owns the diverging scales and the words of a difference. Does not own the rules
(``comparisons``), nor the tests, which the browser does as ``statistics`` does them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from geo_app import comparisons
from geo_app.answers import Refusal, Value
from geo_app.classes import DIVERGING, NEUTRAL
from geo_app.indicators import Indicator, Interval, Kind, SeriesBreak, Status
from geo_app.maps.head import Comparable, Difference, MapClass
from geo_app.text import MINUS, Words

RATE_BREAKS = (-20.0, -10.0, -5.0, 0.0, 5.0, 10.0, 20.0)
"""Fixed over all pairs of periods, in the unit of the rate."""

LEVEL_BREAKS = (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)
"""One class for each number of levels between -3 and 3."""


def comparable(found: Indicator, periods: tuple[str, ...], say: Words) -> Comparable:
    """Return which two periods of an indicator may be compared, and why others may not.

    What depends on an area, a missing or partial value, is decided in the browser.
    """
    every, pairs = _pairs(found, periods)
    texts = tuple(_reason(found, refusal, item, say) for refusal, item in every)
    return Comparable(("", *texts), pairs)


def difference(found: Indicator, say: Words, breaks: tuple[float, ...] = RATE_BREAKS) -> Difference:
    """Return how differences of an indicator are classed, coloured and told.

    Parameters
    ----------
    found
        The indicator.
    say
        The words of a language.
    breaks
        Seven, zero in the middle, in the unit; of levels they are ``LEVEL_BREAKS``.
    """
    is_level = found.kind is Kind.LEVEL
    breaks = LEVEL_BREAKS if is_level else breaks
    colours = DIVERGING["level"] if is_level else DIVERGING["change"]
    labels = _level_labels(say) if is_level else _labels(breaks, say)
    middle = len(colours) // 2
    classes = [MapClass(*both) for both in zip(labels, colours, strict=True)]
    none = say("difference_same" if is_level else "difference_none")
    classes.insert(middle, MapClass(none, NEUTRAL))
    unit = say("difference_unit", {"unit": found.unit.in_(say.lang)})
    return Difference(
        unit=say("difference_unit_level") if is_level else unit,
        breaks=breaks,
        classes=tuple(classes),
        neutral=middle,
        texts=_texts(none, say),
    )


def _texts(none: str, say: Words) -> dict[str, str]:
    """Return what is said of an area; the gaps are filled in by the browser."""
    named = {
        "stands": "difference_stands",
        "missing": "difference_refusal_missing",
        "partial": "difference_refusal_partial",
        "same": "difference_refusal_same",
        "interval": "difference_interval",
        "interval_open": "difference_interval_open",
        "label": "difference_label",
    }
    return {"none": none, **{name: say.sentences[key] for name, key in named.items()}}


def _reason(
    found: Indicator, refusal: Refusal, series_break: SeriesBreak | None, say: Words
) -> str:
    # The browser tests counts only; of two estimates the map does not have the last word.
    is_survey = found.recipe.source in comparisons.INDEPENDENT_SAMPLES
    if refusal is Refusal.NO_INTERVAL and is_survey:
        return say("difference_refusal_survey")
    text = say.sentences[f"difference_refusal_{refusal}"]
    reason = series_break.reason.in_(say.lang) if series_break else ""
    return text.format_map({"reason": reason})


Reasons = tuple[tuple[Refusal, SeriesBreak | None], ...]


@lru_cache(maxsize=32)
def _pairs(
    found: Indicator, periods: tuple[str, ...]
) -> tuple[Reasons, tuple[tuple[int, ...], ...]]:
    """Ask of every pair; a number is the position of its reason, counted from one, 0 for none."""
    asked = _without_test(found)
    reasons: dict[tuple[Refusal, SeriesBreak | None], int] = {}
    values = [_value(period) for period in periods]

    def number(before: Value, after: Value) -> int:
        refusal, series_break = comparisons.refuse(asked, before, after)
        if refusal is None:
            return 0
        return reasons.setdefault((refusal, series_break), len(reasons) + 1)

    pairs = tuple(
        tuple(number(before, after) for before in values[:place])
        for place, after in enumerate(values)
    )
    return tuple(reasons), pairs


def _without_test(found: Indicator) -> Indicator:
    # A level has no interval because it is no measurement: its difference needs no test.
    if found.kind is not Kind.LEVEL:
        return found
    return replace(found, recipe=replace(found.recipe, interval=Interval.POISSON))


def _value(period: str) -> Value:
    """Return a value that nothing but its period could keep from being compared."""
    empty = (None, None, "", 1.0, 1.0)
    return Value("state", "01", period, 1.0, *empty, Status.FINAL, "", "", "", "")


def _signed(number: float, say: Words) -> str:
    text = say.number(abs(number))
    return text if number == 0 else f"{MINUS if number < 0 else '+'}{text}"


def _labels(breaks: tuple[float, ...], say: Words) -> list[str]:
    texts = [_signed(number, say) for number in breaks]
    between = [say("class_between", {"low": low, "high": high}) for low, high in pairwise(texts)]
    ends = say("class_under", {"high": texts[0]}), say("class_over", {"low": texts[-1]})
    return [ends[0], *between, ends[1]]


def _level_labels(say: Words) -> list[str]:
    return [_signed(number, say) for number in (-3, -2, -1, 1, 2, 3)]
