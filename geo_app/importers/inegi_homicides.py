"""INEGI's deaths by homicide by state and year: the state columns of the export of places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app.importers.inegi_export import Year, read_export
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.indicators import Status
from geo_app.states import ABROAD_CODE, NATION_CODE, UNKNOWN_STATE_CODE

SLUG = "inegi-homicides"
MEASURE = "deaths_count"


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read exports of INEGI's query "Defunciones por homicidios", occurrence by registration year.

    Parameters
    ----------
    files
        Exports as downloaded; a ``.gz`` or one-file ``.zip`` of one is read as well.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file: every year for the nation ("00"), the 32 states, deaths abroad ("33") and in no
        known state ("99").

    Raises
    ------
    SourceInvalid
        If a file is not such an export, lacks a state, holds something that is not a count, or
        does not add up.
    """
    return [_read_one(open_raw(path), reading) for path in files]


def _read_one(raw: RawFile, reading: Reading) -> Imported:
    export = read_export(raw)
    records = [
        (year.period, code, count) for year in export.years for code, count in _counts(year).items()
    ]
    rows = pd.DataFrame(records, columns=["period", "area_code", "value"])
    rows["value"] = rows["value"].astype(float)
    rows = rows.assign(measure=MEASURE, status=str(Status.FINAL))
    repairs = (export.blanks_read,)
    release = release_of(export.release, [raw], reading)
    return Imported(SLUG, "state_code", rows, release, export.encoding, repairs)


def _counts(year: Year) -> dict[str, int]:
    outside = {ABROAD_CODE: year.abroad, UNKNOWN_STATE_CODE: year.unknown}
    return {NATION_CODE: year.nation, **year.states, **outside}
