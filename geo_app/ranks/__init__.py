"""Places of areas among all others, as far as their intervals tell them.

Owns which figures may be drawn from, the two kinds of places beside each other, and the words and
drawings of the page. Does not own how places are simulated (``placings``) or bounded
(``statistics``).
"""

from __future__ import annotations
