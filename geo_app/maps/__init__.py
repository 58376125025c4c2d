"""Maps as objects: what a map needs to know, and the folium element that draws it over time.

Owns projection, simplification, the payload and everything the browser runs. Knows nothing of
the atlas, of indicators or of Streamlit: it draws ready-made texts and class numbers.
"""

from __future__ import annotations

from geo_app.maps.payload import (
    MapArea,
    MapCell,
    MapClass,
    MapStep,
    MapWords,
    Mark,
    TimeMapData,
)
from geo_app.maps.time_choropleth import TimeChoropleth, plane_map

__all__ = [
    "MapArea",
    "MapCell",
    "MapClass",
    "MapStep",
    "MapWords",
    "Mark",
    "TimeChoropleth",
    "TimeMapData",
    "plane_map",
]
