"""The drawings of the page of space: maps of values and of classes, the scatter, the calendar.

Owns colours, signs and legends. Does not own how they are drawn (``maps.small``, ``charts``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geo_app import classes
from geo_app.answers import Layer
from geo_app.charts import calendar_grid, moran_scatter
from geo_app.charts.calendar_grid import Grid, GridCell
from geo_app.charts.moran_scatter import MoranScatter, Spot
from geo_app.classes import MISSING, NEUTRAL, Classes
from geo_app.figures import Figure
from geo_app.indicators import Indicator, Status
from geo_app.maps.small import SmallArea, legend_swatch, small_map
from geo_app.space import words
from geo_app.space.association import Association, Local, Quadrant
from geo_app.space.calendar import Calendar
from geo_app.space.smoothed import SmoothedMonth
from geo_app.states import state
from geo_app.text import Words

COLOURS: Mapping[Quadrant, str] = {
    Quadrant.HIGH_HIGH: "#ac5f12",
    Quadrant.LOW_LOW: "#634c9c",
    Quadrant.HIGH_LOW: "#f0b869",
    Quadrant.LOW_HIGH: "#b7a9dc",
    Quadrant.UNTOLD: NEUTRAL,
}
"""Orange where a state is high, purple where it is low, as differences are drawn; paler where its
neighbours are not. No class is told by its colour alone: two letters stand on it."""

PROVISIONAL = frozenset({Status.PRELIMINARY, Status.ESTIMATED, Status.PARTIAL})

Legend = tuple[tuple[str, str], ...]


def value_map(layer: Layer, say: Words, title: str = "") -> Figure:
    """Return the small map of the values themselves, in the indicator's own classes."""
    found = layer.indicator
    values = {str(code): float(value) for code, value in layer.areas["value"].items()}
    named = {"title": found.title.in_(say.lang), "period": say.period(layer.period)}
    return _class_map(found, values, title or say("space_map_values", named), say)


def smoothed_map(found: SmoothedMonth, say: Words) -> Figure:
    """Return the small map of the smoothed rates, in the same classes as the raw ones."""
    values = {
        item.raw.area_code: float("nan") if item.rate is None else item.rate
        for item in found.states
    }
    title = say("space_map_smoothed", {"period": say.period(found.period)})
    return _class_map(found.indicator, values, title, say)


def _class_map(found: Indicator, values: Mapping[str, float], title: str, say: Words) -> Figure:
    scale = classes.scale(found.breaks, found.palette)
    areas = {
        code: SmallArea(colour_of(scale, value), _tip(found, code, value, say))
        for code, value in values.items()
    }
    legend = class_legend(found, list(values.values()), say)
    told = "; ".join(text for _, text in legend)
    label = say("space_map_label", {"title": title, "classes": told})
    return Figure(title, small_map(areas, label), legend)


def _tip(found: Indicator, code: str, value: float, say: Words) -> str:
    name = state(code).name(say.lang)
    return say("space_tip", {"state": name, "value": say.value(found, value)})


def colour_of(scale: Classes, value: float) -> str:
    """Return the colour of a value; empty where there is none."""
    index = int(scale.of([value])[0])
    return "" if index == MISSING else scale.colours[index]


def class_legend(found: Indicator, values: Sequence[float], say: Words) -> Legend:
    """Return each class with the number of its areas, highest first; the missing ones last."""
    scale = classes.scale(found.breaks, found.palette)
    rows = [
        (colour, say.class_label(found, *bounds), count)
        for colour, bounds, count in zip(
            scale.colours, scale.bounds, scale.counts(values), strict=True
        )
    ]
    missing = int(np.isnan(values).sum())
    rows = [*reversed(rows), *([("", say("map_missing"), missing)] if missing else [])]
    return tuple(
        (legend_swatch(colour), say("space_legend", {"name": name, "count": count}))
        for colour, name, count in rows
    )


def local_map(found: Association, layer: Layer, say: Words) -> Figure:
    """Return the small map of the classes of local association, their signs written on."""
    areas = {
        item.state_code: SmallArea(
            COLOURS[item.quadrant],
            _local_tip(item, layer.indicator, say),
            "" if item.quadrant is Quadrant.UNTOLD else say(f"space_sign_{item.quadrant}"),
            is_marked=item.quadrant is not Quadrant.UNTOLD,
        )
        for item in found.locals
    }
    legend = tuple(
        (legend_swatch(colour), _legend_text(found, quadrant, say))
        for quadrant, colour in COLOURS.items()
    )
    title = say("space_map_local", {"period": say.period(found.period)})
    told = "; ".join(text for _, text in legend)
    label = say("space_map_label", {"title": title, "classes": told})
    return Figure(title, small_map(areas, label), legend, words.class_lines(found, say))


def _legend_text(found: Association, quadrant: Quadrant, say: Words) -> str:
    name, count = say(f"space_class_{quadrant}"), len(found.named(quadrant))
    if quadrant is Quadrant.UNTOLD:
        return say("space_legend", {"name": name, "count": count})
    sign = say(f"space_sign_{quadrant}")
    return say("space_legend_sign", {"sign": sign, "name": name, "count": count})


def _local_tip(item: Local, found: Indicator, say: Words) -> str:
    values = {
        "state": state(item.state_code).name(say.lang),
        "value": say.value(found, item.value),
        "class": say(f"space_class_{item.quadrant}"),
        "p": say.number(item.p_value, words.P_DECIMALS),
    }
    return say("space_local_tip", values)


def scatter(found: Association, layer: Layer, say: Words) -> Figure:
    """Return the chart of each state against its neighbours."""
    spots = tuple(
        Spot(
            item.score,
            item.near,
            state(item.state_code).abbreviation.rstrip("."),
            _local_tip(item, layer.indicator, say),
            "" if item.quadrant is Quadrant.UNTOLD else COLOURS[item.quadrant],
        )
        for item in found.locals
    )
    corners = (Quadrant.HIGH_HIGH, Quadrant.LOW_HIGH, Quadrant.LOW_LOW, Quadrant.HIGH_LOW)
    first, second, third, fourth = (say(f"space_class_{item}") for item in corners)
    title = say("space_scatter_title", {"period": say.period(found.period)})
    slope = found.overall.value if found.overall else 0.0
    drawing = moran_scatter.draw(
        MoranScatter(
            spots=spots,
            slope=slope,
            own_axis=say("space_scatter_own"),
            near_axis=say("space_scatter_near"),
            corners=(first, second, third, fourth),
            label=say("space_scatter_label", {"title": title}),
        )
    )
    note = say("space_scatter_note", {"value": say.number(slope, words.I_DECIMALS)})
    return Figure(title, drawing, (), (note,))


def calendar_figure(found: Calendar, period: str, say: Words) -> Figure:
    """Return the calendar with its legend and the reasons of its breaks."""
    title = words.calendar_title(found, period, say)
    legend = list(class_legend(found.indicator, found.values["value"].to_list(), say))
    notes = list(words.calendar_notes(found, say))
    if _is_mixed(found):
        legend.append((calendar_grid.mark_sign(), say("space_calendar_mark")))
    elif _is_provisional(found).any():
        notes.insert(0, say("space_calendar_all_marked"))
    if found.breaks:
        legend.append((calendar_grid.break_sign(), say("space_calendar_break")))
    grid = _grid(found, title, say)
    wide = calendar_grid.draw(grid, calendar_grid.WIDE)
    return Figure(title, calendar_grid.draw(grid), tuple(legend), tuple(notes), wide)


def _is_provisional(found: Calendar) -> pd.Series[bool]:
    """Say of each value whether it is not final."""
    known = found.values[found.values["value"].notna()]
    return known["status"].isin(PROVISIONAL)


def _is_mixed(found: Calendar) -> bool:
    """Whether some values are final and some are not: a mark on every cell would tell nothing."""
    is_open = _is_provisional(found)
    return bool(is_open.any() and not is_open.all())


def _grid(found: Calendar, title: str, say: Words) -> Grid:
    scale = classes.scale(found.indicator.breaks, found.indicator.palette)
    columns = {name: number for number, name in enumerate(found.columns)}
    rows = {name: number for number, name in enumerate(found.rows)}
    cells: list[list[GridCell | None]] = [[None] * len(columns) for _ in rows]
    keys = ("row", "column", "area_code", "period", "value", "status")
    is_mixed = _is_mixed(found)
    for row, column, code, period, value, status in zip(
        *(found.values[key] for key in keys), strict=True
    ):
        cells[rows[row]][columns[column]] = GridCell(
            colour_of(scale, value),
            _cell_tip(found.indicator, (code, period, value, status), say),
            is_marked=is_mixed and status in PROVISIONAL,
        )
    months = say("space_months_short").split()
    is_month = len(found.columns) == len(months)
    names = found.rows if found.state_code else map(_short, found.rows)
    return Grid(
        rows=tuple(names),
        columns=tuple(months) if is_month else found.columns,
        cells=tuple(map(tuple, cells)),
        breaks=tuple((rows[row] if row else None, columns[at]) for row, at in found.breaks),
        label=say("space_calendar_label", {"title": title}),
    )


def _short(state_code: str) -> str:
    return state(state_code).abbreviation.rstrip(".")


def _cell_tip(found: Indicator, cell: tuple[str, str, float, str], say: Words) -> str:
    code, period, value, status = cell
    values = {
        "state": state(code).name(say.lang),
        "period": say.period(period),
        "value": say.value(found, value),
        "status": say.status(status),
    }
    return say("space_cell_tip", values)
