"""The areas of the United States that figures are held of: CDC's states and CBP's offices.

Owns their codes, their names in both languages, the listed spellings and the border region of each
office or sector. Nothing is matched by similarity. Does not own the states of Mexico (``states``):
none of these areas is one, and the United States is never the "nation" of this atlas.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from geo_app.errors import BadRequest
from geo_app.states import fold

NATION_CODE = "US"
"""Code of the United States as a whole, of kind "us_nation"."""

PART_KINDS = ("us_state", "us_border")
"""Kinds of area that a table of the United States counts by."""

KINDS = ("us_nation", "us_region", *PART_KINDS)
"""Kinds of area of the United States."""

_BESIDE = {
    "us_state": ("us_nation", "us_state"),
    "us_border": ("us_nation", "us_region", "us_border"),
}
"""Kinds whose areas a question about one kind may name."""


@dataclass(frozen=True, slots=True)
class UsArea:
    """One area of the United States."""

    area_kind: str
    """One of ``KINDS``."""
    area_code: str
    """CDC's two letters of a state ("YC" New York City); our own words for an office of CBP."""
    name_en: str
    name_es: str
    region_code: str
    """Code of the border region of an office or sector, as CBP assigns it; empty for others."""
    aliases: tuple[str, ...]
    """Other spellings met in official files."""

    def name(self, lang: str) -> str:
        """Return the name in a language, "en" or "es"."""
        return self.name_en if lang == "en" else self.name_es

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means this area; of a state its ISO 3166-2 code too."""
        iso = (f"US-{self.area_code}",) if self.area_kind == "us_state" else ()
        return (self.area_code, self.name_en, self.name_es, *iso, *self.aliases)


@cache
def all_areas() -> tuple[UsArea, ...]:
    """Return every area, in the order of the list."""
    text = resources.files("geo_app").joinpath("us_areas.csv").read_text(encoding="utf-8")
    return tuple(
        UsArea(**{**row, "aliases": tuple(filter(None, row["aliases"].split("|")))})  # type: ignore[arg-type]
        for row in csv.DictReader(text.splitlines())
    )


@cache
def codes(kind: str) -> tuple[str, ...]:
    """Return the codes of all areas of a kind, in the order of the list."""
    return tuple(item.area_code for item in all_areas() if item.area_kind == kind)


@cache
def regions() -> Mapping[str, str]:
    """Return the border region of every office and sector, by its code."""
    return {item.area_code: item.region_code for item in all_areas() if item.region_code}


def area(kind: str, code: str) -> UsArea:
    """Return an area by its kind and code.

    Raises
    ------
    BadRequest
        If there is no such area.
    """
    found = _areas().get((kind, code))
    if found is not None:
        return found
    message = f"no {kind} has this code"
    raise BadRequest(message, expected=", ".join(codes(kind)), got=repr(code))


def kind_of(code: str, kind: str) -> str:
    """Return the kind of area that a code names in a table of one kind; "" for a wrong code.

    Examples
    --------
    >>> kind_of("YC", "us_state"), kind_of("US", "us_state"), kind_of("25", "us_state")
    ('us_state', 'us_nation', '')
    """
    if code == NATION_CODE:
        return "us_nation"
    return kind if code in codes(kind) else ""


def code_of(name: str, kind: str) -> str:
    """Return the code of an area from any listed spelling.

    Parameters
    ----------
    name
        Code, ISO code or a listed name, in any case and with or without accents and hyphens.
    kind
        "us_state" or "us_border": the United States is among both, a region among the second.

    Raises
    ------
    BadRequest
        If the spelling is not listed for that kind.

    Examples
    --------
    >>> code_of("california", "us_state"), code_of("SAN DIEGO SECTOR", "us_border")
    ('CA', 'san-diego-sector')
    """
    found = _codes(kind).get(fold(name))
    if found is None:
        message = f"no {kind} of this name is listed"
        first = ", ".join(codes(kind)[:3])
        fix = f"use a code such as {first}, or {NATION_CODE} for the United States"
        raise BadRequest(message, got=repr(name.strip()), fix=fix)
    return found


@cache
def _areas() -> Mapping[tuple[str, str], UsArea]:
    return {(item.area_kind, item.area_code): item for item in all_areas()}


@cache
def _codes(kind: str) -> Mapping[str, str]:
    return {
        fold(text): item.area_code
        for item in all_areas()
        if item.area_kind in _BESIDE[kind]
        for text in item.spellings
    }
