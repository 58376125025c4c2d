"""What the pages for travellers hand out is what they show."""

from __future__ import annotations

import json

import pytest

from geo_app import advisories, alert_days, alert_words, alerts, atlas, export, sheet, svg
from geo_app.records import LANGUAGES
from geo_app.takeaway import files, metadata, pages
from geo_app.text import words
from geo_app.view import View
from tests.unit.routes_asked import TAKEN, asked

HOMICIDES = "homicides_inegi_per_100k"
HERE, SAY = atlas.load(), words("en")
JALISCO = View(HOMICIDES, "2022", state="14", page="state")


def test_a_state_hands_out_one_newest_row_of_each_open_indicator() -> None:
    take = pages.of_state(HERE, JALISCO, SAY)
    rows = take.shown
    assert list(rows.columns) == export.ANSWER_COLUMNS
    assert list(rows["indicator"]) == list(take.indicators)
    assert set(rows["area_code"]) == {"14"}
    homicides = rows[rows["indicator"] == HOMICIDES].iloc[0]
    assert homicides["value"] == HERE.value(HOMICIDES, "14", HERE.newest(HOMICIDES)).value
    assert metadata.is_allowed(take)


def test_what_may_not_be_passed_on_is_named_and_left_out() -> None:
    take = pages.of_state(HERE, JALISCO, SAY)
    closed = [item for item in HERE.mapped_indicators() if not sheet.is_downloadable(item)]
    closed = [item for item in closed if "state" in item.levels]
    assert closed
    assert not {item.slug for item in closed} & set(take.shown["indicator"])
    assert all(item.short.en in take.notes[0] for item in closed)


def test_everything_of_a_state_is_the_series_of_each_indicator() -> None:
    take = pages.of_state(HERE, JALISCO, SAY)
    assert take.every is not None
    every = take.every()
    mine = every[every["indicator"] == HOMICIDES]
    assert list(mine["period"]) == list(HERE.periods(HOMICIDES))
    assert set(every["indicator"]) == set(take.indicators)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_of_alerts_has_32_states_and_both_sources(lang: str) -> None:
    entries, say = alerts.load(), words(lang)
    found = alert_days.on(entries, alert_days.fullest(entries))
    drawn = alert_words.figures(found, advisories.history(), say)
    take = pages.of_alerts(found, drawn, View(HOMICIDES, "2022", lang=lang), say)
    assert len(take.shown) == 32
    named = take.shown[take.shown["alert"] == "in_force"]
    assert set(named["area_code"]) == {i.state_code for i in found.of(alert_days.Look.IN_FORCE)}
    assert [item.slug for item in metadata.sources(take)] == ["us-advisory", "us-alerts"]
    assert take.every is not None
    assert len(take.every()) == 32 * len(alert_days.days(entries))


def test_a_way_hands_out_its_states_in_the_order_of_travel() -> None:
    route = asked("Mexico City", "Taxco")
    take = pages.of_way(route, svg.drawing(400, 300, "a way"), View(HOMICIDES, "2022"), SAY)
    assert list(take.shown["area_code"]) == [item.state_code for item in route.stretches]
    assert list(take.shown["order"]) == list(range(1, len(route.stretches) + 1))
    assert take.shown["level"].tolist() == [item.advice.level for item in route.stretches]
    found = json.loads(
        next(item for item in files.files(take, SAY) if item.key == "geojson").make()
    )
    assert all(item["geometry"] for item in found["features"])
    assert str(TAKEN) in take.name
