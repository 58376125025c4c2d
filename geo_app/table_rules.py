"""The rules of a tidy table: its columns, its vocabulary, its complete grid.

Owns what is refused of ``data/tables/<source>.csv``. Does not own the files (``tables``).
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from geo_app import municipalities, us_areas
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import NO_VALUE, Interval, Status
from geo_app.periods import Cadence, parse, span
from geo_app.provenance import Source
from geo_app.states import NATION_CODE, OUTSIDE_CODES, UNKNOWN_STATE_CODE, state_codes

AREA_COLUMNS = {
    "state_code": "state",
    "municipality_code": "municipality",
    "city_code": "city",
    "us_state_code": "us_state",
    "us_border_code": "us_border",
}
"""The first column of a table, and the kind of area that its codes name."""

KEY = ["period", "measure", "release"]
INTERVAL_COLUMNS = ["low", "high", "interval"]
PUBLICATION_COLUMNS = ["status", "release", "published", "checked", "source"]
ADVISORY_COLUMNS = ["reasons", "address"]
"""Further columns of a table of dated issues."""

STORED_STATUSES = frozenset(
    {
        Status.FINAL,
        Status.PRELIMINARY,
        Status.PARTIAL,
        Status.ESTIMATED,
        Status.MISSING,
        Status.NOT_APPLICABLE,
    }
)
"""Statuses that may stand in a table; the others are answers about a day."""


def check(raw: pd.DataFrame, name: str, source: Source) -> pd.DataFrame:
    """Check a table of texts and return it typed, as ``tables.table`` does.

    Parameters
    ----------
    raw
        The table as text, as ``tables.read_text`` returns it.
    name
        Name of the file, for messages.
    source
        The provenance record whose releases the rows may name.

    Raises
    ------
    TableInvalid
        If the table breaks the contract; the message names row and column.
    """
    area_column = _check_columns(list(raw.columns), name)
    frame = raw.rename(columns={area_column: "area_code"})
    for column in ("low", "high", "value"):
        frame[column] = _numbers(frame, column, name) if column in frame else float("nan")
    for column in ("interval", *ADVISORY_COLUMNS):
        if column not in frame:
            frame[column] = ""
    frame["area_kind"] = _area_kinds(frame, AREA_COLUMNS[area_column], name)
    _check_vocabulary(frame, name)
    _check_values(frame, name)
    _check_unique(frame, name)
    _check_publication(frame, name, source)
    _check_grid(frame, name)
    return _with_known_from(frame, source)


def _check_columns(columns: list[str], name: str) -> str:
    area = columns[0] if columns else ""
    optional = [c for c in (*INTERVAL_COLUMNS, *ADVISORY_COLUMNS) if c in columns]
    expected = [area, "period", "measure", "value", *optional, *PUBLICATION_COLUMNS]
    if area not in AREA_COLUMNS or columns != expected:
        message = "wrong columns"
        raise TableInvalid(
            message,
            where=name,
            expected=",".join(["state_code", *expected[1:]]),
            got=",".join(columns),
        )
    return area


def _numbers(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    text = frame[column]
    numbers = pd.to_numeric(text.where(text != ""), errors="coerce")
    is_wrong = ~np.isfinite(numbers) & (text != "")
    _refuse(frame, is_wrong, name, column, "a number or nothing")
    return numbers.astype(float)


def _area_kinds(frame: pd.DataFrame, kind: str, name: str) -> pd.Series[str]:
    found = {code: _area_kind(code, kind) for code in frame["area_code"].unique()}
    kinds = frame["area_code"].map(found)
    _refuse(frame, kinds == "", name, "area_code", _CODES.get(kind, "a code"))
    return kinds


_CODES = {
    "state": '"00" to "33" or "99"',
    "municipality": f"five digits of a municipality of {municipalities.EDITION}, 06999 or 99999",
    "us_state": "two letters of us_areas.csv, US for the United States",
    "us_border": "a field office or sector of us_areas.csv",
}


def _area_kind(code: str, kind: str) -> str:
    """Return the kind of area that a code names in a table of this kind; "" for a wrong code."""
    if kind in us_areas.PART_KINDS:
        return us_areas.kind_of(code, kind)
    if code == NATION_CODE:
        return "nation"
    if kind == "state" and code in OUTSIDE_CODES:
        return "outside"
    if kind == "municipality":
        return _municipal_kind(code)
    return kind if kind != "state" or code in state_codes() else ""


def _municipal_kind(code: str) -> str:
    is_code = re.fullmatch("[0-9]{5}", code) and code not in municipalities.PARENTS
    if not is_code or code[:2] not in (*state_codes(), UNKNOWN_STATE_CODE):
        return ""
    is_known = code[2:] != municipalities.UNKNOWN_ENDING
    if is_known and code[:2] == UNKNOWN_STATE_CODE:
        return ""
    return "municipality" if is_known else "outside"


def _check_vocabulary(frame: pd.DataFrame, name: str) -> None:
    words = ", ".join(sorted(STORED_STATUSES))
    _refuse(frame, ~frame["status"].isin(STORED_STATUSES), name, "status", f"one of {words}")
    kinds = ", ".join(repr(str(item)) for item in Interval)
    _refuse(frame, ~frame["interval"].isin([*Interval]), name, "interval", f"one of {kinds}")
    for text in frame["period"].unique():
        try:
            parse(text)
        except BadRequest as error:
            raise TableInvalid(error.cause, where=f"{name} column period") from error


def _check_values(frame: pd.DataFrame, name: str) -> None:
    empty = frame["value"].isna()
    says_none = frame["status"].isin(NO_VALUE)
    _refuse(
        frame, empty & ~says_none, name, "value", "a value, or a status that says there is none"
    )
    _refuse(frame, ~empty & says_none, name, "value", "no value under this status")
    _refuse(frame, frame["value"] < 0, name, "value", "nothing below zero")
    share = frame["measure"].str.endswith("_pct")
    _refuse(frame, share & (frame["value"] > 100), name, "value", "a percentage up to 100")
    count = frame["measure"].str.endswith("_count")
    _refuse(frame, count & (frame["value"] % 1 > 0), name, "value", "a whole number")
    rank = frame["measure"].str.endswith("_rank")
    no_place = rank & ((frame["value"] % 1 > 0) | (frame["value"] < 1))
    _refuse(frame, no_place, name, "value", "a place, 1 or more")


def _check_unique(frame: pd.DataFrame, name: str) -> None:
    twice = frame.duplicated(["area_code", *KEY])
    _refuse(frame, twice, name, "area_code", "one row an area, period, measure and release")


def _check_publication(frame: pd.DataFrame, name: str, source: Source) -> None:
    _refuse(frame, frame["source"] != source.slug, name, "source", source.slug)
    for (text, published, checked), rows in frame.groupby(["release", "published", "checked"]):
        release = source.release(str(text))
        if (release.published, release.checked) != (published, checked):
            message = f"the dates of release {text!r} differ from its record"
            raise TableInvalid(
                message,
                where=f"{name} row {rows.index[0] + 2}",
                expected=f"{release.published!r}, {release.checked!r}",
                got=f"{published!r}, {checked!r}",
                fix="import the file again",
            )


def _check_grid(frame: pd.DataFrame, name: str) -> None:
    for (kind, measure, release), rows in frame.groupby(["area_kind", "measure", "release"]):
        periods = _expected_periods(rows["period"], f"{name}, {measure} in {release!r}")
        found = set(rows["area_code"].unique())
        absent = sorted(set(state_codes()) - found) if kind == "state" else []
        count = _AREA_COUNTS.get(str(kind), len(found))
        if count * len(periods) != len(rows) or absent:
            message = f"incomplete grid of {measure} by {kind} in {release!r}"
            raise TableInvalid(
                message,
                where=name,
                expected=f"{count} areas x {len(periods)} periods, missing ones written out",
                got=f"{len(rows)} rows" + (f", none of {absent[0]}" if absent else ""),
                fix="import the file again",
            )


_AREA_COUNTS = {
    "state": len(state_codes()),
    "municipality": municipalities.EDITION_COUNT,
    **{kind: len(us_areas.codes(kind)) for kind in us_areas.PART_KINDS},
}
"""Number of areas of a kind, where it is fixed."""


def _expected_periods(found: pd.Series[str], where: str) -> list[str]:
    texts = sorted(found.unique())
    cadences = {parse(text).cadence for text in texts}
    if len(cadences) > 1:
        message = "periods of more than one kind"
        raise TableInvalid(message, where=where, got=", ".join(sorted(cadences)))
    (cadence,) = cadences
    return texts if cadence is Cadence.ISSUE else span(cadence, texts[0], texts[-1])


def _with_known_from(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    days = {item.release: item.known_from for item in source.releases}
    return frame.assign(known_from=frame["release"].map(days))


def _refuse(
    frame: pd.DataFrame, wrong: pd.Series[bool], name: str, column: str, expected: str
) -> None:
    if not wrong.any():
        return
    place = int(wrong.to_numpy().argmax())
    found = frame[column].iloc[place]
    message = f"{int(wrong.sum())} wrong value(s)"
    raise TableInvalid(
        message,
        where=f"{name} row {frame.index[place] + 2} column {column}",
        expected=expected,
        got=repr(found) if isinstance(found, str) else f"{found:g}",
        fix="correct the row or import the file again",
    )
