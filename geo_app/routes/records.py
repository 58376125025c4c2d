"""What a route is made of: legs, stretches in a state, and the whole with its worst level.

Owns the records and what follows from them alone. Does not own how a route is found (``ways``) or
said (``words``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo_app.advisories import Advice
from geo_app.restrictions import Restriction
from geo_app.routes.rules import StateRules
from geo_app.routes.stops import Stop


class LegKind(StrEnum):
    """What is known of the way between two points."""

    CORRIDOR = "corridor"
    """A road that we know joins them."""
    ACCESS = "access"
    """Between a stop and the corridor nearby; the way is not known to us."""
    STRAIGHT = "straight_line"
    """No corridor leads there; only the straight line is known."""
    NO_ROAD = "no_road"
    """A stop is on an island: no road to it is known, only the straight line."""


@dataclass(frozen=True, slots=True)
class RouteLeg:
    """The way between two points that follow each other."""

    kind: LegKind
    corridor_code: str
    """Empty where no corridor leads."""
    roads: tuple[str, ...]
    """Numbers of the roads that run together; empty where no corridor leads."""
    first: Stop
    last: Stop
    states: tuple[str, ...]
    """Codes of the states crossed, in order, the first and the last included."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a route from the entry into a state to the exit."""

    state_code: str
    towns: tuple[str, ...]
    """Names of stops and towns in it, in order; empty where the way only passes through."""
    roads: tuple[str, ...]
    """Numbers of the roads of its corridors; a road is named in each state of its leg."""
    kinds: tuple[LegKind, ...]
    """What is known of the way in it, each kind once."""
    advice: Advice
    """What was advised on the day."""
    rules: StateRules | None
    """Rules of the issue that stated the level; None = not known."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way between stops, and what is advised along it."""

    day: date
    stops: tuple[Stop, ...]
    legs: tuple[RouteLeg, ...]
    stretches: tuple[Stretch, ...]
    """A stretch for each entry into a state, so that a state may have several."""
    country_rules: tuple[Restriction, ...] | None
    """Rules for the whole country, of the issue in force on the day; None = not known."""
    country_issued: date | None
    """The issue in force on the day; None where none is held."""

    @property
    def roads(self) -> tuple[str, ...]:
        """Numbers of the roads in the order of travel, each once."""
        return tuple(dict.fromkeys(road for leg in self.legs for road in leg.roads))

    @property
    def road_groups(self) -> tuple[tuple[str, ...], ...]:
        """Roads that run together, in the order of travel, each group once."""
        return tuple(dict.fromkeys(leg.roads for leg in self.legs if leg.roads))

    @property
    def states(self) -> tuple[str, ...]:
        """Codes of the states, a code for each entry."""
        return tuple(item.state_code for item in self.stretches)

    @property
    def is_known(self) -> bool:
        """Whether the whole way is on corridors."""
        return all(leg.kind is LegKind.CORRIDOR for leg in self.legs)

    @property
    def is_straight_line(self) -> bool:
        """Whether some part of it is only the straight line between two stops."""
        return any(leg.kind in (LegKind.STRAIGHT, LegKind.NO_ROAD) for leg in self.legs)

    @property
    def has_no_road(self) -> bool:
        """Whether a stop lies on an island to which no road is known."""
        return any(leg.kind is LegKind.NO_ROAD for leg in self.legs)

    @property
    def worst_level(self) -> int | None:
        """The highest level that is known of a state on the way; None where none is known.

        Its status stands with each of ``worst``: a last stated level is not a current one.
        """
        return max((one.level for one in self._advised() if one.level is not None), default=None)

    @property
    def worst(self) -> tuple[Advice, ...]:
        """What is advised in the states of the highest level, each state once."""
        worst = self.worst_level
        return tuple(one for one in self._advised() if worst is not None and one.level == worst)

    @property
    def unknown_states(self) -> tuple[str, ...]:
        """Codes of the states on the way whose level is not known, each once."""
        return tuple(one.state_code for one in self._advised() if one.level is None)

    def _advised(self) -> list[Advice]:
        return list({item.state_code: item.advice for item in self.stretches}.values())
