"""Two hundred random places of the product: colour, legend, table and tooltip against the atlas.

They are read from the screen of the exported page, whose table is text; the atlas computes its
answer in Python, so that two independent computations meet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from geo_app import atlas, map_files, sheet
from geo_app.answers import Layer
from geo_app.indicators import mapped
from geo_app.text import words

SAMPLES = 200
SEED = 20261124
MAPS = [
    (item.slug, str(level))
    for item in mapped()
    for level in item.mapped_levels
    # What may not be passed on makes no file that could be looked at.
    if sheet.is_downloadable(item)
]

# What stands on the screen of one area, in one question: the pointer's own events make the tip.
READ = """([period, code]) => {
    const layer = mapPage.layer;
    layer.setPeriod(period);
    const at = layer.model.codes.indexOf(code);
    layer._stages.first.renderer.on.enter(code, null);
    const tip = document.querySelector(".tc-map > .tc-tip");
    const lit = document.querySelector(".tc-legend .tc-lit");
    const swatch = lit.querySelector("rect");
    const row = document.querySelector(`#page-table tbody tr[data-code="${code}"]`);
    return {
        fill: layer.fillOf(code),
        legend: swatch.getAttribute("fill"),
        count: parseInt(lit.querySelector(".tc-count").textContent.replace(/\\D/g, ""), 10),
        tip: [...tip.querySelectorAll(".tc-tip-line")].map((line) => line.textContent),
        table: [...row.cells].slice(1).map((cell) => cell.textContent),
        name: tip.querySelector(".tc-tip-name").textContent,
        at,
    };
}"""


@dataclass(frozen=True, slots=True)
class Sample:
    slug: str
    level: str
    period: str
    code: str


@cache
def layer_of(slug: str, level: str, period: str) -> Layer:
    return atlas.load().layer(slug, period, level)


def samples() -> dict[tuple[str, str], list[Sample]]:
    """Return the samples by map: as many of each map, periods and areas at random."""
    random = Random(SEED)  # noqa: S311 - the same places on every run
    chosen: dict[tuple[str, str], list[Sample]] = {}
    for number in range(SAMPLES):
        slug, level = MAPS[number % len(MAPS)]
        period = random.choice(atlas.load().periods(slug, level))
        areas = layer_of(slug, level, period).areas
        code = str(random.choice(list(areas.index[areas.geometry.notna()])))
        chosen.setdefault((slug, level), []).append(Sample(slug, level, period, code))
    return chosen


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=ViewportSize(width=1280, height=900), offline=True)
    yield context.new_page()
    context.close()


def test_the_samples_are_two_hundred_and_of_every_map() -> None:
    chosen = samples()
    assert set(chosen) == set(MAPS)
    assert sum(map(len, chosen.values())) == SAMPLES


@pytest.mark.parametrize(("slug", "level"), MAPS)
def test_colour_legend_table_and_tooltip_say_what_the_atlas_says(
    page: Page, tmp_path: Path, slug: str, level: str
) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(map_files.map_file(atlas.load(), map_files.MapRequest(slug, level), "html"))
    page.goto(path.as_uri())
    expect(page.locator("#page-table th[aria-sort]").first).to_be_attached()
    # The table of many areas waits until the slider rests.
    rests = level == "municipality"
    for sample in samples()[slug, level]:
        seen = page.evaluate(READ, [sample.period, sample.code])
        if rests:
            expect(page.locator("#page-table caption")).to_contain_text(sample.period)
            seen = page.evaluate(READ, [sample.period, sample.code])
        assert _told(seen) == _expected(sample), json.dumps(seen)


def _told(seen: dict[str, object]) -> dict[str, object]:
    tip, table = seen["tip"], seen["table"]
    assert isinstance(tip, list)
    assert isinstance(table, list)
    return {
        "colour": _name(str(seen["fill"])),
        "legend": _name(str(seen["legend"])),
        "count": seen["count"],
        "tooltip": tip[0],
        "table": table[0],
        "interval in both": not table[1] or table[1] in tip[1],
    }


def _name(fill: str) -> str:
    """Return a colour as it is; of a pattern what it says: "missing", or class and mark."""
    return fill if fill.startswith("#") else fill.rstrip(")").split("-", maxsplit=1)[1]


def _expected(sample: Sample) -> dict[str, object]:
    layer = layer_of(sample.slug, sample.level, sample.period)
    say, row = words("en"), layer.areas.loc[sample.code]
    drawn = layer.areas[layer.areas.geometry.notna()]
    is_missing = bool(row["class_index"] < 0)
    value = say.status(row["status"]) if is_missing else say.figure(layer.indicator, row["value"])
    unit = "" if layer.indicator.kind == "level" else layer.indicator.unit.in_("en")
    return {
        "colour": _colour(layer, int(row["class_index"]), str(row["status"])),
        # The legend explains classes and marks apart: a class stands there in its plain colour.
        "legend": _colour(layer, int(row["class_index"]), ""),
        "count": int((drawn["class_index"] == row["class_index"]).sum()),
        "tooltip": value if is_missing else f"{value} {unit}".strip(),
        "table": value,
        "interval in both": True,
    }


def _colour(layer: Layer, index: int, status: str) -> str:
    if index < 0:
        return "missing"
    marked = status in {"partial", "estimated", "last_stated"}
    return f"{index}-{status}" if marked else layer.classes.colours[index]
