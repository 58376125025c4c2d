"""What the page of relations says: sentences and tables, in both languages.

Owns which facts stand in a sentence and in a column. Does not own the facts (``pairs``) or the
wording (``locale``).
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from geo_app import correlations, sheet
from geo_app.answers import Value
from geo_app.correlations import Correlation
from geo_app.indicators import Interval, indicator
from geo_app.periods import Cadence, parse
from geo_app.relations.bivariate import ALL_CELLS, Grid
from geo_app.relations.pairs import Relation, Side
from geo_app.states import state
from geo_app.text import Words


def state_name(code: str, say: Words) -> str:
    """Return the usual name of a state."""
    return state(code).name(say.lang)


def side_name(side: Side, say: Words) -> str:
    """Name an indicator with its period."""
    facts = {"name": side.indicator.short.in_(say.lang), "period": say.period(side.period)}
    return say("relations_side", facts)


def unit(side: Side, say: Words) -> str:
    """Name the unit of an indicator; of a level the scale that it is a step of."""
    return say("relations_unit_level") if side.is_level else say.unit(side.indicator)


def value_text(side: Side, value: Value, say: Words) -> str:
    """Write a value with its unit's sign and, where it has one, its interval."""
    if value.value is None:
        return say.status(value.status)
    if side.is_level:
        return say.level(int(value.value), value.status)
    span = say.span(value.low, value.high, side.indicator.decimals)
    text = say.value(side.indicator, value.value)
    return f"{text} ({span})" if span else text


def no_moment(first: str, period: str, second: str, say: Words) -> str:
    """Say that the second indicator has no figure for the period of the first."""
    facts = {
        "first": indicator(first).short.in_(say.lang),
        "second": indicator(second).short.in_(say.lang),
        "period": say.period(period),
    }
    return say("relations_no_moment", facts)


def moment_lines(found: Relation, say: Words) -> tuple[str, ...]:
    """Say of which periods the two figures are, and where they are not of the same stretch."""
    facts = {"first": side_name(found.first, say), "second": side_name(found.second, say)}
    if found.is_one_moment:
        return (say("relations_moment_same", facts),)
    days = [parse(side.period) for side in (found.first, found.second)]
    is_day = Cadence.ISSUE in (day.cadence for day in days)
    return (
        say("relations_moment_other", facts),
        say("relations_moment_day" if is_day else "relations_moment_part"),
    )


def result_lines(found: Relation, say: Words) -> tuple[str, ...]:
    """Say how closely the two go together, or why that is not said."""
    if found.shared:
        return (say(f"relations_shared_{found.shared}"),)
    if found.rank is None:
        facts = {"count": len(found.complete), "least": correlations.LEAST_PAIRS}
        return (say("relations_too_few", facts),)
    lines = [say("relations_rank", _facts(found.rank, say)), _direction(found.rank, say)]
    if found.line is not None:
        lines.append(say("relations_line", _facts(found.line, say)))
    elif found.first.is_level or found.second.is_level:
        lines.append(say("relations_no_line"))
    return tuple(lines)


def limit_lines(found: Relation, say: Words) -> tuple[str, ...]:
    """Say what a relation of states does not show."""
    lines = [say("relations_limit_cause"), say("relations_limit_areas")]
    if found.shared or found.rank is None:
        return tuple(lines)
    lines.append(say("relations_limit_interval"))
    if found.has_one_population:
        lines.append(say("relations_limit_population"))
    lines.append(say("relations_limit_many"))
    return (*lines, say("relations_method"))


def missing_lines(found: Relation, say: Words) -> tuple[str, ...]:
    """List the states that lack a figure, and why."""
    if not found.missing:
        return (say("relations_missing_none"),)
    lines = []
    for code in found.missing:
        lacks = [
            say("relations_lack", {"name": side.indicator.short.in_(say.lang), "status": status})
            for side in (found.first, found.second)
            if side.values[code].value is None
            for status in [say.status(side.values[code].status)]
        ]
        lines.append(
            say("relations_missing", {"state": state_name(code, say), "why": "; ".join(lacks)})
        )
    return tuple(lines)


def interval_lines(found: Relation, say: Words) -> tuple[str, ...]:
    """Say whose the whiskers are, or that no interval is held."""
    return tuple(
        _interval_line(side, say) for side in (found.first, found.second) if not side.is_level
    )


def dates_lines(found: Relation, say: Words) -> tuple[str, ...]:
    """Say period, unit, status, source and dates of both figures, and the nation's beside them."""
    return tuple(_dates_line(side, say) for side in (found.first, found.second))


def method_lines(found: Relation, say: Words) -> tuple[str, ...]:
    """Say what must be known of both figures: which time a year means, who is counted."""
    return tuple(
        say("relations_tip", {"name": f"{name}:", "value": note.in_(say.lang)})
        for side in (found.first, found.second)
        for name in [side.indicator.short.in_(say.lang)]
        for note in side.indicator.notes
    )


def table(found: Relation, grid: Grid | None, say: Words) -> pd.DataFrame:
    """Return the 32 states with headings in a language; a missing number is NaN."""
    codes = sorted(found.first.values, key=lambda code: state_name(code, say))
    columns: dict[str, list[object]] = {
        say("column_area_state"): [state_name(code, say) for code in codes]
    }
    for key, side in (("first", found.first), ("second", found.second)):
        name = side_name(side, say)
        columns[name] = [side.values[code].value for code in codes]
        if any(side.values[code].low is not None for code in codes):
            columns[say(f"relations_low_{key}")] = [side.values[code].low for code in codes]
            columns[say(f"relations_high_{key}")] = [side.values[code].high for code in codes]
        columns[say(f"relations_status_{key}")] = [
            say.status(side.values[code].status) for code in codes
        ]
    if grid is not None:
        columns[say("relations_class")] = [_sign(grid, code) for code in codes]
    return pd.DataFrame(columns)


def class_rows(found: Relation, grid: Grid, say: Words) -> pd.DataFrame:
    """Return the class of each state with the bounds, to be taken along beside the map."""
    sides = (found.first, found.second)
    rows = []
    for code in found.first.values:
        cell = grid.cells.get(code)
        row: dict[str, object] = {"area_code": code, "area_name": state_name(code, say)}
        ends = (grid.first_bounds, grid.second_bounds)
        for key, side, bounds in zip(("first", "second"), sides, ends, strict=True):
            row |= {
                f"{key}_indicator": side.indicator.slug,
                f"{key}_unit": unit(side, say),
                f"{key}_period": side.period,
                f"{key}_value": side.values[code].value,
                f"{key}_low_class_up_to": bounds[0],
                f"{key}_high_class_over": bounds[1],
            }
        row["class"] = "" if cell is None else cell.sign
        row["is_class_doubtful"] = "" if cell is None else str(code in grid.doubtful).lower()
        rows.append(row)
    return pd.DataFrame(rows)


def is_downloadable(found: Relation) -> bool:
    """Whether the licences of all sources of both indicators were seen."""
    return all(sheet.is_downloadable(side.indicator) for side in (found.first, found.second))


def cell_table(grid: Grid, found: Relation, say: Words) -> pd.DataFrame:
    """Return the nine classes with the names of their states; a star = the class is doubtful."""
    first = class_names(found.first, grid.first_bounds, say)
    second = class_names(found.second, grid.second_bounds, say)
    rows = [
        {
            say("relations_class"): cell.sign,
            say("relations_class_bounds"): f"{second[cell.row]}; {first[cell.column]}",
            say("relations_class_states"): _names(grid, grid.of(cell), say),
        }
        for cell in ALL_CELLS
    ]
    return pd.DataFrame(rows)


def class_names(side: Side, bounds: tuple[float, float], say: Words) -> tuple[str, str, str]:
    """Name the three classes of a side, the lowest first."""
    if side.is_level:
        return (
            say("relations_levels_low"),
            say("relations_levels_middle"),
            say("relations_levels_high"),
        )
    low, high = (say.number(end, side.indicator.decimals) for end in bounds)
    return (
        say("relations_class_low", {"low": low}),
        say("relations_class_middle", {"low": low, "high": high}),
        say("relations_class_high", {"high": high}),
    )


def map_lines(found: Relation, grid: Grid, say: Words) -> tuple[str, ...]:
    """Say how the classes of the map were cut, and which are doubtful."""
    lines = [say("relations_map_thirds", {"count": len(found.complete)})]
    if found.first.is_level or found.second.is_level:
        lines.append(say("relations_map_levels"))
    if grid.doubtful:
        lines.append(say("relations_map_doubtful", {"count": len(grid.doubtful)}))
    return tuple(lines)


def _names(grid: Grid, codes: tuple[str, ...], say: Words) -> str:
    if not codes:
        return say("relations_class_empty")
    return ", ".join(f"{state_name(code, say)}{'*' * (code in grid.doubtful)}" for code in codes)


def _sign(grid: Grid, code: str) -> str:
    cell = grid.cells.get(code)
    return "" if cell is None else f"{cell.sign}{'*' * (code in grid.doubtful)}"


def _facts(found: Correlation, say: Words) -> dict[str, object]:
    numbers = {"value": found.value, "low": found.low, "high": found.high}
    told = {key: say.number(one, 2) for key, one in numbers.items()}
    return {**told, "count": found.pairs}


def _direction(found: Correlation, say: Words) -> str:
    if not found.is_told:
        return say("relations_order_none")
    return say("relations_order_same" if found.value > 0 else "relations_order_opposite")


def _interval_line(side: Side, say: Words) -> str:
    name = side.indicator.short.in_(say.lang)
    kinds = {value.interval for value in side.values.values() if value.interval}
    if not kinds:
        return say("relations_interval_none", {"name": name})
    told = "; ".join(say.interval(kind) for kind in sorted(kinds))
    if Interval.POISSON in kinds:
        return say("relations_interval_counts", {"name": name, "kind": told})
    return say("relations_interval", {"name": name, "kind": told})


def _dates_line(side: Side, say: Words) -> str:
    values = list(side.values.values())
    counted = Counter(value.status for value in values)
    status = ", ".join(
        say("file_status_count", {"status": say.status(one), "count": count})
        for one, count in counted.most_common()
    )
    # An issue of advice brings its own day of publication for each state; the newest is told.
    published = max((value.published for value in values), default="")
    facts = {
        "title": side.indicator.title.in_(say.lang),
        "unit": unit(side, say),
        "period": say.period(side.period),
        "status": status,
        "source": sheet.source_name(side.indicator.recipe.source, say),
        "published": say.published(published),
        "checked": say.date(max((value.checked for value in values), default="")),
        "nation": _nation(side, say),
    }
    return say("relations_dates", facts)


def _nation(side: Side, say: Words) -> str:
    if side.nation is None or side.nation.value is None:
        return say("relations_nation_none")
    return say("relations_nation", {"value": value_text(side, side.nation, say)})
