"""ENVIPE: published percentages, the conditional interval of 2024, INEGI's own flags."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import envipe
from geo_app.importers.reading import Imported, Reading
from geo_app.indicators import Interval
from geo_app.states import all_states

AREAS = [("00", "Nacional"), *((item.state_code, item.name_short) for item in all_states())]
Lists = dict[str, list[str]]


def lists() -> Lists:
    """Two editions: 60.0 in 2023 and 70.0 in 2024 everywhere; the interval lies above.

    Women are at 66.6; 2023 was published twice, first with 59.5.
    """
    return {
        envipe.POINT_FILE: [
            "edition_year,cve_ent,state,pct_unsafe,pct_unsafe_first_published,pct_unsafe_women",
            *(
                f"{year},{code},{name},{value},{first},66.6"
                for year, value, first in ((2023, 60.0, "59.5"), (2024, 70.0, ""))
                for code, name in AREAS
            ),
        ],
        envipe.INTERVAL_FILE: [
            "edition_year,cve_ent,state,sex,ci95_lo,ci95_hi,pct_unsafe_published",
            *(f"2024,{code},{name},total,71.5,73.25,70.0" for code, name in AREAS),
            "2024,00,Nacional,men,66.0,67.0,65.0",
        ],
        envipe.NATION_FILE: [
            "edition_year,level,sex,pct_unsafe,significant_change_vs_previous",
            "2023,entidad_federativa,total,60.0,0",
            "2024,entidad_federativa,total,70.0,1",
            "2024,municipio,total,64.0,1",
            "2024,entidad_federativa,men,69.0,0",
        ],
    }


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Lists], Imported]:
    def reader(texts: Lists) -> Imported:
        files = [tmp_path / f"{stem}.csv" for stem in texts]
        for path, lines in zip(files, texts.values(), strict=True):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        found, _ = envipe.read(files, Reading("2026-11-23"))
        return found

    return reader


def row(
    found: Imported, code: str, period: str, measure: str = envipe.MEASURE
) -> dict[str, object]:
    rows = found.rows
    chosen = rows[
        (rows["area_code"] == code) & (rows["period"] == period) & (rows["measure"] == measure)
    ]
    (only,) = chosen.to_dict("records")
    return {str(key): value for key, value in only.items()}


def test_the_published_percentage_stays_beside_an_interval_that_does_not_hold_it(
    read: Callable[[Lists], Imported],
) -> None:
    found = row(read(lists()), "08", "2024")
    assert (found["value"], found["low"], found["high"]) == (70.0, 71.5, 73.25)


def test_the_interval_says_that_a_third_party_made_it_among_those_who_answered(
    read: Callable[[Lists], Imported],
) -> None:
    assert row(read(lists()), "08", "2024")["interval"] == Interval.THIRD_PARTY_CONDITIONAL


def test_an_edition_without_interval_has_none(read: Callable[[Lists], Imported]) -> None:
    found = read(lists()).rows
    other = found[found["period"] == "2023"]
    assert (other["low"].notna().sum(), set(other["interval"])) == (0, {""})


def test_flags_of_change_are_kept_for_the_nation_only(read: Callable[[Lists], Imported]) -> None:
    found = read(lists()).rows
    flags = found[found["measure"] == envipe.FLAG_MEASURE]
    assert flags[["area_code", "period", "value"]].to_numpy().tolist() == [
        ["00", "2023", 0.0],
        ["00", "2024", 1.0],
    ]


def test_rows_that_are_not_used_are_counted(read: Callable[[Lists], Imported]) -> None:
    assert read(lists()).repairs == ("1 rows of one sex and 2 of another level or sex not used",)


def test_the_release_names_its_editions_and_no_day(read: Callable[[Lists], Imported]) -> None:
    release = read(lists()).release
    assert (release.release, release.published) == ("ENVIPE 2023-2024", "")


@pytest.mark.parametrize(
    ("stem", "line", "text", "message"),
    [
        (envipe.POINT_FILE, 5, "2023,04,Campeche,,59.5,66.6", "line 6: not a percentage"),
        (envipe.POINT_FILE, 5, "2023,04,Campache,60.0,59.5,66.6", "line 6: no state of this name"),
        (
            envipe.POINT_FILE,
            5,
            "2023,04,Chiapas,60.0,59.5,66.6",
            "line 6: code and name are of two states",
        ),
        (
            envipe.POINT_FILE,
            5,
            "2023,03,Baja California Sur,1,59.5,66.6",
            "line 6: the area stands twice",
        ),
        (envipe.POINT_FILE, 5, "2023,04", "line 6: the row is cut"),
        (envipe.INTERVAL_FILE, 1, "2024,00,Nacional,total,,,70.0", "line 2: not a percentage"),
        (
            envipe.INTERVAL_FILE,
            1,
            "2024,00,Nacional,total,71,73,69.9",
            "line 2: the percentage is not the one of the list by state: expected 70.0, got 69.9",
        ),
        (
            envipe.INTERVAL_FILE,
            1,
            "2026,00,Nacional,total,71,73,70.0",
            "line 2: the percentage is not the one",
        ),
        (
            envipe.NATION_FILE,
            1,
            "2023,entidad_federativa,total,60.0,2",
            "line 2: not a flag: expected 0 or 1, got 2",
        ),
        (
            envipe.NATION_FILE,
            2,
            "2024,entidad_federativa,total,75.0,1",
            "line 3: the percentage is not the one",
        ),
    ],
)
def test_a_damaged_row_is_refused(
    read: Callable[[Lists], Imported], stem: str, line: int, text: str, message: str
) -> None:
    texts = lists()
    texts[stem][line] = text
    with pytest.raises(SourceInvalid, match=message):
        read(texts)


def test_a_missing_file_is_refused(read: Callable[[Lists], Imported]) -> None:
    texts = lists()
    del texts[envipe.INTERVAL_FILE]
    with pytest.raises(SourceInvalid, match=f"{envipe.INTERVAL_FILE}: a file is missing"):
        read(texts)


def read_all(tmp_path: Path, texts: Lists) -> list[Imported]:
    files = [tmp_path / f"{stem}.csv" for stem in texts]
    for path, lines in zip(files, texts.values(), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return envipe.read(files, Reading("2026-11-23"))


def test_women_are_a_measure_of_their_own(read: Callable[[Lists], Imported]) -> None:
    assert row(read(lists()), "31", "2024", envipe.WOMEN_MEASURE)["value"] == 66.6


def test_what_was_published_first_is_an_older_release_without_a_day(tmp_path: Path) -> None:
    first = read_all(tmp_path, lists())[1]
    assert (
        first.release.release,
        first.release.published,
        set(first.rows["value"]),
        len(first.rows),
    ) == ("ENVIPE 2023, first published", "", {59.5}, 33)


def test_editions_published_once_make_no_older_release(tmp_path: Path) -> None:
    texts = lists()
    texts[envipe.POINT_FILE] = [line.replace(",59.5,", ",,") for line in texts[envipe.POINT_FILE]]
    assert [item.release.release for item in read_all(tmp_path, texts)] == ["ENVIPE 2023-2024"]
