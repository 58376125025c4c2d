"""Two indicators of the states set against each other at one moment.

Owns which period of the second indicator belongs to one of the first, which pairs count the same
thing and so are never correlated, the classes of the map of both, and the page's words and
drawings. Does not own the coefficients (``correlations``) or the marks (``charts``).
"""

from __future__ import annotations
