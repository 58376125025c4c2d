"""The command `export map`: what it writes, what it prints, what it refuses in one line."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app import map_files
from geo_app.__main__ import main
from geo_app.atlas import load
from geo_app.errors import BadRequest

INEGI, ENSU = "homicides_inegi_per_100k", "insecurity_ensu_pct"

Ask = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run `export map` in an empty folder; return exit status, standard output and error."""
    monkeypatch.chdir(tmp_path)

    def run(line: str) -> tuple[int, str, str]:
        status = main(["export", "map", *line.split()])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_a_page_is_written_and_its_frame_is_printed(ask: Ask, tmp_path: Path) -> None:
    status, out, err = ask(f"{INEGI} --level state --out map.html")
    assert (status, err) == (0, "")
    assert (tmp_path / "map.html").read_text().startswith("<!DOCTYPE html>")
    assert out == (
        '<iframe src="map.html" title="Deaths by homicide per 100,000 inhabitants, INEGI" '
        'loading="lazy" width="100%" height="900" style="border:0"></iframe>\n'
    )


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_page_begins_in_the_language_asked_for(ask: Ask, tmp_path: Path, lang: str) -> None:
    ask(f"{INEGI} --out map.html --lang {lang}")
    assert f'<html lang="{lang}">' in (tmp_path / "map.html").read_text()


def test_the_table_of_a_page_holds_the_period_asked_for(ask: Ask, tmp_path: Path) -> None:
    ask(f"{INEGI} --out map.html --period 2022")
    rows = re.findall(r"<th scope=row>(.*?)<td>(.*?)<td>", _text(tmp_path / "map.html"))
    assert (len(rows), dict(rows)["Colima"], dict(rows)["Yucatán"]) == (32, "112.7", "1.9")


def test_the_table_of_municipalities_holds_their_states(ask: Ask, tmp_path: Path) -> None:
    ask(f"{INEGI} --level municipality --out map.html --period 2022")
    text = _text(tmp_path / "map.html")
    assert text.count("<th scope=row>") == 32
    assert "The table below holds the states for 2022." in text


@pytest.mark.parametrize(
    ("line", "budget"),
    [
        ("homicide_victims_sesnsp_per_100k --level state", 100_000),
        (f"{INEGI} --level municipality", 600_000),
    ],
)
def test_a_page_is_within_its_budget_without_leaflet(
    ask: Ask, tmp_path: Path, line: str, budget: int
) -> None:
    from geo_app.maps.page import size_report

    ask(f"{line} --out map.html")
    size = size_report(_text(tmp_path / "map.html"))
    assert size["whole"] - size["leaflet"] <= budget


@pytest.mark.parametrize("level", ["state", "municipality"])
def test_a_picture_has_the_width_asked_for(ask: Ask, tmp_path: Path, level: str) -> None:
    status, out, _ = ask(f"{INEGI} --level {level} --out map.png --period 2022 --width 600")
    (width,) = struct.unpack(">I", (tmp_path / "map.png").read_bytes()[16:20])
    assert (status, out, width) == (0, "", 600)


def test_a_drawing_names_its_sources_and_status(ask: Ask, tmp_path: Path) -> None:
    ask(f"{INEGI} --out map.svg --period 2022 --lang es")
    text = _text(tmp_path / "map.svg")
    assert "fecha de publicación no indicada; consultado el 23 de noviembre de 2026." in text
    assert "Estatus de los valores mostrados: definitivo." in text


def test_the_format_asked_for_goes_before_the_ending(ask: Ask, tmp_path: Path) -> None:
    ask(f"{INEGI} --out map.txt --format svg")
    assert "<svg" in _text(tmp_path / "map.txt")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{INEGI} --out map.gif", "map.gif: the ending names no kind of file"),
        (f"{INEGI} --out map", "expected .html, .png, .svg, got ''"),
        (f"{INEGI} --out map.svg --level city", "has no values for each city"),
        (f"{INEGI} --out map.html --level city", "has no values for each city"),
        (f"{INEGI} --out map.svg --period 1985", "has 1990 to 2024, not 1985"),
        (f"{INEGI} --out map.html --period 1985", "has 1990 to 2024, not 1985"),
        (f"{INEGI} --out map.png --width 100", "expected 480 to 10000 pixels, got 100"),
        ("unknown --out map.png", "no indicator is called 'unknown'"),
        (f"{INEGI} --out none/map.png", "No such file or directory; check the path"),
        (f"{INEGI} --out map.png --lang fr", "'fr' is not one of"),
        (INEGI, "Missing option '--out'"),
    ],
)
def test_bad_use_is_told_in_one_line(ask: Ask, tmp_path: Path, line: str, told: str) -> None:
    status, out, err = ask(line)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_figures_of_an_unseen_licence_become_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_files.sheet, "is_downloadable", lambda _found: False)
    with pytest.raises(BadRequest, match=r"not passed on; export a picture"):
        map_files.map_page(load(), map_files.MapRequest(INEGI))


def test_the_frame_has_no_markup_from_a_name() -> None:
    snippet = map_files.embed_snippet(map_files.MapRequest(ENSU), 'a "b".html')
    assert 'src="a%20%22b%22.html"' in snippet


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
