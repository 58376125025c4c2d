"""What the browser computes of a packed map is what Python computes: every text, every test."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from random import Random

import numpy as np
import pytest
from playwright.sync_api import Browser, Error, Page

from geo_app import atlas, statistics
from geo_app.indicators import mapped
from geo_app.maps.figure import CELL_MARKS, time_map_data
from geo_app.maps.packing import MAGIC, VERSION, Packed, identified, pack
from geo_app.maps.payload import TimeMapData
from geo_app.maps.scripts import SCRIPTS
from geo_app.sheet import MINUS
from geo_app.text import Words, words

MAPS = [(item.slug, str(level)) for item in mapped() for level in item.mapped_levels]
INEGI, LEVEL = "homicides_inegi_per_100k", "advisory_level_us"
MONTHLY, YEARLY = "homicide_victims_sesnsp_per_100k", "homicide_victims_sesnsp_12m_per_100k"
NAMES = ["Model", "Comparison", "Sparks", "poissonInterval", "changeProbability", "holm"]
TEXTS = ["numberText", "signedText", "percentText"]

Cell = list[int | str]


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Page]:
    """Return a page that has our scripts up to the model, what compares and draws lines."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    own = *SCRIPTS[: SCRIPTS.index("model.js") + 1], "compare.js", "legend.js", "sparkline.js"
    folder = resources.files("geo_app.maps")
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in own)
    names = ", ".join([*NAMES, *TEXTS])
    page.add_script_tag(content=f"{{{text}\nObject.assign(window, {{{names}}});}}")
    yield page
    context.close()


def load(page: Page, data: TimeMapData) -> None:
    page.evaluate(
        "async (text) => { window.model = await Model.load(JSON.parse(text)); }", data.to_json()
    )


def map_of(slug: str, level: str, lang: str = "en") -> TimeMapData:
    return time_map_data(atlas.load(), slug, lang, level=level)


def expected(slug: str, level: str, say: Words) -> Iterator[list[Cell]]:
    """Yield the cells of each step as the table of the atlas tells them."""
    names = ["class_index", "value", "low", "high", "interval", "status"]
    for layer in atlas.load().layers(slug, level):
        rows = layer.areas[layer.areas.geometry.notna()]
        found = layer.indicator
        row: list[Cell] = []
        for index, value, low, high, kind, status in zip(
            *(rows[name].tolist() for name in names), strict=True
        ):
            if math.isnan(value):
                row.append([-1, say.status(status), "", "", ""])
                continue
            span = say.span(low, high, found.decimals)
            mark = CELL_MARKS.get(status, "")
            interval = f"{span} ({say.interval(kind)})" if span else ""
            told = "" if mark else say.status(status)
            row.append([index, say.figure(found, value), interval, told, mark])
        yield row


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(("slug", "level"), MAPS)
def test_every_text_of_every_cell_is_that_of_the_table(
    lab: Page, slug: str, level: str, lang: str
) -> None:
    load(lab, map_of(slug, level, lang))
    found = lab.evaluate(
        "() => model.steps.map((_, step) => model.codes.map((_, area) => {"
        " const cell = model.sheet(step).cell(area);"
        " return [cell.classIndex, cell.value, cell.interval, cell.status, cell.mark]; }))"
    )
    assert found == list(expected(slug, level, words(lang)))


@pytest.mark.parametrize(("slug", "level"), [(INEGI, "state"), (INEGI, "municipality")])
def test_every_painted_class_is_that_of_the_table(lab: Page, slug: str, level: str) -> None:
    load(lab, map_of(slug, level))
    found = lab.evaluate("() => model.steps.map((_, step) => [...model.sheet(step).row])")
    layers = atlas.load().layers(slug, level)
    assert found == [layer.areas["class_index"].tolist() for layer in layers]


def pairs_of(slug: str) -> list[tuple[int, int]]:
    """Return pairs of steps: a year or more apart in months, any in years."""
    count, stride = len(atlas.load().periods(slug)), 1 if slug == INEGI else 12
    chosen = Random(3)  # noqa: S311 - the same cases on every run
    firsts = [chosen.randrange(count - stride) for _ in range(4)]
    return [
        (first, first + stride * chosen.randint(1, (count - 1 - first) // stride))
        for first in firsts
    ]


@pytest.mark.parametrize("slug", [INEGI, MONTHLY, YEARLY])
def test_a_difference_stands_where_the_atlas_says_so(lab: Page, slug: str) -> None:
    load(lab, map_of(slug, "state"))
    pairs = pairs_of(slug)
    found = lab.evaluate(
        "(pairs) => pairs.map(([first, last]) => [...model.difference(first, last).stands])",
        [list(pair) for pair in pairs],
    )
    periods, codes = atlas.load().periods(slug), map_of(slug, "state").head.codes
    wanted = [
        [int(atlas.load().change(slug, code, periods[a], periods[b]).stands) for code in codes]
        for a, b in pairs
    ]
    assert found == wanted


def test_a_difference_that_cannot_be_told_from_chance_is_grey(lab: Page) -> None:
    load(lab, map_of(INEGI, "state"))
    grey, stands, neutral = lab.evaluate(
        "() => { const sheet = model.difference(30, 34);"
        " return [[...sheet.row].map((index) => index === sheet.neutral),"
        " [...sheet.stands], sheet.neutral]; }"
    )
    assert neutral == 4
    assert grey == [not stand for stand in stands]


def test_the_probability_of_a_change_is_that_of_python(lab: Page) -> None:
    chosen = Random(5)  # noqa: S311 - the same cases on every run
    cases = [
        (chosen.randrange(400), chosen.uniform(1, 9), chosen.randrange(400), chosen.uniform(1, 9))
        for _ in range(200)
    ] + [(0, 1.0, 0, 1.0), (0, 1.0, 5, 2.0), (5, 2.0, 0, 1.0), (6000, 3.0, 5000, 2.0)]
    found = lab.evaluate("(cases) => cases.map((c) => changeProbability(...c))", cases)
    assert found == pytest.approx(
        [statistics.rate_change(*case).p_value for case in cases], rel=1e-8, abs=1e-250
    )


def test_the_interval_of_a_count_is_that_of_python(lab: Page) -> None:
    counts = [*range(1000), *range(1000, 6001, 50)]
    found = np.array(lab.evaluate("(counts) => counts.map(poissonInterval)", counts))
    low, high = statistics.poisson_interval(counts)
    assert found[:, 0] == pytest.approx(low, rel=1e-13)
    assert found[:, 1] == pytest.approx(high, rel=1e-13)


def test_many_tests_are_corrected_as_in_python(lab: Page) -> None:
    chosen = Random(7)  # noqa: S311 - the same cases on every run
    values = [[chosen.random() ** 6 for _ in range(32)] for _ in range(20)]
    found = lab.evaluate("(all) => all.map((values) => [...holm(values)])", values)
    assert found == [statistics.holm(row).astype(int).tolist() for row in values]


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_a_number_is_written_as_in_python(lab: Page, decimals: int) -> None:
    chosen = Random(11)  # noqa: S311 - the same cases on every run
    # Quarters and eighths are ties that a computer can hold.
    numbers = [n / 8 for n in range(-40, 80)] + [chosen.uniform(0, 1e7) for _ in range(300)]
    found = lab.evaluate(
        "([numbers, decimals]) => numbers.map((n) => numberText(n, decimals))", [numbers, decimals]
    )
    assert found == [f"{number:z,.{decimals}f}" for number in numbers]


def test_a_difference_is_written_with_its_sign_unless_it_reads_as_zero(lab: Page) -> None:
    numbers = [12.34, -12.34, 0.04, -0.04, 0, -0.05]
    found = lab.evaluate("(numbers) => numbers.map((n) => signedText(n, 1))", numbers)
    assert found == ["+12.3", f"{MINUS}12.3", "0.0", "0.0", "0.0", f"{MINUS}0.1"]


@pytest.mark.parametrize("ratio", [0.5, 0.996, 1.0, 1.004, 1.125, 2.0, 13.0])
def test_a_ratio_is_written_as_in_the_panel_of_a_state(lab: Page, ratio: float) -> None:
    wanted = f"{(ratio - 1) * 100:+,.0f}".replace("-", MINUS)
    assert lab.evaluate("(ratio) => percentText(ratio)", ratio) == wanted


def test_shares_are_not_compared_and_say_why(lab: Page) -> None:
    load(lab, map_of("insecurity_envipe_pct", "state"))
    assert "without intervals" in lab.evaluate("() => model.refusal(2, 5)")


def test_the_same_step_is_not_compared_with_itself(lab: Page) -> None:
    load(lab, map_of(INEGI, "state"))
    assert lab.evaluate("() => model.refusal(2, 2)") == "Choose two different periods"


def test_months_of_different_seasons_are_not_compared(lab: Page) -> None:
    load(lab, map_of(MONTHLY, "state"))
    found = lab.evaluate("() => [0, 1, 12].map((first) => model.refusal(first, 24))")
    assert found == ["", "Not compared: months of different seasons", ""]


def test_a_difference_of_levels_is_a_number_of_levels(lab: Page) -> None:
    load(lab, map_of(LEVEL, "state"))
    steps = [step.period for step in map_of(LEVEL, "state").head.steps]
    first, last = steps.index("2018-01-10"), steps.index("2025-08-12")
    rows = lab.evaluate(
        "([a, b]) => { const sheet = model.difference(a, b);"
        " return model.codes.map((_, i) => [sheet.row[i], sheet.cell(i).value]); }",
        [first, last],
    )
    layers = [atlas.load().layer(LEVEL, steps[n]).areas["value"] for n in (first, last)]
    change = (layers[1] - layers[0]).astype(int).tolist()
    signs = {True: MINUS, False: "+"}
    assert rows == [[3 + n, f"{signs[n < 0]}{abs(n)}" if n else "0"] for n in change]


def test_a_map_without_a_value_at_one_date_is_not_compared_there(lab: Page) -> None:
    load(lab, map_of(LEVEL, "state"))
    row = lab.evaluate("() => [...model.difference(0, 5).row]")
    assert set(row) == {-1}


@pytest.mark.parametrize(
    ("values", "shares"),
    [([0, 5, 10], [0, 0.5, 1]), ([-10, -5, 0], [0, 0.5, 1]), ([-5, 0, 5], [0, 0.5, 1])],
    ids=["above zero", "below zero", "both"],
)
def test_a_higher_value_stands_higher_on_its_line(
    lab: Page, values: list[float], shares: list[float]
) -> None:
    found = lab.evaluate(
        "(values) => { const model = { areaCount: 1, stepCount: 3, valueAt: (n) => values[n] };"
        " const line = new Sparks(model); return values.map((value) => line.y(value)); }",
        values,
    )
    assert found == pytest.approx([49 - 46 * share for share in shares])


PARTLY = "() => { model.marks[34 * model.areaCount + 1] = 1; }"
"""Make the second state's last value one of a part of its year."""


def test_a_value_of_a_part_of_its_year_is_never_compared(lab: Page) -> None:
    load(lab, map_of(INEGI, "state"))
    lab.evaluate(PARTLY)
    found = lab.evaluate(
        "() => { const { classIndex, value } = model.difference(10, 34).cell(1);"
        " return [classIndex, value]; }"
    )
    assert found == [-1, "Not compared: one of the two covers only a part of its period"]


def test_a_value_of_a_part_of_its_year_is_listed_without_a_direction(lab: Page) -> None:
    load(lab, map_of(INEGI, "state"))
    lab.evaluate(PARTLY)
    text = lab.evaluate("() => new Comparison(model).dates(10, 34).text")
    assert re.search(r"\); Baja California\.", text)


def test_states_in_another_class_are_found(lab: Page) -> None:
    load(lab, map_of(INEGI, "state"))
    layers = atlas.load().layers(INEGI)
    before, after = (layers[n].areas["class_index"].to_numpy() for n in (5, 30))
    assert lab.evaluate("() => model.changed(5, 30)") == np.flatnonzero(before != after).tolist()


# ------------------------------------------------------------------------------------- shapes


@pytest.mark.parametrize("level", ["state", "municipality"])
def test_both_sides_of_an_arc_are_areas_or_the_sea(lab: Page, level: str) -> None:
    load(lab, map_of(INEGI, level))
    used = lab.evaluate(
        "() => { const used = new Set(model.geometry.sides.flat()); used.delete(-1);"
        " return used.size; }"
    )
    assert used == len(map_of(INEGI, level).head.codes)


def test_the_states_are_drawn_around_their_municipalities(lab: Page) -> None:
    load(lab, map_of(INEGI, "municipality"))
    found = lab.evaluate(
        "() => { const place = (x, y) => [y, x];"
        " const ring = ([references]) => model.geometry.ringPoints(references, place);"
        " const area = (points) => points.reduce((sum, [y, x], i) => {"
        "  const [b, a] = points[(i + 1) % points.length]; return sum + (x * b - a * y) / 2; }, 0);"
        " return model.geometry.outlines.map(({ polygons }) =>"
        "  polygons.reduce((sum, rings) => sum + area(ring(rings)), 0)); }"
    )
    from geo_app import shapes
    from geo_app.maps.geometry import project

    real = [shape.area / 1e4 for shape in project(shapes.load_states().geometry)]
    assert found == pytest.approx(real, rel=0.02)


# ------------------------------------------------------------------------------ bad artefacts


def reason(page: Page, data: TimeMapData) -> str:
    found: str = page.evaluate(
        "(text) => Model.load(JSON.parse(text)).then(() => '', (error) => error.reason)",
        data.to_json(),
    )
    return found


@pytest.fixture(scope="module")
def good() -> TimeMapData:
    return map_of(LEVEL, "state")


def test_a_good_map_is_read(lab: Page, good: TimeMapData) -> None:
    assert reason(lab, good) == ""


def test_bytes_that_are_cut_off_are_told(lab: Page, good: TimeMapData) -> None:
    cut = Packed(good.series.data[:-20], good.series.crc)
    assert reason(lab, replace(good, series=cut)) == "truncated"


def test_other_bytes_than_the_named_ones_are_told(lab: Page, good: TimeMapData) -> None:
    other = Packed(map_of(INEGI, "state").series.data, good.series.crc)
    assert reason(lab, replace(good, series=other)) == "hash"


def test_bytes_of_another_version_are_told(lab: Page, good: TimeMapData) -> None:
    import zlib

    newer = identified(zlib.compress(MAGIC + bytes([VERSION + 1]) + b"S"))
    assert reason(lab, replace(good, series=newer)) == "version"


def test_values_of_other_areas_are_told(lab: Page, good: TimeMapData) -> None:
    other = map_of("insecurity_ensu_pct", "city").series
    assert reason(lab, replace(good, series=other)) == "mismatch"


def test_shapes_in_place_of_values_are_told(lab: Page, good: TimeMapData) -> None:
    assert reason(lab, replace(good, series=good.geometry)) == "mismatch"


@pytest.mark.parametrize("body", [b"", b"\x20", b"\x20\x15\x05"])
def test_lists_that_end_too_early_are_told(lab: Page, good: TimeMapData, body: bytes) -> None:
    assert reason(lab, replace(good, series=pack("S", body))) == "truncated"


def test_a_browser_that_cannot_inflate_is_told(browser: Browser, good: TimeMapData) -> None:
    context = browser.new_context(offline=True)
    try:
        page = context.new_page()
        page.add_script_tag(content="delete window.DecompressionStream;")
        folder = resources.files("geo_app.maps")
        own = SCRIPTS[: SCRIPTS.index("model.js") + 1]
        text = "\n".join((folder / name).read_text(encoding="utf-8") for name in own)
        page.add_script_tag(content=f"{{{text}\nObject.assign(window, {{ Model }});}}")
        assert reason(page, good) == "unsupported"
    except Error as error:  # pragma: no cover - the message of the browser says more than ours
        pytest.fail(str(error))
    finally:
        context.close()
