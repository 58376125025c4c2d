"""Single cells of SESNSP's files, and the rows that must stand once and all.

Owns what is refused of a cell or of a set of rows. Does not own the reading of files
(``sesnsp_rows``, ``sesnsp_layouts``).
"""

from __future__ import annotations

import re

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import state_code, whole_number
from geo_app.states import state_codes

_YEAR = re.compile(r"20[0-9]{2}|19[0-9]{2}", re.ASCII)
_MUNICIPALITY = re.compile(r"[0-9]{4,5}", re.ASCII)


def year_of(text: str, where: str) -> str:
    """Read a year.

    Raises
    ------
    SourceInvalid
        If it is not four digits of the last or this century.
    """
    if not _YEAR.fullmatch(text):
        message = "not a year"
        raise SourceInvalid(message, where=where, expected="a year such as 2022", got=repr(text))
    return text


def state_of(text: str, where: str) -> str:
    """Read a state's code, with or without its zero, or its name.

    Raises
    ------
    SourceInvalid
        If no state has it.
    """
    return state_code(text.zfill(2), where)


def municipality_of(text: str, where: str) -> str:
    """Read a municipality's code, "1001" for "01001".

    Raises
    ------
    SourceInvalid
        If it is not such a code, or begins with that of no state.
    """
    if not _MUNICIPALITY.fullmatch(text):
        message = "not the code of a municipality"
        raise SourceInvalid(message, where=where, expected="1001 or 01001", got=repr(text))
    code = text.zfill(5)
    return code if code[:2] in state_codes() else state_code(code[:2], where)


def count_of(text: str, where: str) -> float:
    """Read a count; NaN where the cell is blank, and a number below zero as it stands.

    Raises
    ------
    SourceInvalid
        If it is not a whole number.
    """
    if not text:
        return float("nan")
    is_below = text.startswith("-") and not text.startswith("--")
    count = float(whole_number(text[1:] if is_below else text, where))
    return -count if is_below else count


def refuse_twice(rows: pd.DataFrame, key: list[str], name: str) -> None:
    """Refuse a row that stands twice.

    Parameters
    ----------
    rows
        The index is the line number in the file.
    key
        The columns that tell rows apart.
    name
        Name of the file.

    Raises
    ------
    SourceInvalid
        If two rows have the same key.
    """
    twice = rows.duplicated(key)
    if not twice.any():
        return
    second = rows[twice].iloc[0]
    same = (rows[key] == second[key]).all(axis=1)
    message = f"the row stands twice, first in line {rows.index[same][0]}"
    raise SourceInvalid(
        message,
        where=f"{name} line {second.name}",
        got=", ".join(str(second[column]) for column in key),
        fix="download the file again",
    )


def refuse_missing_kinds(rows: pd.DataFrame, kinds: list[str], name: str) -> None:
    """Refuse a state that lacks a row of means, sex and age that another state has that year.

    Parameters
    ----------
    rows
        Columns crime, year, area_code and ``kinds``; no row stands twice.
    kinds
        The columns that tell the rows of a crime, year and state apart.
    name
        Name of the file.

    Raises
    ------
    SourceInvalid
        If a row is missing.
    """
    for (crime, year), of_year in rows.groupby(["crime", "year"]):
        every = of_year[kinds].drop_duplicates()
        held = of_year.groupby("area_code").size()
        short = held[held < len(every)]
        if len(short):
            state = str(short.index[0])
            mine = of_year[of_year["area_code"] == state][kinds]
            listed = set(map(tuple, mine.to_numpy()))
            lacking = sorted(set(map(tuple, every.to_numpy())) - listed)
            message = f"a row of {crime} is missing"
            raise SourceInvalid(
                message,
                where=f"{name} year {year} state {state}",
                expected=", ".join(lacking[0]),
                fix="download the file again",
            )
