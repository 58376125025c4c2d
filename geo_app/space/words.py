"""What the page of space says: sentences, tables for a reader, and rows for a file.

Owns the words of ``association``, ``smoothed`` and ``calendar``. Does not own the drawings
(``figures``).
"""

from __future__ import annotations

import pandas as pd

from geo_app import export
from geo_app.answers import Layer
from geo_app.areas import area_name
from geo_app.indicators import indicator
from geo_app.space import weights
from geo_app.space.association import PERMUTATIONS, Association, Overall, Quadrant
from geo_app.space.calendar import Calendar
from geo_app.space.smoothed import SmoothedMonth
from geo_app.states import state
from geo_app.text import Words

TOLD = (Quadrant.HIGH_HIGH, Quadrant.LOW_LOW, Quadrant.HIGH_LOW, Quadrant.LOW_HIGH)
"""Classes whose states are named."""

P_DECIMALS, I_DECIMALS = 4, 2


def neighbours_line(kind: str, say: Words) -> str:
    """Say who counts as a neighbour."""
    if kind == weights.NEAREST:
        return say("space_weights_nearest_text", {"count": weights.NEAREST_COUNT})
    found = weights.neighbours(kind)
    counts = [len(near) for near in found.lists]
    values = {"mean": say.number(sum(counts) / len(counts), 1), "most": max(counts)}
    return say("space_weights_queen_text", {**values, "least": min(counts)})


def refused_line(found: Association, say: Words) -> str:
    """Say why the question is not asked; empty where it was."""
    if found.refused is None:
        return ""
    return say(f"space_refused_{found.refused}", {"known": found.known})


def overall_lines(found: Association, say: Words) -> tuple[str, ...]:
    """Return the answer for the whole country, the sentence on 32 areas, and how it was made."""
    if found.overall is None:
        return ()
    overall, rate = found.overall, found.standardised
    lines = [say(f"space_overall_{_ENDINGS[overall.direction]}", _told(overall, say))]
    lines.append(say("space_n"))
    if rate is not None:
        lines.append(say(f"space_rate_{_ENDINGS[rate.direction]}", _told(rate, say)))
    shuffles = {"count": say.number(PERMUTATIONS)}
    return (*lines, say("space_shuffles", shuffles))


_ENDINGS = {1: "like", -1: "unlike", 0: "untold"}


def _told(found: Overall, say: Words) -> dict[str, str]:
    return {
        "value": say.number(found.value, I_DECIMALS),
        "expected": say.number(found.expected, I_DECIMALS),
        "p": say.number(found.p_value, P_DECIMALS),
    }


def class_lines(found: Association, say: Words) -> tuple[str, ...]:
    """Name the states of each class that is told from chance, and count the others."""
    lines = []
    for quadrant in TOLD:
        names = [state(item.state_code).name(say.lang) for item in found.named(quadrant)]
        if names:
            title = say(f"space_class_{quadrant}")
            lines.append(say("space_class_line", {"title": title, "names": say.listed(names)}))
    untold = len(found.named(Quadrant.UNTOLD))
    if untold == len(found.locals):
        return (say("space_class_none"),)
    return (*lines, say("space_class_rest", {"count": untold}))


def local_table(found: Association, say: Words) -> pd.DataFrame:
    """Return the states with value, neighbours and class, for the page."""
    near = weights.neighbours(found.kind)
    names = {code: state(code).name(say.lang) for code in near.codes}
    of = dict(zip(near.codes, near.lists, strict=True))
    rows = [
        {
            say("column_area_state"): names[item.state_code],
            say("column_value"): item.value,
            say("space_column_class"): say(f"space_class_{item.quadrant}"),
            say("space_column_p"): item.p_value,
            say("space_column_score"): item.score,
            say("space_column_near"): item.near,
            say("space_column_i"): item.i_value,
            say("space_column_neighbours"): ", ".join(names[code] for code in of[item.state_code]),
        }
        for item in found.locals
    ]
    return pd.DataFrame(rows)


def local_rows(found: Association, layer: Layer, lang: str) -> pd.DataFrame:
    """Return the answer of each state with the local statistics beside it, for a file."""
    rows = export.answer(export.layer_rows(layer), found.slug, lang)
    by_code = {item.state_code: item for item in found.locals}
    items = [by_code[code] for code in rows["area_code"]]
    near = weights.neighbours(found.kind)
    of = dict(zip(near.codes, near.lists, strict=True))
    return rows.assign(
        neighbours=found.kind or "queen",
        neighbour_codes=[" ".join(of[code]) for code in rows["area_code"]],
        distance_to_mean_sd=[item.score for item in items],
        neighbours_mean_distance_sd=[item.near for item in items],
        local_moran_i=[item.i_value for item in items],
        p_value_two_sided=[item.p_value for item in items],
        false_discovery_cutoff=found.cutoff,
        local_class=[str(item.quadrant) for item in items],
    )


def smoothed_lines(found: SmoothedMonth, say: Words) -> tuple[str, ...]:
    """Say what the smoothed rates of a month lean on and how far they moved."""
    decimals = found.indicator.decimals
    if found.mean is None or found.largest is None:
        return (say("space_smoothed_none"),)
    values = {
        "mean": say.number(found.mean, decimals),
        "largest": say.number(found.largest, decimals),
        "period": say.period(found.period),
        "unit": say.unit(found.indicator),
    }
    return say("space_smoothed_text", values), say("space_smoothed_caution")


def smoothed_table(found: SmoothedMonth, say: Words) -> pd.DataFrame:
    """Return raw and smoothed rates of the states, for the page."""
    rows = [
        {
            say("column_area_state"): state(item.raw.area_code).name(say.lang),
            say("space_column_raw"): item.raw.value,
            say("column_low"): item.raw.low,
            say("column_high"): item.raw.high,
            say("space_column_smoothed"): item.rate,
            say("space_column_weight"): None if item.weight is None else 100 * item.weight,
            say("column_numerator"): item.raw.numerator,
            say("column_denominator"): item.raw.denominator,
            say("column_status"): say.status(item.raw.status),
        }
        for item in found.states
    ]
    return pd.DataFrame(rows)


def smoothed_rows(found: SmoothedMonth, layer: Layer, lang: str) -> pd.DataFrame:
    """Return the answer of each state with its smoothed rate beside it, for a file."""
    rows = export.answer(export.layer_rows(layer), found.indicator.slug, lang)
    by_code = {item.raw.area_code: item for item in found.states}
    items = [by_code[code] for code in rows["area_code"]]
    return rows.assign(
        empirical_bayes_per_100k=pd.Series([item.rate for item in items], dtype=float),
        weight_of_raw_rate=pd.Series([item.weight for item in items], dtype=float),
    )


def calendar_title(found: Calendar, period: str, say: Words) -> str:
    """Say in one line what a calendar shows."""
    title = found.indicator.title.in_(say.lang)
    values = {"title": title, "year": period[:4]}
    if found.state_code:
        values["state"] = state(found.state_code).name(say.lang)
        return say("space_calendar_one", values)
    if len(found.columns[0]) == len("01"):
        return say("space_calendar_year", values)
    first, last = found.columns[0], found.columns[-1]
    return say("space_calendar_years", {**values, "first": first, "last": last})


def calendar_table(found: Calendar, say: Words) -> pd.DataFrame:
    """Return a calendar as a table with the same rows and columns."""
    table = found.values.pivot(index="row", columns="column", values="value")  # noqa: PD010 - nothing to aggregate
    table = table.reindex(index=list(found.rows), columns=list(found.columns))
    months = say("space_months").split()
    is_month = len(found.columns[0]) == len("01")
    table.columns = pd.Index(months if is_month else found.columns)
    names = list(found.rows)
    if not found.state_code:
        names = [area_name("state", code, say.lang) for code in names]
    key = "space_column_year" if found.state_code else "column_area_state"
    table.insert(0, say(key), names)
    return table.reset_index(drop=True)


def calendar_notes(found: Calendar, say: Words) -> tuple[str, ...]:
    """Give the reason of each break that the calendar shows."""
    shown = set(found.values["period"])
    return tuple(
        say("space_break", {"period": say.period(item.period), "reason": item.reason.in_(say.lang)})
        for item in indicator(found.indicator.slug).series_breaks
        if item.period in shown
    )
