"""The page that sets each claim of an article against the figures that are held."""

from __future__ import annotations

import html
from dataclasses import replace

import streamlit as st

from geo_app import figures, table_cards
from geo_app.analysis import Analysis
from geo_app.atlas import Atlas
from geo_app.claims import words as told
from geo_app.claims.records import Claim
from geo_app.takeaway.records import Take
from geo_app.text import Words, words
from geo_app.ui import cache, components, drawings, take_away
from geo_app.ui.cache import ClaimMade
from geo_app.view import View


def render(atlas: Atlas, view: View) -> None:  # noqa: ARG001 - every page is asked alike
    """Draw the page.

    Parameters
    ----------
    atlas
        The atlas.
    view
        What is being looked at.
    """
    say = words(view.lang)
    st.subheader(say("claims_title"), anchor=False)
    components.notes([say("claims_intro"), say("claims_rule")])
    every = cache.claims_made(view.lang, view.known_on)
    verdicts = told.verdict_table([made.claim for made in every], say)
    st.html(table_cards.cards(verdicts, say("claims_title")))
    for made in every:
        _claim(made, view, say)


def _claim(made: ClaimMade, view: View, say: Words) -> None:
    claim = made.claim
    st.subheader(told.title(claim, say), anchor=False)
    # One drawing stands beside the words; two stand side by side below them.
    is_one = len(made.figures) == 1
    left, right = components.beside(claim.key) if is_one else (st.container(), st.container())
    with left:
        verdict = html.escape(told.verdict(claim, say))
        st.html(f'<p class="atlas-note"><strong>{verdict}</strong></p>')
        components.bullets(told.part_lines(claim, say))
        components.notes(told.note_lines(claim, say))
    with right:
        drawings.markup(figures.side_by_side(made.figures), f"claims-{claim.key}")
    st.html(table_cards.cards(told.figure_table(claim, say), told.title(claim, say)))
    _take(made, view, say)
    _link(claim, view, say)
    lines = told.source_lines(claim, say)
    st.html("".join(f'<p class="atlas-source">{html.escape(line)}</p>' for line in lines))


def _take(made: ClaimMade, view: View, say: Words) -> None:
    claim = made.claim
    if not told.is_downloadable(claim):
        st.caption(say("download_withheld"))
        return
    take_away.take_away(
        Take(
            name=f"claim_{claim.key}",
            title=told.title(claim, say),
            view=view.at_own_level(),
            indicators=claim.indicators,
            shown=told.figure_rows([claim], say),
            further_sources=claim.further_sources,
            drawings=tuple(one.drawing for one in made.figures if one.drawing),
            notes=(
                told.verdict(claim, say),
                *told.part_lines(claim, say),
                *told.note_lines(claim, say),
                *told.page_lines(claim, say),
            ),
        ),
        f"claim-{claim.key}",
        say,
    )


def _link(claim: Claim, view: View, say: Words) -> None:
    """Lead to the map that shows the figure, and to its change; or say that no map shows it."""
    if claim.link is None:
        components.notes([say("claims_no_map")])
        return
    slug, period = claim.link
    target = View(slug, period, lang=view.lang, known_on=view.known_on)
    components.link_to(replace(target, page=""), say("claims_map", {"period": say.period(period)}))
    if claim.compared is not None:
        slug, first, last = claim.compared
        target = View(slug, last, lang=view.lang, known_on=view.known_on, page="compare")
        # The page that compares has the nation beside whatever areas it shows.
        target = replace(target, analysis=Analysis(start=first))
        ends = {"first": say.period(first), "last": say.period(last)}
        components.link_to(target, say("claims_compare", ends))
