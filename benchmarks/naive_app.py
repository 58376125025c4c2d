"""The pattern that most Streamlit maps follow: a slider, a choropleth made anew, one component.

``BENCHMARK_CASE`` and ``BENCHMARK_DETAIL`` in the environment say which figures and shapes. The
map of a step is made on the server and sent whole; figures and shapes are kept between runs.
"""

from __future__ import annotations

import json
import os

import folium
import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.cases import Case, Key, case
from benchmarks.coverage import Detail, geojson


@st.cache_resource
def figures() -> Case:
    """Return the figures, read once."""
    return case(Key(os.environ["BENCHMARK_CASE"]))


@st.cache_resource
def areas() -> dict[str, object]:
    """Return the shapes, read once."""
    detail = Detail(os.environ["BENCHMARK_DETAIL"])
    found: dict[str, object] = json.loads(geojson(figures().level, detail))
    return found


data = figures()
last = len(data.periods) - 1
step = st.slider("Period", 0, last, last, format="")
st.caption(data.periods[step])
rates = pd.DataFrame({"code": data.codes, "rate": data.rates[step]})
page = folium.Map(location=[23.9, -102.3], zoom_start=5, tiles=None)
folium.Choropleth(
    geo_data=areas(),
    data=rates,
    columns=["code", "rate"],
    key_on="feature.id",
    bins=[0, *data.scale.breaks, max(float(np.nanmax(data.rates)), 2 * data.scale.breaks[-1])],
    fill_color="YlOrRd",
    nan_fill_color="#cccccc",
    line_weight=0.5,
).add_to(page)
# Nothing is asked back: otherwise each pan and zoom would run the page again.
st_folium(page, height=600, use_container_width=True, returned_objects=[], key="map")
