"""The gathered list of foreign issues: ``others.csv``, a row an issuer, issue and area.

Owns which of its rows are used: an issue that gives its day and was read from its whole official
text; the other rows are counted, each with the reason. Does not own what a row says
(``foreign_notices``).
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

from geo_app.errors import SourceInvalid
from geo_app.importers.cells import listed
from geo_app.importers.delimited import csv_table
from geo_app.importers.foreign_notices import COLUMNS, Issue, Notice, notice
from geo_app.importers.reading import RawFile
from geo_app.issuers import Issuer

NOT_HELD = frozenset({"DE"})
"""Issuers of the list whose rows are not used."""

QUALITIES = {
    "official text": "",
    "full list in press": "known from the press only",
    "official text (copy)": "of a copy that may not be whole",
    "official text (copy, cut)": "of a copy that may not be whole",
    "official text (copy, partial)": "of a copy that may not be whole",
}
"""Why a row is not used, by the quality of the text it was read from; empty = it is."""

_NO_DAY = re.compile(r"\d{4}-\d{2}|\d{4}/\d{4}")


def is_list(raw: RawFile) -> bool:
    """Tell whether a file begins as the list does: a header with the issuer and the day."""
    header = raw.content.lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].strip().split(b",")
    return {b"issuer", b"issued"} <= set(header)


def issues(raw: RawFile) -> list[Issue]:
    """Read the list.

    Returns
    -------
    list of Issue
        Sorted by issuer and day; the first says how many rows were left out.

    Raises
    ------
    SourceInvalid
        If the file is cut, a state, date, level, scope, reason or quality is not a known one, or no
        issue is left.
    """
    rows = _rows(raw)
    fates = {where: _fate(row, where) for where, row in rows.items()}
    notices = [notice(rows[where], where) for where, fate in fates.items() if not fate]
    if not notices:
        message = "no issue with a day and a whole official text"
        raise SourceInvalid(message, where=raw.name, fix="give the complete list")
    left_out = Counter(fate for fate in fates.values() if fate)
    notes = [tuple(f"{count} rows {why} left out" for why, count in left_out.items())]
    blocks = [tuple(found) for _, found in groupby(sorted(notices, key=_key), _key)]
    padded = [*notes, *((),) * (len(blocks) - 1)]
    return [Issue(block, (raw,), said) for block, said in zip(blocks, padded, strict=True)]


def _key(item: Notice) -> tuple[Issuer, str]:
    return item.head.issuer, item.head.issued.isoformat()


def _rows(raw: RawFile) -> dict[str, dict[str, str]]:
    """Return the cells of every row by "file and line"."""
    table = csv_table(raw, COLUMNS)
    cells = table.itertuples(index=False, name=None)
    return {
        f"{raw.name} line {line}": dict(zip(COLUMNS, row, strict=True))
        for line, row in zip(table.index, cells, strict=True)
    }


def _fate(row: dict[str, str], where: str) -> str:
    """Return why a row is not used; empty = it is."""
    if row["issuer"] in NOT_HELD:
        return f"of an issuer that is not held ({row['issuer']})"
    why = listed("quality of source", QUALITIES, row["source_quality"], where)
    return "of an issue without a day" if _NO_DAY.fullmatch(row["issued"]) else why
