"""Reading the municipalities: the shipped ones pass, every broken copy of them is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas
import pyogrio
import pytest
import shapely

from geo_app import municipalities, paths, shapefiles, shapes
from geo_app.errors import HashMismatch, ShapesInvalid

Change = Callable[[geopandas.GeoDataFrame], geopandas.GeoDataFrame]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (paths.REGISTRY, *(f"municipalities{part}" for part in shapefiles.PARTS)):
        shutil.copy(paths.shapes_dir() / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "municipalities.shp"


def rewrite(path: Path, change: Change) -> None:
    frame = change(pyogrio.read_dataframe(path))
    pyogrio.write_dataframe(
        frame, path, driver="ESRI Shapefile", layer_options={"ENCODING": "UTF-8"}
    )


def with_cell(code: str, column: str, value: object) -> Change:
    def change(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
        frame.loc[frame["cvegeo"] == code, column] = value
        return frame

    return change


def test_the_municipalities_are_indexed_by_their_sorted_codes(path: Path) -> None:
    rewrite(path, lambda frame: frame.iloc[::-1])
    index = shapes.read_municipalities(path).index
    assert (len(index), index[0], index[-1], index.is_monotonic_increasing) == (
        municipalities.EDITION_COUNT,
        "01001",
        "32058",
        True,
    )


def test_the_municipalities_carry_state_name_and_geometry_in_degrees(path: Path) -> None:
    frame = shapes.read_municipalities(path)
    assert (frame.columns.tolist(), frame.crs.to_epsg()) == (
        ["state_code", "name", "geometry"],
        4326,
    )


def test_a_name_keeps_its_accents(path: Path) -> None:
    assert shapes.read_municipalities(path).at["20174", "name"] == "Ánimas Trujano"


@pytest.mark.parametrize("part", shapefiles.PARTS)
def test_loading_refuses_a_changed_part(folder: Path, part: str) -> None:
    with (folder / f"municipalities{part}").open("ab") as file:
        file.write(b" ")
    with pytest.raises(HashMismatch, match=f"municipalities{part}: the content is not the one"):
        shapes.load_municipalities(folder)


@pytest.mark.parametrize("part", shapefiles.PARTS)
def test_a_missing_part_is_refused_by_name(path: Path, part: str) -> None:
    path.with_suffix(part).unlink()
    with pytest.raises(ShapesInvalid, match=rf"the {part} part of the shapefile is missing"):
        shapes.read_municipalities(path)


@pytest.mark.parametrize("column", shapes.MUNICIPALITY_COLUMNS)
def test_a_missing_column_is_refused(path: Path, column: str) -> None:
    rewrite(path, lambda frame: frame.drop(columns=column))
    with pytest.raises(ShapesInvalid, match=f"column {column} is missing"):
        shapes.read_municipalities(path)


def test_a_missing_municipality_is_refused(path: Path) -> None:
    rewrite(path, lambda frame: frame[frame["cvegeo"] != "06002"])
    what = r"not all municipalities of Marco .* expected 2,465 .*, got 2,464 rows"
    with pytest.raises(ShapesInvalid, match=what):
        shapes.read_municipalities(path)


def test_a_state_without_any_municipality_is_refused_by_its_code(path: Path) -> None:
    rewrite(path, lambda frame: frame[frame["state_code"] != "06"])
    with pytest.raises(ShapesInvalid, match=r"a state has no municipality \(06\)"):
        shapes.read_municipalities(path)


def test_codes_that_lost_their_leading_zero_are_refused_and_a_few_are_named(path: Path) -> None:
    rewrite(path, lambda frame: frame.assign(cvegeo=frame["cvegeo"].astype(int)))
    what = r"a code is not five digits \(1001, 1002, (\d{4}, ){7}\d{4} and \d+ more\)"
    with pytest.raises(ShapesInvalid, match=what):
        shapes.read_municipalities(path)


def test_a_missing_code_is_refused(path: Path) -> None:
    rewrite(path, with_cell("06002", "cvegeo", None))
    with pytest.raises(ShapesInvalid, match=r"a code is not five digits \("):
        shapes.read_municipalities(path)


def test_a_duplicate_code_is_refused(path: Path) -> None:
    rewrite(path, with_cell("06002", "cvegeo", "06001"))
    with pytest.raises(ShapesInvalid, match=r"a municipality stands twice \(06001\)"):
        shapes.read_municipalities(path)


def test_an_unknown_state_is_refused(path: Path) -> None:
    rewrite(path, with_cell("06002", "state_code", "33"))
    with pytest.raises(ShapesInvalid, match=r"a code is none of the 32 states \(33\)"):
        shapes.read_municipalities(path)


def test_a_code_of_another_state_is_refused(path: Path) -> None:
    rewrite(path, with_cell("06002", "state_code", "14"))
    with pytest.raises(ShapesInvalid, match=r"a code does not begin with its state \(06002\)"):
        shapes.read_municipalities(path)


def test_a_municipality_of_a_later_edition_is_refused(path: Path) -> None:
    rewrite(path, with_cell("02001", "cvegeo", "02006"))
    with pytest.raises(ShapesInvalid, match=r"is newer than the edition \(02006\)"):
        shapes.read_municipalities(path)


@pytest.mark.parametrize("name", [None, "", "  "])
def test_a_municipality_without_a_name_is_refused(path: Path, name: str | None) -> None:
    rewrite(path, with_cell("06002", "name", name))
    with pytest.raises(ShapesInvalid, match=r"a municipality has no name \(06002\)"):
        shapes.read_municipalities(path)


def test_another_coordinate_reference_system_is_refused(path: Path) -> None:
    rewrite(path, lambda frame: frame.to_crs("EPSG:6372"))
    with pytest.raises(ShapesInvalid, match=r"wrong coordinate .* expected EPSG:4326, got .*LCC"):
        shapes.read_municipalities(path)


def test_an_empty_polygon_is_refused(path: Path) -> None:
    rewrite(path, with_cell("06002", "geometry", shapely.Polygon()))
    with pytest.raises(ShapesInvalid, match="row 06002: the polygon is empty"):
        shapes.read_municipalities(path)


def test_a_polygon_outside_mexico_is_refused(path: Path) -> None:
    rewrite(path, with_cell("06002", "geometry", shapely.box(0, 0, 1, 1)))
    with pytest.raises(ShapesInvalid, match="row 06002: the polygon lies outside"):
        shapes.read_municipalities(path)


def test_overlapping_municipalities_are_refused_by_their_codes(path: Path) -> None:
    inside_ensenada = shapely.box(-115.6, 30.4, -115.5, 30.5)
    rewrite(path, with_cell("06002", "geometry", inside_ensenada))
    with pytest.raises(ShapesInvalid, match=r"polygons overlap \(02001 and 06002\)"):
        shapes.read_municipalities(path)


def test_the_names_are_those_of_the_polygons(path: Path) -> None:
    names = shapes.load_municipality_names(path.parent)
    assert names == shapes.read_municipalities(path)["name"].to_dict()


def test_names_of_a_changed_file_are_refused(path: Path) -> None:
    path.with_suffix(".dbf").write_bytes(b"")
    with pytest.raises(HashMismatch, match=r"municipalities\.dbf: the content is not the one"):
        shapes.load_municipality_names(path.parent)
