"""Two figures of the states: one moment, no pair that counts one thing, nine classes, words."""

from __future__ import annotations

import re
from datetime import date

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from geo_app import atlas, sheet
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest
from geo_app.indicators import indicator
from geo_app.periods import Cadence, parse, span
from geo_app.relations import bivariate, drawings, pairs, taken, words
from geo_app.relations.bivariate import ALL_CELLS, Cell
from geo_app.relations.moments import matching
from geo_app.relations.pairs import Relation, Shared
from geo_app.states import state_codes
from geo_app.text import words as language

HOMICIDES, INSECURITY = "homicides_inegi_per_100k", "insecurity_envipe_pct"
LEVELS, TWELVE = "advisory_level_us", "homicide_victims_sesnsp_12m_per_100k"
MONTH, PREVALENCE = "homicide_victims_sesnsp_per_100k", "crime_prevalence_envipe_per_100k"

YEARS = span(Cadence.YEAR, "2011", "2024")
MONTHS = span(Cadence.MONTH, "2015-01", "2025-09")


@pytest.fixture(scope="module")
def held() -> Atlas:
    return atlas.load()


def related(held: Atlas, first: str, period: str, second: str) -> Relation:
    found = pairs.relate(held, first, period, second)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("first", "periods", "expected"),
    [
        ("2022", YEARS, "2022"),
        ("2022", MONTHS, "2022-12"),
        ("2022-03", YEARS, "2022"),
        ("2022Q2", MONTHS, "2022-06"),
        ("2025", MONTHS, "2025-09"),
        ("2025", YEARS, None),
        ("2014", MONTHS, None),
        ("2025-10", MONTHS, None),
        ("2022-08-17", YEARS, "2022"),
        ("2022", [], None),
    ],
)
def test_the_second_period_holds_the_end_of_the_first_or_ends_in_it(
    first: str, periods: list[str], expected: str | None
) -> None:
    assert matching(first, periods) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [("2022", "2022-12-31"), ("2022-03", "2022-03-31"), ("2017", None), ("2026", None)],
)
def test_advice_has_the_level_of_the_last_day_if_that_day_was_read(
    first: str, expected: str | None
) -> None:
    issues = ["2018-01-10", "2022-08-17", "2026-05-29"]
    assert matching(first, issues, date(2026, 11, 23)) == expected


@given(st.sampled_from(MONTHS + YEARS), st.sampled_from([MONTHS, YEARS]))
def test_nothing_is_carried_from_another_time(first: str, periods: list[str]) -> None:
    found = matching(first, periods)
    if found is not None:
        one, other = parse(first), parse(found)
        assert one.start <= other.end
        assert other.start <= one.end


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (HOMICIDES, HOMICIDES, Shared.SAME),
        (MONTH, TWELVE, Shared.COUNTS),
        ("homicide_cases_sesnsp_per_100k", "homicide_cases_sesnsp_month_per_100k", Shared.COUNTS),
        ("homicide_cases_sesnsp_per_100k", TWELVE, Shared.COUNTS),
        ("peace_index_score", HOMICIDES, Shared.PART),
        (HOMICIDES, "peace_index_score", Shared.PART),
        (HOMICIDES, TWELVE, None),
        (HOMICIDES, INSECURITY, None),
        ("femicide_victims_sesnsp_per_100k", MONTH, None),
    ],
)
def test_two_indicators_of_one_count_are_no_two_measurements(
    first: str, second: str, expected: Shared | None
) -> None:
    assert pairs.shared_by(indicator(first), indicator(second)) is expected


def test_where_data_are_shared_no_coefficient_is_made(held: Atlas) -> None:
    found = related(held, MONTH, "2022-03", TWELVE)
    assert (found.rank, found.line, len(found.complete)) == (None, None, 32)
    assert words.result_lines(found, language("en")) == (language("en")("relations_shared_counts"),)


def test_the_coefficients_are_those_of_the_values_shown(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", INSECURITY)
    lists = [[side.values[c].value for c in state_codes()] for side in (found.first, found.second)]
    assert found.rank is not None
    assert found.line is not None
    assert found.rank.value == pytest.approx(scipy.stats.spearmanr(*lists).statistic)
    assert found.line.value == pytest.approx(scipy.stats.pearsonr(*lists).statistic)
    assert round(found.rank.value, 2) == 0.64
    assert not found.has_one_population


def test_a_level_has_an_order_and_no_straight_line(held: Atlas) -> None:
    found = related(held, LEVELS, "2022-08-17", HOMICIDES)
    assert found.second.period == "2022"
    assert found.line is None
    assert found.rank is not None
    assert found.rank.value == pytest.approx(0.652, abs=0.001)
    assert "no size" in words.result_lines(found, language("en"))[-1]


def test_a_year_beside_advice_takes_its_last_day_and_says_so(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", LEVELS)
    lines = words.moment_lines(found, language("en"))
    assert "31 December 2022" in lines[0]
    assert "one day" in lines[1]


def test_a_month_beside_a_year_says_that_they_differ(held: Atlas) -> None:
    lines = words.moment_lines(related(held, TWELVE, "2022-06", INSECURITY), language("es"))
    assert len(lines) == 2
    assert "abarca más tiempo" in lines[1]


def test_two_rates_over_the_same_people_are_said_to_be(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", TWELVE)
    say = language("en")
    assert found.has_one_population
    assert say("relations_limit_population") in words.limit_lines(found, say)


def test_cause_and_size_of_areas_are_always_spoken_of(held: Atlas) -> None:
    say = language("en")
    for second in (INSECURITY, TWELVE, HOMICIDES):
        lines = words.limit_lines(related(held, HOMICIDES, "2022", second), say)
        assert {say("relations_limit_cause"), say("relations_limit_areas")} <= set(lines)


def test_no_second_period_is_no_relation(held: Atlas) -> None:
    assert pairs.relate(held, INSECURITY, "2025", HOMICIDES) is None
    line = words.no_moment(INSECURITY, "2025", HOMICIDES, language("en"))
    assert "Nothing from another time" in line
    assert pairs.newest_of_both(held, INSECURITY, HOMICIDES) == "2024"


def test_states_without_a_value_are_listed_and_left_out(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", PREVALENCE)
    assert (len(found.complete), len(found.missing)) == (0, 32)
    assert found.rank is None
    assert bivariate.grid(found) is None
    lines = words.missing_lines(found, language("en"))
    assert len(lines) == 32
    assert lines[0] == "Aguascalientes: Victims of crime (ENVIPE), none held"
    assert drawings.scatter(found, language("en")).drawing == ""


def test_all_states_with_both_leave_no_list(held: Atlas) -> None:
    say = language("en")
    found = related(held, HOMICIDES, "2022", INSECURITY)
    assert words.missing_lines(found, say) == (say("relations_missing_none"),)


def test_what_has_no_states_is_refused(held: Atlas) -> None:
    with pytest.raises(BadRequest, match="insecurity_ensu_pct has no values for the states"):
        pairs.relate(held, "insecurity_ensu_pct", "2022Q2", HOMICIDES)


def test_as_known_before_the_first_release_no_state_has_a_figure() -> None:
    found = related(atlas.load("2020-01-01"), HOMICIDES, "2018", INSECURITY)
    assert found.complete == ()


def test_before_anything_was_known_no_moment_of_both_is_offered() -> None:
    assert pairs.newest_of_both(atlas.load("2015-01-01"), HOMICIDES, INSECURITY) is None


def test_what_has_no_value_is_told_by_its_status(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", PREVALENCE)
    assert words.value_text(found.second, found.second.values["06"], language("en")) == "none held"


def test_what_was_not_licensed_is_not_handed_out(held: Atlas) -> None:
    slugs = [item.slug for item in pairs.offered(held)]
    withheld = [slug for slug in slugs if not sheet.is_downloadable(indicator(slug))]
    for slug in withheld:
        assert not words.is_downloadable(related(held, slug, held.newest(slug), slug))
    assert words.is_downloadable(related(held, HOMICIDES, "2022", INSECURITY))


def test_only_indicators_of_states_are_offered(held: Atlas) -> None:
    slugs = {item.slug for item in pairs.offered(held)}
    assert HOMICIDES in slugs
    assert {"insecurity_ensu_pct", "opioid_deaths_12m", "fentanyl_seized_lb"} & slugs == set()


@pytest.mark.parametrize(
    ("first", "asked", "expected"),
    [
        (HOMICIDES, "", INSECURITY),
        (INSECURITY, "", HOMICIDES),
        (HOMICIDES, LEVELS, LEVELS),
        (HOMICIDES, "insecurity_ensu_pct", INSECURITY),
    ],
)
def test_the_second_figure_is_the_one_asked_for_or_one_that_fits(
    first: str, asked: str, expected: str
) -> None:
    assert pairs.second_slug(first, asked) == expected


def test_each_state_with_both_is_in_one_of_the_nine_classes(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", INSECURITY)
    grid = bivariate.grid(found)
    assert grid is not None
    assert sum(len(grid.of(cell)) for cell in ALL_CELLS) == 32
    assert grid.cells["06"] == Cell(2, 2)
    assert grid.cells["31"].sign == "A1"
    columns = [sum(cell.column == n for cell in grid.cells.values()) for n in range(3)]
    assert columns == [11, 10, 11]


def test_a_state_whose_interval_reaches_over_a_bound_is_starred(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", INSECURITY)
    grid = bivariate.grid(found)
    assert grid is not None
    for code in found.complete:
        value = found.first.values[code]
        crosses = any((value.low or 0) <= bound < (value.high or 0) for bound in grid.first_bounds)
        assert (code in grid.doubtful) == crosses
    table = words.cell_table(grid, found, language("en"))
    assert str(table.iloc[:, -1].tolist()).count("*") == len(grid.doubtful) > 0


def test_levels_are_cut_where_the_advice_turns(held: Atlas) -> None:
    found = related(held, LEVELS, "2022-08-17", HOMICIDES)
    grid = bivariate.grid(found)
    assert grid is not None
    columns = [sum(cell.column == n for cell in grid.cells.values()) for n in range(3)]
    assert columns == [19, 7, 6]
    assert words.class_names(found.first, grid.first_bounds, language("en"))[2] == "level 4"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_map_key_and_table_name_all_classes_with_their_bounds(held: Atlas, lang: str) -> None:
    found = related(held, HOMICIDES, "2022", INSECURITY)
    grid = bivariate.grid(found)
    assert grid is not None
    drawn, key = drawings.both(found, grid, language(lang))
    assert all(f">{cell.sign}<" in key.drawing for cell in ALL_CELLS)
    for form in (key.drawing, key.wide):
        told = " ".join(re.findall(r">([^<]+)</text>", form))
        assert "11.6" in told
        assert found.first.indicator.unit.in_(lang) in told
    assert len(words.cell_table(grid, found, language(lang))) == 9
    assert drawn.legend == ()


def test_a_state_without_both_has_the_pattern_and_a_line_in_the_legend() -> None:
    found = related(atlas.load(), "us_citizen_homicides_count", "2020", HOMICIDES)
    assert found.missing == ()
    hidden = Relation(
        found.first, found.second, found.complete[1:], found.complete[:1], None, None, None
    )
    grid = bivariate.grid(hidden)
    assert grid is not None
    drawn, _ = drawings.both(hidden, grid, language("en"))
    assert drawn.legend[0][1] == "Not both figures: 1"
    assert "01" not in grid.cells


def test_what_is_taken_along_has_both_figures_of_each_state_with_sources(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", INSECURITY)
    rows = taken.answers(held, found, language("en"))
    assert len(rows) == 2 * 33
    assert (rows["source"] != "").all()
    every = taken.every_answer(held, found, language("en"))
    assert len(every) > len(rows)
    assert list(every.columns) == list(rows.columns)


def test_the_classes_taken_along_carry_bounds_and_units(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", INSECURITY)
    grid = bivariate.grid(found)
    assert grid is not None
    rows = words.class_rows(found, grid, language("en"))
    colima = rows.set_index("area_code").loc["06"]
    assert colima["class"] == "C3"
    assert colima["first_value"] == pytest.approx(112.7, abs=0.05)
    assert colima["first_unit"] == "deaths per 100,000 inhabitants a year"
    assert colima["first_high_class_over"] == pytest.approx(grid.first_bounds[1])


def test_the_line_of_dates_has_unit_period_status_source_and_dates(held: Atlas) -> None:
    lines = words.dates_lines(related(held, HOMICIDES, "2022", LEVELS), language("en"))
    for part in ("inhabitants", "2022", "final (32)", "INEGI", "23 November 2026", "25."):
        assert part in lines[0]
    assert "published on 17 August 2022" in lines[1]
    assert "publication date not stated" in lines[0]


def test_whose_the_thin_lines_are_is_told_with_its_condition(held: Atlas) -> None:
    lines = words.interval_lines(related(held, HOMICIDES, "2024", INSECURITY), language("en"))
    assert "exact Poisson 95 %" in lines[0]
    assert "need not hold INEGI's figure" in lines[1]
    none = words.interval_lines(related(held, HOMICIDES, "2022", INSECURITY), language("en"))
    assert "no interval is held" in none[1]


def test_what_a_year_of_each_figure_means_is_told(held: Atlas) -> None:
    lines = words.method_lines(
        related(held, "peace_index_score", "2018", INSECURITY), language("en")
    )
    assert any("data are of the year before" in line for line in lines)
    assert any("the question was asked in March" in line for line in lines)


def test_a_table_row_a_state_in_the_order_of_names(held: Atlas) -> None:
    found = related(held, HOMICIDES, "2022", INSECURITY)
    table = words.table(found, bivariate.grid(found), language("en"))
    assert len(table) == 32
    assert table.iloc[0, 0] == "Aguascalientes"
    assert "Homicides (INEGI), 2022" in table.columns
