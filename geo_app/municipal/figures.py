"""The drawings of the page of municipalities: raw and smoothed rates of a state side by side."""

from __future__ import annotations

import numpy as np

from geo_app import classes
from geo_app.classes import MISSING, Classes
from geo_app.figures import Figure
from geo_app.maps.small import legend_swatch
from geo_app.maps.small_part import PartArea, few_swatch, part_map
from geo_app.municipal.rates import MINIMUM_PEOPLE, Municipality, StateRates
from geo_app.states import state
from geo_app.text import Words


def pair(found: StateRates, chosen: str, say: Words) -> tuple[Figure, ...]:
    """Return the map of the raw rates, that of the smoothed ones, and the legend of both.

    Parameters
    ----------
    found
        The municipalities of a state.
    chosen
        Code of the municipality with a thick border; empty for none.
    say
        The words of a language.
    """
    return _raw_map(found, chosen, say), _smoothed_map(found, chosen, say), _legend(found, say)


def _raw_map(found: StateRates, chosen: str, say: Words) -> Figure:
    scale = classes.scale(found.indicator.breaks, found.indicator.palette)
    areas = {
        item.raw.area_code: PartArea(
            _colour(scale, item.raw.value),
            _raw_tip(found, item, say),
            is_few=item.is_small,
            is_marked=item.raw.area_code == chosen,
        )
        for item in found.areas
    }
    values = [item.raw.value for item in found.areas if not item.is_small]
    title = say("municipal_map_raw", _facts(found, say))
    label = say("municipal_map_label", {"title": title, "classes": _told(found, values, say)})
    return Figure(title, part_map(found.state_code, areas, label))


def _smoothed_map(found: StateRates, chosen: str, say: Words) -> Figure:
    scale = classes.scale(found.indicator.breaks, found.indicator.palette)
    areas = {
        item.raw.area_code: PartArea(
            _colour(scale, item.rate),
            say("municipal_tip_smoothed", _values(found, item, say)),
            is_marked=item.raw.area_code == chosen,
        )
        for item in found.areas
    }
    title = say("municipal_map_smoothed", _facts(found, say))
    told = _told(found, [item.rate for item in found.areas], say)
    label = say("municipal_map_label", {"title": title, "classes": told})
    return Figure(title, part_map(found.state_code, areas, label))


def _legend(found: StateRates, say: Words) -> Figure:
    scale = classes.scale(found.indicator.breaks, found.indicator.palette)
    pairs = zip(scale.colours, scale.bounds, strict=True)
    rows = [
        (legend_swatch(colour), say.class_label(found.indicator, *bounds))
        for colour, bounds in pairs
    ][::-1]
    if found.small:
        few = {"people": say.number(MINIMUM_PEOPLE), "count": len(found.small)}
        rows.append((few_swatch(), say("municipal_legend_few", few)))
    if any(item.raw.value is None for item in found.areas):
        rows.append((legend_swatch(""), say("map_missing")))
    unit = {"unit": say.unit(found.indicator)}
    return Figure(say("municipal_legend", unit), "", tuple(rows))


def _told(found: StateRates, values: list[float | None], say: Words) -> str:
    """Count the areas of each class, for who does not see the map."""
    scale = classes.scale(found.indicator.breaks, found.indicator.palette)
    numbers = np.array(values, dtype=float)
    rows = zip(scale.bounds, scale.counts(numbers), strict=True)
    return "; ".join(
        say("municipal_class", {"name": say.class_label(found.indicator, *bounds), "count": count})
        for bounds, count in rows
    )


def _raw_tip(found: StateRates, item: Municipality, say: Words) -> str:
    key = "municipal_tip_few" if item.is_small else "municipal_tip_raw"
    return say(
        key if item.raw.value is not None else "municipal_tip_none", _values(found, item, say)
    )


def _values(found: StateRates, item: Municipality, say: Words) -> dict[str, str]:
    decimals = found.indicator.decimals
    return {
        "name": item.name,
        "value": say.number(item.raw.value, decimals),
        "span": say.span(item.raw.low, item.raw.high, decimals),
        "smoothed": say.number(item.rate, decimals),
        "deaths": say.number(item.raw.numerator),
        "people": say.number(item.raw.denominator),
    }


def _facts(found: StateRates, say: Words) -> dict[str, str]:
    return {
        "state": state(found.state_code).name(say.lang),
        "period": say.period(found.period),
    }


def _colour(scale: Classes, value: float | None) -> str:
    index = int(scale.of([float("nan") if value is None else value])[0])
    return "" if index == MISSING else scale.colours[index]
