"""The four sets of real figures on which every contestant is tried.

Owns which figures, areas and steps a case has and where they come from. Does not own the shapes
(``coverage``) nor how a contestant shows them (``peers``, ``element``).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.servers import ROOT
from geo_app import atlas, classes
from geo_app.errors import AtlasError
from geo_app.indicators import indicator
from geo_app.municipalities import parent_of
from geo_app.periods import DAYS_PER_YEAR

SOURCES = ROOT.parent / "shared" / "sources"
"""Where the raw official files lie beside a checkout; not part of the project."""

MONTHS = SOURCES / "homicides" / "raw" / "gargiulo_muni-month_2000-2021.psv.gz"
"""Deaths by municipality and month: for this benchmark only, its denominators are wrong."""

PEOPLE = SOURCES / "boundaries" / "population" / "poblacion_municipal_total.csv"
"""CONAPO's municipal population, 1990 to 2040."""

INEGI = "homicides_inegi_per_100k"
SESNSP = "homicide_victims_sesnsp_per_100k"


class Key(StrEnum):
    """Names of the cases, as the command line takes them."""

    STATE_YEARS = "state-years"
    STATE_MONTHS = "state-months"
    MUNICIPALITY_YEARS = "municipality-years"
    MUNICIPALITY_MONTHS = "municipality-months"


class CaseAbsent(Exception):
    """The figures of a case are not here; the message says which file or table is missing."""


@dataclass(frozen=True, slots=True)
class Case:
    """One set of figures: areas over time."""

    key: Key
    slug: str
    """Indicator whose breaks and colours it takes, and whose figures it has where it is shown."""
    level: str
    """ "state" or "municipality"."""
    is_shown: bool
    """Whether the product has it; False for the table that serves the benchmark alone."""
    codes: tuple[str, ...]
    """Areas, sorted."""
    periods: tuple[str, ...]
    """Steps, oldest first: "2022" or "2022-07"."""
    counts: NDArray[np.float64]
    """Shape (steps, areas): deaths or victims; NaN = missing."""
    people: NDArray[np.float64]
    """Shape (steps, areas): inhabitants; NaN = missing."""
    rates: NDArray[np.float64]
    """Shape (steps, areas): a year per 100,000 inhabitants; NaN = missing."""

    @property
    def title(self) -> str:
        """The size of the case in words, such as "32 x 35 years"."""
        unit = "years" if len(self.periods[0]) == 4 else "months"
        return f"{len(self.codes):,} x {len(self.periods)} {unit}"

    @property
    def scale(self) -> classes.Classes:
        """Breaks and colours: for every case and contestant the same."""
        found = indicator(self.slug)
        return classes.scale(found.breaks, found.palette)

    @property
    def class_rows(self) -> NDArray[np.int64]:
        """Shape (steps, areas): the class of each rate, -1 where it is missing."""
        return self.scale.of(self.rates)


@cache
def case(key: Key) -> Case:
    """Return a case.

    Raises
    ------
    CaseAbsent
        If its figures are not here.
    """
    return _MADE[key]()


def _shown(key: Key, slug: str, level: str) -> Case:
    """Read a case that the product has, from the same answers as its pages."""
    try:
        rows = atlas.load().values(slug, level=level)
    except AtlasError as error:
        raise CaseAbsent(str(error)) from error
    # The answers tell of the nation as well, which is no area of the map.
    rows = rows[rows["area_kind"] == level]
    counts, people, rates = (
        rows.pivot_table(index="period", columns="area_code", values=column, dropna=False)
        for column in ("numerator", "denominator", "value")
    )
    return Case(
        key=key,
        slug=slug,
        level=level,
        is_shown=True,
        codes=tuple(map(str, rates.columns)),
        periods=tuple(map(str, rates.index)),
        counts=counts.to_numpy(),
        people=people.to_numpy(),
        rates=rates.to_numpy(),
    )


def _municipality_months() -> Case:
    for path in (MONTHS, PEOPLE):
        if not path.is_file():
            message = f"source file not found: ../{path.relative_to(ROOT.parent).as_posix()}"
            raise CaseAbsent(message)
    counts = _month_counts(MONTHS)
    people = _people(PEOPLE, counts)
    days = [float(_days(str(period))) for period in counts.index]
    pace = DAYS_PER_YEAR / np.array(days)[:, None] * 100_000
    return Case(
        key=Key.MUNICIPALITY_MONTHS,
        slug=INEGI,
        level="municipality",
        is_shown=False,
        codes=tuple(map(str, counts.columns)),
        periods=tuple(map(str, counts.index)),
        counts=counts.to_numpy(dtype=float),
        people=people,
        rates=counts.to_numpy(dtype=float) / people * pace,
    )


def _month_counts(path: Path) -> pd.DataFrame:
    """Return deaths, a row a month and a column a municipality of the shipped edition."""
    kinds = {"ent_mun": str, "year": int, "month": int, "homicides": int}
    rows = pd.read_csv(path, sep="|", usecols=list(kinds), dtype=kinds)
    months = rows["month"].astype(str).str.zfill(2)
    rows["period"] = rows["year"].astype(str) + "-" + months
    rows["code"] = rows["ent_mun"].map(parent_of)
    counts = rows.pivot_table(index="period", columns="code", values="homicides", aggfunc="sum")
    assert counts.to_numpy().sum() == rows["homicides"].sum()
    return counts


def _people(path: Path, like: pd.DataFrame) -> NDArray[np.float64]:
    """Return the inhabitants of each cell of a table of counts; NaN where CONAPO has none."""
    rows = pd.read_csv(path, dtype={"CVE": str}).drop(columns=["Entidad", "Municipio"])
    by_code = rows.groupby(rows["CVE"].map(parent_of)).sum(min_count=1, numeric_only=True)
    wanted = by_code.reindex(index=like.columns, columns=[str(p)[:4] for p in like.index])
    people = wanted.to_numpy(dtype=float).T
    return np.where(people > 0, people, np.nan)


def _days(period: str) -> int:
    return calendar.monthrange(int(period[:4]), int(period[5:]))[1]


_MADE: dict[Key, Callable[[], Case]] = {
    Key.STATE_YEARS: lambda: _shown(Key.STATE_YEARS, INEGI, "state"),
    Key.STATE_MONTHS: lambda: _shown(Key.STATE_MONTHS, SESNSP, "state"),
    Key.MUNICIPALITY_YEARS: lambda: _shown(Key.MUNICIPALITY_YEARS, INEGI, "municipality"),
    Key.MUNICIPALITY_MONTHS: _municipality_months,
}
