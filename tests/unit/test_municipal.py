"""The municipalities of a state: smoothed rates, the smallest population, the maps, the files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geo_app import atlas, municipalities
from geo_app.errors import AtlasError, BadRequest
from geo_app.export import ANSWER_COLUMNS
from geo_app.maps import small_part
from geo_app.maps.geometry import read_shapes
from geo_app.maps.outlines import outlines
from geo_app.maps.series import Counted, read_series
from geo_app.maps.small_part import PartArea, part_map
from geo_app.municipal import figures, rates, time_map, words
from geo_app.municipal.rates import LEVEL, MINIMUM_PEOPLE, state_rates
from geo_app.municipal.time_map import state_map
from geo_app.smoothing import empirical_bayes
from geo_app.states import state_codes
from geo_app.text import words as words_of

SLUG = "homicides_inegi_per_100k"
EN = words_of("en")


@pytest.fixture(scope="module")
def held() -> atlas.Atlas:
    return atlas.load()


def test_guanajuato_has_46_municipalities_and_all_of_its_deaths_of_2024_are_in_them(
    held: atlas.Atlas,
) -> None:
    found = state_rates(held, SLUG, "11", "2024")
    assert len(found.areas) == 46
    assert sum(item.raw.numerator or 0 for item in found.areas) == 4034
    assert held.value(SLUG, "11", "2024").numerator == 4034
    assert found.unplaced == 0


@pytest.mark.parametrize("code", state_codes())
def test_the_municipalities_and_those_of_no_known_one_are_the_state(
    held: atlas.Atlas, code: str
) -> None:
    found = state_rates(held, SLUG, code, "2022")
    placed = sum(item.raw.numerator or 0 for item in found.areas)
    assert found.unplaced is not None
    assert found.unplaced >= 0
    assert placed + found.unplaced == held.value(SLUG, code, "2022").numerator


def test_three_deaths_in_colima_in_2022_have_no_municipality_and_the_page_says_so(
    held: atlas.Atlas,
) -> None:
    found = state_rates(held, SLUG, "06", "2022")
    assert found.unplaced == 3
    assert any("3 deaths" in line for line in words.head_lines(found, EN))


def test_a_rate_leans_on_the_municipalities_of_its_own_state(held: atlas.Atlas) -> None:
    found = state_rates(held, SLUG, "31", "2022")
    counts = [item.raw.numerator for item in found.areas]
    people = [item.raw.denominator for item in found.areas]
    expected = empirical_bayes(counts, people)
    assert [item.rate for item in found.areas] == pytest.approx((expected.rates * 100_000).tolist())
    assert found.mean == pytest.approx(expected.mean * 100_000)
    # The country's rate of that year is above 20: far from every town of Yucatán.
    assert found.mean is not None
    assert found.mean < 3


def test_few_people_stand_in_no_order(held: atlas.Atlas) -> None:
    found = state_rates(held, SLUG, "20", "2024")
    assert len(found.ordered) + len(found.small) == len(found.areas) == 570
    people = {item.raw.area_code: item.raw.denominator or 0 for item in found.areas}
    assert all(people[item.raw.area_code] < MINIMUM_PEOPLE for item in found.small)
    assert all(people[item.raw.area_code] >= MINIMUM_PEOPLE for item in found.ordered)
    names = [item.name for item in found.small]
    assert names == sorted(names)


def test_the_order_is_that_of_the_lower_ends_and_names_no_place(held: atlas.Atlas) -> None:
    found = state_rates(held, SLUG, "11", "2024")
    lows = [item.raw.low or 0 for item in found.ordered]
    assert lows == sorted(lows, reverse=True)
    table = words.table(found.ordered, EN)
    assert not any("rank" in name.lower() or "place" in name.lower() for name in table.columns)
    assert found.ordered[0].name == "Salvatierra"


def test_municipalities_that_differ_no_more_than_by_chance_say_so(held: atlas.Atlas) -> None:
    by_year = [state_rates(held, SLUG, "03", str(year)) for year in range(1990, 2025)]
    alike = [item for item in by_year if item.is_alike]
    assert alike
    assert EN("municipal_alike") in words.smoothed_lines(alike[0], EN)
    together = [alike[0].mean] * len(alike[0].areas)
    assert [item.rate for item in alike[0].areas] == pytest.approx(together)


def test_what_was_created_later_is_named_with_its_parent() -> None:
    assert rates.created_later("02") == (("San Quintín", "Ensenada"), ("San Felipe", "Mexicali"))
    assert rates.created_later("11") == ()
    named = sum(len(rates.created_later(code)) for code in state_codes())
    assert named == len(municipalities.PARENTS)


def test_rows_of_two_states_are_not_smoothed_together(held: atlas.Atlas) -> None:
    rows = held.values(SLUG, level=LEVEL, period="2024")
    with pytest.raises(BadRequest, match="the municipalities of one state"):
        rates.smoothed(rows, SLUG)


def test_what_is_not_known_is_refused(held: atlas.Atlas) -> None:
    with pytest.raises(AtlasError, match="99"):
        state_rates(held, SLUG, "99", "2024")
    with pytest.raises(BadRequest, match="2025"):
        state_rates(held, SLUG, "11", "2025")
    with pytest.raises(BadRequest, match="not for municipality"):
        state_rates(held, "insecurity_envipe_pct", "11", "2024")


def test_the_file_has_every_year_with_its_source_and_its_smoothed_rate(held: atlas.Atlas) -> None:
    rows = words.file_rows(held, SLUG, "11", None, "en")
    assert len(rows) == 46 * 35
    assert list(rows.columns[: len(ANSWER_COLUMNS)]) == ANSWER_COLUMNS
    assert (rows["source"] == "inegi-homicides-municipal").all()
    one = words.file_rows(held, SLUG, "11", "2024", "en")
    both = rows[rows["period"] == "2024"].reset_index(drop=True)
    assert both.equals(one)
    page = state_rates(held, SLUG, "11", "2024")
    assert one["empirical_bayes_per_100k"].tolist() == [item.rate for item in page.areas]
    assert (one["under_minimum_population"] == "yes").sum() == len(page.small) == 3


# --------------------------------------------------------------------------------- map over time


def test_the_map_of_a_state_has_its_municipalities_and_their_figures_alone(
    held: atlas.Atlas,
) -> None:
    found = state_map(held, SLUG, "11", "en")
    series, packed = read_series(found.series), read_shapes(found.geometry)
    assert packed.codes == found.head.codes
    assert len(found.head.codes) == len(found.head.names) == 46
    assert set(packed.groups) == {"11"}
    assert found.head.title.endswith(": Guanajuato")
    assert isinstance(series.values, Counted)
    assert series.values.counts[:, -1].sum() == 4034
    assert len(found.head.steps) == 35


def test_few_people_carry_a_pattern_that_says_why(held: atlas.Atlas) -> None:
    found = state_map(held, SLUG, "11", "en")
    text, mark = found.head.statuses[-1]
    assert mark == "estimated"
    assert text == found.head.words.estimated
    assert "fewer than 10,000" in text
    statuses = read_series(found.series).statuses[:, -1]
    few = np.flatnonzero(statuses == len(found.head.statuses) - 1)
    page = state_rates(held, SLUG, "11", "2024")
    assert {found.head.codes[n] for n in few} == {item.raw.area_code for item in page.small}


def test_what_was_not_known_yet_is_missing_and_never_todays_figure() -> None:
    then = state_map(atlas.load("2020-01-01"), SLUG, "11", "en")
    assert not read_series(then.series).is_known.any()
    assert {step.note for step in then.head.steps} == {EN("note_none")}


def test_a_map_of_a_state_without_counts_is_refused(
    held: atlas.Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = time_map.time_map_data(held, SLUG, "en", level=LEVEL)
    bare = replace(whole, head=replace(whole.head, exposure=None))
    monkeypatch.setattr(time_map, "time_map_data", lambda *_, **__: bare)
    with pytest.raises(BadRequest, match="no counts over a population"):
        state_map(held, SLUG, "11", "en")


def test_islands_far_out_do_not_make_a_state_a_speck() -> None:
    colima = outlines("06")
    assert colima.has_far_islands
    west, _, east, _ = colima.areas.total_bounds
    assert east - west < 2
    assert not outlines("11").has_far_islands
    assert "23001" in outlines("23").areas.index  # Cozumel is an island, and a municipality


def test_no_municipality_is_lost_with_its_islands() -> None:
    assert sum(len(outlines(code).areas) for code in state_codes()) == municipalities.EDITION_COUNT


# ------------------------------------------------------------------------------------ small maps


def test_the_raw_map_has_stripes_for_few_people_and_the_smoothed_one_has_colours(
    held: atlas.Atlas,
) -> None:
    found = state_rates(held, SLUG, "11", "2024")
    raw, smooth, legend = figures.pair(found, "11007", EN)
    assert raw.drawing.count(f'fill="url(#{small_part.FEW})"') == 3
    assert f'fill="url(#{small_part.FEW})"' not in smooth.drawing
    assert raw.drawing.count('stroke-width="2.4"') == 1
    assert "few people" in raw.drawing
    assert legend.drawing == ""
    assert any("not coloured: 3" in text for _, text in legend.legend)


def test_a_municipality_without_a_look_is_hatched() -> None:
    drawing = part_map("01", {"01001": PartArea("#ff0000", "Aguascalientes")}, "label")
    assert drawing.count("url(#atlas-hatch)") == 10
    assert drawing.count("#ff0000") == 1


def test_a_map_of_no_state_is_refused() -> None:
    with pytest.raises(BadRequest, match="no municipalities of this state"):
        part_map("33", {}, "label")


@pytest.mark.parametrize("code", ["02", "03", "09", "20", "31"])
def test_a_map_of_a_state_is_no_higher_than_wide_views_allow(code: str) -> None:
    drawing = part_map(code, {}, "label")
    width, height = map(float, drawing.split('viewBox="0 0 ')[1].split('"')[0].split())
    assert max(width, height) == pytest.approx(small_part.WIDTH, abs=0.01)
