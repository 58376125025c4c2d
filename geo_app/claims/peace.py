"""The claim about the peace index: what its editions allow to be said, and what not."""

from __future__ import annotations

from geo_app import rates
from geo_app.atlas import Atlas
from geo_app.claims.records import Bars, Claim, Fact, Outcome, Part, held_row
from geo_app.periods import Cadence, span

SLUG = "peace_index_score"
EDITIONS = tuple(span(Cadence.YEAR, "2015", "2022"))
"""Editions whose data are of the years to 2021: an edition tells of the year before."""


def peace(atlas: Atlas) -> Claim:
    """Say what is held of the claim that peacefulness fell between 2015 and 2021.

    It needs a score of the nation for both years by one method. None is held: each edition has a
    method of its own, and no edition held gives the nation a score.
    """
    rows = atlas.values(SLUG)
    scores = {edition: rows[rows["period"] == edition] for edition in EDITIONS}
    states = {
        edition: int((found["value"].notna() & (found["area_kind"] == "state")).sum())
        for edition, found in scores.items()
    }
    nation = rows[(rows["area_kind"] == "nation") & rows["value"].notna()]
    places = rates.stored("peace-index", "peace_index_rank", atlas.known_on)
    ranked = places[places["value"].notna()]
    held = sum(count > 0 for count in states.values())
    facts: dict[str, Fact] = {"editions": (held, 0), "scores": (len(nation), 0)}
    return Claim(
        key="peace",
        parts=(Part("claims_peace_part", Outcome.NOT_HELD, facts),),
        figures=tuple(
            held_row(row, "score_nation", SLUG, "points", 2)
            for _, row in rows[rows["area_kind"] == "nation"].iterrows()
            if row["period"] in EDITIONS
        ),
        drawings=(
            Bars(
                "claims_peace_bars",
                tuple((edition, float(count) or None, False) for edition, count in states.items()),
            ),
        ),
        notes=(
            Part("claims_peace_method", Outcome.YES, {}),
            Part("claims_peace_places", Outcome.YES, {"count": (len(ranked), 0)}),
        ),
        indicators=(SLUG,),
        link=(SLUG, "2018"),
    )
