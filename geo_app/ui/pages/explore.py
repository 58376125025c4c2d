"""The page that opens: a map over time, a state's panel, the table, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from time import sleep

import streamlit as st

from geo_app import sheet
from geo_app.answers import Profile
from geo_app.atlas import Atlas
from geo_app.indicators import indicator
from geo_app.states import state
from geo_app.text import Words, words
from geo_app.ui import cache, components, controls
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.take_away import take_away
from geo_app.ui.time_map import Seen, time_map
from geo_app.view import View

CORE_FIGURES = 3
"""Figures of a state that stand open, one each of the first sources of the catalogue."""

HEAD_START_S = 0.3
"""How long the map stands first on a page that opens; table and panel are drawn after it."""


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
    with st.container():
        controls.indicator_control(view, atlas)
        controls.level_control(view, atlas)
    _explorer(atlas, view, say)


@st.fragment
def _explorer(atlas: Atlas, view: View, say: Words) -> None:
    """Draw map, panel, table and sources; an event on the map runs only this again."""
    with components.failures_shown(view.lang):
        _draw(atlas, controls.read_view(atlas)[0], say)


def _draw(atlas: Atlas, view: View, say: Words) -> None:
    # The sheet places the three by their keys: columns of Streamlit would put the table before
    # the panel for a keyboard, or on a phone.
    with st.container(key="atlas-page"):
        with st.container(key="atlas-map"):
            # Without its map the page still has its figures.
            with components.failures_shown(view.lang):
                view = _map(atlas, view)
            controls.show(view)
            _let_the_map_paint()
            layer = atlas.layer(view.indicator, view.period, view.level or None)
            found = atlas.jumps(view.indicator, view.period, view.level or None)
            components.jumps(layer, found, say)
            components.sources(layer.indicator, say)
        with st.container(key="atlas-panel"):
            _panel(atlas, view, say)
        with st.container(key="atlas-figures"):
            components.table(layer, say)
            take_away(components.layer_take(atlas, layer, view, say), "map", say)
            components.map_file(layer, view, atlas, say)
    revisions = atlas.revisions(view.indicator, view.level or None)
    components.method(layer.indicator, revisions, say)


def _let_the_map_paint() -> None:
    """Hold back the rest of a page that opens, whose parts the browser would draw first."""
    if controls.is_opening():
        sleep(HEAD_START_S)


def _map(atlas: Atlas, view: View) -> View:
    content = cache.map_bytes(view.indicator, view.level, view.lang, view.known_on)
    # By the kind of area: "09" is a state and, on the map of cities, another place altogether.
    selected = view.selected(view.kind(AtlasChoices(atlas)))
    seen = Seen(view.period, selected, view.show, view.against, view.layout)
    return controls.after_event(view, time_map(content, seen, key="map"), atlas)


def _panel(atlas: Atlas, view: View, say: Words) -> None:
    controls.state_control(view, atlas)
    if not view.state:
        st.html(f'<p class="atlas-empty">{say("panel_text_none")}</p>')
        return
    if view.level == "municipality":
        controls.municipality_control(view, atlas)
    st.subheader(state(view.state).name(view.lang), anchor=False)
    for item in _own_sections(atlas, view, say):
        components.section(item, say)
    st.caption(say("panel_newest"))
    profile = atlas.profile(view.state)
    advice, *figures = sheet.sections(profile, say)
    components.section(advice, say)
    components.official_wording(sheet.wording(profile.advice), say)
    core, more = _by_weight(profile, figures, indicator(view.indicator).recipe.source)
    for item in core:
        components.section(item, say)
    with st.expander(say("panel_more"), expanded=False):
        for item in more:
            components.section(item, say)


def _by_weight(
    profile: Profile, figures: Sequence[sheet.Section], source: str
) -> tuple[list[sheet.Section], list[sheet.Section]]:
    """Return the blocks that stand open, and those that can be unfolded.

    Open are the core figures and that of the source whose map is shown.
    """
    core: list[sheet.Section] = []
    more: list[sheet.Section] = []
    for number, (finding, block) in enumerate(zip(profile.findings, figures, strict=True)):
        is_open = number < CORE_FIGURES or finding.indicator.recipe.source == source
        (core if is_open else more).append(block)
    return core, more


def _own_sections(atlas: Atlas, view: View, say: Words) -> tuple[sheet.Section, ...]:
    """Return the block of the selected city or municipality, where one is on the map."""
    kind = view.kind(AtlasChoices(atlas))
    code = {"city": view.city, "municipality": view.municipality}.get(kind, "")
    if not code:
        return ()
    layer = atlas.layer(view.indicator, view.period, kind)
    value = atlas.value(view.indicator, code, view.period, kind)
    if kind == "city":
        return (sheet.city_section(code, layer.indicator, value, layer.nation, say),)
    name = cache.municipality_names()[code]
    return (sheet.municipality_section(name, layer.indicator, value, layer.nation, say),)
