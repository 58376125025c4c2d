"""From a cell of an official file to a count, a percentage or a code, or a refusal that says where.

Owns the reading of single cells and rows. Does not own files (``reading``) or any format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from geo_app.errors import SourceInvalid, UnknownState
from geo_app.states import NATION_CODE, code_of

Word = TypeVar("Word")

_COUNT = re.compile(r"\d{1,15}|\d{1,3}(,\d{3}){1,4}")


def refuse_cut(cells: Sequence[str], width: int, where: str) -> None:
    """Refuse a row that has not as many cells as the header.

    Raises
    ------
    SourceInvalid
        If it is longer or shorter.
    """
    if len(cells) != width:
        message = "the row is cut"
        raise SourceInvalid(
            message,
            where=where,
            expected=f"{width} cells",
            got=str(len(cells)),
            fix="download the file again",
        )


def whole_number(text: str, where: str) -> int:
    """Read a count, accepting thousands commas and refusing everything else.

    Raises
    ------
    SourceInvalid
        If the text is not a whole number, or is below zero.
    """
    digits = text.strip()
    if not digits.isascii() or not _COUNT.fullmatch(digits.removeprefix("-")):
        message = "not a count"
        raise SourceInvalid(message, where=where, expected="a whole number", got=repr(text))
    if digits.startswith("-"):
        message = "a negative count"
        raise SourceInvalid(
            message, where=where, expected="zero or more", got=digits, fix="ask the source"
        )
    return int(digits.replace(",", ""))


def percentage(text: str, where: str) -> float:
    """Read a percentage.

    Raises
    ------
    SourceInvalid
        If the text is not a number from 0 to 100; nothing is not a number either.
    """
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0 <= value <= 100:
        message = "not a percentage"
        raise SourceInvalid(message, where=where, expected="0 to 100", got=repr(text))
    return value


def state_code(text: str, where: str) -> str:
    """Return the code of a state named in a file.

    Raises
    ------
    SourceInvalid
        If the name or code is not a listed one; the message suggests the nearest.
    """
    try:
        return code_of(text)
    except UnknownState as error:
        raise SourceInvalid(error.what, where=where, got=error.got, fix=error.fix) from error


def area_code(code: str, name: str, where: str) -> str:
    """Return the code of a state or the nation after comparing it with the name beside it.

    Raises
    ------
    SourceInvalid
        If the name is not listed, or is that of another state.
    """
    if code != NATION_CODE and state_code(name, where) != code:
        message = "code and name are of two states"
        raise SourceInvalid(message, where=where, got=f"{code} and {name}", fix="ask the source")
    return code


def listed(what: str, words: Mapping[str, Word], text: str, where: str) -> Word:
    """Return what a text means in a closed vocabulary.

    Raises
    ------
    SourceInvalid
        If the text is not in it.
    """
    if text in words:
        return words[text]
    message = f"an unknown {what}"
    raise SourceInvalid(
        message,
        where=where,
        expected=" or ".join(words),
        got=repr(text),
        fix="check it against the issuer's page and add it to the vocabulary",
    )
