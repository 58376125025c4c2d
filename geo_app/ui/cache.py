"""What is kept between runs: the map of each indicator and level in each language, and names.

Cached functions take text only; the stamps of the folders make a changed file a new key.
"""

from __future__ import annotations

import streamlit as st

from geo_app import atlas, paths, routes, shapes
from geo_app.atlas import Atlas
from geo_app.maps.figure import time_map_data
from geo_app.periods import parse_date
from geo_app.route_records import Route
from geo_app.ui.time_map import MapBytes


def load_atlas() -> Atlas:
    """Return the atlas of the current data folder."""
    return atlas.load()


def map_bytes(slug: str, level: str, lang: str) -> MapBytes:
    """Return the map of an indicator at a level, ready to be sent.

    Raises
    ------
    AtlasError
        If the files of the map are missing or not those of the registry.
    """
    return _map_bytes(slug, level, lang, str(paths.home()), paths.stamp(paths.data_dir()))


def municipality_names() -> dict[str, str]:
    """Return the name of each municipality by its code.

    Raises
    ------
    AtlasError
        As ``shapes.load_municipality_names``.
    """
    return _municipality_names(str(paths.home()), paths.stamp(paths.shapes_dir()))


def ways(stops: str, day: str) -> tuple[Route, ...]:
    """Return the ways between stops.

    Parameters
    ----------
    stops
        Codes with commas between them.
    day
        ISO date of which the advice is told.

    Raises
    ------
    AtlasError
        As ``routes.alternatives``.
    """
    return _ways(stops, day, str(paths.home()), paths.stamp(paths.data_dir()))


@st.cache_resource(show_spinner=False, max_entries=64)
def _map_bytes(slug: str, level: str, lang: str, home: str, stamp: int) -> MapBytes:  # noqa: ARG001 - parts of the key
    found = time_map_data(atlas.load(), slug, lang, level=level or None)
    return MapBytes(found.head_json(), found.geometry.data, found.series.data)


@st.cache_resource(show_spinner=False, max_entries=2)
def _municipality_names(home: str, stamp: int) -> dict[str, str]:  # noqa: ARG001 - parts of the key
    return shapes.load_municipality_names()


@st.cache_resource(show_spinner=False, max_entries=256)
def _ways(stops: str, day: str, home: str, stamp: int) -> tuple[Route, ...]:  # noqa: ARG001 - parts of the key
    return routes.alternatives(stops.split(","), parse_date(day))
