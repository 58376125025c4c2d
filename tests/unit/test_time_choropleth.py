"""The map over time as Python makes it: records, payload, the folium element."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path

import folium
import numpy as np
import pytest
from shapely.geometry import box

from geo_app import shapes
from geo_app.errors import BadRequest
from geo_app.maps.figure import map_words
from geo_app.maps.geometry import pack_shapes
from geo_app.maps.head import Comparable
from geo_app.maps.leaflet import leaflet_css, leaflet_js
from geo_app.maps.payload import Head, MapClass, MapStep, TimeMapData
from geo_app.maps.scripts import SCRIPTS, ask_js, mount_js, plugin_js
from geo_app.maps.series import Scaled, Series, pack_series
from geo_app.maps.time_choropleth import TimeChoropleth, plane_map
from geo_app.text import words

WEST = box(-104, 20, -102, 22)
EAST = box(-102, 20, -100, 22)
STEPS = (MapStep("2001", "2001", "", "", ""), MapStep("2002", "2002", "note", "why", "partial"))
ONE = np.ones((2, 2), dtype=np.int64)
HEAD = Head(
    lang="en",
    title="Title",
    short="Short",
    unit="per 100,000",
    kind="rate",
    level="state",
    decimals=1,
    codes=("01", "02"),
    names=("West", "East"),
    steps=STEPS,
    breaks=(5.0,),
    classes=(MapClass("low", "#ffeedd"), MapClass("high", "#aa0000")),
    statuses=(("final", ""), ("guessed", "estimated")),
    intervals=("",),
    words=map_words("state", words("en")),
)


@pytest.fixture
def data() -> TimeMapData:
    series = Series(ONE.astype(bool), 0 * ONE, 0 * ONE, Scaled(0, 7 * ONE, 0 * ONE, 0 * ONE))
    return TimeMapData(HEAD, pack_shapes((("01", WEST), ("02", EAST))), pack_series(series))


def document(data: TimeMapData) -> dict[str, object]:
    found: dict[str, object] = json.loads(data.to_json())
    return found


# ------------------------------------------------------------------------------------ records


def test_a_map_without_steps_is_refused() -> None:
    with pytest.raises(BadRequest, match="needs at least one period"):
        replace(HEAD, steps=())


def test_a_code_that_appears_twice_is_refused() -> None:
    with pytest.raises(BadRequest, match="the same area appears twice: got 01"):
        replace(HEAD, codes=("01", "01"))


def test_a_name_too_few_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"the names are not as many .* expected 2, got 1"):
        replace(HEAD, names=("West",))


def test_a_class_too_few_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"the classes are not as many .* expected 2, got 1"):
        replace(HEAD, classes=HEAD.classes[:1])


def test_more_classes_than_can_be_told_apart_are_refused() -> None:
    many = tuple(MapClass(str(n), "#000000") for n in range(37))
    with pytest.raises(BadRequest, match="expected 1 to 36 classes, got 37"):
        replace(HEAD, classes=many, breaks=tuple(float(n) for n in range(36)))


def test_an_unknown_mark_of_a_status_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"status 'final': no such mark.*'sure'"):
        replace(HEAD, statuses=(("final", "sure"),))  # type: ignore[arg-type]


def test_an_unknown_mark_of_a_step_is_refused() -> None:
    wrong = replace(STEPS[1], mark="guessed")  # type: ignore[arg-type]
    with pytest.raises(BadRequest, match=r"step 2002: no such mark.*'guessed'"):
        replace(HEAD, steps=(STEPS[0], wrong))


@pytest.mark.parametrize(
    ("change", "got"),
    [
        ({"initial_period": "1999"}, "initial_period is not on the map.*'1999'"),
        ({"against": "1999"}, "against is not on the map.*'1999'"),
        ({"selected": ("01", "33")}, "selected is not on the map.*'33'"),
        ({"show": "three"}, "show is not on the map.*'three'"),
        ({"layout": "globe"}, "layout is not on the map.*'globe'"),
    ],
)
def test_what_is_shown_first_must_be_on_the_map(
    data: TimeMapData, change: dict[str, str], got: str
) -> None:
    with pytest.raises(BadRequest, match=got):
        replace(data, **change)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------ payload


def test_the_head_names_the_bytes_that_belong_to_it(data: TimeMapData) -> None:
    head = json.loads(data.head_json())
    assert (head["geometry"], head["series"]) == (data.geometry.crc, data.series.crc)


def test_the_selection_is_no_part_of_the_head(data: TimeMapData) -> None:
    chosen = replace(data, selected=("01",), initial_period="2001", show="two")
    assert chosen.head_json() == data.head_json()


def test_the_whole_json_holds_the_bytes_as_text(data: TimeMapData) -> None:
    text = document(data)["geometry"]
    assert isinstance(text, str)
    assert base64.b64decode(text) == data.geometry.data


def test_the_whole_json_names_what_is_shown_first(data: TimeMapData) -> None:
    chosen = replace(data, selected=("01",), initial_period="2001", against="2002", show="two")
    view = {name: document(chosen)[name] for name in ("period", "selected", "against", "show")}
    assert view == {"period": "2001", "selected": ["01"], "against": "2002", "show": "two"}


def test_the_last_period_is_shown_where_none_is_named(data: TimeMapData) -> None:
    assert document(data)["period"] == "2002"


def test_a_mark_is_written_as_its_number() -> None:
    packed = pack_shapes((("01", WEST),))
    assert HEAD.document(packed, packed)["statuses"] == [["final", 0], ["guessed", 4]]


def test_a_row_that_follows_from_the_next_one_is_not_written() -> None:
    found = Comparable(("", "season"), ((), (1,), (1, 1), (0, 1, 1)))
    assert found.rows() == ["", "", "", "011"]


def test_a_row_that_does_not_follow_is_written() -> None:
    found = Comparable(("", "break"), ((), (1,), (1, 0)))
    assert found.rows() == ["", "1", "10"]


# ------------------------------------------------------------------------------------ element


def test_the_page_links_to_no_other_place(data: TimeMapData) -> None:
    links = re.findall(r"(?:src|href)=\"([^\"]{0,5})", _page(data))
    assert links
    assert set(links) == {"data:"}


def test_a_closing_tag_in_a_text_does_not_end_the_script(data: TimeMapData) -> None:
    page = _page(replace(data, head=replace(HEAD, title="</script><b>")))
    assert "</script><b>" not in page


def test_line_separators_are_escaped(data: TimeMapData) -> None:
    assert "\u2028" not in _page(replace(data, head=replace(HEAD, title="one\u2028two")))


def test_the_map_has_no_tiles() -> None:
    children = plane_map()._children.values()
    assert [child for child in children if isinstance(child, folium.TileLayer)] == []


def test_other_folium_maps_keep_their_own_links() -> None:
    plane_map()
    assert folium.Map().default_js[0][1].startswith("https://")


def test_leaflet_is_the_version_that_was_tried() -> None:
    assert 'version="1.9.4"' in leaflet_js()


def test_the_style_sheet_of_leaflet_asks_for_no_image() -> None:
    assert "url(" not in leaflet_css()


def test_every_script_of_the_folder_is_used() -> None:
    folder = Path(shapes.__file__).parent / "maps"
    mounted = {"link.js", "mount.js", "ask.js"}
    of_a_page = {"page.js", "starter.js"}
    assert {path.name for path in folder.glob("*.js")} == {*SCRIPTS, *mounted, *of_a_page}


def test_the_scripts_define_the_layer() -> None:
    assert "L.timeChoropleth = " in plugin_js()


@pytest.mark.parametrize("script", [mount_js, ask_js])
def test_a_streamlit_script_has_one_default_export(script: object) -> None:
    assert callable(script)
    assert len(re.findall(r"^export default function", script(), re.MULTILINE)) == 1


def _page(data: TimeMapData) -> str:
    figure = plane_map()
    TimeChoropleth(data).add_to(figure)
    return str(figure.get_root().render())
