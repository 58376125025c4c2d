"""How one period of a measure changed, as a record and as a line.

Owns the form of the numbers in the lines that ``update`` prints. Does not own what is compared
(``differences``).
"""

from __future__ import annotations

from dataclasses import dataclass

from geo_app.importers.period_words import in_words

_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One period before and after."""

    period: str
    before: float | None
    """Value of the nation, or sum of the areas; None = none, or not to be added up."""
    after: float | None
    was_there: bool
    """Whether the table had rows of the period before."""
    is_there: bool
    area: str
    """Name of one of the areas."""
    areas: str
    """Name of several."""
    revised_count: int
    """Areas with another value than before."""
    gained_count: int
    """Areas that were listed without a value before and have one now."""
    lost_count: int
    """Areas that had a value before and have none now."""
    empty_count: int
    """Areas whose value is missing now."""
    area_moves: tuple[float, ...]
    """By how much the areas moved that did."""

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell."""
        areas = self.revised_count + self.gained_count + self.lost_count
        return self.was_there != self.is_there or self.before != self.after or areas > 0

    @property
    def sort(self) -> str:
        """What happened: "are new", "have vanished" or "revised"."""
        if not self.was_there:
            return "are new"
        return "revised" if self.is_there else "have vanished"

    @property
    def moved(self) -> float | None:
        """By how much the total moved; None where there is none on either side."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def line(change: Change, measure: str) -> str:
    """Return a change as a line.

    Parameters
    ----------
    change
        One period.
    measure
        Its ending names the unit.

    Examples
    --------
    >>> month = Change("2026-01", 1369, 1392, True, True, "state", "states", 4, 0, 0, 0, (23.0,))
    >>> line(month, "homicide_cases_count")
    'January 2026: 1,369 → 1,392 (+23), 4 states revised'
    """
    name = in_words(change.period)
    unit = " %" if measure.endswith("_pct") else ""
    if change.sort == "are new":
        value = f": {_number(change.after, unit)}" if change.after is not None else ""
        empty = f", {_count(change.empty_count, change)} without a value"
        return f"{name} is new{value}{empty if change.empty_count else ''}"
    if change.sort == "have vanished":
        value = f": {_number(change.before, unit)} before" if change.before is not None else ""
        return f"{name} has vanished{value}"
    parts = [_total(change, unit), *_areas(change, unit)]
    return f"{name}: {', '.join(filter(None, parts))}"


def _total(change: Change, unit: str) -> str:
    before, after = change.before, change.after
    if before is None and after is None:
        return ""
    if before == after:
        return f"{_number(after, unit)} as before"
    if before is None or after is None:
        return f"{_number(before, unit)} → {_number(after, unit)}"
    places = _places(before, after)
    was, now = (_number(value, unit, places) for value in (before, after))
    points = " points" if unit else ""
    return f"{was} → {now} ({after - before:+,.{places}f}{points})"


def _areas(change: Change, unit: str) -> list[str]:
    parts = []
    if change.revised_count:
        parts.append(f"{_count(change.revised_count, change)} revised{_range(change, unit)}")
    if change.gained_count:
        parts.append(f"{_count(change.gained_count, change)} with a value for the first time")
    if change.lost_count:
        parts.append(f"{_count(change.lost_count, change)} without the value of before")
    return parts


def _range(change: Change, unit: str) -> str:
    """Say by how much areas moved where no total says it."""
    if change.moved or not change.area_moves:
        return ""
    low, high = min(change.area_moves), max(change.area_moves)
    places = max(_places(0, low), _places(0, high))
    points = " points" if unit else ""
    span = f"{low:+,.{places}f}" if low == high else f"{low:+,.{places}f} to {high:+,.{places}f}"
    return f" by {span}{points}"


def _count(count: int, change: Change) -> str:
    return f"{count:,} {change.area if count == 1 else change.areas}"


def _number(value: float | None, unit: str, places: int | None = None) -> str:
    if value is None:
        return "no value"
    shown = places if places is not None else _own_places(value)
    return f"{value:,.{shown}f}{unit}"


def _own_places(value: float) -> int:
    return 0 if float(value).is_integer() else 1


def _places(before: float, after: float) -> int:
    """Return the fewest decimals with which two values look as different as they are."""
    if float(before).is_integer() and float(after).is_integer():
        return 0
    for places in range(1, _MOST_DECIMALS):
        if round(after - before, places) and round(before, places) != round(after, places):
            return places
    return _MOST_DECIMALS
