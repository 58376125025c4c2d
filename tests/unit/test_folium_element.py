"""The map over time as a folium element: the documented example, and on which maps it stands."""

from __future__ import annotations

import doctest
import json
import re
from functools import cache
from pathlib import Path

import folium
import pytest

from geo_app import atlas
from geo_app.errors import BadRequest
from geo_app.maps import time_choropleth
from geo_app.maps.figure import time_map_data
from geo_app.maps.payload import TimeMapData
from geo_app.maps.time_choropleth import TimeChoropleth, plane_map


@cache
def data() -> TimeMapData:
    return time_map_data(atlas.load(), "homicides_inegi_per_100k", "en", period="2022")


def given(element: TimeChoropleth) -> dict[str, object]:
    payload: dict[str, object] = json.loads(element.payload)
    return payload


def test_the_documented_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = doctest.DocTestFinder(recurse=False).find(
        TimeChoropleth, "TimeChoropleth", time_choropleth
    )
    outcome = doctest.DocTestRunner().run(example)
    assert (outcome.failed, outcome.attempted > 5) == (0, True)
    assert (tmp_path / "homicides.html").stat().st_size > 100_000


def test_on_a_plane_map_it_is_drawn_on_the_plane() -> None:
    found = given(TimeChoropleth(data()).add_to(plane_map()))
    assert (found["layout"], found["period"]) == ("plane", "2022")


def test_on_a_map_of_streets_it_is_drawn_in_mercator() -> None:
    element = TimeChoropleth(data()).add_to(folium.Map())
    assert given(element)["layout"] == "mercator"
    assert json.loads(element.options_) == {"layouts": ["mercator"]}


def test_on_a_map_of_streets_no_other_tiles_are_offered() -> None:
    words = given(TimeChoropleth(data()).add_to(folium.Map()))["head"]["words"]  # type: ignore[index]
    assert words["streets_address"] == ""


def test_in_a_group_it_takes_the_map_of_the_group() -> None:
    group = folium.FeatureGroup().add_to(folium.Map())
    assert given(TimeChoropleth(data()).add_to(group))["layout"] == "mercator"


def test_on_a_map_of_another_projection_it_is_refused() -> None:
    element = TimeChoropleth(data()).add_to(folium.Map(crs="EPSG4326", tiles=None))
    with pytest.raises(BadRequest, match=r"plane_map\(\) or a folium.Map.*got EPSG4326"):
        given(element)


def test_on_no_map_it_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"got no folium.Map"):
        given(TimeChoropleth(data()))


def test_a_notebook_gives_a_plane_map_the_height_that_it_needs() -> None:
    figure = plane_map()
    TimeChoropleth(data()).add_to(figure)
    assert re.search(r'<iframe srcdoc="[^"]+" width="100%" height="920px"', figure._repr_html_())
