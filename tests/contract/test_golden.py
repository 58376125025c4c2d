"""Official published figures that must come out, each with its publication.

The figures themselves are in ``data/golden.csv``, with publication and address a line.
"""

from __future__ import annotations

import pytest

from geo_app import atlas, checks, observations, paths, tables

GOLDEN = checks.read_golden(paths.data_dir() / checks.GOLDEN)
SESNSP = "homicide_victims_sesnsp_per_100k"
FIRST_HALF = [f"2022-0{month}" for month in range(1, 7)]


def name_of(item: checks.Golden) -> str:
    return f"{item.publication}: {item.quantity} of {item.area_code}, {item.first}-{item.last}"


@pytest.mark.parametrize("item", GOLDEN, ids=name_of)
def test_a_published_figure_comes_out(item: checks.Golden) -> None:
    assert round(checks.golden_value(item), item.decimals) == item.expected


@pytest.mark.parametrize("item", GOLDEN, ids=name_of)
def test_a_published_figure_has_an_address(item: checks.Golden) -> None:
    assert item.address.startswith("https://")


# Section 5 of the data contract; a figure that is taken out of the file would not be missed above.
@pytest.mark.parametrize(
    ("indicator", "area", "first", "expected"),
    [
        ("homicides_inegi_per_100k", "00", "2018", 36685),
        ("homicides_inegi_per_100k", "00", "2019", 36661),
        ("homicides_inegi_per_100k", "00", "2020", 36773),
        ("homicides_inegi_per_100k", "00", "2021", 35700),
        ("homicides_inegi_per_100k", "00", "2022", 33287),
        ("homicides_inegi_per_100k", "00", "2023", 32252),
        ("homicides_inegi_per_100k", "00", "2024", 33550),
        ("homicides_inegi_per_100k", "06", "2022", 848),
        ("homicides_inegi_per_100k", "06", "2022", 112.7),
        ("homicides_inegi_per_100k", "31", "2022", 47),
        ("homicides_inegi_per_100k", "31", "2022", 1.9),
        ("homicides_inegi_per_100k", "00", "2018", 34582),
        (SESNSP, "00", "2021-01", 16975),
        (SESNSP, "00", "2022-01", 15382),
        ("insecurity_ensu_pct", "00", "2022Q2", 67.4),
        ("insecurity_envipe_pct", "00", "2025", 75.6),
        ("insecurity_envipe_pct", "15", "2025", 87.8),
        ("insecurity_envipe_pct", "31", "2025", 39.6),
        ("unreported_crime_pct", "00", "2012", 92.1),
        ("unreported_crime_pct", "00", "2019", 92.4),
        ("unreported_crime_pct", "00", "2021", 93.2),
        ("advisory_level_us", "4", "2018-01-10", 5),
        ("advisory_level_us", "3", "2018-01-10", 11),
        ("advisory_level_us", "2", "2018-01-10", 16),
        ("advisory_level_us", "4", "2022-08-17", 6),
        ("advisory_level_us", "3", "2022-08-17", 7),
        ("advisory_level_us", "2", "2022-08-17", 17),
        ("advisory_level_us", "1", "2022-08-17", 2),
        ("advisory_level_us", "4", "2025-08-12", 6),
        ("advisory_level_us", "3", "2025-08-12", 8),
        ("advisory_level_us", "2", "2025-08-12", 16),
        ("advisory_level_us", "1", "2025-08-12", 2),
        ("advisory_level_us", "05", "2025-08-12", 3),
        ("opioid_deaths_12m", "US", "2022-03", 72614),
        ("opioid_deaths_12m", "US", "2022-03", 73248),
        ("opioid_deaths_12m", "US", "2021-03", 62195),
        ("opioid_deaths_12m", "US", "2021-03", 62585),
        ("fentanyl_seized_lb", "US", "2021-10", 10543),
        ("fentanyl_seized_lb", "US", "2020-10", 11201),
    ],
)
def test_a_figure_of_the_contract_is_in_the_file(
    indicator: str, area: str, first: str, expected: float
) -> None:
    held = {(item.indicator, item.area_code, item.first, item.expected) for item in GOLDEN}
    assert (indicator, area, first, expected) in held


@pytest.mark.parametrize(
    ("release", "victims"),
    [
        ("SESNSP victims, December 2024", 15_381),
        ("SESNSP victims, September 2025", 15_382),
    ],
)
def test_each_release_of_the_prosecutors_keeps_its_own_sum(release: str, victims: int) -> None:
    table = tables.table("sesnsp-victims")
    mine = table[(table["release"] == release) & table["period"].isin(FIRST_HALF)]
    mine = mine[mine["measure"] == "homicide_victims_count"]
    assert mine["value"].sum() == victims


# SESNSP, release of September 2025: 16,975 victims in the first half of 2021, 15,382 of 2022.
def test_victims_of_the_first_half_of_2022_fell_by_nine_point_four_percent() -> None:
    rows = observations.observe(SESNSP)
    nation = rows[rows["area_code"] == "00"].set_index("period")["numerator"]
    sums = [nation.loc[f"{year}-01" : f"{year}-06"].sum() for year in (2021, 2022)]
    assert round((sums[1] / sums[0] - 1) * 100, 1) == -9.4


# INEGI, Defunciones por homicidio: the deaths of 2018 whose state of occurrence is not known.
def test_the_deaths_of_2018_without_a_state_are_in_the_national_total_only() -> None:
    rows = atlas.load().values("homicides_inegi_per_100k", period="2018").set_index("area_kind")
    assert rows.loc["nation", "numerator"] - rows.loc["state", "numerator"].sum() == 2_103


# US State Department, Mexico Travel Advisory of 17 August 2022.
@pytest.mark.parametrize(
    ("level", "codes"),
    [(4, ["06", "12", "16", "25", "28", "32"]), (1, ["04", "31"])],
)
def test_the_states_at_a_level_in_august_2022_are_the_named_ones(
    level: int, codes: list[str]
) -> None:
    areas = atlas.load().layer("advisory_level_us", "2022-08-17").areas
    assert areas.index[areas["value"] == level].tolist() == codes


# US State Department: the issue of 29 May 2026 is held without its list of states.
def test_no_level_of_july_2026_is_called_current() -> None:
    areas = atlas.load().layer("advisory_level_us", "2026-07-01").areas
    assert (set(areas["status"]), set(areas["published"])) == ({"last_stated"}, {"2025-08-12"})


def test_coahuila_is_at_level_three_since_august_2025() -> None:
    levels = atlas.load().series("advisory_level_us", "05")["value"].dropna()
    assert [levels.index[-3:].tolist(), levels.iloc[-3:].tolist()] == [
        ["2024-09-06", "2025-08-12", "2026-05-29"],
        [2, 3, 3],
    ]
