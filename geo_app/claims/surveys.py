"""Two claims that rest on surveys: how many felt insecure, and how many crimes are reported."""

from __future__ import annotations

from geo_app.answers import Value, value_of
from geo_app.atlas import Atlas
from geo_app.claims.records import (
    TEXT,
    Claim,
    Fact,
    Held,
    Line,
    Outcome,
    Part,
    decided,
    held,
    not_held,
)
from geo_app.claims.told import told
from geo_app.indicators import indicator
from geo_app.press_figures import SOURCE, Figure

CITIES = "insecurity_ensu_pct"
STATES = "insecurity_envipe_pct"
UNREPORTED = "unreported_crime_pct"

QUARTER, YEAR, CRIME_YEAR = "2022Q2", "2022", "2021"
CLAIMED_PCT = 67
"""Share that was claimed, in whole percent."""

ONE_IN_TEN_PCT = 10
"""One crime in ten, in whole percent."""


def insecure(atlas: Atlas) -> Claim:
    """Check that 67 percent felt insecure in mid-2022: the survey of cities, rounded."""
    cities, states = _nation(atlas, CITIES, QUARTER), _nation(atlas, STATES, YEAR)
    value = cities.value
    outcome = decided(is_true=None if value is None else round(value) == CLAIMED_PCT)
    key = "claims_insecure_cities" if value is not None else "claims_insecure_cities_none"
    part = Part(key, outcome, _facts(cities))
    other = Part(
        "claims_insecure_states" if states.value is not None else "claims_insecure_states_none",
        Outcome.YES,
        _facts(states),
    )
    return Claim(
        key="insecure",
        parts=(part,),
        figures=(
            held(cities, "cities", CITIES, "adults_cities", 1),
            held(states, "states", STATES, "adults", 1),
        ),
        drawings=(
            _line(atlas, CITIES, "claims_insecure_line_cities", QUARTER),
            _line(atlas, STATES, "claims_insecure_line_states", YEAR),
        ),
        notes=(other,),
        indicators=(CITIES, STATES),
        link=(CITIES, QUARTER),
    )


def reported(atlas: Atlas) -> Claim:
    """Check that one crime in ten is reported: the share of the year, rounded to whole percent.

    INEGI's share of crimes reported is told by the press only and for single years, so that it
    makes no line. Beside it stands INEGI's hidden figure, of crimes nobody reported and those
    reported without an investigation; what that leaves is less than the share reported.
    """
    by_press = told(Figure.CRIMES_REPORTED, "told_reported", "crimes", atlas.known_on)
    share = _nation(atlas, UNREPORTED, CRIME_YEAR)
    figures = [*by_press, held(share, "unreported", UNREPORTED, "crimes", 1)]
    notes = [*_other_years(by_press), Part("claims_reported_definition", Outcome.YES, {})]
    if share.value is not None:
        rest = 100 - share.value
        figures.append(_rest(share, rest))
        facts: dict[str, Fact] = {**_facts(share), "rest": (rest, 1)}
        notes.append(Part("claims_reported_rest", Outcome.YES, facts))
    return Claim(
        key="reported",
        parts=(_reported_part(by_press),),
        figures=tuple(figures),
        drawings=(_line(atlas, UNREPORTED, "claims_reported_line", CRIME_YEAR),),
        notes=tuple(notes),
        indicators=(UNREPORTED,),
        link=(UNREPORTED, CRIME_YEAR),
        further_sources=(SOURCE,),
    )


def _reported_part(by_press: list[Held]) -> Part:
    mine = [one for one in by_press if one.first == CRIME_YEAR]
    if not mine or mine[-1].value is None:
        return not_held("claims_reported_none", {"period": CRIME_YEAR})
    share = mine[-1].value
    facts: dict[str, Fact] = {
        "period": CRIME_YEAR,
        "share": (share, 1),
        "page": f"{TEXT}{mine[-1].release}",
    }
    is_tenth = round(share) == ONE_IN_TEN_PCT
    return Part("claims_reported_part", decided(is_true=is_tenth), facts)


def _other_years(by_press: list[Held]) -> list[Part]:
    """Say between which ends the share lies in the other years of which a page tells it."""
    values = [one.value for one in by_press if one.first != CRIME_YEAR and one.value is not None]
    if not values:
        return []
    facts: dict[str, Fact] = {
        "count": (len(values), 0),
        "low": (min(values), 1),
        "high": (max(values), 1),
    }
    return [Part("claims_reported_years", Outcome.YES, facts)]


def _rest(share: Value, rest: float) -> Held:
    """Return what INEGI's share leaves, computed here; its interval is not carried over."""
    return Held(
        name="investigated",
        indicator=UNREPORTED,
        first=share.period,
        last=share.period,
        value=rest,
        unit="crimes",
        decimals=1,
        low=None,
        high=None,
        interval="",
        status=share.status,
        source=share.source,
        release=share.release,
        published=share.published,
        checked=share.checked,
        area_code=share.area_code,
    )


def _nation(atlas: Atlas, slug: str, period: str) -> Value:
    return value_of(atlas.values(slug, level="nation", period=period).iloc[0])


def _facts(value: Value) -> dict[str, Fact]:
    if value.value is None:
        return {"period": value.period}
    return {"period": value.period, "share": (value.value, 1)}


def _line(atlas: Atlas, slug: str, name: str, marked: str) -> Line:
    """Return the nation through time; a period without a figure is a gap."""
    rows = atlas.values(slug, level="nation")
    values = [value_of(row) for _, row in rows.iterrows()]
    points = tuple((item.period, item.value) for item in values)
    breaks = indicator(slug).series_breaks
    return Line(name, points, (marked,), 1, is_from_zero=False, breaks=breaks)
