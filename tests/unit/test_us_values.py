"""Figures of the United States and of Mexico alone: questions, sums, refusals, no map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo_app import (
    atlas,
    comparisons,
    export,
    indicators,
    map_files,
    observations,
    rates,
    tables,
)
from geo_app.answers import Refusal, value_of
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import indicator
from geo_app.maps import artefacts, figure, gathering
from geo_app.ui.choices import AtlasChoices

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

OPIOIDS, FENTANYL = "opioid_deaths_12m", "fentanyl_seized_lb"
CORRUPTION, PEACE = "corruption_perceptions_score", "peace_index_score"
UNMAPPED = [OPIOIDS, FENTANYL, CORRUPTION]
HERE = atlas.load()


def asked(slug: str, **question: str) -> pd.DataFrame:
    return export.answer(HERE.values(slug, **question), slug, "en").set_index("area_code")


def test_a_listing_of_us_states_carries_the_united_states_along() -> None:
    found = asked(OPIOIDS, period="2022-03")
    kinds = found["area_kind"].value_counts().to_dict()
    assert (kinds, found.loc["US", "value"]) == ({"us_state": 53, "us_nation": 1}, 72614)


def test_the_united_states_are_not_the_nation_of_the_atlas() -> None:
    kinds = {kind for slug in (OPIOIDS, FENTANYL) for kind in observations.observe(slug).area_kind}
    assert kinds == {"us_nation", "us_region", "us_state", "us_border"}


def test_the_nation_of_a_us_indicator_is_the_united_states_and_says_so() -> None:
    found = asked(OPIOIDS, level="nation", period="2022-03")
    assert found[["area_kind", "area_name"]].to_numpy().tolist() == [["us_nation", "United States"]]


def test_one_us_area_is_told_by_its_code() -> None:
    assert asked(OPIOIDS, level="us_state", area="YC", period="2022-03").index.tolist() == ["YC"]


def test_an_area_that_the_file_lacks_is_missing_and_not_zero() -> None:
    found = asked(OPIOIDS, area="LA")
    assert (found["value"].notna().any(), set(found["status"])) == (False, {"missing"})


def test_regions_and_the_united_states_are_sums_of_what_is_listed() -> None:
    rows = asked(FENTANYL, period="2026-04")
    sums = {
        kind: math.fsum(rows[rows["area_kind"] == kind]["value"].dropna())
        for kind in ("us_border", "us_region", "us_nation")
    }
    assert sums["us_border"] == pytest.approx(sums["us_region"], abs=1e-9)
    assert sums["us_border"] == pytest.approx(sums["us_nation"], abs=1e-9)


def test_a_sum_of_which_no_part_is_listed_is_missing() -> None:
    rows = rates.stored("cbp", FENTANYL, None)
    mine = rows[rows["period"] == "2026-04"].assign(value=math.nan, status="missing")
    sums = rates.with_us_sums(mine)
    sums = sums[sums["area_kind"] != "us_border"]
    assert (len(sums), sums["value"].notna().any(), set(sums["status"])) == (4, False, {"missing"})


def test_a_sum_is_as_doubtful_as_its_most_doubtful_part() -> None:
    rows = rates.stored("cbp", FENTANYL, None)
    mine = rows[(rows["period"] == "2026-04") & rows["value"].notna()].copy()
    mine["status"] = ["final"] * (len(mine) - 1) + ["estimated"]
    sums = rates.with_us_sums(mine).set_index("area_code")
    assert sums.loc["US", "status"] == "estimated"


def test_a_newer_file_revises_an_older_one_and_both_stay() -> None:
    table = tables.table("cbp")
    mine = table[
        (table["measure"] == FENTANYL) & (table["period"] == "2025-12") & table["value"].notna()
    ]
    counts = mine.groupby("area_code")["value"].nunique()
    changed = counts[counts > 1].index.tolist()
    assert len(changed) == 1
    newest = asked(FENTANYL, period="2025-12", area=changed[0])
    assert newest["release"].iloc[0].endswith("October 2022 to April 2026")


@pytest.mark.parametrize(
    ("slug", "level", "told"),
    [
        (OPIOIDS, "state", "opioid_deaths_12m has values for us_state and nation, not for state"),
        (OPIOIDS, "us_border", "has values for us_state and nation, not for us_border"),
        (CORRUPTION, "state", "has values for nation, not for state"),
        (
            "homicides_inegi_per_100k",
            "us_state",
            "state, municipality and nation, not for us_state",
        ),
    ],
)
def test_a_level_that_an_indicator_lacks_is_refused(slug: str, level: str, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        HERE.values(slug, level=level)


@pytest.mark.parametrize("level", [None, "nation", "national"])
def test_an_indicator_of_the_nation_alone_is_of_mexico(level: str | None) -> None:
    found = indicator(CORRUPTION).at(level)
    rows = HERE.values(CORRUPTION, level=None if level == "national" else level, period="2022")
    assert found.geography.area_kind == "nation"
    assert rows[["area_kind", "area_code", "value"]].to_numpy().tolist() == [["nation", "00", 31]]


@pytest.mark.parametrize(("period", "score", "scale"), [("2011", 2.971, 10), ("2012", 34, 100)])
def test_a_score_stands_as_published_and_its_release_names_the_scale(
    period: str, score: float, scale: int
) -> None:
    (row,) = HERE.values(CORRUPTION, period=period).to_dict("records")
    assert (row["value"], row["release"].endswith(f"scale 0 to {scale}")) == (score, True)


def test_the_two_scales_of_the_index_are_not_compared() -> None:
    found = indicator(CORRUPTION)
    before, after = (HERE.value(CORRUPTION, "00", year) for year in ("2011", "2012"))
    refusal, item = comparisons.refuse(found, before, after)
    assert (refusal, item is not None and item.period) == (Refusal.BREAK, "2012")


@pytest.mark.parametrize("last", ["2016", "2017", "2018"])
def test_editions_of_the_peace_index_are_not_compared(last: str) -> None:
    before = HERE.value(PEACE, "31", str(int(last) - 1))
    after = HERE.value(PEACE, "31", last)
    assert comparisons.refuse(indicator(PEACE), before, after)[0] is Refusal.BREAK


@pytest.mark.parametrize(
    ("first", "refusal"),
    [
        ("2022-02", Refusal.OVERLAP),
        ("2021-04", Refusal.OVERLAP),
        ("2021-03", Refusal.NO_INTERVAL),
    ],
)
def test_a_sum_of_the_sources_own_shares_months_with_its_neighbours(
    first: str, refusal: Refusal
) -> None:
    before, after = (HERE.value(OPIOIDS, "US", text) for text in (first, "2022-03"))
    assert comparisons.refuse(indicator(OPIOIDS), before, after)[0] is refusal


def test_a_sum_of_the_sources_own_is_compared_with_the_year_before() -> None:
    every = HERE.periods(OPIOIDS)
    assert comparisons.period_before(indicator(OPIOIDS), "2022-03", every) == "2021-03"


def test_no_difference_of_a_count_without_interval_is_shown() -> None:
    assert not comparisons.has_differences(indicator(OPIOIDS))


def test_the_page_offers_what_can_be_drawn_on_mexico() -> None:
    offered = AtlasChoices(HERE).slugs()
    assert (PEACE in offered, set(offered) & set(UNMAPPED)) == (True, set())


def test_every_indicator_is_either_offered_or_of_no_area_of_mexico() -> None:
    left_out = set(indicators.catalogue()) - set(indicators.mapped())
    assert {str(item.geography) for item in left_out} == {"national", "us_state", "us_border"}


REFUSED = {
    "layer": lambda slug: HERE.layer(slug, HERE.newest(slug)),
    "layers": HERE.layers,
    "packed": artefacts.load,
    "gathered": lambda slug: gathering.gather(HERE, slug),
    "figure": lambda slug: figure.time_map_data(HERE, slug, "en"),
    "page": lambda slug: map_files.map_file(HERE, map_files.MapRequest(slug), "html"),
    "picture": lambda slug: map_files.map_file(HERE, map_files.MapRequest(slug), "png"),
}
"""Every way to a map."""


@pytest.mark.parametrize("way", REFUSED)
@pytest.mark.parametrize("slug", UNMAPPED)
def test_what_is_not_of_mexico_is_refused_by_every_map(slug: str, way: str) -> None:
    with pytest.raises(BadRequest, match=f"^{slug} is on no map of Mexico: it has values for each"):
        REFUSED[way](slug)


def test_the_panel_of_a_state_tells_of_no_other_country() -> None:
    slugs = {item.indicator.slug for item in HERE.profile("25").findings}
    assert (PEACE in slugs, slugs & set(UNMAPPED)) == (True, set())


def test_the_panel_says_that_the_peace_index_of_two_editions_is_not_compared() -> None:
    (found,) = (f for f in HERE.profile("31").findings if f.indicator.slug == PEACE)
    assert found.nation is not None
    assert (found.value.value, found.nation.value, found.place) == (1.167, None, None)
    assert found.change is not None
    assert found.change.refusal is Refusal.BREAK


@pytest.mark.parametrize("slug", [PEACE, CORRUPTION])
def test_what_comes_under_an_unseen_licence_is_not_passed_on(slug: str) -> None:
    from geo_app import sheet

    assert not sheet.is_downloadable(indicator(slug))


def test_the_file_of_a_map_under_an_unseen_licence_is_refused() -> None:
    with pytest.raises(
        BadRequest, match=r"^peace_index_score: the licence of a source was not seen"
    ):
        map_files.map_file(HERE, map_files.MapRequest(PEACE), "html")


def test_a_place_below_one_is_refused(broken: BrokenData) -> None:
    broken.edit(
        "tables/peace-index.csv", "31,2020,peace_index_rank,1,", "31,2020,peace_index_rank,0,"
    )
    with pytest.raises(TableInvalid, match=r"column value: 1 wrong value.* expected a place, 1 or"):
        tables.table("peace-index")


@pytest.mark.parametrize(
    ("slug", "old", "new"),
    [("cdc", "\nWY,", "\nXX,"), ("cbp", "\nyuma-sector,", "\nnowhere-sector,")],
)
def test_a_table_with_an_area_that_is_not_listed_is_refused(
    broken: BrokenData, slug: str, old: str, new: str
) -> None:
    broken.edit(f"tables/{slug}.csv", old, new)
    with pytest.raises(TableInvalid, match=r"column area_code.*us_areas\.csv"):
        tables.table(slug)


def test_a_grid_without_a_us_state_is_refused(broken: BrokenData) -> None:
    path = broken.data / "tables/cdc.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("WY,")]
    broken.write("tables/cdc.csv", "\n".join([*kept, ""]))
    with pytest.raises(
        TableInvalid, match="incomplete grid of opioid_deaths_12m_count by us_state"
    ):
        tables.table("cdc")


def test_a_value_of_the_united_states_is_a_record() -> None:
    (row,) = HERE.values(FENTANYL, area="US", period="2026-04").iloc
    assert value_of(row).area_kind == "us_nation"
