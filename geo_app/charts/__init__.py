"""Charts as drawings: pure functions from values and words to SVG text.

Owns how figures are laid out beside each other. Every drawing says in words all that it shows, and
nothing in it is told by colour alone. Does not own the figures (``answers``) or how an element is
written (``svg``).
"""

from __future__ import annotations
