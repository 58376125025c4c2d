"""Transparency International's Corruption Perceptions Index: Mexico's score and place by year.

Scores to 2011 stand on a scale from 0 to 10 and were made by another method than those since 2012,
from 0 to 100. Each is stored as published, and the two scales are two releases. Does not own the
layouts of the lists (``corruption_layouts``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.corruption_layouts import FIRST_OF_100, Fact, Found, read_list
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.indicators import Status
from geo_app.states import NATION_CODE

SLUG = "corruption-perceptions"
SCORE = "corruption_perceptions_score"
RANK = "corruption_perceptions_rank"
RANKED = "countries_ranked_count"


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read lists of scores, of all countries or of Mexico alone, all of them together.

    Parameters
    ----------
    files
        A table of countries by year, a list of countries of one year (whose year stands in the name
        of the file), a list of years of Mexico; in any number.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a scale: the nation in every year from the first to the last that is told of, with the
        score as published, the place and the number of countries; what no file gives is missing.

    Raises
    ------
    SourceInvalid
        If a file is no such list, has no row of Mexico or two, a number lies outside its scale, or
        two files differ.
    """
    raws = [open_raw(path) for path in files]
    read_in = [(raw, read_list(raw)) for raw in raws]
    facts = _merged(read_in)
    releases = []
    for is_new in (False, True):
        mine = {year: fact for year, fact in facts.items() if (year >= FIRST_OF_100) is is_new}
        if mine:
            used = [item for item in read_in if any(year in mine for year in item[1].facts)]
            releases.append(_release(mine, used, reading))
    return releases


def _release(
    facts: Mapping[int, Fact], used: Sequence[tuple[RawFile, Found]], reading: Reading
) -> Imported:
    first, last = min(facts), max(facts)
    scale = "0 to 100" if first >= FIRST_OF_100 else "0 to 10"
    name = f"Corruption Perceptions Index {first}-{last}, scale {scale}"
    nothing = Fact(None, None, None)
    cells = [
        (str(year), measure, value)
        for year in range(first, last + 1)
        for measure, value in _measures(facts.get(year, nothing))
    ]
    rows = pd.DataFrame(cells, columns=["period", "measure", "value"]).assign(area_code=NATION_CODE)
    rows["value"] = rows["value"].astype(float)
    known = {True: str(Status.FINAL), False: str(Status.MISSING)}
    rows["status"] = rows["value"].notna().map(known)
    release = release_of(name, [raw for raw, _ in used], reading)
    repairs = tuple(f"{raw.name}: {text}" for raw, found in used for text in found.repairs)
    encoding = " and ".join(sorted({found.encoding for _, found in used}))
    return Imported(SLUG, "state_code", rows, release, encoding, repairs)


def _measures(fact: Fact) -> list[tuple[str, float | None]]:
    score = None if fact.score is None else float(fact.score)
    return [(SCORE, score), (RANK, fact.rank), (RANKED, fact.countries)]


def _merged(read_in: Sequence[tuple[RawFile, Found]]) -> dict[int, Fact]:
    """Join the facts of all files; where two tell of one thing they must agree."""
    merged: dict[int, Fact] = {}
    for raw, found in read_in:
        for year, fact in found.facts.items():
            held = merged.get(year, Fact(None, None, None))
            pairs = zip(held, fact, strict=True)
            if any(None not in pair and pair[0] != pair[1] for pair in pairs):
                message = f"another number of {year} than in a file before it"
                got = ", ".join(map(str, fact))
                expected = ", ".join(map(str, held))
                raise SourceInvalid(message, where=raw.name, expected=expected, got=got)
            merged[year] = Fact(
                fact.score if held.score is None else held.score,
                fact.rank if held.rank is None else held.rank,
                fact.countries if held.countries is None else held.countries,
            )
    return merged
