"""The claim about the fall of homicides in the first half of 2022, series by series."""

from __future__ import annotations

from geo_app import press_figures, statistics
from geo_app.atlas import Atlas
from geo_app.claims import sums
from geo_app.claims.homicides import DEATHS, VICTIMS, counts
from geo_app.claims.records import Bars, Claim, Fact, Held, Outcome, Part, decided, not_held
from geo_app.claims.told import told
from geo_app.indicators import Status
from geo_app.periods import Cadence, span

FILES = "homicide_cases_sesnsp_month_per_100k"

BY_REGISTRATION = ("inegi-homicides", "deaths_by_month_of_registration_count")
BY_DEATH = ("deaths-by-month", "deaths_by_month_of_death_count")
"""Source and measure of deaths by month: INEGI's own, and a third party's from its records."""

SLUGS = {"sesnsp-victims": VICTIMS, "sesnsp-cases": FILES}
"""The indicator that shares the source and the notes of a table; of others there is none."""

CLAIMED_PCT = (8, 9)
"""The fall that was claimed, in whole percent."""

FIRST_BAR = 2
"""Years that the bars of half-years leave out at the beginning, for want of room: 2015, 2016."""

HALVES = (("2021-01", "2021-06"), ("2022-01", "2022-06"))

Pair = tuple[Held, Held]
"""The first halves of 2021 and of 2022."""


def half(atlas: Atlas) -> Claim:
    """Check the fall of 8 to 9 percent in the first half of 2022, series by series.

    A series agrees where its change, rounded to whole percent, is one of the two. INEGI's
    half-years are told by the press only: preliminary stands against preliminary, definitive
    against definitive, and nothing is decided by two that differ in it.
    """
    known_on = atlas.known_on
    stored = {
        "victims": _halves("sesnsp-victims", ("homicide_victims_count",), "victims", known_on),
        "both": _halves(
            "sesnsp-victims", ("homicide_victims_count", "femicide_victims_count"), "both", known_on
        ),
        "files": _halves("sesnsp-cases", ("homicide_cases_count",), "files", known_on),
    }
    newest = {name: found[-1] for name, found in stored.items() if found}
    by_press = told(press_figures.Figure.HOMICIDES, "told_deaths", "deaths", known_on)
    inegi = _told_pairs(by_press)
    names = (*stored, "inegi_preliminary", "inegi_definitive")
    sizes = [_size_part(name, (newest | inegi).get(name)) for name in names]
    months = _halves(BY_DEATH[0], BY_DEATH[1:], "deaths_of_month", known_on)
    # Of each series the oldest and the newest release: the ones between move by a case or two.
    ends = [pair for found in stored.values() for pair in dict.fromkeys((*found[:1], *found[-1:]))]
    shown = [item for pair in (*ends, *months[-1:]) for item in pair]
    # INEGI's two states of one count are one series: it is tested once.
    tested = [*newest.values(), *list(inegi.values())[-1:]]
    return Claim(
        key="half",
        parts=(_fall_part(tested), *sizes),
        figures=(*shown, *by_press),
        drawings=(Bars("claims_half_bars", _bars(atlas)),),
        notes=(*_release_notes(stored), *_inegi_notes(by_press, months, known_on), _RULE),
        indicators=(VICTIMS, "femicide_victims_sesnsp_per_100k", FILES, DEATHS),
        link=("homicide_victims_sesnsp_12m_per_100k", "2022-06"),
        compared=("homicide_victims_sesnsp_12m_per_100k", "2021-06", "2022-06"),
        further_sources=(BY_DEATH[0], press_figures.SOURCE),
    )


_RULE = Part("claims_half_note", Outcome.YES, {})


def _halves(source: str, measures: tuple[str, ...], name: str, known_on: str | None) -> list[Pair]:
    """Return the two half-years of each release that holds both, the oldest release first."""
    pairs = []
    unit = "deaths" if source == BY_DEATH[0] else name
    for release in sums.releases(source, measures, known_on):
        rows = [sums.of_release(source, release, measures, *ends) for ends in HALVES]
        before, after = (
            sums.summed(found, name, SLUGS.get(source, ""), unit, ends)
            for found, ends in zip(rows, HALVES, strict=True)
        )
        if before.value is not None and after.value is not None:
            pairs.append((before, after))
    return pairs


def _of(found: list[Held], ends: tuple[str, str], status: Status) -> Held | None:
    mine = [one for one in found if (one.first, one.last) == ends and one.status is status]
    return mine[-1] if mine else None


def _told_pairs(found: list[Held]) -> dict[str, Pair]:
    """Return INEGI's half-years of one status each, the definitive ones last."""
    pairs = {}
    statuses = {"preliminary": Status.PRELIMINARY, "definitive": Status.FINAL}
    for name, status in statuses.items():
        before, after = (_of(found, ends, status) for ends in HALVES)
        if before is not None and after is not None:
            pairs[f"inegi_{name}"] = (before, after)
    return pairs


def _fall_part(pairs: list[Pair]) -> Part:
    """Say whether each series fell by more than chance moves it (Holm over the series)."""
    if not pairs:
        return not_held("claims_half_none")
    tests = [sums.chance(before, after) for before, after in pairs]
    stands = statistics.holm([1.0 if test is None else test for test in tests])
    falls = [(after.value or 0) < (before.value or 0) for before, after in pairs]
    facts: dict[str, Fact] = {"count": (len(pairs), 0)}
    outcome = decided(is_true=all(falls)) if stands.all() else Outcome.UNTOLD
    return Part("claims_half_fall", outcome, facts)


def _size_part(name: str, pair: Pair | None) -> Part:
    change = None if pair is None else sums.change_pct(*pair)
    if pair is None or change is None:
        return not_held(f"claims_half_{name}_none")
    facts = _facts(pair, change)
    return Part(f"claims_half_{name}", decided(is_true=round(-change) in CLAIMED_PCT), facts)


def _facts(pair: Pair, change: float) -> dict[str, Fact]:
    before, after = pair
    releases = dict.fromkeys(one.release for one in pair)
    return {
        "before": (before.value or 0, 0),
        "after": (after.value or 0, 0),
        "change": (change, 1),
        "release": f"text:{'; '.join(releases)}",
    }


def _release_notes(stored: dict[str, list[Pair]]) -> list[Part]:
    """Say between which ends the change of a series lies in all releases that are held."""
    notes = []
    for name, pairs in stored.items():
        changes = [change for pair in pairs if (change := sums.change_pct(*pair)) is not None]
        facts: dict[str, Fact] = {"count": (len(pairs), 0)}
        if len(changes) > 1:
            facts |= {"low": (min(changes), 2), "high": (max(changes), 2)}
            notes.append(Part(f"claims_half_{name}_releases", Outcome.YES, facts))
    return notes


def _inegi_notes(by_press: list[Held], months: list[Pair], known_on: str | None) -> list[Part]:
    """Say what is told of INEGI's deaths and decides nothing, and how far its months reach."""
    notes = []
    before = _of(by_press, HALVES[0], Status.FINAL)
    after = _of(by_press, HALVES[1], Status.PRELIMINARY)
    if before and after and (change := sums.change_pct(before, after)) is not None:
        facts = _facts((before, after), change)
        del facts["release"]
        notes.append(Part("claims_half_mixed", Outcome.YES, facts))
    if months:
        first, second = months[-1]
        counted: dict[str, Fact] = {
            "before": (first.value or 0, 0),
            "after": (second.value or 0, 0),
        }
        notes.append(Part("claims_half_by_death", Outcome.YES, counted))
    if last := sums.last_month(*BY_REGISTRATION, known_on):
        notes.append(Part("claims_half_by_registration", Outcome.YES, {"last": last}))
    return notes


def _bars(atlas: Atlas) -> tuple[tuple[str, float | None, bool], ...]:
    """Return the victims of each first half-year that is held whole."""
    rows = counts(atlas.values(VICTIMS, level="nation"))
    found = []
    for year in sorted(set(rows["period"].str[:4]))[FIRST_BAR:]:
        months = span(Cadence.MONTH, f"{year}-01", f"{year}-06")
        mine = rows[rows["period"].isin(months) & (rows["status"] != Status.MISSING)]
        value = float(mine["value"].sum()) if len(mine) == len(months) else None
        found.append((str(year), value, False))
    return tuple(found)
