"""A map of one period as a picture: the only room of matplotlib, which brings its own fonts.

Lengths are points of the layout; the width that was asked for only sets how large a point is. Does
not own the facts (``still``). Import from the modules.
"""

from __future__ import annotations
