"""A way between places: corridors, crossings, the states on it and the rules that speak of it.

Owns roads and stops and what is told of a way, in words and as a small map. Does not own the
advice (``advisories``, ``restrictions``) or how a place is found (``search``).
"""

from __future__ import annotations
