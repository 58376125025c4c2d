"""The rules for employees of the US government that a text gives, in our own words.

Owns ``us_restrictions.csv``, written by hand: lines for every text of a state that a person has
read. A text is known by its hash, so no wording of others is kept here, and one that changed by a
letter has rules that are not known until somebody reads it again.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache, partial
from importlib import resources

from geo_app import restrictions
from geo_app.importers.reading import Reference
from geo_app.importers.rereading import with_part
from geo_app.importers.us_advisory_states import Parts
from geo_app.restrictions import NONE_GIVEN, Restriction
from geo_app.states import NATION_CODE, fold

FILE = "us_restrictions.csv"


def of_parts(parts: Parts, issued: date) -> tuple[Reference, tuple[str, ...]]:
    """Return the rules of an issue as a list, and what is not known of them.

    Parameters
    ----------
    parts
        The text, taken apart.
    issued
        Day of the issue.
    """
    texts = {NATION_CODE: parts.general} | {s.state_code: s.lines for s in parts.sections}
    found = {code: known(code, lines) for code, lines in texts.items() if lines}
    read = [(code, rules) for code, rules in found.items() if rules is not None]
    unread = [code for code, rules in found.items() if rules is None and code != NATION_CODE]
    words = f"rules for US employees not known in {len(unread)} states, whose text nobody has read"
    reference = Reference(
        restrictions.FILE,
        restrictions.to_csv("us", issued, read),
        partial(
            with_part,
            name=restrictions.FILE,
            part=(("issuer", "us"), ("issued", issued.isoformat())),
        ),
    )
    return reference, ((f"{words}: {', '.join(unread)}",) if unread else ())


def known(code: str, lines: Sequence[str]) -> tuple[Restriction, ...] | None:
    """Return the rules that a text gives for a state.

    Returns
    -------
    tuple of Restriction, or None
        Empty where the text gives none; None where nobody has read this text.
    """
    return _readings().get((code, fingerprint(lines)))


def fingerprint(lines: Sequence[str]) -> str:
    """Return the hash by which a text is known, whatever its blanks, accents and punctuation.

    The feed, the API and the page give the same words with other marks.
    """
    return hashlib.sha256(fold(" ".join(lines)).encode()).hexdigest()[:16]


@cache
def _readings() -> dict[tuple[str, str], tuple[Restriction, ...]]:
    text = resources.files("geo_app.importers").joinpath(FILE).read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[Restriction, ...]] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        key = (row["state_code"], row["text"])
        earlier = found.setdefault(key, ())
        if row["rule"] != NONE_GIVEN:
            rule = {**row, "number": str(len(earlier) + 1)}
            found[key] = (*earlier, restrictions.restriction(rule, f"{FILE} line {number}"))
    return found
