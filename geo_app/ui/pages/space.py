"""The page of space: whether high values lie together, smoothed months, and the calendar."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo_app import export, figures
from geo_app.answers import Layer
from geo_app.atlas import Atlas
from geo_app.indicators import Indicator, indicator
from geo_app.periods import Cadence
from geo_app.space import calendar, smoothed, words
from geo_app.space.association import Association
from geo_app.space.calendar import Calendar
from geo_app.space.smoothed import SmoothedMonth
from geo_app.takeaway.records import Take
from geo_app.text import Words
from geo_app.text import words as words_of
from geo_app.ui import cache_space as cache
from geo_app.ui import components, controls, drawings
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.take_away import take_away
from geo_app.view import View

KINDS = {"": "queen", "nearest": "nearest"}
"""Names of ``analysis.WEIGHTS`` in the sentences."""


def render(atlas: Atlas, view: View) -> None:
    """Draw the page.

    Parameters
    ----------
    atlas
        The atlas.
    view
        What is being looked at; of an indicator with several kinds of area the states.
    """
    say = words_of(view.lang)
    st.subheader(say("space_title"), anchor=False)
    components.notes([say("space_intro")])
    controls.indicator_control(view, atlas)
    view = view.with_level(indicator(view.indicator).levels[0], AtlasChoices(atlas))
    _controls(atlas, view, say)
    found = cache.space_association(
        view.indicator, view.period, view.analysis.weights, view.known_on
    )
    if found.refused is None:
        _association(atlas, view, found, say)
    else:
        st.info(words.refused_line(found, say))
    _smoothed(atlas, view, say)
    _calendar(atlas, view, say)
    components.sources(indicator(view.indicator), say)


def _controls(atlas: Atlas, view: View, say: Words) -> None:
    periods = {text: say.period(text) for text in reversed(atlas.periods(view.indicator))}
    kinds = {key: say(f"space_weights_{name}") for key, name in KINDS.items()}
    with st.container(horizontal=True):
        controls.choice_control("period", view.period, say("space_period"), periods, atlas)
        controls.choice_control(
            "weights", view.analysis.weights, say("space_weights"), kinds, atlas
        )


def _association(atlas: Atlas, view: View, found: Association, say: Words) -> None:
    st.subheader(say("space_overall_title"), anchor=False)
    lines = (*words.overall_lines(found, say), words.neighbours_line(found.kind, say))
    # The answer and the caution first; how it was made can wait until the maps are seen.
    components.notes(lines[:2])
    made = cache.space_drawings(
        view.indicator, view.period, view.analysis.weights, view.lang, view.known_on
    )
    *maps, scatter = made
    drawings.markup(figures.side_by_side(maps), "space-maps")
    left, right = components.beside("space")
    with left:
        drawings.markup(figures.side_by_side([scatter]), "space-scatter")
    with right:
        components.notes([say("space_class_text"), *lines[2:]])
    with st.expander(say("space_table_title"), expanded=False):
        st.caption(say("space_table_caption"))
        st.dataframe(words.local_table(found, say), hide_index=True, key="space-table")
    layer = atlas.layer(view.indicator, view.period)
    svgs = tuple(item.drawing for item in made)
    take_away(_local_take(view, found, layer, svgs, lines, say), "local", say)


def _local_take(
    view: View,
    found: Association,
    layer: Layer,
    svgs: tuple[str, ...],
    lines: tuple[str, ...],
    say: Words,
) -> Take:
    return Take(
        name=f"local_association_{view.indicator}_{view.period}",
        title=say("space_take_local", _titles(layer.indicator, view.period, say)),
        view=view,
        indicators=(view.indicator,),
        shown=words.local_rows(found, layer, say.lang),
        areas=layer.areas.geometry,
        drawings=svgs,
        notes=(*lines, say("space_class_text")),
    )


def _smoothed(atlas: Atlas, view: View, say: Words) -> None:
    found = smoothed.month(atlas, view.indicator, view.period)
    # An indicator that is not of states has said so already.
    if found.indicator.mapped_levels[0] != "state":
        return
    st.subheader(say("space_smoothed_title"), anchor=False)
    components.notes(words.smoothed_lines(found, say))
    if found.mean is None:
        return
    made = cache.smoothed_drawings(view.indicator, view.period, view.lang, view.known_on)
    drawings.markup(figures.side_by_side(made), "space-smoothed")
    with st.expander(say("space_table_title"), expanded=False):
        number = st.column_config.NumberColumn(format="%.1f")
        keys = ("space_column_raw", "column_low", "column_high", "space_column_smoothed")
        formats = {say(key): number for key in (*keys, "space_column_weight")}
        rows = words.smoothed_table(found, say)
        st.dataframe(rows, hide_index=True, column_config=formats, key="space-smoothed-table")
    svgs = tuple(item.drawing for item in made)
    take_away(_smoothed_take(atlas, view, found, svgs, say), "smoothed", say)


def _smoothed_take(
    atlas: Atlas, view: View, found: SmoothedMonth, svgs: tuple[str, ...], say: Words
) -> Take:
    layer = atlas.layer(view.indicator, view.period)
    return Take(
        name=f"smoothed_{view.indicator}_{view.period}",
        title=say("space_take_smoothed", _titles(found.indicator, view.period, say)),
        view=view,
        indicators=(view.indicator,),
        shown=words.smoothed_rows(found, layer, say.lang),
        areas=layer.areas.geometry,
        drawings=svgs,
        notes=words.smoothed_lines(found, say),
    )


def _calendar(atlas: Atlas, view: View, say: Words) -> None:
    found = calendar.build(atlas, view.indicator, view.period, view.state)
    if found is None:
        components.notes([say("space_calendar_none")])
        return
    is_monthly = found.indicator.cadence is Cadence.MONTH
    title = "space_calendar_title" if is_monthly else "space_calendar_years_title"
    st.subheader(say(title), anchor=False)
    if is_monthly:
        components.notes([say("space_calendar_hint")])
        controls.state_control(view, atlas)
    asked = (view.indicator, view.period, found.state_code, view.lang, view.known_on)
    figure = cache.calendar_drawing(*asked)
    drawings.markup(figures.side_by_side([figure]), "space-calendar")
    with st.expander(say("space_calendar_table"), expanded=False):
        st.dataframe(words.calendar_table(found, say), hide_index=True, key="space-calendar-table")
    take_away(_calendar_take(atlas, view, found, figure.drawing, say), "calendar", say)


def _calendar_take(atlas: Atlas, view: View, found: Calendar, drawing: str, say: Words) -> Take:
    slug = view.indicator
    year = view.period[:4]
    return Take(
        name=f"calendar_{slug}_{found.state_code or year}",
        title=words.calendar_title(found, view.period, say),
        view=view if found.state_code else replace(view, state=""),
        indicators=(slug,),
        shown=export.answer(found.values, slug, say.lang),
        every=lambda: export.answer(atlas.values(slug, level="state"), slug, say.lang),
        drawings=(drawing,),
        notes=words.calendar_notes(found, say),
    )


def _titles(found: Indicator, period: str, say: Words) -> dict[str, str]:
    return {"title": found.title.in_(say.lang), "period": say.period(period)}
