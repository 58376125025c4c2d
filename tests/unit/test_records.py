"""Strict reading of hand-written records: nothing unknown, nothing left out, nothing of a kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app.errors import TableInvalid
from geo_app.records import Bilingual, Record, read_text


def record(**values: object) -> Record:
    return Record(values, "a.toml")


@pytest.mark.parametrize(
    ("take", "value", "found"),
    [
        (lambda r: r.text("key"), "a text", "a text"),
        (lambda r: r.texts("key"), ["a", "b"], ("a", "b")),
        (lambda r: r.choice("key", ["a", "b"]), "b", "b"),
        (lambda r: r.whole("key"), 7, 7),
        (lambda r: r.flag("key"), False, False),
        (lambda r: r.numbers("key"), [1, 2.5], (1.0, 2.5)),
        (lambda r: r.bilingual("key"), {"en": "a", "es": "b"}, Bilingual("a", "b")),
        (lambda r: r.table("key").text("en"), {"en": "a"}, "a"),
        (lambda r: [t.whole("n") for t in r.tables("key")], [{"n": 1}, {"n": 2}], [1, 2]),
    ],
)
def test_a_value_of_its_kind_is_taken(
    take: Callable[[Record], object], value: object, found: object
) -> None:
    assert take(record(key=value)) == found


@pytest.mark.parametrize(
    ("take", "value", "expected"),
    [
        (lambda r: r.text("key"), 7, "a text, got 7"),
        (lambda r: r.text("key"), "  ", "a text, got ' '"),
        (lambda r: r.texts("key"), "a", "a list of texts, got 'a'"),
        (lambda r: r.texts("key"), ["a", 1], "a list of texts, got .'a', 1."),
        (lambda r: r.choice("key", ["", "a", "b"], ""), "c", "one of a, b, got 'c'"),
        (lambda r: r.whole("key"), 1.5, "a whole number, got 1.5"),
        (lambda r: r.whole("key"), True, "a whole number, got True"),
        (lambda r: r.flag("key"), 1, "true or false, got 1"),
        (lambda r: r.numbers("key"), 1, "a list of numbers, got 1"),
        (lambda r: r.numbers("key"), [1, "2"], "a list of numbers, got .1, '2'."),
        (lambda r: r.numbers("key"), [True], "a list of numbers, got .True."),
        (lambda r: r.table("key"), "a", "a table, got 'a'"),
        (lambda r: r.tables("key"), {"n": 1}, "a list of tables, got "),
        (lambda r: r.tables("key"), [1], "a list of tables, got .1."),
    ],
)
def test_a_value_of_another_kind_is_refused(
    take: Callable[[Record], object], value: object, expected: str
) -> None:
    with pytest.raises(TableInvalid, match=rf"^a\.toml: wrong value of 'key': expected {expected}"):
        take(record(key=value))


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(TableInvalid, match=r"^a\.toml: the key 'unit' is missing; add it"):
        record().text("unit")


@pytest.mark.parametrize(
    ("take", "found"),
    [
        (lambda r: r.text("key", ""), ""),
        (lambda r: r.whole("key", 1), 1),
        (lambda r: r.flag("key", default=False), False),
        (lambda r: r.tables("key"), []),
    ],
)
def test_an_optional_key_may_be_absent(take: Callable[[Record], object], found: object) -> None:
    assert take(record()) == found


def test_a_key_that_nobody_asked_for_is_refused() -> None:
    left = record(titel="x", unit="y")
    left.text("unit")
    with pytest.raises(TableInvalid, match=r"^a\.toml: unknown key 'titel'; correct or remove it"):
        left.finish()


def test_a_record_that_was_taken_whole_is_finished() -> None:
    left = record(unit="y")
    left.text("unit")
    assert left.finish() is None


def test_a_key_is_taken_once_only() -> None:
    left = record(unit="y")
    left.text("unit")
    with pytest.raises(TableInvalid, match="the key 'unit' is missing"):
        left.text("unit")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_text_in_one_language_only_is_refused(lang: str) -> None:
    both = {"en": "a", "es": "b"}
    del both[lang]
    with pytest.raises(TableInvalid, match=rf"a\.toml \[title\]: the key '{lang}' is missing"):
        record(title=both).bilingual("title")


def test_a_third_language_is_refused() -> None:
    with pytest.raises(TableInvalid, match=r"a\.toml \[title\]: unknown key 'fr'"):
        record(title={"en": "a", "es": "b", "fr": "c"}).bilingual("title")


def test_a_fault_in_a_list_of_tables_names_its_place() -> None:
    second = record(notes=[{"en": "a"}, {"es": "b"}]).tables("notes")[1]
    with pytest.raises(TableInvalid, match=r"^a\.toml \[notes 2\]: the key 'en' is missing"):
        second.text("en")


def test_a_text_is_read_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("México\n".encode())
    assert read_text(path) == "México\n"


def test_a_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("México\n".encode("latin-1"))
    with pytest.raises(TableInvalid, match=r"^a\.csv: not UTF-8 text \(.*\); save it as UTF-8$"):
        read_text(path)


@pytest.mark.parametrize("content", [b"key = ", b"key = 1\nkey = 2\n"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    with pytest.raises(TableInvalid, match=r"a\.toml: not readable as TOML .*; mend the record"):
        Record.read(path)


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("kind = 1\n", encoding="utf-8")
    with pytest.raises(TableInvalid, match=r"^a\.toml: wrong value of 'kind'"):
        Record.read(path).text("kind")


@pytest.mark.parametrize(("lang", "text"), [("en", "a"), ("es", "b")])
def test_a_text_stands_in_each_language(lang: str, text: str) -> None:
    assert Bilingual("a", "b").in_(lang) == text
