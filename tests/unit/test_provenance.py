"""Records of sources and releases: complete, known in every key, or refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo_app import provenance
from geo_app.errors import BadRequest, HashMismatch, TableInvalid
from geo_app.provenance import Release

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

HEADER = "release,published,seen,checked,file,sha256"
LINE = f"R 1,2024-01-31,2024-02-01,2026-11-23,a.csv,{'0' * 64}"
ENGLISH = {"not", "seen", "passed", "none", "of", "the", "for", "domain", "work", "figures"}
"""Words that no name of a licence has."""
FIRST = Release("R 1", "2024-01-31", "2024-02-01", "2026-11-23", "a.csv", "0" * 64)


def releases_file(folder: Path, *lines: str) -> Path:
    path = folder / "a.releases.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_the_sources_are_those_with_a_release(broken: BrokenData) -> None:
    before = provenance.source_slugs()
    (broken.data / "sources/ensu.releases.csv").unlink()
    broken.relist()
    assert set(before) - set(provenance.source_slugs()) == {"ensu"}


@pytest.mark.parametrize("slug", provenance.source_slugs())
def test_every_source_names_producer_licence_and_limits(slug: str) -> None:
    found = provenance.load_source(slug)
    stated = (found.producer, found.citation, found.license_input.name, found.limits)
    assert all(stated)


def test_a_source_whose_facts_are_a_list_has_no_table() -> None:
    lists = set(provenance.source_slugs()) - set(provenance.tabled_slugs())
    assert "places" in lists
    assert not provenance.load_source("places").has_table


def test_a_source_without_a_word_on_it_has_a_table() -> None:
    assert provenance.load_source("ensu").has_table


def test_an_unknown_source_is_refused_with_those_that_exist() -> None:
    with pytest.raises(BadRequest, match="no source is called 'inegi': expected cbp, cdc, conapo"):
        provenance.load_source("inegi")


def test_a_source_that_nobody_checked_again_is_refused(broken: BrokenData) -> None:
    broken.replace("sources/ensu.toml", "INEGI", "INEGY")
    with pytest.raises(HashMismatch, match=r"ensu\.toml: the content is not the one"):
        provenance.load_source("ensu")


def test_a_licence_that_is_left_out_is_refused(broken: BrokenData) -> None:
    broken.edit("sources/ensu.toml", "[license_input]", "[licence_input]")
    with pytest.raises(TableInvalid, match=r"ensu\.toml: the key 'license_input' is missing"):
        provenance.load_source("ensu")


def test_an_unknown_key_is_refused(broken: BrokenData) -> None:
    broken.edit("sources/ensu.toml", "producer =", 'editor = "x"\nproducer =')
    with pytest.raises(TableInvalid, match=r"ensu\.toml: unknown key 'editor'"):
        provenance.load_source("ensu")


def test_an_unknown_key_of_a_licence_is_refused(broken: BrokenData) -> None:
    broken.edit("sources/ensu.toml", "[license_input]", '[license_input]\nlink = "x"')
    with pytest.raises(TableInvalid, match=r"ensu\.toml \[license_input\]: unknown key 'link'"):
        provenance.load_source("ensu")


def test_an_unknown_key_of_a_limit_is_refused(broken: BrokenData) -> None:
    broken.edit("sources/ensu.toml", "[[limits]]", '[[limits]]\nfr = "x"')
    with pytest.raises(TableInvalid, match=r"ensu\.toml \[limits 1\]: unknown key 'fr'"):
        provenance.load_source("ensu")


def test_what_has_a_licence_may_be_passed_on() -> None:
    assert provenance.load_source("ensu").is_downloadable


def test_what_has_no_licence_that_was_seen_stays_out_of_downloads() -> None:
    found = provenance.load_source("ensu")
    unseen = replace(found.license_input, name="not seen")
    assert not replace(found, license_input=unseen).is_downloadable


@pytest.mark.parametrize("slug", provenance.source_slugs())
def test_words_of_ours_about_a_licence_are_read_in_spanish(slug: str) -> None:
    found = provenance.load_source(slug)
    names = f"{found.license_input.in_('es')} {found.license_output.in_('es')}"
    assert not ENGLISH & set(re.findall(r"\w+", names))


def test_a_release_is_found_by_name() -> None:
    found = provenance.load_source("inegi-homicides")
    assert found.release("INEGI 1990-2024") is found.releases[-1]


def test_a_release_without_a_record_is_refused() -> None:
    with pytest.raises(TableInvalid, match="ensu: a row names the release 'R 9', which has no rec"):
        provenance.load_source("ensu").release("R 9")


@pytest.mark.parametrize(
    ("published", "seen", "known_from"),
    [
        ("2024-01-31", "2024-02-01", "2024-01-31"),
        ("", "2024-02-01", "2024-02-01"),
        ("", "", "2026-11-23"),
    ],
)
def test_a_release_is_known_from_the_first_day_that_proves_it(
    published: str, seen: str, known_from: str
) -> None:
    assert replace(FIRST, published=published, seen=seen).known_from == known_from


def test_releases_that_were_written_read_back(tmp_path: Path) -> None:
    releases = (FIRST, replace(FIRST, release='R "2", later', published="", seen=""))
    path = tmp_path / "a.releases.csv"
    provenance.write_releases(path, releases)
    assert provenance.read_releases(path) == releases


def test_a_source_without_a_file_of_releases_has_none_yet(tmp_path: Path) -> None:
    assert provenance.read_releases(tmp_path / "none.csv") == ()


@pytest.mark.parametrize("lines", [(), ("release,published",), (HEADER + ",more",)])
def test_other_columns_of_releases_are_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    path = releases_file(tmp_path, *lines)
    with pytest.raises(TableInvalid, match=rf"a\.releases\.csv: wrong columns: expected {HEADER}"):
        provenance.read_releases(path)


def test_a_release_with_too_few_cells_is_refused(tmp_path: Path) -> None:
    path = releases_file(tmp_path, HEADER, LINE, "R 2,2024-01-31")
    with pytest.raises(TableInvalid, match="line 3: wrong number of cells: expected 6, got 2"):
        provenance.read_releases(path)


@pytest.mark.parametrize("day", ["2024-01-31", "2024-02-01", "2026-11-23"])
def test_a_release_with_a_day_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    path = releases_file(tmp_path, HEADER, LINE.replace(day, "31.01.2024"))
    with pytest.raises(TableInvalid, match=r"line 2: not a date: .* got '31\.01\.2024'"):
        provenance.read_releases(path)


@pytest.mark.parametrize("needed", ["2026-11-23", "0" * 64])
def test_a_release_without_reading_or_hash_is_refused(tmp_path: Path, needed: str) -> None:
    path = releases_file(tmp_path, HEADER, LINE.replace(needed, ""))
    with pytest.raises(
        TableInvalid, match=r"line 2: a release needs the day .* got R 1,2024-01-31"
    ):
        provenance.read_releases(path)


def test_a_release_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = releases_file(tmp_path, HEADER, LINE, LINE)
    with pytest.raises(TableInvalid, match="a release stands twice; import the file again"):
        provenance.read_releases(path)
