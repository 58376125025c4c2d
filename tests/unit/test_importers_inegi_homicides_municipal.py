"""INEGI's export by municipality: numbered by name and order, merged into parents, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app import municipalities, shapes
from geo_app.errors import SourceInvalid
from geo_app.importers import inegi_homicides_municipal
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states

Names = dict[str, list[str]]
TWINS = "San Juan Mixtepec"
"""Name of 20208 and of 20209."""


def places() -> Names:
    """Return the first municipality of each state, and of two states what a test is about."""
    first: Names = {}
    for code, name in shapes.load_municipality_names().items():
        first.setdefault(code[:2], [name])
    return first | {"02": ["Ensenada", "Mexicali", "San Quintín"], "20": [TWINS, TWINS]}


def export(named: Names, years: tuple[str, ...] = ("2018", "2019")) -> str:
    """Each municipality has 3 deaths, each state 2 elsewhere; 1 abroad, 4 in no known state."""
    header, counts, total = ["", "Total"], [], 5
    for item in all_states():
        mine = named[item.state_code]
        header += [item.name_official, *mine, "No especificado"]
        counts += [str(3 * len(mine) + 2), *["3"] * len(mine), "2"]
        total += 3 * len(mine) + 2
    header += ["Extranjero", "No especificado"]
    rows = [[year, str(total), *counts, "1", "4"] for year in years]
    return "\n".join(",".join(row) for row in [header, *rows])


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Names], Imported]:
    def reader(named: Names) -> Imported:
        path = tmp_path / "export.csv"
        path.write_text(export(named), encoding="latin-1")
        (found,) = inegi_homicides_municipal.read([path], Reading("2026-11-23"))
        return found

    return reader


def value(found: Imported, code: str) -> float:
    rows = found.rows
    (number,) = rows.loc[(rows["area_code"] == code) & (rows["period"] == "2018"), "value"]
    return float(number)


@pytest.mark.parametrize(
    ("code", "deaths"),
    [
        ("01001", 3),
        ("02002", 3),
        ("02001", 6),
        ("20208", 3),
        ("20209", 3),
        ("01011", 0),
        ("06999", 2),
        ("99999", 4),
    ],
    ids=["own", "sibling", "parent", "twin", "other twin", "no column", "unplaced", "no state"],
)
def test_every_death_is_counted_where_it_belongs(
    read: Callable[[Names], Imported], code: str, deaths: int
) -> None:
    assert value(read(places()), code) == deaths


def test_nothing_but_the_deaths_abroad_is_lost(read: Callable[[Names], Imported]) -> None:
    rows = read(places()).rows
    total = int(export(places()).splitlines()[1].split(",")[1])
    assert rows.loc[rows["period"] == "2018", "value"].sum() == total - 1


def test_the_grid_is_every_municipality_and_what_is_unplaced(
    read: Callable[[Names], Imported],
) -> None:
    counts = read(places()).rows.groupby("period").size()
    assert counts.to_dict() == dict.fromkeys(("2018", "2019"), municipalities.EDITION_COUNT + 33)


def test_no_later_municipality_is_left(read: Callable[[Names], Imported]) -> None:
    assert not set(read(places()).rows["area_code"]) & set(municipalities.PARENTS)


def test_merges_and_absent_columns_are_told(read: Callable[[Names], Imported]) -> None:
    named = places()
    absent = municipalities.EDITION_COUNT - sum(len(names) for names in named.values()) + 1
    assert read(named).repairs == (
        "0 cells with a space read as zero, as INEGI writes it",
        "1 later municipalities added to their parents (02006 to 02001)",
        f"{absent} municipalities that have no column in the file are zero",
    )


@pytest.mark.parametrize(
    ("state", "names", "message"),
    [
        ("06", ["Colina"], "state 06: no municipality of this state has the name.*got 'Colina'"),
        ("06", ["Tijuana"], "no municipality of this state has the name"),
        ("06", ["Colima", "Colima"], "has the name, or none more.*needs a parent"),
        ("06", ["Colima", "Armería"], "not in the order of their codes.*got 06001 after 06002"),
        ("20", [TWINS], f"each once: got one '{TWINS}' of two"),
    ],
)
def test_columns_that_cannot_be_numbered_are_refused(
    read: Callable[[Names], Imported], state: str, names: list[str], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(places() | {state: names})
