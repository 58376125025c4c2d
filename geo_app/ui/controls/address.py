"""The address and the ``View`` that it asks for; what a reader did on the map.

Owns reading and writing the address, and the language of the browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from geo_app import cities
from geo_app.atlas import Atlas
from geo_app.records import LANGUAGES
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.time_map import TimeMapEvent
from geo_app.view import NATION, View


def read_view(atlas: Atlas) -> tuple[View, tuple[str, ...]]:
    """Return the view that the address asks for, and the keys that were not understood."""
    return View.from_query(st.query_params.to_dict(), AtlasChoices(atlas), browser_language())


def browser_language() -> str:
    """Return the language to open in where the address names none."""
    try:
        locale = st.context.locale or ""
    except AttributeError:
        locale = ""
    return "es" if locale.lower().startswith("es") else "en"


def asked_language() -> str:
    """Return the language that the address names, else the browser's."""
    asked = st.query_params.get("lang", "")
    return asked if asked in LANGUAGES else browser_language()


def show(view: View) -> None:
    """Write a view into the address."""
    st.query_params.from_dict(view.to_query())


def after_event(view: View, event: TimeMapEvent, atlas: Atlas) -> View:
    """Return the view after what the reader did on the map."""
    choices = AtlasChoices(atlas)
    if event.period is not None:
        view = replace(view, period=event.period)
    if event.selected is not None:
        view = _selected(view, event.selected, view.kind(choices))
    if event.shown is not None:
        view = view.with_dates(*event.shown)
    if event != TimeMapEvent():
        # It comes from a browser, as an address does, and is read with the same care.
        view, _ = View.from_query(view.to_query(), choices, view.lang)
    return view


def is_opening() -> bool:
    """Whether the page has just been opened: true once for each visit."""
    is_first = "opened" not in st.session_state
    st.session_state["opened"] = True
    return is_first


def _selected(view: View, codes: Sequence[str], kind: str) -> View:
    """Return the view with areas selected: the first one leads, and brings its state along."""
    first, *others = codes or [""]
    view = replace(view.with_state(NATION), others=tuple(others))
    if kind == "municipality":
        return replace(view, state=first[:2], municipality=first)
    if kind == "city":
        states = {item.city_code: item.state_code for item in cities.all_cities()}
        return replace(view, state=states.get(first, NATION), city=first)
    return replace(view, state=first)
