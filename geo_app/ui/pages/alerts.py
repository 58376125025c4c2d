"""The page of dated alerts: a day, its map beside the levels, and what is told of each state."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date

import streamlit as st

from geo_app import advisories, alert_days, alert_words, alerts, figures
from geo_app.alert_days import AlertDay, Look
from geo_app.atlas import Atlas
from geo_app.takeaway import pages
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
        What is being looked at; its day may be one of which no notice is held.
    """
    say = words(view.lang)
    entries = alerts.load()
    st.subheader(say("alerts_title"), anchor=False)
    components.notes([say("alerts_intro")])
    components.bullets(alert_words.story(entries, advisories.history(), say))
    days = alert_days.days(entries)
    # The page opens on the day that shows most.
    view = replace(view, day=view.day or str(alert_days.fullest(entries)))
    controls.day_choice(view, days, say("alerts_day"), atlas)
    found = next((alert_days.on(entries, day) for day in days if str(day) == view.day), None)
    if found is None:
        ends = {"date": date.fromisoformat(view.day), "first": days[0], "last": days[-1]}
        st.info(say("alerts_outside", {key: say.date(day) for key, day in ends.items()}))
    else:
        drawn = cache.alert_drawings(str(found.day), view.lang)
        drawings.markup(figures.side_by_side(drawn), "alerts-maps")
        for look in alert_words.TOLD:
            _states(found, look, say)
        take_away(pages.of_alerts(found, drawn, view, say), "alerts", say)
    st.subheader(say("alerts_sources_title"), anchor=False)
    lines = alert_words.source_lines(say)
    st.html("".join(f'<p class="atlas-source">{html.escape(line)}</p>' for line in lines))


def _states(found: AlertDay, look: Look, say: Words) -> None:
    """Draw a block for each state of a look; nothing where there is none."""
    blocks = alert_words.blocks(found, look, say)
    if not blocks:
        return
    title = say(f"alerts_states_{look}", {"date": say.date(found.day)})
    st.subheader(f"{title} ({len(blocks)})", anchor=False)
    read = html.escape(say("alerts_read"))
    told = "".join(
        f"<section><h4>{html.escape(block.title)}</h4>"
        f"{''.join(f'<p>{html.escape(line)}</p>' for line in block.lines)}"
        f'<p><a href="{html.escape(block.link)}" rel="noopener" target="_blank"'
        f' aria-label="{read}: {html.escape(block.title)}">{read}</a></p></section>'
        for block in blocks
    )
    st.html(f'<div class="atlas-blocks">{told}</div>')
