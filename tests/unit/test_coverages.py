"""The geometry of the build, tried on squares."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import shapely

from geo_app.errors import SourceInvalid
from geo_app.importers import coverages

METRES = coverages.METRIC_CRS
LEFT, RIGHT = shapely.box(0, 0, 10_000, 10_000), shapely.box(10_000, 0, 20_000, 10_000)
"""Two squares of 10 km in EPSG:6372 that share a border."""


def areas(*polygons: shapely.Geometry) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"name": list("abcdef"[: len(polygons)])}, geometry=list(polygons), crs=METRES
    )


def countries(**shapes_by_code: shapely.Geometry) -> geopandas.GeoDataFrame:
    codes = [code.removeprefix("n") for code in shapes_by_code]
    frame = {"iso_n3": codes, "name": codes}
    return geopandas.GeoDataFrame(frame, geometry=list(shapes_by_code.values()), crs="EPSG:4326")


def test_the_shared_border_of_two_areas_becomes_identical() -> None:
    apart = shapely.segmentize(RIGHT, 2_000)
    made = coverages.simplify_coverage(areas(LEFT, apart), tolerance_m=0)
    assert shapely.coverage_is_valid(made.geometry.to_numpy())


def test_a_corner_under_the_tolerance_goes() -> None:
    notched = shapely.Polygon([(0, 0), (10_000, 0), (10_000, 10_000), (5_000, 10_010), (0, 10_000)])
    made = coverages.simplify_coverage(areas(notched), tolerance_m=250)
    assert made.geometry[0].equals(LEFT)


def test_an_island_under_the_tolerance_stays() -> None:
    island = shapely.box(50_000, 0, 50_010, 10)
    made = coverages.simplify_coverage(areas(LEFT | island), tolerance_m=250)
    assert coverages.part_count(made.geometry.to_numpy()) == 2


def test_an_area_that_vanishes_in_another_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="number of islands: expected 2 parts, got 1"):
        coverages.simplify_coverage(areas(LEFT, LEFT.buffer(-4_000)), tolerance_m=250)


def test_areas_that_do_not_meet_exactly_afterwards_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shapely, "coverage_clean", lambda polygons: polygons)
    overlapping = areas(LEFT, shapely.box(9_000, 0, 20_000, 10_000))
    with pytest.raises(SourceInvalid, match="the simplified areas do not meet exactly"):
        coverages.simplify_coverage(overlapping, tolerance_m=0)


def test_a_displacement_is_the_distance_from_the_new_border_in_the_order_of_the_vertices() -> None:
    old = shapely.Polygon([(0, 0), (10_000, 0), (10_000, 10_000), (5_000, 10_300), (0, 10_000)])
    moved = coverages.displacements_m(areas(old), areas(LEFT))
    assert np.allclose(moved[0], [0, 0, 0, 300, 0, 0])


@pytest.fixture
def bent() -> geopandas.GeoDataFrame:
    """Two squares whose shared border has a corner of 10 m."""
    corner = (10_010, 5_000)
    left = shapely.Polygon([(0, 0), (10_000, 0), corner, (10_000, 10_000), (0, 10_000)])
    right = shapely.Polygon([(20_000, 0), (10_000, 0), corner, (10_000, 10_000), (20_000, 10_000)])
    return areas(left, right)


def test_a_corner_inside_a_group_goes(bent: geopandas.GeoDataFrame) -> None:
    together = bent.assign(name="a")
    made = coverages.simplify_inside(together, groups="name", tolerance_m=250)
    assert made.geometry[0].equals(LEFT)


def test_a_corner_between_groups_stays(bent: geopandas.GeoDataFrame) -> None:
    made = coverages.simplify_inside(bent, groups="name", tolerance_m=250)
    assert made.geometry.equals(bent.geometry)


def test_an_outcome_that_is_no_coverage_is_refused_inside_a_group_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def shrunk(polygons: np.ndarray, _tolerance: float, **_options: object) -> np.ndarray:
        return shapely.buffer(polygons, 500)

    monkeypatch.setattr(shapely, "coverage_simplify", shrunk)
    with pytest.raises(SourceInvalid, match="the simplified areas do not meet exactly"):
        coverages.simplify_inside(areas(LEFT, RIGHT), groups="name", tolerance_m=250)


def test_a_dissolve_that_covers_its_whole_differs_by_nothing() -> None:
    parts = areas(LEFT, RIGHT).assign(name="a")
    apart = coverages.dissolve_differences_km2(parts, areas(LEFT | RIGHT), by="name")
    assert apart.tolist() == [0.0]


def test_a_dissolve_that_lies_elsewhere_differs_by_what_only_one_covers() -> None:
    shifted = areas(shapely.box(1_000, 0, 11_000, 10_000))
    assert coverages.dissolve_differences_km2(shifted, areas(LEFT), by="name").tolist() == [20.0]


def test_a_whole_without_parts_differs_by_its_own_area() -> None:
    none = areas(LEFT).assign(name="z")
    assert coverages.dissolve_differences_km2(none, areas(LEFT), by="name").tolist() == [100.0]


@pytest.fixture
def around() -> geopandas.GeoDataFrame:
    """A state south of 20° N; a neighbour that begins north of it, one that reaches into it."""
    state = geopandas.GeoDataFrame(geometry=[shapely.box(-104, 16, -100, 20)], crs="EPSG:4326")
    world = countries(
        n840=shapely.box(-104, 20.05, -100, 30),
        n484=shapely.box(-104, 16, -100, 20.05),
        n320=shapely.box(-100, 16, -96, 20),
        n999=shapely.box(0, 0, 10, 10),
    )
    world.loc[2, "geometry"] = shapely.box(-100.05, 16, -96, 20)
    world.loc[1, "geometry"] = shapely.box(-104, 16, -100.05, 20.05)
    window = (-110.0, 10.0, -90.0, 25.0)
    return coverages.countries_around(state, world, window=window, tolerance_m=100)


def test_neighbours_are_sorted_by_code_without_mexico_and_the_far_ones(
    around: geopandas.GeoDataFrame,
) -> None:
    assert around["iso_n3"].tolist() == ["320", "840"]


def test_a_neighbour_is_cut_off_at_the_window(around: geopandas.GeoDataFrame) -> None:
    assert around.geometry[1].bounds[3] == pytest.approx(25.0)


def test_a_neighbour_is_filled_up_to_the_state(around: geopandas.GeoDataFrame) -> None:
    assert around.geometry[1].bounds[1] == pytest.approx(20.0, abs=1e-9)


def test_the_state_is_subtracted_from_its_neighbours(around: geopandas.GeoDataFrame) -> None:
    state = shapely.box(-104, 16, -100, 20)
    shared = shapely.intersection(around.geometry.to_numpy(), state)
    assert shapely.area(shared).max() == pytest.approx(0.0, abs=1e-12)


def test_an_invalid_country_is_mended_without_its_stray_lines() -> None:
    state = geopandas.GeoDataFrame(geometry=[shapely.box(-104, 16, -100, 20)], crs="EPSG:4326")
    spike = shapely.Polygon([(-99, 16), (-95, 16), (-95, 20), (-95, 24), (-95, 20), (-99, 20)])
    world = countries(n484=shapely.box(-104, 16, -100, 20), n320=spike)
    made = coverages.countries_around(state, world, window=(-110, 10, -90, 25), tolerance_m=100)
    assert made.geometry[0].bounds[3] == pytest.approx(20.0)
