"""The peers whose slider runs in the browser, each written as a careful user would write it.

Owns how a peer is fed. Their packages are imported inside: this module is read where they are not.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.cases import Case
from benchmarks.coverage import Detail, geojson

NO_VALUE = "#cccccc"
"""Colour of an area without a value; folium's slider would keep the colour of the step before."""


def folium_slider(case: Case, detail: Detail, out: Path) -> None:
    """Write ``folium.plugins.TimeSliderChoropleth``, with a style for each area and step."""
    import folium
    from folium.plugins import TimeSliderChoropleth

    stamps = [_seconds(period) for period in case.periods]
    colours, rows = case.scale.colours, case.class_rows
    styles = {
        code: {
            stamp: {"color": colours[index] if index >= 0 else NO_VALUE, "opacity": 0.9}
            for stamp, index in zip(stamps, rows[:, area].tolist(), strict=True)
        }
        for area, code in enumerate(case.codes)
    }
    page = folium.Map(location=[23.9, -102.3], zoom_start=5, tiles=None)
    TimeSliderChoropleth(geojson(case.level, detail), styledict=styles).add_to(page)
    page.save(out)


def plotly_frames(case: Case, detail: Detail, out: Path) -> None:
    """Write a Plotly choropleth whose frames hold nothing but the values."""
    import plotly.graph_objects as go

    rows = case.rates.round(1).astype(np.float32)
    first = go.Choropleth(
        geojson=json.loads(geojson(case.level, detail)),
        locations=list(case.codes),
        z=rows[0],
        zmin=0,
        zmax=case.scale.breaks[-1] * 2,
        colorscale=_steps_of_colour(case),
        marker_line_width=0.3,
    )
    frames = [
        go.Frame(data=[go.Choropleth(z=row)], name=period)
        for period, row in zip(case.periods, rows, strict=True)
    ]
    figure = go.Figure(data=[first], frames=frames)
    # A fixed window: to fit the areas anew at each step would cost the peer time.
    figure.update_geos(
        visible=False, projection_type="mercator", lonaxis_range=[-119, -86], lataxis_range=[14, 33]
    )
    figure.update_layout(sliders=[_slider(case)], height=700, margin=dict.fromkeys("lrtb", 0))
    figure.write_html(out, include_plotlyjs=True, auto_play=False)


def _steps_of_colour(case: Case) -> list[tuple[float, str]]:
    """Return the fixed classes as a colour scale with jumps; 1 is twice the last break."""
    top = case.scale.breaks[-1] * 2
    ends = [0.0, *(edge / top for edge in case.scale.breaks), 1.0]
    colours = case.scale.colours
    return [(end, colour) for i, colour in enumerate(colours) for end in (ends[i], ends[i + 1])]


def _slider(case: Case) -> dict[str, object]:
    still = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}}
    return {
        "steps": [
            {"method": "animate", "args": [[period], still], "label": period}
            for period in case.periods
        ]
    }


def _seconds(period: str) -> str:
    """Return the first moment of a period as folium's slider wants it: seconds as text."""
    month = int(period[5:]) if len(period) > 4 else 1
    return str(int(datetime(int(period[:4]), month, 1, tzinfo=UTC).timestamp()))
