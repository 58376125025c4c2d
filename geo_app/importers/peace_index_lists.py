"""The lists in which scores and places of the Mexico Peace Index were gathered.

Owns how a line of them becomes a score or a place of an edition. Does not own IEP's own workbook
(``peace_index_workbook``) or releases (``peace_index``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import area_code
from geo_app.importers.delimited import csv_lines, csv_table
from geo_app.importers.quantities import quantity, whole_quantity, year
from geo_app.importers.reading import RawFile
from geo_app.states import NATION_CODE, state_codes

LOWEST, HIGHEST = 1.0, 5.0
"""Ends of IEP's scale: 1 is the most peaceful."""

OVERALL = "overall_score"

_SCORES = ("cve_ent", "state_source", "edition_year", "indicator", "score")
_FACTS = ("edition_year", "cve_ent", "state", "measure", "value")


@dataclass(slots=True)
class Edition:
    """What is known of one edition; an area that is not in a list has no number there."""

    year: int
    """Year of the report; its data are of the year before."""
    scores: dict[str, float] = field(default_factory=dict)
    ranks: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says."""

    editions: tuple[Edition, ...]
    encoding: str
    repairs: tuple[str, ...]


def read_lists(raw: RawFile) -> Found:
    """Read a list of scores by edition, or one of facts.

    Raises
    ------
    SourceInvalid
        See ``peace_index.read``.
    """
    lines, _ = csv_lines(raw, ("utf-8",))
    header = {cell.strip() for cell in lines[0][1]}
    if set(_SCORES) <= header:
        return _read_scores(raw)
    if set(_FACTS) <= header:
        return _read_facts(raw)
    message = "not a list of the Mexico Peace Index"
    expected = f"{', '.join(_SCORES)}; or {', '.join(_FACTS)}"
    got = ", ".join(lines[0][1])[:200]
    raise SourceInvalid(message, where=f"{raw.name} line 1", expected=expected, got=got)


def refuse_odd_scores(edition: Edition, where: str) -> None:
    """Refuse scores of which a state is missing.

    Raises
    ------
    SourceInvalid
        If not every state has one.
    """
    absent = [code for code in state_codes() if code not in edition.scores]
    if absent:
        message = f"{len(absent)} states have no overall score in the edition of {edition.year}"
        raise SourceInvalid(message, where=where, expected=f"a score of state {absent[0]}")


def score(text: str, where: str) -> float:
    """Read a score on IEP's scale.

    Raises
    ------
    SourceInvalid
        If it is no number from 1 to 5.
    """
    points = float(quantity(text, where))
    if not LOWEST <= points <= HIGHEST:
        message = "a score outside its scale"
        raise SourceInvalid(message, where=where, expected="1 to 5", got=repr(text[:40]))
    return points


def put(cells: dict[str, float], code: str, value: float, where: str) -> None:
    """Add a number of an area.

    Raises
    ------
    SourceInvalid
        If the area has one already.
    """
    if code in cells:
        message = "an area stands twice"
        raise SourceInvalid(message, where=where, got=code, fix="remove one of the rows")
    cells[code] = value


def _read_scores(raw: RawFile) -> Found:
    editions = _Editions()
    other: Counter[str] = Counter()
    for where, row in _rows(csv_table(raw, _SCORES), raw.name):
        when, code, name, indicator, points = (
            row[key] for key in ("edition_year", "cve_ent", "state_source", "indicator", "score")
        )
        if indicator != OVERALL:
            other[indicator] += 1
            continue
        code = area_code(code, name, where)
        put(editions[year(when, where)].scores, code, score(points, where), where)
    for edition in editions.values():
        refuse_odd_scores(edition, raw.name)
    return Found(tuple(editions.values()), "utf-8", _not_used(other))


def _read_facts(raw: RawFile) -> Found:
    """Read places; a few scores without the rest of their edition are no map of it."""
    editions = _Editions()
    other: Counter[str] = Counter()
    for where, row in _rows(csv_table(raw, _FACTS), raw.name):
        when, code, name, measure, value = (
            row[key] for key in ("edition_year", "cve_ent", "state", "measure", "value")
        )
        if measure != "rank" or code == NATION_CODE:
            other[measure] += 1
            continue
        code = area_code(code, name, where)
        place = whole_quantity(value, where)
        if not 1 <= place <= len(state_codes()):
            message = "a place outside the number of states"
            raise SourceInvalid(message, where=where, expected="1 to 32", got=repr(value[:40]))
        put(editions[year(when, where)].ranks, code, float(place), where)
    return Found(tuple(editions.values()), "utf-8", _not_used(other))


class _Editions(defaultdict[int, Edition]):
    """Editions by year, each made when it is first asked for."""

    def __missing__(self, key: int) -> Edition:
        self[key] = Edition(key)
        return self[key]


def _rows(frame: pd.DataFrame, name: str) -> Iterable[tuple[str, dict[str, str]]]:
    for number, row in zip(frame.index, frame.to_dict("records"), strict=True):
        yield f"{name} line {number}", {str(key): str(text) for key, text in row.items()}


def _not_used(other: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{count:,} rows of {name!r} not used" for name, count in sorted(other.items()))
