"""The page that checks a way: from where to where, which states, what is advised in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import streamlit as st

from geo_app import advisories, provenance
from geo_app.atlas import Atlas
from geo_app.routes import stop_search, stops
from geo_app.routes.drawing import route_map
from geo_app.routes.records import Route
from geo_app.routes.words import route_text
from geo_app.state_sheet.building import day_of
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
        What is being looked at.
    """
    say = words(view.lang)
    st.html(f'<p class="atlas-lead">{say("route_lead")}</p>')
    with st.container(key="atlas-stops"):
        labels = ("route_from", "route_via", "route_to")
        for position, key in enumerate(labels):
            with st.container():
                _stop(view, position, say(key), atlas)
        history = advisories.history()
        first = history.issues[0]
        controls.day_control(view, first, history.checked, say("route_day"), atlas)
    chosen = [code for code in view.stops if code]
    if len(chosen) < 2:
        st.html(f'<p class="atlas-empty">{say("route_missing")}</p>')
        return
    st.button(say("route_reverse"), on_click=controls.turn_round, args=(atlas,), type="tertiary")
    if _has_same_place_twice(chosen):
        components.told(say("route_same"))
        return
    # As in the field above: a day of a link that is not held is moved into what is.
    _ways(chosen, day_of(view.day), view, say)


def _has_same_place_twice(chosen: Sequence[str]) -> bool:
    points = [stops.stop(code).place_code for code in chosen]
    return any(first == last for first, last in pairwise(points))


def _stop(view: View, position: int, label: str, atlas: Atlas) -> None:
    """Draw the field of a stop and, below it, what the text in it may mean."""
    say = words(view.lang)
    asked = controls.stop_control(view, position, label, atlas)
    if not asked:
        return
    found = stop_search.find_stop(asked, say)
    components.told(found.line)
    for item in found.choices:
        st.button(
            components.plain(item.line),
            key=f"stop-{position}-{item.code}",
            on_click=controls.set_stop,
            args=(position, item.code, atlas),
            type="tertiary",
        )


def _ways(chosen: list[str], day: date, view: View, say: Words) -> None:
    first, *others = cache.ways(",".join(chosen), str(day))
    _way(first, 0, say)
    take_away(pages.of_way(first, route_map(first, say), view, say), "way", say)
    for number, found in enumerate(others, 1):
        text = route_text(found, say)
        with st.expander(say("route_other_way", {"title": text.title}), expanded=False):
            _way(found, number, say)
    text = route_text(first, say)
    components.rule_group(text.country)
    for line in text.limits:
        components.told(line, look="atlas-source")
    source = provenance.load_source(advisories.SOURCE)
    components.told(say.source_line(source), look="atlas-source")


def _way(found: Route, number: int, say: Words) -> None:
    """Draw one way: what is known of it, the map, and state by state what is advised."""
    text = route_text(found, say)
    key = f"way-{number}"
    st.subheader(components.plain(text.title), anchor=False)
    for line in (text.states, *text.warnings, *text.worst, text.hours, say("route_whose")):
        components.told(line, look="atlas-way-line")
    with st.container(key=f"atlas-{key}"):
        drawings.markup(route_map(found, say), key=f"{key}-map")
        for block in text.blocks:
            components.stretch(block, say)
