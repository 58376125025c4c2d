"""Figures that only a page of the press tells, each with its page and what that page tells of.

Owns ``data/press-figures.csv``. A figure stands alone: it covers a stretch that may be no period
of any series (a half-year, a change over six years), so that it can join none. What an official
source publishes itself is in its table (``tables``) and never here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from geo_app import lists, paths, provenance
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import Status
from geo_app.periods import parse
from geo_app.provenance import Source

FILE = "press-figures.csv"
"""Name of the list inside ``data/``."""

SOURCE = "press-figures"
"""Slug of the record whose releases are the pages."""

COLUMNS = ("figure", "first", "last", "value", "status", "publication", "release", "address")

STATUSES = (Status.FINAL, Status.PRELIMINARY)
"""How certain a publication was of its figure, as the page tells it."""

MOST_PCT = 100
HTTPS = "https://"


class Figure(StrEnum):
    """What is told; always of the whole of Mexico."""

    CRIMES_REPORTED = "crimes_reported_pct"
    """Percent of the crimes of a year that were reported."""
    HOMICIDES = "homicide_deaths_count"
    """Deaths by homicide registered in a stretch of months."""
    PEACE_CHANGE = "peace_change_pct"
    """Change of peacefulness between two years in percent, below zero where it fell."""
    STATES_IMPROVED = "states_improved_count"
    STATES_WORSE = "states_worse_count"
    """States that became more, or less, peaceful from one year to another."""


@dataclass(frozen=True, slots=True)
class PressFigure:
    """One figure that a page tells."""

    figure: Figure
    first: str
    last: str
    """First and last period that it covers, or the two ends of a change."""
    value: float
    status: Status
    """As the page tells it of the publication."""
    publication: str
    """The official publication that the page tells of."""
    release: str
    """Name of the page in the record of the source."""
    address: str
    """Address of the page."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with the days of its page."""

    figure: PressFigure
    published: str
    """ISO day of the page; empty where none is known."""
    checked: str
    """ISO day on which the figure was read."""


def told(figure: Figure, known_on: str | None = None) -> tuple[Told, ...]:
    """Return what pages tell of a figure, in the order of its stretches.

    Parameters
    ----------
    figure
        What is asked for.
    known_on
        ISO date; pages not known to have stood on that day are left out.

    Raises
    ------
    TableInvalid
        If the list has other columns, an unknown word, a bad stretch, value or address, or names a
        page without a record.
    HashMismatch
        If the list is not the one that was checked.
    """
    source = provenance.load_source(SOURCE)
    found = []
    for item in all_figures():
        page = source.release(item.release)
        if item.figure is figure and (known_on is None or page.known_from <= known_on):
            found.append(Told(item, page.published, page.checked))
    return tuple(found)


def all_figures() -> tuple[PressFigure, ...]:
    """Return every figure of the current data folder; see ``told`` for what is raised."""
    path = paths.verified(paths.data_dir(), FILE)
    return _read_cached(path, provenance.load_source(SOURCE), path.stat().st_mtime_ns)


def read(path: Path, source: Source) -> tuple[PressFigure, ...]:
    """Read and check a list; see ``told`` for what is raised."""
    found = tuple(figure_of(cells, where) for where, cells in lists.read_rows(path, COLUMNS))
    for item in found:
        source.release(item.release)
    keys = [(item.figure, item.first, item.last, item.status, item.release) for item in found]
    lists.refuse_twice(keys, path.name, "a page tells one figure twice", "import the pages again")
    return found


def figure_of(cells: Sequence[str], where: str) -> PressFigure:
    """Return a figure from its cells, checked.

    Raises
    ------
    TableInvalid
        If it is none.
    """
    try:
        figure, first, last, value, status, publication, release, address = cells
        item = PressFigure(
            Figure(figure),
            first,
            last,
            float(value),
            Status(status),
            publication,
            release,
            address,
        )
        is_stretch = parse(first).cadence == parse(last).cadence and first <= last
    except (ValueError, BadRequest) as error:
        message = f"not a figure of the press ({error})"
        raise TableInvalid(message, where=where, expected=",".join(COLUMNS)) from error
    is_whole = bool(is_stretch and publication and release and address.startswith(HTTPS))
    if not (is_whole and item.status in STATUSES and _is_possible(item)):
        message = "a stretch, value, status, publication or address that cannot be"
        raise TableInvalid(message, where=where, got=",".join(cells)[:200])
    return item


def to_csv(items: Sequence[PressFigure]) -> str:
    """Return the list as text, sorted, as ``read`` expects it."""
    rows = [
        (
            i.figure,
            i.first,
            i.last,
            f"{i.value:.15g}",
            i.status,
            i.publication,
            i.release,
            i.address,
        )
        for i in items
    ]
    return lists.to_text(COLUMNS, sorted(rows))


def _is_possible(item: PressFigure) -> bool:
    if not math.isfinite(item.value):
        return False
    if item.figure is Figure.PEACE_CHANGE:
        return item.value >= -MOST_PCT
    if item.figure.endswith("_pct"):
        return 0 <= item.value <= MOST_PCT
    return item.value >= 0 and item.value.is_integer()


@cache
def _read_cached(path: Path, source: Source, _stamp: int) -> tuple[PressFigure, ...]:
    return read(path, source)
