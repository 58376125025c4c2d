"""The notebook of the main figures: it runs as it stands, and holds nothing of whoever ran it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pandas as pd
import pytest

from geo_app.changes.compared import Verdict
from geo_app.figures import Figure
from geo_app.maps.time_choropleth import PlaneMap

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "main_figures.ipynb"
OF_A_MACHINE = re.compile(r"(?<![\w.:/])/(?:home|root|Users|tmp|work|mnt|opt|var)/|\b[A-Z]:\\")


class Cell(NamedTuple):
    """One cell of the notebook."""

    kind: str
    name: str
    text: str
    outputs: list[object]
    run: int | None


def cells(kind: str = "") -> list[Cell]:
    """Return the cells of a kind, or all of them, in their order."""
    every = (
        Cell(
            item["cell_type"],
            item["id"],
            "".join(item["source"]),
            item.get("outputs", []),
            item.get("execution_count"),
        )
        for item in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    )
    return [cell for cell in every if kind in ("", cell.kind)]


@pytest.fixture(scope="module")
def made() -> SimpleNamespace:
    """Everything that the code cells leave behind, run in order from the root."""
    found: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for cell in cells("code"):
            exec(compile(cell.text, cell.name, "exec"), found)  # noqa: S102 what is tested
    return SimpleNamespace(**found)


def shown(made: SimpleNamespace, name: str) -> str:
    figure = getattr(made, name)
    assert isinstance(figure, Figure)
    return figure._repr_html_()


def test_it_is_a_notebook_of_version_4_for_any_python() -> None:
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert found["metadata"]["kernelspec"]["name"] == "python3"
    names = [cell.name for cell in cells()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)


def test_it_stores_no_output() -> None:
    every = cells("code")
    assert [cell.outputs for cell in every] == [[]] * len(every)
    assert {cell.run for cell in every} == {None}


def test_it_names_no_place_of_a_machine() -> None:
    assert OF_A_MACHINE.findall(" ".join(cell.text for cell in cells())) == []


def test_each_cell_of_code_is_explained_by_two_or_three_sentences_before_it() -> None:
    every = cells()
    assert [cell.kind for cell in every] == ["markdown", "code"] * (len(every) // 2)
    for cell in cells("markdown"):
        _, text = cell.text.split("\n\n")
        assert 2 <= len(re.findall(r"[.!](?:\s|$)", text)) <= 4, cell.name


def test_each_figure_names_its_source_in_the_cell_before_it() -> None:
    silent = [
        cell.name
        for cell in cells("markdown")
        if not re.search(r"Sources?: |names sources|no network", cell.text)
    ]
    assert silent == []


def test_the_map_over_time_stands_on_2022_with_sinaloa_selected(made: SimpleNamespace) -> None:
    data = made.element.data
    assert (data.period, data.selected) == ("2022", ("25",))
    assert isinstance(made.time_map, PlaneMap)
    assert "timeChoropleth" in made.time_map.get_root().render()


def test_the_border_states_stand_against_the_nation_since_2015(made: SimpleNamespace) -> None:
    rows: pd.DataFrame = made.border_rows
    assert sorted(rows["period"].unique()) == [str(year) for year in range(2015, 2025)]
    assert list(rows["area_code"].unique()) == ["00", "border", "02", "05", "08", "19", "26", "28"]
    of_2022 = rows[rows["period"] == "2022"].set_index("area_code")
    region = of_2022.loc["border", ["value", "low", "high"]].astype(float).round(1)
    assert region.tolist() == [36.7, 36.0, 37.5]
    assert of_2022["value"].round(1)["00"] == 25.6
    assert "Border states" in shown(made, "border_figure")


def test_four_states_rose_and_ten_fell_from_2021_to_2022(made: SimpleNamespace) -> None:
    directions = {code: found.direction for code, found in made.changes.items() if code != "00"}
    assert {code for code, way in directions.items() if way == 1} == {"06", "13", "19", "21"}
    assert list(directions.values()).count(-1) == 10
    rose = [item.area_code for item in made.two_dates.of(Verdict.ROSE)]
    assert rose == ["06", "19", "21", "13"]
    assert "Cannot be told from chance" in shown(made, "changes_figure")


def test_only_a_place_that_is_told_is_a_single_one(made: SimpleNamespace) -> None:
    found = {item.value.area_code: item for item in made.ranks.areas}
    assert len(found) == 32
    assert (found["06"].first, found["06"].last) == (1, 1)
    assert (found["31"].joint_first, found["31"].joint_last) == (32, 32)
    assert made.ranks.fixed < 32
    assert "<svg" in shown(made, "places_figure")


def test_like_does_not_tell_itself_from_chance_beside_like(made: SimpleNamespace) -> None:
    overall = made.moran.overall
    assert round(overall.value, 3) == 0.019
    assert overall.expected == pytest.approx(-1 / 31)
    assert overall.direction == 0
    assert "<svg" in shown(made, "moran_figure")


def test_six_states_have_level_4_on_the_day_of_the_levels(made: SimpleNamespace) -> None:
    levels = [item.level for item in made.advice]
    assert [levels.count(level) for level in (1, 2, 3, 4)] == [2, 17, 7, 6]
    assert "<svg" in shown(made, "level_figure")


def test_the_levels_of_2022_are_set_against_homicides_of_2022(made: SimpleNamespace) -> None:
    assert (made.agreement.year, made.agreement.has_rates) == ("2022", True)
    assert round(made.agreement.correlation, 2) == 0.65
    assert "<svg" in shown(made, "agreement_figure")


def test_what_is_taken_along_is_written_and_the_folder_is_gone(made: SimpleNamespace) -> None:
    endings = {name.partition(".")[2] for name in made.taken}
    assert endings == {"csv", "parquet", "svg", "png", "datapackage.json", "zip"}
    assert min(made.taken.values()) > 1000
    assert not Path(made.folder).exists()


def test_an_earlier_day_knows_its_own_release_and_no_later_one(made: SimpleNamespace) -> None:
    then, now = made.then, made.now
    assert then.release == "SESNSP case files, November 2023"
    assert now.release > then.release
    assert then.numerator != now.numerator
    assert (made.not_known.value, made.not_known.status) == (None, "missing")
