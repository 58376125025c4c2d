"""The page of two dates: what rose, what fell, and what cannot be told from chance."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from geo_app import figures
from geo_app.atlas import Atlas
from geo_app.changes import listing
from geo_app.changes import words as told
from geo_app.indicators import Kind
from geo_app.takeaway.records import Take
from geo_app.text import Words, words
from geo_app.ui import cache, cache_changes, components, controls, drawings
from geo_app.ui.cache_changes import ComparedMade
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.take_away import take_away
from geo_app.ui.time_map import Seen, time_map
from geo_app.view import View


def render(atlas: Atlas, view: View) -> None:
    """Draw the page.

    Parameters
    ----------
    atlas
        The atlas.
    view
        What is being looked at; without a second period the page chooses the two.
    """
    say = words(view.lang)
    st.subheader(say("changes_title"), anchor=False)
    components.notes([say("changes_intro")])
    controls.indicator_control(view, atlas)
    controls.level_control(view, atlas)
    _comparison(atlas, view, say)


@st.fragment
def _comparison(atlas: Atlas, view: View, say: Words) -> None:
    """Draw map, sentences, chart and table; an event on the map runs only this again."""
    with components.failures_shown(view.lang):
        shown = _of_two(controls.read_view(atlas)[0])
        if not shown.against:
            st.info(say("changes_one_period"))
            return
        _draw(atlas, shown, say)


def _of_two(view: View) -> View:
    """Return the view with two periods: those of the link, else the two that the page opens on."""
    if view.against:
        return view
    pair = cache_changes.opening_pair(view.indicator, view.level, view.period, view.known_on)
    if pair is None:
        return view
    return _with_pair(view, pair)


def _with_pair(view: View, pair: tuple[str, str]) -> View:
    """Return the view of two other periods, side by side where the link does not say how."""
    return replace(view, period=pair[1]).with_dates(view.show or "two", pair[0], view.layout)


def _draw(atlas: Atlas, view: View, say: Words) -> None:
    # The lists stand above the map and are drawn after it: they show what was done on it.
    lists = st.container(key="atlas-dates", horizontal=True)
    with st.container(key="atlas-changes-map"), components.failures_shown(view.lang):
        view = _of_two(_map(atlas, view))
    controls.show(view)
    with lists:
        every = atlas.periods(view.indicator, view.level or None)
        labels = say("changes_first"), say("changes_last")
        controls.dates_control(view, every, labels, atlas)
        if view.level == "municipality":
            controls.state_control(view, atlas)
    if view.level == "municipality" and not view.state:
        st.info(say("changes_where"))
        return
    within = view.state if view.level == "municipality" else ""
    pair = (view.against, view.period)
    args = (view.indicator, view.level, pair, within, view.known_on, view.lang)
    _figures(view, cache_changes.changes_made(*args), say)


def _map(atlas: Atlas, view: View) -> View:
    content = cache.map_bytes(view.indicator, view.level, view.lang, view.known_on)
    selected = view.selected(view.kind(AtlasChoices(atlas)))
    seen = Seen(view.period, selected, view.show, view.against, view.layout)
    return controls.after_event(view, time_map(content, seen, key="changes-map"), atlas)


def _figures(view: View, made: ComparedMade, say: Words) -> None:
    found = made.compared
    title = {"title": found.indicator.title.in_(say.lang), **told.periods(found, say)}
    st.subheader(say("changes_subtitle", title), anchor=False)
    reason = told.refusal_text(found, say)
    if reason:
        _refused(view, made, reason, say)
    _drawn(made, (*told.summary(found, say), *told.nation_lines(found, say)))
    st.subheader(say("changes_table_title"), anchor=False)
    caption = listing.caption(found, say)
    if caption:
        st.caption(caption)
    st.html(made.table)
    _take(view, made, say)
    with st.expander(say("changes_method_title"), expanded=False):
        components.bullets(told.method_lines(found, say))
    cited = map(html.escape, told.source_lines(found, say))
    st.html("".join(f'<p class="atlas-source">{line}</p>' for line in cited))


def _drawn(made: ComparedMade, lines: Sequence[str]) -> None:
    """Draw the sentences with the map, and the long chart beside both."""
    *first, chart = made.figures or (None,)
    left, right = components.beside("changes") if first else (st.container(), st.container())
    with left:
        components.notes(lines)
        if first:
            drawings.markup(figures.side_by_side(first), "changes-map-difference")
    if chart is not None:
        with right:
            drawings.markup(figures.side_by_side([chart]), "changes-chart")


def _refused(view: View, made: ComparedMade, reason: str, say: Words) -> None:
    """Say why the two are not compared, and offer the nearest two that are."""
    if made.compared.indicator.kind is Kind.LEVEL:
        st.info(reason)
        return
    st.info(f"**{say('changes_refused_title')}** {reason}")
    if made.offer is None:
        components.notes([say("changes_offer_none")])
        return
    components.notes([say("changes_offer_text")])
    first, last = map(say.period, made.offer)
    st.button(
        say("changes_offer", {"first": first, "last": last}),
        on_click=controls.show,
        args=(_with_pair(view, made.offer),),
    )


def _take(view: View, made: ComparedMade, say: Words) -> None:
    found = made.compared
    parts = ("changes", view.indicator, found.first, found.last, view.state if view.level else "")
    title = {"title": found.indicator.title.in_(say.lang), **told.periods(found, say)}
    take = Take(
        name="_".join(filter(None, parts)),
        title=say("changes_subtitle", title),
        view=view,
        indicators=(view.indicator,),
        shown=listing.as_frame(found, say),
        drawings=tuple(item.drawing for item in made.figures),
        notes=(*told.summary(found, say), *told.method_lines(found, say)),
    )
    take_away(take, "changes", say)
