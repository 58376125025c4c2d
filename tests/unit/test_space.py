"""Neighbours, association, smoothed months and calendars, against esda called directly."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest

from geo_app import atlas
from geo_app.analysis import WEIGHTS
from geo_app.charts import moran_scatter
from geo_app.charts.calendar_grid import Grid, GridCell, break_sign, draw, mark_sign
from geo_app.charts.moran_scatter import MoranScatter, Spot
from geo_app.errors import BadRequest
from geo_app.smoothing import empirical_bayes
from geo_app.space import association, calendar, figures, smoothed, weights, words
from geo_app.space.association import Quadrant, Refused, associate
from geo_app.states import state_codes
from geo_app.text import words as words_of

INEGI, VICTIMS = "homicides_inegi_per_100k", "homicide_victims_sesnsp_per_100k"
CASES = "homicide_cases_sesnsp_month_per_100k"
EN = words_of("en")


@pytest.fixture(scope="module")
def held() -> atlas.Atlas:
    return atlas.load()


# ---------------------------------------------------------------------------------- neighbours


def test_states_with_a_common_border_are_neighbours() -> None:
    found = dict(zip(state_codes(), weights.neighbours(weights.QUEEN).lists, strict=True))
    assert found["01"] == ("14", "32")  # Aguascalientes: Jalisco and Zacatecas
    assert found["09"] == ("15", "17")  # Mexico City: México and Morelos
    assert found["22"] == ("11", "13", "15", "16", "24")  # Querétaro
    assert found["31"] == ("04", "23")  # Yucatán: Campeche and Quintana Roo


def test_a_border_is_common_to_both_its_sides() -> None:
    near = weights.neighbours(weights.QUEEN)
    of = dict(zip(near.codes, near.lists, strict=True))
    assert all(code in of[other] for code in of for other in of[code])
    assert sum(map(len, near.lists)) == 134


def test_the_nearest_five_are_five_others() -> None:
    near = weights.neighbours(weights.NEAREST)
    of = dict(zip(near.codes, near.lists, strict=True))
    assert {len(items) for items in near.lists} == {weights.NEAREST_COUNT}
    assert all(code not in items for code, items in of.items())
    assert set(of["31"]) >= {"04", "23", "27"}  # Yucatán


@pytest.mark.parametrize("kind", WEIGHTS)
def test_the_weights_of_a_state_add_up_to_one(kind: str) -> None:
    matrix = weights.neighbours(kind).matrix()
    assert matrix.sum(axis=1) == pytest.approx(np.ones(32))
    assert (np.diag(matrix) == 0).all()
    assert matrix == pytest.approx(weights.graph(kind).sparse.toarray())


def test_other_neighbours_are_refused() -> None:
    with pytest.raises(BadRequest, match="no neighbours are called 'rook'"):
        weights.neighbours("rook")


# ---------------------------------------------------------------------------------- association


@pytest.mark.parametrize("kind", WEIGHTS)
def test_the_overall_answer_is_that_of_esda(held: atlas.Atlas, kind: str) -> None:
    from esda import Moran, Moran_Rate

    areas = held.layer(INEGI, "2010").areas
    found = associate(held, INEGI, "2010", kind)
    for overall, make in (
        (found.overall, lambda: Moran(areas["value"], weights.graph(kind), permutations=9_999)),
        (
            found.standardised,
            lambda: Moran_Rate(
                areas["numerator"],
                areas["denominator"],
                weights.graph(kind),
                permutations=9_999,
            ),
        ),
    ):
        np.random.seed(association.SEED)  # noqa: NPY002 - the source that esda draws from
        other = make()
        assert overall is not None
        assert (overall.value, overall.expected) == pytest.approx((other.I, -1 / 31))
        assert overall.p_value == pytest.approx(min(1, 2 * other.p_sim))


@pytest.mark.filterwarnings("ignore:The alternative hypothesis:DeprecationWarning")
@pytest.mark.parametrize("kind", WEIGHTS)
def test_the_local_answers_are_those_of_esda(held: atlas.Atlas, kind: str) -> None:
    from esda import Moran_Local, fdr

    values = held.layer(INEGI, "2010").areas["value"].to_numpy()
    other = Moran_Local(values, weights.graph(kind), permutations=9_999, seed=association.SEED)
    found = associate(held, INEGI, "2010", kind)
    p_values = np.minimum(1, 2 * other.p_sim)
    assert [item.i_value for item in found.locals] == pytest.approx(other.Is)
    assert [item.p_value for item in found.locals] == pytest.approx(p_values)
    assert found.cutoff == pytest.approx(fdr(p_values, 0.05))
    told = [item.quadrant is not Quadrant.UNTOLD for item in found.locals]
    assert told == (p_values < found.cutoff).tolist()


def test_morans_i_is_the_mean_of_the_products_with_the_neighbours(held: atlas.Atlas) -> None:
    found = associate(held, INEGI, "2010")
    assert found.overall is not None
    products = [item.score * item.near for item in found.locals]
    assert found.overall.value == pytest.approx(np.mean(products))


def test_a_quadrant_says_on_which_side_of_the_mean_a_state_and_its_neighbours_are(
    held: atlas.Atlas,
) -> None:
    sides = {
        Quadrant.HIGH_HIGH: (True, True),
        Quadrant.LOW_LOW: (False, False),
        Quadrant.HIGH_LOW: (True, False),
        Quadrant.LOW_HIGH: (False, True),
    }
    found = associate(held, INEGI, "2010", weights.NEAREST)
    told = [item for item in found.locals if item.quadrant is not Quadrant.UNTOLD]
    assert {item.state_code for item in told} >= {"02", "26"}
    assert all((item.score > 0, item.near > 0) == sides[item.quadrant] for item in told)


def test_the_same_question_has_the_same_answer_and_leaves_numpys_source_alone(
    held: atlas.Atlas,
) -> None:
    np.random.seed(7)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(7)  # noqa: NPY002
    first = associate(held, INEGI, "2024")
    assert np.random.random() == expected  # noqa: NPY002
    assert associate(held, INEGI, "2024") == first


@pytest.mark.parametrize(
    ("slug", "period", "reason"),
    [
        ("advisory_level_us", "2022-08-17", Refused.LEVEL),
        ("insecurity_ensu_pct", "2024Q1", Refused.AREAS),
        ("us_citizen_homicides_count", "2019", Refused.COUNT),
        (CASES, "2025-06", Refused.MISSING),
    ],
)
def test_some_questions_are_refused_with_their_reason(
    held: atlas.Atlas, slug: str, period: str, reason: Refused
) -> None:
    found = associate(held, slug, period)
    assert (found.refused, found.overall, found.locals) == (reason, None, ())
    assert math.isnan(found.cutoff)
    assert words.refused_line(found, EN)
    assert words.overall_lines(found, EN) == ()


def test_equal_values_are_refused(held: atlas.Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = held.layer(INEGI, "2024")
    layer.areas["value"] = 1.0
    monkeypatch.setattr(atlas.Atlas, "layer", lambda *_: layer)
    assert associate(held, INEGI, "2024").refused is Refused.SAME


def test_the_words_say_what_the_numbers_say(held: atlas.Atlas) -> None:
    strong = associate(held, INEGI, "2010", weights.NEAREST)
    weak = associate(held, INEGI, "2024")
    assert words.overall_lines(strong, EN)[0].startswith("Yes: states with like values")
    assert words.overall_lines(weak, EN)[0].startswith("It cannot be told")
    assert "only 32 states" in words.overall_lines(weak, EN)[1]
    assert any("Baja California and Sonora" in line for line in words.class_lines(strong, EN))
    assert words.class_lines(weak, EN) == ("No state can be told from chance.",)
    table = words.local_table(strong, EN)
    assert len(table) == 32
    assert table.loc[table["State"] == "Mexico City", "Neighbours"].iloc[0].count(",") == 4


def test_the_file_of_the_states_keeps_source_and_statistics_together(held: atlas.Atlas) -> None:
    found = associate(held, INEGI, "2010", weights.NEAREST)
    rows = words.local_rows(found, held.layer(INEGI, "2010"), "en").set_index("area_code")
    assert rows.loc["02", "local_class"] == "high_high"
    assert rows.loc["02", "source"] == "inegi-homicides"
    assert rows.loc["02", "neighbours"] == "nearest"
    assert rows["p_value_two_sided"].between(0, 1).all()


def test_nobody_else_pays_for_the_import() -> None:
    code = (
        "import sys, geo_app.__main__, geo_app.ui.pages.space; "
        "sys.exit(any(name in sys.modules for name in ('esda', 'libpysal', 'sklearn')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ------------------------------------------------------------------------------- smoothed months


def test_a_month_is_smoothed_over_its_32_states(held: atlas.Atlas) -> None:
    found = smoothed.month(held, VICTIMS, "2022-03")
    areas = held.layer(VICTIMS, "2022-03").areas
    scale = areas["value"] / (areas["numerator"] / areas["denominator"])
    expected = empirical_bayes(areas["numerator"], areas["denominator"]).rates * scale
    assert [item.rate for item in found.states] == pytest.approx(expected.tolist())
    assert found.mean == pytest.approx(
        areas["numerator"].sum() / areas["denominator"].sum() * scale.iloc[0]
    )
    moves = (expected - areas["value"]).abs()
    assert found.largest == pytest.approx(moves.max())


@pytest.mark.parametrize(
    "slug", [INEGI, "homicide_victims_sesnsp_12m_per_100k", "insecurity_envipe_pct"]
)
def test_years_and_sums_of_months_are_not_smoothed(held: atlas.Atlas, slug: str) -> None:
    found = smoothed.month(held, slug, held.newest(slug))
    assert (found.states, found.mean, found.largest) == ((), None, None)
    assert words.smoothed_lines(found, EN) == (EN("space_smoothed_none"),)


def test_a_month_without_figures_has_no_smoothed_one_either(held: atlas.Atlas) -> None:
    found = smoothed.month(held, CASES, "2025-06")
    assert {item.rate for item in found.states} == {None}
    rows = words.smoothed_rows(found, held.layer(CASES, "2025-06"), "en")
    assert rows["empirical_bayes_per_100k"].isna().all()


# ------------------------------------------------------------------------------------- calendar


def test_a_year_of_months_has_all_states_and_only_the_months_that_are_held(
    held: atlas.Atlas,
) -> None:
    found = calendar.build(held, CASES, "2026-03")
    assert found is not None
    assert (found.rows, len(found.columns)) == (state_codes(), 12)
    assert set(found.values["column"]) == {"01", "02", "03"}
    assert found.breaks == (("", "01"),)


def test_a_state_has_a_row_a_year_and_its_breaks(held: atlas.Atlas) -> None:
    found = calendar.build(held, CASES, "2026-03", "11")
    assert found is not None
    assert found.rows[0] == "2015"
    assert set(found.values["area_code"]) == {"11"}
    assert ("2026", "01") in found.breaks
    table = words.calendar_table(found, EN)
    march = held.value(CASES, "11", "2022-03").value
    assert table.set_index("Year").loc["2022", "Mar"] == pytest.approx(march)
    assert table.set_index("Year").loc["2025"].isna().all()


def test_years_stand_beside_each_other(held: atlas.Atlas) -> None:
    found = calendar.build(held, INEGI, "2024", "11")
    assert found is not None
    assert (found.columns[0], found.columns[-1], len(found.values)) == ("1990", "2024", 32 * 35)


@pytest.mark.parametrize("slug", ["advisory_level_us", "insecurity_ensu_pct"])
def test_issues_and_cities_have_no_calendar(held: atlas.Atlas, slug: str) -> None:
    assert calendar.build(held, slug, held.newest(slug)) is None


def test_a_missing_month_is_hatched_and_never_a_colour(held: atlas.Atlas) -> None:
    found = calendar.build(held, CASES, "2025-06")
    assert found is not None
    figure = figures.calendar_figure(found, "2025-06", EN)
    assert figure.drawing.count('fill="url(#atlas-hatch)"') == 32 * 12
    assert "none held" in figure.drawing


def test_a_break_is_drawn_and_its_reason_told(held: atlas.Atlas) -> None:
    found = calendar.build(held, CASES, "2026-03")
    assert found is not None
    figure = figures.calendar_figure(found, "2026-03", EN)
    assert any(note.startswith("Change of method from January 2026") for note in figure.notes)
    assert any(text.startswith("change of method") for _, text in figure.legend)


def test_where_all_is_provisional_one_sentence_says_so(held: atlas.Atlas) -> None:
    found = calendar.build(held, VICTIMS, "2022-03")
    assert found is not None
    figure = figures.calendar_figure(found, "2022-03", EN)
    assert EN("space_calendar_all_marked") in figure.notes
    assert "<circle" not in figure.drawing


def grid(**changes: object) -> Grid:
    cells = ((GridCell("#ff0000", "a", is_marked=True), None), (GridCell("", "b"), None))
    fields = {"rows": ("x", "y"), "columns": ("1", "2"), "cells": cells, "breaks": (), "label": "l"}
    return Grid(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_cell_outside_of_what_is_held_is_left_empty_and_a_mark_is_a_disc() -> None:
    drawing = draw(grid())
    assert drawing.count("<rect") == 2
    assert drawing.count("<circle") == 1
    assert "<circle" in mark_sign()


def test_a_break_goes_down_all_rows_or_steps_round_one() -> None:
    assert draw(grid(breaks=((None, 1),))).count("<path") == draw(grid()).count("<path") + 2
    assert "H62" in draw(grid(breaks=((1, 1),)))
    assert "<path" in break_sign()


def test_the_scatter_draws_every_state_and_names_those_with_room() -> None:
    spots = tuple(
        Spot(own, near, f"S{n}", f"title {n}", "#ac5f12" if n == 0 else "")
        for n, (own, near) in enumerate([(2.0, 1.0), (-1.0, 0.5), (0.1, 0.1), (0.1, 0.1)])
    )
    found = MoranScatter(spots, 0.4, "own", "near", ("hh", "lh", "ll", "hl"), "label")
    drawing = moran_scatter.draw(found)
    assert drawing.count("<circle") == len(spots)
    assert ">S0</text>" in drawing
    assert "title 3" in drawing


def test_a_flat_slope_is_drawn_too() -> None:
    found = MoranScatter((Spot(1, 0.2, "A", "a", ""),), 0.0, "o", "n", ("", "", "", ""), "label")
    assert "stroke-dasharray" in moran_scatter.draw(found)
