"""Which lines the chosen areas and regions are for one indicator.

Owns what becomes of a choice that an indicator has no line for: a region whose figures cannot be
summed is unfolded into its states, a state into the cities of a survey of cities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo_app import cities
from geo_app.compare import sums
from geo_app.compare.regions import CITY, Region, region
from geo_app.indicators import Geography, Indicator
from geo_app.states import NATION_CODE, state_codes


@dataclass(frozen=True, slots=True)
class Area:
    """What one line is of."""

    kind: str
    """ "nation", "state", "city" or "region"."""
    code: str
    """Code among areas of its kind."""
    region: Region | None = None
    """Of a region what it is made of."""

    @property
    def link_code(self) -> str:
        """Code in a link, where cities and states are told apart."""
        return f"{CITY}{self.code}" if self.kind == "city" else self.code


NATION = Area("nation", NATION_CODE)


class Unfolding(StrEnum):
    """Why a choice is not one line."""

    NO_COUNTS = "no_counts"
    """The figures of states cannot be summed."""
    CITIES = "cities"
    """The source asks in cities, not in states."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an indicator makes of a choice."""

    areas: tuple[Area, ...]
    """One a line, each once, in the order of the choice; the nation is not among them."""
    regions: tuple[Region, ...]
    """Every region of the choice, one line or not."""
    unfolded: tuple[tuple[str, Unfolding], ...]
    """Codes of states and regions that became several lines, with the reason."""
    left_out: tuple[str, ...]
    """Codes for which the indicator has nothing at all."""


def choose(codes: Sequence[str], found: Indicator, known_on: str | None = None) -> Chosen:
    """Return the lines of chosen codes.

    Parameters
    ----------
    codes
        Codes for which ``regions.is_area`` holds.
    found
        The indicator, at a level of states or cities.
    known_on
        ISO date of which levels count; None for the newest.
    """
    areas: list[Area] = []
    unfolded: list[tuple[str, Unfolding]] = []
    left_out: list[str] = []
    groups = {code: region(code, known_on) for code in codes if _is_region(code)}
    for code in codes:
        mine, why = _lines(code, groups.get(code), found)
        areas += mine
        if why is not None and mine:
            unfolded.append((code, why))
        if not mine:
            left_out.append(code)
    once = tuple(dict.fromkeys(areas))
    return Chosen(once, tuple(groups.values()), tuple(unfolded), tuple(left_out))


def every_state() -> tuple[Area, ...]:
    """Return the 32 states in the order of their codes."""
    return tuple(Area("state", code) for code in state_codes())


def _lines(
    code: str, group: Region | None, found: Indicator
) -> tuple[Sequence[Area], Unfolding | None]:
    of_cities = found.geography is Geography.CITY
    if code.startswith(CITY):
        return ([Area("city", code.removeprefix(CITY))] if of_cities else []), None
    members = (code,) if group is None else group.members
    if of_cities:
        return _cities_of(members), Unfolding.CITIES
    if group is None:
        return [Area("state", code)], None
    if sums.can_sum(found):
        return ([Area(sums.KIND, code, group)] if members else []), None
    return [Area("state", item) for item in members], Unfolding.NO_COUNTS


def _cities_of(states: Iterable[str]) -> list[Area]:
    """Return the cities that lie in states, those in two of them included."""
    wanted = set(states)
    every = cities.all_cities()
    return [Area("city", item.city_code) for item in every if wanted & set(item.state_codes)]


def _is_region(code: str) -> bool:
    return code not in state_codes() and not code.startswith(CITY)
