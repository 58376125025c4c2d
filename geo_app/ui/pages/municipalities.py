"""The page of the municipalities of one state: map over time, raw beside smoothed, table, files."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo_app import figures, sheet
from geo_app.atlas import Atlas
from geo_app.charts import letters
from geo_app.indicators import Indicator, indicator
from geo_app.municipal import rates, words
from geo_app.municipal.rates import LEVEL, MINIMUM_PEOPLE, StateRates
from geo_app.states import state
from geo_app.takeaway.records import Take
from geo_app.text import Words
from geo_app.text import words as words_of
from geo_app.ui import cache_space as cache
from geo_app.ui import components, controls, drawings
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.take_away import take_away
from geo_app.ui.time_map import Seen, time_map
from geo_app.view import View

MOST_NAME_WIDTH = 240
"""Pixels of the column of names at most: with the longest whole, a phone would show no rate."""


def render(atlas: Atlas, view: View) -> None:
    """Draw the page.

    Parameters
    ----------
    atlas
        The atlas.
    view
        What is being looked at; of an indicator without municipalities the first one with them.
    """
    say = words_of(view.lang)
    st.subheader(say("municipal_title"), anchor=False)
    _page(atlas, say)


@st.fragment
def _page(atlas: Atlas, say: Words) -> None:
    """Draw all below the title; an event on the map runs only this again."""
    with components.failures_shown(say.lang):
        asked = controls.read_view(atlas)[0]
        view = _with_municipalities(atlas, asked)
        periods = atlas.periods(view.indicator, LEVEL)
        ends = {"first": say.period(periods[0]), "last": say.period(periods[-1])}
        components.notes([say("municipal_intro", ends)])
        if view.indicator != asked.indicator:
            st.info(say("municipal_only", {"names": say.listed(_names(atlas, say))}))
        controls.show(view)
        _controls(atlas, view, periods, say)
        if view.state:
            _state(atlas, view, say)
        else:
            components.state_links(view, say)


def _with_municipalities(atlas: Atlas, view: View) -> View:
    choices, slugs = AtlasChoices(atlas), rates.slugs(atlas)
    if view.indicator not in slugs:
        view = view.with_indicator(slugs[0], choices)
    return view if view.level == LEVEL else view.with_level(LEVEL, choices)


def _names(atlas: Atlas, say: Words) -> list[str]:
    return [indicator(slug).short.in_(say.lang) for slug in rates.slugs(atlas)]


def _controls(atlas: Atlas, view: View, periods: tuple[str, ...], say: Words) -> None:
    names = dict(zip(rates.slugs(atlas), _names(atlas, say), strict=True))
    with st.container(horizontal=True):
        controls.state_control(view, atlas)
        newest_first = {text: say.period(text) for text in reversed(periods)}
        controls.choice_control("period", view.period, say("municipal_period"), newest_first, atlas)
        if len(names) > 1:
            label = say("municipal_indicator")
            controls.choice_control("indicator", view.indicator, label, names, atlas)


def _state(atlas: Atlas, view: View, say: Words) -> None:
    place = st.container()
    content = cache.state_map_bytes(view.indicator, view.state, view.lang, view.known_on)
    selected = tuple(c for c in view.selected(LEVEL) if c.startswith(view.state))
    seen = Seen(view.period, selected, view.show, view.against, view.layout)
    event = time_map(content, seen, key="municipal-map")
    after = controls.after_event(view, event, atlas)
    # A selection that was cleared takes its state along, but this page stays in it.
    after = after if after.state == view.state else replace(after, state=view.state)
    controls.show(after)
    found = rates.state_rates(atlas, after.indicator, after.state, after.period)
    with place:
        components.notes(words.head_lines(found, say))
        _download(atlas, after, found, say)
    _pair(after, found, say)
    _tables(found, say)
    components.sources(found.indicator, say)
    components.method(found.indicator, atlas.revisions(after.indicator, LEVEL), say)


def _pair(view: View, found: StateRates, say: Words) -> None:
    st.subheader(say("municipal_pair_title"), anchor=False)
    components.notes(words.smoothed_lines(found, say))
    made = cache.municipal_drawings(
        view.indicator, view.state, view.period, view.municipality, view.lang, view.known_on
    )
    drawings.markup(figures.side_by_side(made), "municipal-maps")


def _tables(found: StateRates, say: Words) -> None:
    st.subheader(say("municipal_table_title"), anchor=False)
    facts = {"period": say.period(found.period), "unit": say.unit(found.indicator)}
    st.caption(say("municipal_table_caption", facts))
    number = st.column_config.NumberColumn(format=f"%,.{found.indicator.decimals}f")
    whole = st.column_config.NumberColumn(format="%,d")
    rates_of = ("municipal_column_raw", "column_low", "column_high", "municipal_column_smoothed")
    formats = {say(key): number for key in rates_of}
    formats |= {
        say(key): whole
        for key in ("municipal_column_weight", "municipal_column_deaths", "column_denominator")
    }
    formats[say("column_area_municipality")] = st.column_config.TextColumn(width=_name_width(found))
    rows = words.table(found.ordered, say)
    st.dataframe(rows, hide_index=True, column_config=formats, key="municipal-table")
    if found.small:
        few = {"people": say.number(MINIMUM_PEOPLE), "count": len(found.small)}
        with st.expander(say("municipal_small_title", few), expanded=False):
            st.caption(say("municipal_small_caption"))
            rows = words.table(found.small, say)
            st.dataframe(rows, hide_index=True, column_config=formats, key="municipal-small")


def _name_width(found: StateRates) -> int:
    longest = max(letters.width(item.name, 14) for item in found.areas)
    return min(int(longest) + 18, MOST_NAME_WIDTH)


def _download(atlas: Atlas, view: View, found: StateRates, say: Words) -> None:
    name = state(view.state).name(say.lang)
    st.markdown(f"**{say('municipal_download_title', {'state': name})}**")
    if not sheet.is_downloadable(found.indicator):
        st.caption(say("download_withheld"))
        return
    take_away(_take(atlas, view, found, say), "municipalities", say)
    st.caption(say("municipal_download_text"))


def _take(atlas: Atlas, view: View, found: StateRates, say: Words) -> Take:
    slug, code = view.indicator, view.state
    layer = atlas.layer(slug, view.period, LEVEL).within(code)
    made = cache.municipal_drawings(
        slug, code, view.period, view.municipality, view.lang, view.known_on
    )
    return Take(
        name=f"{slug}_municipalities_{code}_{view.period}",
        title=say("municipal_take", _titles(found.indicator, view, say)),
        view=view,
        indicators=(slug,),
        shown=words.file_rows(atlas, slug, code, view.period, say.lang),
        every=lambda: words.file_rows(atlas, slug, code, None, say.lang),
        areas=layer.areas.geometry,
        drawings=tuple(item.drawing for item in made if item.drawing),
        notes=(*words.head_lines(found, say), *words.smoothed_lines(found, say)),
    )


def _titles(found: Indicator, view: View, say: Words) -> dict[str, str]:
    return {
        "title": found.title.in_(say.lang),
        "state": state(view.state).name(say.lang),
        "period": say.period(view.period),
    }
