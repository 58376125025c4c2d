"""Victims of any crime from two lists gathered from several editions: by state, and the nation.

The list by state has the years 2010 to 2013, 2020 and 2024. Each run of years is a release, and
the years between are written out as missing in a release of their own, which anything that holds
one of these years goes before. The nation has every year: where both lists give it they must
agree, and the figure with more digits is taken, except that a published one always goes before a
computed one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import area_code, whole_number
from geo_app.importers.delimited import csv_table
from geo_app.importers.envipe_victims import MEASURE, SCALE
from geo_app.importers.microdata import Table
from geo_app.importers.reading import Imported, RawFile, Reading, by_stem, release_of
from geo_app.importers.survey import QUANTILE
from geo_app.indicators import Interval, Status
from geo_app.periods import Cadence, span
from geo_app.states import NATION_CODE, state_codes

FLAG_MEASURE = "significant_change_flag"
"""INEGI's own test against the year before: 1 = significant, 0 = not. Nation only."""

STATE_FILE = "envipe_state_victimization"
NATION_FILE = "envipe_national_victimization_2012_2025"

MAKERS = {
    "mexicoevalua envipe2011-2014.csv": Interval.NONE,
    "computed: ENVIPE 2021 microdata (TPer_Vic2 x TMod_Vic, Taylor SE)": Interval.COMPUTED,
    "INEGI ENVIPE 2025 cuadro 1.1 est+err": Interval.PUBLISHED_ERROR,
}
"""Who made the standard error of a row, by its source. A figure of ``COMPUTED`` is computed too."""

_INDICATOR = "prevalence_victims_per_100k"
_ALL = "total"
_YEAR = re.compile(r"20\d\d", re.ASCII)
_ROUNDING = 0.501
"""INEGI's presentation gives whole numbers; a comparison allows half of one."""

_FIGURES = ("reference_year", "indicator", "sex", "value", "source")
_STATE_COLUMNS = (*_FIGURES, "cve_ent", "state", "std_error")
_NATION_COLUMNS = (*_FIGURES, "significant_change_vs_previous")
_ROWS = ["area_code", "period", "value", "low", "high", "interval", "status", "measure"]


def is_list(tables: Sequence[Table]) -> bool:
    """Tell by its columns whether a file is one of the two lists."""
    needed = frozenset(name.upper() for name in _FIGURES)
    return any(table.has(needed) for table in tables)


def read(raws: Sequence[RawFile], reading: Reading, slug: str) -> list[Imported]:
    """Read the two lists, a release for the nation and for each run of years of the states.

    Parameters
    ----------
    raws
        ``envipe_state_victimization.csv`` and ``envipe_national_victimization_2012_2025.csv``.
    reading
        The day on which they are read.
    slug
        The source.

    Raises
    ------
    SourceInvalid
        If a file is missing, a row is cut, doubled or names an unknown state, a figure is no rate,
        the maker of a standard error is not a known one, or the lists contradict one another.
    """
    files = by_stem(raws, (STATE_FILE, NATION_FILE))
    states, unused = _state_rows(files[STATE_FILE])
    nation, flags, unused_too = _nation_rows(files[NATION_FILE])
    both = pd.concat([_joined(states, nation), flags], ignore_index=True)
    repairs = (
        f"{unused} rows by state and {unused_too} of the nation not used: crimes, or one sex",
        f"{(states['status'] == Status.ESTIMATED).sum()} figures computed from interviews",
    )
    blocks = [("nation", both), *_blocks(states, sorted(both["period"].unique()))]
    return [
        Imported(
            slug,
            "state_code",
            rows.reset_index(drop=True),
            release_of(_name(what, rows), list(raws), reading),
            "utf-8",
            repairs if rows is both else (),
        )
        for what, rows in blocks
    ]


def _name(what: str, rows: pd.DataFrame) -> str:
    first, last = min(rows["period"]), max(rows["period"])
    years = first if first == last else f"{first}-{last}"
    return f"ENVIPE victims {years}, {what}"


def _blocks(states: pd.DataFrame, years: Sequence[str]) -> list[tuple[str, pd.DataFrame]]:
    """Return the states' rows by run of years without a gap, and those of years not held."""
    rows = states[states["area_code"] != NATION_CODE]
    held = sorted(set(rows["period"]))
    runs: list[list[str]] = []
    for year in held:
        if runs and int(runs[-1][-1]) + 1 == int(year):
            runs[-1].append(year)
        else:
            runs.append([year])
    blocks = [("states", rows[rows["period"].isin(run)]) for run in runs]
    every = span(Cadence.YEAR, min([*years, *held]), max([*years, *held]))
    absent = [year for year in every if year not in held]
    if not absent:
        return blocks
    gap = span(Cadence.YEAR, absent[0], absent[-1])
    return [*blocks, ("states not held", _missing(state_codes(), gap))]


def _state_rows(raw: RawFile) -> tuple[pd.DataFrame, int]:
    everyone = csv_table(raw, _STATE_COLUMNS)
    found = everyone[(everyone["indicator"] == _INDICATOR) & (everyone["sex"] == _ALL)]
    cells = [
        _state_cells({str(k): str(v) for k, v in row.items()}, f"{raw.name} line {line}")
        for line, row in zip(found.index, found.to_dict("records"), strict=True)
    ]
    rows = pd.DataFrame(cells, columns=_ROWS, index=found.index)
    _refuse_odd(rows, raw.name)
    return rows, len(everyone) - len(found)


def _state_cells(row: Mapping[str, str], where: str) -> tuple[str | float, ...]:
    if row["source"] not in MAKERS:
        message = "the source of the row is not a known one"
        raise SourceInvalid(message, where=where, got=repr(row["source"]))
    maker = MAKERS[row["source"]]
    value = _rate(row["value"], where)
    error = _rate(row["std_error"], where) if row["std_error"] else float("nan")
    if bool(row["std_error"]) != (maker is not Interval.NONE):
        message = "a standard error without its maker, or a maker without the error"
        raise SourceInvalid(message, where=where, got=repr(row["std_error"]), fix="ask the source")
    reach = QUANTILE * error
    status = Status.ESTIMATED if maker is Interval.COMPUTED else Status.FINAL
    code = area_code(row["cve_ent"], row["state"], where)
    low, high = value - reach, value + reach
    return (code, _year(row, where), value, low, high, str(maker), str(status), MEASURE)


def _nation_rows(raw: RawFile) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return the nation's rates, INEGI's flags, and the number of rows not used."""
    everyone = csv_table(raw, _NATION_COLUMNS)
    found = everyone[(everyone["indicator"] == _INDICATOR) & (everyone["sex"] == _ALL)]
    rates, flags = [], []
    for line, cells in zip(found.index, found.to_dict("records"), strict=True):
        row = {str(k): str(v) for k, v in cells.items()}
        where = f"{raw.name} line {line}"
        year = _year(row, where)
        rates.append(_plain_row(year, _rate(row["value"], where), MEASURE))
        # The newest year comes from another publication, which has no flags.
        if row["significant_change_vs_previous"]:
            flag = _flag(row["significant_change_vs_previous"], where)
            flags.append(_plain_row(year, flag, FLAG_MEASURE))
    rows = pd.DataFrame(rates, columns=_ROWS, index=found.index)
    _refuse_odd(rows, raw.name)
    return rows, pd.DataFrame(flags, columns=_ROWS), len(everyone) - len(found)


def _plain_row(year: str, value: float, measure: str) -> tuple[str | float, ...]:
    none = float("nan")
    return (NATION_CODE, year, value, none, none, str(Interval.NONE), str(Status.FINAL), measure)


def _joined(states: pd.DataFrame, nation: pd.DataFrame) -> pd.DataFrame:
    """Return the nation of both lists, one row a year."""
    held = {str(row["period"]): row for _, row in nation.iterrows()}
    for line, row in states[states["area_code"] == NATION_CODE].iterrows():
        year = str(row["period"])
        if year not in held:
            held[year] = row
            continue
        published = float(held[year]["value"])
        if not abs(published - float(row["value"])) < _ROUNDING:
            message = "the nation's figure is not that of the list of the nation"
            where = f"{STATE_FILE} line {line}"
            raise SourceInvalid(
                message, where=where, expected=f"{published:g}", got=f"{row['value']:g}"
            )
        held[year] = _with_point(row, published)
    rows = pd.DataFrame(list(held.values()), columns=_ROWS)
    absent = sorted(set(span(Cadence.YEAR, min(held), max(held))) - set(held))
    return pd.concat([rows, _missing([NATION_CODE], absent)]) if absent else rows


def _with_point(row: pd.Series[str], published: float) -> pd.Series[str]:
    """Put the published figure in place of a computed one; the interval stays as it was made."""
    if row["status"] != Status.ESTIMATED:
        return row
    return pd.Series({**row.to_dict(), "value": published, "status": str(Status.FINAL)})


def _missing(codes: Sequence[str], years: Sequence[str]) -> pd.DataFrame:
    none = float("nan")
    ends = (none, none, none, str(Interval.NONE), str(Status.MISSING), MEASURE)
    return pd.DataFrame([(c, year, *ends) for c in codes for year in years], columns=_ROWS)


def _rate(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0 <= value <= SCALE:
        message = "not a rate per 100,000 people"
        raise SourceInvalid(message, where=where, expected=f"0 to {SCALE:,}", got=repr(text))
    return value


def _flag(text: str, where: str) -> float:
    flag = whole_number(text, where)
    if flag > 1:
        message = "not a flag"
        raise SourceInvalid(message, where=where, expected="0 or 1", got=text)
    return float(flag)


def _year(row: Mapping[str, str], where: str) -> str:
    if not _YEAR.fullmatch(row["reference_year"]):
        message = "not a year"
        raise SourceInvalid(
            message, where=where, expected="such as 2024", got=repr(row["reference_year"])
        )
    return row["reference_year"]


def _refuse_odd(rows: pd.DataFrame, name: str) -> None:
    if rows.empty:
        message = "the list has no prevalence of both sexes"
        raise SourceInvalid(message, where=name, expected=f"rows of {_INDICATOR}, {_ALL}")
    twice = rows.duplicated(["area_code", "period"])
    if twice.any():
        message = "the area stands twice in a year"
        raise SourceInvalid(
            message,
            where=f"{name} line {rows.index[twice][0]}",
            got=" ".join(rows.loc[twice, ["area_code", "period"]].iloc[0]),
            fix="remove one of the rows",
        )
