"""What a build of the shapes measured, and the part of ``shapes/README.md`` that tells it.

Owns the measures and their table. Does not own the geometry (``coverages``) or the tolerances and
files (``build_shapes``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely

from geo_app.errors import SourceInvalid
from geo_app.importers import coverages

BLOCK_START = "<!-- measured by `build shapes`, do not edit -->"
BLOCK_END = "<!-- end of the measured part -->"

_NEW_README = f"""# Shapes

Fuente: INEGI, Marco Geoestadístico 2019, geometría simplificada.

{BLOCK_START}
{BLOCK_END}
"""


@dataclass(frozen=True, slots=True)
class Simplification:
    """What simplifying one layer of INEGI's cost; lengths and areas in EPSG:6372."""

    tolerance_m: int
    """Along coasts and the borders of states."""
    tolerance_inside_m: int | None
    """Along borders inside a state; None where there are none."""
    area_count: int
    vertices_before: int
    """Vertices as INEGI draws them, shared borders counted for each area."""
    vertices_after: int
    parts_before: int
    """Separate polygons, islands included."""
    parts_after: int
    area_before_km2: float
    area_after_km2: float
    changed_areas: int
    """Areas whose size changes by more than one hundredth."""
    area_change_max_pct: float
    """Largest change of the size of one area, as a share of it, without sign."""
    area_change_max_code: str
    """Code (``cvegeo``) of that area."""
    displacement_median_m: float
    """Distance of INEGI's vertices from the simplified border of the same area."""
    displacement_p99_m: float
    displacement_max_m: float
    displacement_max_code: str
    """Code (``cvegeo``) of the area where the largest one is."""

    @property
    def area_change_total_pct(self) -> float:
        """Change of the size of all areas together, as a share of it, with its sign."""
        return 100 * (self.area_after_km2 / self.area_before_km2 - 1)


@dataclass(frozen=True, slots=True)
class ShapesReport:
    """What a build measured."""

    states: Simplification
    municipalities: Simplification
    dissolve_difference_km2: float
    """Area that only the states or only the dissolved municipalities cover, after both steps."""
    dissolve_difference_max_km2: float
    """The same for the state where it is largest."""
    dissolve_difference_max_state: str
    """Code of that state."""
    neighbour_tolerance_m: int
    neighbour_count: int
    neighbour_vertices: int
    byte_count: int
    """Size of all parts of all shapefiles."""


def measure_simplification(
    before: geopandas.GeoDataFrame,
    after: geopandas.GeoDataFrame,
    *,
    tolerance_m: int,
    tolerance_inside_m: int | None = None,
) -> Simplification:
    """Measure what was lost between two drawings of the same areas.

    Parameters
    ----------
    before, after
        The same rows in the same order, both in EPSG:6372, with a column ``cvegeo``.
    tolerance_m, tolerance_inside_m
        With what ``after`` was made.

    Returns
    -------
    Simplification
        As measured, nothing missing.
    """
    old, new = before.geometry.to_numpy(), after.geometry.to_numpy()
    codes = before["cvegeo"].tolist()
    changes = 100 * np.abs(shapely.area(new) / shapely.area(old) - 1)
    moved = coverages.displacements_m(before, after)
    every = np.concatenate(moved)
    furthest = np.array([distances.max() for distances in moved])
    return Simplification(
        tolerance_m=tolerance_m,
        tolerance_inside_m=tolerance_inside_m,
        area_count=len(codes),
        vertices_before=coverages.vertex_count(old),
        vertices_after=coverages.vertex_count(new),
        parts_before=coverages.part_count(old),
        parts_after=coverages.part_count(new),
        area_before_km2=float(shapely.area(old).sum() / 1e6),
        area_after_km2=float(shapely.area(new).sum() / 1e6),
        changed_areas=int((changes > 1).sum()),
        area_change_max_pct=float(changes.max()),
        area_change_max_code=codes[int(changes.argmax())],
        displacement_median_m=float(np.median(every)),
        displacement_p99_m=float(np.percentile(every, 99)),
        displacement_max_m=float(furthest.max()),
        displacement_max_code=codes[int(furthest.argmax())],
    )


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
    columns = (_NAMES, _cells(made.states), _cells(made.municipalities), _neighbour_cells(made))
    lines = [f"| {' | '.join(row)} |" for row in zip(*columns, strict=True)]
    heading = ["| measured | states | municipalities | neighbours |", "|---|---|---|---|"]
    return "\n".join([BLOCK_START, *heading, *lines, "", _closing(made), BLOCK_END])


def write_readme(path: Path, made: ShapesReport) -> None:
    """Put what a build measured into a README, or write a new one that also holds the credit.

    Parameters
    ----------
    path
        The README; what stands outside its two marks is kept.
    made
        What the build measured.

    Raises
    ------
    SourceInvalid
        If the README is there but its marks are not.
    """
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


_NAMES = (
    "areas",
    "tolerance",
    "tolerance inside a state",
    "vertices, before / after",
    "separate polygons, before / after",
    "total area, before",
    "total area, change",
    "areas that change by more than 1 %",
    "largest change of an area",
    "displacement, median",
    "displacement, 99 of 100 vertices",
    "displacement, largest",
)


def _cells(layer: Simplification) -> tuple[str, ...]:
    inside = layer.tolerance_inside_m
    return (
        f"{layer.area_count:,}",
        f"{layer.tolerance_m} m",
        "" if inside is None else f"{inside} m",
        f"{layer.vertices_before:,} / {layer.vertices_after:,}",
        f"{layer.parts_before:,} / {layer.parts_after:,}",
        f"{layer.area_before_km2:,.1f} km²",
        f"{layer.area_change_total_pct:+.4f} %",
        f"{layer.changed_areas}",
        f"{layer.area_change_max_pct:.2f} % ({layer.area_change_max_code})",
        f"{layer.displacement_median_m:.0f} m",
        f"under {layer.displacement_p99_m:.0f} m",
        f"{layer.displacement_max_m:,.0f} m ({layer.displacement_max_code})",
    )


def _neighbour_cells(made: ShapesReport) -> tuple[str, ...]:
    # Natural Earth's generalization is not ours to measure: only what was made of it is told.
    told = (str(made.neighbour_count), f"{made.neighbour_tolerance_m:,} m", "")
    vertices = f"after: {made.neighbour_vertices:,}"
    return (*told, vertices, *[""] * (len(_NAMES) - len(told) - 1))


def _closing(made: ShapesReport) -> str:
    share = 100 * made.dissolve_difference_km2 / made.states.area_after_km2
    return (
        f"Dissolved by state, the municipalities and the states differ by "
        f"{made.dissolve_difference_km2:.1f} km² in all ({share:.4f} % of the country), by "
        f"{made.dissolve_difference_max_km2:.1f} km² where most (state "
        f"{made.dissolve_difference_max_state}).\n"
        f"Size of all shapefiles: {made.byte_count:,} bytes."
    )
