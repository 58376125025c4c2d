"""Months by their names, as the offices of the United States and of Mexico print them.

Owns the names. Does not own a layout.
"""

from __future__ import annotations

from geo_app.errors import SourceInvalid

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Names of the months, January first."""

SPANISH_MONTHS = (
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
)
"""Names of the months in Spanish, January first."""

_NUMBERS = {name.casefold(): n for n, name in enumerate(ENGLISH_MONTHS, 1)}
_NUMBERS |= {name[:3].casefold(): n for n, name in enumerate(ENGLISH_MONTHS, 1)}


def month_number(text: str, where: str) -> int:
    """Return the number of a month, 1 to 12, from its English name or its first three letters.

    Raises
    ------
    SourceInvalid
        If the text is no such name.
    """
    number = _NUMBERS.get(text.strip().casefold())
    if number is None:
        message = "not a month"
        raise SourceInvalid(message, where=where, expected="January or JAN", got=repr(text[:40]))
    return number
