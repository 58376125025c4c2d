"""The map over time inside a Streamlit page.

Owns the two components that carry it and the reading of their events. Does not own what the map
shows (``maps``), nor what a page makes of an event.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from geo_app.maps.leaflet import leaflet_css
from geo_app.maps.payload import TimeMapData
from geo_app.maps.scripts import ask_js, mount_js, plugin_css

_MAP = st.components.v2.component(
    "geo_app_time_map", css=f"{leaflet_css()}\n{plugin_css()}", js=mount_js()
)
_ASK = st.components.v2.component("geo_app_time_map_ask", js=ask_js())


@dataclass(frozen=True, slots=True)
class TimeMapEvent:
    """What the reader did on the map just before this run; both None where it was nothing."""

    selected: str | None
    """Code of the area that was selected, "" where the selection was cleared."""
    period: str | None
    """Period on which the slider came to rest."""


def time_map(data: TimeMapData, *, key: str, height: int | None = None) -> TimeMapEvent:
    """Show a map over time, or change the one of this key in place.

    Parameters
    ----------
    data
        What is shown. ``initial_period`` and ``selected`` are what the page wants to be seen
        now: pass on what the last event said, and they cost a run some hundred bytes.
    key
        Names the map in this page.
    height
        Height in pixels of the map itself; by the width of the page if omitted.

    Returns
    -------
    TimeMapEvent
        Each event is reported in one run only.

    Raises
    ------
    ShapesInvalid
        If an area cannot be drawn.
    """
    drawn = {
        "key": key,
        "geometry": data.geometry_json(),
        "series": data.data_json(),
        "height": height,
    }
    period = data.initial_period or data.steps[-1].period
    asked = {"key": key, "period": period, "selected": data.selected}
    # Without a gap, since the second component has no body and would still be spaced.
    with st.container(gap=None):
        result = _MAP(
            key=key, data=drawn, on_selected_change=_no_callback, on_period_change=_no_callback
        )
        _ASK(key=f"{key}-ask", data=asked)
    return TimeMapEvent(selected=_text(result.get("selected")), period=_text(result.get("period")))


def _no_callback() -> None:
    """Stand where Streamlit wants a callback, so that it reports the event at all."""


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
