"""Places of areas in a period: golden counts of 2022, who has none and why, words and drawing."""

from __future__ import annotations

import re

import numpy as np
import pytest

from geo_app import atlas
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest
from geo_app.ranks import drawing, placed, words
from geo_app.ranks.placed import Ranks, Reason
from geo_app.records import LANGUAGES
from geo_app.text import words as language

HOMICIDES = "homicides_inegi_per_100k"
VICTIMS = "crime_prevalence_envipe_per_100k"
ENSU = "insecurity_ensu_pct"
ENVIPE = "insecurity_envipe_pct"


@pytest.fixture(scope="module")
def known() -> Atlas:
    return atlas.load()


@pytest.fixture(scope="module")
def homicides(known: Atlas) -> Ranks:
    return placed.places(known, HOMICIDES, "2022")


def test_the_places_of_2022_are_those_of_an_independent_simulation(
    known: Atlas, homicides: Ranks
) -> None:
    rows = known.values(HOMICIDES, period="2022", level="state")
    rows = rows[rows["area_kind"] == "state"]
    drawn = np.random.default_rng(11).gamma(rows["numerator"] + 0.5, size=(20_000, 32))
    ranks = (-drawn / rows["denominator"].to_numpy()).argsort(axis=1).argsort(axis=1) + 1
    low, high = np.percentile(ranks, [2.5, 97.5], axis=0)
    ends = {item.value.area_code: (item.first, item.last) for item in homicides.areas}
    for code, first, last in zip(rows["area_code"], low, high, strict=True):
        # A percentage that lies on a limit may fall to either side from seed to seed.
        assert np.abs(np.subtract(ends[code], (first, last))).max() <= 1
    same = [ends[c] == (f, h) for c, f, h in zip(rows["area_code"], low, high, strict=True)]
    assert sum(same) >= 29


def test_of_32_states_in_2022_eleven_have_a_single_place(homicides: Ranks) -> None:
    widths = [item.width for item in homicides.areas]
    counted = (homicides.fixed, sum(w >= 2 for w in widths), sum(w >= 4 for w in widths))
    assert (len(widths), *counted, homicides.widest) == (32, 11, 19, 5, 6)


def test_months_tell_places_less_well_than_years(known: Atlas, homicides: Ranks) -> None:
    month = placed.places(known, "homicide_victims_sesnsp_per_100k", "2022-03")
    middle = [np.median([item.width for item in found.areas]) for found in (homicides, month)]
    assert middle == [2, 5]


def test_the_joint_places_are_those_of_the_state_sheet_and_hold_the_single_ones(
    known: Atlas, homicides: Ranks
) -> None:
    sheet = known.ranking(HOMICIDES, "2022")
    for item in homicides.areas:
        row = sheet.loc[item.value.area_code]
        assert (item.joint_first, item.joint_last) == (row["place_first"], row["place_last"])
        assert item.joint_first <= item.first <= item.last <= item.joint_last


def test_the_highest_figure_stands_first(homicides: Ranks) -> None:
    values = [item.value.value for item in homicides.areas]
    assert values == sorted(values, reverse=True)
    assert homicides.areas[0].value.area_code == "06"


def test_estimates_with_an_error_have_places(known: Atlas) -> None:
    found = placed.places(known, VICTIMS, "2024")
    assert (found.reason, len(found.areas)) == (None, 32)
    assert found.fixed < 5 < found.widest
    assert all(i.joint_first <= i.first <= i.last <= i.joint_last for i in found.areas)


def test_a_city_without_an_interval_is_named_and_has_no_place(known: Atlas) -> None:
    found = placed.places(known, ENSU, "2025Q4")
    assert len(found.areas) == 90
    assert len(found.unplaced) == 1
    name = words.name(found.unplaced[0], language("en"))
    assert f"no interval is held: {name}." in " ".join(words.summary(found, language("en")))
    assert "a third party's" in " ".join(words.method_lines(found, language("en")))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("slug", "period", "level", "reason"),
    [
        ("advisory_level_us", "2026-05-29", None, Reason.LEVEL),
        ("disappeared_per_100k", "2022-03", None, Reason.LIVING),
        (ENVIPE, "2024", None, Reason.CONDITIONAL),
        (ENVIPE, "2023", None, Reason.NO_INTERVAL),
        (ENSU, "2025Q1", None, Reason.NO_INTERVAL),
        (HOMICIDES, "2022", "municipality", Reason.TOO_MANY),
        (VICTIMS, "2015", None, Reason.MISSING),
    ],
)
def test_without_an_interval_of_its_own_a_figure_has_no_place(
    known: Atlas, slug: str, period: str, level: str | None, reason: Reason, lang: str
) -> None:
    found = placed.places(known, slug, period, level)
    say = language(lang)
    assert (found.reason, found.areas, found.fixed, found.widest) == (reason, (), 0, 0)
    assert len(say(f"ranks_reason_{reason}")) > 20
    assert (words.summary(found, say), drawing.figure(found, say)) == ((), None)


@pytest.mark.parametrize(
    ("slug", "period", "nearest"),
    [
        (VICTIMS, "2013", "2020"),
        (VICTIMS, "2025", "2024"),
        (ENSU, "2024Q4", "2025Q3"),
        (ENVIPE, "2024", None),
        ("disappeared_per_100k", "2022-03", None),
    ],
)
def test_the_nearest_period_with_places_is_offered(
    known: Atlas, slug: str, period: str, nearest: str | None
) -> None:
    assert placed.nearest_period(known, slug, period) == nearest
    if nearest is not None:
        assert placed.places(known, slug, nearest).reason is None


def test_a_period_that_does_not_exist_has_no_places(known: Atlas) -> None:
    with pytest.raises(BadRequest, match="not 2031"):
        placed.places(known, HOMICIDES, "2031")


def test_places_are_written_as_people_say_them() -> None:
    say, diga = language("en"), language("es")
    assert words.place_text(17, 21, 32, say) == "17th to 21st of 32"
    assert words.place_text(17, 21, 32, diga) == "17.º a 21.º de 32"
    assert [words.ordinal(n, say) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th")
    ]


def test_the_summary_counts_places_and_says_what_they_are(homicides: Ranks) -> None:
    lines = words.summary(homicides, language("en"))
    assert lines[0].startswith("11 of 32 areas have a single place.")
    assert lines[0].endswith("the widest spans 7 places.")
    assert any("A place is no grade" in line for line in lines)


def test_table_file_and_chart_show_the_same_places(homicides: Ranks) -> None:
    say = language("en")
    frame = words.as_frame(homicides, say)
    assert frame["area_code"].tolist() == [item.value.area_code for item in homicides.areas]
    colima = frame.iloc[0]
    assert (colima["place_first"], colima["place_last"], colima["places_among"]) == (1, 1, 32)
    assert (frame["source"] == "inegi-homicides").all()
    assert words.as_html(homicides, say).count('<th scope="row">') == 32
    found = drawing.figure(homicides, say)
    assert found is not None
    rows = r'<text fill="currentColor" x="2"[^>]*font-size="13">([^<]+)<'
    assert re.findall(rows, found.drawing) == frame["area_name"].tolist()
    assert "<title>Colima: 112.7 (105.3–120.6); 1st of 32</title>" in found.drawing  # noqa: RUF001 - an en dash
