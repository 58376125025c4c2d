"""What a traveller sets: a place, the stops of a way, a day, what homicides are read against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from geo_app.atlas import Atlas
from geo_app.place_names import Kind
from geo_app.routes import stop_search, stops
from geo_app.routes import words as route_words
from geo_app.search import finding
from geo_app.search.found import Hit, Outcome
from geo_app.states import all_states
from geo_app.text import words
from geo_app.ui.controls.address import read_view, show
from geo_app.ui.controls.widgets import changed
from geo_app.view import NATION, View

MOST_RATE = 999.0
"""Largest rate of the reader's own that a link can hold."""


def find_control(view: View, atlas: Atlas) -> str:
    """Draw the search box and return what stands in it; one sure find is opened at once."""
    say = words(view.lang)
    return st.text_input(
        say("search_label"),
        key="find",
        placeholder=say("search_hint"),
        on_change=_found,
        args=(atlas,),
    )


def open_hit(hit: Hit, state_code: str, atlas: Atlas) -> None:
    """Open the sheet of a state in which a place lies; the map for the whole country."""
    st.session_state["find"] = ""
    view, _ = read_view(atlas)
    if not state_code:
        show(replace(view.with_state(NATION), page=""))
        return
    # What lies in several states is no place of one of them.
    place = "" if hit.kind is Kind.STATE or not hit.state_code else hit.code
    show(replace(view.with_state(state_code), page="state", place=place))


def close_search() -> None:
    """Empty the search box, and so close what it found."""
    st.session_state["find"] = ""


def _found(atlas: Atlas) -> None:
    """Open what was looked for, where that is one place and in one state."""
    view, _ = read_view(atlas)
    found = finding.find(st.session_state["find"], view.lang)
    if found.outcome is Outcome.ONE and found.hits[0].state_code:
        open_hit(found.hits[0], found.hits[0].state_code, atlas)


STOP_FIELDS = 3
"""Stops that a way is asked for by: start, one between, end."""


def stop_control(view: View, position: int, label: str, atlas: Atlas) -> str:
    """Draw the field of one stop and return what was typed and not yet understood."""
    key = f"stop-{position}"
    code = _stops(view)[position]
    say = words(view.lang)
    asked = str(st.session_state.get(f"{key}-asked", ""))
    # Text that is not understood yet, else the name of a stop that a link or a choice brought.
    name = route_words.stop_name(stops.stop(code), say) if code else ""
    st.session_state[key] = asked or name
    st.text_input(label, key=key, on_change=_stop_typed, args=(position, atlas))
    return asked


def set_stop(position: int, code: str, atlas: Atlas) -> None:
    """Let a way lead over a stop; an empty code takes the stop away."""
    view, _ = read_view(atlas)
    codes = _stops(view)
    codes[position] = code
    st.session_state.pop(f"stop-{position}-asked", None)
    show(replace(view, stops=tuple(codes) if any(codes) else ()))


def turn_round(atlas: Atlas) -> None:
    """Let a way lead back."""
    view, _ = read_view(atlas)
    for position in range(STOP_FIELDS):
        st.session_state.pop(f"stop-{position}-asked", None)
    show(replace(view, stops=view.stops[::-1]))


def _stop_typed(position: int, atlas: Atlas) -> None:
    """Take the stop that a text means for sure; else keep the text, to be chosen from."""
    view, _ = read_view(atlas)
    text = st.session_state[f"stop-{position}"]
    found = stop_search.find_stop(text, words(view.lang))
    set_stop(position, found.sure, atlas)
    if not found.sure and text.strip():
        st.session_state[f"stop-{position}-asked"] = text


def _stops(view: View) -> list[str]:
    """Return the codes of the fields: a link of two stops has none between."""
    codes = [*view.stops]
    if len(codes) < STOP_FIELDS:
        codes[1:1] = [""] * (STOP_FIELDS - max(len(codes), 2))
        codes += [""] * (STOP_FIELDS - len(codes))
    return codes


def day_control(view: View, first: date, last: date, label: str, atlas: Atlas) -> None:
    """Draw the choice of a day between two others; the last one where the view names none."""
    asked = date.fromisoformat(view.day) if view.day else last
    st.session_state["day"] = min(max(asked, first), last)
    st.date_input(
        label,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key="day",
        on_change=changed,
        args=("day", atlas),
    )


def day_choice(view: View, days: Sequence[date], label: str, atlas: Atlas) -> None:
    """Draw the choice of one of a few days; none is chosen where the view names another one."""
    say = words(view.lang)
    choices = [str(day) for day in days]
    # A key of its own: the day of the other pages is a date, and Streamlit keeps either kind.
    st.session_state["listed_day"] = view.day if view.day in choices else None
    st.segmented_control(
        label,
        choices,
        format_func=say.date,
        key="listed_day",
        on_change=changed,
        args=("listed_day", atlas),
    )


def reference_control(view: View, atlas: Atlas) -> None:
    """Draw what homicides are read against beside the nation: a state, or a number of one's own."""
    say = words(view.lang)
    is_number = "." in view.reference
    by_name = sorted(all_states(), key=lambda item: item.name(view.lang))
    others = {item.state_code: item.name(view.lang) for item in by_name}
    others.pop(view.state, None)
    names = {"": say("sheet_reference_none")} | others
    st.session_state["reference"] = view.reference if view.reference in names else ""
    st.selectbox(
        say("sheet_reference_label"),
        list(names),
        format_func=names.__getitem__,
        key="reference",
        on_change=_reference_changed,
        args=("reference", atlas),
    )
    st.session_state["reference_rate"] = float(view.reference) if is_number else None
    st.number_input(
        say("sheet_reference_number"),
        min_value=0.0,
        max_value=MOST_RATE,
        # Without it an emptied field would be read as zero.
        value=None,
        step=0.1,
        format="%.1f",
        key="reference_rate",
        on_change=_reference_changed,
        args=("reference_rate", atlas),
    )


def _reference_changed(key: str, atlas: Atlas) -> None:
    """Carry a state or a rate of the reader's own into the address; an emptied field clears it."""
    view, _ = read_view(atlas)
    chosen = st.session_state[key]
    rate = f"{chosen:.2f}" if isinstance(chosen, float) else ""
    show(replace(view, reference=rate if key == "reference_rate" else chosen))
