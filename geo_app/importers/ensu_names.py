"""The cities of ENSU by name: the only place where a name in a table becomes a city code.

Owns ``ensu_names.csv``: every spelling in INEGI's tables and lists of codes since 2019Q3, by the
state under which it stands, and the first quarter of 2019 or later in which the city has a figure.
INEGI's tables give no codes, and its codes were renumbered in 2016 and once more in 2019, so a
code in an older file is not looked up here. Does not own points and notes (``cities``).
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from geo_app.errors import SourceInvalid
from geo_app.states import fold

SLUG = "ensu"
MEASURE = "insecurity_pct"

FILE = "ensu_names.csv"

RETIRED = frozenset({"15", "16", "17", "18"})
"""The four regions of Mexico City: the survey gave them up for the 16 boroughs in 2019Q3. A city
whose figures end for another reason is missing afterwards, not outside the survey."""

LAST_OF_RETIRED = "2019Q2"
"""Last quarter of those regions."""

PART_OF_OTHER = frozenset({"T1"})
"""Torreón, an own key: INEGI publishes it beside La Laguna (07), of which it is a part."""


def code_in(state_code: str, name: str) -> str | None:
    """Return the code of a city from its name in a table, or None where it is no known city.

    Parameters
    ----------
    state_code
        The state under whose heading the name stands; La Laguna stands under two.
    name
        As in the table, without the number of a footnote.

    Examples
    --------
    >>> code_in("15", "Cuautitlán"), code_in("10", "La Laguna"), code_in("10", "Colima")
    ('89', '07', None)
    """
    return _codes().get((state_code, fold(name)))


def unknown(state_code: str, name: str, where: str) -> SourceInvalid:
    """Return the error for a name that is no city of a state, with the nearest names."""
    names = {text: text for code, text in _codes() if code == state_code}
    near = difflib.get_close_matches(fold(name), names, n=3, cutoff=0.5)
    message = "no city of this name is listed in the state"
    advice = f"did you mean {' or '.join(near)}? " if near else ""
    return SourceInvalid(
        message,
        where=where,
        got=f"{name!r} in {state_code}",
        fix=f"{advice}a city new to the survey needs a line in {FILE} and in the list of cities",
    )


def first_quarters() -> Mapping[str, str]:
    """Return the first quarter of every city, by code; "2019Q1" may mean an earlier one."""
    return {row["city_code"]: row["first"] for row in _lines()}


@cache
def _codes() -> dict[tuple[str, str], str]:
    return {(row["state_code"], fold(row["name"])): row["city_code"] for row in _lines()}


@cache
def _lines() -> tuple[dict[str, str], ...]:
    text = resources.files("geo_app.importers").joinpath(FILE).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
