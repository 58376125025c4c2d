"""The columns of SESNSP's official files and the crimes that we count, old names and new.

Owns which column stands where, which letters a wrong encoding damaged, and which subtype belongs
to which measure. Does not own the reading of rows (``sesnsp_rows``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo_app.errors import SourceInvalid
from geo_app.importers.months import SPANISH_MONTHS
from geo_app.states import fold

MONTH_COLUMNS = tuple(fold(name) for name in SPANISH_MONTHS)
MONTH_NUMBERS = {name: f"{n:02d}" for n, name in enumerate(MONTH_COLUMNS, 1)}

YEAR, STATE, MUNICIPALITY, SUBTYPE = "ano", "clave ent", "cve municipio", "subtipo de delito"
KIND_COLUMNS = ("modalidad", "sexo", "rango de edad")
"""What tells the rows of one subtype apart."""

FIRST_YEAR_OF_REGISTER = "2026"
"""From January 2026 another register counts (RNID), with a new catalogue of crimes."""

_PLACE = ("Año", "Clave_Ent", "Entidad")
_MUNICIPAL = ("Cve. Municipio", "Municipio")
_CRIME = ("Bien jurídico afectado", "Tipo de delito", "Subtipo de delito", "Modalidad")
_PEOPLE = ("Sexo", "Rango de edad")
_MAY_BE_DAMAGED = {fold(name) for name in (*_PLACE, *_CRIME) if not name.isascii()}

_SUBTYPES = {
    "homicidio doloso": "homicide",
    "feminicidio": "femicide",
    "secuestro": "kidnapping",
    "extorsion": "extortion",
}
_SPLIT = ("secuestro ", "extorsion ")
"""Subtypes of the catalogue of 2026 that one subtype of the old one was split into begin so."""

ATTEMPT = "attempt"
"""What ``crime_of`` says of an attempt: it is a subtype of its own since 2026."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which of the four official tables a file is, and where its columns stand."""

    is_municipal: bool
    has_victims: bool
    """Whether people are counted, by sex and age, and not case files."""
    places: dict[str, int]
    """Place of every column by its folded name."""
    width: int
    damage: str
    """Which column names were damaged, in words; empty for none."""

    @property
    def names(self) -> list[str]:
        """The folded names of the columns in the order of the file."""
        return sorted(self.places, key=self.places.__getitem__)

    @property
    def word(self) -> str:
        """The end of a measure's name: what is counted."""
        return "victims_count" if self.has_victims else "cases_count"

    def leaves_out_zeros(self, year: str) -> bool:
        """Whether a file of that year has no row for what did not happen.

        The register of 2026 writes no row of victims without an event, and none of a municipality.
        """
        return year >= FIRST_YEAR_OF_REGISTER and (self.has_victims or self.is_municipal)


def layout_of(header: Sequence[str], where: str) -> Layout:
    """Tell from its header which official table a file is.

    Parameters
    ----------
    header
        The cells of the first line.
    where
        File and line, for the message.

    Raises
    ------
    SourceInvalid
        If it is none of them.
    """
    found = {fold(cell): place for place, cell in enumerate(header)}
    is_municipal, has_victims = MUNICIPALITY in found, "sexo" in found
    names = expected(is_municipal=is_municipal, has_victims=has_victims)
    absent = [name for name in names if name not in found]
    if len(header) != len(names) or not set(absent) <= _MAY_BE_DAMAGED:
        message = "not an official file of case files or victims"
        raise SourceInvalid(
            message,
            where=where,
            expected="19, 21 or 23 columns, Año to Diciembre",
            got=f"{len(header)} columns" + (f", none called {absent[0]!r}" if absent else ""),
            fix="download the file again",
        )
    # Programs that guess the encoding wrong only damage letters with accents: the place is right.
    places = {name: found.get(name, place) for place, name in enumerate(names)}
    odd = ", ".join(repr(header[places[name]]) for name in absent)
    damage = f"{len(absent)} damaged column names read by their place ({odd})" if odd else ""
    return Layout(is_municipal, has_victims, places, len(header), damage)


def expected(*, is_municipal: bool, has_victims: bool) -> tuple[str, ...]:
    """Return the folded names of the columns of an official table, in their order."""
    key = (*_PLACE, *(_MUNICIPAL if is_municipal else ()), *_CRIME)
    people = _PEOPLE if has_victims else ()
    return tuple(fold(name) for name in (*key, *people, *SPANISH_MONTHS))


def crime_of(subtype: str) -> str:
    """Return the crime that a subtype belongs to.

    Parameters
    ----------
    subtype
        The cell, also of a copy in which letters with accents were damaged by reading cp1252 as
        MacRoman.

    Returns
    -------
    str
        "homicide", "femicide", "kidnapping", "extortion"; "kidnapping_rnid" and "extortion_rnid"
        for the subtypes that these were split into in 2026; ``ATTEMPT``; "" for every other crime.

    Examples
    --------
    >>> crime_of("Homicidio doloso"), crime_of("Tentativa de homicidio doloso")
    ('homicide', 'attempt')
    >>> crime_of("ExtorsiÛn"), crime_of("Secuestro exprés"), crime_of("Homicidio culposo")
    ('extortion', 'kidnapping_rnid', '')
    """
    for text in (subtype, _undamaged(subtype)):
        name = fold(text)
        if name.startswith("tentativa"):
            return ATTEMPT
        if name in _SUBTYPES:
            return _SUBTYPES[name]
        if name.startswith(_SPLIT):
            return f"{_SUBTYPES[name.split()[0]]}_rnid"
    return ""


def _undamaged(text: str) -> str:
    try:
        return text.encode("mac_roman").decode("cp1252")
    except UnicodeError:
        return text
