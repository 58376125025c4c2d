"""Two claims about homicides: record years since 2019, and the fall in the first half of 2022."""

from __future__ import annotations

import pandas as pd

from geo_app import statistics
from geo_app.atlas import Atlas
from geo_app.claims import sums
from geo_app.claims.records import Bars, Claim, Drawing, Fact, Held, Line, Outcome, Part, decided
from geo_app.indicators import Status
from geo_app.periods import Cadence, span

DEATHS = "homicides_inegi_per_100k"
VICTIMS = "homicide_victims_sesnsp_per_100k"
FILES = "homicide_cases_sesnsp_month_per_100k"

BY_MONTH = "deaths_by_month_of_registration_count"

SLUGS = {"sesnsp-victims": VICTIMS, "sesnsp-cases": FILES, "inegi-homicides": DEATHS}
"""The indicator that shares the source and the notes of a table."""

RECORD_YEARS = ("2019", "2020", "2021")
"""Whole years that the claim can speak of: it was made while 2022 ran."""

CLAIMED_PCT = (8, 9)
"""The fall that was claimed, in whole percent."""

FIRST_HALF = 2
"""Years that the bars of half-years leave out at the beginning, for want of room: 2015, 2016."""

HALVES = (("2021-01", "2021-06"), ("2022-01", "2022-06"))


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
    )


def half(atlas: Atlas) -> Claim:
    """Check the fall of 8 to 9 percent in the first half of 2022, series by series.

    A series agrees where its change, rounded to whole percent, is one of the two.
    """
    pairs = {
        "victims": _halves(atlas, "sesnsp-victims", ("homicide_victims_count",), "victims"),
        "both": _halves(
            atlas, "sesnsp-victims", ("homicide_victims_count", "femicide_victims_count"), "both"
        ),
        "files": _halves(atlas, "sesnsp-cases", ("homicide_cases_count",), "files"),
        "inegi": _halves(atlas, "inegi-homicides", (BY_MONTH,), "deaths"),
    }
    newest = {name: found[-1] for name, found in pairs.items() if found}
    sizes = [_size_part(name, newest.get(name)) for name in pairs]
    # Of each series the oldest and the newest release: the ones between move by a case or two.
    ends = [pair for found in pairs.values() for pair in dict.fromkeys((*found[:1], *found[-1:]))]
    notes = [_release_note(name, found) for name, found in pairs.items() if len(found) > 1]
    return Claim(
        key="half",
        parts=(_fall_part(list(newest.values())), *sizes),
        figures=tuple(item for pair in ends for item in pair),
        drawings=(Bars("claims_half_bars", _half_bars(atlas)),),
        notes=(*notes, Part("claims_half_note", Outcome.YES, {})),
        indicators=(VICTIMS, "femicide_victims_sesnsp_per_100k", FILES, DEATHS),
        link=("homicide_victims_sesnsp_12m_per_100k", "2022-06"),
    )


def _years(atlas: Atlas, slug: str, name: str) -> list[Held]:
    """Return the nation's counts of an indicator by year."""
    rows = atlas.values(slug, level="nation")
    return [
        sums.summed(_counts(rows[rows["period"] == period]), name, slug, name, (period, period))
        for period in rows["period"]
    ]


def _victim_years(atlas: Atlas) -> list[Held]:
    """Return the nation's victims by year, the sum of twelve months; whole years only."""
    rows = _counts(atlas.values(VICTIMS, level="nation"))
    years = dict.fromkeys(rows["period"].str[:4])
    found = []
    for year in years:
        months = span(Cadence.MONTH, f"{year}-01", f"{year}-12")
        mine = rows[rows["period"].isin(months)]
        if len(mine) == len(months):
            ends = (months[0], months[-1])
            found.append(sums.summed(mine, "victims", VICTIMS, "victims", ends))
    return found


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
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
        return _not_held(f"claims_record_{name}_none", {"year": year})
    facts: dict[str, Fact] = {
        "year": year,
        "count": (found.value, 0),
        "before": highest.first[:4],
        "highest": (highest.value, 0),
    }
    outcome = decided(is_true=found.value > highest.value) if stands else Outcome.UNTOLD
    return Part(f"claims_record_{name}_part", outcome, facts)


def _halves(
    atlas: Atlas, source: str, measures: tuple[str, ...], name: str
) -> list[tuple[Held, Held]]:
    """Return the two half-years of each release that holds both, the oldest release first."""
    pairs = []
    for release in sums.releases(source, measures, atlas.known_on):
        rows = [sums.of_release(source, release, measures, *ends) for ends in HALVES]
        before, after = (
            sums.summed(found, name, SLUGS[source], name, ends)
            for found, ends in zip(rows, HALVES, strict=True)
        )
        if before.value is not None and after.value is not None:
            pairs.append((before, after))
    return pairs


def _fall_part(pairs: list[tuple[Held, Held]]) -> Part:
    """Say whether each series fell by more than chance moves it (Holm over the series)."""
    if not pairs:
        return _not_held("claims_half_none")
    tests = [sums.chance(before, after) for before, after in pairs]
    stands = statistics.holm([1.0 if test is None else test for test in tests])
    falls = [(after.value or 0) < (before.value or 0) for before, after in pairs]
    facts: dict[str, Fact] = {"count": (len(pairs), 0)}
    outcome = decided(is_true=all(falls)) if stands.all() else Outcome.UNTOLD
    return Part("claims_half_fall", outcome, facts)


def _size_part(name: str, pair: tuple[Held, Held] | None) -> Part:
    change = None if pair is None else sums.change_pct(*pair)
    if pair is None or change is None:
        facts: dict[str, Fact] = (
            {"last": sums.last_month("inegi-homicides", BY_MONTH)} if name == "inegi" else {}
        )
        return _not_held(f"claims_half_{name}_none", facts)
    before, after = pair
    facts = {
        "before": (before.value or 0, 0),
        "after": (after.value or 0, 0),
        "change": (change, 1),
        "release": f"text:{after.release}",
    }
    return Part(f"claims_half_{name}", decided(is_true=round(-change) in CLAIMED_PCT), facts)


def _release_note(name: str, pairs: list[tuple[Held, Held]]) -> Part:
    """Say between which ends the change lies in all releases that are held."""
    changes = [change for pair in pairs if (change := sums.change_pct(*pair)) is not None]
    facts: dict[str, Fact] = {
        "count": (len(pairs), 0),
        "low": (min(changes), 2),
        "high": (max(changes), 2),
    }
    return Part(f"claims_half_{name}_releases", Outcome.YES, facts)


def _half_bars(atlas: Atlas) -> tuple[tuple[str, float | None, bool], ...]:
    """Return the victims of each first half-year that is held whole."""
    rows = _counts(atlas.values(VICTIMS, level="nation"))
    found = []
    for year in sorted(set(rows["period"].str[:4]))[FIRST_HALF:]:
        months = span(Cadence.MONTH, f"{year}-01", f"{year}-06")
        mine = rows[rows["period"].isin(months) & (rows["status"] != Status.MISSING)]
        value = float(mine["value"].sum()) if len(mine) == len(months) else None
        found.append((str(year), value, False))
    return tuple(found)


def _not_held(key: str, facts: dict[str, Fact] | None = None) -> Part:
    return Part(key, Outcome.NOT_HELD, facts or {})
