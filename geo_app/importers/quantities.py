"""From a cell to a number that is no mere count: pounds, scores, percentages as printed.

Owns the reading of decimal numbers and of whole numbers of bounded length. Does not own codes or
names (``cells``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from geo_app.errors import SourceInvalid

# No number of an official table is longer; a bound keeps a damaged cell from costing anything.
_QUANTITY = re.compile(
    r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})?(?:\.\d{0,30})?(?:[eE][+-]?\d{1,2})?", re.ASCII
)
_DIGIT = re.compile(r"^[^eE]*\d", re.ASCII)


def quantity(text: str, where: str) -> Decimal:
    """Read a number of zero or more, exactly as printed, thousands commas taken out.

    Raises
    ------
    SourceInvalid
        If the text is no such number; nothing is not a number either.
    """
    digits = text.strip()
    if digits.startswith("-"):
        message = "a quantity below zero"
        raise SourceInvalid(
            message, where=where, expected="zero or more", got=repr(text), fix="ask the source"
        )
    if not (_QUANTITY.fullmatch(digits) and _DIGIT.match(digits)):
        message = "not a quantity"
        raise SourceInvalid(message, where=where, expected="a number", got=repr(text[:40]))
    return Decimal(digits.replace(",", ""))


def whole_quantity(text: str, where: str) -> int:
    """Read a number of zero or more that has no fraction; "12.0" is 12.

    Raises
    ------
    SourceInvalid
        If the text is no such number.
    """
    number = quantity(text, where)
    if number != number.to_integral_value():
        message = "not a whole number"
        raise SourceInvalid(message, where=where, expected="a whole number", got=repr(text[:40]))
    return int(number)


def year(text: str, where: str) -> int:
    """Read a year of four digits; "2025.0", as spreadsheets write it, is 2025.

    Raises
    ------
    SourceInvalid
        If the text is no year from 1900 to 2199.
    """
    digits = text.strip().removesuffix(".0")
    if not re.fullmatch(r"(?:19|20|21)\d\d", digits, re.ASCII):
        message = "not a year"
        raise SourceInvalid(
            message, where=where, expected="a year such as 2022", got=repr(text[:40])
        )
    return int(digits)
