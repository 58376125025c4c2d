"""The lists of ``data/`` that are no table of figures: strict reading of their rows, and writing.

Owns the form (CSV, a line of columns, as many cells in every row). Does not own what a row means:
that is for the module of each list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path

from geo_app.errors import TableInvalid
from geo_app.records import read_text


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row of a file stands, for messages, and its cells; see ``rows_of``.

    Parameters
    ----------
    path
        The file.
    columns
        The columns that it must have, in this order.

    Raises
    ------
    TableInvalid
        As ``rows_of``, or if the file is not UTF-8.
    """
    return rows_of(read_text(path), path.name, columns)


def rows_of(text: str, name: str, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield where each row of a list stands, for messages, and its cells.

    Parameters
    ----------
    text
        A list whose first line is its columns.
    name
        Name of its file, for messages.
    columns
        The columns that it must have, in this order.

    Raises
    ------
    TableInvalid
        If it has other columns, or a row with more or fewer cells.

    Examples
    --------
    >>> list(rows_of(to_text(["code", "name"], [["06", "Colima"]]), "a.csv", ["code", "name"]))
    [('a.csv line 2', ['06', 'Colima'])]
    """
    lines = list(csv.reader(text.splitlines()))
    if not lines or lines[0] != list(columns):
        message = "wrong columns"
        raise TableInvalid(message, where=name, expected=",".join(columns))
    for number, cells in enumerate(lines[1:], 2):
        where = f"{name} line {number}"
        if len(cells) != len(columns):
            message = "wrong number of cells"
            expected, got = str(len(columns)), str(len(cells))
            raise TableInvalid(message, where=where, expected=expected, got=got)
        yield where, cells


def refuse_twice(keys: Sequence[Hashable], name: str, message: str, fix: str) -> None:
    """Refuse a list in which something stands twice.

    Parameters
    ----------
    keys
        What tells its rows apart, a row each.
    name
        Name of the file, for messages.
    message, fix
        What stands twice, and what to do about it.

    Raises
    ------
    TableInvalid
        If two rows have one key.
    """
    if len(set(keys)) != len(keys):
        raise TableInvalid(message, where=name, fix=fix)


def refuse_unsorted(codes: Sequence[str], name: str, what: str) -> None:
    """Refuse a list that people keep where its codes do not rise.

    Parameters
    ----------
    codes
        In the order of the list.
    name
        Name of the file, for messages.
    what
        What has a code, in words.

    Raises
    ------
    TableInvalid
        If a code stands twice or after a higher one.
    """
    if list(codes) != sorted(set(codes)):
        message = f"{what} stands twice, or the list is not sorted by code"
        raise TableInvalid(message, where=name, fix=f"sort the lines by code, {what} once")


def to_text(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as the text of a list, as ``rows_of`` reads it.

    Parameters
    ----------
    columns
        Its first line.
    rows
        A cell a column; a cell is written as ``str`` makes it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
