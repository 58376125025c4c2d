"""What is kept between runs: maps and drawings in each language, and names.

Cached functions take text only; the stamps of the folders make a changed file a new key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from geo_app import (
    advisories,
    agreement,
    agreement_figures,
    alert_days,
    alert_words,
    alerts,
    atlas,
    paths,
    routes,
    shapes,
    state_page,
    state_sheet,
)
from geo_app.atlas import Atlas
from geo_app.changes import compared, drawing, listing, offers, small_maps
from geo_app.changes.compared import Compared
from geo_app.changes.offers import Pair
from geo_app.figures import Figure, FigureRows
from geo_app.maps.figure import time_map_data
from geo_app.periods import parse_date
from geo_app.ranks import drawing as ranks_drawing
from geo_app.ranks import placed
from geo_app.ranks import words as ranks_words
from geo_app.ranks.placed import Ranks
from geo_app.route_records import Route
from geo_app.state_sheet import Asked, StateSheet
from geo_app.text import words
from geo_app.ui.time_map import MapBytes


def load_atlas() -> Atlas:
    """Return the atlas of the current data folder."""
    return atlas.load()


def map_bytes(slug: str, level: str, lang: str) -> MapBytes:
    """Return the map of an indicator at a level, ready to be sent.

    Raises
    ------
    AtlasError
        If the files of the map are missing or not those of the registry.
    """
    return _map_bytes(slug, level, lang, str(paths.home()), paths.stamp(paths.data_dir()))


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


def agreement_drawings(day: str, lang: str) -> FigureRows:
    """Return the maps and charts of a day of advice and figures, row by row.

    Raises
    ------
    AtlasError
        As ``agreement.on``.
    """
    return _agreement_drawings(day, lang, str(paths.home()), _stamps())


def alert_drawings(day: str, lang: str) -> tuple[Figure, ...]:
    """Return the map of the alert of a day, then that of the levels.

    Raises
    ------
    AtlasError
        As ``alert_days.on``.
    """
    return _alert_drawings(day, lang, str(paths.home()), _stamps())


def _stamps() -> str:
    return f"{paths.stamp(paths.data_dir())} {paths.stamp(paths.shapes_dir())}"


@st.cache_resource(show_spinner=False, max_entries=32)
def _agreement_drawings(day: str, lang: str, home: str, stamps: str) -> FigureRows:  # noqa: ARG001 - parts of the key
    found, say = agreement.on(atlas.load(), date.fromisoformat(day)), words(lang)
    return agreement_figures.rows(found, say)


@st.cache_resource(show_spinner=False, max_entries=32)
def _alert_drawings(day: str, lang: str, home: str, stamps: str) -> tuple[Figure, ...]:  # noqa: ARG001 - parts of the key
    found = alert_days.on(alerts.load(), date.fromisoformat(day))
    return alert_words.figures(found, advisories.history(), words(lang))


@dataclass(frozen=True, slots=True)
class SheetMade:
    """The sheet of a state, and its markup for a page."""

    sheet: StateSheet
    body: str


def state_sheet_made(asked: Asked, lang: str) -> SheetMade:
    """Return the sheet of a state in a language.

    Raises
    ------
    AtlasError
        As ``state_sheet.build``.
    """
    parts = (asked.state_code, asked.place, asked.day, asked.reference, lang)
    return _state_sheet(*parts, str(paths.home()), paths.stamp(paths.data_dir()))


@st.cache_resource(show_spinner=False, max_entries=128)
def _state_sheet(
    state_code: str,
    place: str,
    day: str,
    reference: str,
    lang: str,
    home: str,  # noqa: ARG001 - a part of the key
    stamp: int,  # noqa: ARG001 - a part of the key
) -> SheetMade:
    asked = Asked(state_code, place, day, reference)
    sheet = state_sheet.build(atlas.load(), asked, words(lang))
    return SheetMade(sheet, state_page.body(sheet))


@st.cache_resource(show_spinner=False, max_entries=64)
def _map_bytes(slug: str, level: str, lang: str, home: str, stamp: int) -> MapBytes:  # noqa: ARG001 - parts of the key
    found = time_map_data(atlas.load(), slug, lang, level=level or None)
    return MapBytes(found.head_json(), found.geometry.data, found.series.data)


@st.cache_resource(show_spinner=False, max_entries=2)
def _municipality_names(home: str, stamp: int) -> dict[str, str]:  # noqa: ARG001 - parts of the key
    return shapes.load_municipality_names()


@st.cache_resource(show_spinner=False, max_entries=256)
def _ways(stops: str, day: str, home: str, stamp: int) -> tuple[Route, ...]:  # noqa: ARG001 - parts of the key
    return routes.alternatives(stops.split(","), parse_date(day))


@dataclass(frozen=True, slots=True)
class ComparedMade:
    """Two periods of an indicator, and what a page shows of them."""

    compared: Compared
    offer: Pair | None
    """The nearest honest comparison, where none of the areas is compared."""
    figures: tuple[Figure, ...]
    table: str


@dataclass(frozen=True, slots=True)
class RanksMade:
    """The places of a period, and what a page shows of them."""

    ranks: Ranks
    offer: str | None
    """The nearest period with places, where this one has none."""
    figure: Figure | None
    table: str


def opening_pair(slug: str, level: str, last: str, known_on: str) -> Pair | None:
    """Return the two periods that the page of two dates opens on.

    Raises
    ------
    AtlasError
        As ``compared.opening``.
    """
    return _opening_pair(slug, level, last, known_on, str(paths.home()), _stamps())


def changes_made(
    slug: str, level: str, pair: Pair, within: str, known_on: str, lang: str
) -> ComparedMade:
    """Return two periods against each other, ready to be shown.

    Raises
    ------
    AtlasError
        As ``compared.compare``.
    """
    parts = (slug, level, "/".join(pair), within, known_on, lang)
    return _changes_made("\t".join(parts), str(paths.home()), _stamps())


def ranks_made(slug: str, level: str, period: str, known_on: str, lang: str) -> RanksMade:
    """Return the places of a period, ready to be shown.

    Raises
    ------
    AtlasError
        As ``placed.places``.
    """
    return _ranks_made(slug, level, period, "\t".join((known_on, lang)), _stamps())


@st.cache_resource(show_spinner=False, max_entries=256)
def _opening_pair(
    slug: str,
    level: str,
    last: str,
    known_on: str,
    home: str,  # noqa: ARG001 - a part of the key
    stamps: str,  # noqa: ARG001 - a part of the key
) -> Pair | None:
    return compared.opening(atlas.load(known_on or None), slug, last, level or None)


@st.cache_resource(show_spinner=False, max_entries=128)
def _changes_made(parts: str, home: str, stamps: str) -> ComparedMade:  # noqa: ARG001 - parts of the key
    slug, level, pair, within, known_on, lang = parts.split("\t")
    first, last = pair.split("/")
    known, say = atlas.load(known_on or None), words(lang)
    found = compared.compare(known, slug, (first, last), level or None, within)
    offered = offers.offer(known, slug, (first, last), level or None) if found.refusal else None
    drawn = (small_maps.figure(found, say), drawing.figure(found, say))
    figures = tuple(item for item in drawn if item is not None)
    return ComparedMade(found, offered, figures, listing.as_html(found, say))


@st.cache_resource(show_spinner=False, max_entries=128)
def _ranks_made(slug: str, level: str, period: str, parts: str, stamps: str) -> RanksMade:  # noqa: ARG001 - a part of the key
    known_on, lang = parts.split("\t")
    known, say = atlas.load(known_on or None), words(lang)
    found = placed.places(known, slug, period, level or None)
    near = placed.nearest_period(known, slug, period, level or None) if found.reason else None
    table = ranks_words.as_html(found, say)
    return RanksMade(found, near, ranks_drawing.figure(found, say), table)
