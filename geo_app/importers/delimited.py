"""Comma-separated files as lines of cells or as a frame of texts.

Owns the splitting of lines and the check that none is cut. Does not own what a column means.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import refuse_cut
from geo_app.importers.reading import RawFile, decode


def csv_lines(raw: RawFile, encodings: tuple[str, ...]) -> tuple[list[tuple[int, list[str]]], str]:
    """Split a comma-separated file into lines of cells, quotes and line breaks inside them kept.

    Returns
    -------
    lines, encoding
        Line number (from 1) and cells of every line that is not blank, and the encoding found.

    Raises
    ------
    SourceInvalid
        If the file cannot be decoded, ends inside a quoted cell, or has fewer than two lines.
    """
    text, encoding = decode(raw, encodings)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as error:
        message = f"not readable as comma-separated text ({error})"
        raise SourceInvalid(
            message, where=f"{raw.name} line {reader.line_num}", fix="download the file again"
        ) from error
    if len(lines) < 2:
        message = "the file has no rows"
        raise SourceInvalid(message, where=raw.name, fix="download the file again")
    return lines, encoding


def csv_table(raw: RawFile, columns: Sequence[str]) -> pd.DataFrame:
    """Read a tidy UTF-8 file as text.

    Parameters
    ----------
    raw
        The file.
    columns
        Names that its header must hold, in any order; further ones are not read.

    Returns
    -------
    pandas.DataFrame
        ``columns`` as text, stripped, "" where empty; the index is the line number in the file.

    Raises
    ------
    SourceInvalid
        If a column is missing or a row is cut; see also ``csv_lines``.
    """
    lines, _ = csv_lines(raw, ("utf-8",))
    header = [cell.strip() for cell in lines[0][1]]
    absent = [name for name in columns if name not in header]
    if absent:
        message = "a column is missing"
        raise SourceInvalid(
            message, where=f"{raw.name} line 1", expected=absent[0], got=", ".join(header)
        )
    for number, cells in lines[1:]:
        refuse_cut(cells, len(header), f"{raw.name} line {number}")
    places = [header.index(name) for name in columns]
    rows = [[cells[place].strip() for place in places] for _, cells in lines[1:]]
    return pd.DataFrame(rows, columns=list(columns), index=[n for n, _ in lines[1:]], dtype=str)
