"""Our map alone in Streamlit, and a page without it: what the map itself adds, and leaves behind.

The button runs the script again with nothing changed. ``?alone`` leaves out the list of pages, so
that what is sent is the map's and not the list's.
"""

from __future__ import annotations

import streamlit as st

from geo_app.ui import cache
from geo_app.ui.time_map import Seen, time_map

SLUG = "homicides_inegi_per_100k"


def with_map() -> None:
    """Draw the map and nothing else."""
    st.button("again")
    content = cache.map_bytes(SLUG, "state", "en")
    time_map(content, Seen(period=cache.load_atlas().newest(SLUG)), key="map")


def without_map() -> None:
    """Draw a page without a map."""
    st.caption("nothing")


if "alone" in st.query_params:
    with_map()
else:
    st.navigation([st.Page(with_map, title="with"), st.Page(without_map, title="without")]).run()
