"""The map over time as one folium element, and the plain map on which it stands.

Owns the joining of our scripts and styles, and their place in a folium page. Does not own how the
same scripts are mounted in Streamlit (``ui.time_map``).
"""

from __future__ import annotations

import base64
from functools import cache
from importlib import resources

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template
from folium.utilities import JsCode

from geo_app.maps.leaflet import leaflet_css, leaflet_js
from geo_app.maps.payload import TimeMapData

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


class PlaneMap(folium.Map):
    """A folium map on the plane of EPSG:6372, with Leaflet inside and nothing to download."""

    def __init__(self) -> None:
        super().__init__(
            crs="Simple",
            tiles=None,
            attribution_control=False,
            zoom_control=False,
            keyboard=False,
            zoom_snap=0,
        )
        # Data links, since a saved page has no folder beside it and may have no network.
        self.default_js = [("leaflet", data_link("text/javascript", leaflet_js()))]
        self.default_css = [("leaflet_css", data_link("text/css", leaflet_css()))]
        still = "matchMedia('(prefers-reduced-motion: reduce)').matches"
        self.options["zoom_animation"] = JsCode(f"!{still}")  # type: ignore[assignment]


def plane_map() -> PlaneMap:
    """Return an empty map for ``TimeChoropleth``: no tiles, no link to any other host."""
    return PlaneMap()


class TimeChoropleth(JSCSSMixin, MacroElement):
    """Areas coloured over time: slider, play, legend, tooltip, selection and notes in one.

    Parameters
    ----------
    data
        What is shown; the element draws it on the plane of EPSG:6372, so it belongs on a
        ``plane_map()``.

    Examples
    --------
    >>> m = plane_map()
    >>> TimeChoropleth(data).add_to(m)  # doctest: +SKIP
    >>> m.save("map.html")  # doctest: +SKIP
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.timeChoropleth({{ this.payload }})
            .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, data: TimeMapData) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeChoropleth"
        self.payload = _in_script(data.to_json())
        self.default_js = [("time_choropleth", data_link("text/javascript", plugin_js()))]
        self.default_css = [("time_choropleth_css", data_link("text/css", plugin_css()))]


def data_link(kind: str, text: str) -> str:
    """Return a ``data:`` address that holds a text of a media type."""
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"


def _in_script(document: str) -> str:
    """Escape what would end the script element in which the JSON stands."""
    for sign, escape in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        document = document.replace(sign, escape)
    return document


def _text(name: str) -> str:
    return (resources.files("geo_app.maps") / name).read_text(encoding="utf-8")
