"""The map over time as Python makes it: records, payload, shapes, the folium element."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import folium
import pytest
from pyproj import Transformer
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo_app import shapes
from geo_app.errors import BadRequest, ShapesInvalid
from geo_app.maps.geometry import geometry_json
from geo_app.maps.leaflet import leaflet_css, leaflet_js
from geo_app.maps.payload import (
    MapArea,
    MapCell,
    MapClass,
    MapStep,
    MapWords,
    TimeMapData,
)
from geo_app.maps.scripts import SCRIPTS, ask_js, mount_js, plugin_js
from geo_app.maps.time_choropleth import TimeChoropleth, plane_map

WEST = box(-104, 20, -102, 22)
EAST = box(-102, 20, -100, 22)
WORDS = MapWords(*(name for name in MapWords.__slots__))
CELL = MapCell(0, "1.5", "1.0 to 2.0", "final", "")
MISSING = MapCell(-1, "", "", "", "")
STEPS = (MapStep("2001", "2001", "", "", ""), MapStep("2002", "2002", "note", "why", "partial"))


@pytest.fixture
def data() -> TimeMapData:
    areas = (MapArea("01", "West", WEST), MapArea("02", "East", EAST))
    classes = (MapClass("low", "#ffeedd"), MapClass("high", "#aa0000"))
    cells = ((CELL, MISSING), (replace(CELL, class_index=1, mark="estimated"), CELL))
    return TimeMapData("Title", "per 100,000", areas, cells, STEPS, classes, WORDS)


# ------------------------------------------------------------------------------------ records


def test_cells_of_another_number_than_steps_are_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match=r"expected 2 x 2, got 1 rows of 2 cells"):
        replace(data, cells=data.cells[:1])


def test_a_row_of_another_number_than_areas_is_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match=r"expected 2 x 2, got 2 rows of 1 or 2 cells"):
        replace(data, cells=((CELL,), (CELL, CELL)))


def test_a_map_without_steps_is_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match="needs at least one period"):
        replace(data, steps=(), cells=())


def test_a_code_that_appears_twice_is_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match="the same area appears twice: got 01"):
        replace(data, areas=(data.areas[0], data.areas[0]))


def test_a_first_period_that_is_no_step_is_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match=r"initial_period is not on the map.*'1999'"):
        replace(data, initial_period="1999")


def test_a_selected_code_that_is_no_area_is_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match=r"selected is not on the map.*'33'"):
        replace(data, selected="33")


def test_a_scale_without_classes_is_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match="expected 1 to 36 classes, got 0"):
        replace(data, classes=())


@pytest.mark.parametrize("index", [-2, 2])
def test_a_class_outside_the_scale_is_refused(data: TimeMapData, index: int) -> None:
    wrong = replace(CELL, class_index=index)
    with pytest.raises(BadRequest, match=rf"step 2002 area 02: no such class.*got {index}"):
        replace(data, cells=(data.cells[0], (CELL, wrong)))


def test_an_unknown_mark_of_a_cell_is_refused(data: TimeMapData) -> None:
    wrong = replace(CELL, mark="guessed")  # type: ignore[arg-type]
    with pytest.raises(BadRequest, match=r"area 01: no such mark.*'guessed'"):
        replace(data, cells=(data.cells[0], (wrong, CELL)))


def test_an_unknown_mark_of_a_step_is_refused(data: TimeMapData) -> None:
    wrong = replace(STEPS[1], mark="guessed")  # type: ignore[arg-type]
    with pytest.raises(BadRequest, match=r"step 2002: no such mark.*'guessed'"):
        replace(data, steps=(STEPS[0], wrong))


def test_a_text_with_the_separator_is_refused(data: TimeMapData) -> None:
    with pytest.raises(BadRequest, match=r"a text with '\|', which separates"):
        replace(data, cells=(data.cells[0], (CELL, replace(CELL, status="a|b"))))


# ------------------------------------------------------------------------------------ values


def test_classes_are_one_digit_per_cell_and_a_dash_where_missing(data: TimeMapData) -> None:
    assert json.loads(data.data_json())["class"] == ["0-", "10"]


def test_marks_are_one_digit_per_cell(data: TimeMapData) -> None:
    assert json.loads(data.data_json())["mark"] == ["00", "40"]


def test_few_texts_are_listed_once(data: TimeMapData) -> None:
    column = json.loads(data.data_json())["value"]
    assert column == {"texts": ["", "1.5"], "rows": ["10", "11"]}


def test_many_texts_are_written_one_beside_the_other(data: TimeMapData) -> None:
    steps = tuple(replace(STEPS[0], period=str(n)) for n in range(40))
    cells = tuple((replace(CELL, value=str(n)), CELL) for n in range(40))
    column = json.loads(replace(data, steps=steps, cells=cells).data_json())["value"]
    assert column["rows"][:2] == ["0|1.5", "1|1.5"]


def test_the_selection_is_no_part_of_the_values(data: TimeMapData) -> None:
    chosen = replace(data, selected="01", initial_period="2001")
    assert chosen.data_json() == data.data_json()


def test_the_whole_json_names_the_first_period_and_the_selection(data: TimeMapData) -> None:
    document = json.loads(replace(data, selected="01", initial_period="2001").to_json())
    assert (document["period"], document["selected"]) == ("2001", "01")


# ------------------------------------------------------------------------------------ shapes


def test_a_corner_is_within_a_hectometre_of_where_it_is() -> None:
    drawn = json.loads(geometry_json((("01", WEST),)))["areas"][0]["polygons"][0][0]
    to_plane = Transformer.from_crs("EPSG:4326", "EPSG:6372", always_xy=True)
    corners = {
        (round(x / 100), round(y / 100))
        for x, y in (to_plane.transform(*corner) for corner in WEST.exterior.coords)
    }
    assert set(_points(drawn)) == corners


def test_neighbours_share_the_vertices_of_their_border_after_simplification() -> None:
    border = [(-102 + 0.03 * (i % 2), 20 + i / 20) for i in range(1, 40)]
    west = Polygon([(-102, 20), *border, (-102, 22), (-104, 22), (-104, 20)])
    east = Polygon([(-102, 20), *border, (-102, 22), (-100, 22), (-100, 20)])
    drawn = json.loads(geometry_json((("01", west), ("02", east))))["areas"]
    shared = set.intersection(*(set(_points(area["polygons"][0][0])) for area in drawn))
    assert len(shared) == len(_points(drawn[0]["polygons"][0][0])) - 2


def test_every_state_survives_simplification() -> None:
    states = shapes.load_states().geometry
    drawn = json.loads(geometry_json(tuple((str(c), g) for c, g in states.items())))["areas"]
    assert [area["code"] for area in drawn if area["polygons"]] == list(states.index)


def test_a_point_is_written_as_a_point() -> None:
    drawn = json.loads(geometry_json((("a", Point(-102, 12)),)))["areas"]
    # EPSG:6372 has its origin at 102 degrees west, 12 north, with a false easting of 2,500 km.
    assert drawn == [{"code": "a", "point": [25_000, 0]}]


def test_a_hole_is_kept() -> None:
    ring = WEST.difference(box(-103.5, 20.5, -102.5, 21.5))
    drawn = json.loads(geometry_json((("01", ring),)))["areas"][0]["polygons"]
    assert [len(rings) for rings in drawn] == [2]


def test_a_speck_beside_an_area_is_left_out() -> None:
    with_speck = MultiPolygon([WEST, box(-106, 20, -105.9999, 20.0001)])
    drawn = json.loads(geometry_json((("01", with_speck),)))["areas"][0]["polygons"]
    assert len(drawn) == 1


def test_land_far_from_the_map_is_left_out() -> None:
    document = json.loads(geometry_json((("01", WEST),), (("far", box(-60, 40, -50, 50)),)))
    assert document["base"] == []


def test_land_near_the_map_is_kept() -> None:
    document = json.loads(geometry_json((("01", WEST),), (("near", box(-102, 20, -60, 50)),)))
    assert len(document["base"]) == 1


def test_outlines_widen_the_box_of_a_map_of_points() -> None:
    alone = json.loads(geometry_json((("a", Point(-103, 21)),)))["box"]
    outlined = json.loads(geometry_json((("a", Point(-103, 21)),), (), (("01", WEST),)))["box"]
    assert outlined[0] < alone[0] < outlined[2]


def test_overlapping_areas_are_refused() -> None:
    with pytest.raises(ShapesInvalid, match=r"borders that do not agree.*got 01, 02"):
        geometry_json((("01", WEST), ("02", box(-103, 20, -100, 22))))


def test_an_area_below_the_grid_is_refused() -> None:
    with pytest.raises(ShapesInvalid, match="area 01: an area too small to draw"):
        geometry_json((("01", box(-102, 20, -101.9999, 20.0001)),))


@pytest.mark.parametrize(
    ("shape", "got"),
    [(Polygon(), "an empty Polygon"), (LineString([(-102, 20), (-101, 21)]), "LineString")],
)
def test_what_cannot_be_drawn_is_refused(shape: BaseGeometry, got: str) -> None:
    with pytest.raises(ShapesInvalid, match=f"area 01: .*got {got}"):
        geometry_json((("01", shape),))


# ------------------------------------------------------------------------------------ element


def test_the_page_links_to_no_other_place(data: TimeMapData) -> None:
    links = re.findall(r"(?:src|href)=\"([^\"]{0,5})", _page(data))
    assert links
    assert set(links) == {"data:"}


def test_a_closing_tag_in_a_text_does_not_end_the_script(data: TimeMapData) -> None:
    page = _page(replace(data, title="</script><b>"))
    assert "</script><b>" not in page


def test_line_separators_are_escaped(data: TimeMapData) -> None:
    assert "\u2028" not in _page(replace(data, title="one\u2028two"))


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
    assert {path.name for path in folder.glob("*.js")} == {*SCRIPTS, *mounted}


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


def _points(flat: list[int]) -> list[tuple[int, int]]:
    points, x, y = [], 0, 0
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points
