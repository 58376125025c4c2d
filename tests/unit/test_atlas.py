"""The atlas: which areas and periods belong to a question, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from geo_app import atlas, paths
from geo_app.answers import Refusal
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest, ShapesInvalid, UnknownState
from geo_app.indicators import Status, catalogue, mapped
from geo_app.observations import COLUMNS
from geo_app.states import state_codes

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI = "homicides_inegi_per_100k"
MONTHLY = "homicide_victims_sesnsp_per_100k"
ROLLING = "homicide_victims_sesnsp_12m_per_100k"
VICTIMS = "crime_prevalence_envipe_per_100k"
CASES = "homicide_cases_sesnsp_per_100k"
ENVIPE, ENSU, LEVEL = "insecurity_envipe_pct", "insecurity_ensu_pct", "advisory_level_us"
STATE_SLUGS = [item.slug for item in catalogue() if item.geography == "state"]


@pytest.fixture
def here() -> Atlas:
    return atlas.load()


def test_the_indicators_are_the_catalogue(here: Atlas) -> None:
    assert here.indicators() == catalogue()


def test_a_day_of_knowledge_that_is_none_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"not a date: expected a date such .* got '31\.12\.2020'"):
        atlas.load("31.12.2020")


def test_values_are_the_whole_series_of_states_and_nation(here: Atlas) -> None:
    rows = here.values(INEGI)
    assert (len(rows), rows["period"].nunique(), rows.columns.tolist()) == (33 * 35, 35, COLUMNS)


def test_a_question_for_one_state_has_one_row_a_period(here: Atlas) -> None:
    rows = here.values(INEGI, area="06", period="2022")
    assert rows["area_code"].tolist() == ["06"]


@pytest.mark.parametrize(
    ("slug", "level", "area", "kinds"),
    [
        (INEGI, None, None, {"state", "nation"}),
        (INEGI, "state", None, {"state", "nation"}),
        (INEGI, "nation", None, {"nation"}),
        (ENSU, None, None, {"city"}),
        (ENSU, "city", None, {"city"}),
        (ENSU, "nation", None, {"nation"}),
        (ENSU, None, "00", {"nation"}),
        (ENSU, None, "25", {"city"}),
    ],
)
def test_a_level_is_the_indicators_own_unless_asked_for(
    here: Atlas, slug: str, level: str | None, area: str | None, kinds: set[str]
) -> None:
    assert set(here.values(slug, level=level, area=area)["area_kind"]) == kinds


def test_the_cities_of_a_state_are_those_that_touch_it(here: Atlas) -> None:
    rows = here.values(ENSU, area="10", period="2024Q1")
    assert "07" in set(rows["area_code"])


def test_an_unknown_level_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match="no level is called 'street': expected nation, state, "):
        here.values(INEGI, level="street")


@pytest.mark.parametrize(("slug", "level"), [(INEGI, "city"), (ENSU, "state")])
def test_a_level_without_values_is_refused(here: Atlas, slug: str, level: str) -> None:
    with pytest.raises(BadRequest, match=f"{slug} has values for .* and nation, not for {level}"):
        here.values(slug, level=level)


@pytest.mark.parametrize("period", ["2022Q2", "2022-03", "2022-08-17"])
def test_a_period_of_another_kind_is_refused(here: Atlas, period: str) -> None:
    with pytest.raises(BadRequest, match=f"'{period}' is not a period of {INEGI}: expected a year"):
        here.values(INEGI, period=period)


def test_a_text_that_is_no_period_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match=r"not a period: .* got 'last year'"):
        here.values(INEGI, period="last year")


def test_a_year_that_the_indicator_does_not_have_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match=f"^{INEGI} has 1990 to 2024, not 1985$"):
        here.values(INEGI, period="1985")


@pytest.mark.parametrize(
    ("level", "area", "period"),
    [("city", "25", "2014Q1"), ("city", "00", None), (None, "77", None)],
)
def test_a_question_without_any_row_is_refused(
    here: Atlas, level: str | None, area: str, period: str | None
) -> None:
    with pytest.raises(BadRequest, match=f"{ENSU} has nothing for city {area}.*; ask for another"):
        here.values(ENSU, level=level, area=area, period=period)


@pytest.mark.parametrize(
    ("slug", "first", "last", "count"),
    [
        (INEGI, "1990", "2024", 35),
        (ENVIPE, "2011", "2025", 15),
        (MONTHLY, "2015-01", "2025-09", 129),
        (ROLLING, "2015-12", "2025-09", 118),
        (ENSU, "2019Q1", "2025Q4", 28),
        (LEVEL, "2018-01-09", "2026-05-29", 21),
    ],
)
def test_the_periods_of_an_indicator(
    here: Atlas, slug: str, first: str, last: str, count: int
) -> None:
    found = here.periods(slug)
    assert (found[0], found[-1], len(found)) == (first, last, count)


def test_a_quarter_without_fieldwork_is_a_gap_and_not_an_absence(here: Atlas) -> None:
    assert "2020Q2" in here.periods(ENSU)


@pytest.mark.parametrize(
    ("slug", "newest"),
    [(INEGI, "2024"), (ENVIPE, "2025"), (ENSU, "2025Q4"), (LEVEL, "2026-05-29")],
)
def test_the_newest_period_is_the_last_with_a_value(here: Atlas, slug: str, newest: str) -> None:
    assert here.newest(slug) == newest


def test_where_nothing_was_known_the_newest_period_is_the_last() -> None:
    assert atlas.load("1989-01-01").newest(INEGI) == "2024"


@pytest.mark.parametrize(
    ("slug", "period"), [(slug, p) for slug in STATE_SLUGS for p in atlas.load().periods(slug)]
)
def test_a_layer_has_exactly_the_32_states_whatever_the_period(
    here: Atlas, slug: str, period: str
) -> None:
    assert tuple(here.layer(slug, period).areas.index) == state_codes()


@pytest.mark.parametrize("period", atlas.load().periods(ENSU))
def test_a_layer_of_cities_has_the_same_cities_whatever_the_period(
    here: Atlas, period: str
) -> None:
    expected = here.layer(ENSU, "2025Q4").areas.index
    assert here.layer(ENSU, period).areas.index.equals(expected)


@pytest.mark.parametrize("period", ["2018-01-09", "2019-07-04", "2026-07-01", "2026-11-23"])
def test_a_layer_of_advice_exists_for_any_day_up_to_the_last_reading(
    here: Atlas, period: str
) -> None:
    assert tuple(here.layer(LEVEL, period).areas.index) == state_codes()


def test_a_layer_of_advice_after_the_last_reading_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match=r"nothing is known of this day: .* got 2026-11-24"):
        here.layer(LEVEL, "2026-11-24")


@pytest.mark.parametrize(
    ("slug", "types"), [(INEGI, {"Polygon", "MultiPolygon"}), (ENSU, {"Point"})]
)
def test_a_layer_has_places_in_degrees(here: Atlas, slug: str, types: set[str]) -> None:
    areas = here.layer(slug, here.newest(slug)).areas
    assert (set(areas.geom_type.dropna()) <= types, areas.crs.to_epsg()) == (True, 4326)


def test_a_city_without_a_place_stays_in_the_layer(here: Atlas) -> None:
    areas = here.layer(ENSU, "2019Q1").areas
    assert areas[areas.geometry.isna()].index.tolist() == ["15", "16", "17", "18"]


def test_a_period_of_the_nation_only_is_no_layer(here: Atlas) -> None:
    with pytest.raises(BadRequest, match="has 2019Q1 to 2025Q4 for each city, not 2014Q1"):
        here.layer(ENSU, "2014Q1")


def test_an_unknown_indicator_is_no_layer(here: Atlas) -> None:
    with pytest.raises(BadRequest, match="no indicator is called 'murders'"):
        here.layer("murders", "2022")


@pytest.mark.parametrize("slug", [item.slug for item in mapped()])
def test_a_value_has_a_class_and_a_missing_one_has_none(here: Atlas, slug: str) -> None:
    areas = here.layer(slug, here.periods(slug)[0]).areas
    assert ((areas["class_index"] == -1) == areas["value"].isna()).all()


def test_the_nation_stands_beside_the_layer(here: Atlas) -> None:
    nation = here.layer(INEGI, "2022").nation
    assert nation is not None
    assert (nation.area_code, nation.numerator) == ("00", 33287)


def test_a_missing_figure_stays_missing_in_layer_and_series(
    broken: BrokenData, here: Atlas
) -> None:
    broken.edit(
        "tables/inegi-homicides.csv",
        "06,2022,deaths_count,848,final",
        "06,2022,deaths_count,,missing",
    )
    layer, series = here.layer(INEGI, "2022"), here.series(INEGI, "06")
    found = [layer.areas.loc["06", "value"], series.loc["2022", "value"]]
    assert (np.isnan(found).all(), layer.missing) == (True, ("06",))


def test_shapes_that_are_damaged_are_refused(broken: BrokenData, here: Atlas) -> None:
    (broken.shapes / "states.prj").write_text("", encoding="ascii")
    paths.write_registry(broken.shapes)
    with pytest.raises(ShapesInvalid, match=r"states\.prj: no coordinate reference system"):
        here.layer(INEGI, "2022")


def test_a_series_is_indexed_by_period_and_keeps_its_gaps(here: Atlas) -> None:
    series = here.series(ENSU, "00")
    assert (series.index.is_monotonic_increasing, series.loc["2020Q2", "status"]) == (
        True,
        "missing",
    )


def test_a_series_of_no_area_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match=f"^{INEGI} has no area '33'$"):
        here.series(INEGI, "33")


def test_one_number_is_a_record(here: Atlas) -> None:
    found = here.value(INEGI, "06", "2022")
    assert (found.numerator, found.denominator, found.status) == (848, 752247, Status.FINAL)


def test_one_number_of_no_area_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match=f"^{INEGI} has no area 'T1' in 2022$"):
        here.value(INEGI, "T1", "2022")


def test_a_rise_of_a_state_stands(here: Atlas) -> None:
    change = here.change(INEGI, "06", "2021", "2022")
    assert (change.refusal, change.direction, change.after.numerator) == (None, 1, 848)


@pytest.mark.parametrize(
    ("slug", "first", "last", "refusal"),
    [
        (ENVIPE, "2024", "2025", Refusal.NO_INTERVAL),
        (MONTHLY, "2022-02", "2022-03", Refusal.SEASON),
        (ROLLING, "2022-02", "2022-03", Refusal.OVERLAP),
        (LEVEL, "2018-01-09", "2022-08-17", Refusal.MISSING),
        (LEVEL, "2022-08-17", "2025-08-12", Refusal.NO_INTERVAL),
    ],
)
def test_what_does_not_compare_is_refused(
    here: Atlas, slug: str, first: str, last: str, refusal: Refusal
) -> None:
    assert here.change(slug, "06", first, last).refusal is refusal


def test_a_change_across_a_break_of_the_catalogue_is_refused_with_its_reason(
    broken: BrokenData, here: Atlas
) -> None:
    added = (
        '[[series_breaks]]\nperiod = "2022"\n'
        'reason = {en = "new certificate", es = "certificado nuevo"}\n\n[recipe]'
    )
    broken.edit(f"indicators/{INEGI}.toml", "[recipe]", added)
    change = here.change(INEGI, "06", "2021", "2022")
    assert change.series_break is not None
    assert (change.refusal, change.series_break.reason.en) == (Refusal.BREAK, "new certificate")


def test_a_change_of_no_area_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match=f"^{INEGI} has no area '33'$"):
        here.change(INEGI, "33", "2021", "2022")


def test_a_change_that_runs_backwards_is_refused(here: Atlas) -> None:
    with pytest.raises(BadRequest, match="from an earlier to a later period: got 2022 to 2021"):
        here.change(INEGI, "06", "2022", "2021")


def test_a_ranking_has_every_state_once_highest_first(here: Atlas) -> None:
    places = here.ranking(INEGI, "2022")
    assert (sorted(places.index), places["value"].is_monotonic_decreasing) == (
        list(state_codes()),
        True,
    )


def test_a_place_holds_the_point_of_the_state(here: Atlas) -> None:
    places = here.ranking(INEGI, "2022")
    point = np.arange(1, 33)
    assert ((places["place_first"] <= point) & (point <= places["place_last"])).all()


def test_states_without_a_value_have_no_place(broken: BrokenData, here: Atlas) -> None:
    broken.edit(
        "tables/inegi-homicides.csv",
        "06,2022,deaths_count,848,final",
        "06,2022,deaths_count,,missing",
    )
    places = here.ranking(INEGI, "2022")
    assert (len(places), "06" in places.index) == (31, False)


@pytest.mark.parametrize(("slug", "period"), [(ENVIPE, "2025"), (LEVEL, "2022-08-17")])
def test_without_an_interval_of_ours_nobody_has_a_place(
    here: Atlas, slug: str, period: str
) -> None:
    assert here.ranking(slug, period).empty


def test_a_profile_holds_one_figure_a_source(here: Atlas) -> None:
    found = [item.indicator for item in here.profile("06").findings]
    sources = [item.recipe.source for item in found]
    assert ([item.slug for item in found[:3]], len(set(sources))) == (
        [INEGI, ENVIPE, ROLLING],
        len(sources),
    )


def test_a_profile_tells_the_longest_window_whatever_the_order(
    broken: BrokenData, here: Atlas
) -> None:
    broken.edit(f"indicators/{MONTHLY}.toml", "order = 40", "order = 55")
    found = [item.indicator.slug for item in here.profile("06").findings]
    assert found[:3] == [INEGI, ENVIPE, ROLLING]


def test_a_profile_is_read_with_the_nation_beside_it(here: Atlas) -> None:
    nations = [item.nation for item in here.profile("06").findings]
    assert {nation.area_code for nation in nations if nation} == {"00"}
    assert None not in nations


def test_a_profile_has_a_place_only_where_an_interval_allows_it(here: Atlas) -> None:
    found = here.profile("06").findings
    places = {item.indicator.slug for item in found if item.place is not None}
    intervals = {i.slug for i in (f.indicator for f in found) if i.recipe.interval}
    assert {INEGI, ROLLING} <= places == intervals


def test_the_profile_of_no_state_is_refused(here: Atlas) -> None:
    with pytest.raises(UnknownState, match=r"no such state code: .* got '33'"):
        here.profile("33")


def test_an_atlas_of_a_day_tells_the_advice_of_that_day() -> None:
    found = atlas.load("2022-08-20").profile("05").advice
    assert (str(found.issued), found.level) == ("2022-08-17", 2)


def test_an_atlas_of_a_day_after_the_last_reading_tells_the_last_reading() -> None:
    assert str(atlas.load("2030-01-01").profile("05").advice.issued) == "2026-05-29"


def test_an_atlas_of_a_day_before_all_readings_has_no_figure() -> None:
    findings = atlas.load("2020-01-01").profile("06").findings
    told = {
        (item.value.value, item.place, item.change.refusal if item.change else None)
        for item in findings
    }
    # Editions with a method of their own are not compared whether they were known or not.
    assert told == {(None, None, Refusal.MISSING), (None, None, Refusal.BREAK)}


def test_a_day_after_the_one_of_knowledge_has_no_level() -> None:
    layer = atlas.load("2020-01-01").layer(LEVEL, "2025-09-01")
    assert (len(layer.missing), layer.nation and layer.nation.status) == (32, Status.MISSING)


def test_a_day_before_the_one_of_knowledge_keeps_its_levels() -> None:
    past = atlas.load("2022-12-31").layer(LEVEL, "2022-09-01").areas["value"]
    pd.testing.assert_series_equal(past, atlas.load().layer(LEVEL, "2022-09-01").areas["value"])


def test_months_of_a_register_that_still_changes_are_not_compared(here: Atlas) -> None:
    found = here.change("disappeared_per_100k", "06", "2023-12", "2024-12")
    assert (found.refusal, found.direction, found.p_value) == (Refusal.LIVING, 0, None)


def test_a_period_that_is_covered_whole_goes_before_a_part_of_one(here: Atlas) -> None:
    """US citizens killed: 2021 ends in June, 2020 is whole."""
    assert here.newest("us_citizen_homicides_count") == "2020"
