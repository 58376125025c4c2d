"""The claim that each year since 2019 had more homicides than any year before."""

from __future__ import annotations

import pandas as pd

from geo_app import statistics
from geo_app.atlas import Atlas
from geo_app.claims import sums
from geo_app.claims.records import (
    Claim,
    Drawing,
    Fact,
    Held,
    Line,
    Outcome,
    Part,
    decided,
    not_held,
)
from geo_app.periods import Cadence, span

DEATHS = "homicides_inegi_per_100k"
VICTIMS = "homicide_victims_sesnsp_per_100k"

RECORD_YEARS = ("2019", "2020", "2021")
"""Whole years that the claim can speak of: it was made while 2022 ran."""


def record(atlas: Atlas) -> Claim:
    """Check that each year since 2019 had more homicides than any year before 2019.

    A year counts as higher or lower only where the difference from the highest year before stands
    among all of them (exact test, Holm, 5 %): counts that chance could have put in another order
    are no record.
    """
    deaths, victims = _years(atlas, DEATHS, "deaths"), _victim_years(atlas)
    parts = _record_parts([(deaths, "inegi"), (victims, "sesnsp")])
    shown = [item for item in (*deaths, *victims) if "2018" <= item.first[:4] <= "2021"]
    drawings: tuple[Drawing, ...] = (
        Line(
            "claims_record_inegi",
            tuple((item.first, item.value) for item in deaths),
            ("2018", *RECORD_YEARS),
            0,
            is_from_zero=True,
        ),
        Line(
            "claims_record_sesnsp",
            tuple((item.first[:4], item.value) for item in victims),
            ("2018", *RECORD_YEARS),
            0,
            is_from_zero=True,
        ),
    )
    return Claim(
        key="record",
        parts=parts,
        figures=tuple(shown),
        drawings=drawings,
        notes=(Part("claims_record_note", Outcome.YES, {}),),
        indicators=(DEATHS, VICTIMS),
        link=(DEATHS, "2020"),
        compared=(DEATHS, deaths[0].first, RECORD_YEARS[-1]),
    )


def _years(atlas: Atlas, slug: str, name: str) -> list[Held]:
    """Return the nation's counts of an indicator by year."""
    rows = atlas.values(slug, level="nation")
    return [
        sums.summed(counts(rows[rows["period"] == period]), name, slug, name, (period, period))
        for period in rows["period"]
    ]


def _victim_years(atlas: Atlas) -> list[Held]:
    """Return the nation's victims by year, the sum of twelve months; whole years only."""
    rows = counts(atlas.values(VICTIMS, level="nation"))
    years = dict.fromkeys(rows["period"].str[:4])
    found = []
    for year in years:
        months = span(Cadence.MONTH, f"{year}-01", f"{year}-12")
        mine = rows[rows["period"].isin(months)]
        if len(mine) == len(months):
            ends = (months[0], months[-1])
            found.append(sums.summed(mine, "victims", VICTIMS, "victims", ends))
    return found


def counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the count under a rate in place of the rate."""
    return rows.assign(value=rows["numerator"])


def _record_parts(series: list[tuple[list[Held], str]]) -> tuple[Part, ...]:
    cases = []
    for found, name in series:
        by_year = {item.first[:4]: item for item in found if item.value is not None}
        before = [item for year, item in by_year.items() if year < RECORD_YEARS[0]]
        highest = max(before, key=lambda item: item.value or 0, default=None)
        cases += [(name, year, by_year.get(year), highest) for year in RECORD_YEARS]
    tests = [sums.chance(high, one) if one and high else None for _, _, one, high in cases]
    stands = statistics.holm([1.0 if test is None else test for test in tests])
    return tuple(
        _record_part(*case, stands=bool(one)) for case, one in zip(cases, stands, strict=True)
    )


def _record_part(
    name: str, year: str, found: Held | None, highest: Held | None, *, stands: bool
) -> Part:
    if found is None or highest is None or found.value is None or highest.value is None:
        return not_held(f"claims_record_{name}_none", {"year": year})
    facts: dict[str, Fact] = {
        "year": year,
        "count": (found.value, 0),
        "before": highest.first[:4],
        "highest": (highest.value, 0),
    }
    outcome = decided(is_true=found.value > highest.value) if stands else Outcome.UNTOLD
    return Part(f"claims_record_{name}_part", outcome, facts)
