"""The records of deaths of US citizens abroad: the gathered list and the official export.

The official export has a day, a place and a cause, in Windows-1252 with damaged characters, and
runs from country to country without saying where one ends: without a column of the country it is
refused, for no list of cities of ours decides what is Mexico. Of an export with that column the
state is read only where the place names it last; the gathered list brings the state of each death.
Does not own what is counted (``us_deaths``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from geo_app.errors import BadRequest, SourceInvalid, UnknownState
from geo_app.importers.cells import refuse_cut
from geo_app.importers.cells import state_code as checked_state
from geo_app.importers.delimited import csv_lines
from geo_app.importers.reading import RawFile
from geo_app.periods import parse_date
from geo_app.states import UNKNOWN_STATE_CODE, code_of, fold

GATHERED = ("date", "location_raw", "cause_raw", "cause_group", "cve_ent", "state_match")
OFFICIAL = ("Date", "City", "Cause of Death")
COUNTRY = "Country"
MEXICO = "mexico"

HOMICIDES = frozenset({"homicide", "homocide", "execution"})
"""Causes that are a homicide, as they are printed, letters only."""

OTHER_CAUSES = (
    "airacc",
    "disaster",
    "drown",
    "drug",
    "hostage",
    "maritime",
    "naturaldisaster",
    "otheracc",
    "suicide",
    "terrorist",
    "train",
    "undetermined",
    "unknown",
    "veh",
)
"""How the causes that are none begin, letters only."""

_MATCHES = frozenset({"state_name", "city_lookup", "none"})
_OFFICIAL_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Death:
    """One record."""

    day: date
    state_code: str
    """ "99" where no state is known."""
    is_homicide: bool


def read_records(raw: RawFile) -> tuple[list[Death], str, list[str]]:
    """Read a list of deaths in Mexico.

    Returns
    -------
    deaths, encoding, repairs
        Every record of Mexico, none left out for repeating another; what was met on the way.

    Raises
    ------
    SourceInvalid
        If the file is neither list, is cut, holds no death in Mexico, or a day, a state or a cause
        is not a known one; of an official export also if it has no column of the country.
    """
    numbered, encoding = csv_lines(raw, ("utf-8", "cp1252", "latin-1"))
    header = [cell.strip() for cell in numbered[0][1]]
    rows = list(_rows(header, numbered[1:], raw.name))
    if {*GATHERED} <= {*header}:
        mine = rows
        deaths, repairs = [_gathered(row, where) for where, row in rows], _gathered_notes(rows)
    elif {*OFFICIAL} <= {*header}:
        _refuse_without_country(header, raw.name)
        mine = [(where, row) for where, row in rows if fold(row[COUNTRY]) == MEXICO]
        deaths = [_official(row, where) for where, row in mine]
        repairs = [f"{len(rows) - len(mine):,} deaths in other countries left out"]
    else:
        message = "not a list of deaths of US citizens"
        expected = f"{','.join(GATHERED)} or {','.join(OFFICIAL)},{COUNTRY}"
        raise SourceInvalid(message, where=raw.name, expected=expected, got=",".join(header))
    if not deaths:
        message = "no death in Mexico"
        raise SourceInvalid(message, where=raw.name, fix="give the list of all countries")
    different = {tuple(v for k, v in row.items() if k != "source_record") for _, row in mine}
    repeats = f"{len(mine) - len(different)} repeats of day, place and cause, blanks aside, kept"
    return deaths, encoding, [*repairs, repeats]


def _rows(
    header: Sequence[str], numbered: Sequence[tuple[int, list[str]]], name: str
) -> Iterator[tuple[str, dict[str, str]]]:
    for number, cells in numbered:
        where = f"{name} line {number}"
        refuse_cut(cells, len(header), where)
        yield where, {key: cell.strip() for key, cell in zip(header, cells, strict=True)}


def _gathered(row: dict[str, str], where: str) -> Death:
    match = row["state_match"]
    if match not in _MATCHES or (match == "none") != (not row["cve_ent"]):
        message = "the state and how it was found differ"
        got = f"{row['cve_ent']!r} and {match!r}"
        raise SourceInvalid(message, where=where, expected=", ".join(sorted(_MATCHES)), got=got)
    code = checked_state(row["cve_ent"], where) if row["cve_ent"] else UNKNOWN_STATE_CODE
    is_homicide = _is_homicide(row["cause_raw"], where)
    if is_homicide != (row["cause_group"] == "homicide"):
        message = "the cause and its group differ"
        got = f"{row['cause_raw']!r} and {row['cause_group']!r}"
        raise SourceInvalid(message, where=where, got=got)
    return Death(_day(row["date"], where), code, is_homicide)


def _gathered_notes(rows: Sequence[tuple[str, dict[str, str]]]) -> list[str]:
    by_city = sum(row["state_match"] == "city_lookup" for _, row in rows)
    return [f"{by_city} deaths placed by a list of cities that a hand made"]


def _refuse_without_country(header: Sequence[str], name: str) -> None:
    if COUNTRY in header:
        return
    message = "the export does not say which deaths were in Mexico"
    raise SourceInvalid(
        message,
        where=f"{name} line 1",
        expected=f"a column {COUNTRY}",
        got=",".join(header),
        fix=f"add a column {COUNTRY} from the page's choice of country, or give the gathered list",
    )


def _official(row: dict[str, str], where: str) -> Death:
    found = _OFFICIAL_DAY.fullmatch(row["Date"])
    text = f"{found[3]}-{found[1]}-{found[2]}" if found else row["Date"]
    is_homicide = _is_homicide(row["Cause of Death"], where)
    return Death(_day(text, where), _named_state(row["City"]), is_homicide)


def _named_state(place: str) -> str:
    """Return the state that a place names after a town: a single name may be a town's."""
    parts = [part.strip(" .:") for part in re.split(r"\s-\s", place)]
    while parts and fold(parts[-1]) == MEXICO:
        parts.pop()
    if len(parts) < 2:
        return UNKNOWN_STATE_CODE
    try:
        return code_of(parts[-1])
    except UnknownState:
        return UNKNOWN_STATE_CODE


def _is_homicide(cause: str, where: str) -> bool:
    letters = re.sub(r"[^a-z]", "", cause.lower())
    if letters in HOMICIDES:
        return True
    if not letters.startswith(OTHER_CAUSES):
        message = "a cause of death that is not a known one"
        fix = "add it to the causes in geo_app/importers/us_deaths_records.py"
        raise SourceInvalid(message, where=where, got=repr(cause), fix=fix)
    return False


def _day(text: str, where: str) -> date:
    try:
        day = parse_date(text)
    except BadRequest as error:
        raise SourceInvalid(error.what, where=where, got=error.got) from error
    if not 1990 <= day.year <= 2100:
        message = "a day outside of the list's time"
        raise SourceInvalid(message, where=where, expected="1990 to 2100", got=text)
    return day
