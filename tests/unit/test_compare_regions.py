"""Regions: what they are made of, how their rate is made, and that no hostile code is one."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import observations, statistics
from geo_app.atlas import load
from geo_app.compare import regions, sums
from geo_app.compare.choice import Area, Unfolding, choose, every_state
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import Geography, indicator
from geo_app.states import state_codes

RATE, SHARE, LEVEL = "homicides_inegi_per_100k", "insecurity_envipe_pct", "advisory_level_us"
CITIES, WINDOW = "insecurity_ensu_pct", "homicide_victims_sesnsp_12m_per_100k"
BORDER = ("02", "05", "08", "19", "26", "28")
PEOPLE = {"interval", "value", "low", "high", "numerator", "denominator", "status"}

HEAD = ",".join(regions.COLUMNS)


def region_of(codes: list[str], slug: str = RATE) -> list[dict[str, object]]:
    rows = observations.observe(slug)
    mine = rows[(rows["area_kind"] == "state") & rows["area_code"].isin(codes)]
    made = sums.region_rows(mine, regions.sum_code(codes), indicator(slug))
    return made.to_dict("records")  # type: ignore[return-value]


def test_the_border_states_are_the_six_that_touch_the_united_states() -> None:
    assert regions.region("border").members == BORDER


def test_the_states_at_level_four_in_august_2022_are_those_of_the_contract() -> None:
    found = regions.region("level-4@2022-08-17")
    assert found.members == ("06", "12", "16", "25", "28", "32")
    assert (found.level, found.day) == (4, date(2022, 8, 17))
    assert [item.state_code for item in found.advice] == list(found.members)


def test_of_a_later_day_no_level_was_known() -> None:
    assert regions.region("level-4@2022-08-17", "2022-08-16").members == ()
    assert regions.region("level-4@2022-08-17", "2022-08-17").members != ()


def test_the_rate_of_the_border_states_in_2022_is_their_deaths_over_their_people() -> None:
    rows = [load().value(RATE, code, "2022") for code in BORDER]
    deaths, people = (
        sum(getattr(row, name) for row in rows) for name in ("numerator", "denominator")
    )
    low, high = statistics.poisson_interval([deaths])
    made = next(row for row in region_of(list(BORDER)) if row["period"] == "2022")
    assert (made["numerator"], made["denominator"]) == (deaths, people)
    assert made["value"] == pytest.approx(100_000 * deaths / people)
    assert (made["low"], made["high"]) == pytest.approx(
        (100_000 * low[0] / people, 100_000 * high[0] / people)
    )
    # Added up by hand, line by line, from the tables of INEGI and CONAPO.
    assert deaths == 2881 + 159 + 2141 + 1410 + 1742 + 450 == 8783
    assert people == 3948201 + 3273658 + 3898274 + 6095498 + 3051188 + 3652671
    assert round(float(str(made["value"])), 2) == 36.72
    assert (made["area_kind"], made["area_code"]) == ("region", "sum:02.05.08.19.26.28")


@pytest.mark.parametrize("slug", [RATE, WINDOW, "homicide_cases_sesnsp_per_100k"])
@given(code=st.sampled_from(state_codes()))
def test_a_region_of_one_state_is_that_state(slug: str, code: str) -> None:
    rows = observations.observe(slug)
    own = rows[(rows["area_kind"] == "state") & (rows["area_code"] == code)].to_dict("records")
    for made, one in zip(region_of([code], slug), own, strict=True):
        for name in PEOPLE:
            same = made[name] == one[name] or (made[name] != made[name] and one[name] != one[name])
            assert same or math.isclose(made[name], one[name], rel_tol=1e-9), (name, made, one)


@given(groups=st.lists(st.integers(0, 4), min_size=32, max_size=32))
def test_the_regions_of_a_partition_count_what_the_states_count(groups: list[int]) -> None:
    rows = observations.observe(RATE)
    states = rows[(rows["area_kind"] == "state") & (rows["period"] == "2022")]
    total = dict.fromkeys(("numerator", "denominator"), 0.0)
    for number in set(groups):
        codes = [c for c, group in zip(state_codes(), groups, strict=True) if group == number]
        made = next(row for row in region_of(codes) if row["period"] == "2022")
        for name in total:
            total[name] += float(made[name])  # type: ignore[arg-type]
    assert total["numerator"] == states["numerator"].sum()
    assert total["denominator"] == pytest.approx(states["denominator"].sum())


def test_a_state_without_a_count_leaves_the_region_without_one() -> None:
    rows = observations.observe(RATE)
    mine = rows[(rows["area_kind"] == "state") & rows["area_code"].isin(["01", "02"])].copy()
    mine.loc[(mine["area_code"] == "02") & (mine["period"] == "2020"), "numerator"] = math.nan
    made = sums.region_rows(mine, "sum:01.02", indicator(RATE)).set_index("period")
    assert math.isnan(made.loc["2020", "value"])
    assert math.isnan(made.loc["2020", "low"])
    assert made.loc["2020", "interval"] == ""
    assert made.loc["2021", "value"] > 0


def test_a_part_of_a_period_has_no_rate_and_says_so() -> None:
    made = region_of(["01", "02"], "homicide_cases_sesnsp_per_100k")[-1]
    assert (made["period"], made["status"]) == ("2026", "partial")
    assert math.isnan(made["value"])
    assert made["numerator"] > 0


@pytest.mark.parametrize("slug", [SHARE, LEVEL, CITIES, "crime_prevalence_envipe_per_100k"])
def test_what_is_made_of_no_counts_is_never_summed(slug: str) -> None:
    assert not sums.can_sum(indicator(slug))
    with pytest.raises(BadRequest, match="cannot be summed over states"):
        sums.region_rows(observations.observe(slug), "border", indicator(slug))


def test_a_region_is_one_line_of_a_rate_and_its_states_of_a_share() -> None:
    one = choose(["border", "01"], indicator(RATE))
    assert [(item.kind, item.code) for item in one.areas] == [("region", "border"), ("state", "01")]
    assert one.unfolded == ()
    parts = choose(["border", "02"], indicator(SHARE))
    assert parts.areas == tuple(Area("state", code) for code in BORDER)
    assert parts.unfolded == (("border", Unfolding.NO_COUNTS),)


def test_a_state_is_its_cities_where_the_survey_asks_in_cities() -> None:
    found = choose(["02", "city:21"], indicator(CITIES))
    assert {item.kind for item in found.areas} == {"city"}
    assert [item.code for item in found.areas] == ["02", "03", "21"]
    assert found.unfolded == (("02", Unfolding.CITIES),)


def test_a_city_is_left_out_where_the_source_has_states_only() -> None:
    found = choose(["city:02", "02"], indicator(RATE))
    assert (found.areas, found.left_out) == ((Area("state", "02"),), ("city:02",))


def test_a_level_that_no_state_had_is_no_line() -> None:
    found = choose(["level-4@2017-06-01"], indicator(RATE))
    assert (found.areas, found.left_out) == ((), ("level-4@2017-06-01",))
    assert found.regions[0].members == ()


def test_every_state_stands_once() -> None:
    assert [item.code for item in every_state()] == list(state_codes())


@pytest.mark.parametrize(
    "code",
    [
        "01",
        "32",
        "city:21",
        "city:T1",
        "border",
        "bajio",
        "pacific",
        "sum:02.08.26",
        "sum:09",
        "level-1@2018-01-10",
        "level-4@2022-08-17",
    ],
)
def test_a_code_of_an_area_is_one(code: str) -> None:
    assert regions.is_area(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "00",
        "33",
        "99",
        "1",
        "\u0660\u0661",
        "city:",
        "city:00",
        "city:<b>",
        "sum:",
        "sum:02,08",
        "sum:33",
        "sum:02.02",
        "sum:08.02",
        "sum:02.",
        "sum:\u0660\u0662",
        "level-5@2022-08-17",
        "level-4@2022-13-45",
        "level-4@2999-01-01",
        "level-4",
        "level-4@2022-08-17 ",
        "BORDER",
        "border\n",
        "__class__",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "' OR 1=1 --",
        "sum:" + "01." * 5000,
    ],
)
def test_no_other_text_is_an_area(code: str) -> None:
    assert not regions.is_area(code)


@given(st.text(max_size=40))
def test_any_text_is_an_area_or_none_and_never_an_error(text: str) -> None:
    assert regions.is_area(text) in {True, False}


@given(st.sets(st.sampled_from(state_codes()), min_size=1))
def test_states_of_ones_own_are_read_as_they_were_written(codes: set[str]) -> None:
    code = regions.sum_code(list(codes))
    assert regions.is_area(code)
    assert "," not in code
    assert regions.region(code).members == tuple(sorted(codes))


def test_a_level_on_a_day_is_read_as_it_was_written() -> None:
    assert regions.is_area(regions.level_code(4, date(2022, 8, 17)))


def test_an_unknown_region_is_refused_with_the_forms_that_there_are() -> None:
    with pytest.raises(BadRequest, match=r"no such region: expected bajio, border, pacific"):
        regions.region("atlantis")


def test_a_sum_out_of_order_is_refused() -> None:
    with pytest.raises(BadRequest, match="each once and in their order"):
        regions.region("sum:08.02")


def listed(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "regions.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "line",
    ["a1,A,A,01,d,d", "aa,A,A,33,d,d", "aa,A,A,02|01,d,d", "aa,A,A,01|01,d,d", "aa,,A,01,d,d"],
)
def test_a_bad_line_of_the_list_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(TableInvalid, match=r"regions.csv line 2: an empty cell, a code that is"):
        regions.read(listed(tmp_path, line))


def test_a_region_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match="stands twice, or the list is not sorted"):
        regions.read(listed(tmp_path, "aa,A,A,01,d,d", "aa,B,B,02,d,d"))


def test_a_list_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match="wrong columns"):
        regions.read(listed(tmp_path, head="region_code"))


def test_each_named_region_says_how_it_is_told() -> None:
    for item in regions.named():
        assert item.name is not None
        assert item.definition is not None
        assert all((item.definition.en, item.definition.es, item.name.en, item.name.es))
    assert indicator(RATE).geography is Geography.STATE
