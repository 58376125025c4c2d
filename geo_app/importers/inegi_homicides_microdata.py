"""INEGI's microdata of registered deaths: the records counted, one batch in memory at a time.

A zip with the records (``DEFUN24.dbf``) and catalogues of their codes. The manner of death stands
in PRESUNTO to 2021 and in TIPO_DEFUN since 2022; which of its codes is homicide is taken from the
catalogue in the same zip, never from memory, and a zip without that catalogue, or with one that
names two homicides, is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo_app.errors import SourceInvalid
from geo_app.importers import dbf
from geo_app.importers.archives import Member, is_archive, members, open_member, read_member
from geo_app.importers.delimited import csv_lines
from geo_app.importers.reading import Progress, RawFile
from geo_app.states import ABROAD_CODE, NATION_CODE, UNKNOWN_STATE_CODE, fold, state_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STATE = "ENT_OCURR"
YEAR = "ANIO_REGIS"
MANNERS = {"TIPO_DEFUN": "tipodefun", "PRESUNTO": "presunto"}
"""Columns of the manner of death, and what the name of the catalogue of each holds."""

WORD = "homicidio"
"""What the catalogue calls a homicide, presumed or not."""

_RECORDS = re.compile(r"defun\w*\.dbf", re.IGNORECASE)
_CATALOGUE = re.compile(r"\.(dbf|csv|txt)$", re.IGNORECASE)
_MOST_CATALOGUE_BYTES = 1_000_000
_ABROAD = frozenset({"33", "34", "35"})
"""The United States, other countries of Latin America, other countries."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Homicides among the records of a zip."""

    counts: Mapping[tuple[str, str], int]
    """By year of registration and area: the nation, the states, abroad and not known."""
    encoding: str
    repairs: tuple[str, ...]


def is_microdata(path: Path) -> bool:
    """Say whether a file is a zip with records of deaths.

    Raises
    ------
    SourceInvalid
        If it is a zip that no source sends.
    """
    if not (path.is_file() and is_archive(path)):
        return False
    return any(_RECORDS.fullmatch(item.file_name) for item in members(path))


def read_counts(path: Path, progress: Progress) -> Counts:
    """Count the homicides of a zip of microdata by state of occurrence and year of registration.

    Parameters
    ----------
    path
        The zip as downloaded.
    progress
        Is told how many records were read, and of how many.

    Raises
    ------
    SourceInvalid
        If the zip holds not one table of records, the table is damaged or lacks a column, no
        catalogue says which code is homicide or it names several, a record of a homicide has no
        year or a state that is none, or there is no homicide at all.
    """
    listed = members(path)
    tables = [item for item in listed if _RECORDS.fullmatch(item.file_name)]
    if len(tables) != 1:
        message = "the archive holds several tables of deaths"
        got = ", ".join(item.name for item in tables)
        raise SourceInvalid(message, where=path.name, expected="one", got=got)
    where = f"{path.name}/{tables[0].name}"
    found: Counter[tuple[str, str]] = Counter()
    with open_member(path, tables[0].name) as stream:
        header = dbf.read_header(stream, where)
        manner = _manner(header, where)
        code = _homicide_code(path, [item for item in listed if item != tables[0]], manner)
        deleted = done = 0
        for batch in dbf.batches(stream, header, (STATE, YEAR, manner), where):
            kept = batch[batch["flag"] == dbf.KEPT]
            found.update(_areas(_homicides(kept, manner, code), where))
            deleted += len(batch) - len(kept)
            done += len(batch)
            progress(done, header.record_count)
    _refuse_gaps(sorted({year for year, _ in found}), where)
    homicides = sum(count for (_, area), count in found.items() if area == NATION_CODE)
    rule = f"{manner} = {code} by the catalogue of the archive"
    repairs = [f"{done - deleted:,} deaths read, {homicides:,} of them homicide ({rule})"]
    if deleted:
        repairs.append(f"{deleted:,} records that are marked as deleted left out")
    return Counts(found, header.encoding, tuple(repairs))


def _manner(header: dbf.Header, where: str) -> str:
    held = [name for name in MANNERS if any(item.name == name for item in header.columns)]
    if len(held) != 1:
        message = "not one column of the manner of death"
        got = " and ".join(held) or "none"
        raise SourceInvalid(message, where=where, expected=" or ".join(MANNERS), got=got)
    return held[0]


def _homicide_code(path: Path, listed: list[Member], manner: str) -> str:
    """Return the code that the archive's own catalogue calls homicide."""
    named = {name: [item for item in listed if _is_catalogue(item, name)] for name in MANNERS}
    # The table of 2022 renamed the column; a catalogue may have kept the older name.
    catalogues = named[manner] or [item for found in named.values() for item in found]
    codes = {
        _plain(code)
        for item in catalogues
        for code, words in _entries(path, item)
        if WORD in fold(words)
    }
    if len(codes) != 1:
        message = f"no catalogue of {manner} says which code is homicide"
        if codes:
            message = f"the catalogues of {manner} call several codes homicide"
        raise SourceInvalid(
            message,
            where=path.name,
            expected="one code",
            got=", ".join(sorted(codes)) or f"{len(catalogues)} catalogues",
            fix="give the whole archive as downloaded, with its catalogues",
        )
    return codes.pop()


def _is_catalogue(item: Member, manner: str) -> bool:
    plain = re.sub(r"[^a-z]", "", item.file_name.lower())
    return bool(_CATALOGUE.search(item.file_name)) and MANNERS[manner] in plain


def _entries(path: Path, item: Member) -> Iterator[tuple[str, str]]:
    """Yield code and words of each entry of a catalogue: its first and its second column."""
    where = f"{path.name}/{item.name}"
    if not item.file_name.lower().endswith(".dbf"):
        raw = RawFile(where, read_member(path, item, _MOST_CATALOGUE_BYTES), "")
        lines, _ = csv_lines(raw, ("utf-8", "cp1252", "latin-1"))
        yield from ((cells[0], cells[1]) for _, cells in lines if len(cells) > 1)
        return
    with open_member(path, item.name) as stream:
        header = dbf.read_header(stream, where)
        if len(header.columns) < 2:
            return
        names = [column.name for column in header.columns[:2]]
        for batch in dbf.batches(stream, header, names, where):
            for record in batch[batch["flag"] == dbf.KEPT]:
                code, words = (record[name].decode(header.encoding, "replace") for name in names)
                yield code, words


def _homicides(batch: NDArray[np.void], manner: str, code: str) -> Counter[tuple[str, str]]:
    """Count the homicides of a batch by year and state, as they are written."""
    import numpy as np

    codes, places = np.unique(batch[manner], return_inverse=True)
    is_homicide = np.array([_plain(_text(item)) == code for item in codes], dtype=bool)
    mine = batch[is_homicide[places]] if len(batch) else batch
    pairs, counts = np.unique(mine[[YEAR, STATE]], return_counts=True)
    return Counter(
        {
            (_text(pair[YEAR]), _text(pair[STATE])): int(count)
            for pair, count in zip(pairs, counts, strict=True)
        }
    )


def _areas(found: Mapping[tuple[str, str], int], where: str) -> Counter[tuple[str, str]]:
    """Return the counts by year and area code, those of the nation among them."""
    counts: Counter[tuple[str, str]] = Counter()
    for (year, state), count in found.items():
        if not re.fullmatch(r"(19|20)\d\d", year, re.ASCII):
            message = f"{count} homicides have no year of registration"
            raise SourceInvalid(message, where=where, expected="a year", got=repr(year))
        counts[year, _area(state, where)] += count
        counts[year, NATION_CODE] += count
    return counts


def _refuse_gaps(years: list[str], where: str) -> None:
    if not years:
        message = "no death of the table is a homicide"
        raise SourceInvalid(message, where=where, fix="ask the source")
    if int(years[-1]) - int(years[0]) + 1 != len(years):
        message = "the years of registration do not follow one another"
        raise SourceInvalid(message, where=where, got=", ".join(years), fix="ask the source")


def _area(text: str, where: str) -> str:
    code = text.zfill(2)
    if code in _ABROAD:
        return ABROAD_CODE
    if code in (*state_codes(), UNKNOWN_STATE_CODE):
        return code
    message = "a homicide is in a state that is none"
    raise SourceInvalid(
        message, where=where, expected="01 to 32, 33 to 35 abroad, 99", got=repr(text)
    )


def _text(cell: bytes) -> str:
    return cell.decode("latin-1").strip()


def _plain(code: str) -> str:
    """Return a code without blanks and leading zeros: 2, 02 and `` 2`` are one."""
    text = code.strip()
    return text.lstrip("0") or text[-1:]
