"""The search box of every page, and the list of what it found.

Owns the look of the list. Does not own the search (``search``), its sentences (``search.words``)
or what a choice does (``controls``).
"""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from geo_app.atlas import Atlas
from geo_app.search import finding
from geo_app.search.found import Found, Hit, Outcome
from geo_app.search.words import hit_line, outcome_line
from geo_app.states import state
from geo_app.text import Words, words
from geo_app.ui import components, controls
from geo_app.view import View


def finder(view: View, atlas: Atlas) -> None:
    """Draw the search box and, below it, what the text in it may mean."""
    with st.container(key="atlas-find"):
        asked = controls.find_control(view, atlas)
        found = finding.find(asked, view.lang)
        if found.outcome is not Outcome.EMPTY:
            _list(found, words(view.lang), atlas)


def _list(found: Found, say: Words, atlas: Atlas) -> None:
    components.told(outcome_line(found, say))
    if found.outcome is not Outcome.OUTSIDE:
        _choices(found.hits, say, atlas)
    if found.others:
        components.told(say("search_others"))
        _choices(found.others, say, atlas)
    if found.left_out:
        st.caption(say("search_left_out", {"count": found.left_out}))
    st.button(say("search_close"), on_click=controls.close_search, type="tertiary")


def _choices(hits: Sequence[Hit], say: Words, atlas: Atlas) -> None:
    for hit in hits:
        line = components.plain(hit_line(hit, say))
        if len(hit.state_codes) < 2:
            _choice(line, hit, hit.state_code, atlas)
            continue
        # Every sheet is of one state, so of what lies in several each is a choice.
        st.html(f'<p class="atlas-find-line">{html.escape(hit_line(hit, say))}</p>')
        for code in hit.state_codes:
            _choice(components.plain(state(code).name(say.lang)), hit, code, atlas)


def _choice(line: str, hit: Hit, state_code: str, atlas: Atlas) -> None:
    st.button(
        line,
        key=f"hit-{hit.code}-{state_code}",
        on_click=controls.open_hit,
        args=(hit, state_code, atlas),
        type="tertiary",
    )
