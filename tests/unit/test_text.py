"""How numbers, dates, periods and classes are written in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import BadRequest
from geo_app.indicators import indicator
from geo_app.text import MINUS, NOTHING, words

RATE = indicator("homicides_inegi_per_100k")
SHARE = indicator("insecurity_envipe_pct")
LEVEL = indicator("advisory_level_us")


@pytest.mark.parametrize("lang", ["fr", "", "EN"])
def test_another_language_is_refused(lang: str) -> None:
    with pytest.raises(BadRequest, match=f"unknown language: expected en or es, got '{lang}'"):
        words(lang)


def test_the_gaps_of_a_sentence_are_filled() -> None:
    text = words("en")("map_count_many_state", {"count": 5})
    assert text == "5 states"


def test_a_sentence_that_does_not_exist_is_a_fault_of_the_code() -> None:
    with pytest.raises(KeyError, match="no_such_sentence"):
        words("en")("no_such_sentence")


def test_a_gap_without_a_value_is_a_fault_of_the_code() -> None:
    with pytest.raises(KeyError, match="count"):
        words("en")("map_count_many_state")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.56, 1, "1,234.6"),
        (0.0, 0, "0"),
        (-0.04, 1, "0.0"),
        (36685, 0, "36,685"),
        (-0.46, 1, f"{MINUS}0.5"),
        (None, 1, NOTHING),
        (float("nan"), 1, NOTHING),
    ],
)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_number_is_written_alike_in_both_languages(
    lang: str, value: float | None, decimals: int, text: str
) -> None:
    assert words(lang).number(value, decimals) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (105.27, 120.58, "105.3\N{EN DASH}120.6"),
        (None, 1.0, ""),
        (1.0, None, ""),
        (float("nan"), 1.0, ""),
        (1.0, float("nan"), ""),
    ],
)
def test_an_interval_is_written_whole_or_not_at_all(
    low: float | None, high: float | None, text: str
) -> None:
    assert words("en").span(low, high, 1) == text


@pytest.mark.parametrize(
    ("lang", "day", "text"),
    [
        ("en", date(2022, 8, 17), "17 August 2022"),
        ("es", "2022-08-17", "17 de agosto de 2022"),
        ("en", "", "not stated"),
        ("es", None, "no indicada"),
    ],
)
def test_a_day_is_written_out(lang: str, day: date | str | None, text: str) -> None:
    assert words(lang).date(day) == text


@given(st.dates(), st.sampled_from(["en", "es"]))
def test_every_day_names_its_month_and_year(day: date, lang: str) -> None:
    month = words(lang)("months").split()[day.month - 1]
    text = words(lang).date(day)
    numbers = (text.startswith(str(day.day)), text.endswith(str(day.year)))
    assert (month in text, *numbers) == (True, True, True)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_year_has_twelve_months(lang: str) -> None:
    assert len(set(words(lang)("months").split())) == 12


@pytest.mark.parametrize(
    ("lang", "period", "text"),
    [
        ("en", "2022", "2022"),
        ("en", "2022Q2", "2nd quarter of 2022"),
        ("es", "2022Q2", "2.º trimestre de 2022"),
        ("en", "2022-03", "March 2022"),
        ("es", "2022-03", "marzo de 2022"),
        ("es", "2022-08-17", "17 de agosto de 2022"),
    ],
)
def test_a_period_is_written_in_words(lang: str, period: str, text: str) -> None:
    assert words(lang).period(period) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [("2022-08-17", "published on 17 August 2022"), ("", "publication date not stated")],
)
def test_an_unknown_day_of_publication_is_said(day: str, text: str) -> None:
    assert words("en").published(day) == text


def test_an_interval_that_is_not_there_has_no_name() -> None:
    assert words("en").interval("") == ""


def test_an_interval_is_named_with_its_maker() -> None:
    assert words("es").interval("exact Poisson 95 %") == "Poisson exacto, 95 %"


def test_a_status_has_words() -> None:
    assert words("en").status("last_stated") == "last stated, not current"


@pytest.mark.parametrize("value", [None, float("nan")])
@pytest.mark.parametrize("found", [RATE, SHARE, LEVEL], ids=lambda item: item.slug)
def test_a_value_that_is_missing_is_a_dash_alone(found: object, value: float | None) -> None:
    assert words("en").value(found, value) == NOTHING  # type: ignore[arg-type]


def test_a_share_that_stands_alone_has_its_sign() -> None:
    assert words("en").value(SHARE, 75.63) == "75.6 %"


def test_a_share_beside_its_unit_has_no_sign() -> None:
    assert words("en").figure(SHARE, 75.63) == "75.6"


def test_a_level_is_told_with_its_name() -> None:
    assert words("en").figure(LEVEL, 4.0) == "4 Do not travel"


@pytest.mark.parametrize("found", [RATE, SHARE, LEVEL], ids=lambda item: item.slug)
def test_a_figure_that_is_missing_is_a_dash(found: object) -> None:
    assert words("es").figure(found, None) == NOTHING  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(None, 5.0, "under 5"), (5.0, 10.0, "5 to under 10"), (80.0, None, "80 and over")],
)
def test_a_class_is_named_by_its_bounds(low: float | None, high: float | None, text: str) -> None:
    assert words("en").class_label(RATE, low, high) == text


@pytest.mark.parametrize(
    ("low", "text"),
    [(None, "1 Exercise normal precautions"), (2.0, "2 Exercise increased caution")],
)
def test_a_class_of_levels_is_named_by_its_level(low: float | None, text: str) -> None:
    assert words("en").class_label(LEVEL, low, None) == text
