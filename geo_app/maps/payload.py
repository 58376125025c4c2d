"""What a map over time is given: areas, steps, classes, ready-made texts.

Owns the records and the compact JSON of the values. Does not own the JSON of the shapes
(``geometry``), nor what a value means: every text arrives in the language of the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from shapely.geometry.base import BaseGeometry

from geo_app.errors import BadRequest
from geo_app.maps.geometry import geometry_json

Mark = Literal["", "partial", "preliminary", "last_stated", "estimated"]
"""How a value falls short of a final statement; "" where it does not."""

MARKS: tuple[Mark, ...] = get_args(Mark)
"""Every mark; its position is its digit in the JSON."""

MISSING = -1
"""Class index of an area without a value."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class MapClass:
    """One class of the scale; classes are listed lowest first."""

    label: str
    """Text of the legend line."""
    colour: str
    """Any CSS colour, in practice ``#rrggbb``."""


@dataclass(frozen=True, slots=True)
class MapStep:
    """One period of the slider."""

    period: str
    """Key of the period, such as "2022" or "2022-07"; unique, in order of time."""
    label: str
    """The period in words."""
    note: str
    """Sentence under the map while this step is shown, or ""."""
    break_reason: str
    """Why this step cannot be compared with the one before it, or ""."""
    mark: Mark
    """What holds for the whole step, or ""."""


@dataclass(frozen=True, slots=True)
class MapArea:
    """One thing that carries a colour: a state, or a city as a point."""

    code: str
    """Key of the area, unique."""
    name: str
    """Name in the language of the page."""
    geometry: BaseGeometry
    """Polygon, MultiPolygon or Point in EPSG:4326."""


@dataclass(frozen=True, slots=True)
class MapCell:
    """What one area shows at one step: texts as they are to be read."""

    class_index: int
    """Position in ``classes``; -1 where there is no value."""
    value: str
    """The value without its unit; where there is none, the reason or ""."""
    interval: str
    """The interval in words, or ""."""
    status: str
    """The status in words, or ""."""
    mark: Mark
    """Which pattern lies over the colour of the class, or ""."""


@dataclass(frozen=True, slots=True)
class MapWords:
    """Every word that the element itself shows or says, in the language of the page.

    Names in braces are filled in by the element.
    """

    play: str
    pause: str
    previous: str
    next: str
    slider: str
    """Name of the slider."""
    missing: str
    """Legend line and value of areas without a value."""
    count_one: str
    """How many areas a class has, for one: "1 state"."""
    count_many: str
    """The same for none or several: "{count} states"."""
    partial: str
    preliminary: str
    last_stated: str
    estimated: str
    break_here: str
    """Note at a step after a break: "Break in the series: {reason}"."""
    announce: str
    """Said at each step: "{period}. Without a value: {count}"."""
    hint: str
    """Stands under the map while nothing is selected."""
    selected: str
    """Comes before the facts of the selected area."""
    clear: str
    """Name of the button that clears the selection."""
    zoom_in: str
    zoom_out: str
    home: str
    """Name of the button that shows the whole map again."""


@dataclass(frozen=True, slots=True)
class TimeMapData:
    """Everything that one map over time shows.

    Raises
    ------
    BadRequest
        If the cells are not one row per step with one cell per area, a class index is outside
        the classes, a mark is unknown, a code or period appears twice, there is no step or area,
        or ``initial_period`` or ``selected`` is not among them.
    """

    title: str
    unit: str
    areas: tuple[MapArea, ...]
    cells: tuple[tuple[MapCell, ...], ...]
    """By step, then by area, in the order of ``steps`` and ``areas``."""
    steps: tuple[MapStep, ...]
    """In order of time."""
    classes: tuple[MapClass, ...]
    """Lowest first."""
    words: MapWords
    base: tuple[MapArea, ...] = ()
    """Land around the map, quiet and without values."""
    outlines: tuple[MapArea, ...] = ()
    """Unfilled shapes under points, such as the states under cities."""
    lang: str = "en"
    initial_period: str = ""
    """Period shown first; "" for the last one."""
    selected: str = ""
    """Code of the selected area, or ""."""

    def __post_init__(self) -> None:
        _check_unique("area", [area.code for area in self.areas])
        _check_unique("period", [step.period for step in self.steps])
        _check_listed("initial_period", self.initial_period, [s.period for s in self.steps])
        _check_listed("selected", self.selected, [area.code for area in self.areas])
        _check_shape(self)
        for step, row in zip(self.steps, self.cells, strict=True):
            _check_mark(step.mark, f"step {step.period}")
            for area, cell in zip(self.areas, row, strict=True):
                _check_cell(cell, len(self.classes), f"step {step.period} area {area.code}")

    def geometry_json(self) -> str:
        """Return the JSON of the shapes alone; the same for every indicator of the same areas.

        Raises
        ------
        ShapesInvalid
            If an area cannot be drawn: see ``geometry.geometry_json``.
        """
        return geometry_json(
            *(
                tuple((area.code, area.geometry) for area in group)
                for group in (self.areas, self.base, self.outlines)
            )
        )

    def data_json(self) -> str:
        """Return the JSON of everything but the shapes, the first period and the selection."""
        rows = self.cells
        return compact(
            {
                "title": self.title,
                "unit": self.unit,
                "lang": self.lang,
                "names": [area.name for area in self.areas],
                "codes": [area.code for area in self.areas],
                "classes": [[c.label, c.colour] for c in self.classes],
                "steps": [
                    [s.period, s.label, s.note, s.break_reason, MARKS.index(s.mark)]
                    for s in self.steps
                ],
                "class": _digits(rows, lambda c: c.class_index),
                "mark": _digits(rows, lambda c: MARKS.index(c.mark)),
                "value": _texts(rows, lambda c: c.value),
                "interval": _texts(rows, lambda c: c.interval),
                "status": _texts(rows, lambda c: c.status),
                "words": asdict(self.words),
            }
        )

    def to_json(self) -> str:
        """Return the whole map as compact JSON: shapes, values, first period, selection.

        Raises
        ------
        ShapesInvalid
            If an area cannot be drawn: see ``geometry.geometry_json``.
        """
        return (
            f'{{"geometry":{self.geometry_json()},"data":{self.data_json()},'
            f'"period":{compact(self.initial_period)},"selected":{compact(self.selected)}}}'
        )


def compact(value: object) -> str:
    """Return a value as JSON without blanks, letters as they are, the same on every run."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


Rows = tuple[tuple[MapCell, ...], ...]


def _digits(rows: Rows, number: Callable[[MapCell], int]) -> list[str]:
    """One character per cell and one string per step; "-" for a missing class."""
    return ["".join("-" if number(c) == MISSING else _DIGITS[number(c)] for c in r) for r in rows]


def _texts(rows: Rows, text: Callable[[MapCell], str]) -> dict[str, list[str]]:
    """One string per step: digits into a list of texts if these are few, else the texts."""
    texts = sorted({text(cell) for row in rows for cell in row})
    if len(texts) > len(_DIGITS):
        return {"rows": [_BETWEEN.join(text(cell) for cell in row) for row in rows]}
    digit = {known: _DIGITS[position] for position, known in enumerate(texts)}
    return {"texts": texts, "rows": ["".join(digit[text(c)] for c in row) for row in rows]}


def _check_shape(data: TimeMapData) -> None:
    expected = f"{len(data.steps)} x {len(data.areas)}"
    widths = sorted({len(row) for row in data.cells})
    if len(data.cells) != len(data.steps) or widths != [len(data.areas)]:
        message = "the cells are not one row per step with one cell per area"
        got = f"{len(data.cells)} rows of {' or '.join(map(str, widths)) or 'no'} cells"
        raise BadRequest(message, where="map over time", expected=expected, got=got)
    if not 0 < len(data.classes) <= len(_DIGITS):
        message = "a scale that cannot be shown"
        raise BadRequest(message, expected="1 to 36 classes", got=str(len(data.classes)))


def _check_unique(what: str, keys: Sequence[str]) -> None:
    if not keys:
        message = f"a map over time needs at least one {what}"
        raise BadRequest(message)
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        message = f"the same {what} appears twice"
        raise BadRequest(message, where="map over time", got=", ".join(twice))


def _check_listed(what: str, key: str, keys: Sequence[str]) -> None:
    if key and key not in keys:
        message = f"{what} is not on the map"
        raise BadRequest(message, expected=f"one of {keys[0]} to {keys[-1]}", got=repr(key))


def _check_mark(mark: str, where: str) -> None:
    if mark not in MARKS:
        message = "no such mark"
        expected = " or ".join(repr(known) for known in MARKS)
        raise BadRequest(message, where=where, expected=expected, got=repr(mark))


def _check_cell(cell: MapCell, classes: int, where: str) -> None:
    _check_mark(cell.mark, where)
    if not MISSING <= cell.class_index < classes:
        message = "no such class"
        expected = f"-1 to {classes - 1}"
        raise BadRequest(message, where=where, expected=expected, got=str(cell.class_index))
    if _BETWEEN in cell.value + cell.interval + cell.status:
        message = f"a text with {_BETWEEN!r}, which separates texts in the payload"
        raise BadRequest(message, where=where, fix="write the text without it")
