"""The map over time inside a Streamlit page.

Owns the two components that carry it and the reading of their events. Does not own what the map
shows (``maps``), nor what a page makes of an event.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from geo_app.maps.payload import compact
from geo_app.maps.scripts import ask_js, mount_js
from geo_app.ui import assets


@dataclass(frozen=True, slots=True)
class MapBytes:
    """What a map is made of, ready to be sent."""

    head: str
    """JSON of everything that is words, in one language; names the hashes of the other two."""
    geometry: bytes
    """Packed shapes."""
    series: bytes
    """Packed values of every period."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a map is seen: what a page asks for, and what a reader may change on it."""

    period: str
    selected: tuple[str, ...] = ()
    """Codes of the selected areas, first one first."""
    show: str = ""
    """ "two" periods side by side, their "difference", or "" for one."""
    against: str = ""
    """The second period, or ""."""
    layout: str = ""
    """ "tiles", "mercator" or "" for the plane."""


@dataclass(frozen=True, slots=True)
class TimeMapEvent:
    """What the reader did on the map just before this run; None where it was nothing."""

    selected: tuple[str, ...] | None = None
    """Codes of the areas that are selected now; empty where the selection was cleared."""
    period: str | None = None
    """Period on which the slider came to rest."""
    shown: tuple[str, str, str] | None = None
    """``show``, ``against`` and ``layout``, in the words of the element."""


def time_map(content: MapBytes, seen: Seen, *, key: str, height: int | None = None) -> TimeMapEvent:
    """Show a map over time, or change the one of this key in place.

    Parameters
    ----------
    content
        What is shown. The same content again sends nothing and leaves the map as it is.
    seen
        What of it the page wants to be seen now: pass on what the last event said.
    key
        Names the map in this page.
    height
        Height in pixels of the map itself; by the width of the page if omitted.

    Returns
    -------
    TimeMapEvent
        Each event is reported in one run only.
    """
    mount = assets.component("time_map", mount_js())
    ask = assets.component("time_map_ask", ask_js())
    # Without a gap, since the second component has no body and would still be spaced.
    with st.container(gap=None):
        # First, and small: it is there when the map comes, which then needs no second drawing.
        ask(key=f"{key}-ask", data=_asked(seen, key))
        result = mount(
            key=key,
            data=parcel(content, key=key, height=height),
            on_selected_change=_no_callback,
            on_period_change=_no_callback,
            on_shown_change=_no_callback,
        )
    return TimeMapEvent(
        selected=_codes(result.get("selected")),
        period=_text(result.get("period")),
        shown=_shown(result.get("shown")),
    )


def parcel(content: MapBytes, *, key: str, height: int | None = None) -> bytes:
    """Pack a map into the bytes that ``mount.js`` takes apart.

    A component is given one JSON or one run of bytes; as JSON the shapes and values would be a
    third longer.
    """
    place = compact({"key": key, "height": height})
    head = f'{place[:-1]},"head":{content.head}}}'.encode()
    lengths = struct.pack("<II", len(head), len(content.geometry))
    return lengths + head + content.geometry + content.series


def _asked(seen: Seen, key: str) -> dict[str, object]:
    shown = {
        "show": seen.show or "one",
        "against": seen.against,
        "layout": seen.layout or "plane",
    }
    return {"key": key, "period": seen.period, "selected": list(seen.selected), "shown": shown}


def _no_callback() -> None:
    """Stand where Streamlit wants a callback, so that it reports the event at all."""


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _codes(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(code for code in value if isinstance(code, str))


def _shown(value: object) -> tuple[str, str, str] | None:
    if not isinstance(value, Mapping):
        return None
    show, against, layout = (_text(value.get(name)) for name in ("show", "against", "layout"))
    return show or "", against or "", layout or ""
