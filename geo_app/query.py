"""The query of an address, read key by key.

Owns what is remembered of a value that was not understood. Does not own what the keys mean
(``view``, ``analysis``): anything may stand in an address, so reading never fails.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from geo_app.errors import AtlasError
from geo_app.periods import parse_date


@dataclass(slots=True)
class Query:
    """Keys and values as they stand in an address, and the keys that were not understood."""

    values: Mapping[str, str]
    ignored: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Return what stands under a key; empty where nothing does."""
        return self.values.get(key, "")

    def one_of(self, key: str, allowed: Collection[str], default: str) -> str:
        """Return the value of a key where it is allowed, else its default."""
        value = self.values.get(key, default)
        return value if value in allowed else self.refused(key, default)

    def refused(self, key: str, default: str) -> str:
        """Remember that a key was not understood, and return its default."""
        if key not in self.ignored:
            self.ignored.append(key)
        return default

    def day(self, key: str) -> str:
        """Return the ISO date of a key; empty where it has none."""
        asked = self.text(key)
        try:
            return str(parse_date(asked)) if asked else ""
        except AtlasError:
            return self.refused(key, "")
