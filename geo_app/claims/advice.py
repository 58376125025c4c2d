"""The claim about the US levels: 29 of 31 states cautioned, six of them not to travel to."""

from __future__ import annotations

from datetime import date, timedelta

from geo_app import advisories
from geo_app.advisories import Advice, History
from geo_app.atlas import Atlas
from geo_app.claims.records import Claim, Fact, Held, Levels, Outcome, Part, decided
from geo_app.indicators import Status
from geo_app.periods import parse_date

SLUG = "advisory_level_us"
DAY = date(2022, 8, 17)
"""The issue of the summer of 2022."""

CLAIMED_ABOVE, CLAIMED_OF, CLAIMED_HIGHEST = 29, 31, 6
CAPITAL = "09"
"""Mexico City: one of the 32 areas of this atlas, and no state in the count of 31."""

LOWEST, HIGHEST = 1, 4


def levels(atlas: Atlas) -> Claim:
    """Check the numbers on the issue of August 2022, with and without Mexico City.

    The claim counts 31: that is the number of states without Mexico City, so that is how it is
    tested. With all 32 areas the numbers are told too.
    """
    history = advisories.history()
    until = history.checked if atlas.known_on is None else parse_date(atlas.known_on)
    found = history.on(DAY) if until >= DAY else ()
    return Claim(
        key="levels",
        parts=_parts(found),
        figures=_figures(found),
        drawings=(Levels("claims_levels_rows", _rows(history, until)),),
        notes=_notes(found, history, until),
        indicators=(SLUG,),
        link=(SLUG, str(DAY)),
    )


def above(found: tuple[Advice, ...], *, with_capital: bool) -> int:
    """Return how many states stand above the lowest level."""
    return sum(
        item.level is not None and item.level > LOWEST
        for item in found
        if with_capital or item.state_code != CAPITAL
    )


def at(found: tuple[Advice, ...], level: int) -> int:
    """Return how many of the 32 stand at a level."""
    return sum(item.level == level for item in found)


def agrees(found: tuple[Advice, ...]) -> bool:
    """Return whether a day gives the claim's numbers, Mexico City not counted as a state."""
    is_above = above(found, with_capital=False) == CLAIMED_ABOVE
    return is_above and at(found, HIGHEST) == CLAIMED_HIGHEST


def agreeing_days(history: History, until: date) -> tuple[tuple[date, date], ...]:
    """Return the stretches of days on which the levels in force give the claim's numbers.

    An issue without levels of states ends a stretch: the last stated levels are not current.
    Of days after ``until`` nothing is said.
    """
    ends = [*(issue - timedelta(days=1) for issue in history.issues[1:]), history.checked]
    ends = [min(end, until) for end in ends]
    stretches: list[tuple[date, date]] = []
    for first, last in zip(history.issues, ends, strict=True):
        if first > last or first not in history.stated or not agrees(history.on(first)):
            continue
        if stretches and stretches[-1][1] == first - timedelta(days=1):
            first = stretches.pop()[0]  # noqa: PLW2901 - the stretch goes on
        stretches.append((first, last))
    return tuple(stretches)


def _parts(found: tuple[Advice, ...]) -> tuple[Part, ...]:
    if not found:
        none: dict[str, Fact] = {"date": str(DAY)}
        return (Part("claims_levels_none", Outcome.NOT_HELD, none),)
    count, highest = above(found, with_capital=False), at(found, HIGHEST)
    day: dict[str, Fact] = {"date": str(DAY)}
    return (
        Part(
            "claims_levels_above",
            decided(is_true=count == CLAIMED_ABOVE),
            {**day, "count": (count, 0), "of": (CLAIMED_OF, 0)},
        ),
        Part(
            "claims_levels_highest",
            decided(is_true=highest == CLAIMED_HIGHEST),
            {**day, "count": (highest, 0)},
        ),
    )


def _notes(found: tuple[Advice, ...], history: History, until: date) -> tuple[Part, ...]:
    if not found:
        return ()
    every: dict[str, Fact] = {
        "date": str(DAY),
        "count": (above(found, with_capital=True), 0),
        "of": (len(found), 0),
    }
    days = [
        Part("claims_levels_days", Outcome.YES, {"first": str(first), "last": str(last)})
        for first, last in agreeing_days(history, until)
    ]
    return (Part("claims_levels_every", Outcome.YES, every), *days)


def _figures(found: tuple[Advice, ...]) -> tuple[Held, ...]:
    if not found:
        return ()
    counts = [(f"level_{level}", at(found, level)) for level in (4, 3, 2, 1)]
    counts += [
        ("above_states", above(found, with_capital=False)),
        ("above_areas", above(found, with_capital=True)),
    ]
    is_carried = any(item.is_carried_over for item in found)
    status = Status.ESTIMATED if is_carried else Status.CURRENT
    return tuple(_held(name, count, found[0], status) for name, count in counts)


def _held(name: str, count: int, advice: Advice, status: Status) -> Held:
    return Held(
        name=name,
        indicator=SLUG,
        first=str(DAY),
        last=str(DAY),
        value=count,
        unit="states",
        decimals=0,
        low=None,
        high=None,
        interval="",
        status=status,
        source=advisories.SOURCE,
        release=f"US advisory {DAY}",
        published=str(DAY),
        checked=str(advice.checked),
        area_code="00",
    )


def _rows(history: History, until: date) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
    rows = []
    for issue in history.stated:
        if issue <= until:
            found = history.on(issue)
            rows.append((str(issue), (at(found, 4), at(found, 3), at(found, 2), at(found, 1))))
    return tuple(rows)
