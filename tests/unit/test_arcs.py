"""Areas to shared arcs and back; shapes to packed shapes."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo_app import shapes
from geo_app.errors import ShapesInvalid
from geo_app.maps.arcs import Coverage, Figure, Ring, read_coverage, write_coverage
from geo_app.maps.gathering import gather_shapes
from geo_app.maps.geometry import Keyed, Shapes, pack_shapes, read_codes, read_shapes
from geo_app.maps.packing import PackedInvalid, Reader, Writer

WEST = box(-104, 20, -102, 22)
EAST = box(-102, 20, -100, 22)


def coded(figures: list[Figure]) -> Coverage:
    writer = Writer()
    write_coverage(figures, writer)
    return read_coverage(Reader(writer.body()))


def turned(ring: Ring) -> Ring:
    """Return a ring from its least point on: where it begins says nothing."""
    first = ring.index(min(ring))
    return ring[first:] + ring[:first]


def plain(figure: Figure) -> list[list[Ring]]:
    return [[turned(ring) for ring in polygon] for polygon in figure]


def square(x: int, y: int, side: int = 1) -> Ring:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def packed(areas: Keyed, **more: Keyed) -> Shapes:
    return read_shapes(pack_shapes(areas, **more))


# -------------------------------------------------------------------------------------- arcs


@st.composite
def coverages(draw: st.DrawFn) -> list[Figure]:
    """Join the cells of a grid to areas by random labels: islands, holes, touching corners."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    labels = draw(st.lists(st.integers(0, 4), min_size=rows * columns, max_size=rows * columns))
    figures = []
    for label in sorted(set(labels) - {0}):
        at = [divmod(n, columns) for n, found in enumerate(labels) if found == label]
        whole = shapely.union_all([box(x, y, x + 1, y + 1) for y, x in at])
        parts = shapely.get_parts(shapely.orient_polygons(whole))
        figures.append(tuple(tuple(_with_corners(ring) for ring in _rings(p)) for p in parts))
    return figures


def _rings(polygon: Polygon) -> list[BaseGeometry]:
    return [polygon.exterior, *polygon.interiors]


def _with_corners(ring: BaseGeometry) -> Ring:
    """Return every point of the grid on a ring, so that neighbours have the same points."""
    spots = shapely.get_coordinates(shapely.segmentize(ring, 1)).astype(int).tolist()
    return tuple((x, y) for x, y in spots[:-1])


@given(coverages())
def test_areas_come_back_as_they_were(figures: list[Figure]) -> None:
    coverage = coded(figures)
    found = [plain(coverage.figure(area)) for area in range(len(figures))]
    assert found == [plain(figure) for figure in figures]


@given(coverages())
def test_no_stretch_of_border_is_written_twice(figures: list[Figure]) -> None:
    coverage = coded(figures)
    stretches = [frozenset(pair) for arc in coverage.arcs for pair in pairwise(arc)]
    assert len(stretches) == len(set(stretches))


def test_neighbours_share_an_arc_in_both_directions() -> None:
    coverage = coded([((square(0, 0),),), ((square(1, 0),),)])
    west, east = (set(coverage.figures[area][0][0]) for area in (0, 1))
    assert {~reference for reference in west} & east


def test_an_island_in_a_hole_shares_its_whole_border() -> None:
    hole = square(1, 1)
    coverage = coded([((square(0, 0, 3), hole[::-1]),), ((hole,),)])
    assert len(coverage.arcs) == 2


def test_an_arc_that_is_used_by_more_than_two_rings_is_named() -> None:
    ring = square(0, 0)
    figures: list[Figure] = [((ring,),), ((ring,),), ((ring,),)]
    assert [plain(coded(figures).figure(n)) for n in range(3)] == [plain(f) for f in figures]


def test_lists_that_do_not_fit_together_are_refused() -> None:
    writer = Writer()
    # One polygon of one ring with two pieces, of which only one is chosen.
    for numbers in ([1], [0], [1], [0], [], [1], [0, 0], [2, 0]):
        writer.numbers(numbers)
    with pytest.raises(PackedInvalid, match="the arcs of the packed map do not fit together"):
        read_coverage(Reader(writer.body()))


# ------------------------------------------------------------------------------------ shapes


@cache
def real(level: str) -> Shapes:
    return read_shapes(gather_shapes(level))


@pytest.mark.parametrize("level", ["state", "municipality"])
def test_every_area_survives(level: str) -> None:
    load = shapes.load_states if level == "state" else shapes.load_municipalities
    assert real(level).codes == tuple(load().index)
    assert all(real(level).areas.figures)


@pytest.mark.parametrize("level", ["state", "municipality"])
def test_most_arcs_lie_between_two_areas(level: str) -> None:
    uses = np.zeros(len(real(level).areas.arcs), dtype=int)
    for reference in (
        r for figure in real(level).areas.figures for p in figure for q in p for r in q
    ):
        uses[reference if reference >= 0 else ~reference] += 1
    assert uses.max() == 2


def test_a_municipality_is_in_the_group_of_its_state() -> None:
    found = real("municipality")
    assert found.groups == tuple(code[:2] for code in found.codes)


def test_cities_are_points_over_the_states() -> None:
    found = real("city")
    assert (len(found.points), len(found.outlines.figures)) == (len(found.codes), 32)


def test_codes_are_read_alone() -> None:
    shapes_ = pack_shapes((("b", WEST), ("a", EAST)))
    assert read_codes(shapes_) == ("b", "a")


def test_a_corner_is_within_a_step_of_where_it_is() -> None:
    found = packed((("01", WEST),))
    to_plane = Transformer.from_crs("EPSG:4326", "EPSG:6372", always_xy=True)
    corners = {to_plane.transform(*corner) for corner in WEST.exterior.coords}
    expected = {(round(x / found.step), round(y / found.step)) for x, y in corners}
    assert set(found.areas.figure(0)[0][0]) == expected


def test_neighbours_share_the_points_of_their_border_after_simplification() -> None:
    border = [(-102 + 0.03 * (i % 2), 20 + i / 20) for i in range(1, 40)]
    west = Polygon([(-102, 20), *border, (-102, 22), (-104, 22), (-104, 20)])
    east = Polygon([(-102, 20), *border, (-102, 22), (-100, 22), (-100, 20)])
    found = packed((("01", west), ("02", east))).areas
    shared = set(found.figure(0)[0][0]) & set(found.figure(1)[0][0])
    assert len(shared) == len(found.figure(0)[0][0]) - 2


def test_a_point_is_written_as_a_point() -> None:
    # EPSG:6372 has its origin at 102 degrees west, 12 north, with a false easting of 2,500 km.
    assert packed((("a", Point(-102, 12)),)).points == {0: (25_000, 0)}


def test_a_hole_is_kept() -> None:
    ring = WEST.difference(box(-103.5, 20.5, -102.5, 21.5))
    assert [len(rings) for rings in packed((("01", ring),)).areas.figures[0]] == [2]


def test_a_speck_beside_an_area_is_left_out() -> None:
    with_speck = MultiPolygon([WEST, box(-106, 20, -105.9999, 20.0001)])
    assert len(packed((("01", with_speck),)).areas.figures[0]) == 1


def test_a_way_there_and_straight_back_is_left_out() -> None:
    spike = Polygon([(-104, 20), (-102, 20), (-101, 20), (-102, 20.00001), (-102, 22), (-104, 22)])
    found = packed((("01", spike),)).areas.figure(0)[0][0]
    assert len(found) == len(packed((("01", WEST),)).areas.figure(0)[0][0])


@pytest.mark.parametrize(("at", "kept"), [(box(-60, 40, -50, 50), 0), (box(-102, 20, -60, 50), 1)])
def test_only_land_near_the_map_is_kept(at: Polygon, kept: int) -> None:
    assert len(read_shapes(pack_shapes((("01", WEST),), (at,))).base.figures[0]) == kept


def test_overlapping_areas_are_refused() -> None:
    with pytest.raises(ShapesInvalid, match=r"borders that do not agree.*got 01, 02"):
        packed((("01", WEST), ("02", box(-103, 20, -100, 22))))


def test_an_area_below_the_grid_is_refused() -> None:
    with pytest.raises(ShapesInvalid, match="area 01: an area too small to draw"):
        packed((("01", box(-102, 20, -101.9999, 20.0001)),))


@pytest.mark.parametrize(
    ("shape", "got"),
    [(Polygon(), "an empty Polygon"), (LineString([(-102, 20), (-101, 21)]), "LineString")],
)
def test_what_cannot_be_drawn_is_refused(shape: BaseGeometry, got: str) -> None:
    with pytest.raises(ShapesInvalid, match=f"area 01: .*got {got}"):
        packed((("01", shape),))
