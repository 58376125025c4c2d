"""A map as a file of its own: one HTML page for all periods, or a picture of one.

Owns what such a file says beside the map: table, sources, method, disclaimer, dates. Does not own
its form (``maps.page``, ``maps.picture``) or the facts (``atlas``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import quote

from geo_app import provenance, sheet
from geo_app.areas import area_name
from geo_app.errors import BadRequest
from geo_app.indicators import Indicator, indicator
from geo_app.records import LANGUAGES
from geo_app.states import all_states
from geo_app.text import Words, words

if TYPE_CHECKING:
    from geo_app.answers import Layer
    from geo_app.atlas import Atlas
    from geo_app.maps.page import MapPage, PageRow, PageSource, PageText
    from geo_app.maps.payload import TimeMapData
    from geo_app.maps.still import StillMap

Format = Literal["html", "png", "svg"]
"""What kind of file a map becomes."""

FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class MapRequest:
    """Which map is wanted."""

    slug: str
    level: str = ""
    """ "state", "municipality" or "city"; "" for the indicator's own."""
    period: str = ""
    """Period of a picture, or shown first on a page; "" for the newest one."""
    lang: str = "en"
    """Language of a picture, or shown first on a page."""
    width: int = 1200
    """Width of a picture in pixels."""


def format_of(path: Path, asked: str = "") -> Format:
    """Return the format of a file: what was asked for, else what its ending says.

    Parameters
    ----------
    path
        The file.
    asked
        "html", "png" or "svg"; "" for none.

    Raises
    ------
    BadRequest
        If neither names one.
    """
    wanted = asked or path.suffix.lower().removeprefix(".")
    for known in FORMATS:
        if wanted == known:
            return known
    message = "the ending names no kind of file that a map can become"
    expected = ", ".join(f".{known}" for known in FORMATS)
    fix = "name the file so, or say --format"
    raise BadRequest(message, where=path.name, expected=expected, got=repr(path.suffix), fix=fix)


def map_file(atlas: Atlas, request: MapRequest, fmt: Format) -> bytes:
    """Return the file of a map; the same bytes for the same data.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    request
        Which map.
    fmt
        Which kind of file.

    Raises
    ------
    BadRequest
        If the indicator has no such level or period, the width cannot be read, or its figures may
        not be passed on.
    """
    if fmt == "html":
        from geo_app.maps.page import page_html

        return page_html(map_page(atlas, request)).encode()
    from geo_app.maps.picture.sheet import picture

    return picture(still(atlas, request), fmt, request.width)


def embed_snippet(request: MapRequest, address: str) -> str:
    """Return the HTML with which another page shows the file of a map.

    Parameters
    ----------
    request
        Which map.
    address
        Where the other page finds the file.
    """
    title = indicator(request.slug).title.in_(request.lang)
    return (
        f'<iframe src="{escape(quote(address))}" title="{escape(title)}" loading="lazy" '
        'width="100%" height="900" style="border:0"></iframe>'
    )


def still(atlas: Atlas, request: MapRequest) -> StillMap:
    """Return the facts of a picture.

    Raises
    ------
    BadRequest
        If the indicator has no such level or period.
    """
    from geo_app.maps.still import still_map

    say = words(request.lang)
    level = str(indicator(request.slug).drawn_at(request.level or None).geography)
    period = request.period or atlas.newest(request.slug, level)
    layer = atlas.layer(request.slug, period, level)
    return still_map(layer, level, say, _footer(layer, say))


def map_page(atlas: Atlas, request: MapRequest) -> MapPage:
    """Return what an HTML file of a map holds.

    Raises
    ------
    BadRequest
        If the indicator has no such level or period, or its figures may not be passed on.
    """
    from geo_app.maps.page import MapPage

    found = indicator(request.slug).drawn_at(request.level or None)
    if not sheet.is_downloadable(found):
        message = "the licence of a source was not seen, so that its figures are not passed on"
        fix = "export a picture, .png or .svg"
        raise BadRequest(message, where=request.slug, fix=fix)
    level = request.level or str(found.geography)
    period = request.period or atlas.newest(request.slug, level)
    languages = (request.lang, *(lang for lang in LANGUAGES if lang != request.lang))
    layer = _table_layer(atlas, request.slug, level, period)
    maps = {lang: _map(atlas, request.slug, level, period, lang) for lang in languages}
    shown = maps[request.lang]
    return MapPage(
        texts=tuple(_text(found, layer, level, words(lang)) for lang in languages),
        heads={lang: data.document() for lang, data in maps.items()},
        geometry=shown.geometry.data,
        series=shown.series.data,
        view=shown.view(),
        area_count=len(shown.head.codes),
    )


def _map(atlas: Atlas, slug: str, level: str, period: str, lang: str) -> TimeMapData:
    from geo_app.maps.figure import time_map_data

    data = time_map_data(atlas, slug, lang, level=level, period=period)
    # A file asks no other place for anything, not even by its reader's choice.
    quiet = replace(data.head.words, streets_address="")
    return replace(data, head=replace(data.head, words=quiet))


def _table_layer(atlas: Atlas, slug: str, level: str, period: str) -> Layer:
    """Return what the table in the file shows where no script runs.

    Of municipalities that is their states: 2,465 rows would be as large as the map.
    """
    layer = atlas.layer(slug, period, level)
    own = str(indicator(slug).geography)
    if level == "municipality" and period in atlas.periods(slug, own):
        return atlas.layer(slug, period, own)
    return layer


def _text(found: Indicator, layer: Layer, level: str, say: Words) -> PageText:
    from geo_app.maps.page import PageText

    title, unit = found.title.in_(say.lang), say.unit(found)
    period = say.period(layer.period)
    key = "file_caption" if unit else "file_caption_bare"
    away = "file_no_script_municipality" if level == "municipality" else "file_no_script"
    return PageText(
        lang=say.lang,
        words=_words(title, unit, level, say),
        disclaimer=say("disclaimer"),
        as_of=_as_of(found, say),
        no_script=say(away, {"period": period}),
        caption=say(key, {"title": title, "period": period, "unit": unit}),
        rows=_rows(layer, say),
        notes=tuple(note.in_(say.lang) for note in found.notes),
        sources=_sources(found, say),
        attribution=(say("shapes_line"), say("file_map_library")),
        # Many municipalities of different states have the same name.
        groups={item.state_code: item.name(say.lang) for item in all_states()}
        if level == "municipality"
        else {},
    )


def _words(title: str, unit: str, level: str, say: Words) -> dict[str, str]:
    return {
        "brand": say("app_title"),
        "title": title,
        "document_title": f"{title} · {say('app_title')}",
        "other_language": say("file_other_language"),
        "table": say("table_title"),
        "caption": say.sentences["file_caption"],
        "caption_bare": say.sentences["file_caption_bare"],
        "sort": say("file_sort"),
        "unit": unit,
        "column_area": say(f"column_area_{level}"),
        "column_value": say("column_value"),
        "column_interval": say("file_interval"),
        "column_status": say("column_status"),
        "method": say("method_title"),
        "sources": say("file_sources"),
        "failed": say("file_failed"),
        "unsupported": say("file_unsupported"),
        "damaged": say("file_damaged"),
        "failed_next": say("file_failed_next"),
        "left_out": say("file_left_out"),
    }


def _rows(layer: Layer, say: Words) -> tuple[PageRow, ...]:
    columns = ("area_kind", "value", "low", "high", "interval", "status")
    cells = zip(layer.areas.index, *(layer.areas[name] for name in columns), strict=True)
    return tuple(_row(layer.indicator, cell, say) for cell in cells)


Cell = tuple[str, str, float, float, float, str, str]
"""Code, kind of area, value, low, high, kind of interval, status."""


def _row(found: Indicator, cell: Cell, say: Words) -> PageRow:
    from geo_app.maps.page import PageRow

    code, kind, value, low, high, interval, status = cell
    name = area_name(kind, code, say.lang)
    if math.isnan(value):
        return PageRow(name, say.status(status), "", "", is_missing=True)
    span = say.span(low, high, found.decimals)
    said = f"{span} ({say.interval(interval)})" if span else ""
    return PageRow(name, say.figure(found, value), said, say.status(status), is_missing=False)


def _sources(found: Indicator, say: Words) -> tuple[PageSource, ...]:
    from geo_app.maps.page import PageSource

    return tuple(
        PageSource(note.line, (note.processing, *note.limits, note.license), note.addresses)
        for note in sheet.source_notes(found, say)
    )


def _footer(layer: Layer, say: Words) -> tuple[str, ...]:
    """Say source, publication, reading and status of what a picture shows."""
    found = layer.indicator
    known = layer.areas.loc[layer.areas["value"].notna(), "status"]
    counts = known.value_counts().sort_index()
    only = len(counts) == 1
    told = [
        say.status(status)
        if only
        else say("file_status_count", {"status": say.status(status), "count": say.number(count)})
        for status, count in counts.items()
    ]
    return (
        *(note.line for note in sheet.source_notes(found, say)),
        say("file_status", {"status": ", ".join(told)}) if told else say("note_none"),
        say("file_notice"),
        f"{say('app_title')}. {say('shapes_line')}",
    )


def _as_of(found: Indicator, say: Words) -> str:
    checked = max(provenance.load_source(s).releases[-1].checked for s in found.sources)
    return say("file_as_of", {"date": say.date(checked)})
