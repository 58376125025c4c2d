"""Makes the pages on which the map over time is tried alone: invented values, known answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page
from shapely.geometry import Point, box

from geo_app import shapes
from geo_app.maps.element_words import MapWords
from geo_app.maps.geometry import Keyed, pack_shapes
from geo_app.maps.head import Comparable, Difference, MapClass, MapStep, Mark
from geo_app.maps.payload import Head, TimeMapData
from geo_app.maps.series import Scaled, Series, pack_series
from geo_app.maps.time_choropleth import TimeChoropleth, plane_map
from geo_app.states import state
from geo_app.text import words

PROBE = "Object.values(window).find((value) => value && value.classOf)"
"""Finds the layer in a saved page."""

COLOURS = ("#fbe9d9", "#f6c7a1", "#d1644d", "#5c1a3a")
DIFFERENCE_COLOURS = ("#1b5a8c", "#c3c3c3", "#a8431f")
STATES_STEPS = 35
BREAK = "2002"
MISSING = -1

Rows = Sequence[Sequence[int]]
"""Class by step, then by area; -1 = missing."""

WORDS = {
    "play": "Play",
    "pause": "Pause",
    "previous": "Previous period",
    "next": "Next period",
    "slider": "Period",
    "missing": "No data",
    "count_one": "1 area",
    "count_many": "{count} areas",
    "partial": "Partial",
    "preliminary": "Preliminary",
    "last_stated": "Last stated",
    "estimated": "Estimated",
    "break_here": "Break: {reason}",
    "announce": "{period}. Without a value: {count}",
    "hint": "Choose an area",
    "map": "Map of areas",
    "streets_address": "",
}
"""Words that tests look for; the others are those of the atlas."""


def class_at(step: int, area: int) -> int:
    """Return the class of the invented values: no two steps alike, one in seven missing."""
    return MISSING if (step + area) % 7 == 0 else (step * step + 3 * area) % len(COLOURS)


def states_data(lang: str = "en") -> TimeMapData:
    """Return the 32 states over 35 years, with a break before 2002 and a preliminary 2024."""
    rows = [[class_at(step, area) for area in range(32)] for step in range(STATES_STEPS)]
    return _made(_states(), rows, [str(1990 + step) for step in range(STATES_STEPS)], lang=lang)


def gappy_rows(seed: int, steps: int) -> list[list[int]]:
    """Return random classes of the 32 states; each seed has another share of gaps."""
    random = Random(seed)  # noqa: S311 invented values
    gaps = random.uniform(0.05, 0.95)
    return [
        [MISSING if random.random() < gaps else random.randrange(len(COLOURS)) for _ in range(32)]
        for _ in range(steps)
    ]


def gappy_data(rows: Rows) -> TimeMapData:
    """Return the states with classes that are given."""
    return _made(_states(), rows, [str(2001 + step) for step in range(len(rows))])


def squares_data() -> TimeMapData:
    """Return three squares in a row, the middle one small, at two steps.

    At the second step, after a break, "east" is estimated and "small" has no value.
    """
    around = box(-101.5, 20, -99, 23).difference(box(-101.5, 21, -101.4, 21.1))
    forms = (box(-104, 20, -101.5, 23), box(-101.5, 21, -101.4, 21.1), around)
    areas = tuple(zip(("west", "small", "east"), forms, strict=True))
    marks = np.array([[0, 0], [0, 0], [0, 1]])
    return _made(areas, ((0, 1, 2), (3, MISSING, 2)), ("2001", BREAK), statuses=marks)


def months_data() -> TimeMapData:
    """Return two squares over the months of two years and a half, without a break."""
    areas = (("west", box(-104, 20, -102, 23)), ("east", box(-102, 20, -100, 23)))
    months = [f"{2003 + month // 12}-{month % 12 + 1:02d}" for month in range(30)]
    return _made(areas, [(month % 4, (month // 2) % 4) for month in range(30)], months)


def cities_data() -> TimeMapData:
    """Return two cities over the outline of a square, one of them without a value."""
    areas = (("a", Point(-103, 21)), ("b", Point(-102, 22)))
    under = (("land", box(-104, 20, -101, 23)),)
    return _made(areas, ((1, MISSING),), ("2001",), outlines=under)


def many_data(side: int = 18) -> TimeMapData:
    """Return so many small squares that they are painted as pixels, at three steps."""
    cells = [(column, row) for row in range(side) for column in range(side)]
    areas = tuple(
        (f"{number:04d}", box(-104 + x / 4, 20 + y / 4, -103.75 + x / 4, 20.25 + y / 4))
        for number, (x, y) in enumerate(cells)
    )
    rows = [
        [(x + y * step) % 4 if (x + step) % 9 else MISSING for x, y in cells] for step in (1, 2, 3)
    ]
    return _made(areas, rows, ("2005", "2006", "2007"))


def save(data: TimeMapData, folder: Path) -> str:
    """Save a map as a file and return the address of that file."""
    page = folder / "map.html"
    figure = plane_map()
    TimeChoropleth(data).add_to(figure)
    figure.save(str(page))
    return page.as_uri()


def payload(data: TimeMapData) -> dict[str, object]:
    """Return what the element is given, to be damaged or changed by a test."""
    return dict(json.loads(data.to_json()))


def _states() -> Keyed:
    return tuple((str(code), shape) for code, shape in shapes.load_states().geometry.items())


def _made(
    areas: Keyed,
    rows: Rows,
    periods: Sequence[str],
    *,
    outlines: Keyed = (),
    statuses: NDArray[np.int64] | None = None,
    lang: str = "en",
) -> TimeMapData:
    classes = np.array(rows).T
    is_known = classes != MISSING
    values = np.where(is_known, 10 * classes + 5, 0)
    none = np.zeros_like(classes)
    series = Series(
        is_known,
        np.where(is_known, none if statuses is None else statuses, 2),
        np.where(is_known, 1, 0),
        Scaled(1, values, np.where(is_known, values - 4, 0), np.where(is_known, values + 4, 0)),
    )
    codes = tuple(code for code, _ in areas)
    geometry = pack_shapes(areas, outlines=outlines)
    return TimeMapData(_head(codes, periods, lang), geometry, pack_series(series))


def _head(codes: tuple[str, ...], periods: Sequence[str], lang: str) -> Head:
    return Head(
        lang=lang,
        title="Title",
        short="Short",
        unit="per 100,000",
        kind="rate",
        level="state",
        decimals=1,
        codes=codes,
        names=tuple(_name(code) for code in codes),
        steps=tuple(_step(period) for period in periods),
        breaks=(1.0, 2.0, 3.0),
        classes=tuple(MapClass(f"class {i}", colour) for i, colour in enumerate(COLOURS)),
        statuses=(("final", ""), ("estimated by us", "estimated"), ("", "")),
        intervals=("", "invented interval"),
        words=_words(lang),
        comparable=_comparable(periods),
        difference=_difference(),
        sources=("Source of the invented values, 2026",),
    )


def _words(lang: str) -> MapWords:
    say = words(lang).sentences
    keys = {field.name: f"map_{field.name}" for field in fields(MapWords)}
    texts = {name: say[key] for name, key in keys.items() if key in say}
    return MapWords(**(texts | WORDS))


def _name(code: str) -> str:
    return state(code).name_en if code.isdecimal() and len(code) == 2 else code.title()


def _step(period: str) -> MapStep:
    mark: Mark = "preliminary" if period == "2024" else ""
    return MapStep(period, period, f"Note of {period}", "other method" * (period == BREAK), mark)


def _comparable(periods: Sequence[str]) -> Comparable:
    """Refuse each pair on two sides of the break."""
    pairs = tuple(
        tuple(int(first < BREAK <= last) for first in periods[:position])
        for position, last in enumerate(periods)
    )
    return Comparable(("", "Another method since 2002."), pairs)


def _difference() -> Difference:
    return Difference(
        unit="change per 100,000",
        breaks=(-0.5, 0.5),
        classes=(
            MapClass("lower", DIFFERENCE_COLOURS[0]),
            MapClass("no telling", DIFFERENCE_COLOURS[1]),
            MapClass("higher", DIFFERENCE_COLOURS[2]),
        ),
        neutral=1,
        texts={
            "none": "cannot be told from chance",
            "stands": "stands out from chance",
            "missing": "not in both",
            "partial": "part only",
            "interval": "{low} to {high}",
            "interval_open": "over {low}",
            "label": "{first} to {last}",
        },
    )


def area(page: Page, code: str) -> Locator:
    """Return the path of an area on the first map."""
    return page.locator(f'.tc-area[data-code="{code}"]').first


def fill(page: Page, code: str) -> str:
    """Return what an area is painted with, read back from the map."""
    return str(page.evaluate(f"(code) => {PROBE}.fillOf(code)", code))


def set_period(page: Page, period: str) -> None:
    """Show a period without telling the page's listeners."""
    page.evaluate(f"(period) => {PROBE}.setPeriod(period)", period)


def listen(page: Page) -> None:
    """Note in `reported` what the map tells the page."""
    page.evaluate(
        "() => { window.reported = []; const note = (told) => window.reported.push(told);"
        f" Object.assign({PROBE}.options, {{onStep: note, onSelect: note, onShow: note}}); }}"
    )


def box_of(found: Locator) -> dict[str, float]:
    """Return where an element stands, in pixels of the window."""
    box_ = found.bounding_box()
    assert box_ is not None
    return {"x": box_["x"], "y": box_["y"], "width": box_["width"], "height": box_["height"]}
