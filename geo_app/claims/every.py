"""All claims in the order of the page."""

from __future__ import annotations

from geo_app.atlas import Atlas
from geo_app.claims import advice, first_half, homicides, peace, surveys, united_states
from geo_app.claims.records import Claim


def claims(atlas: Atlas) -> tuple[Claim, ...]:
    """Return each claim with its verdict and figures.

    Raises
    ------
    TableInvalid, HashMismatch
        If a table or a record is not right.
    """
    return (
        homicides.record(atlas),
        first_half.half(atlas),
        surveys.insecure(atlas),
        advice.levels(atlas),
        united_states.fentanyl(atlas),
        united_states.opioids(atlas),
        surveys.reported(atlas),
        peace.peace(atlas),
    )
