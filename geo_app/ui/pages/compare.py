"""The page that compares areas and regions through time, a source a panel."""

from __future__ import annotations

import html

import streamlit as st

from geo_app import advisories, cities, figures
from geo_app.analysis import CHARTS
from geo_app.atlas import Atlas
from geo_app.compare import comparison, fetching, regions, tables
from geo_app.compare import figures as drawn
from geo_app.compare import words as told
from geo_app.compare.comparison import Asked, Layout, Panel
from geo_app.indicators import Geography, indicator
from geo_app.states import all_states, state, state_codes
from geo_app.takeaway.records import Take
from geo_app.text import Words, words
from geo_app.ui import cache, components, controls, drawings
from geo_app.ui.cache import PanelMade
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
    st.subheader(say("compare_title"), anchor=False)
    components.notes([say("compare_intro")])
    asked = comparison.asked(view, atlas)
    controls.indicator_control(view, atlas)
    _choices(atlas, view, asked, say)
    panels = cache.compared(asked, view.lang, atlas.known_on)
    # What a region is made of is told once: it is the same in both panels.
    about = told.region_lines(panels[0].panel, say)
    for made in panels:
        is_first = made is panels[0]
        _panel(made, about if is_first else (), say)
        _files(made, "first" if is_first else "second", view, say)
        components.sources(made.panel.indicator, say)


def _choices(atlas: Atlas, view: View, asked: Asked, say: Words) -> None:
    """Draw what can be set: areas, own regions, drawing, time and a second source."""
    if not view.analysis.areas:
        is_example = asked.codes[0] == regions.BORDER
        st.caption(say("compare_opening" if is_example else "compare_opening_map"))
    controls.compared_control(view, asked.codes, _area_names(asked, say), atlas)
    with st.expander(say("compare_regions_title"), expanded=False):
        _own_region(atlas, view, asked, say)
        levels = {level: say(f"level_{level}") for level in (4, 3, 2, 1)}
        last = advisories.history().checked
        controls.level_region_control(asked.codes, last, view, atlas, levels)
    names = {chart: say(f"compare_chart_{chart or 'lines'}") for chart in CHARTS}
    label = say("compare_chart_label")
    controls.choice_control("chart", asked.chart, label, names, atlas)
    _time(atlas, asked, say)


def _time(atlas: Atlas, asked: Asked, say: Words) -> None:
    """Draw the choice of the range, of the base of an index, and of the second source."""
    periods = {text: say.period(text) for text in atlas.periods(asked.indicator)}
    chosen = {"start": asked.start, "period": asked.end, "base": asked.base}
    shown = [field for field, text in chosen.items() if text]
    *columns, last = st.columns(len(shown) + 1)
    for column, field in zip(columns, shown, strict=True):
        with column:
            label = say(f"compare_{field}_label")
            controls.choice_control(field, chosen[field], label, periods, atlas)
    with last:
        _second(atlas, asked, say)


def _second(atlas: Atlas, asked: Asked, say: Words) -> None:
    others = [item for item in atlas.mapped_indicators() if item.slug != asked.indicator]
    names = {"": say("compare_second_none")}
    names |= {item.slug: item.short.in_(say.lang) for item in others}
    label = say("compare_second_label")
    controls.choice_control("second", asked.second, label, names, atlas)


def _area_names(asked: Asked, say: Words) -> dict[str, str]:
    """Return what can be compared by its code: regions, states, and the cities of a survey."""
    slugs = filter(None, (asked.indicator, asked.second))
    kinds = {indicator(slug).geography for slug in slugs}
    own = [code for code in asked.codes if code not in state_codes()]
    by_name = sorted(all_states(), key=lambda item: item.name(say.lang))
    codes = [item.code for item in regions.named()]
    codes += [*own, *(item.state_code for item in by_name)]
    if Geography.CITY in kinds:
        codes += [f"{regions.CITY}{item.city_code}" for item in cities.all_cities()]
    of_cities = kinds == {Geography.CITY}
    return {code: told.code_name(code, say, of_cities=of_cities) for code in dict.fromkeys(codes)}


def _own_region(atlas: Atlas, view: View, asked: Asked, say: Words) -> None:
    """Offer the chosen states, or else those of the map, as one region."""
    mine = [code for code in view.analysis.areas if code in state_codes()]
    if not mine and not view.level:
        mine = [code for code in view.selected("state") if code in state_codes()]
    if len(mine) < 2:
        st.caption(say("compare_own_none"))
        return
    names = say.listed([state(code).name(say.lang) for code in mine])
    codes = dict.fromkeys((regions.sum_code(mine), *asked.codes))
    label = components.plain(say("compare_own_button", {"names": names}))
    st.button(label, on_click=controls.compare_with, args=(tuple(codes), atlas))


def _panel(made: PanelMade, about: tuple[str, ...], say: Words) -> None:
    panel, slug = made.panel, made.panel.indicator.slug
    if panel.layout is Layout.LINES:
        drawings.markup(figures.side_by_side(made.drawn.figures), f"compare-{slug}")
    else:
        st.subheader(told.title(panel, say), anchor=False)
        drawings.markup(figures.small_multiples(made.drawn.figures), f"compare-{slug}")
    components.bullets((*about, *told.notes(panel, say)))
    _table(panel, say)


def _table(panel: Panel, say: Words) -> None:
    found, title = panel.indicator, told.title(panel, say)
    with st.expander(say("compare_table_title"), expanded=False):
        st.caption(say("compare_table_caption", {"title": html.escape(title)}))
        rows = tables.for_page(panel, say)
        number = st.column_config.NumberColumn(format=f"%,.{found.decimals}f")
        whole = st.column_config.NumberColumn(format="%,d")
        kinds = {say(f"column_{key}"): number for key in ("value", "low", "high")}
        kinds |= {say(f"column_{key}"): whole for key in ("numerator", "denominator")}
        of_index = st.column_config.NumberColumn(format=f"%,.{drawn.DECIMALS_OF_INDEX}f")
        kinds |= {name: of_index for name in rows.columns[2:5] if panel.base}
        st.dataframe(rows, hide_index=True, column_config=kinds, key=f"compare-table-{found.slug}")


def _files(made: PanelMade, place: str, view: View, say: Words) -> None:
    panel, found = made.panel, made.panel.indicator
    take_away(
        Take(
            name=f"compare_{found.slug}",
            title=told.title(panel, say),
            view=view.at_own_level(),
            indicators=(found.slug,),
            shown=tables.shown(panel, say),
            every=lambda: tables.every(panel, say),
            drawings=(made.drawn.kept,),
            notes=(*told.region_lines(panel, say), *told.notes(panel, say)),
            python=fetching.python(panel, view.known_on),
            command=fetching.command(panel, view.known_on),
        ),
        place,
        say,
    )
