"""Victims of any crime from INEGI's workbooks on victimization, with their standard errors.

The table is found by its title and not by its number: prevalence by state of residence and sex of
the victim. The workbook of standard errors has the same table; the interval is made of both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app.errors import SourceInvalid, UnknownState
from geo_app.importers.envipe_victims import MEASURE, SCALE
from geo_app.importers.reading import Imported, RawFile, Reading, release_of
from geo_app.importers.sheets import Sheet, read_sheets
from geo_app.importers.survey import QUANTILE
from geo_app.importers.tabulados import (
    NATION,
    Figure,
    column,
    edition,
    figure,
    is_end,
    is_errors,
    marked_words,
    without_notes,
)
from geo_app.indicators import Interval, Status
from geo_app.states import NATION_CODE, code_of, fold, state_codes

TITLE = re.compile(
    r"tasa de prevalencia delictiva por entidad federativa por cada cien mil habitantes,? "
    r"segun sexo de la victima"
)
"""What the title of the table says, folded; the number 1.1 is not relied on."""

HEADING = ("tasa total de prevalencia",)
"""Folded heading of the column of both sexes."""


@dataclass(frozen=True, slots=True)
class Book:
    """The table in one workbook."""

    raw: RawFile
    year: int
    """The edition."""
    is_errors: bool
    """Whether it holds standard errors in place of rates."""
    figures: Mapping[str, Figure]
    """By code, "00" the nation."""


def read(raws: Sequence[RawFile], reading: Reading, slug: str) -> list[Imported]:
    """Read the workbooks of any number of editions.

    Parameters
    ----------
    raws
        ``I_nivel_victimizacion_…_est.xlsx`` of every edition, with or without ``…_err.xlsx``.
    reading
        The day on which they are read.
    slug
        The source.

    Returns
    -------
    list of Imported
        One an edition, of the year before it.

    Raises
    ------
    SourceInvalid
        If the table is not there or there twice, lacks an area, a cell is no rate, or standard
        errors come without the rates.
    """
    books = [_book(raw) for raw in raws]
    found = []
    for year in sorted({book.year for book in books}):
        mine = [book for book in books if book.year == year]
        rates = _one([book for book in mine if not book.is_errors], year, needed=True)
        errors = _one([book for book in mine if book.is_errors], year, needed=False)
        release = release_of(f"ENVIPE {year}", [book.raw for book in mine], reading)
        rows = _rows(rates[0].figures, errors[0].figures if errors else {}, year)
        words = marked_words(rates[0].figures.values())
        found.append(Imported(slug, "state_code", rows, release, "xlsx", words))
    return found


def _book(raw: RawFile) -> Book:
    sheets = read_sheets(raw, _is_wanted)
    if len(sheets) != 1:
        message = "the table of prevalence by state and sex is not there once"
        raise SourceInvalid(
            message,
            where=raw.name,
            expected="1 sheet of that title",
            got=str(len(sheets)),
            fix="give the workbook I_nivel_victimizacion of an edition",
        )
    sheet = sheets[0]
    place = column(sheet, HEADING, f"{raw.name} {sheet.name}")
    figures = _by_area(sheet, place, raw.name)
    return Book(raw, edition(sheet, raw.name), is_errors(sheet), figures)


def _is_wanted(sheet: Sheet) -> bool:
    return TITLE.search(fold(sheet.title)) is not None


def _by_area(sheet: Sheet, place: int, name: str) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for number, row in sheet.rows:
        where = f"{name} {sheet.name} row {number}"
        if found and is_end(row[0]):
            break
        if not found and without_notes(row[0]) != NATION:
            continue
        code = _area(without_notes(row[0]), where)
        if code in found:
            message = "the area stands twice"
            raise SourceInvalid(message, where=where, got=str(row[0]), fix="download it again")
        found[code] = _rate(figure(row[place], where), where)
    absent = [code for code in (NATION_CODE, *state_codes()) if code not in found]
    if absent:
        message = "the table lacks an area"
        raise SourceInvalid(message, where=f"{name} {sheet.name}", got=f"none of {absent[0]}")
    return found


def _area(label: str, where: str) -> str:
    if label == NATION:
        return NATION_CODE
    try:
        return code_of(label)
    except UnknownState as error:
        raise SourceInvalid(error.what, where=where, got=error.got, fix=error.fix) from error


def _rate(found: Figure, where: str) -> Figure:
    if found.value == found.value and not 0 <= found.value <= SCALE:
        message = "not a rate per 100,000 people"
        raise SourceInvalid(
            message, where=where, expected=f"0 to {SCALE:,}", got=f"{found.value:g}"
        )
    return found


def _one(books: Sequence[Book], year: int, *, needed: bool) -> Sequence[Book]:
    if len(books) > 1 or (needed and not books):
        message = "the rates are missing" if not books else "the same table is given twice"
        raise SourceInvalid(
            message,
            where=books[1].raw.name if books else f"edition {year}",
            fix="give the workbook of estimates once, and that of standard errors if you have it",
        )
    return books


def _rows(rates: Mapping[str, Figure], errors: Mapping[str, Figure], year: int) -> pd.DataFrame:
    none = Figure(float("nan"), is_marked=False)
    rows = pd.DataFrame({"area_code": list(rates)})
    rows["value"] = [item.value for item in rates.values()]
    reach = pd.Series([QUANTILE * errors.get(code, none).value for code in rates])
    rows["low"] = (rows["value"] - reach).clip(lower=0)
    rows["high"] = (rows["value"] + reach).clip(upper=SCALE)
    kinds = {True: str(Interval.PUBLISHED_ERROR), False: str(Interval.NONE)}
    rows["interval"] = rows["low"].notna().map(kinds)
    statuses = {True: str(Status.FINAL), False: str(Status.MISSING)}
    rows["status"] = rows["value"].notna().map(statuses)
    return rows.assign(period=str(year - 1), measure=MEASURE)
