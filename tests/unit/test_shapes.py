"""Reading a shapefile: the shipped one passes, every broken copy of it is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas
import pyogrio
import pytest
import shapely

from geo_app import paths, shapefiles, shapes
from geo_app.errors import HashMismatch, ShapesInvalid

Change = Callable[[geopandas.GeoDataFrame], geopandas.GeoDataFrame]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "shapes"
    shutil.copytree(paths.shapes_dir(), folder)
    return folder


@pytest.fixture
def states_path(copied: Path) -> Path:
    return copied / "states.shp"


def rewrite(path: Path, change: Change) -> None:
    frame = change(pyogrio.read_dataframe(path))
    pyogrio.write_dataframe(
        frame, path, driver="ESRI Shapefile", layer_options={"ENCODING": "UTF-8"}
    )


def with_shape(code: str, shape: shapely.Geometry | None) -> Change:
    def change(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
        frame.loc[frame["state_code"] == code, "geometry"] = geopandas.GeoSeries([shape]).values
        return frame

    return change


def recoded(old: str, new: str) -> Change:
    return lambda frame: frame.assign(state_code=frame["state_code"].replace(old, new))


def in_squares(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Put every state in a square of one degree, eight in a row, so that borders are exact."""
    columns, rows = range(-110, -102), range(20, 24)
    squares = [shapely.box(west, south, west + 1, south + 1) for south in rows for west in columns]
    return frame.set_geometry(squares, crs=frame.crs)


def test_the_states_are_indexed_by_their_sorted_codes() -> None:
    codes = [f"{number:02d}" for number in range(1, 33)]
    assert shapes.load_states().index.tolist() == codes


def test_the_states_carry_names_and_geometry_in_degrees(states_path: Path) -> None:
    frame = shapes.read_states(states_path)
    assert (frame.columns.tolist(), frame.crs.to_epsg()) == (["name", "geometry"], 4326)


def test_a_name_keeps_its_accents(states_path: Path) -> None:
    assert shapes.read_states(states_path).at["16", "name"] == "Michoacán de Ocampo"


def test_the_neighbours_hold_the_three_countries_at_the_border() -> None:
    assert {"840", "320", "084"} <= set(shapes.load_neighbours()["iso_n3"])


def test_the_order_of_the_rows_in_the_file_does_not_matter(states_path: Path) -> None:
    expected = shapes.read_states(states_path)
    rewrite(states_path, lambda frame: frame.iloc[::-1])
    assert shapes.read_states(states_path).equals(expected)


@pytest.mark.parametrize("part", shapefiles.PARTS)
def test_loading_refuses_a_changed_part(copied: Path, part: str) -> None:
    with (copied / f"states{part}").open("ab") as file:
        file.write(b" ")
    with pytest.raises(HashMismatch, match=f"states{part}: the content is not the one"):
        shapes.load_states(copied)


@pytest.mark.parametrize("part", shapefiles.PARTS)
def test_a_missing_part_is_refused_by_name(states_path: Path, part: str) -> None:
    states_path.with_suffix(part).unlink()
    with pytest.raises(ShapesInvalid, match=rf"states{part}: the {part} part .* is missing"):
        shapes.read_states(states_path)


@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
@pytest.mark.parametrize("keep", [0.9, 0.0])
def test_a_part_that_is_cut_off_is_refused(states_path: Path, part: str, keep: float) -> None:
    path = states_path.with_suffix(part)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(ShapesInvalid, match=rf"the {part} part of the shapefile is cut off"):
        shapes.read_states(states_path)


def test_a_file_that_is_no_shapefile_is_refused(states_path: Path) -> None:
    states_path.write_bytes(bytes(200))
    with pytest.raises(ShapesInvalid, match="the shapefile cannot be read"):
        shapes.read_states(states_path)


def test_a_shapefile_without_a_row_is_refused(states_path: Path) -> None:
    rewrite(states_path, lambda frame: frame.iloc[:0])
    with pytest.raises(ShapesInvalid, match=r"a state is missing \(01, 02, .* got 0 rows"):
        shapes.read_states(states_path)


def test_another_text_encoding_is_refused(states_path: Path) -> None:
    states_path.with_suffix(".cpg").write_text("ISO-8859-1", encoding="ascii")
    with pytest.raises(ShapesInvalid, match="another text encoding: expected UTF-8, got 'ISO"):
        shapes.read_states(states_path)


def test_an_empty_projection_file_is_refused(states_path: Path) -> None:
    states_path.with_suffix(".prj").write_text("", encoding="ascii")
    with pytest.raises(ShapesInvalid, match=r"states\.prj: no coordinate reference system"):
        shapes.read_states(states_path)


def test_another_coordinate_reference_system_is_refused(states_path: Path) -> None:
    rewrite(states_path, lambda frame: frame.to_crs("EPSG:6372"))
    with pytest.raises(ShapesInvalid, match=r"wrong coordinate .* expected EPSG:4326, got .*LCC"):
        shapes.read_states(states_path)


def test_metres_that_pretend_to_be_degrees_are_refused(states_path: Path) -> None:
    rewrite(
        states_path,
        lambda frame: frame.to_crs("EPSG:6372").set_crs("EPSG:4326", allow_override=True),
    )
    with pytest.raises(ShapesInvalid, match=r"row 01: the polygon lies outside .* degrees"):
        shapes.read_states(states_path)


@pytest.mark.parametrize("column", shapes.STATE_COLUMNS)
def test_a_missing_column_is_refused(states_path: Path, column: str) -> None:
    rewrite(states_path, lambda frame: frame.drop(columns=column))
    with pytest.raises(ShapesInvalid, match=f"column {column} is missing"):
        shapes.read_states(states_path)


def test_a_missing_state_is_refused(states_path: Path) -> None:
    rewrite(states_path, lambda frame: frame[frame["state_code"] != "06"])
    with pytest.raises(ShapesInvalid, match=r"a state is missing \(06\).* got 31 rows"):
        shapes.read_states(states_path)


def test_an_unknown_code_is_refused(states_path: Path) -> None:
    rewrite(states_path, recoded("06", "33"))
    with pytest.raises(ShapesInvalid, match=r"a code is none of the 32 states \(33\)"):
        shapes.read_states(states_path)


def test_a_code_that_lost_its_leading_zero_is_refused(states_path: Path) -> None:
    rewrite(states_path, recoded("06", "6"))
    with pytest.raises(ShapesInvalid, match=r"a code is none of the 32 states \(6\)"):
        shapes.read_states(states_path)


def test_a_duplicate_code_is_refused(states_path: Path) -> None:
    rewrite(states_path, recoded("06", "07"))
    with pytest.raises(ShapesInvalid, match=r"a state code stands twice \(07\)"):
        shapes.read_states(states_path)


def test_codes_of_another_numbering_are_refused(states_path: Path) -> None:
    geonames = {"05": "07", "07": "05", "06": "08", "08": "06"}
    rewrite(
        states_path, lambda frame: frame.assign(state_code=frame["state_code"].replace(geonames))
    )
    with pytest.raises(
        ShapesInvalid, match=r"not that of state 05: expected 'Coahuila .*'Chiapas'"
    ):
        shapes.read_states(states_path)


def test_a_name_in_a_wrong_encoding_is_refused(states_path: Path) -> None:
    table = states_path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace("Michoacán".encode(), b"Michoac\xc3\x83n"))
    with pytest.raises(ShapesInvalid, match="the name is not that of state 16"):
        shapes.read_states(states_path)


@pytest.mark.parametrize("shape", [None, shapely.Polygon()])
def test_an_empty_polygon_is_refused(states_path: Path, shape: shapely.Geometry | None) -> None:
    rewrite(states_path, with_shape("06", shape))
    with pytest.raises(ShapesInvalid, match="row 06: the polygon is empty"):
        shapes.read_states(states_path)


def test_points_in_place_of_polygons_are_refused(states_path: Path) -> None:
    rewrite(states_path, lambda frame: frame.set_geometry(frame.representative_point()))
    with pytest.raises(ShapesInvalid, match="row 01: a Point stands where a polygon should"):
        shapes.read_states(states_path)


def test_a_polygon_that_crosses_itself_is_refused(states_path: Path) -> None:
    bow_tie = shapely.Polygon([(-105, 19), (-104, 20), (-104, 19), (-105, 20)])
    rewrite(states_path, with_shape("06", bow_tie))
    with pytest.raises(ShapesInvalid, match="row 06: the polygon is invalid, Self-intersection"):
        shapes.read_states(states_path)


def test_overlapping_polygons_are_refused_by_their_codes(states_path: Path) -> None:
    colima = shapes.read_states(states_path).geometry["06"]
    rewrite(states_path, with_shape("06", shapely.union(colima, colima.centroid.buffer(0.6))))
    with pytest.raises(ShapesInvalid, match=r"polygons overlap \(06 and 14, 06 and 16\)"):
        shapes.read_states(states_path)


def test_a_polygon_inside_another_is_refused(states_path: Path) -> None:
    inside_jalisco = shapely.Point(-103.7, 20.5).buffer(0.1)
    rewrite(states_path, with_shape("06", inside_jalisco))
    with pytest.raises(ShapesInvalid, match=r"polygons overlap \(06 and 14\)"):
        shapes.read_states(states_path)


def test_borders_with_different_vertices_are_refused(states_path: Path) -> None:
    rewrite(states_path, in_squares)
    aguascalientes = shapely.segmentize(pyogrio.read_dataframe(states_path).geometry[0], 0.25)
    rewrite(states_path, with_shape("01", aguascalientes))
    with pytest.raises(ShapesInvalid, match=r"do not share identical borders \(01, 02, 09\)"):
        shapes.read_states(states_path)


def test_borders_with_the_same_vertices_are_read(states_path: Path) -> None:
    rewrite(states_path, in_squares)
    assert shapes.read_states(states_path).geometry["09"].bounds == (-110.0, 21.0, -109.0, 22.0)


def test_a_missing_part_of_the_neighbours_is_refused(copied: Path) -> None:
    (copied / "neighbours.prj").unlink()
    with pytest.raises(ShapesInvalid, match=r"neighbours\.prj: the \.prj part"):
        shapes.read_neighbours(copied / "neighbours.shp")


def test_a_missing_column_of_the_neighbours_is_refused(copied: Path) -> None:
    path = copied / "neighbours.shp"
    rewrite(path, lambda frame: frame.drop(columns="iso_n3"))
    with pytest.raises(ShapesInvalid, match="column iso_n3 is missing"):
        shapes.read_neighbours(path)
