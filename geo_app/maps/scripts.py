"""Our scripts and styles for the browser, joined; without folium, which takes long to import.

Owns which files make up the element and in which order. Does not own their place in a folium page
(``time_choropleth``) or in Streamlit (``ui.time_map``).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from geo_app.maps.leaflet import leaflet_js

SCRIPTS = ("elements.js", "areas.js", "legend.js", "slider.js", "frame.js", "time_choropleth.js")
"""Our scripts in the order in which they build on each other."""


@cache
def plugin_js() -> str:
    """Return our scripts as one: a function that is given Leaflet and adds ``timeChoropleth``."""
    body = "\n".join(_text(name) for name in SCRIPTS)
    return f'(function (L) {{\n"use strict";\n{body}\n}})(L);'


@cache
def plugin_css() -> str:
    """Return our style sheet."""
    return _text("time_choropleth.css")


@cache
def mount_js() -> str:
    """Return the script of the Streamlit component that holds a map: Leaflet and all of ours."""
    # Leaflet fills the exports that it finds, and takes the page's `L` all the same.
    wrapped = (
        f"const L = (() => {{\nconst exports = {{}}, module = {{ exports }};\n{leaflet_js()}\n"
        "return exports.noConflict();\n})();"
    )
    return "\n".join([wrapped, plugin_js(), _text("link.js"), _text("mount.js")])


@cache
def ask_js() -> str:
    """Return the script of the Streamlit component that asks a map for a period or an area."""
    return "\n".join([_text("link.js"), _text("ask.js")])


def _text(name: str) -> str:
    return (resources.files("geo_app.maps") / name).read_text(encoding="utf-8")
