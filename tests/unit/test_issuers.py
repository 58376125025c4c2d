"""The list of areas of foreign advisories: read whole or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo_app import issuers, paths
from geo_app.errors import TableInvalid
from geo_app.issuers import Area, Issuer, Scope

HEADER = ",".join(issuers.COLUMNS)
LINE = "ca,2026-02-04,25,1,whole except,Los Mochis|Mazatlán"


def listed(folder: Path, *lines: str) -> Path:
    path = folder / issuers.FILE
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_a_line_is_read_as_an_area(tmp_path: Path) -> None:
    assert issuers.read_areas(listed(tmp_path, HEADER, LINE)) == (
        Area(
            Issuer.CA,
            date(2026, 2, 4),
            "25",
            1,
            Scope.WHOLE_EXCEPT,
            ("Los Mochis", "Mazatlán"),
        ),
    )


@pytest.mark.parametrize(("text", "places"), [("", None), ("none", ())])
def test_places_that_are_not_known_differ_from_none_to_name(
    tmp_path: Path, text: str, places: tuple[str, ...] | None
) -> None:
    line = LINE.replace("Los Mochis|Mazatlán", text)
    (area,) = issuers.read_areas(listed(tmp_path, HEADER, line))
    assert area.places == places


def test_the_shipped_list_is_written_as_it_stands() -> None:
    path = paths.data_dir() / issuers.FILE
    assert issuers.to_csv(issuers.read_areas(path)) == path.read_text(encoding="utf-8")


def test_a_list_is_written_in_order(tmp_path: Path) -> None:
    lines = (LINE, LINE.replace(",25,", ",06,"), LINE.replace("ca", "au", 1))
    areas = issuers.read_areas(listed(tmp_path, HEADER, *lines))
    assert issuers.to_csv(areas).splitlines()[1:] == [lines[2], lines[1], lines[0]]


@pytest.mark.parametrize("lines", [(), ("issuer,issued",), (HEADER + ",more",)])
def test_other_columns_are_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(TableInvalid, match=r"foreign-areas\.csv: wrong columns: expected issuer,"):
        issuers.read_areas(listed(tmp_path, *lines))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",1,whole except", ",1", "wrong number of cells: expected 6, got 5"),
        ("ca,", "us,", "an unknown issuer, state or scope: got us,"),
        (",25,", ",33,", "an unknown issuer, state or scope"),
        ("whole except", "mostly", "an unknown issuer, state or scope"),
        ("2026-02-04", "2026-02", "not a date or number .*2026-02"),
        (",1,", ",one,", "not a date or number .*one"),
    ],
)
def test_a_line_that_breaks_the_contract_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in LINE
    path = listed(tmp_path, HEADER, LINE.replace(old, new))
    with pytest.raises(TableInvalid, match=rf"foreign-areas\.csv line 2: {message}"):
        issuers.read_areas(path)


def test_an_area_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match="an area stands twice; import the list"):
        issuers.read_areas(listed(tmp_path, HEADER, LINE, LINE))


def test_every_foreign_issuer_has_a_ladder_and_a_last_day() -> None:
    assert set(issuers.FOREIGN_NAMES) == set(issuers.LEVEL_NAMES) == set(issuers.LAST_SEEN)
