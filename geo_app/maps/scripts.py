"""Our scripts and styles for the browser, joined; without folium, which takes long to import.

Owns which files make up the element and in which order. Does not own their place in a folium page
(``time_choropleth``) or in Streamlit (``ui.time_map``).
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from geo_app.maps.leaflet import leaflet_css, leaflet_js

SCRIPTS = (
    "elements.js",
    "patterns.js",
    "unpack.js",
    "geometry.js",
    "statistics.js",
    "numbers.js",
    "series.js",
    "difference.js",
    "model.js",
    "plane.js",
    "streets.js",
    "press.js",
    "moves.js",
    "shape.js",
    "areas.js",
    "pixels.js",
    "scan.js",
    "strokes.js",
    "raster.js",
    "tiles.js",
    "track.js",
    "slider.js",
    "sparkline.js",
    "facts.js",
    "compare.js",
    "legend.js",
    "choices.js",
    "readout.js",
    "failure.js",
    "frame.js",
    "inset.js",
    "stage.js",
    "stages.js",
    "dates.js",
    "pointing.js",
    "time_choropleth.js",
    "steps.js",
)
"""Our scripts in the order in which they build on each other."""

RASTER = frozenset({"pixels.js", "scan.js", "strokes.js", "raster.js"})
"""Those that only a map of many areas runs; a file of few leaves them out."""

STREETS = frozenset({"streets.js"})
"""What asks another host for street tiles; a file of a map leaves it out."""


@cache
def plugin_js(without: frozenset[str] = frozenset()) -> str:
    """Return our scripts as one: a function that is given Leaflet and adds ``timeChoropleth``.

    Parameters
    ----------
    without
        Scripts to leave out: ``RASTER``, ``STREETS`` or both.
    """
    body = "\n".join(_text(name) for name in SCRIPTS if name not in without)
    return f'(function (L) {{\n"use strict";\n{body}\n}})(L);'


@cache
def plugin_css() -> str:
    """Return our style sheets, joined."""
    return _text("time_choropleth.css") + _text("controls.css")


@cache
def mount_js() -> str:
    """Return the script of the Streamlit component that holds a map: Leaflet, all of ours, CSS."""
    # Leaflet fills the exports that it finds, and takes the page's `L` all the same.
    wrapped = (
        f"const L = (() => {{\nconst exports = {{}}, module = {{ exports }};\n{leaflet_js()}\n"
        "return exports.noConflict();\n})();"
    )
    # The style sheets are inside, so that one file is fetched and is all there is.
    css = f"const CSS = {json.dumps(leaflet_css() + plugin_css(), ensure_ascii=False)};"
    return "\n".join([wrapped, plugin_js(), css, _text("link.js"), _text("mount.js")])


@cache
def ask_js() -> str:
    """Return the script of the Streamlit component that asks a map to show something."""
    return "\n".join([_text("link.js"), _text("ask.js")])


def _text(name: str) -> str:
    return (resources.files("geo_app.maps") / name).read_text(encoding="utf-8")
