"""Which figure of which areas is looked at."""

from __future__ import annotations

import streamlit as st

from geo_app.atlas import Atlas
from geo_app.states import all_states
from geo_app.text import words
from geo_app.ui import cache
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.controls.widgets import changed, listed
from geo_app.view import NATION, View


def indicator_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the indicators."""
    st.session_state["indicator"] = view.indicator
    names = {item.slug: item.short.in_(view.lang) for item in atlas.mapped_indicators()}
    st.pills(
        words(view.lang)("indicator_label"),
        list(names),
        format_func=names.__getitem__,
        key="indicator",
        on_change=changed,
        args=("indicator", atlas),
    )


def level_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the kinds of area, where there is more than one."""
    choices = AtlasChoices(atlas)
    levels = choices.levels(view.indicator)
    if len(levels) == 1:
        return
    say = words(view.lang)
    st.session_state["level"] = view.kind(choices)
    st.segmented_control(
        say("level_label"),
        levels,
        format_func=lambda level: say(f"level_{level}"),
        key="level",
        label_visibility="collapsed",
        on_change=changed,
        args=("level", atlas),
    )


def municipality_control(view: View, atlas: Atlas) -> None:
    """Draw the list of a state's municipalities: the way without a map."""
    say = words(view.lang)
    names = {"": say("municipality_none")}
    every = cache.municipality_names()
    names |= {code: name for code, name in every.items() if code.startswith(view.state)}
    listed("municipality", view.municipality, say("municipality_label"), names, atlas)


def state_control(view: View, atlas: Atlas) -> None:
    """Draw the list of states: the way without a map."""
    say = words(view.lang)
    names = {NATION: say("state_none")}
    by_name = sorted(all_states(), key=lambda item: item.name(view.lang))
    names |= {item.state_code: item.name(view.lang) for item in by_name}
    listed("state", view.state, say("state_label"), names, atlas)
