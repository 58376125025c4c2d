"""The charts: what they say in words, what is missing in them, and nothing by colour alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import svg
from geo_app.advice_steps import Step
from geo_app.charts import history_band
from geo_app.charts.interval_rows import Mark, Measured, interval_rows
from geo_app.charts.rate_years import Line, Point, rate_years
from geo_app.charts.spreading import spread
from geo_app.charts.year_bars import Bar, year_bars
from geo_app.text import words

EN = words("en")
HATCH = f"url(#{svg.HATCH})"


def step(start: date, end: date, level: int | None, **marks: bool) -> Step:
    told = {"is_carried_over": False, "is_last_stated": False} | marks
    return Step(start, end, level, **told)


STEPS = (
    step(date(2018, 1, 1), date(2018, 6, 1), None),
    step(date(2018, 6, 1), date(2020, 1, 1), 3, is_carried_over=True),
    step(date(2020, 1, 1), date(2021, 1, 1), 2),
    step(date(2021, 1, 1), date(2022, 1, 1), 2, is_last_stated=True),
)


def tree(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 -- made here


def written(drawn: str) -> list[str]:
    return [item.text or "" for item in tree(drawn).iter(f"{{{svg.NAMESPACE}}}text")]


def fills(drawn: str) -> list[str | None]:
    return [item.get("fill") for item in tree(drawn).iter(f"{{{svg.NAMESPACE}}}rect")]


def test_the_band_writes_each_level_with_the_sign_of_its_doubt() -> None:
    drawn = history_band.history_band(STEPS, "levels", EN)
    assert [sign for sign in written(drawn) if len(sign) < 4] == ["?", "3*", "2", "2?"]


def test_the_band_hatches_what_is_not_known_and_nothing_else() -> None:
    assert fills(history_band.history_band(STEPS, "levels", EN)).count(HATCH) == 2


def test_the_wide_band_has_the_day_of_each_issue_and_the_narrow_one_a_tick() -> None:
    days = [item.start.isoformat() for item in STEPS[1:]]
    wide, narrow = (
        history_band.history_band(STEPS, "levels", EN, width)
        for width in (history_band.WIDE, history_band.NARROW)
    )
    assert [text for text in written(wide) if text in days] == days
    assert [text for text in written(narrow) if text in days] == []
    assert "1 January 2020" in narrow


@given(st.lists(st.floats(0, 700), min_size=1, max_size=25).map(sorted))
def test_labels_of_close_issues_never_lie_on_each_other(wanted: list[float]) -> None:
    spots = spread(wanted, 0, 720, history_band._LABEL_GAP)
    gaps = [after - before for before, after in pairwise(spots)]
    assert min(gaps, default=99) >= history_band._LABEL_GAP - 1e-6


def test_rows_differ_by_shape_and_tell_their_figures() -> None:
    items = [
        Measured("Sinaloa", 32.3, 30.3, 34.3, "32.3 (30.3 to 34.3)", Mark.OWN),
        Measured("Mexico", 25.4, 25.1, 25.6, "25.4 (25.1 to 25.6)", Mark.NATION),
        Measured("Mine", 5.2, None, None, "5.2", Mark.REFERENCE),
    ]
    drawn = interval_rows(items, "rates")
    assert {"32.3 (30.3 to 34.3)", "5.2"} <= set(written(drawn))
    assert (drawn.count("<circle"), len(fills(drawn)), drawn.count("dasharray")) == (2, 1, 1)


def test_a_zero_is_written_a_gap_is_not_and_a_part_of_a_year_is_marked() -> None:
    bars = [
        Bar(2002, 2, is_partial=True, text="2"),
        Bar(2003, 0, is_partial=False, text="0"),
        Bar(2004, None, is_partial=False, text="—"),
        Bar(2005, 4, is_partial=False, text="4"),
    ]
    drawn = year_bars(bars, "counts")
    assert written(drawn) == ["2*", "02", "0", "03", "—", "04", "4", "05"]
    assert fills(drawn).count(HATCH) == 1
    assert len(fills(drawn)) == 2


def test_a_year_without_a_value_breaks_the_line() -> None:
    values = [1.0, 2.0, None, 3.0, 4.0]
    points = tuple(Point(2000 + n, value) for n, value in enumerate(values))
    whole = tuple(Point(2000 + n, 2.0) for n in range(5))
    drawn = rate_years(Line("Sinaloa", points), Line("Mexico", whole), "rates")
    lines = [
        item.get("d") or ""
        for item in tree(drawn).iter(f"{{{svg.NAMESPACE}}}path")
        if item.get("fill") == "none"
    ]
    assert sorted(line.count("M") for line in lines) == [1, 2]
    assert drawn.count("<circle") == 4 + 1


@pytest.mark.parametrize(
    "drawn",
    [
        history_band.history_band(STEPS, "said <all>", EN),
        interval_rows([Measured("a", 1, None, None, "1", Mark.OWN)], "said <all>"),
        year_bars([Bar(2002, 2, is_partial=True, text="2")], "said <all>"),
        rate_years(Line("a", (Point(2000, 1.0),)), Line("b", (Point(2000, 1.0),)), "said <all>"),
    ],
)
def test_every_drawing_says_what_it_shows(drawn: str) -> None:
    assert tree(drawn).get("aria-label") == "said <all>"


def test_numbers_too_wide_for_their_bars_stand_upright() -> None:
    def drawn(text: str) -> str:
        return year_bars(
            [Bar(2016 + n, 5.0, is_partial=False, text=text) for n in range(9)], "label"
        )

    assert "rotate(-90" not in drawn("12")
    assert drawn("17,556").count("rotate(-90") == 9
