"""Figures that only pages of the press tell: two gathered lists, and one typed from pages.

Each page is a release of its own. Its day is the one that its address carries; a page whose
address carries none has no day. Official figures that stand in the same lists, and what was
computed there, are left out: they have tables of their own. The readings that were typed from
pages for this atlas stand in ``press_readings.csv``, in English words of our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from geo_app import press_figures
from geo_app.errors import SourceInvalid, TableInvalid
from geo_app.importers.delimited import csv_lines, csv_table
from geo_app.importers.quantities import year
from geo_app.importers.reading import (
    Imported,
    RawFile,
    Reading,
    Reference,
    no_rows,
    open_raw,
    release_of,
)
from geo_app.importers.rereading import with_part
from geo_app.indicators import Status
from geo_app.press_figures import Figure, PressFigure
from geo_app.states import NATION_CODE

SLUG = press_figures.SOURCE

OfRow = Callable[["pd.Series[str]", str], PressFigure | None]

SHARES = ("year", "share_of_crimes_reported_pct", "source")
"""Columns of the list of shares of crimes that were reported; it holds the nation only."""

FACTS = ("edition_year", "data_year", "cve_ent", "measure", "value", "source")
"""Columns of the list of facts of the peace index."""

READINGS = ("figure", "first", "last", "value", "status", "publication", "address")
"""Columns of the readings that were typed from pages."""

_CHANGE = re.compile(r"change_in_peacefulness_(\d{4})_(\d{4})_pct", re.ASCII)
_ON_YEAR = {
    "change_in_peacefulness_vs_previous_year_pct": Figure.PEACE_CHANGE,
    "states_improved": Figure.STATES_IMPROVED,
    "states_deteriorated": Figure.STATES_WORSE,
}
"""Facts that set the year of the data against the one before."""

_DAYS = (
    re.compile(r"/(?P<y>20\d\d)/(?P<m>\d\d?)/(?P<d>\d\d?)/", re.ASCII),
    re.compile(r"/(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>20\d\d)/", re.ASCII),
    re.compile(r"-(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)-", re.ASCII),
)
"""How the address of a page carries its day."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read figures that pages tell.

    Parameters
    ----------
    files
        Any of: the list of shares reported, the list of facts of the peace index, readings.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a page, without rows: its part of the list ``press-figures.csv``.

    Raises
    ------
    SourceInvalid
        If a file is none of these or tells no figure of the press, a row has no page, or a figure
        cannot be.
    """
    pages = [item for path in files for item in _of_file(open_raw(path), reading)]
    # Releases stand in the order in which they came out; those without a day come first.
    return sorted(pages, key=lambda item: item.release.published)


def page_name(address: str, where: str) -> str:
    """Return the name of a page as a release: its site, and its day where it is known.

    Raises
    ------
    SourceInvalid
        If it is no address of a page.
    """
    if not (address.startswith(press_figures.HTTPS) and urlsplit(address).hostname):
        message = "a figure of the press without its page"
        expected = "an address that begins with https://"
        raise SourceInvalid(message, where=where, expected=expected, got=repr(address[:80]))
    site = str(urlsplit(address).hostname).removeprefix("www.")
    return ", ".join(filter(None, (site, day_of(address))))


def day_of(address: str) -> str:
    """Return the day that the address of a page carries, as ISO text; empty where it has none.

    Examples
    --------
    >>> day_of("https://example.org/2023/01/23/a"), day_of("https://example.org/?p=4604")
    ('2023-01-23', '')
    """
    for pattern in _DAYS:
        if found := pattern.search(address):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                return ""
    return ""


def _of_file(raw: RawFile, reading: Reading) -> list[Imported]:
    columns, of_row = _form(raw)
    table = csv_table(raw, columns)
    lines = ((row, f"{raw.name} line {line}") for line, row in table.iterrows())
    items = [item for item in (of_row(row, where) for row, where in lines) if item is not None]
    if not items:
        message = "no figure that only the press tells"
        raise SourceInvalid(message, where=raw.name, fix="give the complete list")
    unused = len(table) - len(items)
    notes = (f"{unused} rows without a figure of the press not used",) if unused else ()
    names = sorted({item.release for item in items})
    return [
        _page(name, [item for item in items if item.release == name], raw, reading, said)
        for name, said in zip(names, (notes, *((),) * (len(names) - 1)), strict=True)
    ]


def _form(raw: RawFile) -> tuple[Sequence[str], OfRow]:
    """Return the columns of a file, known by its header, and what makes a figure of a row."""
    lines, _ = csv_lines(raw, ("utf-8",))
    header = {cell.strip() for cell in lines[0][1]}
    forms: tuple[tuple[Sequence[str], OfRow], ...] = (
        (SHARES, _share),
        (FACTS, _fact),
        (READINGS, _reading),
    )
    for columns, of_row in forms:
        if set(columns) <= header:
            return columns, of_row
    message = "not a list of figures of the press"
    expected = "; or ".join(", ".join(columns) for columns, _ in forms)
    got = ", ".join(lines[0][1])[:200]
    raise SourceInvalid(message, where=f"{raw.name} line 1", expected=expected, got=got)


def _page(
    name: str,
    items: Sequence[PressFigure],
    raw: RawFile,
    reading: Reading,
    notes: tuple[str, ...],
) -> Imported:
    if len({item.address for item in items}) > 1:
        message = "two pages of one site and day"
        raise SourceInvalid(message, where=raw.name, got=name, fix="keep one of them")
    # The caller's day of publication is no page's: each page says its own or none.
    day = Reading(reading.checked)
    release = release_of(name, [raw], day, published=day_of(items[0].address))
    merge = partial(with_part, name=press_figures.FILE, part=[("release", name)])
    part = Reference(press_figures.FILE, press_figures.to_csv(items), merge)
    return Imported(SLUG, "state_code", no_rows(), release, "utf-8", notes, (part,))


def _share(row: pd.Series[str], where: str) -> PressFigure | None:
    if not row["share_of_crimes_reported_pct"]:
        return None
    when = str(year(row["year"], where))
    value = row["share_of_crimes_reported_pct"]
    cells = (Figure.CRIMES_REPORTED, when, when, value, Status.FINAL, "INEGI, ENVIPE")
    return _figure(cells, row["source"], where)


def _fact(row: pd.Series[str], where: str) -> PressFigure | None:
    measure, last = row["measure"], year(row["data_year"], where)
    long, figure = _CHANGE.fullmatch(measure), _ON_YEAR.get(measure)
    if (not long and not figure) or row["cve_ent"] != NATION_CODE:
        return None
    first = int(long[1]) if long else last - 1
    if long and int(long[2]) != last:
        message = "a change that does not end in the year of the data"
        raise SourceInvalid(message, where=where, expected=str(last), got=measure)
    edition = f"Mexico Peace Index {year(row['edition_year'], where)}"
    name = figure or Figure.PEACE_CHANGE
    cells = (name, str(first), str(last), row["value"], Status.FINAL, edition)
    return _figure(cells, row["source"], where)


def _reading(row: pd.Series[str], where: str) -> PressFigure:
    cells = tuple(str(row[column]) for column in READINGS)
    return _figure(cells[:-1], cells[-1], where)


def _figure(cells: Sequence[str], address: str, where: str) -> PressFigure:
    name = page_name(address, where)
    try:
        return press_figures.figure_of((*cells, name, address), where)
    except TableInvalid as error:
        raise SourceInvalid(error.cause, where=where, got=", ".join(cells)[:200]) from error
