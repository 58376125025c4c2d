"""INEGI's ENVIPE from its interviews: victims of any crime, by state of residence and nation.

Reads the chosen persons (TPer_Vic2) and the crimes they told (TMod_Vic) of one edition. A victim
is a person with a crime in the second table other than vandalism. The questions that lead to a
crime are no substitute: they count some 6 % more.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from geo_app.errors import SourceInvalid
from geo_app.importers.envipe_microdata import (
    by_area,
    edition_of,
    one_of,
    persons,
    sample_of,
    to_rows,
    told,
)
from geo_app.importers.microdata import Table, tables_in
from geo_app.importers.reading import Imported, Reading, given_file, release_of

SCALE = 100_000
MEASURE = "crime_victims_per_100k"

VANDALISM = "03"
"""Code of BPCOD that INEGI's prevalence leaves out."""

_CRIMES = frozenset({"ID_PER", "BPCOD"})
_PERSONS = frozenset({"ID_PER", "AP6_4_01", "AP7_3_05"})


def is_microdata(tables: Sequence[Table]) -> bool:
    """Tell by its columns whether one of some tables holds victims or crimes."""
    return any(table.has(_CRIMES) or table.has(_PERSONS) for table in tables)


def read(files: Sequence[Path], reading: Reading, slug: str) -> Imported:
    """Estimate the prevalence of victims from the interviews of one edition.

    Parameters
    ----------
    files
        The table of persons and that of crimes, in files of their own or in one archive.
    reading
        The day on which they are read.
    slug
        The source.

    Returns
    -------
    Imported
        ``crime_victims_per_100k`` of the nation ("00") and the 32 states, adults by state of
        residence, of the year before the edition, status "estimated", with bounds of 95 %.

    Raises
    ------
    SourceInvalid
        If a table is missing or of another edition, a state or column is missing, or a victim is
        not among the persons.
    """
    tables = [table for path in files for table in tables_in(path)]
    people_table = one_of([t for t in tables if t.has(_PERSONS)], "the table of persons")
    crime_table = one_of([t for t in tables if t.has(_CRIMES)], "the table of crimes")
    year = _one_edition(people_table, crime_table)
    people = persons(people_table, [])
    crimes = crime_table.read(["ID_PER", "BPCOD"])
    _refuse_others(set(crimes["ID_PER"]) - set(people["ID_PER"]), crime_table.where)
    counted = crimes[crimes["BPCOD"].str.zfill(2) != VANDALISM]
    victims = people["ID_PER"].isin(set(counted["ID_PER"])).to_numpy(dtype=float)
    sample = sample_of(people, people_table.where)
    found = by_area(sample, victims, np.ones(len(victims)), people["STATE"].tolist())
    rows = to_rows(found, SCALE).assign(period=str(year - 1), measure=MEASURE)
    release = release_of(f"ENVIPE {year} microdata", [given_file(p) for p in files], reading)
    left_out = f"{len(crimes) - len(counted):,} crimes of vandalism make nobody a victim"
    repairs = (left_out, *told(found, sample))
    return Imported(slug, "state_code", rows, release, "microdata", repairs)


def _one_edition(first: Table, second: Table) -> int:
    years = edition_of(first), edition_of(second)
    if years[0] != years[1]:
        message = "persons and crimes are of two editions"
        raise SourceInvalid(message, where=second.where, expected=str(years[0]), got=str(years[1]))
    return years[0]


def _refuse_others(strangers: set[str], where: str) -> None:
    if strangers:
        message = "a victim is not among the persons"
        raise SourceInvalid(
            message, where=where, got=min(strangers), fix="give both tables of one edition"
        )
