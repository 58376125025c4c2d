"""From the atlas to packed shapes and series, for one indicator and one kind of area.

Owns which areas and steps stand on a map and in which order. Does not own the layout of the bytes
(``geometry``, ``series``), the files (``artefacts``) or any text (``figure``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo_app import cities, classes, rates, shapes
from geo_app.atlas import Atlas
from geo_app.errors import TableInvalid
from geo_app.indicators import Geography, Indicator, Interval, Status, indicator
from geo_app.maps.geometry import Keyed, pack_shapes
from geo_app.maps.head import Exposure
from geo_app.maps.packing import Packed
from geo_app.maps.series import Counted, Floats, Ints, Scaled, Series, positions, scale_values
from geo_app.periods import parse

STATUSES = tuple(str(status) for status in Status)
"""The statuses of every series of the atlas, in the order of their numbers."""

INTERVALS = tuple(str(interval) for interval in Interval)
"""The intervals of every series of the atlas; the first one is none."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The numbers of one map."""

    periods: tuple[str, ...]
    codes: tuple[str, ...]
    series: Series


def gather(atlas: Atlas, slug: str, level: str | None = None) -> Gathered:
    """Return the numbers of all areas and periods of an indicator.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    slug
        Name of the indicator.
    level
        Kind of area; the indicator's own where none is given.

    Returns
    -------
    Gathered
        Areas in the order of ``area_codes``; an area without a row is missing.

    Raises
    ------
    BadRequest
        If the indicator or the level does not exist, or is on no map of Mexico.
    TableInvalid
        If an area of the tables has no place on the map, or what is packed would come out with
        another class than the atlas gives.
    """
    found = indicator(slug).drawn_at(level)
    periods, codes = atlas.periods(slug, level), area_codes(found.geography)
    rows = _rows(atlas, found, periods)
    _check_codes(rows, codes, found)
    cells = _Cells(rows, codes, periods)
    values = cells.numbers("value")
    is_known = ~np.isnan(values)
    series = Series(
        is_known=is_known,
        statuses=positions(cells.texts("status", str(Status.MISSING)), STATUSES).reshape(
            values.shape
        ),
        intervals=_intervals(cells, is_known),
        values=_values(found, cells, periods),
    )
    _check_classes(found, series, values, periods)
    return Gathered(periods, codes, series)


def area_codes(geography: Geography) -> tuple[str, ...]:
    """Return the codes of all areas that have a place on the map, sorted."""
    if geography is Geography.MUNICIPALITY:
        return tuple(shapes.load_municipality_names())
    if geography is Geography.STATE:
        return tuple(str(code) for code in shapes.load_states().index)
    return tuple(
        sorted(item.city_code for item in cities.all_cities() if item.longitude is not None)
    )


def gather_shapes(level: str) -> Packed:
    """Return the packed shapes of a kind of area, with the land around.

    Parameters
    ----------
    level
        "state", "municipality" (with its states as groups) or "city" (points over the states).

    Raises
    ------
    ShapesInvalid, HashMismatch
        If the shapes are not right.
    """
    base = tuple(shapes.load_neighbours().geometry)
    if level == Geography.MUNICIPALITY:
        areas = _keyed(shapes.load_municipalities().geometry)
        return pack_shapes(areas, base, groups=[code[:2] for code, _ in areas])
    states = _keyed(shapes.load_states().geometry)
    if level == Geography.STATE:
        return pack_shapes(states, base)
    return pack_shapes(_cities(), base, outlines=states)


def exposure(found: Indicator, periods: tuple[str, ...]) -> Exposure:
    """Return how the counts of each period become a rate."""
    spans = [rates.exposure(parse(text), found) for text in periods]
    # A population is that of the middle of its year.
    middles = [middle - 0.5 for middle, _ in spans]
    first, last = math.floor(min(middles)), math.ceil(max(middles))
    days = [parse(text).days if found.recipe.annualised else 1 for text in periods]
    return Exposure(
        years=tuple(range(first, last + 1)),
        at=tuple((math.floor(middle) - first, middle - math.floor(middle)) for middle in middles),
        factor=tuple(factor * rates.PER for _, factor in spans),
        days=tuple(days),
    )


def rates_of(counted: Counted, found: Exposure) -> Floats:
    """Return the rates as the browser computes them: shape (areas, steps), NaN without people."""
    people = np.column_stack([_people_at(counted.people, *at) for at in found.at])
    known = np.where(people > 0, people, np.nan)
    result: Floats = counted.counts * np.array(found.factor) / known
    return result


def _people_at(people: Ints, before: int, share: float) -> Floats:
    low = people[:, before].astype(float)
    if share == 0:
        return low
    grown: Floats = low + (people[:, before + 1] - low) * share
    return grown


@dataclass(frozen=True, slots=True)
class _Cells:
    """Rows of the atlas as tables of areas and steps."""

    rows: pd.DataFrame
    codes: tuple[str, ...]
    periods: tuple[str, ...]

    def numbers(self, column: str) -> Floats:
        return self._table(column).to_numpy(dtype=float)

    def texts(self, column: str, default: str) -> list[str]:
        found: list[str] = self._table(column).fillna(default).to_numpy().ravel().tolist()
        return found

    def _table(self, column: str) -> pd.DataFrame:
        # pivot_table would leave out what is missing.
        rows = self.rows
        table = rows.pivot(index="area_code", columns="period", values=column)  # noqa: PD010
        return table.reindex(index=list(self.codes), columns=list(self.periods))


def _rows(atlas: Atlas, found: Indicator, periods: tuple[str, ...]) -> pd.DataFrame:
    level = str(found.geography)
    rows = atlas.values(found.slug, level=level)
    # The day before the first issue is a period of its own that no row tells of.
    held = set(rows["period"])
    more = [
        atlas.values(found.slug, level=level, period=text) for text in periods if text not in held
    ]
    every = pd.concat([rows, *more], ignore_index=True)
    return every[every["area_kind"] == level]


def _values(found: Indicator, cells: _Cells, periods: tuple[str, ...]) -> Counted | Scaled:
    if found.recipe.denominator:
        counts = np.nan_to_num(cells.numbers("numerator")).astype(np.int64)
        return Counted(counts, _people(found, cells.codes, exposure(found, periods)))
    return scale_values(
        *(cells.numbers(column) for column in ("value", "low", "high")),
        decimals=found.decimals,
        classes=classes.scale(found.breaks, found.palette),
    )


def _people(found: Indicator, codes: tuple[str, ...], span: Exposure) -> Ints:
    rows = rates.stored(found.recipe.denominator_source, found.recipe.denominator, None)
    table = rows.pivot(index="area_code", columns="period", values="value")  # noqa: PD010
    years = [str(year) for year in span.years]
    people = table.reindex(index=list(codes), columns=years).fillna(0).to_numpy()
    if (people != np.rint(people)).any():
        message = "a population that is not a whole number"
        raise TableInvalid(message, where=found.recipe.denominator_source)
    return people.astype(np.int64)


def _intervals(cells: _Cells, is_known: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Ints:
    kinds = positions(cells.texts("interval", ""), INTERVALS).reshape(is_known.shape)
    has_ends = is_known & ~np.isnan(cells.numbers("low")) & ~np.isnan(cells.numbers("high"))
    return np.where(has_ends, kinds, 0)


def _keyed(geometry: pd.Series) -> Keyed:
    return tuple((str(code), shape) for code, shape in geometry.items())


def _cities() -> Keyed:
    import geopandas as gpd

    placed = sorted(
        (item.city_code, item.longitude, item.latitude)
        for item in cities.all_cities()
        if item.longitude is not None
    )
    points = gpd.points_from_xy([lon for _, lon, _ in placed], [lat for _, _, lat in placed])
    return tuple((code, point) for (code, _, _), point in zip(placed, points, strict=True))


def _check_codes(rows: pd.DataFrame, codes: tuple[str, ...], found: Indicator) -> None:
    # A city that the survey gave up has figures and no place: it stays in the table.
    retired = {item.city_code for item in cities.all_cities() if item.longitude is None}
    known = set(codes) | (retired if found.geography is Geography.CITY else set())
    lost = sorted(set(rows["area_code"]) - known)
    if lost:
        message = f"areas without a shape ({', '.join(lost[:10])})"
        raise TableInvalid(message, where=found.slug, fix="build the shapes again")


def _check_classes(
    found: Indicator, series: Series, values: Floats, periods: tuple[str, ...]
) -> None:
    """Prove of every cell that its class comes out of what is packed."""
    scale = classes.scale(found.breaks, found.palette)
    packed = series.values
    back = (
        rates_of(packed, exposure(found, periods))
        if isinstance(packed, Counted)
        else packed.values / 10**packed.power
    )
    shown = np.where(series.is_known, back, np.nan)
    if not np.array_equal(scale.of(shown.ravel()), scale.of(values.ravel())):
        message = "a packed value falls in another class than the value itself"
        raise TableInvalid(message, where=found.slug)
