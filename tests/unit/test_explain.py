"""Where a number comes from: the rows as they stand in the tables, the dates, the file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from geo_app import atlas, paths
from geo_app.indicators import indicator
from geo_app.state_sheet import explain
from geo_app.state_sheet.explain import COLUMNS, Explanation, Subject
from geo_app.text import words

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

EN = words("en")
INEGI, FILES = "homicides_inegi_per_100k", "homicide_victims_sesnsp_12m_per_100k"


def explained(slug: str, period: str, code: str = "06") -> Explanation:
    found = atlas.load()
    subject = Subject(indicator(slug), found.value(slug, code, period), (code,))
    return explain.explain(subject, found.revisions(slug), EN)


def test_the_rows_are_those_of_the_table_and_of_the_population() -> None:
    rows = explained(INEGI, "2022").rows
    assert rows["measure"].tolist() == ["deaths_count", "population_count"]
    assert rows["value"].tolist()[0] == 848
    line = (paths.data_dir() / "tables/inegi-homicides.csv").read_text(encoding="utf-8")
    assert "\n06,2022,deaths_count,848,final," in line
    assert rows["file"].tolist()[0] == "data/tables/inegi-homicides.csv"


def test_a_window_rests_on_each_of_its_months() -> None:
    rows = explained(FILES, "2024-06").rows
    months = rows[rows["measure"] != "population_count"]["period"].tolist()
    assert (months[0], months[-1], len(months)) == ("2023-07", "2024-06", 12)


def test_the_rows_give_the_number() -> None:
    value = atlas.load().value(FILES, "06", "2024-06")
    rows = explained(FILES, "2024-06").rows
    assert rows[rows["measure"] != "population_count"]["value"].sum() == value.numerator
    people = rows[rows["measure"] == "population_count"]["value"]
    assert value.denominator is not None
    assert people.min() <= value.denominator <= people.max()


def test_a_number_has_unit_period_status_release_and_its_days() -> None:
    told = {fact.name: fact.text for fact in explained(INEGI, "2022").facts}
    assert told["Unit"] == "deaths per 100,000 inhabitants a year"
    assert (told["Period"], told["Status"]) == ("2022", "final")
    assert told["Published"] == "not stated"
    assert told["Release"] == "INEGI 1990-2024"
    assert told["Read on"]


def test_the_file_holds_the_rows_with_their_dates() -> None:
    found = explained(INEGI, "2022")
    lines = list(csv.DictReader(io.StringIO(found.csv)))
    assert tuple(lines[0]) == COLUMNS
    assert (lines[0]["value"], lines[0]["published"]) == ("848", "")
    assert found.file_name == "homicides_inegi_per_100k_06_2022_rows.csv"


def test_the_periods_of_a_drawing_are_in_the_file_and_not_among_the_rows() -> None:
    found = atlas.load()
    value = found.value(INEGI, "06", "2022")
    subject = Subject(indicator(INEGI), value, ("06",), ("2021", "2022"))
    told = explain.explain(subject, found.revisions(INEGI), EN)
    assert set(told.rows["period"]) == {"2022"}
    assert {line["period"] for line in csv.DictReader(io.StringIO(told.csv))} == {"2021", "2022"}


def test_how_figures_move_is_told_where_releases_overlap_and_else_that_it_is_not_known() -> None:
    assert len(explained("homicide_victims_sesnsp_per_100k", "2024-06").revisions) > 1
    assert explained(INEGI, "2022").revisions == (EN("explain_no_revisions"),)


def test_what_was_revised_stands_as_the_newest_release_gives_it(revised: BrokenData) -> None:
    rows = explained(INEGI, "2022").rows
    assert revised.data.is_dir()
    assert rows[rows["measure"] == "deaths_count"]["value"].tolist() == [848]


def test_no_file_is_handed_out_under_a_licence_that_was_not_seen() -> None:
    found = explained("peace_index_score", "2018")
    is_open = not any("not seen" in note.license for note in found.sources)
    assert bool(found.csv) is is_open
    assert len(found.rows) == 1
