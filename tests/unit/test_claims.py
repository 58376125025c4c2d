"""The claims of the article: published figures, verdicts that follow from them, nothing assumed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import advisories, atlas, export
from geo_app.claims import (
    advice,
    drawings,
    first_half,
    peace,
    sums,
    surveys,
    united_states,
    words,
)
from geo_app.claims.every import claims
from geo_app.claims.records import (
    Bars,
    Claim,
    Held,
    Levels,
    Line,
    Outcome,
    Verdict,
    combine,
    decided,
)
from geo_app.text import words as language

OUTCOMES = st.lists(st.sampled_from(Outcome), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def every() -> dict[str, Claim]:
    return {claim.key: claim for claim in claims(atlas.load())}


def values(claim: Claim) -> dict[tuple[str, str, str], float | None]:
    return {(one.name, one.first, one.release): one.value for one in claim.figures}


def outcomes(claim: Claim) -> list[str]:
    return [str(part.outcome) for part in claim.parts]


def test_each_claim_has_the_verdict_that_its_figures_give(every: dict[str, Claim]) -> None:
    assert {key: str(claim.verdict) for key, claim in every.items()} == {
        "record": "in_part",
        "half": "in_part",
        "insecure": "holds",
        "levels": "holds",
        "fentanyl": "not",
        "opioids": "holds",
        "reported": "holds",
        "peace": "in_part",
    }


@given(OUTCOMES)
def test_a_claim_holds_if_and_only_if_each_part_does(found: list[Outcome]) -> None:
    assert (combine(found) is Verdict.HOLDS) == all(one is Outcome.YES for one in found)


@given(OUTCOMES)
def test_the_order_of_the_parts_makes_no_verdict(found: list[Outcome]) -> None:
    assert combine(found) is combine(found[::-1])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([Outcome.NO, Outcome.NOT_HELD], Verdict.NOT),
        ([Outcome.YES, Outcome.NO], Verdict.IN_PART),
        ([Outcome.YES, Outcome.UNTOLD], Verdict.IN_PART),
        ([Outcome.UNTOLD, Outcome.NOT_HELD], Verdict.UNKNOWN),
    ],
)
def test_parts_that_differ(found: list[Outcome], expected: Verdict) -> None:
    assert combine(found) is expected


def test_what_is_missing_decides_nothing() -> None:
    assert decided(is_true=None) is Outcome.NOT_HELD
    assert combine([Outcome.NOT_HELD]) is Verdict.UNKNOWN


# INEGI, Defunciones por homicidio; SESNSP, release of September 2025.
def test_the_record_years_are_the_published_ones(every: dict[str, Claim]) -> None:
    found = {(one.name, one.first[:4]): one.value for one in every["record"].figures}
    assert [found["deaths", str(year)] for year in (2018, 2019, 2020, 2021)] == [
        36685,
        36661,
        36773,
        35700,
    ]
    assert found["victims", "2019"] == pytest.approx(34722, abs=2)


def test_a_record_within_chance_is_no_record(every: dict[str, Claim]) -> None:
    # INEGI 2019, 2020, 2021 and then SESNSP: 36,773 against 36,685 is a toss-up.
    assert outcomes(every["record"]) == ["untold", "untold", "no", "yes", "yes", "untold"]


# Section 3 of the provenance of the homicides: 16,975 and 15,381 (December 2024) or 15,382
# (September 2025), with femicide 17,513 and 15,900, case files 14,389 and 12,951.
@pytest.mark.parametrize(
    ("name", "release", "before", "after"),
    [
        ("victims", "SESNSP victims, December 2024", 16975, 15381),
        ("victims", "SESNSP victims, September 2025", 16975, 15382),
        ("both", "SESNSP victims, December 2024", 17513, 15900),
        ("files", "SESNSP case files, November 2024", 14389, 12951),
    ],
)
def test_the_half_years_are_the_published_ones(
    every: dict[str, Claim], name: str, release: str, before: int, after: int
) -> None:
    found = values(every["half"])
    assert found[name, "2021-01", release] == before
    assert found[name, "2022-01", release] == after


def test_the_fall_agrees_by_victims_and_not_by_case_files(every: dict[str, Claim]) -> None:
    parts = {part.key: part for part in every["half"].parts}
    names = ("victims", "both", "files", "inegi_preliminary", "inegi_definitive")
    changes = [parts[f"claims_half_{name}"].facts["change"] for name in names]
    assert [round(change[0], 1) for change in changes] == [-9.4, -9.2, -10.0, -8.3, -6.6]  # type: ignore[arg-type]
    assert outcomes(every["half"]) == ["yes", "yes", "yes", "no", "yes", "no"]
    assert parts["claims_half_fall"].facts["count"] == (4, 0)


# INEGI, deaths by homicide of the first halves of 2021, 2022 and 2023, as the press told them.
def test_half_years_of_inegi_keep_their_status_and_their_page(every: dict[str, Claim]) -> None:
    found = [one for one in every["half"].figures if one.name == "told_deaths"]
    assert [(one.first, one.last, str(one.status), one.value) for one in found] == [
        ("2021-01", "2021-06", "preliminary", 16972),
        ("2021-01", "2021-06", "final", 17462),
        ("2022-01", "2022-06", "preliminary", 15561),
        ("2022-01", "2022-06", "final", 16316),
    ]
    assert all(one.source == "press-figures" and one.address for one in found)
    assert {
        one.address for claim in every.values() for one in claim.figures if one not in found
    } > {""}


def test_what_differs_in_status_or_is_a_part_decides_nothing(every: dict[str, Claim]) -> None:
    notes = {note.key: note.facts for note in every["half"].notes}
    assert notes["claims_half_by_death"] == {"before": (17368, 0), "after": (15598, 0)}
    change = notes["claims_half_mixed"]["change"]
    assert (round(float(change[0]), 1), change[1]) == (-10.9, 1)
    assert notes["claims_half_by_registration"] == {"last": "2015-12"}
    months = [one for one in every["half"].figures if one.name == "deaths_of_month"]
    assert [str(one.status) for one in months] == ["final", "partial"]
    assert not any("by_death" in part.key for part in every["half"].parts)


def test_the_press_stands_in_no_drawing(every: dict[str, Claim]) -> None:
    for claim in every.values():
        told = {one.value for one in claim.figures if one.address}
        drawn = [
            value
            for found in claim.drawings
            if isinstance(found, Bars | Line)
            for _, value, *_ in (found.bars if isinstance(found, Bars) else found.points)
        ]
        assert told.isdisjoint(drawn)


def test_victims_and_case_files_never_stand_in_one_sum(every: dict[str, Claim]) -> None:
    assert all(" + " not in one.source for claim in every.values() for one in claim.figures)


def test_insecurity_is_that_of_the_cities_and_the_states_stand_beside(
    every: dict[str, Claim],
) -> None:
    cities, states = every["insecure"].figures
    assert round(cities.value or 0, 1) == 67.4  # INEGI, ENSU, comunicado 366/22
    assert (cities.low, cities.high) == (66.61, 68.22)
    assert (states.indicator, states.value) == ("insecurity_envipe_pct", 75.9)
    assert len(every["insecure"].drawings) == 2


# US State Department, Mexico Travel Advisory of 17 August 2022: 6 / 7 / 17 / 2.
def test_the_levels_give_29_only_without_mexico_city(every: dict[str, Claim]) -> None:
    found = {one.name: one.value for one in every["levels"].figures}
    assert [found[f"level_{level}"] for level in (4, 3, 2, 1)] == [6, 7, 17, 2]
    assert (found["above_states"], found["above_areas"]) == (29, 30)
    note = words.note_lines(every["levels"], language("en"))[0]
    assert "30 of 32" in note


def test_the_days_that_give_the_numbers_run_to_the_issue_without_levels() -> None:
    history = advisories.history()
    assert advice.agreeing_days(history, history.checked) == (
        (date(2022, 8, 17), date(2026, 5, 28)),
    )
    assert advice.agreeing_days(history, date(2023, 1, 1)) == (
        (date(2022, 8, 17), date(2023, 1, 1)),
    )
    assert advice.agreeing_days(history, date(2022, 8, 16)) == ()


def test_the_issue_before_does_not_agree() -> None:
    assert not advice.agrees(advisories.history().on(date(2022, 8, 16)))
    assert advice.agrees(advisories.history().on(date(2022, 8, 17)))


# CBP, Nationwide Drug Seizures: fiscal years 2020 4,791, 2021 11,201, ten months of 2022 10,543.
def test_the_seizures_are_the_published_ones(every: dict[str, Claim]) -> None:
    found = {one.name: round(one.value or 0) for one in every["fentanyl"].figures}
    assert found == {
        "fiscal_2020": 4791,
        "fiscal_2021": 11201,
        "fiscal_2022_10": 10543,
        "fiscal_2022_11": 12844,
        "fiscal_2022": 14700,
    }
    assert outcomes(every["fentanyl"]) == ["no", "no"]
    notes = " ".join(words.note_lines(every["fentanyl"], language("en")))
    assert "2.68 times" in notes
    assert "3.17 times" in notes


def test_a_fiscal_year_begins_in_october_and_a_missing_month_makes_no_sum() -> None:
    rows = atlas.load().values("fentanyl_seized_lb", level="nation")
    whole = united_states.fiscal(rows, 2022, 12)
    assert (whole.first, whole.last) == ("2021-10", "2022-09")
    assert united_states.fiscal(rows[rows["period"] != "2022-03"], 2022, 12).value is None
    assert united_states.fiscal(rows, 2018, 12).value is None


# CDC, VSRR, T40.4, as of June 2026.
def test_the_opioid_deaths_are_the_published_ones(every: dict[str, Claim]) -> None:
    found = {(one.name, one.first): one.value for one in every["opioids"].figures}
    assert found == {
        ("opioids_reported", "2021-03"): 62195,
        ("opioids_reported", "2022-03"): 72614,
        ("opioids_predicted", "2021-03"): 62585,
        ("opioids_predicted", "2022-03"): 73248,
    }


# INEGI, ENVIPE 2022: 10.1 % reported, cuadro 3.3.
def test_the_share_reported_is_told_by_the_press_and_not_read_off_the_hidden_figure(
    every: dict[str, Claim],
) -> None:
    *told, share, rest = every["reported"].figures
    assert {one.first: one.value for one in told} == {
        "2012": 12.2,
        "2019": 11.0,
        "2021": 10.1,
        "2022": 10.9,
        "2023": 10.4,
    }
    assert round(share.value or 0, 1) == 93.2
    assert (share.value or 0) + (rest.value or 0) == pytest.approx(100)
    assert rest.low is None
    assert outcomes(every["reported"]) == ["yes"]
    assert "10.1 % were reported" in words.part_lines(every["reported"], language("en"))[0]


@pytest.mark.parametrize(
    ("share", "outcome"),
    [(9.4, "no"), (9.6, "yes"), (10.4, "yes"), (10.6, "no"), (None, "not_held")],
)
def test_one_in_ten_is_a_share_that_rounds_to_ten_percent(
    monkeypatch: pytest.MonkeyPatch, every: dict[str, Claim], share: float | None, outcome: str
) -> None:
    (held,) = [one for one in every["reported"].figures if one.value == 10.1]
    monkeypatch.setattr(surveys, "told", lambda *_: [replace(held, value=share)])
    found = surveys.reported(atlas.load())
    assert outcomes(found) == [outcome]
    assert words.part_lines(found, language("es"))


def test_editions_of_the_index_are_counted_and_never_joined(every: dict[str, Claim]) -> None:
    found = every["peace"]
    bars = found.drawings[0]
    assert isinstance(bars, Bars)
    assert bars.bars == (
        *((edition, 32.0, False) for edition in ("2015", "2016", "2017", "2018")),
        *((edition, None, False) for edition in ("2019", "2020", "2021", "2022")),
    )
    scores = [one for one in found.figures if one.name == "score_nation"]
    assert [one.value for one in scores] == [None] * 4
    assert not any(isinstance(one, Line) for one in found.drawings)


# IEP, Mexico Peace Index 2022, as the press told it.
def test_the_fall_of_peace_is_told_of_one_edition_and_clearly_is_left_open(
    every: dict[str, Claim],
) -> None:
    found = every["peace"]
    assert outcomes(found) == ["yes", "not_held"]
    told = {(one.name, one.first, one.last): one.value for one in found.figures if one.address}
    assert told == {
        ("told_peace_change", "2015", "2021"): -17.1,
        ("told_peace_change", "2020", "2021"): 0.2,
        ("told_states_improved", "2020", "2021"): 23,
        ("told_states_worse", "2020", "2021"): 9,
    }
    assert not words.is_downloadable(found)
    assert found.compared is None


def test_a_rise_of_peace_would_be_no_fall(
    monkeypatch: pytest.MonkeyPatch, every: dict[str, Claim]
) -> None:
    held = every["peace"].figures[0]
    monkeypatch.setattr(peace, "told", lambda *_: [replace(held, value=1.0)])
    assert outcomes(peace.peace(atlas.load())) == ["no", "not_held"]


def test_as_known_then_nothing_of_later_is_told() -> None:
    found = {claim.key: claim for claim in claims(atlas.load("2022-07-01"))}
    assert {str(claim.verdict) for claim in found.values()} == {"unknown"}
    for claim in found.values():
        held = [one for one in claim.figures if one.value is not None]
        assert all("" < one.published <= "2022-07-01" for one in held)
    notes = {note.key for note in found["half"].notes}
    assert "claims_half_by_registration" not in notes


def test_as_known_in_2024_the_case_files_are_held_and_the_victims_not() -> None:
    found = first_half.half(atlas.load("2024-12-31"))
    assert outcomes(found) == ["yes", "not_held", "not_held", "no", "yes", "no"]
    before = first_half.half(atlas.load("2023-06-30"))
    assert outcomes(before)[-2:] == ["yes", "not_held"]


def test_a_release_without_a_month_gives_no_half_year() -> None:
    rows = sums.of_release(
        "sesnsp-cases",
        "SESNSP case files, March 2022",
        ("homicide_cases_count",),
        "2022-01",
        "2022-06",
    )
    assert rows.empty


def test_deaths_by_month_are_those_of_the_nation_where_they_are_held() -> None:
    release = "INEGI by month of registration 1990-2015"
    source, measure = first_half.BY_REGISTRATION
    rows = sums.of_release(source, release, (measure,), "2015-01", "2015-12")
    assert rows["value"].sum() == 20762  # INEGI, Defunciones por homicidio, 2015


def test_the_last_month_is_that_of_the_day() -> None:
    assert sums.last_month(*first_half.BY_REGISTRATION, None) == "2015-12"
    assert sums.last_month(*first_half.BY_REGISTRATION, "2026-11-26") == "2015-12"
    assert sums.last_month(*first_half.BY_REGISTRATION, "2026-11-25") == ""


def test_releases_stand_in_their_order_and_only_where_they_hold_everything() -> None:
    both = ("homicide_victims_count", "femicide_victims_count")
    assert sums.releases("sesnsp-victims", both, None) == [
        "SESNSP victims, December 2024",
        "SESNSP victims, June 2025",
    ]
    assert sums.releases("sesnsp-victims", both, "2024-01-01") == []


def test_a_sum_is_as_doubtful_as_its_worst_part() -> None:
    rows = pd.DataFrame(
        {
            "value": [1.0, 2.0],
            "status": ["final", "estimated"],
            "source": "s",
            "release": ["a", "b"],
            "published": "",
            "checked": "2026-01-01",
        }
    )
    found = sums.summed(rows, "victims", "x", "victims", ("2021", "2022"))
    assert (found.value, found.status, found.release) == (3.0, "estimated", "a + b")
    missing = sums.summed(rows.assign(value=[1.0, None]), "victims", "x", "victims", ("1", "2"))
    assert (missing.value, missing.status) == (None, "missing")


def test_a_change_from_nothing_is_none() -> None:
    held = Held("v", "x", "1", "1", 0.0, "v", 0, None, None, "", *("",) * 5, "00")  # type: ignore[arg-type]
    assert sums.change_pct(held, held) is None
    assert sums.change_pct(held, replace(held, value=None)) is None
    assert sums.chance(replace(held, value=None), held) is None
    assert sums.chance(replace(held, value=10.0), replace(held, value=10.0)) == 1


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_claim_can_be_read_in_full(every: dict[str, Claim], lang: str) -> None:
    say = language(lang)
    for claim in every.values():
        lines = (words.title(claim, say), words.verdict(claim, say))
        told = (*lines, *words.part_lines(claim, say), *words.note_lines(claim, say))
        assert all(told)
        assert "{" not in " ".join(told)
        assert len(words.figure_table(claim, say)) == len(claim.figures)
        assert words.source_lines(claim, say)


def test_every_figure_has_unit_period_status_source_and_dates(every: dict[str, Claim]) -> None:
    rows = words.figure_rows(list(every.values()), language("en"))
    needed = ["unit", "period_first", "period_last", "status", "source", "release", "checked"]
    assert (rows[needed] != "").all().all()
    assert set(rows["claim"]) == set(every)
    table = words.figure_table(every["insecure"], language("en"))
    assert "by a third party" in table.iloc[0, -1]


def test_the_verdicts_stand_in_one_table(every: dict[str, Claim]) -> None:
    found = words.verdict_table(list(every.values()), language("en"))
    assert found.shape == (8, 2)
    assert found.iloc[4, 1] == "Does not hold"


def test_a_claim_without_a_figure_has_its_columns_all_the_same(every: dict[str, Claim]) -> None:
    empty = words.figure_rows([replace(every["levels"], figures=())], language("en"))
    assert list(empty.columns) == list(words.ROW_COLUMNS)
    assert export.to_csv(empty) == ",".join(words.ROW_COLUMNS) + "\n"
    assert list(words.figure_rows([every["half"]], language("en")).columns) == list(empty.columns)


def test_each_page_of_the_press_is_named_once_with_its_address(every: dict[str, Claim]) -> None:
    lines = words.page_lines(every["reported"], language("en"))
    assert len(lines) == 4
    assert "elceo.com; publication date not stated" in lines[0]
    assert set(lines) < set(words.source_lines(every["reported"], language("en")))
    assert words.page_lines(every["record"], language("en")) == ()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_series_is_drawn_and_told_in_words(every: dict[str, Claim], lang: str) -> None:
    say = language(lang)
    for claim in every.values():
        for found in drawings.figures(claim, say):
            root = ET.fromstring(found.drawing)  # noqa: S314 -- made here
            assert root.get("aria-label", "").startswith(found.title)


def test_a_series_without_a_figure_says_so() -> None:
    say = language("en")
    for claim in claims(atlas.load("2015-01-01")):
        for found in drawings.figures(claim, say):
            assert found.drawing == ""
            assert found.notes == (say("claims_nothing"),)


def test_a_part_of_a_year_is_hatched_and_starred(every: dict[str, Claim]) -> None:
    found = drawings.figures(every["fentanyl"], language("en"))[0]
    assert found.drawing.count("url(#atlas-hatch)") == 2
    assert "10,543*" in found.drawing
    assert found.notes[0].startswith("* A part of the year")


def test_a_row_an_issue_with_levels_of_states(every: dict[str, Claim]) -> None:
    rows = every["levels"].drawings[0]
    assert isinstance(rows, Levels)
    assert len(rows.rows) == 17
    assert {sum(counts) for _, counts in rows.rows} == {32}
    assert ("2018-01-10", (5, 11, 16, 0)) in rows.rows
    days = [day for day, _ in rows.rows]
    assert all(one < two for one, two in itertools.pairwise(days))


def test_a_link_leads_to_a_map_that_has_the_period(every: dict[str, Claim]) -> None:
    found = atlas.load()
    for claim in every.values():
        if claim.link is not None:
            assert claim.link[1] in found.periods(claim.link[0])
    assert [key for key, claim in every.items() if claim.link is None] == ["fentanyl", "opioids"]


def test_a_claim_about_a_change_leads_to_the_page_that_compares(every: dict[str, Claim]) -> None:
    found = atlas.load()
    compared = {key: claim.compared for key, claim in every.items() if claim.compared}
    assert compared == {
        "record": ("homicides_inegi_per_100k", "1990", "2021"),
        "half": ("homicide_victims_sesnsp_12m_per_100k", "2021-06", "2022-06"),
    }
    for slug, first, last in compared.values():
        assert {first, last} <= set(found.periods(slug))
