"""IEP's Mexico Peace Index: the overall score of each state, edition by edition.

IEP changes its method and computes earlier years anew with each edition, so every edition is a
release of its own and its period is the year of the edition. Does not own the layouts
(``peace_index_lists``, ``peace_index_workbook``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.importers.peace_index_lists import Edition, Found, read_lists
from geo_app.importers.peace_index_workbook import is_zipped, read_workbook
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.indicators import Status
from geo_app.states import NATION_CODE, state_codes

SLUG = "peace-index"
SCORE = "peace_index_score"
RANK = "peace_index_rank"


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read editions of the Mexico Peace Index.

    Parameters
    ----------
    files
        IEP's workbook ``MPI_PublicReleaseData_*.xlsx``, a list of state scores by edition, or a
        list of published facts, of which only places are used.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One an edition and file: the nation and all 32 states. A number that the file does not have,
        as of the nation in every list, is missing.

    Raises
    ------
    SourceInvalid
        If a file is none of these, lacks or repeats a state, or a number lies outside its scale.
    """
    return [item for path in files for item in _read_one(open_raw(path), reading)]


def _read_one(raw: RawFile, reading: Reading) -> list[Imported]:
    found = read_workbook(raw) if is_zipped(raw) else read_lists(raw)
    if not found.editions:
        message = "no overall score and no place of a state"
        raise SourceInvalid(message, where=raw.name, fix="give a list of states")
    return [_imported(item, found, raw, reading) for item in found.editions]


def _imported(edition: Edition, found: Found, raw: RawFile, reading: Reading) -> Imported:
    rows = [
        (code, measure, cells.get(code))
        for measure, cells in ((SCORE, edition.scores), (RANK, edition.ranks))
        if cells
        for code in (NATION_CODE, *state_codes())
    ]
    frame = pd.DataFrame(rows, columns=["area_code", "measure", "value"])
    frame = frame.assign(period=str(edition.year), value=frame["value"].astype(float))
    known = {True: str(Status.FINAL), False: str(Status.MISSING)}
    frame["status"] = frame["value"].notna().map(known)
    # Places without scores were gathered elsewhere and never replace the edition itself.
    only = "" if edition.scores else ", places told by others"
    release = release_of(f"Mexico Peace Index {edition.year}{only}", [raw], reading)
    return Imported(SLUG, "state_code", frame, release, found.encoding, found.repairs)
