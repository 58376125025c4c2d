"""The page that opens: a map over time, a state's panel, the table, the sources."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo_app import sheet
from geo_app.atlas import Atlas
from geo_app.indicators import indicator
from geo_app.states import state
from geo_app.text import Words, words
from geo_app.ui import cache, components, controls
from geo_app.ui.time_map import time_map
from geo_app.view import View


def render(atlas: Atlas, view: View) -> None:
    """Draw the page.

    Parameters
    ----------
    atlas
        The atlas.
    view
        What is being looked at.
    """
    say = words(view.lang)
    controls.indicator_control(view, atlas)
    _explorer(atlas, view, say)


@st.fragment
def _explorer(atlas: Atlas, view: View, say: Words) -> None:
    """Draw map, panel, table and sources; an event on the map runs only this again."""
    with components.failures_shown(view.lang):
        _draw(atlas, controls.read_view(atlas)[0], say)


def _draw(atlas: Atlas, view: View, say: Words) -> None:
    # The sheet places the three by their keys: columns of Streamlit would put the table before
    # the panel for a keyboard, or on a phone.
    with st.container(key="atlas-page"):
        with st.container(key="atlas-map"):
            view = _map(view)
            layer = atlas.layer(view.indicator, view.period)
            components.sources(layer.indicator, say)
        with st.container(key="atlas-panel"):
            _panel(atlas, view, say)
        with st.container(key="atlas-figures"):
            components.table(layer, say)
            components.downloads(atlas, layer, say)
    components.method(layer.indicator, say)


def _map(view: View) -> View:
    data = cache.map_data(view.indicator, view.lang)
    # By the kind of area: "09" is a state and, on the map of cities, another place altogether.
    wanted = view.city if components.is_city(indicator(view.indicator)) else view.state
    selected = wanted if wanted in {area.code for area in data.areas} else ""
    shown = replace(data, initial_period=view.period, selected=selected)
    return controls.after_event(view, time_map(shown, key="map"))


def _panel(atlas: Atlas, view: View, say: Words) -> None:
    controls.state_control(view, atlas)
    if not view.state:
        st.html(f'<p class="atlas-empty">{say("panel_text_none")}</p>')
        return
    st.subheader(state(view.state).name(view.lang), anchor=False)
    for item in _city_sections(atlas, view, say):
        components.section(item, say)
    st.caption(say("panel_newest"))
    for item in sheet.sections(atlas.profile(view.state), say):
        components.section(item, say)


def _city_sections(atlas: Atlas, view: View, say: Words) -> tuple[sheet.Section, ...]:
    layer = atlas.layer(view.indicator, view.period)
    if not view.city or not components.is_city(layer.indicator):
        return ()
    value = atlas.value(view.indicator, view.city, view.period)
    return (sheet.city_section(view.city, layer.indicator, value, layer.nation, say),)
