"""From the atlas to the map over time: every step of an indicator, ready to read.

Owns which words and patterns a map shows. Every text is made from the same ``Layer`` as the table
and the files, so that they cannot disagree. Does not own the drawing (``time_choropleth``).
"""

from __future__ import annotations

import math
from dataclasses import fields, replace
from functools import cache

from geo_app import advisories, cities, paths, shapes
from geo_app.answers import Layer
from geo_app.atlas import Atlas
from geo_app.indicators import Geography, Indicator, Kind, Status
from geo_app.maps.payload import MapArea, MapCell, MapClass, MapStep, MapWords, Mark, TimeMapData
from geo_app.periods import parse
from geo_app.states import all_states, state
from geo_app.text import Words, words

CELL_MARKS: dict[str, Mark] = {
    Status.PARTIAL: "partial",
    Status.ESTIMATED: "estimated",
    Status.LAST_STATED: "last_stated",
}
"""Statuses that lie as a pattern over the colour of a single area."""

STEP_MARKS: dict[str, Mark] = {**CELL_MARKS, Status.PRELIMINARY: "preliminary"}
"""Statuses that mark a whole step, where all its values share them."""


def time_map_data(
    atlas: Atlas, slug: str, lang: str, *, period: str = "", selected: str = ""
) -> TimeMapData:
    """Return everything that the map of an indicator shows.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    slug
        Name of the indicator.
    lang
        "en" or "es".
    period
        Period shown first; the newest one where none is given.
    selected
        Code of the selected area; one that is not on this map, such as a state on a map of
        cities, is left out.

    Raises
    ------
    BadRequest
        If the indicator or the period does not exist.
    """
    layers = [_drawable(layer) for layer in atlas.layers(slug)]
    found, say = layers[0].indicator, words(lang)
    areas = _areas(layers[0], lang)
    return TimeMapData(
        title=found.title.in_(lang),
        unit="" if found.kind is Kind.LEVEL else found.unit.in_(lang),
        areas=areas,
        cells=tuple(_cells(layer, say) for layer in layers),
        steps=tuple(_step(layer, before, say) for layer, before in _pairs(layers)),
        classes=_classes(layers[0], say),
        words=_words(found, say),
        base=_neighbours(paths.shapes_dir().as_posix()),
        outlines=_outlines(lang) if found.geography is Geography.CITY else (),
        lang=lang,
        initial_period=period or atlas.newest(slug),
        selected=selected if selected in {area.code for area in areas} else "",
    )


def _drawable(layer: Layer) -> Layer:
    """Leave out the areas without a place on the map; they stay in the table."""
    return replace(layer, areas=layer.areas[layer.areas.geometry.notna()])


def step_note(layer: Layer, say: Words) -> str:
    """Return the sentence that stands under a map of one period; empty where nothing is odd."""
    if layer.indicator.kind is Kind.LEVEL:
        return _issue_note(layer, say)
    known = len(layer.areas) - len(layer.missing)
    if known == 0:
        return say("note_none")
    if not layer.missing:
        return ""
    key = f"note_missing_{layer.indicator.geography}"
    return say(key, {"known": known, "all": len(layer.areas)})


def _issue_note(layer: Layer, say: Words) -> str:
    history = advisories.history()
    day = parse(layer.period).start
    every = history.on(day)
    advice = every[0]
    if advice.issued is None:
        return say("note_before_issues", {"date": say.date(history.issues[0])})
    notes = []
    if advice.is_newer_issue:
        ends = {"issued": say.date(advice.issued), "stated": say.date(advice.last_stated)}
        notes.append(say("note_last_stated", ends))
    carried = sum(item.is_carried_over for item in every)
    if carried:
        notes.append(say("note_estimated_states", {"count": carried}))
    if advice.country_level is None:
        notes.append(say("note_country_none"))
    else:
        level = say.level(advice.country_level, advice.country_status)
        notes.append(say("note_country_level", {"level": level}))
    if day == history.issues[-1]:
        notes.append(say("note_last_read", {"checked": say.date(advice.checked)}))
    return " ".join(notes)


def _pairs(layers: list[Layer]) -> list[tuple[Layer, Layer | None]]:
    return list(zip(layers, [None, *layers[:-1]], strict=True))


def _areas(layer: Layer, lang: str) -> tuple[MapArea, ...]:
    is_city = layer.indicator.geography is Geography.CITY
    return tuple(
        MapArea(str(code), _name(str(code), lang, is_city=is_city), geometry)
        for code, geometry in layer.areas.geometry.items()
    )


def _name(code: str, lang: str, *, is_city: bool) -> str:
    return cities.city(code).name if is_city else state(code).name(lang)


def _cells(layer: Layer, say: Words) -> tuple[MapCell, ...]:
    names = ("class_index", "value", "low", "high", "interval", "status")
    columns = (layer.areas[name].tolist() for name in names)
    return tuple(_cell(layer.indicator, say, row) for row in zip(*columns, strict=True))


def _cell(found: Indicator, say: Words, row: tuple[int, float, float, float, str, str]) -> MapCell:
    class_index, value, low, high, interval, status = row
    if math.isnan(value):
        return MapCell(-1, say.status(status), "", "", "")
    span = say.span(low, high, found.decimals)
    mark = CELL_MARKS.get(status, "")
    return MapCell(
        class_index=class_index,
        value=say.figure(found, value),
        interval=f"{span} ({say.interval(interval)})" if span else "",
        # A mark is the status in words of its own; both would say the same thing twice.
        status="" if mark else say.status(status),
        mark=mark,
    )


def _step(layer: Layer, before: Layer | None, say: Words) -> MapStep:
    found = layer.indicator
    breaks = found.breaks_between(before.period, layer.period) if before else ()
    known = layer.areas.loc[layer.areas["value"].notna(), "status"].unique()
    return MapStep(
        period=layer.period,
        label=_label(layer, before, say),
        note=step_note(layer, say),
        break_reason=" ".join(item.reason.in_(say.lang) for item in breaks),
        mark=STEP_MARKS.get(known[0], "") if len(known) == 1 else "",
    )


def _label(layer: Layer, before: Layer | None, say: Words) -> str:
    if layer.indicator.kind is Kind.LEVEL and before is None:
        first = advisories.history().issues[0]
        return say("note_before_label", {"date": say.date(first)})
    return say.period(layer.period)


def _classes(layer: Layer, say: Words) -> tuple[MapClass, ...]:
    pairs = zip(layer.classes.bounds, layer.classes.colours, strict=True)
    return tuple(
        MapClass(say.class_label(layer.indicator, low, high), colour)
        for (low, high), colour in pairs
    )


def _words(found: Indicator, say: Words) -> MapWords:
    """Fill the element's words; some depend on the kind of area."""
    texts = {}
    for field in fields(MapWords):
        for key in (
            f"map_{field.name}",
            f"mark_{field.name}",
            f"map_{field.name}_{found.geography}",
        ):
            if key in say.sentences:
                texts[field.name] = say.sentences[key]
        if field.name == "break_here":
            texts[field.name] = say.sentences["map_break"]
    return MapWords(**texts)


def _outlines(lang: str) -> tuple[MapArea, ...]:
    shapes_ = shapes.load_states().geometry
    return tuple(
        MapArea(item.state_code, item.name(lang), shapes_[item.state_code]) for item in all_states()
    )


@cache
def _neighbours(_folder: str) -> tuple[MapArea, ...]:
    frame = shapes.load_neighbours()
    rows = zip(frame["iso_n3"], frame["name"], frame.geometry, strict=True)
    return tuple(MapArea(f"{n}-{iso}", name, shape) for n, (iso, name, shape) in enumerate(rows))
