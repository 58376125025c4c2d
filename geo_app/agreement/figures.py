"""The drawings of the page of advice and figures: two small maps and two scatters.

Owns colours, marks and words of each. Does not own how they are drawn (``maps.small``,
``charts.scatter``) or what is known (``parting``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from geo_app import classes, sheet
from geo_app.advisories import Advice
from geo_app.agreement.parting import HOMICIDES, INSECURITY, LEVELS, Agreement, Side, Standing
from geo_app.agreement.words import (
    is_doubtful,
    level_notes,
    level_status,
    rate_text,
    survey_notes,
)
from geo_app.answers import Value
from geo_app.charts import scatter
from geo_app.charts.scatter import Mark, Point, Scatter
from geo_app.classes import MISSING, Classes
from geo_app.figures import Figure, FigureRows
from geo_app.indicators import Indicator, indicator
from geo_app.maps.small import SmallArea, legend_swatch, small_map
from geo_app.states import state
from geo_app.text import Words

ALL_LEVELS = (1, 2, 3, 4)


def rows(found: Agreement, say: Words) -> FigureRows:
    """Return the figures of the page, row by row.

    The two maps and the two scatters; where the homicides of the year are not held, the map of the
    levels and what the survey says.
    """
    levels = level_map([item.advice for item in found.standings], found.day, say)
    shares = _share_scatter(found, say)
    if not found.has_rates:
        return ((levels, shares),)
    return (levels, _rate_map(found, say)), (_rate_scatter(found, say), shares)


def level_map(advices: Sequence[Advice], day: date, say: Words) -> Figure:
    """Return the map of the levels of a day, their numbers written on.

    Parameters
    ----------
    advices
        What is known of the 32 states on that day.
    day
        The day.
    say
        The words of a language.
    """
    scale = _scale(indicator(LEVELS))
    legend = _legend(indicator(LEVELS), [item.level for item in advices], say)
    areas = {
        item.state_code: SmallArea(
            _colour(scale, item.level), _level_tip(item, say), _level_sign(item)
        )
        for item in advices
    }
    when = {"date": say.date(day)}
    label = say("agreement_levels_label", {**when, "classes": _told(legend)})
    star = (say("agreement_star"),) if any(map(is_doubtful, advices)) else ()
    return Figure(
        title=say("agreement_levels_title", when),
        drawing=small_map(areas, label),
        legend=legend,
        notes=(*star, *level_notes(advices, say)),
    )


def _rate_map(found: Agreement, say: Words) -> Figure:
    year = {"year": found.year}
    scale = _scale(indicator(HOMICIDES))
    values = {item.state_code: _value(item.rate) for item in found.standings}
    areas = {
        item.state_code: SmallArea(_colour(scale, values[item.state_code]), _rate_tip(item, say))
        for item in found.standings
    }
    legend = _legend(indicator(HOMICIDES), list(values.values()), say)
    label = say("agreement_rates_label", {**year, "classes": _told(legend)})
    title = say("agreement_rates_title", year)
    return Figure(title, small_map(areas, label), legend, _rate_notes(found, say))


def _rate_notes(found: Agreement, say: Words) -> tuple[str, ...]:
    if found.nation_rate is None:
        return ()
    nation = say("panel_nation", {"value": rate_text(found.nation_rate, say)})
    return f"{nation}.", sheet.dates_line(found.nation_rate, say)


def _rate_scatter(found: Agreement, say: Words) -> Figure:
    points = _points(found, lambda item: item.rate, _rate_mark, _rate_tip, say)
    year = {"year": found.year}
    value = say.number(_value(found.nation_rate), indicator(HOMICIDES).decimals)
    line = say("agreement_mark_line", {"value": value})
    drawing = _drawn("rate", found, points, _value(found.nation_rate), line, say)
    marks = (Mark.TOLD, Mark.UNTOLD)
    legend = tuple((scatter.sign(mark), say(f"agreement_mark_{mark}")) for mark in marks)
    title = say("agreement_rate_title", year)
    return Figure(title, drawing, legend, (line, say("agreement_whisker")))


def _share_scatter(found: Agreement, say: Words) -> Figure:
    year = {"year": found.year}
    title, notes = say("agreement_share_title", year), survey_notes(found, say)
    if found.nation_share is None:
        return Figure(title, "", notes=notes)
    points = _points(found, lambda item: item.share, _untested, _share_tip, say)
    value = say.value(indicator(INSECURITY), _value(found.nation_share))
    line = say("agreement_mark_line", {"value": value})
    drawing = _drawn("share", found, points, _value(found.nation_share), line, say)
    legend = ((scatter.sign(Mark.UNTESTED), say("agreement_mark_untested")),)
    return Figure(title, drawing, legend, (line, *notes))


def _drawn(
    kind: Literal["rate", "share"],
    found: Agreement,
    points: tuple[Point, ...],
    nation: float | None,
    line: str,
    say: Words,
) -> str:
    """Draw the states by level and value, with the nation as a line."""
    facts = {"year": found.year, "count": len(points), "line": line}
    return scatter.draw(
        Scatter(
            columns=_columns(say),
            colours=_scale(indicator(LEVELS)).colours,
            points=points,
            line=nation,
            line_name=line,
            axis=say(f"agreement_{kind}_axis", facts),
            label=say(f"agreement_{kind}_label", facts),
        )
    )


def _points(
    found: Agreement,
    value_of: Callable[[Standing], Value | None],
    mark_of: Callable[[Standing], Mark],
    tip: Callable[[Standing, Words], str],
    say: Words,
) -> tuple[Point, ...]:
    """Return a point for each state with a level and a value; the table has the others."""
    points = []
    for item in found.standings:
        value, level = value_of(item), item.advice.level
        if value is None or value.value is None or level is None:
            continue
        is_tested = mark_of(item) is not Mark.UNTESTED
        points.append(
            Point(
                column=level - 1,
                value=value.value,
                low=value.low if is_tested else None,
                high=value.high if is_tested else None,
                name=state(item.state_code).abbreviation.rstrip("."),
                title=f"{tip(item, say)}. {_level_tip(item.advice, say)}",
                mark=mark_of(item),
            )
        )
    return tuple(points)


def _rate_mark(item: Standing) -> Mark:
    return Mark.TOLD if item.side in (Side.ABOVE, Side.BELOW) else Mark.UNTOLD


def _untested(_item: Standing) -> Mark:
    return Mark.UNTESTED


def _columns(say: Words) -> tuple[str, ...]:
    return tuple(say("agreement_column_head", {"level": level}) for level in ALL_LEVELS)


def _level_tip(item: Advice, say: Words) -> str:
    facts = {
        "state": state(item.state_code).name(say.lang),
        "level": "" if item.level is None else say(f"level_{item.level}"),
        "status": level_status(item, say),
    }
    return say("agreement_level_tip_none" if item.level is None else "agreement_level_tip", facts)


def _rate_tip(item: Standing, say: Words) -> str:
    name = state(item.state_code).name(say.lang)
    return say("agreement_value_tip", {"state": name, "value": rate_text(item.rate, say)})


def _share_tip(item: Standing, say: Words) -> str:
    value = say.value(indicator(INSECURITY), _value(item.share))
    return say(
        "agreement_value_tip", {"state": state(item.state_code).name(say.lang), "value": value}
    )


def _level_sign(item: Advice) -> str:
    if item.level is None:
        return ""
    return f"{item.level}*" if is_doubtful(item) else str(item.level)


def _scale(found: Indicator) -> Classes:
    return classes.scale(found.breaks, found.palette)


def _colour(scale: Classes, value: float | None) -> str:
    """Return the colour of a value; empty where there is none."""
    index = int(scale.of([float("nan") if value is None else value])[0])
    return "" if index == MISSING else scale.colours[index]


def _legend(
    found: Indicator, values: list[float | None] | list[int | None], say: Words
) -> tuple[tuple[str, str], ...]:
    """Return each class with the number of its states, highest first; the missing ones last."""
    scale = _scale(found)
    known = [float(value) for value in values if value is not None]
    rows = [
        (colour, say.class_label(found, *bounds), count)
        for colour, bounds, count in zip(
            scale.colours, scale.bounds, scale.counts(known), strict=True
        )
    ]
    missing = len(values) - len(known)
    if missing:
        rows.insert(0, ("", say("map_missing"), missing))
    return tuple(
        (legend_swatch(colour), say("agreement_class", {"name": name, "count": count}))
        for colour, name, count in reversed(rows)
    )


def _told(legend: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(text for _, text in legend)


def _value(found: Value | None) -> float | None:
    return None if found is None else found.value
