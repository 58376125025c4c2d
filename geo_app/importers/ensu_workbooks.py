"""INEGI's workbooks of ENSU on perception, one a quarter: the table by city and the nation's.

A release is a quarter. Its table by city has a heading a state, inside Mexico City a heading a
region, and under each city two rows; it moves from sheet to sheet, so it is found by its title,
which also gives the quarter. Every number of the table is proved: each share against its counts,
and all cities together against the nation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.ensu_blocks import Block, read_blocks
from geo_app.importers.ensu_names import (
    LAST_OF_RETIRED,
    MEASURE,
    PART_OF_OTHER,
    RETIRED,
    SLUG,
    first_quarters,
)
from geo_app.importers.reading import Imported, RawFile, Reading, release_of
from geo_app.importers.sheets import Sheet, read_sheets
from geo_app.importers.tabulados import figure, marked_words, without_notes
from geo_app.indicators import Interval, Status
from geo_app.states import NATION_CODE, fold

TOLERANCE = 1e-6
"""Points of a percentage by which two ways to the same figure may differ."""

_QUARTERS = {"marzo": 1, "junio": 2, "septiembre": 3, "diciembre": 4}
_MONTH = rf"({'|'.join(_QUARTERS)}) (\d{{4}})"
# A year may bear the number of a footnote: "Diciembre 20231" is December 2023.
_HEADING = re.compile(rf"{_MONTH}\d?")
_BY_CITY = re.compile(
    r"poblacion de 18 anos y mas por (?:area urbana )?ciudad de interes y caracteristicas"
    rf" de percepcion de seguridad publica {_MONTH}"
)
_SERIES = re.compile(r"percepcion (?:de|sobre) seguridad publica.*serie historica")
_COUNTS = "poblacion"


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a workbook says of its quarter."""

    period: str
    blocks: Mapping[str, Block]
    """By city code, "00" the nation."""
    series: Mapping[str, float]
    """The nation by quarter, percent; NaN for a quarter that was not collected."""
    repairs: tuple[str, ...]


def read_books(raws: Sequence[RawFile], reading: Reading) -> list[Imported]:
    """Read workbooks of any number of quarters, each a release of its own.

    Parameters
    ----------
    raws
        INEGI's workbooks ``…percepcion…_est.xlsx``, in any order.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a workbook: ``insecurity_pct`` of the nation ("00") and every city in its quarter.
        Status "missing" = asked and no figure given, "not_applicable" = not in the survey.

    Raises
    ------
    SourceInvalid
        If a workbook has no table by city, names an unknown city or state, or its numbers
        contradict one another.
    """
    return [_imported(raw, read_quarter(raw), reading) for raw in raws]


def read_quarter(raw: RawFile) -> Quarter:
    """Read one workbook and prove its numbers.

    Raises
    ------
    SourceInvalid
        As ``read_books``.
    """
    sheets = read_sheets(raw, lambda head: _is_by_city(head) or _is_series(head))
    tables = [sheet for sheet in sheets if _is_by_city(sheet)]
    if len(tables) != 1:
        message = "no single table of perceived insecurity by city"
        raise SourceInvalid(
            message,
            where=raw.name,
            expected="population by city and perception (table 1.3, 1.4 or 1.7)",
            got=", ".join(sheet.name for sheet in tables),
            fix="give INEGI's workbook on perception (…percepcion…_est.xlsx)",
        )
    where = f"{raw.name} {tables[0].name}"
    found = _BY_CITY.search(fold(tables[0].title))
    period = _quarter(found) if found else ""
    blocks, repairs = read_blocks(tables[0], where)
    _prove_sum(blocks, where)
    series = _series([sheet for sheet in sheets if _is_series(sheet)], raw.name)
    _prove_nation(blocks, series, period, where)
    return Quarter(period, blocks, series, repairs)


def _imported(raw: RawFile, quarter: Quarter, reading: Reading) -> Imported:
    codes = [NATION_CODE, *sorted(first_quarters())]
    rows = pd.DataFrame({"area_code": codes, "period": quarter.period, "measure": MEASURE})
    rows["value"] = [_value(quarter, code) for code in codes]
    rows["status"] = [str(_status(quarter, code)) for code in codes]
    rows[["low", "high"]] = float("nan")
    marked = marked_words(block.share for block in quarter.blocks.values())
    return Imported(
        SLUG,
        "city_code",
        rows.assign(interval=str(Interval.NONE)),
        release_of(f"ENSU {quarter.period}", [raw], reading),
        "xlsx",
        (*quarter.repairs, *marked),
    )


def _value(quarter: Quarter, code: str) -> float:
    # The series keeps the last digits of the nation, the table by city cuts them at fifteen.
    if code == NATION_CODE and quarter.period in quarter.series:
        return quarter.series[quarter.period]
    return quarter.blocks[code].share.value if code in quarter.blocks else float("nan")


def _status(quarter: Quarter, code: str) -> Status:
    if code in quarter.blocks:
        return Status.FINAL if quarter.blocks[code].share.is_held else Status.MISSING
    is_outside = quarter.period < first_quarters()[code] or (
        code in RETIRED and quarter.period > LAST_OF_RETIRED
    )
    return Status.NOT_APPLICABLE if is_outside else Status.MISSING


def _is_by_city(head: Sheet) -> bool:
    return _BY_CITY.search(fold(head.title)) is not None


def _is_series(head: Sheet) -> bool:
    title = fold(head.title)
    return _SERIES.search(title) is not None and "sensacion" not in title


def _quarter(found: re.Match[str]) -> str:
    return f"{found[2]}Q{_QUARTERS[found[1]]}"


def _prove_sum(blocks: Mapping[str, Block], where: str) -> None:
    """Prove that the cities are all of the nation: no row lost, none read as another."""
    if NATION_CODE not in blocks:
        message = "the table has no row of the nation"
        raise SourceInvalid(message, where=where, expected="Estados Unidos Mexicanos")
    nation = blocks[NATION_CODE]
    cities = [b for code, b in blocks.items() if code not in {NATION_CODE, *PART_OF_OTHER}]
    people, unsafe = sum(b.people for b in cities), sum(b.unsafe for b in cities)
    # A city whose counts are not given makes the sum NaN, and nothing can be proved.
    if math.isnan(people + unsafe):
        return
    made = 100 * unsafe / people if people else float("nan")
    if not abs(made - nation.share.value) <= TOLERANCE:
        message = "the cities do not add up to the nation"
        raise SourceInvalid(
            message,
            where=where,
            expected=str(nation.share.value),
            got=str(made),
            fix="download it again",
        )


def _prove_nation(
    blocks: Mapping[str, Block], series: Mapping[str, float], period: str, where: str
) -> None:
    held = blocks[NATION_CODE].share.value
    if period in series and not abs(series[period] - held) <= TOLERANCE:
        message = "the nation differs between the table by city and the series"
        raise SourceInvalid(message, where=where, expected=str(series[period]), got=str(held))


def _series(sheets: Sequence[Sheet], name: str) -> dict[str, float]:
    """Return the nation of both sexes by quarter; empty where a workbook has no such series."""
    found: dict[str, float] = {}
    for sheet in sheets:
        quarters: dict[int, str] = {}
        group = ""
        for number, row in sheet.rows:
            label = without_notes(row[0])
            headings = {n: _HEADING.fullmatch(fold(str(cell))) for n, cell in enumerate(row) if n}
            months = {n: _quarter(match) for n, match in headings.items() if match}
            if months:
                quarters = months
            elif label == "inseguro" and group in {"", "estados unidos mexicanos"}:
                at = f"{name} {sheet.name} row {number}"
                found |= {text: figure(row[n], at).value for n, text in quarters.items()}
            elif quarters and label not in {"seguro", "inseguro"}:
                group = label
    return found
