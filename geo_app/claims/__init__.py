"""Claims of the article that this atlas began from, set against the figures that are held.

Owns what each claim says, the rule by which it is tested, and the figures that carry it. A verdict
is about a sentence, never about a place. Does not own the figures (``atlas``, ``rates``), the tests
(``statistics``) or the wording (``locale``).
"""

from __future__ import annotations
