"""What ``check`` finds: the shipped folder is right, and each damage gives its line."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo_app import advisories, checks, paths
from geo_app.checks import Golden
from geo_app.errors import TableInvalid

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

COLIMA = "06,2022,deaths_count,848,final"
HEADER = "indicator,quantity,area_code,first,last,expected,decimals,publication,address"
LINE = "homicides_inegi_per_100k,numerator,06,2022,2022,848,0,INEGI,https://www.inegi.org.mx"
GOLDEN = Golden("homicides_inegi_per_100k", "numerator", "06", "2022", "2022", 848, 0, "INEGI", "")


def test_the_shipped_data_have_no_fault() -> None:
    assert list(checks.faults()) == []


def test_a_changed_file_is_named_by_the_check_of_files(broken: BrokenData) -> None:
    broken.replace("tables/envipe.csv", "00,2011", "00,2010")
    (fault,) = checks.check_files()
    assert "envipe.csv: the content is not the one that was checked" in fault


def test_a_file_that_is_gone_is_named(broken: BrokenData) -> None:
    (broken.shapes / "states.dbf").unlink()
    (fault,) = checks.check_files()
    assert "states.dbf: the file is missing" in fault


def test_a_file_that_nobody_listed_is_named(broken: BrokenData) -> None:
    (broken.data / "notes.txt").write_text("x", encoding="utf-8")
    (fault,) = checks.check_files()
    assert fault.endswith("notes.txt: the file is not in registry.txt")


def test_each_shapefile_that_is_wrong_is_one_fault(broken: BrokenData) -> None:
    stems = ("states", "municipalities", "neighbours")
    for stem in stems:
        (broken.shapes / f"{stem}.cpg").write_text("ISO-8859-1", encoding="ascii")
    paths.write_registry(broken.shapes)
    found = [fault for fault in checks.check_shapes() if "another text encoding" in fault]
    assert [fault.split(".cpg")[0].rpartition("/")[2] for fault in found] == list(stems)


def test_each_table_that_is_wrong_is_named(broken: BrokenData) -> None:
    broken.replace("tables/inegi-homicides.csv", COLIMA, COLIMA.replace("848", "-1"))
    broken.edit("tables/envipe.csv", "final", "certain")
    found = list(checks.check_tables())
    assert [text.split(" row")[0] for text in found] == ["envipe.csv", "inegi-homicides.csv"]


def test_a_city_that_nobody_listed_is_a_fault(broken: BrokenData) -> None:
    listed = (broken.data / "cities.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in listed if not line.startswith("40,")]
    broken.write("cities.csv", "\n".join([*kept, ""]))
    assert list(checks.check_cities()) == ["ensu: the city '40' is not in cities.csv"]


def test_a_rule_of_an_issue_that_is_not_held_is_a_fault(broken: BrokenData) -> None:
    broken.edit("us-restrictions.csv", "us,2026-05-29,00,1,", "us,2026-05-30,00,1,")
    text = (broken.data / "us-restrictions.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("us,2026-05-29,")]
    broken.write("us-restrictions.csv", "\n".join([*kept, ""]))
    assert list(checks.check_restrictions()) == [
        "us-restrictions.csv: a rule of 2026-05-30 for 00, an issue that is not held"
    ]


def test_a_folder_without_rules_has_none(broken: BrokenData) -> None:
    (broken.data / "us-restrictions.csv").unlink()
    broken.relist()
    assert list(checks.check_restrictions()) == []
    assert dict(advisories.history().restrictions) == {}


@pytest.mark.parametrize("name", ["cities.csv", "golden.csv", "sources/ensu.releases.csv"])
def test_a_list_that_a_spreadsheet_saved_is_a_fault(broken: BrokenData, name: str) -> None:
    text = (broken.data / name).read_text(encoding="utf-8")
    (broken.data / name).write_bytes(f"{text}é\n".encode("latin-1", "replace"))
    broken.relist()
    assert any("not UTF-8 text" in fault for fault in checks.faults())


def test_a_palette_that_does_not_fit_is_a_fault(broken: BrokenData) -> None:
    broken.edit("indicators/insecurity_envipe_pct.toml", "[40, 50,", "[50,")
    (fault,) = checks.check_catalogue()
    assert "the palette 'insecurity' does not fit" in fault


def test_an_indicator_of_an_unknown_source_is_a_fault(broken: BrokenData) -> None:
    broken.edit("indicators/insecurity_envipe_pct.toml", 'source = "envipe"', 'source = "nobody"')
    (fault,) = checks.check_catalogue()
    assert "no source is called 'nobody'" in fault


def test_an_indicator_without_any_value_is_a_fault(broken: BrokenData) -> None:
    def emptied(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(value="", low="", high="", interval="", status="missing")

    broken.change_table("envipe", emptied)
    assert list(checks.check_catalogue()) == [
        "insecurity_envipe_pct: no value at all for each state"
    ]


def test_parts_that_do_not_add_up_are_a_fault(broken: BrokenData) -> None:
    broken.edit("tables/inegi-homicides.csv", COLIMA, COLIMA.replace("848", "849"))
    (fault,) = checks.check_sums()
    assert fault.endswith("the parts add up to 33288.0, the nation is 33287.0")


def test_municipalities_that_do_not_add_up_are_a_fault(broken: BrokenData) -> None:
    broken.edit("tables/inegi-homicides-municipal.csv", "06007,2022,126", "06007,2022,127")
    assert list(checks.check_municipal_sums()) == [
        (
            "inegi-homicides-municipal 06 2022: the municipalities add up to 849, "
            "inegi-homicides has 848"
        )
    ]


def test_people_of_municipalities_that_do_not_add_up_are_a_fault(broken: BrokenData) -> None:
    name = "tables/conapo-population-municipal.csv"
    broken.edit(name, "06007,2022,197224", "06007,2022,197225")
    (fault,) = checks.check_municipal_sums()
    assert fault.startswith("conapo-population-municipal 06 2022: the municipalities add up to")


def test_a_municipality_without_a_shape_is_a_fault(broken: BrokenData) -> None:
    path = broken.data / "tables/inegi-homicides-municipal.csv"
    broken.write(
        "tables/inegi-homicides-municipal.csv",
        path.read_text(encoding="utf-8").replace("\n06010,", "\n06011,"),
    )
    assert list(checks.check_municipalities()) == [
        (
            "inegi-homicides-municipal: the municipality '06010' is not in both the table and the "
            "shapes"
        ),
        (
            "inegi-homicides-municipal: the municipality '06011' is not in both the table and the "
            "shapes"
        ),
    ]


def test_a_figure_other_than_the_published_one_is_a_fault(broken: BrokenData) -> None:
    broken.edit("golden.csv", ",06,2022,2022,848,", ",06,2022,2022,849,")
    (fault,) = checks.check_golden()
    assert fault.startswith(
        "homicides_inegi_per_100k numerator of 06, 2022 to 2022: expected 849 (INEGI"
    )


def test_a_figure_that_is_missing_is_a_fault(broken: BrokenData) -> None:
    broken.edit("tables/inegi-homicides.csv", COLIMA, COLIMA.replace("848,final", ",missing"))
    found = [fault for fault in checks.check_golden() if " of 06, 2022 " in fault]
    assert [fault.rpartition(" ")[2] for fault in found] == ["nan", "nan"]


def test_a_check_that_cannot_go_on_is_one_fault_and_the_others_follow(broken: BrokenData) -> None:
    (broken.data / paths.REGISTRY).unlink()
    (broken.shapes / "states.cpg").write_text("ISO-8859-1", encoding="ascii")
    paths.write_registry(broken.shapes)
    found = list(checks.faults())
    told = ("the list of file hashes is missing", "another text encoding")
    assert [sum(words in fault for fault in found) for words in told] == [1, 1]


def test_the_published_sum_over_several_periods_is_found() -> None:
    item = replace(
        GOLDEN,
        indicator="homicide_victims_sesnsp_per_100k",
        area_code="00",
        first="2022-01",
        last="2022-06",
    )
    assert checks.golden_value(item) == 15382


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, 848),
        ({"quantity": "numerator_of_states", "first": "2018", "last": "2018"}, 34582),
        (
            {
                "quantity": "states_at_level",
                "indicator": "advisory_level_us",
                "area_code": "4",
                "first": "2022-08-17",
            },
            6,
        ),
        (
            {
                "quantity": "measure opioid_deaths_12m_predicted_count",
                "indicator": "opioid_deaths_12m",
                "area_code": "US",
                "first": "2022-03",
            },
            73248,
        ),
    ],
)
def test_each_quantity_has_its_value(changes: dict[str, str], value: float) -> None:
    assert checks.golden_value(replace(GOLDEN, **changes)) == value  # type: ignore[arg-type]


def test_a_sum_of_values_over_several_periods_is_found() -> None:
    changes = {"indicator": "fentanyl_seized_lb", "quantity": "sum", "area_code": "US"}
    item = replace(GOLDEN, **changes, first="2021-10", last="2022-07")  # type: ignore[arg-type]
    assert round(checks.golden_value(item)) == 10543


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity": "sum", "first": "2027-01", "last": "2027-02"},
        {"quantity": "measure opioid_deaths_12m_predicted_count", "first": "2027-01"},
    ],
)
def test_a_figure_of_no_period_is_no_number(changes: dict[str, str]) -> None:
    item = replace(GOLDEN, indicator="opioid_deaths_12m", area_code="US", **changes)  # type: ignore[arg-type]
    assert math.isnan(checks.golden_value(item))


def test_an_unknown_quantity_is_refused() -> None:
    with pytest.raises(TableInvalid, match=r"^golden\.csv: unknown quantity 'median'$"):
        checks.golden_value(replace(GOLDEN, quantity="median"))


def written(folder: Path, *lines: str) -> Path:
    path = folder / checks.GOLDEN
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_a_golden_line_is_read(tmp_path: Path) -> None:
    (found,) = checks.read_golden(written(tmp_path, HEADER, LINE))
    assert (found.expected, found.decimals, found.publication) == (848.0, 0, "INEGI")


def test_a_list_without_a_golden_figure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match=r"^golden\.csv: no golden figure, so that nothing"):
        checks.read_golden(written(tmp_path, HEADER))


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (HEADER, LINE.replace("848", "many")),
        (HEADER, LINE.replace("848,0", "848,")),
        (HEADER, LINE + ",more"),
        (HEADER.replace("expected", "value"), LINE),
        (HEADER.replace("quantity", "what"), LINE),
    ],
    ids=["number", "decimals", "more", "expected", "column"],
)
def test_an_unreadable_golden_line_is_refused(tmp_path: Path, header: str, line: str) -> None:
    with pytest.raises(TableInvalid, match=r"golden\.csv line 2: unreadable golden figure \("):
        checks.read_golden(written(tmp_path, header, line))


def test_a_golden_figure_without_its_publication_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, LINE, LINE.replace(",INEGI,", ",,"))
    with pytest.raises(TableInvalid, match="line 3: a golden figure without its publication"):
        checks.read_golden(path)
