"""The municipalities of the edition whose shapes we ship, and what those created later came from.

Owns the edition's count and the table of parents. Does not own names or polygons (``shapes``).
"""

from __future__ import annotations

import re

from geo_app.errors import BadRequest

EDITION = "Marco Geoestadístico 2019"
"""INEGI's edition of the polygons in ``municipalities.shp``."""

EDITION_COUNT = 2_465
"""Municipalities of ``EDITION``, the boroughs of Ciudad de México included."""

PARENTS = {
    "02006": "02001",  # San Quintín, from Ensenada
    "02007": "02002",  # San Felipe, from Mexicali
    "04012": "04004",  # Seybaplaya, from Champotón
    "04013": "04001",  # Dzitbalché, from Calkiní
    "07125": "07080",  # Honduras de la Sierra, from Siltepec
    "12082": "12053",  # Las Vigas, from San Marcos
    "12083": "12012",  # Ñuu Savi, from Ayutla de los Libres
    "12084": "12041",  # Santa Cruz del Rincón, from Malinaltepec
    "12085": "12023",  # San Nicolás, from Cuajinicuilapa
    "17036": "17022",  # Hueyapan, from Tetela del Volcán
    "24059": "24028",  # Villa de Pozos, from San Luis Potosí
    "25019": "25006",  # Eldorado, from Culiacán
    "25020": "25011",  # Juan José Ríos, from Guasave
}
"""Parent by code of each municipality created after ``EDITION``; none was abolished since.

The parent is the one in which most people of the new municipality lived, for counts of people and
deaths are what is added to it. Area would be the wrong guide: 02007 and 25020 took most of their
land from another.
"""

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
