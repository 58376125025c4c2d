"""From stored quantities to the values of an indicator: newest release, window, rate, interval.

Owns the one computation of every value. What is stored is what was published; what is here is
computed from it, each time the same way. Does not own names, shapes or classes (``atlas``).
"""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from geo_app import advisories, paths, provenance, statistics, tables
from geo_app.errors import TableInvalid
from geo_app.indicators import Indicator, Interval, Kind, Status, indicator
from geo_app.periods import DAYS_PER_YEAR, Period, months_before, parse
from geo_app.states import NATION_CODE, state_codes

PER = 100_000
"""Inhabitants that a rate is counted on."""

COLUMNS = [
    "area_kind",
    "area_code",
    "period",
    "value",
    "low",
    "high",
    "interval",
    "numerator",
    "denominator",
    "status",
    "source",
    "release",
    "published",
    "checked",
]
"""Columns of the observations of an indicator, and of every answer after the names."""

_FROM_ROW = ["status", "source", "release", "published", "checked"]

_BY_DOUBT = (
    Status.FINAL,
    Status.PRELIMINARY,
    Status.ESTIMATED,
    Status.PARTIAL,
    Status.NOT_APPLICABLE,
    Status.MISSING,
)
"""Stored statuses, most certain first: a sum is as doubtful as the most doubtful of its parts."""


def observe(slug: str, known_on: str | None = None) -> pd.DataFrame:
    """Return all values of an indicator.

    Parameters
    ----------
    slug
        Name of the indicator.
    known_on
        ISO date: only releases that provably stood on that day count. What no such release holds
        is missing, never today's figure.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``, one row an area and period, nation included, index 0, 1, 2… Sorted by area
        kind, area code and period. ``value``, ``low``, ``high`` in the indicator's unit,
        ``numerator`` the count (of the whole window) and ``denominator`` the people at its middle;
        NaN = missing.

    Raises
    ------
    BadRequest
        If there is no such indicator.
    TableInvalid, HashMismatch
        If its table, its record or the population's is not right.
    """
    folder = paths.data_dir()
    return _observe(slug, known_on, str(folder), paths.stamp(folder)).copy()


def published_change(slug: str, period: str, known_on: str | None = None) -> bool | None:
    """Return the source's own test of the nation against the period before.

    Parameters
    ----------
    slug
        Name of the indicator.
    period
        The later period.
    known_on
        ISO date: only releases that provably stood on that day count.

    Returns
    -------
    bool or None
        Whether the source calls the change significant; None where it gives no test.
    """
    recipe = indicator(slug).recipe
    if not recipe.change_flag:
        return None
    rows = _stored(recipe.source, recipe.change_flag, known_on)
    flags = rows[(rows["area_kind"] == "nation") & (rows["period"] == period)]["value"].dropna()
    return bool(flags.iloc[0]) if len(flags) else None


def issue_rows(day: date, known_on: str | None = None) -> pd.DataFrame:
    """Return the advisory levels of one day, in ``COLUMNS``: the 32 states and the nation.

    Parameters
    ----------
    day
        The day that is asked about.
    known_on
        ISO date: of a later day nothing was known then, so that its levels are missing.

    Raises
    ------
    BadRequest
        If the day lies after the one on which the source was last read.
    """
    advice = advisories.history().on(day)
    rows = pd.DataFrame(
        [_issue_row(item, day) for item in advice] + [_country_row(advice[0], day)],
        columns=COLUMNS,
    )
    if known_on is not None and day.isoformat() > known_on:
        rows["value"] = np.nan
        rows["status"] = str(Status.MISSING)
        rows[["release", "published", "checked"]] = ""
    return rows


def unplaced(rows: pd.DataFrame) -> float | None:
    """Return how many are counted for the nation and for no state.

    Parameters
    ----------
    rows
        All areas of one period, ``COLUMNS``.

    Returns
    -------
    float or None
        Deaths abroad or in no known state; None where nothing is counted or a state is missing.
    """
    counts = rows.groupby("area_kind")["numerator"].sum(min_count=1)
    states = rows[rows["area_kind"] == "state"]["numerator"].sum(skipna=False, min_count=1)
    gap = float(counts.get("nation", np.nan) - states)
    return None if np.isnan(gap) else gap


@cache
def _observe(slug: str, known_on: str | None, _folder: str, _stamp: int) -> pd.DataFrame:
    found = indicator(slug)
    rows = _levels(known_on) if found.kind is Kind.LEVEL else _values(found, known_on)
    ordered = rows.sort_values(["area_kind", "area_code", "period"], kind="stable")
    return ordered[COLUMNS].reset_index(drop=True)


def _values(found: Indicator, known_on: str | None) -> pd.DataFrame:
    rows = _stored(found.recipe.source, found.recipe.measure, known_on)
    if not found.recipe.denominator:
        return rows.assign(numerator=np.nan, denominator=np.nan)
    rows = _with_nation(rows)
    rows = rows[rows["area_kind"] != "outside"]
    if found.recipe.window_months > 1:
        rows = _windowed(rows, found.recipe.window_months)
    return _rates(rows, found)


def _stored(source_slug: str, measure: str, known_on: str | None) -> pd.DataFrame:
    """Return the newest rows of a measure; what was not known then is missing."""
    source = provenance.load_source(source_slug)
    table = tables.table(source_slug)
    table = table[table["measure"] == measure]
    if table.empty:
        message = f"no row has the measure {measure!r}"
        raise TableInvalid(message, where=f"{source_slug}.csv", fix="import the source")
    newest = tables.newest(table, source)
    if known_on is None:
        return newest
    keys = ["area_kind", "area_code", "period"]
    known = tables.newest(table, source, known_on).set_index(keys)
    rows = known.reindex(pd.MultiIndex.from_frame(newest[keys])).reset_index()
    rows["status"] = rows["status"].fillna(str(Status.MISSING))
    rows["source"] = source_slug
    texts = ["interval", "release", "published", "checked"]
    rows[texts] = rows[texts].fillna("")
    return rows


def _with_nation(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the nation as the sum of the states where the source publishes no total of its own."""
    if (rows["area_kind"] == "nation").any():
        return rows
    grouped = rows[rows["area_kind"] == "state"].groupby("period", sort=True)
    nation = grouped[[*_FROM_ROW, "interval"]].last()
    nation["status"] = grouped["status"].agg(lambda found: max(found, key=_BY_DOUBT.index))
    nation["value"] = grouped["value"].sum(min_count=len(state_codes()))
    nation.loc[nation["value"].isna(), "status"] = str(Status.MISSING)
    nation = nation.reset_index().assign(area_kind="nation", area_code=NATION_CODE)
    return pd.concat([rows, nation], ignore_index=True)


def _windowed(rows: pd.DataFrame, months: int) -> pd.DataFrame:
    """Add up the last months; a window that is cut or holds a missing month has no value."""
    ordered = rows.sort_values(["area_code", "period"]).reset_index(drop=True)
    ordered["doubt"] = ordered["status"].map(_BY_DOUBT.index)
    windows = ordered.groupby("area_code")[["value", "doubt"]].rolling(months, min_periods=months)
    found = windows.agg({"value": "sum", "doubt": "max"}).reset_index(level=0, drop=True)
    ordered["value"] = found["value"].sort_index()
    ordered["status"] = found["doubt"].sort_index().map(dict(enumerate(map(str, _BY_DOUBT))))
    ordered.loc[ordered["value"].isna(), "status"] = str(Status.MISSING)
    first = sorted(ordered["period"].unique())[months - 1 :]
    return ordered[ordered["period"].isin(first)]


def _rates(rows: pd.DataFrame, found: Indicator) -> pd.DataFrame:
    spans = {text: _exposure(parse(text), found) for text in rows["period"].unique()}
    middles = rows["period"].map({text: item[0] for text, item in spans.items()})
    factor = rows["period"].map({text: item[1] for text, item in spans.items()}) * PER
    people = _people(rows["area_code"], middles, found)
    rates = rows.assign(
        numerator=rows["value"],
        denominator=people,
        value=rows["value"] * factor / people,
        interval="",
    )
    if found.recipe.interval is Interval.POISSON:
        low, high = statistics.poisson_interval(rows["value"].to_numpy())
        rates["low"] = low * factor / people
        rates["high"] = high * factor / people
        rates["interval"] = rates["value"].notna().map({True: str(Interval.POISSON), False: ""})
    return rates


def _exposure(period: Period, found: Indicator) -> tuple[float, float]:
    """Return the middle of what is counted, in decimal years, and the factor to a year."""
    if found.recipe.window_months > 1:
        first = parse(months_before(period, found.recipe.window_months)[0])
        window = Period(first.start, period.end, period.text, period.cadence)
        return window.middle_year, 1.0
    factor = DAYS_PER_YEAR / period.days if found.recipe.annualised else 1.0
    return period.middle_year, factor


def _people(codes: pd.Series[str], middles: pd.Series[float], found: Indicator) -> pd.Series[float]:
    """Return the population of each area at a moment, linear between mid-years."""
    population = _stored(found.recipe.denominator_source, found.recipe.denominator, None)
    population = _with_nation(population)
    people = pd.Series(np.nan, index=codes.index)
    for code, known in population.groupby("area_code"):
        mine = codes == code
        years = known["period"].astype(int).to_numpy() + 0.5
        counts = known["value"].to_numpy(dtype=float)
        people[mine] = np.interp(middles[mine], years, counts, left=np.nan, right=np.nan)
    # A rate whose year has no population would silently lose its area.
    if people.isna().any():
        code = codes[people.isna()].iloc[0]
        message = f"no population of area {code!r} for a period of {found.slug}"
        raise TableInvalid(message, where=found.recipe.denominator_source)
    return people


def _levels(known_on: str | None) -> pd.DataFrame:
    blocks = [issue_rows(issue, known_on) for issue in advisories.history().issues]
    return pd.concat(blocks, ignore_index=True)


def _issue_row(item: advisories.Advice, day: date) -> list[object]:
    value = np.nan if item.level is None else float(item.level)
    return _row("state", item.state_code, day, value, item.status, item.last_stated, item.checked)


def _country_row(item: advisories.Advice, day: date) -> list[object]:
    """Return the country's own level, as the issue in force on the day gives it."""
    value = np.nan if item.country_level is None else float(item.country_level)
    return _row("nation", NATION_CODE, day, value, item.country_status, item.issued, item.checked)


def _row(
    kind: str,
    code: str,
    day: date,
    value: float,
    status: Status,
    issue: date | None,
    checked: date,
) -> list[object]:
    release = f"US advisory {issue}" if issue else ""
    published = str(issue) if issue else ""
    empty = [np.nan, np.nan, "", np.nan, np.nan]
    texts = [str(status), advisories.SOURCE, release, published, str(checked)]
    return [kind, code, str(day), value, *empty, *texts]
