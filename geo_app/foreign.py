"""What governments other than the United States advised on a day, each on its own ladder.

Owns the reading of their issues as histories, one an issuer. An issue holds until the next one;
after the last day of which a copy is held it is the last one stated, never the current one. No
level is put on the scale of another issuer. Does not own the US levels (``advisories``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from geo_app import issuers, paths, provenance, tables
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import Status
from geo_app.issuers import (
    FOREIGN_NAMES,
    LAST_SEEN,
    LEVEL_NAMES,
    Area,
    Issuer,
    Scope,
    first_of_run,
    refuse_unread,
)
from geo_app.states import NATION_CODE, state_codes

SOURCE = "foreign-advisories"


@dataclass(frozen=True, slots=True)
class ForeignAdvice:
    """What is known of one issuer's advice for one state on one day."""

    issuer: Issuer
    state_code: str
    level: int | None
    """Step on the issuer's own ladder; None where it gives none or none is known."""
    status: Status
    """``CURRENT``, ``LAST_STATED``, ``ESTIMATED`` or ``UNKNOWN``."""
    since: date | None
    """First issue of the unbroken run held that gives this level and scope."""
    issued: date | None
    """The issue that stood on the day, as far as copies are held; None before the first."""
    stated: date | None
    """The newest issue up to the day that names its states; None before the first."""
    is_newer_issue: bool | None
    """Whether an issue that does not name its states is newer than the one that stated the level.
    None after the last day of which a copy is held: a newer issue may stand."""
    country_level: int | None
    """The level that the same issue gives the country; None where it gives none."""
    reasons: tuple[str, ...] | None
    """Closed vocabulary; None = not known."""
    scope: Scope | None
    """How much of the state the level is meant for; None where no issue is held."""
    places: tuple[str, ...] | None
    """Places left out or meant, by ``scope``; empty = none to name, None = not known."""
    address: str
    """Where the issue was read; empty where none is held."""
    checked: date
    """The day on which the source was read."""

    @property
    def last_stated(self) -> date | None:
        """The issue that stated the level; None where the level is not known."""
        return None if self.level is None else self.stated

    @property
    def level_name(self) -> str | None:
        """The issuer's own name of the level."""
        return None if self.level is None else LEVEL_NAMES[self.issuer][self.level]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one issue says of one state, or of the country."""

    level: int | None
    status: str
    """As stored."""
    reasons: tuple[str, ...] | None
    address: str
    scope: Scope | None
    """None for the country."""
    places: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ForeignHistory:
    """All issues held of one issuer, oldest first."""

    issuer: Issuer
    issues: tuple[date, ...]
    """Every issue, with or without its states."""
    stated: tuple[date, ...]
    """The issues that name their states."""
    seen_until: date
    """Last day of which a copy of the issuer's page is held."""
    checked: date
    """The day on which the source was last read: nothing is known of later days."""
    cells: dict[tuple[date, str], Cell]
    """By issue and state code or nation."""

    def on(self, day: date) -> tuple[ForeignAdvice, ...]:
        """Return what is known of the 32 states on a day, in the order of their codes.

        Raises
        ------
        BadRequest
            If the day lies after the one on which the source was last read.
        """
        refuse_unread(day, self.checked, SOURCE)
        issued = max((issue for issue in self.issues if issue <= day), default=None)
        if issued is None:
            return tuple(self._nothing(code) for code in state_codes())
        stated = max((issue for issue in self.stated if issue <= day), default=None)
        if stated is None:
            country = self.cells[issued, NATION_CODE]
            nothing = (self._nothing(code) for code in state_codes())
            return tuple(
                replace(item, issued=issued, country_level=country.level) for item in nothing
            )
        is_open = day > self.seen_until
        return tuple(self._advice(code, issued, stated, is_open=is_open) for code in state_codes())

    def _advice(self, code: str, issued: date, stated: date, *, is_open: bool) -> ForeignAdvice:
        cell = self.cells[stated, code]
        is_newer = issued > stated
        return ForeignAdvice(
            issuer=self.issuer,
            state_code=code,
            level=cell.level,
            status=_status(cell, is_last=is_open or is_newer),
            since=None if cell.level is None else self._since(code, stated),
            issued=issued,
            stated=stated,
            is_newer_issue=is_newer or (None if is_open else False),
            country_level=self.cells[issued, NATION_CODE].level,
            reasons=cell.reasons,
            scope=cell.scope,
            places=cell.places,
            address=cell.address,
            checked=self.checked,
        )

    def _nothing(self, code: str) -> ForeignAdvice:
        return ForeignAdvice(
            issuer=self.issuer,
            state_code=code,
            level=None,
            status=Status.UNKNOWN,
            since=None,
            issued=None,
            stated=None,
            is_newer_issue=False,
            country_level=None,
            reasons=None,
            scope=None,
            places=None,
            address="",
            checked=self.checked,
        )

    def _since(self, code: str, issued: date) -> date:
        cells = {issue: self.cells[issue, code] for issue in self.stated if issue <= issued}
        return first_of_run({issue: (cell.level, cell.scope) for issue, cell in cells.items()})


def history(issuer: Issuer) -> ForeignHistory:
    """Return the issues of one issuer in the current data folder.

    Raises
    ------
    BadRequest
        If the issuer is the United States, whose levels are with ``advisories``.
    TableInvalid, HashMismatch
        As ``tables.table``, or if the table and the list of areas differ.
    """
    if issuer not in FOREIGN_NAMES:
        message = f"the issuer {issuer!r} is not a foreign one"
        raise BadRequest(message, expected=" or ".join(FOREIGN_NAMES))
    table = paths.verified(paths.data_dir(), f"{tables.FOLDER}/{SOURCE}.csv")
    areas = paths.verified(paths.data_dir(), issuers.FILE)
    return _history(issuer, table, areas, table.stat().st_mtime_ns, areas.stat().st_mtime_ns)


@cache
def _history(
    issuer: Issuer, _table: Path, areas: Path, _stamp: int, _stamp2: int
) -> ForeignHistory:
    releases = provenance.load_source(SOURCE).releases
    mine = [item for item in releases if item.release.startswith(f"{FOREIGN_NAMES[issuer]} ")]
    # A copy that an import brings may be younger than the day that was noted by hand, and an issue
    # stood at least on its own day.
    days = [item.seen or item.published for item in mine]
    seen = [date.fromisoformat(day) for day in days if day]
    cells = _cells(issuer, areas)
    return ForeignHistory(
        issuer=issuer,
        issues=tuple(sorted({issue for issue, _ in cells})),
        stated=tuple(sorted({issue for issue, code in cells if code != NATION_CODE})),
        seen_until=max([*seen, LAST_SEEN[issuer]]),
        checked=date.fromisoformat(max(item.checked for item in releases)),
        cells=cells,
    )


def _cells(issuer: Issuer, areas: Path) -> dict[tuple[date, str], Cell]:
    widest = _widest(issuer, areas)
    frame = tables.table(SOURCE)
    rows = frame[frame["measure"] == issuers.measure(issuer)]
    _refuse_unnamed(issuer, rows)
    # An index gives the country's level alone, and may stand beside the page of its day.
    is_index = rows["release"].str.contains(" index ")
    rows = rows[~is_index | (rows["area_kind"] == "nation")]
    days = [date.fromisoformat(text) for text in rows["period"]]
    keys = [(day, str(code)) for day, code in zip(days, rows["area_code"], strict=True)]
    differing = {key for key in keys if key[1] != NATION_CODE} ^ set(widest)
    if differing:
        day, code = min(differing)
        message = f"the table and the list of areas differ in {len(differing)} states"
        raise TableInvalid(
            message, where=areas.name, got=f"{issuer} {day} {code}", fix="import the list again"
        )
    columns = zip(
        *(rows[name].tolist() for name in ("value", "status", "reasons", "address")), strict=True
    )
    cells = (_cell(widest.get(key), *row) for key, row in zip(keys, columns, strict=True))
    return dict(zip(keys, cells, strict=True))


def _refuse_unnamed(issuer: Issuer, rows: pd.DataFrame) -> None:
    wrong = rows[rows["value"].notna() & ~rows["value"].isin(LEVEL_NAMES[issuer])]
    if len(wrong):
        message = f"{len(wrong)} level(s) for which {FOREIGN_NAMES[issuer]} has no name"
        raise TableInvalid(
            message,
            where=f"{SOURCE}.csv {wrong['period'].iloc[0]} {wrong['area_code'].iloc[0]}",
            expected=" or ".join(map(str, LEVEL_NAMES[issuer])),
            got=f"{wrong['value'].iloc[0]:g}",
            fix="import the list again",
        )


def _cell(area: Area | None, value: float, status: str, reasons: str, address: str) -> Cell:
    return Cell(
        level=None if math.isnan(value) else int(value),
        status=status,
        reasons=tuple(reasons.split("|")) if reasons else None,
        address=address,
        scope=area.scope if area else None,
        places=area.places if area else None,
    )


def _widest(issuer: Issuer, path: Path) -> dict[tuple[date, str], Area]:
    """Return the area that covers most of each state, by issue and state."""
    mine = [area for area in issuers.read_areas(path) if area.issuer == issuer]
    widest_last = sorted(mine, key=lambda area: -issuers.WIDEST_FIRST.index(area.scope))
    return {(area.issued, area.state_code): area for area in widest_last}


def _status(cell: Cell, *, is_last: bool) -> Status:
    if cell.level is None:
        return Status.UNKNOWN
    if is_last:
        return Status.LAST_STATED
    return Status.ESTIMATED if cell.status == Status.ESTIMATED else Status.CURRENT
