"""The page of one state: all that is known of it on one sheet, to read, to keep or to print."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo_app import advisories
from geo_app.atlas import Atlas
from geo_app.state_sheet import page as state_page
from geo_app.state_sheet.building import Asked
from geo_app.takeaway import pages
from geo_app.text import words
from geo_app.ui import cache, components, controls, drawings
from geo_app.ui.take_away import take_away
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
    if not view.state:
        controls.state_control(view, atlas)
        st.html(f'<p class="atlas-empty">{say("sheet_invitation")}</p>')
        components.state_links(view, say)
        return
    controls.show(view)
    history = advisories.history()
    with st.container(key="atlas-sheet-controls", horizontal=True, vertical_alignment="bottom"):
        controls.state_control(view, atlas)
        label = say("sheet_day_label")
        controls.day_control(view, history.issues[0], history.checked, label, atlas)
        controls.reference_control(view, atlas)
    asked = Asked(view.state, view.place, view.day, view.reference)
    made = cache.state_sheet_made(asked, view.lang, view.known_on)

    def document() -> str:
        return state_page.document(made.sheet)

    with st.container(key="atlas-sheet-tools", horizontal=True, vertical_alignment="center"):
        st.download_button(
            say("sheet_print"),
            document,
            f"state_{view.state}_{view.lang}.html",
            "text/html",
            on_click="ignore",
            help=say("sheet_print_help"),
        )
        components.link_to(replace(view, page=""), say("sheet_map_link"))
    drawings.markup(made.body, "state-sheet")
    with st.container(key="atlas-sheet-take"):
        take_away(pages.of_state(atlas, view, say), "state", say)
