"""ENSU: the grid of cities and quarters, who made an interval, the list of cities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import ensu
from geo_app.importers.reading import Imported, Reading
from geo_app.indicators import Interval

INEGI = "INEGI tabulado"
THIRD = "Josanoforo (microdata, transcribed)"
BOOTSTRAP = "bootstrap of PSUs within strata (Josanoforo)"
TAYLOR = "Taylor linearisation on raw microdata"
Lists = dict[str, list[str]]


def lists() -> Lists:
    """Quarters 2019Q4 to 2020Q3 without 2020Q2; Acapulco (21), region 15, Torreón, Xalapa (96)."""
    return {
        ensu.NATION_FILE: [
            "period,sex,pct_unsafe,ci95_lo,ci95_hi,ci_method,source",
            f"2019Q4,total,72.5,71,74,{TAYLOR},{INEGI}",
            f"2019Q4,men,70,,,,{INEGI}",
            f"2020Q1,total,73.5,,,,{INEGI}",
            f'2020Q3,total,67.5,66,69,{BOOTSTRAP},"{THIRD}"',
        ],
        ensu.QUARTER_FILE: [
            "period,cd,cve_ent,sex,pct_unsafe,ci95_lo,ci95_hi,flag,source",
            "2018Q1,59,14,total,72.6,,,,Jalisco",
            f"2019Q4,15,09,total,81,,,,{INEGI}",
            f"2019Q4,21,12,total,84.5,,,,{INEGI}",
            f"2019Q4,21,12,women,88,,,,{INEGI}",
            f"2019Q4,T1,05,total,50,,,,{INEGI}",
            f"2020Q1,21,12,total,,,,not collected,{INEGI}",
            f"2020Q1,96,30,total,66,60,72,,{INEGI}",
            f'2020Q3,21,12,total,82,77,87,,"{THIRD}"',
            f'2020Q3,96,30,total,65,59,71,,"{THIRD}"',
        ],
        ensu.CITY_FILE: [
            "cd,city,cve_ent,state,cve_ent_all,lat,lon",
            "15,CDMX Región Norte,09,Ciudad de México,,,",
            "21,Acapulco de Juárez,12,Guerrero,12|16,16.84942,-99.90891",
            "24,Guadalajara (área urbana),14,Jalisco,,,",
            "96,Xalapa,30,Veracruz,30,19.53124,-96.91589",
            "T1,Torreón,05,Coahuila,05,25.54389,-103.41898",
        ],
    }


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Lists], Imported]:
    def reader(texts: Lists) -> Imported:
        files = [tmp_path / f"{stem}.csv" for stem in texts]
        for path, lines in zip(files, texts.values(), strict=True):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        (found,) = ensu.read(files, Reading("2026-11-23"))
        return found

    return reader


def column(found: Imported, code: str, name: str) -> dict[str, object]:
    rows = found.rows[found.rows["area_code"] == code].sort_values("period")
    return dict(zip(rows["period"], rows[name], strict=True))


@pytest.mark.parametrize(
    ("code", "statuses"),
    [
        ("00", ["final", "final", "missing", "estimated"]),
        ("15", ["final", "not_applicable", "not_applicable", "not_applicable"]),
        ("21", ["final", "missing", "missing", "estimated"]),
        ("96", ["not_applicable", "final", "missing", "estimated"]),
        ("T1", ["final", "missing", "missing", "missing"]),
    ],
    ids=["nation", "retired region", "not surveyed once", "joined later", "not held later"],
)
def test_every_quarter_says_why_it_has_no_value(
    read: Callable[[Lists], Imported], code: str, statuses: list[str]
) -> None:
    assert list(column(read(lists()), code, "status").values()) == statuses


def test_a_missing_percentage_is_empty_and_never_zero(read: Callable[[Lists], Imported]) -> None:
    rows = read(lists()).rows
    empty = rows["status"].isin(["missing", "not_applicable"])
    assert rows["value"].isna().equals(empty)


@pytest.mark.parametrize(
    ("code", "period", "interval"),
    [
        ("00", "2019Q4", Interval.COMPUTED),
        ("00", "2020Q1", Interval.NONE),
        ("00", "2020Q3", Interval.THIRD_PARTY),
        ("21", "2020Q3", Interval.THIRD_PARTY),
        ("21", "2019Q4", Interval.NONE),
        ("96", "2020Q1", Interval.COMPUTED),
    ],
)
def test_an_interval_names_its_maker(
    read: Callable[[Lists], Imported], code: str, period: str, interval: Interval
) -> None:
    assert column(read(lists()), code, "interval")[period] == interval


def test_a_quarter_with_one_state_only_is_left_out_and_reported(
    read: Callable[[Lists], Imported],
) -> None:
    found = read(lists())
    assert found.repairs[-1] == ("1 rows of 2018Q1 left out: they hold cities of one state only")


def test_a_city_of_a_left_out_quarter_alone_is_no_city_of_the_table(
    read: Callable[[Lists], Imported],
) -> None:
    assert "59" not in set(read(lists()).rows["area_code"])


def test_rows_of_one_sex_are_counted(read: Callable[[Lists], Imported]) -> None:
    assert read(lists()).repairs[:2] == (
        "1 rows of one sex of the nation not used",
        "1 rows of one sex of the cities not used",
    )


def test_the_list_of_cities_holds_those_of_the_table_alone(
    read: Callable[[Lists], Imported],
) -> None:
    (reference,) = read(lists()).references
    assert reference.text.splitlines() == [
        "city_code,name,state_code,state_codes,lat,lon,note",
        "15,CDMX Región Norte,09,09,,,retired",
        "21,Acapulco de Juárez,12,12|16,16.84942,-99.90891,spans_states",
        "96,Xalapa,30,30,19.53124,-96.91589,",
        "T1,Torreón,05,05,25.54389,-103.41898,part_of_other",
    ]


def test_without_partial_quarters_nothing_is_reported_as_left_out(
    read: Callable[[Lists], Imported],
) -> None:
    texts = lists()
    del texts[ensu.QUARTER_FILE][1]
    assert len(read(texts).repairs) == 2


def test_a_nation_without_gaps_stays_as_it_is(read: Callable[[Lists], Imported]) -> None:
    texts = lists()
    texts[ensu.NATION_FILE].insert(4, f"2020Q2,total,70,,,,{INEGI}")
    assert list(column(read(texts), "00", "status").values())[2] == "final"


@pytest.mark.parametrize(
    ("stem", "line", "text", "message"),
    [
        (
            ensu.NATION_FILE,
            1,
            f"2019Q4,total,72.5,71,74,guessed,{INEGI}",
            "line 2: the maker of the interval is not a known one: got 'guessed'",
        ),
        (ensu.NATION_FILE, 1, f"2019-4,total,72.5,,,,{INEGI}", "line 2: not a quarter"),
        (ensu.NATION_FILE, 1, f"2020Q1,total,72.5,,,,{INEGI}", "line 4: the area stands twice"),
        (ensu.QUARTER_FILE, 3, f"2019Q4,21,12,total,184,,,,{INEGI}", "pct_unsafe: not a percent"),
        (ensu.QUARTER_FILE, 3, f"2019Q4,15,09,total,84,,,,{INEGI}", "line 4: the area stands tw"),
        (ensu.QUARTER_FILE, 3, "2019Q4,21", "line 4: the row is cut"),
        (ensu.QUARTER_FILE, 3, f"2019Q4,97,12,total,84,,,,{INEGI}", "expected a row of 97"),
        (ensu.CITY_FILE, 2, "21,Acapulco,12,Guerreto,12,1,1", "line 3: no state of this name"),
        (ensu.CITY_FILE, 2, "21,Acapulco,06,Guerrero,12,1,1", "code and name are of two states"),
        (ensu.CITY_FILE, 2, "21,Acapulco,12,Guerrero,12|99,1,1", "no state of this name"),
        (ensu.CITY_FILE, 2, "21,Acapulco,12,Guerrero,12,N16,1", "line 3: not a coordinate"),
        (ensu.CITY_FILE, 2, "21,Acapulco,12,Guerrero,12,nan,1", "line 3: not a coordinate"),
        (ensu.CITY_FILE, 2, "15,Twice,09,Ciudad de México,,,", "line 3: the city stands twice"),
    ],
)
def test_a_damaged_row_is_refused(
    read: Callable[[Lists], Imported], stem: str, line: int, text: str, message: str
) -> None:
    texts = lists()
    texts[stem][line] = text
    with pytest.raises(SourceInvalid, match=message):
        read(texts)
