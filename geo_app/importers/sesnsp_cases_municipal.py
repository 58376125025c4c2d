"""SESNSP's case files and victims of intentional homicide by municipality and month.

The file of a decade has two and a half million rows: it is read as a stream and only the rows of
homicide are kept. Municipalities created after our shapes are added to their parents. Does not own
the layout (``sesnsp_rows``) nor the months (``sesnsp_grid``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo_app import municipalities, shapes
from geo_app.errors import SourceInvalid
from geo_app.importers.later_municipalities import NEEDS_PARENT, merged_words
from geo_app.importers.reading import Imported, Reading, release_of
from geo_app.importers.sesnsp_grid import grid, last_month, release_name
from geo_app.importers.sesnsp_rows import Found, read_rows
from geo_app.importers.streams import opened
from geo_app.municipalities import UNKNOWN_ENDING
from geo_app.states import state_codes

SLUG = "sesnsp-cases-municipal"

OTHERS_ENDING = "998"
"""SESNSP's last digits for other municipalities; "999" where none is given. Both are unknown."""


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read official municipal files.

    Parameters
    ----------
    files
        ``IDM_NM_*``, ``Municipal-Delitos-*``, ``RNID-Delitos_Municipal-*`` or
        ``RNID-Víctimas_Municipal-*``, comma-separated or a workbook, bare or packed.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        One a file: every month for every municipality of the edition whose shapes we ship, those
        created later inside their parents; "06999" for what happened in no known municipality of
        Colima. Case files and victims are two measures and two releases.

    Raises
    ------
    SourceInvalid
        If a file is not such a file, lacks a state, repeats a row, holds something that is not a
        whole number, or a municipality that is in no list.
    """
    return [_read_one(path, reading) for path in files]


def _read_one(path: Path, reading: Reading) -> Imported:
    with opened(path) as file:
        found, layout = read_rows(file, ("homicide",))
    name = file.raw.name
    if not layout.is_municipal:
        message = "not a municipal file"
        raise SourceInvalid(
            message,
            where=f"{name} line 1",
            expected="the columns Cve. Municipio and Municipio",
            got=f"{layout.width} columns",
            fix="download the municipal file",
        )
    last = last_month(found, "homicide", name)
    _refuse_lost_states(found, name)
    areas = _areas()
    merged, words = _merged(found, areas, name)
    is_sparse = layout.leaves_out_zeros(last[:4])
    absent = 0.0 if is_sparse else float("nan")
    rows, repairs = grid(merged, areas, last, absent=absent, name=name)
    rows["measure"] = f"homicide_{layout.word}"
    what = "victims" if layout.has_victims else "case files"
    title = release_name(f"SESNSP municipal {what}", last, file)
    release = release_of(title, [file.raw], reading)
    rows = rows.drop(columns="crime")
    return Imported(SLUG, "municipality_code", rows, release, found.encoding, (words, *repairs))


def _areas() -> list[str]:
    edition = {municipalities.parent_of(code) for code in shapes.load_municipality_names()}
    return sorted(edition | {f"{state}{UNKNOWN_ENDING}" for state in state_codes()})


def _refuse_lost_states(found: Found, name: str) -> None:
    lost = sorted(set(state_codes()) - {code[:2] for code in found.counts["area_code"].unique()})
    if lost:
        message = f"{len(lost)} states have no row of homicide at all"
        raise SourceInvalid(message, where=name, got=lost[0], fix="download the file again")


def _merged(found: Found, areas: Sequence[str], name: str) -> tuple[Found, str]:
    """Add the municipalities that were created later to their parents."""
    counts = found.counts
    codes = counts["area_code"].unique()
    known = {*areas, *municipalities.PARENTS}
    unknown = sorted(code for code in codes if _home(code) not in known)
    if unknown:
        message = f"{len(unknown)} municipalities are in no list"
        raise SourceInvalid(
            message,
            where=name,
            expected=f"a code of {municipalities.EDITION} or of those created later",
            got=unknown[0],
            fix=NEEDS_PARENT,
        )
    homes = {code: _home(code) for code in codes}
    moved = {code for pair in homes.items() if pair[0] != pair[1] for code in pair}
    is_moved = counts["area_code"].isin(list(moved))
    groups = (
        counts[is_moved]
        .assign(area_code=lambda rows: rows["area_code"].map(homes))
        .groupby(["crime", "area_code", "period"], sort=True)["value"]
    )
    # A part that is missing leaves the whole unknown.
    sums = groups.sum().where(groups.count() == groups.size()).reset_index()
    whole = pd.concat([counts[~is_moved], sums], ignore_index=True)
    return Found(whole, found.active, found.encoding, found.repairs), merged_words(codes)


def _home(code: str) -> str:
    """Return the area to which a municipality's figures belong."""
    if code.endswith(OTHERS_ENDING):
        return f"{code[:2]}{UNKNOWN_ENDING}"
    return municipalities.parent_of(code)
