"""A map over time of data of one's own."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from geo_app.errors import BadRequest
from geo_app.maps.own_data import OwnMap
from geo_app.maps.packing import PackedInvalid
from geo_app.maps.series import Scaled, Series, read_series

AREAS = gpd.GeoDataFrame(
    {"name": ["West", "East"]},
    index=["w", "e"],
    geometry=[box(-104, 20, -102, 22), box(-102, 20, -100, 22)],
    crs=4326,
)
VALUES = pd.DataFrame(
    [
        ("w", "2002", 4.5, 4.0, 6.0, "95 %", "final", ""),
        ("w", "2001", 3.0, np.nan, np.nan, "", "final", ""),
        ("e", "2001", 12.0, np.nan, np.nan, "", "a guess", "estimated"),
        ("e", "2002", np.nan, np.nan, np.nan, "", "not asked", ""),
    ],
    columns=["area", "period", "value", "low", "high", "interval", "status", "mark"],
)
OWN = OwnMap("Rain", "mm", AREAS, VALUES, breaks=(5.0,), colours=("#fbe9d9", "#5c1a3a"))


def series_of(own: OwnMap) -> Series:
    return read_series(own.pack().series)


def test_periods_are_steps_in_their_order() -> None:
    assert [step.period for step in OWN.pack().head.steps] == ["2001", "2002"]


def test_values_stand_by_area_and_period() -> None:
    values = series_of(OWN).values
    assert isinstance(values, Scaled)
    assert (values.values / 10**values.power).tolist() == [[3.0, 4.5], [12.0, 0.0]]


def test_a_value_that_is_not_given_is_missing() -> None:
    assert series_of(OWN).is_known.tolist() == [[True, True], [True, False]]


def test_a_row_that_is_not_given_is_missing() -> None:
    fewer = replace(OWN, values=VALUES.iloc[:3])
    assert series_of(fewer).is_known.tolist() == [[True, True], [True, False]]


def test_a_status_comes_with_its_mark() -> None:
    found = OWN.pack().head.statuses[series_of(OWN).statuses[1, 0]]
    assert found == ("a guess", "estimated")


def test_an_interval_is_named() -> None:
    assert OWN.pack().head.intervals[series_of(OWN).intervals[0, 1]] == "95 %"


def test_three_columns_are_enough() -> None:
    plain = replace(OWN, values=VALUES[["area", "period", "value"]])
    assert series_of(plain).is_known.tolist() == [[True, True], [True, False]]


@pytest.mark.parametrize(
    ("lang", "label", "count"), [("en", "5 and over", "1 area"), ("es", "5 o más", "1 área")]
)
def test_the_words_are_in_the_language(lang: str, label: str, count: str) -> None:
    head = replace(OWN, lang=lang).pack().head
    assert (head.classes[-1].label, head.words.count_one) == (label, count)


def test_areas_in_another_projection_are_moved() -> None:
    moved = replace(OWN, areas=AREAS.to_crs(6372))
    assert moved.pack().geometry.crc == OWN.pack().geometry.crc


def test_codes_that_are_numbers_find_their_areas() -> None:
    numbered = replace(
        OWN,
        areas=AREAS.set_axis([1, 2]),
        values=VALUES.assign(area=VALUES["area"].map({"w": 1, "e": 2})),
    )
    assert series_of(numbered).is_known.tolist() == series_of(OWN).is_known.tolist()


def test_periods_that_are_numbers_are_texts() -> None:
    numbered = replace(OWN, values=VALUES.assign(period=VALUES["period"].astype(int)))
    assert [step.period for step in numbered.pack().head.steps] == ["2001", "2002"]


@pytest.mark.parametrize("column", ["status", "mark", "interval"])
def test_words_that_are_missing_are_empty(column: str) -> None:
    rows = VALUES.iloc[1:].assign(**{column: None})
    head = replace(OWN, values=rows).pack().head
    texts = {"status": head.statuses[0][0], "mark": head.statuses[0][1], "interval": ""}
    assert (texts[column], None in head.intervals) == ("", False)


def test_areas_without_a_crs_are_refused() -> None:
    with pytest.raises(BadRequest, match="areas without a CRS; name it with set_crs"):
        replace(OWN, areas=AREAS.set_crs(None, allow_override=True)).pack()


def test_an_area_that_appears_twice_is_refused() -> None:
    with pytest.raises(BadRequest, match="the same area appears twice: got 'w'"):
        replace(OWN, areas=AREAS.set_axis(["w", "w"])).pack()


def test_a_row_without_a_period_is_refused() -> None:
    with pytest.raises(BadRequest, match="a row without a period"):
        replace(OWN, values=VALUES.assign(period=np.nan)).pack()


def test_a_value_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadRequest, match="a value that is no number"):
        replace(OWN, values=VALUES.assign(value="many")).pack()


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e16, 1e300])
def test_a_value_that_the_browser_cannot_hold_is_refused(value: float) -> None:
    with pytest.raises(PackedInvalid, match=r"cannot be packed.*16 digits in all"):
        replace(OWN, values=VALUES.assign(value=value)).pack()


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(BadRequest, match="a column is missing: expected area, period, value"):
        replace(OWN, values=VALUES.drop(columns="period")).pack()


def test_areas_without_a_name_are_refused() -> None:
    with pytest.raises(BadRequest, match="name in the areas"):
        replace(OWN, areas=AREAS.drop(columns="name")).pack()


def test_a_value_of_an_unknown_area_is_refused() -> None:
    with pytest.raises(BadRequest, match="not on the map: got 'north'"):
        replace(OWN, values=VALUES.assign(area="north")).pack()


def test_two_values_of_one_cell_are_refused() -> None:
    with pytest.raises(BadRequest, match="two values of the same area and period"):
        replace(OWN, values=pd.concat([VALUES, VALUES])).pack()


@pytest.mark.parametrize("breaks", [(5.0, 10.0), (), (5.0, 5.0), (np.nan,), (np.inf,)])
def test_breaks_that_do_not_fit_the_colours_are_refused(breaks: tuple[float, ...]) -> None:
    with pytest.raises(BadRequest, match="breaks and colours that do not fit"):
        replace(OWN, breaks=breaks).pack()


@pytest.mark.parametrize("column", ["value", "low", "high", "interval"])
def test_an_interval_that_would_be_lost_is_refused(column: str) -> None:
    with pytest.raises(BadRequest, match="an interval that is not whole or not named"):
        replace(OWN, values=VALUES.assign(**{column: None})).pack()


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"no such mark.*got 'sure'"):
        replace(OWN, values=VALUES.assign(mark="sure")).pack()
