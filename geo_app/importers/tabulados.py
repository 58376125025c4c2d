"""INEGI's published tables ("tabulados") inside a workbook: title, columns, labels, marks.

Owns what all of them share: a title over the first rows, headings in two rows, a label in the
first column, digits of footnotes stuck to labels and headings, marks in place of numbers. Does
not own which table says what (``ensu_workbooks``, ``envipe_tables``, ``unreported_crime_books``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo_app.errors import SourceInvalid, UnknownState
from geo_app.importers.cells import percentage
from geo_app.importers.sheets import Cell, Sheet
from geo_app.states import NATION_CODE, code_of, fold, state_codes

NATION = "estados unidos mexicanos"
"""The nation's label, folded."""

_FOOT = re.compile(r"(\s*(\d+|\([a-z]\)))+\s*$")
_ENDS = ("nota", "fuente", "nivel de precision")
_NONE = frozenset({"", "*", "nd", "na", "n d", "-"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_LARGEST = 1e12
_EDITION = re.compile(r"\b(20\d\d) \(ENVIPE\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a table, and how it was marked."""

    value: float
    """NaN where the table has a mark (``*``, ``ND``) or nothing in place of a number."""
    is_marked: bool
    """Whether INEGI put its mark of an imprecise estimate beside the number ("100.0*")."""

    @property
    def is_held(self) -> bool:
        """Whether there is a number."""
        return not math.isnan(self.value)


def without_notes(label: Cell) -> str:
    """Return a label or heading folded, without the number of a footnote stuck to its end.

    Parameters
    ----------
    label
        As it stands in the cell. A digit that belongs to a name is cut as well, so ask for the
        whole name first where names may have one.

    Examples
    --------
    >>> without_notes("Cifra negra2")
    'cifra negra'
    """
    return fold(_FOOT.sub("", str(label)))


def figure(cell: Cell, where: str) -> Figure:
    """Read a number, a marked number, or a mark in place of one.

    Raises
    ------
    SourceInvalid
        If the cell holds something else, such as a word.

    Examples
    --------
    >>> figure("100.0*", "f.xlsx")
    Figure(value=100.0, is_marked=True)
    """
    if isinstance(cell, (int, float)) and abs(cell) < _LARGEST:
        return Figure(float(cell), is_marked=False)
    cell = str(cell)
    if cell.strip().casefold().replace(".", "") in _NONE:
        return Figure(float("nan"), is_marked=False)
    digits = cell.strip().removesuffix("*").strip()
    if not _NUMBER.fullmatch(digits) or abs(float(digits)) >= _LARGEST:
        message = "neither a number nor a mark of INEGI's"
        raise SourceInvalid(message, where=where, expected="a number, * or ND", got=repr(cell))
    return Figure(float(digits), is_marked=cell.strip().endswith("*"))


def share(cell: Cell, where: str) -> Figure:
    """Read a percentage of a table; see ``figure``.

    Raises
    ------
    SourceInvalid
        If it is neither a number from 0 to 100 nor a mark.
    """
    found = figure(cell, where)
    if found.is_held:
        percentage(str(found.value), where)
    return found


def is_end(label: Cell) -> bool:
    """Tell whether a label begins what stands under a table: notes and the source."""
    text = fold(str(label))
    return text.startswith(_ENDS) or bool(re.match(r"\d+ ", text))


def edition(sheet: Sheet, where: str) -> int:
    """Return the edition of ENVIPE that a table names in its first row.

    Raises
    ------
    SourceInvalid
        If it names none.
    """
    found = _EDITION.search(sheet.title)
    if found is None:
        message = "the table names no edition of ENVIPE"
        raise SourceInvalid(message, where=where, expected="such as 2024 (ENVIPE)")
    return int(found[1])


def is_errors(sheet: Sheet) -> bool:
    """Tell whether a table holds standard errors in place of estimates."""
    return "errores estandar" in fold(sheet.title)


def column(sheet: Sheet, path: tuple[str, ...], where: str) -> int:
    """Find a column by its heading, or by a heading and the one under it.

    Parameters
    ----------
    sheet
        The table.
    path
        Folded headings from the top, such as ``("cifra negra", "relativos")``: of a heading that
        spans several columns, the first column to its right that has the second.
    where
        Place for messages.

    Raises
    ------
    SourceInvalid
        If there is none.
    """
    first = 0
    rows = iter([row for _, row in sheet.rows])
    for name in path:
        for row in rows:
            places = [n for n, cell in enumerate(row) if n >= first and without_notes(cell) == name]
            if places:
                first = places[0]
                break
        else:
            message = "a column is missing"
            raise SourceInvalid(message, where=where, expected=" / ".join(path))
    return first


def by_area(sheet: Sheet, place: int, where: str) -> dict[str, Figure]:
    """Read one column of a table that has a row for the nation and each state.

    Parameters
    ----------
    sheet
        The table.
    place
        Number of the column, from 0.
    where
        Name of the file, for messages.

    Returns
    -------
    dict of str to Figure
        By code, "00" the nation and "01" to "32".

    Raises
    ------
    SourceInvalid
        If an area is missing, stands twice or is not a known one, or a cell is no percentage.
    """
    found: dict[str, Figure] = {}
    for number, row in body_rows(sheet):
        at = f"{where} {sheet.name} row {number}"
        code = _area(row[0], at)
        if code in found:
            message = "the area stands twice"
            raise SourceInvalid(message, where=at, got=str(row[0]), fix="download it again")
        found[code] = share(row[place], at)
    _refuse_incomplete(found, f"{where} {sheet.name}")
    return found


def body_rows(sheet: Sheet) -> list[tuple[int, tuple[Cell, ...]]]:
    """Return the rows from the nation's to the one before the notes."""
    body: list[tuple[int, tuple[Cell, ...]]] = []
    for number, row in sheet.rows:
        if body and is_end(row[0]):
            break
        if body or without_notes(row[0]) == NATION:
            body.append((number, row))
    return body


def marked_words(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Say how many figures bear INEGI's mark, or have one in place of a number."""
    held = list(figures)
    marked = sum(item.is_marked for item in held)
    empty = sum(not item.is_held for item in held)
    words = []
    if marked:
        words.append(f"{marked} figures that INEGI marks as imprecise (*) kept")
    if empty:
        words.append(f"{empty} figures that INEGI does not give (* or ND) are missing")
    return tuple(words)


def _area(label: Cell, where: str) -> str:
    name = without_notes(label)
    if name == NATION:
        return NATION_CODE
    try:
        return code_of(name)
    except UnknownState as error:
        raise SourceInvalid(error.what, where=where, got=error.got, fix=error.fix) from error


def _refuse_incomplete(found: Mapping[str, Figure], where: str) -> None:
    absent = [code for code in (NATION_CODE, *state_codes()) if code not in found]
    if absent:
        message = "the table lacks an area"
        raise SourceInvalid(
            message, where=where, expected="the nation and 32 states", got=f"none of {absent[0]}"
        )
