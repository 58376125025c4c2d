"""Years, quarters, months and issue dates as text, and what they span.

Owns the four forms of a period ("2022", "2022Q2", "2022-03", "2022-08-17"), their order and
their length. Does not own their names in words (``text``) nor which periods an indicator has.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from geo_app.errors import BadRequest

DAYS_PER_YEAR = 365.25
"""Length of the mean Julian year, on which monthly rates are annualised."""


class Cadence(StrEnum):
    """How often an indicator has a value."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    ISSUE = "issue"


_PATTERNS = {
    Cadence.YEAR: re.compile(r"(?P<year>\d{4})", re.ASCII),
    Cadence.QUARTER: re.compile(r"(?P<year>\d{4})Q(?P<quarter>[1-4])", re.ASCII),
    Cadence.MONTH: re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])", re.ASCII),
    Cadence.ISSUE: re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII),
}
_FORMS = {
    Cadence.YEAR: "a year such as 2022",
    Cadence.QUARTER: "a quarter such as 2022Q2",
    Cadence.MONTH: "a month such as 2022-03",
    Cadence.ISSUE: "a date such as 2022-08-17",
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days with a name; ordered by its first day."""

    start: date
    """First day."""
    end: date
    """Last day, included."""
    text: str
    """The period as it stands in tables and links."""
    cadence: Cadence
    """Year, quarter, month, or a single day of issue."""

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def middle_year(self) -> float:
        """The middle of the period in decimal years: 2022-07-01 noon is about 2022.5."""
        return _decimal_year(self.start, self.days / 2)


def parse(text: str) -> Period:
    """Read a period from its text.

    Parameters
    ----------
    text
        "2022", "2022Q2", "2022-03" or "2022-08-17".

    Raises
    ------
    BadRequest
        If the text has none of the four forms or names a day that does not exist.

    Examples
    --------
    >>> parse("2024-02").days
    29
    >>> parse("2022Q2").start.isoformat()
    '2022-04-01'
    """
    for cadence, pattern in _PATTERNS.items():
        match = pattern.fullmatch(text)
        if match:
            parts = {key: int(value) for key, value in match.groupdict().items()}
            return _build(text, cadence, parts)
    raise _unreadable(text)


def parse_date(text: str) -> date:
    """Read a day from ISO text.

    Raises
    ------
    BadRequest
        If the text is not a day such as 2022-08-17.
    """
    # Days are compared as text elsewhere: 20220817 and 2022-W33-3 are ISO too and would not sort.
    is_plain = _PATTERNS[Cadence.ISSUE].fullmatch(text) is not None
    try:
        return date.fromisoformat(text if is_plain else "")
    except ValueError as error:
        message = "not a date"
        raise BadRequest(message, expected=_FORMS[Cadence.ISSUE], got=repr(text)) from error


def form(cadence: Cadence) -> str:
    """Return the form of a period of this cadence, with an example, for messages."""
    return _FORMS[cadence]


def months_before(period: Period, count: int) -> list[str]:
    """Return ``count`` months that end with ``period``, oldest first.

    Examples
    --------
    >>> months_before(parse("2016-02"), 3)
    ['2015-12', '2016-01', '2016-02']
    """
    last = period.start.year * 12 + period.start.month - 1
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(last - count + 1, last + 1)]


def span(cadence: Cadence, first: str, last: str) -> list[str]:
    """Return every period from ``first`` to ``last``, both included, without gaps.

    Raises
    ------
    BadRequest
        If the cadence is issue dates, which follow no calendar.
    """
    start, end = parse(first), parse(last)
    if cadence is Cadence.YEAR:
        return [f"{year:04d}" for year in range(start.start.year, end.start.year + 1)]
    if cadence is Cadence.MONTH:
        months = (end.start.year - start.start.year) * 12 + end.start.month - start.start.month + 1
        return months_before(end, months)
    if cadence is Cadence.QUARTER:
        low, high = (p.start.year * 4 + (p.start.month - 1) // 3 for p in (start, end))
        return [f"{n // 4:04d}Q{n % 4 + 1}" for n in range(low, high + 1)]
    message = "issue dates follow no calendar"
    raise BadRequest(message)


def _build(text: str, cadence: Cadence, parts: dict[str, int]) -> Period:
    year = parts["year"]
    if year == 0:
        raise _unreadable(text)
    if cadence is Cadence.ISSUE:
        day = parse_date(text)
        return Period(day, day, text, cadence)
    first, last = 1, 12
    if cadence is Cadence.MONTH:
        first = last = parts["month"]
    elif cadence is Cadence.QUARTER:
        first, last = parts["quarter"] * 3 - 2, parts["quarter"] * 3
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Period(date(year, first, 1), end, text, cadence)


def _decimal_year(start: date, offset_days: float) -> float:
    whole = start + timedelta(days=int(offset_days))
    year_days = 366 if calendar.isleap(whole.year) else 365
    elapsed = (whole - date(whole.year, 1, 1)).days + offset_days % 1
    return whole.year + elapsed / year_days


def _unreadable(text: str) -> BadRequest:
    message = "not a period"
    return BadRequest(message, expected=", ".join(_FORMS.values()), got=repr(text))
