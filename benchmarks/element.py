"""Our element as a file of one page, written by the product's own export.

Owns how the case that the product does not show is put into such a page. Does not own the element
(``geo_app.maps``) nor the file (``geo_app.map_files``).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.cases import Case
from benchmarks.entropy import count_bytes, shape_bytes
from geo_app import atlas
from geo_app.indicators import Interval, Status
from geo_app.periods import DAYS_PER_YEAR

if TYPE_CHECKING:
    from geo_app.maps.packing import Packed
    from geo_app.maps.page import MapPage


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of our page."""

    page_bytes: int
    """The page without Leaflet."""
    packed_bytes: int
    """Packed shapes and values."""
    modelled_bytes: float
    """What the model of ``entropy`` needs for the same."""


def writer(case: Case) -> Callable[[Path], None]:
    """Return what writes our page of a case; its libraries and figures are read before."""
    from geo_app.maps.page import page_html

    _page(case)

    def write(out: Path) -> None:
        out.write_text(page_html(_page(case)), encoding="utf-8")

    return write


def weigh(case: Case, page: Path) -> Weight:
    """Return the bytes of our page of a case and those that the model needs."""
    from geo_app.maps.geometry import read_shapes
    from geo_app.maps.packing import identified
    from geo_app.maps.page import size_report

    made = _page(case)
    shapes = read_shapes(identified(made.geometry))
    modelled = count_bytes(case.counts)
    for coverage in (shapes.areas, shapes.outlines, shapes.base):
        rings = [ring for figure in coverage.figures for polygon in figure for ring in polygon]
        modelled += shape_bytes(coverage.arcs, rings) if rings else 0
    sizes = size_report(page.read_text(encoding="utf-8"))
    packed = len(made.geometry) + len(made.series)
    return Weight(sizes["whole"] - sizes["leaflet"], packed, modelled)


def _page(case: Case) -> MapPage:
    from geo_app.map_files import MapRequest, map_page

    page = map_page(atlas.load(), MapRequest(case.slug, case.level))
    return page if case.is_shown else _with_months(page, case)


def _with_months(page: MapPage, case: Case) -> MapPage:
    """Put the months of a case in the place of a page's years; areas and breaks are the same."""
    series = _packed(case)
    heads = {lang: _head(head, case, series.crc) for lang, head in page.heads.items()}
    view = {**page.view, "period": case.periods[-1]}
    return replace(page, heads=heads, series=series.data, view=view)


def _packed(case: Case) -> Packed:
    from geo_app.maps.gathering import INTERVALS, STATUSES
    from geo_app.maps.series import Counted, Series, pack_series

    is_known = ~np.isnan(case.rates.T)
    missing, final = (STATUSES.index(str(s)) for s in (Status.MISSING, Status.FINAL))
    poisson = INTERVALS.index(str(Interval.POISSON))
    firsts = [number for number, period in enumerate(case.periods) if period.endswith("-01")]
    return pack_series(
        Series(
            is_known=is_known,
            statuses=np.where(is_known, final, missing),
            intervals=np.where(is_known, poisson, 0),
            values=Counted(
                np.where(is_known, case.counts.T, 0).astype(np.int64),
                np.nan_to_num(case.people[firsts].T).astype(np.int64),
            ),
        )
    )


def _head(head: Mapping[str, object], case: Case, crc: str) -> dict[str, object]:
    years = sorted({int(period[:4]) for period in case.periods})
    days = [calendar.monthrange(int(p[:4]), int(p[5:]))[1] for p in case.periods]
    exposure = {
        "years": years,
        "at": [[int(period[:4]) - years[0], 0] for period in case.periods],
        "factor": [DAYS_PER_YEAR / count * 100_000 for count in days],
        "days": days,
    }
    steps = [[period, period, "", "", 0] for period in case.periods]
    own = {"title": case.title, "series": crc, "steps": steps, "exposure": exposure}
    return {**head, **own, "comparable": None}
