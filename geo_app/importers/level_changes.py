"""Which states an advisory moved to another level, as lines.

An issue is compared with the one before it that lists states: a level is advice of its issue, so
a newer issue is no revision of an older one. Owns these lines only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from geo_app.importers.period_words import in_words
from geo_app.issuers import FOREIGN_NAMES, Issuer
from geo_app.issuers import measure as measure_of
from geo_app.states import NATION_CODE, all_states

ENDING = "_level"
"""Ending of the measures that are levels."""

Levels = Mapping[str, float]
"""Level by area code, NaN = none stated."""

_ISSUERS = {measure_of(Issuer(code)): name for code, name in FOREIGN_NAMES.items()}


def lines(rows: pd.DataFrame, measure: str) -> list[str]:
    """Say what changed in the issues of one issuer.

    Parameters
    ----------
    rows
        Columns area_code, period, value_before, value_after and side ("left_only" = gone,
        "right_only" = new, "both"), of one measure.
    measure
        Names the issuer where there are several.
    """
    issuer = f"{_ISSUERS[measure]}: " if measure in _ISSUERS else ""
    found: list[str] = []
    listed: Levels = {}
    for period, issue in sorted(rows.groupby("period"), key=lambda item: str(item[0])):
        after = dict(zip(issue["area_code"], issue["value_after"], strict=True))
        found += [f"{issuer}{text}" for text in _issue(str(period), issue, listed)]
        if _has_states(after):
            listed = after
    return found


def _issue(period: str, issue: pd.DataFrame, listed: Levels) -> list[str]:
    day = in_words(period)
    old = dict(zip(issue["area_code"], issue["value_before"], strict=True))
    new = dict(zip(issue["area_code"], issue["value_after"], strict=True))
    if (issue["side"] == "left_only").all():
        return [f"the issue of {day} has vanished"]
    if not (issue["side"] == "right_only").all():
        return [f"{text} (issue of {day} revised)" for text in _moves(old, new)]
    if not _has_states(new):
        return [f"the issue of {day} is new and gives no level of any state"]
    moves = _moves(listed, new) if listed else []
    changed = f"{len(moves) or 'no'} level{'' if len(moves) < 2 else 's'} changed"
    return [f"the issue of {day} is new, {changed if listed else 'the first one'}", *moves]


def _moves(old: Levels, new: Levels) -> list[str]:
    return [
        f"{_name(code)}: {_level(old.get(code))} → {_level(new.get(code), is_first=False)}"
        for code in sorted({*old, *new})
        if _level(old.get(code)) != _level(new.get(code))
    ]


def _has_states(levels: Levels) -> bool:
    return any(code != NATION_CODE and not math.isnan(level) for code, level in levels.items())


def _level(value: float | None, *, is_first: bool = True) -> str:
    if value is None or math.isnan(value):
        return "no level"
    return f"level {value:g}" if is_first else f"{value:g}"


def _name(code: str) -> str:
    names = {item.state_code: item.name_short for item in all_states()}
    return names.get(code, "the country as a whole")
