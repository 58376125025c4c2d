"""What an analyst sets: areas and regions, two periods, and each key of ``Analysis``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from geo_app.analysis import MOST_AREAS
from geo_app.atlas import Atlas
from geo_app.compare import regions
from geo_app.text import words
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.controls.address import read_view, show
from geo_app.ui.controls.widgets import select
from geo_app.view import View

FIRST_YEAR_OF_LEVELS = 2018
"""The US government has given levels since January 2018."""


def choice_control(
    key: str, value: str, label: str, names: Mapping[str, str], atlas: Atlas
) -> None:
    """Draw a list of choices for one key of the address.

    Parameters
    ----------
    key
        Its key in an address.
    value
        What is chosen.
    label
        What is chosen here, in words.
    names
        Each choice with its name, in the order in which they are offered.
    atlas
        The atlas.
    """
    place = f"choice_{key}"
    st.session_state[place] = value
    # A few kinds of one thing are seen at once, a list of many is unfolded.
    if key == "chart":
        st.segmented_control(
            label,
            list(names),
            format_func=names.__getitem__,
            key=place,
            on_change=_chosen,
            args=(key, atlas),
        )
        return
    select(place, label, names, _chosen, (key, atlas))


def _chosen(key: str, atlas: Atlas) -> None:
    """Carry a choice into the address; one that is not there any more falls back as in a link."""
    view, _ = read_view(atlas)
    value = st.session_state[f"choice_{key}"]
    if value is None:  # the chosen pill was clicked again: nothing changes
        return
    asked = {**view.to_query(), key: str(value)}
    show(View.from_query(asked, AtlasChoices(atlas), view.lang)[0])


def compared_control(
    view: View, codes: Sequence[str], names: Mapping[str, str], atlas: Atlas
) -> None:
    """Draw the choice of the areas and regions that are compared, those of ``codes`` chosen."""
    say = words(view.lang)
    st.session_state["compared"] = list(codes)
    st.multiselect(
        say("compare_areas_label"),
        list(names),
        format_func=names.__getitem__,
        key="compared",
        placeholder=say("compare_areas_hint"),
        max_selections=MOST_AREAS,
        on_change=_compared_changed,
        args=(atlas,),
    )


def compare_with(codes: Sequence[str], atlas: Atlas) -> None:
    """Compare other areas and regions."""
    view, _ = read_view(atlas)
    show(replace(view, analysis=replace(view.analysis, areas=tuple(codes)[:MOST_AREAS])))


def level_region_control(
    codes: Sequence[str], last: date, view: View, atlas: Atlas, level_names: Mapping[int, str]
) -> None:
    """Draw how the states of a US level on a day are added to what is compared."""
    say = words(view.lang)
    st.selectbox(
        say("compare_level_label"),
        list(level_names),
        format_func=level_names.__getitem__,
        key="compare-level",
    )
    st.date_input(
        say("compare_level_day"),
        value=last,
        min_value=date(FIRST_YEAR_OF_LEVELS, 1, 1),
        max_value=last,
        format="YYYY-MM-DD",
        key="compare-level-day",
    )
    st.button(
        say("compare_level_button"),
        on_click=_level_added,
        args=(codes, atlas),
    )


def _level_added(codes: Sequence[str], atlas: Atlas) -> None:
    # Read when the button is pressed: a day that was just picked may not be drawn yet.
    level, day = st.session_state["compare-level"], st.session_state["compare-level-day"]
    compare_with((regions.level_code(level, day), *codes), atlas)


def _compared_changed(atlas: Atlas) -> None:
    compare_with(st.session_state["compared"], atlas)


def dates_control(
    view: View, periods: Sequence[str], labels: tuple[str, str], atlas: Atlas
) -> None:
    """Draw the choice of two periods; the view names the two that are shown."""
    say = words(view.lang)
    shown = {"date_first": view.against, "date_last": view.period}
    for (key, value), label in zip(shown.items(), labels, strict=True):
        st.session_state[key] = value
        st.selectbox(
            label,
            # The newest first: that is where most look.
            periods[::-1],
            format_func=say.period,
            key=key,
            on_change=_dates_changed,
            args=(view, atlas),
        )


def _dates_changed(shown: View, atlas: Atlas) -> None:
    """Carry two periods into the address, the earlier one first; one twice changes nothing."""
    view, _ = read_view(atlas)
    first, last = st.session_state["date_first"], st.session_state["date_last"]
    asked = replace(view, period=last)
    show(asked.with_dates(view.show or shown.show, first, view.layout) if first != last else view)
