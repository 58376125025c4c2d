"""What one chart, map or table of a page hands over, and the files that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from geo_app.figures import Figure
from geo_app.view import View


@dataclass(frozen=True, slots=True)
class Take:
    """One chart, map or table with all that its files need."""

    name: str
    """Stem of the names of its files: letters, digits, ``_`` and ``-``."""
    title: str
    """What it shows, in one line in the reader's language, with period and unit."""
    view: View
    """What is being looked at: the link, the language, the day of which figures are known."""
    indicators: tuple[str, ...]
    """Slugs of all indicators whose figures are in it: their sources and licences."""
    shown: pd.DataFrame
    """What is shown, one row a figure: columns in English with units in their names,
    ``area_code`` as text; NaN or empty text = not given. Where it has the columns of
    ``export.ANSWER_COLUMNS`` it says itself where each number comes from."""
    every: Callable[[], pd.DataFrame] | None = None
    """Makes the rows that are not shown too, in the same columns; None where all are shown."""
    areas: gpd.GeoSeries | None = None
    """Shapes indexed by area code, EPSG:4326, for the rows whose ``area_code`` they have; None for
    what is no map."""
    drawings: tuple[str | Figure, ...] = ()
    """SVG texts, or figures with their title, legend and notes."""
    notes: tuple[str, ...] = ()
    """Sentences that must go along: how it was computed, what it does not say."""
    python: str = ""
    """Lines that compute ``shown`` with the library; empty where it is values of the indicators,
    whose lines are written by ``code.python``."""
    command: tuple[str, ...] = ()
    """Words of the command line, after the program's name, that print the same as CSV; empty where
    it is values of the indicators."""
    further_sources: tuple[str, ...] = ()
    """Slugs of sources whose facts are in it beside those of the indicators."""
    pictures: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    """Makers of pictures by kind of file, "svg" or "png", where they are not framed drawings: the
    large map has a sheet of its own."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One file, made when it is asked for."""

    name: str
    media_type: str
    key: str
    """Names the kind of file: a key of the locale after ``take_``."""
    make: Callable[[], bytes]
