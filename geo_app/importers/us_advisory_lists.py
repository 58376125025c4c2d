"""The gathered lists of US issues: a row an issue and state, and a row an issue and country.

Reads ``advisories.csv`` and ``advisories_country.csv``. Every issue is a release of its own. An
issue without a list of states has the 32 rows all the same, each without a value: what is not
known is written out.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geo_app.errors import BadRequest, SourceInvalid
from geo_app.importers.cells import area_code
from geo_app.importers.delimited import csv_table
from geo_app.importers.reading import Imported, RawFile, Reading, by_stem, release_of
from geo_app.importers.us_advisory_words import (
    COLUMNS,
    MEASURE,
    NONE_GIVEN,
    SLUG,
    joined,
    without_list,
)
from geo_app.indicators import Status
from geo_app.periods import parse_date
from geo_app.states import NATION_CODE, fold, state_codes

STATE_FILE = "advisories"
COUNTRY_FILE = "advisories_country"

OFFICIAL = "official text"
"""Word in the lists for a text of the State Department itself: its silence says something."""

STATUSES = {
    OFFICIAL: Status.FINAL,
    "official text (research-centre copy)": Status.FINAL,
    "full list in press": Status.FINAL,
    "press": Status.FINAL,
    "press, inferred": Status.ESTIMATED,
    "partial list, rest carried over from the general rule": Status.ESTIMATED,
}
"""Status of a level by the quality of the text it was read from."""

_LEVELS = frozenset("1234")
_SHARED = ["issued", "reasons", "source_url", "source_quality"]


def issues(given: Sequence[RawFile], reading: Reading) -> list[Imported]:
    """Read the gathered lists of issues.

    Parameters
    ----------
    given
        ``advisories.csv`` and ``advisories_country.csv``, in either order.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One an issue, oldest first: the country ("00") and the 32 states. A level is "estimated"
        where the general rule of the issue was carried over to a state that no source names.

    Raises
    ------
    SourceInvalid
        If a file is missing, an issue does not name each of the 32 states once, a level is not 1
        to 4, or a state, date, reason or quality is not a known one.
    """
    raws = by_stem(given, (STATE_FILE, COUNTRY_FILE))
    states = _state_rows(raws[STATE_FILE])
    countries = _country_rows(raws[COUNTRY_FILE])
    unknown = sorted(set(states["period"]) - set(countries["period"]))
    if unknown:
        message = "an issue has states but no country"
        raise SourceInvalid(
            message, where=raws[COUNTRY_FILE].name, expected=f"a row of {unknown[0]}"
        )
    both = list(raws.values())
    return [
        _issue(str(day), country, states[states["period"] == day], both, reading)
        for day, country in countries.groupby("period")
    ]


def _issue(
    day: str, country: pd.DataFrame, states: pd.DataFrame, raws: list[RawFile], reading: Reading
) -> Imported:
    listed = states if len(states) else without_list(day)
    rows = pd.concat([country, listed], ignore_index=True).assign(measure=MEASURE)
    release = release_of(f"US advisory {day}", raws, reading, published=day)
    carried = int((states["status"] == Status.ESTIMATED).sum())
    notes = (f"{carried} states carried over from the general rule",) if carried else ()
    return Imported(SLUG, "state_code", rows, release, "utf-8", notes)


def _state_rows(raw: RawFile) -> pd.DataFrame:
    found = csv_table(raw, ["cve_ent", "state", "level", *_SHARED])
    rows = _shared(found, raw.name)
    rows["area_code"] = [
        area_code(code, name, f"{raw.name} line {line}")
        for line, code, name in zip(found.index, found["cve_ent"], found["state"], strict=True)
    ]
    rows["value"] = [_level(text, raw.name, line) for line, text in found["level"].items()]
    for day, listed in rows.groupby("period"):
        if sorted(listed["area_code"]) != list(state_codes()):
            message = f"the issue of {day} does not name each of the 32 states once"
            raise SourceInvalid(
                message, where=raw.name, expected="32 rows, 01 to 32", got=_oddity(listed)
            )
    return rows[COLUMNS]


def _oddity(listed: pd.DataFrame) -> str:
    twice = sorted(listed.loc[listed["area_code"].duplicated(), "area_code"])
    absent = sorted(set(state_codes()) - set(listed["area_code"]))
    words = [f"{twice[0]} twice"] if twice else []
    return ", ".join([f"{len(listed)} rows", *words, *([f"no {absent[0]}"] if absent else [])])


def _country_rows(raw: RawFile) -> pd.DataFrame:
    found = csv_table(raw, ["country_level", *_SHARED])
    rows = _shared(found, raw.name).assign(area_code=NATION_CODE)
    levels = found["country_level"]
    rows["value"] = [
        _level(text, raw.name, line) if text else float("nan") for line, text in levels.items()
    ]
    # Some issues class the states one by one and give the country no single level.
    rows["status"] = rows["status"].where(rows["value"].notna(), str(Status.NOT_APPLICABLE))
    twice = rows["period"].duplicated()
    if twice.any():
        message = "the issue stands twice"
        raise SourceInvalid(message, where=raw.name, got=str(rows.loc[twice, "period"].iloc[0]))
    return rows[COLUMNS]


def _shared(found: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return period, status, reasons and address of the rows of either list."""
    rows = pd.DataFrame(index=found.index)
    rows["period"] = [_day(text, name, line) for line, text in found["issued"].items()]
    rows["status"] = [_status(text, name, line) for line, text in found["source_quality"].items()]
    rows["reasons"] = [
        _reasons(text, f"{name} line {line}", is_official=quality == OFFICIAL)
        for line, text, quality in zip(
            found.index, found["reasons"], found["source_quality"], strict=True
        )
    ]
    is_link = found["source_url"].str.match(r"https?://")
    rows["address"] = found["source_url"].where(is_link, "")
    return rows


def _day(text: str, name: str, line: object) -> str:
    try:
        return parse_date(text).isoformat()
    except BadRequest as error:
        raise SourceInvalid(
            error.what, where=f"{name} line {line}", expected=error.expected, got=error.got
        ) from error


def _level(text: str, name: str, line: object) -> float:
    if text not in _LEVELS:
        message = "not a level"
        raise SourceInvalid(message, where=f"{name} line {line}", expected="1 to 4", got=repr(text))
    return float(text)


def _status(text: str, name: str, line: object) -> str:
    if text not in STATUSES:
        message = "an unknown quality of source"
        raise SourceInvalid(
            message, where=f"{name} line {line}", expected="; ".join(STATUSES), got=repr(text)
        )
    return str(STATUSES[text])


def _reasons(text: str, where: str, *, is_official: bool) -> str:
    """Return reasons in the table's words; the silence of the press is not: none given."""
    if not text:
        return NONE_GIVEN if is_official else ""
    return joined([fold(part) for part in text.split(";")], text, where)
