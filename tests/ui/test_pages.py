"""The page that opens: what its panel says, its table, its files, and what a map event does."""

from __future__ import annotations

import csv
import html
import io
import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo_app import (
    atlas,
    cities,
    export,
    map_files,
    municipalities,
    own_folder,
    paths,
    provenance,
)
from geo_app.indicators import indicator
from geo_app.records import LANGUAGES
from geo_app.takeaway import metadata
from geo_app.ui import components
from geo_app.ui.pages import explore
from geo_app.ui.time_map import MapBytes, Seen, TimeMapEvent

Open = Callable[[Mapping[str, str | list[str]]], AppTest]
Files = dict[str, Callable[[], str | bytes]]
"""Makers of what the page hands out, by file name."""
OnTheMap = Callable[[TimeMapEvent], list[Seen]]

HOMICIDES = "homicides_inegi_per_100k"
BLOCK = '<section class="atlas-section">'
SINALOA = {"state": "25"}
TOWN = {"level": "municipality", "municipality": "25006"}
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
def on_the_map(monkeypatch: pytest.MonkeyPatch) -> OnTheMap:
    """Return how to let the map report an event in the next run, once.

    What comes back is filled with what the page asks the map to show, run by run.
    """

    def reported(event: TimeMapEvent) -> list[Seen]:
        asked: list[Seen] = []

        def stand_in(_content: MapBytes, seen: Seen, **_kw: str) -> TimeMapEvent:
            asked.append(seen)
            return event if len(asked) == 1 else TimeMapEvent()

        monkeypatch.setattr(explore, "time_map", stand_in)
        return asked

    return reported


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """Return what makes each file that the page hands out; filled when a page is drawn."""
    handed: Files = {}

    def button(
        _label: str, data: Callable[[], str | bytes], name: str, _kind: str, **_kw: str
    ) -> None:
        handed[name] = data

    monkeypatch.setattr(components.st, "download_button", button)
    return handed


def text_of(files: Files, name: str) -> str:
    """Make one file and return its text."""
    made = files[name]()
    return made.decode() if isinstance(made, bytes) else made


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


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("Allowed only: Mazatlán; by air or by sea.", "<summary>3 more</summary>")),
        ("es", ("Permitido solo: Mazatlán; por aire o por mar.", "<summary>3 más</summary>")),
    ],
)
def test_the_panel_tells_the_rules_for_employees_in_our_words(
    open_page: Open, lang: str, told: tuple[str, ...]
) -> None:
    advice = sections(open_page({**SINALOA, "lang": lang}))[0]
    assert [text for text in told if text not in advice] == []


def test_the_official_wording_is_shown_where_the_own_folder_holds_it(open_page: Open) -> None:
    labels = [item.label for item in open_page(SINALOA).expander]
    assert "Official wording, from your own folder" not in labels
    text = own_folder.Document(
        "us", date(2025, 8, 12), "25", "One <b>.\nTwo.", "https://example.org/a", "2026-11-23"
    )
    own_folder.store([text])
    page = open_page(SINALOA)
    (found,) = [item for item in page.expander if item.label.startswith("Official wording")]
    assert not found.proto.expanded
    assert found.caption[0].value.startswith("Issue of 12 August 2025, read on 23 November 2026.")
    shown = "".join(str(item.value) for item in found.get("html"))
    assert "<p>One &lt;b&gt;.</p><p>Two.</p>" in shown
    assert 'href="https://example.org/a"' in shown


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
    told = sections(open_page(SINALOA))
    # A source that was read again, or that came later, has a day of its own.
    dated = [text for text in told if re.search(r"[Rr]ead on \d{1,2} November 2026", text)]
    assert len(dated) == len(told)


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
    open_page: Open, on_the_map: OnTheMap
) -> None:
    on_the_map(TimeMapEvent(selected=("06",)))
    page = open_page({})
    assert page.query_params["state"] == "06"
    assert "Colima" in [item.value for item in page.subheader]


def test_a_selection_cleared_on_the_map_leaves_the_address(
    open_page: Open, on_the_map: OnTheMap
) -> None:
    on_the_map(TimeMapEvent(selected=()))
    assert "state" not in open_page(SINALOA).query_params


def test_a_city_selected_on_the_map_brings_its_state(open_page: Open, on_the_map: OnTheMap) -> None:
    on_the_map(TimeMapEvent(selected=("40",)))
    query = open_page({"indicator": "insecurity_ensu_pct"}).query_params
    assert (query["state"], query["city"]) == ("25", "40")


def test_the_table_follows_the_slider(open_page: Open, on_the_map: OnTheMap) -> None:
    on_the_map(TimeMapEvent(period="1995"))
    page = open_page(SINALOA)
    layer = atlas.load().layer(HOMICIDES, "1995")
    assert sorted(page.dataframe[0].value["Value"]) == sorted(layer.areas["value"])
    assert page.query_params["period"] == "1995"


def test_a_municipality_selected_on_the_map_brings_its_state(
    open_page: Open, on_the_map: OnTheMap
) -> None:
    on_the_map(TimeMapEvent(selected=("25006",)))
    query = open_page({"level": "municipality"}).query_params
    assert (query["state"], query["municipality"]) == ("25", "25006")


def test_several_areas_selected_on_the_map_are_in_the_address(
    open_page: Open, on_the_map: OnTheMap
) -> None:
    on_the_map(TimeMapEvent(selected=("06", "25", "09")))
    page = open_page({})
    assert (page.query_params["state"], page.query_params["others"]) == ("06", "25,09")
    assert "Colima" in [item.value for item in page.subheader]


def test_two_periods_chosen_on_the_map_are_in_the_address(
    open_page: Open, on_the_map: OnTheMap
) -> None:
    on_the_map(TimeMapEvent(shown=("two", "2015", "tiles")))
    query = open_page({}).query_params
    assert [query[key] for key in ("show", "against", "layout")] == ["two", "2015", "tiles"]


def test_one_period_on_the_plane_leaves_nothing_in_the_address(
    open_page: Open, on_the_map: OnTheMap
) -> None:
    on_the_map(TimeMapEvent(shown=("one", "", "plane")))
    query = open_page({"show": "two", "against": "2015", "layout": "tiles"}).query_params
    assert {"show", "against", "layout"} & set(query) == set()


def test_a_link_to_all_that_a_map_can_show_is_asked_of_the_map(
    open_page: Open, on_the_map: OnTheMap
) -> None:
    asked = on_the_map(TimeMapEvent())
    link = {"period": "2022", "against": "2015", "show": "difference", "layout": "tiles"}
    open_page({**link, "state": "06", "others": "25,09"})
    assert asked == [Seen("2022", ("06", "25", "09"), "difference", "2015", "tiles")]


@pytest.mark.parametrize(
    "event",
    [
        TimeMapEvent(period="1066"),
        TimeMapEvent(selected=("<b>",)),
        TimeMapEvent(shown=("three", "1066", "globe")),
    ],
)
def test_an_event_that_no_map_of_ours_sends_changes_nothing(
    open_page: Open, on_the_map: OnTheMap, event: TimeMapEvent
) -> None:
    on_the_map(event)
    page = open_page({})
    assert page.query_params == {"indicator": HOMICIDES, "period": "2024", "lang": "en"}
    assert not page.exception


def test_a_level_can_be_chosen_where_there_is_more_than_one(open_page: Open) -> None:
    page = open_page({})
    page.button_group(key="level").set_value("municipality").run()
    assert page.query_params["level"] == "municipality"
    assert len(page.dataframe[0].value) == municipalities.EDITION_COUNT


def test_no_level_can_be_chosen_where_there_is_one(open_page: Open) -> None:
    keys = [item.key for item in open_page({"indicator": "advisory_level_us"}).button_group]
    assert "level" not in keys


def test_the_way_back_to_the_states_keeps_the_state(open_page: Open) -> None:
    page = open_page(TOWN)
    page.button_group(key="level").set_value("state").run()
    assert {"level", "municipality"} & set(page.query_params) == set()
    assert page.query_params["state"] == "25"


def test_a_municipality_can_be_chosen_without_the_map(open_page: Open) -> None:
    page = open_page({**TOWN, "municipality": "25012"})
    page.selectbox(key="municipality").set_value("25006").run()
    assert page.query_params["municipality"] == "25006"


def test_the_list_has_the_municipalities_of_the_state_alone(open_page: Open) -> None:
    names = open_page(TOWN).selectbox(key="municipality").options
    assert len(names) == 1 + 18
    assert "Culiacán" in names


@pytest.mark.parametrize(("lang", "population"), [("en", "Population:"), ("es", "Población:")])
def test_the_panel_of_a_municipality_stands_before_those_of_its_state(
    open_page: Open, lang: str, population: str
) -> None:
    first = sections(open_page({**TOWN, "lang": lang}))[0]
    value = atlas.load().value(HOMICIDES, "25006", "2024", "municipality")
    told = ("Culiacán", f"{value.value:.1f}", f"{value.numerator:,.0f}", population, "INEGI")
    assert [text for text in told if text not in first] == []


def test_the_table_of_municipalities_names_their_states(open_page: Open) -> None:
    table = open_page(TOWN).dataframe[0].value
    assert set(table.loc[table["Municipality"] == "Culiacán", "State"]) == {"Sinaloa"}


def test_the_files_are_named_after_what_they_hold(open_page: Open, files: Files) -> None:
    open_page({"period": "2022"})
    endings = ".csv", "_all.csv", ".parquet", ".geojson", ".gpkg", ".svg", ".png"
    names = [f"{HOMICIDES}_2022{ending}" for ending in (*endings, ".datapackage.json", ".zip")]
    assert list(files) == [*names, f"{HOMICIDES}_state.html"]


def test_the_files_of_municipalities_are_named_so(open_page: Open, files: Files) -> None:
    open_page({"level": "municipality", "period": "2022"})
    stem = f"{HOMICIDES}_municipality"
    assert {f"{stem}_2022.csv", f"{stem}_2022_all.csv", f"{stem}.html"} <= set(files)


def test_the_csv_of_municipalities_has_all_of_them(open_page: Open, files: Files) -> None:
    open_page({"level": "municipality", "period": "2022"})
    rows = list(csv.DictReader(io.StringIO(text_of(files, f"{HOMICIDES}_municipality_2022.csv"))))
    layer = atlas.load().layer(HOMICIDES, "2022", "municipality")
    assert {row["area_code"]: float(row["value"]) for row in rows} == dict(layer.areas["value"])


def test_the_map_as_a_file_shows_what_the_page_shows(open_page: Open, files: Files) -> None:
    open_page({"period": "2022", "lang": "es"})
    request = map_files.MapRequest(HOMICIDES, "state", "2022", "es")
    expected = map_files.map_file(atlas.load(), request, "html")
    assert files[f"{HOMICIDES}_state.html"]() == expected


def test_the_page_says_how_another_page_shows_the_map(open_page: Open) -> None:
    texts = [html.unescape(item.proto.body) for item in open_page({}).get("html")]
    assert sum(f'<iframe src="{HOMICIDES}_state.html"' in text for text in texts) == 1


def test_the_csv_of_the_page_is_the_export_of_its_layer(open_page: Open, files: Files) -> None:
    open_page({"period": "2022", "lang": "es"})
    rows = export.layer_rows(atlas.load().layer(HOMICIDES, "2022"))
    assert text_of(files, f"{HOMICIDES}_2022.csv") == export.to_csv(
        export.answer(rows, HOMICIDES, "es")
    )


def test_the_csv_of_all_periods_is_the_export_of_the_series(open_page: Open, files: Files) -> None:
    open_page({"period": "2022"})
    rows = atlas.load().values(HOMICIDES)
    assert text_of(files, f"{HOMICIDES}_2022_all.csv") == export.to_csv(
        export.answer(rows, HOMICIDES, "en")
    )


def test_the_geojson_of_the_page_is_the_export_of_its_layer(open_page: Open, files: Files) -> None:
    open_page({"period": "2022"})
    expected = json.loads(export.to_geojson(atlas.load().layer(HOMICIDES, "2022"), "en"))
    found = json.loads(text_of(files, f"{HOMICIDES}_2022.geojson"))
    properties = [[item["properties"] for item in made["features"]] for made in (found, expected)]
    assert properties[0] == properties[1]


def test_table_and_files_of_the_page_agree(open_page: Open, files: Files) -> None:
    page = open_page({"indicator": "insecurity_envipe_pct", "period": "2022"})
    table = dict(page.dataframe[0].value[["State", "Value"]].itertuples(index=False))
    stem = "insecurity_envipe_pct_2022"
    rows = csv.DictReader(io.StringIO(text_of(files, f"{stem}.csv")))
    features = json.loads(text_of(files, f"{stem}.geojson"))["features"]
    assert {row["area_name"]: float(row["value"]) for row in rows} == table
    assert {f["properties"]["area_name"]: f["properties"]["value"] for f in features} == table


def test_a_source_with_an_unseen_licence_is_not_handed_out(
    open_page: Open, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(components.sheet, "is_downloadable", lambda _found: False)
    monkeypatch.setattr(metadata, "is_allowed", lambda _take: False)
    page = open_page({})
    assert files == {}
    assert any("licence of this source was not seen" in item.value for item in page.caption)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", [item.slug for item in atlas.load().mapped_indicators()])
def test_every_map_stands_over_its_sources_with_their_dates(
    open_page: Open, slug: str, lang: str
) -> None:
    forms = {"en": "read on {} November 2026", "es": "consultado el {} de noviembre de 2026"}
    releases = [provenance.load_source(name).releases[-1] for name in indicator(slug).sources]
    dates = [forms[lang].format(int(item.checked.removeprefix("2026-11-"))) for item in releases]
    page = open_page({"indicator": slug, "lang": lang})
    (lines,) = (i.value for i in page.get("html") if i.value.startswith('<p class="atlas-source"'))
    assert {date: lines.count(date) for date in dates} == {d: dates.count(d) for d in dates}


def test_the_core_figures_stand_open_and_the_others_can_be_unfolded(open_page: Open) -> None:
    page = open_page(SINALOA)
    folded = next(item for item in page.expander if item.label == "More figures of this state")
    inside = [item.value for item in folded.get("html") if item.value.startswith(BLOCK)]
    titles = [re.search("<h4>(.*?)</h4>", block)[1] for block in sections(page)]
    assert len(titles) - len(inside) == 4
    assert titles[0] == "US travel advisory"


def test_the_figure_of_the_map_that_is_shown_stands_open(open_page: Open) -> None:
    page = open_page({**SINALOA, "indicator": "disappeared_per_100k"})
    folded = next(item for item in page.expander if item.label == "More figures of this state")
    inside = "".join(item.value for item in folded.get("html"))
    assert "RNPDNO" not in inside
    assert any("still missing" in block for block in sections(page))
