"""The municipalities of the edition whose shapes we ship, and what those created later came from.

Owns the edition's count, the table of parents and the names of the new ones. Does not own the names
of the edition nor polygons (``shapes``).
"""

from __future__ import annotations

import re

from geo_app.errors import BadRequest

EDITION = "Marco Geoestadístico 2019"
"""INEGI's edition of the polygons in ``municipalities.shp``."""

EDITION_COUNT = 2_465
"""Municipalities of ``EDITION``, the boroughs of Ciudad de México included."""

UNKNOWN_ENDING = "999"
"""Last digits of a code for no known municipality: "06999" in Colima, "99999" in no known state."""

PARENTS = {
    "02006": "02001",  # Ensenada
    "02007": "02002",  # Mexicali
    "04012": "04004",  # Champotón
    "04013": "04001",  # Calkiní
    "07125": "07080",  # Siltepec
    "12082": "12053",  # San Marcos
    "12083": "12012",  # Ayutla de los Libres
    "12084": "12041",  # Malinaltepec
    "12085": "12023",  # Cuajinicuilapa
    "17036": "17022",  # Tetela del Volcán
    "24059": "24028",  # San Luis Potosí
    "25019": "25006",  # Culiacán
    "25020": "25011",  # Guasave
}
"""Parent by code of each municipality created after ``EDITION``; none was abolished since.

The parent is the one in which most people of the new municipality lived, for counts of people and
deaths are what is added to it. Area would be the wrong guide: 02007 and 25020 took most of their
land from another.
"""

NEW_NAMES = {
    "02006": "San Quintín",
    "02007": "San Felipe",
    "04012": "Seybaplaya",
    "04013": "Dzitbalché",
    "07125": "Honduras de la Sierra",
    "12082": "Las Vigas",
    "12083": "Ñuu Savi",
    "12084": "Santa Cruz del Rincón",
    "12085": "San Nicolás",
    "17036": "Hueyapan",
    "24059": "Villa de Pozos",
    "25019": "Eldorado",
    "25020": "Juan José Ríos",
}
"""Name by code of each municipality in ``PARENTS``: no shape of ours holds it."""

_CODE = re.compile(r"[0-9]{5}")


def parent_of(cvegeo: str) -> str:
    """Return the municipality of the shipped edition to which a municipality's figures belong.

    Parameters
    ----------
    cvegeo
        INEGI's code as text: two digits of the state, three of the municipality.

    Returns
    -------
    str
        The parent where the municipality was created after the edition, else the same code. A
        code that is no municipality at all, such as "06999" (not known where in Colima), comes
        back as it is: whoever joins it to the shapes has to account for it.

    Raises
    ------
    BadRequest
        If the code is not five digits.

    Examples
    --------
    >>> parent_of("02006")
    '02001'
    >>> parent_of("02001")
    '02001'
    """
    if not _CODE.fullmatch(cvegeo):
        message = "no code of a municipality"
        raise BadRequest(
            message,
            expected='five digits such as "02006"',
            got=repr(cvegeo),
            fix="read the codes as text: as numbers they lose a leading zero",
        )
    return PARENTS.get(cvegeo, cvegeo)
