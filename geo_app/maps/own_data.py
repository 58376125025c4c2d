"""A map over time of data of one's own: areas, values by period, breaks and colours.

Owns how a frame becomes a packed map on the spot. Does not own the maps of the atlas (``figure``),
which are packed once. There is no difference of two dates: of these values nothing is known that
would tell it from chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import geopandas as gpd
import numpy as np
import pandas as pd

from geo_app.classes import Classes
from geo_app.errors import BadRequest
from geo_app.maps.figure import map_words
from geo_app.maps.geometry import pack_shapes
from geo_app.maps.head import MapClass, MapStep, Mark
from geo_app.maps.payload import Head, TimeMapData
from geo_app.maps.series import Series, pack_series, positions, scale_values
from geo_app.text import Words, words

COLUMNS = ("area", "period", "value")
"""Columns that the values must have."""

OPTIONAL = {"low": None, "high": None, "interval": "", "status": "", "mark": ""}
"""Columns that they may have, and what stands for those that are left out."""


@dataclass(frozen=True, slots=True)
class OwnMap:
    """What is needed for a map of data of one's own.

    Examples
    --------
    >>> import geopandas as gpd, pandas as pd
    >>> from shapely.geometry import box
    >>> names = {"name": ["West", "East"]}
    >>> squares = [box(-104, 20, -102, 22), box(-102, 20, -100, 22)]
    >>> areas = gpd.GeoDataFrame(names, index=["w", "e"], geometry=squares, crs=4326)
    >>> rows = [("w", "2001", 3.0), ("e", "2001", 12.0), ("w", "2002", 4.5)]
    >>> values = pd.DataFrame(rows, columns=["area", "period", "value"])
    >>> own = OwnMap("Rain", "mm", areas, values, breaks=(5.0,), colours=("#fbe9d9", "#5c1a3a"))
    >>> [step.period for step in own.pack().head.steps]
    ['2001', '2002']
    """

    title: str
    unit: str
    areas: gpd.GeoDataFrame
    """Indexed by code; a column ``name`` and polygons whose borders agree, or points; any CRS."""
    values: pd.DataFrame
    """A row for each area and period that has something to say: ``area`` (a code), ``period``
    (text; periods sort as text), ``value`` (NaN = missing). May have ``low``, ``high`` and
    ``interval`` (how it was made, in words), ``status`` (in words; of a missing value the reason)
    and ``mark`` (one of ``head.MARKS``). What has no row is missing."""
    breaks: tuple[float, ...]
    """Ascending; a class is [low, high), the first and the last one open."""
    colours: tuple[str, ...]
    """One more than breaks, lowest class first, ``#rrggbb``."""
    decimals: int = 1
    lang: str = "en"

    def pack(self) -> TimeMapData:
        """Return the map, ready for ``TimeChoropleth``.

        Raises
        ------
        BadRequest
            If a column is missing, a row names an unknown area, two rows are of the same area and
            period, a mark is unknown, or breaks and colours do not fit.
        ShapesInvalid
            If an area cannot be drawn, or the borders do not agree.
        PackedInvalid
            If a value has too many decimals.
        """
        _check(self)
        say = words(self.lang)
        lacking = [name for name in OPTIONAL if name not in self.values]
        empty = pd.DataFrame([[OPTIONAL[name] for name in lacking]], columns=lacking)
        rows = self.values.merge(empty, how="cross") if lacking else self.values
        areas = self.areas.to_crs(4326)
        codes = tuple(str(code) for code in areas.index)
        periods = tuple(sorted(set(rows["period"])))
        statuses = [("", ""), *zip(rows["status"], rows["mark"], strict=True)]
        lists = list(dict.fromkeys(statuses)), list(dict.fromkeys(["", *rows["interval"]]))
        geometry = pack_shapes(tuple(zip(codes, areas.geometry, strict=True)))
        series = pack_series(_series(self, rows, (codes, periods), lists))
        return TimeMapData(_head(self, (codes, periods), lists, say), geometry, series)


Keys = tuple[tuple[str, ...], tuple[str, ...]]
"""Codes and periods."""

Lists = tuple[list[tuple[str, str]], list[str]]
"""Statuses with their marks, and intervals."""


def _series(own: OwnMap, rows: pd.DataFrame, keys: Keys, lists: Lists) -> Series:
    index = pd.MultiIndex.from_product(keys, names=["area", "period"])
    cells = rows.set_index(["area", "period"]).reindex(index)
    shape = tuple(map(len, keys))
    value, low, high = (
        cells[name].to_numpy(dtype=float).reshape(shape) for name in ("value", "low", "high")
    )
    status, mark, kind = (cells[name].fillna("") for name in ("status", "mark", "interval"))
    pairs = [f"{s}\n{m}" for s, m in zip(status, mark, strict=True)]
    has_ends = ~(np.isnan(value) | np.isnan(low) | np.isnan(high))
    intervals = positions(kind.tolist(), lists[1]).reshape(shape)
    return Series(
        is_known=~np.isnan(value),
        statuses=positions(pairs, [f"{s}\n{m}" for s, m in lists[0]]).reshape(shape),
        intervals=np.where(has_ends, intervals, 0),
        values=scale_values(
            value, low, high, decimals=own.decimals, classes=Classes(own.breaks, own.colours)
        ),
    )


def _head(own: OwnMap, keys: Keys, lists: Lists, say: Words) -> Head:
    marks: dict[str, Mark] = {mark: mark for mark in get_args(Mark)}
    bounds = Classes(own.breaks, own.colours).bounds
    labels = [_label(low, high, say) for low, high in bounds]
    classes = zip(labels, own.colours, strict=True)
    return Head(
        lang=own.lang,
        title=own.title,
        short=own.title,
        unit=own.unit,
        kind="rate",
        level="area",
        decimals=own.decimals,
        codes=keys[0],
        names=tuple(own.areas["name"].astype(str)),
        steps=tuple(MapStep(period, period, "", "", "") for period in keys[1]),
        breaks=own.breaks,
        classes=tuple(MapClass(label, colour) for label, colour in classes),
        statuses=tuple((status, marks[mark]) for status, mark in lists[0]),
        intervals=tuple(lists[1]),
        words=map_words("area", say),
    )


def _label(low: float | None, high: float | None, say: Words) -> str:
    texts = {"low": _number(low), "high": _number(high)}
    if low is None:
        return say("class_under", texts)
    return say("class_over", texts) if high is None else say("class_between", texts)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.12g}"


def _check(own: OwnMap) -> None:
    lacking = [name for name in COLUMNS if name not in own.values]
    if lacking or "name" not in own.areas:
        message = "a column is missing"
        expected = f"{', '.join(COLUMNS)} in the values, name in the areas"
        raise BadRequest(
            message, where="own map", expected=expected, got=", ".join(map(str, own.values))
        )
    unknown = sorted(set(own.values["area"]) - set(own.areas.index))
    if unknown:
        message = "values of areas that are not on the map"
        raise BadRequest(message, where="own map", got=", ".join(map(repr, unknown[:5])))
    if own.values.duplicated(["area", "period"]).any():
        message = "two values of the same area and period"
        raise BadRequest(message, where="own map", expected="one row each")
    _check_scale(own)


def _check_scale(own: OwnMap) -> None:
    if list(own.breaks) != sorted(set(own.breaks)) or len(own.colours) != len(own.breaks) + 1:
        message = "breaks and colours that do not fit"
        expected = "ascending breaks, and one colour more than breaks"
        got = f"{own.breaks} with {len(own.colours)} colours"
        raise BadRequest(message, where="own map", expected=expected, got=got)
    strange = sorted(set(own.values.get("mark", ())) - set(get_args(Mark)))
    if strange:
        message = "no such mark"
        expected = " or ".join(map(repr, get_args(Mark)))
        raise BadRequest(message, where="own map", expected=expected, got=repr(strange[0]))
