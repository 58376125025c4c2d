"""What the page says of figures that a release moved further than any release before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo_app import paths
from geo_app.maps import artefacts
from geo_app.states import state_codes

Open = Callable[[Mapping[str, str | list[str]]], AppTest]

VICTIMS = "homicide_victims_sesnsp_per_100k"
CRIMES = ("extortion", "femicide", "homicide", "kidnapping")
RELEASES = ("June", "July", "August")
MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]


def count(release: str, code: str, month: str) -> int:
    """Return 10, a small revision in July and one in Tabasco in August that is larger than it."""
    if (code, month) == ("27", "2024-05") and release == "August":
        return 27
    return 12 if (code, month) == ("09", "2024-05") and release != "June" else 10


@pytest.fixture
def moved(home: Path) -> Path:
    """Three releases of SESNSP's victims; the third moves Tabasco's May of 2024 by 17."""
    rows = ["state_code,period,measure,value,status,release,published,checked,source"]
    known = ["release,published,seen,checked,file,sha256"]
    for number, name in enumerate(RELEASES, 1):
        day = f"2025-0{number}-20"
        known.append(f"{name},{day},,2026-11-23,v.csv,{'0' * 64}")
        rows += [
            f"{code},{month},{crime}_victims_count,{count(name, code, month)},preliminary,"
            f"{name},{day},2026-11-23,sesnsp-victims"
            for code in state_codes()
            for month in MONTHS
            for crime in CRIMES
        ]
    data = home / "data"
    (data / "tables/sesnsp-victims.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (data / "sources/sesnsp-victims.releases.csv").write_text(
        "\n".join(known) + "\n", encoding="utf-8"
    )
    paths.write_registry(data)
    artefacts.build_maps()
    return home


def warnings(page: AppTest) -> list[str]:
    return [item.value for item in page.get("html") if 'class="atlas-jump"' in item.value]


@pytest.mark.usefixtures("moved")
def test_the_page_warns_of_it_under_the_map_in_both_languages(open_page: Open) -> None:
    link = {"indicator": VICTIMS, "period": "2024-05"}
    (english,) = warnings(open_page(link))
    (spanish,) = warnings(open_page({**link, "lang": "es"}))
    assert "moved Tabasco, May 2024, from 10 to 27" in english
    assert "movió Tabasco, mayo de 2024, de 10 a 27" in spanish


@pytest.mark.usefixtures("moved")
def test_the_panel_of_the_state_warns_of_it_and_others_do_not(open_page: Open) -> None:
    link = {"indicator": VICTIMS, "period": "2024-05"}
    panels = {
        state: "".join(
            item.value
            for item in open_page({**link, "state": state}).get("html")
            if item.value.startswith('<section class="atlas-section">')
        )
        for state in ("27", "06")
    }
    assert "moved Tabasco, May 2024, from 10 to 27" in panels["27"]
    assert "Take care" not in panels["06"]


def test_the_method_tells_how_figures_moved_between_the_releases(open_page: Open) -> None:
    page = open_page({"indicator": VICTIMS})
    (method,) = [item.value for item in page.get("html") if 'class="atlas-method"' in item.value]
    assert "24 months old or older: " in method
    assert "figures were revised, half of these by 1 or less" in method


def test_no_warning_stands_under_figures_that_were_moved_as_usual(open_page: Open) -> None:
    assert warnings(open_page({"indicator": VICTIMS})) == []
