"""A map over time of data of one's own: areas, values by period, breaks and colours.

Owns how a frame becomes a packed map on the spot. Does not own the maps of the atlas (``figure``),
which are packed once. There is no difference of two dates: of these values nothing is known that
would tell it from chance.
"""

from __future__ import annotations

import math
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

NUMBERS = ("value", "low", "high")
"""Columns of numbers."""

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
    (both are read and sorted as text), ``value`` (NaN = missing). May have ``low``, ``high`` and
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
            If a column or the CRS is missing, an area appears twice, a row names an unknown area,
            no period or no number, two rows are of the same area and period, an interval is not
            whole or not named, a mark is unknown, or breaks and colours do not fit.
        ShapesInvalid
            If an area cannot be drawn, or the borders do not agree.
        PackedInvalid
            If a value is infinite, too large, or has too many decimals.
        """
        say = words(self.lang)
        _check_areas(self)
        rows = _rows(self)
        _check_rows(self, rows)
        _check_scale(self)
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


def _rows(own: OwnMap) -> pd.DataFrame:
    """Return the values with every column; codes, periods and words as text, numbers as such."""
    lacking = [name for name in OPTIONAL if name not in own.values]
    empty = pd.DataFrame([[OPTIONAL[name] for name in lacking]], columns=lacking)
    rows = own.values.merge(empty, how="cross") if lacking else own.values
    texts = {name: rows[name].astype(object) for name in ("interval", "status", "mark")}
    told = {name: text.where(text.notna(), "").astype(str) for name, text in texts.items()}
    try:
        numbers = {name: pd.to_numeric(rows[name]).astype(float) for name in NUMBERS}
    except (TypeError, ValueError) as error:
        message = f"a value that is no number ({error})"
        raise BadRequest(message, where="own map") from error
    if rows["period"].isna().any():
        message = "a row without a period"
        raise BadRequest(message, where="own map")
    # A code that is a number on one side only would be found nowhere.
    keys = {name: rows[name].astype(str) for name in ("area", "period")}
    return rows.assign(**keys, **numbers, **told)


def _series(own: OwnMap, rows: pd.DataFrame, keys: Keys, lists: Lists) -> Series:
    index = pd.MultiIndex.from_product(keys, names=["area", "period"])
    cells = rows.set_index(["area", "period"]).reindex(index)
    shape = tuple(map(len, keys))
    value, low, high = (cells[name].to_numpy(dtype=float).reshape(shape) for name in NUMBERS)
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


def _check_areas(own: OwnMap) -> None:
    lacking = [name for name in COLUMNS if name not in own.values]
    if lacking or "name" not in own.areas:
        message = "a column is missing"
        expected = f"{', '.join(COLUMNS)} in the values, name in the areas"
        raise BadRequest(
            message, where="own map", expected=expected, got=", ".join(map(str, own.values))
        )
    if own.areas.crs is None:
        message = "areas without a CRS"
        raise BadRequest(message, where="own map", fix="name it with set_crs")
    codes = own.areas.index.astype(str)
    if codes.duplicated().any():
        message = "the same area appears twice"
        raise BadRequest(message, where="own map", got=repr(codes[codes.duplicated()][0]))


def _check_rows(own: OwnMap, rows: pd.DataFrame) -> None:
    unknown = sorted(set(rows["area"]) - set(own.areas.index.astype(str)))
    if unknown:
        message = "values of areas that are not on the map"
        raise BadRequest(message, where="own map", got=", ".join(map(repr, unknown[:5])))
    if rows.duplicated(["area", "period"]).any():
        message = "two values of the same area and period"
        raise BadRequest(message, where="own map", expected="one row each")
    has_end = rows["low"].notna() | rows["high"].notna()
    is_whole = rows[[*NUMBERS]].notna().all(axis=1) & (rows["interval"] != "")
    if (has_end & ~is_whole).any():
        message = "an interval that is not whole or not named"
        expected = "value, low, high and in `interval` how it was made"
        raise BadRequest(message, where="own map", expected=expected)
    strange = sorted(set(rows["mark"]) - set(get_args(Mark)))
    if strange:
        message = "no such mark"
        expected = " or ".join(map(repr, get_args(Mark)))
        raise BadRequest(message, where="own map", expected=expected, got=repr(strange[0]))


def _check_scale(own: OwnMap) -> None:
    is_ascending = list(own.breaks) == sorted({*filter(math.isfinite, own.breaks)})
    if not is_ascending or len(own.colours) != len(own.breaks) + 1:
        message = "breaks and colours that do not fit"
        expected = "ascending breaks, and one colour more than breaks"
        got = f"{own.breaks} with {len(own.colours)} colours"
        raise BadRequest(message, where="own map", expected=expected, got=got)
