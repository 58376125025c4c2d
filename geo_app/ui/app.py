"""The frame of every page: settings, style, header, disclaimer, and how a failure is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import resources

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo_app.atlas import Atlas
from geo_app.text import Words, words
from geo_app.ui import cache, components, controls, finder
from geo_app.ui.pages import (
    agreement,
    alerts,
    changes,
    claims,
    compare,
    explore,
    methods,
    municipalities,
    ranks,
    relations,
    route,
    space,
    state,
)
from geo_app.view import View

PAGES: Mapping[str, Callable[[Atlas, View], None]] = {
    "": explore.render,
    "state": state.render,
    "agreement": agreement.render,
    "route": route.render,
    "alerts": alerts.render,
    "compare": compare.render,
    "changes": changes.render,
    "ranks": ranks.render,
    "space": space.render,
    "municipalities": municipalities.render,
    "relations": relations.render,
    "claims": claims.render,
    "methods": methods.render,
}
"""What draws each page, in the order in which they are offered."""

WITH_MAP = frozenset({"", "agreement", "route", "alerts", "changes", "space", "municipalities"})
"""Pages that show a map, and say so in the disclaimer."""

_LANGUAGE = st.components.v2.component(
    "geo_app_page_language",
    js="export default ({ data }) => { document.documentElement.lang = data.lang; };",
)

# On a phone the switches are rows that are pushed aside: what is chosen may stand outside.
_IN_SIGHT = st.components.v2.component(
    "geo_app_chosen_in_sight",
    js="""
export default () => {
  const rows = [".st-key-page", ".st-key-analysis", ".st-key-indicator"];
  for (const row of document.querySelectorAll(`:is(${rows}) .stButtonGroup > div`)) {
    const chosen = row.querySelector('[aria-checked="true"], [aria-pressed="true"]');
    if (!chosen || row.scrollWidth <= row.clientWidth) continue;
    const [outer, inner] = [row, chosen].map((part) => part.getBoundingClientRect());
    row.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }
};
""",
)


def main() -> None:
    """Draw the page that the address asks for."""
    lang = controls.asked_language()
    say = words(lang)
    # A named icon or an emoji would be fetched from outside.
    icon = str(resources.files("geo_app.ui").joinpath("icon.svg"))
    st.set_page_config(page_title=say("app_title"), layout="wide", page_icon=icon)
    st.html(f"<style>{_style()}</style>")
    # Streamlit calls every page English, and so a screen reader would read it.
    _LANGUAGE(key="atlas-language", data={"lang": lang})
    # What comes and goes has a place of its own, since an element that moves is made anew: the
    # map would be.
    top = st.container()
    with top, st.container(horizontal=True, vertical_alignment="top"):
        # First, so that a failure too stands under the name of the page.
        _header(say)
        switch = st.container(width="content")
    with components.failures_shown(lang):
        _body(top, switch, say)


def _body(top: DeltaGenerator, switch: DeltaGenerator, say: Words) -> None:
    atlas = cache.load_atlas()
    view, ignored = controls.read_view(atlas)
    with switch:
        controls.language_control(view, atlas)
    finder.finder(view, atlas)
    controls.page_control(view, atlas)
    if view.known_on:
        atlas = cache.load_atlas(view.known_on)
        controls.known_on_control(view, atlas)
    if ignored:
        top.warning(say("ignored_link", {"keys": ", ".join(ignored)}))
    PAGES.get(view.page, explore.render)(atlas, view)
    _IN_SIGHT(key="atlas-in-sight", data={"page": view.page, "indicator": view.indicator})
    kind = "disclaimer" if view.page in WITH_MAP else "disclaimer_page"
    st.html(f'<p class="atlas-disclaimer">{say(kind)}</p>')


def _header(say: Words) -> None:
    title, tagline = say("app_title"), say("app_tagline")
    st.html(f'<header class="atlas-header"><h1>{title}</h1><p>{tagline}</p></header>')


def _style() -> str:
    sheet = resources.files("geo_app.ui").joinpath("style.css").read_text(encoding="utf-8")
    return f"{_colours()}\n{sheet}"


def _colours() -> str:
    """Name the theme's colours for the sheet: Streamlit gives them to its own widgets only."""
    link, focus = _of_theme("linkColor"), _of_theme("primaryColor")
    paper = _of_theme("backgroundColor")
    return f".stApp {{ --atlas-link: {link}; --atlas-focus: {focus}; --atlas-paper: {paper}; }}"


def _of_theme(option: str) -> str:
    light, dark = (st.get_option(f"theme.{scheme}.{option}") for scheme in ("light", "dark"))
    return f"light-dark({light}, {dark})"
