"""The forms in which perceived insecurity by state is found, told by the content of a file.

Owns which form a file has and who reads it. Does not own the lists that were gathered from all of
them (``envipe``).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from geo_app.importers import envipe_copies as copies
from geo_app.importers.envipe_editions import PERCEIVED, edition_rows, read_editions, with_bounds
from geo_app.importers.inegi_api import is_answer
from geo_app.importers.reading import Imported, RawFile, Reading, release_of
from geo_app.importers.sheets import is_sheets, sheet_heads


class Layout(StrEnum):
    """A form of a file."""

    LISTS = "the gathered lists"
    TABLES = "INEGI's workbooks"
    INDEX = "the workbook of an index"
    FIRST = "the list of the first editions"
    EXTRACT = "an extract of table 5.13"
    WOMEN_LIST = "the list of women"
    WOMEN_ANSWERS = "answers of the indicator service"


_HEADERS = {
    "codigo,abreviatura,estado,pre2013": Layout.FIRST,
    "indicator,cve_ent,value": Layout.EXTRACT,
    "año,valor,entidad,clave": Layout.WOMEN_LIST,
}
"""How the first line of a list begins."""


def by_layout(raws: Sequence[RawFile]) -> dict[Layout, list[RawFile]]:
    """Sort files by their form.

    Parameters
    ----------
    raws
        In any order. What has no form of its own may be one of the gathered lists.

    Raises
    ------
    SourceInvalid
        If a workbook cannot be opened.
    """
    found: dict[Layout, list[RawFile]] = {}
    for raw in raws:
        found.setdefault(_layout(raw), []).append(raw)
    return found


def read_layout(layout: Layout, raws: Sequence[RawFile], reading: Reading) -> list[Imported]:
    """Read files of one form, other than the gathered lists.

    Returns
    -------
    list of Imported
        One an edition of INEGI's workbooks, one a file of a copy, one for all answers.

    Raises
    ------
    SourceInvalid
        If a file cannot be read completely.
    """
    if layout is Layout.TABLES:
        return _tables(raws, reading)
    if layout is Layout.WOMEN_ANSWERS:
        return [copies.read_copy(raws, copies.women_answers(raws), reading)]
    readers = {
        Layout.INDEX: copies.index_workbook,
        Layout.FIRST: copies.first_editions,
        Layout.EXTRACT: copies.extract,
        Layout.WOMEN_LIST: copies.women_list,
    }
    return [copies.read_copy([raw], readers[layout](raw), reading) for raw in raws]


def _layout(raw: RawFile) -> Layout:
    if is_sheets(raw):
        return _layout_of_workbook(raw)
    if is_answer(raw):
        return Layout.WOMEN_ANSWERS
    head = raw.content[:200].decode("utf-8", errors="replace").removeprefix("\ufeff")
    for text, layout in _HEADERS.items():
        if head.startswith(text):
            return layout
    return Layout.LISTS


def _layout_of_workbook(raw: RawFile) -> Layout:
    heads = sheet_heads(raw)
    if any(copies.is_index_sheet(head) for head in heads):
        return Layout.INDEX
    is_first = any(copies.is_first_editions(head) for head in heads)
    return Layout.FIRST if is_first else Layout.TABLES


def _tables(raws: Sequence[RawFile], reading: Reading) -> list[Imported]:
    return [
        Imported(
            copies.SLUG,
            "state_code",
            with_bounds(edition_rows(item)).assign(period=str(item.year), measure=copies.MEASURE),
            release_of(f"ENVIPE {item.year}", item.raws, reading),
            "xlsx",
            item.repairs,
        )
        for item in read_editions(raws, PERCEIVED)
    ]
