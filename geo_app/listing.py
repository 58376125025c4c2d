"""Answers on a terminal: the catalogue in rows, and any rows as table, CSV or JSON.

Owns how records are laid out as text. Does not own their content (``export``, ``atlas``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from geo_app import atlas, export, observations
from geo_app.export import Scalar
from geo_app.indicators import Indicator

TABLE_WIDTH = 200
"""Characters of a table line where the output is not a terminal."""


def catalogue_records() -> list[dict[str, Scalar]]:
    """Return one row an indicator: periods, number of areas with a value, sources."""
    return [_catalogue_record(found) for found in atlas.load().indicators()]


def render(records: Sequence[Mapping[str, Scalar]], fmt: str) -> str:
    """Lay out records.

    Parameters
    ----------
    records
        Objects with the same keys.
    fmt
        "json", "csv" or "table"; a GeoJSON needs shapes and is made in ``export``.
    """
    if fmt == "json":
        return export.to_json(records)
    if fmt == "csv":
        return _csv(records).rstrip("\n")
    return _table(records)


def _catalogue_record(found: Indicator) -> dict[str, Scalar]:
    rows = observations.observe(found.slug)
    mine = rows[rows["area_kind"] == found.geography.area_kind]
    known = mine[mine["value"].notna()]
    return {
        "indicator": found.slug,
        "title": found.title.en,
        "unit": found.unit.en,
        "kind": str(found.kind),
        "cadence": str(found.cadence),
        "geography": str(found.geography),
        "levels": [level.area_kind for level in found.levels],
        "first": None if known.empty else str(known["period"].min()),
        "last": None if known.empty else str(known["period"].max()),
        "areas": int(known["area_code"].nunique()),
        "sources": list(found.sources),
    }


def _csv(records: Sequence[Mapping[str, Scalar]]) -> str:
    if not records:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(records[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in records)
    return out.getvalue()


def _table(records: Sequence[Mapping[str, Scalar]]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if not records:
        return "nothing found"
    table = Table(box=box.SIMPLE, pad_edge=False)
    # Columns that say nothing in any row only take the room of those that do.
    shown = [key for key in records[0] if any(row[key] not in (None, "") for row in records)]
    for key in shown:
        table.add_column(key, overflow="fold")
    for row in records:
        table.add_row(*(_rounded(row[key]) for key in shown))
    out = io.StringIO()
    console = Console(file=out, width=None if Console().is_terminal else TABLE_WIDTH)
    console.print(table)
    return out.getvalue().rstrip()


def _cell(value: Scalar) -> str:
    if value is None:
        return ""
    if not isinstance(value, list):
        return str(value)
    return "|".join(item if isinstance(item, str) else _object(item) for item in value)


def _object(item: Mapping[str, str | int | None]) -> str:
    """Return an object of a list in one cell: "number 1, rule only, place Mazatlán"."""
    return ", ".join(f"{key} {value}" for key, value in item.items() if value is not None)


def _rounded(value: Scalar) -> str:
    return f"{value:.2f}" if isinstance(value, float) else _cell(value)
