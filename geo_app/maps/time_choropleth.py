"""The map over time as one folium element, and the plain map on which it stands.

Owns the place of our scripts and styles in a folium page. Does not own their joining (``scripts``)
nor how they are mounted in Streamlit (``ui.time_map``).
"""

from __future__ import annotations

import base64

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template
from folium.utilities import JsCode

from geo_app.maps.leaflet import leaflet_css, leaflet_js
from geo_app.maps.payload import TimeMapData
from geo_app.maps.scripts import plugin_css, plugin_js


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
