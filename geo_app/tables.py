"""The tidy tables of facts: read and checked, or written; never half right.

Owns the columns, the vocabulary and the completeness of ``data/tables/<source>.csv``. Does not own
what a measure means (``indicators``) or how a rate is made (``observations``).

A table has one row a (area, period, measure, release). ``value`` is the published quantity, empty
where the source gives none. Where two releases give a figure for one period both rows stay.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from geo_app import paths, provenance
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import NO_VALUE, Interval, Status
from geo_app.periods import Cadence, parse, span
from geo_app.provenance import Source
from geo_app.states import NATION_CODE, OUTSIDE_CODES, state_codes

FOLDER = "tables"
"""Folder of the tables inside ``data/``."""

AREA_COLUMNS = {"state_code": "state", "city_code": "city"}
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


def table(slug: str) -> pd.DataFrame:
    """Return the checked table of a source.

    Parameters
    ----------
    slug
        Name of the source, such as "inegi-homicides".

    Returns
    -------
    pandas.DataFrame
        One row a stored figure, in file order. Columns ``area_kind`` ("nation", "state",
        "outside" for deaths abroad or in no known state, "city"), ``area_code``, ``period``,
        ``measure``, ``value`` (float, NaN = missing), ``low``, ``high``, ``interval``, ``status``,
        ``release``, ``published``, ``checked`` (ISO text, empty where not stated), ``source``,
        ``reasons``, ``address`` (empty outside tables of issues) and ``known_from``, the first day
        on which the release provably stood.

    Raises
    ------
    BadRequest
        If there is no such source.
    TableInvalid
        If the table breaks the contract; the message names row and column.
    HashMismatch
        If the file is not the one that was checked.
    """
    source = provenance.load_source(slug)
    path = paths.verified(paths.data_dir(), f"{FOLDER}/{slug}.csv")
    return _read_cached(path, source, path.stat().st_mtime_ns).copy()


def read(path: Path, source: Source) -> pd.DataFrame:
    """Read and check one table; see ``table`` for what is returned and raised."""
    if not path.is_file():
        message = "the table is missing"
        raise TableInvalid(
            message, where=str(path), fix=f"run `python -m geo_app import {source.slug}`"
        )
    return check(read_text(path), path.name, source)


def check(raw: pd.DataFrame, name: str, source: Source) -> pd.DataFrame:
    """Check a table of texts and return it typed; see ``table`` for what is returned and raised.

    Parameters
    ----------
    raw
        The table as text, its columns those of the file, the index 0, 1, 2…
    name
        Name of the file, for messages.
    source
        The provenance record whose releases the rows may name.
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


def write(frame: pd.DataFrame, path: Path, area_column: str) -> None:
    """Write a table: sorted by area, period, measure and release, so that a diff is readable.

    Parameters
    ----------
    frame
        Columns as ``table`` returns them; those that a source does not use may be absent.
    path
        Where to write.
    area_column
        "state_code" or "city_code".

    Raises
    ------
    TableInvalid
        If the area column is not a known one.
    """
    if area_column not in AREA_COLUMNS:
        message = "unknown area column"
        raise TableInvalid(
            message, where=path.name, expected=" or ".join(AREA_COLUMNS), got=area_column
        )
    optional = [c for c in (*INTERVAL_COLUMNS, *ADVISORY_COLUMNS) if c in frame.columns]
    columns = ["period", "measure", "value", *optional, *PUBLICATION_COLUMNS]
    ordered = frame.sort_values(["area_code", *KEY])
    out = ordered[["area_code", *columns]].rename(columns={"area_code": area_column})
    for column in ("value", "low", "high"):
        if column in out:
            out[column] = out[column].map(_number_text)
    out.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def newest(frame: pd.DataFrame, source: Source, known_on: str | None = None) -> pd.DataFrame:
    """Keep one row a (area, period, measure): the newest release.

    Parameters
    ----------
    frame
        As ``table`` returns it.
    source
        Its record, whose order of releases decides.
    known_on
        ISO date; rows of releases that are not known to have stood on that day are dropped.

    Returns
    -------
    pandas.DataFrame
        The rows kept, index reset. Empty where no release stood on that day.
    """
    kept = frame if known_on is None else frame[frame["known_from"] <= known_on]
    order = {item.release: n for n, item in enumerate(source.releases)}
    ranked = kept.assign(_order=kept["release"].map(order)).sort_values("_order", kind="stable")
    keys = ["area_kind", "area_code", "period", "measure"]
    last = ranked.drop_duplicates(keys, keep="last")
    return last.sort_index().drop(columns="_order").reset_index(drop=True)


@cache
def _read_cached(path: Path, source: Source, _stamp: int) -> pd.DataFrame:
    return read(path, source)


def read_text(path: Path) -> pd.DataFrame:
    """Read a table as text, "" where a cell is empty, without checking what it says.

    Raises
    ------
    TableInvalid
        If the file is not a table at all.
    """
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        message = f"not readable as a table ({' '.join(str(error).split())})"
        raise TableInvalid(message, where=str(path), fix="restore it or import it again") from error


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
    codes = frame["area_code"]
    kinds = pd.Series(kind, index=frame.index, dtype=str)
    kinds[codes == NATION_CODE] = "nation"
    if kind == "state":
        kinds[codes.isin(OUTSIDE_CODES)] = "outside"
        known = {*state_codes(), NATION_CODE, *OUTSIDE_CODES}
        _refuse(frame, ~codes.isin(known), name, "area_code", '"00" to "33" or "99"')
    return kinds


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
        areas = state_codes() if kind == "state" else rows["area_code"].unique()
        missing = len(areas) * len(periods) - len(rows)
        absent = sorted(set(areas) - set(rows["area_code"]))
        if missing or absent:
            message = f"incomplete grid of {measure} by {kind} in {release!r}"
            raise TableInvalid(
                message,
                where=name,
                expected=f"{len(areas)} areas x {len(periods)} periods, missing ones written out",
                got=f"{len(rows)} rows" + (f", none of {absent[0]}" if absent else ""),
                fix="import the file again",
            )


def _expected_periods(found: pd.Series[str], where: str) -> list[str]:
    texts = sorted(set(found))
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
        where=f"{name} row {place + 2} column {column}",
        expected=expected,
        got=repr(found) if isinstance(found, str) else f"{found:g}",
        fix="correct the row or import the file again",
    )


def _number_text(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
