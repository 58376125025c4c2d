"""What is said of a state: every number with its doubt, its dates, and what it is not."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo_app import atlas, own_folder, sheet
from geo_app.advisories import Advice
from geo_app.answers import Change, Finding, Place, Refusal
from geo_app.indicators import Status, indicator
from geo_app.own_folder import Document
from geo_app.restriction_terms import Mode, Rule, Who
from geo_app.restrictions import Restriction
from geo_app.text import MINUS, words

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI, ENVIPE, ENSU = "homicides_inegi_per_100k", "insecurity_envipe_pct", "insecurity_ensu_pct"
EN = words("en")
DAY = date(2022, 8, 17)
ADVICE = Advice(
    state_code="06",
    level=4,
    status=Status.CURRENT,
    since=date(2018, 1, 10),
    issued=DAY,
    last_stated=DAY,
    is_newer_issue=False,
    country_level=2,
    country_status=Status.CURRENT,
    is_carried_over=False,
    reasons=("crime", "kidnapping"),
    address="",
    checked=date(2026, 11, 23),
)


AIR_ONLY = Restriction(1, Who.EMPLOYEES, Rule.ONLY, ("Manzanillo",), (), (Mode.AIR,), "", ())


def lines_of(advice: Advice) -> tuple[str, ...]:
    return sheet.advice_section(advice, EN).lines


@pytest.fixture
def finding() -> Finding:
    return atlas.load().profile("06").findings[0]


@pytest.fixture
def change(finding: Finding) -> Change:
    assert finding.change is not None
    return finding.change


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_advice_comes_before_the_figures(lang: str) -> None:
    say = words(lang)
    found = sheet.sections(atlas.load().profile("06"), say)
    assert [item.title for item in found][:2] == [
        say("panel_advice"),
        indicator(INEGI).title.in_(lang),
    ]


def test_a_level_is_told_with_name_dates_reasons_and_country() -> None:
    found = sheet.advice_section(ADVICE, EN)
    assert (found.figure, found.lines, found.dates) == (
        "Level 4: Do not travel",
        (
            "Issue of 17 August 2022.",
            "At this level since 10 January 2018 in every list held, estimated levels included.",
            "Reasons given: crime, kidnapping.",
            "Country as a whole, issue of 17 August 2022: level 2.",
        ),
        "Read on 23 November 2026.",
    )


def test_the_official_text_is_linked() -> None:
    assert sheet.advice_section(ADVICE, EN).link.startswith("https://travel.state.gov/")


def test_a_level_of_an_older_issue_is_never_told_as_current() -> None:
    newer = replace(
        ADVICE, status=Status.LAST_STATED, issued=date(2026, 5, 29), is_newer_issue=True
    )
    assert lines_of(newer)[0] == (
        "Last stated on 17 August 2022. The newer issue of 29 May 2026 is known without its state "
        "levels: whether the level still stands is not known here."
    )


def test_an_estimated_level_is_told_as_such() -> None:
    carried = replace(ADVICE, status=Status.ESTIMATED, is_carried_over=True)
    assert lines_of(carried)[0] == (
        "The list that is held of the issue of 17 August 2022 does not name this state: the level "
        "is estimated by the issue's general rule."
    )


def test_a_level_of_an_older_issue_that_never_stated_it_is_told_as_estimated_too() -> None:
    carried = replace(
        ADVICE,
        status=Status.LAST_STATED,
        issued=date(2026, 5, 29),
        is_newer_issue=True,
        is_carried_over=True,
    )
    assert "is estimated by the issue's general rule" in lines_of(carried)[1]


def test_an_estimated_level_of_the_country_is_told_as_such() -> None:
    last = lines_of(replace(ADVICE, country_status=Status.ESTIMATED))[-1]
    assert last == "Country as a whole, issue of 17 August 2022: level 2 (estimated)."


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        (None, ("Not known for this issue.",)),
        ((), ("The official text gives no rule for this state.",)),
        ((AIR_ONLY,), ("Allowed only: Manzanillo; by air.",)),
    ],
)
def test_rules_no_rule_and_no_knowledge_are_told_apart(
    rules: tuple[Restriction, ...] | None, lines: tuple[str, ...]
) -> None:
    found = sheet.advice_section(replace(ADVICE, restrictions=rules), EN)
    assert (found.rules, found.rules_title) == (
        lines,
        "Rules for employees of the US government, issue of 17 August 2022, in our own words",
    )


def test_without_a_level_no_rules_are_told() -> None:
    unknown = replace(ADVICE, level=None, last_stated=None, since=None, status=Status.UNKNOWN)
    found = sheet.advice_section(unknown, EN)
    assert (found.rules, found.rules_title, sheet.wording(unknown)) == ((), "", None)


def test_the_wording_is_that_of_the_issue_that_stated_the_level() -> None:
    held = Document("us", DAY, "06", "Text.", "https://example.org/a", "2026-11-23")
    own_folder.store([held])
    assert sheet.wording(ADVICE) == held
    assert sheet.wording(replace(ADVICE, last_stated=date(2021, 6, 17))) is None


@pytest.mark.parametrize(
    ("reasons", "line"), [(None, "Reasons: not known."), ((), "No reason given.")]
)
def test_no_reason_and_no_knowledge_are_two_sentences(
    reasons: tuple[str, ...] | None, line: str
) -> None:
    assert lines_of(replace(ADVICE, reasons=reasons))[2] == line


def test_an_issue_without_a_level_of_the_country_says_so() -> None:
    last = lines_of(replace(ADVICE, country_level=None))[-1]
    assert last == "Country as a whole, issue of 17 August 2022: no single level."


def test_of_an_unknown_level_nothing_more_is_said() -> None:
    unknown = replace(ADVICE, level=None, status=Status.UNKNOWN, issued=None, country_level=None)
    found = sheet.advice_section(unknown, EN)
    assert (found.figure, found.lines) == ("The level of this state is not known", ())


def test_a_figure_comes_with_count_interval_nation_place_and_movement(finding: Finding) -> None:
    found = sheet.finding_section(finding, EN)
    starts = [line.split()[0] for line in found.lines[1:]]
    assert starts == ["Interval:", "Mexico", "The", "Place", "Compared"]


def test_a_figure_says_from_which_count_and_population_it_comes(finding: Finding) -> None:
    value = atlas.load().value(INEGI, "06", "2022")
    first = sheet.finding_section(replace(finding, value=value), EN).lines[0]
    assert first == "Count: 848. Population: 752,247 (CONAPO)."


def test_the_deaths_of_no_state_are_told_beside_the_nation(finding: Finding) -> None:
    said = sheet.finding_section(replace(finding, unplaced=2103), EN).lines
    assert said[3] == (
        "The national count includes 2,103 that are in no state's: abroad, or the state is not "
        "known."
    )


def test_where_the_states_add_up_no_gap_is_told(finding: Finding) -> None:
    said = sheet.finding_section(replace(finding, unplaced=0.0), EN).lines
    assert not [line for line in said if "national count" in line]


def test_an_interval_of_the_nation_by_someone_else_is_told_with_its_maker() -> None:
    here = atlas.load()
    value, nation = (here.value(ENSU, area, "2022Q1") for area in ("40", "00"))
    lines = sheet.city_section(
        "40", indicator(ENSU), replace(value, interval="", low=None), nation, EN
    ).lines
    assert lines[-1].endswith("; 95 %, by a third party from INEGI's microdata; final)")


def test_a_figure_is_dated_and_sourced(finding: Finding) -> None:
    assert sheet.finding_section(finding, EN).dates == (
        "2024 · final · INEGI, publication date not stated, read on 23 November 2026"
    )


@pytest.mark.parametrize(
    ("flag", "line"),
    [
        (
            True,
            "edition before is significant by the source's own test.",
        ),
        (
            False,
            "edition before is not significant by the source's own test.",
        ),
    ],
)
def test_the_sources_own_test_of_the_nation_is_quoted(
    finding: Finding,
    flag: bool,  # noqa: FBT001 - a case, not a call
    line: str,
) -> None:
    told = f"INEGI: the change of the nation since the {line}"
    assert told in sheet.finding_section(replace(finding, is_nation_changed=flag), EN).lines


def test_a_missing_figure_says_why_and_nothing_of_place_or_movement(finding: Finding) -> None:
    value = replace(finding.value, value=None, status=Status.MISSING)
    found = sheet.finding_section(replace(finding, value=value, nation=None), EN)
    assert (found.figure, found.lines) == ("—", ("No value for 2024: none held.",))


def test_a_figure_without_interval_says_so() -> None:
    found = atlas.load().profile("06").findings[1]
    said = sheet.finding_section(found, EN).lines
    assert (
        "No interval is held for this figure." in said,
        "No place among the states is given: without an interval it could be noise." in said,
        "Not compared with 2024: without intervals the difference could be noise." in said,
    ) == (True, True, True)


def test_an_interval_of_someone_else_is_told_with_its_maker() -> None:
    value = atlas.load().value(ENVIPE, "06", "2024")
    (line,) = sheet.doubt_lines(indicator(ENVIPE), value, EN)
    assert line.endswith(
        "by a third party, among those who answered only; it need not hold INEGI's figure)"
    )


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (Place(1, 1, 32), "Place 1 of 32, highest first (95 %)."),
        (Place(3, 7, 32), "Place 3 to 7 of 32, highest first (95 %)."),
    ],
)
def test_a_place_is_told_with_its_doubt(finding: Finding, place: Place, line: str) -> None:
    assert line in sheet.finding_section(replace(finding, place=place), EN).lines


@pytest.mark.parametrize("refusal", [*Refusal])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_refusal_has_a_sentence(
    finding: Finding, change: Change, refusal: Refusal, lang: str
) -> None:
    refused = replace(finding, change=replace(change, refusal=refusal))
    say = words(lang)
    expected = say(f"panel_refusal_{refusal}", {"before": "2023"})
    assert sheet.finding_section(refused, say).lines[-1] == expected


@pytest.mark.parametrize(
    ("ends", "line"),
    [
        ((1.5, 1.25, 1.75), "▲ Higher than in 2023: +50 % (95 %: +25 … +75 %)."),
        ((13.0, 11.0, 15.0), "▲ Higher than in 2023: +1,200 % (95 %: +1,000 … +1,400 %)."),
        ((0.5, 0.4, 0.6), f"▼ Lower than in 2023: {MINUS}50 % (95 %: {MINUS}60 … {MINUS}40 %)."),
        ((None, 1.2, math.inf), "▲ Higher than in 2023, when the count was zero."),
    ],
)
def test_a_difference_that_stands_is_told_in_percent(
    finding: Finding, change: Change, ends: tuple[float | None, ...], line: str
) -> None:
    ratio, low, high = ends
    moved = replace(change, ratio=ratio, ratio_low=low, ratio_high=high, stands=True)
    assert sheet.finding_section(replace(finding, change=moved), EN).lines[-1] == line


def test_a_difference_that_may_be_chance_is_told_as_none(finding: Finding, change: Change) -> None:
    moved = replace(change, ratio=1.1, stands=False)
    last = sheet.finding_section(replace(finding, change=moved), EN).lines[-1]
    assert last == "Compared with 2023: the difference cannot be told from chance."


def test_without_a_period_before_nothing_is_said_of_movement(finding: Finding) -> None:
    last = sheet.finding_section(replace(finding, change=None), EN).lines[-1]
    assert last.startswith("Place ")


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("07", "The area of this city lies in more than one state."),
        ("T1", "These figures are also inside those of another city: the two must never be added."),
    ],
)
def test_a_city_is_told_with_what_must_be_known_of_its_area(code: str, note: str) -> None:
    here = atlas.load()
    value, nation = (here.value(ENSU, area, "2024Q1") for area in (code, "00"))
    found = sheet.city_section(code, indicator(ENSU), value, nation, EN)
    assert found.lines[-1] == note


def test_a_city_without_a_note_ends_with_the_nation() -> None:
    here = atlas.load()
    value, nation = (here.value(ENSU, area, "2024Q1") for area in ("40", "00"))
    found = sheet.city_section("40", indicator(ENSU), value, nation, EN)
    assert (found.title, found.figure, found.lines[-1][:19]) == (
        "City: Culiacán Rosales",
        "39.3",
        "Mexico as a whole: ",
    )


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_sources_of_a_rate_are_quoted_numerator_first(lang: str) -> None:
    notes = sheet.source_notes(indicator(INEGI), words(lang))
    assert [note.line.partition(",")[0] for note in notes] == ["INEGI", "CONAPO"]


def test_a_source_is_quoted_with_licence_processing_addresses_and_limits() -> None:
    note = sheet.source_notes(indicator(ENSU), EN)[0]
    assert (note.license[:9], note.processing[:9], bool(note.addresses), bool(note.limits)) == (
        "Licence: ",
        "What was ",
        True,
        True,
    )


@pytest.mark.parametrize("slug", [INEGI, ENVIPE, ENSU])
def test_what_has_a_licence_may_be_downloaded(slug: str) -> None:
    assert sheet.is_downloadable(indicator(slug))


def test_one_source_without_a_licence_withholds_the_download(broken: BrokenData) -> None:
    broken.edit(
        "sources/conapo-population.toml", 'name = "Términos de Libre Uso MX"', 'name = "not seen"'
    )
    assert not sheet.is_downloadable(indicator(INEGI))


def test_an_estimate_of_a_survey_has_an_interval_and_no_place() -> None:
    lines = {
        item.title: item.lines for item in sheet.sections(atlas.load().profile("25"), words("en"))
    }
    estimate = lines["Crimes not reported or not investigated, ENVIPE"]
    share = lines["Adults who consider their state insecure, ENVIPE"]
    assert any("this is an estimate of a survey" in line for line in estimate)
    assert any("without an interval it could be noise" in line for line in share)
