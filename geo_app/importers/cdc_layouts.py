"""The forms in which CDC gives provisional overdose deaths: CSV, JSON, and the portal's export.

The programming interface answers with lower-case names, the portal with headings and thousands
commas. Owns how a row becomes a figure. Does not own which areas and months a release has
(``cdc``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from geo_app import us_areas
from geo_app.errors import BadRequest, SourceInvalid
from geo_app.importers.cells import refuse_cut
from geo_app.importers.delimited import csv_lines
from geo_app.importers.months import month_number
from geo_app.importers.quantities import quantity, whole_quantity, year
from geo_app.importers.reading import RawFile, decode
from geo_app.states import fold

INDICATOR = "Synthetic opioids, excl. methadone (T40.4)"
"""The only indicator of the dataset that is read; others name T40.4 among further codes."""

WINDOW = "12 month-ending"

_COLUMNS = (
    "state",
    "year",
    "month",
    "period",
    "indicator",
    "state_name",
    "footnote",
    "percent_complete",
    "data_value",
    "predicted_value",
)
_LIMIT = 1000
"""Rows of an answer for which no limit was asked: the rest is cut off without a word."""

Cell = tuple[str, str]
"""Code of an area, and month."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What the dataset says of one area and month."""

    reported: int | None
    predicted: int | None
    is_low: bool
    """Whether CDC remarks that the figure is too low because records are incomplete."""
    is_suppressed: bool
    """Whether CDC remarks that the figure is hidden because it is below 10."""
    complete: float | None
    """Percentage of the death records that CDC had."""


@dataclass(slots=True)
class Found:
    """What a file says."""

    encoding: str
    figures: dict[Cell, Figure] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    """Rows not used, and oddities of those that are, by what they are."""

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was repaired or not used, each with its number."""
        return tuple(f"{count:,} {what}" for what, count in self.counts.items() if count)


def read_deaths(raw: RawFile) -> Found:
    """Read the deaths by synthetic opioids of an answer in any of the forms.

    Raises
    ------
    SourceInvalid
        See ``cdc.read``.
    """
    is_json = raw.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"[", b"{"))
    encoding, rows = _json_rows(raw) if is_json else _csv_rows(raw)
    found, seen = Found(encoding), set[Cell]()
    count = 0
    for where, row in rows:
        count += 1
        if fold(row["indicator"]) != fold(INDICATOR):
            found.counts["rows of other indicators not used"] += 1
            continue
        cell = _cell(row, where)
        if cell in seen:
            message = "an area and month stand twice"
            got = " ".join(cell)
            raise SourceInvalid(message, where=where, got=got, fix="download the file again")
        seen.add(cell)
        found.figures[cell] = _figure(row, where)
        numbers = (row["data_value"], row["predicted_value"])
        found.counts["numbers with thousands commas"] += sum("," in text for text in numbers)
    _refuse_nothing(found, count, raw.name)
    return found


def _refuse_nothing(found: Found, count: int, name: str) -> None:
    if count == _LIMIT:
        message = f"exactly {_LIMIT:,} rows, as where the answer was cut by the default limit"
        fix = "set a $limit above the number of rows"
        raise SourceInvalid(message, where=name, fix=fix)
    if not found.figures:
        message = "no row of the indicator"
        raise SourceInvalid(message, where=name, expected=INDICATOR, fix="ask for it or for all")


def _cell(row: Mapping[str, str], where: str) -> Cell:
    if fold(row["period"]) != fold(WINDOW):
        message = "not a sum over 12 months"
        raise SourceInvalid(message, where=where, expected=WINDOW, got=repr(row["period"][:40]))
    code = row["state"]
    try:
        named = us_areas.code_of(row["state_name"], "us_state")
    except BadRequest as error:
        message = "an area that is not listed"
        got, fix = repr(row["state_name"][:40]), "add it to us_areas.csv"
        raise SourceInvalid(message, where=where, got=got, fix=fix) from error
    if named != code:
        message = "code and name are of two areas"
        got = f"{code[:10]} and {row['state_name'][:40]}"
        raise SourceInvalid(message, where=where, got=got, fix="ask the source")
    number = month_number(row["month"], where)
    return code, f"{year(row['year'], where):04d}-{number:02d}"


def _figure(row: Mapping[str, str], where: str) -> Figure:
    deaths, expected, share = (
        row[name] for name in ("data_value", "predicted_value", "percent_complete")
    )
    complete = float(quantity(share, f"{where} percent_complete")) if share else None
    if complete is not None and complete > 100:
        message = "not a percentage"
        raise SourceInvalid(message, where=where, expected="0 to 100", got=repr(share[:40]))
    note = fold(row["footnote"])
    return Figure(
        reported=whole_quantity(deaths, f"{where} data_value") if deaths else None,
        predicted=whole_quantity(expected, f"{where} predicted_value") if expected else None,
        is_low=note.startswith("underreported"),
        is_suppressed="suppressed" in note,
        complete=complete,
    )


Rows = Iterator[tuple[str, Mapping[str, str]]]
"""Place in the file, and its cells as stripped text by column name, "" where empty."""


def _csv_rows(raw: RawFile) -> tuple[str, Rows]:
    lines, encoding = csv_lines(raw, ("utf-8", "cp1252"))
    # "Data Value" and data_value are one column.
    names = [fold(cell).replace(" ", "_") for cell in lines[0][1]]
    _refuse_columns(names, f"{raw.name} line 1")

    def rows() -> Rows:
        for number, cells in lines[1:]:
            where = f"{raw.name} line {number}"
            refuse_cut(cells, len(names), where)
            yield where, dict(zip(names, map(str.strip, cells), strict=True))

    return encoding, rows()


def _json_rows(raw: RawFile) -> tuple[str, Rows]:
    text, encoding = decode(raw, ("utf-8",))
    try:
        items = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    # Lists within lists without end exhaust the stack of the reader.
    except (ValueError, RecursionError) as error:
        message = "not readable as JSON"
        raise SourceInvalid(message, where=raw.name, fix="download the file again") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        message = "not a list of rows"
        got = text[:120]
        raise SourceInvalid(message, where=raw.name, got=got, fix="ask the interface for rows")
    # An empty cell has no name in its row, so a column is there if any row has it.
    _refuse_columns({name for item in items for name in item}, raw.name)

    def rows() -> Rows:
        for number, item in enumerate(items, 1):
            yield f"{raw.name} row {number}", {name: _text(item.get(name)) for name in _COLUMNS}

    return f"{encoding} JSON", rows()


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _refuse_columns(names: list[str] | set[str], where: str) -> None:
    absent = [name for name in _COLUMNS if name not in names]
    if absent or len(set(names)) != len(names):
        message = "not an answer of the dataset xkb8-kh2a"
        raise SourceInvalid(
            message,
            where=where,
            expected=", ".join(absent or _COLUMNS),
            got=", ".join(sorted(names))[:200],
            fix="ask data.cdc.gov for all columns",
        )
