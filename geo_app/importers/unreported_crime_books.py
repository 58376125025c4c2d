"""INEGI's workbooks of ENVIPE on reporting: the table of unreported crimes by state.

Owns the finding of that table (3.2 in the edition 2012, 3.3 since) by its title, and the pairing
of estimates with the standard errors of the same edition. Does not own releases
(``unreported_crime``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import RawFile
from geo_app.importers.sheets import Sheet, read_sheets
from geo_app.importers.tabulados import (
    Figure,
    by_area,
    column,
    edition,
    is_errors,
    marked_words,
)
from geo_app.states import fold

_TITLE = re.compile(r"delitos ocurridos por entidad federativa segun cifra negra (\d{4}) entidad")
"""Folded, with the year of the crimes behind it: tables of one sex or by crime read otherwise."""

_SHARE = ("cifra negra", "relativos")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the workbooks of one edition say of unreported crimes."""

    year: int
    """The edition; the crimes are those of the year before."""
    shares: Mapping[str, Figure]
    """Percent of crimes not reported or not investigated, by code; "00" the nation."""
    errors: Mapping[str, float]
    """INEGI's standard errors in percentage points, by code; empty where none were given."""
    raws: tuple[RawFile, ...]
    """The files it was read from."""
    repairs: tuple[str, ...]


def read_editions(raws: Sequence[RawFile]) -> list[Edition]:
    """Read workbooks of any number of editions.

    Parameters
    ----------
    raws
        Workbooks of estimates, each with or without that of its standard errors, in any order.

    Returns
    -------
    list of Edition
        By year.

    Raises
    ------
    SourceInvalid
        If a workbook has no table of unreported crimes by state, two are of the same edition, or
        standard errors come without their estimates.
    """
    estimates: dict[int, tuple[RawFile, Sheet]] = {}
    errors: dict[int, tuple[RawFile, Sheet]] = {}
    for raw in raws:
        sheet = _table(raw)
        year = _year(raw, sheet)
        held = errors if is_errors(sheet) else estimates
        if year in held:
            message = "two workbooks of one edition"
            raise SourceInvalid(message, where=raw.name, got=str(year), fix="give one of them")
        held[year] = (raw, sheet)
    for year in errors.keys() - estimates.keys():
        message = "standard errors without their estimates"
        raise SourceInvalid(
            message, where=errors[year][0].name, fix="give the _est workbook in the same import"
        )
    return [_edition(year, estimates[year], errors.get(year)) for year in sorted(estimates)]


def _edition(
    year: int, estimates: tuple[RawFile, Sheet], errors: tuple[RawFile, Sheet] | None
) -> Edition:
    raw, sheet = estimates
    shares = _shares(raw, sheet)
    found = {} if errors is None else {k: v.value for k, v in _shares(*errors).items()}
    raws = (raw,) if errors is None else (raw, errors[0])
    return Edition(year, shares, found, raws, marked_words(shares.values()))


def _shares(raw: RawFile, sheet: Sheet) -> dict[str, Figure]:
    where = f"{raw.name} {sheet.name}"
    return by_area(sheet, column(sheet, _SHARE, where), raw.name)


def _table(raw: RawFile) -> Sheet:
    found = read_sheets(raw, lambda head: _TITLE.search(fold(head.title)) is not None)
    if len(found) == 1:
        return found[0]
    message = "no single table of unreported crimes by state"
    raise SourceInvalid(
        message,
        where=raw.name,
        expected="crimes by state and cifra negra (table 3.3, of the edition 2012 table 3.2)",
        got=", ".join(item.name for item in found),
        fix="the edition 2011 has none; of the others give the workbook on reporting (III_…)",
    )


def _year(raw: RawFile, sheet: Sheet) -> int:
    """Return the edition, after comparing it with the year of the crimes in the title."""
    year = edition(sheet, f"{raw.name} {sheet.name}")
    crimes = _TITLE.search(fold(sheet.title))
    if crimes is None or int(crimes[1]) != year - 1:
        message = "the crimes are not those of the year before the edition"
        raise SourceInvalid(message, where=f"{raw.name} {sheet.name}", expected=str(year - 1))
    return year
