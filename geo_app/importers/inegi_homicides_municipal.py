"""INEGI's deaths by homicide by municipality and year: the export of places without its totals.

The file names municipalities and does not number them. Inside a state they stand in the order of
their codes, so that a name that two municipalities of Oaxaca share is told apart by its place.
A municipality without a column never had a death: all of its years are zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd

from geo_app import municipalities, shapes
from geo_app.errors import SourceInvalid
from geo_app.importers.inegi_export import UNSPECIFIED, Export, read_export
from geo_app.importers.later_municipalities import NEEDS_PARENT, merged_words
from geo_app.importers.reading import Imported, RawFile, Reading, open_raw, release_of
from geo_app.indicators import Status
from geo_app.states import UNKNOWN_STATE_CODE

SLUG = "inegi-homicides-municipal"
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
        One a file: every year for every municipality of the edition whose shapes we ship, those
        created later inside their parents; "06999" for deaths in no known municipality of Colima
        and so on, "99999" for those in no known state. Deaths abroad are in none.

    Raises
    ------
    SourceInvalid
        If a file is not such an export, does not add up, or holds a name that is no municipality
        of its state or stands out of the order of the codes.
    """
    names = {**shapes.load_municipality_names(), **municipalities.NEW_NAMES}
    return [_read_one(open_raw(path), names, reading) for path in files]


def _read_one(raw: RawFile, names: Mapping[str, str], reading: Reading) -> Imported:
    export = read_export(raw)
    listed = {code: _codes(code, export, names, raw.name) for code in export.places}
    counts = _counts(export, listed)
    merged = {municipalities.parent_of(code) for code in names}
    unknown = [f"{code}{municipalities.UNKNOWN_ENDING}" for code in (*listed, UNKNOWN_STATE_CODE)]
    whole = counts.reindex([*sorted(merged), *unknown], fill_value=0)
    rows = whole.rename_axis("area_code").reset_index().melt("area_code", var_name="period")
    rows["value"] = rows["value"].astype(float)
    rows = rows.assign(measure=MEASURE, status=str(Status.FINAL))
    release = release_of(export.release, [raw], reading)
    repairs = (
        export.blanks_read,
        merged_words(code for codes in listed.values() for code in codes),
        f"{len(merged - {*counts.index})} municipalities that have no column in the file are zero",
    )
    return Imported(SLUG, "municipality_code", rows, release, export.encoding, repairs)


def _codes(state_code: str, export: Export, names: Mapping[str, str], file: str) -> list[str]:
    """Return the code of each column of a state, the unspecified left out."""
    where = f"{file} line 1 state {state_code}"
    known: dict[str, list[str]] = defaultdict(list)
    for code in sorted(names):
        if code.startswith(state_code):
            known[names[code]].append(code)
    listed = [name for name in export.places[state_code] if name != UNSPECIFIED]
    codes = [_take(name, known, where) for name in listed]
    # Of two municipalities of one name, a lone column does not say which it is.
    halved = [name for name in dict.fromkeys(listed) if known[name]]
    if halved or codes != sorted(codes):
        message = "the municipalities are not in the order of their codes, each once"
        got = f"one {halved[0]!r} of two" if halved else _first_fall(codes)
        raise SourceInvalid(message, where=where, got=got, fix="download the file again")
    return codes


def _take(name: str, known: Mapping[str, list[str]], where: str) -> str:
    left = known.get(name)
    if left:
        return left.pop(0)
    message = "no municipality of this state has the name, or none more"
    raise SourceInvalid(
        message,
        where=where,
        expected=f"a name of {municipalities.EDITION} or of those created later",
        got=repr(name),
        fix=NEEDS_PARENT,
    )


def _first_fall(codes: list[str]) -> str:
    pairs = pairwise(codes)
    return next(f"{second} after {first}" for first, second in pairs if second <= first)


def _counts(export: Export, listed: Mapping[str, list[str]]) -> pd.DataFrame:
    """Return the counts by code and year, the later municipalities added to their parents."""
    unknown = f"{UNKNOWN_STATE_CODE}{municipalities.UNKNOWN_ENDING}"
    found: dict[str, dict[str, int]] = {
        year.period: {unknown: year.unknown} for year in export.years
    }
    for year in export.years:
        column = found[year.period]
        for state_code, codes in listed.items():
            named = [*codes, f"{state_code}{municipalities.UNKNOWN_ENDING}"]
            for code, count in zip(named, year.parts[state_code], strict=True):
                home = municipalities.parent_of(code)
                column[home] = column.get(home, 0) + count
    return pd.DataFrame(found)
