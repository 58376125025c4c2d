"""What the page of municipalities says: sentences, tables for a reader, and rows for a file."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geo_app import export, municipalities
from geo_app.atlas import Atlas
from geo_app.maps.outlines import FAR_M, outlines
from geo_app.municipal import rates
from geo_app.municipal.rates import LEVEL, MINIMUM_PEOPLE, Municipality, StateRates
from geo_app.states import state
from geo_app.text import Words


def head_lines(found: StateRates, say: Words) -> tuple[str, ...]:
    """Say how many municipalities there are, what is known of none, and which came later."""
    values = {
        "state": state(found.state_code).name(say.lang),
        "count": len(found.areas),
        "edition": municipalities.EDITION,
    }
    lines = [say("municipal_count", values)]
    lines += [
        say("municipal_later", {"name": name, "parent": parent})
        for name, parent in rates.created_later(found.state_code)
    ]
    if found.unplaced:
        gap = {"count": say.number(found.unplaced), "period": say.period(found.period)}
        lines.append(say("municipal_unplaced", gap))
    if outlines(found.state_code).has_far_islands:
        lines.append(say("municipal_islands", {"distance": FAR_M // 1000}))
    return tuple(lines)


def smoothed_lines(found: StateRates, say: Words) -> tuple[str, ...]:
    """Say what the smoothed rates lean on and why, and what the smallest population is for."""
    few = {
        "people": say.number(MINIMUM_PEOPLE),
        "count": len(found.small),
        "all": len(found.areas),
    }
    if found.mean is None:
        return (say("municipal_nothing", {"period": say.period(found.period)}),)
    values = {
        "state": state(found.state_code).name(say.lang),
        "mean": say.number(found.mean, found.indicator.decimals),
        "unit": say.unit(found.indicator),
        "period": say.period(found.period),
    }
    lines = [say("municipal_minimum", few)] if found.small else []
    lines.append(say("municipal_lean", values))
    if found.is_alike:
        lines.append(say("municipal_alike"))
    return (*lines, say("municipal_caution"))


def table(items: Sequence[Municipality], say: Words) -> pd.DataFrame:
    """Return municipalities with raw rate, interval, smoothed rate, people and deaths."""
    rows = [
        {
            say("column_area_municipality"): item.name,
            say("municipal_column_raw"): item.raw.value,
            say("column_low"): item.raw.low,
            say("column_high"): item.raw.high,
            say("municipal_column_smoothed"): item.rate,
            say("municipal_column_weight"): None if item.weight is None else 100 * item.weight,
            say("municipal_column_deaths"): item.raw.numerator,
            say("column_denominator"): item.raw.denominator,
            say("column_status"): say.status(item.raw.status),
        }
        for item in items
    ]
    return pd.DataFrame(rows)


def file_rows(
    atlas: Atlas, slug: str, state_code: str, period: str | None, lang: str
) -> pd.DataFrame:
    """Return the answer of each municipality of a state with its smoothed rate, for a file.

    Parameters
    ----------
    atlas
        The atlas.
    slug, state_code
        An indicator with municipalities, and a state.
    period
        One period; all of them where it is None.
    lang
        Language of the names.
    """
    rows = rates.smoothed(atlas.values(slug, level=LEVEL, area=state_code, period=period), slug)
    # Both are sorted by area and period.
    told = export.answer(rows, slug, lang)
    return told.assign(
        empirical_bayes_per_100k=rows["smoothed"].to_numpy(),
        weight_of_raw_rate=rows["weight"].to_numpy(),
        under_minimum_population=["yes" if few else "no" for few in rows["is_small"]],
    )
