"""What is kept between runs: maps and drawings in each language, and names.

Cached functions take text only; the stamps of the folders make a changed file a new key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from geo_app import advisories, alert_days, alert_words, alerts, atlas, paths, shapes
from geo_app.agreement import figures as agreement_figures
from geo_app.agreement import parting
from geo_app.atlas import Atlas
from geo_app.claims import drawings as claim_drawings
from geo_app.claims import every
from geo_app.claims.records import Claim
from geo_app.compare import comparison
from geo_app.compare import figures as compare_figures
from geo_app.compare.comparison import Asked as Compared
from geo_app.compare.comparison import Panel
from geo_app.compare.figures import Drawn
from geo_app.figures import Figure, FigureRows
from geo_app.maps.figure import time_map_data
from geo_app.methods.freshness import Freshness
from geo_app.methods.freshness import freshness as how_fresh
from geo_app.periods import parse_date
from geo_app.relations import bivariate, pairs
from geo_app.relations import drawings as relation_drawings
from geo_app.relations.bivariate import Grid
from geo_app.relations.pairs import Relation
from geo_app.routes import ways as routes
from geo_app.routes.records import Route
from geo_app.state_sheet import building
from geo_app.state_sheet import page as state_page
from geo_app.state_sheet.building import Asked, StateSheet
from geo_app.text import words
from geo_app.ui.time_map import MapBytes


def load_atlas(known_on: str = "") -> Atlas:
    """Return the atlas of the current data folder, or as it was known on a day (ISO date)."""
    return atlas.load(known_on or None)


def map_bytes(slug: str, level: str, lang: str, known_on: str = "") -> MapBytes:
    """Return the map of an indicator at a level, ready to be sent.

    Parameters
    ----------
    slug, level, lang
        The indicator, the kind of area ("" = its own) and the language.
    known_on
        ISO date on which its figures were known; "" for the newest ones.

    Raises
    ------
    AtlasError
        If the files of the map are missing or not those of the registry.
    """
    place = str(paths.home()), paths.stamp(paths.data_dir())
    return _map_bytes(slug, level, lang, known_on, *place)


def municipality_names() -> dict[str, str]:
    """Return the name of each municipality by its code.

    Raises
    ------
    AtlasError
        As ``shapes.load_municipality_names``.
    """
    return _municipality_names(str(paths.home()), paths.stamp(paths.shapes_dir()))


def ways(stops: str, day: str) -> tuple[Route, ...]:
    """Return the ways between stops.

    Parameters
    ----------
    stops
        Codes with commas between them.
    day
        ISO date of which the advice is told.

    Raises
    ------
    AtlasError
        As ``routes.alternatives``.
    """
    return _ways(stops, day, str(paths.home()), paths.stamp(paths.data_dir()))


def agreement_drawings(day: str, lang: str, known_on: str = "") -> FigureRows:
    """Return the maps and charts of a day of advice and figures, row by row.

    Raises
    ------
    AtlasError
        As ``parting.on``.
    """
    return _agreement_drawings(day, lang, known_on, str(paths.home()), _stamps())


def freshness(today: str, known_on: str) -> tuple[Freshness, ...]:
    """Return how fresh each source is on a day, of the newest figures or those known on a day."""
    return _freshness(today, known_on, str(paths.home()), paths.stamp(paths.data_dir()))


@st.cache_resource(show_spinner=False, max_entries=8)
def _freshness(today: str, known_on: str, home: str, stamp: int) -> tuple[Freshness, ...]:  # noqa: ARG001 - parts of the key
    return how_fresh(load_atlas(known_on), date.fromisoformat(today))


def alert_drawings(day: str, lang: str) -> tuple[Figure, ...]:
    """Return the map of the alert of a day, then that of the levels.

    Raises
    ------
    AtlasError
        As ``alert_days.on``.
    """
    return _alert_drawings(day, lang, str(paths.home()), _stamps())


@dataclass(frozen=True, slots=True)
class RelationMade:
    """Two indicators of the states at one moment, and what is drawn of them."""

    relation: Relation
    grid: Grid | None
    """None where no state has both figures."""
    scatter: Figure
    both: tuple[Figure, ...]
    """The map of both and its key; empty where there is none."""


def relation_made(
    first: str, period: str, second: str, lang: str, known_on: str
) -> RelationMade | None:
    """Return two indicators against each other; None where the second has no such moment.

    Raises
    ------
    AtlasError
        As ``pairs.relate``.
    """
    return _relation(first, period, second, lang, known_on, str(paths.home()), _stamps())


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """One claim, and what is drawn of it."""

    claim: Claim
    figures: tuple[Figure, ...]


def claims_made(lang: str, known_on: str) -> tuple[ClaimMade, ...]:
    """Return the claims of the article with their drawings.

    Raises
    ------
    AtlasError
        As ``every.claims``.
    """
    return _claims(lang, known_on, str(paths.home()), _stamps())


def _stamps() -> str:
    return f"{paths.stamp(paths.data_dir())} {paths.stamp(paths.shapes_dir())}"


@st.cache_resource(show_spinner=False, max_entries=32)
def _agreement_drawings(day: str, lang: str, known_on: str, home: str, stamps: str) -> FigureRows:  # noqa: ARG001 - parts of the key
    found, say = parting.on(load_atlas(known_on), date.fromisoformat(day)), words(lang)
    return agreement_figures.rows(found, say)


@st.cache_resource(show_spinner=False, max_entries=32)
def _alert_drawings(day: str, lang: str, home: str, stamps: str) -> tuple[Figure, ...]:  # noqa: ARG001 - parts of the key
    found = alert_days.on(alerts.load(), date.fromisoformat(day))
    return alert_words.figures(found, advisories.history(), words(lang))


@st.cache_resource(show_spinner=False, max_entries=16)
def _claims(lang: str, known_on: str, home: str, stamps: str) -> tuple[ClaimMade, ...]:  # noqa: ARG001 - parts of the key
    say = words(lang)
    found = every.claims(load_atlas(known_on))
    return tuple(ClaimMade(claim, claim_drawings.figures(claim, say)) for claim in found)


@st.cache_resource(show_spinner=False, max_entries=64)
def _relation(
    first: str,
    period: str,
    second: str,
    lang: str,
    known_on: str,
    home: str,  # noqa: ARG001 - a part of the key
    stamps: str,  # noqa: ARG001 - a part of the key
) -> RelationMade | None:
    found, say = pairs.relate(load_atlas(known_on), first, period, second), words(lang)
    if found is None:
        return None
    grid = bivariate.grid(found)
    both = relation_drawings.both(found, grid, say) if grid else ()
    return RelationMade(found, grid, relation_drawings.scatter(found, say), both)


@dataclass(frozen=True, slots=True)
class SheetMade:
    """The sheet of a state, and its markup for a page."""

    sheet: StateSheet
    body: str


def state_sheet_made(asked: Asked, lang: str, known_on: str = "") -> SheetMade:
    """Return the sheet of a state in a language, with the figures known on a day or the newest.

    Raises
    ------
    AtlasError
        As ``building.build``.
    """
    parts = (asked.state_code, asked.place, asked.day, asked.reference, lang)
    return _state_sheet(*parts, known_on, f"{paths.home()} {paths.stamp(paths.data_dir())}")


@st.cache_resource(show_spinner=False, max_entries=128)
def _state_sheet(
    state_code: str,
    place: str,
    day: str,
    reference: str,
    lang: str,
    known_on: str,
    data: str,  # noqa: ARG001 - a part of the key
) -> SheetMade:
    asked = Asked(state_code, place, day, reference)
    sheet = building.build(load_atlas(known_on), asked, words(lang))
    return SheetMade(sheet, state_page.body(sheet))


@st.cache_resource(show_spinner=False, max_entries=64)
def _map_bytes(
    slug: str,
    level: str,
    lang: str,
    known_on: str,
    home: str,  # noqa: ARG001 - a part of the key
    stamp: int,  # noqa: ARG001 - a part of the key
) -> MapBytes:
    found = time_map_data(load_atlas(known_on), slug, lang, level=level or None)
    return MapBytes(found.head_json(), found.geometry.data, found.series.data)


@st.cache_resource(show_spinner=False, max_entries=2)
def _municipality_names(home: str, stamp: int) -> dict[str, str]:  # noqa: ARG001 - parts of the key
    return shapes.load_municipality_names()


@st.cache_resource(show_spinner=False, max_entries=256)
def _ways(stops: str, day: str, home: str, stamp: int) -> tuple[Route, ...]:  # noqa: ARG001 - parts of the key
    return routes.alternatives(stops.split(","), parse_date(day))


@dataclass(frozen=True, slots=True)
class PanelMade:
    """The lines of one source, and their drawings for a page."""

    panel: Panel
    drawn: Drawn


def compared(asked: Compared, lang: str, known_on: str | None) -> tuple[PanelMade, ...]:
    """Return the panels of a comparison in a language.

    Raises
    ------
    AtlasError
        As ``comparison.build``.
    """
    areas = ",".join(asked.codes)
    stretch = (asked.start, asked.end, asked.base)
    parts = (asked.indicator, areas, *stretch, asked.second, asked.chart)
    return _compared(parts, lang, known_on or "", str(paths.home()), _stamps())


@st.cache_resource(show_spinner=False, max_entries=32)
def _compared(
    parts: tuple[str, ...],
    lang: str,
    known_on: str,
    home: str,  # noqa: ARG001 - a part of the key
    stamps: str,  # noqa: ARG001 - a part of the key
) -> tuple[PanelMade, ...]:
    slug, areas, start, end, base, second, chart = parts
    asked = Compared(slug, tuple(areas.split(",")), start, end, base, second, chart)
    panels = comparison.build(load_atlas(known_on), asked)
    say = words(lang)
    return tuple(PanelMade(item, compare_figures.draw(item, say)) for item in panels)
