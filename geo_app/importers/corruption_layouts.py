"""The three forms in which lists of the Corruption Perceptions Index go round.

Owns on which scale a number stands in each of them, and turns it into the published one. Does not
own releases or measures (``corruption_perceptions``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import refuse_cut
from geo_app.importers.delimited import csv_lines
from geo_app.importers.quantities import quantity, whole_quantity, year
from geo_app.importers.reading import RawFile

COUNTRY = "Mexico"

FIRST_OF_100 = 2012
"""First year of the scale from 0 to 100 and of the method that goes with it."""

_MEXICO = ("year", "score_0_100", "rank", "countries_ranked")
_ONE_YEAR = ("country", "corruption_index")
_TEN = Decimal(10)


class Fact(NamedTuple):
    """What is known of one year; None where a file does not say it."""

    score: Decimal | None
    """As published: from 0 to 10 until 2011, from 0 to 100 since 2012."""
    rank: int | None
    countries: int | None
    """Number of countries that were ranked."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says of Mexico."""

    facts: dict[int, Fact]
    encoding: str
    repairs: tuple[str, ...]


Lines = Sequence[tuple[int, list[str]]]


def read_list(raw: RawFile) -> Found:
    """Read a list of scores in any of the three forms.

    Raises
    ------
    SourceInvalid
        See ``corruption_perceptions.read``.
    """
    lines, encoding = csv_lines(raw, ("utf-8", "cp1252"))
    header = [cell.strip() for cell in lines[0][1]]
    for number, cells in lines[1:]:
        refuse_cut(cells, len(header), f"{raw.name} line {number}")
    if set(_MEXICO) <= set(header):
        facts, repairs = _of_mexico(header, lines, raw.name)
    elif tuple(header) == _ONE_YEAR:
        facts, repairs = _of_one_year(lines, raw.name)
    elif header[0] == "country" and len(header) > 1 and all(map(_is_year, header[1:])):
        facts, repairs = _of_years(header, lines, raw.name)
    else:
        message = "not a list of the Corruption Perceptions Index"
        expected = f"country and years; {', '.join(_ONE_YEAR)}; or {', '.join(_MEXICO)}"
        got = ", ".join(header)[:200]
        raise SourceInvalid(message, where=f"{raw.name} line 1", expected=expected, got=got)
    if not facts:
        message = f"no number of {COUNTRY}"
        raise SourceInvalid(message, where=raw.name, fix="download the file again")
    return Found(facts, encoding, tuple(filter(None, repairs)))


def _of_mexico(header: Sequence[str], lines: Lines, name: str) -> tuple[dict[int, Fact], list[str]]:
    """Read a list of Mexico's years, in which old scores stand multiplied by ten."""
    places = [header.index(column) for column in _MEXICO]
    facts: dict[int, Fact] = {}
    multiplied = 0
    for number, cells in lines[1:]:
        where = f"{name} line {number}"
        when, score, rank, countries = (cells[place].strip() for place in places)
        this = year(when, where)
        if this in facts:
            message = "the year stands twice"
            raise SourceInvalid(message, where=where, got=when)
        points = _points(score, 100, where) if score else None
        if points is not None and this < FIRST_OF_100:
            points, multiplied = points / _TEN, multiplied + 1
        place = _place(rank, countries, where) if rank else None
        ranked = whole_quantity(countries, where) if countries else None
        facts[this] = Fact(points, place, ranked)
    told = f"{multiplied} scores of the scale 0 to 10, multiplied by ten there, divided again"
    return facts, [told if multiplied else ""]


def _of_years(header: Sequence[str], lines: Lines, name: str) -> tuple[dict[int, Fact], list[str]]:
    """Read a table of countries by year, in which new scores stand divided by ten."""
    years = [year(text, f"{name} line 1") for text in header[1:]]
    if len(set(years)) != len(years):
        message = "a year stands twice"
        raise SourceInvalid(message, where=f"{name} line 1", got=", ".join(header)[:200])
    number, cells = _row_of_mexico(lines, name)
    facts: dict[int, Fact] = {}
    missing = divided = 0
    for this, text in zip(years, cells[1:], strict=True):
        points = _points(text.strip() or "0", 10, f"{name} line {number} year {this}")
        if points == 0:
            missing += 1
            continue
        divided += this >= FIRST_OF_100
        facts[this] = Fact(points * _TEN if this >= FIRST_OF_100 else points, None, None)
    return facts, [
        _others(lines),
        f"{missing} years with 0.0, which means missing there" if missing else "",
        f"{divided} scores of the scale 0 to 100, divided by ten there, multiplied again"
        if divided
        else "",
    ]


def _of_one_year(lines: Lines, name: str) -> tuple[dict[int, Fact], list[str]]:
    """Read a list of countries of one year, which stands in the name of the file alone."""
    years = re.findall(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)", name, re.ASCII)
    if len(set(years)) != 1 or int(years[0]) < FIRST_OF_100:
        message = "the year stands neither in the list nor, alone, in the name of the file"
        expected = f"one year since {FIRST_OF_100} in the name"
        raise SourceInvalid(message, where=name, expected=expected, fix="name it …2025.csv")
    number, cells = _row_of_mexico(lines, name)
    points = _points(cells[1].strip(), 100, f"{name} line {number}")
    told = f"the year {years[0]} was read from the name of the file"
    return {int(years[0]): Fact(points, None, None)}, [_others(lines), told]


def _row_of_mexico(lines: Lines, name: str) -> tuple[int, list[str]]:
    rows = [(number, cells) for number, cells in lines[1:] if cells[0].strip() == COUNTRY]
    if len(rows) != 1:
        message = f"not exactly one row of {COUNTRY}"
        raise SourceInvalid(message, where=name, expected="1", got=str(len(rows)))
    return rows[0]


def _others(lines: Lines) -> str:
    return f"{len(lines) - 2:,} rows of other countries not used"


def _is_year(text: str) -> bool:
    return re.fullmatch(r"\d{4}", text, re.ASCII) is not None


def _points(text: str, most: int, where: str) -> Decimal:
    points = quantity(text, where)
    if points > most:
        message = "a score outside its scale"
        raise SourceInvalid(message, where=where, expected=f"0 to {most}", got=repr(text[:40]))
    return points


def _place(rank: str, countries: str, where: str) -> int:
    place = whole_quantity(rank, where)
    if place < 1 or (countries and place > whole_quantity(countries, where)):
        message = "a place outside the number of countries"
        got = f"{rank} of {countries or 'an unknown number'}"
        raise SourceInvalid(message, where=where, expected="1 to that number", got=got)
    return place
