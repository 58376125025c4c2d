"""A drawing as a picture of pixels, drawn by resvg with the letters that matplotlib brings along.

Owns the font: a machine need not have one, and the same drawing is the same picture everywhere.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

FAMILY = "DejaVu Sans"

_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")


def png(drawing: str, width: int) -> bytes:
    """Return a drawing as a PNG on white paper.

    Parameters
    ----------
    drawing
        SVG text of our own; its text is drawn in ``FAMILY``.
    width
        Width in pixels; the height follows from the view box.
    """
    import resvg_py

    folder = Path(mpl.get_data_path(), "fonts", "ttf")
    made = resvg_py.svg_to_bytes(
        svg_string=drawing,
        width=width,
        background="#ffffff",
        skip_system_fonts=True,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        font_files=[str(folder / name) for name in _FILES],
    )
    return bytes(made)
