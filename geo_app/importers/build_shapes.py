"""``build shapes``: INEGI's states and municipalities and the countries around become ``shapes/``.

Owns the tolerances, the order of the steps and the files written. Does not own the sources
(``boundary_sources``), the geometry (``coverages``), the measures (``shapes_report``) or the
reading (``geo_app.shapes``).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas
import pyogrio

from geo_app import paths, shapefiles, shapes
from geo_app.importers import boundary_sources, coverages
from geo_app.importers.shapes_report import ShapesReport, measure_simplification, write_readme

STATES_TOLERANCE_M = 250
"""For the states, and for municipalities along coasts and the borders of states."""

INSIDE_TOLERANCE_M = 350
"""For borders of municipalities inside a state: with it ``municipalities.shp`` is under 4 MB."""

NEIGHBOURS_TOLERANCE_M = 2_000

WINDOW = (-135.0, 2.0, -65.0, 48.0)
"""What is drawn around Mexico (west, south, east, north in degrees): wider than any screen."""

FILE_DATE = "2019-12-31"
"""Date in the header of every ``.dbf``, so that the same shapes are the same bytes any day."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The same areas as INEGI draws them and as we do, both in EPSG:6372."""

    before: geopandas.GeoDataFrame
    after: geopandas.GeoDataFrame


def build_shapes(
    out: Path,
    *,
    world_atlas: Path | None = None,
    report: Callable[[str], None] = lambda _line: None,
) -> ShapesReport:
    """Build the three shapefiles, their registry and the measured part of their README.

    Parameters
    ----------
    out
        Folder to fill, such as ``paths.shapes_dir()``. Other files in it stay and are listed in
        the registry. It is replaced as a whole, and only after everything succeeded.
    world_atlas
        ``countries-10m.json`` of ``world-atlas`` 2.0.2; fetched with npm if omitted.
    report
        Called with a line of text as each step begins.

    Returns
    -------
    ShapesReport
        What the simplification cost, as measured in this run.

    Raises
    ------
    SourceInvalid
        If a source is missing, is another file than the one examined, or cannot be simplified.
    ShapesInvalid
        If what was written does not pass the checks of every reader.
    """
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".shapes-") as scratch:
        stage = Path(scratch, "stage")
        if out.exists():
            shutil.copytree(out, stage)
        stage.mkdir(exist_ok=True)
        made = _build(stage, world_atlas, report)
        _replace(out, stage, Path(scratch, "before"))
    return made


def _build(stage: Path, world_atlas: Path | None, report: Callable[[str], None]) -> ShapesReport:
    states = _states(stage / "states.shp", report)
    municipalities = _municipalities(stage / "municipalities.shp", report)
    neighbours = _neighbours(stage, world_atlas, report)
    report("measuring what the simplification moved")
    made = _measure(states, municipalities, neighbours, stage)
    write_readme(stage / "README.md", made)
    paths.write_registry(stage)
    return made


def _states(path: Path, report: Callable[[str], None]) -> _Drawn:
    report("reading INEGI's states")
    before = boundary_sources.read_inegi_states().to_crs(coverages.METRIC_CRS)
    after = _simplified(before, report)
    report(f"writing and checking {path.name}")
    _write(after.to_crs(shapefiles.CRS), path)
    shapes.read_states(path)
    return _Drawn(before, after)


def _municipalities(path: Path, report: Callable[[str], None]) -> _Drawn:
    report("reading INEGI's municipalities")
    before = boundary_sources.read_inegi_municipalities().to_crs(coverages.METRIC_CRS)
    # First as the states are, so that their dissolve loses the same corners as the states did.
    as_states = _simplified(before, report)
    after = coverages.simplify_inside(
        as_states, groups="state_code", tolerance_m=INSIDE_TOLERANCE_M
    )
    report(f"writing and checking {path.name}")
    _write(after.to_crs(shapefiles.CRS), path)
    shapes.read_municipalities(path)
    return _Drawn(before, after)


def _simplified(
    areas: geopandas.GeoDataFrame, report: Callable[[str], None]
) -> geopandas.GeoDataFrame:
    report(f"simplifying {coverages.vertex_count(areas.geometry.to_numpy()):,} vertices")
    return coverages.simplify_coverage(areas, tolerance_m=STATES_TOLERANCE_M)


def _neighbours(
    stage: Path, world_atlas: Path | None, report: Callable[[str], None]
) -> geopandas.GeoDataFrame:
    report("reading the countries of world-atlas")
    countries = _countries(world_atlas)
    report("writing and checking neighbours.shp")
    states = shapes.read_states(stage / "states.shp")
    around = coverages.countries_around(
        states, countries, window=WINDOW, tolerance_m=NEIGHBOURS_TOLERANCE_M
    )
    _write(around, stage / "neighbours.shp")
    return shapes.read_neighbours(stage / "neighbours.shp")


def _countries(world_atlas: Path | None) -> geopandas.GeoDataFrame:
    if world_atlas is not None:
        return boundary_sources.read_countries(world_atlas)
    with tempfile.TemporaryDirectory() as folder:
        return boundary_sources.read_countries(boundary_sources.fetch_countries(Path(folder)))


def _write(frame: geopandas.GeoDataFrame, path: Path) -> None:
    options = {"ENCODING": shapefiles.ENCODING, "DBF_DATE_LAST_UPDATE": FILE_DATE}
    pyogrio.write_dataframe(frame, path, driver="ESRI Shapefile", layer_options=options)


def _measure(
    states: _Drawn, municipalities: _Drawn, neighbours: geopandas.GeoDataFrame, stage: Path
) -> ShapesReport:
    apart = coverages.dissolve_differences_km2(municipalities.after, states.after, by="state_code")
    written = [path.stat().st_size for path in stage.iterdir() if path.suffix in shapefiles.PARTS]
    return ShapesReport(
        states=measure_simplification(states.before, states.after, tolerance_m=STATES_TOLERANCE_M),
        municipalities=measure_simplification(
            municipalities.before,
            municipalities.after,
            tolerance_m=STATES_TOLERANCE_M,
            tolerance_inside_m=INSIDE_TOLERANCE_M,
        ),
        dissolve_difference_km2=float(apart.sum()),
        dissolve_difference_max_km2=float(apart.max()),
        dissolve_difference_max_state=str(states.after["state_code"].iloc[int(apart.argmax())]),
        neighbour_tolerance_m=NEIGHBOURS_TOLERANCE_M,
        neighbour_count=len(neighbours),
        neighbour_vertices=coverages.vertex_count(neighbours.geometry.to_numpy()),
        byte_count=sum(written),
    )


def _replace(out: Path, stage: Path, before: Path) -> None:
    if out.exists():
        out.rename(before)
    try:
        stage.rename(out)
    except OSError:
        if before.exists():
            before.rename(out)
        raise
