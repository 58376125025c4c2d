"""Two claims about the United States: fentanyl seized, and deaths by synthetic opioids."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from geo_app import rates, us_areas
from geo_app.atlas import Atlas
from geo_app.claims import sums
from geo_app.claims.records import Bars, Claim, Fact, Held, Line, Outcome, Part, decided, held_row
from geo_app.periods import Cadence, span

SEIZED = "fentanyl_seized_lb"
DEATHS = "opioid_deaths_12m"
PREDICTED = "opioid_deaths_12m_predicted_count"

FISCAL_YEARS = (2019, 2020, 2021, 2022)
"""A fiscal year runs from October of the year before to September."""

CLAIMED_MONTHS, WHOLE_YEAR = 10, 12
CLAIMED_TIMES = 2.5
CLAIMED_DEATHS, CLAIMED_BEFORE = 70_000, 62_000
MONTH, MONTH_BEFORE = "2022-03", "2021-03"


def fentanyl(atlas: Atlas) -> Claim:
    """Check ten months of fiscal year 2022 against whole fiscal years 2021 and 2020."""
    rows = atlas.values(SEIZED, level="nation")
    whole = {year: fiscal(rows, year, WHOLE_YEAR) for year in FISCAL_YEARS}
    ten, eleven = (fiscal(rows, 2022, months) for months in (CLAIMED_MONTHS, CLAIMED_MONTHS + 1))
    parts = (_over(ten, whole[2021]), _times(ten, whole[2020]))
    figures = (whole[2020], whole[2021], ten, eleven, whole[2022])
    notes = [Part("claims_fentanyl_year", Outcome.YES, {})]
    later = _later_note(eleven, whole)
    same = _same_months(ten, fiscal(rows, 2020, CLAIMED_MONTHS))
    bars = [(f"word:{item.name}", item.value, False) for item in whole.values()]
    part_bars = [(f"word:{item.name}", item.value, True) for item in (ten, eleven)]
    return Claim(
        key="fentanyl",
        parts=parts,
        figures=figures,
        drawings=(Bars("claims_fentanyl_bars", (*bars[:-1], *part_bars, bars[-1])),),
        notes=(*notes, *later, *same),
        indicators=(SEIZED,),
        link=None,
    )


def opioids(atlas: Atlas) -> Claim:
    """Check over 70,000 deaths in the twelve months to March 2022, after some 62,000."""
    reported = atlas.values(DEATHS, level="nation")
    predicted = rates.stored("cdc", PREDICTED, atlas.known_on)
    predicted = predicted[predicted["area_code"] == us_areas.NATION_CODE]
    predicted = predicted.assign(numerator=float("nan"), denominator=float("nan"))
    found = {
        (name, month): _month(rows, name, month)
        for name, rows in (("reported", reported), ("predicted", predicted))
        for month in (MONTH_BEFORE, MONTH)
    }
    after = [found[name, MONTH] for name in ("reported", "predicted")]
    before = [found[name, MONTH_BEFORE] for name in ("reported", "predicted")]
    points = tuple(
        (str(row["period"]), _number(float(row["value"]))) for _, row in reported.iterrows()
    )
    return Claim(
        key="opioids",
        parts=(
            _both("over", after, lambda value: value > CLAIMED_DEATHS),
            _both(
                "before",
                before,
                lambda value: CLAIMED_BEFORE <= value < CLAIMED_BEFORE + 1000,
            ),
        ),
        figures=tuple(found.values()),
        drawings=(
            Line("claims_opioids_line", points, (MONTH_BEFORE, MONTH), 0, is_from_zero=True),
        ),
        notes=(Part("claims_opioids_note", Outcome.YES, {}),),
        indicators=(DEATHS,),
        link=None,
    )


def fiscal(rows: pd.DataFrame, year: int, months: int) -> Held:
    """Add up the first months of a fiscal year.

    Parameters
    ----------
    rows
        The months of the whole United States, ``observations.COLUMNS``.
    year
        The fiscal year, named after the calendar year in which it ends.
    months
        1 to 12, from October on.
    """
    wanted = span(Cadence.MONTH, f"{year - 1}-10", f"{year}-09")[:months]
    mine = rows[rows["period"].isin(wanted)]
    mine = mine if len(mine) == months else mine.iloc[:0]
    name = f"fiscal_{year}" if months == WHOLE_YEAR else f"fiscal_{year}_{months}"
    return sums.summed(mine, name, SEIZED, "pounds", (wanted[0], wanted[-1]))


def _over(ten: Held, year: Held) -> Part:
    if ten.value is None or year.value is None:
        return Part("claims_fentanyl_over_none", Outcome.NOT_HELD, {})
    facts: dict[str, Fact] = {"months": (ten.value, 0), "year": (year.value, 0)}
    return Part("claims_fentanyl_over", decided(is_true=ten.value > year.value), facts)


def _times(ten: Held, year: Held) -> Part:
    if ten.value is None or not year.value:
        return Part("claims_fentanyl_times_none", Outcome.NOT_HELD, {})
    times = ten.value / year.value
    facts: dict[str, Fact] = {"year": (year.value, 0), "times": (times, 2)}
    return Part("claims_fentanyl_times", decided(is_true=times > CLAIMED_TIMES), facts)


def _later_note(eleven: Held, whole: dict[int, Held]) -> tuple[Part, ...]:
    """Say what one month more does to both statements."""
    before = [whole[year].value for year in (2021, 2020)]
    if eleven.value is None or before[0] is None or not before[1]:
        return ()
    times = eleven.value / before[1]
    is_true = eleven.value > before[0] and times > CLAIMED_TIMES
    facts: dict[str, Fact] = {"months": (eleven.value, 0), "times": (times, 2)}
    key = "claims_fentanyl_eleven" if is_true else "claims_fentanyl_eleven_no"
    return (Part(key, Outcome.YES, facts),)


def _same_months(ten: Held, before: Held) -> tuple[Part, ...]:
    """Set ten months against the same ten months, the only equal stretch."""
    if ten.value is None or not before.value:
        return ()
    facts: dict[str, Fact] = {"before": (before.value, 0), "times": (ten.value / before.value, 2)}
    return (Part("claims_fentanyl_same", Outcome.YES, facts),)


def _month(rows: pd.DataFrame, name: str, month: str) -> Held:
    row = rows[rows["period"] == month].iloc[0]
    return held_row(row, f"opioids_{name}", DEATHS, "deaths_12m", 0)


def _both(name: str, found: list[Held], is_true: Callable[[float], bool]) -> Part:
    """Decide by the reported and the predicted number; where they part it cannot be told."""
    values = [item.value for item in found]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Part(f"claims_opioids_{name}_none", Outcome.NOT_HELD, {})
    answers = {is_true(value) for value in known}
    facts: dict[str, Fact] = {"reported": (known[0], 0), "predicted": (known[1], 0)}
    return Part(
        f"claims_opioids_{name}",
        Outcome.UNTOLD if len(answers) > 1 else decided(is_true=answers.pop()),
        facts,
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
