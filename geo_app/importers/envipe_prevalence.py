"""INEGI's ENVIPE: victims of any crime among adults, by state of residence and reference year.

Reads the two lists gathered from several editions, INEGI's workbook on victimization with or
without that of its standard errors, and the interviews themselves, in any mixture. A year is the
year of the crimes, the one before the edition. Each of the three is a release of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from geo_app.errors import SourceInvalid
from geo_app.importers import envipe_prevalence_lists, envipe_victims, tabulado_victims
from geo_app.importers.microdata import tables_in
from geo_app.importers.reading import Imported, Reading, open_raw
from geo_app.importers.sheets import is_sheets

SLUG = "envipe-prevalence"
MEASURE = envipe_victims.MEASURE
FLAG_MEASURE = envipe_prevalence_lists.FLAG_MEASURE

_WORKBOOK, _LIST, _INTERVIEWS = "workbook", "list", "interviews"


def read(files: Sequence[Path], reading: Reading) -> list[Imported]:
    """Read lists, workbooks and interviews, each known by what is in it.

    Parameters
    ----------
    files
        ``envipe_state_victimization.csv`` with ``envipe_national_victimization_2012_2025.csv``;
        INEGI's ``I_nivel_victimizacion_…_est.xlsx`` with or without ``…_err.xlsx``; the tables of
        persons and crimes of one edition. In any order, one or more of the three.
    reading
        The day on which they are read.

    Returns
    -------
    list of Imported
        Of the lists one for the nation and for each run of years by state; else one an edition of
        a workbook or of interviews: ``crime_victims_per_100k`` of
        the nation ("00") and the 32 states by year of the crimes, per 100,000 adults, NaN where a
        list holds none; of the lists also INEGI's own flags of change of the nation.

    Raises
    ------
    SourceInvalid
        If a file is of none of the three, or one of them cannot be read completely.
    """
    kinds: dict[str, list[Path]] = {_LIST: [], _WORKBOOK: [], _INTERVIEWS: []}
    for path in files:
        kinds[_kind(path)].append(path)
    found: list[Imported] = []
    if kinds[_LIST]:
        raws = [open_raw(path) for path in kinds[_LIST]]
        found += envipe_prevalence_lists.read(raws, reading, SLUG)
    if kinds[_WORKBOOK]:
        raws = [open_raw(path) for path in kinds[_WORKBOOK]]
        found += tabulado_victims.read(raws, reading, SLUG)
    if kinds[_INTERVIEWS]:
        found.append(envipe_victims.read(kinds[_INTERVIEWS], reading, SLUG))
    return found


def _kind(path: Path) -> str:
    """Tell what a file is: a zip may be a workbook or an archive of interviews."""
    faults = []
    for kind, is_kind in _KINDS.items():
        try:
            if is_kind(path):
                return kind
        except SourceInvalid as error:
            faults.append(error)
    if faults:
        raise faults[-1]
    message = "neither a list, a workbook nor a table of interviews of this source"
    raise SourceInvalid(
        message,
        where=path.name,
        expected="lists of victimization, I_nivel_victimizacion, or TPer_Vic2 and TMod_Vic",
    )


def _is_workbook(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(4)
    return head.startswith((b"PK", b"\xd0\xcf")) and is_sheets(open_raw(path))


def _is_list(path: Path) -> bool:
    return envipe_prevalence_lists.is_list(tables_in(path))


def _is_interviews(path: Path) -> bool:
    return envipe_victims.is_microdata(tables_in(path))


_KINDS: dict[str, Callable[[Path], bool]] = {
    _WORKBOOK: _is_workbook,
    _LIST: _is_list,
    _INTERVIEWS: _is_interviews,
}
