"""The page of data and methods: what each figure means, how fresh it is, where it comes from."""

from __future__ import annotations

import html
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from geo_app import provenance, table_cards
from geo_app.atlas import Atlas
from geo_app.methods import freshness
from geo_app.methods import words as methods_words
from geo_app.methods.words import Block
from geo_app.text import Words, words
from geo_app.ui import cache, components, controls
from geo_app.view import View

CAPITAL = ZoneInfo("America/Mexico_City")

CHOICES = ("homicides", "insecurity", "advice")
"""Measurements that readers take for one another, each explained."""


def render(atlas: Atlas, view: View) -> None:
    """Draw the page.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    view
        What is being looked at.
    """
    say = words(view.lang)
    st.subheader(say("methods_title"), anchor=False)
    components.notes([say("methods_intro")])
    _freshness(view, say)
    st.subheader(say("methods_which_title"), anchor=False)
    for name in CHOICES:
        title, text = say(f"methods_which_{name}_title"), say(f"methods_which_{name}")
        st.html(
            f'<div class="atlas-named"><h4>{html.escape(title)}</h4>'
            f'<p class="atlas-note">{html.escape(text)}</p></div>'
        )
    st.subheader(say("methods_indicators_title"), anchor=False)
    for found in atlas.indicators():
        with st.expander(found.title.in_(view.lang), expanded=found.slug == view.indicator):
            _blocks(methods_words.indicator_blocks(atlas, found, say))
    st.subheader(say("methods_sources_title"), anchor=False)
    for slug in provenance.source_slugs():
        block = methods_words.source_block(provenance.load_source(slug), say)
        with st.expander(block.title, expanded=False):
            _blocks((block,), is_titled=False)
    st.subheader(say("methods_known_title"), anchor=False)
    components.notes([say("methods_known_text")])
    if not view.known_on:
        controls.known_on_control(view, atlas)


def _freshness(view: View, say: Words) -> None:
    today = datetime.now(CAPITAL).date()
    found = cache.freshness(str(today), view.known_on)
    st.subheader(say("methods_fresh_title"), anchor=False)
    st.caption(say("methods_fresh_caption", {"date": say.date(today)}))
    rows = freshness.table(found, say)
    st.html(table_cards.cards(rows, say("methods_fresh_title")))
    components.bullets(freshness.rhythm_lines(found, say))
    st.download_button(
        say("take_csv"),
        lambda: rows.to_csv(index=False, lineterminator="\n"),
        f"sources_{today}.csv",
        "text/csv",
        on_click="ignore",
    )


def _blocks(blocks: tuple[Block, ...], *, is_titled: bool = True) -> None:
    """Draw blocks as one element: as one for each line they would cost the page a second."""
    parts = []
    for block in blocks:
        title = f"<h4>{html.escape(block.title)}</h4>" if is_titled else ""
        lines = [html.escape(line) for line in block.lines]
        lines += [components.official_link(address) for address in block.links]
        parts.append(f"{title}<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")
    st.html(f'<div class="atlas-method">{"".join(parts)}</div>')
