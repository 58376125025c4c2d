"""The rows of a panel for programs: one call of Python, and the command that prints the same.

Owns what is refused there that a page only says. Does not own the rows (``compare.tables``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from geo_app import atlas, text
from geo_app.atlas import Atlas
from geo_app.compare import comparison, tables
from geo_app.compare.comparison import Asked, Panel
from geo_app.compare.regions import is_area, region
from geo_app.errors import BadRequest
from geo_app.indicators import Geography, indicator
from geo_app.periods import Cadence, parse


def rows(
    slug: str,
    areas: Sequence[str],
    *,
    start: str = "",
    end: str = "",
    base: str = "",
    known_on: str | None = None,
) -> pd.DataFrame:
    """Return states, cities of the survey and regions beside the nation, period by period.

    Parameters
    ----------
    slug
        Name of an indicator of states or cities.
    areas
        Codes of states ("19"), cities ("city:0101") and regions ("border", "sum:02.08.26",
        "level-4@2022-08-17"). A region is summed where counts stand over people; else it becomes
        its states. The nation is always there where the source gives it.
    start, end
        First and last period; empty for the first and the newest.
    base
        Period whose value is 100; empty for no index.
    known_on
        ISO date: answer as it stood on that day; None for today.

    Returns
    -------
    pandas.DataFrame
        As ``compare.tables.shown``: ``export.ANSWER_COLUMNS``, names in English, and with a base
        ``tables.INDEX_COLUMNS``; NaN and empty text = not given.

    Raises
    ------
    BadRequest
        If an indicator, area or period does not exist, if the last period lies before the first,
        or if the indicator may have no index.

    Examples
    --------
    >>> found = rows("homicides_inegi_per_100k", ["border"], start="2022", end="2022")
    >>> found["area_name"].tolist(), found["numerator"].tolist()
    (['Mexico', 'Border states'], [33287.0, 8783.0])
    """
    here = atlas.load(known_on)
    ends = _ends(here, slug, start, end)
    for code in areas:
        _check(code)
    if base and base not in here.periods(slug):
        message = "no such period to set to 100"
        raise BadRequest(message, expected=f"a period of {slug}", got=repr(base))
    chart = "index" if base else "lines"
    (panel,) = comparison.build(here, Asked(slug, tuple(areas), *ends, base, "", chart))
    if panel.no_index is not None:
        message = f"{slug} may have no index: {panel.no_index}"
        raise BadRequest(message, got=f"base {base}", fix="leave the base out")
    return tables.shown(panel, text.words("en"))


def python(panel: Panel, known_on: str) -> str:
    """Return the lines of Python that give the rows of a panel."""
    named = {"base": panel.base, "known_on": known_on}
    further = "".join(f', {key}="{value}"' for key, value in named.items() if value)
    first, last = _periods(panel)
    return (
        "from geo_app.compare import fetching\n"
        f"areas = {_codes(panel)!r}\n"
        f'rows = fetching.rows("{panel.indicator.slug}", areas,'
        f' start="{first}", end="{last}"{further})'
    )


def command(panel: Panel, known_on: str) -> tuple[str, ...]:
    """Return the words of the command that prints the same rows."""
    first, last = _periods(panel)
    named = {"--start": first, "--end": last, "--base": panel.base, "--known-on": known_on}
    further = [word for item in named.items() if item[1] for word in item]
    return ("compare", panel.indicator.slug, *_codes(panel), *further)


def _codes(panel: Panel) -> list[str]:
    return [line.area.link_code for line in panel.lines]


def _periods(panel: Panel) -> tuple[str, str]:
    """Return the first and last period of which a panel shows anything; empty without lines."""
    if panel.indicator.cadence is Cadence.ISSUE:
        # The issue in force on the first day is older than that day, and is shown with it.
        return panel.first.isoformat(), panel.last.isoformat()
    every = sorted({text for line in panel.every_line for text in line.rows["period"]})
    return (every[0], every[-1]) if every else ("", "")


def _ends(here: Atlas, slug: str, start: str, end: str) -> tuple[str, str]:
    if indicator(slug).geography not in (Geography.STATE, Geography.CITY):
        message = f"{slug} is not of states or cities, which are what can be compared"
        raise BadRequest(message, fix="ask for its values")
    every = here.periods(slug)
    first, last = start or every[0], end or every[-1]
    days: tuple[date, date] = (parse(first).start, parse(last).end)
    if days[0] > days[1]:
        message = "the last period lies before the first"
        raise BadRequest(message, got=f"{first} to {last}")
    return first, last


def _check(code: str) -> None:
    """Refuse what is no area, with what the list of regions says of it."""
    if not is_area(code):
        region(code)
