"""Rates over a population: the newest stored counts, their window, their exposure, their interval.

Owns the one computation of every rate. Does not own which rows an indicator has
(``observations``) or the interval itself (``statistics``).
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from geo_app import provenance, statistics, tables, us_areas
from geo_app.errors import TableInvalid
from geo_app.indicators import Geography, Indicator, Interval, Status
from geo_app.periods import DAYS_PER_YEAR, Cadence, Period, months_before, parse, span
from geo_app.states import NATION_CODE, state_codes

PER = 100_000
"""Inhabitants that a rate is counted on."""

_FROM_ROW = ["status", "source", "release", "published", "checked"]

_CELL = ["area_kind", "area_code", "period"]

BY_DOUBT = (
    Status.FINAL,
    Status.PRELIMINARY,
    Status.ESTIMATED,
    Status.PARTIAL,
    Status.NOT_APPLICABLE,
    Status.MISSING,
)
"""Stored statuses, most certain first: a sum is as doubtful as the most doubtful of its parts."""


def over_population(rows: pd.DataFrame, found: Indicator) -> pd.DataFrame:
    """Turn counts into the rates of an indicator.

    Parameters
    ----------
    rows
        Stored counts, as ``stored`` returns them, of all areas and periods.
    found
        The indicator, whose recipe says window, population and interval.

    Returns
    -------
    pandas.DataFrame
        The rows whose window is whole, with ``numerator`` (the count of the window),
        ``denominator`` (people at its middle), ``value``, ``low``, ``high`` (a year and 100,000
        people) and ``interval``. A municipality without population has no value, nor has a count
        of a part of its period: eight months over a year's people would look like a quiet year.

    Raises
    ------
    TableInvalid
        If a state, or a whole period, has no population.
    """
    if found.recipe.window_months > 1:
        rows = _windowed(rows, found.recipe.window_months)
    return _rates(rows, found)


def stored(source_slug: str, measure: str, known_on: str | None) -> pd.DataFrame:
    """Return the newest stored rows of a measure; what was not known then is missing.

    Parameters
    ----------
    source_slug, measure
        The table, and what it counts.
    known_on
        ISO date: only releases that provably stood on that day count; all where it is None.

    Returns
    -------
    pandas.DataFrame
        As ``tables.table`` returns it, one row an area and period, of every period from the first
        to the last one held today; one that no release holds is missing.

    Raises
    ------
    TableInvalid
        If no row has the measure, or the table is not right.
    """
    source = provenance.load_source(source_slug)
    table = tables.table(source_slug)
    table = table[table["measure"] == measure]
    if table.empty:
        message = f"no row has the measure {measure!r}"
        raise TableInvalid(message, where=f"{source_slug}.csv", fix="import the source")
    newest = tables.newest(table, source)
    every = _every_period(newest)
    if known_on is None and len(every) == len(newest):
        return newest
    known = tables.newest(table, source, known_on).set_index(_CELL)
    rows = known.reindex(every).reset_index()
    rows["status"] = rows["status"].fillna(str(Status.MISSING))
    rows["source"] = source_slug
    rows["measure"] = measure
    texts = ["interval", "release", "published", "checked", "reasons", "address"]
    rows[texts] = rows[texts].fillna("")
    return rows


def _every_period(rows: pd.DataFrame) -> pd.MultiIndex:
    """Return the cells of rows, and those of the periods that lie between two releases.

    Each release holds all of its own periods, but one may end long before the next begins.
    """
    cells = pd.MultiIndex.from_frame(rows[_CELL])
    held = set(rows["period"])
    cadence = parse(min(held)).cadence
    if cadence is Cadence.ISSUE:
        return cells
    between = [text for text in span(cadence, min(held), max(held)) if text not in held]
    if not between:
        return cells
    areas = rows[["area_kind", "area_code"]].drop_duplicates()
    gaps = areas.merge(pd.DataFrame({"period": between}), how="cross")
    return cells.append(pd.MultiIndex.from_frame(gaps))


def with_nation(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the nation as the sum of the states where the source publishes no total of its own.

    Parameters
    ----------
    rows
        Stored rows of one measure, as ``stored`` returns them.
    """
    if (rows["area_kind"] == "nation").any():
        return rows
    grouped = rows[rows["area_kind"] == "state"].groupby("period", sort=True)
    nation = grouped[[*_FROM_ROW, "interval"]].last()
    nation["status"] = grouped["status"].agg(lambda found: max(found, key=BY_DOUBT.index))
    nation["value"] = grouped["value"].sum(min_count=len(state_codes()))
    nation.loc[nation["value"].isna(), "status"] = str(Status.MISSING)
    nation = nation.reset_index().assign(area_kind="nation", area_code=NATION_CODE)
    return pd.concat([rows, nation], ignore_index=True)


def with_us_sums(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the regions and the United States as the sums of what is listed of their parts.

    A source of seizures lists an office only where it seized something, so a part without a figure
    adds nothing; a sum of which no part has a figure is missing.

    Parameters
    ----------
    rows
        Stored rows of one measure by field office and sector, as ``stored`` returns them.
    """
    regions = rows["area_code"].map(us_areas.regions())
    sums = [
        _sums(rows.assign(area_kind="us_region", area_code=regions)),
        _sums(rows.assign(area_kind="us_nation", area_code=us_areas.NATION_CODE)),
    ]
    return pd.concat([rows, *sums], ignore_index=True)


def _sums(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the values of each area and period; as doubtful as the most doubtful value."""
    keys = ["area_kind", "area_code", "period"]
    # A part without a figure has no doubt either: the rows with figures come last and first.
    ordered = rows.assign(doubt=rows["status"].map(BY_DOUBT.index).where(rows["value"].notna()))
    ordered = ordered.sort_values("value", na_position="first", kind="stable")
    grouped = ordered.groupby(keys, sort=True)
    total = grouped[[*_FROM_ROW, "interval"]].last()
    total["value"] = grouped["value"].agg(lambda found: math.fsum(found.dropna()))
    doubt = grouped["doubt"].max()
    total.loc[doubt.isna(), "value"] = np.nan
    words = dict(enumerate(map(str, BY_DOUBT)))
    total["status"] = doubt.map(words).fillna(str(Status.MISSING))
    return total.reset_index()


def _windowed(rows: pd.DataFrame, months: int) -> pd.DataFrame:
    """Add up the last months; a window that is cut or holds a missing month has no value."""
    ordered = rows.sort_values(["area_code", "period"]).reset_index(drop=True)
    ordered["doubt"] = ordered["status"].map(BY_DOUBT.index)
    windows = ordered.groupby("area_code")[["value", "doubt"]].rolling(months, min_periods=months)
    found = windows.agg({"value": "sum", "doubt": "max"}).reset_index(level=0, drop=True)
    ordered["value"] = found["value"].sort_index()
    ordered["status"] = found["doubt"].sort_index().map(dict(enumerate(map(str, BY_DOUBT))))
    ordered.loc[ordered["value"].isna(), "status"] = str(Status.MISSING)
    first = sorted(ordered["period"].unique())[months - 1 :]
    return ordered[ordered["period"].isin(first)]


def _rates(rows: pd.DataFrame, found: Indicator) -> pd.DataFrame:
    spans = {text: exposure(parse(text), found) for text in rows["period"].unique()}
    middles = rows["period"].map({text: item[0] for text, item in spans.items()})
    factor = rows["period"].map({text: item[1] for text, item in spans.items()}) * PER
    people = _people(rows, middles, found)
    made = rows.assign(
        numerator=rows["value"],
        denominator=people,
        value=rows["value"] * factor / people,
        interval="",
    )
    made["status"] = rows["status"].mask(people.isna(), str(Status.MISSING))
    whole = rows["status"] != Status.PARTIAL
    made["value"] = made["value"].where(whole)
    if found.recipe.interval is Interval.POISSON:
        low, high = _poisson_interval(rows["value"])
        made["low"] = (low * factor / people).where(whole)
        made["high"] = (high * factor / people).where(whole)
        made["interval"] = made["value"].notna().map({True: str(Interval.POISSON), False: ""})
    return made


def _poisson_interval(counts: pd.Series[float]) -> tuple[statistics.Floats, statistics.Floats]:
    # Thousands of municipalities share a few hundred counts, and a quantile is slow.
    codes, different = pd.factorize(counts, use_na_sentinel=False)
    low, high = statistics.poisson_interval(different)
    return low[codes], high[codes]


def exposure(period: Period, found: Indicator) -> tuple[float, float]:
    """Return over which people a count of a period stands, and for how much of a year.

    Parameters
    ----------
    period
        The period; of a window its last month.
    found
        The indicator, whose recipe says window and scaling.

    Returns
    -------
    middle, factor
        The middle of what is counted, in decimal years, and the factor to a year.
    """
    if found.recipe.window_months > 1:
        first = parse(months_before(period, found.recipe.window_months)[0])
        window = Period(first.start, period.end, period.text, period.cadence)
        return window.middle_year, 1.0
    factor = DAYS_PER_YEAR / period.days if found.recipe.annualised else 1.0
    return period.middle_year, factor


def _people(rows: pd.DataFrame, middles: pd.Series[float], found: Indicator) -> pd.Series[float]:
    """Return the population of each row's area at a moment, linear between mid-years."""
    population = stored(found.recipe.denominator_source, found.recipe.denominator, None)
    if found.geography is Geography.STATE:
        population = with_nation(population)
    # One row a cell, so that there is nothing to aggregate.
    table = population.pivot(index="area_code", columns="period", values="value")  # noqa: PD010
    moments = dict.fromkeys(middles)
    years = table.columns.astype(int).to_numpy() + 0.5
    at = pd.DataFrame({moment: _between(table, years, moment) for moment in moments})
    lines = at.index.get_indexer(pd.Index(rows["area_code"]))
    people = pd.Series(
        at.to_numpy()[lines, at.columns.get_indexer(pd.Index(middles))], index=rows.index
    )
    # What the table of population does not hold has no line; -1 would be its last one. Over nobody
    # there is no rate.
    people = people.where((lines >= 0) & (people > 0))
    _refuse_lost(people, rows, found)
    return people


def _between(table: pd.DataFrame, years: statistics.Floats, moment: float) -> pd.Series[float]:
    """Return the population of every area at a moment; NaN outside the years that are held."""
    last = int(np.searchsorted(years, moment))
    if last == len(years) or moment < years[0]:
        return pd.Series(np.nan, index=table.index)
    if years[last] == moment:
        return table.iloc[:, last]
    before, after = table.iloc[:, last - 1], table.iloc[:, last]
    slope = (after - before) / (years[last] - years[last - 1])
    people: pd.Series[float] = before + slope * (moment - years[last - 1])
    return people


def _refuse_lost(people: pd.Series[float], rows: pd.DataFrame, found: Indicator) -> None:
    """Refuse a rate that would silently lose a state, or every area of a period."""
    lost = people.isna()
    if found.geography is Geography.MUNICIPALITY:
        lost = lost.groupby(rows["period"]).transform("all")
    if lost.any():
        code = rows["area_code"][lost].iloc[0]
        message = f"no population of area {code!r} for a period of {found.slug}"
        raise TableInvalid(message, where=found.recipe.denominator_source)
