"""The catalogue: records are read whole or refused, breaks in a series are found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geo_app import indicators
from geo_app.errors import BadRequest, HashMismatch, TableInvalid
from geo_app.indicators import Interval, SeriesBreak
from geo_app.records import Bilingual

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI = "homicides_inegi_per_100k"
RECORD = f"indicators/{INEGI}.toml"


def test_the_catalogue_stands_in_its_order() -> None:
    orders = [item.order for item in indicators.catalogue()]
    assert orders == sorted(set(orders))


def test_an_indicator_is_found_by_its_slug() -> None:
    assert indicators.indicator(INEGI).slug == INEGI


def test_an_unknown_indicator_is_refused_with_those_that_exist() -> None:
    with pytest.raises(BadRequest, match=f"no indicator is called 'murders': expected {INEGI}, "):
        indicators.indicator("murders")


def test_the_sources_begin_with_the_numerator() -> None:
    assert indicators.indicator(INEGI).sources == ("inegi-homicides", "conapo-population")


def test_a_published_share_has_one_source() -> None:
    assert indicators.indicator("insecurity_ensu_pct").sources == ("ensu",)


def test_the_levels_begin_with_the_own_one() -> None:
    assert indicators.indicator(INEGI).levels == ("state", "municipality")


def test_an_indicator_without_further_levels_has_its_own() -> None:
    assert indicators.indicator("insecurity_ensu_pct").levels == ("city",)


def test_at_its_own_level_an_indicator_is_itself() -> None:
    found = indicators.indicator(INEGI)
    assert (found.at(), found.at("state")) == (found, found)


def test_a_level_has_its_own_sources() -> None:
    found = indicators.indicator(INEGI).at("municipality")
    assert found.sources == ("inegi-homicides-municipal", "conapo-population-municipal")


def test_the_notes_of_a_level_follow_the_others() -> None:
    found = indicators.indicator(INEGI)
    notes = found.at("municipality").notes
    assert (notes[: len(found.notes)], len(notes) > len(found.notes)) == (found.notes, True)


def test_from_one_level_leads_a_way_back() -> None:
    found = indicators.indicator(INEGI)
    assert found.at("municipality").at("state") == found


def test_a_level_without_values_is_refused_with_those_that_have_them() -> None:
    with pytest.raises(BadRequest, match="no values for each city: expected state or municipali"):
        indicators.indicator(INEGI).at("city")


def test_a_new_record_is_a_new_indicator(broken: BrokenData) -> None:
    text = (broken.data / RECORD).read_text(encoding="utf-8")
    broken.write("indicators/homicides_again.toml", text)
    assert indicators.indicator("homicides_again").title == indicators.indicator(INEGI).title


def test_a_record_that_nobody_checked_again_is_refused(broken: BrokenData) -> None:
    broken.replace(RECORD, "order = 10", "order = 11")
    with pytest.raises(HashMismatch, match=r"per_100k\.toml: the content is not the one"):
        indicators.catalogue()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "rate"', 'kind = "verdict"', "wrong value of 'kind': expected one of rate, share"),
        ('cadence = "year"', 'cadence = "week"', "wrong value of 'cadence': expected one of year"),
        ('geography = "state"', 'geography = "street"', "wrong value of 'geography': expected one"),
        ("order = 10", "ordre = 10", "the key 'order' is missing"),
        ("order = 10", "order = 10\nscore = 1", "unknown key 'score'"),
        ("[5, 10,", "[10, 5,", r"the class breaks do not ascend: got \(10"),
        ("[5, 10,", "[5, 5,", "the class breaks do not ascend"),
        ("[5, 10, 20, 40, 80]", "[]", "the class breaks do not ascend: got "),
        ('interval = "poisson"', 'interval = "guess"', r"\[recipe\]: wrong value of 'interval'"),
        ('interval = "poisson"', "weight = 2", r"\[recipe\]: unknown key 'weight'"),
        (
            'denominator = "population_count"\n',
            "",
            "a rate of counts, and nothing else, stands over",
        ),
        ('kind = "rate"', 'kind = "count"', "a rate of counts, and nothing else, stands over"),
        (
            """measure = "deaths_count"
denominator_source = "conapo-population"
denominator = "population_count"
""",
            'measure = "deaths_per_100k"\n',
            "a published rate is no other kind, and has no interval of ours",
        ),
        (
            'geography = "municipality"',
            'geography = "state"',
            "a level stands twice: got state, st",
        ),
        (
            'geography = "municipality"',
            'geography = "city"\nx = 1',
            r"\[levels 1\]: unknown key 'x'",
        ),
        ("[[levels.notes]]", '[[levels.notes]]\nfr = "x"', r"\[notes 1\]: unknown key 'fr'"),
        (
            'denominator_source = "conapo-population-municipal"\n',
            "",
            "a rate of counts, and nothing else, stands over",
        ),
        ("[[notes]]", '[[notes]]\nfr = "x"', r"\[notes 1\]: unknown key 'fr'"),
    ],
)
def test_a_record_that_breaks_the_contract_is_refused(
    broken: BrokenData, old: str, new: str, message: str
) -> None:
    broken.edit(RECORD, old, new)
    with pytest.raises(TableInvalid, match=message):
        indicators.catalogue()


BREAK = '[[series_breaks]]\nperiod = "{}"\nreason = {{en = "new method", es = "otro método"}}\n{}'


def test_a_series_break_is_read(broken: BrokenData) -> None:
    broken.edit(RECORD, "[recipe]", BREAK.format("1998", "") + "\n[recipe]")
    reason = Bilingual("new method", "otro método")
    assert indicators.indicator(INEGI).series_breaks == (SeriesBreak("1998", reason),)


@pytest.mark.parametrize(
    ("period", "more", "message"),
    [
        ("98", "", r"per_100k\.toml: not a period: .* got '98'; correct the series break"),
        ("1998", "since = 1", r"\[series_breaks 1\]: unknown key 'since'"),
    ],
)
def test_a_series_break_that_is_none_is_refused(
    broken: BrokenData, period: str, more: str, message: str
) -> None:
    broken.edit(RECORD, "[recipe]", BREAK.format(period, more) + "\n[recipe]")
    with pytest.raises(TableInvalid, match=message):
        indicators.catalogue()


def test_no_interval_is_the_default(broken: BrokenData) -> None:
    broken.edit(RECORD, 'interval = "poisson"\n', "")
    assert indicators.indicator(INEGI).recipe.interval is Interval.NONE


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("1997", "1998", 1),
        ("1998", "1997", 1),
        ("1990", "2024", 1),
        ("1998", "1999", 0),
        ("1996", "1997", 0),
        ("1998", "1998", 0),
    ],
)
def test_a_break_lies_between_what_is_before_it_and_what_is_not(
    first: str, last: str, count: int
) -> None:
    found = replace(
        indicators.indicator(INEGI), series_breaks=(SeriesBreak("1998", Bilingual("a", "b")),)
    )
    assert len(found.breaks_between(first, last)) == count
