"""Homicides by municipality: the same questions as for states, from tables of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo_app import atlas, export, municipalities, observations, shapes
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import Geography, indicator
from geo_app.statistics import poisson_interval

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI, LEVEL = "homicides_inegi_per_100k", "municipality"
MANZANILLO = "06007"
DEATHS = "tables/inegi-homicides-municipal.csv"
PEOPLE = "tables/conapo-population-municipal.csv"


@cache
def shipped() -> pd.DataFrame:
    return observations.observe(INEGI, None, LEVEL)


def one(rows: pd.DataFrame, code: str, period: str) -> pd.Series:
    (found,) = (
        row for _, row in rows[rows["area_code"] == code].iterrows() if row.period == period
    )
    return found


def test_every_municipality_has_every_year() -> None:
    counts = shipped().groupby("period").size()
    assert (set(counts), len(counts)) == ({municipalities.EDITION_COUNT}, 35)


def test_no_nation_and_no_unknown_place_stand_beside_municipalities() -> None:
    assert set(shipped()["area_kind"]) == {LEVEL}


def test_a_rate_is_deaths_over_people_of_the_same_year() -> None:
    found = one(shipped(), MANZANILLO, "2022")
    assert found["value"] == pytest.approx(126 / 197224 * 100_000, rel=1e-12)


def test_an_interval_is_the_exact_one_of_the_count() -> None:
    found = one(shipped(), MANZANILLO, "2022")
    ends = [float(end[0]) / 197224 * 100_000 for end in poisson_interval([126])]
    assert [found["low"], found["high"]] == pytest.approx(ends, rel=1e-12)


def test_no_death_is_zero_with_an_interval_above_it() -> None:
    rows = shipped()
    zero = rows[rows["numerator"] == 0]
    assert (set(zero["value"]), set(zero["low"]), bool((zero["high"] > 0).all())) == (
        {0.0},
        {0.0},
        True,
    )


def test_the_sources_are_those_of_the_level() -> None:
    assert set(shipped()["source"]) == {"inegi-homicides-municipal"}


@pytest.mark.parametrize("people", [",missing", "0,estimated"])
def test_a_municipality_without_population_has_no_value_and_says_so(
    broken: BrokenData, people: str
) -> None:
    broken.edit(PEOPLE, "06007,2022,197224,estimated", f"06007,2022,{people}")
    found = one(observations.observe(INEGI, None, LEVEL), MANZANILLO, "2022")
    told = found[["value", "low", "high", "denominator"]].isna().all()
    assert (told, found["status"], found["interval"], found["numerator"]) == (
        True,
        "missing",
        "",
        126,
    )


def test_a_municipality_without_a_count_has_no_value_and_says_so(broken: BrokenData) -> None:
    text = (broken.data / DEATHS).read_text(encoding="utf-8")
    head, table = text.split("municipality_code", 1)
    rows = [f"{line},final" for line in table.splitlines()]
    rows[0] = rows[0].replace("final", "status")
    whole = "\n".join(["municipality_code" + rows[0], *rows[1:], ""])
    whole = whole.replace("06007,2022,126,final", "06007,2022,,missing")
    broken.write(DEATHS, head.replace("# status: final\n", "") + whole)
    found = one(observations.observe(INEGI, None, LEVEL), MANZANILLO, "2022")
    assert (found[["value", "numerator"]].isna().all(), found["status"]) == (True, "missing")


def test_a_year_without_any_population_is_refused_and_not_lost(broken: BrokenData) -> None:
    text = (broken.data / PEOPLE).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line[6:10].isdigit() or line[6:10] < "2024"]
    broken.write(PEOPLE, "\n".join([*kept, ""]))
    with pytest.raises(TableInvalid, match="conapo-population-municipal: no population of area"):
        observations.observe(INEGI, None, LEVEL)


def test_what_no_release_held_on_a_day_is_missing() -> None:
    rows = observations.observe(INEGI, "2020-01-01", LEVEL)
    assert (set(rows["status"]), rows["value"].isna().all()) == ({"missing"}, True)


def test_a_state_is_the_whole_of_its_municipalities() -> None:
    rows = atlas.load().values(INEGI, level=LEVEL, period="2022", area="06")
    assert rows["area_code"].tolist() == [f"060{number:02d}" for number in range(1, 11)]


def test_a_municipality_is_asked_for_by_its_code() -> None:
    rows = atlas.load().values(INEGI, level=LEVEL, area=MANZANILLO)
    assert (set(rows["area_code"]), len(rows)) == ({MANZANILLO}, 35)


def test_the_nation_is_not_a_municipality() -> None:
    with pytest.raises(BadRequest, match=f"{INEGI} has nothing for municipality 00"):
        atlas.load().values(INEGI, level=LEVEL, area="00")


def test_the_nation_is_asked_for_by_its_level() -> None:
    rows = atlas.load().values(INEGI, level="nation", period="2022")
    assert rows[["area_code", "numerator"]].to_numpy().tolist() == [["00", 33287.0]]


def test_a_listing_without_a_level_holds_no_municipality() -> None:
    assert set(atlas.load().values(INEGI)["area_kind"]) == {"nation", "state"}


def test_an_indicator_without_municipalities_refuses_them() -> None:
    with pytest.raises(BadRequest, match="insecurity_envipe_pct has no values for each munici"):
        atlas.load().layer("insecurity_envipe_pct", "2022", LEVEL)


def test_periods_and_the_newest_are_those_of_the_level() -> None:
    here = atlas.load()
    assert (here.periods(INEGI, LEVEL)[0], here.newest(INEGI, LEVEL)) == ("1990", "2024")


def test_a_layer_has_every_municipality_with_its_polygon() -> None:
    areas = atlas.load().layer(INEGI, "2022", LEVEL).areas
    assert (areas.index.tolist(), set(areas.geom_type)) == (
        list(shapes.load_municipality_names()),
        {"Polygon", "MultiPolygon"},
    )


def test_a_layer_carries_the_indicator_of_its_level() -> None:
    layer = atlas.load().layer(INEGI, "2022", LEVEL)
    assert (layer.indicator.geography, layer.nation, layer.areas.index.name) == (
        Geography.MUNICIPALITY,
        None,
        "municipality_code",
    )


def test_the_layers_are_those_of_every_year() -> None:
    here = atlas.load()
    assert tuple(item.period for item in here.layers(INEGI, LEVEL)) == here.periods(INEGI, LEVEL)


def test_a_layer_of_a_year_that_is_not_held_is_refused() -> None:
    with pytest.raises(BadRequest, match="has 1990 to 2024, not 1985"):
        atlas.load().layer(INEGI, "1985", LEVEL)


def test_a_layer_within_a_state_has_its_municipalities_alone() -> None:
    areas = atlas.load().layer(INEGI, "2022", LEVEL).within("09").areas
    assert (len(areas), {code[:2] for code in areas.index}) == (16, {"09"})


def test_a_series_of_a_municipality_is_its_years() -> None:
    series = atlas.load().series(INEGI, MANZANILLO, LEVEL)
    assert (len(series), series.loc["2022", "numerator"]) == (35, 126)


def test_one_number_of_a_municipality_is_that_of_the_layer() -> None:
    here = atlas.load()
    layer = here.layer(INEGI, "2022", LEVEL).areas
    assert here.value(INEGI, MANZANILLO, "2022", LEVEL).value == layer.loc[MANZANILLO, "value"]


def test_a_change_stands_only_beside_those_of_all_municipalities() -> None:
    found = atlas.load().change(INEGI, MANZANILLO, "2021", "2022", LEVEL)
    assert (found.p_value is not None and found.p_value < 0.001, found.stands) == (True, False)


def test_an_answer_names_the_municipality() -> None:
    rows = export.answer(atlas.load().values(INEGI, level=LEVEL, period="2022", area="06"), INEGI)
    assert rows["area_name"].iloc[6] == "Manzanillo"


def test_the_recipe_of_a_level_inherits_what_a_value_is() -> None:
    own, level = (indicator(INEGI).at(name).recipe for name in ("state", LEVEL))
    assert (level.interval, level.window_months, level.source) == (
        own.interval,
        own.window_months,
        "inegi-homicides-municipal",
    )
