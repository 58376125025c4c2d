"""The map of a way: states on it have their level and a thick border, an unknown part is dashed."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from geo_app import svg
from geo_app.classes import PALETTES
from geo_app.routes import ways as routes
from geo_app.routes.drawing import BESIDE, route_map
from geo_app.text import words

MEXICO_CITY, TAXCO, COZUMEL = "geonames:3530597", "geonames:3516225", "icao:MMCZ"
CANCUN = "geonames:3531673"


def drawn(*codes: str, day: date = date(2025, 9, 1)) -> list[ET.Element]:
    made = route_map(routes.check(codes, day), words("en"))
    return list(ET.fromstring(made).iter(f"{{{svg.NAMESPACE}}}path"))  # noqa: S314 -- made here


def titles(paths: list[ET.Element]) -> dict[str, ET.Element]:
    return {"".join(item.itertext()): item for item in paths if "".join(item.itertext())}


def test_the_states_on_the_way_have_their_level_and_the_others_none() -> None:
    found = titles(drawn(MEXICO_CITY, TAXCO))
    on_the_way = {text: item.get("fill") for text, item in found.items() if ":" in text}
    assert on_the_way == {
        "Mexico City: 2 Exercise increased caution (current in this issue)": PALETTES["advisory"][
            1
        ],
        "Morelos: 3 Reconsider travel (current in this issue)": PALETTES["advisory"][2],
        "Guerrero: 4 Do not travel (current in this issue)": PALETTES["advisory"][3],
    }
    assert {item.get("fill") for text, item in found.items() if ":" not in text} == {BESIDE}


def test_a_level_that_is_not_known_is_hatched() -> None:
    found = titles(drawn(MEXICO_CITY, TAXCO, day=date(2018, 1, 9)))
    on_the_way = {item.get("fill") for text, item in found.items() if ":" in text}
    assert on_the_way == {f"url(#{svg.HATCH})"}


def test_a_part_that_is_not_known_is_dashed() -> None:
    assert not [item for item in drawn(MEXICO_CITY, TAXCO) if item.get("stroke-dasharray")]
    assert [item for item in drawn(CANCUN, COZUMEL) if item.get("stroke-dasharray")]
