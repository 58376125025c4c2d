"""What a map over time is given: a head in one language, packed shapes, packed values.

Owns the records and the JSON of the head. Does not own the bytes (``geometry``, ``series``), nor
what a value means: every text arrives in the language of the page.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from geo_app.errors import BadRequest
from geo_app.maps.element_words import MapWords
from geo_app.maps.head import (
    MARKS,
    MISSING,
    Comparable,
    Difference,
    Exposure,
    MapClass,
    MapStep,
    Mark,
)
from geo_app.maps.packing import Packed

__all__ = [
    "MARKS",
    "MISSING",
    "Head",
    "MapClass",
    "MapStep",
    "MapWords",
    "Mark",
    "TimeMapData",
    "compact",
]

Show = Literal["one", "two", "difference"]
"""One map, two maps side by side, or one map of the difference."""

Layout = Literal["plane", "tiles", "mercator"]
"""The plane of EPSG:6372, equal squares, or Web Mercator."""

MOST_CLASSES = 36


@dataclass(frozen=True, slots=True)
class Head:
    """Everything of a map that is a text, or that says how its numbers are read."""

    lang: str
    title: str
    short: str
    unit: str
    kind: Literal["rate", "share", "level", "count", "score"]
    level: str
    """Kind of area: "state", "municipality", "city", or another for data of one's own."""
    decimals: int
    codes: tuple[str, ...]
    """By area, in the order of the packed shapes, which carry them."""
    names: tuple[str, ...]
    """By area, in the language of the page."""
    steps: tuple[MapStep, ...]
    """In order of time."""
    breaks: tuple[float, ...]
    classes: tuple[MapClass, ...]
    """One more than breaks, lowest first."""
    statuses: tuple[tuple[str, Mark], ...]
    """Status in words, and the mark over the colour of a value that has it."""
    intervals: tuple[str, ...]
    """How an interval was made, in words; "" first, for none."""
    words: MapWords
    level_names: tuple[str, ...] = ()
    """Text of level 1, 2, ...; only of the kind "level"."""
    exposure: Exposure | None = None
    """Only of counts over a population."""
    comparable: Comparable | None = None
    """None where any two steps may be compared."""
    difference: Difference | None = None
    """None where a difference is not shown at all."""
    sources: tuple[str, ...] = ()
    """Source lines."""

    def __post_init__(self) -> None:
        _check_unique("area", self.codes)
        _check_unique("period", [step.period for step in self.steps])
        _check_count("names", len(self.names), len(self.codes))
        _check_count("classes", len(self.classes), len(self.breaks) + 1)
        _check_classes(len(self.classes))
        for step in self.steps:
            _check_mark(step.mark, f"step {step.period}")
        for text, mark in self.statuses:
            _check_mark(mark, f"status {text!r}")

    def document(self, geometry: Packed, series: Packed) -> dict[str, object]:
        """Return the head as the browser reads it, bound to the bytes that belong to it."""
        return {
            "lang": self.lang,
            "title": self.title,
            "short": self.short,
            "unit": self.unit,
            "kind": self.kind,
            "level": self.level,
            "decimals": self.decimals,
            "geometry": geometry.crc,
            "series": series.crc,
            "names": self.names,
            "steps": [
                [s.period, s.label, s.note, s.break_reason, MARKS.index(s.mark)] for s in self.steps
            ],
            "breaks": self.breaks,
            "classes": _pairs(self.classes),
            "statuses": [[text, MARKS.index(mark)] for text, mark in self.statuses],
            "intervals": self.intervals,
            "level_names": self.level_names,
            "exposure": asdict(self.exposure) if self.exposure else None,
            "comparable": _comparable(self.comparable),
            "difference": _difference(self.difference),
            "sources": self.sources,
            "words": asdict(self.words),
        }


@dataclass(frozen=True, slots=True)
class TimeMapData:
    """Everything that one map over time shows, and how it is shown first.

    Raises
    ------
    BadRequest
        If a period or an area that is to be shown first is not on the map.
    """

    head: Head
    geometry: Packed
    series: Packed
    initial_period: str = ""
    """Period shown first; "" for the last one."""
    selected: tuple[str, ...] = ()
    """Codes of the selected areas."""
    against: str = ""
    """Earlier period of two; "" for none."""
    show: Show = "one"
    layout: Layout = "plane"

    def __post_init__(self) -> None:
        periods = [step.period for step in self.head.steps]
        _check_listed("initial_period", self.initial_period, periods)
        _check_listed("against", self.against, periods)
        for code in self.selected:
            _check_listed("selected", code, self.head.codes)
        _check_listed("show", self.show, get_args(Show))
        _check_listed("layout", self.layout, get_args(Layout))

    @property
    def period(self) -> str:
        """The period shown first."""
        return self.initial_period or self.head.steps[-1].period

    def document(self) -> dict[str, object]:
        """Return the head as the browser reads it."""
        return self.head.document(self.geometry, self.series)

    def head_json(self) -> str:
        """Return the head as JSON; it names the bytes that belong to it."""
        return compact(self.document())

    def view(self) -> dict[str, object]:
        """Return what is shown first."""
        return {
            "period": self.period,
            "selected": list(self.selected),
            "against": self.against,
            "show": self.show,
            "layout": self.layout,
        }

    def to_json(self) -> str:
        """Return the whole map as JSON, its bytes as base64: what ``L.timeChoropleth`` takes."""
        parts = {"geometry": self.geometry, "series": self.series}
        texts = {name: base64.b64encode(item.data).decode() for name, item in parts.items()}
        return compact({"head": self.document(), **texts, **self.view()})


def compact(value: object) -> str:
    """Return a value as JSON without blanks, letters as they are, the same on every run."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _pairs(classes: Sequence[MapClass]) -> list[list[str]]:
    return [[item.label, item.colour] for item in classes]


def _comparable(found: Comparable | None) -> dict[str, object] | None:
    return None if found is None else {"refusals": found.refusals, "pairs": found.rows()}


def _difference(found: Difference | None) -> dict[str, object] | None:
    if found is None:
        return None
    scale = {"breaks": found.breaks, "classes": _pairs(found.classes), "neutral": found.neutral}
    return {"unit": found.unit, **scale, **found.texts}


def _check_unique(what: str, keys: Sequence[str]) -> None:
    if not keys:
        message = f"a map over time needs at least one {what}"
        raise BadRequest(message)
    twice = sorted(key for key, count in Counter(keys).items() if count > 1)
    if twice:
        message = f"the same {what} appears twice"
        raise BadRequest(message, where="map over time", got=", ".join(twice))


def _check_count(what: str, got: int, expected: int) -> None:
    if got != expected:
        message = f"the {what} are not as many as they must be"
        raise BadRequest(message, where="map over time", expected=str(expected), got=str(got))


def _check_classes(count: int) -> None:
    if not 0 < count <= MOST_CLASSES:
        message = "a scale that cannot be shown"
        raise BadRequest(message, expected=f"1 to {MOST_CLASSES} classes", got=str(count))


def _check_listed(what: str, key: str, keys: Sequence[str]) -> None:
    if key and key not in keys:
        message = f"{what} is not on the map"
        raise BadRequest(message, expected=f"one of {keys[0]} to {keys[-1]}", got=repr(key))


def _check_mark(mark: str, where: str) -> None:
    if mark not in MARKS:
        message = "no such mark"
        expected = " or ".join(repr(known) for known in MARKS)
        raise BadRequest(message, where=where, expected=expected, got=repr(mark))
