"""The small map of the states: all of them drawn, what has no value hatched, titles escaped."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from geo_app import svg
from geo_app.maps.small import SmallArea, legend_swatch, small_map
from geo_app.states import state_codes

LOOKS = {code: SmallArea("#123456", f"state {code}", code) for code in state_codes()}


def paths_of(drawn: str) -> list[ET.Element]:
    root = ET.fromstring(drawn)  # noqa: S314 -- made here
    return [item for item in root if item.tag == f"{{{svg.NAMESPACE}}}path"]


def titles(drawn: str) -> list[str]:
    return ["".join(item.itertext()) for item in paths_of(drawn)]


def test_every_state_is_drawn_once_with_its_colour_and_title() -> None:
    drawn = small_map(LOOKS, "All states")
    assert sorted(titles(drawn)) == sorted(look.title for look in LOOKS.values())
    assert {item.get("fill") for item in paths_of(drawn)} == {"#123456"}


def test_a_state_without_a_value_is_hatched_and_has_no_colour() -> None:
    drawn = small_map({code: LOOKS[code] for code in state_codes() if code != "25"}, "All but one")
    hatched = [item for item in paths_of(drawn) if item.get("fill") == f"url(#{svg.HATCH})"]
    assert len(hatched) == 1


def test_a_marked_state_lies_over_its_neighbours() -> None:
    marked = LOOKS | {"01": SmallArea("#123456", "marked", is_marked=True)}
    assert titles(small_map(marked, "One marked"))[-1] == "marked"


def test_small_states_have_no_room_for_a_text() -> None:
    drawn = small_map(LOOKS, "With texts")
    assert ">08</text>" in drawn
    assert [code for code in ("09", "17", "29") if f">{code}</text>" in drawn] == []


def test_the_drawing_says_what_it_shows() -> None:
    assert 'role="img" aria-label="Levels &lt;now&gt;"' in small_map(LOOKS, "Levels <now>")


def test_the_sign_of_what_is_missing_is_the_pattern() -> None:
    assert f"url(#{svg.HATCH})" in legend_swatch("")
    assert "#abcdef" in legend_swatch("#abcdef")
