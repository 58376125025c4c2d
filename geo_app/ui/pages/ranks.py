"""The page of places: from which to which place each area may stand."""

from __future__ import annotations

import html
from dataclasses import replace

import streamlit as st

from geo_app import figures
from geo_app.atlas import Atlas
from geo_app.ranks import words as told
from geo_app.takeaway.records import Take
from geo_app.text import Words, words
from geo_app.ui import cache_changes, components, controls, drawings
from geo_app.ui.cache_changes import RanksMade
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
    st.subheader(say("ranks_title"), anchor=False)
    components.notes([say("ranks_intro")])
    controls.indicator_control(view, atlas)
    controls.level_control(view, atlas)
    every = atlas.periods(view.indicator, view.level or None)
    periods = {period: say.period(period) for period in reversed(every)}
    controls.choice_control("period", view.period, say("ranks_period"), periods, atlas)
    args = (view.indicator, view.level, view.period, view.known_on, view.lang)
    made = cache_changes.ranks_made(*args)
    st.subheader(_title(made, say), anchor=False)
    if made.ranks.reason is not None:
        _without(view, made, say)
    else:
        _places(view, made, say)
    lines = map(html.escape, told.source_lines(made.ranks, say))
    st.html("".join(f'<p class="atlas-source">{line}</p>' for line in lines))


def _title(made: RanksMade, say: Words) -> str:
    found = made.ranks
    facts = {"title": found.indicator.title.in_(say.lang), "period": say.period(found.period)}
    return say("ranks_subtitle", facts)


def _without(view: View, made: RanksMade, say: Words) -> None:
    """Say why no places are told, and offer the nearest period in which some are."""
    st.info(f"**{say('ranks_none_title')}** {say(f'ranks_reason_{made.ranks.reason}')}")
    if made.offer is not None:
        st.button(
            say("ranks_offer", {"period": say.period(made.offer)}),
            on_click=controls.show,
            args=(replace(view, period=made.offer, show="", against=""),),
        )


def _places(view: View, made: RanksMade, say: Words) -> None:
    found = made.ranks
    answer, *reading = told.summary(found, say)
    components.notes([answer])
    left, right = components.beside("ranks")
    with left:
        if made.figure is not None:
            drawings.markup(figures.side_by_side([made.figure]), "ranks-chart")
        components.notes(reading)
    with right:
        st.subheader(say("ranks_table_title"), anchor=False)
        facts = {"unit": found.indicator.unit.in_(say.lang), "period": say.period(found.period)}
        st.caption(say("ranks_table_caption", facts))
        st.html(made.table)
    _take(view, made, say)
    with st.expander(say("ranks_method_title"), expanded=False):
        components.bullets(told.method_lines(found, say))


def _take(view: View, made: RanksMade, say: Words) -> None:
    found = made.ranks
    take = Take(
        name=f"places_{view.indicator}_{found.period}",
        title=_title(made, say),
        view=view,
        indicators=(view.indicator,),
        shown=told.as_frame(found, say),
        drawings=(made.figure.drawing,) if made.figure else (),
        notes=(*told.summary(found, say), *told.method_lines(found, say)),
    )
    take_away(take, "ranks", say)
