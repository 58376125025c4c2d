"""What a program gets of a comparison: the rows of the page, by Python and by the command line."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from geo_app import atlas, text
from geo_app.__main__ import main
from geo_app.compare import comparison, fetching, tables
from geo_app.compare.comparison import Asked, Panel
from geo_app.errors import BadRequest

INEGI, ENSU = "homicides_inegi_per_100k", "insecurity_ensu_pct"
SAY = text.words("en")

ASKED = {
    "a region and a state": Asked(INEGI, ("border", "19"), "2015", "2024", "", "", "lines"),
    "an index": Asked(INEGI, ("sum:02.08", "19"), "2015", "2024", "2018", "", "index"),
    "all states": Asked(INEGI, ("19",), "2020", "2024", "", "", "multiples"),
    "months": Asked(
        "homicide_victims_sesnsp_per_100k", ("bajio",), "2022-01", "2022-12", "", "", "lines"
    ),
    "cities": Asked(ENSU, ("city:0101", "25"), "2021Q1", "2022Q4", "", "", "lines"),
    "levels": Asked(
        "advisory_level_us",
        ("25", "level-4@2022-08-17"),
        "2020-01-01",
        "2023-01-01",
        "",
        "",
        "lines",
    ),
}


def panel(what: Asked, known_on: str = "") -> Panel:
    return comparison.build(atlas.load(known_on or None), what)[0]


@pytest.mark.parametrize("what", ASKED.values(), ids=ASKED.keys())
@pytest.mark.parametrize("known_on", ["", "2026-11-24"])
def test_the_lines_of_python_give_the_rows_of_the_page(what: Asked, known_on: str) -> None:
    shown = panel(what, known_on)
    held: dict[str, pd.DataFrame] = {}
    exec(fetching.python(shown, known_on), held)  # noqa: S102 - what the reader is told to run
    assert len(held["rows"]) > 0
    pd.testing.assert_frame_equal(held["rows"], tables.shown(shown, SAY))


@pytest.mark.parametrize("what", ASKED.values(), ids=ASKED.keys())
def test_the_command_prints_the_rows_of_the_page(
    what: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = panel(what)
    assert main([*fetching.command(shown, ""), "--format", "csv"]) == 0
    as_text = {"area_code": str, "period": str}
    printed = pd.read_csv(io.StringIO(capsys.readouterr().out), dtype=as_text)
    expected = tables.shown(shown, SAY)
    assert printed["area_code"].tolist() == expected["area_code"].tolist()
    assert printed["period"].tolist() == expected["period"].tolist()
    assert printed["value"].to_numpy() == pytest.approx(
        expected["value"].to_numpy(float), nan_ok=True
    )
    if shown.base:
        assert printed["index"].to_numpy() == pytest.approx(
            expected["index"].to_numpy(float), nan_ok=True
        )


def test_a_region_is_summed_over_its_people() -> None:
    # By hand from data/tables: deaths of six states in 2022, and their people.
    found = fetching.rows(INEGI, ["border"], start="2022", end="2022")
    region = found[found["area_code"] == "border"].iloc[0]
    assert (region["numerator"], region["denominator"]) == (8_783, 23_919_490)
    assert region["value"] == pytest.approx(36.72, abs=0.005)


def test_without_ends_the_whole_series_is_given() -> None:
    periods = fetching.rows(INEGI, ["19"])["period"]
    assert (periods.min(), periods.max()) == ("1990", "2024")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"areas": ["nowhere"]}, "no such region"),
        ({"areas": ["city:9999"]}, "no such region"),
        ({"areas": ["19"], "start": "2024", "end": "2015"}, "lies before the first"),
        ({"areas": ["19"], "start": "soon"}, "soon"),
        ({"areas": ["19"], "base": "1950"}, "no such period to set to 100"),
        ({"areas": ["19"], "slug": "opioid_deaths_12m"}, "not of states or cities"),
        (
            {"areas": ["25"], "slug": "advisory_level_us", "base": "2022-08-17"},
            "may have no index",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(asked: dict[str, object], message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        fetching.rows(**{"slug": INEGI, **asked})  # type: ignore[arg-type]


def test_bad_use_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", INEGI, "nowhere"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
