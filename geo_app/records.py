"""Strict reading of hand-written TOML records: every key known, every key there.

Owns the checks that the catalogue and the provenance records share. Does not own what a record
means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo_app.errors import TableInvalid

LANGUAGES = ("en", "es")
"""Languages in which every sentence of the product exists."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages."""

    en: str
    es: str

    def in_(self, lang: str) -> str:
        """Return the text in a language, "en" or "es"."""
        return self.es if lang == "es" else self.en


class Record:
    """A TOML table that is read key by key and refuses what it does not know.

    Parameters
    ----------
    values
        The parsed table.
    where
        File and place, for messages.
    """

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self._left = dict(values)
        self._where = where

    @classmethod
    def read(cls, path: Path) -> Record:
        """Read a TOML file.

        Raises
        ------
        TableInvalid
            If the file is not TOML or not UTF-8.
        """
        try:
            return cls(tomllib.loads(read_text(path)), path.name)
        except tomllib.TOMLDecodeError as error:
            message = f"not readable as TOML ({error})"
            raise TableInvalid(message, where=str(path), fix="mend the record") from error

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text; without a default it must be there and not be empty."""
        value = self._take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self._wrong(key, "a text", value)
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Take a list of texts."""
        value = self._take(key, None if default is None else list(default))
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, "a list of texts", value)
        return tuple(value)

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Take one of a closed set of words."""
        value = self.text(key, default)
        if value not in allowed:
            raise self._wrong(key, f"one of {', '.join(filter(None, allowed))}", value)
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Take a whole number."""
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, "a whole number", value)
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Take true or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false", value)
        return value

    def numbers(self, key: str) -> tuple[float, ...]:
        """Take a list of numbers."""
        value = self._take(key, None)
        if not isinstance(value, list) or not all(type(n) in (int, float) for n in value):
            raise self._wrong(key, "a list of numbers", value)
        return tuple(float(n) for n in value)

    def bilingual(self, key: str) -> Bilingual:
        """Take a text in both languages."""
        table = self.table(key)
        both = Bilingual(table.text("en"), table.text("es"))
        table.finish()
        return both

    def table(self, key: str) -> Record:
        """Take a nested table."""
        value = self._take(key, None)
        if not isinstance(value, dict):
            raise self._wrong(key, "a table", value)
        return Record(value, f"{self._where} [{key}]")

    def tables(self, key: str) -> list[Record]:
        """Take a list of tables; an absent key is an empty list."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(key, "a list of tables", value)
        return [Record(item, f"{self._where} [{key} {n}]") for n, item in enumerate(value, 1)]

    def finish(self) -> None:
        """Refuse what was not taken.

        Raises
        ------
        TableInvalid
            If the table holds a key that nobody asked for, such as a misspelt one.
        """
        if self._left:
            message = f"unknown key {min(self._left)!r}"
            raise TableInvalid(message, where=self._where, fix="correct or remove it")

    def _take(self, key: str, default: object) -> object:
        if key in self._left:
            return self._left.pop(key)
        if default is None:
            message = f"the key {key!r} is missing"
            raise TableInvalid(message, where=self._where, fix="add it")
        return default

    def _wrong(self, key: str, expected: str, got: object) -> TableInvalid:
        message = f"wrong value of {key!r}"
        return TableInvalid(message, where=self._where, expected=expected, got=repr(got))


def read_text(path: Path) -> str:
    """Read a text file that people may edit.

    Raises
    ------
    TableInvalid
        If it is not UTF-8, as where a spreadsheet has saved it.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text ({error})"
        raise TableInvalid(message, where=path.name, fix="save it as UTF-8") from error
