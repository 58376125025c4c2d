"""Answers as files: CSV, JSON and GeoJSON, always with the source of every number.

Owns the columns of an answer and how a missing value is written: empty in CSV, null in JSON, never
zero. Does not decide what belongs to an answer (``atlas``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo_app import restrictions
from geo_app.advisories import ISSUER, Advice
from geo_app.answers import Layer
from geo_app.areas import area_name
from geo_app.foreign import ForeignAdvice
from geo_app.observations import COLUMNS

ANSWER_COLUMNS = ["indicator", *COLUMNS[:2], "area_name", *COLUMNS[2:]]
"""Columns of every answer, in their order."""

Scalar = str | int | float | bool | list[str] | list[dict[str, str | int | None]] | None


def answer(rows: pd.DataFrame, slug: str, lang: str = "es") -> pd.DataFrame:
    """Return rows of an indicator as an answer.

    Parameters
    ----------
    rows
        ``observations.COLUMNS``.
    slug
        Name of the indicator.
    lang
        Language of the names of areas.

    Returns
    -------
    pandas.DataFrame
        ``ANSWER_COLUMNS``, sorted by area code and period; NaN and empty text = not given.
    """
    named = rows.sort_values(["area_code", "period"], kind="stable").assign(indicator=slug)
    keys = list(zip(named["area_kind"], named["area_code"], strict=True))
    names = {key: area_name(*key, lang) for key in dict.fromkeys(keys)}
    named["area_name"] = [names[key] for key in keys]
    return named[ANSWER_COLUMNS].reset_index(drop=True)


def layer_rows(layer: Layer) -> pd.DataFrame:
    """Return the areas of a layer in ``observations.COLUMNS``, without the nation."""
    flat = pd.DataFrame(layer.areas.drop(columns="geometry"))
    return flat.rename_axis("area_code").reset_index().assign(period=layer.period)[COLUMNS]


def to_csv(frame: pd.DataFrame) -> str:
    """Return an answer as CSV: UTF-8, LF, empty where nothing is given."""
    columns = {name: [_plain(v) for v in frame[name]] for name in frame.columns}
    return pd.DataFrame(columns, dtype=object).to_csv(index=False, lineterminator="\n")


def to_records(frame: pd.DataFrame) -> list[dict[str, Scalar]]:
    """Return an answer as objects; None where nothing is given, whole numbers as such."""
    columns = [[_plain(value) for value in frame[name]] for name in frame.columns]
    return [dict(zip(frame.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def to_json(records: Sequence[Mapping[str, Scalar]]) -> str:
    """Return objects as one JSON list; a missing number is null."""
    return json.dumps(list(records), ensure_ascii=False, allow_nan=False, indent=1)


def to_geojson(layer: Layer, lang: str = "es") -> str:
    """Return a layer as a GeoJSON feature collection in EPSG:4326 (RFC 7946).

    Parameters
    ----------
    layer
        Areas of one period.
    lang
        Language of the names of areas.

    Returns
    -------
    str
        One feature an area, its properties the columns of the answer.
    """
    records = to_records(answer(layer_rows(layer), layer.indicator.slug, lang))
    places = layer.areas.geometry.to_dict()
    features = [
        {
            "type": "Feature",
            "id": item["area_code"],
            "geometry": _geometry(places[item["area_code"]]),
            "properties": item,
        }
        for item in records
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False)


def advice_records(items: Sequence[Advice], lang: str = "es") -> list[dict[str, Scalar]]:
    """Return advice as objects with the columns of the command ``advisory``.

    ``restrictions`` is None where the rules of an issue are not known and empty where its text
    gives none; ``scope`` and ``places`` are None: a US level is meant for the whole state.
    """
    return [_advice_record(item, lang) for item in items]


def _advice_record(item: Advice, lang: str) -> dict[str, Scalar]:
    return {
        "issuer": ISSUER,
        "area_code": item.state_code,
        "area_name": area_name("state", item.state_code, lang),
        "level": item.level,
        "level_name": item.level_name,
        "status": str(item.status),
        "since": _day(item.since),
        "issued": _day(item.issued),
        "last_stated": _day(item.last_stated),
        "newer_issue": item.is_newer_issue,
        "country_level": item.country_level,
        "reasons": None if item.reasons is None else list(item.reasons),
        "restrictions": _restrictions(item),
        "scope": None,
        "places": None,
        "source": item.address or None,
        "checked": str(item.checked),
    }


def _restrictions(item: Advice) -> list[dict[str, str | int | None]] | None:
    """Return the rules of a state as objects with the columns of their list in ``data/``."""
    if item.restrictions is None:
        return None
    issue = {"issuer": ISSUER, "issued": _day(item.last_stated), "state_code": item.state_code}
    return [
        {**issue, "number": rule.number, **_words(rule.cells()[1:])} for rule in item.restrictions
    ]


def _words(cells: Sequence[str]) -> dict[str, str | None]:
    """Return the words of a rule by their columns; several of one kind as text with commas."""
    told = (cell.replace(restrictions.BETWEEN, ", ") or None for cell in cells)
    return dict(zip(restrictions.COLUMNS[4:], told, strict=True))


def foreign_records(items: Sequence[ForeignAdvice], lang: str = "es") -> list[dict[str, Scalar]]:
    """Return advice of another issuer as objects with the same columns.

    ``newer_issue`` is None where it is not known whether one stands; ``places`` is None where they
    are not known and empty where there is none to name. ``restrictions`` is None: none are held.
    """
    return [_foreign_record(item, lang) for item in items]


def _foreign_record(item: ForeignAdvice, lang: str) -> dict[str, Scalar]:
    return {
        "issuer": str(item.issuer),
        "area_code": item.state_code,
        "area_name": area_name("state", item.state_code, lang),
        "level": item.level,
        "level_name": item.level_name,
        "status": str(item.status),
        "since": _day(item.since),
        "issued": _day(item.issued),
        "last_stated": _day(item.last_stated),
        "newer_issue": item.is_newer_issue,
        "country_level": item.country_level,
        "reasons": None if item.reasons is None else list(item.reasons),
        "restrictions": None,
        "scope": None if item.scope is None else str(item.scope),
        "places": None if item.places is None else list(item.places),
        "source": item.address or None,
        "checked": str(item.checked),
    }


def _geometry(shape: BaseGeometry | None) -> dict[str, object] | None:
    return None if shape is None else dict(shape.__geo_interface__)


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _plain(value: object) -> Scalar:
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() else value
    return str(value) or None
