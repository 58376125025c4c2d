"""CONAPO's wide tables: three files in one release, projections marked, 32 states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import conapo_population
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states

TOTAL = "poblacion_entidad_total"
Tables = dict[str, list[str]]


def tables() -> Tables:
    rows = [f"{item.name_short},10,20,30" for item in all_states()]
    return {stem: ["Entidad,2018,2019,2020", *rows] for stem in conapo_population.MEASURES}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Tables], Imported]:
    def reader(texts: Tables) -> Imported:
        files = [tmp_path / f"{stem}.csv" for stem in texts]
        for path, lines in zip(files, texts.values(), strict=True):
            path.write_text("\n".join(lines), encoding="utf-8")
        (found,) = conapo_population.read(files, Reading("2026-11-23"))
        return found

    return reader


def test_every_state_year_and_measure_is_a_row(read: Callable[[Tables], Imported]) -> None:
    counts = read(tables()).rows.groupby("measure").size()
    assert counts.to_dict() == dict.fromkeys(conapo_population.MEASURES.values(), 96)


def test_years_from_2020_on_are_projections(read: Callable[[Tables], Imported]) -> None:
    rows = read(tables()).rows
    assert set(rows.loc[rows["status"] == "estimated", "period"]) == {"2020"}


def test_the_release_names_all_its_files(read: Callable[[Tables], Imported]) -> None:
    assert read(tables()).release.file.count(" + ") == 2


@pytest.mark.parametrize(
    ("line", "text", "message"),
    [
        (1, "Aguascalientes,10,20", "line 2: the row is cut: expected 4 cells, got 3"),
        (1, "Aguas,10,20,30", "line 2: no state of this name is listed"),
        (1, "Aguascalientes,10,-20,30", "line 2 2019: a negative count"),
        (1, "Aguascalientes,10,,30", "line 2 2019: not a count"),
        (1, "Colima,10,20,30", "not the 32 states, each once: expected 32 rows, got 32, 31 states"),
        (0, "Entidad,2018,total,2020", "line 1: the columns are not years"),
    ],
)
def test_a_damaged_row_is_refused(
    read: Callable[[Tables], Imported], line: int, text: str, message: str
) -> None:
    texts = tables()
    texts[TOTAL][line] = text
    with pytest.raises(SourceInvalid, match=message):
        read(texts)


def test_a_missing_state_is_refused(read: Callable[[Tables], Imported]) -> None:
    texts = tables()
    del texts[TOTAL][-1]
    with pytest.raises(SourceInvalid, match="expected 32 rows, got 31, 31 states"):
        read(texts)


def test_a_missing_file_is_refused(read: Callable[[Tables], Imported]) -> None:
    texts = tables()
    del texts[TOTAL]
    with pytest.raises(SourceInvalid, match=f"{TOTAL}: a file is missing; give all 3 files"):
        read(texts)
