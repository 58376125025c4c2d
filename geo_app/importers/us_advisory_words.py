"""What the US advisory calls things: levels, reasons, and the rows they become.

Owns the closed vocabularies that every layout of the source shares. Does not own a layout.
"""

from __future__ import annotations

import re

import pandas as pd

from geo_app.errors import SourceInvalid
from geo_app.indicators import Status
from geo_app.states import fold, state_codes

SLUG = "us-advisory"
MEASURE = "advisory_level"

COLUMNS = ["area_code", "period", "value", "status", "reasons", "address"]
"""Columns of the rows of an issue, before the measure."""

LEVELS = {
    "exercise normal precautions": 1,
    "exercise increased caution": 2,
    "reconsider travel": 3,
    "do not travel": 4,
}
"""Level by its folded name."""

PHRASE = r"exercise normal precautions?|exercise increased caution|reconsider travel|do not travel"
"""The names of the levels as a pattern; one title writes "precaution"."""

REASONS = {
    "crime": "crime",
    "crimes": "crime",
    "kidnapping": "kidnapping",
    "kidnapping and hostage taking": "kidnapping",
    "kidnap and hostage": "kidnapping",
    "terrorism": "terrorism",
    "unrest": "unrest",
    "civil unrest": "unrest",
    "health": "health",
    "covid 19": "health",
    "covid 19 country": "health",
    "natural disaster": "natural_disaster",
    "disaster": "natural_disaster",
    "event": "time_limited_event",
    "time limited event": "time_limited_event",
    "wrongful detention": "wrongful_detention",
    "other": "other",
}
"""The closed vocabulary of reasons, by the folded words of the lists, texts and badges."""

NONE_GIVEN = "none"
"""Word in the table where the official text gives no reason; empty text is: not known."""

_BETWEEN = re.compile(r",|;|&|\band\b")


def level_of(phrase: str) -> int:
    """Return the level that has a name.

    Examples
    --------
    >>> level_of("Do Not Travel"), level_of("Exercise normal precaution")
    (4, 1)
    """
    name = fold(phrase)
    return LEVELS[f"{name}s" if name.endswith("precaution") else name]


def reasons_of(text: str, where: str) -> str:
    """Return the reasons of a sentence in the table's words.

    Parameters
    ----------
    text
        What follows "due to", such as "terrorism, crime, and kidnapping".
    where
        File and place, for the message.

    Raises
    ------
    SourceInvalid
        If a word is not in the vocabulary.

    Examples
    --------
    >>> reasons_of("terrorism, crime, and kidnapping.", "a file")
    'terrorism|crime|kidnapping'
    """
    parts = [fold(part) for part in _BETWEEN.split(text)]
    return joined([part for part in parts if part], text, where)


def joined(parts: list[str], text: str, where: str) -> str:
    """Return folded words as the table stores them, each once.

    Raises
    ------
    SourceInvalid
        If a word is not in the vocabulary.
    """
    unknown = [part for part in parts if part not in REASONS]
    if unknown or not parts:
        message = "a reason that is not in the vocabulary"
        raise SourceInvalid(
            message, where=where, expected=", ".join(dict.fromkeys(REASONS.values())), got=text
        )
    return "|".join(dict.fromkeys(REASONS[part] for part in parts))


def without_list(day: str) -> pd.DataFrame:
    """Return the 32 rows of an issue that gives no state levels."""
    rows = [(code, day, float("nan"), str(Status.MISSING), "", "") for code in state_codes()]
    return pd.DataFrame(rows, columns=COLUMNS)
