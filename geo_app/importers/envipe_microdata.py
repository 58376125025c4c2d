"""INEGI's ENVIPE from its interviews: adults who consider their state unsafe, by state and nation.

Reads the persons' table on perception (TPer_Vic1) of an edition, found by its columns in a bare
file or in either of INEGI's archives. An edition is a release of its own: the percentage is our
estimate and its interval is ours, so both are marked, and INEGI's published figure goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.microdata import Table, find, tables_in
from geo_app.importers.reading import Imported, Reading, given_file, release_of
from geo_app.importers.survey import Design, Estimate, Question, by_domain, design, estimate
from geo_app.indicators import Interval, Status
from geo_app.states import NATION_CODE, state_codes

QUESTION = Question(frozenset("2"), frozenset("1"), frozenset("9"), keeps_no_answer=True)
"""AP4_3_3, life in the state: 1 secure, 2 insecure, 9 does not know, who stays in the whole."""

DESIGN_COLUMNS = ("FAC_ELE", "EST_DIS", "UPM_DIS")
"""Weight of the chosen person, design stratum, primary unit."""

STATE_COLUMNS = ("CVE_ENT", "ENT")
"""The state of residence: INEGI's name of the column, and that of some extracts."""

SPLIT_EDITION = 2020
"""Its fieldwork stopped for the pandemic and went on later; INEGI publishes perception of the
interviews of 17 to 31 March alone, those of dwellings with PER = 1."""

_MARK = frozenset({"AP4_3_3"})
_DWELLINGS = frozenset({"ID_VIV", "PER"})
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
_NAMED_YEAR = re.compile(r"envipe\D{0,3}(20[12]\d)(?!\d)", re.IGNORECASE)


def is_microdata(paths: Sequence[Path]) -> bool:
    """Tell by their columns whether there is a table on perception among some files."""
    return any(table.has(_MARK) for path in paths for table in _readable(path))


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Estimate perception from the interviews of one edition.

    Parameters
    ----------
    files
        The table of perception in a file or archive, or several; the edition 2020 also needs the
        table of dwellings (TVivienda).
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One: ``insecurity_pct`` of the nation ("00") and of every state in the table, by edition,
        status "estimated", with bounds of 95 %.

    Raises
    ------
    SourceInvalid
        If the tables are not those of one edition, a state or a column is missing, an answer is
        none of the question's, or the edition 2020 comes without its dwellings.
    """
    table = one_of(find(files, _MARK), "the table of perception (with AP4_3_3)")
    year = edition_of(table)
    people = persons(table, ["AP4_3_3"], needs_dwelling=year == SPLIT_EDITION)
    sample = sample_of(people, table.where)
    numerator, denominator = QUESTION.count(people["AP4_3_3"].tolist(), table.where)
    states = people["STATE"].tolist()
    words = [f"{(people['AP4_3_3'] == '9').sum():,} who do not know kept in the whole"]
    if year == SPLIT_EDITION:
        inside = _first_part(people, find(files, _DWELLINGS), table.where)
        states = [code if is_in else "" for code, is_in in zip(states, inside, strict=True)]
        words.append(f"{(~inside).sum():,} interviews after March 2020 not used")
    found = by_area(sample, numerator, denominator, states)
    rows = to_rows(found, 100).assign(period=str(year), measure="insecurity_pct")
    raws = [given_file(path) for path in files]
    release = release_of(f"ENVIPE {year} microdata", raws, reading)
    repairs = (*words, *told(found, sample))
    return [Imported("envipe", "state_code", rows, release, "microdata", repairs)]


def one_of(found: Sequence[Table], what: str) -> Table:
    """Return the only table of a kind.

    Raises
    ------
    SourceInvalid
        If there is none, or more than one.
    """
    if len(found) == 1:
        return found[0]
    message = f"{what} is missing" if not found else f"{what} is there more than once"
    raise SourceInvalid(
        message,
        where=", ".join(table.where for table in found) or "the files given",
        expected="1",
        got=str(len(found)),
        fix="give the files of one edition, each table once",
    )


def edition_of(table: Table) -> int:
    """Return the edition that the names of a table give: its own, its archive's, its folder's.

    Raises
    ------
    SourceInvalid
        If none of them names a year, or a name gives two.
    """
    own = _YEAR.findall(Path(table.member).name)
    file = _YEAR.findall(table.path.name)
    folder = _NAMED_YEAR.findall(table.path.resolve().parent.name)
    years = next((set(names) for names in (own, file, folder) if names), set())
    if len(years) != 1:
        message = "the tables hold no year, and the names do not give one edition"
        raise SourceInvalid(
            message,
            where=table.where,
            got=", ".join(sorted(years)),
            fix="name the file with its edition, such as TPer_Vic1_2021.csv",
        )
    return int(years.pop())


def persons(table: Table, columns: Sequence[str], *, needs_dwelling: bool = False) -> pd.DataFrame:
    """Read a table of chosen persons.

    Parameters
    ----------
    table
        A table with one row a person.
    columns
        What is read beside the person's key, state and design.
    needs_dwelling
        Whether ID_VIV is read as well.

    Returns
    -------
    pandas.DataFrame
        ``columns``, ``ID_PER``, the design, and ``STATE``, the code of the state.

    Raises
    ------
    SourceInvalid
        If a column is missing, a state is not one of the 32, or a person stands twice.
    """
    state = next((name for name in STATE_COLUMNS if name in table.columns), STATE_COLUMNS[0])
    wanted = [*columns, "ID_PER", *(["ID_VIV"] if needs_dwelling else []), *DESIGN_COLUMNS, state]
    absent = [name for name in wanted if name not in table.columns]
    if absent:
        message = "a column is missing"
        raise SourceInvalid(
            message,
            where=table.where,
            expected=absent[0],
            fix="editions before 2017 keep state and sex in other tables and are not read",
        )
    people = table.read(wanted)
    people["STATE"] = people.pop(state).str.zfill(2)
    _refuse_states(people["STATE"], table.where)
    if people["ID_PER"].duplicated().any():
        message = "a person stands twice"
        line = people.index[people["ID_PER"].duplicated()][0]
        raise SourceInvalid(message, where=f"{table.where} line {line}", fix="ask the source")
    return people


def sample_of(people: pd.DataFrame, where: str) -> Design:
    """Return the design of a sample of persons.

    Raises
    ------
    SourceInvalid
        If a weight is none, or a stratum or primary unit is missing.
    """
    weights = pd.to_numeric(people["FAC_ELE"], errors="coerce").astype(float).tolist()
    return design(weights, people["EST_DIS"].tolist(), people["UPM_DIS"].tolist(), where)


def by_area(
    sample: Design, numerator: np.ndarray, denominator: np.ndarray, states: Sequence[str]
) -> Mapping[str, Estimate]:
    """Estimate a ratio for the nation and every state.

    Parameters
    ----------
    sample, numerator, denominator
        As in ``survey.estimate``.
    states
        State of each interview; "" for one that is left out but stays in the design.

    Returns
    -------
    Mapping of str to Estimate
        By code, "00" the nation.
    """
    inside = np.array([code != "" for code in states])
    nation = estimate(sample, numerator, denominator, inside)
    found = by_domain(sample, numerator, denominator, states)
    return {NATION_CODE: nation, **{code: item for code, item in found.items() if code}}


def to_rows(found: Mapping[str, Estimate], scale: float) -> pd.DataFrame:
    """Return area_code, value, low, high, interval and status of some estimates.

    Parameters
    ----------
    found
        By code of the area.
    scale
        What a ratio of 1 is: 100 for a percentage, 100,000 for a rate.
    """
    rows = pd.DataFrame({"area_code": list(found)})
    rows["value"] = [item.ratio * scale for item in found.values()]
    rows["low"] = [item.bounds[0] * scale for item in found.values()]
    rows["high"] = [item.bounds[1] * scale for item in found.values()]
    held = rows["low"].notna()
    rows["interval"] = held.map({True: str(Interval.COMPUTED), False: str(Interval.NONE)})
    is_known = rows["value"].notna()
    rows["status"] = is_known.map({True: str(Status.ESTIMATED), False: str(Status.MISSING)})
    return rows


def told(found: Mapping[str, Estimate], sample: Design) -> tuple[str, ...]:
    """Say on what the estimates rest."""
    count = max(item.interviews for item in found.values())
    units = len(sample.stratum_of_unit)
    strata = len(np.unique(sample.stratum_of_unit))
    words = [f"estimated from {count:,} interviews in {units:,} primary units of {strata} strata"]
    if sample.lonely_strata:
        words.append(
            f"{sample.lonely_strata} strata have one primary unit: it is compared with the mean"
        )
    return tuple(words)


def _first_part(people: pd.DataFrame, found: Sequence[Table], where: str) -> np.ndarray:
    """Return who lives in a dwelling of the first part of the fieldwork."""
    if not found:
        message = "the edition 2020 without the parts of its fieldwork"
        raise SourceInvalid(
            message,
            where=where,
            expected="the table of dwellings (TVivienda) with ID_VIV and PER",
            fix="give it too: perception is published of 17 to 31 March alone (PER = 1)",
        )
    dwellings = one_of(found, "the table of dwellings (with PER)").read(["ID_VIV", "PER"])
    part = dict(zip(dwellings["ID_VIV"], dwellings["PER"], strict=True))
    homeless = sorted(set(people["ID_VIV"]) - set(part))
    if homeless:
        message = "a person's dwelling is not in the table of dwellings"
        raise SourceInvalid(message, where=where, got=homeless[0], fix="give both of one edition")
    return np.array([part[code].lstrip("0") == "1" for code in people["ID_VIV"]])


def _refuse_states(codes: pd.Series[str], where: str) -> None:
    found = set(codes)
    strange = sorted(found - set(state_codes()))
    absent = sorted(set(state_codes()) - found)
    if strange or absent:
        message = "not the 32 states"
        raise SourceInvalid(
            message,
            where=where,
            expected="each of them",
            got=f"the code {strange[0]!r}" if strange else f"none of {absent[0]}",
            fix="an extract of one state gives no figure of the survey; give the whole table",
        )


def _readable(path: Path) -> list[Table]:
    """Return the tables of a file; none where it is something else, which others will tell."""
    try:
        return tables_in(path)
    except SourceInvalid:
        return []
