"""Which period of one indicator belongs to a period of another one.

Nothing is carried from another time: where no period of the second indicator ends in the first
one's, there is none. Advice alone holds until the next issue, so that it has a level on any day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo_app.periods import Cadence, Period, parse


def matching(first: str, periods: Sequence[str], last_day: date | None = None) -> str | None:
    """Return the period of a second indicator for one of the first.

    Parameters
    ----------
    first
        The period of the first indicator.
    periods
        Those of the second one, oldest first; of issues of advice all its days of issue.
    last_day
        Of issues: the day on which the source was last read; nothing is known of a later one.

    Returns
    -------
    str or None
        The same period; else the one that holds the first one's last day; else the last one that
        ends in it. Of issues the first one's last day itself. None where there is none.

    Examples
    --------
    >>> matching("2022", ["2022-11", "2022-12", "2023-01"])
    '2022-12'
    >>> matching("2022Q2", ["2021", "2022"])
    '2022'
    >>> matching("2020", ["2021", "2022"]) is None
    True
    """
    if first in periods:
        return first
    moment = parse(first)
    every = [parse(text) for text in periods]
    if every and every[0].cadence is Cadence.ISSUE:
        return _day_of_advice(moment, every[0], last_day)
    fitting = (
        [item.text for item in every if item.start <= moment.end <= item.end],
        [item.text for item in every if moment.start <= item.end <= moment.end],
    )
    return next((found[-1] for found in fitting if found), None)


def _day_of_advice(moment: Period, oldest: Period, last_day: date | None) -> str | None:
    if moment.end < oldest.start or (last_day is not None and moment.end > last_day):
        return None
    return str(moment.end)
