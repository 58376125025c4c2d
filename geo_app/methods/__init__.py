"""How the figures were made and how fresh they are: what the page of data and methods says.

Owns which facts of the catalogue and of the provenance records stand together. Does not own the
records (``indicators``, ``provenance``).
"""

from __future__ import annotations
