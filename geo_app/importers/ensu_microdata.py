"""INEGI's ENSU from its interviews: adults who consider their city unsafe, by quarter.

Reads the persons' table of the survey (CB) of any number of quarters, found by its columns: that
of 2013 to 2015 (P1, a pilot, the nation alone) and the later one (BP1_1, cities and the nation). A
quarter is a release of its own: the percentage is our estimate and its interval is ours, so both
are marked, and INEGI's published figure goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo_app import cities
from geo_app.errors import SourceInvalid
from geo_app.importers.envipe_microdata import to_rows, told
from geo_app.importers.microdata import Table, tables_in
from geo_app.importers.reading import Imported, Reading, given_file, release_of
from geo_app.importers.survey import Design, Estimate, Question, by_domain, design, estimate
from geo_app.states import NATION_CODE

SLUG = "ensu"
MEASURE = "insecurity_pct"

QUESTION = Question(frozenset("2"), frozenset("1"), frozenset("9"), keeps_no_answer=True)
"""Life in the city: 1 secure, 2 insecure, 9 does not know, who stays in the whole."""

RENUMBERED = "2016Q1"
"""First quarter of the present codes of cities; a code before it names another city."""

FEWEST_CITIES = 32
"""Cities of the smallest complete survey (2015). A table with fewer is an extract: it gives its
cities and no nation."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Names of the columns in one form of the table."""

    answer: str
    weight: str
    stratum: str

    @property
    def needed(self) -> frozenset[str]:
        """Columns by which a table is known."""
        return frozenset({"CD", "PER", "UPM_DIS", self.answer, self.weight, self.stratum})


LAYOUTS = (Layout("P1", "FACTOR", "EDIS"), Layout("BP1_1", "FAC_SEL", "EST_DIS"))
"""That of 2013 to 2015, and the later one."""

_PER = re.compile(r"0?(\d{1,2})(\d{2})", re.ASCII)
_MONTHS = {"03": 1, "06": 2, "09": 3, "12": 4}
_NAMES = (
    re.compile(r"(?<!\d)0?([1-4])_(20[12]\d)(?!\d)"),
    re.compile(r"(?<!\d)([1-4])t_?(20[12]\d)(?!\d)", re.IGNORECASE),
)
_SWAPPED = re.compile(r"(?<!\d)(20[12]\d)_?([1-4])t(?![a-z])", re.IGNORECASE)


def is_microdata(paths: Sequence[Path]) -> bool:
    """Tell by their columns whether there is a table of interviews among some files."""
    return any(_found(path) for path in paths)


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Estimate perception from the interviews of some quarters.

    Parameters
    ----------
    files
        csv (bare, in gz, in a zip of any number of quarters) or parquet, each with at least one
        table of interviews.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a quarter, oldest first: ``insecurity_pct`` of the nation ("00") and, from 2016, of
        every city, status "estimated", with bounds of 95 % where the sample can tell them.

    Raises
    ------
    SourceInvalid
        If a file holds no such table, a quarter is there twice or cannot be told, a city is not
        in the list of cities, an answer is none of the question's, or a weight is none.
    """
    parts: dict[str, tuple[Path, Layout, pd.DataFrame]] = {}
    for path in files:
        found = _found(path)
        if not found:
            message = "no table of interviews of ENSU among the other files"
            raise SourceInvalid(message, where=path.name, fix="import it by itself")
        for table, layout in found:
            for quarter, rows in _by_quarter(table, layout).items():
                _refuse_twice(quarter, parts, table)
                parts[quarter] = (path, layout, rows)
    return [_imported(quarter, *parts[quarter], reading) for quarter in sorted(parts)]


def quarter_of(per: str, name: str, where: str) -> str:
    """Return the quarter that a code of the column PER means.

    Parameters
    ----------
    per
        Month and year of fieldwork ("0315", March 2015) in older files, quarter and year ("0325",
        third quarter of 2025) in newer ones: "03" is March or the third quarter.
    name
        Name of the file or member, or a quarter in words ("3er Trim 2025"): it decides where both
        are possible.
    where
        Place for messages.

    Raises
    ------
    SourceInvalid
        If the code is no quarter, the name contradicts it, or nothing decides between two.

    Examples
    --------
    >>> quarter_of("0315", "cb_ensu_01_2015.csv", "f"), quarter_of("0615", "cb.csv", "f")
    ('2015Q1', '2015Q2')
    """
    found = _PER.fullmatch(per)
    lead, year = (found[1].zfill(2), f"20{found[2]}") if found else ("", "")
    meant = {_MONTHS.get(lead), int(lead) if lead in {"01", "02", "03", "04"} else None} - {None}
    possible = {f"{year}Q{number}" for number in meant}
    told_by_name = _named_quarters(name)
    left = possible & told_by_name if told_by_name else possible
    if len(left) != 1:
        message = "the quarter cannot be told from the period and the name of the file"
        raise SourceInvalid(
            message,
            where=where,
            expected=" or ".join(sorted(possible)) or "a period such as 0315",
            got=f"{per!r} in {name!r}",
            fix="name the file with its quarter and year, such as cb_ensu_01_2015.csv",
        )
    return left.pop()


def _named_quarters(name: str) -> set[str]:
    found = {f"{year}Q{number}" for form in _NAMES for number, year in form.findall(name)}
    return found | {f"{year}Q{number}" for year, number in _SWAPPED.findall(name)}


def _found(path: Path) -> list[tuple[Table, Layout]]:
    """Return the tables of interviews of a file; none where it is something else."""
    try:
        tables = tables_in(path)
    except SourceInvalid:
        return []
    return [(table, form) for table in tables for form in LAYOUTS if table.has(form.needed)]


def _by_quarter(table: Table, layout: Layout) -> dict[str, pd.DataFrame]:
    columns = sorted(layout.needed | ({"TRIMESTRE", "ANIO"} & set(table.columns)))
    rows = table.read(columns)
    name = Path(table.member).name or table.path.name
    words = rows["TRIMESTRE"].str[:1] + "T" if "TRIMESTRE" in rows else None
    said = words + rows["ANIO"] if words is not None and "ANIO" in rows else None
    keys = pd.Series(name, index=rows.index) if said is None else said
    pairs = pd.DataFrame({"per": rows["PER"], "name": keys}).drop_duplicates()
    quarters = {
        (per, said_name): quarter_of(per, said_name, f"{table.where} line {line}")
        for line, per, said_name in pairs.itertuples()
    }
    of_row = [quarters[pair] for pair in zip(rows["PER"], keys, strict=True)]
    return {str(quarter): part for quarter, part in rows.groupby(pd.Series(of_row, rows.index))}


def _refuse_twice(
    quarter: str, parts: Mapping[str, tuple[Path, Layout, pd.DataFrame]], table: Table
) -> None:
    if quarter in parts:
        message = "two tables hold the same quarter"
        raise SourceInvalid(
            message, where=table.where, got=quarter, fix="give the one that has all interviews"
        )


def _imported(
    quarter: str, path: Path, layout: Layout, rows: pd.DataFrame, reading: Reading
) -> Imported:
    where = f"{path.name} {quarter}"
    sample = _sample(rows, layout, where)
    is_whole = rows["CD"].nunique() >= FEWEST_CITIES
    found: dict[str, Estimate] = {}
    words = [f"{(rows[layout.answer] == '9').sum()} who do not know kept in the whole"]
    numerator, denominator = QUESTION.count(rows[layout.answer].tolist(), where)
    if is_whole:
        found[NATION_CODE] = estimate(sample, numerator, denominator)
    if quarter >= RENUMBERED:
        codes = rows["CD"].str.zfill(2).tolist()
        kept, left_out = _cities(set(codes), where, is_whole=is_whole)
        words += left_out
        every = by_domain(sample, numerator, denominator, codes)
        found |= {code: every[code] for code in kept}
    if not found:
        message = "an extract of some cities from before they were renumbered"
        raise SourceInvalid(message, where=where, fix="give the whole table of the quarter")
    if not is_whole:
        words.append("no nation: the table is an extract of some cities")
    if quarter < RENUMBERED:
        words.append("no cities: the survey was a pilot and its codes were others")
    out = to_rows(found, 100).assign(period=quarter, measure=MEASURE)
    name = f"ENSU microdata {quarter}" + ("" if is_whole else ", some cities")
    release = release_of(name, [given_file(path)], reading)
    return Imported(SLUG, "city_code", out, release, "microdata", (*words, *told(found, sample)))


def _sample(rows: pd.DataFrame, layout: Layout, where: str) -> Design:
    weights = pd.to_numeric(rows[layout.weight], errors="coerce").astype(float).tolist()
    return design(weights, rows[layout.stratum].tolist(), rows["UPM_DIS"].tolist(), where)


def _cities(codes: set[str], where: str, *, is_whole: bool) -> tuple[list[str], list[str]]:
    """Return the cities that a table tells of, and in words those that it does not tell whole."""
    known = {item.city_code: item for item in cities.all_cities()}
    unknown = sorted(codes - set(known))
    if unknown:
        message = "a city is not in the list of cities"
        raise SourceInvalid(
            message, where=where, got=unknown[0], fix="import the list of cities with it first"
        )
    # An extract is one of states: of a city in two of them it may hold a half.
    halves = [] if is_whole else sorted(c for c in codes if len(known[c].state_codes) > 1)
    words = [f"{', '.join(halves)} left out: in two states, and the table is an extract"]
    return sorted(codes - set(halves)), words if halves else []
