"""How a widget that was moved becomes an address, and the shapes that several share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from geo_app.atlas import Atlas
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.controls.address import read_view, show


def changed(key: str, atlas: Atlas) -> None:
    """Carry a moved widget into the address, before the page is drawn again."""
    view, _ = read_view(atlas)
    value = st.session_state[key]
    if value is None:  # the chosen pill was clicked again: nothing changes
        return
    choices = AtlasChoices(atlas)
    if key == "indicator":
        show(view.with_indicator(value, choices))
    elif key == "level":
        # The switch of the indicator before may report late, when another one is shown already.
        known = value in choices.levels(view.indicator)
        show(view.with_level(value, choices) if known else view)
    elif key == "municipality":
        show(replace(view, municipality=value, others=()))
    elif key == "lang":
        show(replace(view, lang=value))
    elif key in {"page", "analysis"}:
        # A day that was chosen on one page is not asked for on another.
        show(replace(view, page=value, day=""))
    elif key in {"day", "listed_day"}:
        show(replace(view, day=str(value)))
    else:
        show(view.with_state(value))


def listed(key: str, value: str, label: str, names: Mapping[str, str], atlas: Atlas) -> None:
    """Draw a list of areas by name, with the value of the view chosen."""
    st.session_state[key] = value
    select(key, label, names, changed, (key, atlas))


def select(
    key: str,
    label: str,
    names: Mapping[str, str],
    on_change: Callable[[str, Atlas], None],
    args: tuple[str, Atlas],
) -> None:
    """Draw an unfolding list of named choices; what is chosen stands in the session already."""
    st.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, on_change=on_change, args=args
    )
