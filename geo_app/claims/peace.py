"""The claim about the peace index: what its editions allow to be said, and what not."""

from __future__ import annotations

import pandas as pd

from geo_app import rates
from geo_app.atlas import Atlas
from geo_app.claims.records import (
    TEXT,
    Bars,
    Claim,
    Fact,
    Held,
    Outcome,
    Part,
    decided,
    held_row,
    not_held,
)
from geo_app.claims.told import told
from geo_app.periods import Cadence, span
from geo_app.press_figures import SOURCE, Figure

SLUG = "peace_index_score"
EDITIONS = tuple(span(Cadence.YEAR, "2015", "2022"))
"""Editions whose data are of the years to 2021: an edition tells of the year before."""

CLAIMED = ("2015", "2021")
"""The two years of the claim."""

TOLD = {
    Figure.PEACE_CHANGE: ("told_peace_change", "change"),
    Figure.STATES_IMPROVED: ("told_states_improved", "states"),
    Figure.STATES_WORSE: ("told_states_worse", "states"),
}
"""Name and unit of what pages tell of the index."""


def peace(atlas: Atlas) -> Claim:
    """Check the claim that peacefulness fell clearly between 2015 and 2021.

    That it fell is told by the press of one edition, which computes both years by its own method.
    Whether clearly, the scores of both years by that method would show, or how sure they are:
    neither is held. Scores of two editions are never set against each other.
    """
    by_press = {
        figure: told(figure, name, unit, atlas.known_on) for figure, (name, unit) in TOLD.items()
    }
    rows = atlas.values(SLUG)
    states = _states(rows)
    nation = rows[rows["area_kind"] == "nation"]
    scores = nation[nation["period"].isin(EDITIONS)]
    facts: dict[str, Fact] = {
        "editions": (sum(count > 0 for count in states.values()), 0),
        "scores": (int(scores["value"].notna().sum()), 0),
    }
    told_figures = [one for found in by_press.values() for one in found]
    bars = tuple((edition, float(count) or None, False) for edition, count in states.items())
    return Claim(
        key="peace",
        parts=(_fall(by_press[Figure.PEACE_CHANGE]), not_held("claims_peace_part", facts)),
        figures=(
            *told_figures,
            *(held_row(row, "score_nation", SLUG, "points", 2) for _, row in scores.iterrows()),
        ),
        drawings=(Bars("claims_peace_bars", bars),),
        notes=_notes(by_press, atlas.known_on),
        indicators=(SLUG,),
        link=(SLUG, "2018"),
        further_sources=(SOURCE,),
    )


def _states(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many states have a score in each edition."""
    has_score = rows["value"].notna() & (rows["area_kind"] == "state")
    return {edition: int((has_score & (rows["period"] == edition)).sum()) for edition in EDITIONS}


def _fall(changes: list[Held]) -> Part:
    mine = [one for one in changes if (one.first, one.last) == CLAIMED]
    if not mine or mine[-1].value is None:
        return not_held("claims_peace_none")
    change = mine[-1].value
    facts: dict[str, Fact] = {"change": (change, 1), "page": f"{TEXT}{mine[-1].release}"}
    return Part("claims_peace_fall", decided(is_true=change < 0), facts)


def _notes(by_press: dict[Figure, list[Held]], known_on: str | None) -> tuple[Part, ...]:
    places = rates.stored("peace-index", "peace_index_rank", known_on)
    count: dict[str, Fact] = {"count": (int(places["value"].notna().sum()), 0)}
    notes = [
        Part("claims_peace_method", Outcome.YES, {}),
        Part("claims_peace_places", Outcome.YES, count),
    ]
    on_year = [
        [one.value for one in found if one.last == CLAIMED[1] and one.first != CLAIMED[0]]
        for found in by_press.values()
    ]
    if all(on_year):
        change, improved, worse = (found[-1] or 0 for found in on_year)
        facts: dict[str, Fact] = {
            "change": (change, 1),
            "improved": (improved, 0),
            "worse": (worse, 0),
        }
        notes.insert(0, Part("claims_peace_year", Outcome.YES, facts))
    return tuple(notes)
