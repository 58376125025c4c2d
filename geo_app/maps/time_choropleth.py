"""The map over time as one folium element, and the plain map on which it stands best.

Owns the place of our scripts and styles in a folium page. Does not own their joining (``scripts``),
how they are mounted in Streamlit (``ui.time_map``), nor the page of an exported map (``page``).
"""

from __future__ import annotations

import base64
from dataclasses import replace

import folium
from branca.element import Element, Figure, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template
from folium.utilities import JsCode

from geo_app.errors import BadRequest
from geo_app.maps.leaflet import leaflet_css, leaflet_js
from geo_app.maps.payload import TimeMapData, compact
from geo_app.maps.scripts import plugin_css, plugin_js

NOTEBOOK_HEIGHT = "920px"
"""Height of a plane map in a notebook: map, sliders, legend and notes."""


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
        figure = self.get_root()
        if isinstance(figure, Figure):
            # A notebook would otherwise give it six tenths of its width, too low for the legend.
            figure.height = NOTEBOOK_HEIGHT


def plane_map() -> PlaneMap:
    """Return an empty map for ``TimeChoropleth``: no tiles, no link to any other host."""
    return PlaneMap()


class TimeChoropleth(JSCSSMixin, MacroElement):
    """Areas coloured over time: sliders, play, legend, two dates, tooltip and notes in one.

    On a ``plane_map()`` it is drawn on the plane of EPSG:6372, in which areas keep their size, and
    nothing is downloaded. On any other folium map it is drawn in that map's Web Mercator, over
    that map's own tiles.

    Parameters
    ----------
    data
        What is shown.

    Raises
    ------
    BadRequest
        When it is drawn on a map that is neither of the two, or on none.

    Examples
    --------
    >>> from geo_app import atlas
    >>> from geo_app.maps.figure import time_map_data
    >>> from geo_app.maps.time_choropleth import TimeChoropleth, plane_map
    >>> data = time_map_data(atlas.load(), "homicides_inegi_per_100k", "en", period="2022")
    >>> m = plane_map()
    >>> TimeChoropleth(data).add_to(m).data.period
    '2022'
    >>> m.save("homicides.html")

    In a notebook, ``m`` as the last line of a cell shows the map. Over streets:

    >>> import folium
    >>> streets = folium.Map(height=900)
    >>> over = TimeChoropleth(data).add_to(streets)
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.timeChoropleth({{ this.payload }}, {{ this.options_ }})
            .addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, data: TimeMapData) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeChoropleth"
        self.data = data
        self.default_js = [("time_choropleth", data_link("text/javascript", plugin_js()))]
        self.default_css = [("time_choropleth_css", data_link("text/css", plugin_css()))]

    @property
    def payload(self) -> str:
        """What the browser's part is given, safe inside a script element."""
        if self._is_on_plane():
            return _in_script(self.data.to_json())
        # The map has its own tiles: ours are not offered over them.
        words = replace(self.data.head.words, streets_address="")
        head = replace(self.data.head, words=words)
        return _in_script(replace(self.data, head=head, layout="mercator").to_json())

    @property
    def options_(self) -> str:
        """How the browser's part differs from what it does by itself."""
        return "{}" if self._is_on_plane() else compact({"layouts": ["mercator"]})

    def _is_on_plane(self) -> bool:
        crs = getattr(_map_of(self), "crs", "")
        if crs not in ("Simple", "EPSG3857"):
            message = "the map over time cannot be drawn here"
            expected = "plane_map() or a folium.Map in EPSG3857"
            raise BadRequest(message, expected=expected, got=crs or "no folium.Map")
        return bool(crs == "Simple")


def _map_of(element: Element) -> Element | None:
    """Return the map on which an element stands."""
    found: Element | None = element
    while found is not None and not isinstance(found, folium.Map):
        found = found._parent  # noqa: SLF001 branca has no other name for it
    return found


def data_link(kind: str, text: str) -> str:
    """Return a ``data:`` address that holds a text of a media type."""
    return f"data:{kind};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"


def _in_script(document: str) -> str:
    """Escape what would end the script element in which the JSON stands."""
    for sign, escape in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        document = document.replace(sign, escape)
    return document
