"""SESNSP's official table, state or municipal, case files or victims: its rows of our crimes.

A row is a year, an area, a crime, its means, sex and age; its columns are the months. Every row is
looked at; only those of the crimes that are wanted are kept, the others are counted. Owns which
rows are kept and which months hold any report at all. Does not own which months are published nor
which areas there must be (``sesnsp_grid``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo_app.errors import SourceInvalid
from geo_app.importers import official_csv, official_sheets
from geo_app.importers.official_csv import Repeated, Texts
from geo_app.importers.sesnsp_cells import (
    count_of,
    municipality_of,
    refuse_missing_kinds,
    refuse_twice,
    state_of,
    year_of,
)
from geo_app.importers.sesnsp_columns import (
    ATTEMPT,
    KIND_COLUMNS,
    MONTH_COLUMNS,
    MONTH_NUMBERS,
    MUNICIPALITY,
    STATE,
    SUBTYPE,
    YEAR,
    Layout,
    crime_of,
    layout_of,
)
from geo_app.importers.sesnsp_sums import add_up, blank_negatives
from geo_app.importers.streams import Opened

if TYPE_CHECKING:
    import pyarrow as pa

Ints = NDArray[np.int64]

MAX_ROWS = 1_000_000
"""Rows of the crimes that we count; the largest official file has a tenth of it."""

_CRIME = "crime"
_BATCH_ROWS = 20_000
_SOME = r"^\s*[0-9,]*[1-9]"


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says of the crimes that are wanted."""

    counts: pd.DataFrame
    """Columns crime, area_code, period and value; NaN where a cell of the sum is blank or below
    zero. An area is a state or a municipality, "06999" for none known."""
    active: frozenset[str]
    """Months in which anything at all was reported, of any crime, in any area."""
    encoding: str
    repairs: tuple[str, ...]


@dataclass(slots=True)
class _Gathered:
    """What is kept of the batches that were read."""

    name: str
    texts: Texts
    columns: dict[str, Repeated]
    numbers: dict[bytes, float] = field(default_factory=dict)
    parts: list[pd.DataFrame] = field(default_factory=list)
    active: set[str] = field(default_factory=set)
    kept: int = 0
    others: int = 0
    attempts: int = 0
    commas: int = 0


def read_rows(file: Opened, crimes: Sequence[str]) -> tuple[Found, Layout]:
    """Read an official table, comma-separated or a workbook.

    Parameters
    ----------
    file
        The file, open at its first byte.
    crimes
        The crimes that are wanted, as ``crime_of`` names them.

    Raises
    ------
    SourceInvalid
        If it is no such table, a row is cut, missing or doubled, or a cell is not a whole number.
    """
    texts = Texts(file.raw.name)
    gathered, layout = None, None
    for layout, number, batch in _batches(file, texts):
        if gathered is None:
            gathered = _Gathered(file.raw.name, texts, _columns(layout))
        _take(gathered, batch, layout, number, crimes)
    if gathered is None or layout is None:
        message = "the file has no rows"
        raise SourceInvalid(message, where=file.raw.name, fix="download the file again")
    encoding = "xlsx" if file.is_workbook else texts.encoding
    return _found(gathered, layout, encoding), layout


def _columns(layout: Layout) -> dict[str, Repeated]:
    columns = {YEAR: Repeated(YEAR, year_of), STATE: Repeated(STATE, state_of)}
    if layout.is_municipal:
        columns[MUNICIPALITY] = Repeated(MUNICIPALITY, municipality_of)
    columns[_CRIME] = Repeated(SUBTYPE, lambda text, _: crime_of(text))
    for name in (SUBTYPE, *KIND_COLUMNS):
        if name in layout.places:
            columns[name] = Repeated(name, lambda text, _: text)
    return columns


def _read_once(layout: Layout) -> list[str]:
    return list(dict.fromkeys(column.name for column in _columns(layout).values()))


# ------------------------------------------------------------------------------- batches of rows


def _batches(file: Opened, texts: Texts) -> Iterator[tuple[Layout, int, pa.RecordBatch]]:
    if file.is_workbook:
        yield from _sheet_batches(file)
        return
    layout = layout_of(official_csv.header_of(file, texts), f"{file.raw.name} line 1")
    names = sorted(layout.places, key=layout.places.__getitem__)
    repeated = _read_once(layout)
    for number, batch in official_csv.batches(file, names, [*repeated, *MONTH_COLUMNS], repeated):
        yield layout, number, batch


def _sheet_batches(file: Opened) -> Iterator[tuple[Layout, int, pa.RecordBatch]]:
    held: list[list[str]] = []
    layout, first = None, 2
    for layout, number, cells in official_sheets.rows(file, _layout_or_none):
        if any(cells[layout.width :]):
            message = "the row is longer than the header"
            raise SourceInvalid(message, where=f"{file.raw.name} row {number}", got=repr(cells[-1]))
        held.append(cells)
        if len(held) == _BATCH_ROWS:
            yield layout, first, _record_batch(layout, held)
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
        yield layout, first, _record_batch(layout, held)


def _record_batch(layout: Layout, rows: list[list[str]]) -> pa.RecordBatch:
    import pyarrow as pa

    def cells(name: str) -> pa.Array:
        place = layout.places[name]
        return pa.array([row[place].encode("utf-8", "replace") for row in rows], pa.binary())

    repeated = {name: cells(name).dictionary_encode() for name in _read_once(layout)}
    return pa.RecordBatch.from_pydict(repeated | {name: cells(name) for name in MONTH_COLUMNS})


def _layout_or_none(title: str, header: list[str]) -> Layout | None:
    try:
        return layout_of(header, title)
    except SourceInvalid:
        return None


# --------------------------------------------------------------------------------- from one batch


def _take(
    gathered: _Gathered, batch: pa.RecordBatch, layout: Layout, number: int, crimes: Sequence[str]
) -> None:
    """Look at every row of a batch and keep those of the crimes that are wanted."""
    found = {
        name: column.cells(batch, number, gathered.texts)
        for name, column in gathered.columns.items()
    }
    years, crime = found[YEAR], found[_CRIME]
    _note_active(gathered, batch, years)
    is_wanted = np.isin(crime, list(crimes))
    rows = np.flatnonzero(is_wanted)
    is_attempt = int((crime == ATTEMPT).sum())
    gathered.attempts += is_attempt
    gathered.others += batch.num_rows - len(rows) - is_attempt
    gathered.kept += len(rows)
    if gathered.kept > MAX_ROWS:
        message = "more rows of these crimes than any official file has"
        raise SourceInvalid(message, where=gathered.name, expected=f"at most {MAX_ROWS:,}")
    if not len(rows):
        return
    area = found[MUNICIPALITY if layout.is_municipal else STATE][rows]
    lines = rows + number
    _refuse_other_state(gathered.name, area, found[STATE][rows], lines)
    columns: dict[str, NDArray[np.object_] | NDArray[np.float64]] = {
        "crime": crime[rows],
        "year": years[rows],
        "area_code": area,
    }
    columns |= {name: found[name][rows] for name in (SUBTYPE, *KIND_COLUMNS) if name in found}
    columns |= _month_counts(gathered, batch, rows, (lines, years[rows]))
    gathered.parts.append(pd.DataFrame(columns, index=lines))


def _note_active(gathered: _Gathered, batch: pa.RecordBatch, years: NDArray[np.object_]) -> None:
    """Note the months of the batch in which anything is above zero."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for year in dict.fromkeys(years):
        rows = years == year
        for name, number in MONTH_NUMBERS.items():
            month = f"{year}-{number}"
            if month not in gathered.active:
                cells = batch.column(name)
                mine = cells if rows.all() else cells.filter(pa.array(rows))
                if pc.any(pc.match_substring_regex(mine, _SOME)).as_py():
                    gathered.active.add(month)


def _refuse_other_state(
    name: str, areas: NDArray[np.object_], states: NDArray[np.object_], lines: Ints
) -> None:
    for area, state, line in zip(areas, states, lines, strict=True):
        if not area.startswith(state):
            message = "municipality and state do not belong together"
            raise SourceInvalid(
                message, where=f"{name} line {line}", got=f"{area} in {state}", fix="ask the source"
            )


def _month_counts(
    gathered: _Gathered,
    batch: pa.RecordBatch,
    rows: Ints,
    place: tuple[Ints, NDArray[np.object_]],
) -> dict[str, NDArray[np.float64]]:
    """Return the counts of the rows kept, a column a month; ``place`` is their line and year."""
    import pyarrow as pa

    lines, years = place
    taken = pa.array(rows)
    counts = {}
    for name, number in MONTH_NUMBERS.items():
        cells = batch.column(name).take(taken).dictionary_encode()
        codes = cells.indices.to_numpy(zero_copy_only=False)
        different = cells.dictionary.to_pylist()
        for code, cell in enumerate(different):
            first = int(np.argmax(codes == code))
            if cell not in gathered.numbers:
                where = f"{gathered.name} line {lines[first]} {years[first]}-{number}"
                gathered.numbers[cell] = count_of(gathered.texts.read(cell), where)
            if b"," in cell:
                gathered.commas += int((codes == code).sum())
        counts[name] = np.array([gathered.numbers[cell] for cell in different])[codes]
    return counts


# ------------------------------------------------------------------------------------ to the sums


def _found(gathered: _Gathered, layout: Layout, encoding: str) -> Found:
    repairs = [
        layout.damage,
        f"{gathered.commas} counts with thousands commas" if gathered.commas else "",
        f"{gathered.others:,} rows of other crimes were not used" if gathered.others else "",
        f"{gathered.attempts:,} rows of attempts are apart and were not added"
        if gathered.attempts
        else "",
    ]
    if not gathered.parts:
        empty = pd.DataFrame(columns=["crime", "area_code", "period", "value"])
        return Found(empty, frozenset(gathered.active), encoding, tuple(filter(None, repairs)))
    rows = pd.concat(gathered.parts)
    kinds = [name for name in (SUBTYPE, *KIND_COLUMNS) if name in rows]
    refuse_twice(rows, ["year", "area_code", *kinds], gathered.name)
    if not layout.is_municipal and not layout.leaves_out_zeros(max(rows["year"])):
        refuse_missing_kinds(rows, kinds, gathered.name)
    repairs.append(blank_negatives(rows))
    counts = add_up(rows)
    return Found(counts, frozenset(gathered.active), encoding, tuple(filter(None, repairs)))
