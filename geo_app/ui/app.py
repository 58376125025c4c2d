"""The frame of every page: settings, style, header, disclaimer, and how a failure is shown."""

from __future__ import annotations

from importlib import resources

import streamlit as st

from geo_app.text import Words, words
from geo_app.ui import cache, components, controls
from geo_app.ui.pages import explore


def main() -> None:
    """Draw the page that the address asks for."""
    # A named icon or an emoji would be fetched from outside.
    icon = str(resources.files("geo_app.ui").joinpath("icon.svg"))
    st.set_page_config(page_title="Mexico security atlas", layout="wide", page_icon=icon)
    st.html(f"<style>{_style()}</style>")
    with components.failures_shown():
        atlas = cache.load_atlas()
        view, ignored = controls.read_view(atlas)
        say = words(view.lang)
        st.set_page_config(page_title=say("app_title"))
        with st.container(horizontal=True, vertical_alignment="top"):
            _header(say)
            with st.container(width="content"):
                controls.language_control(view, atlas)
        if ignored:
            st.warning(say("ignored_link", {"keys": ", ".join(ignored)}))
        explore.render(atlas, view)
        st.html(f'<p class="atlas-disclaimer">{say("disclaimer")}</p>')


def _header(say: Words) -> None:
    title, tagline = say("app_title"), say("app_tagline")
    st.html(f'<header class="atlas-header"><h1>{title}</h1><p>{tagline}</p></header>')


def _style() -> str:
    return resources.files("geo_app.ui").joinpath("style.css").read_text(encoding="utf-8")
