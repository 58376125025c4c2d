"""SESNSP's official table, state or municipal, case files or victims: its rows of our crimes.

A row is a year, an area, a crime, its means, sex and age; its columns are the months. Every row is
looked at; only those of the crimes that are wanted are kept, the others are counted. Owns which
rows are kept and which months hold any report at all. Does not own which months are published nor
which areas there must be (``sesnsp_grid``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo_app.errors import SourceInvalid
from geo_app.importers import official_csv
from geo_app.importers.official_csv import Repeated, Texts
from geo_app.importers.sesnsp_blocks import CRIME, Rows, blocks_of, columns_of, read_once
from geo_app.importers.sesnsp_cells import (
    count_of,
    refuse_missing_kinds,
    refuse_twice,
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
)
from geo_app.importers.sesnsp_sums import add_up, blank_negatives
from geo_app.importers.streams import Opened

if TYPE_CHECKING:
    import pyarrow as pa

Ints = NDArray[np.int64]

MAX_ROWS = 1_000_000
"""Rows of the crimes that we count; the largest official file has a tenth of it."""

_PENDING_BYTES = 8 * 1024**2
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
    pending: list[tuple[Ints, bytes]] = field(default_factory=list)
    """Lines that are wanted and not split yet, with their numbers."""
    parts: list[pd.DataFrame] = field(default_factory=list)
    years: set[str] = field(default_factory=set)
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
    for layout, block in blocks_of(file, texts):
        if gathered is None:
            gathered = _Gathered(file.raw.name, texts, columns_of(layout))
        _take(gathered, block, layout, crimes)
    if gathered is None or layout is None:
        message = "the file has no rows"
        raise SourceInvalid(message, where=file.raw.name, fix="download the file again")
    _keep_pending(gathered, layout)
    encoding = "xlsx" if file.is_workbook else texts.encoding
    return _found(gathered, layout, encoding), layout


# --------------------------------------------------------------------------------- from one block


def _take(gathered: _Gathered, block: Rows, layout: Layout, crimes: Sequence[str]) -> None:
    """Look at every row of a block and keep those of the crimes that are wanted."""
    rows, count = _wanted(gathered, block, crimes)
    gathered.kept += len(rows)
    if gathered.kept > MAX_ROWS:
        message = "more rows of these crimes than any official file has"
        raise SourceInvalid(message, where=gathered.name, expected=f"at most {MAX_ROWS:,}")
    if not len(rows):
        return
    text = block.lines_of(rows, count)
    if text:
        gathered.pending.append((rows + block.number, text))
        if sum(len(text) for _, text in gathered.pending) > _PENDING_BYTES:
            _keep_pending(gathered, layout)
    else:
        batch = block.cells([*read_once(layout), *MONTH_COLUMNS], read_once(layout))
        _keep(gathered, layout, official_csv.taken(batch, rows), rows + block.number)


def _keep_pending(gathered: _Gathered, layout: Layout) -> None:
    """Split the wanted lines that were gathered: many at a time, for each time has its price."""
    if gathered.pending:
        lines = np.concatenate([lines for lines, _ in gathered.pending])
        text = b"".join(text for _, text in gathered.pending)
        gathered.pending.clear()
        repeated = read_once(layout)
        block = official_csv.Block(gathered.name, layout.names, text, int(lines[0]))
        _keep(gathered, layout, block.cells([*repeated, *MONTH_COLUMNS], repeated), lines)


def _keep(gathered: _Gathered, layout: Layout, batch: pa.RecordBatch, lines: Ints) -> None:
    """Keep the rows of a batch: what their cells mean, and their counts."""
    found = {
        name: column.cells(batch, lines, gathered.texts)
        for name, column in gathered.columns.items()
    }
    area = found[MUNICIPALITY if layout.is_municipal else STATE]
    _refuse_other_state(gathered.name, area, found[STATE], lines)
    columns: dict[str, NDArray[np.object_] | NDArray[np.float64]] = {
        "crime": found[CRIME],
        "year": found[YEAR],
        "area_code": area,
    }
    columns |= {name: found[name] for name in (SUBTYPE, *KIND_COLUMNS) if name in found}
    columns |= _month_counts(gathered, batch, (lines, found[YEAR]))
    gathered.parts.append(pd.DataFrame(columns, index=lines))


def _wanted(gathered: _Gathered, block: Rows, crimes: Sequence[str]) -> tuple[Ints, int]:
    """Return the places of the wanted rows in a block, and how many rows it has.

    Of all rows only year and subtype are read, and the months of which no report is known yet.
    """
    quiet = _quiet(gathered, gathered.years)
    batch = block.cells([YEAR, SUBTYPE, *quiet], [YEAR, SUBTYPE])
    lines = np.arange(block.number, block.number + batch.num_rows)
    years, codes = gathered.columns[YEAR].meanings(batch, lines, gathered.texts)
    new = {str(year) for year in years} - gathered.years
    if new:
        gathered.years |= new
        quiet = _quiet(gathered, gathered.years)
        batch = block.cells([YEAR, SUBTYPE, *quiet], [YEAR, SUBTYPE])
    for code, year in enumerate(years) if quiet else ():
        _note_active(gathered, batch, (str(year), codes == code), quiet)
    found, codes = gathered.columns[CRIME].meanings(batch, lines, gathered.texts)
    rows = np.flatnonzero(np.array([crime in crimes for crime in found])[codes])
    attempts = int(np.array([crime == ATTEMPT for crime in found])[codes].sum())
    gathered.attempts += attempts
    gathered.others += len(codes) - len(rows) - attempts
    return rows, len(codes)


def _quiet(gathered: _Gathered, years: Collection[str]) -> list[str]:
    """Return the months of which no report is known in one of the years."""
    return [
        name
        for name, number in MONTH_NUMBERS.items()
        if any(f"{year}-{number}" not in gathered.active for year in years)
    ]


def _note_active(
    gathered: _Gathered,
    batch: pa.RecordBatch,
    of_year: tuple[str, NDArray[np.bool_]],
    quiet: Sequence[str],
) -> None:
    """Note the months of a year in which anything is above zero; ``of_year`` with its rows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    year, rows = of_year
    for name in quiet:
        month = f"{year}-{MONTH_NUMBERS[name]}"
        if month not in gathered.active:
            cells = batch.column(name)
            mine = cells if rows.all() else cells.filter(pa.array(rows))
            if pc.any(pc.match_substring_regex(mine, _SOME)).as_py():
                gathered.active.add(month)


def _refuse_other_state(
    name: str, areas: NDArray[np.object_], states: NDArray[np.object_], lines: Ints
) -> None:
    pairs = list(zip(areas, states, strict=True))
    for area, state in dict.fromkeys(pairs):
        if not area.startswith(state):
            line = lines[pairs.index((area, state))]
            message = "municipality and state do not belong together"
            raise SourceInvalid(
                message, where=f"{name} line {line}", got=f"{area} in {state}", fix="ask the source"
            )


def _month_counts(
    gathered: _Gathered, batch: pa.RecordBatch, place: tuple[Ints, NDArray[np.object_]]
) -> dict[str, NDArray[np.float64]]:
    """Return the counts of the rows kept, a column a month; ``place`` is their line and year."""
    lines, years = place
    counts = {}
    for name, number in MONTH_NUMBERS.items():
        cells = batch.column(name).dictionary_encode()
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
    if not layout.is_municipal and not layout.leaves_out_zeros(str(rows["year"].max())):
        refuse_missing_kinds(rows, kinds, gathered.name)
    repairs.append(blank_negatives(rows))
    counts = add_up(rows)
    return Found(counts, frozenset(gathered.active), encoding, tuple(filter(None, repairs)))
