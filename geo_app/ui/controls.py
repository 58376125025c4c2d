"""Widgets, address and ``View``: the only place that touches session state and query.

The address is the truth. A widget that is moved writes the address first; each run reads the view
from the address and lays it under the widgets before they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from geo_app import cities
from geo_app.atlas import Atlas
from geo_app.indicators import Geography, indicator
from geo_app.records import LANGUAGES
from geo_app.states import all_states, state
from geo_app.text import words
from geo_app.ui.time_map import TimeMapEvent
from geo_app.view import NATION, View

LANGUAGE_NAMES = {"en": "English", "es": "Español"}


@dataclass(frozen=True, slots=True)
class AtlasChoices:
    """What can be looked at in an atlas."""

    atlas: Atlas

    def slugs(self) -> Sequence[str]:
        """Return the indicators, the first one being the default."""
        return [item.slug for item in self.atlas.indicators()]

    def periods(self, slug: str) -> Sequence[str]:
        """Return the periods of an indicator, oldest first."""
        return self.atlas.periods(slug)

    def newest(self, slug: str) -> str:
        """Return the newest period with a value."""
        return self.atlas.newest(slug)

    def cities(self) -> Sequence[str]:
        """Return the codes of all cities."""
        return [item.city_code for item in cities.all_cities()]


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


def after_event(view: View, event: TimeMapEvent) -> View:
    """Return the view after what the reader did on the map, and write it into the address."""
    if event.period is not None:
        view = replace(view, period=event.period)
    if event.selected is not None:
        view = _selected(view, event.selected)
    show(view)
    return view


def language_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the languages."""
    st.session_state["lang"] = view.lang
    st.segmented_control(
        words(view.lang)("language_label"),
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        key="lang",
        label_visibility="collapsed",
        on_change=_changed,
        args=("lang", atlas),
    )


def indicator_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the indicators."""
    st.session_state["indicator"] = view.indicator
    names = {item.slug: item.short.in_(view.lang) for item in atlas.indicators()}
    st.pills(
        words(view.lang)("indicator_label"),
        list(names),
        format_func=names.__getitem__,
        key="indicator",
        on_change=_changed,
        args=("indicator", atlas),
    )


def state_control(view: View, atlas: Atlas) -> None:
    """Draw the list of states: the way without a map."""
    st.session_state["state"] = view.state
    names = {NATION: words(view.lang)("state_none")}
    by_name = sorted(all_states(), key=lambda item: item.name(view.lang))
    names |= {item.state_code: item.name(view.lang) for item in by_name}
    st.selectbox(
        words(view.lang)("state_label"),
        list(names),
        format_func=names.__getitem__,
        key="state",
        on_change=_changed,
        args=("state", atlas),
    )


def _changed(key: str, atlas: Atlas) -> None:
    """Carry a moved widget into the address, before the page is drawn again."""
    view, _ = read_view(atlas)
    value = st.session_state[key]
    if value is None:  # the chosen pill was clicked again: nothing changes
        return
    if key == "indicator":
        show(view.with_indicator(value, AtlasChoices(atlas)))
    elif key == "lang":
        show(replace(view, lang=value))
    else:
        show(replace(view, state=value, city=""))


def _selected(view: View, code: str) -> View:
    """Return the view with an area selected: a city brings its state along."""
    if not code:
        return replace(view, state=NATION, city="")
    if indicator(view.indicator).geography is Geography.CITY:
        return replace(view, state=cities.city(code).state_code, city=code)
    return replace(view, state=state(code).state_code, city="")
