"""What can be looked at in an atlas: who reads a link asks here whether what it names exists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geo_app import cities, comparisons
from geo_app.atlas import Atlas
from geo_app.compare import regions
from geo_app.errors import BadRequest
from geo_app.indicators import indicator
from geo_app.routes import stops
from geo_app.search import finding
from geo_app.states import state_codes
from geo_app.ui import cache
from geo_app.view import SHOWS


@dataclass(frozen=True, slots=True)
class AtlasChoices:
    """What can be looked at in an atlas."""

    atlas: Atlas

    def slugs(self) -> Sequence[str]:
        """Return the indicators, the first one being the default."""
        return [item.slug for item in self.atlas.mapped_indicators()]

    def levels(self, slug: str) -> Sequence[str]:
        """Return the kinds of area of an indicator that a map shows, its own first."""
        return [str(level) for level in indicator(slug).mapped_levels]

    def periods(self, slug: str, level: str = "") -> Sequence[str]:
        """Return the periods of an indicator at a level, oldest first."""
        return self.atlas.periods(slug, level or None)

    def newest(self, slug: str, level: str = "") -> str:
        """Return the newest period with a value."""
        return self.atlas.newest(slug, level or None)

    def shows(self, slug: str) -> Collection[str]:
        """Return how an indicator can be shown: a difference where chance can be told from it."""
        has_differences = comparisons.has_differences(indicator(slug))
        return [show for show in SHOWS if has_differences or show != "difference"]

    def state_of_place(self, code: str) -> str:
        """Return the state of a place; empty where it lies in none or there is no such place."""
        try:
            return finding.place_by_code(code).state_code
        except BadRequest:
            return ""

    def has_stop(self, code: str) -> bool:
        """Whether a way may lead over this code."""
        try:
            return bool(stops.stop(code))
        except BadRequest:
            return False

    def is_compared(self, code: str) -> bool:
        """Whether this code names an area that can be compared with others."""
        return regions.is_area(code)

    def areas(self, kind: str) -> Collection[str]:
        """Return the codes of all areas of a kind."""
        if kind == "municipality":
            return cache.municipality_names()
        if kind == "city":
            return [item.city_code for item in cities.all_cities()]
        return state_codes()
