"""The name of any area that has a value, by its kind and code.

Owns the one place where a kind of area finds its list of names. Does not own the lists.
"""

from __future__ import annotations

from functools import cache

from geo_app import cities, paths, shapes, us_areas
from geo_app.errors import BadRequest
from geo_app.states import NATION_CODE, state

NATION_NAMES = {"en": "Mexico (nation)", "es": "México (nación)"}
"""The nation in words; the state of Mexico has a name of its own."""


def area_name(kind: str, code: str, lang: str = "es") -> str:
    """Return the usual name of an area.

    Parameters
    ----------
    kind
        "nation", "state", "municipality", "city", or a kind of ``us_areas``.
    code
        Its code.
    lang
        "en" or "es".

    Examples
    --------
    >>> area_name("state", "09", "en")
    'Mexico City'
    """
    if kind in us_areas.KINDS:
        return us_areas.area(kind, code).name(lang)
    if code == NATION_CODE:
        return NATION_NAMES[lang]
    if kind == "municipality":
        return _municipality_name(code)
    return cities.city(code).name if kind == "city" else state(code).name(lang)


def _municipality_name(code: str) -> str:
    folder = paths.shapes_dir()
    name = _municipality_names(str(folder), paths.stamp(folder)).get(code)
    if name is None:
        message = "no such municipality"
        raise BadRequest(message, expected="a code of shapes/municipalities.shp", got=repr(code))
    return name


@cache
def _municipality_names(_folder: str, _stamp: int) -> dict[str, str]:
    return shapes.load_municipality_names()
