"""The tidy tables of facts: read and checked, or written; never half right.

Owns the files ``data/tables/<source>.csv``. Does not own what is refused of them
(``table_rules``), what a measure means (``indicators``) or how a rate is made (``observations``).

A table has one row a (area, period, measure, release). ``value`` is the published quantity, empty
where the source gives none. Where two releases give a figure for one period both rows stay.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pandas as pd

from geo_app import paths, provenance
from geo_app.errors import TableInvalid
from geo_app.provenance import Source
from geo_app.table_rules import (
    ADVISORY_COLUMNS,
    AREA_COLUMNS,
    INTERVAL_COLUMNS,
    KEY,
    PUBLICATION_COLUMNS,
    check,
)

FOLDER = "tables"
"""Folder of the tables inside ``data/``."""

HEADED = frozenset({"municipality_code", "us_state_code", "us_border_code"})
"""Area columns of tables so long that a column of one text stands above the header, once."""

LONG_ROWS = 40_000
"""Rows from which on any other table is written in the same way."""

_HEAD_MARK = "# "


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
        "municipality", "city", "outside" for deaths abroad or in no known place, "us_state",
        "us_border", "us_nation" for the United States), ``area_code``, ``period``,
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


def write(frame: pd.DataFrame, path: Path, area_column: str) -> None:
    """Write a table: sorted by area, period, measure and release, so that a diff is readable.

    Parameters
    ----------
    frame
        Columns as ``table`` returns them; those that a source does not use may be absent.
    path
        Where to write.
    area_column
        One of ``table_rules.AREA_COLUMNS``.

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
    ordered = frame.sort_values(["area_code", *KEY])
    out = ordered[[name for name in _ORDER if name in frame.columns]]
    for column in ("value", "low", "high"):
        if column in out:
            out = out.assign(**{column: out[column].map(_number_text)})
    head = _constants(out) if area_column in HEADED or len(out) > LONG_ROWS else {}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(
            f"{_HEAD_MARK}{name}: {text}".rstrip() + "\n" for name, text in head.items()
        )
        rows = out.drop(columns=list(head)).rename(columns={"area_code": area_column})
        rows.to_csv(file, index=False, lineterminator="\n")


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

    Returns
    -------
    pandas.DataFrame
        The columns of the file and those that its head gives once for all rows. The index counts
        from 0, or from the number of lines of the head: with 2 added it is the line in the file.

    Raises
    ------
    TableInvalid
        If the file is not a table at all, or its head is not made of other columns.
    """
    try:
        head = _head(path)
        frame = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8", skiprows=len(head)
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        message = f"not readable as a table ({' '.join(str(error).split())})"
        raise TableInvalid(message, where=str(path), fix="restore it or import it again") from error
    if not head:
        return frame
    frame.index = pd.RangeIndex(len(head), len(head) + len(frame))
    return _with_head(frame, head, path.name)


def _head(path: Path) -> list[str]:
    """Return the lines above the header, without their mark."""
    head = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            if not line.startswith(_HEAD_MARK):
                break
            head.append(line.removeprefix(_HEAD_MARK).rstrip("\n"))
    return head


def _with_head(frame: pd.DataFrame, head: list[str], name: str) -> pd.DataFrame:
    pairs = [line.partition(":") for line in head]
    constants = {column: text.strip() for column, _, text in pairs}
    if (
        len(constants) != len(head)
        or set(constants) & set(frame)
        or not set(constants) <= {*_ORDER}
    ):
        message = "the head is not right"
        raise TableInvalid(
            message,
            where=name,
            expected="lines such as `# status: final`, each for a column that the rows lack",
            got="; ".join(head),
            fix="restore it or import it again",
        )
    whole = frame.assign(**constants)
    area = [column for column in frame if column not in _ORDER]
    return whole[[*area, *(column for column in _ORDER if column in whole)]]


def _constants(out: pd.DataFrame) -> dict[str, str]:
    """Return what stands in every row of a table alike, by column."""
    every = out[[name for name in out.columns if name not in ("area_code", "period", "value")]]
    firsts = {name: every[name].iloc[0] for name in every.columns}
    return {name: str(text) for name, text in firsts.items() if (every[name] == text).all()}


_ORDER = (
    "area_code",
    "period",
    "measure",
    "value",
    *INTERVAL_COLUMNS,
    *ADVISORY_COLUMNS,
    *PUBLICATION_COLUMNS,
)
"""Columns in the order of a file."""


def _number_text(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
