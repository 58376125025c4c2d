"""The rows of ENSU's table by city: headings of states and regions, then a block a city.

Owns which row is a heading, which begins a city and which belongs to it. Does not own the title
of the table or what the cities must add up to (``ensu_workbooks``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo_app.errors import SourceInvalid, UnknownState
from geo_app.importers.ensu_names import code_in, unknown
from geo_app.importers.sheets import Cell, Sheet
from geo_app.importers.tabulados import (
    NATION,
    Figure,
    body_rows,
    column,
    figure,
    share,
    without_notes,
)
from geo_app.states import NATION_CODE, code_of

_CAPITAL = "09"
_REGION = re.compile(r"region (norte|sur|oriente|poniente)")
_NOTHING = Figure(float("nan"), is_marked=False)
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Block:
    """What the table says of a city, or of the nation."""

    people: float
    """Adults; NaN where not given."""
    unsafe: float = float("nan")
    """Adults who consider the city unsafe; NaN where not given."""
    share: Figure = _NOTHING
    """The same in percent of the adults."""


@dataclass(frozen=True, slots=True)
class _Columns:
    people: int
    counts: int
    shares: int


def read_blocks(sheet: Sheet, where: str) -> tuple[dict[str, Block], tuple[str, ...]]:
    """Read the table by city.

    Parameters
    ----------
    sheet
        The table.
    where
        Name of the file and the sheet, for messages.

    Returns
    -------
    blocks, repairs
        By city code, "00" the nation; and in words what was met on the way.

    Raises
    ------
    SourceInvalid
        If a label is neither a known state nor a known city of it, a city stands twice with
        different numbers, or a share is not that of its counts.
    """
    at = _columns(sheet, where)
    found: list[tuple[str, str, Block]] = []
    state, code = "", ""
    for number, row in body_rows(sheet):
        place = f"{where} row {number}"
        label = without_notes(row[0])
        if label not in {"seguro", "inseguro"}:
            state, code = _area(row, at, state, place)
            found += [(code, place, Block(figure(row[at.people], place).value))] if code else []
        elif not code:
            message = "a share under no city"
            raise SourceInvalid(message, where=place, got=str(row[0]), fix="download it again")
        elif label == "inseguro":
            found[-1] = (code, place, _filled(found[-1][2], row, at, place))
    return _once(found)


def _columns(sheet: Sheet, where: str) -> _Columns:
    counts, shares = (column(sheet, (name,), where) for name in ("absolutos", "relativos"))
    people = column(sheet, ("poblacion de 18 anos y mas",), where)
    return _Columns(people, counts, shares)


def _area(row: tuple[Cell, ...], at: _Columns, state: str, where: str) -> tuple[str, str]:
    """Return the state under whose heading the next rows stand, and the city of this row.

    A name may be that of a state and of a city in it; the city has a number, or INEGI's mark in
    place of one, in the column of the people.
    """
    name = str(row[0]).strip()
    if without_notes(name) == NATION:
        return "", NATION_CODE
    city = code_in(state, name) or code_in(state, without_notes(name))
    heading = _state(without_notes(name))
    if row[at.people] == "":
        if heading:
            return heading, ""
        if state == _CAPITAL and _REGION.fullmatch(without_notes(name)):
            return state, ""
    if city is None:
        raise unknown(state, name, where)
    return state, city


def _state(name: str) -> str:
    try:
        return code_of(name)
    except UnknownState:
        return ""


def _filled(block: Block, row: tuple[Cell, ...], at: _Columns, where: str) -> Block:
    """Return a city with its share, after proving that it is that of the counts."""
    unsafe, held = figure(row[at.counts], where).value, share(row[at.shares], where)
    made = 100 * unsafe / block.people if block.people else float("nan")
    # Where one of them is not given the difference is NaN, and nothing can be proved.
    if abs(made - held.value) > _TOLERANCE:
        message = "the share is not that of the counts"
        raise SourceInvalid(
            message, where=where, expected=str(made), got=str(held.value), fix="download it again"
        )
    return replace(block, unsafe=unsafe, share=held)


def _once(found: list[tuple[str, str, Block]]) -> tuple[dict[str, Block], tuple[str, ...]]:
    """Keep one block a city: some lie in two states and stand under both."""
    blocks: dict[str, Block] = {}
    again = 0
    for code, place, block in found:
        # Compared as text, because a missing number does not equal itself.
        if str(blocks.setdefault(code, block)) != str(block):
            message = "the city stands twice with different numbers"
            raise SourceInvalid(message, where=place, got=code, fix="ask the source")
        again += blocks[code] is not block
    words = f"{again} cities that stand under two states counted once"
    return blocks, (words,) if again else ()
