"""Makes the pages on which the map over time is tried alone: invented values, known answers."""

from __future__ import annotations

from pathlib import Path

from shapely.geometry import Point, Polygon, box

from geo_app import shapes
from geo_app.maps.payload import (
    MapArea,
    MapCell,
    MapClass,
    MapStep,
    MapWords,
    Mark,
    TimeMapData,
)
from geo_app.maps.time_choropleth import TimeChoropleth, plane_map
from geo_app.states import state

COLOURS = ("#fbe9d9", "#f6c7a1", "#d1644d", "#5c1a3a")

WORDS = MapWords(
    play="Play",
    pause="Pause",
    previous="Previous period",
    next="Next period",
    slider="Period",
    missing="No data",
    count_one="1 area",
    count_many="{count} areas",
    partial="Partial",
    preliminary="Preliminary",
    last_stated="Last stated",
    estimated="Estimated",
    break_here="Break: {reason}",
    announce="{period}. Without a value: {count}",
    hint="Choose an area.",
    selected="Selected",
    clear="Clear",
    zoom_in="Zoom in",
    zoom_out="Zoom out",
    home="Whole map",
)

STATES_STEPS = 35


def class_at(step: int, area: int) -> int:
    """Return the class of the invented values: no two steps alike, one in seven missing."""
    return -1 if (step + area) % 7 == 0 else (step * step + 3 * area) % len(COLOURS)


def states_data() -> TimeMapData:
    """Return the 32 states over 35 years, with a break before 2002 and a preliminary 2024."""
    shapes_ = shapes.load_states().geometry
    areas = tuple(
        MapArea(str(code), state(str(code)).name_en, shape) for code, shape in shapes_.items()
    )
    cells = tuple(
        tuple(_cell(class_at(step, area)) for area in range(len(areas)))
        for step in range(STATES_STEPS)
    )
    years = [str(1990 + step) for step in range(STATES_STEPS)]
    steps = tuple(_step(year, "other method" if year == "2002" else "") for year in years)
    return _made(areas, cells, steps)


def squares_data() -> TimeMapData:
    """Return three squares in a row, the middle one small, at two steps.

    At the second step "east" is estimated and "small" has no value.
    """
    west, small, east = box(-104, 20, -101.5, 23), box(-101.5, 21, -101.4, 21.1), _around_small()
    areas = tuple(
        MapArea(code, code.title(), shape)
        for code, shape in (("west", west), ("small", small), ("east", east))
    )
    first = (_cell(0), _cell(1), _cell(2))
    second = (_cell(3), _cell(-1), MapCell(2, "7.5", "5 to 9", "estimated", "estimated"))
    return _made(areas, (first, second), (_step("2001"), _step("2002", "other method")))


def cities_data() -> TimeMapData:
    """Return two cities over the outline of a square, one of them without a value."""
    areas = (
        MapArea("a", "Aldama", Point(-103, 21)),
        MapArea("b", "Bravo", Point(-102, 22)),
    )
    under = (MapArea("land", "Land", box(-104, 20, -101, 23)),)
    return _made(areas, ((_cell(1), _cell(-1)),), (_step("2001"),), outlines=under)


def save(data: TimeMapData, folder: Path) -> str:
    """Save a map as a file and return the address of that file."""
    page = folder / "map.html"
    figure = plane_map()
    TimeChoropleth(data).add_to(figure)
    figure.save(str(page))
    return page.as_uri()


def _made(
    areas: tuple[MapArea, ...],
    cells: tuple[tuple[MapCell, ...], ...],
    steps: tuple[MapStep, ...],
    outlines: tuple[MapArea, ...] = (),
) -> TimeMapData:
    classes = tuple(MapClass(f"class {i}", colour) for i, colour in enumerate(COLOURS))
    return TimeMapData(
        "Title", "per 100,000", areas, cells, steps, classes, WORDS, outlines=outlines
    )


def _cell(class_index: int) -> MapCell:
    if class_index < 0:
        return MapCell(-1, "", "", "", "")
    return MapCell(class_index, f"{class_index}.5", f"{class_index} to 9", "final", "")


def _step(period: str, break_reason: str = "") -> MapStep:
    mark: Mark = "preliminary" if period == "2024" else ""
    return MapStep(period, period, f"Note of {period}", break_reason, mark)


def _around_small() -> Polygon:
    """Return a square that borders on "west" and leaves out "small"."""
    return box(-101.5, 20, -99, 23).difference(box(-101.5, 21, -101.4, 21.1))
