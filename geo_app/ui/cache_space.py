"""What is kept between runs of the pages of space and of municipalities.

Cached functions take text only; the stamps of the folders make a changed file a new key.
"""

from __future__ import annotations

import streamlit as st

from geo_app import atlas, paths
from geo_app.errors import BadRequest
from geo_app.figures import Figure
from geo_app.municipal import figures as municipal_figures
from geo_app.municipal import rates as municipal_rates
from geo_app.municipal.time_map import state_map
from geo_app.space import association, calendar, smoothed
from geo_app.space import figures as space_figures
from geo_app.space.association import Association
from geo_app.text import words
from geo_app.ui.time_map import MapBytes


def space_association(slug: str, period: str, kind: str, known_on: str) -> Association:
    """Return whether like lies beside like: ten thousand shuffles, made once.

    Raises
    ------
    AtlasError
        As ``association.associate``.
    """
    return _space_association(slug, period, kind, known_on, _files())


def space_drawings(
    slug: str, period: str, kind: str, lang: str, known_on: str
) -> tuple[Figure, ...]:
    """Return the map of the values, that of the classes and the scatter.

    Raises
    ------
    AtlasError
        As ``association.associate``.
    """
    return _space_drawings(slug, period, kind, lang, known_on, _files())


def smoothed_drawings(slug: str, period: str, lang: str, known_on: str) -> tuple[Figure, ...]:
    """Return the maps of the raw and of the smoothed rates of a month.

    Raises
    ------
    AtlasError
        As ``smoothed.month``.
    """
    return _smoothed_drawings(slug, period, lang, known_on, _files())


def calendar_drawing(slug: str, period: str, state_code: str, lang: str, known_on: str) -> Figure:
    """Return the calendar of an indicator that has one.

    Raises
    ------
    AtlasError
        As ``calendar.build``.
    """
    return _calendar_drawing(slug, period, state_code, lang, known_on, _files())


def _files() -> str:
    """Name the files that everything is made from: another content is another key."""
    stamps = paths.stamp(paths.data_dir()), paths.stamp(paths.shapes_dir())
    return f"{paths.home()} {stamps}"


@st.cache_resource(show_spinner=False, max_entries=256)
def _space_association(
    slug: str,
    period: str,
    kind: str,
    known_on: str,
    files: str,  # noqa: ARG001 - a part of the key
) -> Association:
    return association.associate(atlas.load(known_on or None), slug, period, kind)


@st.cache_resource(show_spinner=False, max_entries=64)
def _space_drawings(
    slug: str,
    period: str,
    kind: str,
    lang: str,
    known_on: str,
    files: str,  # noqa: ARG001 - a part of the key
) -> tuple[Figure, ...]:
    found = space_association(slug, period, kind, known_on)
    layer = atlas.load(known_on or None).layer(slug, period)
    say = words(lang)
    return (
        space_figures.value_map(layer, say),
        space_figures.local_map(found, layer, say),
        space_figures.scatter(found, layer, say),
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _smoothed_drawings(
    slug: str,
    period: str,
    lang: str,
    known_on: str,
    files: str,  # noqa: ARG001 - a part of the key
) -> tuple[Figure, ...]:
    then, say = atlas.load(known_on or None), words(lang)
    title = say("space_map_raw", {"period": say.period(period)})
    raw = space_figures.value_map(then.layer(slug, period), say, title)
    return raw, space_figures.smoothed_map(smoothed.month(then, slug, period), say)


@st.cache_resource(show_spinner=False, max_entries=64)
def _calendar_drawing(
    slug: str,
    period: str,
    state_code: str,
    lang: str,
    known_on: str,
    files: str,  # noqa: ARG001 - a part of the key
) -> Figure:
    found = calendar.build(atlas.load(known_on or None), slug, period, state_code)
    if found is None:
        message = f"{slug} has no calendar"
        raise BadRequest(message)
    return space_figures.calendar_figure(found, period, words(lang))


def state_map_bytes(slug: str, state_code: str, lang: str, known_on: str) -> MapBytes:
    """Return the map over time of the municipalities of a state, ready to be sent.

    Raises
    ------
    AtlasError
        As ``municipal.time_map.state_map``.
    """
    return _state_map_bytes(slug, state_code, lang, known_on, _files())


def municipal_drawings(
    slug: str, state_code: str, period: str, chosen: str, lang: str, known_on: str
) -> tuple[Figure, ...]:
    """Return the maps of raw and smoothed rates of a state, and their legend.

    Raises
    ------
    AtlasError
        As ``municipal.rates.state_rates``.
    """
    parts = (slug, state_code, period, chosen, lang, known_on)
    return _municipal_drawings(*parts, _files())


@st.cache_resource(show_spinner=False, max_entries=64)
def _state_map_bytes(
    slug: str,
    state_code: str,
    lang: str,
    known_on: str,
    files: str,  # noqa: ARG001 - a part of the key
) -> MapBytes:
    found = state_map(atlas.load(known_on or None), slug, state_code, lang)
    return MapBytes(found.head_json(), found.geometry.data, found.series.data)


@st.cache_resource(show_spinner=False, max_entries=64)
def _municipal_drawings(
    slug: str,
    state_code: str,
    period: str,
    chosen: str,
    lang: str,
    known_on: str,
    files: str,  # noqa: ARG001 - a part of the key
) -> tuple[Figure, ...]:
    then = atlas.load(known_on or None)
    found = municipal_rates.state_rates(then, slug, state_code, period)
    return municipal_figures.pair(found, chosen, words(lang))
