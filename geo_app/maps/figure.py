"""From the atlas to the map over time: the head of a packed map, ready to read.

Owns which words, notes and patterns a map shows. The numbers come from the packed map that belongs
to the data. Does not own the packing (``artefacts``) or the drawing (``time_choropleth``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from geo_app import advisories, cities, classes, provenance, shapes
from geo_app.answers import Layer
from geo_app.atlas import Atlas
from geo_app.comparisons import has_differences
from geo_app.indicators import Geography, Indicator, Kind, Status, indicator
from geo_app.maps import artefacts
from geo_app.maps.comparing import comparable, difference
from geo_app.maps.gathering import INTERVALS, STATUSES, exposure, gather
from geo_app.maps.geometry import read_codes
from geo_app.maps.head import MapClass, MapStep, Mark
from geo_app.maps.payload import Head, MapWords, TimeMapData
from geo_app.maps.series import Series, pack_series, read_series
from geo_app.periods import parse
from geo_app.states import state
from geo_app.text import Words, words

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

CELL_MARKS: dict[str, Mark] = {
    Status.PARTIAL: "partial",
    Status.ESTIMATED: "estimated",
    Status.LAST_STATED: "last_stated",
}
"""Statuses that lie as a pattern over the colour of a single area."""

STEP_MARKS: dict[str, Mark] = {**CELL_MARKS, Status.PRELIMINARY: "preliminary"}
"""Statuses that mark a whole step, where all its values share them."""


def time_map_data(
    atlas: Atlas,
    slug: str,
    lang: str,
    *,
    level: str | None = None,
    period: str = "",
    selected: str | Sequence[str] = (),
) -> TimeMapData:
    """Return everything that the map of an indicator shows.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day. One of a day is packed on the spot.
    slug
        Name of the indicator.
    lang
        "en" or "es".
    level
        Kind of area; the indicator's own where none is given.
    period
        Period shown first; the newest one with a value where none is given.
    selected
        Codes of the selected areas; one that is not on this map, such as a state on a map of
        cities, is left out.

    Returns
    -------
    TimeMapData
        One date on the plane; ``dataclasses.replace`` makes two dates or another layout of it.

    Raises
    ------
    BadRequest
        If the indicator, the level or the period does not exist.
    HashMismatch
        If the packed map was not built from the data that lie beside it.
    """
    found, say = indicator(slug).drawn_at(level), words(lang)
    packed = artefacts.load(slug, level)
    if atlas.known_on is not None:
        packed = _of_a_day(atlas, found, packed)
    series, codes = read_series(packed.series), read_codes(packed.geometry)
    wanted = [selected] if isinstance(selected, str) else selected
    return TimeMapData(
        head=_head(found, codes, packed.periods, series, say),
        geometry=packed.geometry,
        series=packed.series,
        initial_period=period or _newest(packed.periods, series),
        selected=tuple(code for code in wanted if code in codes),
    )


def map_words(level: str, say: Words) -> MapWords:
    """Return the element's own words; some depend on the kind of area.

    Parameters
    ----------
    level
        "state", "municipality" or "city".
    say
        The words of the language.
    """
    texts = {}
    for field in fields(MapWords):
        for key in (f"map_{field.name}", f"mark_{field.name}", f"map_{field.name}_{level}"):
            if key in say.sentences:
                texts[field.name] = say.sentences[key]
        if field.name == "break_here":
            texts[field.name] = say.sentences["map_break"]
    return MapWords(**texts)


def shared_mark(statuses: Collection[str]) -> Mark:
    """Return the mark of a whole step, of the different statuses of its values; else ""."""
    return STEP_MARKS.get(next(iter(statuses)), "") if len(statuses) == 1 else ""


def step_note(layer: Layer, say: Words) -> str:
    """Return the sentence that stands under a map of one period; empty where nothing is odd."""
    count = len(layer.areas)
    return _note(layer.indicator, layer.period, (count - len(layer.missing), count), say)


def _head(
    found: Indicator, codes: Sequence[str], periods: tuple[str, ...], series: Series, say: Words
) -> Head:
    scale = classes.scale(found.breaks, found.palette)
    is_level = found.kind is Kind.LEVEL
    labels = [say.class_label(found, low, high) for low, high in scale.bounds]
    pairs = zip(labels, scale.colours, strict=True)
    return Head(
        lang=say.lang,
        title=found.title.in_(say.lang),
        short=found.short.in_(say.lang),
        unit=say.unit(found),
        kind=found.kind.value,
        level=str(found.geography),
        decimals=found.decimals,
        codes=tuple(codes),
        names=_names(codes, found.geography, say.lang),
        steps=_steps(found, periods, series, say),
        breaks=tuple(found.breaks),
        classes=tuple(MapClass(label, colour) for label, colour in pairs),
        statuses=tuple((say.status(status), CELL_MARKS.get(status, "")) for status in STATUSES),
        intervals=tuple(say.interval(kind) for kind in INTERVALS),
        words=map_words(str(found.geography), say),
        level_names=tuple(labels) if is_level else (),
        exposure=exposure(found, periods) if found.recipe.denominator else None,
        comparable=comparable(found, periods, say),
        difference=difference(found, say) if has_differences(found) else None,
        sources=tuple(say.source_line(provenance.load_source(slug)) for slug in found.sources),
    )


def _of_a_day(atlas: Atlas, found: Indicator, packed: artefacts.Artefact) -> artefacts.Artefact:
    """Return a packed map with what was known on the day of the atlas."""
    then = gather(atlas, found.slug, str(found.geography))
    return artefacts.Artefact(packed.geometry, pack_series(then.series), then.periods)


def _newest(periods: tuple[str, ...], series: Series) -> str:
    """Return the newest period in which any area has a value, as ``Atlas.newest`` does."""
    is_whole = series.is_known & (series.statuses != STATUSES.index(str(Status.PARTIAL)))
    known = np.flatnonzero((is_whole if is_whole.any() else series.is_known).sum(axis=0))
    return periods[known[-1]] if len(known) else periods[-1]


def _names(codes: Sequence[str], geography: Geography, lang: str) -> tuple[str, ...]:
    if geography is Geography.MUNICIPALITY:
        names = shapes.load_municipality_names()
        return tuple(names[code] for code in codes)
    is_city = geography is Geography.CITY
    return tuple(cities.city(code).name if is_city else state(code).name(lang) for code in codes)


def _steps(
    found: Indicator, periods: tuple[str, ...], series: Series, say: Words
) -> tuple[MapStep, ...]:
    return tuple(
        _step(found, (period, before), (series.is_known[:, n], series.statuses[:, n]), say)
        for n, (period, before) in enumerate(zip(periods, ("", *periods[:-1]), strict=True))
    )


def _step(
    found: Indicator, periods: tuple[str, str], cells: tuple[Bools, Ints], say: Words
) -> MapStep:
    (period, before), (is_known, statuses) = periods, cells
    breaks = found.breaks_between(before, period) if before else ()
    return MapStep(
        period=period,
        label=_label(found, period, say, is_first=not before),
        note=_note(found, period, (int(is_known.sum()), len(is_known)), say),
        # Several breaks may have one reason, as where every edition has a method of its own.
        break_reason=" ".join(dict.fromkeys(item.reason.in_(say.lang) for item in breaks)),
        mark=shared_mark([STATUSES[n] for n in np.unique(statuses[is_known])]),
    )


def _label(found: Indicator, period: str, say: Words, *, is_first: bool) -> str:
    if found.kind is Kind.LEVEL and is_first:
        first = advisories.history().issues[0]
        return say("note_before_label", {"date": say.date(first)})
    return say.period(period)


def _note(found: Indicator, period: str, counts: tuple[int, int], say: Words) -> str:
    known, every = counts
    # Of a day on which the issue was not known yet nothing of it is told.
    if found.kind is Kind.LEVEL and (known or parse(period).start < advisories.history().issues[0]):
        return _issue_note(period, say)
    if known == 0:
        return say("note_none")
    if known == every:
        return ""
    values = {"known": say.number(known), "all": say.number(every)}
    return say(f"note_missing_{found.geography}", values)


def _issue_note(period: str, say: Words) -> str:
    history = advisories.history()
    day = parse(period).start
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
