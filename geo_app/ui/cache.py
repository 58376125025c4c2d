"""What is kept between runs: the map data of each indicator in each language.

Cached functions take text only; the stamp of the data folder makes a changed table a new key.
"""

from __future__ import annotations

import streamlit as st

from geo_app import atlas, paths
from geo_app.atlas import Atlas
from geo_app.maps.figure import time_map_data
from geo_app.maps.payload import TimeMapData


def load_atlas() -> Atlas:
    """Return the atlas of the current data folder."""
    return atlas.load()


def map_data(slug: str, lang: str) -> TimeMapData:
    """Return everything the map of an indicator shows.

    Raises
    ------
    AtlasError
        As ``maps.figure.time_map_data``.
    """
    stamp = (paths.data_dir() / paths.REGISTRY).read_text(encoding="utf-8")
    return _map_data(slug, lang, str(paths.home()), stamp)


@st.cache_resource(show_spinner=False, max_entries=64)
def _map_data(slug: str, lang: str, home: str, stamp: str) -> TimeMapData:  # noqa: ARG001 - parts of the key
    return time_map_data(atlas.load(), slug, lang)
