"""The join: the rows of one period and the shapes of their areas.

Owns which shape belongs to an area and the class of each value. Does not own the rows
(``observations``) or the question (``atlas``).
"""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import pandas as pd

from geo_app import cities, classes, paths, shapes
from geo_app.answers import Layer, value_of
from geo_app.indicators import Geography, Indicator


def join(found: Indicator, period: str, rows: pd.DataFrame) -> Layer:
    """Join the rows of one period to their shapes.

    Parameters
    ----------
    found
        The indicator.
    period
        The period that all rows are of.
    rows
        ``observations.COLUMNS``: at least one area of the indicator's own kind, and the nation
        where it has a row.

    Returns
    -------
    Layer
        An area without a shape, such as a city that the survey gave up, has no geometry.

    Raises
    ------
    ShapesInvalid, HashMismatch
        If the shapes are not right.
    TableInvalid
        If the palette of the indicator does not fit its breaks.
    """
    scale = classes.scale(found.breaks, found.palette)
    mine = rows[rows["area_kind"] == found.geography.area_kind].drop(columns="period")
    mine = mine.set_index("area_code").sort_index().rename_axis(f"{found.geography}_code")
    mine["class_index"] = scale.of(mine["value"])
    geometry = _geometry(found).reindex(mine.index)
    nation = rows[rows["area_kind"] == "nation"]
    return Layer(
        indicator=found,
        period=period,
        areas=gpd.GeoDataFrame(mine, geometry=geometry),
        nation=value_of(nation.iloc[0]) if len(nation) else None,
        classes=scale,
    )


def _geometry(found: Indicator) -> gpd.GeoSeries:
    if found.geography is not Geography.CITY:
        place = str(paths.shapes_dir()), paths.stamp(paths.shapes_dir())
        return _states(*place) if found.geography is Geography.STATE else _municipalities(*place)
    return _cities(str(paths.data_dir()), paths.stamp(paths.data_dir()))


@cache
def _states(_folder: str, _stamp: int) -> gpd.GeoSeries:
    return shapes.load_states().geometry


@cache
def _municipalities(_folder: str, _stamp: int) -> gpd.GeoSeries:
    return shapes.load_municipalities().geometry


@cache
def _cities(_folder: str, _stamp: int) -> gpd.GeoSeries:
    # A retired area has figures and no point: it stays in the table and is not on the map.
    every = [item for item in cities.all_cities() if item.longitude is not None]
    points = gpd.points_from_xy([c.longitude for c in every], [c.latitude for c in every])
    return gpd.GeoSeries(points, index=[item.city_code for item in every], crs="EPSG:4326")
