"""SESNSP's official table a block of rows at a time, comma-separated or a workbook alike.

Owns how both are walked through and what the cells of each column mean. Does not own which rows are
kept (``sesnsp_rows``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo_app.errors import SourceInvalid
from geo_app.importers import official_csv, official_sheets
from geo_app.importers.official_csv import Repeated, Texts
from geo_app.importers.sesnsp_cells import municipality_of, state_of, year_of
from geo_app.importers.sesnsp_columns import (
    KIND_COLUMNS,
    MONTH_COLUMNS,
    MUNICIPALITY,
    STATE,
    SUBTYPE,
    YEAR,
    Layout,
    crime_of,
    layout_of,
)
from geo_app.importers.streams import Opened

if TYPE_CHECKING:
    import pyarrow as pa

Ints = NDArray[np.int64]

CRIME = "crime"
"""A column of ours: the crime to which the subtype belongs."""

_BATCH_ROWS = 20_000


def columns_of(layout: Layout) -> dict[str, Repeated]:
    """Return how each column that repeats its texts is read; ``CRIME`` is read from the subtype."""
    columns = {YEAR: Repeated(YEAR, year_of), STATE: Repeated(STATE, state_of)}
    if layout.is_municipal:
        columns[MUNICIPALITY] = Repeated(MUNICIPALITY, municipality_of)
    columns[CRIME] = Repeated(SUBTYPE, lambda text, _: crime_of(text))
    for name in (SUBTYPE, *KIND_COLUMNS):
        if name in layout.places:
            columns[name] = Repeated(name, lambda text, _: text)
    return columns


def read_once(layout: Layout) -> list[str]:
    """Return the names in the file of the columns that repeat their texts."""
    return list(dict.fromkeys(column.name for column in columns_of(layout).values()))


class _SheetBlock:
    """Some thousand rows of a workbook, asked for in the way of ``official_csv.Block``."""

    def __init__(self, batch: pa.RecordBatch, number: int) -> None:
        self._batch, self.number = batch, number

    def cells(self, wanted: Sequence[str], _repeated: Sequence[str]) -> pa.RecordBatch:
        return self._batch.select([*wanted])

    def lines_of(self, _rows: Ints, _count: int) -> bytes:
        return b""


Rows = official_csv.Block | _SheetBlock
"""Some thousand rows of a file of either format."""


def blocks_of(file: Opened, texts: Texts) -> Iterator[tuple[Layout, Rows]]:
    """Yield the rows of an official table, each time with its layout.

    Parameters
    ----------
    file
        The file, open at its first byte.
    texts
        Decodes the header.

    Raises
    ------
    SourceInvalid
        If it is no such table, has no rows, or a row is longer than the header.
    """
    if file.is_workbook:
        yield from _sheet_blocks(file)
        return
    layout = layout_of(official_csv.header_of(file, texts), f"{file.raw.name} line 1")
    for block in official_csv.blocks(file, layout.names):
        yield layout, block


def _sheet_blocks(file: Opened) -> Iterator[tuple[Layout, Rows]]:
    held: list[list[str]] = []
    layout, first = None, 2
    for layout, number, cells in official_sheets.rows(file, _layout_or_none):
        if any(cells[layout.width :]):
            message = "the row is longer than the header"
            raise SourceInvalid(message, where=f"{file.raw.name} row {number}", got=repr(cells[-1]))
        held.append(cells)
        if len(held) == _BATCH_ROWS:
            yield layout, _SheetBlock(_record_batch(layout, held), first)
            held, first = [], number + 1
    if layout is None:
        message = "a sheet is missing"
        raise SourceInvalid(
            message,
            where=file.raw.name,
            expected="one with the columns Año to Diciembre of an official table, and rows",
            got=", ".join(official_sheets.sheets(file)),
        )
    if held:
        yield layout, _SheetBlock(_record_batch(layout, held), first)


def _record_batch(layout: Layout, rows: list[list[str]]) -> pa.RecordBatch:
    import pyarrow as pa

    def cells(name: str) -> pa.Array:
        place = layout.places[name]
        return pa.array([row[place].encode("utf-8", "replace") for row in rows], pa.binary())

    repeated = {name: cells(name).dictionary_encode() for name in read_once(layout)}
    return pa.RecordBatch.from_pydict(repeated | {name: cells(name) for name in MONTH_COLUMNS})


def _layout_or_none(title: str, header: list[str]) -> Layout | None:
    try:
        return layout_of(header, title)
    except SourceInvalid:
        return None
