"""What stands on every page: language, pages, and the day on which figures are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from geo_app.atlas import Atlas
from geo_app.records import LANGUAGES
from geo_app.text import words
from geo_app.ui.controls.address import read_view, show
from geo_app.ui.controls.widgets import changed
from geo_app.view import ANALYSIS, PAGES, PAGES_OF_TODAY, View

LANGUAGE_NAMES = {"en": "English", "es": "Español"}

FIRST_KNOWN = date(2010, 1, 1)
"""First day that can be chosen as the one on which figures are known: before any release held."""


def language_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the languages."""
    st.session_state["lang"] = view.lang
    st.segmented_control(
        words(view.lang)("language_label"),
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        key="lang",
        label_visibility="collapsed",
        on_change=changed,
        args=("lang", atlas),
    )


def page_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the pages, and below it that between the pages of analysis."""
    is_analysis = view.page in ANALYSIS
    first = [page for page in PAGES if page not in ANALYSIS[1:]]
    _pages("page", first, ANALYSIS[0] if is_analysis else view.page, view, atlas)
    if is_analysis:
        _pages("analysis", ANALYSIS, view.page, view, atlas)


def _pages(key: str, pages: Sequence[str], page: str, view: View, atlas: Atlas) -> None:
    say = words(view.lang)
    # One name stands for all pages of analysis until one of them is open.
    names = {item: say(f"page_{item or 'map'}") for item in pages}
    if key == "page":
        names[ANALYSIS[0]] = say("page_analysis")
    st.session_state[key] = page
    st.segmented_control(
        say(f"{key}_label"),
        pages,
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=changed,
        args=(key, atlas),
    )


def known_on_control(view: View, atlas: Atlas) -> None:
    """Say that figures of a day are shown, with the choice of another day and the way back."""
    say = words(view.lang)
    if view.known_on:
        told = "known_on_not_here" if view.page in PAGES_OF_TODAY else "known_on_told"
        st.info(say(told, {"date": say.date(view.known_on)}))
    with st.container(horizontal=True, vertical_alignment="bottom", key="atlas-known-on"):
        st.session_state["known_on"] = date.fromisoformat(view.known_on) if view.known_on else None
        st.date_input(
            say("known_on_label"),
            value=None,
            min_value=FIRST_KNOWN,
            format="YYYY-MM-DD",
            key="known_on",
            on_change=_known_on_changed,
            args=(atlas,),
        )
        if view.known_on:
            newest = replace(view, known_on="")
            st.button(say("known_on_leave"), on_click=show, args=(newest,), key="known-on-leave")


def _known_on_changed(atlas: Atlas) -> None:
    """Carry the day of which figures are known into the address; an emptied field clears it."""
    view, _ = read_view(atlas)
    show(replace(view, known_on=str(st.session_state["known_on"] or "")))
