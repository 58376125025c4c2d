"""The feed of advisory changes: valid by its specifications, the same bytes for the same data."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.parse
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo_app import advisories, feed
from geo_app.__main__ import main
from geo_app.advisory_changes import Change, ChangeKind, changes
from geo_app.errors import BadRequest
from geo_app.feed import ATOM_NAME, CSV_NAME, JSON_NAME
from geo_app.indicators import Status
from geo_app.text import words

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

LANGUAGES = ("en", "es")
NS = {"a": feed.ATOM}
LINK = "https://example.org/advisory"
VERDICT = re.compile(r"safe|segur[oa]", re.IGNORECASE)
# RFC 3339, which both formats ask for.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})")
OFFICIAL = {"en": "The official text stands above this entry", "es": "El texto oficial está por"}

Json = dict[str, object]


def json_feed(lang: str) -> Json:
    found: Json = json.loads(feed.files(lang)[JSON_NAME])
    return found


def json_items(lang: str) -> list[Json]:
    found = json_feed(lang)["items"]
    assert isinstance(found, list)
    return found


def atom(lang: str) -> ET.Element:
    return ET.fromstring(feed.files(lang)[ATOM_NAME])  # noqa: S314, our own file


def texts(node: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in node.findall(path, NS)]


def table(lang: str = "en") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(feed.files(lang)[CSV_NAME].decode())))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


# ---------------------------------------------------------------------- JSON Feed 1.1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_json_feed_has_what_version_1_1_asks_for(lang: str) -> None:
    found = json_feed(lang)
    assert (found["version"], found["language"]) == ("https://jsonfeed.org/version/1.1", lang)
    assert isinstance(found["title"], str)
    assert found["title"]


ITEM_KEYS = {
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "image",
    "banner_image",
    "date_published",
    "date_modified",
    "authors",
    "tags",
    "language",
    "attachments",
}
"""Keys of an item in version 1.1; an extension begins with an underscore."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_item_has_keys_of_the_specification_and_our_extension_only(lang: str) -> None:
    keys = {key for item in json_items(lang) for key in item}
    assert keys - ITEM_KEYS == {"_advisory"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_item_has_an_id_of_its_own_and_a_text(lang: str) -> None:
    found = json_items(lang)
    assert len({item["id"] for item in found}) == len(found) == 16
    values = [item[key] for item in found for key in ("id", "content_text")]
    assert all(isinstance(value, str) and value for value in values)


def test_the_dates_of_items_are_those_of_rfc_3339_newest_first() -> None:
    days = [str(item["date_published"]) for item in json_items("en")]
    assert all(MOMENT.fullmatch(day) and datetime.fromisoformat(day).tzinfo == UTC for day in days)
    assert days == sorted(days, reverse=True)


def test_the_authors_and_tags_are_lists_of_the_specified_kind() -> None:
    assert json_feed("en")["authors"] == [{"name": "Mexico security atlas"}]
    assert {tuple(item["tags"]) for item in json_items("en")} == {  # type: ignore[arg-type]
        ("level",),
        ("state_levels_not_given",),
    }


def test_the_facts_of_an_item_stand_in_its_extension() -> None:
    titles = {str(item["title"]): item["_advisory"] for item in json_items("es")}
    assert titles["Coahuila: nivel de EE. UU. de 2 a 3, 12 de agosto de 2025"] == {
        "kind": "level",
        "state_code": "05",
        "issued": "2025-08-12",
        "issued_before": "2024-09-06",
        "level_before": 2,
        "level_after": 3,
        "reasons_before": ["crime"],
        "reasons_after": ["terrorism", "crime"],
        "status": "final",
    }


# ------------------------------------------------------------------------ Atom, RFC 4287


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_atom_feed_has_each_element_that_rfc_4287_asks_for_once(lang: str) -> None:
    found = atom(lang)
    assert found.tag == f"{{{feed.ATOM}}}feed"
    counts = {name: len(found.findall(f"a:{name}", NS)) for name in ("id", "title", "updated")}
    assert counts == {"id": 1, "title": 1, "updated": 1}
    assert found.findall("a:author/a:name", NS)[0].text  # so that an entry needs none


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_atom_entry_has_each_element_that_rfc_4287_asks_for_once(lang: str) -> None:
    found = atom(lang).findall("a:entry", NS)
    names = ("id", "title", "updated", "published", "content")
    assert len(found) == 16
    assert {len(entry.findall(f"a:{name}", NS)) for entry in found for name in names} == {1}


def test_ids_of_atom_are_absolute_iris_and_differ() -> None:
    ids = [*texts(atom("en"), "a:id"), *texts(atom("en"), "a:entry/a:id")]
    assert {urllib.parse.urlsplit(text).scheme for text in ids} == {"urn"}
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", ["a:updated", "a:entry/a:updated", "a:entry/a:published"])
def test_the_dates_of_atom_are_those_of_rfc_3339(path: str) -> None:
    assert all(MOMENT.fullmatch(text) for text in texts(atom("en"), path))


def test_the_feed_is_as_new_as_its_newest_entry() -> None:
    assert texts(atom("en"), "a:updated") == ["2026-05-29T00:00:00Z"]


@pytest.mark.parametrize("path", ["a:link", "a:entry/a:link"])
def test_links_of_atom_lead_to_the_official_page(path: str) -> None:
    links = atom("en").findall(path, NS)
    assert {link.get("rel") for link in links} == {"alternate"}
    assert all("https://travel.state.gov/" in (link.get("href") or "") for link in links)


def test_the_language_of_atom_is_said() -> None:
    assert atom("es").get("{http://www.w3.org/XML/1998/namespace}lang") == "es"


def test_a_feed_without_an_entry_has_the_day_of_the_last_reading() -> None:
    text = feed.to_atom((), LINK, words("en"), date(2026, 11, 23))
    found = ET.fromstring(text)  # noqa: S314, our own text
    assert texts(found, "a:updated") == ["2026-11-23T00:00:00Z"]


def test_the_official_page_is_a_page_whatever_stands_before_it(broken: BrokenData) -> None:
    page = feed.official_page()
    broken.edit(
        "sources/us-advisory.toml", "addresses = [", 'addresses = ["https://example.org/api",'
    )
    assert feed.official_page() == page


# ------------------------------------------------------------------------------- the table


def test_the_table_has_a_row_for_every_entry() -> None:
    found = table()
    assert list(found[0]) == list(feed.COLUMNS)
    assert len(found) == 16


def test_in_the_table_reasons_that_are_not_known_are_empty() -> None:
    (row,) = [row for row in table() if (row["issued"], row["state_code"]) == ("2024-09-06", "07")]
    assert (row["reasons_before"], row["reasons_after"]) == ("", "crime")


def test_in_the_table_no_reason_given_is_a_word() -> None:
    change = replace(level_change(), reasons_after=())
    text = feed.to_csv(feed.entries([change], LINK, words("en")), "en")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["reasons_before"], row["reasons_after"]) == ("crime", "none")


# --------------------------------------------------------------------------- what is said


def level_change() -> Change:
    (found,) = [
        item for item in changes(advisories.history()) if item.key == "us-advisory/2025-08-12/05"
    ]
    return found


def told(change: Change, lang: str = "en") -> str:
    (entry,) = feed.entries([change], LINK, words(lang))
    return entry.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_says_that_the_official_text_stands_above_it(lang: str) -> None:
    assert all(OFFICIAL[lang] in str(item["content_text"]) for item in json_items(lang))


def test_an_entry_tells_levels_days_and_reasons() -> None:
    assert told(level_change()).startswith(
        'Coahuila stands at "3 Reconsider travel" in the issue of 12 August 2025. In the list '
        'before it, of 6 September 2024, it stood at "2 Exercise increased caution". Reasons in '
        "the earlier list: crime; in the newer one: terrorism, crime."
    )


def test_reasons_that_are_not_known_are_told_as_such() -> None:
    assert "earlier list: not known;" in told(replace(level_change(), reasons_before=None))


def test_no_reason_given_is_told_as_such() -> None:
    assert "newer one: none given." in told(replace(level_change(), reasons_after=()))


@pytest.mark.parametrize("status", [Status.ESTIMATED, Status.FINAL])
def test_an_estimated_level_is_told_where_there_is_one(status: Status) -> None:
    text = told(replace(level_change(), status=status))
    assert ("general rule of the issue" in text) is (status is Status.ESTIMATED)


def test_an_issue_without_levels_before_any_list_is_told() -> None:
    found = changes(advisories.history())
    first = next(item for item in found if item.kind is ChangeKind.NOT_GIVEN)
    assert "nor of any issue before it" in told(replace(first, issued_before=None))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_in_a_feed_calls_a_place_by_a_verdict(lang: str) -> None:
    found = feed.files(lang)
    said = [
        *strings(json.loads(found[JSON_NAME])),
        *(node.text or "" for node in atom(lang).iter()),
        *(cell for row in table(lang) for cell in row.values()),
    ]
    assert len(said) > 100
    assert [text for text in said if VERDICT.search(text)] == []


# ------------------------------------------------------------------------ always the same


def test_an_entry_keeps_its_id_in_both_languages_and_formats() -> None:
    ids = [item["id"] for item in json_items("en")]
    assert ids == [item["id"] for item in json_items("es")] == texts(atom("es"), "a:entry/a:id")


def test_an_id_depends_on_day_and_state_and_on_nothing_else() -> None:
    change = level_change()
    other = replace(change, level_after=4, status=Status.ESTIMATED, address="", reasons_after=None)
    ids = [feed.entries([item], LINK, words("en"))[0].ident for item in (change, other)]
    assert ids == ["urn:uuid:20f755b9-331c-5694-af70-c4c7b931da4b"] * 2


def test_the_same_data_give_the_same_bytes_though_they_were_read_on_another_day(
    broken: BrokenData,
) -> None:
    before = feed.files("en")
    for name in ("tables/us-advisory.csv", "sources/us-advisory.releases.csv"):
        text = (broken.data / name).read_text(encoding="utf-8")
        broken.write(name, text.replace(",2026-11-23,", ",2026-11-25,"))
    assert str(advisories.history().checked) == "2026-11-25"
    assert feed.files("en") == before


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(BadRequest, match="unknown language"):
        feed.files("fr")


# ----------------------------------------------------------------------- into a folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_command_writes_three_files_and_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["export", "feed", "--out", str(tmp_path / "new" / "feed"), "--lang", "es"])
    printed = capsys.readouterr().out.split()
    assert (status, names(tmp_path / "new" / "feed")) == (0, [CSV_NAME, ATOM_NAME, JSON_NAME])
    assert [Path(line).name for line in printed] == [CSV_NAME, JSON_NAME, ATOM_NAME]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    runs = []
    for _ in range(2):
        assert main(["export", "feed", "--out", str(tmp_path)]) == 0
        runs.append({path.name: path.read_bytes() for path in tmp_path.iterdir()})
    assert runs[0] == runs[1] == feed.files("en")


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    feed.write_files(tmp_path, {"a": b"1"})
    assert names(tmp_path) == ["a", "index.html"]


def test_a_file_in_place_of_the_folder_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feed").write_text("x", encoding="utf-8")
    status = main(["export", "feed", "--out", str(tmp_path / "feed")])
    assert (status, capsys.readouterr().err.count("\n")) == (2, 1)


def test_where_one_file_cannot_be_replaced_all_are_as_before(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").mkdir()  # a folder stands where the third file should go
    with pytest.raises(OSError, match="c"):
        feed.write_files(tmp_path, {"a": b"new", "b": b"new", "c": b"new"})
    assert ((tmp_path / "a").read_bytes(), names(tmp_path)) == (b"old", ["a", "c"])


def test_a_folder_that_was_made_for_nothing_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        message = "disk full"
        raise OSError(message)

    monkeypatch.setattr(feed, "_write_through", fail)
    with pytest.raises(OSError, match="disk full"):
        feed.write_files(tmp_path / "feed", {"a": b"1"})
    assert names(tmp_path) == []
