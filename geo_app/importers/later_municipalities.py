"""What the importers of municipal files share: those created after the edition of our shapes.

Owns the words about them. Does not own which they are (``municipalities``).
"""

from __future__ import annotations

from collections.abc import Iterable

from geo_app.municipalities import PARENTS

NEEDS_PARENT = "a municipality created since then needs a parent in geo_app/municipalities.py"
"""What to do about a municipality that neither the shapes nor ``PARENTS`` hold."""


def merged_words(codes: Iterable[str]) -> str:
    """Say which municipalities of a file were added to their parents.

    Parameters
    ----------
    codes
        All codes of the file.

    Examples
    --------
    >>> merged_words(["02001", "02006"])
    '1 later municipalities added to their parents (02006 to 02001)'
    """
    later = [f"{code} to {PARENTS[code]}" for code in sorted(codes) if code in PARENTS]
    return f"{len(later)} later municipalities added to their parents ({', '.join(later)})"
