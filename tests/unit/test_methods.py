"""The page of data and methods: every record stands on it, and no date is made up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import atlas, provenance
from geo_app.errors import TableInvalid
from geo_app.indicators import catalogue
from geo_app.methods import freshness
from geo_app.methods import words as methods_words
from geo_app.provenance import Rhythm
from geo_app.records import LANGUAGES, Bilingual
from geo_app.text import words

TODAY = date(2026, 11, 27)
FRESH = freshness.freshness(atlas.load(), TODAY)
BY_SLUG = {item.source.slug: item for item in FRESH}
BASIS = Bilingual("told", "dicho")


def test_every_source_with_a_release_stands_in_the_list() -> None:
    assert tuple(BY_SLUG) == provenance.source_slugs()


def test_a_source_tells_until_the_newest_period_of_its_indicators() -> None:
    held = {slug: BY_SLUG[slug].until for slug in ("inegi-homicides", "envipe", "us-advisory")}
    assert held == {
        slug: atlas.load().newest(name)
        for slug, name in (
            ("inegi-homicides", "homicides_inegi_per_100k"),
            ("envipe", "insecurity_envipe_pct"),
            ("us-advisory", "advisory_level_us"),
        )
    }
    assert BY_SLUG["places"].until == ""


def test_a_source_of_which_nothing_was_known_on_a_day_tells_until_no_period() -> None:
    then = {i.source.slug: i for i in freshness.freshness(atlas.load("2024-01-31"), TODAY)}
    assert (then["inegi-homicides"].until, then["inegi-homicides"].newest) == ("", None)
    files = then["sesnsp-cases"]
    assert files.until == "2023-11"
    assert files.newest is not None
    assert files.newest.release == "SESNSP case files, November 2023"
    # The newest population always serves, whatever the day.
    assert then["conapo-population"].newest == BY_SLUG["conapo-population"].newest
    table = freshness.table(tuple(then.values()), words("en"))
    row = table[table["Source"] == then["inegi-homicides"].source.title.en].iloc[0]
    assert row[["Newest period", "Published", "Read"]].tolist() == ["—", "—", "—"]


def test_the_next_publication_follows_the_rhythm_that_was_told() -> None:
    victims, deaths = BY_SLUG["sesnsp-victims"], BY_SLUG["inegi-homicides"]
    assert (victims.expected, victims.is_day_told) == (date(2026, 12, 20), True)
    assert (deaths.expected, deaths.is_day_told) == (date(2026, 11, 1), False)


def test_a_source_of_which_no_rhythm_was_told_has_no_date() -> None:
    assert BY_SLUG["envipe"].expected is None
    table = freshness.table(FRESH, words("en"))
    told = dict(zip(table["Source"], table["Next one expected"], strict=True))
    assert told[BY_SLUG["envipe"].source.title.en] == "no date is known to us"
    assert told[BY_SLUG["sesnsp-victims"].source.title.en] == "about 20 December 2026"
    assert told[BY_SLUG["inegi-homicides"].source.title.en] == "November 2026"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_expected_date_says_on_what_it_rests(lang: str) -> None:
    lines = freshness.rhythm_lines(FRESH, words(lang))
    assert len(lines) == len(set(lines)) == 2


def test_a_table_says_of_a_release_without_a_date_that_it_has_none() -> None:
    table = freshness.table(FRESH, words("en"))
    told = dict(zip(table["Source"], table["Published"], strict=True))
    undated = [item for item in FRESH if not item.newest.published]
    assert undated
    assert {told[item.source.title.en] for item in undated} == {words("en").date("")}


months = st.sets(st.integers(1, 12), min_size=1).map(sorted).map(tuple)


@given(months, st.integers(0, 28), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_next_day_is_the_nearest_one_of_the_rhythm(
    of_year: tuple[int, ...], day: int, today: date
) -> None:
    found = Rhythm(of_year, day, BASIS).next_after(today)
    assert found.month in of_year
    assert found.day == (day or 1)
    last = today.replace(day=1) if not day else today
    assert found >= last
    between = [last + timedelta(days=n) for n in range((found - last).days)]
    assert not [one for one in between if one.month in of_year and one.day == (day or 1)]


@pytest.mark.parametrize(
    ("months", "day", "further"),
    [("[]", 20, ""), ("[13]", 0, ""), ("[2, 1]", 0, ""), ("[1]", 29, ""), ("[1]", 20, "again")],
)
def test_a_rhythm_that_is_none_is_refused(
    tmp_path: Path, months: str, day: int, further: str
) -> None:
    record = Path("data/sources/sesnsp-victims.toml").read_text(encoding="utf-8")
    start = record.index("[[rhythm]]")
    wrong = f'[[rhythm]]\nmonths = {months}\nday = {day}\nbasis = {{ en = "a", es = "b" }}\n'
    path = tmp_path / "sesnsp-victims.toml"
    path.write_text(record[:start] + wrong * (2 if further else 1), encoding="utf-8")
    with pytest.raises(TableInvalid, match="a rhythm that is no list of months with a day"):
        provenance.read_source(path, tmp_path / "none.csv")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", [item.slug for item in catalogue()])
def test_an_indicator_has_its_unit_notes_breaks_and_sources(slug: str, lang: str) -> None:
    found = next(item for item in catalogue() if item.slug == slug)
    say = words(lang)
    blocks = methods_words.indicator_blocks(atlas.load(), found, say)
    told = [line for block in blocks for line in block.lines]
    assert {note.in_(lang) for note in found.notes} <= set(told)
    for item in found.series_breaks:
        assert any(item.reason.in_(lang) in line for line in told)
    for source in found.sources:
        assert say.source_line(provenance.load_source(source)) in told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", provenance.source_slugs())
def test_a_source_has_its_defects_licences_credit_and_addresses(slug: str, lang: str) -> None:
    found = provenance.load_source(slug)
    block = methods_words.source_block(found, words(lang))
    assert {item.in_(lang) for item in found.limits} < set(block.lines)
    assert block.links == found.addresses
    text = " ".join(block.lines)
    assert found.citation in text
    assert found.license_input.in_(lang) in text
    assert found.license_output.in_(lang) in text
