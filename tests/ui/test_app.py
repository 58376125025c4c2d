"""The whole app, headless: every page opens, a link is a view, no link and no file breaks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from geo_app import atlas, indicators, paths, shapefiles
from geo_app.records import LANGUAGES
from geo_app.text import words
from geo_app.ui.controls import address as address_bar
from geo_app.ui.controls import widgets

Query = Mapping[str, str | list[str]]
Open = Callable[[Query], AppTest]

SLUGS = [item.slug for item in indicators.mapped()]
DEFAULTS = {"indicator": "homicides_inegi_per_100k", "period": "2024", "lang": "en"}
OLD = {"indicator": "insecurity_envipe_pct", "period": "2019", "state": "25", "lang": "en"}

HOSTILE = {
    "script": {"indicator": "<script>alert('atlas')</script>"},
    "endless": {"period": "9" * 10_000},
    "no such day": {"period": "2022-13-45"},
    "before any figure": {"period": "1066"},
    "period of another": {"indicator": "insecurity_envipe_pct", "period": "2024Q1"},
    "sql": {"state": "25'; DROP TABLE states; --"},
    "no such state": {"state": "99"},
    "picture": {"city": '<img src="x" onerror="alert(1)">'},
    "control signs": {"city": "\x00\x1b\u202e"},
    "no such language": {"lang": "fr"},
    "list": {"lang": ["en", "fr"]},
}

DAMAGED = {
    "a table": "data/tables/inegi-homicides.csv",
    "a record": "data/indicators/homicides_inegi_per_100k.toml",
    "the cities": "data/cities.csv",
    "the shapes": "shapes/states.shp",
    "the shapes of the map": "data/maps/state.*.geometry",
    "the values of the map": "data/maps/homicides_inegi_per_100k.state.*.series",
}


def texts(page: AppTest) -> list[str]:
    """Return what is written on a page in its order, but for the note on a bad link."""
    kinds = ("html", "markdown", "caption", "subheader", "heading", "error")
    return [str(item.value) for item in page.main if item.type in kinds]


def envipe_2019() -> list[float]:
    rows = atlas.load().values("insecurity_envipe_pct", period="2019")
    return sorted(rows[rows["area_kind"] == "state"]["value"], reverse=True)


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_indicator_opens_in_every_language(open_page: Open, slug: str, lang: str) -> None:
    page = open_page({"indicator": slug, "lang": lang, "state": "25"})
    assert [item.value for item in (*page.exception, *page.error, *page.warning)] == []


def test_without_a_query_the_address_names_the_view_that_is_shown(open_page: Open) -> None:
    assert open_page({}).query_params == DEFAULTS


@pytest.mark.parametrize(("locale", "lang"), [("es-MX", "es"), ("en-US", "en"), ("de-DE", "en")])
def test_a_page_without_a_language_opens_in_the_browsers(locale: str, lang: str) -> None:
    page = AppTest.from_file(paths.home() / "streamlit_app.py", default_timeout=60)
    page.context["locale"] = locale
    assert page.run().query_params["lang"] == lang


def test_the_link_goes_before_the_language_of_the_browser() -> None:
    page = AppTest.from_file(paths.home() / "streamlit_app.py", default_timeout=60)
    page.context["locale"] = "es-MX"
    page.query_params["lang"] = "en"
    assert page.run().query_params["lang"] == "en"


def test_a_link_opens_its_view(open_page: Open) -> None:
    page = open_page(OLD)
    chosen = (page.button_group(key="indicator").value, page.selectbox(key="state").value)
    assert (*chosen, page.query_params) == (OLD["indicator"], OLD["state"], OLD)


def test_a_link_may_name_a_state_by_its_name(open_page: Open) -> None:
    assert open_page({**OLD, "state": "Sinaloa"}).query_params["state"] == "25"


def test_a_link_to_any_day_opens_the_issue_in_force_on_it(open_page: Open) -> None:
    page = open_page({"indicator": "advisory_level_us", "period": "2024-12-24"})
    assert page.query_params["period"] == "2024-09-06"


def test_another_indicator_changes_the_page_and_the_address(open_page: Open) -> None:
    page = open_page({})
    page.button_group(key="indicator").set_value("insecurity_envipe_pct").run()
    caption = "Adults who consider their state insecure, ENVIPE, 2024"
    assert page.query_params["indicator"] == "insecurity_envipe_pct"
    assert any(text.startswith(caption) for text in texts(page))


def test_a_click_on_the_chosen_indicator_changes_nothing(open_page: Open) -> None:
    page = open_page(OLD)
    page.button_group(key="indicator").set_value(None).run()
    assert page.query_params == OLD


def test_another_state_changes_the_panel_and_the_address(open_page: Open) -> None:
    page = open_page({})
    page.selectbox(key="state").set_value("06").run()
    assert page.query_params["state"] == "06"
    assert "Colima" in [item.value for item in page.subheader]


def test_no_state_leaves_the_address_without_one(open_page: Open) -> None:
    page = open_page(OLD)
    page.selectbox(key="state").set_value("").run()
    assert "state" not in page.query_params


def test_a_switch_of_the_language_keeps_the_view(open_page: Open) -> None:
    page = open_page(OLD)
    page.button_group(key="lang").set_value("es").run()
    assert page.query_params == {**OLD, "lang": "es"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pasted_link_shows_the_same_view_in_the_other_language(
    open_page: Open, lang: str
) -> None:
    page = open_page({**OLD, "lang": lang})
    assert page.query_params == {**OLD, "lang": lang}
    assert page.dataframe[0].value.iloc[:, 1].tolist() == envipe_2019()


def test_a_switch_of_the_language_leaves_no_word_of_the_other(open_page: Open) -> None:
    english, spanish = words("en"), words("es")
    page = open_page({**OLD, "lang": "es"})
    fixed = [text for text in english.sentences.values() if "{" not in text and " " in text]
    foreign = [text for text in fixed if text not in spanish.sentences.values()]
    assert [text for text in foreign if any(text in shown for shown in texts(page))] == []


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_link_gives_a_note_that_names_its_key(open_page: Open, query: Query) -> None:
    page = open_page(query)
    key = list(query)[-1]
    assert not page.exception
    assert [key in item.value for item in page.warning] == [True]


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_link_shows_the_page_that_is_shown_without_it(
    open_page: Open, query: Query
) -> None:
    without = dict(list(query.items())[:-1])
    assert texts(open_page(query)) == texts(open_page(without))


def test_an_unknown_key_is_dropped_from_the_address(open_page: Open) -> None:
    assert open_page({**OLD, "utm_source": "a" * 5000}).query_params == OLD


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_told_with_cause_and_next_step(
    open_page: Open, home: Path, name: str, lang: str
) -> None:
    damaged = next(home.glob(name))
    cut_in_half(damaged)
    said = told_failure(open_page({"lang": lang}), lang)
    assert said == ("error_hash", f"{damaged}: the content is not the one that was checked")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_folder_is_told_with_cause_and_next_step(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str
) -> None:
    monkeypatch.setenv("GEO_APP_DATA", str(tmp_path / "nowhere"))
    registry = tmp_path / "nowhere" / "data" / "registry.txt"
    said = told_failure(open_page({"lang": lang}), lang)
    assert said == ("error_hash", f"{registry}: the list of file hashes is missing")


def test_a_table_against_the_contract_is_told_as_a_table(open_page: Open, home: Path) -> None:
    table = home / "data" / "tables" / "inegi-homicides.csv"
    table.write_text(table.read_text("utf-8").replace("deaths_count", "deaths"), "utf-8")
    paths.write_registry(home / "data")
    assert told_failure(open_page({}), "en")[0] == "error_table"


def test_a_shapefile_without_its_states_is_told_as_shapes(open_page: Open, home: Path) -> None:
    cut_in_half(home / "shapes" / "states.shp")
    paths.write_registry(home / "shapes")
    # The map stands on files of its own, which say that they are of other shapes.
    told = [told_failure(open_page({}), "en", nth)[0] for nth in (0, 1)]
    assert told == ["error_hash", "error_shapes"]


@pytest.mark.parametrize("name", [DAMAGED["the shapes of the map"], "data/maps/index.csv"])
def test_a_page_without_its_map_has_its_figures(open_page: Open, home: Path, name: str) -> None:
    cut_in_half(next(home.glob(name)))
    page = open_page(OLD)
    assert (len(page.error), page.query_params) == (1, OLD)
    assert page.dataframe[0].value.iloc[:, 1].tolist() == envipe_2019()


def test_the_page_opens_without_the_municipalities(open_page: Open, home: Path) -> None:
    for part in shapefiles.PARTS:
        (home / "shapes" / f"municipalities{part}").unlink()
    assert len(open_page({}).dataframe[0].value) == 32


def test_a_damaged_table_leaves_the_other_indicators(open_page: Open, home: Path) -> None:
    cut_in_half(home / "data" / "tables" / "ensu.csv")
    assert len(open_page({"indicator": "insecurity_envipe_pct"}).dataframe[0].value) == 32


def told_failure(page: AppTest, lang: str, nth: int = 0) -> tuple[str, str]:
    """Return the key of the title and what is wrong, on a page that also says what to do."""
    say = words(lang)
    titles = {f"**{text}**": key for key, text in say.sentences.items()}
    before, after = say("error_cause", {"cause": "|"}).split("|")
    said = [str(item.value) for item in page.markdown]
    at = [position for position, text in enumerate(said) if text.startswith(before)][nth]
    cause, step = said[at : at + 2]
    assert not page.exception
    steps = [text for key, text in say.sentences.items() if key.startswith("next_")]
    assert step in {say("error_next", {"step": text}) for text in steps}
    told = cause.removeprefix(before).removesuffix(after)
    return titles[page.error[nth].value], told.partition(": expected")[0].partition("; ")[0]


def test_a_switch_that_reports_late_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # The kinds of area of one indicator, when the page shows one that has states alone.
    asked = {"indicator": "insecurity_envipe_pct", "period": "2025", "lang": "en"}
    shown: list[dict[str, str]] = []
    query = SimpleNamespace(to_dict=lambda: asked, from_dict=shown.append)
    late = SimpleNamespace(
        session_state={"level": "municipality"}, query_params=query, context=SimpleNamespace()
    )
    for module in (address_bar, widgets):
        monkeypatch.setattr(module, "st", late)
    widgets.changed("level", atlas.load())
    assert shown == [asked]
