"""How wide a line of text is at most, and where it breaks, without a font.

Owns an estimate on the safe side of the wide faces that browsers fall back on (DejaVu Sans,
Verdana). Does not own where names stand.
"""

from __future__ import annotations

LEAST = 13.0
"""Size of letters in a view box 400 wide: 10.7 pixels on a phone of 360, 17.7 at the half of a wide
page."""

LEAST_NARROW = 11.6
"""The same in a view box 360 wide."""

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!() "), frozenset("mwMW@%")
_SHARES = (0.42, 1.0, 0.8, 0.65)
"""Width of narrow letters, wide ones, other capitals, and all others, in sizes of the letters."""


def width(text: str, size: float) -> float:
    """Return the largest width that a line of text is likely to have.

    Examples
    --------
    >>> width("Col", 10), width("CDMX", 10)
    (18.7, 34.0)
    """
    return round(sum(map(_share, text)) * size, 2)


def inside(x: float, text: str, size: float, room: float) -> float:
    """Return the middle of a line of text, moved no farther than it must be to have room.

    Parameters
    ----------
    x
        Where the middle should stand.
    text
        The line.
    size
        Size of its letters.
    room
        Width of the drawing.

    Examples
    --------
    >>> inside(100, "2025", 10, 200), inside(199, "2025", 10, 200)
    (100, 187.0)
    """
    half = width(text, size) / 2
    return max(half, min(x, room - half))


def wrapped(text: str, size: float, room: float) -> tuple[str, ...]:
    """Return the lines of a text, broken at its spaces so that each has room.

    Parameters
    ----------
    text
        A line; its words are parted by single spaces.
    size
        Size of its letters.
    room
        Greatest width of a line. A word that is wider stands alone on its line.

    Returns
    -------
    tuple of str
        At least one line, which is empty where the text is.

    Examples
    --------
    >>> wrapped("over 64.8 to 77.0", 13, 97), wrapped("up to 64.8", 13, 97)
    (('over 64.8 to', '77.0'), ('up to 64.8',))
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _share(letter: str) -> float:
    narrow, wide, capital, other = _SHARES
    if letter in _NARROW:
        return narrow
    if letter in _WIDE:
        return wide
    return capital if letter.isupper() else other
