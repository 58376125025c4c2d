"""INEGI's workbooks of ENVIPE: one table by state of an edition, with its standard errors.

Owns the finding of a table by its title, whatever sheet it stands on, and the pairing of an
edition's estimates with the standard errors of the same table. Does not own releases or what the
share is of (``envipe``, ``unreported_crime``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.errors_of_shares import bounds
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
from geo_app.indicators import Interval, Status
from geo_app.states import fold


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is found in a workbook."""

    title: re.Pattern[str]
    """Pattern of its folded title, in the first column of the first rows."""
    share: tuple[str, ...]
    """Folded headings of the column, from the top."""
    name: str
    """What it is, for messages."""
    fix: str
    """What to do where a workbook has none."""


UNREPORTED = Table(
    # The year of the crimes follows: tables of one sex or by crime read otherwise.
    re.compile(
        r"delitos ocurridos por entidad federativa segun cifra negra (?P<year>\d{4}) entidad"
    ),
    ("cifra negra", "relativos"),
    "crimes by state and cifra negra (table 3.3, of the edition 2012 table 3.2)",
    "the edition 2011 has none; of the others give the workbook on reporting (III_…)",
)
"""Crimes not reported or not investigated, by state of occurrence."""

PERCEIVED = Table(
    # Other tables are of the neighbourhood, the municipality, one sex, or of what people expect.
    # No workbook with this table was at hand: title, headings and column are as others report
    # them of the editions 2025 and 2026, the rest is the form of INEGI's other workbooks.
    re.compile(
        r"por entidad federativa segun percepcion (?:sobre|de) la seguridad (?:publica )?"
        r"en (?:su |la )?entidad federativa\b"
    ),
    ("inseguro", "relativos"),
    "adults by state and perception of safety in the state (table 5.13)",
    "give INEGI's workbook on perception (V_percepcion_seguridad_…)",
)
"""Adults who consider their state unsafe."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What the workbooks of one edition say in one table."""

    year: int
    """The edition."""
    shares: Mapping[str, Figure]
    """Percent by code, "00" the nation."""
    errors: Mapping[str, float]
    """INEGI's standard errors in percentage points, by code; empty where none were given."""
    raws: tuple[RawFile, ...]
    """The files it was read from."""
    repairs: tuple[str, ...]


def read_editions(raws: Sequence[RawFile], table: Table) -> list[Edition]:
    """Read workbooks of any number of editions.

    Parameters
    ----------
    raws
        Workbooks of estimates (``…_est.xlsx``), each with or without that of its standard errors
        (``…_err.xlsx``), in any order.
    table
        Which table of them.

    Returns
    -------
    list of Edition
        By year.

    Raises
    ------
    SourceInvalid
        If a workbook has no such table or several, two are of the same edition, or standard
        errors come without their estimates.
    """
    estimates: dict[int, tuple[RawFile, Sheet]] = {}
    errors: dict[int, tuple[RawFile, Sheet]] = {}
    for raw in raws:
        sheet = _find(raw, table)
        year = _year(raw, sheet, table)
        held = errors if is_errors(sheet) else estimates
        if year in held:
            message = "two workbooks of one edition"
            raise SourceInvalid(message, where=raw.name, got=str(year), fix="give one of them")
        held[year] = (raw, sheet)
    for year in sorted(errors.keys() - estimates.keys()):
        message = "standard errors without their estimates"
        raise SourceInvalid(
            message, where=errors[year][0].name, fix="give the _est workbook in the same import"
        )
    return [_edition(year, estimates[year], errors.get(year), table) for year in sorted(estimates)]


def edition_rows(item: Edition) -> pd.DataFrame:
    """Return the rows of an edition without period and measure.

    Returns
    -------
    pandas.DataFrame
        ``area_code``, ``value``, ``error`` (standard error in points) and ``interval``, whose it
        is; NaN where INEGI gives none.
    """
    rows = pd.DataFrame({"area_code": list(item.shares)})
    rows["value"] = [found.value for found in item.shares.values()]
    rows["error"] = [item.errors.get(code, float("nan")) for code in item.shares]
    return rows.assign(interval=str(Interval.PUBLISHED_ERROR))


def with_bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """Replace the standard errors by bounds of 95 %, and say which values are missing.

    Parameters
    ----------
    rows
        With ``value``, ``error`` and ``interval``; see ``edition_rows``.

    Returns
    -------
    pandas.DataFrame
        With ``low``, ``high`` (percent) and ``status`` in place of ``error``; ``interval`` is empty
        where there are no bounds.
    """
    pairs = zip(rows["value"], rows["error"], strict=True)
    limits = [bounds(value, error) for value, error in pairs]
    out = rows.drop(columns="error")
    out["low"], out["high"] = [low for low, _ in limits], [high for _, high in limits]
    out["interval"] = rows["interval"].where(out["low"].notna(), str(Interval.NONE))
    is_held = rows["value"].notna()
    return out.assign(status=is_held.map({True: str(Status.FINAL), False: str(Status.MISSING)}))


def _edition(
    year: int,
    estimates: tuple[RawFile, Sheet],
    errors: tuple[RawFile, Sheet] | None,
    table: Table,
) -> Edition:
    shares = _shares(*estimates, table)
    found = {} if errors is None else {k: v.value for k, v in _shares(*errors, table).items()}
    raws = (estimates[0],) if errors is None else (estimates[0], errors[0])
    return Edition(year, shares, found, raws, marked_words(shares.values()))


def _shares(raw: RawFile, sheet: Sheet, table: Table) -> dict[str, Figure]:
    where = f"{raw.name} {sheet.name}"
    return by_area(sheet, column(sheet, table.share, where), raw.name)


def _find(raw: RawFile, table: Table) -> Sheet:
    found = read_sheets(raw, lambda head: table.title.search(fold(head.title)) is not None)
    if len(found) == 1:
        return found[0]
    message = "no single table of the kind that is read"
    raise SourceInvalid(
        message,
        where=raw.name,
        expected=table.name,
        got=", ".join(item.name for item in found),
        fix=table.fix,
    )


def _year(raw: RawFile, sheet: Sheet, table: Table) -> int:
    """Return the edition; where the title names the year of the crimes, it is the year before."""
    year = edition(sheet, f"{raw.name} {sheet.name}")
    found = table.title.search(fold(sheet.title))
    named = found.groupdict().get("year") if found else None
    if named is not None and int(named) != year - 1:
        message = "the crimes are not those of the year before the edition"
        raise SourceInvalid(
            message, where=f"{raw.name} {sheet.name}", expected=str(year - 1), got=named
        )
    return year
