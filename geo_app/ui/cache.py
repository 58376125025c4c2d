"""What is kept between runs: the map of each indicator and level in each language, and names.

Cached functions take text only; the stamps of the folders make a changed file a new key.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from geo_app import atlas, paths, places, shapes, state_page, state_sheet
from geo_app.atlas import Atlas
from geo_app.maps.figure import time_map_data
from geo_app.state_sheet import Asked, StateSheet
from geo_app.text import words
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


def place_states() -> dict[str, str]:
    """Return the state of each place by its code; empty where a place lies in none.

    Raises
    ------
    AtlasError
        As ``places.all_places``.
    """
    return _place_states(str(paths.home()), paths.stamp(paths.data_dir()))


@dataclass(frozen=True, slots=True)
class SheetMade:
    """The sheet of a state, and its markup for a page."""

    sheet: StateSheet
    body: str


def state_sheet_made(asked: Asked, lang: str) -> SheetMade:
    """Return the sheet of a state in a language.

    Raises
    ------
    AtlasError
        As ``state_sheet.build``.
    """
    parts = (asked.state_code, asked.place, asked.day, asked.reference, lang)
    return _state_sheet(*parts, str(paths.home()), paths.stamp(paths.data_dir()))


@st.cache_resource(show_spinner=False, max_entries=128)
def _state_sheet(
    state_code: str,
    place: str,
    day: str,
    reference: str,
    lang: str,
    home: str,  # noqa: ARG001 - a part of the key
    stamp: int,  # noqa: ARG001 - a part of the key
) -> SheetMade:
    asked = Asked(state_code, place, day, reference)
    sheet = state_sheet.build(atlas.load(), asked, words(lang))
    return SheetMade(sheet, state_page.body(sheet))


@st.cache_resource(show_spinner=False, max_entries=64)
def _map_bytes(slug: str, level: str, lang: str, home: str, stamp: int) -> MapBytes:  # noqa: ARG001 - parts of the key
    found = time_map_data(atlas.load(), slug, lang, level=level or None)
    return MapBytes(found.head_json(), found.geometry.data, found.series.data)


@st.cache_resource(show_spinner=False, max_entries=2)
def _municipality_names(home: str, stamp: int) -> dict[str, str]:  # noqa: ARG001 - parts of the key
    return shapes.load_municipality_names()


@st.cache_resource(show_spinner=False, max_entries=2)
def _place_states(home: str, stamp: int) -> dict[str, str]:  # noqa: ARG001 - parts of the key
    return {item.place_code: item.state_code for item in places.all_places()}
