"""The page that sets two indicators of the states against each other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from geo_app import figures, shapes, table_cards
from geo_app.atlas import Atlas
from geo_app.indicators import indicator
from geo_app.relations import pairs, taken
from geo_app.relations import words as told
from geo_app.relations.bivariate import Grid
from geo_app.relations.pairs import Relation, Side
from geo_app.takeaway.records import Take
from geo_app.text import Words, words
from geo_app.ui import cache, components, controls, drawings, take_away
from geo_app.ui.cache import RelationMade
from geo_app.ui.choices import AtlasChoices
from geo_app.view import View


def render(atlas: Atlas, view: View) -> None:
    """Draw the page.

    Parameters
    ----------
    atlas
        The atlas.
    view
        What is being looked at; its indicator may have no values for states.
    """
    say = words(view.lang)
    st.subheader(say("relations_title"), anchor=False)
    components.notes([say("relations_intro")])
    controls.indicator_control(view, atlas)
    if not pairs.of_states(indicator(view.indicator)):
        name = indicator(view.indicator).short.in_(view.lang)
        st.info(say("relations_first_none", {"name": name}))
        return
    view = _of_states(view, atlas)
    second = pairs.second_slug(view.indicator, view.analysis.second)
    left, right = st.columns(2)
    with left:
        every = reversed(atlas.periods(view.indicator, "state"))
        periods = {period: say.period(period) for period in every}
        controls.choice_control("period", view.period, say("relations_period"), periods, atlas)
    with right:
        names = {item.slug: item.short.in_(view.lang) for item in pairs.offered(atlas)}
        controls.choice_control("second", second, say("relations_second"), names, atlas)
    parts = (view.indicator, view.period, second, view.lang, view.known_on)
    made = cache.relation_made(*parts)
    if made is None:
        _no_moment(view, second, atlas, say)
        return
    components.notes(told.moment_lines(made.relation, say))
    _scatter(made, view, atlas, say)
    _both(made, view, say)
    _table(made, say)


def _of_states(view: View, atlas: Atlas) -> View:
    """Return the view at the level of the states, whose periods may be fewer."""
    if not view.level:
        return view
    at_states = view.with_level("state", AtlasChoices(atlas))
    return replace(at_states, analysis=view.analysis)


def _no_moment(view: View, second: str, atlas: Atlas, say: Words) -> None:
    """Say that the second indicator has no such moment, and offer the newest one of both."""
    st.info(told.no_moment(view.indicator, view.period, second, say))
    period = pairs.newest_of_both(atlas, view.indicator, second)
    if period is not None:
        st.button(
            say("relations_go", {"period": say.period(period)}),
            on_click=controls.show,
            args=(replace(view, period=period),),
        )


def _scatter(made: RelationMade, view: View, atlas: Atlas, say: Words) -> None:
    found = made.relation
    left, right = components.beside("relations")
    with left:
        drawings.markup(figures.side_by_side([made.scatter]), "relations-scatter")
    with right:
        st.subheader(say("relations_result_title"), anchor=False)
        components.notes(told.result_lines(found, say))
        st.subheader(say("relations_limits_title"), anchor=False)
        components.bullets(told.limit_lines(found, say))
        st.subheader(say("relations_missing_title"), anchor=False)
        components.bullets(told.missing_lines(found, say))
    _take(made, view, atlas, say)


def _take(made: RelationMade, view: View, atlas: Atlas, say: Words) -> None:
    found = made.relation
    if not told.is_downloadable(found):
        st.caption(say("download_withheld"))
        return

    def every() -> pd.DataFrame:
        return taken.every_answer(atlas, found, say)

    take_away.take_away(
        Take(
            name=_stem(found),
            title=made.scatter.title,
            view=view,
            indicators=_slugs(found),
            shown=taken.answers(atlas, found, say),
            every=every,
            areas=shapes.load_states().geometry,
            drawings=(made.scatter.drawing,) if made.scatter.drawing else (),
            notes=_notes(found, say),
        ),
        "scatter",
        say,
    )


def _both(made: RelationMade, view: View, say: Words) -> None:
    if made.grid is None:
        return
    with st.expander(say("relations_map_expander"), expanded=False):
        drawings.markup(figures.side_by_side(made.both), "relations-both")
        cells = told.cell_table(made.grid, made.relation, say)
        st.html(table_cards.cards(cells, say("relations_map_expander")))
        if told.is_downloadable(made.relation):
            take_away.take_away(_take_both(made, made.grid, view, say), "both", say)


def _take_both(made: RelationMade, grid: Grid, view: View, say: Words) -> Take:
    found = made.relation
    return Take(
        name=f"{_stem(found)}_map",
        title=made.both[0].title,
        view=view,
        indicators=_slugs(found),
        shown=told.class_rows(found, grid, say),
        areas=shapes.load_states().geometry,
        drawings=tuple(one.wide or one.drawing for one in made.both),
        notes=(*told.map_lines(found, grid, say), *_notes(found, say)),
    )


def _table(made: RelationMade, say: Words) -> None:
    st.subheader(say("relations_table_title"), anchor=False)
    rows = told.table(made.relation, made.grid, say)
    sides = (("first", made.relation.first), ("second", made.relation.second))
    formats = {
        name: st.column_config.NumberColumn(format=f"%,.{side.indicator.decimals}f")
        for key, side in sides
        for name in _numbers(side, key, say)
    }
    st.dataframe(rows, hide_index=True, column_config=formats, key="relations")
    components.notes(told.dates_lines(made.relation, say))
    with st.expander(say("method_title"), expanded=False):
        components.bullets(told.method_lines(made.relation, say))
    for side in (made.relation.first, made.relation.second):
        components.sources(side.indicator, say)


def _numbers(side: Side, key: str, say: Words) -> list[str]:
    """Return the headings of the columns of numbers of one side."""
    return [told.side_name(side, say), say(f"relations_low_{key}"), say(f"relations_high_{key}")]


def _stem(found: Relation) -> str:
    sides = (found.first, found.second)
    return "_and_".join(f"{side.indicator.slug}_{side.period}" for side in sides)


def _slugs(found: Relation) -> tuple[str, ...]:
    return found.first.indicator.slug, found.second.indicator.slug


def _notes(found: Relation, say: Words) -> tuple[str, ...]:
    lines = (told.moment_lines(found, say), told.result_lines(found, say))
    return (*lines[0], *lines[1], *told.limit_lines(found, say))
