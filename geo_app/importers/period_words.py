"""Periods and measures in plain English words, for the lines that the command line prints.

The command line speaks English; the pages have sentences of their own in both languages (``text``).
"""

from __future__ import annotations

from datetime import date

from geo_app.importers.months import ENGLISH_MONTHS
from geo_app.periods import Cadence, parse

_UNITS = ("_per_100k", "_count", "_pct", "_score", "_lb")


def in_words(period: str) -> str:
    """Return a period in words.

    Examples
    --------
    >>> in_words("2026-01"), in_words("2025-08-12"), in_words("2022Q2"), in_words("2024")
    ('January 2026', '12 August 2025', '2022Q2', '2024')
    """
    found = parse(period)
    if found.cadence is Cadence.MONTH:
        return _month(found.start)
    if found.cadence is Cadence.ISSUE:
        return f"{found.start.day} {_month(found.start)}"
    return period


def _month(day: date) -> str:
    return f"{ENGLISH_MONTHS[day.month - 1]} {day.year}"


def words(measure: str) -> str:
    """Return a measure in words, without its unit.

    Examples
    --------
    >>> words("homicide_victims_count")
    'homicide victims'
    """
    for unit in _UNITS:
        measure = measure.removesuffix(unit)
    return measure.replace("_", " ")
