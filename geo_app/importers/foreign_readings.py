"""The places that a text of a foreign advisory names, in our own words.

Owns ``foreign_readings.csv``, written by hand: a line a text that a person has read. A text is
known by its hash, so the wording of others is not kept here, and one that changed by a letter has
places that are not known until somebody reads it again.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from importlib import resources

from geo_app.issuers import Issuer, Scope

FILE = "foreign_readings.csv"


def places(issuer: Issuer, area_code: str, scope: Scope, text: str) -> tuple[str, ...] | None:
    """Return the places that a text names.

    Parameters
    ----------
    issuer, area_code
        Whose text it is, and the state that it is about.
    scope
        How much of the state the text is about.
    text
        The official wording.

    Returns
    -------
    tuple of str, or None
        Empty where there is no place to name; None where nobody has read this text.

    Examples
    --------
    >>> places(Issuer.IE, "05", Scope.WHOLE_EXCEPT, "Coahuila (except Saltillo)")
    ('Saltillo',)
    """
    if scope in {Scope.WHOLE, Scope.COUNTRY}:
        return ()
    return _readings().get((issuer, area_code, fingerprint(text)))


def states(issuer: Issuer, text: str) -> tuple[str, ...]:
    """Return the states that a person found a text to be about, though it names none.

    Returns
    -------
    tuple of str
        State codes in their order; empty where nobody has read this text.
    """
    key = fingerprint(text)
    return tuple(sorted(code for who, code, known in _readings() if (who, known) == (issuer, key)))


def fingerprint(text: str) -> str:
    """Return the hash by which a text is known, whatever its spaces and line breaks."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


@cache
def _readings() -> dict[tuple[str, str, str], tuple[str, ...]]:
    lines = resources.files("geo_app.importers").joinpath(FILE).read_text(encoding="utf-8")
    return {
        (row["issuer"], row["state_code"], row["text"]): tuple(row["places"].split("|"))
        for row in csv.DictReader(lines.splitlines())
    }
