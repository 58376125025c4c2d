"""An issue that was read before: what is new in it, and what of the old reading stays.

Owns the comparison of a fresh reading with the table, and lists of which an import replaces one
part. Pages are handed out in two versions at once, a full one and a short one: the short one says
nothing against the full one. Does not own the writing (``writing``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from geo_app import provenance, tables
from geo_app.errors import TableInvalid
from geo_app.importers.reading import Imported
from geo_app.states import NATION_CODE

Cells = dict[str, tuple[str, str]]
"""Value and reasons by area, as texts."""


def settled(found: Sequence[Imported], folder: Path) -> list[Imported]:
    """Compare what was read with what the folder holds.

    Parameters
    ----------
    found
        What an importer read, one a release.
    folder
        A ``data/`` folder.

    Returns
    -------
    list of Imported
        The same releases. One that ``yields`` keeps the rows, record and lists of its earlier
        reading where the fresh one gives no state a value; otherwise it says whether it differs.
    """
    return [_settled(item, folder) if item.yields else item for item in found]


def _settled(item: Imported, folder: Path) -> Imported:
    path = folder / tables.FOLDER / f"{item.source}.csv"
    table = tables.read_text(path) if path.is_file() else pd.DataFrame()
    if not {"release", "value", "reasons", item.area_column} <= set(table.columns):
        return item
    older = table[table["release"] == item.release.release]
    if older.empty:
        return item
    before = _cells(older.rename(columns={item.area_column: "area_code"}))
    after = _cells(item.rows)
    if _count(before) and not _count(after):
        return _kept(item, older, folder)
    codes = sorted(code for code in before | after if before.get(code) != after.get(code))
    note = (
        f"differs from the earlier reading in {', '.join(codes)}"
        if codes
        else "the same as the earlier reading"
    )
    return replace(item, repairs=(*item.repairs, note))


def _kept(item: Imported, older: pd.DataFrame, folder: Path) -> Imported:
    """Return the earlier reading of a release in place of the fresh one."""
    rows = older.rename(columns={item.area_column: "area_code"})[list(item.rows.columns)]
    listing = folder / provenance.FOLDER / f"{item.source}.releases.csv"
    known = {r.release: r for r in provenance.read_releases(listing)}
    note = f"{_count(_cells(rows))} states of the earlier reading kept"
    return replace(
        item,
        rows=rows.assign(value=pd.to_numeric(rows["value"])).reset_index(drop=True),
        release=known.get(item.release.release, item.release),
        references=(),
        repairs=(*item.repairs, note),
    )


def _cells(rows: pd.DataFrame) -> Cells:
    values = (f"{value:g}" if value == value else "" for value in pd.to_numeric(rows["value"]))  # noqa: PLR0124
    reasons = rows["reasons"].fillna("")
    return dict(zip(rows["area_code"], zip(values, reasons, strict=True), strict=True))


def _count(cells: Cells) -> int:
    """Return the number of states that have a value."""
    return sum(bool(value) for code, (value, _) in cells.items() if code != NATION_CODE)


def with_part(whole: str, text: str, name: str, part: Sequence[tuple[str, str]]) -> str:
    """Return a list in which one part is replaced, sorted by its columns.

    Parameters
    ----------
    whole, text
        The list as it is held, and the part that was read: both with their header.
    name
        Name of the list, for messages.
    part
        Column and value of the rows that belong to the part.

    Raises
    ------
    TableInvalid
        If the list that is held has other columns than the part.
    """
    header, *fresh = list(csv.reader(text.splitlines()))
    known, *older = list(csv.reader(whole.splitlines())) or [header]
    if known != header:
        message = "wrong columns"
        raise TableInvalid(
            message, where=name, expected=",".join(header), fix="restore it from git"
        )
    places = [(header.index(column), value) for column, value in part]
    kept = [row for row in older if any(row[place] != value for place, value in places)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted([*kept, *fresh], key=lambda row: [_in_order(cell) for cell in row]))
    return out.getvalue()


def _in_order(cell: str) -> tuple[int, str]:
    """Return a key that sorts numbers by their size and texts by their letters."""
    return (len(cell) if cell.isdigit() else 0, cell)
