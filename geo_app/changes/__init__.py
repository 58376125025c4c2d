"""Two periods of all areas against each other: who rose, who fell, and who cannot be told.

Owns the pair that is offered where another is refused, the groups and their order, and the words
and drawings of the page. Does not own what may be compared or the tests (``comparisons``).
"""

from __future__ import annotations
