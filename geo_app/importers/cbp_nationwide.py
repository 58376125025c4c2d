"""The layout of CBP's files of drug seizures, old (fiscal year as number) and new ("2026 (FYTD)").

Owns how a line becomes pounds and seizures of an office in a calendar month. Does not own which
months a release has (``cbp``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo_app import us_areas
from geo_app.errors import BadRequest, SourceInvalid
from geo_app.importers.cells import refuse_cut
from geo_app.importers.delimited import csv_lines
from geo_app.importers.months import month_number
from geo_app.importers.quantities import quantity, whole_quantity
from geo_app.importers.reading import RawFile
from geo_app.states import fold

DRUG = "Fentanyl"

_HEADER = (
    "FY",
    "Month (abbv)",
    "Component",
    "Region",
    "Land Filter",
    "Area of Responsibility",
    "Drug Type",
    "Count of Event",
    "Sum Qty (lbs)",
)
_COMPONENTS = ("office of field operations", "u s border patrol")
_MARINE = "air and marine operations"
_FISCAL_YEAR = re.compile(r"(?:FY\s*)?((?:19|20|21)\d\d)(?:\s*\(FYTD\))?", re.ASCII)
_FIRST_MONTH_OF_FISCAL_YEAR = 10
"""FY2022 is October 2021 to September 2022."""

Cell = tuple[str, str]
"""Code of an office or sector, and month."""


@dataclass(slots=True)
class Seizures:
    """What a file says of fentanyl."""

    encoding: str
    pounds: dict[Cell, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Printed quantities, one a component and land filter, to be added up."""
    events: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    months: set[str] = field(default_factory=set)
    """Months with a row of any drug."""
    counts: Counter[str] = field(default_factory=Counter)
    """Rows not used, and oddities of those that are, by what they are."""

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was repaired or not used, each with its number."""
        return tuple(f"{count:,} {what}" for what, count in self.counts.items())


def read_nationwide(raw: RawFile) -> Seizures:
    """Read a file "nationwide drugs".

    Raises
    ------
    SourceInvalid
        See ``cbp.read``.
    """
    lines, encoding = csv_lines(raw, ("utf-8", "cp1252"))
    _refuse_other(lines[0][1], raw.name)
    places = [[fold(cell) for cell in lines[0][1]].index(fold(name)) for name in _HEADER]
    found, keys = Seizures(encoding), dict[tuple[str, ...], int]()
    for number, cells in lines[1:]:
        where = f"{raw.name} line {number}"
        refuse_cut(cells, len(lines[0][1]), where)
        line = [cells[place].strip() for place in places]
        first = keys.setdefault(tuple(line[:7]), number)
        if first != number:
            message = f"the row stands twice, first in line {first}"
            raise SourceInvalid(message, where=where, fix="download the file again")
        _add(found, line, where)
    if not found.events:
        message = f"no row of {DRUG}"
        raise SourceInvalid(message, where=raw.name, fix="download the file of all drugs")
    return found


def _add(found: Seizures, line: Sequence[str], where: str) -> None:
    year, month, component, region, _, area, drug, events, pounds = line
    _refuse_component(component, where)
    period = _period(year, month, where)
    code = _area(area, region, where)
    count, weight = whole_quantity(events, where), quantity(pounds, where)
    found.months.add(period)
    # A star after a name points to a footnote.
    if fold(drug) != fold(DRUG):
        found.counts["rows of other drugs not used"] += 1
        return
    found.pounds[code, period].append(float(weight))
    found.events[code, period] += count
    found.counts["quantities of zero pounds kept as zero"] += weight == 0
    found.counts["numbers with thousands commas"] += ("," in pounds) + ("," in events)
    found.counts = +found.counts


def _period(year: str, month: str, where: str) -> str:
    """Return the calendar month of a month of a fiscal year."""
    match = _FISCAL_YEAR.fullmatch(year)
    if match is None:
        message = "not a fiscal year"
        raise SourceInvalid(
            message, where=where, expected="2022 or 2026 (FYTD)", got=repr(year[:40])
        )
    number = month_number(month, where)
    return f"{int(match[1]) - (number >= _FIRST_MONTH_OF_FISCAL_YEAR):04d}-{number:02d}"


def _area(name: str, region: str, where: str) -> str:
    """Return the code of an office after comparing its region with the listed one."""
    try:
        code = us_areas.code_of(name, "us_border")
        listed = us_areas.area("us_region", us_areas.regions().get(code, "")).name_en
    except BadRequest as error:
        message = "an area of responsibility that is not listed"
        fix = "add it to us_areas.csv"
        raise SourceInvalid(message, where=where, got=repr(name[:60]), fix=fix) from error
    if fold(region) != fold(listed):
        message = f"{name} lies in another region than listed"
        fix = "correct us_areas.csv if CBP has moved it"
        raise SourceInvalid(message, where=where, expected=listed, got=repr(region[:60]), fix=fix)
    return code


def _refuse_component(name: str, where: str) -> None:
    if fold(name) == _MARINE:
        raise _marine(where)
    if fold(name) not in _COMPONENTS:
        message = "a component that is not known"
        expected = "Office of Field Operations or U.S. Border Patrol"
        raise SourceInvalid(message, where=where, expected=expected, got=repr(name[:60]))


def _refuse_other(header: Sequence[str], name: str) -> None:
    names = [fold(cell) for cell in header]
    if "branch" in names:
        where = f"{name} line 1"
        raise _marine(where)
    absent = [column for column in _HEADER if fold(column) not in names]
    if absent or len(set(names)) != len(names):
        message = "not CBP's file of drug seizures by area of responsibility"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected=", ".join(_HEADER),
            got=", ".join(header)[:200],
            fix="download the file nationwide-drugs from CBP's page of drug seizures",
        )


def _marine(where: str) -> SourceInvalid:
    message = "seizures of Air and Marine Operations, which are published apart"
    fix = "leave the file out: joint seizures are in the nationwide file and would count twice"
    return SourceInvalid(message, where=where, fix=fix)
