"""The page that sets the US level of a day against homicides and perceived insecurity."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date

import streamlit as st

from geo_app import figures, shapes
from geo_app.agreement import parting
from geo_app.agreement import words as agreement_words
from geo_app.agreement.parting import Agreement
from geo_app.atlas import Atlas
from geo_app.figures import FigureRows
from geo_app.takeaway.records import Take
from geo_app.text import Words, words
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
        What is being looked at; its day may lie outside the days that are held.
    """
    say = words(view.lang)
    st.subheader(say("agreement_title"), anchor=False)
    components.notes([say("agreement_intro")])
    day = _day(atlas, view, say)
    found = parting.on(atlas, day)
    if not found.has_rates:
        _way_back(atlas, view, found, say)
    drawn = cache.agreement_drawings(str(day), view.lang, view.known_on)
    maps, *charts = drawn
    drawings.markup(figures.side_by_side(maps), "agreement-maps")
    _groups(found, say)
    for row in charts:
        st.subheader(say("agreement_scatter_title"), anchor=False)
        drawings.markup(figures.side_by_side(row), "agreement-charts")
    _table(found, say)
    take_away(_take(found, view, drawn, say), "agreement", say)
    with st.expander(say("agreement_limits_title"), expanded=False):
        components.bullets(agreement_words.limits(found, say))
    lines = agreement_words.source_lines(agreement_words.SHOWN, say)
    st.html("".join(f'<p class="atlas-source">{html.escape(line)}</p>' for line in lines))


def _day(atlas: Atlas, view: View, say: Words) -> date:
    """Draw the choice of a day; one of the link that is not held is told, never shown."""
    first, last = parting.days(atlas.known_on)
    opening = parting.opening_day(atlas)
    asked = date.fromisoformat(view.day) if view.day else opening
    day = asked if first <= asked <= last else opening
    if day != asked:
        ends = {"first": first, "last": last, "asked": asked, "shown": day}
        st.warning(say("agreement_outside", {key: say.date(item) for key, item in ends.items()}))
    shown = replace(view, day=str(day))
    controls.day_control(shown, first, last, say("agreement_day"), atlas)
    if not view.day:
        st.caption(say("agreement_opening", {"date": say.date(day)}))
    return day


def _way_back(atlas: Atlas, view: View, found: Agreement, say: Words) -> None:
    """Say that the homicides of the year are not held, and offer the newest day with some."""
    st.info(say("agreement_no_rate", {"year": found.year}))
    day = parting.opening_day(atlas)
    st.button(
        say("agreement_go", {"date": say.date(day)}),
        on_click=controls.show,
        args=(replace(view, day=str(day)),),
    )


def _groups(found: Agreement, say: Words) -> None:
    blocks = [
        f"<h4>{html.escape(group.title)}</h4><p>{html.escape(group.text)}</p>"
        f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in group.lines)}</ul>"
        for group in agreement_words.groups(found, say)
    ]
    if blocks:
        st.html(f'<div class="atlas-named">{"".join(blocks)}</div>')
        components.notes(agreement_words.summary(found, say))


def _table(found: Agreement, say: Words) -> None:
    st.subheader(say("agreement_table_title"), anchor=False)
    key = "agreement_table_caption" if found.has_rates else "agreement_table_caption_none"
    st.caption(say(key, {"date": say.date(found.day), "year": found.year}))
    rows = agreement_words.table(found, say)
    number = st.column_config.NumberColumn(format="%,.1f")
    numbers = dict.fromkeys(rows.select_dtypes("number").columns, number)
    st.dataframe(rows, hide_index=True, column_config=numbers, key="agreement-table")


def _take(found: Agreement, view: View, drawn: FigureRows, say: Words) -> Take:
    """Return what the page hands out: its states, maps and charts."""
    return Take(
        name=f"advice_and_figures_{found.day}",
        title=f"{say('agreement_title')}, {say.date(found.day)}",
        view=view.at_own_level(),
        indicators=agreement_words.SHOWN,
        shown=agreement_words.frame(found, say.lang),
        areas=shapes.load_states().geometry,
        drawings=tuple(item for row in drawn for item in row),
        notes=tuple(agreement_words.limits(found, say)),
    )
