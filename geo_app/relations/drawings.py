"""The drawings of the page of relations: the scatter, the map of both and its key.

Owns words, signs and colours of each. Does not own how they are drawn (``charts``, ``maps.small``).
"""

from __future__ import annotations

from geo_app import classes
from geo_app.answers import Value
from geo_app.charts import nine_classes, pair_scatter
from geo_app.charts.nine_classes import Box, Form, Scale
from geo_app.charts.pair_scatter import Axis, Pair, PairScatter
from geo_app.figures import Figure
from geo_app.maps.small import SmallArea, legend_swatch, small_map
from geo_app.relations import words
from geo_app.relations.bivariate import ALL_CELLS, Cell, Grid
from geo_app.relations.pairs import Relation, Side
from geo_app.states import state
from geo_app.text import Words

STEPS = ("1", "2", "3", "4")
"""Steps of a level on an axis."""


def scatter(found: Relation, say: Words) -> Figure:
    """Return the scatter of the states with both figures; no drawing where there is none."""
    facts = {
        "first": words.side_name(found.first, say),
        "second": words.side_name(found.second, say),
    }
    title = say("relations_scatter_title", facts)
    notes = words.interval_lines(found, say)
    if not found.complete:
        return Figure(title, "", notes=(say("relations_nothing"),))
    pairs = tuple(_pair(found, code, say) for code in found.complete)
    label = say("relations_scatter_label", {**facts, "count": len(pairs)})
    shown = PairScatter(_axis(found.first, say), _axis(found.second, say), pairs, label)
    legend = [
        (pair_scatter.sign(has_interval=kind), say(f"relations_mark_{key}"))
        for kind, key in ((True, "interval"), (False, "plain"))
        if any(bool(one.x_ends or one.y_ends) is kind for one in pairs)
    ]
    if found.first.is_level or found.second.is_level:
        notes = (*notes, say("relations_steps"))
    if pair_scatter.unnamed(shown):
        notes = (*notes, say("relations_unnamed"))
    return Figure(title, pair_scatter.draw(shown), tuple(legend), notes)


def both(found: Relation, grid: Grid, say: Words) -> tuple[Figure, Figure]:
    """Return the map of both indicators and its key."""
    areas = {code: _area(found, grid, code, say) for code in found.first.values}
    facts = {
        "first": words.side_name(found.first, say),
        "second": words.side_name(found.second, say),
    }
    told = "; ".join(_cell_text(grid, cell, say) for cell in ALL_CELLS)
    label = say("relations_map_label", {**facts, "classes": told})
    missing = len(found.missing)
    legend = (
        ((legend_swatch(""), say("relations_map_missing", {"count": missing})),) if missing else ()
    )
    title = say("relations_map_title", facts)
    drawn = Figure(title, small_map(areas, label), legend, words.map_lines(found, grid, say))
    narrow, wide = (
        _key(found, grid, say, form) for form in (nine_classes.NARROW, nine_classes.WIDE)
    )
    return drawn, Figure(say("relations_key_title"), narrow, wide=wide)


def _pair(found: Relation, code: str, say: Words) -> Pair:
    x, y = found.first.values[code], found.second.values[code]
    return Pair(
        name=state(code).abbreviation.rstrip("."),
        title=_tip(found, code, say),
        x=x.value or 0.0,
        y=y.value or 0.0,
        x_ends=_ends(x),
        y_ends=_ends(y),
    )


def _ends(value: Value) -> tuple[float, float] | None:
    return None if value.low is None or value.high is None else (value.low, value.high)


def _tip(found: Relation, code: str, say: Words) -> str:
    told = [
        say(
            "relations_tip",
            {
                "name": side.indicator.short.in_(say.lang),
                "value": words.value_text(side, side.values[code], say),
            },
        )
        for side in (found.first, found.second)
    ]
    return f"{words.state_name(code, say)}: {'; '.join(told)}"


def _axis(side: Side, say: Words) -> Axis:
    name, unit = words.side_name(side, say), words.unit(side, say)
    return Axis(name, unit, STEPS if side.is_level else ())


def _area(found: Relation, grid: Grid, code: str, say: Words) -> SmallArea:
    cell = grid.cells.get(code)
    tip = _tip(found, code, say)
    if cell is None:
        return SmallArea("", tip)
    sign = f"{cell.sign}{'*' * (code in grid.doubtful)}"
    return SmallArea(_colour(cell), f"{tip} [{sign}]", sign)


def _colour(cell: Cell) -> str:
    return classes.BIVARIATE[cell.row][cell.column]


def _cell_text(grid: Grid, cell: Cell, say: Words) -> str:
    return say("relations_cell", {"sign": cell.sign, "count": len(grid.of(cell))})


def _key(found: Relation, grid: Grid, say: Words, form: Form) -> str:
    boxes = [
        [
            Box(_colour(cell), cell.sign, say("relations_count", {"count": len(grid.of(cell))}))
            for cell in ALL_CELLS[start : start + 3]
        ]
        for start in (0, 3, 6)
    ]
    across = _scale(found.first, grid.first_bounds, say)
    up = _scale(found.second, grid.second_bounds, say)
    return nine_classes.draw(boxes, across, up, say("relations_key_label"), form)


def _scale(side: Side, bounds: tuple[float, float], say: Words) -> Scale:
    name, unit = words.side_name(side, say), words.unit(side, say)
    return Scale(name, unit, words.class_names(side, bounds, say))
