"""The map inside a page: what is sent for it, and how carefully its events are read."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping

import pytest

from geo_app.ui import time_map as room
from geo_app.ui.time_map import MapBytes, Seen, TimeMapEvent, parcel, time_map

CONTENT = MapBytes('{"title":"Título"}', b"shapes", b"values")
Sent = dict[str, object]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, object]], Sent]:
    """Return how to let the components of the map answer; what they were sent comes back."""

    def answering(answer: Mapping[str, object]) -> Sent:
        sent: Sent = {}

        def component(name: str, _text: str) -> Callable[..., Mapping[str, object]]:
            def mount(*, data: object, **_: object) -> Mapping[str, object]:
                sent[name] = data
                return answer

            return mount

        monkeypatch.setattr(room.assets, "component", component)
        return sent

    return answering


def test_a_parcel_is_two_lengths_a_head_shapes_and_values() -> None:
    content = parcel(CONTENT, key="map", height=300)
    head, shapes = struct.unpack("<II", content[:8])
    assert json.loads(content[8 : 8 + head]) == {
        "key": "map",
        "height": 300,
        "head": {"title": "Título"},
    }
    assert content[8 + head : 8 + head + shapes] == b"shapes"
    assert content[8 + head + shapes :] == b"values"


def test_the_same_map_is_the_same_parcel() -> None:
    assert parcel(CONTENT, key="map") == parcel(CONTENT, key="map")


def test_what_is_seen_travels_apart_from_the_map(
    browser: Callable[[Mapping[str, object]], Sent],
) -> None:
    sent = browser({})
    time_map(CONTENT, Seen("2022", ("06",), "two", "2015", "tiles"), key="map")
    assert sent["time_map"] == parcel(CONTENT, key="map")
    assert sent["time_map_ask"] == {
        "key": "map",
        "period": "2022",
        "selected": ["06"],
        "shown": {"show": "two", "against": "2015", "layout": "tiles"},
    }


def test_one_period_on_the_plane_is_asked_in_the_words_of_the_map(
    browser: Callable[[Mapping[str, object]], Sent],
) -> None:
    sent = browser({})
    time_map(CONTENT, Seen("2022"), key="map")
    asked = sent["time_map_ask"]
    assert isinstance(asked, dict)
    assert asked["shown"] == {"show": "one", "against": "", "layout": "plane"}


@pytest.mark.parametrize(
    ("answer", "event"),
    [
        ({}, TimeMapEvent()),
        ({"selected": None, "period": None, "shown": None}, TimeMapEvent()),
        ({"selected": []}, TimeMapEvent(selected=())),
        ({"selected": ["06", "25"]}, TimeMapEvent(selected=("06", "25"))),
        ({"period": "2022"}, TimeMapEvent(period="2022")),
        (
            {"shown": {"show": "two", "against": "2015", "layout": "plane"}},
            TimeMapEvent(shown=("two", "2015", "plane")),
        ),
        ({"selected": "06", "period": 2022, "shown": "two"}, TimeMapEvent()),
        ({"selected": [6, {"a": 1}]}, TimeMapEvent(selected=())),
        ({"shown": {"show": 2}}, TimeMapEvent(shown=("", "", ""))),
    ],
)
def test_an_event_is_what_the_browser_says_where_it_makes_sense(
    browser: Callable[[Mapping[str, object]], Sent],
    answer: Mapping[str, object],
    event: TimeMapEvent,
) -> None:
    browser(answer)
    assert time_map(CONTENT, Seen("2022"), key="map") == event
