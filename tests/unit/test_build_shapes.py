"""Building the shapes: whole or not at all, tried on small squares."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely

from geo_app import municipalities, paths
from geo_app.errors import SourceInvalid
from geo_app.importers import boundary_sources, build_shapes


def countries(**shapes_by_code: shapely.Geometry) -> geopandas.GeoDataFrame:
    codes = [code.removeprefix("n") for code in shapes_by_code]
    frame = {"iso_n3": codes, "name": codes}
    return geopandas.GeoDataFrame(frame, geometry=list(shapes_by_code.values()), crs="EPSG:4326")


def municipal_squares() -> geopandas.GeoDataFrame:
    """Lay 2,465 squares in rows of fifty, dealt out to the 32 states one after the other."""
    numbers = range(municipalities.EDITION_COUNT)
    codes = [f"{number % 32 + 1:02d}{number // 32 + 201:03d}" for number in numbers]
    squares = [
        shapely.box(west, south, west + 0.1, south + 0.1)
        for west, south in ((-105 + n % 50 / 10, 18 + n // 50 / 10) for n in numbers)
    ]
    frame = {"state_code": [code[:2] for code in codes], "cvegeo": codes, "name": codes}
    return geopandas.GeoDataFrame(frame, geometry=squares, crs="EPSG:4326")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the sources small and quick: the shipped states, all else made up of squares."""
    states = geopandas.read_file(paths.shapes_dir() / "states.shp")
    around = countries(n484=shapely.box(-118, 15, -87, 32), n840=shapely.box(-120, 32, -95, 40))
    monkeypatch.setattr(boundary_sources, "read_inegi_states", lambda: states)
    monkeypatch.setattr(boundary_sources, "read_inegi_municipalities", municipal_squares)
    monkeypatch.setattr(boundary_sources, "fetch_countries", lambda folder: folder)
    monkeypatch.setattr(boundary_sources, "read_countries", lambda _path: around)


@pytest.mark.usefixtures("small")
def test_a_new_folder_gets_a_readme_with_the_credit(tmp_path: Path) -> None:
    build_shapes.build_shapes(tmp_path / "new" / "shapes")
    readme = (tmp_path / "new" / "shapes" / "README.md").read_text(encoding="utf-8")
    assert "Fuente: INEGI, Marco Geoestadístico 2019, geometría simplificada." in readme


@pytest.mark.usefixtures("small")
def test_another_file_in_the_folder_stays_and_is_listed(tmp_path: Path) -> None:
    out = tmp_path / "shapes"
    out.mkdir()
    (out / "foreign.txt").write_text("stays", encoding="utf-8")
    build_shapes.build_shapes(out)
    assert (out / "foreign.txt").read_text(encoding="utf-8") == "stays"
    assert "foreign.txt" in paths.read_registry(out)


@pytest.mark.usefixtures("small")
def test_a_build_leaves_nothing_beside_the_folder(tmp_path: Path) -> None:
    build_shapes.build_shapes(tmp_path / "shapes")
    assert [path.name for path in tmp_path.iterdir()] == ["shapes"]


@pytest.mark.usefixtures("small")
def test_every_step_is_reported(tmp_path: Path) -> None:
    lines: list[str] = []
    build_shapes.build_shapes(tmp_path / "shapes", report=lines.append)
    assert [line.split()[0] for line in lines] == [
        "reading",
        "simplifying",
        "writing",
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
