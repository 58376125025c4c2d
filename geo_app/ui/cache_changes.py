"""What is kept between runs of the pages of two dates and of places.

Cached functions take text only; the stamps of the folders make a changed file a new key.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from geo_app import paths
from geo_app.changes import compared, drawing, listing, offers, small_maps
from geo_app.changes.compared import Compared
from geo_app.changes.offers import Pair
from geo_app.figures import Figure
from geo_app.ranks import drawing as ranks_drawing
from geo_app.ranks import placed
from geo_app.ranks import words as ranks_words
from geo_app.ranks.placed import Ranks
from geo_app.text import words
from geo_app.ui.cache import load_atlas


def _stamps() -> str:
    return f"{paths.home()} {paths.stamp(paths.data_dir())} {paths.stamp(paths.shapes_dir())}"


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
    return _opening_pair(slug, level, last, known_on, _stamps())


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
    return _changes_made("\t".join(parts), _stamps())


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
    stamps: str,  # noqa: ARG001 - a part of the key
) -> Pair | None:
    return compared.opening(load_atlas(known_on), slug, last, level or None)


@st.cache_resource(show_spinner=False, max_entries=128)
def _changes_made(parts: str, stamps: str) -> ComparedMade:  # noqa: ARG001 - a part of the key
    slug, level, pair, within, known_on, lang = parts.split("\t")
    first, last = pair.split("/")
    known, say = load_atlas(known_on), words(lang)
    found = compared.compare(known, slug, (first, last), level or None, within)
    offered = offers.offer(known, slug, (first, last), level or None) if found.refusal else None
    drawn = (small_maps.figure(found, say), drawing.figure(found, say))
    figures = tuple(item for item in drawn if item is not None)
    return ComparedMade(found, offered, figures, listing.as_html(found, say))


@st.cache_resource(show_spinner=False, max_entries=128)
def _ranks_made(slug: str, level: str, period: str, parts: str, stamps: str) -> RanksMade:  # noqa: ARG001 - a part of the key
    known_on, lang = parts.split("\t")
    known, say = load_atlas(known_on), words(lang)
    found = placed.places(known, slug, period, level or None)
    near = placed.nearest_period(known, slug, period, level or None) if found.reason else None
    table = ranks_words.as_html(found, say)
    return RanksMade(found, near, ranks_drawing.figure(found, say), table)
