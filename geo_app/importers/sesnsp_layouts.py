"""Two tables that others made of SESNSP's official file of victims, where it is not held itself.

A workbook of sums of intentional homicide by state and month, and a long copy with a row a month
of every crime. Owns how they become counts by state and month. Does not own which months are
published (``sesnsp_grid``) nor the official layout (``sesnsp_rows``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo_app.errors import SourceInvalid
from geo_app.importers import official_csv, official_sheets
from geo_app.importers.cells import whole_number
from geo_app.importers.months import SPANISH_MONTHS
from geo_app.importers.official_csv import Repeated, Texts
from geo_app.importers.sesnsp_cells import count_of, refuse_twice, state_of, year_of
from geo_app.importers.sesnsp_columns import MONTH_NUMBERS, crime_of
from geo_app.importers.sesnsp_rows import MAX_ROWS, Found
from geo_app.importers.streams import Opened
from geo_app.states import fold

STATE_SHEET = "Estatal_Mensual"
_NATION_SHEET = "Nacional_Mensual"
_SUM_COLUMNS = ("Año", "Mes", "Total_Victimas")

LONG_HEADER = (
    "date_year_month",
    "n_year",
    "n_month",
    "cve_ent",
    "nombre_estado",
    "bien_juridico_afectado",
    "tipo_de_delito",
    "subtipo_de_delito",
    "modalidad",
    "genero",
    "rango_de_edad",
    "n_victimas",
)
_LONG_PLACE = ("n_year", "n_month", "cve_ent", "nombre_estado")
_LONG_KIND = ("subtipo_de_delito", "modalidad", "genero", "rango_de_edad")


def read_sums(file: Opened) -> Found:
    """Read a workbook of sums by state and month, and prove them against its national sums.

    Parameters
    ----------
    file
        The workbook, with the sheets ``Estatal_Mensual`` and ``Nacional_Mensual``.

    Raises
    ------
    SourceInvalid
        If it is not that workbook, a row is doubled, a cell is not a count, or a sum differs.
    """
    name = file.raw.name
    cells: list[tuple[str, str, float]] = []
    numbers: list[int] = []
    for number, (state, year, month, count) in _sheet(
        file, STATE_SHEET, ("Entidad", *_SUM_COLUMNS)
    ):
        where = f"{name} {STATE_SHEET} row {number}"
        value = float(whole_number(count, where)) if count else float("nan")
        cells.append((state_of(state, where), _month(year, month, where), value))
        numbers.append(number)
    counts = pd.DataFrame(cells, columns=["area_code", "period", "value"], index=numbers)
    refuse_twice(counts, ["area_code", "period"], name)
    sums = counts.groupby("period")["value"].sum()
    _prove_national(file, {str(month): float(total) for month, total in sums.items()})
    active = frozenset(counts.loc[counts["value"] > 0, "period"])
    return Found(counts.assign(crime="homicide"), active, "xlsx", ())


def _sheet(
    file: Opened, sheet: str, columns: Sequence[str]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a sheet, in the order of ``columns``."""
    places: list[int] | None = None

    def choose(title: str, header: list[str]) -> list[int] | None:
        return _places(header, columns, f"{file.raw.name} {sheet}") if title == sheet else None

    for places, number, cells in official_sheets.rows(file, choose):
        yield number, tuple(cells[place] for place in places)
    if places is None:
        message = "a sheet is missing, or has no rows"
        held = ", ".join(official_sheets.sheets(file))
        raise SourceInvalid(message, where=file.raw.name, expected=sheet, got=held)


def _places(header: Sequence[str], columns: Sequence[str], where: str) -> list[int]:
    absent = [name for name in columns if name not in header]
    if absent:
        message = "a column is missing"
        raise SourceInvalid(message, where=where, expected=absent[0], got=", ".join(header))
    return [header.index(name) for name in columns]


def _month(year: str, name: str, where: str) -> str:
    if fold(name) not in MONTH_NUMBERS:
        message = "not a month"
        raise SourceInvalid(
            message, where=where, expected=", ".join(SPANISH_MONTHS), got=repr(name)
        )
    return f"{year_of(year, where)}-{MONTH_NUMBERS[fold(name)]}"


def _prove_national(file: Opened, sums: Mapping[str, float]) -> None:
    for number, (year, name, total) in _sheet(file, _NATION_SHEET, _SUM_COLUMNS):
        where = f"{file.raw.name} {_NATION_SHEET} row {number}"
        month = _month(year, name, where)
        if whole_number(total, where) != sums.get(month, 0):
            message = f"the states do not add up to the nation in {month}"
            raise SourceInvalid(
                message,
                where=where,
                expected=total,
                got=f"{sums.get(month, 0):.0f}",
                fix="ask the maker of the workbook",
            )


# -------------------------------------------------------------------------------- the long copy


def is_long(header: Sequence[str]) -> bool:
    """Tell by its header whether a file is the long copy."""
    return tuple(header) == LONG_HEADER


def read_long(file: Opened, crimes: Sequence[str]) -> Found:
    """Read the long copy: a row a month, state, crime, means, sex and age.

    Parameters
    ----------
    file
        The file, open at its first byte.
    crimes
        The crimes that are wanted, as ``crime_of`` names them.

    Raises
    ------
    SourceInvalid
        If a row is cut or doubled, or a cell is no state, month or count.
    """
    texts = Texts(file.raw.name)
    names = [*_LONG_PLACE, *_LONG_KIND, "n_victimas"]
    columns = {name: Repeated(name, _reader(name)) for name in names}
    columns["crime"] = Repeated("subtipo_de_delito", lambda text, _: crime_of(text))
    parts: list[pd.DataFrame] = []
    active: set[str] = set()
    seen = kept = 0
    for block in official_csv.blocks(file, LONG_HEADER):
        batch, number = block.cells(names, names), block.number
        lines = np.arange(number, number + batch.num_rows)
        cells = {name: column.cells(batch, lines, texts) for name, column in columns.items()}
        _refuse_two_states(cells, number, file.raw.name)
        period = cells["n_year"] + "-" + cells["n_month"]
        active |= set(period[cells["n_victimas"].astype(float) > 0])
        rows = np.flatnonzero(np.isin(cells["crime"].astype(str), list(crimes)))
        parts.append(_long_rows(cells, period, rows, number))
        seen, kept = seen + batch.num_rows, kept + len(rows)
        if kept > MAX_ROWS:
            message = "more rows of these crimes than any official file has"
            raise SourceInvalid(message, where=file.raw.name, expected=f"at most {MAX_ROWS:,}")
    return _long_found(pd.concat(parts), frozenset(active), texts, seen - kept)


def _long_rows(
    cells: Mapping[str, NDArray[np.object_]],
    period: NDArray[np.object_],
    rows: NDArray[np.int64],
    number: int,
) -> pd.DataFrame:
    kept = {name: cells[name][rows] for name in ("crime", *_LONG_KIND)}
    place = {"area_code": cells["cve_ent"][rows], "period": period[rows]}
    value = cells["n_victimas"][rows].astype(float)
    return pd.DataFrame({**kept, **place, "value": value}, index=rows + number)


def _long_found(rows: pd.DataFrame, active: frozenset[str], texts: Texts, others: int) -> Found:
    refuse_twice(rows, ["period", "area_code", *_LONG_KIND], texts.name)
    repairs = [f"{others:,} rows of other crimes were not used"]
    below = rows["value"] < 0
    if below.any():
        repairs.append(f"{int(below.sum())} cells below zero are no counts and stay missing")
    groups = rows.assign(value=rows["value"].mask(below)).groupby(
        ["crime", "area_code", "period"], sort=True
    )["value"]
    sums = groups.sum().where(groups.count() == groups.size())
    return Found(sums.reset_index(), active, texts.encoding, tuple(repairs))


def _reader(column: str) -> Callable[[str, str], str | float]:
    if column == "n_year":
        return year_of
    if column in ("cve_ent", "nombre_estado"):
        return state_of
    if column == "n_victimas":
        return count_of
    return _month_number if column == "n_month" else lambda text, _: text


def _month_number(text: str, where: str) -> str:
    if text.zfill(2) not in MONTH_NUMBERS.values():
        message = "not a month"
        raise SourceInvalid(message, where=where, expected="01 to 12", got=repr(text))
    return text.zfill(2)


def _refuse_two_states(cells: Mapping[str, NDArray[np.object_]], number: int, name: str) -> None:
    wrong = np.flatnonzero(cells["cve_ent"] != cells["nombre_estado"])
    if len(wrong):
        code, other = (cells[column][wrong[0]] for column in ("cve_ent", "nombre_estado"))
        message = "code and name are of two states"
        raise SourceInvalid(
            message,
            where=f"{name} line {number + wrong[0]}",
            got=f"{code} and the name of {other}",
            fix="ask the maker of the copy",
        )
