"""SESNSP's victims by state and month: homicide, femicide, kidnapping, extortion.

Reads the official file, old and new, a workbook of sums and a long copy made of it. Since January
2026 another register counts: homicide and femicide keep their names there, kidnapping and
extortion were split into subtypes whose sum is a measure of its own. Does not own the layouts
(``sesnsp_rows``, ``sesnsp_layouts``) nor the months (``sesnsp_grid``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geo_app.errors import SourceInvalid
from geo_app.importers import official_csv, official_sheets
from geo_app.importers.official_csv import Texts
from geo_app.importers.reading import Imported, Reading, release_of
from geo_app.importers.sesnsp_grid import grid, last_month, release_name
from geo_app.importers.sesnsp_layouts import STATE_SHEET, is_long, read_long, read_sums
from geo_app.importers.sesnsp_rows import Found, read_rows
from geo_app.importers.streams import Opened, opened
from geo_app.states import state_codes

SLUG = "sesnsp-victims"
MEASURE = "homicide_victims_count"

CRIMES = (
    "homicide",
    "femicide",
    "kidnapping",
    "extortion",
    "kidnapping_rnid",
    "extortion_rnid",
)
"""The crimes whose victims are counted; ``_rnid``: the subtypes of 2026, attempts left out."""

SEEN = {"2025-09": "2025-10-19"}
"""Date of the earliest dated public copy of a release, by its last month."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read official files of victims, or tables made of them.

    Parameters
    ----------
    files
        ``IDVFC_NM_*``, ``Estatal-Víctimas-*`` or ``RNID-Víctimas_Estatal-*``, comma-separated or a
        workbook, bare or packed; a workbook with the sheets ``Estatal_Mensual`` and
        ``Nacional_Mensual``; or the long copy with a row a month.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file: 32 states and every month from the first to the last published one, for each
        crime that the file has. SESNSP publishes no row of the nation in them.

    Raises
    ------
    SourceInvalid
        If a file is not such a file, lacks a state or a row, repeats one, holds something that is
        not a whole number, or does not add up.
    """
    return [_read_one(path, reading) for path in files]


def _read_one(path: Path, reading: Reading) -> Imported:
    with opened(path) as file:
        found, absent = _found(file)
    last = last_month(found, "homicide", file.raw.name)
    rows, repairs = grid(found, state_codes(), last, absent=absent, name=file.raw.name)
    rows["measure"] = rows.pop("crime") + "_victims_count"
    name = release_name("SESNSP victims", last, file)
    release = release_of(name, [file.raw], reading, seen=SEEN.get(last, ""))
    return Imported(SLUG, "state_code", rows, release, found.encoding, repairs)


def _found(file: Opened) -> tuple[Found, float | None]:
    """Return what a file of any layout says, and what a state without a row counts."""
    if file.is_workbook:
        if STATE_SHEET in official_sheets.sheets(file):
            return read_sums(file), None
    elif is_long(official_csv.header_of(file, Texts(file.raw.name))):
        return read_long(file, CRIMES), None
    found, layout = read_rows(file, CRIMES)
    if layout.is_municipal or not layout.has_victims:
        message = "not the file of victims by state"
        raise SourceInvalid(
            message,
            where=f"{file.raw.name} line 1",
            expected="the columns Sexo and Rango de edad, and no municipality",
            got=f"{layout.width} columns",
            fix="download the file of victims by state",
        )
    is_sparse = layout.leaves_out_zeros(max(found.active, default=""))
    return found, 0.0 if is_sparse else None
