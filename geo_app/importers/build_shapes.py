"""``build shapes``: INEGI's states and the countries around them become ``shapes/``.

Owns the tolerances, the files written and the numbers measured on the way. Does not own the
sources (``boundary_sources``), the geometry (``coverages``) or the reading (``geo_app.shapes``).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from geo_app import paths, shapes
from geo_app.errors import SourceInvalid
from geo_app.importers import boundary_sources, coverages

STATES_TOLERANCE_M = 250
NEIGHBOURS_TOLERANCE_M = 2_000

WINDOW = (-135.0, 2.0, -65.0, 48.0)
"""What is drawn around Mexico (west, south, east, north in degrees): wider than any screen."""

FILE_DATE = "2019-12-31"
"""Date in the header of every ``.dbf``, so that the same shapes are the same bytes any day."""

BLOCK_START = "<!-- measured by `build shapes`, do not edit -->"
BLOCK_END = "<!-- end of the measured part -->"

_NEW_README = f"""# Shapes

Fuente: INEGI, Marco Geoestadístico 2019, geometría simplificada.

{BLOCK_START}
{BLOCK_END}
"""


@dataclass(frozen=True, slots=True)
class ShapesReport:
    """What a build measured; lengths and areas in EPSG:6372."""

    vertices_before: int
    """Vertices of the states as INEGI draws them, shared borders counted for each state."""
    vertices_after: int
    parts_before: int
    """Separate polygons, islands included."""
    parts_after: int
    area_before_km2: float
    area_after_km2: float
    area_change_max_pct: float
    """Largest change of the area of one state, as a share of it, without sign."""
    area_change_max_state: str
    """Code of that state."""
    displacement_median_m: float
    """Distance of INEGI's vertices from the simplified border of the same state."""
    displacement_p99_m: float
    displacement_max_m: float
    displacement_max_state: str
    """Code of the state where the largest one is."""
    neighbour_count: int
    neighbour_vertices: int
    byte_count: int
    """Size of all parts of both shapefiles."""

    @property
    def area_change_total_pct(self) -> float:
        """Change of the area of the whole country, as a share of it, with its sign."""
        return 100 * (self.area_after_km2 / self.area_before_km2 - 1)


def build_shapes(
    out: Path,
    *,
    world_atlas: Path | None = None,
    report: Callable[[str], None] = lambda _line: None,
) -> ShapesReport:
    """Build both shapefiles, their registry and the measured part of their README.

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


def readme_block(made: ShapesReport) -> str:
    """Return the part of ``shapes/README.md`` that a build writes, as Markdown.

    Parameters
    ----------
    made
        What the build measured.

    Returns
    -------
    str
        From ``BLOCK_START`` to ``BLOCK_END``, without a final line end.
    """
    rows = (
        ("tolerance, states / neighbours", f"{STATES_TOLERANCE_M} m / {NEIGHBOURS_TOLERANCE_M} m"),
        ("vertices, before / after", f"{made.vertices_before:,} / {made.vertices_after:,}"),
        ("separate polygons, before / after", f"{made.parts_before} / {made.parts_after}"),
        ("area, before", f"{made.area_before_km2:,.1f} km²"),
        ("area, change in total", f"{made.area_change_total_pct:+.4f} %"),
        (
            "area, largest change of a state",
            f"{made.area_change_max_pct:.4f} % (state {made.area_change_max_state})",
        ),
        ("displacement, median", f"{made.displacement_median_m:.0f} m"),
        ("displacement, 99 of 100 vertices", f"under {made.displacement_p99_m:.0f} m"),
        (
            "displacement, largest",
            f"{made.displacement_max_m:,.0f} m (state {made.displacement_max_state})",
        ),
        (
            "countries and territories around / vertices",
            f"{made.neighbour_count} / {made.neighbour_vertices:,}",
        ),
        ("size of both shapefiles", f"{made.byte_count:,} bytes"),
    )
    lines = [f"| {name} | {value} |" for name, value in rows]
    return "\n".join([BLOCK_START, "| measured | |", "|---|---|", *lines, BLOCK_END])


def _build(stage: Path, world_atlas: Path | None, report: Callable[[str], None]) -> ShapesReport:
    report("reading INEGI's states")
    source = boundary_sources.read_inegi_states()
    report(f"simplifying {coverages.vertex_count(source.geometry.to_numpy()):,} vertices")
    metric = coverages.simplify_coverage(source, tolerance_m=STATES_TOLERANCE_M)
    report("writing and checking states.shp")
    _write(metric.to_crs(shapes.CRS), stage / "states.shp")
    states = shapes.read_states(stage / "states.shp")
    report("reading the countries of world-atlas")
    countries = _countries(world_atlas)
    report("writing and checking neighbours.shp")
    around = coverages.countries_around(
        states, countries, window=WINDOW, tolerance_m=NEIGHBOURS_TOLERANCE_M
    )
    _write(around, stage / "neighbours.shp")
    neighbours = shapes.read_neighbours(stage / "neighbours.shp")
    report("measuring what the simplification moved")
    made = _measure(source.to_crs(coverages.METRIC_CRS), metric, neighbours, stage)
    _write_readme(stage / "README.md", made)
    paths.write_registry(stage)
    return made


def _countries(world_atlas: Path | None) -> geopandas.GeoDataFrame:
    if world_atlas is not None:
        return boundary_sources.read_countries(world_atlas)
    with tempfile.TemporaryDirectory() as folder:
        return boundary_sources.read_countries(boundary_sources.fetch_countries(Path(folder)))


def _write(frame: geopandas.GeoDataFrame, path: Path) -> None:
    options = {"ENCODING": shapes.ENCODING, "DBF_DATE_LAST_UPDATE": FILE_DATE}
    pyogrio.write_dataframe(frame, path, driver="ESRI Shapefile", layer_options=options)


def _measure(
    before: geopandas.GeoDataFrame,
    after: geopandas.GeoDataFrame,
    neighbours: geopandas.GeoDataFrame,
    stage: Path,
) -> ShapesReport:
    old, new = before.geometry.to_numpy(), after.geometry.to_numpy()
    codes = before["state_code"].tolist()
    changes = 100 * np.abs(shapely.area(new) / shapely.area(old) - 1)
    moved = coverages.displacements_m(before, after)
    every = np.concatenate(moved)
    furthest = np.array([distances.max() for distances in moved])
    written = [path.stat().st_size for path in stage.iterdir() if path.suffix in shapes.PARTS]
    return ShapesReport(
        vertices_before=coverages.vertex_count(old),
        vertices_after=coverages.vertex_count(new),
        parts_before=coverages.part_count(old),
        parts_after=coverages.part_count(new),
        area_before_km2=_km2(old),
        area_after_km2=_km2(new),
        area_change_max_pct=float(changes.max()),
        area_change_max_state=codes[int(changes.argmax())],
        displacement_median_m=float(np.median(every)),
        displacement_p99_m=float(np.percentile(every, 99)),
        displacement_max_m=float(furthest.max()),
        displacement_max_state=codes[int(furthest.argmax())],
        neighbour_count=len(neighbours),
        neighbour_vertices=coverages.vertex_count(neighbours.geometry.to_numpy()),
        byte_count=sum(written),
    )


def _km2(areas: NDArray[np.object_]) -> float:
    return float(shapely.area(areas).sum() / 1e6)


def _write_readme(path: Path, made: ShapesReport) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else _NEW_README
    head, start, rest = text.partition(BLOCK_START)
    _, end, tail = rest.partition(BLOCK_END)
    if not (start and end):
        message = "the measured part of the README has lost its marks"
        raise SourceInvalid(
            message,
            where=str(path),
            expected=f"{BLOCK_START} and {BLOCK_END}",
            fix="put both lines back, or restore the file from git",
        )
    path.write_text(f"{head}{readme_block(made)}{tail}", encoding="utf-8", newline="\n")


def _replace(out: Path, stage: Path, before: Path) -> None:
    if out.exists():
        out.rename(before)
    try:
        stage.rename(out)
    except OSError:
        if before.exists():
            before.rename(out)
        raise
