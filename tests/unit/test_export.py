"""Answers as files: every column in its order, a missing value empty or null, never zero."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import shapely

from geo_app import advisories, atlas, export
from geo_app.periods import parse_date
from geo_app.states import state_codes

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI, ENSU = "homicides_inegi_per_100k", "insecurity_ensu_pct"
COLUMNS = [
    "indicator",
    "area_kind",
    "area_code",
    "area_name",
    "period",
    "value",
    "low",
    "high",
    "interval",
    "numerator",
    "denominator",
    "status",
    "source",
    "release",
    "published",
    "checked",
]


@pytest.fixture
def without_colima(broken: BrokenData) -> None:
    broken.edit(
        "tables/inegi-homicides.csv",
        "06,2022,deaths_count,848,final",
        "06,2022,deaths_count,,missing",
    )


def answer(slug: str = INEGI, period: str = "2022", lang: str = "es") -> pd.DataFrame:
    return export.answer(atlas.load().values(slug, period=period), slug, lang)


def test_an_answer_has_the_columns_of_the_contract() -> None:
    assert answer().columns.tolist() == COLUMNS


def test_an_answer_is_sorted_by_area_and_period() -> None:
    rows = export.answer(atlas.load().values(INEGI), INEGI)
    keys = list(zip(rows["area_code"], rows["period"], strict=True))
    assert keys == sorted(keys)


def test_a_whole_number_is_written_without_a_point() -> None:
    found = export.to_records(answer())[6]
    assert (found["area_code"], repr(found["numerator"])) == ("06", "848")


def test_a_value_is_written_at_full_precision() -> None:
    rows = answer()
    written = pd.read_csv(io.StringIO(export.to_csv(rows)), dtype={"area_code": str})
    pd.testing.assert_series_equal(written["value"], rows["value"], rtol=1e-15)


def test_csv_has_a_line_an_area_and_no_carriage_return() -> None:
    text = export.to_csv(answer())
    assert (text.count("\n"), "\r" in text, text.splitlines()[0]) == (34, False, ",".join(COLUMNS))


@pytest.mark.usefixtures("without_colima")
def test_a_missing_value_is_empty_in_csv() -> None:
    rows = csv.DictReader(io.StringIO(export.to_csv(answer())))
    colima = next(row for row in rows if row["area_code"] == "06")
    told = [colima[key] for key in ("value", "low", "high", "interval", "numerator", "status")]
    assert told == ["", "", "", "", "", "missing"]


@pytest.mark.usefixtures("without_colima")
def test_a_missing_value_is_null_in_json() -> None:
    found = json.loads(export.to_json(export.to_records(answer())))
    colima = next(row for row in found if row["area_code"] == "06")
    told = [colima[key] for key in ("value", "low", "high", "interval", "numerator", "status")]
    assert told == [None, None, None, None, None, "missing"]


@pytest.mark.usefixtures("without_colima")
def test_a_missing_value_is_null_in_geojson() -> None:
    found = json.loads(export.to_geojson(atlas.load().layer(INEGI, "2022")))
    colima = next(item for item in found["features"] if item["id"] == "06")
    assert (colima["properties"]["value"], colima["geometry"]["type"]) == (None, "MultiPolygon")


def test_geojson_has_a_feature_a_state_with_the_columns_as_properties() -> None:
    found = json.loads(export.to_geojson(atlas.load().layer(INEGI, "2022")))
    properties = {tuple(item["properties"]) for item in found["features"]}
    ids = tuple(item["id"] for item in found["features"])
    assert (found["type"], ids, properties) == (
        "FeatureCollection",
        state_codes(),
        {tuple(COLUMNS)},
    )


def test_geojson_holds_the_shapes_of_the_layer() -> None:
    layer = atlas.load().layer(INEGI, "2022")
    found = json.loads(export.to_geojson(layer))["features"]
    shapes = [shapely.geometry.shape(item["geometry"]) for item in found]
    assert shapely.equals_exact(shapes, layer.areas.geometry.to_numpy()).all()


def test_an_area_without_a_place_has_a_null_geometry() -> None:
    found = json.loads(export.to_geojson(atlas.load().layer(ENSU, "2019Q1")))
    without = [item["id"] for item in found["features"] if item["geometry"] is None]
    assert without == ["15", "16", "17", "18"]


def test_the_names_in_a_file_follow_the_language() -> None:
    found = json.loads(export.to_geojson(atlas.load().layer(INEGI, "2022"), "en"))
    assert found["features"][8]["properties"]["area_name"] == "Mexico City"


def test_the_rows_of_a_layer_are_its_states_without_the_nation() -> None:
    rows = export.layer_rows(atlas.load().layer(INEGI, "2022"))
    assert (tuple(rows["area_code"]), set(rows["period"])) == (state_codes(), {"2022"})


def test_the_rows_of_a_layer_say_what_the_values_say() -> None:
    layer = atlas.load().layer(INEGI, "2022")
    values = answer().query("area_kind == 'state'").reset_index(drop=True)
    pd.testing.assert_frame_equal(export.answer(export.layer_rows(layer), INEGI), values)


def advice(day: str, code: str) -> dict[str, export.Scalar]:
    found = advisories.history().on(parse_date(day))
    return export.advice_records([item for item in found if item.state_code == code])[0]


def test_advice_has_the_columns_of_the_contract() -> None:
    expected = (
        "issuer area_code area_name level level_name status since issued last_stated newer_issue "
        "country_level reasons restrictions scope places source checked"
    )
    assert list(advice("2026-07-01", "25")) == expected.split()


def test_reasons_are_a_list_where_they_are_known() -> None:
    assert advice("2026-07-01", "25")["reasons"] == ["terrorism", "crime"]


def test_no_reason_given_is_an_empty_list_and_not_null() -> None:
    assert advice("2025-08-12", "31")["reasons"] == []


def test_reasons_that_are_not_known_are_null() -> None:
    assert advice("2017-06-01", "25")["reasons"] is None


def test_a_day_that_is_not_known_is_null() -> None:
    found = advice("2017-06-01", "25")
    assert [found[key] for key in ("since", "issued", "last_stated", "source")] == [None] * 4


def test_no_number_of_json_is_other_than_a_number() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        export.to_json([{"value": float("nan")}])
