"""The sentences of the product: the same in both languages, all used, none missing."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from geo_app.errors import AtlasError
from geo_app.indicators import Geography
from geo_app.maps.payload import MapWords

ROOT = Path(__file__).resolve().parents[2] / "geo_app"
LANGUAGES = ("en", "es")


@cache
def sentences(lang: str) -> dict[str, str]:
    return {key: text for file in files(lang).values() for key, text in file.items()}


def files(lang: str) -> dict[str, dict[str, str]]:
    folder = sorted((ROOT / "locale" / lang).iterdir())
    return {file.name: tomllib.loads(file.read_text(encoding="utf-8")) for file in folder}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


KEYS = sorted(sentences("en"))


def test_both_languages_have_the_same_sentences() -> None:
    assert set(sentences("en")) ^ set(sentences("es")) == set()


def test_both_languages_have_them_in_the_same_files_and_order() -> None:
    english, spanish = files("en"), files("es")
    assert list(english) == list(spanish)
    assert all(list(english[name]) == list(spanish[name]) for name in english)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_stands_in_two_files(lang: str) -> None:
    assert len(sentences(lang)) == sum(len(file) for file in files(lang).values())


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_has_the_same_gaps_in_both_languages(key: str) -> None:
    assert gaps(sentences("en")[key]) == gaps(sentences("es")[key])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_gap_has_a_plain_name(lang: str, key: str) -> None:
    assert all(re.fullmatch(r"[a-z]+", gap) for gap in gaps(sentences(lang)[key]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_is_empty_or_has_blanks_at_its_ends(lang: str) -> None:
    assert [key for key, text in sentences(lang).items() if not text or text != text.strip()] == []


def test_no_longer_sentence_was_left_untranslated() -> None:
    same = [key for key in KEYS if sentences("en")[key] == sentences("es")[key]]
    assert [key for key in same if len(re.sub(r"\{\w+\}", "", sentences("en")[key])) > 12] == []


@cache
def parsed() -> tuple[ast.Module, ...]:
    files = [path for path in ROOT.rglob("*.py") if "importers" not in path.parts]
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in files)


def spoken() -> Iterator[ast.expr]:
    """Yield the first argument of every call of ``say(…)``, ``self(…)`` and ``words(…)(…)``."""
    for node in (node for tree in parsed() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and node.args and is_words(node.func):
            yield from branches(node.args[0])


def is_words(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in {"say", "self"}
    is_called = isinstance(function, ast.Call) and isinstance(function.func, ast.Name)
    return is_called and function.func.id == "words"  # type: ignore[attr-defined]


def branches(found: ast.expr) -> list[ast.expr]:
    return [found.body, found.orelse] if isinstance(found, ast.IfExp) else [found]


def pattern(found: ast.expr) -> str | None:
    """Return the keys that an expression can name, as a pattern; None where it is no text."""
    if isinstance(found, ast.Constant) and isinstance(found.value, str):
        return re.escape(found.value)
    if isinstance(found, ast.JoinedStr):
        parts = [pattern(part) or r"\w+" for part in found.values]
        return "".join(parts)
    return None


def element_keys() -> set[str]:
    """Return the keys that ``maps.figure`` makes from the names of the element's words."""
    kinds = ("map_{}", "mark_{}", *(f"map_{{}}_{kind}" for kind in Geography))
    names = [field.name for field in fields(MapWords)]
    return {kind.format(name) for kind in kinds for name in names} | {"map_break"}


def titles() -> set[str]:
    return {kind.title_key for kind in (AtlasError, *AtlasError.__subclasses__())}


@cache
def written() -> tuple[re.Pattern[str], ...]:
    """Return every text and pattern of the code, for keys that are named before they are said.

    Read once and compiled: there are more of them than ``re`` keeps, and over a thousand keys.
    """
    nodes = (node for tree in parsed() for node in ast.walk(tree) if isinstance(node, ast.expr))
    texts = {text for text in map(pattern, nodes) if text}
    return tuple(re.compile(text) for text in texts if re.search(r"[a-z]_|[a-z]{5}", text))


@pytest.mark.parametrize("key", sorted({p for p in map(pattern, spoken()) if p}))
def test_a_sentence_that_the_code_says_exists(key: str) -> None:
    assert [name for name in KEYS if re.fullmatch(key, name)] != []


@pytest.mark.parametrize("key", sorted(titles()))
def test_the_title_of_every_error_exists(key: str) -> None:
    assert key in KEYS


def test_the_code_speaks() -> None:
    assert len({p for p in map(pattern, spoken()) if p}) > 40


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_is_used_somewhere(key: str) -> None:
    used = element_keys() | titles()
    assert key in used or any(text.fullmatch(key) for text in written())
