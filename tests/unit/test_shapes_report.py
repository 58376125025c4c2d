"""What a build says of itself: measured on squares, told in the README."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas
import pytest
import shapely

from geo_app.errors import SourceInvalid
from geo_app.importers import coverages, shapes_report
from geo_app.importers.shapes_report import ShapesReport, Simplification

SQUARE = shapely.box(0, 0, 10_000, 10_000)
NOTCHED = shapely.Polygon([(0, 0), (10_000, 0), (10_000, 10_000), (5_000, 10_300), (0, 10_000)])
"""A square of 10 km, and the same with a corner 300 m above its northern side."""


def areas(*polygons: shapely.Geometry) -> geopandas.GeoDataFrame:
    codes = [f"0600{number}" for number in range(1, len(polygons) + 1)]
    return geopandas.GeoDataFrame(
        {"cvegeo": codes}, geometry=list(polygons), crs=coverages.METRIC_CRS
    )


@pytest.fixture
def layer() -> Simplification:
    far = shapely.box(50_000, 0, 60_000, 10_000)
    return shapes_report.measure_simplification(
        areas(far, NOTCHED), areas(far, SQUARE), tolerance_m=250, tolerance_inside_m=350
    )


@pytest.fixture
def made(layer: Simplification) -> ShapesReport:
    states = replace(layer, tolerance_inside_m=None)
    return ShapesReport(states, layer, 2.0, 1.5, "06", 2_000, 29, 13_590, 1_234_567)


def test_the_vertices_are_counted_before_and_after(layer: Simplification) -> None:
    assert (layer.vertices_before, layer.vertices_after) == (11, 10)


def test_the_parts_are_counted_before_and_after(layer: Simplification) -> None:
    assert (layer.parts_before, layer.parts_after) == (2, 2)


def test_the_largest_change_of_an_area_names_it(layer: Simplification) -> None:
    lost = 100 * 1.5 / 101.5
    assert layer.area_change_max_pct == pytest.approx(lost)
    assert layer.area_change_max_code == "06002"


def test_an_area_that_changes_by_more_than_a_hundredth_is_counted(layer: Simplification) -> None:
    assert layer.changed_areas == 1


def test_the_largest_displacement_names_its_area(layer: Simplification) -> None:
    assert (layer.displacement_max_m, layer.displacement_max_code) == (300.0, "06002")


def test_the_change_of_all_areas_together_keeps_its_sign(layer: Simplification) -> None:
    shrunk = replace(layer, area_before_km2=200.0, area_after_km2=199.0)
    assert shrunk.area_change_total_pct == pytest.approx(-0.5)


def test_every_line_of_the_table_has_the_same_columns(made: ShapesReport) -> None:
    lines = [line for line in shapes_report.readme_block(made).splitlines() if line[:1] == "|"]
    assert {line.count("|") for line in lines} == {5}


def test_the_states_have_no_tolerance_inside(made: ShapesReport) -> None:
    assert "| tolerance inside a state |  | 350 m |  |" in shapes_report.readme_block(made)


def test_the_difference_of_the_two_layers_is_told_with_its_share(made: ShapesReport) -> None:
    told = "differ by 2.0 km² in all (1.0000 % of the country), by 1.5 km² where most (state 06)"
    assert told in shapes_report.readme_block(made)


def test_what_stands_around_the_marks_is_kept(tmp_path: Path, made: ShapesReport) -> None:
    path = tmp_path / "README.md"
    marks = f"{shapes_report.BLOCK_START}\nold\n{shapes_report.BLOCK_END}"
    path.write_text(f"before\n{marks}\nafter\n", encoding="utf-8")
    shapes_report.write_readme(path, made)
    block = shapes_report.readme_block(made)
    assert path.read_text(encoding="utf-8") == f"before\n{block}\nafter\n"


def test_a_new_readme_has_the_credit(tmp_path: Path, made: ShapesReport) -> None:
    shapes_report.write_readme(tmp_path / "README.md", made)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "Fuente: INEGI, Marco Geoestadístico 2019, geometría simplificada." in text


def test_a_readme_without_its_marks_is_refused(tmp_path: Path, made: ShapesReport) -> None:
    path = tmp_path / "README.md"
    path.write_text("# Shapes\n", encoding="utf-8")
    with pytest.raises(SourceInvalid, match=r"README\.md: the measured part .* lost its marks"):
        shapes_report.write_readme(path, made)
