"""The page that opens: what its panel says, its table, its files, and what a map event does."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo_app import atlas, cities, export, paths
from geo_app.records import LANGUAGES
from geo_app.ui import components
from geo_app.ui.pages import explore
from geo_app.ui.time_map import TimeMapEvent

Open = Callable[[Mapping[str, str | list[str]]], AppTest]
Files = dict[str, str]

HOMICIDES = "homicides_inegi_per_100k"
BLOCK = '<section class="atlas-section">'
SINALOA = {"state": "25"}
CULIACAN = {"indicator": "insecurity_ensu_pct", "state": "25", "city": "40"}


def sections(page: AppTest) -> list[str]:
    """Return the blocks of the panel, advice first."""
    return [item.value for item in page.get("html") if item.value.startswith(BLOCK)]


def without_2024(home: Path, code: str) -> None:
    """Take the deaths of one state in 2024 out of the tables, as if none had been published."""
    table = home / "data" / "tables" / "inegi-homicides.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith(f"{code},2024,"):
            cells = line.split(",")
            lines[number] = ",".join([*cells[:3], "", "missing", *cells[5:]])
    table.write_text("".join(lines), encoding="utf-8")
    paths.write_registry(home / "data")


@pytest.fixture
def on_the_map(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None, str | None], None]:
    """Return how to let the map report a selection and a period in the next run, once."""

    def reported(selected: str | None, period: str | None) -> None:
        events = [TimeMapEvent(selected, period)]
        nothing = TimeMapEvent(None, None)
        monkeypatch.setattr(
            explore, "time_map", lambda _data, **_kw: events.pop() if events else nothing
        )

    return reported


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """Return what the page hands out, by file name; filled when a page is drawn."""
    handed: Files = {}

    def button(
        _label: str, data: str | Callable[[], str], name: str, _kind: str, **_kw: str
    ) -> None:
        handed[name] = data if isinstance(data, str) else data()

    monkeypatch.setattr(components.st, "download_button", button)
    return handed


def test_the_panel_says_that_a_level_was_last_stated(open_page: Open) -> None:
    advice = sections(open_page(SINALOA))[0]
    told = (
        "Level 4: Do not travel",
        "Last stated on 12 August 2025",
        "the newer issue of 29 May 2026",
    )
    assert [text for text in told if text.lower() not in advice.lower()] == []


def test_the_panel_names_the_last_stated_level_in_spanish(open_page: Open) -> None:
    advice = sections(open_page({**SINALOA, "lang": "es"}))[0]
    told = "Nivel 4: No viaje", "Declarado por última vez el 12 de agosto de 2025"
    assert [text for text in told if text not in advice] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_panel_never_calls_a_last_stated_level_current(open_page: Open, lang: str) -> None:
    current = {"en": "<li>Issue of ", "es": "<li>Emisión del "}
    assert current[lang] not in sections(open_page({**SINALOA, "lang": lang}))[0]


def test_the_panel_gives_count_interval_nation_and_place(open_page: Open) -> None:
    homicides = sections(open_page(SINALOA))[1]
    told = (
        "32.3",
        "Count: 1,021. Population: 3,165,686 (CONAPO).",
        "Interval: 30.3–34.3",  # noqa: RUF001 the dash of the page
        "Mexico as a whole: 25.4",
        "Place 8 to 12 of 32",
    )
    assert [text for text in told if text not in homicides] == []


def test_the_panel_dates_every_number(open_page: Open) -> None:
    dated = [text for text in sections(open_page(SINALOA)) if "ead on 23 November 2026" in text]
    assert len(dated) == len(sections(open_page(SINALOA)))


def test_the_panel_gives_no_place_where_no_interval_is_published(open_page: Open) -> None:
    insecurity = sections(open_page(SINALOA))[2]
    assert "Place " not in insecurity
    assert "No place among the states is given" in insecurity


def test_the_panel_says_why_a_state_has_no_value(open_page: Open, home: Path) -> None:
    without_2024(home, "25")
    homicides = sections(open_page(SINALOA))[1]
    assert "No value for 2024: none held." in homicides


def test_the_panel_shows_no_zero_for_a_missing_value(open_page: Open, home: Path) -> None:
    without_2024(home, "25")
    assert '<p class="atlas-figure">— ' in sections(open_page(SINALOA))[1]


def test_the_panel_gives_a_state_without_a_value_no_place(open_page: Open, home: Path) -> None:
    without_2024(home, "25")
    assert "Place " not in sections(open_page(SINALOA))[1]


def test_the_panel_of_a_city_stands_before_those_of_its_state(open_page: Open) -> None:
    assert "City: Culiacán Rosales" in sections(open_page(CULIACAN))[0]


def test_the_panel_says_that_a_city_has_no_value(open_page: Open) -> None:
    page = open_page({**CULIACAN, "period": "2020Q2"})
    assert "No value for 2nd quarter of 2020: none held." in sections(page)[0]


def test_a_city_in_the_link_is_silent_under_an_indicator_of_states(open_page: Open) -> None:
    page = open_page({**CULIACAN, "indicator": HOMICIDES})
    assert [text for text in sections(page) if "Culiacán" in text] == []


def test_without_a_state_the_panel_says_how_to_choose_one(open_page: Open) -> None:
    page = open_page({})
    assert sections(page) == []
    assert any("Select a state on the map or in the list" in i.value for i in page.get("html"))


@pytest.mark.parametrize("period", ["1990", "2022", "2024"])
def test_the_table_has_the_32_states_of_the_period(open_page: Open, period: str) -> None:
    shown = open_page({"period": period}).dataframe[0].value
    layer = atlas.load().layer(HOMICIDES, period)
    assert sorted(shown["Value"]) == sorted(layer.areas["value"])


def test_the_table_leads_with_the_highest_value(open_page: Open) -> None:
    shown = open_page({"period": "2022"}).dataframe[0].value
    assert shown["State"].iloc[0] == "Colima"
    assert shown["Value"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("lang", "column", "name"),
    [
        ("en", "Source", "US State Department"),
        ("es", "Fuente", "Departamento de Estado de EE. UU."),
    ],
)
def test_the_table_names_the_source_in_words(
    open_page: Open, lang: str, column: str, name: str
) -> None:
    table = open_page({"indicator": "advisory_level_us", "lang": lang}).dataframe[0].value
    assert set(table[column]) == {name}


def test_the_table_keeps_every_city(open_page: Open) -> None:
    shown = open_page(CULIACAN).dataframe[0].value
    assert sorted(shown["City"]) == sorted(item.name for item in cities.all_cities())


def test_the_table_leaves_a_missing_value_empty_and_last(open_page: Open, home: Path) -> None:
    without_2024(home, "25")
    last = open_page({}).dataframe[0].value.iloc[-1]
    assert (last["State"], last["Status"]) == ("Sinaloa", "none held")
    assert math.isnan(last["Value"])


def test_a_state_selected_on_the_map_is_in_panel_and_address(
    open_page: Open, on_the_map: Callable[[str | None, str | None], None]
) -> None:
    on_the_map("06", None)
    page = open_page({})
    assert page.query_params["state"] == "06"
    assert "Colima" in [item.value for item in page.subheader]


def test_a_selection_cleared_on_the_map_leaves_the_address(
    open_page: Open, on_the_map: Callable[[str | None, str | None], None]
) -> None:
    on_the_map("", None)
    assert "state" not in open_page(SINALOA).query_params


def test_a_city_selected_on_the_map_brings_its_state(
    open_page: Open, on_the_map: Callable[[str | None, str | None], None]
) -> None:
    on_the_map("40", None)
    query = open_page({"indicator": "insecurity_ensu_pct"}).query_params
    assert (query["state"], query["city"]) == ("25", "40")


def test_the_table_follows_the_slider(
    open_page: Open, on_the_map: Callable[[str | None, str | None], None]
) -> None:
    on_the_map(None, "1995")
    page = open_page(SINALOA)
    layer = atlas.load().layer(HOMICIDES, "1995")
    assert sorted(page.dataframe[0].value["Value"]) == sorted(layer.areas["value"])
    assert page.query_params["period"] == "1995"


def test_the_files_are_named_after_what_they_hold(open_page: Open, files: Files) -> None:
    open_page({"period": "2022"})
    names = [f"{HOMICIDES}_2022.csv", f"{HOMICIDES}.csv", f"{HOMICIDES}_2022.geojson"]
    assert list(files) == names


def test_the_csv_of_the_page_is_the_export_of_its_layer(open_page: Open, files: Files) -> None:
    open_page({"period": "2022", "lang": "es"})
    rows = export.layer_rows(atlas.load().layer(HOMICIDES, "2022"))
    assert files[f"{HOMICIDES}_2022.csv"] == export.to_csv(export.answer(rows, HOMICIDES, "es"))


def test_the_csv_of_all_periods_is_the_export_of_the_series(open_page: Open, files: Files) -> None:
    open_page({})
    rows = atlas.load().values(HOMICIDES)
    assert files[f"{HOMICIDES}.csv"] == export.to_csv(export.answer(rows, HOMICIDES, "en"))


def test_the_geojson_of_the_page_is_the_export_of_its_layer(open_page: Open, files: Files) -> None:
    open_page({"period": "2022"})
    expected = export.to_geojson(atlas.load().layer(HOMICIDES, "2022"), "en")
    assert files[f"{HOMICIDES}_2022.geojson"] == expected


def test_table_and_files_of_the_page_agree(open_page: Open, files: Files) -> None:
    page = open_page({"indicator": "insecurity_envipe_pct", "period": "2022"})
    table = dict(page.dataframe[0].value[["State", "Value"]].itertuples(index=False))
    stem = "insecurity_envipe_pct_2022"
    rows = csv.DictReader(io.StringIO(files[f"{stem}.csv"]))
    features = json.loads(files[f"{stem}.geojson"])["features"]
    assert {row["area_name"]: float(row["value"]) for row in rows} == table
    assert {f["properties"]["area_name"]: f["properties"]["value"] for f in features} == table


def test_a_source_with_an_unseen_licence_is_not_handed_out(
    open_page: Open, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(components.sheet, "is_downloadable", lambda _found: False)
    page = open_page({})
    assert files == {}
    assert any("licence of this source was not seen" in item.value for item in page.caption)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", [item.slug for item in atlas.load().indicators()])
def test_every_map_stands_over_its_sources_with_their_dates(
    open_page: Open, slug: str, lang: str
) -> None:
    dates = {"en": "read on 23 November 2026", "es": "consultado el 23 de noviembre de 2026"}
    captions = [item.value for item in open_page({"indicator": slug, "lang": lang}).caption]
    dated = [text for text in captions if dates[lang] in text]
    assert len(dated) == len(atlas.load().layer(slug, atlas.load().newest(slug)).indicator.sources)
