"""Every indicator and every word of a closed vocabulary can be told in both languages."""

from __future__ import annotations

import itertools

import pytest

from geo_app import (
    advisories,
    answers,
    atlas,
    cities,
    classes,
    indicators,
    provenance,
    restrictions,
    tables,
)
from geo_app.cities import CityNote
from geo_app.importers import us_advisory_words
from geo_app.indicators import Indicator, Interval, Kind, Status
from geo_app.records import LANGUAGES
from geo_app.text import words

CATALOGUE = indicators.catalogue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_an_indicator_has_its_texts_in_each_language(found: Indicator, lang: str) -> None:
    texts = [found.title, found.short, found.unit, *found.notes]
    assert all(text.in_(lang).strip() for text in texts)


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_a_note_is_not_the_same_in_both_languages(found: Indicator) -> None:
    assert [note for note in found.notes if note.en == note.es] == []


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_an_indicator_has_notes_on_its_method(found: Indicator) -> None:
    assert len(found.notes) >= 2


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_a_slug_ends_with_its_unit(found: Indicator) -> None:
    endings = {
        Kind.RATE: "_per_100k",
        Kind.SHARE: "_pct",
        Kind.COUNT: ("_count", "_lb", "_deaths_12m"),
        Kind.LEVEL: "_level_us",
        Kind.SCORE: "_score",
    }
    assert found.slug.endswith(endings[found.kind])


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_the_palette_has_a_colour_for_each_class(found: Indicator) -> None:
    assert len(classes.PALETTES[found.palette]) == len(found.breaks) + 1


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_no_class_is_empty_over_all_periods(found: Indicator) -> None:
    rows = atlas.load().values(found.slug)
    mine = rows[rows["area_kind"] == found.geography.area_kind]
    counts = classes.scale(found.breaks, found.palette).counts(mine["value"])
    assert 0 not in counts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_every_class_has_a_name_of_its_own(found: Indicator, lang: str) -> None:
    bounds = itertools.pairwise((None, *found.breaks, None))
    names = [words(lang).class_label(found, low, high) for low, high in bounds]
    assert len(set(names)) == len(found.breaks) + 1


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_a_break_is_a_number_that_its_name_does_not_round(found: Indicator) -> None:
    assert [number for number in found.breaks if number != int(number)] == []


@pytest.mark.parametrize("found", CATALOGUE, ids=lambda item: item.slug)
def test_every_source_of_an_indicator_has_a_record(found: Indicator) -> None:
    assert set(found.sources) <= set(provenance.source_slugs())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", provenance.source_slugs())
def test_a_source_has_its_texts_in_each_language(slug: str, lang: str) -> None:
    found = provenance.load_source(slug)
    texts = [found.title, found.short, found.processing, *found.limits]
    assert all(text.in_(lang).strip() for text in texts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", [*Status])
def test_a_status_has_words(status: Status, lang: str) -> None:
    assert words(lang).status(status)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in Interval if kind])
def test_an_interval_has_words(kind: Interval, lang: str) -> None:
    assert words(lang).interval(kind)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("refusal", [*answers.Refusal])
def test_a_refusal_has_words(refusal: answers.Refusal, lang: str) -> None:
    assert words(lang)(f"panel_refusal_{refusal}", {"before": "2021"})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", advisories.LEVEL_NAMES)
def test_a_level_has_words(level: int, lang: str) -> None:
    name = words(lang)(f"level_name_{level}")
    assert words(lang)(f"level_{level}") == f"{level} {name}"


@pytest.mark.parametrize("level", advisories.LEVEL_NAMES)
def test_the_english_name_of_a_level_is_the_issuers_own(level: int) -> None:
    name = words("en")(f"level_name_{level}")
    assert name.casefold() == advisories.LEVEL_NAMES[level].casefold()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("note", [note for note in CityNote if note])
def test_a_note_of_a_city_has_words(note: CityNote, lang: str) -> None:
    assert words(lang)(f"city_note_{note}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", sorted(set(us_advisory_words.REASONS.values())))
def test_a_reason_that_an_import_may_store_has_words(reason: str, lang: str) -> None:
    assert words(lang)(f"reason_{reason}")


def test_every_reason_of_the_issues_is_of_the_vocabulary() -> None:
    texts = tables.table(advisories.SOURCE)["reasons"]
    reasons = {reason for text in texts for reason in advisories.read_reasons(text) or ()}
    assert reasons <= set(us_advisory_words.REASONS.values())


@pytest.mark.parametrize(
    ("prefix", "vocabulary"),
    [
        ("status_", {str(item) for item in Status}),
        ("interval_", {item.name.lower() for item in Interval if item}),
        ("panel_refusal_", {str(item) for item in answers.Refusal}),
        ("level_name_", {str(level) for level in advisories.LEVEL_NAMES}),
        ("reason_", set(us_advisory_words.REASONS.values()) | restrictions.REASONS),
        ("city_note_", {str(item) for item in CityNote if item}),
    ],
)
def test_no_words_are_kept_for_what_does_not_exist(prefix: str, vocabulary: set[str]) -> None:
    spoken = {key.removeprefix(prefix) for key in words("en").sentences if key.startswith(prefix)}
    assert spoken - vocabulary == set()


def test_every_city_of_the_survey_is_listed() -> None:
    table = tables.table("ensu")
    measured = set(table[table["area_kind"] == "city"]["area_code"])
    assert measured == {city.city_code for city in cities.all_cities()}
